"""Measures that know English alone: they leave articles in other languages out, and say how many."""

import contextlib
import warnings
from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from utils.corpus.corpus import Corpus
from utils.intake import language
from utils.passages.groups import Groups

NOTE = "not in English"
SHOWN = 3


class NotEnglish(UserWarning):
    """Articles are left out of a measure, as they are not in English."""


def foreign(news: Corpus, what: str) -> pd.Index:
    """Give the articles that are in another language than English, and warn of them; what: the measure, as a subject.

    An article whose language is not known is none of them.
    """
    found = news.articles["language"].dropna()
    others = found[[not language.is_english(one) for one in found]]
    if len(others):
        names = others.value_counts().index
        listed = ", ".join(map(str, names[:SHOWN])) + ", …" * (len(names) > SHOWN)
        warnings.warn(
            f"{what} is made for English: {len(others):,} of {len(news):,} article{'s' * (len(news) != 1)} "
            f"{'is' if len(others) == 1 else 'are'} in {'another language' if len(names) == 1 else 'other languages'} "
            f"({listed}) and left out",
            NotEnglish,
            stacklevel=4,
        )
    return others.index


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Warn of articles in other languages once meanwhile, however often they are left out."""
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always", NotEnglish)
        yield
    for category, said in dict.fromkeys((each.category, str(each.message)) for each in told):
        warnings.warn(said, category, stacklevel=4)


def only(news: Corpus, groups: Groups, what: str) -> tuple[Groups, pd.Index]:
    """Give groups whose passages are in English alone, and the numbers of those of which nothing is left by that."""
    out = groups.stretches["article_id"].astype("str").isin(foreign(news, what))
    left = replace(groups, stretches=groups.stretches[~out].reset_index(drop=True))
    return left, pd.Index(groups.stretches["group"].unique()).difference(pd.Index(left.stretches["group"].unique()))
