"""The house rules for modules that no public tool knows: their size, and that none imports the package's face.

Which room may import which is told in pyproject.toml, and `lint-imports` sees to it.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

MOST_LINES = 400


def complaints(package: Path) -> list[str]:
    """Give everything in which a package's modules break a house rule, each with the module's name."""
    found = []
    for path in sorted(package.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        n_lines = len(text.splitlines())
        said = [f"it has {n_lines} lines, not under {MOST_LINES}"] if n_lines >= MOST_LINES else []
        said += [f"it imports {name} from the face of the package" for name in from_the_face(ast.parse(text), package)]
        found += [f"{path.relative_to(package.parent).as_posix()}: {each}" for each in said]
    return found


def from_the_face(tree: ast.Module, package: Path) -> Iterator[str]:
    """Give the names that a module takes from the package itself and that are no rooms of it.

    The face loads them from wherever they are at home, above the module perhaps, where `lint-imports` cannot see it.
    """
    rooms = {path.stem for path in package.iterdir()}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module == package.name:
            yield from (alias.name for alias in node.names if alias.name not in rooms)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name == package.name)
