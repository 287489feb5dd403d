"""Stories: what a side prints, what it writes, and what it alone has, where papers print one text."""

import numpy as np
import pandas as pd

from utils import arguments
from utils.corpus.corpus import Corpus

COUNTED = ("printed", "written", "own")


def kept(news: Corpus, present: np.ndarray, stories: str) -> np.ndarray:
    """Give which articles of each side are counted: those of `present`, two rows, or some of them.

    "printed": every one. "written": each story once a side, by the article that the others copy if it is there, else
    by the first. "own": likewise, of stories alone that the other side does not have.
    Raises ValueError for another word.
    """
    arguments.one_of(stories, COUNTED, "stories")
    if stories == "printed":
        return present
    story, first = _stories(news)
    counted = np.zeros_like(present)
    order = np.argsort(~first, kind="stable")  # originals first
    for side, other in ((0, 1), (1, 0)):
        own = order[present[side][order]]
        if stories == "own":
            own = own[~np.isin(story[own], story[present[other]])]
        counted[side, own[np.unique(story[own], return_index=True)[1]]] = True
    return counted


def on_both_sides(news: Corpus, present: np.ndarray) -> np.ndarray:
    """Give for each article whether its story stands on both sides: by an article on each, wholly there."""
    story, _ = _stories(news)
    pure = [story[present[side] & ~present[1 - side]] for side in (0, 1)]
    return np.isin(story, np.intersect1d(*pure))


def _stories(news: Corpus) -> tuple[np.ndarray, np.ndarray]:
    """Give the number of each article's story, and whether it is the one that others copy, in order of the articles."""
    copies = news.copies.set_index("article_id").reindex(news.articles.index)
    return pd.factorize(copies["story"])[0], copies["role"].ne("copy").to_numpy()
