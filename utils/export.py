"""Tables taken away: files for a spreadsheet, in the folder results/, never over a file that is there."""

import os
import re
import tempfile
from csv import QUOTE_NONNUMERIC
from pathlib import Path

import pandas as pd

from utils.corpus import FOLDER

MARKED = re.compile(r"'*[=+\-@\t\r]")  # a formula to a spreadsheet, or one marked before: gets an apostrophe (more)


def folder() -> Path:
    """Give the folder that tables are written to: PASSAGES_RESULTS if set, else results/ in the project."""
    return Path(os.environ.get("PASSAGES_RESULTS") or FOLDER.parent / "results")


def csv(table: pd.DataFrame, name: str) -> str:
    """Write a table as UTF-8 CSV and give the file's place, such as results/venezuela.csv.

    A file of that name with other content stays as it is: the new one is called venezuela-2.csv, and so on. A text
    cell that a spreadsheet would run as a formula gets a leading apostrophe, which our own reader takes off again.
    Raises ValueError if the name holds more than letters, digits, points, hyphens and underscores.
    """
    if not re.fullmatch(r"\w[\w.\-]*", name):
        raise ValueError(
            f"a name of letters, digits, hyphens and underscores is wanted, without a folder; {name!r} came"
        )
    named = isinstance(table.index, pd.RangeIndex) and table.index.name is None
    content = (
        _harmless(table if named else table.reset_index())
        .to_csv(index=False, lineterminator="\n", quoting=QUOTE_NONNUMERIC)
        .encode("utf-8-sig")
    )
    stem, number = name.removesuffix(".csv"), 1
    path = folder() / f"{stem}.csv"
    while path.exists() and path.read_bytes() != content:
        number += 1
        path = folder() / f"{stem}-{number}.csv"
    if not path.exists():
        _write_whole(path, content)
    return f"{path.parent.name}/{path.name}"


def _harmless(table: pd.DataFrame) -> pd.DataFrame:
    """Give the table with an apostrophe before each text cell, and column name, that would be a formula."""

    def quiet(value: object) -> object:
        return f"'{value}" if isinstance(value, str) and MARKED.match(value) else value

    text = [column for column in table if not pd.api.types.is_numeric_dtype(table[column])]
    return table.assign(**{column: table[column].astype(object).map(quiet) for column in text}).rename(columns=quiet)


def _write_whole(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".part")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    os.chmod(temporary, 0o644)
    os.replace(temporary, path)
