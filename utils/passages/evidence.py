"""Evidence: passages as a notebook shows them, and tables whose rows open onto the passages counted in them."""

import sys
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from html import escape

import pandas as pd
from IPython.display import HTML

from utils import arguments
from utils.arguments import Refusal
from utils.corpus.corpus import Corpus
from utils.passages import calls, html
from utils.passages.groups import COUNTED
from utils.passages.table import article_numbers, corpus, draw, text
from utils.spans import KEYS, checked

OPENED = 10  # passages shown in an opened row
NAMED = 80  # characters of a value in the name of what opens
REBOUND = ("; where an opened row gave this call, a name in it means another table by now: run the cell that shows the "
           "row again")  # fmt: skip


def show(news: Corpus, table: pd.DataFrame, *, limit: int = 20) -> HTML:
    """Give the first passages of a table, each marked in its context, as HTML; the last line says how many there are.

    Raises ValueError if the table holds no passages, or they lie in another corpus.
    """
    arguments.whole_number(limit, "limit", least=0)
    shown = checked(table).head(limit)
    text(news, shown)
    rest = (
        f"{len(shown):,} of {len(table):,} passages; limit={len(table)} shows all"
        if len(shown) < len(table)
        else f"{len(table):,} passage{'s' * (len(table) != 1)}"
    ) + REBOUND * (not len(table))
    return html.shown(f'{html.passage_list(news, shown)}<p style="{html.QUIET}">{rest}</p>')


def whole(table: pd.DataFrame, *, limit: int = 20) -> HTML:
    """Give the first rows of any table as HTML with their texts whole, as a report wants to be read."""
    arguments.table(table, "table", columns=[], of="a measure")
    arguments.whole_number(limit, "limit", least=0)
    rest = f"; limit={len(table)} shows all" if len(table) > limit else ""
    note = f"{_rows(min(limit, len(table)), len(table))}{rest}." if len(table) else "No rows."
    return html.opening_table(table.head(limit), None, note=note, shares=html.shares(table))


def _rows(n: int, total: int) -> str:
    """Say how many of a table's rows are shown: "10 of 24 rows", "24 rows", "1 row"."""
    return f"{n:,} of {total:,} rows" if n < total else f"{n:,} row{'s' * (n != 1)}"


def read(news: Corpus, article_id: str, *, marks: pd.DataFrame | Sequence | Mapping[str, pd.DataFrame] = ()) -> HTML:
    """Give one article whole as HTML, its segments told apart, the passages of each table in `marks` marked in it.

    marks: a table of passages, several, or a mapping of label to table (the label is shown). Passages of other
    articles in them are passed over. Raises ValueError if there is no such article.
    """
    if article_id not in corpus(news).articles.index:
        raise Refusal(
            f"no article of {news.name} is called {article_id!r}; ids look like {news.articles.index[0]!r} "
            "(see news.articles.index)"
        )
    if isinstance(marks, Mapping):
        named = list(marks.items())
    else:
        named = [("", table) for table in ([marks] if isinstance(marks, pd.DataFrame) else marks)]
    return html.marked_article(news, article_id, [(name, checked(table, what="marks")) for name, table in named])


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
    on = arguments.listed([on] if isinstance(on, str) else on, "on", of="columns")
    arguments.table(table, "table", columns=[], of="a measure")
    arguments.whole_number(limit, "limit", least=0)
    if missing := [column for column in on if column not in table]:
        raise Refusal(f"on={missing} must be columns of the table, which has {', '.join(map(str, table.columns))}")
    shown = table.head(limit)
    groups = _by_row(_with_columns(news, checked(hits, what="hits"), on), shown[on])
    found = [groups.get(_values(row), hits.iloc[:0]) for row in shown[on].itertuples(index=False)]
    for row, own in zip(shown.to_dict("records"), found, strict=True):
        _agree(row, own, on)

    longer = {place: own for place, own in enumerate(found) if len(own) > OPENED}
    printed = _calls(news, hits, shown.iloc[[*longer]], [*longer.values()], on)
    call = dict(zip(longer, printed, strict=True))

    def opened(place: int) -> tuple[str, str]:
        own = found[place]
        drawn = draw(own, OPENED, seed=seed)
        rest = f"{len(drawn)} of {len(own):,}, drawn by seed {seed}. All of them: {call.get(place)}"
        last = f'<p style="{html.QUIET}">{escape(rest)}</p>' if place in call else ""
        n_articles = own["article_id"].nunique()
        n = f"{len(own):,} passage{'s' * (len(own) != 1)} in {n_articles:,} article{'s' * (n_articles != 1)}"
        name = ", ".join(
            textwrap.shorten(
                f"{value:%Y-%m-%d}" if isinstance(value, pd.Timestamp) else str(value), NAMED, placeholder=" …"
            )
            for value in shown.iloc[place][on]
            if pd.notna(value)
        )
        return f"{name or 'missing'}: {n}", f'<div style="{html.QUIET}">{n}</div>{html.passage_list(news, drawn)}{last}'

    note = (
        f"{_rows(len(shown), len(table))}; the triangle before {'each' if len(shown) > 1 else 'it'} opens its passages."
    )
    note = note if len(table) else "No rows: there is nothing to open."
    return html.opening_table(shown, opened, note=note, shares=html.shares(table), heads=on)


def _calls(news: Corpus, hits: pd.DataFrame, rows: pd.DataFrame, found: list[pd.DataFrame], on: list[str]) -> list[str]:
    """Give each row's call that shows all its passages, as it runs in a cell of the notebook in which it is printed."""
    module, corpus, table = (calls.name_of(each) for each in (sys.modules[__package__], news, hits))
    here = module or "passages"
    tests = [calls.where(rows.iloc[n], hits, on, corpus, table) if corpus and table else "" for n in range(len(rows))]
    keys = iter(calls.keep([own[KEYS] for own, test in zip(found, tests, strict=True) if not test], news))
    what = [f"{corpus}, {table}[{test}]" if test else f"*{here}.kept({next(keys)!r})" for test in tests]
    before = "" if module else "from utils import passages; "
    return [f"{before}{here}.show({each}, limit={len(own)})" for each, own in zip(what, found, strict=True)]


def _with_columns(news: Corpus, hits: pd.DataFrame, on: list[str]) -> pd.DataFrame:
    """Give the hits with every column of `on`, taken from the articles where the hits have none of that name."""
    articles = news.articles
    lacking = [column for column in on if column not in hits]
    if unknown := [column for column in lacking if column not in articles]:
        raise Refusal(
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
            raise Refusal(f"on={column!r} holds {wanted.dtype} in the table and {own.dtype} in the hits, or the "
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
            raise Refusal(
                f"the row {named} says {column}={row[column]}, but the passages given hold {counted}; were they "
                "found with the same corpus, `within` and `by`?"
            )
