"""What the columns of a Parquet file unpack to, told before anything is unpacked, by the headers of their pages.

The file's own summary may be wrong, and it says nothing of a short list of long values to which many rows point. The
headers tell, and Arrow refuses a page that unpacks to another size. Summary and headers are written in Thrift's
compact protocol, and read here, as asking Arrow for them ends the whole process where some are damaged.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, NamedTuple

import pyarrow as pa

from utils.intake.readers.tables import thrift
from utils.intake.readers.tables.thrift import Damaged

HEADER = 2**16  # bytes of a page's header at most
PAGES = 200_000  # of a file at most
LISTED = 5_000_000  # values in a list that are looked at one by one
VALUE = 40  # bytes that Python takes for a value beside its own

SCHEMA, GROUPS = 2, 4  # fields of the summary
KIND, LENGTH, REPETITION, NAME, CHILDREN = 1, 2, 3, 4, 5  # of an element of the schema
REPEATED, BYTES = 2, 6  # what these may be
CHUNKS, ABOUT = 1, 3  # of a group of rows, and of a column in it
PACKING, COUNT, FIRST_PAGE, FIRST_LIST = 4, 5, 9, 11  # of what is said about that column
PACKINGS = {1: "snappy", 2: "gzip", 4: "brotli", 6: "zstd", 7: "lz4_raw"}
SIZE, PACKED, PAGE, LIST, PAGE_2 = 2, 3, 5, 7, 8  # of a header: bytes unpacked and packed; which kind it is of
N_VALUES, ENCODING = 1, {PAGE: 2, LIST: 2, PAGE_2: 4}  # of that kind
POINTING, GOING_ON = (2, 8), 7  # encodings: numbers of values in the list; what differs from the value before


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


class _Leaf(NamedTuple):
    """A column of the schema: its path, whether a row may hold many values of it, and how long a value is, or 0."""

    path: str
    nested: bool
    texts: bool
    length: int


def columns(stream: BinaryIO) -> list[Column]:
    """Give the columns of a Parquet file, those within lists and structures too; raise Damaged."""
    summary = _summary(stream)
    try:
        leaves = list(_leaves(iter(summary[SCHEMA])))
        found = [Column(leaf.path) for leaf in leaves]
        n_pages = 0
        for group in summary.get(GROUPS, []):
            for leaf, column, chunk in zip(leaves, found, group[CHUNKS], strict=True):
                n_pages = _count(stream, leaf, column, chunk[ABOUT], n_pages)
    except (LookupError, TypeError, ValueError, AttributeError, StopIteration) as error:
        raise Damaged("its summary cannot be read") from error
    return found


def _count(stream: BinaryIO, leaf: _Leaf, column: Column, about: dict, n_pages: int) -> int:
    """Add to a column what a group of rows holds of it; give the number of pages with that of those before."""
    values, longest = 0, max(leaf.length, 8)
    for page in _pages(stream, about):
        values += 0 if page.listing else page.values
        column.size += page.size
        column.largest = max(column.largest, page.size)
        if leaf.texts:
            longest = max(longest, _longest(stream, page, about[PACKING]))
        if (n_pages := n_pages + 1) > PAGES:
            raise Damaged(f"it has more than {PAGES:,} pages")
    column.values += values
    column.longest = max(column.longest, longest)
    if leaf.nested:
        column.in_a_row = max(column.in_a_row, values * (VALUE + 2 * longest))
    return n_pages


def _summary(stream: BinaryIO) -> dict[int, Any]:
    """Give the summary at the end of a file."""
    end = stream.seek(0, 2)
    stream.seek(max(end - 8, 0))
    length = int.from_bytes(stream.read(4), "little")
    if length > end - 8:
        raise Damaged("its summary is longer than the file")
    stream.seek(end - 8 - length)
    return thrift.structure(stream.read(length))[0]


def _leaves(elements: Iterator[dict], above: tuple[str, ...] = (), nested: bool = False) -> Iterator[_Leaf]:
    """Give the columns at and below the next element of a schema; each element stands before those it holds."""
    element = next(elements)
    path, nested = (*above, element[NAME].decode("utf-8", "replace")), nested or element.get(REPETITION) == REPEATED
    for _ in range(element.get(CHILDREN, 0)):
        yield from _leaves(elements, path, nested)
    if not element.get(CHILDREN):
        yield _Leaf(".".join(path[1:]), nested, element[KIND] == BYTES, element.get(LENGTH, 0))


def _longest(stream: BinaryIO, page: Page, packing: int) -> int:
    """Give the most bytes that a text in a page takes, or an upper bound; on average where all of them stand there."""
    if page.listing and page.size > HEADER and page.values <= LISTED:
        return _longest_listed(stream, page, packing)
    if page.listing or page.encoding == GOING_ON:
        return page.size
    return 0 if page.encoding in POINTING else page.size // max(page.values, 1)


def _longest_listed(stream: BinaryIO, page: Page, packing: int) -> int:
    """Give the length of the longest text in a list: each stands behind its length in four bytes."""
    stream.seek(page.start)
    content = stream.read(page.end - page.start)
    if packing:
        try:
            content = pa.decompress(content, page.size, PACKINGS[packing], asbytes=True)
        except (KeyError, pa.ArrowException, OSError, ValueError):
            return page.size
    longest = at = 0
    while at + 4 <= len(content):
        length = int.from_bytes(content[at : at + 4], "little")
        longest, at = max(longest, length), at + 4 + length
    return min(longest, page.size)


def _pages(stream: BinaryIO, about: dict[int, Any]) -> Iterator[Page]:
    """Give the pages of a column in one group of rows, in their order."""
    at, values = about[FIRST_PAGE], 0
    if 0 < about.get(FIRST_LIST, 0) < at:
        at = about[FIRST_LIST]
    while values < about[COUNT]:
        stream.seek(at)
        header, length = thrift.structure(stream.read(HEADER))
        kind = next(kind for kind in ENCODING if kind in header)
        size, packed, n = header[SIZE], header[PACKED], header[kind][N_VALUES]
        if min(size, packed, n) < 0:
            raise Damaged("the header of a page holds impossible numbers")
        yield Page(size, n, header[kind][ENCODING[kind]], kind == LIST, at + length, at + length + packed)
        at += length + packed
        values += 0 if kind == LIST else n
