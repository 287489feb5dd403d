"""Downloads from Nexis Uni and LexisNexis: many articles in one file, each with a head and a foot of fields.

Two layouts are known. The newer has title, paper, date, ©, fields, "Body", the text, "Classification", "Load-Date: …"
and "End of Document". The older has "3 of 10 DOCUMENTS", paper, date, title, fields up to LENGTH, the text, LOAD-DATE
and other fields, ©. What stands before the first article is the cover of the download, and no article.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import pandas as pd

from utils.intake import article, budget, dates
from utils.intake.batch import File, Reading, Segment, Span, lines
from utils.intake.cleaning import stretches, wrapped

MARK = re.compile(r"(?im)^[ \t]*(?:end of document|\d+ of \d+ document|dokument \d+ von|document \d+ de)")
END = re.compile(r"end of document", re.IGNORECASE)
NUMBER = re.compile(r"(?:\d+ of \d+ documents?|dokument \d+ von \d+|document \d+ de \d+)", re.IGNORECASE)
BODY = re.compile(r"body|text|corps|cuerpo|volltext", re.IGNORECASE)
CLASSIFICATION = re.compile(r"classification|clasificación|klassifikation", re.IGNORECASE)
GRAPHIC = re.compile(r"graphic|graphique|grafik|gráfico", re.IGNORECASE)
COUNTED = re.compile(r"documents? \((\d{1,9})\)", re.IGNORECASE)
LISTED = re.compile(r"1\.\s*+(.{3,})")
FAILED = "We are sorry but there is an error in this document"
FIELD = re.compile(r"(?P<name>[^\W\d_][^\W\d_ -]{0,12}(?:[ -][^\W\d_]{2,12}){0,2}):\s*(?P<value>.*)", re.DOTALL)
FIELDS = {
    name: ours
    for ours, names in {
        "section": "section rubrique rubrik sección seção rubriek",
        "length": "length longueur länge lengte longitud",
        "byline": "byline author auteur autor",
        "highlight": "highlight insert encart",
        "dateline": "dateline",
        "load_date": "load-date date-chargement",
        "graphic": "graphic graphique grafik",
    }.items()
    for name in names.split()
}
FOOT = frozenset(
    "language langue sprache publication-type type-publication subject sujet journal-code organization company ticker "
    "industry geographic person url update distribution document-type series correction correction-date".split()
)
SURE_FOOT = frozenset("language langue sprache publication-type type-publication journal-code".split())
KINDS = {"section": "section", "byline": "byline", "dateline": "dateline", "load_date": "trailer"}
RIGHTS = re.compile(r"(?:copyright|©|\(c\))\s*(?:©\s*)?(?:19|20)\d\d|all rights reserved", re.IGNORECASE)
PAGE = re.compile(r"(?:pg|page|p|s|blz|pág)\.?\s*\w{1,6}", re.IGNORECASE)
DATED = re.compile(
    r"(?:[^\W\d_]{3,10},?\s+)?(?:[^\W\d_]{3,10}\.?\s+\d{1,2},?\s+[12]\d{3}|\d{1,2}\.?\s+(?:de\s+)?[^\W\d_]{3,10}\.?\s+(?:de\s+)?"
    r"[12]\d{3}|[12]\d{3}-\d\d-\d\d|[^\W\d_]{3,10}\s+[12]\d{3})(?:\s+[^\W\d_]{4,10}day)?(?:\s+\d{1,2}:\d\d\s*[AP]M)?"
)
HEAD_AT_MOST = 25  # paragraphs between title and text
OFF_BY = 0.2  # of the words stated: by more than that our count and theirs disagree
CENTRED = 5  # blanks before a line that is set in the middle


@dataclass
class _Parts:
    """The paragraphs of one article and what each of them is."""

    spans: list[Span]
    texts: list[str]
    labels: dict[int, tuple[str, str]] = field(default_factory=dict)
    facts: dict[str, object] = field(default_factory=dict)
    title: int | None = None

    def label(self, number: int, kind: str, rule: str) -> None:
        """Say what a paragraph is; what was said first stands."""
        self.labels.setdefault(number, (kind, f"Nexis: {rule}"))


def take(
    file: File,
    reading: Reading,
    raw: str,
    *,
    encoding: str = "utf-8",
    headings: Collection[str] = (),
    spans: Sequence[Span] | None = None,
) -> bool:
    """Take the articles of a download from Nexis into the reading; tell whether the text is one.

    Parameters
        raw: all text of the file.  headings: those of its paragraphs that are styled as headings, if that is known.
        spans: the places of its paragraphs, if they are known; else its lines, joined where they are hard-wrapped.
    """
    budget.size_of(raw)
    if not MARK.search(raw):
        return False
    spans = spans or wrapped.paragraphs(raw) or list(lines(raw))
    texts = [" ".join(raw[start:end].split()) for start, end in spans]
    bounds = _bounds(texts, [" ".join(heading.split()) for heading in headings])
    if bounds is None:
        return False
    for number, (first, last) in enumerate(bounds, start=1):
        _take_one(file, reading, raw, spans[first:last], number if len(bounds) > 1 else None, encoding)
    said = next((int(found[1]) for text in texts[: bounds[0][0]] if (found := COUNTED.fullmatch(text))), len(bounds))
    if said != len(bounds):
        problem = f"its cover speaks of {said:,} documents, but {len(bounds):,} were found"
        reading.problem(file.name, "doubtful", problem, "look at its end; download the missing ones again")
    return True


def _bounds(texts: Sequence[str], headings: Collection[str]) -> list[tuple[int, int]] | None:
    """Give the first paragraph of each article and the one after its last; None if this is no download from Nexis."""
    known = {FIELDS.get(name) for text in texts if (name := _field(text)[0])}
    numbers = [n for n, text in enumerate(texts) if NUMBER.fullmatch(text)]
    if numbers and "length" in known:
        return list(zip(numbers, [*numbers[1:], len(texts)], strict=True))
    ends = [n + 1 for n, text in enumerate(texts) if END.fullmatch(text)]
    if not ends or not known & {"length", "load_date"}:
        return None
    if any(_field(text)[0] == "length" or BODY.fullmatch(text) for text in texts[ends[-1] :]):
        ends.append(len(texts))
    return list(zip([_after_cover(texts[: ends[0]], headings), *ends], ends, strict=False))


def _field(text: str) -> tuple[str, str]:
    """Give the name of a field in small letters, and its value; two empty texts if the paragraph is no field."""
    found = FIELD.fullmatch(text[:2000])
    return (found["name"].casefold(), found["value"].strip()) if found else ("", "")


def _after_cover(texts: Sequence[str], headings: Collection[str]) -> int:
    """Give the number of the title of the first article: below the cover of the download, if it has one.

    It is the last paragraph styled as a heading above the text; else the one that the list on the cover names first;
    else it stands two above the date.
    """
    body = next((n for n, text in enumerate(texts) if BODY.fullmatch(text)), len(texts))
    length = next((n for n, text in enumerate(texts) if FIELDS.get(_field(text)[0]) == "length"), body)
    above = range(min(body, length) - 1, -1, -1)
    for number in above:
        if texts[number] in headings:
            return number
    listed = next((found[1] for text in texts if (found := LISTED.fullmatch(text))), "")
    if listed in texts:
        return texts.index(listed)
    return next((max(n - 2, 0) for n in above if DATED.match(texts[n]) and not RIGHTS.match(texts[n])), 0)


def _take_one(file: File, reading: Reading, raw: str, spans: Sequence[Span], number: int | None, encoding: str) -> None:
    """Take one article of a download: its own stretch of the text, told apart."""
    start, end = spans[0][0], spans[-1][1]
    own = raw[start:end]
    source = file.name if number is None else f"{file.name} article {number}"
    if FAILED in own:
        reading.problem(source, "unreadable", "Nexis could not give this article, but an error", "download it again")
        return
    moved = [(left - start, right - start) for left, right in spans]
    parts = _Parts(moved, [" ".join(own[left:right].split()) for left, right in moved])
    first, last = _head(parts, own), _foot(parts)
    segments, metadata = _labelled(own, parts, first, last, file.options.furniture)
    stated = parts.facts.get("length")
    counted = sum(len(own[left:right].split()) for left, right, kind, _ in segments if kind == "body")
    if isinstance(stated, int) and 0 < OFF_BY * stated < abs(counted - stated):
        said = f"Nexis states {stated:,} words, but its text has {counted:,}"
        reading.problem(source, "doubtful", said, "see whether it is cut off, or its end was taken for a trailer")
    article.take(
        reading, own, source=source, encoding=encoding, sha256=file.sha256, options=file.options, given=parts.facts,
        article_id=file.name if number is None else f"{file.name}-{number}", labelled=(segments, metadata),
    )  # fmt: skip


def _head(parts: _Parts, own: str) -> int:
    """Label what stands above the text, note what it says, and give the number of the text's first paragraph."""
    texts = parts.texts
    old = NUMBER.fullmatch(texts[0]) is not None
    body = next((n for n, text in enumerate(texts[: 2 * HEAD_AT_MOST]) if n and BODY.fullmatch(text) and not old), None)
    first = _after_fields(texts) if body is None else body + 1
    for number in range(first):
        name, value = _field(texts[number])
        if name in FIELDS or name in FOOT:
            _note(parts, number, name, value)
        elif RIGHTS.match(texts[number]):
            parts.label(number, "trailer", "rights")
            parts.facts.setdefault("rights", texts[number])
        elif "published" not in parts.facts and number and (date := DATED.match(texts[number])):
            parts.label(number, "dateline", "date")
            parts.facts["published"] = date[0]
    if old:
        parts.label(0, "furniture", "number")
    if body is not None:
        parts.label(body, "furniture", "mark of the body")
    _name(parts, own, first, old)
    return first


def _after_fields(texts: Sequence[str]) -> int:
    """Give the number of the first paragraph below the fields of a head without a mark of the body."""
    fields = [n for n, text in enumerate(texts[:HEAD_AT_MOST]) if FIELDS.get(_field(text)[0]) is not None]
    after = fields[0] + 1 if fields else 0
    for number in fields[1:]:
        if number == after and FIELDS[_field(texts[number])[0]] != "load_date":
            after = number + 1
    return after


def _note(parts: _Parts, number: int, name: str, value: str) -> None:
    """Label a field and note its value."""
    ours = FIELDS.get(name, "")
    parts.label(number, KINDS.get(ours, "furniture"), (ours or name).replace("_", " "))
    if not value or ours in ("", "graphic"):
        return
    if ours == "section":
        section, _, rest = value.partition(";")
        parts.facts.setdefault("section", section.strip() or None)
        if PAGE.match(rest.strip()):
            parts.facts.setdefault("page", rest.strip())
    elif ours == "length":
        words = re.match(r"\d[\d.,]{0,15}(?![\d.,])", value)
        parts.facts.setdefault("length", int(re.sub(r"\D", "", words[0])) if words else None)
    elif ours == "load_date":
        moment, _ = dates.read(value)
        parts.facts.setdefault("load_date", None if moment is pd.NaT else moment)
    elif ours == "byline":
        parts.facts.setdefault("byline", re.sub(r"^by\s+", "", value, flags=re.IGNORECASE))
    elif ours == "highlight":
        parts.facts.setdefault("highlight", value)


def _name(parts: _Parts, own: str, first: int, old: bool) -> None:
    """Label title and paper among the paragraphs of the head that are nothing else; the rest are of the edition."""
    left = [number for number in range(first) if number not in parts.labels]
    if old:
        set_left = [n for n in left if n > left[0] and not own[: parts.spans[n][0]].endswith(" " * CENTRED)]
        parts.title = set_left[0] if set_left else None
        outlet = left[0] if left else None
    else:
        parts.title, outlet = [*left, None, None][:2]
    if parts.title is not None:
        parts.label(parts.title, "headline", "title")
        parts.facts["title"] = parts.texts[parts.title]
    if outlet is not None and outlet != parts.title:
        parts.label(outlet, "furniture", "paper")
        parts.facts["outlet"] = parts.texts[outlet]
    for number in left:
        parts.label(number, "furniture", "edition")


def _foot(parts: _Parts) -> int:
    """Label what stands below the text, note what it says, and give the number of its first paragraph."""
    texts, head = parts.texts, len(parts.labels) and max(parts.labels) + 1
    marks = [n for n in range(head, len(texts)) if _begins_foot(texts[n])]
    foot = next((n for n in marks if all(_is_foot(text) for text in texts[n:])), marks[-1] if marks else len(texts))
    pictures = [
        n for n in range(head, foot) if GRAPHIC.fullmatch(texts[n]) or FIELDS.get(_field(texts[n])[0]) == "graphic"
    ]  # fmt: skip
    for number in range(foot, len(texts)):
        name, value = _field(texts[number])
        if RIGHTS.match(texts[number]):
            parts.label(number, "trailer", "rights")
            parts.facts.setdefault("rights", texts[number])
        elif name in FIELDS:
            _note(parts, number, name, value)
        parts.label(number, "furniture", "end" if END.fullmatch(texts[number]) else "classification")
    for number in range(pictures[-1] if pictures else foot, foot):
        parts.label(number, "furniture", "graphic")
    return pictures[-1] if pictures else foot


def _begins_foot(text: str) -> bool:
    """Tell what can stand first below the text."""
    name, _ = _field(text)
    marked = CLASSIFICATION.fullmatch(text) or END.fullmatch(text)
    in_capitals = name in FOOT and text[: len(name)].isupper()
    return marked is not None or in_capitals or name in SURE_FOOT or FIELDS.get(name) == "load_date"


def _is_foot(text: str) -> bool:
    """Tell whether a paragraph can stand in the foot of an article."""
    marked = CLASSIFICATION.fullmatch(text) or END.fullmatch(text) or RIGHTS.match(text)
    return marked is not None or _field(text)[0] != "" or len(text) < 60


def _labelled(own: str, parts: _Parts, first: int, last: int, furniture: Sequence[str]) -> stretches.Labelled:
    """Give the segments of an article: head and foot as told, the text between as a scraped article below its title."""
    title = None if parts.title is None else parts.texts[parts.title]
    text = [n for n in range(first, last) if n not in parts.labels]
    rows = [[parts.spans[n]] for n in ([] if parts.title is None else [parts.title]) + text]
    segments, metadata = stretches.labelled(own, rows, title=title, furniture=furniture)
    told: list[Segment] = [(*parts.spans[number], *label) for number, label in parts.labels.items()]
    start = parts.spans[first][0] if first < len(parts.spans) else len(own)
    below = [segment for segment in segments if segment[0] >= start]
    return stretches.completed(own, told + below, rule="Nexis: not told"), metadata
