"""Write the exercises as assignments for nbgrader.

One assignment a lesson, ``_build/release/source/<slug>/<slug>.ipynb``, in the form that nbgrader
calls the instructor's version: it removes the solutions itself, between the same marks that the
exercises use. What a program can judge is graded by the task's own check; a written answer is
checked for its form by the program and marked by a person.
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
from tools.site import lite

OUT = BUILD / "release"
LESSON_LINK = re.compile(r"\[([^\]]+)\]\((?:\.\./notebooks/)?[\w-]+\.ipynb(?:#[\w-]+)?\)")
POINTS, WRITTEN_POINTS = 2, 4
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
        if "task" in tags and task.answer == "text":
            cell.source += "\n\n" + rubric(task)
        if "answer" in tags:
            name = checked_name(parts[task.id]["check"], task.id)
            cell.source = with_scaffold(cell.source, name, task.id)
            manual = task.answer == "text"
            cell.metadata["nbgrader"] = marks(
                cell, f"answer-{task.id}", solution=True, points=WRITTEN_POINTS if manual else None
            )
        elif "check" in tags:
            automatic = task.answer != "text"
            cell.source = graded(cell.source)
            cell.metadata["nbgrader"] = marks(
                cell, f"check-{task.id}", locked=True, points=POINTS if automatic else None
            )
        elif "setup" in tags:
            cell.metadata["nbgrader"] = marks(cell, f"given-{cell.id}", locked=True)
        cells.append(cell)
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return like(notebook, cells)


def marks(
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


def rubric(task: Task) -> str:
    """Return what a person marks a written answer by."""
    lines = "\n".join(f"- {line}" for line in task.rubric)
    return f"Marked by a person, {WRITTEN_POINTS} points:\n\n{lines}"


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
