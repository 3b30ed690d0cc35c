"""How much of a lesson is its core, and how long it takes."""

import re

import nbformat
import pytest

from tools.common.paths import ROOT
from tools.content import reading
from tools.content.reading import minutes, words
from tools.content.stage import tasks_of

LESSONS = sorted((ROOT / "notebooks").glob("*.ipynb"))
GUIDE = (ROOT / "book" / "how-to-use.md").read_text("utf-8")

TEXTS = [
    "## A",
    "one two",
    ":::{admonition} More\n:class: further\nthree\n:::",
    "four",
    "## B\n\nfive",
]


def test_what_stands_in_or_under_go_further_is_not_the_core():
    cells = [nbformat.v4.new_markdown_cell(text) for text in TEXTS]
    notebook = nbformat.v4.new_notebook(cells=cells)
    assert words(notebook, core=True) == 5
    assert words(notebook) > words(notebook, core=True) + 2  # and the marks of the box


def both(path):
    exercise = path.parents[1] / "exercises" / path.name
    return nbformat.read(path, as_version=4), nbformat.read(exercise, as_version=4)


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
class TestMinutes:
    def test_the_card_shows_what_the_formula_gives(self, path):
        lesson, exercise = both(path)
        [card] = [cell for cell in lesson.cells if "card" in cell.metadata.get("tags", [])]
        times = minutes(lesson, exercise, tasks_of(path.stem[:2]))
        said = (
            f"**Time:** about {times.reading} minutes to read and try, {times.core} for the core "
            f"tasks, {times.others} for the others. "
        )
        assert said in card.source, "run `python -m tools outputs` on the lesson"
        in_class = [lesson.metadata["course"][f"minutes_{of}"] for of in ("reading", "exercises")]
        said = re.search(r"a class plans (\d+) minutes .+ and (\d+) for", card.source)
        assert [int(length) for length in said.groups()] == in_class

    def test_the_core_fits_into_a_long_class(self, path):
        times = minutes(*both(path), tasks_of(path.stem[:2]))
        assert times.reading + times.core <= 75


def test_more_words_cells_turns_and_tasks_take_longer():
    lesson, exercise = both(LESSONS[1])
    tasks = list(tasks_of(LESSONS[1].stem[:2]))
    before = minutes(lesson, exercise, tasks)
    cells = [nbformat.v4.new_markdown_cell("word " * 10 * reading.WORDS_A_MINUTE)]
    cells += [nbformat.v4.new_code_cell("sum(rows)") for _ in range(5)]
    longer = nbformat.v4.new_notebook(cells=[*cells, *lesson.cells])
    assert minutes(longer, exercise, tasks).reading == before.reading + 10 + 5
    assert minutes(lesson, exercise, tasks[:3]).others == 0 < before.others
    assert minutes(lesson, exercise, tasks[:3]).core == before.core


def test_the_guide_states_the_formula():
    for said in (
        f"{reading.WORDS_A_MINUTE} words a minute",
        f"{reading.MINUTES_A_TURN} minutes for a *Your turn*",
        f"{reading.MINUTES_AN_EXPLORER} for predicting and moving",
        f"{reading.TRIES} tries of {reading.MINUTES_A_TRY} minutes",
        f"{reading.WRITTEN_A_MINUTE} written words a minute",
    ):
        assert said in GUIDE
