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
