"""Collocates: the words that stand near a word more often than their numbers would have it, and how sure that is."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
import scipy  # what it holds is loaded where it is used: it takes as long as pandas

from utils import arguments, passages
from utils.arguments import Refusal
from utils.corpus.corpus import Corpus
from utils.layers import tokens
from utils.measures.terms import lines
from utils.measures.terms.counts import COUNTS
from utils.measures.terms.lines import Line
from utils.passages import Columns, Groups
from utils.passages.queries import Query, hits
from utils.stats.bounds import Side, first_reason, quantile_of

Window = int | tuple[int, int] | str

SIZES = ["n_term", "n_near", "n_tokens"]
COLLOCATES = [*COUNTS, "n_articles", *SIZES, "expected", "mi", "low", "high", "note"]
HITS = ["article_id", "start", "end", "term", "distance"]
WIDEST = 50  # words of a window on either side


class Near(NamedTuple):
    """A line of words on which a query was found: whether each word is of a hit, and whether it stands near one.

    first, last: the places of the hits; left, right: how many words of either side are near; None: all of a sentence.
    """

    own: Line
    first: np.ndarray
    last: np.ndarray
    node: np.ndarray
    near: np.ndarray
    left: int | None
    right: int | None


def collocates(
    news: Corpus,
    query: Query,
    *,
    window: Window = 5,
    measures: Sequence[str] = (),
    rank: str = "low",
    min_count: int = 3,
    min_articles: int = 1,
    stop: Sequence[str] | None = None,
    by: Columns = None,
    within: pd.DataFrame | None = None,
    unit: str | pd.Series = "article",
) -> pd.DataFrame:
    """Give the words near a query, those first that are surely nearer to it than chance would bring them.

    A word of a text is near where it stands in the window of a hit, and counts once, in however many windows it is; the
    words of the hits themselves do not count. Of all other words read, the same share would be near if the query drew
    none: that is what is expected. One article that has a pair twenty times says little of the next article, so a row's
    rank is the lower end of its interval, for which whole articles are left out. `collocate_hits` gives the passages.

    Parameters
        query: as for `hits`; a list is one group.
        window: how many words on either side, left and right such as (0, 3), or "sentence" for all of the sentence. It
        lies in one passage, such as a paragraph of the body.
        measures: further columns, each a name below.  rank: the column that rows are sorted by.
        min_count, min_articles: words that are near less often, or in fewer articles of a group, are left out.
        stop: terms to leave out of the table.
        by: None (the whole), "article", or columns of articles or of `within`; words without a value there are left
        out.
        within: passages to read (default: the body).
        unit: what was sampled: "article", "story", a column of articles, or a Series by article_id. It alters the
        interval, and the order that follows from it.
    Returns one row a word (and group), those without a value of `rank` last:
        by columns, term
        count, n_articles  int, how often it is near, and in how many articles: O
        n_term, n_near, n_tokens   int, how often it is there at all; words that are near; all words but the hits' own:
                           C, W, N
        expected           float, E = C W / N
        (measures, where asked)
          mi3            log2(O³ / E): Daille (1994)
          t_score        (O - E) / √O: Church et al. (1991)
          log_likelihood G² of the four cells, minus where O < E: Dunning (1993), Evert (2005)
          log_dice       14 + log2(2 O / (hits + C)): Rychlý (2008); O at most the hits, so it is never above 14
          delta_p_term   share of near words that it is, less its share of the others: Gries (2013), the word given
                         the query
          delta_p_query  share of it that is near, less that of all others: the query given the word
        mi                 float, log2(O / E): Church & Hanks (1990), Evert (2005); 1 is twice as often as expected
        low, high          float, its 95 % jackknife-t interval, high at most where each C is near; missing where `note`
                           says why
        note               str, why there is no interval: fewer than ten units that have the query, or than five in
                           which the word is near it; else ""
    Raises ValueError as `hits` does, for a window or a measure that is none, or if `by` or `unit` names no column.
    """
    asked = list(dict.fromkeys(arguments.listed(measures, "measures", of="measures")))
    for one in asked:
        arguments.one_of(one, MEASURES, "measures")
    arguments.one_of(rank, [*COLLOCATES[1:-1], *asked], "rank")
    arguments.whole_number(min_count, "min_count", such_as=3)
    arguments.whole_number(min_articles, "min_articles", such_as=3)
    left_out = set() if stop is None else {tokens.term_of(word) for word in arguments.listed(stop, "stop")}
    groups = passages.groups(news, by, within, unit, taken=[*COLLOCATES, *MEASURES])
    found = _near(news, groups, query, window, within)
    cells = _cells(found, groups)
    parts = [pd.DataFrame(columns=["group", *COLLOCATES, *asked, "hits"])]
    for group in cells:
        table = _table(group, asked)
        kept = (table["count"] >= min_count) & (table["n_articles"] >= min_articles)
        kept &= ~np.isin(found.own.terms[group.term], [*left_out])
        parts.append(_bounded(group, table, kept.to_numpy(), found.own.terms, groups.unit))
    table = pd.concat(parts if len(parts) == 1 else parts[1:], ignore_index=True)
    table = table.astype({"term": "str", "note": "str", "group": int}).assign(near=-table[rank].astype(float))
    table = table.sort_values(["group", "near", "count", "term"], ascending=[True, True, False, True])
    columns = [*COLLOCATES[:7], *asked, *COLLOCATES[7:]]
    return groups.labelled(table[["group", *columns]])


def collocate_hits(
    news: Corpus,
    query: Query,
    terms: Sequence[str] | None = None,
    *,
    window: Window = 5,
    by: Columns = None,
    within: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Give the passages that `collocates` counts, so that each of its rows opens: from the nearest hit to the word.

    Parameters as for `collocates`; terms: the words wanted (default: all), such as `table["term"].head(10)`,
    in capitals or not.
    Returns one row an occurrence, in the order of the articles: by columns, article_id, start, end (both words and what
    is between them), term, distance (int, words from the hit, below 0 before it).
    Raises ValueError as `collocates` does.
    """
    wanted = None if terms is None else lines.folded(arguments.listed(terms, "terms"))
    groups = passages.groups(news, by, within, taken=HITS[1:])
    found = _near(news, groups, query, window, within)
    own, kept = found.own, found.near
    if wanted is not None:
        kept = kept & own.terms.isin(wanted)[own.code]
    at = np.flatnonzero(kept)
    behind, hit = _nearest(found, at)
    first, last = np.minimum(at, found.first[hit]), np.maximum(at, found.last[hit])
    table = lines.stretches(news, groups, own, first, last)
    distance = np.where(behind, at - found.last[hit], at - found.first[hit])
    table = table.assign(term=own.terms.to_numpy(object)[own.code[at]], distance=distance)
    return groups.labelled(table[["group", *HITS]].astype({"term": "str"}))


class Cells(NamedTuple):
    """What a group's words are counted into: terms that are near some hit, and units.

    near, there: how often units have them near, and at all (units x terms); words: of each unit near, and in all.
    """

    group: int
    term: np.ndarray
    near: "scipy.sparse.csr_array"
    there: "scipy.sparse.csr_array"
    n_articles: np.ndarray
    words_near: np.ndarray
    words: np.ndarray
    hits: int


def _near(news: Corpus, groups: Groups, query: Query, window: Window, within: pd.DataFrame | None) -> Near:
    """Find a query on the line of what is read, and what is near it."""
    left, right = _sides(window)
    own = lines.line(news, groups, in_sentences=window == "sentence")
    first, last = lines.placed(news, groups, own, hits(news, query, within=within))
    low, high = own.first[first], own.last[last]
    low = low if left is None else np.maximum(first - left, low)
    high = high if right is None else np.minimum(last + right, high)
    node, near = (_covered(len(own.code), *bounds) for bounds in ((first, last), (low, high)))
    return Near(own, first, last, node, near & ~node, left, right)


def _sides(window: Window) -> tuple[int | None, int | None]:
    """Give how many words are near on the left and on the right. Raises ValueError where the window is none."""
    if isinstance(window, str) and window == "sentence":
        return None, None
    pair = tuple(window) if isinstance(window, tuple | list) else (window, window)
    whole = all(isinstance(one, int | np.integer) and not isinstance(one, bool) and 0 <= one <= WIDEST for one in pair)
    if len(pair) != 2 or not whole or not any(pair):
        raise Refusal(f'window is how many words on either side, up to {WIDEST}, left and right such as (0, 3), or '
                      f'"sentence"; what came is {window!r:.200}')  # fmt: skip
    return int(pair[0]), int(pair[1])


def _covered(n: int, first: np.ndarray, last: np.ndarray) -> np.ndarray:
    """Say of each of n places whether it lies between one of the bounds."""
    steps = np.bincount(first, minlength=n + 1) - np.bincount(last + 1, minlength=n + 1)
    return np.cumsum(steps[:n]) > 0


def _nearest(found: Near, at: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give for each place near a hit whether the nearest one is before it, and which hit that is."""
    own, far = found.own, len(found.own.code) + 1
    order, ends = np.argsort(found.first, kind="stable"), np.argsort(found.last, kind="stable")
    after = np.searchsorted(found.first[order], at, "right")
    before = np.searchsorted(found.last[ends], at) - 1
    hit_after, hit_before = (np.append(one, 0)[place] for one, place in ((order, after), (ends, before)))
    ahead = np.append(found.first[order], far * 2)[after] - at
    back = np.where(before >= 0, at - found.last[hit_before] if len(ends) else 0, far)
    ahead = np.where((at + ahead <= own.last[at]) & (ahead <= (far if found.left is None else found.left)), ahead, far)
    back = np.where((at - back >= own.first[at]) & (back <= (far if found.right is None else found.right)), back, far)
    return back <= ahead, np.where(back <= ahead, hit_before, hit_after)


def _cells(found: Near, groups: Groups) -> list[Cells]:
    """Give the counts of each group that has hits."""
    own, members = found.own, groups.members
    unit, group = groups.whose(members["article_id"]), members["group"].to_numpy()
    of, result = group[own.member], []
    bounds = np.searchsorted(of, np.arange(len(groups.keys) + 1))  # members come group by group
    starts = of[found.first]
    for number in np.unique(starts):
        part = slice(bounds[number], bounds[number + 1])
        code, near, node, member = own.code[part], found.near[part], found.node[part], own.member[part]
        term, at = np.unique(code[near], return_inverse=True)
        place = np.full(len(own.terms), -1)
        place[term] = np.arange(len(term))
        units, row = np.unique(unit[member], return_inverse=True)
        other = ~node & (place[code] >= 0)
        shape = len(units), len(term)
        n_articles = np.bincount(np.unique(place[code[near]] * len(members) + member[near]) // len(members),
                                 minlength=len(term))  # fmt: skip
        result.append(
            Cells(
                int(number), term, _crossed(row[near], at, shape), _crossed(row[other], place[code[other]], shape),
                n_articles, np.bincount(row[near], minlength=len(units)).astype(float),
                np.bincount(row[~node], minlength=len(units)).astype(float), int((starts == number).sum()),
            )
        )  # fmt: skip
    return result


def _crossed(row: np.ndarray, column: np.ndarray, shape: tuple[int, int]) -> "scipy.sparse.csr_array":
    cells = (row.astype(np.int32), column.astype(np.int32))
    return scipy.sparse.coo_array((np.ones(len(row)), cells), shape).tocsr()


def _table(cells: Cells, asked: Sequence[str]) -> pd.DataFrame:
    """Give what a group's counts come to, a row a term, without an interval."""
    near, there = (np.asarray(each.sum(axis=0)) for each in (cells.near, cells.there))
    w, n = cells.words_near.sum(), cells.words.sum()
    table = pd.DataFrame({
        "count": near.astype(int), "n_articles": cells.n_articles, "n_term": there.astype(int), "n_near": int(w),
        "n_tokens": int(n), "expected": there * w / n, "hits": cells.hits,
    })  # fmt: skip
    with np.errstate(divide="ignore", invalid="ignore"):
        found = {name: MEASURES[name](table) for name in asked}
        return table.assign(mi=np.log2(near / table["expected"]), **found)


def _bounded(cells: Cells, table: pd.DataFrame, kept: np.ndarray, terms: pd.Index, unit: str) -> pd.DataFrame:
    """Give the rows kept, with low, high and note.

    log2 O - log2 C - log2 W + log2 N, each without one unit: where a unit lacks the term, the last two alone change, by
    the same for all terms. So we go through the units that have a term, and no others. What a value leans on are those
    that have the word near: t has their number less one for its degrees of freedom.
    """
    near, there = cells.near[:, kept], cells.there[:, kept].tocsc()
    w, n = cells.words_near.sum(), cells.words.sum()
    column = np.repeat(np.arange(there.shape[1]), np.diff(there.indptr))
    row, o = there.indices, near.tocsr()[there.indices, column]
    own = table[kept].reset_index(drop=True)
    total, every = own["count"].to_numpy(float), own["n_term"].to_numpy(float)
    with np.errstate(divide="ignore", invalid="ignore"):
        base = np.log2((n - cells.words) / n) - np.log2((w - cells.words_near) / w)
        change = np.log2((total[column] - o) / total[column]) - np.log2((every[column] - there.data) / every[column])
        change = np.nan_to_num(change, neginf=0, posinf=0)  # of terms that a single unit has near, which get none
    base = np.where(np.isfinite(base), base, 0)
    units = len(base)
    squares = np.bincount(column, change * (change + 2 * base[row]), len(own)) + (base**2).sum()
    sums = np.bincount(column, change, len(own)) + base.sum()
    spread = np.maximum(squares - sums**2 / units, 0) * (units - 1) / units
    spread = np.maximum(spread, (1 - total / (every + 1)) / total / np.log(2) ** 2)
    holding = np.full(len(own), int((cells.words_near > 0).sum()))
    carriers = np.asarray((near > 0).sum(axis=0)).astype(int)
    note = first_reason([Side(holding, carriers, holding)], 0.95, unit)
    note[(note == "") & (spread <= 1e-18)] = "no interval: the values are all alike"
    margin = scipy.special.stdtrit(np.maximum(carriers - 1, 1), quantile_of(0.95)) * np.sqrt(spread)
    margin = np.where(note == "", margin, np.nan)
    high = np.minimum(own["mi"] + margin, np.log2(n / w) if w else np.nan)
    return own.assign(
        group=cells.group, term=terms.to_numpy(object)[cells.term[kept]], low=own["mi"] - margin, high=high, note=note
    )


def _likelihood(table: pd.DataFrame) -> pd.Series:
    """Give G² of a word and its nearness, below 0 where it is nearer less often than expected."""
    o, c, w, n = (table[name].astype(float) for name in ("count", "n_term", "n_near", "n_tokens"))
    found = 0.0
    for observed, row, column in ((o, c, w), (c - o, c, n - w), (w - o, n - c, w), (n - c - w + o, n - c, n - w)):
        found = found + 2 * scipy.special.xlogy(observed, observed * n / (row * column).where(observed > 0, 1))
    return np.sign(o - table["expected"]) * found


MEASURES: dict[str, Callable[[pd.DataFrame], pd.Series]] = {
    "mi3": lambda table: np.log2(table["count"] ** 3 / table["expected"]),
    "t_score": lambda table: (table["count"] - table["expected"]) / np.sqrt(table["count"]),
    "log_likelihood": _likelihood,
    "log_dice": lambda table: (
        14 + np.log2(2 * np.minimum(table["count"], table["hits"]) / (table["hits"] + table["n_term"]))
    ),
    "delta_p_term": lambda table: (
        table["count"] / table["n_near"] - (table["n_term"] - table["count"]) / (table["n_tokens"] - table["n_near"])
    ),
    "delta_p_query": lambda table: (
        table["count"] / table["n_term"] - (table["n_near"] - table["count"]) / (table["n_tokens"] - table["n_term"])
    ),
}
