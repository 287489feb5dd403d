"""Sentiment: the scored words of a corpus as passages, the scores of its sentences and articles, and their tone."""

from utils.measures.sentiment.contributions import contributions, mended
from utils.measures.sentiment.scores import scored_words, tone, unit_scores
from utils.measures.sentiment.sides import difference, scored_sides, shift
from utils.measures.sentiment.time import first_and_last, over_time

__all__ = [
    "contributions",
    "difference",
    "first_and_last",
    "mended",
    "over_time",
    "scored_sides",
    "scored_words",
    "shift",
    "tone",
    "unit_scores",
]
