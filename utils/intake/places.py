"""Outlets and dates in the names of folders and files: filled in where a person says so, else offered."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from pathlib import PurePosixPath

import pandas as pd

from utils.intake import dates
from utils.intake.batch import PART, Options, Reading

OUTLETS_FROM, DATES_FROM = ["folder"], ["name", "folder"]
DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)([-_. /]?)([01]\d)\2([0-3]\d)(?!\d)")  # 2024-03-05, 20240305, 2024/03/05
SHOWN = 3


def fill(reading: Reading, options: Options) -> None:
    """Give articles without an outlet or a date those that the names of their folders or files tell, as was asked."""
    asked = options.outlet_from or options.date_from
    files = [*map(_file, reading.columns.get("source", ()))] if asked else []
    told: dict[str, list] = {
        "outlet": [_outlet(file) for file in files] if options.outlet_from else [],
        "published": [_day(file, options.date_from) for file in files] if options.date_from else [],
    }
    for column, values in told.items():
        if values:
            theirs = reading.columns.setdefault(column, [None] * len(files))
            theirs[:] = [new if own is None else own for own, new in zip(theirs, values, strict=True)]


def outlets(sources: Iterable[str]) -> list[str]:
    """Give the names of the folders of articles that look like outlets, those of most articles first."""
    return _counted(_outlet(_file(source)) for source in sources)


def days(sources: Iterable[str], where: str) -> list[str]:
    """Give the days that the names of files or folders hold, those of most articles first."""
    found = (_day(_file(source), where) for source in sources)
    return _counted(day and f"{day:%Y-%m-%d}" for day in found)


def _counted(found: Iterable[str | None]) -> list[str]:
    return [name for name, _ in Counter(name for name in found if name).most_common()]


def _file(source: str) -> tuple[str, str]:
    """Give the folder and the name of the file that an article came from."""
    folder, _, name = (part["file"] if (part := PART.fullmatch(source)) else source).rpartition("/")
    return folder, name


def _outlet(file: tuple[str, str]) -> str | None:
    """Give the nearest folder of a file whose name has letters and is neither a date nor that of an archive."""
    return _outlet_in(file[0])


@lru_cache
def _outlet_in(folder: str) -> str | None:
    path = PurePosixPath(folder)
    named = [each.name for each in (path, *path.parents) if each.name and not each.suffix == ".zip"]
    return next((name for name in named if re.search(r"[^\W\d_]{2}", name) and not DAY.search(name)), None)


def _day(file: tuple[str, str], where: str | None) -> pd.Timestamp | None:
    """Give the day that stands in the name of a file, or of the folders that it lies in; None where none does."""
    found = DAY.search(file[where == "name"])
    moment, doubt = dates.read("-".join(found.group(1, 3, 4))) if found else (None, "no day")
    return None if doubt or moment is None else moment
