"""The names of a corpus by columns: numbers in arrays, of which millions fit, and each name is looked at once."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd

from utils import spans
from utils.layers.voices.mentions import APPOSITION, GENERATION, HUMANE, KIN, KINDRED, Words, folded, standing

LOW = 32  # bits of a key that its second number has
MASK = (1 << LOW) - 1
MOST = 64  # words of a name, at most: a run has ten, each with two particles before it


def keys(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Give pairs of numbers from 0 on as one number each, in the order of the pairs."""
    return np.asarray(one).astype(np.int64) << LOW | other


def pairs(some: Iterable[tuple[int, int]]) -> np.ndarray:
    """Give such keys of pairs that are given one by one."""
    return np.fromiter((one << LOW | other for one, other in some), np.int64)


def among(some: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Tell of each key whether it is one of those that are known."""
    return np.isin(some, known) if len(known) else np.zeros(len(some), bool)


class Numbers:
    """What occurs, numbered as it comes: texts, or tuples of them."""

    def __init__(self, known: Iterable = ()):
        self.known = [*known]
        self._numbers = {each: number for number, each in enumerate(self.known)}

    def __len__(self) -> int:
        return len(self.known)

    def add(self, each: object) -> int:
        """Give the number of something, a new one where it was not there."""
        number = self._numbers.setdefault(each, len(self.known))
        if number == len(self.known):
            self.known.append(each)
        return number

    def get(self, each: object) -> int:
        """Give the number of something, -1 where it is not there."""
        return self._numbers.get(each, -1)


class Full(NamedTuple):
    """A name taken apart, folded: its words, and what tells a son from a father (jr, iii)."""

    core: Words
    generation: str

    @property
    def first(self) -> str:
        """The first word."""
        return self.core[0]

    @property
    def last(self) -> str:
        """The last word, Jr. apart."""
        return self.core[-1]


def taken_apart(words: Words) -> Full:
    """Give a name folded, and its Jr. or III apart."""
    if len(words) == 1:
        return Full((folded(words[0]),), "")
    low = tuple(map(folded, words))
    return Full(low[:-1], low[-1]) if len(low) > 1 and low[-1] in GENERATION else Full(low, "")


class Mentions:
    """The names of a corpus as they stand there, in the order of the texts.

    article, paragraph, start, at, end, around: arrays, as in the layer of names; articles are numbers.
    name, titles: the numbers of the words and of the titles before them, in `names` and `called`; no titles are 0.
    """

    def __init__(self, table: pd.DataFrame):
        self.article = spans.codes_of(table["article_id"]).astype(np.int32, copy=False)
        self.paragraph, self.end = table["paragraph"].to_numpy(), table["end"].to_numpy()
        self.start, self.at = table["start"].to_numpy().copy(), table["at"].to_numpy().copy()
        self.around = table["around"].to_numpy().copy()
        self.names = Numbers(tuple(each.split(" ")) for each in table["words"].cat.categories.to_numpy())
        self._fulls = [*map(taken_apart, self.names.known)]
        self.name = spans.codes_of(table["words"]).astype(np.int32)
        self.called = Numbers([()])
        titles = [self.called.add(tuple(each.split())) for each in table["titles"].cat.categories]
        self.titles = np.array(titles, np.int32)[spans.codes_of(table["titles"])]

    def __len__(self) -> int:
        return len(self.name)

    @property
    def size(self) -> np.ndarray:
        """How many words each name has, by its number."""
        return np.fromiter(map(len, self.names.known), np.int8, len(self.names))

    @property
    def sizes(self) -> np.ndarray:
        """How many words each mention has."""
        return self.size[self.name]

    @property
    def places(self) -> np.ndarray:
        """A key of each mention: its article, and where the name begins."""
        return keys(self.article, self.at)

    def full(self, name: int) -> Full:
        """Give a name taken apart, by its number."""
        return self._fulls[name]

    def of_fulls(self, tell: Callable[[Full], object], kind: type = np.int32) -> np.ndarray:
        """Give what is told of each name, taken apart, by its number."""
        return np.fromiter(map(tell, self._fulls), kind, len(self._fulls))

    def cut(self, rows: np.ndarray, sizes: np.ndarray) -> None:
        """Take the first words from these mentions, so many from each, and titles with them."""
        rows, sizes = rows[sizes > 0], sizes[sizes > 0]
        found, which = np.unique(self.name[rows].astype(np.int64) * MOST + sizes, return_inverse=True)
        cuts = [self._cut(*divmod(key, MOST)) for key in found.tolist()]
        name, gone, around = np.array(cuts, np.int32).reshape(-1, 3).T
        self.name[rows], self.titles[rows] = name[which], 0
        self.start[rows] = self.at[rows] = self.at[rows] + gone[which]
        self.around[rows] = self.around[rows] & (KINDRED | HUMANE | APPOSITION) | around[which]

    def _cut(self, name: int, size: int) -> tuple[int, int, int]:
        words = self.names.known[name]
        gone, kept = words[:size], words[size:]
        around = standing(gone[-1]) | KINDRED * bool(KIN.search(" ".join(gone)))
        number = self.names.add(kept)
        if number == len(self._fulls):
            self._fulls.append(taken_apart(kept))
        return number, sum(len(word) + 1 for word in gone), around
