"""Counts: how often each article has each term, and how many words it has: what every rate is made of."""

import pandas as pd

from utils import passages
from utils.corpus.corpus import Corpus
from utils.passages import Columns, Groups

COUNTS = ["term", "count"]


def counts(news: Corpus, *, by: Columns = None, within: pd.DataFrame | None = None) -> pd.DataFrame:
    """Give how often each article has each term: what every table of frequencies adds up.

    Parameters
        by: None, "article", or columns of articles or of `within` that divide the words into groups; words without a
        value in one of them are left out.  within: passages to count in (default: the body).
    Returns one row a group, article and term that occur together: the `by` columns, article_id, term (both
    categorical), count (int, at least 1). A word that lies in several passages of one group counts once.
    """
    groups = passages.groups(news, by, within, taken=COUNTS)
    return groups.labelled(counted(news, groups))


def sizes(news: Corpus, *, by: Columns = None, within: pd.DataFrame | None = None) -> pd.DataFrame:
    """Give how many words each article has: what rates divide by.

    Parameters as for `counts`.
    Returns one row an article of each group: the `by` columns, article_id (categorical), n_tokens (int; an article
    without any word is listed with 0, but by a column of `within` only one that has passages in the group).
    """
    groups = passages.groups(news, by, within, taken=["n_tokens"])
    return groups.labelled(sized(news, groups))


def counted(news: Corpus, groups: Groups) -> pd.DataFrame:
    """Give group, article_id, term and count, as `counts` has them."""
    words = groups.rows(news.words)
    return words.groupby(["group", "article_id", "term"], observed=True).size().rename("count").reset_index()


def sized(news: Corpus, groups: Groups) -> pd.DataFrame:
    """Give group, article_id and n_tokens, as `sizes` has them."""
    size = (
        groups.rows(news.words).groupby(["group", "article_id"], observed=True).size().rename("n_tokens").reset_index()
    )
    table = groups.members.merge(size.astype(groups.members.dtypes), on=["group", "article_id"], how="left")
    return table.fillna({"n_tokens": 0}).astype({"n_tokens": int})
