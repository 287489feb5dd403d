# Settings of IPython's kernels in this environment, kept by `make lab`, for those that other programs start:
# what is installed comes before files of the same name in PYTHONPATH and in the folder of a notebook.
import os
import sys

if "" not in sys.path:  # else it is settled; IPython puts the folder before what is installed if it is not there yet
    added = {os.path.abspath(folder) for folder in os.environ.get("PYTHONPATH", "").split(os.pathsep)}
    sys.path.sort(key=added.__contains__)
    sys.path.append("")
    sys.meta_path.sort(key=lambda finder: not getattr(finder, "__module__", "").startswith("__editable___passages"))
