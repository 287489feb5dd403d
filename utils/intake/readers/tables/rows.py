"""Rows of a table into a reading: one row an article, whatever format the table came in."""

import contextlib
import datetime
import hashlib
import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import PurePosixPath

import pandas as pd

from utils import progress
from utils.intake import article, budget, encodings, stumps
from utils.intake.batch import COLUMNS, File, Reading
from utils.intake.budget import Broken
from utils.intake.readers.tables import columns, known, written

Row = tuple[int, Mapping[str, object]]  # the number a person sees, and the cells by the table's own names
LARGE = 20_000_000  # bytes of a file that takes long enough for a progress bar
HELD = {
    "markup": "holds markup, which is read as a page would show it",
    "entities": "holds character entities such as &amp;, which are read as the signs they stand for",
    "escapes": "holds escapes such as \\n, which are read as the line ends and signs they stand for",
}
NAMED = ["title", "outlet", "section", "byline", "agency"]  # columns in which the name of an object is wanted
INTEGERS = 2**63  # whole numbers up to here fit into a column of numbers


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
    reading.layouts[file.name] = names, {}
    try:
        layout = columns.layout(names, file.options.columns)
    except columns.Missing as error:
        lost = _unread(rows, reading)
        reading.problem(file.name, "unreadable", error.problem + lost, error.cure)
        return
    ours = dict(layout.pairs)
    reading.layouts[file.name] = names, ours
    others = [theirs for name, theirs in layout.pairs if name not in columns.OURS]
    reading.without[file.name] = {name: known.like(name, others) for name in COLUMNS if name not in ours}
    for problem, cure in layout.doubts:
        reading.problem(file.name, "doubtful", problem, cure)
    if layout.assumed:
        reading.problem(file.name, "assumed", *layout.assumed)
    before, noted = len(reading), reading.n_problems
    seen: Counter[str] = Counter()
    found = progress.bar(_sound(rows, file, reading), file.name, total=total, shown=file.size > LARGE)
    for row in found:
        _take_row(file, reading, layout, row, encoding, seen)
    n = len(reading) - before
    if not n and noted == reading.n_problems:
        reading.problem(file.name, "unreadable", "the table has no rows", "put one row an article below its header")
    for problem, cure in _held(seen, layout):
        reading.problem(file.name, "assumed", problem, cure)
    for problem, cure in _seen(seen, layout):
        reading.problem(file.name, "doubtful", problem, cure)


def _held(seen: Mapping[str, int], layout: columns.Layout) -> Iterator[tuple[str, str]]:
    """Give what is to be said once of texts that were written for a program: problem and cure."""
    for held, said in HELD.items():
        if n := seen[held]:
            problem = f"in {n:,} row{'s' * (n != 1)} its column {layout.theirs('raw')} {said}"
            yield columns.whole(problem), "look at one of these articles with passages.read"


def _unread(rows: Iterable[Row], reading: Reading) -> str:
    """Count the rows of a table that is not read; give what is to be said of them."""
    n = 0
    with contextlib.suppress(Broken), reading.quiet():
        for _, cells in rows:
            reading.budget.spend(budget.ROW + budget.CELL * len(cells))
            n += not all(map(missing, cells.values()))
    reading.unread["row"] += n
    return f"; its {n:,} rows are not read" if n > 1 else ""


def _seen(seen: Mapping[str, int], layout: columns.Layout) -> Iterator[tuple[str, str]]:
    """Give what is to be said once of the cells of a table: problem and cure."""
    for ours, theirs in layout.pairs:
        if ours in NAMED and seen[ours]:
            problem = f"its column {theirs} holds objects or lists; their names or items are taken as {ours}"
            yield columns.whole(problem), "look at that column of the articles"


def _sound(rows: Iterable[Row], file: File, reading: Reading) -> Iterator[Row]:
    """Give rows until the file breaks off, and note that."""
    number = None
    try:
        for number, cells in rows:
            yield number, cells
    except Broken as error:
        after = "" if number is None else f" (after row {number}; the rows before it are loaded)"
        reading.problem(file.name, "unreadable", f"{error.problem}{after}", error.cure)


def _take_row(
    file: File, reading: Reading, layout: columns.Layout, row: Row, encoding: str, seen: Counter[str]
) -> None:
    """Take in one row, counting in `seen` what is said once of all; an empty one is passed over, one without a text
    is noted."""
    number, cells = row
    source = f"{file.name} row {number}"
    reading.budget.spend(budget.ROW + budget.CELL * len(cells))
    filled = {theirs: value for theirs, value in cells.items() if not missing(value)}
    if not filled:
        return
    try:
        raw = _text(filled.pop(layout.theirs("raw"), None), layout.theirs("raw"))
    except Broken as error:
        reading.problem(source, "unreadable", error.problem, error.cure)
        return
    if not file.name.endswith(".xlsx") and (even := stumps.too_even(raw)):  # of any cell, the reader of .xlsx says it
        reading.problem(source, "doubtful", *even)
    raw, held = written.shown(raw)
    seen[held] += bool(held)
    raw, nul = encodings.without_nul(raw)
    if nul:
        reading.problem(source, "doubtful", *nul)
    given: dict[str, object] = {}
    for ours, theirs in layout.pairs:
        if theirs in filled:
            value = filled[theirs]
            if ours in NAMED and isinstance(value, list | tuple | dict):
                seen[ours] += (value := name_in(value)) is not filled[theirs]
            if missing(value) or ours in columns.OURS and isinstance(value, str) and stumps.is_nothing(value):
                continue
            if ours in NAMED and isinstance(value, str) and "&" in value:
                value = written.unescaped(value)
            try:
                cell = plain(value, as_text=ours in columns.OURS, date=ours == "published")
            except Broken as error:
                reading.problem(source, "doubtful", f"its column {theirs} {error.problem}", error.cure)
            else:
                given[ours] = cell
                length = len(cell) if isinstance(cell, str) else 0
                reading.budget.spend(budget.GIVEN + budget.KEPT * length)
    article.take(
        reading,
        raw,
        source=source,
        encoding=encoding,
        sha256=file.sha256,
        article_id=str(given.pop("article_id", None) or _called(file, given.get("outlet"), raw)),
        options=file.options,
        given=given,
    )


def name_in(value: object) -> object:
    """Give the name in an object, the items of a list joined by commas; the value itself where there is neither.

    News services give {"id": null, "name": "The Post"} as an outlet and ["A. Writer"] as a byline.
    """
    if isinstance(value, dict):
        return value["name"] if isinstance(value.get("name", 0), str | None) else value
    if isinstance(value, list | tuple):
        items = [name_in(item) for item in value]
        names = [item for item in items if isinstance(item, str) and item]
        return ", ".join(names) or None if all(isinstance(item, str | None) for item in items) else value
    return value


def _called(file: File, outlet: object, raw: str) -> str:
    """Give the article_id of a row without one: outlet, or file, and the beginning of a hash of its text."""
    digest = hashlib.sha256(raw.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{outlet or PurePosixPath(file.name).with_suffix('')} {digest[:12]}"


def missing(value: object) -> bool:
    """Tell whether a cell holds nothing: None, NaN, NaT, NA, no text or only white space."""
    if isinstance(value, str):
        return not value or value.isspace()
    return value is None or value is pd.NaT or value is pd.NA or isinstance(value, float) and math.isnan(value)


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
    if isinstance(value, int | float | Decimal):
        kind = "value" if isinstance(value, bool) else "number"
        raise Broken(f"its text, in column {name}, is the {kind} '{value}'", "put one text an article there")
    if not isinstance(value, str):
        raise Broken(
            f"its column {name} holds a value of type {type(value).__name__}, no text", "put one text an article there"
        )
    return value


def plain(value: object, *, as_text: bool = False, date: bool = False) -> object:
    """Give a cell of metadata as a table can hold it: text, a number, or true and false.

    Lists and objects become text in JSON, dates and times text in ISO form, what no table can hold U+FFFD.
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
        text = columns.whole(value).replace("\0", "\ufffd")
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


@contextlib.contextmanager
def named(what: str, cure: str) -> Iterator[None]:
    """Raise Broken for whatever a library raises over a damaged file: these raise errors of every kind."""
    try:
        yield
    except Broken:
        raise
    except Exception as error:
        if isinstance(error, OSError) and error.errno:
            raise
        said = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise Broken(f"it cannot be read as {what} ({columns.whole(said)[:100]})", cure) from error
