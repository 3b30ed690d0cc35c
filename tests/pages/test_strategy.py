"""The reading page on strategy: its cells, its slides, its plan and its numbers."""

import re

import pytest

from course.data import load
from tools.authoring.numbers import quantities
from tools.authoring.numbers.texts import readable
from tools.common.errors import UserError
from tools.common.paths import ROOT
from tools.content import slides
from tools.content.bibliography import references
from tools.pages import timed

PAGE = "book/what-each-side-wanted.md"
TEXT = (ROOT / PAGE).read_text("utf-8")
PLAN = (ROOT / "book" / "teaching" / "strategy.md").read_text("utf-8")


@pytest.fixture(scope="module")
def notebook():
    return slides.taught(ROOT / PAGE)


@pytest.fixture(scope="module")
def shown(notebook):
    return slides.deck(notebook, references(ROOT / "book" / "references.bib"))


def test_it_stands_before_the_lesson_that_it_names(notebook):
    places = slides.places()
    after = places[places.index(PAGE) + 1]
    assert after.startswith(f"notebooks/{notebook.metadata['course']['before']}-")


def test_no_text_of_the_page_is_outside_its_cells(notebook):
    kept = "".join(cell.source for cell in notebook.cells)
    body = TEXT.split("\n---\n", 1)[1]
    without = re.sub(r"^\+\+\+ .+$", "", body, flags=re.MULTILINE)
    assert re.sub(r"\s", "", kept) == re.sub(r"\s", "", without)


def test_its_title_and_card_say_what_its_metadata_say(notebook):
    course = notebook.metadata["course"]
    assert f"\n# {course['title']}\n" in TEXT
    assert all(f"- {goal}\n" in TEXT for goal in course["objectives"])
    assert f"{course['minutes_reading']} minutes to read" in TEXT
    assert f"{course['minutes_exercises']} for the written task" in TEXT


def test_it_has_no_code(notebook):
    assert {cell.cell_type for cell in notebook.cells} == {"markdown"}
    assert "```" not in TEXT


def test_its_slides_are_whole(shown):
    assert 12 <= len(shown) <= 20
    assert all(1 <= slide.minutes <= 8 for slide in shown)
    assert all(len(re.sub(r"<[^>]+>", " ", slide.notes).split()) >= 15 for slide in shown)
    assert len({slide.name for slide in shown}) == len(shown)
    assert not any("{cite" in slide.body + slide.notes for slide in shown)


def test_its_plan_takes_the_minutes_that_it_names():
    [minutes] = timed.timed(PLAN, "strategy").lengths
    assert f"**Session:** {minutes} minutes" in PLAN
    for title in ("Timed plan", "Discussion", "On the board", "Where students stumble"):
        assert f"\n## {title}\n" in PLAN


def test_its_plan_shows_each_slide_and_gives_it_its_time(shown):
    plan = timed.timed(PLAN, "strategy")
    assert timed.against_slides(plan, [slide.minutes for slide in shown]) == []


def test_it_has_a_written_task_with_lines_to_read_it_by():
    task = TEXT.partition("## The written task")[2].partition("\n+++")[0]
    assert len(re.findall(r"^- ", task, re.MULTILINE)) == 5
    assert "Equal in value" in task


def test_every_number_stands_in_the_table_of_quoted_figures(notebook):
    printed = set(load("quoted_figures")["as_printed"])
    texts = [readable(cell.source) for cell in notebook.cells]
    texts += [
        readable(words)
        for cell in notebook.cells
        for words in slides.words(cell.metadata.get("slide", {}))
    ]
    lengths = r"\d+ minutes to read, \d+ for|\d+ to \d+ words"
    text = re.sub(lengths, "", "\n".join(texts))
    assert quantities.unexplained(text, printed) == []


def test_no_paragraph_holds_more_than_four_quantities():
    for paragraph in TEXT.split("\n\n"):
        text = readable(paragraph)
        for pattern in quantities.NOT_QUANTITIES:
            text = re.sub(pattern, " ", text, flags=re.MULTILINE)
        if not paragraph.startswith(("+++", ":::", "---", "|")):
            assert len(quantities.NUMBER.findall(text)) <= 4, paragraph


def test_each_side_is_told_by_its_four_columns():
    rows = [
        line
        for line in TEXT.splitlines()
        if re.match(r"\| (Shining Path, |The state, |Coca|Self)", line)
    ]
    cells = [[cell.strip() for cell in row.strip("| ").split("|")] for row in rows]
    assert len(cells) == 5
    assert all(len(row) == 5 and all(row) for row in cells)


def test_deaths_on_the_lists_fall_in_each_year_after_1989():
    years = load("deaths_region_year").groupby("year")["deaths_documented"].sum()
    falling = years.loc[1989:1994]
    assert (falling.diff().dropna() < 0).all()


def test_a_page_whose_metadata_are_not_json_is_named():
    with pytest.raises(UserError, match=r"no JSON: \{id"):
        slides.reading('---\ncourse: {}\n---\n+++ {id: "x"}\nText.\n')
