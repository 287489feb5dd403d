"""Frequencies: how often each term occurs, in how many articles, and at what rate."""

from collections.abc import Sequence

import pandas as pd

from utils import passages
from utils.corpus.corpus import Corpus
from utils.layers import tokens
from utils.measures.terms.counts import COUNTS, Columns, counts, listed, no_bare_string, sizes
from utils.stats import intervals

FREQUENCIES = [*COUNTS, "n_articles", "rate_per_10k", "n_tokens", "low", "high", "note"]


def frequencies(
    news: Corpus,
    *,
    by: Columns = None,
    stop: Sequence[str] | None = None,
    within: pd.DataFrame | None = None,
    interval: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Give how often each term occurs, in how many articles, and at what rate.

    Stop words are left out of the table but stay in the number of words that rates divide by, so that a rate does
    not change with the choice of stop words.

    Parameters
        by: columns of articles or of `within`: one table a group; words without a value there are left out.
        stop: terms to leave out.
        within: passages to count in (default: the body).
        interval: terms to give a jackknife-t interval with the article as the unit; one that no article of a group has
        gets a row of zeros there.
    Returns one row a term (and group), most frequent first:
        by columns, term
        count          int, occurrences
        n_articles     int, articles that have it
        rate_per_10k   float, occurrences in 10,000 words; missing where there are no words
        n_tokens       int, all words counted in (the group)
        low, high      float, the 95 % interval of the rate, for the terms asked only; missing where `note` says why
        note           str, with `interval` only: why there is no interval, such as too few articles that have the
                       term; else ""
    Raises ValueError if `by` names no column, or `stop` or `interval` is a bare string.
    Source of the interval: `intervals.jackknife`.
    """
    passages.check_columns(news, by := listed(by), within, taken=FREQUENCIES)
    no_bare_string(stop=stop, interval=interval)
    each, length = counts(news, by=by, within=within), sizes(news, by=by, within=within)
    table = each.groupby([*by, "term"], observed=True)["count"].agg(count="sum", n_articles="size").reset_index()
    table = table.astype({"term": "str"})
    if interval is not None:
        table = table.merge(_intervals(each, length, by, interval), on=[*by, "term"], how="outer")
        table = table.fillna({"count": 0, "n_articles": 0, "note": "no interval: not asked for"})
        table = table.astype({"count": int, "n_articles": int})
    totals = length.groupby(by, observed=True)["n_tokens"].sum() if by else length["n_tokens"].sum()
    table["n_tokens"] = table[by].merge(totals, left_on=by, right_index=True, how="left")["n_tokens"] if by else totals
    table.insert(len(by) + 3, "rate_per_10k", 10_000 * table["count"] / table["n_tokens"].where(table["n_tokens"] > 0))
    table.insert(len(by) + 4, "n_tokens", table.pop("n_tokens"))
    if stop is not None:
        table = table[~table["term"].isin([tokens.term_of(word) for word in stop])]
    return table.sort_values([*by, "count", "term"], ascending=[True] * len(by) + [False, True], ignore_index=True)


def _intervals(each: pd.DataFrame, length: pd.DataFrame, by: list[str], asked: Sequence[str]) -> pd.DataFrame:
    """Give term, low, high and note for the terms asked, in every group."""
    asked = list(dict.fromkeys(tokens.term_of(word) for word in asked))
    wanted = each[each["term"].isin(asked)]
    parts = []
    for group, lengths in length.groupby(by, observed=True) if by else [((), length)]:
        rows = wanted[(wanted[by] == list(group)).all(axis=1)] if by else wanted
        crossed = rows.pivot(index="article_id", columns="term", values="count").astype(float)
        crossed = crossed.reindex(index=lengths["article_id"].astype("str"), columns=asked).fillna(0)
        bounds = intervals.jackknife(crossed, lengths.set_index(crossed.index)["n_tokens"], unit="article")
        bounds = bounds[["low", "high", "note"]].rename_axis("term").reset_index()
        parts.append(bounds.assign(**dict(zip(by, group, strict=True))))
    return pd.concat(parts, ignore_index=True).astype({"term": "str"})
