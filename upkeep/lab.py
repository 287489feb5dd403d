"""Open JupyterLab where there is no make: `python3 -m upkeep.lab [JupyterLab's options]`, in the project's folder.

It does what `make lab` does: the environment first, if it is not there, then JupyterLab on the reader's own copies. It
needs no git either: the folder may come from a zip.
"""

import os
import subprocess
import sys

from upkeep.environment.setup import python_of


def main(arguments: "list[str]") -> int:
    """Make the environment, run JupyterLab in it, and give the exit code."""
    root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    setup = os.path.join(root, "upkeep", "environment", "setup.py")
    code = subprocess.call([sys.executable, "-I", setup])
    if code:
        return code
    return subprocess.call(
        [python_of(os.path.join(root, ".venv")), "-m", "upkeep.environment.lab", *arguments], cwd=root
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
