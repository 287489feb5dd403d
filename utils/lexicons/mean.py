"""The mean of several lexicons, each on one scale: what one of them misreads, the others may not.

TextBlob's as mended, VADER's and AFINN's scores of a text are each divided by how much the lexicon's scores spread over
sentences of news, and the mean of the three is the score; one that knows no word of a text has 0 there. Nothing is
taken away from a score, so that 0 stays what it is: neither good nor bad. A word that several know is one scored word,
with what it adds in all of them, so that a text scores the sum of its words.

After van der Veen & Bleich (2025), The advantages of lexicon-based sentiment analysis in an age of machine learning,
PLOS ONE 20(1), doi:10.1371/journal.pone.0313092, who take eight lexicons and move their scores to a mean of 0, too.
"""

from collections.abc import Callable
from functools import cache
from math import inf

import numpy as np

from utils import lexicons
from utils.lexicons import Lexicon
from utils.lexicons.afinn import total
from utils.lexicons.table import Word

# the standard deviation of the scores over 10,831 sentences of 308 articles from American outlets, 0 where no word is
# known
SPREADS = {"textblob-mended": 0.2111, "vader": 0.4187, "afinn": 2.6143}
MADE_BY = ("mean", "textblob_mended", "textblob", "vader", "afinn")


@cache
def reader() -> Callable[[str], list[Word]]:
    """Give the function that finds the scored words of a text by all the lexicons, in their order."""
    parts = [(lexicons.named(name), SPREADS[name] * len(SPREADS)) for name in SPREADS]
    reads = [(lexicon, lexicon.reader(), spread) for lexicon, spread in parts]

    def scored(text: str) -> list[Word]:
        held: dict[tuple[int, str], Word] = {}
        for lexicon, read, spread in reads:
            words = read(text)
            factor = lexicon.factor(np.array([sum(one.polarity for one in words)]), np.array([max(1, len(words))]))
            for one in words:
                key = one.end, one.entry
                held[key] = _joined(held.get(key), one, one.polarity * float(factor[0]) / spread)
        return sorted(held.values())

    return scored


def _joined(known: Word | None, one: Word, adds: float) -> Word:
    """Give what a lexicon knows of a word, joined to what those before it do."""
    if known is None:
        return Word(one.start, one.end, adds, one.entry, [*one.words], negated=one.negated)
    wider = one if one.start < known.start else known
    return Word(
        wider.start, known.end, known.polarity + adds, known.entry, [*wider.words], negated=known.negated or one.negated
    )


LEXICON = Lexicon(
    reader,
    made_by=tuple(f"{lexicons.__name__}.{name}" for name in MADE_BY),
    libraries=("textblob", "nupunkt", "vaderSentiment", "afinn"),
    weight=total,
    possible=(-inf, inf),
)
