"""The counts of notebook 09 a second time."""

from collections import Counter
from functools import cache

from recounts import Counts, Row, Ways
from recounts.addresses import addresses, words
from recounts.papers import articles


@cache
def paragraphs(corpus: str) -> dict[str, list[list[str]]]:
    """Give the words of each paragraph of each article of `harbour`, or of the addresses."""
    if corpus == "harbour":
        return {name: [words(text) for text in held["body"]] for name, held in articles().items()}
    return {name: [words(text) for text in held["paragraphs"]] for name, held in addresses().items()}


@cache
def company(corpus: str, word: str, window: int, names: tuple[str, ...] | None = None) -> dict[str, Counter]:
    """Give how often each article has each word near the one followed, once in however many windows it stands."""
    found = {}
    for name, own in paragraphs(corpus).items():
        if names is None or name in names:
            near = (
                one
                for held in own
                for at, one in enumerate(held)
                if one != word and word in held[max(0, at - window) : at + window + 1]
            )
            found[name] = Counter(near)
    return found


def told(found: dict[str, Counter], term: str) -> Counts:
    each = [own[term] for own in found.values()]
    return {"count": sum(each), "n_articles": sum(n > 0 for n in each)}


def by_year(year: int, late: bool) -> tuple[str, ...]:
    return tuple(name for name, held in addresses().items() if (held["year"] > year) == late)


def ways(values: dict) -> Ways:
    """Give how to count again the neighbours of the word in `harbour`, and of the word of two centuries."""

    def term(row: Row) -> Counts:
        if "parts[" not in values["source"]:
            return told(company("harbour", values["WORD"], values["WINDOW"]), row["term"])
        names = by_year(values["YEAR"], "parts[late]" in values["source"])
        return told(company("addresses", values["TWICE"], 5, names), row["term"])

    return {"term": term}
