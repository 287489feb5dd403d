"""Passages: stretches of articles (article_id, start, end), their text, and which lie in which."""

import difflib
import sys
from collections.abc import Iterable, Mapping, Sequence
from html import escape

import numpy as np
import pandas as pd
from IPython.display import HTML

from utils import calls, markup
from utils.calls import kept as kept  # what a printed call may name
from utils.corpus import Corpus
from utils.intake.readers.tables import columns

KEYS = ["article_id", "start", "end"]
COUNTED = ["count", "n_articles"]
OPENED = 10  # passages shown in an opened row
REBOUND = ("; where an opened row gave this call, a name in it means another table by now: run the cell that shows the "
           "row again")  # fmt: skip


def checked(table: pd.DataFrame, *, what: str = "table") -> pd.DataFrame:
    """Give the table back if it holds passages. Raises ValueError naming the columns that came and are missing."""
    if not isinstance(table, pd.DataFrame):
        raise ValueError(
            f"{what} must be a table of passages (a DataFrame with {', '.join(KEYS)}); what came is "
            f"{type(table).__name__}"
        )
    if missing := [column for column in KEYS if column not in table]:
        raise ValueError(
            f"{what} must be a table of passages; it lacks {', '.join(missing)} and has "
            f"{', '.join(map(str, table.columns))}"
        )
    names = map(str, table["article_id"].unique()) if table["article_id"].dtype == object else ()
    if any(columns.whole(name) != name for name in names):
        raise ValueError(f"{what} names an article with half a character (a lone surrogate), which no name has")
    return table


def text(news: Corpus, table: pd.DataFrame) -> pd.Series:
    """Give the raw stretch of each passage, as received: a Series of str with the table's index.

    Raises ValueError if the table holds no passages, or one lies outside its article.
    """
    checked(table)
    raws = news.articles["raw"]
    held = raws[raws.index.isin(table["article_id"].unique())].to_dict()
    stretches = []
    for article, start, end in zip(table["article_id"], table["start"], table["end"], strict=True):
        if article not in held or not 0 <= start <= end <= len(held[article]):
            raise ValueError(
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
        raise ValueError(
            f"there are passages of {table['article_id'].iloc[(places < 0).argmax()]!r}, which is no article of "
            f"{news.name}; was the table made from another corpus or selection?"
        )
    return places


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


def chosen(news: Corpus, layer: pd.DataFrame, within: pd.DataFrame | None) -> pd.DataFrame:
    """Give the rows of a layer that lie inside `within` (default: the body), with `outer`, the row each lies in."""
    return inside(layer, news.body if within is None else checked(within, what="within"))


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


def draw(table: pd.DataFrame, n: int, *, seed: int = 0) -> pd.DataFrame:
    """Give n rows drawn by a seed, in their order; the whole table where it has no more."""
    if len(table) <= n:
        return table
    return table.iloc[np.sort(np.random.default_rng(seed).choice(len(table), n, replace=False))]


def show(news: Corpus, table: pd.DataFrame, *, limit: int = 20) -> HTML:
    """Give the first passages of a table, each marked in its context, as HTML; the last line says how many there are.

    Raises ValueError if the table holds no passages, or they lie in another corpus.
    """
    shown = checked(table).head(limit)
    text(news, shown)
    rest = (
        f"{len(shown):,} of {len(table):,} passages; limit={len(table)} shows all"
        if len(shown) < len(table)
        else f"{len(table):,} passage{'s' * (len(table) != 1)}"
    ) + REBOUND * (not len(table))
    return markup.shown(f'{markup.passage_list(news, shown)}<p style="{markup.QUIET}">{rest}</p>')


def whole(table: pd.DataFrame, *, limit: int = 20) -> HTML:
    """Give the first rows of any table as HTML with their texts whole, as a report wants to be read."""
    rest = f"; limit={len(table)} shows all" if len(table) > limit else ""
    note = f"{_rows(min(limit, len(table)), len(table))}{rest}." if len(table) else "No rows."
    return markup.opening_table(table.head(limit), None, note=note, shares=markup.shares(table))


def _rows(n: int, total: int) -> str:
    """Say how many of a table's rows are shown: "10 of 24 rows", "24 rows", "1 row"."""
    return f"{n:,} of {total:,} rows" if n < total else f"{n:,} row{'s' * (n != 1)}"


def read(news: Corpus, article_id: str, *, marks: pd.DataFrame | Sequence | Mapping[str, pd.DataFrame] = ()) -> HTML:
    """Give one article whole as HTML, its segments told apart, the passages of each table in `marks` marked in it.

    marks: a table of passages, several, or a mapping of label to table (the label is shown). Passages of other
    articles in them are passed over. Raises ValueError if there is no such article.
    """
    if article_id not in news.articles.index:
        raise ValueError(
            f"no article of {news.name} is called {article_id!r}; ids look like {news.articles.index[0]!r} "
            "(see news.articles.index)"
        )
    if isinstance(marks, Mapping):
        named = list(marks.items())
    else:
        named = [("", table) for table in ([marks] if isinstance(marks, pd.DataFrame) else marks)]
    return markup.marked_article(news, article_id, [(name, checked(table, what="marks")) for name, table in named])


def evidence(
    news: Corpus, table: pd.DataFrame, hits: pd.DataFrame, *, on: str | Sequence[str], limit: int = 10, seed: int = 0
) -> HTML:
    """Give a table as HTML whose rows open onto the passages counted in them.

    A row's passages are the hits that share its values in the columns `on` (a column of `articles` will do where
    the hits have none of that name). At most 10 are shown, drawn by the seed, with the call that shows them all: it
    runs in a cell of its own, and names corpus and hits as the notebook does where it has names for them. Where the
    table has a `count` or `n_articles`, it must be the number of those passages or of the articles they lie in: a
    number that does not lead back to its passages is an error.

    Parameters
        table: at most `limit` rows are shown, so sort it first.  hits: passages.  on: the columns both share.
    Raises ValueError if a column is missing, or a row's number and its passages disagree.
    """
    on = [on] if isinstance(on, str) else list(on)
    if missing := [column for column in on if column not in table]:
        raise ValueError(f"on={missing} must be columns of the table, which has {', '.join(map(str, table.columns))}")
    shown = table.head(limit)
    groups = _by_row(_with_columns(news, checked(hits, what="hits"), on), shown[on])
    found = [groups.get(_values(row), hits.iloc[:0]) for row in shown[on].itertuples(index=False)]
    for row, own in zip(shown.to_dict("records"), found, strict=True):
        _agree(row, own, on)

    longer = {place: own for place, own in enumerate(found) if len(own) > OPENED}
    printed = _calls(news, hits, shown.iloc[[*longer]], [*longer.values()], on)
    call = dict(zip(longer, printed, strict=True))

    def opened(place: int) -> str:
        own = found[place]
        drawn = draw(own, OPENED, seed=seed)
        rest = f"{len(drawn)} of {len(own):,}, drawn by seed {seed}. All of them: {call.get(place)}"
        note = f'<p style="{markup.QUIET}">{escape(rest)}</p>' if place in call else ""
        n_articles = own["article_id"].nunique()
        n = f"{len(own):,} passage{'s' * (len(own) != 1)} in {n_articles:,} article{'s' * (n_articles != 1)}"
        return f"<details><summary>{n}</summary>{markup.passage_list(news, drawn)}{note}</details>"

    note = f"{_rows(len(shown), len(table))}; open {'one' if len(shown) > 1 else 'it'} to read its passages."
    note = note if len(table) else "No rows: there is nothing to open."
    return markup.opening_table(shown, opened, note=note, shares=markup.shares(table))


def _calls(news: Corpus, hits: pd.DataFrame, rows: pd.DataFrame, found: list[pd.DataFrame], on: list[str]) -> list[str]:
    """Give each row's call that shows all its passages, as it runs in a cell of the notebook in which it is printed."""
    module, corpus, table = (calls.name_of(each) for each in (sys.modules[__name__], news, hits))
    here, named = module or "passages", corpus and table
    tests = [calls.where(rows.iloc[n], hits, on, corpus, table) if named else "" for n in range(len(rows))]
    keys = iter(calls.keep([own[KEYS] for own, test in zip(found, tests, strict=True) if not test], news))
    what = [f"{corpus}, {table}[{test}]" if test else f"*{here}.kept({next(keys)!r})" for test in tests]
    before = "" if module else "from utils import passages; "
    return [f"{before}{here}.show({each}, limit={len(own)})" for each, own in zip(what, found, strict=True)]


def _with_columns(news: Corpus, hits: pd.DataFrame, on: list[str]) -> pd.DataFrame:
    """Give the hits with every column of `on`, taken from the articles where the hits have none of that name."""
    articles = news.articles
    lacking = [column for column in on if column not in hits]
    if unknown := [column for column in lacking if column not in articles]:
        raise ValueError(
            f"on={unknown} must be columns of hits, which has {', '.join(map(str, hits.columns))}, or of articles"
        )
    place = article_numbers(news, hits)
    return pd.concat([hits, articles[lacking].iloc[place].set_axis(hits.index)], axis=1)


def _by_row(hits: pd.DataFrame, rows: pd.DataFrame) -> dict[tuple, pd.DataFrame]:
    """Give the hits of each combination of values that rows have. Raises where values are alike as text alone."""
    for column, wanted in rows.items():
        own = hits[column]
        among = own.isin(wanted.dropna().unique()) | (own.isna() & wanted.isna().any())
        if not among.any() and own.astype(str).isin(wanted.astype(str)).any():
            raise ValueError(f"on={column!r} holds {wanted.dtype} in the table and {own.dtype} in the hits, or the "
                             "articles; make them one type, as with .astype(str)")  # fmt: skip
        hits = hits[among]
    return {_values(key): own for key, own in hits.groupby([*rows], observed=True, sort=False, dropna=False)}


def _values(row: Iterable) -> tuple:
    """Give the values of a row, so that what is missing is the same however it is written."""
    return tuple(None if pd.isna(value) else value for value in row)


def _agree(row: dict, own: pd.DataFrame, on: list[str]) -> None:
    """Raise where a row's numbers are not those of its passages."""
    for column, counted in zip(COUNTED, (len(own), own["article_id"].nunique()), strict=True):
        if column in row and column not in on and row[column] != counted:
            named = ", ".join(f"{name}={row[name]!r}" for name in on)
            raise ValueError(
                f"the row {named} says {column}={row[column]}, but the passages given hold {counted}; were they "
                "found with the same corpus, `within` and `by`?"
            )
