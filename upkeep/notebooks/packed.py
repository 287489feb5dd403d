"""Run again what a colleague handed on, and hold it against what came there: `python -m upkeep.notebooks.packed FILE`.

`share.pack` (`utils/passages/share.py`) makes such a file.
"""

import argparse
import ast
import json
import sys
import tempfile
from pathlib import Path

import nbformat
from IPython.core.inputtransformer2 import TransformerManager
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from upkeep.notebooks import solutions
from upkeep.notebooks.compare import compare
from upkeep.notebooks.reproduce import MOST_SHOWN, Verdict, made_otherwise, report
from upkeep.notebooks.run import INJECTED, fail, find, read, run
from utils import share


def reproduce(path: Path, corpus: str | None = None, *, trust: bool = False) -> Verdict | None:
    """Say which articles are others here, run the pack on those that are, and give the verdict.

    corpus: the name or path under which the articles are here, where the pack's own does not lead to them.
    trust: whether code of the pack is run that stands in no notebook kept here.
    Gives None, and prints the pack's numbers, where no such articles are here.
    Raises ValueError if the pack is none, has code that is not trusted, or stops.
    """
    saved = nbformat.from_dict(share.opened(path))
    if not trust and (unknown := foreign(saved)):
        print("\n\n".join(f"cell {n}:\n{_printable(code)}" for n, code in unknown.items()), end="\n\n")
        raise ValueError(
            f"{path.name} would run code that is in no notebook kept here, shown above: read it, and if you would "
            "run it, say so by TRUST=yes"
        )
    here = str(Path(corpus).resolve()) if corpus and Path(corpus).exists() else corpus
    with tempfile.TemporaryDirectory(prefix="passages-") as folder:
        told = Path(folder, "told.json")
        first = f"from utils import share\nshare.elsewhere({str(path.resolve())!r}, {here!r}, {str(told)!r})"
        blank = nbformat.from_dict(dict(saved))
        blank.cells = [new_code_cell(first, id=INJECTED, metadata={"tags": [INJECTED]}), *saved.cells]
        again = run({path.name: blank}, check_findings=False)[path.name]
        differing = json.loads(told.read_bytes()) if told.exists() else None
    if differing is None and again.error:
        print(f"The articles are not here ({again.error}).\nThe numbers that came where they are:\n")
        print("\n".join(map(_printable, share.numbers(saved))))
        return None
    if differing is not None:
        print("\n".join(_differing(**differing)))
    if again.error:
        raise ValueError(f"{path.name} stopped: {again.error}")
    return _verdict(path.name, saved, again.notebook)


def foreign(pack: NotebookNode) -> dict[int, str]:
    """Give the code of a pack that is in no notebook kept here, by the number of its cell: all but plain values."""
    kept = [read(path) for path in find()]
    kept += [read(path) for path in map(solutions.path_of, find()) if path.exists()]
    known = {cell.source for notebook in kept for cell in notebook.cells if cell.cell_type == "code"}
    codes = {n: cell.source for n, cell in enumerate(pack.cells, start=1) if cell.cell_type == "code"}
    return {n: code for n, code in codes.items() if code not in known and not _plain(code)}


def _plain(code: str) -> bool:
    """Whether code does nothing but give names to plain values, as a cell of parameters does.

    What is looked at is what Jupyter makes of it, which ends lines where Python does not.
    """
    if _printable(code) != code:
        return False
    try:
        for each in ast.parse(TransformerManager().transform_cell(code)).body:
            if not isinstance(each, ast.Assign) or not all(isinstance(name, ast.Name) for name in each.targets):
                return False
            ast.literal_eval(each.value)
    except (ValueError, SyntaxError, TypeError, RecursionError, MemoryError):
        return False
    return True


def _differing(n_articles: int, differing: list[list[str]]) -> list[str]:
    """Give in words which articles differ, a line a kind."""
    by_kind: dict[str, list[str]] = {}
    for name, kind in differing:
        by_kind.setdefault(kind, []).append(_printable(name))
    if not by_kind:
        return [f"The same {n_articles:,} articles."]
    return [
        f"{len(names)} article{'s' * (len(names) != 1)}, {kind}: "
        + ", ".join(names[:MOST_SHOWN] + ["…"] * (len(names) > MOST_SHOWN))
        for kind, names in by_kind.items()
    ]


def _printable(text: str) -> str:
    """Give a text with a mark for what a terminal would obey and not show."""
    return "".join(each if each.isprintable() or each == "\n" else "\ufffd" for each in text)


def _verdict(name: str, saved: NotebookNode, again: NotebookNode) -> Verdict:
    cells = [cell for cell in again.cells if INJECTED not in cell.metadata.get("tags", [])]
    veiled = share.veil({**again, "cells": cells})
    made = saved.metadata["passages_pack"]
    now = {"corpus": None, "packages": {each: share.version(each) for each in made["versions"]}}
    others = [line for line in made_otherwise({"packages": made["versions"]}, now) if line.startswith("package")]
    return Verdict(name, compare(saved, nbformat.from_dict(veiled)), others)


def main(arguments: list[str] | None = None) -> int:
    """Run a pack again where its articles are, and compare; show its numbers where they are not."""
    parser = argparse.ArgumentParser(prog="python -m upkeep.notebooks.packed", description=main.__doc__)
    parser.add_argument("file", type=Path, help="a file that share.pack wrote")
    parser.add_argument("--corpus", help="where the articles of the pack are here, as you would write it in CORPUS")
    parser.add_argument("--trust", action="store_true", help="run code of the pack that is in no notebook kept here")
    options = parser.parse_args(arguments)
    try:
        verdict = reproduce(options.file, options.corpus, trust=options.trust)
    except (ValueError, OSError) as problem:
        return fail(problem)
    if verdict is None:
        return 0
    print(report([verdict]), flush=True)
    return int(verdict.failed)


if __name__ == "__main__":
    sys.exit(main())
