"""Every count in every table of the kept notebooks, counted again from the raw texts by other means."""

import ast
import importlib
import itertools
import json
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType

import pytest

from recounts import Row

FOLDER = Path(__file__).parent / "recounts"
NOTEBOOKS = {path.stem: path for path in sorted((Path(__file__).parents[1] / "notebooks").glob("[0-9]*.ipynb"))}
COUNTS = set(
    "count n_articles n_hit n_documents n_tokens n_scored n_sentences articles words terms characters "
    "count_target count_reference n_articles_target n_articles_reference count_since n_articles_since "
    "n_quotes n_words n_indirect n_first n_last n_right n_of n_stories n_with "
    "n_words_planted n_words_found n_articles_planted n_articles_found".split()
) | {"n_published", "n_outlets", "n_once", "difference", "shared", "shingles", "in the full one", "in the other one"}


class Tables(HTMLParser):
    """The tables of some HTML, each a list of rows, each a list of cell texts; rows that only open are left out."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self.cell: list[str] | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th") and "colspan" not in dict(attrs):
            self.cell = []

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self.cell is not None:
            self.tables[-1][-1].append("".join(self.cell).strip())
            self.cell = None

    def handle_data(self, data: str) -> None:
        if self.cell is not None:
            self.cell.append(data)


def opened(name: str) -> dict:
    return json.loads(NOTEBOOKS[name].read_text(encoding="utf-8"))


def parameters(notebook: dict) -> dict:
    cell = next(cell for cell in notebook["cells"] if "parameters" in cell["metadata"].get("tags", []))
    return {node.targets[0].id: ast.literal_eval(node.value) for node in ast.parse("".join(cell["source"])).body}


def tables(cell: dict) -> Iterator[tuple[list[str], list[Row]]]:
    """Give every table that a cell shows with a count in it: its column names, and its rows as text."""
    for output in cell.get("outputs", []):
        for table in Tables("".join(output.get("data", {}).get("text/html", ""))).tables:
            rows = [row for row in table if row]
            header = _header(rows)
            if COUNTS & set(header) and header[0] != "words":
                body = [
                    row[-len(header) :]
                    for row in rows[1:]
                    if len(row) >= len(header) and row[:2] != header[:2] and any(row[1:])
                ]
                yield header, [dict(zip(header, row, strict=True)) for row in body]


def _header(rows: list[list[str]]) -> list[str]:
    """Give the column names; a pandas table with a named index has its names in a row of its own."""
    if len(rows) < 2:
        return []
    index = list(itertools.takewhile(bool, rows[1]))
    if rows[0][0] == "" and index and not any(rows[1][len(index) :]) and len(index) < len(rows[1]):
        return [*index, *rows[0][len(index) :]]
    return [name for name in rows[0] if name]


def number(text: str) -> float:
    return float(text.replace(",", ""))


def module(name: str) -> str:
    return f"notebook_{name.replace('-', '_')}"


def recount(name: str) -> ModuleType:
    """Give the module that counts a notebook again, which is found by its name."""
    if not (FOLDER / f"{module(name)}.py").exists():
        pytest.fail(f"nothing counts {name} again: write tests/recounts/{module(name)}.py")
    return importlib.import_module(f"recounts.{module(name)}")


def cells() -> Iterator[tuple[str, str]]:
    """Give every cell of a notebook that shows a table with a count in it."""
    for name in NOTEBOOKS:
        for cell in opened(name)["cells"]:
            if any(tables(cell)):
                yield name, cell["id"]


CELLS = list(cells())


@pytest.mark.parametrize(("name", "cell_id"), CELLS, ids=map(" ".join, CELLS))
def test_every_count_in_every_table_is_counted_again(name, cell_id):
    """A table is known by its first column that has a way to be counted; one without any is a failure."""
    notebook = opened(name)
    at = next(n for n, cell in enumerate(notebook["cells"]) if cell["id"] == cell_id)
    sources = ["".join(cell["source"]) for cell in notebook["cells"][: at + 1]]
    earlier = [table for cell in notebook["cells"][:at] for table in tables(cell)]
    told = {"source": sources[-1], "before": "\n".join(sources), "earlier": earlier}
    ways = recount(name).ways(parameters(notebook) | told)
    for header, rows in tables(notebook["cells"][at]):
        way = next((ways[column] for column in ways if column in header), None)
        assert way is not None and rows, f"a table of {header} that nothing counts again"
        for row in rows:
            again = way(row)
            for column in {column for column in COUNTS & set(header) if row[column] != "–"}:
                assert number(row[column]) == again[column], f"{column}: {row}"


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_every_notebook_has_counts_and_somebody_who_counts_them_again(name):
    assert recount(name).ways
    assert [cell for one, cell in CELLS if one == name][2:], "hardly a table is found in it"


def test_every_recount_is_of_a_notebook():
    assert {path.stem for path in FOLDER.glob("notebook_*.py")} <= {module(name) for name in NOTEBOOKS}
