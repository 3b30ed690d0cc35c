"""Lesson 14 in Chromium: kept bets are scored, and a brief leaves the page as two files."""

import json
import re

import pytest
from accessibility import axe
from playwright.sync_api import Page, expect
from test_lite import open_from
from test_live import cell, check, entry, keep, run

from course.brief import HEAD

pytestmark = pytest.mark.browser

LESSON, EXERCISE = "notebooks/14-capstone.html", "exercises/14-capstone.html"
START = 60_000


def bets(**percent: str) -> dict[str, dict]:
    return {f"bets/{name}": entry(text) for name, text in percent.items()}


def scored(page: Page, forecast: str):
    return page.locator(f"[data-forecast={forecast}] output")


def test_kept_bets_are_scored_and_open_ones_are_not(page, site):
    kept = {"vraem_push": "70", "huallaga_pacified": "10", "us_contribution": "40"}
    keep(page.context, bets(**kept, mexico_nigeria="<b>"))
    page.goto(f"{site.url}/{LESSON}")
    expect(scored(page, "vraem_push")).to_have_text("Your bet: 70%; loss 0.49.")
    expect(scored(page, "us_contribution")).to_have_text("Your bet: 40%; not scored.")
    expect(scored(page, "huallaga_pacified")).to_have_text(
        "Your bet: 10%; loss 0.01, by the other rule 0.81."
    )
    expect(scored(page, "mexico_nigeria")).to_have_text("No bet of yours is kept here.")
    expect(page.locator("[data-total]")).to_have_text(
        "Your Brier score over 2 settled bets: 0.25; by the other rule 0.65."
    )


def test_without_bets_it_says_how_to_place_them(page, site):
    page.goto(f"{site.url}/{LESSON}")
    expect(page.locator("[data-total]")).to_contain_text("when this page finds settled bets")
    expect(page.get_by_text("a bet placed after the answer is no bet")).to_be_visible()
    # a bet placed in another tab shows at once
    other = page.context.new_page()
    other.goto(f"{site.url}/notebooks/00-start-here.html")
    other.get_by_label("Bet 5, in percent").fill("100")
    other.get_by_label("Bet 5, in percent").press("Tab")
    expect(scored(page, "mexico_nigeria")).to_have_text("Your bet: 100%; loss 0.00.")
    expect(page.locator("[data-total]")).to_contain_text("over 1 settled bet: 0.00")


def test_a_brief_is_checked_saved_and_kept(page, site):
    page.goto(f"{site.url}/{EXERCISE}")
    solutions = json.loads((site.root / "_static/solutions/14.json").read_text("utf-8"))
    answer = cell(page, "Exercise 14.3")
    check(cell(page, "Exercise 14.2"), solutions["14.2"]["code"])
    draft = solutions["14.3"]["code"].replace(
        '"probability_percent": 50', '"probability_percent": 0'
    )
    verdict = check(answer, draft)
    expect(verdict).to_contain_text("no room for being wrong")
    saver = page.locator(".cell.live", has_text="hand_in(my_brief)").last
    saver.scroll_into_view_if_needed()
    run(saver)
    expect(saver.locator(".live-output")).to_contain_text("A draft")

    verdict = check(answer, solutions["14.3"]["code"])
    expect(verdict).to_contain_text("not whether the argument holds")
    expect(verdict.locator("li")).to_have_count(6)
    run(saver)
    expect(saver.locator(".live-output")).to_contain_text("The form is complete")
    assert axe(page) == []
    saved = {}
    for kind in ("html", "json"):
        with page.expect_download() as download:
            saver.get_by_role("button", name=re.compile(rf"^Save brief-.*\.{kind}$")).click()
        saved[kind] = download.value.path().read_text("utf-8")
        assert download.value.suggested_filename.startswith("brief-no-eradication")
    content = json.loads(saved["json"])
    assert content["format"] == "course-brief"
    assert content["forecast"]["probability_percent"] == 50
    assert saved["html"].startswith(HEAD)

    # the page stands alone and shows its figure
    alone = page.context.new_page()
    alone.set_content(saved["html"])
    picture = alone.get_by_role("img")
    expect(picture).to_have_attribute("alt", re.compile("^A line that rises"))
    assert picture.evaluate("(image) => image.complete && image.naturalWidth") > 300
    alone.close()

    page.reload()
    answer.scroll_into_view_if_needed()
    expect(answer.locator(".cm-content")).to_contain_text("No eradication in the valley")


def test_no_other_file_leaves_and_no_page_that_could_act(page, site):
    page.goto(f"{site.url}/{EXERCISE}")
    answer = cell(page, "Exercise 14.1")
    code = """
from course.brief import HEAD, HandIn
made = HandIn({"title": "x"})
made.files = {
    "brief-a.html": "<script>acted = 1</script>" + HEAD,
    "brief-b.exe": "{}",
    "../brief-c.json": "{}",
    "brief-d.json": "<script>",
    "brief-e.html": HEAD + "<script>acted = 1</script>",
    "brief-f.json": "{" + 4_000_000 * "x",
    "constructor": "{}",
}
made
"""
    run(answer, code)
    expect(answer.get_by_text("A file that is not a brief is not saved.")).to_have_count(6)
    expect(answer.get_by_role("button", name=re.compile("^Save brief"))).to_have_count(1)
    with page.expect_download() as download:
        answer.get_by_role("button", name="Save brief-e.html").click()
    alone = page.context.new_page()
    blocked = []
    alone.on("console", lambda message: blocked.append(message.text))
    alone.goto(download.value.path().as_uri())
    assert alone.evaluate("typeof acted") == "undefined"
    alone.close()


def test_in_jupyterlite_the_files_are_links(page, site):
    open_from(page, f"{site.school_url}/{EXERCISE}")
    code_cell = page.locator(".jp-CodeCell").filter(
        has=page.locator(".jp-InputArea", has_text="hand_in(my_brief)")
    )
    expect(code_cell.last).to_be_attached(timeout=90_000)
    editor = code_cell.last.locator(".cm-content")
    editor.scroll_into_view_if_needed(timeout=90_000)
    editor.click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(
        "from course.brief import hand_in\nfrom course.examples import example\n"
        'hand_in(example("B").brief)'
    )
    page.keyboard.press("Shift+Enter")
    link = page.get_by_role("link", name="Save brief-pay-for-services-not-for-hectares.json")
    expect(link).to_be_visible(timeout=90_000)
    with page.expect_download() as download:
        link.click()
    assert json.loads(download.value.path().read_text("utf-8"))["reader"] == "donor"
