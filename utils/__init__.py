"""Passages: helpers for reading the news, near and far. Every number leads back to its passages.

This is the face of the package: all that a notebook may import, each name loaded when it is used first. The names stand
in `__init__.pyi`, where editors and type checkers read them too. Modules import each other by their own paths and never
from here.
"""

import ast
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType


def _homes() -> dict[str, str]:
    """Give the room or module where each name that is offered is at home, as the stub says."""
    rows = ast.parse(Path(__file__).with_suffix(".pyi").read_bytes()).body
    rows = [row for row in rows if isinstance(row, ast.ImportFrom)]
    return {name.name: row.module or __name__ for row in rows for name in row.names}


_HOMES = _homes()
__all__ = sorted(_HOMES)


def __getattr__(name: str) -> object:
    """Give what a name stands for, loaded now if it was not before."""
    if name not in _HOMES:
        raise AttributeError(f"utils has no name {name!r}; it offers {', '.join(__all__)}")
    home = import_module(_HOMES[name])
    is_module = hasattr(home, "__path__") and find_spec(f"{home.__name__}.{name}")
    found = import_module(f"{home.__name__}.{name}") if is_module else getattr(home, name)
    if isinstance(found, ModuleType):
        found.__dict__["__dir__"] = partial(_offered, found)  # what Tab shows
    globals()[name] = found
    return found


def _offered(module: ModuleType) -> list[str]:
    """Give the public names of a module or room: those in its `__all__`, else the functions and classes it defines."""
    own = (name for name, value in vars(module).items() if getattr(value, "__module__", None) == module.__name__)
    return sorted(getattr(module, "__all__", None) or (name for name in own if not name.startswith("_")))


def __dir__() -> list[str]:
    """Give the names that are offered."""
    return __all__
