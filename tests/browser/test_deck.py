"""Slides in a browser: each one fits and can be read, and notes, windows and print work."""

import re

import pytest
from accessibility import axe
from playwright.sync_api import Page, expect

from tools.common.paths import ROOT

pytestmark = pytest.mark.browser

LESSONS = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))
DECK = {"width": 1280, "height": 720}
LEAST = 18  # pixels, the smallest writing
FAULTS = """least => {
  const slide = document.querySelector("section.present"), body = slide.querySelector(".body");
  const edge = slide.getBoundingClientRect(), faults = [];
  for (const box of [slide, body])
    if (box.scrollHeight > box.clientHeight + 1 || box.scrollWidth > box.clientWidth + 1)
      faults.push(`${box.className} overflows`);
  const walker = document.createTreeWalker(slide, NodeFilter.SHOW_TEXT), range = new Range();
  for (let text; (text = walker.nextNode()); ) {
    const node = text.parentElement;
    range.selectNodeContents(text);
    const box = range.getBoundingClientRect();
    if (!text.data.trim() || !box.width || node.closest(".notes")) continue;
    if (box.left < edge.left - 1 || box.right > edge.right + 1 || box.bottom > edge.bottom + 1)
      faults.push(`outside: ${text.data}`);
    const at = node.ownerSVGElement && node.getScreenCTM();
    const size = parseFloat(getComputedStyle(node).fontSize) * (at ? Math.hypot(at.a, at.b) : 1);
    if (size < least - 0.05) faults.push(`${size.toFixed(1)} pixels: ${text.data}`);
  }
  return faults;
}"""


def show(page: Page, address: str) -> None:
    """Open a deck on a screen of 1280 by 720 pixels."""
    page.set_viewport_size(DECK)
    page.goto(address)
    page.wait_for_selector(".reveal.ready")


def here(page: Page) -> str:
    return page.locator("section.present").get_attribute("id")


def finish(page: Page) -> None:
    """Show all of a slide."""
    while page.locator("section.present .fragment:not(.visible)").count():
        page.keyboard.press("ArrowRight")


@pytest.fixture
def deck(page, site, request) -> Page:
    show(page, f"{site.url}/slides/{request.param}.html")
    return page


every_deck = pytest.mark.parametrize("deck", LESSONS, indirect=True)
one_deck = pytest.mark.parametrize("deck", ["04-eradication-and-replanting"], indirect=True)


@every_deck
def test_each_slide_fits_and_can_be_read(deck):
    seen = []
    for _ in range(deck.locator("section").count()):
        finish(deck)
        seen.append(here(deck))
        assert deck.evaluate(FAULTS, LEAST) == [], seen[-1]
        deck.keyboard.press("ArrowRight")
    assert len(set(seen)) == deck.locator("section").count()


@every_deck
def test_its_explorers_move_and_keep_the_slide(deck):
    explorers = deck.locator("section:has(.course-explorer)")
    assert explorers.count() >= 1
    for number in range(explorers.count()):
        name = explorers.nth(number).get_attribute("id")
        deck.evaluate("name => (location.hash = `/${name}`)", name)
        deck.wait_for_selector(f"#{name}.present")
        frame = deck.locator("section.present .frame")
        controls = deck.locator("section.present .course-explorer :is(input, select)")
        seen = {frame.inner_html()}
        for place in range(controls.count()):
            controls.nth(place).focus()
            # wherever it starts, two steps one way or the other lead to two more positions
            for key in ["ArrowRight"] * 2 + ["ArrowLeft"] * 3:
                deck.keyboard.press(key)
                seen.add(frame.inner_html())
                assert deck.evaluate(FAULTS, LEAST) == []
        assert len(seen) >= 3, "the picture does not follow the controls"
        assert here(deck) == name
        assert serious(deck) == []


def serious(page: Page) -> list[str]:
    """Return what axe finds in a deck, but for its one first heading, on the first slide."""
    return [fault for fault in axe(page) if not fault.startswith("page-has-heading-one")]


@one_deck
def test_an_answer_waits_until_it_is_asked_for(deck):
    deck.evaluate("location.hash = '/quiz-1'")
    answer = deck.locator("section.present .answer")
    expect(answer).to_be_hidden()
    assert serious(deck) == []
    deck.keyboard.press("ArrowRight")
    expect(answer).to_be_visible()
    assert here(deck) == "quiz-1"


@one_deck
def test_the_notes_come_and_go_with_a_key_and_a_button(deck):
    panel = deck.locator(".speaker-notes")
    expect(panel).to_be_hidden()
    deck.keyboard.press("n")
    expect(panel).to_contain_text("all slides together")
    assert serious(deck) == []
    heading = deck.locator("section.present h1").bounding_box()
    assert heading["x"] + heading["width"] <= panel.bounding_box()["x"], "the slide makes room"
    deck.get_by_role("button", name="Notes").click()
    expect(panel).to_be_hidden()


@one_deck
def test_a_second_window_shows_the_notes_and_both_keep_together(deck):
    with deck.expect_popup() as popup:
        deck.keyboard.press("s")
    speaker = popup.value
    speaker.wait_for_selector(".reveal.ready.show-notes")
    speaker.keyboard.press("ArrowRight")
    expect(deck.locator("section.present")).to_have_id("claim")
    deck.evaluate("location.hash = '/explorer'")
    expect(speaker.locator("section.present")).to_have_id("explorer")
    deck.locator("section.present input").first.press("ArrowRight")
    reading = deck.locator("section.present .reading").inner_text()
    expect(speaker.locator("section.present .reading")).to_have_text(reading)


@one_deck
def test_printed_there_is_one_slide_a_page(deck):
    for address in (deck.url, f"{deck.url.partition('#')[0]}?print-pdf"):  # as other decks are
        show(deck, address)
        pdf = deck.pdf(prefer_css_page_size=True, print_background=True)
        assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == deck.locator("section").count()
        assert set(re.findall(rb"/MediaBox\s*\[([^\]]*)\]", pdf)) == {b"0 0 960 540"}


def test_the_handout_shows_every_slide_with_its_notes(page, site):
    page.set_viewport_size(DECK)
    page.goto(f"{site.url}/slides/{LESSONS[0]}.html?print")
    sections = page.locator("section")
    for number in range(sections.count()):
        expect(sections.nth(number)).to_be_visible()
        expect(sections.nth(number).locator(".notes")).to_be_visible()
    assert page.locator(".reveal.ready").count() == 0


def test_the_printed_handout_fills_its_pages(page, site):
    page.goto(
        f"{site.url}/slides/{next(one for one in LESSONS if one.startswith('04'))}.html?print"
    )
    pdf = page.pdf(prefer_css_page_size=True, print_background=True)
    pages = len(re.findall(rb"/Type\s*/Page\b", pdf))
    assert 2 * pages <= page.locator("section").count() + 1, "two slides a page"


def test_without_scripts_the_slides_read(chromium, site):
    context = chromium.new_context(java_script_enabled=False, viewport=DECK)
    page = context.new_page()
    page.goto(f"{site.url}/slides/{LESSONS[0]}.html")
    expect(page.locator("section").last).to_be_visible()
    expect(page.locator(".answer").first).to_be_visible()
    context.close()


def test_a_lesson_leads_to_its_slides_and_back(page, site):
    page.set_viewport_size(DECK)
    page.goto(f"{site.url}/notebooks/{LESSONS[0]}.html")
    page.locator(".actions").get_by_role("link", name="Slides").click()
    page.wait_for_selector(".reveal.ready")
    page.get_by_role("link", name="Lesson 00", exact=True).click()
    page.wait_for_url(f"**/notebooks/{LESSONS[0]}.html")
