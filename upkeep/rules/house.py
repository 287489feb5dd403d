"""The house rules that a machine can check: `python -m upkeep.rules.house [notebooks…]`.

Each rule is a function from a notebook to a list of complaints, empty where the rule is kept.
"""

import argparse
import ast
import re
import statistics
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from nbformat import NotebookNode

from upkeep.notebooks import readme, record, solutions
from upkeep.notebooks.normal import as_text, normal, outputs
from upkeep.notebooks.run import PARAMETERS, ROOT, fail, find, place, read
from upkeep.rules import modules
from utils.passages.seen import visible
from utils.teaching import questions

N_CELLS = (25, 60)
LINES_MEDIAN, LINES_OF_MOST, LINES_EVER = 3, 10, 20
MOST_BYTES = 2_000_000
NAME = re.compile(r"(\d\d|pandas)(-[a-z0-9]+){2,}")
BANNED_WORDS = re.compile(r"\b(simply|just|obviously)\b", re.IGNORECASE)
BANNED_CODE = re.compile(
    r"""figsize|rcParams|\bcolor\s*=\s*["'(]|["']\#[0-9A-Fa-f]{3,8}["']|\bsys\.path\b|(?<!\.)\.\./"""
    r"""|\b(?:Markdown|HTML|Latex|Math)\("""
)  # `say` shows a name as it is; these would read it
ABSOLUTE_PATH = re.compile(r"(?<![\w:/.<>+=*?)\]-])/[A-Za-z][\w.-]*/[\w.-]+|\b[A-Za-z]:\\\w")
MEMORY_ADDRESS = re.compile(r"\b0x[0-9a-f]{6,}\b")
LEAST_TOLD = 14  # signs of a solution; a shorter one, as a number, may stand anywhere
UNANSWERED = re.compile(r"^answer = \.\.\.", re.MULTILINE)
CODE_SPAN = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)


def complaints(path: Path) -> list[str]:
    """Give everything in which a blank notebook breaks a house rule, each with the notebook's name."""
    notebook = read(path)
    rules = (opening_cell, first_cells, lengths, last_section, prose, code, ran, shown, kept)
    found = [said for rule in rules for said in rule(notebook)] + [*_as_a_file(path, notebook), *mine(path)]
    found += exercises(notebook, solutions.kept(path.stem, root=path.parents[1]))
    if not NAME.fullmatch(path.stem):
        found.append("its name is not two digits, verb, object, such as 05-score-the-tone")
    if len(solutions.exercises(notebook)) < (1 if path.stem.startswith("00") else 3):
        found.append("it has too few exercises: three, or one in 00")
    return [f"{path.name}: {said}" for said in found]


def opening_cell(notebook: NotebookNode) -> list[str]:
    """The first cell holds the question, then its five parts in the agreed order, none empty."""
    told = readme.opening(notebook)
    found = []
    if not told.question.endswith("?"):
        found.append(f"its title is no question ending in a question mark: {told.question!r}")
    if tuple(told.parts) != readme.PARTS:
        found.append(f"its opening cell has the parts {list(told.parts)}, not {list(readme.PARTS)}")
    found += [f"its opening cell is empty under {part!r}" for part, text in told.parts.items() if not text]
    if len(told.able) != 3:
        found.append(f"its opening cell names {len(told.able)} things one will be able to do, not 3")
    return found + ([] if told.minutes else ["its opening cell does not give the minutes as a number"])


def first_cells(notebook: NotebookNode) -> list[str]:
    """The second cell is the one tagged `parameters`, the third holds all the imports there are."""
    tagged = [n for n, cell in enumerate(notebook.cells) if PARAMETERS in cell.metadata.get("tags", [])]
    found = [] if tagged == [1] else ["its second cell, and no other, is to be tagged parameters"]
    if not (len(notebook.cells) > 2 and _imports(notebook.cells[2])):
        found.append("its third cell is not the one cell of imports")
    return found + [
        f"{place(notebook, n)}: imports belong in the third cell"
        for n, cell in enumerate(notebook.cells)
        if n != 2 and _imports(cell)
    ]


def _imports(cell: NotebookNode) -> bool:
    return cell.cell_type == "code" and any(
        isinstance(statement, ast.Import | ast.ImportFrom) for statement in ast.walk(ast.parse(cell.source))
    )


def lengths(notebook: NotebookNode) -> list[str]:
    """Few cells, short ones: blank lines do not count."""
    lines = [sum(bool(line.strip()) for line in cell.source.splitlines()) for cell in _code(notebook)] or [0]
    n_cells, middle, (few, many) = len(notebook.cells), statistics.median(lines), N_CELLS
    found = [] if few <= n_cells <= many else [f"it has {n_cells} cells, not {few} to {many}"]
    if middle > LINES_MEDIAN:
        found.append(f"the median of its code cells has {middle:g} lines, not at most {LINES_MEDIAN}")
    if sum(n <= LINES_OF_MOST for n in lines) < 0.9 * len(lines):
        found.append(f"fewer than nine in ten of its code cells have at most {LINES_OF_MOST} lines")
    return found + [
        f"{place(notebook, n)}: it has more than {LINES_EVER} lines of code"
        for n, cell in enumerate(notebook.cells)
        if cell.cell_type == "code" and sum(bool(line.strip()) for line in cell.source.splitlines()) > LINES_EVER
    ]


def last_section(notebook: NotebookNode) -> list[str]:
    """It has sections, and the last of them says something."""
    headed = [
        n
        for n, cell in enumerate(notebook.cells)
        if cell.cell_type == "markdown" and re.search(r"^## +\S", cell.source, re.MULTILINE)
    ]
    if not headed:
        return ["it has no sections, so no last one that answers its question"]
    rest = "\n".join(cell.source for cell in notebook.cells[headed[-1] :])
    said = rest[[found.end() for found in re.finditer(r"^## .*$", rest, re.MULTILINE)][-1] :]
    return [] if said.strip() else ["its last section, which answers its question, is empty"]


def exercises(notebook: NotebookNode, known: Mapping[str, str] | None = None) -> list[str]:
    """An exercise is a code cell that leaves `answer = ...` to the reader; its solution differs, and stands elsewhere.

    known: the solutions kept for the notebook, by the names of their exercises.
    """
    known, found = known or {}, []
    sources = [_bare(cell.source) for cell in notebook.cells]
    for n, cell in enumerate(notebook.cells):
        if cell not in solutions.exercises(notebook):
            continue
        filled = solutions.solution(cell, dict(known))
        if not UNANSWERED.search(cell.source) or UNANSWERED.search(filled):
            found.append(f"{place(notebook, n)}: an exercise leaves `answer = ...`, and its solution fills it in")
        name = solutions.name_of(cell)
        if name and name not in questions.by_name():
            found.append(f"{place(notebook, n)}: no question in utils/teaching/questions/ is called {name!r}")
        told = _bare(known.get(name, "").rpartition("answer =")[2])
        if len(told) >= LEAST_TOLD and any(told in source for source in sources):
            found.append(f"{place(notebook, n)}: the notebook holds the solution of {name!r}, {told!r}")
    return found


def _bare(source: str) -> str:
    return re.sub(r"\s+", "", source)


def prose(notebook: NotebookNode) -> list[str]:
    """No word that tells a reader it ought to be easy."""
    return [
        f"{place(notebook, n)}: {said!r}"
        for n, cell in enumerate(notebook.cells)
        if cell.cell_type == "markdown"
        for said in banned_words(cell.source)
    ]


def banned_words(markdown: str) -> list[str]:
    """Give the banned words in a piece of prose, code left out."""
    return BANNED_WORDS.findall(CODE_SPAN.sub(" ", markdown))


def code(notebook: NotebookNode) -> list[str]:
    """No style, no paths and no definitions in the cells: these belong to the package."""
    return [
        f"{place(notebook, n)}: {found[0].strip()!r} has no place in a notebook"
        for n, cell in enumerate(notebook.cells)
        if cell.cell_type == "code"
        for found in [*BANNED_CODE.finditer(cell.source), *ABSOLUTE_PATH.finditer(cell.source)]
    ]


def ran(notebook: NotebookNode) -> list[str]:
    """Every code cell ran, in order, and shows what came of it."""
    counts = [cell.execution_count for cell in _code(notebook)]
    found = [] if counts == list(range(1, len(counts) + 1)) else ["its code cells have not all run in order"]
    return found + ([] if any(outputs(notebook)) else ["it has no outputs"])


def shown(notebook: NotebookNode) -> Iterator[str]:
    """No error among the outputs, and nothing that only one machine or one run would show."""
    for n, cell in enumerate(notebook.cells):
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                yield f"{place(notebook, n)}: it shows an error, {output.ename}"
            text = _text(output)
            for what, pattern in (("a memory address", MEMORY_ADDRESS), ("an absolute path", ABSOLUTE_PATH)):
                for found in pattern.finditer(text):
                    yield f"{place(notebook, n)}: it shows {what}, {found[0]!r}"


def _text(output: NotebookNode) -> str:
    data = output.get("data", {})
    texts = [visible(data.get("text/html", "")), data.get("text/plain", ""), output.get("text", "")]
    return "\n".join(texts + list(output.get("traceback", [])))


def kept(notebook: NotebookNode) -> list[str]:
    """Its outputs are those of the last refresh: not of a run by hand, nor from before an edit."""
    if record.of(notebook).get("seal") == record.seal(notebook):
        return []
    return ["its code or outputs are not those of the last refresh; run make refresh"]


def _as_a_file(path: Path, notebook: NotebookNode) -> list[str]:
    n_bytes = path.stat().st_size
    found = [] if n_bytes < MOST_BYTES else [f"it is {n_bytes:,} bytes, not under 2 MB"]
    if path.read_text(encoding="utf-8") != as_text(normal(notebook)):
        found.append("it is not in its normal form; run make refresh")
    return found


def mine(path: Path) -> list[str]:
    """Give every sign that a notebook holds what is the reader's own and is never kept."""
    if path.resolve().parent.name == record.MINE:
        return ["a notebook in notebooks/mine is your own copy and never kept"]
    notebook = read(path)
    name = (record.of(notebook).get("corpus") or {}).get("name", "")
    found = record.from_mine(notebook)
    return found + ([f"its outputs come from {name!r}, which is yours"] if record.is_mine(name) else [])


def _code(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def of_a_file(path: Path) -> list[str]:
    """Give the complaints about one notebook about to be kept, whichever folder it stands in."""
    if path.resolve().parent.name == "notebooks":
        return complaints(path)
    return [f"{path.name}: {said}" for said in mine(path) + ([] if mine(path) else kept(read(path)))]


def tracked(*, root: Path = ROOT) -> list[Path]:
    """Give the files git keeps, those about to be committed among them; none where there is no git."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, text=True)
    return [root / name for name in listed.stdout.split("\0") if name]


def of_the_project(*, root: Path = ROOT) -> list[str]:
    """Give the complaints about all notebooks, their solutions, the README and the package."""
    paths = find(root=root) + sorted((root / "notebooks" / "solutions").glob("*.ipynb"))
    paths += [path for path in tracked(root=root) if path.suffix == ".ipynb" and path.exists() and path not in paths]
    return [
        *(said for path in paths for said in of_a_file(path)),
        *solutions.stale(root=root),
        *readme.stale(root=root),
        *modules.complaints(root / "utils"),
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Check the house rules on the notebooks named, or on the whole project."""
    parser = argparse.ArgumentParser(prog="python -m upkeep.rules.house", description=main.__doc__)
    parser.add_argument("notebooks", nargs="*", type=Path, help="files; none for the whole project")
    parser.add_argument("--root", type=Path, default=ROOT, help="the project's folder")
    options = parser.parse_args(arguments)
    found = [said for path in options.notebooks for said in of_a_file(path)]
    found = found if options.notebooks else of_the_project(root=options.root)
    return fail("\n".join(found)) if found else 0


if __name__ == "__main__":
    sys.exit(main())
