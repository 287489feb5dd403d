"""The README's table of notebooks, made from their opening cells: `python -m upkeep.readme [--check]`."""

import argparse
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from upkeep.notebooks import ROOT, fail, find, read, write_whole

PARTS = ("You will be able to", "You need", "Minutes", "Corpus", "What this notebook cannot tell you")
LABEL = re.compile(rf"^\*\*({'|'.join(PARTS)})[.:]?\*\*", re.MULTILINE)
BEGIN, END = "<!-- notebooks -->", "<!-- /notebooks -->"


@dataclass(frozen=True)
class Opening:
    """A notebook's first cell taken apart: its question and the parts below, by their labels."""

    question: str
    parts: dict[str, str]

    @property
    def able(self) -> list[str]:
        """What a reader will be able to do, a line each."""
        lines = re.split(r"^[-*] +", self.parts.get(PARTS[0], ""), flags=re.MULTILINE)[1:]
        return [" ".join(line.split()).rstrip(".;,") for line in lines]

    @property
    def minutes(self) -> str:
        """How long it takes, as digits; empty where the cell does not say."""
        found = re.match(r"\d+", self.parts.get("Minutes", ""))
        return found[0] if found else ""


def opening(notebook: NotebookNode) -> Opening:
    """Give the notebook's first cell taken apart; a part that is missing is not among its parts."""
    source = notebook.cells[0].source if notebook.cells else ""
    title = re.match(r"# +(.+)", source)
    pieces = LABEL.split(source)
    parts = {label: text.strip() for label, text in zip(pieces[1::2], pieces[2::2], strict=True)}
    return Opening(title[1].strip() if title else "", parts)


def table(*, root: Path = ROOT) -> str:
    """Give the Markdown table of notebooks: number and link, question, what one learns to do, minutes."""
    rows = ["| | Question | You will be able to | Minutes |", "|---|---|---|---:|"]
    for path in find(root=root):
        told = opening(read(path))
        link = f"[{path.stem[:2]}](notebooks/{path.name})"
        cells = [link, told.question, "; ".join(told.able), told.minutes]
        rows.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(rows)


def fresh(text: str, *, root: Path = ROOT) -> str:
    """Give a README's text with the table between its two marks as it should be.

    Raises ValueError where the marks are missing, doubled or the wrong way round.
    """
    if text.count(BEGIN) != 1 or text.count(END) != 1 or text.index(BEGIN) > text.index(END):
        raise ValueError(f"README.md wants one line {BEGIN} and one line {END} below it, for the table.")
    before, rest = text.split(BEGIN)
    return f"{before}{BEGIN}\n{table(root=root)}\n{END}{rest.split(END)[1]}"


def stale(*, root: Path = ROOT) -> list[str]:
    """Give what is wrong with the README's table of notebooks, nothing if it is fresh."""
    readme = root / "README.md"
    if not readme.exists():
        return ["README.md is missing"]
    text = readme.read_text(encoding="utf-8")
    try:
        is_fresh = fresh(text, root=root) == text
    except ValueError as problem:
        return [str(problem)]
    return [] if is_fresh else ["README.md: its table of notebooks is out of date; run make refresh"]


def update(*, root: Path = ROOT) -> bool:
    """Write the README with a fresh table; give whether it changed."""
    readme = root / "README.md"
    return write_whole(readme, fresh(readme.read_text(encoding="utf-8"), root=root))


def main(arguments: list[str] | None = None) -> int:
    """Write the table of notebooks into README.md, or with --check say whether it is fresh."""
    parser = argparse.ArgumentParser(prog="python -m upkeep.readme", description=main.__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing, say whether it is fresh")
    parser.add_argument("--root", type=Path, default=ROOT, help="the project's folder")
    options = parser.parse_args(arguments)
    if options.check:
        wrong = stale(root=options.root)
        return fail("\n".join(wrong)) if wrong else 0
    try:
        print("README.md written" if update(root=options.root) else "README.md is fresh")
    except (ValueError, FileNotFoundError) as problem:
        return fail(problem)
    return 0


if __name__ == "__main__":
    sys.exit(main())
