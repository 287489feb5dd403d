"""Sentiment: the scored words of a corpus as passages, the scores of its sentences and articles, and their tone."""

from utils.measures.sentiment.scores import contributions, scored_words, tone, unit_scores
from utils.measures.sentiment.time import first_and_last, over_time

__all__ = ["contributions", "first_and_last", "over_time", "scored_words", "tone", "unit_scores"]
