"""Over time: how often a query is met with in each period."""

import pandas as pd

from utils.corpus.corpus import Corpus
from utils.measures.terms.counts import sizes
from utils.passages.queries import Query, hits
from utils.stats import intervals, periods

ESTIMATE = ["rate_per_10k", "low", "high", "note"]
PERIOD = ["period", "count", "n_hit", "n_articles", "n_tokens", *ESTIMATE]


def over_time(news: Corpus, query: Query, *, freq: str = "YE", within: pd.DataFrame | None = None) -> pd.DataFrame:
    """Give how often a query is met with in each period, from the first dated article to the last.

    A period without any article is a hole in the corpus, not silence: its rate is missing. A period that has articles
    and no hit has the rate 0. Articles without a date are left out.

    Parameters
        query: as for `hits`; a list is counted as one group.
        freq: length of a period: one of `periods.UNITS`, of which `periods.unit` gives the one that fits the span, or
        one in pandas' terms, such as "YE".
        within: passages to count in (default: the body).
    Returns one row a period:
        period           Timestamp, its first day; of one in pandas' terms, as pandas labels it ("YE" by its last)
        count            int, hits
        n_hit            int, articles with a hit
        n_articles       int, articles published
        n_tokens         int, words they hold
        rate_per_10k     float, hits in 10,000 words; missing where there are no words
        low, high        float, jackknife-t interval with the article as the unit; missing where `note` says why
        note             str, why there is no interval: fewer than ten articles with words, or than five with a hit;
                         where none has one, what share of such articles still could; else ""
    Without any dated article the table is empty. Raises ValueError if pandas does not know the period.
    """
    dates = news.articles["published"].dropna()
    found = hits(news, query, within=within)
    each = pd.DataFrame(
        {
            "published": dates,
            "count": found.groupby("article_id", observed=True).size().reindex(dates.index, fill_value=0),
            "n_tokens": sizes(news, within=within)
            .set_index("article_id")["n_tokens"]
            .reindex(dates.index, fill_value=0),
        }
    )
    ours = freq in periods.UNITS
    parts = periods.divided(each, "published", freq) if ours else each.groupby(pd.Grouper(key="published", freq=freq))
    rows = [_period(label, own) for label, own in parts]
    return pd.DataFrame(rows, columns=PERIOD).astype({"period": "datetime64[us]"})


def _period(label: pd.Timestamp, own: pd.DataFrame) -> dict:
    """Give one row of `over_time` for the articles of one period."""
    row = {
        "period": label,
        "count": own["count"].sum(),
        "n_hit": (own["count"] > 0).sum(),
        "n_articles": len(own),
        "n_tokens": own["n_tokens"].sum(),
    }
    estimate = intervals.jackknife(own[["count"]].astype(float), own["n_tokens"], unit="article")
    return row | estimate.iloc[0][ESTIMATE].to_dict()
