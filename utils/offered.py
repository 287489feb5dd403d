"""What a package offers: the names in its `__init__.pyi`, where editors and type checkers read them, each loaded late.

A function or class is loaded when it is asked for, a module or room when something in it is used: a notebook imports at
its top all that it will need, and waits for each where it needs it.
"""

import ast
import copyreg
import sys
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType


class Later(ModuleType):
    """A module or room that is loaded when something in it is used; Tab shows what it offers."""

    def __getattribute__(self, name: str) -> object:
        return dir(self) if name == "__all__" else getattr(_loaded(self), name)  # by which help knows what to list

    def __setattr__(self, name: str, value: object) -> None:
        setattr(_loaded(self), name, value)

    def __delattr__(self, name: str) -> None:
        delattr(_loaded(self), name)

    def __call__(self, *given: object, **named: object) -> object:
        """Call the room itself, as `explore` may be."""
        return _loaded(self)(*given, **named)  # type: ignore[operator]

    def __dir__(self) -> list[str]:
        return _offered(_loaded(self))


copyreg.pickle(Later, lambda later: (Later, (later.__name__,)))  # a function that uses it goes to a cluster


def by_name(package: str) -> tuple[Callable[[str], object], Callable[[], list[str]], list[str]]:
    """Give the `__getattr__`, `__dir__` and `__all__` of a package that offers what its stub names."""
    homes = _homes(package)
    names = sorted(homes)

    def give(name: str) -> object:
        if name not in homes:
            raise AttributeError(f"{package} has no name {name!r}; it offers {', '.join(names)}")
        home, path = homes[name], f"{homes[name]}.{name}"
        is_module = home == package or hasattr(import_module(home), "__path__") and find_spec(path)
        found = Later(path) if is_module else getattr(import_module(home), name)
        vars(sys.modules[package])[name] = found
        return found

    return give, lambda: names, names


def meant(value: object) -> object:
    """Give the module that a late one stands for, once it is loaded; anything else as it is."""
    return sys.modules.get(object.__getattribute__(value, "__name__"), value) if type(value) is Later else value


def _homes(package: str) -> dict[str, str]:
    """Give the module or room where each name that a package offers is at home, as its stub says."""
    stub = Path(str(sys.modules[package].__file__)).with_suffix(".pyi")
    rows = [row for row in ast.parse(stub.read_bytes()).body if isinstance(row, ast.ImportFrom)]
    return {name.name: row.module or package for row in rows for name in row.names}


def _loaded(later: Later) -> ModuleType:
    return import_module(object.__getattribute__(later, "__name__"))


def _offered(module: ModuleType) -> list[str]:
    """Give the public names of a module or room: those in its `__all__`, else the functions and classes it defines."""
    own = (name for name, value in vars(module).items() if getattr(value, "__module__", None) == module.__name__)
    return sorted(getattr(module, "__all__", None) or (name for name in own if not name.startswith("_")))
