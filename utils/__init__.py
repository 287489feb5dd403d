"""Passages: helpers for reading the news, near and far. Every number leads back to its passages.

This is the face of the package: all that a notebook may import, each name loaded when it is used first. Modules import
each other by their own paths and never from here.
"""

from importlib import import_module

NAMES = {  # each name, and where it is at home: a module, or a function or class in one
    "Corpus": "utils.corpus.corpus:Corpus",
    "CorpusError": "utils.corpus.corpus:CorpusError",
    "available": "utils.corpus.library:available",
    "load": "utils.corpus.library:load",
    "paste": "utils.corpus.library:paste",
    "plain": "utils.passages.html:plain",
    "say": "utils.passages.html:say",
    "compare": "utils.measures.compare",
    "copies": "utils.measures.copies",
    "cues": "utils.layers.voices.cues",
    "exercises": "utils.teaching.exercises",
    "explore": "utils.explore",
    "export": "utils.passages.export",
    "figures": "utils.figures",
    "intervals": "utils.stats.intervals",
    "lexicons": "utils.lexicons",
    "limits": "utils.teaching.limits",
    "marks": "utils.figures.marks",
    "passages": "utils.passages",
    "periods": "utils.stats.periods",
    "progress": "utils.progress",
    "quotes": "utils.measures.quotes",
    "readability": "utils.measures.reading.readability",
    "reading": "utils.measures.reading",
    "sentiment": "utils.measures.sentiment",
    "stopwords": "utils.measures.terms.stopwords",
    "terms": "utils.measures.terms",
    "tokens": "utils.layers.tokens",
    "validity": "utils.measures.validity",
    "voices": "utils.passages.voices",
}
__all__ = sorted(NAMES)


def __getattr__(name: str) -> object:
    """Give what a name stands for, loaded now if it was not before."""
    if name not in NAMES:
        raise AttributeError(f"utils has no name {name!r}; it offers {', '.join(__all__)}")
    module, _, inside = NAMES[name].partition(":")
    found = import_module(module)
    found = getattr(found, inside) if inside else found
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    """Give the names that are offered."""
    return __all__
