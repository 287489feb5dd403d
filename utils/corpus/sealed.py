"""Tables in one file, each behind its checksum: they come back as they were written, or not at all.

A file is a row of blocks: a checksum, the length, then a table in Arrow's format, which no byte reaches before the
checksum is found right. The checksum covers the file's name and the block's place too, so that no file passes for
another, no block for the next and none is lost.
"""

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import BinaryIO

import pandas as pd
import pyarrow as pa
import pyarrow.feather as feather

CHECKSUM, LENGTH = 32, 8  # bytes at the head of a block
PIECE = 16_000_000  # bytes that are written, or looked at, at a time
LEAST = 1_000  # rows of a piece of a table
WRONG = (OSError, MemoryError, pa.ArrowException, ValueError, KeyError, TypeError)


def write(stream: BinaryIO, name: str, tables: Sequence[pa.Table | pd.DataFrame], *, compression: str = "lz4") -> None:
    """Write the tables into a file of that name, which is open to be written and read.

    compression: "lz4", or "uncompressed" where time is dearer than room. Each table goes through memory some rows at a
    time, and its checksum is found when it is there.
    """
    for place, table in enumerate(tables):
        table = pa.Table.from_pandas(table) if isinstance(table, pd.DataFrame) else table
        head = stream.tell()
        stream.write(bytes(CHECKSUM + LENGTH))
        rows = max(1, len(table) * PIECE // max(table.nbytes, 1))
        feather.write_feather(table, stream, compression=compression, chunksize=max(rows, LEAST))
        end = stream.seek(0, os.SEEK_END)
        stream.seek(head + CHECKSUM + LENGTH)
        found = checksum(name, (place, len(tables)), iter(partial(stream.read, PIECE), b""))
        stream.seek(head)
        stream.write(found + (end - head - CHECKSUM - LENGTH).to_bytes(LENGTH, "little"))
        stream.seek(end)


def opened(path: Path, name: str, n: int | None = None, *, first: bool = False) -> list[pa.Table] | None:
    """Give the tables that a file holds, n where that is given, or the first alone; None where a byte of them is amiss
    or is too many, or it is another's, or not there."""
    try:
        tables = [*islice(each(path, name), 1 if first else None)]
    except WRONG:
        return None
    return tables if first or n in (None, len(tables)) else None


def each(path: Path, name: str) -> Iterator[pa.Table]:
    """Give the tables that a file holds, one after the other, so that not all need be in memory. Raises one of WRONG
    where a byte is amiss or is too many, or the file is another's, or not there."""
    if not path.is_file():
        raise FileNotFoundError(path)
    size = path.stat().st_size
    with path.open("rb") as stream:
        n = _counted(stream, size)
        for place in range(n):
            yield _table(stream, name, (place, n), size)


def _counted(stream: BinaryIO, size: int) -> int:
    """Give the number of blocks in a file, from block to block by their lengths."""
    n = at = 0
    while at < size:
        stream.seek(at + CHECKSUM)
        at, n = at + CHECKSUM + LENGTH + int.from_bytes(stream.read(LENGTH), "little"), n + 1
    stream.seek(0)
    if not n or at > size:
        raise pa.ArrowInvalid("bytes are missing")
    return n


def _table(stream: BinaryIO, name: str, place: tuple[int, int], size: int) -> pa.Table:
    """Give the table of the block that begins here. Raises one of WRONG where it is not the one that was written."""
    expected, length = stream.read(CHECKSUM), int.from_bytes(stream.read(LENGTH), "little")
    content = memoryview(stream.read(min(length, size)))
    if len(content) != length or expected != checksum(name, place, [content]):
        raise pa.ArrowInvalid("a byte is amiss")
    table = feather.read_table(pa.BufferReader(content))
    table.validate(full=True)  # a forged file has a right checksum, and Arrow follows wrong offsets anywhere
    return table


def checksum(name: str, place: tuple[int, int], content: Iterable[bytes | memoryview]) -> bytes:
    """Give the checksum of a block, its bytes in pieces: the file's name and which of how many it is are in it."""
    digest = hashlib.sha256(f"{name}\0{place[0]} of {place[1]}\0".encode())
    for piece in content:
        digest.update(piece)
    return digest.digest()
