"""What tables of passages hold of some articles, cut out part by part: no part costs a look at the whole table."""

from collections.abc import Callable
from functools import cache

import numpy as np
import pandas as pd

from utils import spans


def cut(layer: pd.DataFrame, ids: pd.Index) -> pd.DataFrame:
    """Give the rows of a layer that lie in the articles named, its categories cut down to them."""
    return cutter(layer)(ids)


def cutter(layer: pd.DataFrame) -> Callable[[pd.Index], pd.DataFrame]:
    """Give what cuts a layer part by part: whether it stands in the order of its articles is looked at once."""
    codes, known = spans.codes_of(layer["article_id"]), layer["article_id"].cat.categories
    in_order = cache(lambda: bool((codes[1:] >= codes[:-1]).all()))

    def of(ids: pd.Index) -> pd.DataFrame:
        wanted = known.get_indexer(ids)
        first, last = wanted.min(initial=len(known)), wanted.max(initial=-1)
        if 0 <= first == last + 1 - len(wanted) and in_order():  # on end, as the articles of a part are
            ends = np.array([first, last], codes.dtype)  # of another kind, all codes would be copied
            own = layer.iloc[slice(codes.searchsorted(ends[0]), codes.searchsorted(ends[1], "right"))]
            own = own.reset_index(drop=True)
        else:
            held = np.isin(np.arange(-1, len(known)), wanted[wanted >= 0])
            own = layer[held[codes + 1]].reset_index(drop=True)
        own["article_id"] = _coded(own["article_id"], wanted, ids)
        if "term" not in own:
            return own
        terms = own["term"].cat.categories
        occurs = np.zeros(len(terms) + 1, bool)  # the last is what is missing
        occurs[spans.codes_of(own["term"])] = True
        used = np.flatnonzero(occurs[:-1])
        return own.assign(term=_coded(own["term"], used, terms.take(used)))

    return of


def _coded(column: pd.Series, places: np.ndarray, categories: pd.Index) -> pd.Categorical:
    """Give a column by some of its categories, named by their places among all, in the time that its rows take."""
    code = np.full(len(column.cat.categories) + 1, -1)  # the last is that of what is missing
    code[places] = np.arange(len(places))
    return pd.Categorical.from_codes(code[spans.codes_of(column)], categories=categories)


def pieces(table: pd.DataFrame | pd.Series) -> Callable[[pd.Index], pd.DataFrame | pd.Series]:
    """Give what gives the rows that a layer or column has of the articles named."""
    if isinstance(table, pd.Series):
        return lambda ids: table if len(ids) == len(table) else table.loc[ids]
    if "article_id" not in table:  # what occurs in all of them
        return lambda ids: table
    of, n = cutter(table), len(table["article_id"].cat.categories)
    return lambda ids: table if len(ids) == n else of(ids)
