"""Passages: helpers for reading the news, near and far. Every number leads back to its passages."""

from utils.corpus import Corpus, CorpusError
from utils.library import available, load, paste

__all__ = ["Corpus", "CorpusError", "available", "load", "paste"]
