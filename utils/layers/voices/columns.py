"""The names of a corpus by columns: numbers in arrays, of which millions fit, and each name is looked at once."""

from collections.abc import Callable, Iterable
from functools import cache
from itertools import chain
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from utils import spans
from utils.layers.voices.mentions import APPOSITION, GENERATION, HUMANE, KIN, KINDRED, LITERAL, Words, folded, standing

LOW = 32  # bits of a key that its second number has
MASK = (1 << LOW) - 1
MOST = 64  # words of a name, at most: a run has ten, each with two particles before it


def keys(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Give pairs of numbers from 0 on as one number each, in the order of the pairs."""
    return np.asarray(one).astype(np.int64) << LOW | np.asarray(other)


def pairs(some: Iterable[tuple[int, int]]) -> np.ndarray:
    """Give such keys of pairs that are given one by one."""
    return np.fromiter((one << LOW | other for one, other in some), np.int64)


def among(some: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Tell of each key whether it is one of those that are known."""
    known = np.sort(known)
    return np.append(known, -1)[np.searchsorted(known, some)] == some


def distinct(some: np.ndarray) -> np.ndarray:
    """Give keys each once, in their order: by sorting, which is many times as fast as the hashes of numpy."""
    some = np.sort(some)
    return some[np.append(True, some[1:] != some[:-1])[: len(some)]]


def occurring(numbers: np.ndarray) -> np.ndarray:
    """Give small numbers each once, in their order."""
    return np.flatnonzero(np.bincount(numbers))


def told(some: np.ndarray, tell: Callable[[int], int]) -> np.ndarray:
    """Give what is told of each key; of one that comes several times it is asked once."""
    codes, known = pd.factorize(some)
    return np.fromiter(map(tell, known.tolist()), np.int32, len(known))[codes]


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
    name, titles: the numbers of the name and of the titles before it, in `names` and `called`; no titles are 0.
    size: how many words each name has, by its number.
    word: the number of each name that is one word, Jr. apart, folded, in `words`; -1 where it is none of these. They
    are what can be somebody's: words of names of several, words that have a title somewhere, and others.
    """

    def __init__(self, table: pd.DataFrame, others: Iterable[str] = ()):
        self.article = spans.codes_of(table["article_id"]).astype(np.int32, copy=False)
        self.paragraph, self.end = table["paragraph"].to_numpy(), table["end"].to_numpy()
        self.start, self.at = table["start"].to_numpy().copy(), table["at"].to_numpy().copy()
        self.around = table["around"].to_numpy().copy()
        texts = pa.array(table["words"].cat.categories.array, pa.string())
        self.names, self.full = Numbers(texts.to_pylist()), cache(self._full)
        self.name = spans.codes_of(table["words"]).astype(np.int32)
        self.called = Numbers([()])
        titles = [self.called.add(tuple(each.split())) for each in table["titles"].cat.categories]
        self.titles = np.array(titles, np.int32)[spans.codes_of(table["titles"])]
        self.size = pc.count_substring(texts, " ").to_numpy() + 1
        asked = np.concatenate([np.flatnonzero(self.size > 1), occurring(self.name[self.titles > 0])])
        cores = (self.full(name).core for name in asked.tolist())
        self.words = Numbers(dict.fromkeys([*chain.from_iterable(cores), *others]))
        self.word = pc.index_in(_folded(texts), pa.array(self.words.known, pa.string())).fill_null(-1).to_numpy().copy()
        several = np.flatnonzero(self.size > 1)
        self.word[several] = [self._word(name) for name in several.tolist()]

    def __len__(self) -> int:
        return len(self.name)

    @property
    def sizes(self) -> np.ndarray:
        """How many words each mention has."""
        return self.size[self.name]

    @property
    def places(self) -> np.ndarray:
        """A key of each mention: its article, and where the name begins."""
        return keys(self.article, self.at)

    def of(self, name: int) -> Words:
        """Give the words of a name, by its number."""
        return tuple(self.names.known[name].split(" "))

    def _full(self, name: int) -> Full:
        """Give a name taken apart, by its number."""
        return taken_apart(self.of(name))

    def _word(self, name: int) -> int:
        core = self.full(name).core
        return self.words.get(core[0]) if len(core) == 1 else -1

    def of_several(self, tell: Callable[[Full], int], otherwise: int) -> np.ndarray:
        """Give what is told of each name of several words, taken apart, by its number; otherwise of the others."""
        found, several = np.full(len(self.names), otherwise), np.flatnonzero(self.size > 1)
        found[several] = [tell(self.full(name)) for name in several.tolist()]
        return found

    def cut(self, rows: np.ndarray, sizes: np.ndarray) -> None:
        """Take the first words from these mentions, so many from each, and titles with them."""
        rows, sizes = rows[sizes > 0], sizes[sizes > 0]
        found, which = np.unique(self.name[rows].astype(np.int64) * MOST + sizes, return_inverse=True)
        cuts = [self._cut(*divmod(key, MOST)) for key in found.tolist()]
        name, gone, around = np.array(cuts, np.int32).reshape(-1, 3).T
        self.name[rows], self.titles[rows] = name[which], 0
        self.start[rows] = self.at[rows] = self.at[rows] + gone[which]
        self.around[rows] = self.around[rows] & (KINDRED | HUMANE | APPOSITION | LITERAL) | around[which]
        new = range(len(self.size), len(self.names))
        self.size = np.append(self.size, [len(self.of(name)) for name in new]).astype(np.int32)
        self.word = np.append(self.word, [self._word(name) for name in new]).astype(np.int32)

    def _cut(self, name: int, size: int) -> tuple[int, int, int]:
        words = self.of(name)
        gone, kept = words[:size], words[size:]
        around = standing(gone[-1]) | KINDRED * bool(KIN.search(" ".join(gone)))
        return self.names.add(" ".join(kept)), sum(len(word) + 1 for word in gone), around


def _folded(texts: pa.StringArray) -> pa.StringArray:
    """Give texts folded: those in plain letters, which nearly all are, at once."""
    plain = pc.ascii_rtrim(pc.ascii_lower(texts), ".")
    strange = pc.invert(pc.string_is_ascii(texts))
    return pc.replace_with_mask(plain, strange, pa.array(map(folded, texts.filter(strange).to_pylist()), pa.string()))
