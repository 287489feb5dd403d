"""Modes: the words of a corpus as other programs count them, each by the rule that its makers give.

A number in a paper hangs on what the program took for a word. These are the defaults of four, so that their totals can
be had here, and what makes two totals differ can be read (`terms.explain_difference`).
"""

import re
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

import numpy as np
import pandas as pd
import regex

from utils import arguments
from utils.corpus.corpus import Corpus
from utils.passages.otherwise import Reading, ReadOtherwise, held

WORD = r"[\p{L}\p{N}_](?:\B.)*"  # up to the next boundary of words (Unicode Standard Annex 29)
ADDRESS = r"(?:https?://|www\.)[^\s<>\"“”]*[\p{L}\p{N}/]|[\p{L}\p{N}_.+-]{1,64}@[\p{L}\p{N}.-]+[\p{L}\p{N}]|[#@][\p{L}\p{N}_]+"
JOINED = rf"{WORD}(?:[-\u2010\u2011\u2013]{WORD})*"
SYMBOL = r"[\p{Sc}\p{Sm}\p{Sk}\p{So}]"


class Mode(NamedTuple):
    """What is a word, in the text with small letters, where that is said, and whether a line of _ may be one."""

    word: re.Pattern[str] | regex.Pattern[str]
    source: str
    of_lines: bool = False


MODES = {
    "scikit-learn": Mode(
        re.compile(r"\b\w\w+\b"),
        "CountVectorizer, token_pattern r'(?u)\\b\\w\\w+\\b': two letters or digits at least",
        True,
    ),
    "quanteda": Mode(
        regex.compile(rf"{ADDRESS}|{JOINED}|{SYMBOL}", regex.WORD),
        "tokens(remove_punct = TRUE), dfm(): boundaries of Unicode, hyphens hold, addresses, #tags and signs are words",
    ),
    "AntConc": Mode(regex.compile(r"\p{L}+"), "token definition: letters alone; numbers are none, apostrophes divide"),
    "Voyant": Mode(
        regex.compile(WORD, regex.WORD), "automatic: boundaries of Unicode by ICU; apostrophes hold, hyphens divide"
    ),
}
OURS = "passages"


@dataclass(frozen=True, eq=False, repr=False)
class CountedLike(ReadOtherwise):
    """A corpus whose words are those of another program."""

    _mode: str = field(default="scikit-learn", repr=False)

    def read_words(self) -> pd.DataFrame:
        """Give the words of the mode, in order."""
        codes: dict[str, int] = {}
        parts = []
        for number, raw in enumerate(self._articles["raw"]):
            found = spans(raw, self._mode)
            term = [codes.setdefault(word, len(codes)) for _, _, word in found]
            parts.append(np.array([(number, a, b, t) for (a, b, _), t in zip(found, term, strict=True)], np.int32))
        article, start, end, term = np.concatenate([np.empty((0, 4), np.int32), *(p.reshape(-1, 4) for p in parts)]).T
        words = pd.Categorical.from_codes(term, pd.Index(list(codes), dtype="str"))
        return pd.DataFrame(
            {
                "article_id": pd.Categorical.from_codes(article, pd.Index(self._articles.index, dtype="str")),
                "start": start,
                "end": end,
                "term": words.reorder_categories(words.categories.sort_values()),
            }
        )

    @property
    def reading(self) -> Reading:
        """How queries are read: as the texts are."""
        return Reading(partial(surfaces, mode=self._mode), str.lower)


def like(news: Corpus, mode: str) -> Corpus:
    """Give the corpus with words as another program counts them: what counts words then has its totals.

    `terms.frequencies(terms.like(news, "quanteda"))` and every other measure take it as any corpus; passages are alike.

    Parameters
        mode: "scikit-learn", "quanteda", "AntConc" or "Voyant", by their defaults, or "passages" for ours.
    Raises ValueError if the mode is none of these.
    """
    arguments.one_of(mode, [*MODES, OURS], "mode")
    if mode == OURS:
        return Corpus(**held(news))
    return CountedLike(**held(news), _mode=mode)


def spans(text: str, mode: str) -> list[tuple[int, int, str]]:
    """Give start, end and term of the words of a text in a mode."""
    small, place = _small(text)
    found = (one for one in MODES[mode].word.finditer(small) if MODES[mode].of_lines or one[0].strip("_"))
    if place is None:
        return [(*one.span(), one[0]) for one in found]
    held = [(place[one.start()], place[one.end() - 1] + 1, one[0]) for one in found]
    return [one for one, before in zip(held, [(0, 0, ""), *held], strict=False) if one[0] >= before[1]]


def _small(text: str) -> tuple[str, list[int] | None]:
    """Give a text in small letters, and where each of these stands in it where some are more than one ("İ")."""
    small = text.lower()
    if len(small) == len(text):
        return small, None
    pieces = [letter.lower() for letter in text]
    return "".join(pieces), [number for number, piece in enumerate(pieces) for _ in piece]


def surfaces(text: str, *, letters: str = "", mode: str) -> list[str]:
    """Give the words of a short text in a mode, as written; the characters in `letters` count as letters."""
    plain = text.translate({ord(letter): "x" for letter in letters})
    return [text[start:end] for start, end, _ in spans(plain, mode)]
