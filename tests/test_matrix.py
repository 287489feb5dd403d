"""Every notebook on every kind of corpus: it runs to its end and says nothing that is not so there.

`make test` runs a notebook on each kind; `make matrix` runs every notebook on all of them (`-m matrix`).
"""

import ast
import re
from collections.abc import Iterator

import pytest
from nbformat import NotebookNode, v4

import kinds
from upkeep.notebooks import solutions
from upkeep.notebooks.run import find, inject, parameters, read, run
from utils.passages.seen import visible

NOTEBOOKS = {path.stem: path for path in find()}
WRONG = {
    "a missing number": re.compile(r"(?<![\w.])(nan|NaN|inf|NaT)(?![\w.])\s?%?"),
    "a period that is none": re.compile(r"\b\d{3}[1-9]s\b"),
    "a share beyond all": re.compile(r"(?<![\d.,])(1[1-9]\d|[2-9]\d\d|\d{4,})(\.\d+)?\s?%"),
    "another corpus's people": re.compile(r"\b(Teodor Quill|Varnhithe|Edmer Salvane|Cleveland|Maduro)\b"),
}


def faults(notebook: NotebookNode) -> Iterator[str]:
    """Give what the outputs of a notebook that ran on other articles say wrongly, each with its cell."""
    others = _of_others(notebook)
    aliases = re.findall(r"^(\w+) = news\.articles$", "\n".join(cell.source for cell in notebook.cells), re.MULTILINE)
    raw = re.compile(rf"\b({'|'.join(['news[.]articles', *aliases])})\b")  # shown as pandas does: no date is NaT
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            said = (data.get("text/markdown"), visible(data.get("text/html", "")), data.get("text/plain"), "")
            told = next(filter(None, said), "")
            figure = output.get("metadata", {}).get("passages", {}).get("figure")
            for what, pattern in WRONG.items():
                missing = what == "a missing number" and raw.search(cell.source)
                found = None if cell.id in others or missing else pattern.search(told + output.get("text", ""))
                if found:
                    yield f"{cell.id}: {what}, {found[0]!r} in {told[max(found.start() - 60, 0) : found.end() + 30]!r}"
            if figure and not any(_drawn(axes) for axes in figure["axes"]):
                yield f"{cell.id}: an empty picture, {figure['title']!r}"


def _of_others(notebook: NotebookNode) -> set[str]:
    """Give the cells that show a corpus that comes with the notebooks: by what they are made from."""
    names, found = {"available", "planted", "answer_key", "corpora"}, set()
    for cell in notebook.cells:
        own = re.search(r"\bload\([\"']", cell.source) or names & set(re.findall(r"\w+", cell.source))
        if own and cell.cell_type == "code":
            found.add(cell.id)
            names |= set(_given(cell.source))
    return found


def _given(source: str) -> Iterator[str]:
    """Give the names that a cell gives to something, those of the next exercise and the next hits apart."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.id not in ("answer", "hits", "each"):
            yield node.id


def _drawn(axes: dict) -> bool:
    return any(axes[what] for what in ("lines", "points", "bands", "grids")) or bool(axes["bars"]["n"])


def tried(name: str, corpus: str, *, solved: bool = False) -> list[str]:
    """Run a notebook on a corpus and give what is wrong with it."""
    blank = read(NOTEBOOKS[name])
    notebook = solutions.solved(blank, name) if solved else blank
    if "CORPUS" not in parameters(notebook):
        return []
    [done] = run({name: inject(notebook, CORPUS=corpus)}, check_findings=False).values()
    return [done.error] if done.error else list(faults(done.notebook))


@pytest.fixture(scope="session")
def corpora(tmp_path_factory):
    """Every kind of corpus, each in a folder of its own."""
    root = tmp_path_factory.mktemp("kinds")
    return {name: str(write(root / name)) for name, write in kinds.KINDS.items()}


CHOSEN = {
    "one": "05-score-the-tone",
    "three": "02-follow-a-word",
    "one-outlet": "01-read-the-corpus",
    "no-dates": "08-count-terms",
    "two-languages": "00-start-here",
    "one-year": "pandas-in-half-an-hour",
    "eight-years": "08-count-terms",
}


@pytest.mark.parametrize("kind", kinds.KINDS)
def test_a_notebook_is_true_of_each_kind_of_corpus(corpora, kind):
    assert tried(CHOSEN[kind], corpora[kind]) == []


@pytest.mark.matrix
@pytest.mark.parametrize("kind", kinds.KINDS)
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_every_notebook_is_true_of_every_kind_of_corpus(corpora, name, kind):
    assert tried(name, corpora[kind]) == []
    if kind in ("three", "one-year"):
        assert tried(name, corpora[kind], solved=True) == []


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"text/markdown": "It rose to nan% of all."}, "a missing number"),
        ({"text/html": "<table><tr><td>NaN</td></tr></table>"}, "a missing number"),
        ({"text/markdown": "It peaks in the 2018s."}, "a period"),
        ({"text/markdown": "Up to 140 % of the articles."}, "beyond all"),
        ({"text/markdown": "First came Teodor Quill."}, "another corpus"),
        ({"text/markdown": "In the 1890s, 12 % of 2018 articles; a banana; Nantes; Infinity."}, None),
    ],
)
def test_what_is_said_wrongly_is_found(data, said):
    cell = v4.new_code_cell("1", id="c", outputs=[v4.new_output("display_data", data=data)])
    found = list(faults(v4.new_notebook(cells=[cell])))
    assert (said is None and found == []) or said in found[0]


def test_an_empty_picture_is_found():
    axes = {"lines": [], "points": [], "bands": [], "grids": [], "bars": {"n": 0}}
    output = v4.new_output(
        "display_data", data={"text/html": "x"}, metadata={"passages": {"figure": {"title": "T", "axes": [axes]}}}
    )
    cell = v4.new_code_cell("1", id="c", outputs=[output])
    assert list(faults(v4.new_notebook(cells=[cell]))) == ["c: an empty picture, 'T'"]


def test_cells_that_show_another_corpus_on_purpose_are_told_from_those_that_do_not():
    sources = [
        'near, far = load("standoff"), load(CORPUS)',
        "both = [each for each in (near,)]",
        "both[0]",
        "news.report()",
    ]
    notebook = v4.new_notebook(cells=[v4.new_code_cell(one, id=f"c{n}") for n, one in enumerate(sources)])
    assert _of_others(notebook) == {"c0", "c1", "c2"}
