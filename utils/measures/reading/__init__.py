"""Reading around a word: every hit in its line, where in the articles hits fall, and how hard the texts are to read."""

from utils.measures.readability import readability
from utils.measures.reading.concordance import concordance, in_lines, lines, ordered, places

__all__ = ["concordance", "in_lines", "lines", "ordered", "places", "readability"]
