"""Profiles: how often articles, or groups of them, have each term, as rows of a sparse table."""

from typing import NamedTuple

import numpy as np
import pandas as pd
import scipy  # what it holds is loaded where it is used: it takes as long as pandas

from utils import passages
from utils.arguments import Refusal
from utils.corpus.corpus import Corpus
from utils.layers import tags
from utils.passages import Columns, Groups, runs


class Profiles(NamedTuple):
    """What is held side by side: a row of `counts` each."""

    counts: "scipy.sparse.csr_array"  # members x terms: articles of groups
    group: np.ndarray  # of each member
    names: pd.Index  # of the groups
    terms: pd.Index
    groups: Groups


def profiles(news: Corpus, by: Columns, within: pd.DataFrame | None, *, lemma: bool = False) -> Profiles:
    """Give the counts of every article of every group, by term or by lemma; articles without a word are left out.

    Lemmas are those of the corpus's commonest language, and the term itself where simplemma knows none.
    Raises ValueError if `by` names no one column, or fewer than two groups have a word.
    """
    if len(passages.listed(by)) != 1:
        raise Refusal(f'by came as {by!r}; it is "article", or one column of articles or of `within`')
    groups = passages.groups(news, by, within, taken=["other", "similarity"])
    code, terms = coded(news, lemma)
    n, parts = len(groups.members), []
    for member, number in runs.gathered(runs.of(news.words, groups)):
        cells = (member, code[number])
        parts.append(scipy.sparse.coo_array((np.ones(len(member)), cells), (n, len(terms))).tocsr())
    counts = sum(parts[1:], start=parts[0]) if parts else scipy.sparse.csr_array((n, len(terms)))
    some = np.flatnonzero(np.diff(counts.indptr))
    group = groups.members["group"].to_numpy()[some]
    if len(np.unique(group)) < 2:
        raise Refusal(f"{news.name} has words in {len(np.unique(group))} of the groups asked for; two at least can be "
                      "held side by side")  # fmt: skip
    names = pd.Index(groups.keys[groups.by[0]].astype("str"), name=groups.by[0])
    return Profiles(counts[some], group, names, terms, groups)


def joined(counts: "scipy.sparse.csr_array", group: np.ndarray, n: int) -> "scipy.sparse.csr_array":
    """Give the rows of n groups: those of their members, added up."""
    ones = np.ones(len(group))
    return scipy.sparse.csr_array((ones, (group, np.arange(len(group)))), (n, len(group))) @ counts


def coded(news: Corpus, lemma: bool) -> tuple[np.ndarray, pd.Index]:
    """Give the number of each word's term, or lemma, and those terms."""
    code, terms = runs.coded(news)
    if not lemma:
        return code, terms
    language = tags.code(next(iter(news.articles["language"].dropna().mode()), None))
    if language is None:  # one whose lemmas nobody here knows
        return code, terms
    lemmas = [tags.lemma_of(term, term, language) for term in terms]
    number, known = pd.factorize(pd.Index(lemmas))
    return number[code], pd.Index(known)
