"""Run the notebooks again and say whether all is as it was: `python -m upkeep.notebooks.reproduce [names…]`.

Each notebook runs in a temporary place and is compared with the saved one cell by cell. A number that moved,
a changed text, an output lost or added, and an error make the command fail.

A figure that moved is reported as plainly but does not fail by itself: what it draws are measures of which
no last digit is shown, and a number counts where it can be read: in a table, a sentence, the figure's title
or its alternative text.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from upkeep.notebooks import record, solutions
from upkeep.notebooks.compare import FAILING, SAID, Move, compare
from upkeep.notebooks.normal import normal
from upkeep.notebooks.record import MINE
from upkeep.notebooks.run import ROOT, Run, fail, find, progress, read, run

MOST_SHOWN = 20


@dataclass(frozen=True)
class Verdict:
    """What came of running one notebook again: what moved, and what it was made with that is another now."""

    name: str
    moves: list[Move] = field(default_factory=list)
    made_with: list[str] = field(default_factory=list)

    @property
    def failed(self) -> bool:
        """Whether anything moved that a reader could have quoted."""
        return any(move.kind in FAILING for move in self.moves)

    def __str__(self) -> str:
        counts = Counter(move.kind for move in self.moves if move.kind != "rounding")
        return ", ".join(f"{n} × {SAID[kind]}" for kind, n in counts.items()) or "same"


def judge(name: str, saved: NotebookNode | None, again: Run, *, root: Path = ROOT) -> Verdict:
    """Give the verdict on one notebook from what was saved and its new run."""
    if saved is None:
        return Verdict(name, [Move("error", "notebook", "not saved", "made now; run make refresh")])
    if again.error:
        where, _, said = again.error.partition(": ")
        return Verdict(name, [Move("error", where, "ran", said)])
    now = {"corpus": record.corpus(again.notebook), "packages": record.packages(root)}
    return Verdict(name, compare(saved, again.notebook), made_otherwise(record.of(saved), now))


def made_otherwise(was: dict[str, Any], now: dict[str, Any]) -> list[str]:
    """Give in words how the corpus and the packages differ from those a notebook was saved with."""
    old, new = was.get("corpus") or {}, now["corpus"] or {}
    said = []
    if old.get("name") != new.get("name"):
        said.append(f"corpus: {old.get('name', 'none recorded')} → {new.get('name', 'none')}")
    elif old.get("digest") != new.get("digest"):
        said.append(f"corpus {new['name']}, digest: {old['digest'][:12]}… → {new['digest'][:12]}…")
    before, after = was.get("packages") or {}, now["packages"]
    if not before:
        return [*said, "packages: none recorded"]
    return said + [
        f"package {name}: {before.get(name, 'none')} → {after.get(name, 'none')}"
        for name in sorted(before | after)
        if before.get(name) != after.get(name)
    ]


def report(verdicts: Sequence[Verdict]) -> str:
    """Give the report in words: what moved in each notebook, what differs beneath it, and the sum of it."""
    lines: list[str] = []
    for verdict in verdicts:
        shown = [move for move in verdict.moves if move.kind != "rounding"]
        n_rounded = len(verdict.moves) - len(shown)
        details = [str(move) for move in shown[:MOST_SHOWN]]
        details += [f"and {len(shown) - MOST_SHOWN} more"] if len(shown) > MOST_SHOWN else []
        details += [f"{n_rounded} numbers differ within the last digit shown"] if n_rounded else []
        details += verdict.made_with or ["corpus and packages as when it was saved"] * bool(details)
        if details:
            lines += ["", verdict.name, *(f"  {line}" for line in details)]
    n_same = sum(str(verdict) == "same" for verdict in verdicts)
    lines += ["", f"{n_same} of {len(verdicts)} the same" + _ending(verdicts)]
    return "\n".join(lines)


def _ending(verdicts: Sequence[Verdict]) -> str:
    failed = [verdict.name for verdict in verdicts if verdict.failed]
    drawn = [v.name for v in verdicts if not v.failed and any(move.kind == "figure" for move in v.moves)]
    return (
        "".join(
            [
                f"; not reproduced: {', '.join(failed)}" if failed else "",
                f"; a figure moved in: {', '.join(drawn)}" if drawn else "",
            ]
        )
        + "."
    )


def reproduce(names: Sequence[str] = (), *, root: Path = ROOT) -> list[Verdict]:
    """Run the notebooks and their solutions again and give a verdict on each, printing a line as each ends.

    A solution is made anew from its blank notebook, so that one left behind by an edit shows too.
    Raises ValueError where a name fits no notebook.
    """
    saved: dict[str, NotebookNode | None] = {}
    jobs: dict[str, NotebookNode] = {}
    for path in find(names, root=root):
        saved[path.stem] = jobs[path.stem] = read(path) if path.parent.name != MINE else normal(read(path))
        if path.parent.name != MINE and solutions.exercises(jobs[path.stem]):
            name, kept = f"solutions/{path.stem}", solutions.path_of(path)
            jobs[name] = solutions.solved(jobs[path.stem], path.stem, root=root)
            saved[name] = read(kept) if kept.exists() else None
    verdicts: dict[str, Verdict] = {}
    tell = progress(len(jobs))

    def on_done(done: Run) -> None:
        verdicts[done.name] = judge(done.name, saved[done.name], done, root=root)
        tell(done, str(verdicts[done.name]))

    print(f"{len(jobs)} to run, two at a time", flush=True)
    run(jobs, on_done=on_done)
    return [verdicts[name] for name in jobs]


def main(arguments: list[str] | None = None) -> int:
    """Run the notebooks again, all or those whose names begin so, and compare them with those saved."""
    parser = argparse.ArgumentParser(prog="python -m upkeep.notebooks.reproduce", description=main.__doc__)
    parser.add_argument("names", nargs="*", help="such as 00; none for all")
    parser.add_argument("--root", type=Path, default=ROOT, help="the project's folder")
    options = parser.parse_args(arguments)
    try:
        verdicts = reproduce(options.names, root=options.root)
    except ValueError as problem:
        return fail(problem)
    print(report(verdicts), flush=True)
    return int(any(verdict.failed for verdict in verdicts))


if __name__ == "__main__":
    sys.exit(main())
