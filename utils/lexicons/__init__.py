"""Lexicons: what lists of scored words make of a text, each scored word with its place.

Found by listing this room: a module that names a LEXICON is one, by the name of the module, and so is a table NAME.csv
(see `table`). A reader's own table is named by its path.
"""

import pkgutil
from collections.abc import Callable
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import NamedTuple, Protocol

from utils.arguments import Refusal, nearest
from utils.lexicons import table


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
    if doubled := [file.name for file in tables if file.stem in found]:
        raise ValueError(f"there is a lexicon called as {doubled[0]} already")
    return found | {file.stem: of_table(file) for file in tables}


def named(name: str | Path) -> Lexicon:
    """Give the lexicon of that name, or made of the table at that path.

    Raises ValueError if there is none, or the table is none of terms and scores.
    """
    if str(name) in by_name():
        return by_name()[str(name)]
    if str(name).lower().endswith(".csv"):
        path = Path(name).expanduser()
        table.checked(path)
        return of_table(path)
    raise Refusal(
        f"lexicon came as {name!r}; there is {', '.join(by_name())}, or the path of a .csv with term and score"
        + nearest(name, by_name())
    )


def of_table(path: Path) -> Lexicon:
    """Give the lexicon that a table of terms and scores makes."""
    return Lexicon(lambda: table.reader(path), (table.__name__, path))
