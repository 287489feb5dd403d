"""Rows of a layer laid in their places, part by part: no more than a part is held beside them."""

import mmap
import os
from collections.abc import Iterator

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from utils import storage
from utils.corpus import sealed

BOUNDS = ("start", "end")
ROWS = 1_000_000  # that are looked at at a time
LARGE = 32_000_000  # bytes of an array that the system may take from memory: of eight million words


class Laid:
    """The rows of a layer, laid in their places part by part.

    Bounds and codes of categories, which make up a large layer, go into arrays that have their length from the
    beginning; whatever else there is waits as it came.
    """

    def __init__(self, n: int) -> None:
        self._n = n
        self._names: list[str] | None = None
        self._arrays: dict[str, np.ndarray] = {}
        self._terms: dict[str, Terms] = {}  # what the codes mean
        self._rest: list[tuple[int, pa.Table]] = []

    def __len__(self) -> int:
        return self._n

    def take(self, rows: pa.Table, starts: np.ndarray, counts: np.ndarray, places: np.ndarray) -> bool:
        """Lay stretches of rows in their places; tell whether they fit those that came before."""
        if self._names is None:
            self._names = rows.column_names
        kinds = {
            field.name: np.int32 if pa.types.is_dictionary(field.type) else field.type.to_pandas_dtype()
            for field in rows.schema
            if pa.types.is_dictionary(field.type) or field.name in BOUNDS and pa.types.is_integer(field.type)
        }
        fresh = not self._arrays and not self._rest
        if rows.column_names != self._names or not fresh and kinds.keys() != self._arrays.keys():
            return False
        for name, kind in kinds.items():
            column = self._coded(name, rows[name]) if pa.types.is_dictionary(rows[name].type) else rows[name].to_numpy()
            if fresh:
                self._arrays[name] = room(self._n, kind)
            if column.dtype != self._arrays[name].dtype:
                return False
            for start, n, place in _runs(starts, counts, places):
                self._arrays[name][place : place + n] = column[start : start + n]
        rest = rows.drop_columns([*kinds])
        self._rest += [(place, rest.slice(start, n)) for start, n, place in _runs(starts, counts, places)]
        try:
            pa.unify_schemas([self._rest[0][1].schema, rest.schema], promote_options="permissive")
        except sealed.WRONG:
            return False
        return True

    def _coded(self, name: str, column: pa.ChunkedArray) -> np.ndarray:
        """Give a code for each row; -1 is missing. Codes of one part are none of another's."""
        whole = _whole(column)
        base = self._terms.setdefault(name, Terms()).take(whole.dictionary)
        codes = whole.indices.cast(pa.int32()).fill_null(-1).to_numpy()
        return np.where(codes < 0, codes, codes + np.int32(base))

    def columns(self) -> dict[str, object]:
        """Give the columns by name, in their order."""
        rest = pa.concat_tables([piece for _, piece in sorted(self._rest, key=lambda each: each[0])],
                                promote_options="permissive")  # fmt: skip
        others = dict(rest.to_pandas().items())
        return {
            name: _categories(self._arrays[name], *self._terms[name].joined()) if name in self._terms
            else self._arrays[name] if name in self._arrays else others[name]
            for name in self._names or ()
        }  # fmt: skip


class Occurring:
    """The terms that occur in rows: each once a part, and nothing else of the rows, which may be many times as many."""

    def __init__(self) -> None:
        self._terms: list[pa.Array] = []

    def take(self, rows: pa.Table, starts: np.ndarray, counts: np.ndarray, places: np.ndarray) -> bool:
        """Take the terms of stretches of rows; tell whether rows have any."""
        if "term" not in rows.column_names or not pa.types.is_dictionary(rows["term"].type):
            return False
        whole = _whole(rows["term"])
        codes = whole.indices.fill_null(-1).to_numpy()
        occurs = np.zeros(len(whole.dictionary) + 1, bool)  # the last is what is missing
        for start, n, _ in _runs(starts, counts, places):
            occurs[codes[start : start + n]] = True
        self._terms.append(whole.dictionary.filter(pa.array(occurs[:-1])))
        return self._terms[-1].type == self._terms[0].type

    def columns(self) -> dict[str, object]:
        """Give the terms as a column."""
        return {"term": pa.chunked_array(self._terms).to_pandas()}


class Terms:
    """What the codes of a column mean, part after part: most parts have most terms, and each is held once."""

    def __init__(self) -> None:
        self._n = 0
        self._unique: pa.Array | None = None
        self._numbers: list[np.ndarray] = []  # the place in it of each term of the parts before
        self._waiting: list[pa.Array] = []

    def take(self, terms: pa.Array) -> int:
        """Take the terms of one more part; give how many came before."""
        before = self._n
        self._n += len(terms)
        self._waiting.append(terms)
        if sum(map(len, self._waiting)) > ROWS:
            self._join()
        return before

    def joined(self) -> tuple[pa.Array, np.ndarray]:
        """Give the different terms, in the order in which they came first, and the place there of each that came."""
        self._join()
        return self._unique, np.concatenate(self._numbers)

    def _join(self) -> None:
        known = [] if self._unique is None else [self._unique]
        found = pa.chunked_array([*known, *self._waiting]).combine_chunks().dictionary_encode()
        self._unique, self._waiting = found.dictionary, []
        self._numbers.append(found.indices.to_numpy()[sum(map(len, known)) :])


def room(n: int, kind: type) -> np.ndarray:
    """Give an array of n numbers, with whatever is in it.

    A large one is a file without a name in the folder of what is kept, so that the system may take its memory back, and
    is gone with the array; where there is no place for such a file, it is in memory.
    """
    size = n * np.dtype(kind).itemsize
    if size < LARGE:
        return np.empty(n, kind)
    try:
        with storage.nameless() as file:
            os.posix_fallocate(file.fileno(), 0, size)  # now, as a disk that fills later ends the process
            return np.frombuffer(mmap.mmap(file.fileno(), size), kind)
    except (OSError, AttributeError):  # a full disk, a place that is only read, a system without this
        return np.empty(n, kind)


def _whole(column: pa.ChunkedArray) -> pa.DictionaryArray:
    """Give a column of categories in one piece."""
    whole = column.unify_dictionaries().combine_chunks()
    return whole.chunk(0) if isinstance(whole, pa.ChunkedArray) else whole


def _runs(starts: np.ndarray, counts: np.ndarray, places: np.ndarray) -> Iterator[tuple[int, int, int]]:
    """Give start, length and place of the stretches of rows that stand, and are to stand, one after the other."""
    fresh = np.append(True, (starts[1:] != starts[:-1] + counts[:-1]) | (places[1:] != places[:-1] + counts[:-1]))
    first = np.flatnonzero(fresh)
    n = np.add.reduceat(counts, first)
    yield from zip(starts[first].tolist(), n.tolist(), places[first].tolist(), strict=True)


def _categories(codes: np.ndarray, unique: pa.Array, number: np.ndarray) -> pd.Categorical:
    """Give a column of categories: those that occur, sorted. The codes are turned in place.

    unique: the terms.  number: the place there of the term that each code means.
    """
    occurs = np.zeros(len(number) + 1, bool)  # the last is what is missing
    for low in range(0, len(codes), ROWS):
        occurs[codes[low : low + ROWS]] = True
    order = pc.sort_indices(unique).to_numpy()
    order = order[(np.bincount(number[occurs[:-1]], minlength=len(unique)) > 0)[order]]
    rank = np.full(len(unique), -1, np.int32)
    rank[order] = np.arange(len(order), dtype=np.int32)
    rank = np.append(rank[number], np.int32(-1))
    for low in range(0, len(codes), ROWS):
        codes[low : low + ROWS] = rank[codes[low : low + ROWS]]
    return pd.Categorical.from_codes(codes, categories=unique.take(pa.array(order)).to_pandas())
