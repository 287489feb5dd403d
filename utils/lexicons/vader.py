"""VADER's lexicon and rules: what the vaderSentiment package makes of a text, each scored word with its place.

The package itself scores every word, so that its rules are its own: of words before it that raise, lower or turn it,
capitals among small letters, "but", idioms. A scored word carries the points that it has after them, about -4 to 4.
Each "!" (four at most) and each of several "?" is a scored word, too, with what it adds to the side that prevails. A
text scores the sum s of all these as s / sqrt(s^2 + 15), to four places: the package's compound.

Source: Hutto & Gilbert (2014), VADER: A parsimonious rule-based model for sentiment analysis of social media text.
"""

import re
import string
from collections.abc import Callable, Iterator, Sequence
from functools import cache

import numpy as np

from utils.lexicons import Lexicon
from utils.lexicons.rewritten import Rewritten, rewritten
from utils.lexicons.table import Word

REACH = 3  # words before one that may raise, lower or turn it
RUN = re.compile(r"\S+")
SHOUTS, SHOUT = 4, 0.292  # "!" that count, and what each adds
ASKED = {2: 0.18, 3: 0.18}  # what each of so many "?" adds; one adds nothing
ALL_ASKED = 0.96  # what more of them add together
DAMPING, PLACES = 15, 4  # of the compound, and how far it is rounded


@cache
def reader() -> Callable[[str], list[Word]]:
    """Give the function that finds the scored words of a text as `polarity_scores` does: words, then "!" and "?"."""
    from vaderSentiment import vaderSentiment as package

    class Opened(package.SentimentIntensityAnalyzer):
        """The package's analyser, stopped before it adds up the points of the words."""

        def score_valence(self, sentiments: list[float], text: str) -> list[float]:
            """Give the points of each word as they are."""
            return sentiments

    analyser = Opened()
    lexicon, raising = analyser.lexicon, package.BOOSTER_DICT

    def moves(word: str) -> bool:
        return word not in lexicon and (word in raising or word == "least" or package.negated([word]))

    def scored(text: str) -> list[Word]:
        points = analyser.polarity_scores(text)
        told = rewritten(text, _told(text, analyser.emojis))
        tokens = [_stripped(*each.span(), each[0]) for each in RUN.finditer(told.text)]
        words = [told.text[start:end].lower() for start, end in tokens]
        found = []
        for n, word in enumerate(words):
            if word not in lexicon or word in raising or words[n : n + 2] == ["kind", "of"]:
                continue
            before = [at for at in range(max(0, n - REACH), n) if moves(words[at]) or _turns(words, at, n)]
            own = [words[at] for at in before]
            entry, score = lexicon[word], float(points[n])
            found.append(
                Word(
                    *told.span(tokens[before[0] if before else n][0], tokens[n][1]),
                    score,
                    word,
                    [*own, word],
                    negated=score * entry < 0 and any(each == "no" or package.negated([each]) for each in own),
                    intensity=abs(score / entry) if entry else 1.0,
                )
            )
        return found + _emphasis(told, float(sum(points)))

    return scored


def _told(text: str, emojis: dict[str, str]) -> Iterator[tuple[int, int, str]]:
    """Give the pictures in a text, and the words that the package reads in their place."""
    for at, sign in enumerate(text):
        if sign in emojis:
            parted = at == 0 or text[at - 1] == " "
            yield at, at + 1, emojis[sign] if parted else f" {emojis[sign]}"


def _stripped(start: int, end: int, token: str) -> tuple[int, int]:
    """Give where a word lies without the marks at its ends; what is two signs long without them may be a face."""
    bare = token.strip(string.punctuation)
    if len(bare) <= 2:
        return start, end
    first = start + len(token) - len(token.lstrip(string.punctuation))
    return first, first + len(bare)


def _turns(words: Sequence[str], at: int, n: int) -> bool:
    """Say whether the word there is a "no" that turns the n-th: one or two before it, or three before "or"."""
    return words[at] == "no" and (n - at < REACH or words[n - 1] in ("or", "nor"))


def _emphasis(told: Rewritten, total: float) -> list[Word]:
    """Give each "!" and "?" that counts with what it adds to the side that prevails; none where neither does."""
    side = (total > 0) - (total < 0)
    shouts = [at for at, sign in enumerate(told.text) if sign == "!"][:SHOUTS]
    asked = [at for at, sign in enumerate(told.text) if sign == "?"]
    each = ASKED.get(len(asked), ALL_ASKED / len(asked) if len(asked) > 1 else 0.0)
    rows = [(at, SHOUT, "!") for at in shouts] + [(at, each, "?") for at in asked]
    return [Word(*told.span(at, at + 1), side * adds, sign, [sign]) for at, adds, sign in rows if side * adds]


def compound(total: np.ndarray, n: np.ndarray) -> np.ndarray:
    """Give what the sum of the points of n words is multiplied by to be the compound of their text."""
    factor = 1 / np.sqrt(total**2 + DAMPING)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(total == 0, factor, np.round(total * factor, PLACES) / total)


LEXICON = Lexicon(reader, made_by=(__name__,), libraries=("vaderSentiment",), weight=compound)
