"""Run every notebook on another corpus: `python -m upkeep.notebooks.try_corpus PATH [names…]`.

Each notebook has to run from top to bottom on whatever it is given, a single article too. Titles that state a
finding about another corpus are not enforced, nothing is compared, and nothing is written into the project.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from nbformat import NotebookNode

from upkeep.notebooks.run import ROOT, Run, fail, find, inject, parameters, progress, read, run


def try_corpus(corpus: Path, names: Sequence[str] = (), *, root: Path = ROOT) -> list[str]:
    """Run the notebooks with CORPUS set to a file or folder and give the errors, a line each.

    Raises ValueError where there is nothing at the path, or a name fits no notebook.
    """
    if not corpus.exists():
        raise ValueError(f"Nothing is at {corpus}. Give a file with one article, or a folder of them.")
    jobs = {path.stem: _with(read(path), str(corpus.resolve())) for path in find(names, root=root)}
    tell = progress(len(jobs))

    def on_done(done: Run) -> None:
        tell(done, "error" if done.error else "ran to the end")

    runs = run(jobs, check_findings=False, on_done=on_done)
    return [f"{done.name}: {done.error}" for done in runs.values() if done.error]


def _with(notebook: NotebookNode, corpus: str) -> NotebookNode:
    return inject(notebook, CORPUS=corpus) if "CORPUS" in parameters(notebook) else notebook


def main(arguments: list[str] | None = None) -> int:
    """Run the notebooks on a file or folder of articles and fail on any error."""
    parser = argparse.ArgumentParser(prog="python -m upkeep.notebooks.try_corpus", description=main.__doc__)
    parser.add_argument("corpus", type=Path, metavar="PATH", help="a file with an article, or a folder")
    parser.add_argument("names", nargs="*", help="such as 00; none for all")
    parser.add_argument("--root", type=Path, default=ROOT, help="the project's folder")
    options = parser.parse_args(arguments)
    try:
        wrong = try_corpus(options.corpus, options.names, root=options.root)
    except ValueError as problem:
        wrong = [str(problem)]
    return fail("\n".join(wrong)) if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
