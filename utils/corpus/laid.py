"""Rows of a layer laid in their places, part by part: no more than a part is held beside them."""

import contextlib
import sys
from collections.abc import Iterator
from typing import BinaryIO

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from utils import mapped, storage
from utils.corpus import sealed

BOUNDS = ("start", "end")
ROWS = 1_000_000  # that are looked at at a time
LARGE = 16_000_000  # bytes of rows that wait in memory; where there are more, they are in a file
NUMBERS = "iufbM"  # kinds of arrays: integers, floats, true or false, points in time
Runs = list[tuple[int, int, int]]  # stretches of rows on end: where each starts, how many they are, their place


class Laid:
    """The rows of a layer, laid in their places part by part.

    Numbers and codes of categories, which make up a large layer, go into arrays that have their length from the
    beginning; whatever else there is waits as it came, in a file where it is much.
    """

    def __init__(self, n: int) -> None:
        self._n = n
        self._schema = pa.schema([])
        self._is_begun = False
        self._numbers: dict[str, np.ndarray] = {}
        self._terms: dict[str, Terms] = {}
        self._rest = Pieces()

    def __len__(self) -> int:
        return self._n

    def take(self, rows: pa.Table, starts: np.ndarray, counts: np.ndarray, places: np.ndarray) -> bool:
        """Lay stretches of rows in their places; tell whether they fit those that came before."""
        if not self._is_begun:
            self._begin(rows)
        try:
            if rows.column_names != self._schema.names or _coded(rows.schema) != _coded(self._schema):
                return False
            self._schema = pa.unify_schemas([self._schema, rows.schema.remove_metadata()], promote_options="permissive")
        except sealed.WRONG:
            return False
        runs = [*_runs(starts, counts, places)]
        for name, terms in self._terms.items():
            terms.take(rows[name], runs)
        for name in self._numbers:
            self._lay(name, rows[name].to_numpy(), runs)
        self._rest.take(rows.drop_columns([*self._terms, *self._numbers]), runs)
        return True

    def _begin(self, rows: pa.Table) -> None:
        """Make room for the columns of numbers and of categories, as the first part has them."""
        self._schema, self._is_begun = rows.schema.remove_metadata(), True
        for name, kind in rows.schema.empty_table().to_pandas().dtypes.items():
            if isinstance(kind, pd.CategoricalDtype):
                self._terms[name] = Terms(mapped.room(self._n, np.int32))
            elif isinstance(kind, np.dtype) and kind.kind in NUMBERS:
                self._numbers[name] = mapped.room(self._n, rows[name].to_numpy().dtype)

    def _lay(self, name: str, column: np.ndarray, runs: Runs) -> None:
        """Lay numbers in their places; they are all of a kind that holds those of every part."""
        kind = np.result_type(self._numbers[name].dtype, column.dtype)
        if kind != self._numbers[name].dtype:
            wider = mapped.room(self._n, kind)
            wider[:] = self._numbers[name]
            self._numbers[name] = wider
        for start, n, place in runs:
            self._numbers[name][place : place + n] = column[start : start + n]

    def columns(self) -> dict[str, object]:
        """Give the columns by name, in their order."""
        rest = self._rest.joined()
        found = {name: terms.categories() for name, terms in self._terms.items()} | self._numbers
        for name, kind in rest.schema.empty_table().to_pandas().dtypes.items():
            if isinstance(kind, pd.StringDtype):
                found[name] = kind.__from_arrow__(mapped.texts(rest[name]))
            else:
                found[name] = rest.select([name]).to_pandas()[name]
        return {name: found[name] for name in self._schema.names}


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
    """Codes of categories and what they mean, part after part: most parts have most terms, and each is held once."""

    def __init__(self, codes: np.ndarray) -> None:
        self._codes = codes
        self._known = pa.array([], pa.string())  # the different terms, in the order in which they came first
        self._waiting: list[pa.Array] = []
        self._n = 0  # terms that wait
        self._runs: list[tuple[int, int]] = []  # the places whose codes mean one that waits

    def take(self, column: pa.ChunkedArray, runs: Runs) -> None:
        """Lay stretches of the column of one more part in their places."""
        whole = _whole(column)
        codes = whole.indices.cast(pa.int32()).fill_null(-1).to_numpy()
        codes = np.where(codes < 0, codes, codes + np.int32(self._n))
        for start, n, place in runs:
            self._codes[place : place + n] = codes[start : start + n]
            self._runs.append((place, n))
        self._waiting.append(whole.dictionary)
        self._n += len(whole.dictionary)
        if self._n > ROWS:
            self._join()

    def _join(self) -> None:
        """Let the codes that were laid last mean the terms that are known, and those that are new."""
        known = [self._known] if len(self._known) else []
        found = pa.chunked_array([*known, *self._waiting]).combine_chunks().dictionary_encode()
        numbers = found.indices.to_numpy()[len(self._known) :]
        numbers = np.append(numbers, np.int32(-1))  # what is missing
        for place, n in self._runs:
            for low in range(place, place + n, ROWS):
                high = min(low + ROWS, place + n)
                self._codes[low:high] = numbers[self._codes[low:high]]
        self._known, self._waiting, self._n, self._runs = found.dictionary, [], 0, []

    def categories(self) -> pd.Categorical:
        """Give the column of categories: those that occur, sorted. The codes are turned in place."""
        self._join()
        occurs = np.full(len(self._known) + 1, False)
        pieces = [slice(low, low + ROWS) for low in range(0, len(self._codes), ROWS)]
        for piece in pieces:
            occurs[self._codes[piece]] = True
        order = pc.sort_indices(self._known).to_numpy()
        order = order[occurs[:-1][order]]
        rank = np.full(len(occurs), -1, np.int32)
        rank[order] = np.arange(len(order), dtype=np.int32)
        kind = narrow(len(order))
        codes = self._codes if kind == self._codes.dtype else mapped.room(len(self._codes), kind)
        for piece in pieces:
            codes[piece] = rank[self._codes[piece]]
        return pd.Categorical.from_codes(codes, categories=self._known.take(pa.array(order)).to_pandas())


class Pieces:
    """Rows that wait as they came, each with its place: in a file without a name where they are much."""

    def __init__(self) -> None:
        self._waiting: list[tuple[list[tuple[int, int]], pa.Table]] = []  # the place and number of rows on end, and all
        self._size, self._most = 0, LARGE
        self._file: BinaryIO | None = None
        self._written: list[tuple[list[tuple[int, int]], int, int]] = []  # likewise; and where in the file

    def take(self, rows: pa.Table, runs: Runs) -> None:
        """Take stretches of rows."""
        own = pa.concat_tables([rows.slice(start, n) for start, n, _ in runs])
        self._waiting.append(([(place, n) for _, n, place in runs], own))
        self._size += own.nbytes
        if self._size > self._most:
            self._write()

    def joined(self) -> pa.Table:
        """Give all rows in the order of their places."""
        held = [*self._waiting]
        if self._file and self._written:
            whole = mapped.contents(self._file, self._written[-1][-1])
            with contextlib.suppress(OSError):  # what a full disk did not take is in memory, too
                self._file.close()
            held += [(runs, pa.ipc.open_stream(whole[low:high]).read_all()) for runs, low, high in self._written]
        found = []
        for runs, rows in held:
            behind = np.cumsum([0, *(n for _, n in runs)]).tolist()
            found += [(place, rows.slice(start, n)) for (place, n), start in zip(runs, behind, strict=False)]
        ordered = [rows for _, rows in sorted(found, key=lambda each: each[0])]
        return pa.concat_tables(ordered, promote_options="permissive")

    def _write(self) -> None:
        """Move what waits into the file; where that cannot be done, it stays, as does what comes."""
        written, behind = [], self._written[-1][-1] if self._written else 0
        try:
            self._file = self._file or storage.nameless()
            self._file.seek(behind)  # what a full disk cut short is written over
            for runs, rows in self._waiting:
                with pa.ipc.new_stream(self._file, rows.schema) as stream:
                    stream.write_table(rows)
                written.append((runs, behind, self._file.tell()))
                behind = self._file.tell()
            self._file.flush()
        except OSError:  # a full disk, a place that is only read
            self._most = sys.maxsize
        else:
            self._written += written
            self._waiting, self._size = [], 0


def narrow(n: int) -> type:
    """Give the kind of the codes of n categories: pandas copies those that are of a wider one."""
    return np.int8 if n < np.iinfo(np.int8).max else np.int16 if n < np.iinfo(np.int16).max else np.int32


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


def _coded(schema: pa.Schema) -> list[str]:
    """Give the names of the columns of categories."""
    return [field.name for field in schema if pa.types.is_dictionary(field.type)]
