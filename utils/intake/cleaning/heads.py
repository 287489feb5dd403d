"""What stands above the headline of a page that was printed or copied whole: running heads, menus, the paper's name.

A line is taken only where a headline follows, or where it holds a page, a date and a name and nothing else.
"""

import re
from collections.abc import Iterator, Sequence

from utils.intake import dates
from utils.intake.cleaning import lines, patterns
from utils.intake.cleaning.rules import DECIDED, MORE, PROSE, Label, Rule

ABOVE = 6  # lines above a headline, at most
LONGEST_HEADLINE, LONGEST_HEAD, LONGEST_NAME = 200, 100, 60
BELOW = 4  # lines in which what a browser printed above the page is looked for again
ENDS = (".", "!", "?", "”", '"', ":", ",", ";")

PRINTED = re.compile(
    r"(?:\d{1,2}[./]\d{1,2}[./](?:\d\d){1,2}|\d{4}-\d\d-\d\d),? (?P<hour>\d{1,2}[:.]\d\d(?: ?[AaPp]\.?[Mm]\.?)?,? )?"
    r"(?P<title>[^\n|]{8,160}?)(?: [-–—|] (?P<outlet>[^|–—\n]{2,50}))?$"
)
PAGE = r"(?:[Pp](?:age|\.) ?)?[A-Z]?\d{1,3}"
PAGED = re.compile(rf"{PAGE}[ |·•,–-]{{1,3}}(?P<rest>[^\n]{{8,90}})|(?P<above>[^\n]{{8,90}}?)[ |·•,–-]{{1,3}}{PAGE}")
JOINTS = " |·•,–-"
SECTION = re.compile(rf"(?:local |world |national |latest )?{lines.SECTIONS}", re.IGNORECASE)
MENU = re.compile(
    r"(?:menu|search|sections?|subscribe(?: now)?|log ?in|sign in|register|my account|today['’]s paper|e-?paper|home|"
    r"(?:breaking|latest|top) (?:news|stories)|exclusive|advertisement|print edition|site(?: \w{3,10})? navigation|"
    r"site (?:index|search)|home ?page|newsletters?)",
    re.IGNORECASE,
)
SMALL = frozenset("of and the de la le del di da du des der die das".split())
NAMED = re.compile(r"(?:The|Le|La|El|Der|Die|Das|Il|O) (?:\S{1,20} ){0,3}\S{1,30}")

RUNNING = Rule(
    "running head of a page",
    "furniture",
    DECIDED,
    takes=(
        f"⟦12/3/25, 9:14 AM Ferry late again - The Harbour Post⟧\nFerry late again\n\n{PROSE}\n{MORE}",
        f"⟦03.12.2025 Ferry late again | Hafenblatt⟧\nFerry late again\n\n{PROSE}\n{MORE}",
        f"⟦A4 | THE HARBOUR POST | MONDAY, DECEMBER 3, 2025⟧\nFerry late again\n\n{PROSE}\n{MORE}",
        f"⟦The Harbour Post, Monday, December 3, 2025 A4⟧\nFerry late again\n\n{PROSE}\n{MORE}",
    ),
    leaves=(
        f"12/3/2025 was the day of the ferry\n\n{PROSE}\n{MORE}",
        f"Ferry number 4, the council says, is late\n\n{PROSE}\n{MORE}",
        f"12 boats of the Harbour Post\n\n{PROSE}\n{MORE}",
    ),
)
ABOVE_HEADLINE = Rule(
    "menu above the headline",
    "furniture",
    DECIDED,
    takes=(
        f"⟦Site Mobile Navigation⟧\nFerry late again\n\n{PROSE}\n{MORE}",
        f"⟦Menu\nSearch⟧\nFerry late again\n\n{PROSE}\n{MORE}",
        f"⟦Home\nNews\nPolitics⟧\nFerry late again\n\n{PROSE}\n{MORE}",
    ),
    leaves=(f"Politics\n\n{PROSE}\n{MORE}", f"Search\nBy Ines Corvo\n\n{PROSE}\n{MORE}"),
)
ONE_SECTION = Rule(
    "section above the headline",
    "section",
    DECIDED,
    takes=(f"⟦OPINION⟧\nFerry late again\n\n{PROSE}\n{MORE}", f"⟦Local News⟧\nFerry late again\n\n{PROSE}\n{MORE}"),
    leaves=(f"Opinion\n\n{PROSE}\n{MORE}", f"Local news is bad\nFerry late again\n\n{PROSE}\n{MORE}"),
)
OF_THE_PAPER = Rule(
    "name of a paper above the headline",
    "furniture",
    DECIDED,
    takes=(
        f"⟦THE HARBOUR POST⟧\nFerry late again\n\n{PROSE}\n{MORE}",
        f"⟦La Gazzetta⟧\nFerry late again\n\n{PROSE}\n{MORE}",
    ),
    leaves=(f"The Harbour Post\n\n{PROSE}\n{MORE}", f"Mayor Bans the Press\nCouncil to vote\n\n{PROSE}\n{MORE}"),
)
BY_ALONE = Rule(
    "by, and a name below it",
    "byline",
    DECIDED,
    takes=(f"Ferry late again\n⟦by\nInes Corvo⟧\n\n{PROSE}\n{MORE}",),
    leaves=(f"Ferry late again\nby\nnobody at all\n\n{PROSE}\n{MORE}",),
)

LABELS = (RUNNING.label, ABOVE_HEADLINE.label, ONE_SECTION.label, OF_THE_PAPER.label)


def above(
    texts: Sequence[str], body: Sequence[int], known: dict[str, str | None], metadata: dict[str, str]
) -> Iterator[tuple[int, Label]]:
    """Give the lines above the headline, number and label; the section, paper, date or name that they hold is noted.

    body: the numbers of the lines that no rule has taken yet.
    """
    found: list[int] = []
    for place, number in enumerate(body[:ABOVE]):
        line, below = texts[number], [texts[n] for n in body[place + 1 : place + 1 + BELOW]]
        if len(line) > LONGEST_HEADLINE:
            break
        if _printed(line, below, known["title"], metadata) or _of_a_page(line, metadata):
            yield number, RUNNING.label
            continue
        menu = len(line) <= LONGEST_NAME and (MENU.fullmatch(line) or SECTION.fullmatch(line))
        paper = None if menu or known["outlet"] or len(line) > LONGEST_NAME else _paper(line)
        if not (menu or paper) or not below or not _headline_like(below[0]):
            break
        if menu:
            found.append(number)
        elif paper:
            metadata.setdefault("outlet", paper)
            yield number, OF_THE_PAPER.label
    sections = [n for n in found if not MENU.fullmatch(texts[n])]
    if len(sections) == 1:
        metadata.setdefault("section", texts[sections[0]])
    alone = ONE_SECTION.label if len(sections) == 1 else ABOVE_HEADLINE.label
    yield from ((n, alone if n in sections else ABOVE_HEADLINE.label) for n in found)


def name_below(texts: Sequence[str], number: int, following: int | None, metadata: dict[str, str]) -> list[int]:
    """Give the lines of a byline in two, "by" and the name of a person below it, which is noted; or none."""
    if texts[number] not in ("by", "By", "BY") or following is None or not patterns.PERSON.match(texts[following]):
        return []
    metadata.setdefault("byline", texts[following])
    return [number, following]


def _headline_like(line: str) -> bool:
    """Tell whether a line can be a headline, or one more line above it: neither prose nor byline nor date."""
    no_prose = len(line) <= LONGEST_HEADLINE and not line.endswith((".", ",", ":", ";"))
    return no_prose and line.casefold()[:3] not in ("by", "by ") and not dates.is_line(line)


def _printed(line: str, below: Sequence[str], title: str | None, metadata: dict[str, str]) -> bool:
    """Tell whether a line is what a browser prints above a page: the day of printing, the title, the site. It says
    nothing of the day of the article; the title is noted where no headline stands below."""
    head = PRINTED.match(line) if line[:1].isdigit() and not line.endswith(ENDS) else None
    if not head:
        return False
    told = folded(head["title"])
    again = any(folded(text) == told for text in (*below, title or ""))
    if not again and not (head["hour"] and head["outlet"]):
        return False
    if not again and not title:
        metadata.setdefault("title", head["title"].strip())
    if head["outlet"]:
        metadata.setdefault("outlet", head["outlet"].strip())
    return True


def _of_a_page(line: str, metadata: dict[str, str]) -> bool:
    """Tell whether a line holds the number of a page, the name of a paper and a date, in any order; they are noted."""
    if len(line) > LONGEST_HEAD or line.endswith(ENDS) or not any(map(str.isdigit, line)):
        return False
    paged = PAGED.fullmatch(line)
    words = (paged["rest"] or paged["above"]).split(" ") if paged else []
    for at in range(1, len(words) if len(words) <= 14 else 0):
        left, right = (" ".join(part).strip(JOINTS) for part in (words[:at], words[at:]))
        for paper, day in ((left, right), (right, left)):
            if _is_paper(paper) and dates.is_line(day):
                metadata.setdefault("outlet", _written(paper))
                metadata.setdefault("published", day)
                return True
    return False


def _paper(line: str) -> str | None:
    """Give the name of a paper that a line is, if it begins as such names do."""
    name = _written(line)
    return name if NAMED.fullmatch(name) and patterns.PAPER.fullmatch(name) else None


def _is_paper(line: str) -> bool:
    return patterns.PAPER.fullmatch(_written(line)) is not None


def _written(name: str) -> str:
    """Give a name set in capitals as it is written elsewhere, so that one paper is not two; any other as it is."""
    if not name.isupper():
        return name
    words = [word.lower() if word.lower() in SMALL else word.capitalize() for word in name.split(" ")]
    return " ".join([words[0].capitalize(), *words[1:]])


def folded(text: str) -> str:
    """Give the letters and digits of a text, without case."""
    return re.sub(r"[\W_]+", "", text).casefold()
