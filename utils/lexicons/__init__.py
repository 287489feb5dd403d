"""Lexicons: what lists of scored words make of a text, each scored word with its place.

Found by listing this room: a module that names a LEXICON is one, by the name of the module, and so is a table NAME.csv
(see `table`). A reader's own table is named by its path.
"""

import pkgutil
from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import NamedTuple, Protocol, TypeAlias

import numpy as np
import pandas as pd

from utils import progress
from utils.arguments import Refusal, nearest
from utils.lexicons import table

FOUND = ["unit", "start", "end", "polarity", "subjectivity", "negated", "intensity", "entry", "words"]
LONG = 1_000_000  # characters over which one waits
Named: TypeAlias = str | Path | pd.DataFrame  # a lexicon: its name, the path of its table, or the table


class Scored(Protocol):
    """A word that a lexicon scores: its place in the text, and what it scores."""

    start: int
    end: int  # from the first to the last word that made its score
    polarity: float  # negative to positive, in the points of the lexicon: -1 to 1, unless it says otherwise
    subjectivity: float  # 0 to 1; NaN where the lexicon knows none
    negated: bool
    intensity: float  # what the words before it multiplied its score by
    entry: str  # the entry of the lexicon
    words: list[str]  # all words that made the score


class Lexicon(NamedTuple):
    """How a lexicon reads: `reader()` gives the function from a text to its scored words, in their order.

    A text scores the mean of the polarity of its words, or, where there is a weight, the sum of it times that.

    made_by: the modules by name, and the files, that its scores hang on.  libraries: the packages they come from.
    weight: function of the sums of polarity in texts, and how many words each has; gives a number a text.
    possible: the least and the most that a text can score.
    content: the terms and scores themselves, where no file holds them.
    many: `many()` gives the function from many texts to their scored words, where that is quicker than one by one.
    """

    reader: Callable[[], Callable[[str], list]]
    made_by: tuple[str | Path, ...]
    libraries: tuple[str, ...] = ()
    weight: Callable[[np.ndarray, np.ndarray], np.ndarray] | None = None
    possible: tuple[float, float] = (-1.0, 1.0)
    content: str = ""
    many: Callable[[], Callable[[Sequence[str]], pd.DataFrame]] | None = None

    def found(self, texts: Sequence[str]) -> pd.DataFrame:
        """Give the scored words of texts, in their order: a table of FOUND, `unit` being the number of the text."""
        if self.many is not None:
            return self.many()(texts)
        read = self.reader()
        shown = progress.bar(texts, "scoring words", shown=sum(map(len, texts)) > LONG)
        return pd.DataFrame([row_of(unit, one) for unit, text in enumerate(shown) for one in read(text)], columns=FOUND)

    def factor(self, sums: np.ndarray, n: np.ndarray) -> np.ndarray:
        """Give what the polarity of the words of each text is multiplied by, so that their sum is its score."""
        return 1 / n if self.weight is None else self.weight(sums, n)

    def factors(self, polarity: pd.Series, texts: np.ndarray) -> pd.Series:
        """Give for each scored word what its polarity is multiplied by to be what it adds to the score of its text.

        texts: the text of each word, any label.
        """
        own = polarity.groupby(texts)
        return pd.Series(
            self.factor(own.transform("sum").to_numpy(float), own.transform("size").to_numpy()), polarity.index
        )

    def adds(self, polarity: pd.Series, texts: np.ndarray) -> pd.Series:
        """Give what each scored word adds to the score of its text; those of a text add up to it."""
        if self.weight is None:
            return polarity / polarity.groupby(texts).transform("size")
        return polarity * self.factors(polarity, texts)

    def scores(self, polarity: pd.Series, texts: np.ndarray) -> pd.Series:
        """Give the score of each text that has a scored word, indexed by it."""
        own = polarity.groupby(texts)
        if self.weight is None:
            return own.mean()
        total = own.sum()
        return total * self.weight(total.to_numpy(float), own.size().to_numpy())


def row_of(unit: int, one: Scored) -> tuple:
    """Give a scored word of the text of that number as a row of FOUND."""
    scores = one.polarity, one.subjectivity, one.negated, one.intensity
    return unit, one.start, one.end, *scores, one.entry, " ".join(one.words)


@cache
def by_name() -> dict[str, Lexicon]:
    """Give the lexicons of this room, by their names."""
    modules = (import_module(found.name) for found in pkgutil.iter_modules(__path__, f"{__name__}."))
    found = {_called(module.__name__): module.LEXICON for module in modules if hasattr(module, "LEXICON")}
    tables = [file for folder in __path__ for file in sorted(Path(folder).glob("*.csv"))]
    if doubled := [file.name for file in tables if file.stem in found]:
        raise ValueError(f"there is a lexicon called as {doubled[0]} already")
    return found | {file.stem: of_path(file) for file in tables}


def named(name: Named) -> Lexicon:
    """Give the lexicon of that name, or made of the table at that path, or of that table.

    Raises ValueError if there is none, or the table is none of terms and scores.
    """
    if isinstance(name, pd.DataFrame):
        scores = table.of_frame(name)
        return Lexicon(lambda: table.reader(scores), (table.__name__,), content=repr(sorted(scores.items())))
    if str(name) in by_name():
        return by_name()[str(name)]
    if str(name).lower().endswith(".csv"):
        path = Path(name).expanduser()
        table.of_file(path)
        return of_path(path)
    raise Refusal(
        f"lexicon came as {name!r:.200}; there is {', '.join(by_name())}, or the path of a .csv with term and score"
        + nearest(name, by_name())
    )


def called(name: Named) -> str:
    """Give what a lexicon is called in a table of scored words: "table" where it came as one."""
    return "table" if isinstance(name, pd.DataFrame) else str(name)


def rules(name: str) -> Lexicon:
    """Give how the lexicon that is called so adds up words, whether its table is at hand or not: see `called`."""
    return by_name().get(name) or of_path(Path(name))


def of_path(path: Path) -> Lexicon:
    """Give the lexicon that a file of terms and scores makes."""
    return Lexicon(lambda: table.reader(table.of_file(path)), (table.__name__, path))


def _called(module: str) -> str:
    """Give the name of the lexicon that a module holds: "textblob-mended" of lexicons.textblob_mended."""
    return module.rpartition(".")[2].replace("_", "-")
