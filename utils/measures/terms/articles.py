"""Articles: those that hold one thing and another, either, or one without the other."""

import re
from dataclasses import dataclass

import pandas as pd

from utils.arguments import Refusal
from utils.corpus.corpus import Corpus
from utils.passages.queries import hits, listed
from utils.passages.table import corpus
from utils.spans import KEYS, checked

PART = re.compile(r"(?P<sign>[()]|(?:AND|OR|NOT)(?![^\s()]))|/[^\n]{0,300}?/(?=[\s()]|$)|[^\s()]+")
DEEPEST = 50  # parentheses within each other
HELP = "it looks like: oil AND (price* OR cost*) AND NOT gas"


def articles(
    news: Corpus,
    query: str,
    *,
    within: pd.DataFrame | None = None,
    match_case: bool = False,
    match_accents: bool = True,
) -> pd.DataFrame:
    """Give the articles that hold one thing AND another, one OR the other, or one AND NOT the other.

    What stands between AND, OR and NOT is each a query as `terms.hits` reads it. `news.select(found["article_id"])` is
    the corpus of these articles; `passages.evidence(news, found, terms.hits(news, "oil"), on="article_id")` opens them.

    Parameters
        query: "oil AND NOT gas", "strike AND (pay OR wage*)", "oil NEAR/5 price AND NOT /barrels?/".
        within: passages to look in (default: the body); articles that have none are no answer, not even to NOT.
        match_case, match_accents: as for `terms.hits`.
    Returns one row an article, in their order: it is a passage, from its first to its last passage in `within`.
        article_id, start, end   the passage
        n_hits   int, hits of all parts that do not stand behind NOT; 0 where an article answers by what it lacks
    Raises ValueError if the query or a part of it cannot be read.
    """
    [query] = listed([query])
    read = _Reader(query, [*PART.finditer(query)])
    asked = read.either()
    if read.at < len(read.parts):
        raise read.refusal(f"has one parenthesis too many at {read.parts[read.at][0]!r}")
    table = corpus(news).body if within is None else checked(within, what="within")
    ends = table.astype({"article_id": "str"}).groupby("article_id").agg(start=("start", "min"), end=("end", "max"))
    rows = news.articles.index[news.articles.index.isin(ends.index)]
    found = {
        part: hits(news, part, within=within, match_case=match_case, match_accents=match_accents)[KEYS]
        for part in asked.queries()
    }
    found = {part: own.astype({"article_id": "str"}) for part, own in found.items()}
    fits = asked.fits(set(rows), {part: set(own["article_id"]) for part, own in found.items()})
    plain = [found[part] for part in dict.fromkeys(asked.queries(positive=True))]
    held = pd.concat([table.iloc[:0][KEYS], *plain]).drop_duplicates()["article_id"].value_counts()
    rows = rows[rows.isin(fits)]
    counted = ends.loc[rows].assign(n_hits=held.reindex(rows, fill_value=0).to_numpy(int))
    counted.insert(0, "article_id", pd.Categorical(rows, categories=news.articles.index))
    return counted.reset_index(drop=True)


@dataclass(frozen=True)
class Asked:
    """What is asked of an article: a query, or others joined by AND, OR or NOT."""

    kind: str
    parts: "tuple[Asked, ...]" = ()
    query: str = ""

    def queries(self, *, positive: bool = False) -> list[str]:
        """Give the queries in it; with `positive` those alone that are not behind NOT."""
        if self.kind == "query":
            return [self.query]
        if positive and self.kind == "NOT":
            return []
        return [query for part in self.parts for query in part.queries(positive=positive)]

    def fits(self, every: set[str], found: dict[str, set[str]]) -> set[str]:
        """Give the articles that answer, of all there are."""
        if self.kind == "query":
            return found[self.query] & every
        sets = [part.fits(every, found) for part in self.parts]
        if self.kind == "NOT":
            return every - sets[0]
        return set.intersection(*sets) if self.kind == "AND" else set.union(*sets)


class _Reader:
    """Reads a query part by part: `at` is the next."""

    def __init__(self, query: str, parts: list[re.Match[str]]) -> None:
        self.query, self.parts, self.at, self.depth = query, parts, 0, 0

    def refusal(self, said: str) -> Refusal:
        shown = self.query if len(self.query) <= 60 else f"{self.query[:59]}…"
        return Refusal(f"{shown!r} {said}; {HELP}")

    def sign(self) -> str | None:
        """Give the sign that comes next: AND, OR, NOT, a parenthesis; None for a word or the end."""
        return self.parts[self.at]["sign"] if self.at < len(self.parts) else None

    def either(self) -> Asked:
        """Read what AND or OR joins. Both beside each other have no order that everybody would read alike."""
        parts, joined = [self.one()], set()
        while (sign := self.sign()) in ("AND", "OR", "NOT"):
            joined.add("AND" if sign == "NOT" else sign)
            self.at += sign != "NOT"
            parts.append(self.one())
        if len(joined) > 1:
            raise self.refusal("has AND and OR side by side, so put parentheses around what belongs together")
        return Asked(joined.pop(), tuple(parts)) if joined else parts[0]

    def one(self) -> Asked:
        """Read a query, what stands between parentheses, or NOT before one of these."""
        self.depth += 1
        sign = self.sign()
        if self.depth > DEEPEST:
            raise self.refusal(f"has more than {DEEPEST} parentheses within each other")
        if sign == "NOT":
            self.at += 1
            asked = Asked("NOT", (self.one(),))
        elif sign == "(":
            self.at += 1
            asked = self.either()
            if self.sign() != ")":
                raise self.refusal("has a parenthesis that is not closed")
            self.at += 1
        else:
            asked = self.plain()
        self.depth -= 1
        return asked

    def plain(self) -> Asked:
        """Read the words up to the next sign as one query."""
        first = self.at
        while self.at < len(self.parts) and self.sign() is None:
            self.at += 1
        if first == self.at:
            after = self.parts[self.at][0] if self.at < len(self.parts) else "the end"
            raise self.refusal(f"has no query before {after}")
        return Asked("query", query=self.query[self.parts[first].start() : self.parts[self.at - 1].end()])
