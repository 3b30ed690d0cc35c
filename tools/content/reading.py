"""How much there is to read and to do in a lesson: its words, and the minutes of one reader."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from nbformat import NotebookNode

from course.checks import Task
from tools.content.ladder import only_draws

# A box *Go further*, and all that stands under it up to the next heading.
FURTHER = re.compile(
    r"^:::\{admonition\}[^\n]*\n:class: further\n.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL
)
# Cells that are not read on the way: the card is a list, a reason comes after an answer.
ASIDE = {"card", "why"}
# The formula of the minutes, as *How to use the course* states it: a slow reader in a second
# language, who runs each cell and needs three tries for a task.
WORDS_A_MINUTE = 120
MINUTES_A_CELL, MINUTES_A_TURN, MINUTES_AN_EXPLORER = 1, 2, 5
TRIES, MINUTES_A_TRY, WRITTEN_A_MINUTE = 3, 2, 10


@dataclass(frozen=True)
class Minutes:
    """What one reader needs alone, each to the nearest five minutes.

    Parameters
    ----------
    reading
        The core of the lesson, with its cells, its turns and its explorer.
    core, others
        The three core tasks of the exercise, and the other tasks.
    """

    reading: int
    core: int
    others: int


def minutes(lesson: NotebookNode, exercise: NotebookNode, tasks: Iterable[Task]) -> Minutes:
    """Return how long a lesson and its exercise take, from words, cells and tries.

    Parameters
    ----------
    lesson, exercise
        The two notebooks, as they are written.
    tasks
        The tasks of the exercise.
    """
    code = [cell for cell in lesson.cells if cell.cell_type == "code"]
    own = [cell for cell in code if "task" not in cell.metadata]
    shown = [
        cell
        for cell in own
        if "figure(" in cell.source or not only_draws(cell.source, cell.metadata.get("tags", []))
    ]
    turns = sum("answer" in cell.metadata.get("tags", []) for cell in code)
    explorers = sum(cell.source.startswith("Explorer(") for cell in own)
    reading = (
        words(lesson, core=True) / WORDS_A_MINUTE
        + MINUTES_A_CELL * len(shown)
        + MINUTES_A_TURN * turns
        + MINUTES_AN_EXPLORER * explorers
    )
    prompts = {
        cell.metadata["task"]: len(cell.source.split())
        for cell in exercise.cells
        if "task" in cell.metadata.get("tags", [])
    }
    doing = {True: 0.0, False: 0.0}
    for task in tasks:
        doing[task.core] += prompts[task.id] / WORDS_A_MINUTE
        if task.answer in ("text", "brief"):
            doing[task.core] += sum(task.words) / 2 / WRITTEN_A_MINUTE
        else:
            doing[task.core] += TRIES * MINUTES_A_TRY
    return Minutes(_to_five(reading), _to_five(doing[True]), _to_five(doing[False]))


def _to_five(length: float) -> int:
    return 5 * int(length / 5 + 0.5)


def words(notebook: NotebookNode, *, core: bool = False) -> int:
    """Count the words of a lesson's text, without its card, reasons and marks between words.

    Parameters
    ----------
    notebook
        The lesson.
    core
        Leave out what stands in or under boxes of *Go further*, which can be skipped.
    """
    text = "\n\n".join(
        cell.source
        for cell in notebook.cells
        if cell.cell_type == "markdown" and not ASIDE & set(cell.metadata.get("tags", []))
    )
    text = FURTHER.sub("", text) if core else text
    return sum(bool(re.search(r"\w", word)) for word in text.split())
