"""Counts: how often each article has each term, and how many words it has: what every rate is made of."""

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd
import scipy  # what it holds is loaded where it is used: it takes as long as pandas

from utils import passages
from utils.corpus.corpus import Corpus
from utils.passages import Columns, Groups, runs

COUNTS = ["term", "count"]
ROWS = 1_000_000  # of groups and terms that wait to be added up: bounds the memory


def counts(news: Corpus, *, by: Columns = None, within: pd.DataFrame | None = None) -> pd.DataFrame:
    """Give how often each article has each term: what every table of frequencies adds up.

    Parameters
        by: None, "article", or columns of articles or of `within` that divide the words into groups; words without a
        value in one of them are left out.  within: passages to count in (default: the body).
    Returns one row a group, article and term that occur together: the `by` columns, article_id, term (both
    categorical), count (int, at least 1). A word that lies in several passages of one group counts once.
    """
    groups = passages.groups(news, by, within, taken=COUNTS)
    return groups.labelled(counted(news, groups))


def sizes(news: Corpus, *, by: Columns = None, within: pd.DataFrame | None = None) -> pd.DataFrame:
    """Give how many words each article has: what rates divide by.

    Parameters as for `counts`.
    Returns one row an article of each group: the `by` columns, article_id (categorical), n_tokens (int; an article
    without any word is listed with 0, but by a column of `within` only one that has passages in the group).
    """
    groups = passages.groups(news, by, within, taken=["n_tokens"])
    return groups.labelled(sized(news, groups))


def counted(news: Corpus, groups: Groups, terms: Sequence[str] | None = None) -> pd.DataFrame:
    """Give group, article_id, term and count, as `counts` has them; of these terms alone, where they come."""
    parts = []
    for low, matrix in _crossed(news, groups, terms):
        crossed = matrix.tocsr().tocoo()
        parts.append((low + crossed.row, crossed.col, crossed.data))
    member, term, count = _joined(parts, 3)
    table = groups.members.take(member).reset_index(drop=True)
    return table.assign(term=_terms(news, term), count=count.astype(np.int64))


def totalled(news: Corpus, groups: Groups) -> pd.DataFrame:
    """Give group, term (categorical), count and n_articles, by group and term: the counts of all articles of a group.

    What is counted together stands together: members are in the order of their groups.
    """
    parts: list[tuple[np.ndarray, ...]] = []
    most = ROWS
    for low, matrix in _crossed(news, groups):
        group = groups.members["group"].to_numpy()[low + matrix.indices]
        parts.append(_added(group, matrix.indptr, matrix.data, np.ones_like(matrix.data)))
        if sum(len(part[0]) for part in parts) > most:
            parts = [_added_up(parts)]
            most = ROWS + 2 * len(parts[0][0])
    group, term, count, n = _added_up(parts)
    return pd.DataFrame({"group": group, "term": _terms(news, term), "count": count, "n_articles": n})


def sized(news: Corpus, groups: Groups) -> pd.DataFrame:
    """Give group, article_id and n_tokens, as `sizes` has them."""
    return groups.members.assign(n_tokens=runs.sizes(runs.of(news.words, groups), len(groups.members)))


def _crossed(
    news: Corpus, groups: Groups, terms: Sequence[str] | None = None
) -> "Iterator[tuple[int, scipy.sparse.csc_array]]":
    """Give how often members (articles of groups) have terms, some at a time: the first of them, and a row each.

    Words come by their places, so that a member's words of one term stand together once they are sorted by term:
    they are added up without comparing any two.
    """
    (code, known), words = runs.coded(news), news.words
    n, wanted = len(known), None if terms is None else known.isin(terms)
    for member, number in runs.gathered(runs.of(words, groups)):
        term, low = code[number], member[0]
        if wanted is not None:
            member, term = member[wanted[term]], term[wanted[term]]
        rows, shape = (member - low).astype(np.int32), (int(member[-1] - low + 1) if len(member) else 0, n)
        yield low, scipy.sparse.coo_array((np.ones(len(rows), np.int32), (rows, term.astype(np.int32))), shape).tocsc()


def _added(group: np.ndarray, indptr: np.ndarray, *columns: np.ndarray) -> tuple[np.ndarray, ...]:
    """Give group, term and the sums of some columns, which come by term and, of a term, by group."""
    term = np.repeat(np.arange(len(indptr) - 1, dtype=np.int32), np.diff(indptr))
    fresh = np.flatnonzero((np.diff(group, prepend=-1) != 0) | (np.diff(term, prepend=-1) != 0))
    return group[fresh], term[fresh], *(np.add.reduceat(own, fresh) if len(fresh) else own for own in columns)


def _added_up(parts: Sequence[tuple[np.ndarray, ...]]) -> tuple[np.ndarray, ...]:
    """Give group, term and the sums of two columns, by group and term, out of parts of them."""
    group, term, *columns = _joined(parts, 4)
    order = np.lexsort((term, group))
    group, term = group[order], term[order]
    fresh = np.flatnonzero((np.diff(group, prepend=-1) != 0) | (np.diff(term, prepend=-1) != 0))
    sums = (np.add.reduceat(own[order], fresh, dtype=np.int64) if len(fresh) else own for own in columns)
    return group[fresh], term[fresh], *sums


def _joined(parts: Sequence[tuple[np.ndarray, ...]], n: int) -> list[np.ndarray]:
    """Give n columns out of parts of them."""
    return [np.concatenate([np.empty(0, np.int32), *(part[column] for part in parts)]) for column in range(n)]


def _terms(news: Corpus, codes: np.ndarray) -> pd.Categorical:
    return pd.Categorical.from_codes(codes, runs.coded(news).terms)
