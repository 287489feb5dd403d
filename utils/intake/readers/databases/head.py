"""What stands above the text without a name: which line is the title, which the paper, the date or the byline."""

import re
from collections.abc import Callable, Sequence

from utils.intake.cleaning import patterns
from utils.intake.readers.databases import values
from utils.intake.readers.databases.layouts import WORDS

LINES = 25  # paragraphs between the beginning of a record and its text
DATED = re.compile(
    r"(?:[^\W\d_]{3,10},?\s+)?(?:[^\W\d_]{3,10}\.?\s+\d{1,2},?\s+[12]\d{3}|\d{1,2}(?:\.|er)?\s+(?:de\s+)?[^\W\d_]{3,10}\.?\s+(?:de\s+)?"
    r"[12]\d{3}|[12]\d{3}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./][12]\d{3}|[^\W\d_]{3,10}\s+[12]\d{3})(?:\s+[^\W\d_]{4,10}day)?(?:\s+\d{1,2}:\d\d\s*[AP]M)?"
)
RIGHTS = re.compile(r"(?:copyright|©|\(c\))\s*(?:©\s*)?(?:19|20)\d\d|all rights reserved", re.IGNORECASE)
EDITION = re.compile(
    r"\b(?:edition|ausgabe|auflage|édition|edición|edição|editie|final|\w{0,10}ausgabe)\b", re.IGNORECASE
)
TIME = re.compile(r"\d{1,2}[:.]\d\d(?::\d\d)?(?:\s*(?:[AP]\.?M\.?|Uhr|h))?(?:\s+[A-Z]{2,4})?")
CODE = re.compile(r"[A-Z0-9]{2,10}")
PAGE = re.compile(r"(?:(?:pp?|pg|s|pág)\.?\s*)?[A-Z]{0,3}\d{1,4}(?:-[A-Z]{0,3}\d{1,4})?", re.IGNORECASE)
NAMES_AT_MOST = 80  # characters
ALSO = re.compile(r"(?:aussi paru|également paru|also published|autre source)", re.IGNORECASE)
LENGTH = re.compile(WORDS, re.IGNORECASE)


def _is_byline(text: str, above: str) -> bool:
    """Tell whether a line is the names of people: "By …", or such names, shorter than the title above them."""
    named = values.BY.match(text)
    names = text[named.end() :] if named else text
    if len(names) > NAMES_AT_MOST or len(names.split()) < 2 or any(map(str.isdigit, names)):
        return False
    return patterns.BYLINE.pattern.match(f"By {names}") is not None and (named is not None or len(text) < len(above))


FORMS: dict[str, Callable[[str, str], bool]] = {  # what a line of that kind must look like, by it and the one above it
    "published": lambda text, _: DATED.match(text) is not None and len(text) <= 80,
    "length": lambda text, _: LENGTH.fullmatch(text) is not None,
    "edition": lambda text, above: (
        len(text) <= 60 and (EDITION.search(text) is not None or ";" in text[-1:] + above[-1:])
    ),
    "time": lambda text, _: TIME.fullmatch(text) is not None,
    "code": lambda text, _: CODE.fullmatch(text) is not None,
    "page": lambda text, _: PAGE.fullmatch(text) is not None,
    "language": lambda text, _: values.is_language(text),
    "rights": lambda text, _: RIGHTS.match(text) is not None,
    "byline": _is_byline,
    "header": lambda text, _: len(text) <= 200 and values.DATE.search(text) is not None,
    "info": lambda text, _: "[" in text and len(text) <= 400 and values.DATE.search(text) is not None,
    "also": lambda text, _: ALSO.match(text) is not None,
}


def ordered(texts: Sequence[str], order: Sequence[str], centred: Sequence[bool]) -> dict[int, str]:
    """Give what each line is, by an order of fields in which some may be missing: the reading that explains most.

    centred: of each line, whether it is set in the middle; where some are, a title is not, and all others are.
    """
    texts, styled = texts[:LINES], any(centred)
    known: dict[tuple[int, int], tuple[int, dict[int, str]]] = {}

    def fits(n: int, role: str) -> bool:
        if styled and role in ("title", "edition"):
            return centred[n] == (role == "edition")
        return role not in FORMS or FORMS[role](texts[n], texts[n - 1] if n else "")

    def best(n: int, place: int) -> tuple[int, dict[int, str]]:
        if n == len(texts) or place == len(order):
            return -sum(role[-1] not in "?*" for role in order[place:]) * MISSED, {}
        if (n, place) not in known:
            role, mark = order[place].rstrip("?*"), order[place][-1]
            found = []
            if fits(n, role):
                score, told = best(n + 1, place + (mark != "*"))
                gain = SURE if role in FORMS else LIKELY if mark not in "?*" else UNSURE
                found.append((score + gain, {n: role} | told))
            score, told = best(n, place + 1)
            found.append((score - MISSED * (mark not in "?*"), told))
            score, told = best(n + 1, place)
            found.append((score - LEFT, told))
            known[n, place] = max(found, key=lambda reading: reading[0])
        return known[n, place]

    return best(0, 0)[1]


SURE, LIKELY, UNSURE, MISSED, LEFT = 3, 2, 1, 3, 1  # what each line gains or costs that is told, missing or left over
