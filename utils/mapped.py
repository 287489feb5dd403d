"""Large columns: they lie in files without a name, so that the system may take their memory back.

All of a corpus that grows with it passes here: articles, segments, and the layers over them. A file is in the folder of
what is kept, and is gone with the column; where there is no place for one, the column is in memory.
"""

import ctypes
import mmap
import os
from functools import cache
from typing import Any, BinaryIO

import numpy as np
import pandas as pd
import pyarrow as pa

from utils import storage

LARGE = 2_000_000  # bytes of a column that is in a file


def room(n: int, kind: Any) -> np.ndarray:
    """Give an array of n values of a kind, with whatever is in it: in a file where it is large."""
    size = n * np.dtype(kind).itemsize
    if size < LARGE or np.dtype(kind).hasobject:
        return np.empty(n, kind)
    try:
        with storage.nameless() as file:
            os.posix_fallocate(file.fileno(), 0, size)  # now, as a disk that fills later ends the process
            return np.frombuffer(mmap.mmap(file.fileno(), size), kind)
    except (OSError, AttributeError):  # a full disk, a place that is only read, a system without this
        return np.empty(n, kind)


def contents(file: BinaryIO, size: int) -> pa.Buffer:
    """Give the first bytes of a file, which are not copied; the file may be closed then."""
    try:
        return pa.py_buffer(mmap.mmap(file.fileno(), size, access=mmap.ACCESS_READ))
    except (OSError, ValueError):  # a system without this; nothing in it
        file.seek(0)
        return pa.py_buffer(file.read(size))


def frame(table: pd.DataFrame) -> pd.DataFrame:
    """Give the same table, its large columns in files: numbers, texts, and the codes of categories."""
    rows = table.index
    if not isinstance(rows, pd.RangeIndex | pd.MultiIndex):
        rows = pd.Index(_placed(rows.array), name=rows.name, copy=False)
    columns = {name: pd.Series(_placed(each.array), rows, copy=False) for name, each in table.items()}
    return pd.DataFrame(columns, rows, columns=table.columns, copy=False)


def _placed(column: Any) -> Any:
    """Give a column of a table, in a file where it is large; as it came where it is of any other kind."""
    if isinstance(column, pd.Categorical):
        return pd.Categorical.from_codes(_copied(column.codes), dtype=column.dtype)
    if column.nbytes < LARGE:
        return column
    if isinstance(column, pd.arrays.NumpyExtensionArray) or isinstance(column.dtype, np.dtype):
        return _copied(np.asarray(column))
    if isinstance(column.dtype, pd.StringDtype) and column.dtype.storage == "pyarrow":
        found = pa.array(column)
        found = found if isinstance(found, pa.ChunkedArray) else pa.chunked_array([found])
        return column.dtype.__from_arrow__(texts(found))
    return column


def _copied(array: np.ndarray) -> np.ndarray:
    """Give an array, in a file where it is large."""
    if array.nbytes < LARGE or array.dtype.hasobject:
        return array
    placed = room(len(array), array.dtype)
    placed[:] = array
    return placed


def texts(column: pa.ChunkedArray) -> pa.LargeStringArray:
    """Give texts of which some may be missing as one array: in files where it is large."""
    column = column.cast(pa.large_string())
    bounds = room(len(column) + 1, np.int64)
    bounds[0] = row = behind = 0
    pieces = []
    for chunk in column.chunks:
        _, offsets, data = chunk.buffers()
        own = np.frombuffer(offsets, np.int64, len(chunk) + 1, chunk.offset * 8)
        bounds[row + 1 : row + 1 + len(chunk)] = own[1:] - (own[0] - behind)
        pieces.append((behind, memoryview(data or b"")[own[0] : own[-1]]))
        row, behind = row + len(chunk), behind + int(own[-1] - own[0])
    letters = room(behind, np.uint8)
    for start, piece in pieces:
        letters[start : start + len(piece)] = np.frombuffer(piece, np.uint8)
    present = pa.array(column.is_valid().to_numpy()).buffers()[1] if column.null_count else None
    return pa.LargeStringArray.from_buffers(len(column), pa.py_buffer(bounds), pa.py_buffer(letters), present)


def give_back() -> None:
    """Give the system the memory that nothing holds any more, which Arrow and the C library else keep for later."""
    pa.default_memory_pool().release_unused()
    if trim := _trim():
        trim(0)


@cache
def _trim() -> Any:
    """Give what makes the C library give memory back; None where it is another library."""
    try:
        return ctypes.CDLL(None).malloc_trim
    except (OSError, TypeError, AttributeError):
        return None
