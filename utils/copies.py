"""Copies: counting by story where papers print one text, and two versions of it side by side."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from utils.corpus import Corpus
from utils.versions import differences, side_by_side

__all__ = ["differences", "per_story", "side_by_side"]


def per_story(news: Corpus, table: pd.DataFrame, *, by: str | Sequence[str] | None = None) -> pd.DataFrame:
    """Give how many articles have a passage of the table, how many stories these are, and the difference.

    A story printed by ten papers is ten articles and one story: what was printed often, and what was written
    often, are two findings. A story counts as soon as one of its articles in the group has a passage; one
    that two outlets print counts in both, so the stories of the outlets add up to more than there are.

    Parameters
        table: passages, such as `terms.hits` gives.
        by: columns of the table or of articles; None for one row over all.
    Returns one row a group, most articles first, a missing value being a group of its own:
        the `by` columns
        n_articles, n_stories   int, at least 1 (0 where there is no group and no passage)
        difference              int, articles beyond the first of their story
    Raises ValueError if the table holds no passages, or `by` names no column.
    """
    by = [by] if isinstance(by, str) else list(by or ())
    found = _with_stories(news, table, by)
    groups = found.groupby(by, observed=True, dropna=False) if by else found.groupby(np.zeros(len(found)))
    counted = groups.agg(n_articles=("article_id", "nunique"), n_stories=("story", "nunique"))
    if not by:
        counted = counted.reindex([0], fill_value=0)
    counted["difference"] = counted["n_articles"] - counted["n_stories"]
    counted = counted.reset_index(drop=not by)
    if not by:
        return counted
    return counted.sort_values(["n_articles", *by], ascending=[False, *[True] * len(by)], ignore_index=True)


def _with_stories(news: Corpus, table: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Give article, story and the `by` columns of each passage."""
    articles = news.articles
    if not isinstance(table, pd.DataFrame) or "article_id" not in table:
        came = list(table) if isinstance(table, pd.DataFrame) else type(table).__name__
        raise ValueError(f"a table of passages (article_id, start, end) is wanted, such as terms.hits gives; "
                         f"what came is {came}")
    if strange := [name for name in by if name not in table and name not in articles]:
        known = ", ".join(map(str, dict.fromkeys([*table, *articles])))
        raise ValueError(f"by={strange[0]!r} names no column of the table or of articles; there are {known}")
    place = articles.index.get_indexer(table["article_id"].astype("str"))
    if (place < 0).any():
        raise ValueError(f"the table has passages of {table['article_id'][place < 0].iloc[0]!r}, which is no "
                         f"article of {news.name}; was it made from another corpus or selection?")
    stories = news.copies["story"].to_numpy()[place]
    columns = {name: table[name] if name in table else articles[name].iloc[place] for name in by}
    columns = {name: column.to_numpy() for name, column in columns.items()}
    return pd.DataFrame(columns | {"article_id": articles.index.to_numpy()[place], "story": stories})
