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
    """How a layer is made: `make(raws, segments, **needed)` gives a table of passages, one article beside the other.

    needs: what else it is made from, each given by its name: other layers, or columns of articles as Series.
    """

    make: Callable[..., pd.DataFrame]
    needs: tuple[str, ...] = ()


@cache
def by_name() -> dict[str, tuple[Layer, str]]:
    """Give the layers of this room by their names, each with the name of the module or package that makes it."""
    modules = (import_module(found.name) for found in pkgutil.iter_modules(__path__, f"{__name__}."))
    return {
        name: (layer, module.__name__) for module in modules for name, layer in getattr(module, "LAYERS", {}).items()
    }
