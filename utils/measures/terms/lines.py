"""Lines: the words of groups of passages one behind the other, and how far words that stand side by side reach."""

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pandas as pd

from utils import spans
from utils.corpus.corpus import Corpus
from utils.layers import tokens
from utils.passages import Groups, runs


class Line(NamedTuple):
    """All words of the members (articles of groups), in order, each once a member.

    member     the row among the members of the groups
    number     which word of `Corpus.words` it is
    code       what it counts as, a number; `terms` are what codes mean
    first, last   the places on the line of the first and the last word of the stretch that each word is in: words side
                  by side in one passage, and of one sentence where this is asked
    """

    member: np.ndarray
    number: np.ndarray
    code: np.ndarray
    terms: pd.Index
    first: np.ndarray
    last: np.ndarray


def line(news: Corpus, groups: Groups, *, in_sentences: bool) -> Line:
    """Give the line of the words that groups read; in_sentences: whether a stretch ends where its sentence does.

    Passages that overlap are one stretch; those that touch are two.
    """
    coded = runs.coded(news)
    own = runs.of(news.words, replace(groups, stretches=spans.merged(groups.stretches, by=["group"])))
    parts = [*runs.gathered(own)]
    member, number = (np.concatenate([np.empty(0, np.int64), *(part[at] for part in parts)]) for at in (0, 1))
    begins = np.zeros(len(number), bool)
    begins[np.append(0, np.cumsum(own.last - own.first))[: len(own.first)]] = True
    if in_sentences:
        begins[1:] |= np.diff(news.tokens["sentence"].to_numpy()[number]) != 0
    start = np.flatnonzero(begins)
    length = np.diff(np.append(start, len(number)))
    return Line(
        member, number, coded.code[number], coded.terms, np.repeat(start, length), np.repeat(start + length - 1, length)
    )


def placed(news: Corpus, groups: Groups, own: Line, hits: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Give the places on a line of the first and the last word of each hit, in each group that reads it: two int64.

    A hit that begins or ends inside a word has that word; one that holds no word is left out.
    """
    found = groups.rows(hits.reset_index(drop=True))
    begins, behind = spans.begun(news.words, found)
    ends = found.assign(start=found["end"] - 1)
    inside, last = spans.holder(found, news.words), spans.holder(ends, news.words)
    first = np.where(inside >= 0, inside, begins)
    last = np.where(last >= 0, last, behind - 1)
    ids = groups.members["article_id"].cat.categories
    keys = groups.members["group"].to_numpy(np.int64) * len(ids) + groups.members["article_id"].cat.codes.to_numpy()
    whose = found["group"].to_numpy(np.int64) * len(ids) + spans.numbers(found["article_id"], ids)
    member = np.searchsorted(keys, whose)
    n = len(news.words) + 1
    at = np.searchsorted(own.member * n + own.number, member * n + first)
    some = last >= first
    return at[some], (at + last - first)[some]


def stretches(news: Corpus, groups: Groups, own: Line, first: np.ndarray, last: np.ndarray) -> pd.DataFrame:
    """Give the passages from one place of a line to another: group, article_id, start, end."""
    table = spans.joined(news.words, own.number[first], own.number[last]).reset_index(drop=True)
    return table.assign(group=groups.members["group"].to_numpy()[own.member[first]])


def folded(wanted: Iterable[str]) -> list[str]:
    """Give terms that are wanted, as they came and with each of their words folded, as terms of texts are."""
    return [each for term in wanted for each in (term, " ".join(map(tokens.fold, term.split())))]
