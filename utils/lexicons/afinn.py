"""AFINN's lexicon and rules: words and phrases with whole points from -5 to 5, added up as the afinn package does.

A word scores wherever it stands between two edges of words, in capitals or not, the longest entry first. Nothing turns
it and nothing raises it, but for phrases that are entries themselves ("not good"). A text scores the sum of its words,
so that a long one may score more than a short one.

Source: Nielsen (2011), A new ANEW: Evaluation of a word list for sentiment analysis in microblogs; list AFINN-en-165.
"""

import re
from collections.abc import Callable
from functools import cache
from math import inf

import numpy as np

from utils.lexicons import Lexicon
from utils.lexicons.rewritten import rewritten
from utils.lexicons.table import Word

OTHERWISE = re.compile(r"\s+|\u0130")  # what the package reads otherwise than it stands, and as more or fewer signs


@cache
def reader() -> Callable[[str], list[Word]]:
    """Give the function that finds the scored words of a text as `Afinn().score` does, in their order."""
    from afinn import Afinn

    package = Afinn()
    points, pattern = package._dict, package._pattern

    def scored(text: str) -> list[Word]:
        changed = (each for each in OTHERWISE.finditer(text) if each[0] != " ")
        plain = rewritten(text, ((*each.span(), " " if each[0].isspace() else each[0].lower()) for each in changed))
        found = pattern.finditer(plain.text.lower())
        return [Word(*plain.span(*each.span()), float(points[each[0]]), each[0], each[0].split()) for each in found]

    return scored


def total(sums: np.ndarray, n: np.ndarray) -> np.ndarray:
    """Give what the sum of the points of n words is multiplied by to be the score of their text."""
    return np.ones(len(sums))


LEXICON = Lexicon(reader, made_by=(__name__,), libraries=("afinn",), weight=total, possible=(-inf, inf))
