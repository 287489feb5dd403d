"""Rate: how often a query is met with, and how sure that is."""

import pandas as pd

from utils import passages
from utils.corpus.corpus import Corpus
from utils.measures.terms.counts import sized
from utils.passages import Columns, Groups
from utils.passages.queries import Query, hits, listed
from utils.stats import intervals

RATE = ["query", "count", "n_articles", "rate_per_10k", "low", "high", "note"]


def rate(
    news: Corpus,
    query: Query,
    *,
    by: Columns = None,
    within: pd.DataFrame | None = None,
    unit: str | pd.Series = "article",
) -> pd.DataFrame:
    """Give how often a query is met with, at what rate, and how sure that is: one row a query (and group).

    Parameters as for `hits`; each of several queries is counted by itself. The column `query` leads a row back.
        by: None (the whole), "article", or columns of articles or of `within`; words without a value there are left
        out.
        unit: what was sampled: "article", "story", a column of articles, or a Series by article_id. It alters the
        interval alone.
    Returns the `by` columns, query (in the order asked), count, n_articles (int), rate_per_10k (float; missing where
    there are no words), low and high (jackknife-t; missing where `note` says why), note (str: fewer than ten units
    with words, or than five with a hit; where none has one, what share of such units still could; else "").
    Raises ValueError as `hits` does, or if `by` or `unit` names no column, or an article has no unit.
    """
    asked = listed(query)
    groups = passages.groups(news, by, within, unit, taken=RATE)
    found = groups.rows(pd.concat([hits(news, one, within=within) for one in asked], ignore_index=True))
    each = found.groupby(["group", "article_id", "query"], observed=True).size()
    held, none = dict(iter(each.groupby(level="group"))), each[:0]
    length = sized(news, groups).astype({"article_id": "str"}).set_index("article_id")
    rows = [
        _rates(held.get(group, none).droplevel("group"), own["n_tokens"], asked, groups).assign(group=group)
        for group, own in length.groupby("group")
    ]
    rows = rows or [pd.DataFrame(columns=["group", *RATE])]
    return groups.labelled(pd.concat(rows)[["group", *RATE]]).astype({"query": "str"})


def _rates(found: pd.Series, length: pd.Series, asked: list[str], groups: Groups) -> pd.DataFrame:
    """Give a row a query from its hits by article and query, and the words of each article."""
    each = found.unstack(fill_value=0)
    each = each.set_axis(each.index.astype("str")).reindex(index=length.index, columns=asked, fill_value=0)
    each = each.astype(float)
    bounds = intervals.jackknife(groups.by_unit(each), groups.by_unit(length), unit=groups.unit)
    counted = {"query": asked, "count": each.sum().to_numpy(int), "n_articles": (each > 0).sum().to_numpy()}
    return pd.DataFrame(counted).join(bounds.reset_index(drop=True))
