"""Compare: two parts of a corpus, and which words one has more of than the other."""

from utils.measures.compare.keyness import chi2, keyness, log_likelihood, log_odds, one_side, passages_of
from utils.measures.compare.sides import two_parts

__all__ = ["chi2", "keyness", "log_likelihood", "log_odds", "one_side", "passages_of", "two_parts"]
