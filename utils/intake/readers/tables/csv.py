"""Tables as text: .csv and .tsv, one record a row."""

import contextlib
import csv
from collections.abc import Iterator
from typing import TextIO

from utils.intake.batch import File, Reading, reader
from utils.intake.readers.tables import columns, known, rows, streams
from utils.intake.readers.tables.formulas import unmarked

FIELD = 2**28  # characters in one cell at most: 268 million
SWALLOWED = 100_000  # lines at most that a quotation mark may have made one row, if they are to be several
LONG_LINE = 100_000  # characters of a line that may be a header
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
        quoted = separator != "\t" or not _unquoted(text)
        if not quoted:
            reading.problem(
                file.name,
                "doubtful",
                "its quotation marks are taken as text, as they do not enclose cells",
                "look at the first words of some articles",
            )
        sought = _lower(text, separator, file)
        records = _records(text, separator, quoted, file, reading)
        number, header = next((row for row in records if row[1] and (not sought or row[1] == sought)), (1, []))
        if sought:
            reading.problem(file.name, "assumed", *columns.lower(number))
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
    lower = next((separator for separator in headers if _lower(text, separator, file)), None)
    return lower or max(headers, key=lambda each: len(headers[each]), default=usual)


def _lower(text: TextIO, separator: str, file: File) -> list[str] | None:
    """Give the header where it stands below other lines, such as those of a search; None where it is the first."""
    text.seek(0)
    top = [text.readline(LONG_LINE) for _ in range(known.FIRST)]
    try:
        rows: list[list[str]] = [next(csv.reader([line], delimiter=separator), []) for line in top]
    except csv.Error:
        return None
    place = columns.header(rows, file.options.columns)
    return rows[place] if any(map(any, rows[:place])) else None


def _unquoted(text: TextIO) -> bool:
    """Tell whether a table separated by tabs uses no quotation marks around cells: they are wrong if taken so, or make
    one row of several lines, while all lines have as many tabs as the first."""
    text.seek(0)
    reader, n_records = csv.reader(text, delimiter="\t", strict=True), 0
    wrong = False
    try:
        n_records = sum(1 for _ in reader)
    except csv.Error:
        wrong = True
    if not wrong and n_records == reader.line_num:
        return False
    text.seek(0)
    tabs = {line.count("\t") for line in text if not line.isspace()}
    return len(tabs) == 1 and (wrong or tabs != {0})


class _Lines:
    """The lines of a table, and those of the row that is read, while each of them has as many tabs as a row has."""

    def __init__(self, text: TextIO) -> None:
        self._text = text
        self.n_tabs = 0
        self.clear()

    def clear(self) -> None:
        """Begin a row."""
        self.n, self._apart = 0, self.n_tabs > 0
        self.rows: list[str] = []

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = next(self._text)
        self.n += 1
        if self._apart:
            self.rows.append(line)
            if line.count("\t") != self.n_tabs or self.n > SWALLOWED:
                self._apart, self.rows = False, []
        return line


def _records(
    text: TextIO, separator: str, quoted: bool, file: File, reading: Reading
) -> Iterator[tuple[int, list[str]]]:
    """Give the records with their numbers; one with quotation marks that enclose nothing whole is noted.

    Where tabs part the cells, a row that takes several lines, each with as many tabs as the header, is several rows.
    """
    text.seek(0)
    lines = _Lines(text)
    reader = csv.reader(
        lines, delimiter=separator, quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE, strict=True
    )
    number = 0
    while True:
        number += 1
        lines.clear()
        try:
            record, wrong = next(reader), None
        except StopIteration:
            return
        except csv.Error as error:
            record, wrong = [], str(error)
        except UnicodeError:
            raise rows.Broken("the file changed while it was read", "load it again") from None
        if lines.rows and (wrong or lines.n > 1):
            said = "a quotation mark that encloses no cell is taken as text"
            reading.problem(f"{file.name} row {number}", "doubtful", said, QUOTES)
            yield from enumerate((line.rstrip("\r\n").split("\t") for line in lines.rows), number)
            number += lines.n - 1
        elif wrong:
            _note_wrong(wrong, number, lines.n, file, reading)
        else:
            lines.n_tabs = lines.n_tabs or (len(record) - 1) * (separator == "\t")
            yield number, record


def _note_wrong(wrong: str, number: int, n_lines: int, file: File, reading: Reading) -> None:
    """Note a row that cannot be read; raise Broken if none can after it."""
    lost = f"; its {n_lines:,} lines are not read" if n_lines > 1 else ""
    if "unexpected end" in wrong:
        raise rows.Broken(f"a quotation mark in row {number} is never closed{lost}", QUOTES)
    if "field larger" in wrong:
        raise rows.Broken(f"row {number} holds a cell of more than {FIELD:,} characters{lost}", QUOTES)
    said = f"something follows a closing quotation mark{lost}"
    reading.problem(f"{file.name} row {number}", "unreadable", said, QUOTES)


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


READERS = {".csv": read, ".tsv": read}
