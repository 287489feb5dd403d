"""Passages: stretches of articles (article_id, start, end), their text, and how a few are drawn."""

import numpy as np
import pandas as pd

from utils import arguments
from utils.arguments import Refusal
from utils.corpus.corpus import Corpus
from utils.spans import checked, inside


def corpus(news: Corpus) -> Corpus:
    """Give a corpus back. Raises ValueError where something else came in its place, such as its name."""
    if not isinstance(news, Corpus):
        what = f"the name {news!r:.200}: write load({news!r:.200})" if isinstance(news, str) else type(news).__name__
        raise Refusal(f"a corpus comes first, such as load gives; what came is {what}")
    return news


def text(news: Corpus, table: pd.DataFrame) -> pd.Series:
    """Give the raw stretch of each passage, as received: a Series of str with the table's index.

    Raises ValueError if the table holds no passages, or one lies outside its article.
    """
    checked(table)
    raws = corpus(news).articles["raw"]
    held = raws[raws.index.isin(table["article_id"].unique())].to_dict()
    stretches = []
    for article, start, end in zip(table["article_id"], table["start"], table["end"], strict=True):
        if article not in held or not 0 <= start <= end <= len(held[article]):
            raise Refusal(
                f"the passage {article!r} {start}-{end} lies in no article of {news.name}; was the table made "
                "from another corpus or selection?"
            )
        stretches.append(held[article][start:end])
    return pd.Series(stretches, index=table.index, dtype="str", name="text")


def article_numbers(news: Corpus, table: pd.DataFrame) -> np.ndarray:
    """Give the number, in the order of articles, of the article that each passage of a table lies in.

    Raises ValueError if one lies in no article of the corpus.
    """
    places = news.articles.index.get_indexer(table["article_id"].astype("str"))
    if (places < 0).any():
        raise Refusal(
            f"there are passages of {table['article_id'].iloc[(places < 0).argmax()]!r}, which is no article of "
            f"{news.name}; was the table made from another corpus or selection?"
        )
    return places


def chosen(news: Corpus, layer: pd.DataFrame, within: pd.DataFrame | None) -> pd.DataFrame:
    """Give the rows of a layer that lie inside `within` (default: the body), with `outer`, the row each lies in."""
    return inside(layer, corpus(news).body if within is None else checked(within, what="within"))


def draw(table: pd.DataFrame, n: int, *, seed: int = 0) -> pd.DataFrame:
    """Give n rows drawn by a seed, in their order; the whole table where it has no more."""
    arguments.whole_number(n, "n", least=0)
    if len(table) <= n:
        return table
    return table.iloc[np.sort(np.random.default_rng(seed).choice(len(table), n, replace=False))]
