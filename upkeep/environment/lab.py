"""Open JupyterLab on the reader's own copies of the notebooks: python -m upkeep.environment.lab [JupyterLab's options].

Readers write into copies, so that what they change can neither be lost to an update of the
collection nor end up in it by accident.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from upkeep.notebooks.run import ROOT, write_whole

KERNELS = ROOT / "upkeep" / "environment" / "ipython_kernel_config.py"
FIRST = "notebooks/mine/00-start-here.ipynb"
SETTINGS = {  # no question about news, and no look outside for newer versions
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False}
}


def copy_missing(notebooks: Path) -> list[Path]:
    """Give the copies newly made in notebooks/mine/, one of each notebook (and the glossary) that is not there.

    A copy that is there is the reader's, whatever has become of it, and stays as it is.
    """
    mine = notebooks / "mine"
    mine.mkdir(exist_ok=True)
    kept = sorted(path for path in notebooks.iterdir() if path.suffix in (".ipynb", ".md"))
    missing = [path for path in kept if not (mine / path.name).exists()]
    for path in missing:
        write_whole(mine / path.name, path.read_bytes())
    return [mine / path.name for path in missing]


def quieten(prefix: Path) -> Path:
    """Give the file that keeps JupyterLab in this environment from asking about news and looking for updates.

    It holds defaults of the environment; what readers set in JupyterLab themselves goes before them.
    """
    path = prefix / "share/jupyter/lab/settings/overrides.d/passages.json"
    write_whole(path, json.dumps(SETTINGS, indent=2) + "\n")
    return path


def put_installed_first(prefix: Path) -> Path:
    """Give the file that makes kernels of this environment, whatever program starts them, look among what is installed
    before they look into the folder of a notebook, where a reader's file may have the name of a package.

    One that somebody else put there stays as it is.
    """
    text = KERNELS.read_text(encoding="utf-8")
    path = prefix / "etc/ipython" / KERNELS.name
    if not path.exists() or path.read_text(encoding="utf-8").startswith(text.splitlines()[0]):
        write_whole(path, text)
    return path


def options(root: Path) -> list[str]:
    """Give JupyterLab's options: the project is its root, the first notebook open, extensions only listed, and kernels
    start so that no file of the reader's stands before what the notebooks import."""
    return [
        f"--ServerApp.root_dir={root}",
        f"--LabApp.default_url=/lab/tree/{FIRST}",
        "--LabApp.extension_manager=readonly",
        "--ServerApp.kernel_spec_manager_class=upkeep.notebooks.run.OwnKernel",
        "--allow-root",  # else it refuses where root is the only user, as in containers
    ]


def main(arguments: list[str]) -> None:
    """Copy what is missing, then run JupyterLab until it is shut down."""
    from jupyterlab.labapp import LabApp

    copy_missing(ROOT / "notebooks")
    quieten(Path(sys.prefix))
    put_installed_first(Path(sys.prefix))
    LabApp.launch_instance(options(ROOT) + arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
