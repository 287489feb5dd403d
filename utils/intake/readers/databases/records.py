"""One record of a download: its lines told apart into head, text and foot, and what they say."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, groupby

from utils.intake.batch import Segment
from utils.intake.cleaning import stretches
from utils.intake.readers.databases import head, values
from utils.intake.readers.databases.fields import LONGEST_NAME, MARK_AT_MOST, Line
from utils.intake.readers.databases.layouts import Layout

KINDS = {
    "title": "headline", "section": "section", "byline": "byline", "dateline": "dateline", "published": "dateline",
    "header": "dateline", "load_date": "trailer", "rights": "trailer",
}  # fmt: skip
RULES = {
    "foot": "classification",
    "published": "date",
    "outlet": "paper",
    "name": "name of a field",
    "text": "mark of the body",
    "id": "number",
}
OWNED = re.compile(r"(?:copyright|©)", re.IGNORECASE)
FOOT_RIGHTS = re.compile(
    r"(?:copyright|©)|all rights reserved|tous droits r|alle rechte|todos los derechos", re.IGNORECASE
)
NAMED = re.compile(r"[^\W\d_][^\W\d_ -]{0,12}(?:[ -][^\W\d_]{2,12}){0,2}:(?:\s|$)")
ANY_NAME = re.compile(r"[^\W\d_][^:.!?“”\"]{1,44}:(?:\s|$)")
WORDS = 3  # of the name of a section
BETWEEN = 3  # lines between two fields that may belong to neither
PAGES = re.compile(r"(?:page|seite|página|pag\.)\s+\d{1,5}(?:\s+(?:of|von|de|sur)\s+\d{1,5})?\b.{0,80}", re.IGNORECASE)
FACTIVA = re.compile(r"(?:©|\(c\)) ?(?:19|20)\d\d factiva.{0,60}", re.IGNORECASE)
CENTRED = 5  # blanks before a line that is set in the middle
SURE_FOOT = frozenset(
    "language langue sprache idioma publication-type type-publication zeitungstyp tipo-publicación journal-code".split()
)
MOSTLY = 0.8  # of the lines from the first of a foot on are such as stand in one
TEXT_AT_MOST = 60  # characters of a line in the foot that has no name
VALUE_LINES = 20  # of a value that goes on below its name
STOPPED = re.compile(r"[.!?…][\"”’'»)]{0,2}$")


@dataclass
class Record:
    """The lines of one record, which lines the file styles as headings, what each line is, what they say, and which of
    them is the title."""

    raw: str
    lines: list[Line]
    layout: Layout
    headings: Collection[str] = ()
    labels: dict[int, tuple[str, str]] = field(default_factory=dict)
    facts: dict[str, object] = field(default_factory=dict)
    cited: dict[str, object] = field(default_factory=dict)  # what a citation says: any field of its own stands before
    title: int | None = None

    def moved(self, raw: str, by: int) -> "Record":
        """Give the record as it stands in its own stretch of a text, which begins later."""
        return replace(self, raw=raw, lines=[line.moved(by) for line in self.lines])

    def label(self, number: int, kind: str, rule: str) -> None:
        """Say what a line is; what was said first stands."""
        self.labels.setdefault(number, (kind, f"{self.layout.name}: {rule}"))

    def note(self, number: int, role: str, value: str) -> None:
        """Label a line that belongs to a field, and keep what it says."""
        if role == "title" and self.title is None:
            self.title = number
        kind = KINDS.get(role, "furniture") if role != "title" or self.title == number else "furniture"
        self.label(number, kind, RULES.get(role, role.replace("_", " ")))
        if not value:
            return
        facts = values.of(role, value, database=self.layout.name)
        kept = self.cited if role in ("info", "source", "header") else self.facts
        for name, said in facts.items():
            kept.setdefault(name, said)


def told(record: Record, furniture: Sequence[str]) -> tuple[Record, stretches.Labelled]:
    """Give a record read, and its segments and the metadata that its text holds.

    Parameters
        record: the lines in their own stretch of the text.  furniture: a person's own rules.
    """
    if record.layout.coded:
        _by_codes(record)
        first, last = 0, len(record.lines)
    else:
        first = _head(record)
        last = _foot(record, first)
    text = [n for n in range(first, last) if n not in record.labels]
    record.facts = record.cited | record.facts
    return record, _labelled(record, text, furniture)


def _by_codes(record: Record) -> None:
    """Label the lines of a record whose fields are named by codes."""
    said: dict[str, list[str]] = {}
    for line in record.lines:
        if line.role and line.role not in ("body", "name"):
            said.setdefault(line.role, []).append(line.value)
    whole = {role: " ".join(lines[:VALUE_LINES]) for role, lines in said.items()}
    record.title = next((n for n, line in enumerate(record.lines) if line.role == "title"), None)
    for number, line in enumerate(record.lines):
        if line.role == "body":
            continue
        if line.role is None or line.role == "name":
            record.label(number, "furniture", "name of a field" if line.role else "not told")
        else:
            record.note(number, line.role, whole[line.role])
        if line.role == "title":
            record.labels[number] = "headline", f"{record.layout.name}: title"


def _head(record: Record) -> int:
    """Label what stands above the text, note what it says, and give the number of the text's first line."""
    lines, layout = record.lines, record.layout
    if layout.begins and lines and layout.begins.fullmatch(lines[0].text):
        record.label(0, "furniture", "number")
    for number, line in enumerate(lines[: head.LINES]):
        if line.role is None and (PAGES.fullmatch(line.text) or FACTIVA.search(line.text)):
            record.label(number, "furniture", "page number")
        elif layout.divides and layout.divides.fullmatch(line.text):
            record.label(number, "furniture", "line between articles")
    body = next((n for n, line in enumerate(lines[: 2 * head.LINES]) if n and line.role == "text"), None)
    if not layout.marked:
        body = None
    if body is None and not layout.fields or layout.ends and not layout.sure:
        return _by_order(record, len(lines))
    first = _after_fields(record) if body is None else body + 1
    for number in range(first):
        line = lines[number]
        if line.role == "text":
            record.label(number, "furniture", "mark of the body")
        elif line.role:
            record.note(number, line.role, line.value)
        elif head.RIGHTS.match(line.text) and number not in record.labels:
            record.note(number, "rights", line.text)
    _by_order(record, first)
    return first


def _by_order(record: Record, first: int) -> int:
    """Label the lines without a name above a line, and give the number below the last that the order knows."""
    layout = record.layout
    left = [n for n in range(min(first, 2 * head.LINES)) if n not in record.labels]
    styled = layout.order[-1:] == ("title",) and len(layout.order) > 1
    centred = [styled and record.raw[: record.lines[n].start].endswith(" " * CENTRED) for n in left]
    roles = head.ordered([record.lines[n].text for n in left], layout.order, centred)
    roles = _byline_last([record.lines[n].text for n in left], roles)
    roles = _section_below({place: record.lines[left[place]].text for place in roles}, roles, record.headings)
    for place, role in roles.items():
        number = left[place]
        text = record.lines[number].text
        dated = head.DATED.match(text) if role == "published" else None
        record.note(number, role, dated[0] if dated else text)
        if role == "title" and (above := _first_of_title(roles, place, record, left)) is not None:
            record.labels[left[above]] = record.labels[number]
            record.facts["title"] = f"{record.lines[left[above]].text} {text}"
    whole = (
        first if layout.fields and first < len(record.lines) else max((left[place] for place in roles), default=-1) + 1
    )
    for number in left:
        text = record.lines[number].text
        if number < whole and values.BY.match(text) and head.FORMS["byline"](text, ""):
            record.note(number, "byline", text)
        elif number < whole:
            record.label(number, "furniture", "edition")
    return whole


def _byline_last(texts: Sequence[str], roles: dict[int, str]) -> dict[int, str]:
    """Give the roles of lines where two below a title look like names: the lower one is, the upper one its section."""
    byline = next((place for place, role in roles.items() if role == "byline"), -1)
    if roles.get(byline - 1) != "title" or byline + 1 in roles or roles.get(byline + 2) != "length":
        return roles
    if not head.FORMS["byline"](texts[byline + 1], texts[byline - 1]):
        return roles
    return roles | {byline: "section", byline + 1: "byline"}


def _first_of_title(roles: Mapping[int, str], place: int, record: Record, left: Sequence[int]) -> int | None:
    """Give the place of the line above the title that is its first part, and ends in ";"."""
    if roles.get(place - 1) != "edition" or left[place - 1] + 1 != left[place]:
        return None
    above = record.lines[left[place - 1]].text
    return place - 1 if above.endswith(";") and not head.EDITION.search(above) else None


def _section_below(texts: Mapping[int, str], roles: dict[int, str], headings: Collection[str]) -> dict[int, str]:
    """Give the roles of lines, the section below the title where a layout may have it there: that is the one that is
    styled as a heading or, where none is, the longer one above a section of a word or three."""
    above, below = (
        next((place for place, role in roles.items() if role == name), None) for name in ("section", "title")
    )
    if above is None or below is None:
        return roles
    first, second = texts[above], texts[below]
    styled = [text in headings for text in (first, second)]
    if styled[0] > styled[1] or styled[0] == styled[1] and len(first) > len(second) and len(second.split()) <= WORDS:
        return roles | {above: "title", below: "section"}
    return roles


def _after_fields(record: Record) -> int:
    """Give the number of the first line below the fields of a head without a mark of the body."""
    lines, layout = record.lines, record.layout
    own = [line.role not in (None, "load_date", "text") and (layout.below or line.role not in ("foot", "language"))
           for line in lines[: 2 * head.LINES]]  # fmt: skip
    sure = [n for n, line in enumerate(lines[: head.LINES]) if own[n] and line.role in layout.sure]
    start = sure[-1] if sure else next((n for n in range(len(own)) if own[n]), None)
    if start is None:
        return 0
    return next((n for n in range(start, len(own)) if not own[n]), len(own))


def _foot(record: Record, first: int) -> int:
    """Label what stands below the text, note what it says, and give the number of its first line."""
    lines = record.lines
    divides = record.layout.divides
    ended = next((n for n in range(first, len(lines)) if divides and divides.fullmatch(lines[n].text)), len(lines))
    like = [n >= ended or _is_foot(line, record.layout) for n, line in enumerate(lines)]
    for number in _between(lines):
        like[number] = True
    marks = [n for n in range(first, len(lines)) if _begins_foot(lines[n], record.layout)]
    foot = _first_of_foot(like, marks[_of_a_box(lines, marks) :])
    if foot - 1 > first and _is_owner(lines[foot - 1].text, record.facts):
        foot -= 1
    pictures = [n for n in range(first, foot) if lines[n].role == "graphic"]
    whose = [n for n in range(foot, len(lines)) if OWNED.match(lines[n].text)][:1]  # beside "All rights reserved"
    for number in sorted(range(foot, len(lines)), key=lambda n: (-_named_at_length(lines, n), -n)):
        line = lines[number]
        if line.role and line.role != "text":
            record.note(number, line.role, line.value)
        elif FOOT_RIGHTS.match(line.text):
            record.note(number, "rights", line.text if number in (whose or [number]) else "")
        is_end = record.layout.ends and record.layout.ends.fullmatch(line.text)
        record.label(number, "furniture", "end" if is_end else "classification")
    last = pictures[-1] if pictures else foot
    for number in range(last, foot):
        record.label(number, "furniture", "graphic")
    return last


def _is_owner(text: str, facts: Mapping[str, object]) -> bool:
    """Tell whether the last line of a text is the name of who has the rights in it, and nothing else."""
    return len(text) < TEXT_AT_MOST and not STOPPED.search(text) and text in str(facts.get("rights", ""))


def _named_at_length(lines: Sequence[Line], number: int) -> int:
    """Give how long the name of a field is: of two for one fact, the longer one is the database's ("Publication date"
    and not "Date"), and of two that are alike the lower one."""
    name, colon, _ = lines[number].text.partition(":")
    if colon or not number:
        return min(len(name), LONGEST_NAME)
    return len(lines[number - 1].text) if lines[number - 1].role == "name" else 0


def _of_a_box(lines: Sequence[Line], marks: Sequence[int]) -> int:
    """Give how many of the first fields below a text belong to a box of its own: those down to the last whose name
    comes again further down, where the database has its own."""
    names = [lines[n].text.partition(":")[0].casefold() for n in marks]
    last = {name: n for n, name in enumerate(names)}
    return max((n + 1 for n, name in enumerate(names) if last[name] > n + 1), default=0)


def _first_of_foot(like: Sequence[bool], marks: Sequence[int]) -> int:
    """Give the first line that can begin a foot and below which all lines, or else most, can stand in one."""
    last_unlike = max((n for n, is_like in enumerate(like) if not is_like), default=-1)
    n_like = [*accumulate(reversed(like), initial=0)][::-1]
    mostly = (n for n in marks if n_like[n] >= MOSTLY * (len(like) - n))
    foot = next((n for n in marks if n > last_unlike), None)
    return next(mostly, marks[-1] if marks else len(like)) if foot is None else foot


def _begins_foot(line: Line, layout: Layout) -> bool:
    """Tell what can stand first below the text."""
    if layout.ends and layout.ends.fullmatch(line.text) or layout.divides and layout.divides.fullmatch(line.text):
        return True
    if layout.name != "Nexis":
        return line.role is not None and line.role != "text" or FOOT_RIGHTS.match(line.text) is not None
    named, _, _ = line.text.partition(":")
    return (
        line.role == "load_date"
        or line.role in ("foot", "language")
        and (named.isupper() or named.casefold() in SURE_FOOT or ":" not in line.text)
    )


def _is_foot(line: Line, layout: Layout) -> bool:
    """Tell whether a line can stand in the foot of an article."""
    if line.role:
        return True
    text, nexis = line.text, layout.name == "Nexis"
    if len(text) < TEXT_AT_MOST and (nexis or not STOPPED.search(text)):
        return True
    if layout.ends and len(text) < MARK_AT_MOST and layout.ends.fullmatch(text):
        return True
    return bool(FOOT_RIGHTS.match(text) or nexis and NAMED.match(text))


def _between(lines: Sequence[Line]) -> Iterator[int]:
    """Give the lines between two fields that can be the value of the upper one, or a field that we do not know."""
    for named, run in groupby(range(len(lines)), key=lambda n: lines[n].role not in (None, "text")):
        held = list(run)
        if named or len(held) > BETWEEN or not held[0] or held[-1] + 1 == len(lines):
            continue
        if ANY_NAME.match(lines[held[0]].text) or not any(STOPPED.search(lines[n].text) for n in held):
            yield from held


def _labelled(record: Record, text: Sequence[int], furniture: Sequence[str]) -> stretches.Labelled:
    """Give the segments: head and foot as told, the text between as a scraped article below its title."""
    lines = record.lines
    title = None if record.title is None else lines[record.title].text
    above = [] if record.title is None or text and record.title > text[0] else [record.title]
    rows = [[(lines[n].start, lines[n].end)] for n in [*above, *text]]
    segments, metadata = stretches.labelled(record.raw, rows, title=title, furniture=furniture)
    labelled: list[Segment] = [(lines[n].start, lines[n].end, *label) for n, label in record.labels.items()]
    start = lines[text[0]].start if text else len(record.raw)
    below = [segment for segment in segments if segment[0] >= start]
    return stretches.completed(record.raw, labelled + below, rule=f"{record.layout.name}: not told"), metadata
