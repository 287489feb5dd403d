"""Sides: which words lie on the target side of a comparison, and which on the other."""

from collections.abc import Mapping
from typing import TypeAlias

import numpy as np
import pandas as pd

from utils import spans
from utils.arguments import Refusal, nearest
from utils.corpus.corpus import Corpus
from utils.passages.table import checked
from utils.stats import units

Side: TypeAlias = pd.Series | np.ndarray | pd.DataFrame | list | Mapping[str, object]
SIDES = ["target", "reference"]
HAVING = "the articles that have a word are news.articles.index.isin(terms.hits(news, 'war')['article_id'])"


def sided(
    news: Corpus, words: pd.DataFrame, target: Side, reference: Side | None, within: pd.DataFrame | None
) -> np.ndarray:
    """Give for each of these passages the number of its side: 0 target, 1 reference, -1 neither.

    A side is True or False for each article, a column and the value or values that it has there (`{"outlet": "The
    Post"}`; several columns must all fit), or a table of passages. Without a reference it is the rest of what is read:
    the body, or `within`; a side given as passages is read wherever it lies.
    Raises ValueError where a side is of another kind, or a passage lies on both.
    """
    read = spans.held(words, news.body if within is None else checked(within, what="within"))
    on_target = _on_side(news, words, target, "target", read, within)
    on_reference = (
        read & ~on_target if reference is None else _on_side(news, words, reference, "reference", read, within)
    )
    shared = words["article_id"][on_target & on_reference]
    if len(shared):
        most, n = shared.mode()[0], shared.value_counts().max()
        raise Refusal(
            f"target and reference have {len(shared):,} words in common, {n:,} of them in {most!r}; a "
            "word lies on one side: take those from one of them, such as reference & ~target, or leave "
            "the reference out to compare with the rest"
        )
    side = np.full(len(words), -1, np.int8)  # a byte for each word of a corpus
    side[on_reference], side[on_target] = 1, 0
    return side


def passages_of(
    news: Corpus, target: Side, reference: Side | None, within: pd.DataFrame | None
) -> dict[str, pd.DataFrame]:
    """Give the passages of each side, by its name; sides as for `sided`, one given as passages as it is.

    Raises ValueError as `sided` does.
    """
    read = news.body if within is None else checked(within, what="within")
    first = _passages(news, target, "target", read)
    if reference is None:
        return dict(zip(SIDES, (first, spans.less(read, first)), strict=True))
    second = _passages(news, reference, "reference", read)
    if len(shared := spans.cut(first, second)):
        raise Refusal(
            f"target and reference share passages, such as in {shared['article_id'].iloc[0]!r}; a word lies on one "
            "side: take those from one of them, such as reference & ~target, or leave the reference out to compare "
            "with the rest"
        )
    return dict(zip(SIDES, (first, second), strict=True))


def _passages(news: Corpus, side: Side, name: str, read: pd.DataFrame) -> pd.DataFrame:
    if isinstance(side, pd.DataFrame):
        return checked(side, what=name)
    chosen = news.articles.index[_per_article(news, side, name)]
    return read[read["article_id"].astype("str").isin(chosen)]


def _on_side(
    news: Corpus, words: pd.DataFrame, side: Side, name: str, read: np.ndarray, within: pd.DataFrame | None
) -> np.ndarray:
    """Give for each word whether it lies on a side; `read` says which are read at all."""
    if isinstance(side, pd.DataFrame):
        held = spans.held(words, checked(side, what=name))
        return held if within is None else held & read
    return read & _per_article(news, side, name)[spans.codes_of(words["article_id"])]


def _per_article(news: Corpus, side: object, name: str) -> np.ndarray:
    """Give True or False for each article, in their order; ValueError where it is not said of each."""
    index = news.articles.index
    if isinstance(side, Mapping):
        return _fitting(news.articles, side, name)
    if isinstance(side, str):
        meant = units.condition(news.articles, side) or f"no column has a value like it; {HAVING.replace('war', side)}"
        raise Refusal(f"{name} came as the string {side!r}; it wants True or False for each article: {meant}")
    if isinstance(side, np.ndarray | list) and len(side) == len(index):
        side = pd.Series(side, index)
    if not isinstance(side, pd.Series) or not pd.api.types.is_bool_dtype(side) or side.isna().any():
        kind = f"a Series of {side.dtype}, or with gaps" if isinstance(side, pd.Series) else type(side).__name__
        raise Refusal(
            f"{name} came as {kind}; it wants True or False for each article, such as news.articles"
            f"['year'] > 1945, a column and its value, such as {{'outlet': 'The Post'}}, or a table of passages. "
            f"T{HAVING[1:]}"
        )
    return units.along(side, index, name).to_numpy(bool)


def _fitting(articles: pd.DataFrame, wanted: Mapping[str, object], name: str) -> np.ndarray:
    """Give for each article whether every column named has the value, or one of the values, that is wanted there."""
    fits = np.full(len(articles), bool(wanted))
    for column, values in wanted.items():
        if column not in articles:
            raise Refusal(f"{name} came with {column!r}, no column of articles; there are "
                          f"{', '.join(map(str, articles))}{nearest(column, articles)}")  # fmt: skip
        values = [values] if isinstance(values, str) or not hasattr(values, "__iter__") else list(values)
        if absent := [value for value in values if not articles[column].eq(value).any()]:
            known = articles[column].dropna().astype(str).value_counts().index[:5]
            raise Refusal(f"{name} came with {absent[0]!r}, which no article has in {column}; it has "
                          f"{', '.join(known)} …{nearest(str(absent[0]), known)}")  # fmt: skip
        fits &= articles[column].isin(values).to_numpy()
    return fits
