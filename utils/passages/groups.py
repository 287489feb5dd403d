"""Groups: by what passages are counted, and that the names it is asked for by are there."""

import difflib
from collections.abc import Sequence

import pandas as pd

from utils.corpus.corpus import Corpus
from utils.spans import checked

COUNTED = ["count", "n_articles"]


def check_columns(news: Corpus, by: Sequence[str], within: pd.DataFrame | None, *, taken: Sequence[str] = ()) -> None:
    """Raise ValueError where `by` names no column of articles or of `within`, with the nearest there is, or one of
    `taken`, the names that the result uses itself."""
    check_free(by, taken)
    own = [] if within is None else checked(within, what="within")
    known = list(dict.fromkeys(["article_id", *news.articles, *own]))
    if strange := [column for column in by if column not in known]:
        near = difflib.get_close_matches(strange[0], known, n=1)
        raise ValueError(
            f"by={strange[0]!r} names no column of articles or of within; "
            + f"there are {', '.join(known)}"
            + (f"; did you mean {near[0]!r}?" if near else "")
        )


def check_free(by: Sequence[str], taken: Sequence[str]) -> None:
    """Raise ValueError where a column that groups rows has a name that the result has itself."""
    if doubled := [column for column in by if column in (*taken, "self")]:  # which pandas' assign cannot take
        name = doubled[0]
        raise ValueError(
            f"by={name!r} is a name that we use here ourselves; give your column another, such as my_{name}: "
            f"load takes columns={ {f'my_{name}': name} }, and a table .rename(columns={ {name: f'my_{name}'} })"
        )


def count(table: pd.DataFrame, *, by: str | Sequence[str]) -> pd.DataFrame:
    """Give how many passages share each combination of values, most first: the `by` columns, count, n_articles (int).

    Its rows open onto the passages with `evidence(news, counted, table, on=by)`.
    Raises ValueError if the table holds no passages, or `by` names none of its columns, or one of these.
    """
    by = [by] if isinstance(by, str) else list(by)
    check_free(by, COUNTED)
    if strange := [column for column in by if column not in checked(table)]:
        raise ValueError(f"by={strange[0]!r} names no column of the table; there are {', '.join(map(str, table))}")
    groups = table.groupby(by, observed=True)
    counted = groups.agg(count=("start", "size"), n_articles=("article_id", "nunique")).reset_index()
    return counted.sort_values(["count", *by], ascending=[False, *[True] * len(by)], ignore_index=True)
