"""Run the notebooks and keep them with their outputs: `python -m upkeep.notebooks.refresh [names…]`."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from upkeep.notebooks import readme, record, solutions
from upkeep.notebooks.normal import as_text
from upkeep.notebooks.run import ROOT, Run, fail, find, progress, read, run, write_whole


def refresh(names: Sequence[str] = (), *, root: Path = ROOT) -> list[str]:
    """Run the notebooks and their solutions, write each back whole and the README's table; give what failed.

    A notebook that stops at an error is left as it was. Nothing is run if one of them reads the reader's own
    articles: a notebook is kept with its outputs, and what is yours is never kept.
    Raises ValueError where a name fits no notebook.
    """
    blanks = {path: read(path) for path in find(names, root=root)}
    refused = [f"{path.name}: {sign}" for path, blank in blanks.items() for sign in record.from_mine(blank)]
    if refused:
        return refused
    jobs = {path.stem: blank for path, blank in blanks.items()}
    where = {path.stem: path for path in blanks}
    for path, blank in blanks.items():
        if solutions.exercises(blank):
            jobs[f"solutions/{path.stem}"] = solutions.solved(blank, path.stem, root=root)
            where[f"solutions/{path.stem}"] = solutions.path_of(path)
    tell = progress(len(jobs))
    runs = run(jobs, on_done=lambda done: tell(done, _write(done, where[done.name], root)))
    return [f"{done.name}: {done.error}" for done in runs.values() if done.error] + _tidy(root)


def _write(done: Run, path: Path, root: Path) -> str:
    if done.error:
        return "error"
    changed = write_whole(path, as_text(record.sealed(done.notebook, root=root)))
    return "written" if changed else "the same bytes"


def _tidy(root: Path) -> list[str]:
    solutions.remove_left_over(root=root)
    try:
        readme.update(root=root)
    except (ValueError, FileNotFoundError) as problem:
        return [str(problem)]
    return []


def main(arguments: list[str] | None = None) -> int:
    """Run the notebooks, all or those whose names begin so, and write them back with their outputs."""
    parser = argparse.ArgumentParser(prog="python -m upkeep.notebooks.refresh", description=main.__doc__)
    parser.add_argument("names", nargs="*", help="such as 00; none for all")
    parser.add_argument("--root", type=Path, default=ROOT, help="the project's folder")
    options = parser.parse_args(arguments)
    try:
        wrong = refresh(options.names, root=options.root)
    except ValueError as problem:
        wrong = [str(problem)]
    return fail("\n".join(wrong)) if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
