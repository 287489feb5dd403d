"""Blank and solved notebooks come from one source, and neither falls behind the other."""

import json

import pytest
from nbformat import v4

from upkeep.notebooks import solutions
from upkeep.notebooks.normal import as_text
from upkeep.notebooks.run import find, read, write_whole
from upkeep.rules import house

QUESTION = "# How many?\n\n**You will be able to**\n- count"


EXERCISE = 'answer = ...\nexercises.check("00-change", answer)'


def notebook(source=EXERCISE):
    cells = [
        v4.new_markdown_cell(QUESTION, id="title"),
        v4.new_code_cell(
            source,
            id="exercise",
            execution_count=2,
            outputs=[v4.new_output("execute_result", data={"text/plain": "Ellipsis"}, execution_count=2)],
        ),
        v4.new_markdown_cell("See [the glossary](glossary.md) and [01](01-read-the-corpus.ipynb).", id="links"),
    ]
    return v4.new_notebook(cells=cells, metadata={"passages": {"seal": "of the blank one"}})


def keep(root, solution):
    write_whole(root / "upkeep" / "notebooks" / "solved" / "05-count.toml", f'"00-change" = """\n{solution}\n"""\n')


@pytest.fixture
def root(tmp_path):
    """A project of one notebook with one exercise."""
    write_whole(tmp_path / "notebooks" / "05-count.ipynb", as_text(notebook()))
    keep(tmp_path, "hits = count()\nanswer = 53")
    return tmp_path


def test_a_solved_notebook_has_the_solution_for_a_source_and_nothing_of_the_blank_ones_run(root):
    blank = notebook()
    made = solutions.solved(blank, "05-count", root=root)
    assert [cell.id for cell in made.cells] == ["title", "exercise", "links"]
    assert made.cells[0].source.startswith("# How many?\n\n*The solutions to the exercises of [05-count]")
    assert made.cells[0].source.endswith("**You will be able to**\n- count")
    assert made.cells[1].source == 'hits = count()\nanswer = 53\nexercises.check("00-change", answer)'
    assert made.cells[1].metadata == {}
    assert (made.cells[1].outputs, made.cells[1].execution_count) == ([], None)
    assert made.cells[2].source == "See [the glossary](../glossary.md) and [01](01-read-the-corpus.ipynb)."
    assert "passages" not in made.metadata
    assert blank == notebook(), "the blank notebook is left as it was"


def test_an_edit_of_the_blank_notebook_makes_its_solutions_stale_until_they_are_written(root, capsys):
    kept = root / "notebooks" / "solutions" / "05-count.ipynb"
    assert solutions.main(["--check", "--root", str(root)]) == 1
    assert "05-count.ipynb is missing" in capsys.readouterr().err
    assert solutions.main(["--root", str(root)]) == 0
    assert solutions.main(["--check", "--root", str(root)]) == 0
    keep(root, "answer = 51")
    assert solutions.main(["--check", "--root", str(root)]) == 1
    assert "05-count.ipynb is out of date" in capsys.readouterr().err
    assert solutions.write(root=root) == [kept]
    assert read(kept).cells[1].source.startswith("answer = 51\n")


def test_solutions_already_right_keep_their_outputs(root):
    [path] = solutions.write(root=root)
    content = json.loads(path.read_text(encoding="utf-8"))
    content["cells"][1]["execution_count"] = 7
    path.write_text(json.dumps(content), encoding="utf-8")
    assert solutions.write(root=root) == []
    assert read(path).cells[1].execution_count == 7


def test_solutions_without_a_notebook_are_left_over_and_removed(root):
    [path] = solutions.write(root=root)
    (root / "notebooks" / "05-count.ipynb").unlink()
    assert solutions.stale(root=root) == [f"notebooks/solutions: {path.name} is left over; run make refresh"]
    assert solutions.write(root=root) == [path] and not path.exists()


def test_an_exercise_that_gives_its_answer_away_or_has_none_is_named():
    right = {"00-change": "answer = news.counted()"}
    assert house.exercises(notebook(), right) == []
    unfilled = ["cell 2, In [1]: an exercise leaves `answer = ...`, and its solution fills it in"]
    assert house.exercises(notebook()) == unfilled
    assert house.exercises(notebook(EXERCISE.replace("...", "53")), right) == unfilled
    [strange] = house.exercises(notebook(EXERCISE.replace("00-change", "00-strange")), {"00-strange": "answer = 1"})
    assert "is called '00-strange'" in strange
    told = notebook()
    told.cells[2].source = "Try `news . counted()`."
    assert house.exercises(told, right) == [
        "cell 2, In [1]: the notebook holds the solution of '00-change', 'news.counted()'"
    ]


def test_the_solutions_kept_are_those_of_the_notebooks():
    assert find(), "there is no notebook in notebooks/"
    assert solutions.stale() == []
