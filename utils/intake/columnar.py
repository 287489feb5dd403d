"""Many texts and columns, kept compact: from Python's values to those of a table."""

import re

import pandas as pd
import pyarrow as pa

CHUNK = 4_000_000  # characters that wait as Python strings before they go into arrow
NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?")


class Texts:
    """Texts on their way into one column: arrow holds them in UTF-8, at half of what Python takes or less."""

    def __init__(self) -> None:
        self._chunks: list[pa.Array] = []
        self._waiting: list[str] = []
        self._size = 0

    def append(self, text: str) -> None:
        """Take one more text."""
        self._waiting.append(text)
        self._size += len(text)
        if self._size > CHUNK:
            self._move()

    def _move(self) -> None:
        self._chunks.append(pa.array(self._waiting, type=pa.large_string()))
        self._waiting, self._size = [], 0

    def series(self) -> pd.Series:
        """Give all texts as a Series of strings, copied nowhere."""
        self._move()
        return pa.table({"text": pa.chunked_array(self._chunks)}).to_pandas()["text"]


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
