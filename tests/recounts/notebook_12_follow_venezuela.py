"""The counts of notebook 12 a second time."""

from collections import Counter
from functools import cache

from recounts import Counts, Row, Ways
from recounts.addresses import addresses, words


@cache
def counted(start: str) -> dict[str, int]:
    """Give how often each address has a word that starts so, a star taken for any end."""
    stem = start.rstrip("*").casefold()
    return {
        name: sum(n for word, n in held["counts"].items() if word.startswith(stem))
        for name, held in addresses().items()
    }


def told(query: str, names: list[str]) -> Counts:
    each = [counted(query)[name] for name in names]
    return {"count": sum(each), "n_articles": sum(n > 0 for n in each)}


@cache
def company(query: str, window: int = 5) -> Counter:
    """Give how often each address has each word near one that starts so, once in however many windows."""
    stem, found = query.rstrip("*").casefold(), Counter()
    for name, held in addresses().items():
        own: Counter = Counter()
        for line in map(words, held["paragraphs"]):
            hit = [word.startswith(stem) for word in line]
            own.update(
                word for at, word in enumerate(line) if not hit[at] and any(hit[max(0, at - window) : at + window + 1])
            )
        found.update({(word, name): n for word, n in own.items()})
    return found


def ways(values: dict) -> Ways:
    """Give how to count the word again by president, decade, query and unit, and its company."""
    word = values["WORD"]

    def of(column: str, value: str) -> list[str]:
        return [name for name, held in addresses().items() if str(held[column]) == value]

    def period(row: Row) -> Counts:
        first = int(row["period"][:4])
        names = [name for name, held in addresses().items() if first <= held["year"] < first + 10]
        return {"count": told(word, names)["count"], "n_articles": len(names), "n_hit": told(word, names)["n_articles"]}

    def term(row: Row) -> Counts:
        own = [n for (one, _), n in company(word).items() if one == row["term"]]
        return {"count": sum(own), "n_articles": len(own)}

    def unit(row: Row) -> Counts:
        if "since" not in row:
            return told(word, [*addresses()])
        late = [name for name, held in addresses().items() if str(held["date"])[:10] >= row["since"]]
        return {f"{what}_since": n for what, n in told(word, late).items()}

    return {
        "who": lambda row: told(word, of("president", row["who"])),
        "period": period,
        "query": lambda row: told(row["query"], [*addresses()]),
        "term": term,
        "unit": unit,
    }
