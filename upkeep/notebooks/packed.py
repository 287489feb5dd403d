"""Run again what a colleague handed on, and hold it against what came there: `python -m upkeep.notebooks.packed FILE`.

`share.pack` (`utils/passages/share.py`) makes such a file.
"""

import argparse
import sys
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from upkeep.notebooks.compare import compare
from upkeep.notebooks.reproduce import MOST_SHOWN, Verdict, made_otherwise, report
from upkeep.notebooks.run import INJECTED, fail, inject, parameters, run
from utils import load, share


def reproduce(path: Path, corpus: str | None = None) -> Verdict | None:
    """Say which articles are others here, run the pack on those that are, and give the verdict.

    corpus: the name or path under which the articles are here, where the pack's own does not lead to them.
    Gives None, and prints the pack's numbers, where no such articles are here. Its code is run as a notebook's is: take
    a pack from those whose notebooks you would run.
    """
    held = share.opened(path)
    saved = nbformat.from_dict(held)
    named = parameters(saved).get("CORPUS", held["metadata"]["passages_pack"]["corpus"]["name"])
    try:
        news = load(corpus or named)
    except (ValueError, OSError) as problem:
        print(f"The articles are not here ({problem}).\nThe numbers that came where they are:\n")
        print("\n".join(share.numbers(held)))
        return None
    differing = share.differs(held, news)
    for kind, rows in differing.groupby("difference", sort=False):
        names = [*rows["article_id"].head(MOST_SHOWN)] + ["…"] * (len(rows) > MOST_SHOWN)
        print(f"{len(rows)} article{'s' * (len(rows) != 1)}, {kind}: {', '.join(names)}")
    if differing.empty:
        print(f"The same {len(news):,} articles.")
    return _run(path.name, saved, corpus)


def _run(name: str, saved: NotebookNode, corpus: str | None) -> Verdict:
    blank = saved if corpus is None or "CORPUS" not in parameters(saved) else inject(saved, CORPUS=corpus)
    again = run({name: blank}, check_findings=False)[name]
    if again.error:
        raise ValueError(f"{name} stopped: {again.error}")
    cells = [cell for cell in again.notebook.cells if INJECTED not in cell.metadata.get("tags", [])]
    veiled = share.veil({**again.notebook, "cells": cells})
    made = saved.metadata["passages_pack"]
    now = {"corpus": None, "packages": {each: share.version(each) for each in made["versions"]}}
    others = [line for line in made_otherwise({"packages": made["versions"]}, now) if line.startswith("package")]
    return Verdict(name, compare(saved, nbformat.from_dict(veiled)), others)


def main(arguments: list[str] | None = None) -> int:
    """Run a pack again where its articles are, and compare; show its numbers where they are not."""
    parser = argparse.ArgumentParser(prog="python -m upkeep.notebooks.packed", description=main.__doc__)
    parser.add_argument("file", type=Path, help="a file that share.pack wrote")
    parser.add_argument("--corpus", help="where the articles of the pack are here, as you would write it in CORPUS")
    options = parser.parse_args(arguments)
    try:
        verdict = reproduce(options.file, options.corpus)
    except (ValueError, OSError) as problem:
        return fail(problem)
    if verdict is None:
        return 0
    print(report([verdict]), flush=True)
    return int(verdict.failed)


if __name__ == "__main__":
    sys.exit(main())
