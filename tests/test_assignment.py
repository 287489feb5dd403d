"""Assignments, made and graded by nbgrader itself: what is right, half right or empty gets the points it is worth."""

import shutil

import nbformat
import pytest

from upkeep.notebooks import solutions
from upkeep.teaching import assignment

pytestmark = pytest.mark.course
NOTEBOOKS = {"pandas": (3, 0), "01": (3, 1), "05": (2, 3)}  # exercises that are graded by their check, and by a teacher


@pytest.fixture(scope="module", params=NOTEBOOKS)
def made(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("course")
    return folder, assignment.make(request.param, folder), NOTEBOOKS[request.param]


def handed_in(folder, name, student, answered):
    """Hand in the release as a student would, so many of its exercises answered, and give the points."""
    path = folder / "release" / name / f"{name}.ipynb"
    notebook, known = nbformat.read(path, 4), solutions.kept(name)
    for n, cell in enumerate(solutions.exercises(notebook)):
        answer = known[solutions.name_of(cell)].strip() if n < answered else "answer = -1"
        cell.source = cell.source if answered == 0 else cell.source.replace("answer = ...", answer)
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


def test_one_right_answer_has_its_points_and_a_wrong_one_none(made):
    folder, name, (by_check, _) = made
    given = [value for value in handed_in(folder, name, "half", 1).values() if value is not None]
    assert sorted(given) == [0] * (by_check - 1) + [assignment.RIGHT]


def test_an_empty_notebook_has_no_points_and_no_error(made):
    folder, name, (by_check, judged) = made
    given = handed_in(folder, name, "empty", 0)
    assert [value or 0 for value in given.values()] == [0] * (by_check + judged)
    shutil.rmtree(folder)
