"""Where one record of a download ends and the next begins, by the marks of its layout."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from typing import NamedTuple

from utils.intake.batch import Span
from utils.intake.readers.databases import fields, head, records, values
from utils.intake.readers.databases.fields import Line
from utils.intake.readers.databases.layouts import LAYOUTS, Layout

Bounds = list[tuple[int, int]]  # of each record its first line and the one after its last
LISTED = re.compile(r"1\.\s*+(.{3,})")
NAMED = re.compile(r"[^\W\d_][^:]{1,40}:")
LISTED_ANY = re.compile(r"\d{1,5}\.\s")
COUNTED = re.compile(r"(?:documents?|dokumente|documentos) \((\d{1,9})\)", re.IGNORECASE)
COVER = re.compile(
    r"factiva|europresse|dow jones|lexisnexis|nexis|proquest|documents?\b|download|résultats|sommaire", re.IGNORECASE
)
NUMBERED = re.compile(r"(?:article|artikel|artículo|story|text|item) \d{1,7} (?:of|von|de|sur) \d{1,7}", re.IGNORECASE)
RULE = re.compile(r"[_=*~#-]{20,}")
TOP = 5  # lines of an article in which its date stands
PROSE = 60  # characters that a line of prose has at least
ABOVE = 3  # lines above the length of an article that may belong to it
OF_DATABASES = frozenset({"id", "load_date"})  # fields that only a database has
TOLD = ("title", "outlet", "published", "byline", "length", "load_date", "text", "id")  # an article has each but once


class Download(NamedTuple):
    """A download: its layout, its lines, and of each record the first line and the one after the last."""

    layout: Layout
    lines: list[Line]
    bounds: Bounds


def divided(raw: str, spans: Sequence[Span], headings: Collection[str]) -> tuple[Download | None, int]:
    """Give a text as a download, None if it is none that we know; and how many articles it looks like.

    headings: the texts of lines that are styled as headings, if that is known.
    """
    rows = fields.seen(raw, spans)
    names = {row.name for row in rows}
    known: list[tuple[Layout, list[Line]]] = []
    for layout in LAYOUTS:
        if _may_be(layout, names):
            known.append((layout, fields.read(raw, rows, layout)))
            if bounds := _by_lines(known[-1][1], layout, headings):
                return Download(*known[-1], bounds), _looks_like(known[-1][1], layout)
    looks = max([_looks_numbered(rows), *(_looks_like(lines, layout) for layout, lines in known)])
    for layout, lines in known:
        if bounds := _by_fields(lines, layout, headings):
            return Download(layout, lines, bounds), looks
    return None, looks


def _may_be(layout: Layout, names: Collection[str]) -> bool:
    """Tell whether a text with these names at the beginnings of its lines may be of a layout."""
    return layout.coded or not layout.fields or not layout.sure or any(name in names for name in layout.fields)


def _looks_like(lines: Sequence[Line], layout: Layout) -> int:
    """Give how many articles a text looks like: so often two of the fields stand in it, or lines that number them."""
    counts = Counter(line.role for line in lines if line.role in TOLD and (line.value or line.role == "text"))
    alike = Counter(counts.values())
    marks = [len(_places(lines, mark)) for mark in (layout.begins, layout.ends) if mark]
    return max([1, *(n for n, times in alike.items() if times > 1), *(n for n in marks if counts)])


def _looks_numbered(rows: Sequence[fields.Seen]) -> int:
    """Give how many articles a text of no layout looks like: as many as lines number, or as lines of signs divide, if
    each has a date near its top."""
    texts = [row.line.text for row in rows]
    numbers = [n for n, text in enumerate(texts) if len(text) < 40 and NUMBERED.fullmatch(text)]
    rules = [n for n, text in enumerate(texts) if len(text) < 200 and RULE.fullmatch(text)]
    edges = [-1, *rules, len(texts)]
    tops = [texts[left + 1 : min(right, left + 1 + TOP)] for left, right in zip(edges, edges[1:], strict=False)]
    dated = [top for top in tops if any(len(text) < 200 and values.DATE.search(text) for text in top)]
    return max(1, len(numbers), len(dated) if rules else 1)


def _found(lines: Sequence[Line], layout: Layout) -> set[str]:
    """Give the fields that some lines hold; a length only with its number."""
    found = {line.role for line in lines if line.role and (line.role != "length" or line.value[:1].isdigit())}
    if not layout.fields and any(head.FORMS["length"](line.text, "") for line in lines):
        found.add("length")
    return found


def _is_sure(lines: Sequence[Line], layout: Layout) -> bool:
    found = _found(lines, layout)
    return len(found & layout.sure) >= layout.enough and (layout.must is None or layout.must in found)


def _by_lines(lines: list[Line], layout: Layout, headings: Collection[str]) -> Bounds | None:
    """Give the bounds by the lines that begin, end or divide records; None where there are none."""
    if layout.begins and (numbers := _places(lines, layout.begins)) and _is_sure(lines, layout):
        return list(zip(numbers, [*numbers[1:], len(lines)], strict=True))
    if layout.divides and (numbers := _places(lines, layout.divides)):
        edges = [-1, *numbers, len(lines)]
        pieces = [(left + 1, right) for left, right in zip(edges, edges[1:], strict=False)]
        return [piece for piece in pieces if _is_sure(lines[slice(*piece)], layout)] or None
    if layout.ends and (ends := [n + 1 for n in _places(lines, layout.ends)]) and _is_sure(lines, layout):
        rest = lines[ends[-1] :]
        if (
            _is_sure(rest, layout)
            and layout.sure
            or layout.name == "Nexis"
            and any(line.role == "text" for line in rest)
        ):
            ends.append(len(lines))
        start = _after_cover(lines[: ends[0]], layout, headings)
        return list(zip([start, *ends], ends, strict=False))
    return None


def _places(lines: Sequence[Line], mark: re.Pattern[str]) -> list[int]:
    return [n for n, line in enumerate(lines) if len(line.text) < 200 and mark.fullmatch(line.text)]


def _by_fields(lines: list[Line], layout: Layout, headings: Collection[str]) -> Bounds | None:
    """Give the bounds by a field that each record has once, at its beginning or in its foot; None where that fails."""
    found = _found(lines, layout)
    if not _is_sure(lines, layout) or len(found - {"name", "body"}) < 2 or not layout.fields:
        return None
    if layout.first and not layout.must and lines[0].role not in (layout.first, "name") and not layout.coded:
        return None
    if not found & OF_DATABASES and _is_box(lines):
        return None
    if layout.first and (starts := [n for n, line in enumerate(lines) if line.role == layout.first]):
        starts = [_with_name(lines, n) for n in starts]
        pieces = list(zip(starts, [*starts[1:], len(lines)], strict=True))
        return pieces if all(_is_sure(lines[slice(*piece)], layout) for piece in pieces) else None
    if not layout.last:
        return None
    ends: list[int] = []
    for number, line in enumerate(lines):
        if line.role == layout.last and (not ends or number >= ends[-1]):
            ends.append(_below_foot(lines, number, layout))
    if not ends or _is_sure(lines[ends[-1] :], layout):
        ends.append(len(lines))
    start = _after_cover(lines[: ends[0]], layout, headings)
    if (
        not all(_of_a_cover(line.text) for line in lines[:start])
        or not layout.marked
        and _found(lines, layout) & {"text"}
    ):
        return None
    pieces = list(zip([start, *ends], ends, strict=False))
    fits = all(_begins_as(lines[slice(*piece)], layout) for piece in pieces)
    once = all(sum(line.role == "length" for line in lines[slice(*piece)]) <= 1 for piece in pieces)
    return pieces if fits and once else None


def _is_box(lines: Sequence[Line]) -> bool:
    """Tell whether the first of the fields stands below prose: they are a box of the article, on a book or an event."""
    first = next((n for n, line in enumerate(lines) if line.role), 0)
    return any(_is_prose(line) for line in lines[:first])


def _is_prose(line: Line) -> bool:
    return len(line.text) >= PROSE and records.STOPPED.search(line.text[-4:]) is not None


def _with_name(lines: Sequence[Line], number: int) -> int:
    """Give the first line of the fields that stand directly above one that begins a record, such as its section."""
    while number and lines[number - 1].role in ("name", "section"):
        number -= 1
    return number


def _below_foot(lines: Sequence[Line], number: int, layout: Layout) -> int:
    """Give the number of the first line below the foot in which a line stands."""
    below = (
        n
        for n in range(number + 1, len(lines))
        if lines[n].role in ("title", "text") or lines[n].role is None and not _in_foot(lines[n].text)
    )  # fmt: skip
    return next(below, len(lines))


def _in_foot(text: str) -> bool:
    """Tell whether a line of no field known to us can be in a foot: rights, or a name in capitals."""
    named = records.NAMED.match(text)
    return named is not None and named[0].isupper() or records.FOOT_RIGHTS.match(text) is not None


def _begins_as(lines: Sequence[Line], layout: Layout) -> bool:
    """Tell whether a record begins in the order of its layout, where that has a date."""
    if "published" not in layout.order:
        return True
    above = [line.text for line in lines[: head.LINES] if line.role is None and not head.RIGHTS.match(line.text)]
    place = next((n for n, text in enumerate(above) if head.FORMS["published"](text, "")), None)
    return place == layout.order.index("published")


def left_over(lines: Sequence[Line], bounds: Bounds) -> list[Line]:
    """Give the lines of prose that stand in no record, and are none of a cover or of the foot of a download."""
    edges = [0, *(edge for pair in bounds for edge in pair), len(lines)]
    outside = [line for left, right in zip(edges[::2], edges[1::2], strict=True) for line in lines[left:right]]
    return [
        line for line in outside
        if _is_prose(line) and not _of_a_cover(line.text) and not records.FOOT_RIGHTS.search(line.text)
    ]  # fmt: skip


def _of_a_cover(text: str) -> bool:
    """Tell whether a line can stand on the cover of a download."""
    forms = (NAMED.match, LISTED_ANY.match, COVER.search, records.PAGES.fullmatch)
    return any(form(text[:200]) for form in forms)


def _after_cover(lines: Sequence[Line], layout: Layout, headings: Collection[str]) -> int:
    """Give the number of the first line of the first article: below the cover of the download, if it has one.

    Where a mark or a length shows the text, that is the last line above it that is styled as a heading; else the one
    that the list on the cover names first; else the title stands as far above the date as in the layout.
    """
    if layout.coded:
        return next((_with_name(lines, n) for n, line in enumerate(lines) if line.role in layout.sure), 0)
    if "published" not in layout.order or layout.order[0] == "section?":
        return _below_heads(lines, layout)
    body = next((n for n, line in enumerate(lines) if line.role == "text"), len(lines))
    length = next((n for n, line in enumerate(lines) if line.role == "length"), body)
    above = range(min(body, length) - 1, -1, -1)
    for number in above:
        if lines[number].text in headings:
            return number
    texts = [line.text for line in lines]
    listed = next((found[1] for text in texts if (found := LISTED.fullmatch(text))), "")
    if listed in texts:
        return texts.index(listed)
    dates = (n for n in above if head.DATED.match(texts[n]) and not head.RIGHTS.match(texts[n]))
    return next((max(n - layout.order.index("published"), 0) for n in dates), 0)


def _below_heads(lines: Sequence[Line], layout: Layout) -> int:
    """Give the number of the first line of an article without a cover that can be told: some lines above its length,
    or one above the line with its date, or the first."""
    if not layout.fields:
        length = next((n for n, line in enumerate(lines) if head.FORMS["length"](line.text, "")), 0)
        start = max(length - ABOVE, 0)
        covers = [
            n + 1 for n in range(start, length) if COVER.search(lines[n].text) or records.PAGES.fullmatch(lines[n].text)
        ]
        return covers[-1] if covers and covers[-1] < length else start
    if "header" in layout.order:
        header = next((n for n, line in enumerate(lines) if head.FORMS["header"](line.text, "")), 1)
        return max(header - layout.order.index("header"), 0)
    return 0
