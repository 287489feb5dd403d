"""Frequencies: how often each term occurs, in how many articles, and at what rate."""

from collections.abc import Sequence

import pandas as pd

from utils import arguments, passages
from utils.corpus.corpus import Corpus
from utils.layers import tokens
from utils.measures.terms.counts import COUNTS, counted, sized, totalled
from utils.passages import Columns, Groups, annotated
from utils.passages.table import corpus
from utils.spans import texts_of
from utils.stats import intervals

FREQUENCIES = [*COUNTS, "n_articles", "n_tokens", "rate_per_10k", "low", "high", "note"]


def frequencies(
    news: Corpus,
    *,
    by: Columns = None,
    stop: Sequence[str] | None = None,
    within: pd.DataFrame | None = None,
    interval: Sequence[str] | None = None,
    unit: str | pd.Series = "article",
    lemma: bool = False,
    pos: str | None = None,
) -> pd.DataFrame:
    """Give how often each term occurs, in how many articles, and at what rate.

    Stop words are left out of the table but stay in the number of words that rates divide by, so that a rate does
    not change with the choice of stop words.

    Parameters
        by: None (the whole), "article", or columns of articles or of `within`: one table a group; words without a value
        there are left out.
        stop: terms to leave out.
        within: passages to count in (default: the body).
        interval: terms to give a jackknife-t interval; one that no article of a group has gets a row of zeros there.
        unit: what the interval takes as sampled: "article", "story", a column of articles, or a Series by article_id.
        lemma: count lemmas: "strike" is strikes, struck, striking too. Its passages are those of the query "{strike}".
        pos: count words of a part of speech alone, such as "NOUN"; n_tokens stays all words. A row's passages are those
        of "strike_NOUN", with lemma of "{strike}_NOUN". One in twenty is wrong (see `utils.layers.tags`).
    Returns one row a term (and group), most frequent first:
        by columns, term
        count          int, occurrences
        n_articles     int, articles that have it
        n_tokens       int, all words counted in (the group)
        rate_per_10k   float, occurrences in 10,000 words; missing where there are no words
        low, high      float, the 95 % interval of the rate, for the terms asked only; missing where `note` says why
        note           str, with `interval` only: why there is no interval, such as too few units that have the term;
                       else ""
    Raises ValueError if `by` names no column, or `stop` or `interval` is a bare string.
    Source of the interval: `intervals.jackknife`.
    """
    news, end = annotated.read_as(corpus(news), lemma=lemma, pos=pos)
    groups = passages.groups(news, by, within, unit, taken=FREQUENCIES)
    left_out = set() if stop is None else {tokens.term_of(word) for word in arguments.listed(stop, "stop")}
    asked = None if interval is None else arguments.listed(interval, "interval")
    length, table = sized(news, groups), annotated.of_part(totalled(news, groups), end)
    table = table[~table["term"].isin(left_out)] if left_out else table
    if asked is not None:
        table = table.astype({"term": "str"})
        table = table.merge(_intervals(news, length, groups, asked, end), on=["group", "term"], how="outer")
        table = table.fillna({"count": 0, "n_articles": 0, "note": "no interval: not asked for"})
        table = table.astype({"count": int, "n_articles": int})
    table["n_tokens"] = length.groupby("group")["n_tokens"].sum().reindex(table["group"], fill_value=0).to_numpy()
    table["rate_per_10k"] = 10_000 * table["count"] / table["n_tokens"].where(table["n_tokens"] > 0)
    table = table[["group", *(column for column in FREQUENCIES if column in table)]]
    table = table[~table["term"].isin(left_out)] if left_out else table
    table = table.sort_values(["group", "count", "term"], ascending=[True, False, True])
    return groups.labelled(table.assign(term=texts_of(table["term"])))


def _intervals(news: Corpus, length: pd.DataFrame, groups: Groups, asked: Sequence[str], end: str) -> pd.DataFrame:
    """Give group, term, low, high and note for the terms asked, in every group that has words."""
    asked = list(dict.fromkeys(tokens.term_of(word) for word in asked))
    each = annotated.of_part(counted(news, groups, [f"{word}{end}" for word in asked]), end).astype({"term": "str"})
    held, none, parts = dict(iter(each.groupby("group"))), each[:0], []
    for group, lengths in length.groupby("group"):
        crossed = held.get(group, none).pivot(index="article_id", columns="term", values="count")
        sizes = lengths.set_index(lengths["article_id"].astype("str"))["n_tokens"]
        crossed = crossed.astype(float).reindex(index=sizes.index, columns=asked).fillna(0)
        bounds = intervals.jackknife(groups.by_unit(crossed), groups.by_unit(sizes), unit=groups.unit)
        parts.append(bounds[["low", "high", "note"]].rename_axis("term").reset_index().assign(group=group))
    parts = parts or [pd.DataFrame({"term": [], "low": [], "high": [], "note": [], "group": []}, dtype=object)]
    return pd.concat(parts, ignore_index=True).astype({"term": "str", "note": "str", "group": int})
