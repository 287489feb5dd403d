"""Tables taken away: files for a spreadsheet, in the folder results/, never over a file that is there."""

import re
from collections.abc import Hashable
from csv import QUOTE_NONNUMERIC
from io import BytesIO
from numbers import Number
from pathlib import Path

import pandas as pd

from utils import storage
from utils.arguments import Refusal
from utils.intake.encodings import whole
from utils.intake.readers.tables import formulas

ROWS, LETTERS = 1_048_576, 32_767  # that a sheet of Excel has, and that a cell of it holds


def folder() -> Path:
    """Give the folder that tables are written to: PASSAGES_RESULTS if set, else results/ in the project."""
    return storage.results()


def csv(table: pd.DataFrame | pd.Series, name: str) -> str:
    """Write a table as UTF-8 CSV and give the file's place, such as results/venezuela.csv.

    A file of that name with other content stays as it is: the new one is called venezuela-2.csv, and so on. A text
    that a spreadsheet would run as a formula is marked with an apostrophe, which our own reader takes off again. A
    name of several parts, as a pivot's columns have, becomes one: count / 2024.
    Raises ValueError if the name holds more than letters, digits, points, hyphens and underscores, and OSError if the
    file cannot be written.
    """
    _check(name)
    text = _harmless(pd.DataFrame(table)).to_csv(index=False, lineterminator="\n", quoting=QUOTE_NONNUMERIC)
    return _written(f"{name.removesuffix('.csv')}.csv", text.encode("utf-8-sig"))


def xlsx(table: pd.DataFrame | pd.Series, name: str) -> str:
    """Write a table as a sheet for Excel and give the file's place, such as results/venezuela.xlsx.

    As `csv` does: no file is written over, and no text becomes a formula. A sign that no sheet may hold becomes �, and
    a text longer than a cell is cut at its end.
    Raises ValueError if the name is none or the table has more rows than a sheet, and OSError if the file cannot be
    written.
    """
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    _check(name)
    plain = _harmless(pd.DataFrame(table))
    if len(plain) >= ROWS:
        raise Refusal(f"a sheet has room for {ROWS - 1:,} rows, and {len(plain):,} came; export.csv takes them all")
    held = plain.map(
        lambda each: ILLEGAL_CHARACTERS_RE.sub("\ufffd", each)[:LETTERS] if isinstance(each, str) else each
    )
    file = BytesIO()
    held.set_axis([ILLEGAL_CHARACTERS_RE.sub("\ufffd", each) for each in held], axis=1).to_excel(file, index=False)
    return _written(f"{name.removesuffix('.xlsx')}.xlsx", file.getvalue())


def _check(name: object) -> None:
    if not isinstance(name, str) or not re.fullmatch(r"\w[\w.\-]*", name):
        raise Refusal(f"a name of letters, digits, hyphens and underscores is wanted, without a folder; {name!r} came")


def _written(name: str, content: bytes) -> str:
    """Write a file into the folder for results and give its place."""
    path = folder() / name
    try:
        path = storage.write_new(path, content, again=False)
    except OSError as error:
        said = f"{path} cannot be written ({error.strerror}); set PASSAGES_RESULTS to a folder that can"
        raise OSError(said) from None
    return f"{path.parent.name}/{path.name}"


def _harmless(table: pd.DataFrame) -> pd.DataFrame:
    """Give the table with its index as columns before the others, unless it only numbers the rows, and with no text and
    no name that would be a formula."""
    numbered = isinstance(table.index, pd.RangeIndex) and table.index.name is None
    levels = [] if numbered else [table.index.get_level_values(n) for n in range(table.index.nlevels)]
    usual = ["index"] if len(levels) == 1 else [f"level_{n}" for n in range(len(levels))]
    names = [usual[n] if level.name is None else level.name for n, level in enumerate(levels)] + list(table.columns)
    columns = [*levels, *(table.iloc[:, n] for n in range(table.shape[1]))]
    plain = pd.DataFrame({n: _quiet(pd.Series(column.array, dtype=column.dtype)) for n, column in enumerate(columns)})
    return plain.set_axis([_name(name) for name in names], axis=1)


def _quiet(column: pd.Series) -> pd.Series:
    """Give a column with a mark before each value that would be a formula once it is written."""
    return column if pd.api.types.is_numeric_dtype(column) else column.astype(object).map(_quiet_value)


def _quiet_value(value: object) -> object:
    """Give a value, as text with a mark before it where it would be a formula; numbers are none."""
    text = "" if isinstance(value, Number) else str(value)
    return value if text == (harmless := formulas.marked(whole(text))) else harmless


def _name(name: Hashable) -> str:
    """Give a column's name as one harmless text; one of several parts has them in a row."""
    parts = [str(part) for part in (name if isinstance(name, tuple) else [name]) if part not in (None, "")]
    return str(_quiet_value(name if isinstance(name, Number) else " / ".join(parts)))
