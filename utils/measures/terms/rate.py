"""Rate: how often a query is met with, and how sure that is."""

import pandas as pd

from utils import passages
from utils.corpus.corpus import Corpus
from utils.measures.terms.counts import sizes
from utils.passages.queries import Query, hits
from utils.stats import intervals, units

ESTIMATE = ["rate_per_10k", "low", "high", "note"]


def rate(
    news: Corpus, query: Query, *, within: pd.DataFrame | None = None, unit: str | pd.Series = "article"
) -> pd.DataFrame:
    """Give how often a query is met with, at what rate, and how sure that is: one row a query.

    Parameters as for `hits`; each of several queries is counted by itself. The column `query` leads a row back.
        unit: what was sampled: "article_id", a column of articles, or a Series by article_id, such as the story that
        several articles tell (`news.copies.set_index("article_id")["story"]`). It alters the interval alone.
    Returns query, count, n_articles (int), rate_per_10k (float; missing where there are no words), low and high
    (jackknife-t; missing where `note` says why), note (str: fewer than ten units with words, or than five with a hit;
    where none has one, what share of such units still could; else "").
    Raises ValueError as `hits` does, or if `unit` names no column, or an article has none.
    """
    asked = [query] if isinstance(query, str) else list(dict.fromkeys(query))
    found = pd.concat([hits(news, one, within=within) for one in asked])
    length = sizes(news, within=within).set_index("article_id")["n_tokens"]
    each = found.groupby(["article_id", "query"], observed=True).size().unstack(fill_value=0)
    each = each.reindex(index=length.index.astype("str"), columns=asked, fill_value=0).astype(float)
    named = passages.units_of(news, unit)
    whose = units.complete(named, each.index)
    parts = each.groupby(whose.to_numpy()).sum(), length.groupby(whose.to_numpy()).sum()
    called = "article" if named.name == "article" else str(named.name or "unit")
    bounds = intervals.jackknife(*parts, unit=called).reset_index(drop=True)
    table = pd.DataFrame({"query": asked, "count": each.sum().to_numpy(int), "n_articles": (each > 0).sum().to_numpy()})
    return table.astype({"query": "str"}).join(bounds[ESTIMATE])
