"""Spans: stretches (article_id, start, end) and their arithmetic: which lie in which, whatever they are of.

A stretch is half open, as a slice of Python is: it holds the code points from `start` up to, not with, `end`. Two that
touch have nothing in common, and an empty one (start == end) holds nothing. Tables of passages come in any order, with
any further columns, their articles as text, as numbers or as categories; what two tables call by one name is one
article, and a stretch of a missing article has none in common with any other. *Units* are stretches of which none
is empty and none reaches into another, as words and sentences are.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import cast

import numpy as np
import pandas as pd

from utils.arguments import Refusal

KEYS = ["article_id", "start", "end"]
ARTICLES = 1_000  # whose units are laid on one line at a time: bounds the memory
ROWS = 1_000_000  # of a table that are looked at at a time, likewise
NOWHERE = np.iinfo(np.int64).min + 1  # before every place, as its negative is behind every place

Span = tuple[int, int]


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

    A passage that shares a bound with the outer one lies inside; an empty one does at its start, not at its end.
    One row a pair, in the order of inner and then of outer: where outer passages overlap, an inner one may come more
    than once.
    Raises ValueError if either table holds no passages.
    """
    checked(inner, what="inner"), checked(outer, what="outer")
    base, inner_base = _bases(outer, inner)
    order, starts = _ordered(inner_base + inner["start"].to_numpy(np.int64))
    start, end = _edges(outer, base)
    places, holders = spread(np.searchsorted(starts, start), np.searchsorted(starts, end))
    rows = order[places]
    whole = inner["end"].to_numpy()[rows] <= outer["end"].to_numpy()[holders]
    rows, holders = rows[whole], holders[whole]
    if len(rows) > 1 and not (rows[1:] >= rows[:-1]).all():
        back = np.lexsort((holders, rows))
        rows, holders = rows[back], holders[back]
    return inner.iloc[rows].assign(outer=outer.index.to_numpy()[holders])


def held(inner: pd.DataFrame, outer: pd.DataFrame) -> np.ndarray:
    """Say of each inner passage, in their order, whether it lies wholly inside an outer one, as for `inside`: bool."""
    width, ids = _line(inner, outer)
    _, starts, ends = _ordered(*_edges(outer, numbers(outer["article_id"], ids, -2) * width))
    reach, found = np.append(np.maximum.accumulate(ends), NOWHERE), np.zeros(len(inner), bool)
    for some in portions(len(inner)):
        own = inner.iloc[some]
        start, end = _edges(own, numbers(own["article_id"], ids) * width)
        last = reach[np.searchsorted(starts, start, "right") - 1]
        found[some] = (start < last) & (end <= last)
    return found


def overlap(one: tuple[pd.Series, pd.Series], other: tuple[pd.Series, pd.Series]) -> pd.Series:
    """Give what two stretches of one article have in common as a share of what either holds, row by row.

    one, other: starts and ends, four columns of a table.
    Returns a Series of float, 0-1, with their labels: 1 the same stretch, 0 where they touch or lie apart; missing
    where a bound is, or where both are empty.
    """
    (start, end), (first, last) = ([edge.to_numpy(float, na_value=np.nan) for edge in side] for side in (one, other))
    both = np.maximum(np.minimum(end, last) - np.maximum(start, first), 0)
    either = (end - start) + (last - first) - both
    return pd.Series(both / np.where(either > 0, either, np.nan), one[0].index)


def cut(table: pd.DataFrame, bounds: pd.DataFrame) -> pd.DataFrame:
    """Give the stretches of a table cut at the bounds of others: what each has in common with each of `bounds`.

    Returns the table's columns and labels, one row a piece, in the order of the table and then of the places of the
    bounds; a stretch that has nothing in common with any is left out:
        start, end   int64, the piece; never empty
        outer        the label of the row of `bounds` that holds it
    """
    base, bound_base = _bases(table, bounds)
    order, *edges = _ordered(*_edges(bounds, bound_base))
    rows, places, start, end = _pieces(table, base, *edges)
    return table.iloc[rows].assign(start=start, end=end, outer=bounds.index.to_numpy()[order[places]])


def less(table: pd.DataFrame, holes: pd.DataFrame) -> pd.DataFrame:
    """Give what of the stretches of a table no hole covers.

    Returns the table's columns and labels, one row a piece, in the order of the table and then of their places; a
    stretch that holes cover wholly is left out:
        start, end   int64, the piece; never empty
    """
    base, hole_base = _bases(table, holes)
    starts, ends = _edges(holes, hole_base)
    full = starts < ends
    _, starts, ends = _ordered(starts[full], ends[full])
    gaps = np.append(NOWHERE, np.maximum.accumulate(ends)), np.append(starts, -NOWHERE)
    rows, _, start, end = _pieces(table, base, *gaps)
    return table.iloc[rows].assign(start=start, end=end)


def merged(table: pd.DataFrame, *, by: Sequence[str] = ()) -> pd.DataFrame:
    """Give the stretches of each article (and group) with those that overlap made one; those that touch stay apart.

    by: columns that divide the stretches into groups, which are never joined.
    Returns one row a stretch, none empty and none reaching into another of its group, in the order of group, article
    and place, numbered anew; rows without an article or a group are left out:
        by columns, article_id   as they came
        start, end               int64
    """
    table = table[(table["start"] < table["end"]) & table[[*by, "article_id"]].notna().all(axis=1)]
    base = table.groupby([*by, "article_id"], observed=True).ngroup().to_numpy(np.int64) * (_last(table) + 1)
    order, starts, ends = _ordered(*_edges(table, base))
    reach = np.maximum.accumulate(ends)
    begins = np.append(True, starts[1:] >= reach[:-1])[: len(starts)]
    first, own = order[begins], base[order[begins]]
    end = reach[np.append(begins[1:], True)[: len(starts)]] - own
    return table[[*by, *KEYS]].iloc[first].assign(start=starts[begins] - own, end=end).reset_index(drop=True)


def holder(table: pd.DataFrame, units: pd.DataFrame) -> np.ndarray:
    """Give the number, among the rows of `units` from 0, of the unit that each stretch begins in: int64, -1 if none.

    A stretch that begins where a unit ends begins in the next, or in none.
    """
    base, unit_base = _bases(table, units)
    order, starts, ends = _ordered(*_edges(units, unit_base))
    at, _ = _edges(table, base)
    place = np.searchsorted(starts, at, "right") - 1
    return np.where(at < np.append(ends, NOWHERE)[place], np.append(order, -1)[place], -1)


def begun(units: pd.DataFrame, table: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Give which units begin in each stretch: the first of them, and the first behind the last of them, two int64.

    The numbers are those of the units in the order of their places, from 0, over all articles: for units that stand in
    that order, `units.iloc[first:last]`. Where none begins in a stretch, both are that of the next unit.
    """
    base, unit_base = _bases(table, units)
    _, starts = _ordered(unit_base + units["start"].to_numpy(np.int64))
    start, end = _edges(table, base)
    return np.searchsorted(starts, start), np.searchsorted(starts, end)


def whole(units: pd.DataFrame, table: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Give which units lie wholly inside each stretch: the first of them, and the first behind the last, two int64.

    The units stand in the order of their places, article by article, their articles as categories, as in a layer; they
    are never copied, and some articles are laid on a line at a time. Where none lies in a stretch, last is not above
    first.
    """
    codes, ids = codes_of(units["article_id"]), units["article_id"].cat.categories
    begins, ends = units["start"].to_numpy(), units["end"].to_numpy()
    article = numbers(table["article_id"], ids)
    start = np.maximum(table["start"].to_numpy(np.int64), 0)
    end = np.maximum(table["end"].to_numpy(np.int64), start)
    order = np.argsort(article, kind="stable")
    places = np.append(np.searchsorted(codes, np.arange(len(ids), dtype=codes.dtype)), len(codes))
    first, last = np.zeros((2, len(article)), np.int64)
    width = 1 + int(max(end.max(initial=0), ends.max(initial=0)))  # so that no article reaches into the next
    for low in range(0, len(ids), ARTICLES):
        own = order[slice(*np.searchsorted(article[order], [low, low + ARTICLES]))]
        begin, behind = places[low], places[min(low + ARTICLES, len(ids))]
        line = (codes[begin:behind].astype(np.int64) - low) * width + begins[begin:behind]
        base = (article[own] - low) * width
        first[own] = begin + np.searchsorted(line, base + start[own])
        last[own] = begin + np.searchsorted(line, base + end[own])
    cut = np.flatnonzero(last > first)
    last[cut] -= ends[last[cut] - 1] > end[cut]  # no unit reaches into another: the last alone may be cut
    return first, last


def nth(units: pd.DataFrame, table: pd.DataFrame, n: int | Sequence[int] | np.ndarray) -> np.ndarray:
    """Give the number, among the rows of `units` from 0, of the nth unit beside each stretch: int64, -1 if none.

    After a stretch stand the units that end behind its end, before it those that begin before its start: one that the
    stretch cuts is the first of them. Units of other articles are beside no stretch.

    n: 1 for the first after it, 2 for the next; -1 for the last before it. Of several, an array with a column each.
    """
    steps = np.asarray(n, np.int64)
    if not steps.all():
        raise Refusal(f"n counts from 1 after a stretch and from -1 before it; what came is {n!r}")
    base, unit_base = _bases(table, units)
    order, starts, ends = _ordered(*_edges(units, unit_base))
    start, end = _edges(table, base)
    first, last = np.searchsorted(starts, start), np.searchsorted(ends, end, "right")
    each = (..., *[None] * steps.ndim)
    place = np.where(steps > 0, last[each] + steps - 1, first[each] + steps)
    known = (place >= 0) & (place < len(order))
    near = np.append(order, -1)[np.where(known, place, -1)]
    return np.where(np.append(unit_base, NOWHERE)[near] == base[each], near, -1)


def joined(units: pd.DataFrame, first: np.ndarray, last: np.ndarray) -> pd.DataFrame:
    """Give the stretches from one unit to another of the same article: article_id, start, end, labelled as the first.

    first, last: the numbers of units, among the rows from 0, pair by pair.
    """
    return units[["article_id", "start"]].iloc[first].assign(end=units["end"].to_numpy()[last])


def common(one: Sequence[int], other: Sequence[int]) -> Span:
    """Give the bounds of what two stretches of one text have in common: its start is not before its end if nothing."""
    return max(one[0], other[0]), min(one[1], other[1])


def between(start: int, end: int, holes: Iterable[Span]) -> Iterator[Span]:
    """Give the stretches from start to end of one text that no hole covers, none empty; holes come by their starts."""
    for first, last in holes:
        if first < last:
            if start < min(first, end):
                yield start, min(first, end)
            start = max(start, last)
    if start < end:
        yield start, end


def _pieces(table: pd.DataFrame, base: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> tuple[np.ndarray, ...]:
    """Give what a table's stretches have in common with others on the line of all articles, which come by their starts.

    Returns, a value a piece, the row of the table, that of the others, start, end.
    """
    start, end = _edges(table, base)
    first = np.searchsorted(np.maximum.accumulate(ends), start, "right")
    places, rows = spread(first, np.searchsorted(starts, end, "left"))
    start, end = np.maximum(start[rows], starts[places]), np.minimum(end[rows], ends[places])
    some = start < end
    rows, places = rows[some], places[some]
    return rows, places, start[some] - base[rows], end[some] - base[rows]


def spread(first: np.ndarray, last: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give the numbers from each first up to its last, one behind the other, and which pair each is of."""
    n = np.maximum(last - first, 0)
    return np.arange(n.sum()) + np.repeat(first - (np.cumsum(n) - n), n), np.repeat(np.arange(len(n)), n)


def _ordered(at: np.ndarray, *others: np.ndarray) -> tuple[np.ndarray, ...]:
    """Give the rows in the order of their places on the line, then these places and what else there is in that order.

    Rows that are in order already, as a layer's are, are not copied.
    """
    if (at[1:] >= at[:-1]).all():
        return np.arange(len(at)), at, *others
    order = np.argsort(at, kind="stable")
    return order, *(one[order] for one in (at, *others))


def _edges(table: pd.DataFrame, base: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give where each stretch starts and ends on the line of all articles."""
    return base + table["start"].to_numpy(np.int64), base + table["end"].to_numpy(np.int64)


def _bases(one: pd.DataFrame, other: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Give where the article of each stretch of two tables begins, as if all articles stood on one line.

    An article that `one` alone has begins where `other` has nothing.
    """
    width, ids = _line(one, other)
    return numbers(one["article_id"], ids) * width, numbers(other["article_id"], ids, -2) * width


def _line(one: pd.DataFrame, other: pd.DataFrame) -> tuple[int, pd.Index]:
    """Give how long the line of an article is, so that none of either table ends where the next begins, and the ids of
    the articles of `other`."""
    named = other["article_id"]
    own = named.cat.categories if isinstance(named.dtype, pd.CategoricalDtype) else pd.Index(named.dropna().unique())
    return max(_last(one), _last(other)) + 1, own.astype("str")


def _last(table: pd.DataFrame) -> int:
    return int(table["end"].max()) if len(table) else 0


def portions(n: int) -> Iterator[slice]:
    """Give the rows of a table of n some at a time, so that what is made of them is small."""
    return (slice(low, min(low + ROWS, n)) for low in range(0, n, ROWS))


def codes_of(column: pd.Series) -> np.ndarray:
    """Give the codes of a column of categories as they are: `column.cat.codes` is a copy of them."""
    return cast(pd.Categorical, column.array).codes


def texts_of(column: pd.Series) -> pd.Series:
    """Give a column of categories, none missing, as texts: what `astype` gives, but by way of no Python string."""
    if not isinstance(column.dtype, pd.CategoricalDtype):
        return column.astype("str")
    return pd.Series(column.cat.categories.array.take(codes_of(column)), column.index).astype("str")


def numbers(articles: pd.Series, ids: pd.Index, missing: int = -1) -> np.ndarray:
    """Give the place of each article in ids: int64, -1 where it is not among them, `missing` where it is missing."""
    if isinstance(articles.dtype, pd.CategoricalDtype):
        places = np.append(ids.get_indexer(articles.cat.categories.astype("str")), missing).astype(np.int64)
        return places[codes_of(articles)]
    return np.where(articles.isna(), missing, ids.get_indexer(articles.astype("str"))).astype(np.int64)
