"""Reading around a word: every hit in its line, where in the articles hits fall, and how hard the texts are to read."""

from utils.measures.reading.concordance import concordance, in_lines, lines, ordered, places
from utils.measures.reading.readability import readability

__all__ = ["concordance", "in_lines", "lines", "ordered", "places", "readability"]
