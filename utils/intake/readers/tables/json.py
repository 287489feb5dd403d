"""Tables as JSON: .json, an array of objects, and .jsonl, one object a line."""

import json
from collections.abc import Iterable, Iterator
from typing import TextIO

from utils.intake.batch import File, Reading, reader
from utils.intake.budget import TooMuch
from utils.intake.readers.tables import columns, nested, rows, streams

LONG = 1_000_000  # characters of JSON that are looked at before they are read
VALUE, PLACE, ROOM = 100, 200, 500_000_000  # bytes that a value, a list or an object takes; those there are
LINE = 30  # characters of text that take as long as looking at a line
DOUBLED = "give the keys of an object names of their own, and save the file again"
LOOK = "look whether all of them are there"
RECORDS = "save one object an article in one array (with pandas: to_json(orient='records'))"


def _integer(digits: str) -> int | str:
    """Give a whole number, or its digits where they are more than a table or Python itself would take."""
    return int(digits) if len(digits) <= 18 else digits


class _Doubled(dict):
    """An object in which a key stands more than once, and what the last of its values took the place of."""

    def __init__(self, pairs: list[tuple[str, object]]) -> None:
        super().__init__(pairs)
        last = {key: number for number, (key, _) in enumerate(pairs)}
        self.lost = [(key, value) for number, (key, value) in enumerate(pairs) if last[key] != number]


def _object(pairs: list[tuple[str, object]]) -> dict:
    found = dict(pairs)
    return found if len(found) == len(pairs) else _Doubled(pairs)


_decoder = json.JSONDecoder(parse_int=_integer, object_pairs_hook=_object)


def loaded(text: str) -> object:
    """Give what some JSON holds; raise TooMuch if that is more than fits into memory."""
    takes = VALUE * text.count(",") + PLACE * (text.count("[") + text.count("{")) if len(text) > LONG else 0
    if takes > ROOM:
        said = f"its lists, objects and values take about {takes / 1e6:,.0f} MB, and the limit is {ROOM / 1e6:,.0f} MB"
        raise TooMuch(said, "save it as .jsonl, with one object an article, or divide it")
    return _decoder.decode(text)


@reader
def read_lines(file: File, reading: Reading) -> None:
    """Take the articles of a file with one JSON object a line; a broken line is noted, the rest loads."""
    with streams.opened(file, reading) as (text, encoding):
        _take_lines(file, reading, text, encoding)


def _take_lines(file: File, reading: Reading, text: TextIO, encoding: str) -> None:
    """Read the lines twice: for the names of the columns, as any object may bring more, and for the articles."""
    names = nested.Names()
    total = 0
    for _, found in _objects(text):
        total += 1
        reading.budget.spend(LINE)
        if isinstance(found, dict):
            names.take(found)
    _take(file, reading, names, _rows(_objects(text), file, reading), encoding, total)


def _take(
    file: File, reading: Reading, names: nested.Names, found: Iterable[rows.Row], encoding: str, total: int
) -> None:
    """Take in rows, those objects within them opened that hold what an article needs."""
    opened = names.opened(file.options.columns)
    found = ((number, nested.flat(row, opened)) for number, row in found) if opened else found
    rows.take(file, reading, names.flat(opened), found, encoding=encoding, total=total)


def _objects(text: TextIO) -> Iterator[tuple[int, object]]:
    """Give what each line that is not empty holds, with its number; for a broken one what is wrong with it."""
    text.seek(0)
    for number, line in enumerate(text, 1):
        if not line.isspace():
            try:
                yield number, loaded(line)
            except TooMuch as error:
                yield number, error
            except (ValueError, RecursionError) as error:
                yield number, rows.Broken(f"it is no JSON: {_said(error)}", "look at that line; save the file again")


def _said(error: Exception) -> str:
    """Give what is wrong with some JSON."""
    if isinstance(error, RecursionError):
        return "nested too deeply"
    return f"{error.msg}, column {error.colno}" if isinstance(error, json.JSONDecodeError) else str(error)


def _rows(found: Iterable[tuple[int, object]], file: File, reading: Reading) -> Iterator[rows.Row]:
    """Give each object as a row; what is none is noted."""
    for number, each in found:
        if isinstance(each, dict):
            for key, value in _lost(each):
                problem = f"its key {key} stands there more than once; the last is taken, and {value} left out"
                reading.problem(f"{file.name} row {number}", "doubtful", columns.whole(problem), DOUBLED)
            yield number, each
            continue
        if not isinstance(each, rows.Broken):
            each = rows.Broken(f"it is no object with columns, but of type {type(each).__name__}", RECORDS)
        reading.problem(f"{file.name} row {number}", "unreadable", each.problem, each.cure)


def _lost(row: dict) -> Iterator[tuple[str, str]]:
    """Give the keys that stand more than once in an object, or in one within it, and what is left out for that."""
    waiting: list[dict | list] = [row]
    while waiting:
        each = waiting.pop()
        for key, value in each.lost if isinstance(each, _Doubled) else ():
            yield key, "an object or a list" if isinstance(value, dict | list) else f"“{str(value)[:60]}”"
        inner = each.values() if isinstance(each, dict) else each
        waiting += [value for value in inner if isinstance(value, dict | list)]


@reader
def read(file: File, reading: Reading) -> None:
    """Take the articles of a JSON document: an array of objects, an object that holds one, or one article.

    A file with one object a line is read as such all the same, and that is noted.
    """
    with streams.opened(file, reading) as (text, encoding):
        try:
            document = loaded(text.read())
        except (ValueError, RecursionError) as error:
            if not str(error).startswith("Extra data"):
                at = f" of line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
                raise rows.Broken(f"it is no JSON: {_said(error)}{at}", "save it again") from None
            _note(file, reading, "it holds one object a line; each is read as an article", "call it .jsonl")
            _take_lines(file, reading, text, encoding)
            return
    found = _array(document, file, reading)
    if isinstance(document, _Doubled) and document not in found:
        keys = ", ".join(dict.fromkeys(key for key, _ in document.lost))
        said = f"these keys stand in it more than once, and the last of each is taken: {keys}"
        _note(file, reading, columns.whole(said), DOUBLED)
    names = nested.Names()
    for each in found:
        if isinstance(each, dict):
            names.take(each)
    _take(file, reading, names, _rows(enumerate(found, 1), file, reading), encoding, len(found))


def _array(document: object, file: File, reading: Reading) -> list:
    """Give the array of articles in a document, or raise Broken."""
    asked = file.options.columns
    if isinstance(document, list):
        pages = nested.pages(document, asked)
        if pages:
            _note(file, reading, f"its articles are taken to be those in {pages.where}", LOOK)
        return pages.articles if pages else document
    if not isinstance(document, dict):
        raise rows.Broken(f"it holds a value of type {type(document).__name__}, no articles", RECORDS)
    if nested.is_article(document, asked):
        return [document]
    arrays = nested.arrays(document)
    likely = nested.with_texts(arrays, asked) or arrays
    if len(likely) > 1:
        listed = ", ".join(map(columns.whole, [*likely][:5]))
        raise rows.Broken(f"several of its arrays may hold the articles: {listed}", "leave one array in the file")
    if not likely:
        return [document]
    ((where, found),) = likely.items()
    _note(file, reading, f"its articles are taken to be those in the array {columns.whole(where)!r}", LOOK)
    return found


def _note(file: File, reading: Reading, problem: str, cure: str) -> None:
    reading.problem(file.name, "doubtful", problem, cure)


READERS = {".jsonl": read_lines, ".ndjson": read_lines, ".json": read}
