"""Counts: how often each article has each term, and how many words it has: what every rate is made of."""

from collections.abc import Sequence

import pandas as pd

from utils import passages
from utils.corpus.corpus import Corpus

Columns = str | Sequence[str] | None
COUNTS = ["term", "count"]


def counts(news: Corpus, *, by: Columns = None, within: pd.DataFrame | None = None) -> pd.DataFrame:
    """Give how often each article has each term: what every table of frequencies adds up.

    Parameters
        by: columns of articles or of `within` that divide the words into groups; words without a value in one of
        them are left out.  within: passages to count in (default: the body).
    Returns one row a group, article and term that occur together: the `by` columns, article_id, term (both
    categorical), count (int, at least 1). A word that lies in several passages of one group counts once.
    """
    words = grouped(news, by := listed(by), within, COUNTS)
    keys = list(dict.fromkeys([*by, "article_id", "term"]))
    table = words.groupby(keys, observed=True, sort=True).size()
    return table.rename("count").reset_index()


def sizes(news: Corpus, *, by: Columns = None, within: pd.DataFrame | None = None) -> pd.DataFrame:
    """Give how many words each article has: what rates divide by.

    Parameters as for `counts`.
    Returns one row an article, or a group and article that has words in it: the `by` columns, article_id
    (categorical), n_tokens (int; without `by` an article without any word is listed with 0).
    """
    words = grouped(news, by := listed(by), within, ["n_tokens"])
    keys = list(dict.fromkeys([*by, "article_id"]))
    return words.groupby(keys, observed=bool(by), sort=True).size().rename("n_tokens").reset_index()


def grouped(news: Corpus, by: list[str], within: pd.DataFrame | None, taken: list[str]) -> pd.DataFrame:
    """Give the words chosen with the `by` columns beside them, each once in a group; none may be one of `taken`."""
    passages.check_columns(news, by, within, taken=taken)
    within = None if within is None else within.reset_index(drop=True)
    words, articles = passages.chosen(news, news.words, within), news.articles
    place = articles.index.get_indexer(words["article_id"].cat.categories)[words["article_id"].cat.codes]
    holders = words.pop("outer")
    for column in [column for column in by if column != "article_id"]:
        if within is not None and column in within:
            words[column] = within[column].reindex(holders).to_numpy()
        else:
            words[column] = articles[column].to_numpy()[place]
    repeated = words.index.has_duplicates
    return words.loc[~pd.concat([words.index.to_series(), words[by]], axis=1).duplicated()] if repeated else words


def listed(by: Columns) -> list[str]:
    """Give the columns to group by as a list."""
    return [] if by is None else [by] if isinstance(by, str) else list(by)


def no_bare_string(**options: object) -> None:
    """Raise ValueError where a list of terms came as one string."""
    for name, value in options.items():
        if isinstance(value, str):
            raise ValueError(f"{name} takes a list of terms; what came is the bare string {value!r}: write [{value!r}]")
