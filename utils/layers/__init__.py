"""What is laid over raw texts, found by listing this room: a module or package names in LAYERS the layers it makes.

No room here knows a corpus: a layer is made from texts, their segments and other tables.
"""

import pkgutil
from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import NamedTuple

import pandas as pd


class Layer(NamedTuple):
    """How a layer is made: `make(raws, segments, **needed)` gives a table of passages.

    needs: what else it is made from, each given by its name: other layers, or columns of articles as Series.
    over_all: whether an article's rows hang on the other articles; a selection then has those of the whole corpus.
    lacks: those of its needs that an article may be without where they could not be found.
    libraries: the packages, beside pandas, numpy and pyarrow, whose versions it hangs on.
    terms: those of its needs of which it is given no more than a table of `term`, what occurs, once or more often; for
    a layer over all.
    reads_segments: whether it reads the segments; a layer that does not is given none, and lasts when they change.

    A layer that is not over all is found article by article, and anew for those alone that changed. Its rows then come
    in the order of the articles, and its categories, where a column has any, are those that occur, sorted.
    """

    make: Callable[..., pd.DataFrame]
    needs: tuple[str, ...] = ()
    over_all: bool = False
    libraries: tuple[str, ...] = ()
    reads_segments: bool = True
    lacks: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()


@cache
def by_name() -> dict[str, tuple[Layer, str]]:
    """Give the layers of this room by their names, each with the name of the module or package that makes it.

    Raises ValueError where two make a layer of one name, or one needs itself.
    """
    found: dict[str, tuple[Layer, str]] = {}
    for each in pkgutil.iter_modules(__path__, f"{__name__}."):
        for name, layer in getattr(import_module(each.name), "LAYERS", {}).items():
            if name in found:
                raise ValueError(f"{found[name][1]} and {each.name} both make a layer called {name!r}")
            found[name] = layer, each.name
    for name in found:
        if name in needed(name, found):
            raise ValueError(f"the layer {name!r} needs itself")
    return found


def needed(name: str, known: dict[str, tuple[Layer, str]]) -> dict[str, None]:
    """Give what a layer needs, and what that needs, however far: names of layers and of columns of articles."""
    found: dict[str, None] = {}
    ahead = [*known[name][0].needs]
    while ahead:
        if (need := ahead.pop()) not in found:
            found[need] = None
            ahead += known[need][0].needs if need in known else ()
    return found


def is_by_article(name: str, known: dict[str, tuple[Layer, str]]) -> bool:
    """Tell whether an article's rows of a layer hang on that article alone."""
    return not any(known[each][0].over_all for each in (name, *needed(name, known)) if each in known)
