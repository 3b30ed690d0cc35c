"""The assignments for nbgrader: marked as it wants them, and right when they are solved."""

import importlib
import re
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from tools.classroom.release import assignment
from tools.common.paths import exercises
from tools.common.recorded import record
from tools.content.stage import BEGIN, END, tasks_of


def made(path: Path) -> nbformat.NotebookNode:
    return assignment(nbformat.read(path, as_version=4), tasks_of(path.stem[:2]))


def without_solutions(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Return what nbgrader makes of an assignment, as its documentation describes it."""
    for cell in notebook.cells:
        cell.source = re.sub(f"{BEGIN}.*?{END}", "# your answer", cell.source, flags=re.DOTALL)
    return notebook


@pytest.mark.parametrize("path", exercises(), ids=lambda path: path.stem)
class TestAssignment:
    def test_every_task_is_marked_once(self, path):
        tasks = {task.id: task for task in tasks_of(path.stem[:2])}
        marked = [cell for cell in made(path).cells if "nbgrader" in cell.metadata]
        names = [cell.metadata["nbgrader"]["grade_id"] for cell in marked]
        assert len(names) == len(set(names))
        points = {}
        for cell in marked:
            mark = cell.metadata["nbgrader"]
            if mark["grade"]:
                assert mark["solution"] == bool(tasks[cell.metadata["task"]].rubric)
                points[cell.metadata["task"]] = mark["points"]
            else:
                assert "points" not in mark
            assert mark["locked"] != mark["solution"]
        criteria = {name: 6 if task.answer == "brief" else 4 for name, task in tasks.items()}
        assert points == {
            name: 3 * criteria[name] if task.rubric else 0 for name, task in tasks.items()
        }, "a check earns nothing, each criterion of a written task up to three points"

    def test_a_written_task_shows_its_criteria_with_all_its_lines(self, path):
        shown = {
            cell.metadata["task"]: cell.source
            for cell in made(path).cells
            if "task" in cell.metadata.get("tags", [])
        }
        for task in tasks_of(path.stem[:2]):
            assert shown[task.id].count("0 to 3 points") == (
                0 if not task.rubric else 6 if task.answer == "brief" else 4
            )
            assert all(line in shown[task.id] for line in task.rubric)

    def test_students_get_no_solution_and_no_dead_link(self, path):
        source = nbformat.read(path, as_version=4)
        reasons = [c.source for c in source.cells if "why" in c.metadata.get("tags", [])]
        student = without_solutions(made(path))
        text = "\n".join(cell.source for cell in student.cells)
        assert BEGIN not in text and END not in text and "#~" not in text
        assert not [reason for reason in reasons if reason in text]
        assert ".ipynb" not in text
        assert not any(cell.get("outputs") for cell in student.cells)


def test_solved_it_runs_and_untouched_it_fails_at_the_first_check():
    path = next(path for path in exercises() if path.stem.startswith("04"))
    folder = {"metadata": {"path": str(path.parent)}}
    NotebookClient(made(path), timeout=120, kernel_name="python3", resources=folder).execute()
    student = without_solutions(made(path))
    with pytest.raises(CellExecutionError, match=r"Replace the \.\.\. with your answer"):
        NotebookClient(student, timeout=120, kernel_name="python3", resources=folder).execute()


def test_a_check_that_fails_gives_the_message_of_the_mistake():
    tasks = importlib.import_module("course.tasks.lesson04").TASKS
    path = next(path for path in exercises() if path.stem.startswith("04"))
    check = next(
        c
        for c in made(path).cells
        if c.metadata.get("task") == "04.1" and "check" in c.metadata["tags"]
    )
    mistake = tasks.by_id["04.1"].misconceptions[0]
    with pytest.raises(AssertionError, match=re.escape(mistake.message)):
        exec(check.source, {"check": tasks.check, "new_coca": mistake.value()})


def test_a_measurement_replaces_the_one_before(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("a\n<!-- x -->\nold\n<!-- end x -->\nb\n")
    record(page, "x", "new")
    assert page.read_text() == "a\n<!-- x -->\nnew\n<!-- end x -->\nb\n"
