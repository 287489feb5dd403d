"""The counts of notebook 10 a second time."""

from functools import cache

from recounts import Counts, Row, Ways
from recounts.addresses import words
from recounts.papers import HARBOUR, articles, of_paper, stories

SIDES = ["target", "reference"]
SIGNALMAN, PLUMBLINE, HOURGLASS = "The Low Coast Signalman", "The Varnhithe Plumbline", "The Ullet Hourglass"
Two = list[list[str]]


@cache
def lines(name: str) -> list[str]:
    """Give all lines of an article as its file has them, the page around it as well."""
    file = (HARBOUR / "texts" / name).read_bytes()
    try:
        text = file.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = file.decode("cp1252")
    return [line.strip() for line in text.splitlines()]


@cache
def page(name: str) -> list[str]:
    return [word for line in lines(name) for word in words(line)]


def told(term: str, names: list[str], *, pages: bool = False) -> Counts:
    each = [(page(name) if pages else articles()[name]["words"]).count(term) for name in names]
    return {"count": sum(each), "n_articles": sum(n > 0 for n in each)}


def on_sides(term: str, sides: Two, *, pages: bool = False) -> Counts:
    both = (told(term, names, pages=pages) for names in sides)
    return {f"{what}_{side}": n for side, own in zip(SIDES, both, strict=True) for what, n in own.items()}


def counted(sides: Two, way: str) -> Two:
    """Give the articles of both sides that count: all; each story once a side; likewise, of those on one side alone."""
    kept = sides if way == "printed" else [once(names) for names in sides]
    if way != "own":
        return kept
    has = [{stories()[name] for name in names} for names in sides]
    return [
        [name for name in names if stories()[name] not in other] for names, other in zip(kept, has[::-1], strict=True)
    ]


def once(names: list[str]) -> list[str]:
    """Give one article a story: its fullest version if it is among these, else the first."""
    first: dict[str, str] = {}
    for name in sorted(names, key=lambda one: (stories()[one] != one, one)):
        first.setdefault(stories()[name], name)
    return list(first.values())


def has(cluster: str, name: str) -> bool:
    """Say whether an article names its outlet, its writer or its day."""
    if cluster == "byline":
        return any(line.startswith("By ") and len(line) < 60 for line in lines(name)[:6])
    return articles()[name]["outlet" if cluster == "outlet" else "day"] is not None


def ways(values: dict) -> Ways:
    """Give how to count again the Signalman against the others, and one of these against the other."""
    source = values["source"]
    paper, others = of_paper(SIGNALMAN), of_paper(PLUMBLINE) + of_paper(HOURGLASS)
    everybody = others + of_paper("not known") if "known" in source else others
    of_nil = "nil" in source or "by_story" in source
    sides = [of_paper(PLUMBLINE), of_paper(HOURGLASS)] if of_nil else [paper, everybody]

    def story(row: Row) -> Counts:
        own = [name for name in sides[SIDES.index(row["side"])] if stories()[name] == row["story"]]
        return told(values["WORD"], own)

    def way(row: Row) -> Counts:
        kept = counted(sides, row["stories"])
        if "count_target" in row:
            return on_sides(values["WORD"], kept)
        return {f"n_articles_{side}": len(names) for side, names in zip(SIDES, kept, strict=True)}

    def term(row: Row) -> Counts:
        pages = "page" in source
        if "side" in row:
            return told(row["term"], sides[SIDES.index(row["side"])], pages=pages)
        return on_sides(row["term"], counted(sides, "own" if of_nil else "printed"), pages=pages)

    def cluster(row: Row) -> Counts:
        return {"n_articles": sum(has(row["cluster"], name) for name in sides[SIDES.index(row["side"])])}

    return {"story": story, "stories": way, "cluster": cluster, "term": term}
