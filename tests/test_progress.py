"""A bar shows while work is done, and nothing of it stays in the notebook."""

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat import v4

from utils import progress

CELL = "from utils import progress\nprint('before')\nlist(progress.bar('ab', 'reading $files$'))"


def test_a_saved_notebook_keeps_nothing_of_a_bar(monkeypatch):
    monkeypatch.delenv("TQDM_DISABLE", raising=False)
    notebook = v4.new_notebook(cells=[v4.new_code_cell(CELL)])
    client = NotebookClient(notebook, timeout=60, kernel_name="python3")
    client.execute()
    nbformat.validate(notebook)
    printed, *bars, given = notebook.cells[0].outputs
    assert printed.text == "before\n" and given.data == {"text/plain": "['a', 'b']"}
    assert [output.data for output in bars] == [{}]


@pytest.mark.parametrize("shown, disabled", [(False, "0"), (True, "1")])
def test_there_is_no_bar_where_none_is_wanted(shown, disabled, monkeypatch, capsys):
    monkeypatch.setenv("TQDM_DISABLE", disabled)
    items = range(3)
    assert progress.bar(items, "reading", shown=shown) is items and capsys.readouterr().err == ""


def test_outside_a_notebook_the_bar_is_wiped_from_its_line(monkeypatch, capsys):
    monkeypatch.delenv("TQDM_DISABLE", raising=False)
    assert list(progress.bar("ab", "reading")) == ["a", "b"]
    said = capsys.readouterr().err
    assert "reading: " in said and said.split("\r")[-2].strip() == ""
