"""The solved notebooks, made from the blank ones: `python -m upkeep.notebooks.solutions [--check]`.

A blank exercise is a cell with `answer = ...` and `exercises.check("02-change", answer)`. What stands in the place of
its three dots when it is solved is kept in `upkeep/notebooks/solved/`, a file a notebook, by the name of the exercise,
so that a blank notebook holds no solution. `notebooks/solutions/` is made from both and never edited.
"""

import argparse
import copy
import re
import sys
import tomllib
from pathlib import Path

from nbformat import NotebookNode

from upkeep.notebooks.normal import as_text, normal
from upkeep.notebooks.run import ROOT, fail, find, read, write_whole

NAMED = re.compile(r'exercises\.check\(\s*"([\w-]+)", answer\)')
UNANSWERED = re.compile(r"^answer = \.\.\.$", re.MULTILINE)
LINKED = re.compile(r"\]\((glossary\.md|pandas-in-half-an-hour\.ipynb|\.\./)")  # lead from the blank alone


def exercises(notebook: NotebookNode) -> list[NotebookNode]:
    """Give the cells a reader is asked to fill in."""
    return [cell for cell in notebook.cells if name_of(cell)]


def name_of(cell: NotebookNode) -> str:
    """Give the name of the exercise that a cell asks, "" where it asks none by a name."""
    named = NAMED.search(cell.source) if cell.cell_type == "code" else None
    return named[1] if named else ""


def kept(name: str, *, root: Path = ROOT) -> dict[str, str]:
    """Give the solutions to the exercises of the notebook of that name, each by the name of its exercise."""
    path = root / "upkeep" / "notebooks" / "solved" / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def solution(cell: NotebookNode, known: dict[str, str]) -> str:
    """Give the source of an exercise's cell with its answer filled in, as it is where none is known."""
    filled = known.get(name_of(cell), "answer = ...").strip()
    return UNANSWERED.sub(lambda _: filled, cell.source)


def solved(blank: NotebookNode, name: str, *, root: Path = ROOT) -> NotebookNode:
    """Give the notebook with its exercises solved, without outputs, its first cell saying what it is."""
    notebook, known = copy.deepcopy(blank), kept(name, root=root)
    for cell in exercises(notebook):
        cell.source = solution(cell, known)
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = LINKED.sub(r"](../\1", cell.source)
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    title, _, rest = notebook.cells[0].source.partition("\n")
    line = f"*The solutions to the exercises of [{name}](../{name}.ipynb), where alone to change anything.*"
    notebook.cells[0].source = f"{title}\n\n{line}\n{rest}"
    notebook.metadata.pop("passages", None)
    return normal(notebook)


def path_of(blank: Path) -> Path:
    """Give where the solutions to a blank notebook stand."""
    return blank.parent / "solutions" / blank.name


def wanted(*, root: Path = ROOT) -> dict[Path, NotebookNode]:
    """Give every solved notebook there should be, by its path: one for each blank one with exercises."""
    blanks = {path: read(path) for path in find(root=root)}
    return {path_of(path): solved(blank, path.stem, root=root) for path, blank in blanks.items() if exercises(blank)}


def stale(*, root: Path = ROOT) -> list[str]:
    """Give what is wrong with `notebooks/solutions/`, by sources alone: missing, out of date, left over."""
    there, should = set((root / "notebooks" / "solutions").glob("*.ipynb")), wanted(root=root)
    wrong = [f"{path.name} is left over" for path in sorted(there - set(should))]
    wrong += [f"{path.name} is missing" for path in sorted(set(should) - there)]
    wrong += [
        f"{path.name} is out of date"
        for path in sorted(there & set(should))
        if _sources(read(path)) != _sources(should[path])
    ]
    return [f"notebooks/solutions: {each}; run make refresh" for each in wrong]


def _sources(notebook: NotebookNode) -> list[tuple[str, str, str]]:
    return [(cell.id, cell.cell_type, cell.source) for cell in notebook.cells]


def write(*, root: Path = ROOT) -> list[Path]:
    """Write the solved notebooks whose sources changed, without outputs, and remove those left over."""
    should = wanted(root=root)
    changed = [
        path for path, notebook in should.items() if not path.exists() or _sources(read(path)) != _sources(notebook)
    ]
    for path in changed:
        write_whole(path, as_text(should[path]))
    return changed + remove_left_over(root=root)


def remove_left_over(*, root: Path = ROOT) -> list[Path]:
    """Remove the solved notebooks whose blank one is gone or asks nothing any more."""
    left_over = sorted(set((root / "notebooks" / "solutions").glob("*.ipynb")) - set(wanted(root=root)))
    for path in left_over:
        path.unlink()
    return left_over


def main(arguments: list[str] | None = None) -> int:
    """Write the solved notebooks, or with --check say which are not what they should be."""
    parser = argparse.ArgumentParser(prog="python -m upkeep.notebooks.solutions", description=main.__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing, compare the sources")
    parser.add_argument("--root", type=Path, default=ROOT, help="the project's folder")
    options = parser.parse_args(arguments)
    if options.check:
        wrong = stale(root=options.root)
        return fail("\n".join(wrong)) if wrong else 0
    for path in write(root=options.root):
        print(f"{path.relative_to(options.root)} {'written' if path.exists() else 'removed'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
