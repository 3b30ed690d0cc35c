"""Explorers move in the static book: by mouse and by key, with names and spoken values."""

import pytest
from playwright.sync_api import Page

from tools.common.paths import ROOT

LESSONS = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_explorer_of_a_lesson_moves_by_key(page: Page, site, lesson):
    page.goto(f"{site.url}/notebooks/{lesson}.html")
    explorer = page.locator(".course-explorer").first
    controls = explorer.locator("input, select")
    assert 1 <= controls.count() <= 2
    seen = {state(explorer)}
    for number in range(controls.count()):
        control = controls.nth(number)
        assert control.get_attribute("aria-label")
        control.focus()
        # wherever it starts, two steps one way or the other lead to two more positions
        for key in ["ArrowRight"] * 2 + ["ArrowLeft"] * 3:
            page.keyboard.press(key)
            seen.add(state(explorer))
        if control.get_attribute("type") == "range":
            said = control.get_attribute("aria-valuetext")
            assert said == control.locator("xpath=following-sibling::output").inner_text()
    assert len(seen) >= 3, f"{lesson}: the picture does not follow the controls"


def state(explorer) -> tuple[str, str]:
    """Return the picture and its reading; the picture carries the reading as its name."""
    picture, reading = explorer.locator("svg"), explorer.locator(".reading").inner_text()
    assert picture.get_attribute("aria-label") == reading
    return picture.inner_html(), reading


@pytest.mark.parametrize("lesson", LESSONS)
def test_without_scripts_the_first_position_is_there(chromium, site, lesson):
    context = chromium.new_context(java_script_enabled=False)
    try:
        page = context.new_page()
        page.goto(f"{site.url}/notebooks/{lesson}.html")
        assert page.locator(".course-explorer svg").first.is_visible()
        assert page.locator(".course-explorer .reading").first.inner_text()
    finally:
        context.close()


def test_a_figure_gives_its_values_its_rows_and_its_link(page: Page, site):
    page.goto(f"{site.url}/notebooks/04-eradication-and-replanting.html")
    figure = page.locator("#figure-1")
    picture, data = figure.locator("svg"), figure.locator(".figure-data")
    assert data.get_by_role("table").count() == 0, "folded"
    data.locator("summary").click()
    assert data.get_by_role("row", name="2011 62.5 10.29").is_visible()
    picture.focus()
    page.keyboard.press("ArrowRight")
    assert figure.get_by_role("status").inner_text().startswith("2009, crop on one date: 59.9")
    page.keyboard.press("Escape")
    assert figure.get_by_role("status").count() == 0
    with page.expect_download() as started:
        figure.get_by_role("button", name="Download CSV").click()
    text = started.value.path().read_text("utf-8-sig")
    assert "# Source: World Drug Report 2022" in text
    assert "# Tables: eradication (CC-BY-4.0" in text
    assert "\n2011,62.5,10.29\n" in text
    with page.expect_download() as started:
        figure.get_by_role("button", name="Download SVG").click()
    drawn = started.value.path().read_text("utf-8")
    assert drawn.startswith("<svg") and "var(" not in drawn and "World Drug Report" in drawn


def test_an_explorer_keeps_its_place_in_the_address(page: Page, site):
    page.goto(f"{site.url}/notebooks/13-arming-regulating-disarming.html")
    explorer = page.locator(".course-explorer").first
    explorer.get_by_label("Threat").select_option("high")
    page.wait_for_url("**figure-3=high%7E*")
    before = state(explorer)
    page.reload()
    assert state(explorer) == before
    assert explorer.get_by_label("Threat").input_value() == "high"
    assert "Threat: high; " in explorer.locator(".settings").text_content()
    rows = explorer.locator(".figure-data tbody tr")
    assert rows.count() == 5, "the rows follow the picture"
    page.emulate_media(media="print")
    assert explorer.locator(".settings").is_visible()


def test_a_table_of_the_data_pages_sorts_and_filters(page: Page, site):
    page.goto(f"{site.url}/book/data/part-1.html")
    table = page.locator("[data-rows$='/cultivation.csv']")
    page.get_by_role("button", name="All rows of cultivation:").click()
    page.get_by_label("Rows that hold").fill("peru un 201")
    assert 5 < table.locator("tbody tr").count() < 20
    for typed in ("62,500", "62500"):  # as it stands there, and as somebody types it
        page.get_by_label("Rows that hold").fill(f"peru un {typed}")
        assert table.locator("tbody tr").count() == 1
    page.get_by_label("Rows that hold").fill("peru un 201")
    column = table.get_by_role("columnheader", name="area_ha")
    column.get_by_role("button").click()
    place = [head.inner_text() for head in table.get_by_role("columnheader").all()].index("area_ha")
    areas = [row.locator("td").nth(place).inner_text() for row in table.locator("tbody tr").all()]
    numbers = [int(area.replace(",", "")) for area in areas]
    assert numbers == sorted(numbers) and "62,500" in areas
    assert column.get_attribute("aria-sort") == "ascending"
