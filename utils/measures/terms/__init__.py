"""Terms: the passages of a word, and how often words occur."""

from utils.measures.terms.articles import articles
from utils.measures.terms.counts import counts, sizes
from utils.measures.terms.explain_difference import explain_difference
from utils.measures.terms.frequencies import frequencies
from utils.measures.terms.over_time import over_time
from utils.measures.terms.rate import rate
from utils.measures.terms.tfidf import tfidf
from utils.passages.annotated import lemmas
from utils.passages.compounds import compounds
from utils.passages.modes import like
from utils.passages.queries import hits

__all__ = [
    "articles",
    "compounds",
    "counts",
    "explain_difference",
    "frequencies",
    "hits",
    "lemmas",
    "like",
    "over_time",
    "rate",
    "sizes",
    "tfidf",
]
