"""The layout of a scraped news article: which lines are headline, byline, body, trailer, furniture.

Every rule has a name, which the segments carry and the cleaning receipt prints. Rules look at whole lines,
from the top until the body begins and from the bottom until it ends; any part of the layout may be missing.
"""

import re
from collections.abc import Iterator

from utils.intake.reading import Segment, Span, cut_out, lines

SECTION = re.compile(r"Published\s+in\s+(?P<section>[^\W\d_][^.!?;:]{0,60})$")
PARTICLES = r"(?:and|y|e|de|del|de la|la|las|los|van|von|der|den|di|da|dos|du|al|el|bin|of|for|the|in|with)"
CAPITAL = r"[^\W\d_a-zß-ÿ]"
NAME = rf"(?:{CAPITAL}[\w.'’\-]*)"
DAYS = (
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|June|July|August|September|October|"
    r"November|December"
)
BYLINE = re.compile(
    rf"(?:By|BY)\s+(?!(?:{DAYS})\b)(?P<byline>{NAME}(?:,?\s+(?:{NAME}|{PARTICLES}|&|\||/|\({NAME}\)))*(?:\s*\([A-Z]+\))?)$"
)
DASH = rf"\s*(?:—|–|--|(?<=\s)-)(?=\s+(?:{CAPITAL}|[\d\"“‘'(\[]))"
DATELINE = re.compile(
    rf"(?:(?P<place>{CAPITAL}{{2}}(?:{CAPITAL}|[.'’\- ])+(?:[,/;]\s*[^\W\d_][\w.'’\- ]{{1,30}}){{0,3}}?)"
    rf"(?:,?\s*\((?P<agency>[A-Z][^()]{{1,40}})\))?|\((?P<alone>[A-Z][^()]{{1,20}})\)){DASH}"
)
YEAR = r"(?:19|20)\d\d(?:\s*[-–,]\s*(?:19|20)?\d\d)?"
RIGHTS = re.compile(
    rf"(?:©|\(c\)|copyright\s*(?:©|\(c\)|(?={YEAR})))\s*(?:(?:copyright\s*)?{YEAR})?,?\s*(?:by\s+)?(?P<outlet>.*)$",
    re.IGNORECASE,
)
OWNER_ENDS = re.compile(
    r"(?:(?<!\.\w)\.)?\s+(?:Visit\b|Distributed\b|All rights\b|Reprinted\b|Read more\b|Click\b)"
    r"|,? (?:LLC|Inc|Ltd)\b\.?|\.?\s*\b(?:https?://|www\.).*|(?<!\.\w)\.$",
    re.IGNORECASE,
)
AGENCY = re.compile(
    r"Distributed by (?P<agency>.+?)(?:,? (?:LLC|Inc|Ltd|L\.P)\b\.?)?\.?(?:\s+Visit\b.*)?$", re.IGNORECASE
)

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
SURE_RIGHTS = re.compile(
    rf"(?:(?i:copyright)\s*)?(?:©|\((?i:c)\))\s*(?:(?i:copyright)\s*)?{YEAR}|(?i:copyright)\s+{YEAR}\s+{CAPITAL}"
)
ENDS = (".", "”", '"', "?", "!")
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
    """Label trailers and furniture: from the last line up until the article's prose begins.

    Further up only a line that can be nothing else is set aside: a © line with its year, a lone "Advertisement".
    Short scraps below a rights line, and what readers wrote below "Comments", are furniture.
    """
    kinds = [_by_rule(raw[slice(*span)]) for span in spans]
    texts = [raw[slice(*span)] for span in spans]
    rights = [n for n, kind in enumerate(kinds) if kind[1] == "rights line" and SURE_RIGHTS.match(texts[n])]
    if comments := [n for n, kind in enumerate(kinds) if kind[1] == "comments" and rights and n > rights[0]]:
        kinds[comments[0] + 1 :] = [("furniture", "below the comments line")] * (len(kinds) - comments[0] - 1)
    for number in range(rights[0] + 1 if rights else len(kinds), len(kinds)):
        if kinds[number][0] == "body" and len(texts[number]) < 60 and not texts[number].endswith(ENDS):
            kinds[number] = ("furniture", "after the rights line")
    last = max((n for n, kind in enumerate(kinds) if kind[0] == "body"), default=-1)
    for number in range(last):
        if kinds[number][0] == "trailer" and number not in rights or kinds[number][1] == "comments":
            kinds[number] = ("body", "paragraph")
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
    """Label headline, section and byline above the body; the body has begun once two lines of prose have been read."""
    body = [number for number, (kind, _) in enumerate(kinds) if kind == "body"]
    texts = [raw[slice(*spans[number])] for number in body]
    prose = 0
    for place, (number, line) in enumerate(zip(body[:HEAD_LINES], texts, strict=False)):
        if SECTION.match(line):
            kinds[number] = "section", "published in"
        elif len(line) <= 120 and BYLINE.match(line):
            kinds[number] = "byline", "by a name"
        elif place == 0 and _like_headline(line, texts[1] if len(texts) > 1 else ""):
            kinds[number] = "headline", "first line"
        elif (prose := prose + 1) == 2:
            break
    if len(body) == 1 and kinds[body[0]][0] == "headline":
        kinds[body[0]] = "body", "paragraph"


def _like_headline(line: str, following: str) -> bool:
    """Tell a headline from a first paragraph: short, no dateline, and no final point unless a section or byline
    stands beneath."""
    if len(line) > HEADLINE_AT_MOST or DATELINE.match(line):
        return False
    beneath = SECTION.match(following) or BYLINE.match(following)
    return bool(beneath) or not line.endswith((".", ".”", '."', ",”", ":"))


def _dateline(raw: str, span: Span, metadata: dict[str, str]) -> Iterator[tuple[Span, str, str]]:
    """Give the dateline that opens a paragraph, if one does; a wire credit in it is noted."""
    if match := DATELINE.match(raw, *span):
        if agency := match["agency"] or match["alone"]:
            metadata.setdefault("agency", agency)
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
        if (rights := RIGHTS.match(line)) and SURE_RIGHTS.match(line):
            metadata.setdefault("rights", line)
            if owner := OWNER_ENDS.split(rights["outlet"], maxsplit=1)[0].strip(" ,"):
                metadata.setdefault("outlet", owner)
