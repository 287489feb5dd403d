"""What the columns of a Parquet file unpack to, told before anything is unpacked, by the headers of their pages.

The file's own summary may be wrong, and it says nothing of a short list of long values to which many rows point. The
headers tell, and Arrow refuses a page that unpacks to another size. They are written in Thrift's compact protocol.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

HEADER = 2**16  # bytes of a header at most
PAGES = 200_000  # of a file at most
LISTED = 5_000_000  # values in a list that are looked at one by one
VALUE = 40  # bytes that Python takes for a value beside its own
SIZE, PACKED, PAGE, LIST, PAGE_2 = 2, 3, 5, 7, 8  # fields of a header: bytes unpacked and packed; which kind it is of
N_VALUES, ENCODING = 1, {PAGE: 2, LIST: 2, PAGE_2: 4}  # fields of that kind
POINTING, GOING_ON = (2, 8), 7  # encodings: numbers of values in the list; what differs from the value before


class Damaged(Exception):
    """A header that cannot be read, or too many of them."""


class Page(NamedTuple):
    """A page: the bytes it unpacks to, its values and their encoding, whether they are the list to which the others
    point, and where its packed bytes begin and end."""

    size: int
    values: int
    encoding: int
    listing: bool
    start: int
    end: int


@dataclass
class Column:
    """A column as it lies in a file: its path, its values, the bytes they unpack to, those of the largest page, the
    most that one value takes (on average, where a page holds all of them), and, where a row may hold many values, the
    most that those of one row take in Python."""

    path: str
    values: int = 0
    size: int = 0
    largest: int = 0
    longest: int = 0
    in_a_row: int = 0


def columns(stream: BinaryIO, metadata: pq.FileMetaData) -> list[Column]:
    """Give the columns of a Parquet file, those within lists and structures too; raise Damaged."""
    leaves = [metadata.schema.column(place) for place in range(metadata.num_columns)]
    found = [Column(leaf.path) for leaf in leaves]
    n_pages = 0
    for number in range(metadata.num_row_groups):
        group = metadata.row_group(number)
        for place, (leaf, column) in enumerate(zip(leaves, found, strict=True)):
            chunk, values, longest = group.column(place), 0, max(leaf.length, 8)
            for page in _pages(stream, chunk):
                values += 0 if page.listing else page.values
                column.size += page.size
                column.largest = max(column.largest, page.size)
                if leaf.physical_type == "BYTE_ARRAY":
                    longest = max(longest, _longest(stream, page, chunk.compression))
                if (n_pages := n_pages + 1) > PAGES:
                    raise Damaged(f"it has more than {PAGES:,} pages")
            column.values += values
            column.longest = max(column.longest, longest)
            if leaf.max_repetition_level:
                column.in_a_row = max(column.in_a_row, values * (VALUE + 2 * longest))
    return found


def _longest(stream: BinaryIO, page: Page, packing: str) -> int:
    """Give the most bytes that a text in a page takes, or an upper bound; on average where all of them stand there."""
    if page.listing and page.size > HEADER and page.values <= LISTED:
        return _longest_listed(stream, page, packing)
    if page.listing or page.encoding == GOING_ON:
        return page.size
    return 0 if page.encoding in POINTING else page.size // max(page.values, 1)


def _longest_listed(stream: BinaryIO, page: Page, packing: str) -> int:
    """Give the length of the longest text in a list: each stands behind its length in four bytes."""
    stream.seek(page.start)
    content = stream.read(page.end - page.start)
    if packing != "UNCOMPRESSED":
        try:
            content = pa.decompress(content, page.size, packing.lower(), asbytes=True)
        except (pa.ArrowException, OSError, ValueError):
            return page.size
    longest = at = 0
    while at + 4 <= len(content):
        length = int.from_bytes(content[at : at + 4], "little")
        longest, at = max(longest, length), at + 4 + length
    return min(longest, page.size)


def _pages(stream: BinaryIO, chunk: pq.ColumnChunkMetaData) -> Iterator[Page]:
    """Give the pages of a column in one group of rows, in their order."""
    at, values = chunk.data_page_offset, 0
    if chunk.has_dictionary_page and 0 < chunk.dictionary_page_offset < at:
        at = chunk.dictionary_page_offset
    while values < chunk.num_values:
        stream.seek(at)
        content = stream.read(HEADER)
        try:
            header, length = _structure(content, 0)
            kind = next(kind for kind in ENCODING if kind in header)
            size, packed, n, encoding = (
                header[SIZE], header[PACKED], header[kind][N_VALUES], header[kind][ENCODING[kind]],
            )  # fmt: skip
        except (IndexError, KeyError, StopIteration, TypeError, RecursionError) as error:
            raise Damaged("the header of a page cannot be read") from error
        if min(size, packed, n) < 0:
            raise Damaged("the header of a page holds impossible numbers")
        yield Page(size, n, encoding, kind == LIST, at + length, at + length + packed)
        at += length + packed
        values += 0 if kind == LIST else n


def _structure(content: bytes, at: int) -> tuple[dict[int, object], int]:
    """Give the fields of a structure by number, and where it ends."""
    fields: dict[int, object] = {}
    number = 0
    while content[at]:
        step, kind = divmod(content[at], 16)
        at += 1
        if step:
            number += step
        else:
            number, at = _number(content, at)
        fields[number], at = _value(content, at, kind)
    return fields, at + 1


def _value(content: bytes, at: int, kind: int) -> tuple[object, int]:
    """Give the value of a field, and where it ends; of lists and texts only where they end."""
    if kind in (1, 2):  # true and false
        return kind == 1, at
    if kind == 3:  # a byte
        return content[at], at + 1
    if kind in (4, 5, 6):
        return _number(content, at)
    if kind == 7:
        return None, at + 8
    if kind == 8:
        length, at = _digits(content, at)
        return None, at + length
    if kind == 12:
        return _structure(content, at)
    raise KeyError(kind)  # lists, sets and maps: no header of a page holds any


def _number(content: bytes, at: int) -> tuple[int, int]:
    """Give a whole number with its sign in the last bit, and where it ends."""
    digits, at = _digits(content, at)
    return (digits >> 1) ^ -(digits & 1), at


def _digits(content: bytes, at: int) -> tuple[int, int]:
    """Give a whole number written in seven bits a byte, the smallest first, and where it ends."""
    number = shift = 0
    while True:
        byte = content[at]
        number |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return number, at
