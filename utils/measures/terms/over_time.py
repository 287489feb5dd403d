"""Over time: how often a query is met with in each period."""

from collections.abc import Iterable

import pandas as pd

from utils import passages
from utils.arguments import Refusal, nearest
from utils.corpus.corpus import Corpus
from utils.measures.terms.counts import sized
from utils.passages import Columns, Groups, annotated
from utils.passages.queries import Query, hits, listed
from utils.stats import intervals, periods

ESTIMATE = ["rate_per_10k", "low", "high", "note"]
COUNTS = ["count", "n_hit", "n_articles", "n_tokens"]
PERIOD = ["period", "part", "count", "n_hit", "n_articles", "n_tokens", *ESTIMATE]


def over_time(
    news: Corpus,
    query: Query | None = None,
    *,
    lemma: Query | None = None,
    pos: str | None = None,
    freq: str | None = None,
    by: Columns = None,
    within: pd.DataFrame | None = None,
    unit: str | pd.Series = "article",
) -> pd.DataFrame:
    """Give how often a query is met with in each period, from the first dated article to the last.

    A period without any article is a hole in the corpus, not silence: its rate is missing. A period that has articles
    and no hit has the rate 0. Articles without a date are left out: `undated` counts in them. A line of all may be a
    line of who is there: `periods.made_of` tells what each period is made of, and `figures.trend` draws it below.

    Parameters
        query, lemma, pos: as for `hits`; a list is counted as one group.
        freq: length of a period: None for the one that fits the span of the corpus (`periods.unit`), one of
        `periods.UNITS`, or one in pandas' terms, such as "YE".
        by: None (the whole), "article", or columns of articles or of `within`: one series of periods a group; articles
        without a value there are left out.
        within: passages to count in (default: the body).
        unit: what was sampled: "article", "story", a column of articles, or a Series by article_id. It alters the
        interval alone.
    Returns one row a period (and group):
        by columns
        period           Timestamp, its first day; of one in pandas' terms, as pandas labels it ("YE" by its last)
        part             bool, whether the dates hold a part of it alone: the first and the last may be such
        count            int, hits
        n_hit            int, articles with a hit
        n_articles       int, articles published
        n_tokens         int, words they hold
        rate_per_10k     float, hits in 10,000 words; missing where there are no words
        low, high        float, jackknife-t interval; missing where `note` says why
        note             str, why there is no interval: fewer than ten units with words, or than five with a hit; where
                         none has one, what share of such units still could; else ""
    Every group has the same periods. Without any dated article the table is empty. Its `attrs` hold what a figure says
    of it (`periods.told_of`): what was counted, by which period, how many have no date, which periods are part.
    Raises ValueError if pandas does not know the period, or `by` or `unit` names no column.
    """
    query = listed(annotated.asked(query, lemma, pos))
    groups = passages.groups(news, by, within, unit, taken=PERIOD)
    each = _by_article(news, query, groups, within)
    each = each[each["published"].notna()]
    cut = periods.unit(news.articles["published"]) if freq is None else freq
    parts = _periods(each, cut)
    told = periods.told_of(news.articles["published"], cut, value="rate_per_10k", source=news.origin)
    part = periods.partial(news.articles["published"], cut) if cut in periods.UNITS else []
    rows = [_period(own[own["group"] == group], groups) | {"group": group, "period": label, "part": label in part}
            for label, own in parts for group in groups.keys.index]  # fmt: skip
    kinds = {"group": int, "period": "datetime64[us]", "part": bool}
    table = pd.DataFrame(rows, columns=["group", *PERIOD]).astype(kinds)
    table = groups.labelled(table.sort_values("group", kind="stable"))
    table.attrs = told
    table.attrs["query"] = ", ".join(query)
    return table


def undated(
    news: Corpus,
    query: Query,
    *,
    by: Columns = None,
    within: pd.DataFrame | None = None,
    unit: str | pd.Series = "article",
) -> pd.DataFrame:
    """Give how often a query is met with in the articles that have no date, which `over_time` leaves out.

    Where one outlet prints no dates, a line over time is one of the others: what it says most, nobody sees there.

    Parameters as for `over_time`; articles without a value in a column of `by` are left out.
    Returns one row (a group): by columns, n_all (int, articles of the group, dated or not), then count, n_hit,
    n_articles, n_tokens, rate_per_10k, low, high, note of the undated ones, as `over_time` has them.
    Raises ValueError as `over_time` does.
    """
    groups = passages.groups(news, by, within, unit, taken=["n_all", *COUNTS, *ESTIMATE])
    each = _by_article(news, query, groups, within)
    rows = []
    for group in groups.keys.index:
        own = each[each["group"] == group]
        rows.append({"group": group, "n_all": len(own)} | _period(own[own["published"].isna()], groups))
    table = pd.DataFrame(rows, columns=["group", "n_all", *COUNTS, *ESTIMATE])
    return groups.labelled(table.astype({"group": int, "note": "str"}))


def _by_article(news: Corpus, query: Query, groups: Groups, within: pd.DataFrame | None) -> pd.DataFrame:
    """Give group, article_id, n_tokens, count and published of the articles of the groups."""
    each = sized(news, groups)
    found = groups.rows(hits(news, query, within=within)).astype({"article_id": each["article_id"].dtype})
    found = found.groupby(["group", "article_id"], observed=True).size().rename("count").reset_index()
    each = each.merge(found, on=["group", "article_id"], how="left").fillna({"count": 0}).astype({"count": int})
    return each.assign(published=news.articles["published"].reindex(each["article_id"]).to_numpy())


def _periods(each: pd.DataFrame, freq: str) -> Iterable[tuple[pd.Timestamp, pd.DataFrame]]:
    """Give each period, from the first to the last that holds an article, with its rows."""
    if isinstance(freq, str) and freq in periods.UNITS:
        return periods.divided(each, "published", freq)
    try:
        return each.groupby(pd.Grouper(key="published", freq=freq))
    except (ValueError, TypeError):
        raise Refusal(
            f"freq is one of {', '.join(periods.UNITS)}, or a period in pandas' terms, such as 'YE'; what came is "
            f"{freq!r:.200}{nearest(freq, periods.UNITS)}"
        ) from None


def _period(own: pd.DataFrame, groups: Groups) -> dict:
    """Give the counts and the estimate of the articles of one period and group."""
    row = {
        "count": own["count"].sum(),
        "n_hit": (own["count"] > 0).sum(),
        "n_articles": len(own),
        "n_tokens": own["n_tokens"].sum(),
    }
    each = groups.by_unit(own.set_index("article_id")[["count", "n_tokens"]].astype(float))
    estimate = intervals.jackknife(each[["count"]], each["n_tokens"], unit=groups.unit)
    return row | estimate.iloc[0][ESTIMATE].to_dict()
