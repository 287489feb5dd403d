"""Who speaks, how much, and with what verbs: the balance of a corpus's sources, and how far to trust it."""

from utils.measures.quotes.accuracy import compared, precision, scores
from utils.measures.quotes.balances import balance
from utils.measures.quotes.differences import difference

__all__ = ["balance", "compared", "difference", "precision", "scores"]
