"""Steps are numbered up to the prediction, and the numbers are those that pages name."""

import re

import nbformat
import pytest

from tools.common.paths import ROOT
from tools.content.steps import with_step_numbers

LESSONS = sorted((ROOT / "notebooks").glob("*.ipynb"))
BOX = ":::{admonition} Write it down first\n:class: predict\nHow many?\n:::"


def headings(*texts: str) -> list[str]:
    cells = [nbformat.v4.new_markdown_cell(text) for text in texts]
    notebook = with_step_numbers(nbformat.v4.new_notebook(cells=cells))
    whole = "\n".join(cell.source for cell in notebook.cells)
    return re.findall(r"^## (.*)$", whole, re.MULTILINE)


def test_steps_are_numbered_up_to_the_heading_of_the_prediction():
    texts = ["# Title", "## One\n\nText", "### Not", "## Two", f"## Predict\n\n{BOX}", "## Quiz"]
    assert headings(*texts) == ["Step 1: One", "Step 2: Two", "Predict", "Quiz"]


def test_a_notebook_without_a_prediction_stays_as_it_is():
    assert headings("## One", "## Two") == ["One", "Two"]


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_every_lesson_has_at_least_three(path):
    notebook = with_step_numbers(nbformat.read(path, as_version=4))
    found = [
        int(number)
        for cell in notebook.cells
        if cell.cell_type == "markdown"
        for number in re.findall(r"^## Step (\d+): ", cell.source, re.MULTILINE)
    ]
    assert len(found) >= 3
    assert found == list(range(1, len(found) + 1))
