"""Assignments, made and graded by nbgrader itself: what is right, half right or empty gets the points it is worth."""

import shutil

import nbformat
import pytest

from upkeep.notebooks import solutions
from upkeep.teaching import assignment

pytestmark = pytest.mark.course
NOTEBOOKS = {"pandas": (3, 0), "01": (3, 1), "05": (2, 3)}  # exercises that are graded by their check, and by a teacher
KEY, GONE = "as in the key", "the cell deleted"
HALF = {  # what a student makes of each exercise, and the points by the rubric; None where the teacher gives them
    "pandas-missing": (KEY, 2),
    "pandas-median": ('answer = lengths["n_tokens"].mean()', 1),  # a slip that the check knows
    "pandas-longest": (GONE, 0),
    "01-predict": ("answer = lengths.max()", 0),  # right for the next, which raises an error, and wrong here
    "01-change": ("answer = lengths.maximum()", 0),
    "01-compose": (KEY, 2),
    "01-judge": (KEY, None),
    "05-predict": ('answer = "-.27"', 1),  # rounded as far as may be, and typed as text
    "05-change": ('answer = 100 * len(unseen) / whole["n_sentences"].iloc[0]', 1),  # in per cent
    "05-compose": ("answer = ...", 0),
    "05-judge": (KEY, None),
    "05-pairs": ('answer = [["good"] * 6, 1 / 0]', None),
}


@pytest.fixture(scope="module", params=NOTEBOOKS)
def made(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("course")
    return folder, assignment.make(request.param, folder), NOTEBOOKS[request.param]


def handed_in(folder, name, student, answers):
    """Hand in the release as a student would, with these answers by exercise, and give the points."""
    path = folder / "release" / name / f"{name}.ipynb"
    notebook, known = nbformat.read(path, 4), solutions.kept(name)
    for cell in [each for each in solutions.exercises(notebook) if "answer = ..." in each.source]:
        exercise = solutions.name_of(cell)
        answer = answers.get(exercise, "answer = ...")
        if answer == GONE:
            notebook.cells.remove(cell)
        cell.source = cell.source.replace("answer = ...", known[exercise].strip() if answer == KEY else answer)
    place = folder / "submitted" / student / name
    place.mkdir(parents=True)
    nbformat.write(notebook, place / path.name)
    done = assignment.course(folder).autograde(name, student)
    assert done["success"], done["log"]
    return assignment.points(folder, name, student)


def test_the_release_holds_no_solution_and_the_key_has_every_point(made):
    folder, name, (by_check, judged) = made
    text = (folder / "release" / name / f"{name}.ipynb").read_text(encoding="utf-8")
    assert text.count("answer = ...") >= by_check + judged and "BEGIN SOLUTION" not in text
    assert not [known for known in solutions.kept(name).values() if known.strip().splitlines()[-1] in text]
    points = assignment.points(folder, name, "key")
    assert sum(value is None for value in points.values()) == judged
    assert [value for value in points.values() if value is not None] == [assignment.RIGHT] * by_check


def test_a_half_right_notebook_has_the_points_of_the_rubric(made):
    folder, name, _ = made
    answers = {exercise: each for exercise, each in HALF.items() if exercise in solutions.kept(name)}
    given = handed_in(folder, name, "half", {exercise: answer for exercise, (answer, _) in answers.items()})
    by_exercise = {graded.removesuffix("-points"): points for graded, points in given.items()}
    assert by_exercise == {exercise: points for exercise, (_, points) in answers.items()}


def test_an_empty_notebook_has_no_points_and_no_error(made):
    folder, name, (by_check, judged) = made
    given = handed_in(folder, name, "empty", {})
    assert [value or 0 for value in given.values()] == [0] * (by_check + judged)
    shutil.rmtree(folder)
