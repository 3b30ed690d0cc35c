"""The search as a stranger uses it: what comes first, and where a click leads."""

import re

import pytest
from hosts import host
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

# What somebody types, the kind of the page that comes first, and words that it shows as found.
FOUND = {
    "Tupac": ("Lesson", "Túpac"),
    "erradicacion": ("Lesson", "eradication"),
    "comite": ("Lesson 10", "comité"),
    "ashaninka": ("Lesson", "Asháninka"),
    "Asháninka": ("Lesson", "Asháninka"),
    "49800": ("", "49,800"),
    "49,800": ("", "49,800"),
    "eradicaton": ("Lesson", "radication"),
    "ronda": ("Lesson 10", "ronda"),
    "VRAEM": ("Lesson", "VRAEM"),
    "capture recapture": ("Lesson 07", "Lincoln–Petersen"),
    "point 28": ("The article", "28."),
}


def search(page: Page, base: str, words: str) -> list[list[str]]:
    """Search from a lesson; return what each page that is shown says, line by line."""
    page.goto(f"{base}/notebooks/04-eradication-and-replanting.html")
    page.get_by_role("searchbox").fill(words)
    page.keyboard.press("Enter")
    expect(page.locator("#search-progress")).to_have_text(re.compile("“.+”"), timeout=30_000)
    shown = page.locator("#search-results > li").all()
    return [one.inner_text().splitlines() for one in shown]


@pytest.mark.parametrize("words", FOUND)
def test_what_is_meant_comes_first(page, site, words):
    kind, mark = FOUND[words]
    pages = search(page, site.url, words)
    assert pages[0][0].startswith(kind), pages
    first = page.locator("#search-results > li").first.locator("mark")
    assert any(mark in text for text in first.all_inner_texts()), pages[0]
    assert page.locator("#search-results a[href*='slides/']").count() == 0


def test_a_click_lands_on_the_match(page, site):
    search(page, site.url, "capture recapture")
    link = page.locator("#search-results li li a").first
    name = link.inner_text()
    link.click()
    page.wait_for_url("**/notebooks/07-*.html#*")
    section = page.locator(f"section{page.evaluate('location.hash')}")
    expect(section.locator("h1, h2, h3").first).to_contain_text(name)
    expect(section.get_by_text("This is the Lincoln–Petersen estimate")).to_be_in_viewport()


def test_a_point_of_the_article_is_shown_as_it_stands(page, site):
    search(page, site.url, "point 28")
    page.get_by_role("link", name="Point 28").click()
    page.wait_for_url("**/book/the-article.html#point-28*")
    expect(page.locator("#point-28")).to_be_in_viewport()


def test_nothing_is_said_of_words_that_nobody_wrote(page, site):
    assert search(page, site.url, "xylophonist zzqx") == []
    expect(page.locator("#search-progress")).to_have_text(
        "Nothing was found for “xylophonist zzqx”."
    )


def test_more_pages_come_on_request_and_the_address_keeps_the_words(page, site):
    search(page, site.url, "coca")
    before = page.locator("#search-results > li").count()
    page.get_by_role("button", name="More pages").click()
    expect(page.locator("#search-results > li")).not_to_have_count(before)
    page.reload()
    expect(page.get_by_role("searchbox")).to_have_value("coca")
    expect(page.locator("#search-results > li")).to_have_count(before)


def test_it_runs_in_a_folder_of_a_host_that_sends_only_files(page, site):
    with host(site.root, under="/someone/course") as base:
        pages = search(page, base, "ronda")
        assert pages[0][0].startswith("Lesson 10")
        page.locator("#search-results h2 a").first.click()
        page.wait_for_url("**/someone/course/notebooks/10-*.html")
