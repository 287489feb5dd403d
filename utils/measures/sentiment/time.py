"""Tone over time: by periods, and the last articles beside the first."""

import pandas as pd

from utils import lexicons, passages
from utils.corpus.corpus import Corpus
from utils.lexicons import Named
from utils.measures.sentiment.scores import COUNTS, TONE, tone
from utils.passages import Columns
from utils.stats import intervals, periods


def over_time(
    news: Corpus,
    *,
    freq: str | None = None,
    lexicon: Named = "textblob",
    by: Columns = None,
    within: pd.DataFrame | None = None,
    unit: str | pd.Series = "article",
) -> pd.DataFrame:
    """Give the tone of each period, from the first dated article to the last, as `tone` gives that of a group.

    A period without any article is a hole in the corpus: its tone is missing, as is that of articles of which no word
    is scored. Articles without a date are left out.

    Parameters
        freq: one of `periods.UNITS`; None for the one that fits the span of the corpus.
        by, within, unit, lexicon: as for `tone`; articles without a value in `by` are left out.
    Returns one row a period (and group), every group with the same periods: the columns of `by`, then
        period         Timestamp, its first day
        …              as `tone` has it; `note` says "no articles" of a hole
    Raises ValueError as `tone` does, and for an unknown period. Without any dated article the table is empty.
    """
    dates = news.articles["published"]
    cut = periods.unit(dates) if freq is None else freq
    asked = passages.groups(news, by, within, unit, taken=[*TONE, "polarity", "period"])
    begins, every = periods.starts(dates, cut), periods.every(dates, cut)
    rows = asked.stretches.assign(period=asked.stretches["article_id"].astype("str").map(begins))
    each = tone(news, lexicon=lexicon, by=["group", "period"], within=rows.dropna(subset="period"), unit=unit)
    whole = pd.MultiIndex.from_product([asked.keys.index, every], names=["group", "period"])
    table = each.set_index(["group", "period"]).reindex(whole)
    table[COUNTS] = table[COUNTS].fillna(0).astype(int)
    table = asked.labelled(table.fillna({"note": "no articles"}).reset_index())
    table.attrs = periods.told_of(dates, cut, value="tone", source=news.origin)
    return table


def first_and_last(news: Corpus, *, lexicon: Named = "textblob", within: pd.DataFrame | None = None) -> pd.DataFrame:
    """Give the tone of the last quarter of the dated articles less that of the first: one question asked of a line.

    A line over time makes many pairs of periods, some of which lie apart by luck; this is one pair, chosen before
    anything was seen. The article is the unit. Parameters as for `tone`.
    Returns one row:
        n_first, n_last   int, articles with a tone in either quarter
        difference        float, in points of polarity; missing where a quarter has no tone
        low, high         float, 95 % jackknife-t interval; missing where `note` says why
        note              str
    Its `attrs` hold the day that the last quarter begins on, `since`, for `figures.rises`.
    Raises ValueError as `tone` does.
    """
    in_order = news.articles["published"].dropna().sort_values(kind="stable").index
    quarter = len(in_order) // 4
    early, late = in_order[:quarter], in_order[len(in_order) - quarter :]
    each = tone(news, lexicon=lexicon, within=within).set_index("article_id")["tone"].reindex([*early, *late]).dropna()
    is_late = pd.Series(each.index.isin(late), each.index)
    possible = lexicons.named(lexicon).possible
    estimate = intervals.jackknife(each, target=is_late, scale="identity", possible=possible, unit="scored article")
    sizes = {"n_first": [int((~is_late).sum())], "n_last": [int(is_late.sum())]}
    table = pd.DataFrame(sizes).join(estimate[["difference", "low", "high", "note"]].reset_index(drop=True))
    table.attrs["since"] = news.articles["published"].get(late[0]) if quarter else None
    return table
