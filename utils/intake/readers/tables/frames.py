"""Frames: a table that is in memory already, one row an article."""

import io
from collections.abc import Iterator

import pandas as pd

from utils.intake.batch import DEFAULT, File, Options, Reading, reader
from utils.intake.budget import Budget
from utils.intake.readers.tables import columns, rows


class _Frame(File):
    """A file that is none: there are no bytes whose hash could be told."""

    sha256 = None  # type: ignore[assignment]


def read(frame: pd.DataFrame, options: Options = DEFAULT) -> Reading:
    """Give what a frame holds, read as a table in a file would be; an index with a name is a column of it.

    The rows are numbered from 1. The frame is left as it is.
    """
    reading = Reading()
    whole = frame
    for level in reversed(range(frame.index.nlevels)):
        name = frame.index.names[level]
        if name is not None and name not in whole.columns:
            whole = whole.assign(**{"": frame.index.get_level_values(level)}).rename(columns={"": name})
    reading.budget = Budget(int(whole.memory_usage(deep=True).sum()))
    _take(_Frame("frame", io.BytesIO(), options), reading, whole)
    return reading


def _take(file: File, reading: Reading, frame: pd.DataFrame) -> None:
    names = columns.named(frame.columns)

    def taken(file: File, reading: Reading) -> None:
        rows.take(file, reading, names, _rows(frame, names), total=len(frame))

    reader(taken)(file, reading)


def _rows(frame: pd.DataFrame, names: list[str]) -> Iterator[rows.Row]:
    for number, cells in enumerate(frame.itertuples(index=False, name=None), 1):
        yield number, dict(zip(names, cells, strict=True))
