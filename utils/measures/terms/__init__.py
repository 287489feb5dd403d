"""Terms: the passages of a word, and how often words occur."""

from utils.measures.terms.articles import articles
from utils.measures.terms.collocates import collocate_hits, collocates
from utils.measures.terms.counts import counts, sizes
from utils.measures.terms.difference import change, difference
from utils.measures.terms.dispersion import dispersion
from utils.measures.terms.diversity import diversity
from utils.measures.terms.explain_difference import explain_difference
from utils.measures.terms.frequencies import frequencies
from utils.measures.terms.laws import growth, heaps, ranks, zipf
from utils.measures.terms.ngrams import ngram_hits, ngrams
from utils.measures.terms.over_time import over_time, undated
from utils.measures.terms.rate import rate
from utils.measures.terms.tfidf import tfidf
from utils.passages.annotated import lemmas
from utils.passages.compounds import compounds
from utils.passages.modes import like
from utils.passages.queries import hits

__all__ = [
    "articles",
    "change",
    "collocate_hits",
    "collocates",
    "compounds",
    "counts",
    "difference",
    "dispersion",
    "diversity",
    "explain_difference",
    "frequencies",
    "growth",
    "heaps",
    "hits",
    "lemmas",
    "like",
    "ngram_hits",
    "ngrams",
    "over_time",
    "ranks",
    "rate",
    "sizes",
    "tfidf",
    "undated",
    "zipf",
]
