"""Corpora of every kind that a reader may bring, written for the tests: small, invented, and the same every time."""

import json
import random
from datetime import date, timedelta
from pathlib import Path

PAPERS = ("The Orrin Bay Lantern", "Skerry Weekly", "The Alder Post")
PEOPLE = ("Marta Quillen", "Ode Farrow", "Tamsin Brock", "Ivo Lindqvist")
THINGS = ("ferry", "harbour wall", "bakery", "school roof", "night bus", "fish market", "water main", "library")
DEEDS = ("closed early", "was repaired", "cost more than planned", "opened again", "divided the council", "was late")
GERMAN = (
    "Der Hafen war gestern geschlossen, und niemand wusste, warum die Kräne standen.",
    "Die Gewerkschaft sprach von einem schlechten Angebot und wollte am Montag abstimmen lassen.",
    "Im Rathaus hieß es, dass die Fähre erst in der nächsten Woche wieder fahren werde.",
)
LINE = "©{year} {paper}. Visit at {paper}.example. Distributed by Northmark News Agency, LLC."


def article(rng: random.Random, paper: str | None, day: date | None, *, german: bool = False) -> str:
    """Give one article as a scraped page has it: headline, section, byline, date, quotations, rights, a stray line."""
    thing, deed, who = rng.choice(THINGS), rng.choice(DEEDS), rng.choice(PEOPLE)
    lines = [
        f"The {thing} {deed}, number {rng.randrange(10**6)}",
        "Published in Local & Regional",
        f"By {rng.choice(PEOPLE)}",
    ]
    lines += [f"{day:%B} {day.day}, {day.year}"] if day else []
    if german:
        lines += rng.sample(GERMAN, 3)
    else:
        rise = f"{rng.choice(THINGS)} prices rose by {rng.randrange(1, 99)} per cent."
        lines.append(f"ORRIN BAY — The {thing} {deed} on Tuesday, and {rise}")
        for _ in range(rng.randrange(3, 7)):
            other = rng.choice(THINGS)
            lines.append(
                f"“We are glad that the {other} {rng.choice(DEEDS)},” said {who}, “and it was not a good year.”"
            )
            lines.append(
                f"The council has {rng.choice(('praised', 'blamed', 'feared'))} the {other}, which {rng.choice(DEEDS)}."
            )
    lines += [LINE.format(year=day.year if day else 2031, paper=paper)] if paper else []
    return "\n".join([*lines, "", "Comments"])


def scraped(folder: Path, n: int, *, papers: tuple = PAPERS, days: int = 0, german: int = 0) -> Path:
    """Write n articles as files; days: over how many they are spread (0: they have no date); german: how many are."""
    rng = random.Random(2025)
    folder.mkdir(parents=True)
    for number in range(n):
        day = date(2031, 1, 6) + timedelta(rng.randrange(days)) if days else None
        text = article(rng, rng.choice(papers), day, german=number < german)
        (folder / f"{number:03}.txt").write_text(text, encoding="utf-8")
    return folder


def table(folder: Path, n: int, *, days: int) -> Path:
    """Write n articles as one table, as a database gives them."""
    rng = random.Random(2025)
    folder.mkdir(parents=True)
    rows = []
    for _ in range(n):
        day = date(2012, 1, 2) + timedelta(rng.randrange(days))
        text = article(rng, None, None)
        title, _, body = text.partition("\n")
        rows.append({"title": title, "outlet": rng.choice(PAPERS), "published": str(day), "raw": body})
    (folder / "articles.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return folder


KINDS = {
    "one": lambda folder: scraped(folder, 1),
    "three": lambda folder: scraped(folder, 3, days=10),
    "one-outlet": lambda folder: scraped(folder, 40, papers=PAPERS[:1], days=60),
    "no-dates": lambda folder: scraped(folder, 30),
    "two-languages": lambda folder: scraped(folder, 30, days=60, german=15),
    "one-year": lambda folder: table(folder, 300, days=360),
    "eight-years": lambda folder: table(folder, 400, days=8 * 365),
}
