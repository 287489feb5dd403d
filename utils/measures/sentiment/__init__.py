"""Sentiment: the scored words of a corpus as passages, the scores of its sentences and articles, and their tone."""

from utils.measures.sentiment.audit import audit, coverage
from utils.measures.sentiment.contributions import contributions, mended
from utils.measures.sentiment.scores import scored_words, tone, unit_scores
from utils.measures.sentiment.sides import difference, scored_sides, shift
from utils.measures.sentiment.time import first_and_last, over_time
from utils.measures.sentiment.voices import by_voice

__all__ = [
    "audit",
    "by_voice",
    "contributions",
    "coverage",
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
