"""Passages: helpers for reading the news, near and far. Every number leads back to its passages.

This is the face of the package: all that a notebook may import, each name loaded when it is used first. Modules import
each other by their own paths and never from here.
"""

from importlib import import_module

NAMES = {  # each name, and where it is at home: a module, or a function or class in one
    "Corpus": "utils.corpus:Corpus",
    "CorpusError": "utils.corpus:CorpusError",
    "available": "utils.library:available",
    "load": "utils.library:load",
    "paste": "utils.library:paste",
    "plain": "utils.markup:plain",
    "say": "utils.markup:say",
    "cues": "utils.layers.voices.cues",
    "tokens": "utils.layers.tokens",
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
