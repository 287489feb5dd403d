"""What the README says of the notebooks, made from them: `python -m upkeep.notebooks.readme [--check]`."""

import argparse
import base64
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from upkeep.notebooks.normal import outputs
from upkeep.notebooks.run import ROOT, fail, find, read, write_whole

PARTS = ("You will be able to", "You need", "Minutes", "Corpus", "What this notebook cannot tell you")
LABEL = re.compile(rf"^\*\*({'|'.join(PARTS)})[.:]?\*\*", re.MULTILINE)


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
        link = f"[{path.stem.partition('-')[0]}](notebooks/{path.name})"
        cells = [link, told.question, "; ".join(told.able), told.minutes]
        rows.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(rows)


def answers(*, root: Path = ROOT) -> str:
    """Give for each numbered notebook its question, the answer it ends with, and its picture."""
    parts = []
    for path in find(root=root):
        if not path.stem[:2].isdigit():
            continue
        notebook = read(path)
        parts.append(f"### [{path.stem[:2]} {opening(notebook).question}](notebooks/{path.name})")
        said = [output.get("data", {}).get("text/markdown") for output in outputs(notebook)]
        parts += [text.split("\n\n")[0] for text in list(filter(None, said))[-1:]]
        if found := picture(notebook):
            alt, _ = found
            parts.append(f"![{alt}](notebooks/pictures/{path.stem[:2]}.png)")
    return "\n\n".join(parts)


def picture(notebook: NotebookNode) -> tuple[str, bytes] | None:
    """Give alternative text and PNG of the figure in the cell tagged `picture`; None where there is none."""
    for cell in notebook.cells:
        if "picture" in cell.metadata.get("tags", []):
            for output in cell.outputs:
                image = re.search(r"base64,([^\"]+)", output.get("data", {}).get("text/html", ""))
                if image:
                    return output.metadata["passages"]["figure"]["alt"], base64.b64decode(image[1])
    return None


def fresh(text: str, *, root: Path = ROOT) -> str:
    """Give a README's text with what stands between its marks as it should be: the table, and the answers if marked.

    Raises ValueError where the marks are missing, doubled or the wrong way round.
    """
    for name, made in BLOCKS.items():
        begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
        if name != "notebooks" and begin not in text:
            continue
        if text.count(begin) != 1 or text.count(end) != 1 or text.index(begin) > text.index(end):
            raise ValueError(f"README.md wants one line {begin} and one line {end} below it.")
        before, rest = text.split(begin)
        text = f"{before}{begin}\n{made(root=root)}\n{end}{rest.split(end)[1]}"
    return text


BLOCKS = {"notebooks": table, "answers": answers}


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
    wrong = [] if is_fresh else ["README.md: what it says of the notebooks is out of date; run make refresh"]
    return wrong + [
        f"{path.name} is not the picture in its notebook; run make refresh"
        for path, png in pictures(root=root).items()
        if not path.exists() or path.read_bytes() != png
    ]


def pictures(*, root: Path = ROOT) -> dict[Path, bytes]:
    """Give the README's pictures, cut from the notebooks, by the place they are kept."""
    found = {path: picture(read(path)) for path in find(root=root)}
    return {root / "notebooks" / "pictures" / f"{path.stem[:2]}.png": one[1] for path, one in found.items() if one}


def update(*, root: Path = ROOT) -> bool:
    """Write the README fresh, and its pictures; give whether it changed."""
    readme = root / "README.md"
    for path, png in pictures(root=root).items():
        path.parent.mkdir(exist_ok=True)
        if not path.exists() or path.read_bytes() != png:
            path.write_bytes(png)
    return write_whole(readme, fresh(readme.read_text(encoding="utf-8"), root=root))


def main(arguments: list[str] | None = None) -> int:
    """Write the table of notebooks into README.md, or with --check say whether it is fresh."""
    parser = argparse.ArgumentParser(prog="python -m upkeep.notebooks.readme", description=main.__doc__)
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
