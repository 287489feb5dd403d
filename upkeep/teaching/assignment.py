"""Make an assignment of a notebook: `python -m upkeep.teaching.assignment 05 [folder]`, by default build/assignments.

The folder is a course as nbgrader has it. `source/` has the notebook solved, `release/` what students get,
`submitted/key/` the solved one as if handed in, `autograded/key/` that with its points. Put what students hand in into
`submitted/NAME/05-score-the-tone/`, and give `nbgrader autograde 05-score-the-tone` in the folder.

An exercise with one right answer is graded by the check that stands in the notebook (2 points, 1 where it is close).
One that readers judge for themselves (a sentence, work in pairs) waits for the teacher's points, up to 4.
"""

import copy
import os
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell
from traitlets.config import PyFileConfigLoader

from upkeep.environment.lab import quieten
from upkeep.notebooks import solutions
from upkeep.notebooks.run import ROOT, fail, find, read

if TYPE_CHECKING:
    from nbgrader.apps import NbGraderAPI

RIGHT, CLOSE, JUDGED = 2, 1, 4  # points
# What was answered is taken away as it is graded: where the next cell raises an error, it has no answer, not this one.
GIVEN = '{"right": %d, "close": %d}.get(exercises.check("%s", globals().pop("answer", ...)).verdict, 0)'
FOLDER = ROOT / "build" / "assignments"
CONFIG = """c = get_config()
c.CourseDirectory.course_id = "passages"
c.ClearSolutions.code_stub = {"python": "answer = ..."}
c.Execute.timeout = 600
"""


def gradable(blank: NotebookNode, solved: NotebookNode, name: str) -> NotebookNode:
    """Give the solved notebook with what nbgrader has to know: where answers stand, what they are worth, who grades.

    An exercise is the teacher's to grade where its solution, as it was run, comes back as one to compare.
    """
    made, known = copy.deepcopy(blank), solutions.kept(name)
    made.metadata.pop("passages", None)
    ran = {solutions.name_of(cell): _verdict(cell) for cell in solved.cells if solutions.name_of(cell)}
    cells: list[NotebookNode] = []
    for cell in made.cells:
        cell.metadata.pop("passages", None)
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
        cells.append(cell)
        exercise = solutions.name_of(cell)
        if not exercise:
            continue
        answer = f"### BEGIN SOLUTION\n{known[exercise].strip()}\n### END SOLUTION"
        cell.source = solutions.solution(cell, {exercise: answer})
        judged = ran[exercise].startswith("✎")
        cell.metadata.nbgrader = _told(exercise, solution=True, points=JUDGED if judged else None)
        if not judged:
            test = new_code_cell(GIVEN % (RIGHT, CLOSE, exercise), id=f"{cell.id}-points")
            test.metadata.nbgrader = _told(f"{exercise}-points", solution=False, points=RIGHT)
            cells.append(test)
    made.cells = cells
    return made


def _verdict(cell: NotebookNode) -> str:
    return next((out.data["text/plain"] for out in reversed(cell.outputs) if "data" in out), "")


def _told(name: str, *, solution: bool, points: int | None) -> dict:
    """Give the record of a cell, in nbgrader's third schema."""
    told = {"schema_version": 3, "cell_type": "code", "grade_id": name, "task": False, "solution": solution}
    graded = {} if points is None else {"points": points}
    return {**told, **graded, "grade": points is not None, "locked": not solution}


def make(number: str, folder: Path = FOLDER) -> str:
    """Make the course's folder for one notebook, grade its own solution, and give the notebook's name.

    Raises ValueError where no notebook's name begins so, or it has no exercise; RuntimeError with what nbgrader said.
    """
    path = find([number])[0]
    name = path.stem
    made = gradable(read(path), read(solutions.path_of(path)), name)
    if not any("nbgrader" in cell.metadata for cell in made.cells):
        raise ValueError(f"Notebook {name} asks nothing, so there is nothing to hand in.")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "nbgrader_config.py").write_text(CONFIG, encoding="utf-8")
    for place in (folder / "source" / name, folder / "submitted" / "key" / name):
        place.mkdir(parents=True, exist_ok=True)
        (place / path.name).write_text(nbformat.writes(made), encoding="utf-8")
    told = course(folder)
    for done in (told.generate_assignment(name, force=True), told.autograde(name, "key", force=True)):
        if not done["success"]:
            raise RuntimeError(done["log"])
    return name


def course(folder: Path) -> "NbGraderAPI":
    """Give nbgrader's own face of a course's folder, told what the folder's settings say."""
    from nbgrader.apps import NbGraderAPI

    own = str(Path(sys.executable).parent)  # nbgrader calls alembic by its name
    os.environ["PATH"] = os.pathsep.join(dict.fromkeys([own, *os.environ["PATH"].split(os.pathsep)]))
    told = PyFileConfigLoader("nbgrader_config.py", path=str(folder)).load_config()
    told.CourseDirectory.root = str(folder)
    return NbGraderAPI(config=told)


def points(folder: Path, name: str, student: str) -> dict[str, float | None]:
    """Give the points of each graded cell of what a student handed in, None where the teacher has not graded yet."""
    with course(folder).gradebook as book:
        grades = book.find_submission_notebook(name, name, student).grades
        return {each.name: each.manual_score if each.needs_manual_grade else each.score for each in grades}


def main(arguments: list[str]) -> int:
    """Make the assignment, and say what is where."""
    warnings.filterwarnings("ignore", module="nbgrader")  # of its own tables; nobody here can mend that
    if not 1 <= len(arguments) <= 2:
        return fail("Name one notebook, such as: make assignment N=05")
    folder = Path(arguments[1]).resolve() if len(arguments) > 1 else FOLDER
    quieten(Path(sys.prefix))  # JupyterLab, in which the teacher grades
    try:
        name = make(arguments[0], folder)
    except (ValueError, RuntimeError) as problem:
        return fail(problem)
    given = points(folder, name, "key")
    by_check = sum(value or 0 for value in given.values())
    judged = sum(value is None for value in given.values())
    print(f"For students: {folder / 'release' / name}")
    print(f"The key, graded: {folder / 'autograded' / 'key' / name}")
    print(f"It has {by_check:g} points by its checks; {judged} answers are for you to judge.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
