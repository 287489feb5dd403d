"""The layout of a scraped news article: which lines are headline, byline, body, trailer, furniture.

Every rule has a name, which the segments carry and the cleaning receipt prints. Rules look at whole lines,
from the top until the body begins and from the bottom until it ends; any part of the layout may be missing.
"""

import re
from collections.abc import Iterator

from utils.intake.reading import Segment, Span, cut_out, lines

SECTION = re.compile(r"Published in (?P<section>\S.{0,60})$")
PARTICLES = r"(?:and|y|e|de|del|de la|la|las|los|van|von|der|den|di|da|dos|du|al|el|bin|of|for|the|in|with)"
CAPITAL = r"[^\W\d_a-zß-ÿ]"
NAME = rf"(?:{CAPITAL}[\w.'’\-]*)"
BYLINE = re.compile(
    rf"(?:By|BY)\s+(?P<byline>{NAME}(?:,?\s+(?:{NAME}|{PARTICLES}|&|\||/|\({NAME}\)))*(?:\s*\([A-Z]+\))?)$"
)
DATELINE = re.compile(
    rf"(?P<place>{CAPITAL}{{2}}(?:{CAPITAL}|[.'’\- ])+(?:[,/;]\s*[^\W\d_][\w.'’\- ]{{1,30}}){{0,3}}?)"
    rf"(?:,?\s*\((?P<agency>[A-Z][^()]{{1,40}})\))?\s*(?:—|–|--|-)(?=\s+(?:{CAPITAL}|[\d\"“‘'(\[]))"
)
YEAR = r"(?:19|20)\d\d(?:\s*[-–,]\s*(?:19|20)?\d\d)?"
RIGHTS = re.compile(
    rf"(?:©|\(c\)|copyright\s*(?:©|\(c\)|(?={YEAR})))\s*(?:(?:copyright\s*)?{YEAR})?,?\s*(?:by\s+)?(?P<outlet>.*)$",
    re.IGNORECASE,
)
OWNER_ENDS = re.compile(
    r"(?:(?<!\.\w)\.)?\s+(?:Visit\b|Distributed\b|All rights\b|Reprinted\b|Read more\b)|\.?\s*\b(?:https?://|www\.).*|(?<!\.\w)\.$",
    re.IGNORECASE,
)
AGENCY = re.compile(r"Distributed by (?P<agency>.+?)(?:,? (?:LLC|Inc|Ltd|L\.P)\.?)?\.?$", re.IGNORECASE)

TRAILERS = {
    "visit line": re.compile(r"Visit (?:\w[^.]{0,60} )?(?:at |online )?\S*\w\.\w{2,}\S*$", re.IGNORECASE),
    "distribution line": re.compile(r"Distributed by .{1,80}$", re.IGNORECASE),
    "rights reserved": re.compile(r"All rights reserved\b.{0,120}$", re.IGNORECASE),
    "credits": re.compile(r"\(?(?:Additional )?(?:Reporting|Writing|Editing) by .{1,200}$"),
    "contributors": re.compile(r"\(?.{3,200}\bcontributed to this (?:report|story|article)\b.{0,40}$"),
    "origin line": re.compile(
        r"(?:This (?:story|article) (?:was )?(?:originally )?(?:published|appeared|provided)|"
        r"Originally published)\b.{1,160}$",
        re.IGNORECASE,
    ),
}
FURNITURE = {
    "comments": re.compile(r"(?:\d+ )?Comments?(?: ?\(\d+\))?:?$", re.IGNORECASE),
    "advertisement": re.compile(r"Advertise?ment$", re.IGNORECASE),
    "separator": re.compile(r"[\W_]+$"),
}
HEADLINE_AT_MOST = 200
HEAD_LINES = 8  # section, byline and headline stand among the first lines


def label(raw: str) -> tuple[list[Segment], dict[str, str]]:
    """Give an article's segments in order, and the metadata that its labelled lines hold.

    Segments do not overlap and, with white space, cover the text. The metadata has title, section, byline,
    outlet, agency and rights, each only where a line says so.
    """
    spans = list(lines(raw))
    kinds = _tail(raw, spans)
    _head(raw, spans, kinds)
    segments, metadata = [], {}
    body_seen = 0
    for span, (kind, rule) in zip(spans, kinds, strict=True):
        if kind == "body":
            found = list(_dateline(raw, span, metadata)) if body_seen < 2 else []
            segments.extend(cut_out(raw, *span, found))
            body_seen += 1
        else:
            segments.append((*span, kind, rule))
            _note(raw[slice(*span)], kind, metadata)
    return segments, metadata


def _tail(raw: str, spans: list[Span]) -> list[tuple[str, str]]:
    """Label trailers and furniture by their rules, and short scraps after a rights line as furniture."""
    kinds, after_rights = [], False
    for span in spans:
        line = raw[slice(*span)]
        kind = _by_rule(line)
        after_rights = after_rights or kind == ("trailer", "rights line")
        if kind[0] == "body" and after_rights and len(line) < 60 and not line.endswith((".", "”", '"', "?", "!")):
            kind = ("furniture", "after the rights line")
        kinds.append(kind)
    return kinds


def _by_rule(line: str) -> tuple[str, str]:
    """Give the kind and rule of a line by what it says alone."""
    if len(line) < 300 and RIGHTS.match(line):
        return "trailer", "rights line"
    for kind, rules in (("trailer", TRAILERS), ("furniture", FURNITURE)):
        for rule, pattern in rules.items():
            if pattern.match(line):
                return kind, rule
    return "body", "paragraph"


def _head(raw: str, spans: list[Span], kinds: list[tuple[str, str]]) -> None:
    """Label section, byline and headline among the first lines of what would else be body."""
    body = [number for number, (kind, _) in enumerate(kinds) if kind == "body"]
    for place, number in enumerate(body[:HEAD_LINES]):
        line = raw[slice(*spans[number])]
        if SECTION.match(line):
            kinds[number] = "section", "published in"
        elif len(line) <= 120 and BYLINE.match(line):
            kinds[number] = "byline", "by a name"
        elif place == 0 and _like_headline(line):
            kinds[number] = "headline", "first line"
        elif len(line) > HEADLINE_AT_MOST:
            break
    if body and not any(kinds[number][0] == "body" for number in body):
        lone = next((number for number in body if kinds[number][0] == "headline"), None)
        if lone is not None and len(body) == 1:
            kinds[lone] = "body", "paragraph"


def _like_headline(line: str) -> bool:
    """Tell a headline from a first paragraph: short, no final point, no dateline."""
    return (
        len(line) <= HEADLINE_AT_MOST and not line.endswith((".", ".”", '."', ",”", ":")) and not DATELINE.match(line)
    )


def _dateline(raw: str, span: Span, metadata: dict[str, str]) -> Iterator[tuple[Span, str, str]]:
    """Give the dateline that opens a paragraph, if one does; a wire credit in it is noted."""
    if match := DATELINE.match(raw, *span):
        if match["agency"]:
            metadata.setdefault("agency", match["agency"])
        yield match.span(), "dateline", "place and dash"


def _note(line: str, kind: str, metadata: dict[str, str]) -> None:
    """Take the metadata that one labelled line holds; what an earlier line said stands."""
    if kind == "headline":
        metadata.setdefault("title", line)
    elif kind == "section":
        metadata.setdefault("section", SECTION.match(line)["section"].strip())
    elif kind == "byline":
        metadata.setdefault("byline", BYLINE.match(line)["byline"])
    elif kind == "trailer":
        if agency := AGENCY.search(line):
            metadata.setdefault("agency", agency["agency"].strip())
        if rights := RIGHTS.match(line):
            metadata.setdefault("rights", line)
            if owner := OWNER_ENDS.split(rights["outlet"], maxsplit=1)[0].strip(" ,"):
                metadata.setdefault("outlet", owner)
