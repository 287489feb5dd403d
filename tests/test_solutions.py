"""Blank and solved notebooks come from one source, and neither falls behind the other."""

import json

import pytest
from nbformat import v4

from upkeep.notebooks import solutions
from upkeep.notebooks.normal import as_text
from upkeep.notebooks.run import find, read, write_whole
from upkeep.rules import house

QUESTION = "# How many?\n\n**You will be able to**\n- count"


def notebook(source="answer = ...", solution="answer = 53"):
    cells = [
        v4.new_markdown_cell(QUESTION, id="title"),
        v4.new_code_cell(source, id="exercise", metadata={"passages": {"solution": solution}}),
        v4.new_code_cell(
            "answer",
            id="check",
            execution_count=2,
            outputs=[v4.new_output("execute_result", data={"text/plain": "Ellipsis"}, execution_count=2)],
        ),
    ]
    return v4.new_notebook(cells=cells, metadata={"passages": {"seal": "of the blank one"}})


@pytest.fixture
def root(tmp_path):
    """A project of one notebook with one exercise."""
    write_whole(tmp_path / "notebooks" / "05-count.ipynb", as_text(notebook()))
    return tmp_path


def test_a_solved_notebook_has_the_solution_for_a_source_and_nothing_of_the_blank_ones_run():
    blank = notebook()
    made = solutions.solved(blank, "05-count")
    assert [cell.id for cell in made.cells] == ["title", "exercise", "check"]
    assert made.cells[0].source.startswith("# How many?\n\n*The solutions to the exercises of [05-count]")
    assert made.cells[0].source.endswith("**You will be able to**\n- count")
    assert made.cells[1].source == "answer = 53"
    assert made.cells[1].metadata == {}
    assert (made.cells[2].outputs, made.cells[2].execution_count) == ([], None)
    assert "passages" not in made.metadata
    assert blank == notebook(), "the blank notebook is left as it was"


def test_an_edit_of_the_blank_notebook_makes_its_solutions_stale_until_they_are_written(root, capsys):
    kept = root / "notebooks" / "solutions" / "05-count.ipynb"
    assert solutions.main(["--check", "--root", str(root)]) == 1
    assert "05-count.ipynb is missing" in capsys.readouterr().err
    assert solutions.main(["--root", str(root)]) == 0
    assert solutions.main(["--check", "--root", str(root)]) == 0
    write_whole(root / "notebooks" / "05-count.ipynb", as_text(notebook(solution="answer = 51")))
    assert solutions.main(["--check", "--root", str(root)]) == 1
    assert "05-count.ipynb is out of date" in capsys.readouterr().err
    assert solutions.write(root=root) == [kept]
    assert read(kept).cells[1].source == "answer = 51"


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
    assert house.exercises(notebook()) == []
    said = ["cell 2, In [1]: an exercise leaves `answer = ...`, and its solution fills it in"]
    assert house.exercises(notebook(source="answer = 53")) == said
    assert house.exercises(notebook(solution="answer = ...")) == said


def test_the_solutions_kept_are_those_of_the_notebooks():
    assert find(), "there is no notebook in notebooks/"
    assert solutions.stale() == []
