"""Who speaks, how much, and with what verbs: the balance of a corpus's sources, and how far to trust it."""

from utils.measures.quotes.accuracy import compared, precision, scores
from utils.measures.quotes.balances import balance

__all__ = ["balance", "compared", "precision", "scores"]
