"""The corpora by name, one file each, found by listing this folder: each names in DATASET how it is read.

What is true of one corpus alone stands here and nowhere else.
"""

import pkgutil
from collections.abc import Callable
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from utils.intake.batch import Options, Reading


class Dataset(NamedTuple):
    """A corpus by name: what reads it, under which rights it stands and what it is.

    takes_options: whether `load(columns=, furniture=)` means anything for it.  folder: where a person's own lies.
    caution: a sentence on what it is no sample of.
    made_of: the folder with all that is read, or the package; what was read is kept as long as that is the same.
    """

    read: Callable[[Options], Reading]
    rights: str
    about: str
    takes_options: bool = True
    folder: Path | None = None
    caution: str = ""
    made_of: Path | str | None = None


@cache
def by_name() -> dict[str, Dataset]:
    """Give the corpora that can be loaded by name, those of the modules of this folder, in the order of their names."""
    modules = [import_module(found.name) for found in pkgutil.iter_modules(__path__, f"{__name__}.")]
    return {module.__name__.rpartition(".")[2]: module.DATASET for module in modules}
