"""Parquet files: batch by batch, one row an article, and no column that would unpack to more than may be."""

import itertools
from collections.abc import Container, Iterator

import pyarrow as pa
import pyarrow.parquet as pq

from utils.intake import budget
from utils.intake.batch import File, Reading, reader
from utils.intake.readers.tables import columns, packed, rows

BATCH = 2**23  # bytes of a Parquet file that are unpacked at once, roughly
BATCH_ROWS = 2**10
UNPACKED, PAGE, IN_A_ROW = 500_000_000, 100_000_000, 250_000_000  # bytes of all columns; of a page; of a row's values
SMALLER = "write it again in smaller groups of rows"


@reader
def read(file: File, reading: Reading) -> None:
    """Take the articles of a Parquet file, batch by batch."""
    damaged = "fetch or write the file again: it is damaged or of another format"
    with rows.named("a Parquet file", damaged):
        table = pq.ParquetFile(file.stream, pre_buffer=False, buffer_size=2**20)
        total, theirs = table.metadata.num_rows, table.schema_arrow.names
        names = dict(zip(theirs, columns.named(theirs), strict=False))
    reading.budget.check(total * budget.ROW)
    with rows.named("a Parquet file", damaged):
        found = packed.columns(file.stream)
    out = _left_out(found, names, file, reading)
    found = [column for column in found if _top(column, names) not in out]
    kept = [name for own, name in zip(theirs, columns.named(theirs), strict=True) if own not in out]
    rows.take(file, reading, kept, _parquet_rows(table, kept, found), total=total)


def _top(column: packed.Column, names: Container[str]) -> str:
    """Give the name of the column of the table that holds one of the file."""
    return column.path if column.path in names else column.path.partition(".")[0]


def _left_out(found: list[packed.Column], names: dict[str, str], file: File, reading: Reading) -> set[str]:
    """Give the columns that would unpack to more than may be, and note them; raise TooMuch if the rest would, too.

    names: those of the table's columns in the file, and how they are shown.
    """
    size = reading.budget.size
    page, in_a_row, unpacked = (budget.scaled(limit, size) for limit in (PAGE, IN_A_ROW, UNPACKED))
    large = {_top(each, names): each for each in found if each.largest > page or each.in_a_row > in_a_row}
    text = columns.text(list(names.values()), file.options.columns)
    for name, column in large.items():
        took = max(column.largest, column.in_a_row) / 1e6
        said = f"it takes {took:,.0f} MB at a time, and the limit is {min(page, in_a_row) / 1e6:,.0f} MB"
        if names.get(name) == text:
            raise budget.TooMuch(f"its column {text} cannot be read: {said}", SMALLER)
        problem = columns.whole(f"its column {names.get(name, name)} is left out: {said}")
        reading.problem(file.name, "doubtful", problem, f"{SMALLER} if it matters, without it if not")
    rest = [column for column in found if _top(column, names) not in large]
    whole, a_row = sum(column.size for column in rest), sum(column.longest for column in rest)
    if whole > unpacked or a_row > page:
        said = f"it unpacks to {whole / 1e6:,.0f} MB, a row of it to {a_row / 1e6:,.0f} MB"
        raise budget.TooMuch(f"{said}; the limits are {unpacked / 1e6:,.0f} and {page / 1e6:,.0f} MB", budget.DIVIDE)
    return set(large)


def _parquet_rows(table: pq.ParquetFile, names: list[str], found: list[packed.Column]) -> Iterator[rows.Row]:
    """Give the rows of a Parquet file, numbered from 1, from those of its columns that are read."""
    size = min(BATCH_ROWS, max(BATCH // max(sum(column.longest for column in found), 1), 1))
    number = itertools.count(1)
    with rows.named("a Parquet file", "fetch or write the file again: it is damaged"):
        for batch in table.iter_batches(batch_size=size, columns=[column.path for column in found]):
            for cells in zip(*map(_values, batch.columns), strict=True):
                yield next(number), dict(zip(names, cells, strict=True))


def _values(column: pa.Array) -> list:
    """Give a column's values as Python's; text that is no UTF-8 as bytes, and Broken for what Python cannot hold."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    try:
        return column.to_pylist()
    except UnicodeDecodeError:
        return column.cast(pa.large_binary()).to_pylist()
    except (ValueError, OverflowError):
        return list(map(_value, column))


def _value(scalar: pa.Scalar) -> object:
    try:
        return scalar.as_py()
    except (ValueError, OverflowError) as error:
        return rows.Broken(f"holds what cannot be read ({error})", "look at that value; save it as text")


READERS = {".parquet": read}
