"""Tables in binary formats, .parquet and .xlsx, and the readers of all tables: one row an article."""

import contextlib
import itertools
import warnings
import zipfile
from collections.abc import Container, Iterator
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from utils.intake import budget, columns, delimited, objects, packed, parts, rows
from utils.intake.reading import File, Reader, Reading, reader

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

BATCH = 2**23  # bytes of a Parquet file that are unpacked at once, roughly
BATCH_ROWS = 2**10
UNPACKED, PAGE, IN_A_ROW = 500_000_000, 100_000_000, 250_000_000  # bytes of all columns; of a page; of a row's values
LIMIT = 400_000_000  # bytes that a workbook may unpack to
SHEET_ROWS = 2**20  # rows of a sheet at most
SHEET_CELL, SHEET_TEXT = 90, 250  # characters that take as long as a cell of a sheet, and as one with a text
CELL = 32_767  # characters in a cell of Excel at most
OLE = b"\xd0\xcf\x11\xe0"  # old Office documents, and those with a password
SMALLER = "write it again in smaller groups of rows"
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


@reader
def read_parquet(file: File, reading: Reading) -> None:
    """Take the articles of a Parquet file, batch by batch."""
    damaged = "fetch or write the file again: it is damaged or of another format"
    with _named("a Parquet file", damaged):
        table = pq.ParquetFile(file.stream, pre_buffer=False, buffer_size=2**20)
        total, theirs = table.metadata.num_rows, table.schema_arrow.names
        names = dict(zip(theirs, columns.named(theirs), strict=False))
    reading.budget.check(total * budget.ROW)
    with _named("a Parquet file", damaged):
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
        took = f"it unpacks to {whole / 1e6:,.0f} MB, a row of it to {a_row / 1e6:,.0f} MB"
        raise budget.TooMuch(f"{took}; the limits are {unpacked / 1e6:,.0f} and {page / 1e6:,.0f} MB", budget.DIVIDE)
    return set(large)


def _parquet_rows(table: pq.ParquetFile, names: list[str], found: list[packed.Column]) -> Iterator[rows.Row]:
    """Give the rows of a Parquet file, numbered from 1, from those of its columns that are read."""
    size = min(BATCH_ROWS, max(BATCH // max(sum(column.longest for column in found), 1), 1))
    number = itertools.count(1)
    with _named("a Parquet file", "fetch or write the file again: it is damaged"):
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


@reader
def read_xlsx(file: File, reading: Reading) -> None:
    """Take the articles of the first sheet that is shown; the rows are numbered as Excel numbers them."""
    from openpyxl import load_workbook  # here, as it is slow to import and few need it

    _check(file, reading)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of styles and rules it does not know: no text is in them
        with _named("an Excel workbook", AGAIN):
            book = load_workbook(file.stream, read_only=True, data_only=True)
            for sheet in book.worksheets:
                sheet.reset_dimensions()
            first = _first_sheet(book, file, reading)
        records = _records(first)
        header = next((cells for _, cells in records if any(cell is not None for cell in cells)), ())
        while header and header[-1] is None:
            header = header[:-1]
        names = columns.named(header)
        rows.take(file, reading, names, _xlsx_rows(records, names, file, reading))


def _check(file: File, reading: Reading) -> None:
    """Raise Broken for a workbook with a password, or one that holds more than can be read; note lost formulas."""
    file.stream.seek(0)
    if file.stream.read(len(OLE)) == OLE:
        raise rows.Broken(
            "it is protected with a password, or in the old format .xls",
            "open it in a spreadsheet program and save it as .xlsx without a password",
        )
    file.stream.seek(0)
    limit = budget.scaled(LIMIT, reading.budget.size)
    with _named("an Excel workbook", AGAIN):
        size = sum(part.file_size for part in zipfile.ZipFile(file.stream).infolist())
        if size > limit:
            raise rows.Broken(
                f"it unpacks to {size / 1e6:,.0f} MB, and the limit is {limit / 1e6:,.0f} MB",
                "save it as .csv in UTF-8, or in several workbooks",
            )
        n = parts.formulas(file.stream, reading.budget.size)
    if n:
        said = f"{n:,} cell{'s hold formulas' if n > 1 else ' holds a formula'} whose value was never worked out"
        cure = "open it in a spreadsheet program and save it there, which works them out"
        reading.problem(file.name, "doubtful", f"{said}; they are taken as empty", cure)


def _first_sheet(book: "Workbook", file: File, reading: Reading) -> "ReadOnlyWorksheet":
    """Give the first sheet that is not hidden; others with rows, which are not read, are noted."""
    if not book.worksheets:
        raise rows.Broken("the workbook has no sheet with cells", AGAIN)
    first = next((sheet for sheet in book.worksheets if sheet.sheet_state == "visible"), book.worksheets[0])
    others = [sheet for sheet in book.worksheets if sheet is not first]
    named = [
        f"{sheet.title!r}{' (hidden)' * (sheet.sheet_state != 'visible')}"
        for sheet in others if next(sheet.iter_rows(values_only=True), None)
    ]  # fmt: skip
    if named:
        which = "its first sheet" if first is book.worksheets[0] else "the first sheet that is shown,"
        reading.problem(
            file.name,
            "doubtful",
            f"only {which} {first.title!r} is read; there are rows in {', '.join(named)} too",
            "save the sheets as files of their own if their articles are wanted",
        )
    return first


def _records(sheet: "ReadOnlyWorksheet") -> Iterator[tuple[int, tuple]]:
    """Give the rows of a sheet with their numbers; empty ones too."""
    with _named("an Excel workbook", AGAIN):
        for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
            if number > SHEET_ROWS:
                raise rows.Broken(f"it has more than {SHEET_ROWS:,} rows", "save it as .csv in UTF-8")
            yield number, cells


def _xlsx_rows(
    records: Iterator[tuple[int, tuple]], names: list[str], file: File, reading: Reading
) -> Iterator[rows.Row]:
    """Give each record as a row; cells beyond the header, and texts as long as Excel allows, are noted."""
    from openpyxl.utils.escape import unescape

    for number, record in records:
        source = f"{file.name} row {number}"
        own, beyond = record[: len(names)], record[len(names) :]
        n_empty, texts = own.count(None) + beyond.count(None), [cell for cell in own if isinstance(cell, str)]
        reading.budget.spend(SHEET_CELL * (len(record) - n_empty) + SHEET_TEXT * len(texts) + n_empty // 4)
        if not all(map(rows.missing, {*beyond})):
            cure = "give their column a name in the header"
            reading.problem(source, "doubtful", "cells beyond the header are left out", cure)
        if any(len(cell) == CELL for cell in texts):
            cure = "bring the article as a file of its own, or as .csv"
            reading.problem(source, "doubtful", f"a cell has {CELL:,} characters, where Excel cuts texts off", cure)
        cells = (unescape(cell) if isinstance(cell, str) else cell for cell in own)
        yield number, dict(zip(names, cells, strict=False))


READERS: dict[str, Reader] = {
    ".csv": delimited.read,
    ".tsv": delimited.read,
    ".jsonl": objects.read_lines,
    ".ndjson": objects.read_lines,
    ".json": objects.read,
    ".parquet": read_parquet,
    ".xlsx": read_xlsx,
}
