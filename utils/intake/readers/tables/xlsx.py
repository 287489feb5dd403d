"""Excel workbooks (.xlsx): the first sheet that is shown, one row an article."""

import itertools
import warnings
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from utils.intake import budget
from utils.intake.batch import File, Reading, reader
from utils.intake.readers.tables import columns, known, parts, rows

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

LIMIT = 400_000_000  # bytes that a workbook may unpack to
SHEET_ROWS = 2**20  # rows of a sheet at most
HEADER = 1_000  # cells of a row at most that are looked at for whether it is the header
SHEET_CELL, SHEET_TEXT = 90, 250  # characters that take as long as a cell of a sheet, and as one with a text
CELL = 32_767  # characters in a cell of Excel at most
OLE = b"\xd0\xcf\x11\xe0"  # old Office documents, and those with a password
AGAIN = "open it in a spreadsheet program and save it again as .xlsx, or as .csv in UTF-8"


@reader
def read(file: File, reading: Reading) -> None:
    """Take the articles of the first sheet that is shown; the rows are numbered as Excel numbers them."""
    from openpyxl import load_workbook  # here, as it is slow to import and few need it

    _check(file, reading)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of styles and rules it does not know: no text is in them
        with rows.named("an Excel workbook", AGAIN):
            book = load_workbook(file.stream, read_only=True, data_only=True)
            for sheet in book.worksheets:
                sheet.reset_dimensions()
            first = _first_sheet(book, file, reading)
        records = _records(first)
        header, records = _header(records, file, reading)
        while header and header[-1] is None:
            header = header[:-1]
        names = columns.named(header)
        rows.take(file, reading, names, _xlsx_rows(records, names, file, reading))


def _header(
    records: Iterator[tuple[int, tuple]], file: File, reading: Reading
) -> tuple[tuple, Iterator[tuple[int, tuple]]]:
    """Give the header and the rows below it; one that stands below other rows, such as those of a search, is noted."""
    filled = ((number, cells) for number, cells in records if any(cell is not None for cell in cells))
    top = list(itertools.islice(filled, known.FIRST))
    if not top:
        return (), iter(())
    place = columns.header([cells[:HEADER] for _, cells in top], file.options.columns)
    number, header = top[place]
    if place:
        reading.problem(file.name, "assumed", *columns.lower(number))
    return header, itertools.chain(top[place + 1 :], records)


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
    with rows.named("an Excel workbook", AGAIN):
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
    with rows.named("an Excel workbook", AGAIN):
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


READERS = {".xlsx": read}
