"""Sides: two parts of a corpus to hold against each other, by the first thing that divides it into two large enough."""

from collections.abc import Iterator
from typing import TypeAlias

import pandas as pd

from utils import passages
from utils.corpus.corpus import Corpus
from utils.stats.bounds import FEWEST

Side: TypeAlias = pd.Series | pd.DataFrame


def two_parts(news: Corpus, *, year: int) -> tuple[Side, Side, str, str]:
    """Give a target, a reference, and what each of them is called.

    Tried in turn, until both sides have ten articles: those after a year and those up to it, where the articles have
    a column `year`; the largest outlet and all others; the later half of the dates and the earlier. Else the second
    half of the articles, in their order, stands against the first; of a single article, the second half of its words,
    as a table of passages.
    """
    if len(news) == 1:
        words = passages.inside(news.words, news.body)
        half = len(words) // 2
        return words.iloc[half:], words.iloc[:half], "the second half of the article", "its first half"
    for target, reference, *names in _ways(news.articles, year):
        if min(target.sum(), reference.sum()) >= FEWEST:
            return target, reference, *names
    later = pd.Series(range(len(news)), news.articles.index) >= len(news) / 2
    return later, ~later, "the second half of the articles", "the first half"


def _ways(articles: pd.DataFrame, year: int) -> Iterator[tuple[pd.Series, pd.Series, str, str]]:
    if "year" in articles:
        years = pd.to_numeric(articles["year"], errors="coerce")
        yield years > year, years <= year, f"after {year}", f"up to {year}"
    outlets, dates = articles["outlet"], articles["published"]
    if outlets.notna().any():
        largest = outlets.mode()[0]
        yield outlets.eq(largest), outlets.notna() & outlets.ne(largest), largest, "all other outlets"
    if dates.notna().any():
        middle = dates.median()
        day = f"{middle.day} {middle:%B %Y}"
        yield dates > middle, dates <= middle, f"after {day}", f"up to {day}"
