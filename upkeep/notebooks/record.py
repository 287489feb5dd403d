"""What a saved notebook was made with, and the seal that says its outputs are still those of that run."""

import hashlib
import re
import sys
import tomllib
from functools import cache
from importlib import import_module
from pathlib import Path, PureWindowsPath
from typing import Any

from nbformat import NotebookNode, from_dict
from packaging.requirements import Requirement

from upkeep.notebooks.normal import canonical
from upkeep.notebooks.run import parameters
from utils.passages.share import version

MINE = "mine"
LOADED = re.compile(r"""\bload\(\s*[rf]?(["'])(?P<name>.*?)\1""")


def sealed(notebook: NotebookNode, *, root: Path) -> NotebookNode:
    """Give a notebook that has been run with its record: corpus, packages, Python, seal."""
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    made = {"corpus": corpus(notebook), "packages": packages(root), "python": python, "seal": seal(notebook)}
    kept = from_dict(dict(notebook))
    kept.metadata = from_dict(dict(notebook.metadata) | {"passages": made})
    return kept


def of(notebook: NotebookNode) -> dict[str, Any]:
    """Give the record a saved notebook carries, empty if it was never refreshed."""
    return notebook.metadata.get("passages", {})


def seal(notebook: NotebookNode) -> str:
    """Give a SHA-256 over the code and its outputs, so that a run by hand, or an edit after the run, is seen.

    This is how outputs made from someone's own articles are refused even where `CORPUS` was set back
    before saving: only a refresh can put the matching seal there.
    """
    ran = [[cell.source, cell.execution_count, cell.outputs] for cell in notebook.cells if cell.cell_type == "code"]
    return hashlib.sha256(canonical(ran).encode("utf-8")).hexdigest()


def corpus(notebook: NotebookNode) -> dict[str, str] | None:
    """Give the name and digest of the corpus in the notebook's parameters; None if it has no CORPUS."""
    name = parameters(notebook).get("CORPUS")
    return None if name is None else {"name": str(name), "digest": _digest(str(name))}


@cache
def _digest(name: str) -> str:
    return import_module("utils").load(name).digest


def packages(root: Path) -> dict[str, str]:
    """Give the installed version of each direct dependency named in `pyproject.toml`."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = map(Requirement, project.get("dependencies", []))
    return {each.name: version(each.name) for each in wanted if not each.marker or each.marker.evaluate()}


def from_mine(notebook: NotebookNode) -> list[str]:
    """Give every sign in a notebook's code that it reads the reader's own articles, which are never kept."""
    named = [value for value in parameters(notebook).values() if isinstance(value, str)]
    loaded = [
        found["name"] for cell in notebook.cells if cell.cell_type == "code" for found in LOADED.finditer(cell.source)
    ]
    return [
        f"it reads {name!r}, and what is yours is never kept: set CORPUS to a corpus of the project"
        for name in dict.fromkeys(named + loaded)
        if is_mine(name)
    ]


def is_mine(name: str) -> bool:
    """Give whether a corpus's name, or a path, is that of the reader's own articles."""
    return MINE in PureWindowsPath(name).parts
