"""Columns that a person adds to the articles of a corpus, each value checked to belong to an article."""

import difflib
from collections.abc import Mapping

import pandas as pd

from utils.arguments import Refusal
from utils.intake import dates
from utils.intake.batch import COLUMNS, TEXTS

EXAMPLE = 'news.with_columns(side=news.articles["outlet"].map(sides))'


def found(articles: pd.DataFrame, table: pd.DataFrame | None, columns: Mapping[str, object]) -> dict[str, pd.Series]:
    """Give new columns of articles by their names, in the order of the articles; what has no value is missing.

    Raises Refusal if a table or column is none by article id, holds an id that is unknown or there twice, or would
    change a text or where it came from.
    """
    if table is not None and not isinstance(table, pd.DataFrame):
        raise Refusal(f"with_columns takes a frame, or columns by name as in {EXAMPLE}; what came is {table!r:.100}")
    given: dict[str, object] = {}
    if table is not None:
        by_id = table.set_index("article_id") if "article_id" in table.columns else table
        given |= {str(name): by_id.iloc[:, place] for place, name in enumerate(by_id.columns)}
    given |= columns
    return {name: _column(articles.index, name, values) for name, values in given.items()}


def _column(ids: pd.Index, name: str, values: object) -> pd.Series:
    """Give one new column, checked."""
    if name in TEXTS or name == "article_id":
        raise Refusal(f"{name} is what was read and cannot be changed; give the column another name")
    if not isinstance(values, pd.Series | Mapping):
        raise Refusal(
            f"the column {name!r} is a Series or a mapping by article id, as in {EXAMPLE}; what came is "
            f"{type(values).__name__}: write pd.Series(values, index=news.articles.index) if its order is theirs"
        )
    series = values if isinstance(values, pd.Series) else pd.Series(dict(values), dtype=None if values else "str")
    unknown = [one for one in series.index if one not in ids]
    if unknown:
        near = difflib.get_close_matches(str(unknown[0]), ids, n=1)
        raise Refusal(
            f"{len(unknown):,} of {len(series):,} keys of the column {name!r} are no article ids, the first "
            f"{unknown[0]!r}{f'; did you mean {near[0]!r}' if near else ''}; its index is that of news.articles"
        )
    if not series.index.is_unique:
        twice = series.index[series.index.duplicated()][0]
        raise Refusal(f"the column {name!r} has more than one value for the article {twice!r}; keep one of them")
    series = series.reindex(ids)
    if name == "published":
        return _dated(series)
    return series.astype("str").where(series.notna()) if name in COLUMNS else series


def _dated(series: pd.Series) -> pd.Series:
    """Give dates as such. Raises Refusal where one cannot be read."""
    read = [dates.read(value) for value in series]
    for value, (moment, doubt) in zip(series, read, strict=True):
        if doubt and moment is pd.NaT:
            raise Refusal(f"{value!r} in the column 'published' cannot be read ({doubt}); write it as 2025-12-03")
    return pd.Series([moment for moment, _ in read], series.index, dtype="datetime64[us]")
