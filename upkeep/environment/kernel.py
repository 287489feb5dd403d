"""A kernel for which the project's `utils`, and what is installed, come before a reader's files of the same name.

Started as a file, by its whole path and with Python's option -P, so that nothing in the folder of a notebook is taken
for a part of Python itself. That folder comes last, after those in PYTHONPATH: modules of the reader's own are found.
"""

import os
import sys
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class Project:
    """Finds `utils` in the project, whatever else is called so."""

    @staticmethod
    def find_spec(name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        """Give where the package is; None for any other."""
        return PathFinder.find_spec(name, [str(ROOT)]) if name == "utils" else None


def put_installed_first() -> None:
    """Put on the path what is installed, then PYTHONPATH, then the folder of the notebook; and the project's `utils`
    before them all. Where that folder is on the path, IPython does not put it before the rest."""
    added = {os.path.abspath(folder) for folder in os.environ.get("PYTHONPATH", "").split(os.pathsep)}
    sys.path.sort(key=added.__contains__)
    sys.path.append("")
    sys.meta_path.insert(0, Project)


if __name__ == "__main__":
    put_installed_first()
    from ipykernel.kernelapp import launch_new_instance

    launch_new_instance()
