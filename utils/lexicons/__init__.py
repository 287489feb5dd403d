"""Lexicons: what lists of scored words make of a text, each scored word with its place.

Found by listing this room: a module that names a LEXICON is one, by the name of the module, and so is a table NAME.csv
(see `table`). A reader's own table is named by its path.
"""

import difflib
import pkgutil
from collections.abc import Callable
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import NamedTuple, Protocol


class Scored(Protocol):
    """A word that a lexicon scores: its place in the text, and what it scores."""

    start: int
    end: int  # from the first to the last word that made its score
    polarity: float  # -1 (negative) to 1 (positive)
    subjectivity: float  # 0 to 1; NaN where the lexicon knows none
    negated: bool
    intensity: float  # what the words before it multiplied its score by
    entry: str  # the entry of the lexicon
    words: list[str]  # all words that made the score


class Lexicon(NamedTuple):
    """How a lexicon reads: `reader()` gives the function from a text to its scored words, in their order.

    made_by: the modules by name, and the files, that its scores hang on.  libraries: the packages they come from.
    """

    reader: Callable[[], Callable[[str], list]]
    made_by: tuple[str | Path, ...]
    libraries: tuple[str, ...] = ()


@cache
def by_name() -> dict[str, Lexicon]:
    """Give the lexicons of this room, by their names."""
    modules = (import_module(found.name) for found in pkgutil.iter_modules(__path__, f"{__name__}."))
    found = {module.__name__.rpartition(".")[2]: module.LEXICON for module in modules if hasattr(module, "LEXICON")}
    tables = [file for folder in __path__ for file in sorted(Path(folder).glob("*.csv"))]
    return found | {file.stem: of_table(file) for file in tables}


def named(name: str | Path) -> Lexicon:
    """Give the lexicon of that name, or made of the table at that path.

    Raises ValueError if there is none, or the table is none of terms and scores.
    """
    if str(name) in by_name():
        return by_name()[str(name)]
    if str(name).lower().endswith(".csv"):
        return of_table(Path(name).expanduser())
    near = difflib.get_close_matches(str(name), by_name(), n=1)
    raise ValueError(
        f"lexicon came as {name!r}; there is {', '.join(by_name())}, or the path of a .csv with term and score"
        + (f"; did you mean {near[0]!r}?" if near else "")
    )


def of_table(path: Path) -> Lexicon:
    """Give the lexicon that a table of terms and scores makes."""
    from utils.lexicons import table  # here, as it takes what this module defines

    table.checked(path)
    return Lexicon(lambda: table.reader(path), (table.__name__, path))
