"""Compounds: a corpus whose hyphenated words are whole, where others count their parts."""

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from utils.corpus.corpus import Corpus
from utils.layers import tokens
from utils.passages.otherwise import Reading, ReadOtherwise, held

JOINT = re.compile(r"(?<=\w)\.?[-\u2010\u2011](?=\w)")


@dataclass(frozen=True, eq=False, repr=False)
class Compounded(ReadOtherwise):
    """A corpus whose hyphenated words are one each."""

    def read_words(self) -> pd.DataFrame:
        """Give the words, those with a hyphen alone between them as one."""
        words = self.layer("words")
        starts, ends, terms = words["start"].to_numpy(), words["end"].to_numpy(), words["term"]
        bounds = np.searchsorted(words["article_id"].cat.codes, np.arange(len(self._articles) + 1))
        goes_on = np.zeros(len(words) + 1, bool)
        for raw, low, high in zip(self._articles["raw"], bounds[:-1], bounds[1:], strict=True):
            joints = np.array([found.span() for found in JOINT.finditer(raw)], np.int64).reshape(-1, 2)
            at = low + np.searchsorted(ends[low:high], joints[:, 0])
            joints, at = joints[at < high - 1], at[at < high - 1]
            goes_on[at[(ends[at] == joints[:, 0]) & (starts[at + 1] == joints[:, 1])] + 1] = True
        first, last = np.flatnonzero(~goes_on[:-1]), np.flatnonzero(~goes_on[1:])
        term, whole = terms.iloc[first].astype("str").to_numpy(object), np.flatnonzero(last > first)
        parts = terms.astype("str").to_numpy(object) if len(whole) else ()
        for place in whole.tolist():
            term[place] = "-".join(parts[first[place] : last[place] + 1])
        found = words.iloc[first].reset_index(drop=True).assign(end=ends[last])
        return found.assign(term=pd.Categorical(term, pd.Index(sorted(set(term)), dtype="str")))

    @property
    def reading(self) -> Reading:
        """How queries are read: a compound is one word of theirs, too."""
        return Reading(surfaces, fold)


def compounds(news: Corpus) -> Corpus:
    """Give the corpus with hyphenated words whole: "post-war" is one word then, and "war" none of its parts.

    Whatever counts words takes it as any corpus; passages are the same. In a corpus as it comes, "post-war" is found as
    a phrase, and counted by its parts.
    """
    return Compounded(**held(news))


def surfaces(text: str, *, letters: str = "") -> list[str]:
    """Give the words of a short text as written, compounds whole."""
    found: list[str] = []
    end = -1
    for word in tokens.surfaces_of(text, letters=letters):
        start = text.index(word, max(end, 0))
        if found and re.fullmatch(r"\.?[-\u2010\u2011]", text[end:start]):
            found[-1] += text[end:start] + word
        else:
            found.append(word)
        end = start + len(word)
    return found


def fold(surface: str) -> str:
    """Give the term of a word or compound as written, wild cards and all."""
    return "-".join(tokens.fold(part) for part in tokens.surfaces_of(surface, letters="*?")) or tokens.fold(surface)
