"""The counts of notebook 08 a second time."""

import fnmatch
from collections import Counter
from datetime import date, timedelta
from functools import cache

from recounts import Counts, Row, Ways
from recounts.addresses import _split as split
from recounts.addresses import between, words
from recounts.addresses import count as in_addresses
from recounts.papers import articles


@cache
def counts() -> dict[str, Counter]:
    """Give how often each article has each term."""
    return {name: Counter(held["words"]) for name, held in articles().items()}


def count(terms: set[str], names: list[str] | None = None) -> Counts:
    """Give how often the terms stand in the articles named (all if none are), and in how many of these."""
    each = [sum(counts()[name][term] for term in terms) for name in (counts() if names is None else names)]
    return {"count": sum(each), "n_articles": sum(n > 0 for n in each)}


@cache
def phrases() -> dict[str, Counter]:
    """Give how often each article has each phrase: runs of two to six words of a sentence that begin and end with no
    stop word, are in five articles, and lie in no longer one."""
    from utils.measures.terms.stopwords import english

    stop, left, found = set(english()), {}, {name: Counter() for name in articles()}
    for name, held in articles().items():
        left[name] = [(words(one), set()) for text in held["body"] for one in split(text)]
    for n in range(6, 1, -1):
        places: dict[tuple, list] = {}
        for name, own in left.items():
            for held, taken in own:
                for at in range(len(held) - n + 1):
                    run = tuple(held[at : at + n])
                    inside = any(first <= at and at + n <= last for first, last in taken)
                    if not inside and run[0] not in stop and run[-1] not in stop:
                        places.setdefault(run, []).append((name, taken, (at, at + n)))
        for run, own in places.items():
            if len({name for name, *_ in own}) >= 5:
                for name, taken, where in own:
                    taken.add(where)
                    found[name][" ".join(run)] += 1
    return found


def phrase(term: str) -> Counts:
    each = [own[term] for own in phrases().values()]
    return {"count": sum(each), "n_articles": sum(n > 0 for n in each)}


def members(queries: list[str]) -> set[str]:
    vocabulary = {term for own in counts().values() for term in own}
    return {term for asked in queries for term in fnmatch.filter(vocabulary, asked)}


def ways(values: dict) -> Ways:
    """Give how to count again terms, kinds of stop words, groups, weeks, decades, and the terms of one article."""

    def kind(row: Row) -> Counts:
        from utils.measures.terms.stopwords import ENGLISH

        found = {word for word in ENGLISH[row["kind"]] if count({word})["count"]}
        return {"terms": len(found), "count": count(found)["count"]}

    def group(row: Row) -> Counts:
        return count({row["term"]} if "term" in row else members(values["GROUPS"][row["group"]]))

    def period(row: Row) -> Counts:
        first = date.fromisoformat(row["period"])
        if "Venezuela" in values["source"]:
            ids = between(first.year, first.year + 10)
            n, n_hit = in_addresses(["venezuela"], ids)
            return {"count": n, "n_hit": n_hit, "n_articles": len(ids)}
        week = {first + timedelta(days=n) for n in range(7)}
        own = [name for name, held in articles().items() if held["day"] in week]
        found = count({values["RISING"]}, own)
        return {"count": found["count"], "n_hit": found["n_articles"], "n_articles": len(own)}

    def weight(row: Row) -> Counts:
        own = count({row["term"]}, [row["article_id"]])
        return {"count": own["count"], "n_documents": count({row["term"]})["n_articles"]}

    def term(row: Row) -> Counts:
        if "ngram_hits" in values["source"]:
            return phrase(row["term"])
        return count({row["term"]}) | {"n_tokens": sum(own.total() for own in counts().values())}

    def rich(row: Row) -> Counts:
        papers = {held["outlet"] for held in articles().values()} if row["outlet"] == "all of them" else {row["outlet"]}
        return {"n_tokens": sum(len(held["words"]) for held in articles().values() if held["outlet"] in papers)}

    return {"measure": rich, "kind": kind, "group": group, "period": period, "article_id": weight, "term": term}
