"""What a reader does in a lesson: turns, predictions, folded code, twelve questions."""

import json
import re

import pytest
from playwright.sync_api import Page, expect
from test_live import cell, check, kept, visit

pytestmark = pytest.mark.browser


def test_a_turn_is_checked_in_the_text_and_counts_for_nothing(page, site):
    visit(page, site.url, "notebooks/02-coca-economy.html")
    answer = cell(page, "Your turn 02.1")
    answer.scroll_into_view_if_needed()
    expect(check(answer)).to_contain_text("Fill in the blanks")
    assert "____" in answer.locator(".cm-content").inner_text()
    solutions = json.loads((site.root / "_static/solutions/02.json").read_text("utf-8"))
    expect(check(answer, solutions["02.t1"]["code"])).to_contain_text("Right.")
    expect(answer.locator(".live-why")).to_be_visible()
    assert kept(page, "02.t1")["status"] == "done"
    assert page.locator("nav.contents .contents-count").count() == 0
    visit(page, site.url, "book/progress.html")
    expect(page.locator(".progress-total")).to_contain_text(" 0 tried")


def test_a_prediction_is_kept_and_shown_beside_the_result(page, site):
    visit(page, site.url, "notebooks/03-counting-coca.html")
    fields = page.get_by_role("textbox", name="Your prediction")
    expect(fields).to_have_count(3)
    expect(page.locator(".predicted")).to_be_hidden()
    fields.first.fill("small\nthen large")
    fields.first.blur()
    expect(page.locator(".predicted")).to_contain_text("small")
    assert kept(page, "predict/03/1")["text"] == "small\nthen large"
    page.reload()
    expect(page.locator(".predicted li").first).to_have_text("small\nthen large")
    expect(fields.first).to_have_value("small\nthen large")


def test_drawing_code_is_folded_and_the_figure_is_not(page, site):
    visit(page, site.url, "notebooks/03-counting-coca.html")
    box = page.locator(".drawing").first
    code = box.locator(".cell_input").first
    expect(code).to_be_hidden()
    box.locator("summary").click()
    expect(code).to_be_visible()
    expect(page.locator(".course-figure").last).to_be_visible()
    assert page.locator("details:not([open]) .course-figure, details .course-explorer").count() == 0
    page.emulate_media(media="print")
    expect(page.locator(".drawing .cell_input").last).to_be_visible()


def test_the_line_under_a_cell_opens_its_entries(page, site):
    visit(page, site.url, "notebooks/04-eradication-and-replanting.html")
    line = page.locator("details.uses", has=page.locator("summary", has_text="groupby")).first
    entry = line.locator("dd").first
    expect(entry).to_be_hidden()
    line.locator("summary").click()
    expect(entry).to_be_visible()
    line.get_by_role("link", name="An example").last.click()
    expect(page).to_have_url(re.compile(r"book/pandas\.html#idiom-"))


def answer_all(page: Page) -> None:
    page.locator("summary", has_text="Open the twelve questions").click()
    for question in page.locator("form.concepts fieldset").all():
        question.locator("input").nth(1).check()


def test_the_twelve_questions_are_compared_only_at_the_end(page, site):
    visit(page, site.url, "notebooks/00-start-here.html")
    assert "data-key" not in page.content()
    answer_all(page)
    expect(page.locator("form.concepts output")).to_have_text("12 of 12 answered. Kept.")
    assert kept(page, "concepts/a/flow-1")["text"] == "b"
    visit(page, site.url, "notebooks/14-capstone.html")
    result = page.locator(".concepts-result")
    expect(result).to_be_hidden()
    answer_all(page)
    expect(result).to_contain_text("Before the course")
    expect(result).to_contain_text("a difference of")
    expect(result.locator("li")).to_have_count(6)
