"""The lines of a download: which field of a layout each one names or holds, and where its value stands."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from utils.intake.batch import Span, lines, trimmed
from utils.intake.dates.forms import plain
from utils.intake.readers.databases import values
from utils.intake.readers.databases.layouts import LAYOUTS, UNIT, Layout

LONGEST_NAME = 45  # characters
VALUE_AT_MOST = 2_000
DIVIDED = ("title", "text")  # fields whose value is a line of its own: it is the headline, or the text itself
MARK_AT_MOST = 200  # characters
MARKS = list(dict.fromkeys(mark for layout in LAYOUTS for mark in (layout.begins, layout.ends, layout.divides) if mark))
NAMED = {name: role for layout in LAYOUTS if not layout.coded for name, role in layout.fields.items()}
OWN_LINE = frozenset(name for name, role in NAMED.items() if role not in ("foot", "source"))
NAME = re.compile(r"[^:\t|]++(?=[:\t|])")
CODE = re.compile(r"([A-Z]{2,3})(?:[ \xa0\t|:]+|$)")
LENGTH = re.compile(rf"\d[\d.,\s]{{0,15}}(?:$|{UNIT}\b)", re.IGNORECASE)  # of a text; not that of a film or a quay
SURELY = re.compile(r"[A-Z]{2,3}(?:[\xa0\t|:]|  |$)")
CODED_VALUE = re.compile(r"[\w-]{1,12} ?: |(?:Dokument|Documento?) \w")  # below the text, in one line with its code


class Line(NamedTuple):
    """One line: where it stands, its text, the field it belongs to (None if to none), and what it says of it.

    What only names a field has the role "name"; what belongs to the text, where a layout says so, "body".
    """

    start: int
    end: int
    text: str
    role: str | None = None
    value: str = ""

    def moved(self, by: int) -> "Line":
        """Give the line as it stands in a text that begins later."""
        return self._replace(start=self.start - by, end=self.end - by)


def parted(raw: str, spans: Sequence[Span]) -> list[Span]:
    """Give the paragraphs of a text, parted where a line begins, ends or divides records, and before one with a field.

    Where lines are joined to paragraphs by their width, such a line may be joined to its neighbours.
    """
    return [piece for span in spans for piece in (_pieces(raw, span) if "\n" in raw[slice(*span)] else [span])]


def _pieces(raw: str, span: Span) -> list[Span]:
    pieces: list[Span] = []
    alone = True
    for start, end in ((span[0] + left, span[0] + right) for left, right in lines(raw[slice(*span)])):
        marks = is_mark(raw, start, end)
        name = NAME.match(raw, start, min(end, start + LONGEST_NAME))
        if alone or marks or name and _folded(name[0]) in OWN_LINE:
            pieces.append((start, end))
        else:
            pieces[-1] = pieces[-1][0], end
        alone = marks
    return pieces


def is_mark(raw: str, start: int, end: int) -> bool:
    """Tell whether a line begins, ends or divides the records of some layout."""
    return end - start < MARK_AT_MOST and any(mark.fullmatch(raw, start, end) for mark in MARKS)


class Seen(NamedTuple):
    """A line before any layout reads it: as a line of no field, and the name it may begin with and where that ends."""

    line: Line
    name: str = ""
    at: int = 0


def seen(raw: str, spans: Sequence[Span]) -> list[Seen]:
    """Give the lines of a text with the names they may begin with: in small letters without accents, or none."""
    return [_seen(raw, start, end) for start, end in spans]


def _seen(raw: str, start: int, end: int) -> Seen:
    line = Line(start, end, _plain(raw, start, end))
    found = NAME.match(raw, start, min(end, start + LONGEST_NAME))
    if found is not None:
        return Seen(line, _folded(found[0]), found.end())
    return Seen(line, _folded(line.text), end) if end - start <= LONGEST_NAME else Seen(line)


@lru_cache(maxsize=4096)
def _folded(name: str) -> str:
    return plain(name)


def read(raw: str, rows: Sequence[Seen], layout: Layout) -> list[Line]:
    """Give the lines of a text as a layout understands them; a name and a value that is a line of its own are two."""
    return list(_coded(raw, rows, layout) if layout.coded else _named(raw, rows, layout))


def _named(raw: str, rows: Sequence[Seen], layout: Layout) -> Iterator[Line]:
    """Give the lines of a layout whose fields are called by names before a colon, or by headings."""
    waiting = None
    for row in rows:
        line = row.line
        if not row.name and waiting is None:
            yield line
            continue
        role, at, value = _field(raw, row, layout)
        if role is None:
            yield line._replace(role=waiting, value=line.text) if waiting else line
            waiting = None
        elif value and role in DIVIDED:
            yield Line(line.start, at, _plain(raw, line.start, at), "text" if role == "text" else "name")
            left, right = trimmed(raw, at, line.end)
            yield Line(left, right, _plain(raw, left, right), None if role == "text" else role, value)
            waiting = None
        else:
            waits = bool(layout.below) and not value and role != "text"
            yield line._replace(role="name" if waits and role != "foot" else role, value=value)
            waiting = role if waits else None


def _field(raw: str, row: Seen, layout: Layout) -> tuple[str | None, int, str]:
    """Give the field that a line names, where its name ends, and its value; None if it names none."""
    line, name, at = row
    if not name:
        return None, at, ""
    if at == line.end:
        return layout.headings.get(name) or layout.headings.get(name.partition(" (")[0]), at, ""
    role = layout.fields.get(name)
    if role is None:
        return None, at, ""
    value = _plain(raw, at + 1, min(line.end, at + VALUE_AT_MOST))
    if role == "update":
        role = "load_date" if values.DATE.fullmatch(value) else "foot"
    return (None, at, "") if role == "length" and not LENGTH.match(value) else (role, at + 1, value)


def _coded(raw: str, rows: Sequence[Seen], layout: Layout) -> Iterator[Line]:
    """Give the lines of a layout whose fields are called by codes; a value goes on until the next code."""
    role: str | None = None
    for row in rows:
        start, end, text, *_ = row.line
        if found := _code(raw, start, end, role, layout):
            role = layout.fields[found[1]]
            yield Line(start, start + len(found[1]), found[1], "name")
            start, text = found.end(), _plain(raw, found.end(), end)
            if not text:
                continue
        own = "body" if role == "text" else role
        yield Line(*trimmed(raw, start, end), text, own, text[:VALUE_AT_MOST] if own else "")
        if layout.ends and layout.ends.fullmatch(text):
            role = None


def _code(raw: str, start: int, end: int, role: str | None, layout: Layout) -> re.Match[str] | None:
    """Give the code that a line begins with; within the text "IN" and a blank are a word, unless a code follows."""
    found = CODE.match(raw, start, end)
    if found is None or found[1] not in layout.fields:
        return None
    in_text = role == "text" and layout.fields[found[1]] != "text"
    sure = SURELY.match(raw, start, end) or not in_text or CODED_VALUE.match(raw, found.end(), end)
    return found if sure else None


def _plain(raw: str, start: int, end: int) -> str:
    text = raw[start:end].strip()
    return text if text.isprintable() and "  " not in text else " ".join(text.split())
