"""Sentiment: the scored words of a corpus as passages, the scores of its sentences and articles, and their tone."""

from utils.measures.sentiment.contributions import contributions, mended
from utils.measures.sentiment.scores import scored_words, tone, unit_scores
from utils.measures.sentiment.time import first_and_last, over_time

__all__ = ["contributions", "first_and_last", "mended", "over_time", "scored_words", "tone", "unit_scores"]
