"""The house rules, kept by every notebook and module, and each rule seen to bite."""

import copy
import subprocess
import sys

import pytest
from nbformat import v4

from upkeep.notebooks import readme, record, solutions
from upkeep.notebooks.normal import as_text, normal
from upkeep.notebooks.run import ROOT, find, read, write_whole
from upkeep.rules import house, modules

KEPT = find() + sorted((ROOT / "notebooks" / "solutions").glob("*.ipynb"))
OPENING = """# Which words carry it?

**You will be able to**
- count words
- read them where they stand
- doubt the count

**You need** nothing

**Minutes** 30

**Corpus** 237 addresses, 1790–2026

**What this notebook cannot tell you** why"""


ASKED = ["05-predict", "05-change", "05-compose"]


def code(source, n, **metadata):
    return v4.new_code_cell(source, id=f"code-{n}", metadata=metadata, execution_count=n)


def good():
    """A notebook that keeps every rule."""
    cells = [
        v4.new_markdown_cell(OPENING, id="opening"),
        code("SEED = 2025", 1, tags=["parameters"]),
        code("import math", 2),
    ]
    for n, name in enumerate(ASKED, start=3):
        cells.append(code(f'answer = ...\nexercises.check("{name}", answer)', n))
    for n in range(6, 15):
        cells += [v4.new_markdown_cell("What it shows.", id=f"prose-{n}"), code("math.sqrt(SEED)", n)]
    cells.append(v4.new_markdown_cell("## Which words, then?\n\nThese.", id="last"))
    cells[-2].outputs = [v4.new_output("execute_result", data={"text/plain": "45.0"}, execution_count=14)]
    return normal(v4.new_notebook(cells=cells))


def complaints(notebook, folder, name="05-count-the-words"):
    notebook.metadata["passages"] = notebook.metadata.get("passages") or {"seal": record.seal(notebook)}
    path = folder / "notebooks" / f"{name}.ipynb"
    write_whole(path, as_text(notebook))
    solved = folder / "upkeep" / "notebooks" / "solved" / f"{name}.toml"
    write_whole(solved, "\n".join(f'"{each}" = "answer = 1"' for each in ASKED))
    return house.complaints(path)


def shows(text, mime="text/html"):
    def change(notebook):
        notebook.cells[-2].outputs[0].data[mime] = text

    return change


def source(n, text):
    def change(notebook):
        notebook.cells[n].source = text

    return change


BROKEN = {
    "is no question": source(0, OPENING.replace("it?", "it.")),
    "not ['You will": source(0, OPENING.replace("**Minutes** 30\n\n", "")),
    "its opening cell has the parts": source(0, OPENING.replace("Minutes", "X").replace("You need", "Minutes")),
    "names 2 things": source(0, OPENING.replace("- doubt the count\n", "")),
    "the minutes as a number": source(0, OPENING.replace(" 30", " half an hour")),
    "empty under 'Corpus'": source(0, OPENING.replace(" 237 addresses, 1790–2026", "")),
    "to be tagged parameters": lambda notebook: notebook.cells[1].metadata.clear(),
    "not the one cell of imports": source(2, "math = 1"),
    "imports belong in the third cell": source(7, "import math"),
    "not 25 to 60": lambda notebook: notebook.cells.pop(6),
    "the median of its code cells": lambda notebook: [
        source(n, "1\n" * 4)(notebook) for n, cell in enumerate(notebook.cells) if cell.cell_type == "code" and 6 < n
    ],
    "fewer than nine in ten": lambda notebook: [source(n, "1\n" * 11)(notebook) for n in (7, 9)],
    "more than 20 lines": source(7, "1\n" * 21),
    "no sections": source(-1, "These."),
    "its last section": source(-1, "## Which words, then?"),
    "'Obviously'": source(6, "Obviously so, and `just` in code may stay."),
    "'rcParams'": source(7, "rcParams"),
    "'figsize'": source(7, "subplots(figsize=(3, 4))"),
    "'Markdown('": source(7, "Markdown(f'The corpus {news.name}')"),
    "'\"#0072B2\"'": source(7, 'fill("#0072B2")'),
    "'color=\"'": source(7, 'plot(color="red")'),
    "'sys.path'": source(7, "sys.path"),
    "'../'": source(7, "load('../articles')"),
    "'/home/me'": source(7, "load('/home/me/articles')"),
    "have not all run": lambda notebook: notebook.cells[-2].update(execution_count=None),
    "no outputs": lambda notebook: notebook.cells[-2].update(outputs=[]),
    "shows an error, ValueError": lambda notebook: notebook.cells[-2].outputs.append(
        v4.new_output("error", ename="ValueError", evalue="", traceback=[])
    ),
    "a memory address, '0x7f3a2b1c4d50'": shows("&lt;generator at 0x7f3a2b1c4d50&gt;"),
    "an absolute path, '/usr/lib'": shows("read from /usr/lib/python3", "text/plain"),
    "not under 2 MB": shows("<p>" + "x" * 2_000_000),
    "it reads 'mine'": source(1, "CORPUS = 'mine'"),
    "it reads 'corpus/mine/may'": source(7, 'load("corpus/mine/may")'),
    "its outputs come from 'mine'": lambda notebook: notebook.metadata.update(
        passages={"seal": record.seal(notebook), "corpus": {"name": "mine"}}
    ),
    "normal form": lambda notebook: notebook.metadata.update(widgets={}),
    "too few exercises": lambda notebook: notebook.cells[4].update(source="answer = 1"),
}


@pytest.mark.parametrize("said", BROKEN)
def test_each_rule_bites(said, tmp_path):
    notebook = good()
    assert complaints(copy.deepcopy(notebook), tmp_path) == []
    BROKEN[said](notebook)
    assert any(said in complaint for complaint in complaints(notebook, tmp_path)), complaints(notebook, tmp_path)


def test_a_run_by_hand_and_an_edit_after_the_run_break_the_seal(tmp_path):
    notebook = good()
    assert complaints(notebook, tmp_path) == []
    said = ["05-count-the-words.ipynb: its code or outputs are not those of the last refresh; run make refresh"]
    notebook.cells[-2].outputs[0].data["text/plain"] = "44.0"
    assert complaints(notebook, tmp_path) == said
    notebook.cells[-2].outputs[0].data["text/plain"] = "45.0"
    notebook.cells[-2].source = "math.sqrt(SEED + 1)"
    assert complaints(notebook, tmp_path) == said


def test_notebooks_are_named_two_digits_verb_object(tmp_path):
    assert complaints(good(), tmp_path, name="05-words")[0].startswith("05-words.ipynb: its name is not")
    assert complaints(good(), tmp_path, name="count-the-words")[0].startswith("count-the-words.ipynb: its name")


def test_ordinary_words_and_texts_are_left_alone(tmp_path):
    notebook = good()
    notebook.cells[6].source = "An adjustment, and justice; `just` and `simply` as code."
    notebook.cells[7].source = "hits(news, '/sanction(s|ed)?/', color=marks.GREY)"
    shows('<a href="https://example.org/a/b">and/or</a> 1/2/2025 ©2025, 10/km')(notebook)
    assert complaints(notebook, tmp_path) == []


def test_the_command_names_what_is_wrong_and_fails(tmp_path, capsys):
    path = tmp_path / "notebooks" / "mine" / "00-start-here.ipynb"
    write_whole(path, as_text(good()))
    assert house.main([str(path)]) == 1
    assert "notebooks/mine is your own copy" in capsys.readouterr().err


def test_there_are_notebooks():
    assert find(), "there is no notebook in notebooks/"


@pytest.mark.parametrize("path", KEPT, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_notebook_keeps_the_house_rules(path):
    assert house.of_a_file(path) == []


def test_no_notebook_or_article_of_ones_own_is_tracked():
    kept = house.tracked()
    if not kept:
        pytest.skip("not a git checkout, so nothing is tracked")
    assert [path for path in kept if path.parent.name == "mine" and path.name not in ("README.md", ".gitkeep")] == []


def test_a_notebook_of_ones_own_about_to_be_committed_is_named(tmp_path):
    write_whole(tmp_path / "notebooks" / "mine" / "00-start-here.ipynb", as_text(good()))
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    said = "00-start-here.ipynb: a notebook in notebooks/mine is your own copy and never kept"
    assert said not in house.of_the_project(root=tmp_path)
    subprocess.run(["git", "add", "-f", "notebooks"], cwd=tmp_path, check=True)
    assert said in house.of_the_project(root=tmp_path)


def test_the_readme_has_a_fresh_table_of_notebooks_and_no_banned_word():
    assert readme.stale() == []
    assert house.banned_words((ROOT / "README.md").read_text(encoding="utf-8")) == []


def test_the_table_is_made_from_the_opening_cells(tmp_path):
    (tmp_path / "README.md").write_text("# Here\n<!-- notebooks -->\nold\n<!-- /notebooks -->\nafter\n")
    write_whole(tmp_path / "notebooks" / "05-count-the-words.ipynb", as_text(good()))
    assert readme.main(["--check", "--root", str(tmp_path)]) == 1
    assert readme.main(["--root", str(tmp_path)]) == 0
    assert (tmp_path / "README.md").read_text(encoding="utf-8") == (
        "# Here\n<!-- notebooks -->\n| | Question | You will be able to | Minutes |\n|---|---|---|---:|\n"
        "| [05](notebooks/05-count-the-words.ipynb) | Which words carry it? | "
        "count words; read them where they stand; doubt the count | 30 |\n<!-- /notebooks -->\nafter\n"
    )
    assert readme.main(["--check", "--root", str(tmp_path)]) == 0


def test_the_modules_keep_the_house_rules():
    assert modules.complaints(ROOT / "utils") == []


def test_a_long_module_is_named(tmp_path):
    (tmp_path / "utils").mkdir()
    (tmp_path / "utils" / "words.py").write_text("\n" * modules.MOST_LINES)
    said = [f"utils/words.py: it has {modules.MOST_LINES} lines, not under {modules.MOST_LINES}"]
    assert modules.complaints(tmp_path / "utils") == said


def test_a_refusal_is_one_that_a_notebook_shows_in_a_sentence():
    """What a caller can bring about is a Refusal; a plain ValueError is between our own modules."""
    own = {"utils/lexicons/__init__.py", "utils/layers/__init__.py"}  # the rooms themselves are at odds
    raising = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "utils").rglob("*.py")
        if "raise ValueError" in path.read_text(encoding="utf-8") and "intake" not in path.relative_to(ROOT).parts
    ]
    assert {*raising} == own


def ruff(*command, **options):
    """What ruff says of the project, or of a text for a file of it; nothing where it has no complaint."""
    done = subprocess.run([sys.executable, "-m", "ruff", *command], cwd=ROOT, capture_output=True, text=True, **options)
    return "" if done.returncode == 0 else done.stdout + done.stderr


@pytest.mark.parametrize("command", [["check"], ["format", "--check"]], ids=" ".join)
def test_the_code_has_no_slips_and_is_formatted(command):
    assert ruff(*command) == ""


@pytest.mark.parametrize(
    ("file", "text", "rule"),
    [
        ("utils/words.py", "n = 1\n", "D100"),
        ("utils/words/__init__.py", "n = 1\n", "D104"),
        ("utils/words/more.py", '"""Words."""\n\n\ndef shown():\n    return 1\n', "D103"),
        ("utils/words.py", '"""Words."""\n\n\nclass Kept:\n    """Kept."""\n\n    def whole(self): ...\n', "D102"),
        ("utils/words.py", '"""Words."""\n\nprint(1)\n', "T201"),
        ("upkeep/words/more.py", '"""Words."""\n\n\ndef shown():\n    print(1)\n', "D103"),
        ("upkeep/words.py", '"""Words."""\n\nprint(1)\n', ""),
        ("tests/words/test_more.py", '"""Words."""\n\n\ndef test_shown():\n    print(1)\n', ""),
    ],
)
def test_what_is_public_is_documented_and_the_package_does_not_print(file, text, rule):
    said = ruff("check", "--output-format=concise", f"--stdin-filename={file}", "-", input=text)
    assert f" {rule} " in said if rule else said == ""


def test_a_module_that_imports_the_face_is_named(tmp_path):
    (tmp_path / "utils").mkdir()
    (tmp_path / "utils" / "words.py").write_text(
        "from utils import load, spans\nfrom utils.terms import hits\nimport utils\n"
    )
    (tmp_path / "utils" / "spans.py").write_text("from utils import words\n")
    assert modules.complaints(tmp_path / "utils") == [
        "utils/words.py: it imports load from the face of the package",
        "utils/words.py: it imports utils from the face of the package",
    ]


def test_every_kept_notebook_has_solutions_to_its_exercises():
    assert all(solutions.path_of(path).exists() for path in find() if solutions.exercises(read(path)))
