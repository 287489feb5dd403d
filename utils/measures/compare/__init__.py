"""Compare: two parts of a corpus, and which words one has more of than the other."""

from utils.measures.compare.clustering import clusters
from utils.measures.compare.delta import delta
from utils.measures.compare.formulas import chi2, log_likelihood, log_odds, percent_difference
from utils.measures.compare.halves import two_parts
from utils.measures.compare.keyness import keyness, one_side, passages_of
from utils.measures.compare.parts import behind, parts
from utils.measures.compare.similarity import contributing, contributions, layout, similarity

__all__ = [
    "behind",
    "chi2",
    "clusters",
    "contributing",
    "contributions",
    "delta",
    "keyness",
    "layout",
    "log_likelihood",
    "log_odds",
    "one_side",
    "parts",
    "passages_of",
    "percent_difference",
    "similarity",
    "two_parts",
]
