"""Rate: how often a query is met with, and how sure that is."""

from collections.abc import Mapping

import pandas as pd

from utils import passages
from utils.arguments import Refusal
from utils.corpus.corpus import Corpus
from utils.measures.terms.counts import sized
from utils.passages import Columns, Groups, annotated
from utils.passages.queries import Query, hits, listed
from utils.stats import intervals

Asked = Query | Mapping[str, Query]

RATE = ["query", "count", "n_articles", "rate_per_10k", "low", "high", "note"]


def rate(
    news: Corpus,
    query: Asked | None = None,
    *,
    lemma: Query | None = None,
    pos: str | None = None,
    by: Columns = None,
    within: pd.DataFrame | None = None,
    unit: str | pd.Series = "article",
) -> pd.DataFrame:
    """Give how often a query is met with, at what rate, and how sure that is: one row a query (and group).

    Parameters as for `hits`, with lemma="strike" for the query "{strike}"; each of several queries is counted by
    itself. The column `query` leads a row back. A mapping gives groups by name, {"fuel": ["oil", "gas*"], "wages":
    "wage*|pay"}: a passage that several queries of a group match counts once.
        by: None (the whole), "article", or columns of articles or of `within`; words without a value there are left
        out.
        unit: what was sampled: "article", "story", a column of articles, or a Series by article_id. It alters the
        interval alone.
    Returns the `by` columns, query (in the order asked), count, n_articles (int), rate_per_10k (float; missing where
    there are no words), low and high (jackknife-t; missing where `note` says why), note (str: fewer than ten units
    with words, or than five with a hit; where none has one, what share of such units still could; else "").
    Raises ValueError as `hits` does, or if `by` or `unit` names no column, or an article has no unit.
    """
    asked = named(query if lemma is None and pos is None else annotated.asked(_plain(query), lemma, pos))
    groups = passages.groups(news, by, within, unit, taken=RATE)
    each = [hits(news, one, within=within).assign(query=name) for name, one in asked.items()]
    found = groups.rows(pd.concat(each, ignore_index=True))
    each = found.groupby(["group", "article_id", "query"], observed=True).size()
    held, none = dict(iter(each.groupby(level="group"))), each[:0]
    length = sized(news, groups).astype({"article_id": "str"}).set_index("article_id")
    rows = [
        _rates(held.get(group, none).droplevel("group"), own["n_tokens"], [*asked], groups).assign(group=group)
        for group, own in length.groupby("group")
    ]
    rows = rows or [pd.DataFrame(columns=["group", *RATE])]
    return groups.labelled(pd.concat(rows)[["group", *RATE]]).astype({"query": "str"})


def named(query: Asked | None) -> dict[str, Query]:
    """Give what is counted by itself, by name. Raises ValueError where what came is no query, and no groups by name."""
    if not isinstance(query, Mapping):
        return {one: one for one in listed(query)}
    if not query or not all(isinstance(name, str) for name in query):
        raise Refusal(f"groups of queries have names, such as {{'fuel': ['oil', 'gas*']}}; what came is {query!r:.200}")
    return {name: listed(own) for name, own in query.items()}


def _plain(query: Asked | None) -> Query | None:
    """Give the query to which a part of speech is added. Raises ValueError where it is groups by name."""
    if isinstance(query, Mapping):
        raise Refusal('groups by name say lemma and part of speech in their queries, such as {"strikes": "{strike}_V"}')
    return query


def _rates(found: pd.Series, length: pd.Series, asked: list[str], groups: Groups) -> pd.DataFrame:
    """Give a row a query from its hits by article and query, and the words of each article."""
    each = found.unstack(fill_value=0)
    each = each.set_axis(each.index.astype("str")).reindex(index=length.index, columns=asked, fill_value=0)
    each = each.astype(float)
    bounds = intervals.jackknife(groups.by_unit(each), groups.by_unit(length), unit=groups.unit)
    counted = {"query": asked, "count": each.sum().to_numpy(int), "n_articles": (each > 0).sum().to_numpy()}
    return pd.DataFrame(counted).join(bounds.reset_index(drop=True))
