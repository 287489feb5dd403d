"""Many texts and columns, kept compact: from Python's values to those of a table."""

import contextlib
import re
import sys
from typing import BinaryIO

import numpy as np
import pandas as pd
import pyarrow as pa

from utils import mapped, storage

CHUNK = 4_000_000  # characters that wait as Python strings before they go into arrow
LARGE = 32_000_000  # bytes of texts that are in memory; where there are more, all are in a file
NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?")


class Texts:
    """Texts on their way into one column: arrow holds them in UTF-8, at half of what Python takes or less.

    Many are in a file without a name, so that the system may take their memory back; where there is no place for such a
    file, they are in memory. They stand one behind the other, as arrow copies all pieces of a column to take one row.
    """

    def __init__(self) -> None:
        self._waiting: list[str] = []
        self._size = 0
        self._chunks: list[pa.Array] = []  # behind those in the file
        self._held = 0  # their bytes
        self._file: BinaryIO | None = None
        self._ends = [np.zeros(1, np.int64)]  # where in the file each text ends
        self._most = LARGE

    def append(self, text: str) -> None:
        """Take one more text."""
        self._waiting.append(text)
        self._size += len(text)
        if self._size > CHUNK:
            self._move()

    def extend(self, texts: pa.ChunkedArray) -> None:
        """Take more texts, none of them missing."""
        self._move()
        self._chunks += texts.cast(pa.large_string()).chunks
        self._held += texts.nbytes
        if self._held > self._most:
            self._write()

    def series(self) -> pd.Series:
        """Give all texts as a Series of strings."""
        self._move()
        if self._file:
            self._write()
            self._chunks = [self._mapped(self._file), *self._chunks]
            with contextlib.suppress(OSError):  # what a full disk did not take is in memory, too
                self._file.close()
            self._file, self._ends = None, [np.zeros(1, np.int64)]
        if len(self._chunks) > 1 and sum(chunk.nbytes for chunk in self._chunks) <= LARGE:
            self._chunks = [pa.concat_arrays(self._chunks)]
        return pa.table({"text": pa.chunked_array(self._chunks, pa.large_string())}).to_pandas()["text"]

    def _move(self) -> None:
        """Let arrow hold what waits."""
        waiting, self._waiting, self._size = self._waiting, [], 0
        if waiting:
            self.extend(pa.chunked_array([pa.array(waiting, pa.large_string())]))

    def _write(self) -> None:
        """Move what arrow holds into the file; where that cannot be done, it stays, as does what comes."""
        ends, behind = [], self._ends[-1][-1]
        try:
            self._file = self._file or storage.nameless()
            self._file.seek(behind)  # what a full disk cut short is written over
            for chunk in self._chunks:
                _, bounds, data = chunk.buffers()
                own = np.frombuffer(bounds, np.int64, len(chunk) + 1, chunk.offset * 8)
                self._file.write(memoryview(data or b"")[own[0] : own[-1]])
                ends.append(own[1:] - own[0] + behind)
                behind += own[-1] - own[0]
            self._file.flush()
        except OSError:  # a full disk, a place that is only read
            self._most = sys.maxsize
        else:
            self._ends += ends
            self._chunks, self._held = [], 0

    def _mapped(self, file: BinaryIO) -> pa.Array:
        """Give the texts in the file, which are not copied."""
        ends = np.concatenate(self._ends)
        data = mapped.contents(file, int(ends[-1]))
        return pa.LargeStringArray.from_buffers(len(ends) - 1, pa.py_buffer(ends), data)


def column(values: list | None, length: int, *, text: bool = False) -> pd.Series:
    """Give values of any kind as a column of one type: text, numbers, true and false; missing stays missing.

    Numbers written as text ("1945", but not "007" or "1.50") are numbers, so that a year from a CSV file can be
    compared as one from JSON can. What is of several types becomes text.
    """
    if values is None:
        return pd.Series([None] * length, dtype="str")
    found = pd.api.types.infer_dtype(values, skipna=True)
    if text or found == "empty" or found == "string" and not _all_numbers(values):
        return pd.Series([None if _missing(value) else str(value) for value in values], dtype="str")
    if found == "string":
        return pd.to_numeric(pd.Series(values, dtype="str"))
    if found == "boolean" and any(map(_missing, values)):
        return pd.Series(values, dtype="boolean")
    plain = pd.Series(values)
    return column(values, length, text=True) if plain.dtype == object else plain


def _missing(value: object) -> bool:
    return value is None or value is pd.NaT or value is pd.NA or value != value


def _all_numbers(values: list) -> bool:
    """Tell whether each text that is there is a number, written as a number is written back."""
    return all(
        NUMBER.fullmatch(value) and value in (repr(int(float(value))), repr(float(value)))
        for value in values
        if not _missing(value)
    )
