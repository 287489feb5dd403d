"""Groups: by what a measure counts: the passages it reads, the group of each, and the unit that was sampled."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from utils import mapped
from utils.arguments import Refusal, nearest
from utils.corpus.corpus import Corpus
from utils.passages.table import article_numbers, corpus
from utils.spans import KEYS, checked, inside, numbers
from utils.stats import units

COUNTED = ["count", "n_articles"]
ARTICLES = 1_000  # of a portion
Columns = str | Sequence[str] | None
Numbers = TypeVar("Numbers", pd.Series, pd.DataFrame)


@dataclass(frozen=True, eq=False)
class Groups:
    """What every measure groups by, so that the whole, each article, a column and several are one case.

    by          the columns that a result begins with; none where the whole is one group, "article_id" for the articles
    keys        one row a group, in the order of a result: those columns; indexed from 0 by the group's number
    members     the articles of each group: group, article_id (categorical, in the order of the corpus); with or without
                a passage, unless a column is of the passages
    stretches   the passages to read: article_id, start, end, and `group`, the number of each one's group
    units       the unit of each article, by article_id; `unit` is what a note calls it, such as "article"
    """

    by: list[str]
    keys: pd.DataFrame
    members: pd.DataFrame
    stretches: pd.DataFrame
    units: pd.Series
    unit: str

    def rows(self, layer: pd.DataFrame) -> pd.DataFrame:
        """Give the rows of a layer that lie inside the passages, each once in a group, with the number of its `group`.

        The index of the layer is kept, and must name each of its rows once.
        """
        rows = inside(layer, self.stretches)
        rows = rows.assign(group=self.stretches["group"].to_numpy()[rows.pop("outer")])
        if not rows.index.has_duplicates:
            return rows
        return rows[~pd.DataFrame({"row": rows.index, "group": rows["group"].to_numpy()}).duplicated().to_numpy()]

    def portions(self, *layers: pd.DataFrame, size: int | None = None) -> Iterator[tuple[Any, ...]]:
        """Give the groups with the passages of some articles at a time, and what each layer has of these articles.

        layers: in the order of the articles, which are their categories.  size: how many articles, if not ARTICLES.
        A measure that goes over them has no more than these in hand at once, however large the corpus.
        """
        ids, size = self.members["article_id"].cat.categories, size or ARTICLES
        article = numbers(self.stretches["article_id"], ids)
        order = np.argsort(article, kind="stable")
        bounds = np.arange(0, len(ids) + size, size)
        own = np.searchsorted(article[order], bounds)
        places = [np.searchsorted(numbers(layer["article_id"], ids), bounds) for layer in layers]
        for at in range(len(bounds) - 1):
            stretches = self.stretches.iloc[np.sort(order[own[at] : own[at + 1]])]
            parts = (layer.iloc[each[at] : each[at + 1]] for layer, each in zip(layers, places, strict=True))
            yield replace(self, stretches=stretches.reset_index(drop=True)), *parts

    def labelled(self, table: pd.DataFrame) -> pd.DataFrame:
        """Give a table with the columns of its groups first: see `labelled`."""
        return labelled(table, self.keys)

    def by_unit(self, each: Numbers) -> Numbers:
        """Give numbers of articles, indexed by article_id, added up by unit. Raises ValueError if one has no unit."""
        whose = units.complete(self.units, pd.Index(each.index.astype("str")))
        return each.groupby(whose.to_numpy()).sum()

    def whose(self, articles: pd.Series) -> np.ndarray:
        """Give the number of each row's unit, from its article. Raises ValueError if one has none."""
        place, ids = pd.factorize(articles.astype("str"))
        return pd.factorize(units.complete(self.units, pd.Index(ids)).to_numpy())[0][place]


def groups(
    news: Corpus,
    by: Columns = None,
    within: pd.DataFrame | None = None,
    unit: str | pd.Series = "article",
    *,
    taken: Sequence[str] = (),
    missing: bool = False,
) -> Groups:
    """Give by what a measure counts: the passages to read, the group of each, and the unit of each article.

    Parameters
        by: None (the whole is one group), "article", a column of articles or of `within`, or a list of these. Groups
        come in the order of their dates, numbers or categories; those of words with the most articles first (of a
        column of `within`: passages); articles in the order of the corpus.
        within: passages to read (default: the body); those of articles that the corpus does not hold are passed over.
        unit: what was sampled: "article", "story" (the articles that print one text; a column of that name goes
        before), a column of articles, or a Series by article_id.
        taken: names that the result uses itself.  missing: whether passages without a value in a column of `by` are a
        group of their own, the last; else they are left out.
    Every value that the articles have is a group, with or without a passage, unless a column is of `within`.
    Raises ValueError if `by` or `unit` names no column, `by` one that is taken, or `within` is no table of passages.
    """
    by = check_columns(news, by, within, taken=taken)
    ids, spans = news.articles.index, news.body if within is None else within
    place = numbers(spans["article_id"], ids)
    own = [] if within is None else [name for name in by if name in within and name != "article_id"]
    spans = spans[list(dict.fromkeys([*KEYS, *own]))]
    if not (held := place >= 0).all():
        spans, place = spans[held], place[held]
    spans = spans.reset_index(drop=True)
    at = place if own else np.arange(len(ids))
    values = [spans[name] if name in own else _of_articles(news, name).iloc[at] for name in by]
    number, keys = _numbered(by, values, len(at), missing, by_size=True)
    members = pd.DataFrame({"group": number, "article_id": pd.Categorical.from_codes(at, ids)}).drop_duplicates()
    members = members[members["group"] >= 0].sort_values(["group", "article_id"], ignore_index=True)
    number = number if own else number[place]
    stretches = spans[KEYS].assign(group=number)
    if not (held := number >= 0).all():
        stretches = stretches[held].reset_index(drop=True)
    stretches = mapped.frame(stretches)
    whose = units_of(news, unit)
    called = "article" if whose.name == "article_id" else str(whose.name or "unit")
    return Groups(by, keys, members, stretches, whose, called)


def units_of(news: Corpus, unit: str | pd.Series) -> pd.Series:
    """Give the unit of each article, a gap where it has none: for what `unit` may be, see `groups`."""
    known = news.articles
    if isinstance(unit, str) and unit in ("article", "article_id"):
        return pd.Series(known.index, known.index, name="article_id")
    if isinstance(unit, str) and unit == "story" and unit not in known:
        return news.copies.set_index("article_id")["story"]
    if isinstance(unit, pd.Series):
        return unit
    if not isinstance(unit, str) or unit not in known:
        raise Refusal(f'unit={unit!r} is no column of articles; there are "article", "story", '
                         f"{', '.join(map(str, known))}{nearest(unit, known)}")  # fmt: skip
    return known[unit]


def check_columns(news: Corpus, by: Columns, within: pd.DataFrame | None, *, taken: Sequence[str] = ()) -> list[str]:
    """Give the columns of `by` as a list, "article" as "article_id".

    Raises ValueError where one is no column of articles or of `within`, with the nearest there is, or one of `taken`,
    the names that the result uses itself, or where `within` is no table of passages.
    """
    own = [] if within is None else list(checked(within, what="within"))
    return known_columns(by, [*corpus(news).articles, *own], "articles or of within", taken)


def known_columns(by: Columns, known: Sequence[str], of: str, taken: Sequence[str], more: str = "") -> list[str]:
    """Give the columns of `by` as a list; ValueError, with `more` to do, where one is not `known`, or is `taken`."""
    by = listed(by)
    check_free(by, taken)
    known = list(dict.fromkeys(["article_id", *known]))
    if strange := [column for column in by if column not in known]:
        raise Refusal(f"by={strange[0]!r} names no column of {of}; there are {', '.join(map(str, known))}"
                         f"{nearest(strange[0], known) or more}")  # fmt: skip
    return by


def listed(by: Columns) -> list[str]:
    """Give what `by` names as a list of columns, none twice, "article" as "article_id".

    Raises ValueError where what came are no names.
    """
    if isinstance(by, pd.Series):
        raise Refusal(f"by takes the name of a column; what came is a Series: write by={str(by.name)!r}")
    names = [] if by is None else [by] if isinstance(by, str) else by
    if not isinstance(names, list | tuple | pd.Index) or not all(isinstance(name, str) for name in names):
        raise Refusal(f'by takes None, "article", the name of a column, or a list of names; what came is {by!r}')
    return list(dict.fromkeys("article_id" if name == "article" else name for name in names))


def check_free(by: Sequence[str], taken: Sequence[str]) -> None:
    """Raise ValueError where a column that groups rows has a name that the result has itself."""
    if doubled := [column for column in by if column in (*taken, "self")]:  # which pandas' assign cannot take
        name = doubled[0]
        raise Refusal(
            f"by={name!r} is a name that we use here ourselves; give your column another, such as my_{name}: "
            f"load takes columns={ {f'my_{name}': name} }, and a table .rename(columns={ {name: f'my_{name}'} })"
        )


def count(table: pd.DataFrame, *, by: Columns = None, news: Corpus | None = None) -> pd.DataFrame:
    """Give how many passages share each combination of values, most first: the `by` columns, count, n_articles (int).

    Its rows open onto the passages with `evidence(news, counted, table, on=by)`.

    Parameters
        by: None (one row for all), "article", a column of the table, or a list of these; passages without a value in
        one of them are left out.  news: their corpus; with it, `by` may name a column of articles too.
    Raises ValueError if the table holds no passages, or `by` names none of its columns, or one of these.
    """
    number, keys = numbered(checked(table), by, news, taken=COUNTED)
    counted = table.groupby(number).agg(count=("start", "size"), n_articles=("article_id", "nunique"))
    counted = counted.reindex(keys.index, fill_value=0).rename_axis("group").reset_index()
    return labelled(counted.sort_values("count", ascending=False, kind="stable"), keys)


def numbered(
    table: pd.DataFrame, by: Columns, news: Corpus | None = None, *, taken: Sequence[str] = (), missing: bool = False
) -> tuple[np.ndarray, pd.DataFrame]:
    """Give the number of each passage's group, -1 where it has none, and the groups, one row each in their order.

    Parameters
        by: as for `groups`, columns of the table or, where their corpus is given, of articles.
        taken, missing: as for `groups`.
    Raises ValueError as `groups` does, or where a passage lies in no article of the corpus.
    """
    columns, of, more = [*table], "the table", "; for a column of articles give their corpus too, as news=news"
    if news is not None:
        columns, of, more = [*columns, *news.articles], "the table or of articles", ""
    by = known_columns(by, columns, of, taken, more)
    place = None if news is None else article_numbers(news, table)
    values = [table[name] if news is None or name in table else _of_articles(news, name).iloc[place] for name in by]
    return _numbered(by, values, len(table), missing)


def labelled(table: pd.DataFrame, keys: pd.DataFrame) -> pd.DataFrame:
    """Give a table with the columns of its groups first, in place of their number; its index is counted anew.

    A column of the keys that the table has itself, as its article_id may be, stays as the table has it.
    """
    table = table.reset_index(drop=True)
    number = table.pop("group").to_numpy()
    own = [keys[name].iloc[number].reset_index(drop=True) for name in keys if name not in table]
    table = pd.concat([*own, table], axis=1)
    return table[[*keys, *table.columns.difference(keys.columns, sort=False)]]


def _of_articles(news: Corpus, name: str) -> pd.Series:
    """Give a column of articles; their ids in the order of the corpus."""
    if name == "article_id":
        return pd.Series(pd.Categorical(news.articles.index, news.articles.index))
    return news.articles[name]


def _numbered(
    by: list[str], values: list[pd.Series], n: int, missing: bool, *, by_size: bool = False
) -> tuple[np.ndarray, pd.DataFrame]:
    """Give the number of each row's group, -1 where it has none, and the groups, one row each in their order.

    by_size: whether words come in the order of how often there are, not of the alphabet.
    """
    if not by:
        return np.zeros(n, int), pd.DataFrame(index=[0])
    if doubled := [name for name, column in zip(by, values, strict=True) if column.ndim > 1]:
        raise Refusal(f"by={doubled[0]!r} is the name of several columns; give each another, as with .set_axis(axis=1)")
    frame = pd.DataFrame({name: column.reset_index(drop=True) for name, column in zip(by, values, strict=True)})
    ordered = frame.apply(_by_size) if by_size else frame
    try:
        number = ordered.groupby(by, observed=True, dropna=not missing).ngroup().fillna(-1).to_numpy(int)
    except TypeError:
        raise Refusal(
            f"by={by} holds values that are no names, such as lists; make them text first, as with .astype(str)"
        ) from None
    first = np.unique(number, return_index=True)[1][int((number < 0).any()) :]
    keys = frame.iloc[first].reset_index(drop=True)
    return number, keys.astype({"article_id": "str"}) if "article_id" in by else keys


def _by_size(column: pd.Series) -> pd.Series:
    """Give a column of words as categories, those that it has most often first; any other column as it is."""
    if not pd.api.types.is_string_dtype(column):
        return column
    often = column.value_counts().sort_index().sort_values(ascending=False, kind="stable")
    return column.astype(pd.CategoricalDtype(often.index, ordered=True))
