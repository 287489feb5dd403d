"""Runs: the words of groups of passages as runs of their numbers, so that none is copied before it is counted.

Words stand in the order of their places, article by article, as a layer does: those of a passage are the words from one
number up to another. Two numbers a passage say which words are read, however many there are.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd

from utils.corpus.corpus import Corpus
from utils.passages.groups import Groups
from utils.spans import codes_of, numbers, whole

WORDS = 1_000_000  # that are gathered at a time: bounds the memory


class Runs(NamedTuple):
    """Runs of words, in order: the row among the members of the groups, the first word and the first behind the last.

    A word is in one run of a member at most.
    """

    member: np.ndarray
    first: np.ndarray
    last: np.ndarray


class Coded(NamedTuple):
    """Words as numbers: the code of each word in `Corpus.words`, in their order, and the term that each code means."""

    code: np.ndarray
    terms: pd.Index


def coded(news: Corpus) -> Coded:
    """Give what each word counts as. Every measure of terms asks here, and nowhere else."""
    column = news.words["term"]
    return Coded(codes_of(column), column.cat.categories)


def of(words: pd.DataFrame, groups: Groups) -> Runs:
    """Give the runs of those words that lie wholly inside the passages of each group."""
    stretches, members = groups.stretches, groups.members
    first, last = whole(words, stretches)
    ids = members["article_id"].cat.categories
    n = len(ids)
    keys = members["group"].to_numpy(np.int64) * n + members["article_id"].cat.codes.to_numpy()
    member = np.searchsorted(keys, stretches["group"].to_numpy(np.int64) * n + numbers(stretches["article_id"], ids))
    some = last > first
    member, first, last = member[some], first[some], last[some]
    order = np.lexsort((first, member))
    member, first, last = member[order], first[order], last[order]
    line = member * (len(words) + 1)  # on which each member has all words to itself
    reach = np.maximum.accumulate(line + last)
    first[1:] = np.maximum(first[1:], reach[:-1] - line[1:])
    some = last > first
    return Runs(member[some], first[some], last[some])


def sizes(runs: Runs, n: int) -> np.ndarray:
    """Give how many words each of n members has."""
    return np.bincount(runs.member, runs.last - runs.first, n).astype(np.int64)


def gathered(runs: Runs) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Give the member and the number of each word, some whole members at a time."""
    length = runs.last - runs.first
    behind = np.cumsum(length)
    fresh = np.flatnonzero(np.diff(runs.member, prepend=-1))  # the first run of each member
    batch = (behind - length)[fresh] // WORDS
    bounds = fresh[np.flatnonzero(np.diff(batch, prepend=-1))]
    for low, high in pairwise([*bounds, len(length)]):
        n = length[low:high]
        number = np.arange(n.sum()) + np.repeat(runs.first[low:high] - (np.cumsum(n) - n), n)
        yield np.repeat(runs.member[low:high], n), number
