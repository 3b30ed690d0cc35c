"""The steps of a lesson carry their numbers, so that "steps 1 to 3" can be found."""

import copy
import re

from nbformat import NotebookNode

from course.wording import say

HEADING = re.compile(r"^## (?=\S)", re.MULTILINE)
PREDICTION = ":class: predict"


def with_step_numbers(lesson: NotebookNode) -> NotebookNode:
    """Return a lesson whose steps are numbered: "Step 1: Load a table".

    A step is a heading above that of the prediction; a notebook without a prediction has none.
    """
    notebook = copy.deepcopy(lesson)
    texts = [cell for cell in notebook.cells if cell.cell_type == "markdown"]
    ends = [place for place, cell in enumerate(texts) if PREDICTION in cell.source]
    if not ends:
        return notebook
    before = texts[: ends[0] + 1]
    last = sum(len(HEADING.findall(cell.source.split(PREDICTION)[0])) for cell in before) - 1
    number = 0
    for cell in before:
        lines = cell.source.split("\n")
        for place, line in enumerate(lines):
            if HEADING.match(line) and number < last:
                number += 1
                title = line.removeprefix("## ")
                lines[place] = "## " + say("Step {number}: {title}", number=number, title=title)
        cell.source = "\n".join(lines)
    return notebook
