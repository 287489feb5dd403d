"""The counts of notebook 08 a second time."""

import fnmatch
from collections import Counter
from datetime import date, timedelta
from functools import cache

from recounts import Counts, Row, Ways
from recounts.addresses import between
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
        return count({row["term"]}) | {"n_tokens": sum(own.total() for own in counts().values())}

    return {"kind": kind, "group": group, "period": period, "article_id": weight, "term": term}
