"""Tables as text: .csv and .tsv, one record a row."""

import contextlib
import csv
from collections.abc import Iterator
from typing import TextIO

from utils.formulas import unmarked
from utils.intake import columns, rows, streams
from utils.intake.reading import File, Reading, reader

FIELD = 2**28  # characters in one cell at most: 268 million
NAMES = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
QUOTES = "put each text that holds a separator, quotation mark or line break into quotation marks; double those inside"


@reader
def read(file: File, reading: Reading) -> None:
    """Take the articles of a table separated by commas, semicolons, tabs or bars.

    The rows are numbered as a spreadsheet numbers them: the header is row 1, and a text of many lines is one row.
    """
    with _long_fields(), streams.opened(file, reading) as (text, encoding):
        usual = "\t" if file.name.lower().endswith(".tsv") else ","
        separator = _separator(text, usual, file)
        if separator != usual:
            reading.problem(
                file.name,
                "doubtful",
                f"its columns are taken to be separated by {NAMES[separator]}, not {NAMES[usual]}",
                "look at the columns; save it with the usual separator if they are wrong",
            )
        quoting = csv.QUOTE_MINIMAL
        if separator == "\t" and _unquoted(text):
            quoting = csv.QUOTE_NONE
            reading.problem(
                file.name,
                "doubtful",
                "its quotation marks are taken as text, as they do not enclose cells",
                "look at the first words of some articles",
            )
        records = _records(text, separator, quoting, file, reading)
        header = next(((number, record) for number, record in records if record), (1, []))[1]
        names = columns.named(map(unmarked, header))
        rows.take(file, reading, names, _rows(records, names, file, reading), encoding=encoding)


@contextlib.contextmanager
def _long_fields() -> Iterator[None]:
    """Let cells be as long as articles are; Python's own limit, which holds for the whole process, comes back after."""
    limit = csv.field_size_limit(FIELD)
    try:
        yield
    finally:
        csv.field_size_limit(limit)


def _separator(text: TextIO, usual: str, file: File) -> str:
    """Give the separator under which the header has the columns that are needed, else the most columns."""
    headers = {}
    for separator in sorted(NAMES, key=lambda each: each != usual):
        text.seek(0)
        try:
            headers[separator] = columns.named(map(unmarked, next(csv.reader(text, delimiter=separator), [])))
            columns.layout(headers[separator], file.options.columns)
        except (columns.Missing, csv.Error):
            continue
        return separator
    return max(headers, key=lambda each: len(headers[each]), default=usual)


def _unquoted(text: TextIO) -> bool:
    """Tell whether a table separated by tabs uses no quotation marks around cells: they are wrong if taken so, while
    all lines have as many tabs as the first."""
    text.seek(0)
    try:
        for _ in csv.reader(text, delimiter="\t", strict=True):
            pass
    except csv.Error:
        text.seek(0)
        return len({line.count("\t") for line in text if not line.isspace()}) == 1
    return False


def _records(
    text: TextIO, separator: str, quoting: int, file: File, reading: Reading
) -> Iterator[tuple[int, list[str]]]:
    """Give the records with their numbers; one with quotation marks that enclose nothing whole is noted."""
    text.seek(0)
    reader = csv.reader(text, delimiter=separator, quoting=quoting, strict=True)
    number = 0
    while True:
        number += 1
        try:
            yield number, next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if "unexpected end" in str(error):
                raise rows.Broken(f"a quotation mark in row {number} is never closed", QUOTES) from None
            if "field larger" in str(error):
                raise rows.Broken(f"row {number} holds a cell of more than {FIELD:,} characters", QUOTES) from None
            reading.problem(
                f"{file.name} row {number}", "unreadable", "something follows a closing quotation mark", QUOTES
            )
        except UnicodeError:
            raise rows.Broken("the file changed while it was read", "load it again") from None


def _rows(
    records: Iterator[tuple[int, list[str]]], names: list[str], file: File, reading: Reading
) -> Iterator[rows.Row]:
    """Give each record as a row; one with more cells than the header has is noted, as its columns have moved."""
    for number, record in records:
        source = f"{file.name} row {number}"
        if any(record[len(names) :]):
            there = f"it has {len(record)} cells, and the header {len(names)}"
            reading.problem(source, "unreadable", there, QUOTES)
            continue
        if record and len(record) < len(names):
            there = f"it has {len(record)} cells, and the header {len(names)}; the last are taken as missing"
            reading.problem(source, "doubtful", there, "look whether a line break cut the row in two")
        yield number, dict(zip(names, map(unmarked, record), strict=False))
