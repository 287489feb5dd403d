"""Rows of a table into a reading: one row an article, whatever format the table came in."""

import datetime
import functools
import hashlib
import json
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import PurePosixPath

import pandas as pd

from utils import progress
from utils.intake import article, columns
from utils.intake.reading import File, Reading

Row = tuple[int, Mapping[str, object]]  # the number a person sees, and the cells by the table's own names
LARGE = 20_000_000  # bytes of a file that takes long enough for a progress bar
INTEGERS = 2**63  # whole numbers up to here fit into a column of numbers


class Broken(Exception):
    """A file, row or cell that cannot be read: the problem and its cure."""

    def __init__(self, problem: str, cure: str) -> None:
        super().__init__(problem)
        self.problem, self.cure = problem, cure


Reader = Callable[[File, Reading], None]


def reader(read: Reader) -> Reader:
    """Give a reader that notes a broken file instead of raising Broken."""

    @functools.wraps(read)
    def noting(file: File, reading: Reading) -> None:
        try:
            read(file, reading)
        except Broken as error:
            reading.problem(file.name, "unreadable", error.problem, error.cure)

    return noting


def take(
    file: File,
    reading: Reading,
    names: list[str],
    rows: Iterable[Row],
    *,
    encoding: str = "utf-8",
    total: int | None = None,
) -> None:
    """Take in a table: what is missing or broken is noted, the rest loads.

    An article is called by its article_id, or else by its outlet (or the file, where there is none) and a hash of its
    text; its source is the file and the row: "news.csv row 17".

    Parameters
        names: the table's columns.  rows: number and cells of each; may raise Broken.  total: how many, where known.
    """
    try:
        layout = columns.layout(names, file.options.columns)
    except columns.Missing as error:
        reading.problem(file.name, "unreadable", error.problem, error.cure)
        return
    for problem, cure in layout.doubts:
        reading.problem(file.name, "doubtful", problem, cure)
    before = len(reading), reading.n_problems
    found = progress.bar(_sound(rows, file, reading), file.name, total=total, shown=file.size > LARGE)
    for row in found:
        _take_row(file, reading, layout, row, encoding)
    if before == (len(reading), reading.n_problems):
        reading.problem(file.name, "unreadable", "the table has no rows", "put one row an article below its header")


def _sound(rows: Iterable[Row], file: File, reading: Reading) -> Iterator[Row]:
    """Give rows until the file breaks off, and note that."""
    number = None
    try:
        for number, cells in rows:
            yield number, cells
    except Broken as error:
        after = "" if number is None else f" (after row {number}; the rows before it are loaded)"
        reading.problem(file.name, "unreadable", f"{error.problem}{after}", error.cure)


def _take_row(file: File, reading: Reading, layout: columns.Layout, row: Row, encoding: str) -> None:
    """Take in one row; an empty one is passed over, one without a text is noted."""
    number, cells = row
    source = f"{file.name} row {number}"
    filled = {theirs: value for theirs, value in cells.items() if not missing(value)}
    if not filled:
        return
    try:
        raw = _text(filled.pop(layout.theirs("raw"), None), layout.theirs("raw"))
    except Broken as error:
        reading.problem(source, "unreadable", error.problem, error.cure)
        return
    given = {}
    for ours, theirs in layout.pairs:
        if theirs in filled:
            try:
                given[ours] = plain(filled[theirs], as_text=ours in columns.OURS, date=ours == "published")
            except Broken as error:
                reading.problem(source, "doubtful", f"its column {theirs} {error.problem}", error.cure)
    article.take(
        reading,
        raw,
        source=source,
        encoding=encoding,
        sha256=file.sha256,
        article_id=given.pop("article_id", None) or _called(file, given.get("outlet"), raw),
        options=file.options,
        given=given,
    )


def _called(file: File, outlet: object, raw: str) -> str:
    """Give the article_id of a row without one: outlet, or file, and the beginning of a hash of its text."""
    digest = hashlib.sha256(raw.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{outlet or PurePosixPath(file.name).with_suffix('')} {digest[:12]}"


def missing(value: object) -> bool:
    """Tell whether a cell holds nothing: None, NaN, NaT, no text or only white space."""
    if isinstance(value, str):
        return not value or value.isspace()
    return value is None or value is pd.NaT or isinstance(value, float) and math.isnan(value)


def _text(value: object, name: str) -> str:
    """Give the text of an article from its cell, or raise Broken."""
    if value is None:
        raise Broken(f"its column {name} is empty", "put the text of the article there, or take the row away")
    if isinstance(value, bytes):
        try:
            value = value.decode("utf-8-sig")
        except UnicodeDecodeError:
            problem = f"its column {name} holds bytes that are no text in UTF-8"
            raise Broken(problem, "save that column as text") from None
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        raise Broken(
            f"its column {name} holds a value of type {type(value).__name__}, no text", "put one text an article there"
        )
    if "\0" in value:
        raise Broken("its text holds NUL characters, so it is no plain text", "copy the text of the article again")
    return value


def plain(value: object, *, as_text: bool = False, date: bool = False) -> object:
    """Give a cell of metadata as a table can hold it: text, a number, or true and false.

    Lists and nested objects become text in JSON, dates and times text in ISO form, what no table can hold U+FFFD.
    as_text: whether numbers become text too, as in our own columns.  date: whether it says when an article was
    published; then numbers, dates and times stay, to be read as such.
    Raises Broken for bytes that are no text, and for what the reader of the file could not read.
    """
    if isinstance(value, Broken):
        raise value
    if date and isinstance(value, int | float | datetime.date):
        return value
    if isinstance(value, bytes):
        try:
            value = value.decode("utf-8")
        except UnicodeDecodeError:
            raise Broken("holds bytes that are no text, which are left out", "save that column as text") from None
    if isinstance(value, str):
        text = columns.whole(value)
        return text.strip() if as_text else text
    if isinstance(value, Decimal):
        value = float(value)
    if isinstance(value, bool | int | float):
        if isinstance(value, float):
            return str(int(value) if value.is_integer() and abs(value) < 2**53 else value) if as_text else value
        return str(value) if as_text or abs(value) >= INTEGERS else value
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, list | tuple | dict):
        try:
            return columns.whole(json.dumps(value, ensure_ascii=False, default=str))
        except (RecursionError, ValueError, TypeError):
            raise Broken("is nested too deeply to be kept", "take it out of the table") from None
    return columns.whole(str(value))
