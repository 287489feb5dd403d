"""The counts of notebook 13 again: a word in the bodies of two sides, by every print, by story, by own stories."""

from recounts import Counts, Row, Ways
from recounts.papers import articles, counted, hits, of_paper, stories

HOURGLASS, PLUMBLINE = "The Ullet Hourglass", "The Varnhithe Plumbline"


def once(side: list[str]) -> list[str]:
    """Give the articles of a side that stand for its stories: the fullest version if it is there, else the first."""
    chief, shown = stories(), {}
    for name in sorted(side):
        if name == chief[name] or chief[name] not in shown:
            shown[chief[name]] = name
    return [*shown.values()]


def counting(copies: str, sides: list[list[str]]) -> list[str]:
    """Give the articles that are counted on either side."""
    if copies == "own":
        told = [{stories()[name] for name in side} for side in sides]
        sides = [[name for name in side if stories()[name] not in told[1 - n]] for n, side in enumerate(sides)]
    return [name for side in sides for name in (side if copies == "printed" else once(side))]


def ways(values: dict) -> Ways:
    """Give how to count again what a pipeline counts, by how it takes copies."""
    of_harbour = "artefact" in values["source"]
    word = "backlog" if of_harbour else values["WORD"]
    others = [name for name, held in articles().items() if held["outlet"] not in (None, values["PAPER"])]
    sides = [of_paper(HOURGLASS), of_paper(PLUMBLINE)] if of_harbour else [of_paper(values["PAPER"]), others]

    def pipeline(row: Row) -> Counts:
        return counted(hits(word), counting(row.get("copies", "printed"), sides))

    return {"pipeline": pipeline}
