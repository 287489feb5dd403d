"""The articles of `harbour` counted a second time, from the files as they lie there, with none of our own code."""

import csv
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from functools import cache
from itertools import combinations
from pathlib import Path

from recounting import WORD, words

HARBOUR = Path(__file__).parents[1] / "corpus" / "harbour"
PLACE = re.compile(r"^[A-Z]+, [\w ]+(?: \(HPS\))? (?:—|--) ")
END = re.compile(r"©|All rights|This story was|\(Reporting by|[\w ]+ contributed to this report")
RUN, SHARE, LEAST = 5, 0.5, 20  # words running; of the shorter article's runs; runs shared
Row = dict[str, str]
Counts = dict[str, int]
Ways = dict[str, Callable[[Row], Counts]]


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


def counted(found: dict[str, list[str]], names: Iterable[str] | None = None) -> Counts:
    """Give how many hits the articles named have (all if none are), and how many of these have one."""
    own = [found[name] for name in (found if names is None else names)]
    return {"count": sum(map(len, own)), "n_articles": sum(map(bool, own))}


def of_paper(outlet: str) -> list[str]:
    """Give the articles of a paper, or those that do not name theirs."""
    wanted = None if outlet == "not known" else outlet
    return [name for name, held in articles().items() if held["outlet"] == wanted]


def in_words(values: dict) -> Ways:
    """Count again for 02: queries, forms of a word, places, weeks, readings, and the words of each paper."""

    def term(row: Row) -> Counts:
        every = {query: hits(query) for query in values["GROUP"]}
        found = {name: [hit for each in every.values() for hit in each[name]] for name in articles()}
        return counted({name: [hit for hit in own if hit.lower() == row["term"]] for name, own in found.items()})

    def asked(row: Row) -> Counts:
        word, _, how = row["asked"].partition(", ")
        return counted(hits(word, case=not how, accents=how != "accents ignored"))

    def week(row: Row) -> Counts:
        first = date.fromisoformat(row["period"])
        days = {first + timedelta(n) for n in range(7)}
        own = [name for name, held in articles().items() if held["day"] in days]
        return counted(hits(values["WORD"]), own) | {"n_published": len(own)}

    def kind(row: Row) -> Counts:
        readings = values["READINGS"]
        if row["kind"] in readings:
            return counted(hits(readings[row["kind"]]))
        left = {name: Counter(hit.lower() for hit in own) for name, own in hits(values["LOOSE"]).items()}
        for query in readings.values():
            for name, own in hits(query).items():
                left[name] -= Counter(re.split(r"\W+", hit.lower())[1] for hit in own)
        return counted({name: list(own.elements()) for name, own in left.items()})

    def paper(row: Row) -> Counts:
        texts = [text for name in of_paper(row["outlet"]) for text in articles()[name]["body"]]
        return {"n_words": sum(len(WORD.findall(text)) for text in texts)}

    def note(row: Row) -> Counts:
        short = [len(WORD.findall(held["body"][0])) < 100 for held in articles().values()]
        return {"articles": short.count(row["note"] == "under 100 words")}

    return {
        "form": lambda row: counted(hits(row["query"])),
        "place": lambda row: counted(hits(values["WORD"], row["place"])),
        "term": term, "asked": asked, "period": week, "kind": kind, "n_words": paper, "note": note,
    }  # fmt: skip


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


def in_copies(values: dict) -> Ways:
    """Count again for 04: stories, what two articles share, roles, versions, and papers by article and by story."""
    sentences = iter(("CUT", "RETOLD"))
    found = {name for name, own in hits(values["WORD"]).items() if own}

    def sentence(row: Row) -> Counts:
        own, full = (runs(words(values[name])) for name in (next(sentences), "FULL"))
        return {"shingles": len(own), "in the full one": len(own & full)}

    def story(row: Row) -> Counts:
        own = [name for name, head in stories().items() if head == row["story"]]
        papers = {articles()[name]["outlet"] for name in own} - {None}
        return {"n_articles": len(own), "n_outlets": len(papers)}

    def paper(row: Row) -> Counts:
        printed = of_paper(row["outlet"])
        own = printed if values["source"].startswith("size") else [name for name in printed if name in found]
        told, size = {stories()[name] for name in own}, Counter(stories().values())
        n = {"n_articles": len(own), "n_stories": len(told), "n_once": sum(size[one] == 1 for one in told)}
        return n | {"difference": len(own) - len(told)}

    def made(row: Row) -> Counts:
        with (HARBOUR / "truth" / "copies.csv").open(encoding="utf-8", newline="") as file:
            return {"n_articles": sum(held["kind"] == row["made"] for held in csv.DictReader(file))}

    return {
        "in the full one": sentence,
        "other_id": lambda row: {"shared": pairs()[frozenset((row["article_id"], row["other_id"]))]},
        "of_its_length": lambda row: {"words": len(articles()[row["article_id"]]["words"])},
        "n_once": paper,
        "outlet": lambda row: counted(hits(values["WORD"]), of_paper(row["outlet"])),
        "role": lambda row: {"n_articles": roles()[row["role"]]},
        "made": made,
        "story": story,
    }
