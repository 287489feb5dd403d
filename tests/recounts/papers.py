"""The articles of `harbour` counted a second time, from the files as they lie there, with none of our own code."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from itertools import combinations
from pathlib import Path

from recounts.addresses import words

HARBOUR = Path(__file__).parents[2] / "corpus" / "harbour"
PLACE = re.compile(r"^[A-Z]+, [\w ]+(?: \(HPS\))? (?:—|--) ")
END = re.compile(r"©|All rights|This story was|\(Reporting by|[\w ]+ contributed to this report")
RUN, SHARE, LEAST = 5, 0.5, 20  # words running; of the shorter article's runs; runs shared


@cache
def articles() -> dict[str, dict]:
    """Give each article: its paper and day (None if it names none), its paragraphs and all their words."""
    return {path.name: _read(path.read_bytes()) for path in sorted((HARBOUR / "texts").glob("*.txt"))}


def _read(file: bytes) -> dict:
    try:
        text = file.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = file.decode("cp1252")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    first = next(n for n, line in enumerate(lines) if n and not re.match("Published in |By ", line) and not _day(line))
    last = next((n for n, line in enumerate(lines) if END.match(line)), len(lines))
    body = [PLACE.sub("", line) for line in lines[first:last] if line != "Advertisement"]
    owner = re.search(r"^©\d{4} (.+?)\.", text, re.MULTILINE)
    return {
        "outlet": owner[1] if owner else None,
        "day": next((day for line in lines[:first] if (day := _day(line))), None),
        "body": body,
        "words": [word for paragraph in body for word in words(paragraph)],
    }


def _day(line: str) -> date | None:
    for form in ("%B %d, %Y", "%d %B %Y"):
        try:
            return datetime.strptime(line, form).date()
        except ValueError:
            pass
    return None


PARTS = {
    "first paragraph": slice(0, 1),
    "all that follows": slice(1, None),
    "last paragraph": slice(-1, None),
    "body": slice(None),
}


@cache
def hits(query: str, part: str = "body", *, case: bool = False, accents: bool = True) -> dict[str, list[str]]:
    """Give what each article has that answers a query, as it is written there, paragraph by paragraph."""
    find = _near if " NEAR/" in query else _matches
    return {
        name: [hit for text in held["body"][PARTS[part]]
               for hit in find(query, text if accents else _bare(text), 0 if case else re.IGNORECASE)]
        for name, held in articles().items()
    }  # fmt: skip


def _matches(query: str, text: str, flags: int) -> list[str]:
    """Give the stretches of a text that answer a query, its words parted by no full stop."""
    if query.startswith("/"):
        return [match[0] for match in re.finditer(query[1:-1], text, flags)]
    each = (rf"\b(?:{word})\b".replace("*", r"\w*") for word in query.split())
    return [match[0] for match in re.finditer(r"[^\w.!?]+".join(each), text, flags)]


def _near(query: str, text: str, flags: int) -> list[str]:
    """Give the stretches from a word of one side to the next of the other, not too many words between them."""
    one, distance, other = re.fullmatch(r"(\S+) NEAR/(\d+) (\S+)", query).groups()
    told, found = words(text), []
    sides = [{n for n, word in enumerate(told) if _matches(side, word, flags) == [word]} for side in (one, other)]
    for here, there in (sides, sides[::-1]):
        for n in here:
            until = min((m for m in there if m > n), default=len(told) + int(distance) + 1)
            found += [" ".join(told[n : until + 1])] if until - n - 1 <= int(distance) else []
    return found


def _bare(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))


def counted(found: dict[str, list[str]], names: Iterable[str] | None = None) -> dict[str, int]:
    """Give how many hits the articles named have (all if none are), and how many of these have one."""
    own = [found[name] for name in (found if names is None else names)]
    return {"count": sum(map(len, own)), "n_articles": sum(map(bool, own))}


def of_paper(outlet: str) -> list[str]:
    """Give the articles of a paper, or those that do not name theirs."""
    wanted = None if outlet == "not known" else outlet
    return [name for name, held in articles().items() if held["outlet"] == wanted]


def runs(told: list[str]) -> set[tuple[str, ...]]:
    """Give the different runs of five words in a list of them."""
    return {tuple(told[n : n + RUN]) for n in range(len(told) - RUN + 1)}


@cache
def shingles() -> dict[str, set[tuple[str, ...]]]:
    """Give the runs of each article's body, headline, byline and trailer left out."""
    return {name: runs(held["words"]) for name, held in articles().items()}


@cache
def pairs() -> dict[frozenset[str], int]:
    """Give how many runs every two articles share, compared one by one."""
    return {frozenset(pair): len(shingles()[pair[0]] & shingles()[pair[1]]) for pair in combinations(shingles(), 2)}


@cache
def stories() -> dict[str, str]:
    """Give the story of each article by the name of its fullest version, of equals the earliest."""
    chief = {name: name for name in articles()}

    def rank(name: str) -> tuple:
        return -len(shingles()[name]), articles()[name]["day"] or date.max, name

    for pair, shared in pairs().items():
        if shared >= max(SHARE * min(len(shingles()[name]) for name in pair), LEAST):
            one, other = sorted((chief[name] for name in pair), key=rank)
            chief = {name: one if head == other else head for name, head in chief.items()}
    return chief


def roles() -> Counter:
    """Give how many articles are the only one of their story, its fullest version, or a copy of that."""
    size = Counter(stories().values())
    return Counter(
        "only" if size[story] == 1 else "original" if name == story else "copy" for name, story in stories().items()
    )
