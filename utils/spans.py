"""Spans: stretches (article_id, start, end) and their arithmetic: which lie in which, whatever they are of."""

import numpy as np
import pandas as pd

from utils.arguments import Refusal

KEYS = ["article_id", "start", "end"]


def checked(table: pd.DataFrame, *, what: str = "table") -> pd.DataFrame:
    """Give the table back if it holds passages. Raises ValueError naming the columns that came and are missing."""
    if not isinstance(table, pd.DataFrame):
        raise Refusal(
            f"{what} must be a table of passages (a DataFrame with {', '.join(KEYS)}); what came is "
            f"{type(table).__name__}"
        )
    if missing := [column for column in KEYS if column not in table]:
        raise Refusal(
            f"{what} must be a table of passages; it lacks {', '.join(missing)} and has "
            f"{', '.join(map(str, table.columns))}"
        )
    names = map(str, table["article_id"].unique()) if table["article_id"].dtype == object else ()
    if any("\ud800" <= sign <= "\udfff" for name in names for sign in name):
        raise Refusal(f"{what} names an article with half a character (a lone surrogate), which no name has")
    return table


def inside(inner: pd.DataFrame, outer: pd.DataFrame) -> pd.DataFrame:
    """Give the inner passages that lie wholly inside an outer one, with `outer`, the label of that row.

    One row a pair, in the order of inner: where outer passages overlap, an inner one may come more than once.
    Raises ValueError if either table holds no passages.
    """
    checked(inner, what="inner"), checked(outer, what="outer")
    ids = pd.Index(outer["article_id"].unique()).astype("str")
    width = max(_last(inner), _last(outer)) + 2
    inner_code, outer_code = _codes(inner["article_id"], ids), _codes(outer["article_id"], ids)
    at = inner_code * width + inner["start"].to_numpy(np.int64)
    order = np.arange(len(at)) if len(at) < 2 or (at[1:] >= at[:-1]).all() else np.argsort(at, kind="stable")
    first = np.searchsorted(at[order], outer_code * width + outer["start"].to_numpy(np.int64), "left")
    last = np.searchsorted(at[order], outer_code * width + outer["end"].to_numpy(np.int64), "left")
    n = np.maximum(last - first, 0)
    place = np.repeat(first - np.concatenate([[0], np.cumsum(n)[:-1]]), n) + np.arange(n.sum())
    rows, holders = order[place], np.repeat(np.arange(len(outer)), n)
    whole = inner["end"].to_numpy()[rows] <= outer["end"].to_numpy()[holders]
    rows, holders = rows[whole], holders[whole]
    if len(rows) > 1 and not (rows[1:] >= rows[:-1]).all():
        back = np.lexsort((holders, rows))
        rows, holders = rows[back], holders[back]
    return inner.iloc[rows].assign(outer=outer.index.to_numpy()[holders])


def _last(table: pd.DataFrame) -> int:
    return int(table["end"].max()) if len(table) else 0


def _codes(articles: pd.Series, ids: pd.Index) -> np.ndarray:
    """Give the place of each article in ids, -1 where it is not among them."""
    if isinstance(articles.dtype, pd.CategoricalDtype):
        places = np.append(ids.get_indexer(articles.cat.categories.astype("str")), -1)
        return places[articles.cat.codes.to_numpy()].astype(np.int64)
    return ids.get_indexer(articles.astype("str")).astype(np.int64)
