"""Write the exercises as assignments for nbgrader.

One assignment a lesson, ``_build/release/source/<slug>/<slug>.ipynb``, in the form that nbgrader
calls the instructor's version: it removes the solutions itself, between the same marks that the
exercises use. Where a program can judge, the task's own check answers, for no points: its key is
public. A written answer is checked for its form by the program and marked by a person, with the
points of the course's rubric.
"""

import re
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from course.advice import has_blank
from course.checks import Task
from tools.common.files import write
from tools.common.paths import BUILD, ROOT, exercises
from tools.common.published import published
from tools.content.bibliography import references
from tools.content.stage import (
    BEGIN,
    END,
    SCAFFOLD,
    address,
    checked_name,
    closed,
    dump,
    like,
    naming,
    portable,
    read,
    scaffold,
    split_solution,
    task_cells,
    tasks_of,
)
from tools.pages import marks
from tools.site import lite

OUT = BUILD / "release"
LESSON_LINK = re.compile(r"\[([^\]]+)\]\((?:\.\./notebooks/)?[\w-]+\.ipynb(?:#[\w-]+)?\)")
CHECK_POINTS = 0  # solutions are public, so a right check earns nothing
SCHEMA = 3  # of nbgrader's metadata
CONFIG = """# nbgrader's settings for this course; see the page on running the course.
c = get_config()
c.CourseDirectory.course_id = "strategy-narcoterrorism-self-defense"
c.ExecutePreprocessor.timeout = 120
c.ClearSolutions.code_stub = {"python": "# your answer"}
"""


def assignment(notebook: NotebookNode, tasks: Iterable[Task]) -> NotebookNode:
    """Return an exercise as nbgrader's instructor's version.

    Parameters
    ----------
    notebook
        The exercise with its solutions.
    tasks
        The tasks of its lesson.
    """
    by_id, parts = {task.id: task for task in tasks}, task_cells(notebook)
    cells = []
    for cell in notebook.cells:
        tags = cell.metadata.get("tags", [])
        task: Any = by_id.get(cell.metadata.get("task"))  # none where no tag asks for it
        if "why" in tags:  # the reason is part of the solution
            continue
        if cell.cell_type == "markdown":  # the lessons are not in a student's folder
            cell.source = LESSON_LINK.sub(r"\1", cell.source)
        if "task" in tags and task.rubric:
            cell.source += "\n\n" + rubric(task)
        if "answer" in tags:
            name = checked_name(parts[task.id]["check"], task.id)
            cell.source = with_scaffold(cell.source, name, task.id)
            cell.metadata["nbgrader"] = marked(
                cell, f"answer-{task.id}", solution=True, points=written_points(task)
            )
        elif "check" in tags:
            cell.source = graded(cell.source)
            cell.metadata["nbgrader"] = marked(
                cell, f"check-{task.id}", locked=True, points=None if task.rubric else CHECK_POINTS
            )
        elif "setup" in tags:
            cell.metadata["nbgrader"] = marked(cell, f"given-{cell.id}", locked=True)
        cells.append(cell)
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return like(notebook, cells)


def marked(
    cell: NotebookNode,
    name: str,
    *,
    solution: bool = False,
    locked: bool = False,
    points: int | None = None,
) -> dict[str, Any]:
    """Return what nbgrader wants to know of a cell."""
    found = {
        "grade": points is not None,
        "grade_id": name.replace(".", "-"),
        "locked": locked,
        "schema_version": SCHEMA,
        "solution": solution,
        "task": False,
        "cell_type": cell.cell_type,
    }
    return found | ({"points": points} if points is not None else {})


def with_scaffold(source: str, name: str, task: str) -> str:
    """Return an answer cell that begins as a student's does and ends with the solution."""
    solved = [
        line
        for inside, lines in split_solution(source, task)
        for line in lines
        if inside and not line.startswith(SCAFFOLD)
    ]
    start = scaffold(source, name, task)
    start = closed(start, name) if has_blank(start) else start  # all cells are run, also unanswered
    return "\n".join([start, BEGIN, *solved, END])


def graded(source: str) -> str:
    """Return a check that gives its message and fails unless the answer is right."""
    return f"verdict = {source}\nprint(verdict)\nassert verdict.status == 'right', verdict.message"


def written_points(task: Task) -> int | None:
    """Return the points of what a person marks: the rubric's; none where a check answers."""
    if not task.rubric:
        return None
    return marks.POINTS if task.answer == "text" else marks.BRIEF_POINTS


def rubric(task: Task) -> str:
    """Return what a person marks a written answer by: each criterion and its lines."""
    head = f"Marked by a person, {written_points(task)} points, as the course's rubric says:"
    if task.answer != "text":  # the brief, each of whose lines is a criterion
        return head + "\n\n" + "\n".join(f"- 0 to 3 points. {line}" for line in task.rubric)
    criteria = [
        f"- {name}, 0 to 3 points. {' '.join(lines) or 'As in the grid.'}"
        for name, lines in marks.lines_of(task).items()
    ]
    return head + "\n\n" + "\n".join(criteria)


def release(out: Path = OUT) -> Path:
    """Write every assignment, the settings and the toolkit; return the folder."""
    shutil.rmtree(out, ignore_errors=True)
    works, site = references(ROOT / "book" / "references.bib"), published(ROOT / "_config.yml").site
    for path in exercises():
        name = f"exercises/{path.name}"
        with naming(name):
            notebook = assignment(read(path), tasks_of(path.stem[:2]))
        notebook = portable(notebook, name, works, address(site))
        target = out / "source" / path.stem / path.name
        write(target, dump(notebook))
    write(out / "nbgrader_config.py", CONFIG)
    shutil.copy(lite.course_wheel(), out)
    return out


def main() -> None:
    """Write the assignments and say where they are."""
    out = release()
    count = len(list((out / "source").iterdir()))
    print(f"Wrote {count} assignments to {out.relative_to(ROOT)}")
