"""Tables in binary formats, .parquet and .xlsx, and the readers of all tables: one row an article."""

import contextlib
import itertools
import warnings
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from utils.intake import columns, delimited, objects, rows
from utils.intake.reading import File, Reading

if TYPE_CHECKING:
    from openpyxl import Workbook

BATCH = 2**23  # bytes of a Parquet file that are unpacked at once, roughly
BATCH_ROWS = 2**10
LIMIT = 2**30  # bytes that a workbook may unpack to
SHEET_ROWS = 2**20  # rows of a sheet at most
CELL = 32_767  # characters in a cell of Excel at most
OLE = b"\xd0\xcf\x11\xe0"  # old Office documents, and those with a password
AGAIN = "open it in a spreadsheet program and save it again as .xlsx, or as .csv in UTF-8"


@contextlib.contextmanager
def _named(what: str, cure: str) -> Iterator[None]:
    """Raise Broken for whatever a library raises over a damaged file: these raise errors of every kind."""
    try:
        yield
    except rows.Broken:
        raise
    except Exception as error:
        if isinstance(error, OSError) and error.errno:
            raise
        said = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise rows.Broken(f"it cannot be read as {what} ({columns.whole(said)[:100]})", cure) from error


@rows.reader
def read_parquet(file: File, reading: Reading) -> None:
    """Take the articles of a Parquet file, batch by batch."""
    damaged = _named("a Parquet file", "fetch or write the file again: it is damaged or of another format")
    with damaged:
        table = pq.ParquetFile(file.stream, pre_buffer=False, buffer_size=2**20)
        names, total = columns.named(table.schema_arrow.names), table.metadata.num_rows
    rows.take(file, reading, names, _parquet_rows(table, names), total=total)


def _parquet_rows(table: pq.ParquetFile, names: list[str]) -> Iterator[rows.Row]:
    """Give the rows of a Parquet file, numbered from 1."""
    groups = [table.metadata.row_group(n).total_byte_size for n in range(table.metadata.num_row_groups)]
    size = min(max(BATCH * table.metadata.num_rows // max(sum(groups), 1), 1), BATCH_ROWS)
    number = itertools.count(1)
    with _named("a Parquet file", "fetch or write the file again: it is damaged"):
        for batch in table.iter_batches(batch_size=size):
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


@rows.reader
def read_xlsx(file: File, reading: Reading) -> None:
    """Take the articles of the first sheet of a workbook; the rows are numbered as Excel numbers them."""
    from openpyxl import load_workbook  # here, as it is slow to import and few need it

    _check(file)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of styles and rules it does not know: no text is in them
        with _named("an Excel workbook", AGAIN):
            book = load_workbook(file.stream, read_only=True, data_only=True)
            for sheet in book.worksheets:
                sheet.reset_dimensions()
            _note_sheets(book, file, reading)
        records = _records(book)
        header = next((cells for _, cells in records if any(cell is not None for cell in cells)), [])
        while header and header[-1] is None:
            header.pop()
        names = columns.named(header)
        rows.take(file, reading, names, _xlsx_rows(records, names, file, reading))


def _check(file: File) -> None:
    """Raise Broken for a workbook with a password, or one that unpacks to more than the limit."""
    file.stream.seek(0)
    if file.stream.read(len(OLE)) == OLE:
        raise rows.Broken(
            "it is protected with a password, or in the old format .xls",
            "open it in a spreadsheet program and save it as .xlsx without a password",
        )
    file.stream.seek(0)
    with _named("an Excel workbook", AGAIN):
        size = sum(part.file_size for part in zipfile.ZipFile(file.stream).infolist())
    if size > LIMIT:
        raise rows.Broken(
            f"it unpacks to {size / 2**20:,.0f} MB, and the limit is {LIMIT / 2**20:,.0f} MB",
            "save it as .csv in UTF-8, or in several workbooks",
        )


def _note_sheets(book: "Workbook", file: File, reading: Reading) -> None:
    """Note the sheets with rows that are not read."""
    if not book.worksheets:
        raise rows.Broken("the workbook has no sheet with cells", AGAIN)
    first, *others = book.worksheets
    others = [sheet.title for sheet in others if next(sheet.iter_rows(values_only=True), None)]
    if others:
        reading.problem(
            file.name,
            "doubtful",
            f"only its first sheet {first.title!r} is read; there are rows in {', '.join(map(repr, others))} too",
            "save the sheets as files of their own if their articles are wanted",
        )


def _records(book: "Workbook") -> Iterator[tuple[int, list]]:
    """Give the rows of the first sheet with their numbers; empty ones too."""
    from openpyxl.utils.escape import unescape

    with _named("an Excel workbook", AGAIN):
        for number, cells in enumerate(book.worksheets[0].iter_rows(values_only=True), 1):
            if number > SHEET_ROWS:
                raise rows.Broken(f"it has more than {SHEET_ROWS:,} rows", "save it as .csv in UTF-8")
            yield number, [unescape(cell) if isinstance(cell, str) else cell for cell in cells]


def _xlsx_rows(
    records: Iterator[tuple[int, list]], names: list[str], file: File, reading: Reading
) -> Iterator[rows.Row]:
    """Give each record as a row; cells beyond the header, and texts as long as Excel allows, are noted."""
    for number, record in records:
        source = f"{file.name} row {number}"
        if any(not rows.missing(cell) for cell in record[len(names) :]):
            cure = "give their column a name in the header"
            reading.problem(source, "doubtful", "cells beyond the header are left out", cure)
        if any(isinstance(cell, str) and len(cell) == CELL for cell in record):
            cure = "bring the article as a file of its own, or as .csv"
            reading.problem(source, "doubtful", f"a cell has {CELL:,} characters, where Excel cuts texts off", cure)
        yield number, dict(zip(names, record, strict=False))


READERS: dict[str, rows.Reader] = {
    ".csv": delimited.read,
    ".tsv": delimited.read,
    ".jsonl": objects.read_lines,
    ".ndjson": objects.read_lines,
    ".json": objects.read,
    ".parquet": read_parquet,
    ".xlsx": read_xlsx,
}
