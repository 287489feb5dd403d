"""The house rules for the modules of the package: their size, and which way they import."""

import ast
from collections.abc import Iterator
from pathlib import Path

MOST_LINES = 400
MEASURES = {"terms", "reading", "quotes", "copies", "sentiment", "validity", "compare", "choices"}
LAYERS = (
    {"intake"},
    {"tokens", "quoting", "stories", "corpus"},
    {"passages", "intervals"},
    MEASURES,
    {"figures", "exercises", "explore"},
)
NEVER = {"figures": MEASURES, "exercises": MEASURES}


def complaints(package: Path) -> list[str]:
    """Give everything in which a package's modules break a house rule, each with the module's name."""
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(package.rglob("*.py"))}
    found = []
    for path in trees:
        name = path.relative_to(package.parent).as_posix()
        n_lines = len(path.read_text(encoding="utf-8").splitlines())
        found += [f"{name}: it has {n_lines} lines, not under {MOST_LINES}"] if n_lines >= MOST_LINES else []
    return found + upward(imports(package, trees))


def imports(package: Path, trees: dict[Path, ast.Module]) -> dict[str, set[str]]:
    """Give, for each module of a package, the modules of it that it imports; a subpackage is one module.

    An import inside a function counts; one only for type checkers does not. What the package's own
    `__init__` imports is left out, as it stands above them all.
    """
    known = {_module(package, path) for path in trees}
    found: dict[str, set[str]] = {name: set() for name in known if name}
    for path, tree in trees.items():
        name = _module(package, path)
        if name:
            named = _imported(tree, package.name)
            found[name] |= {other if other in known else "" for other in named} - {name}
    return found


def _module(package: Path, path: Path) -> str:
    """Give a module's name below the package, empty for the package's own `__init__`."""
    return path.relative_to(package).parts[0].removesuffix(".py").replace("__init__", "")


def _imported(tree: ast.AST, package: str) -> Iterator[str]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"):
            continue
        if isinstance(node, ast.Import):
            yield from (_below(alias.name, package) for alias in node.names if _is_of(alias.name, package))
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module == package:
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and _is_of(node.module or "", package):
            yield _below(node.module or "", package)
        else:
            yield from _imported(node, package)


def _is_of(name: str, package: str) -> bool:
    return name == package or name.startswith(package + ".")


def _below(name: str, package: str) -> str:
    return name.removeprefix(package).lstrip(".").partition(".")[0]


def upward(found: dict[str, set[str]]) -> list[str]:
    """Give the imports that run upward, in a circle, or from a figure to a measure.

    A module without a layer of its own stands in the highest layer it imports, and serves those above.
    """
    said = [
        f"utils/{name} imports the package itself, which stands above it" for name in sorted(found) if "" in found[name]
    ]
    said += [
        f"utils/{name} imports utils/{other}: figures know no measure"
        for name, never in NEVER.items()
        for other in sorted(found.get(name, set()) & never)
    ]
    for name in sorted(found):
        reached = _reached(name, found)
        if name in reached:
            said.append(f"utils/{name} imports itself through {', '.join(sorted(found[name] & reached))}")
        own = _own_layer(name)
        higher = [other for other in sorted(reached) if own is not None and (_own_layer(other) or 0) > own]
        said += [f"utils/{name} imports utils/{other}, which stands above it" for other in higher]
    return said


def _reached(name: str, found: dict[str, set[str]]) -> set[str]:
    """Give every module that one imports, directly or through others."""
    reached: set[str] = set()
    ahead = set(found[name])
    while ahead:
        other = ahead.pop()
        if other and other not in reached:
            reached.add(other)
            ahead |= found[other]
    return reached


def _own_layer(name: str) -> int | None:
    return next((n for n, layer in enumerate(LAYERS) if name in layer), None)
