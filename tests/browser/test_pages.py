"""Every page of the built book: what it fetches, what it weighs, whom it might shut out.

The `page` fixture fails by itself on console errors, failed requests and requests to other hosts.
"""

import gzip
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from accessibility import axe, pale
from faults import Faults
from playwright.sync_api import Page, expect

from tools.common.paths import LANGUAGES, SITE

pytestmark = pytest.mark.browser

FIRST = "book/index.html"
START = "index.html"  # at the site's address; it only leads to the first page
STARTS = {f"{language}/{START}" for language in LANGUAGES}
LOST = "404.html"  # shown at addresses without a page; it has a test of its own
# JupyterLite has tests of its own.
PAGES = sorted(
    {path.relative_to(SITE).as_posix() for path in SITE.rglob("*.html")}
    - {START, LOST, *STARTS, *(f"{path.relative_to(SITE)}" for path in SITE.glob("lite/**/*.html"))}
) or [FIRST]
LESSON = next((path for path in PAGES if path.startswith("notebooks/")), FIRST)
EXERCISE = next((path for path in PAGES if path.startswith("exercises/")), FIRST)
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
# Bytes as they travel, compressed; live cells not yet started.
FIRST_VISIT, LESSON_VISIT, NEXT_PAGE = 250_000, 72_500, 60_000
WORDS = 8_000  # what scripts say in another language, fetched once
UNLABELLED = """() => {
  const named = (node) => node.getAttribute("aria-label")?.trim() || node.querySelector("title");
  const images = [...document.querySelectorAll("img:not([alt])")];
  const drawings = [...document.querySelectorAll("svg")].filter(
    (drawing) => !drawing.closest("[aria-hidden=true]") && !named(drawing));
  return [...images, ...drawings].map((node) => node.outerHTML.slice(0, 120));
}"""

UNREACHABLE = """() => [...document.querySelectorAll("pre, .scroll")]
  .filter((box) => box.scrollWidth > box.clientWidth)
  .filter((box) => box.tabIndex !== 0 || !box.ariaLabel)
  .map((box) => box.textContent.slice(0, 80))"""


def frugal(page: Page) -> None:
    """Ask for no data in advance, so that Python is not fetched before it is wanted."""
    page.add_init_script(
        "Object.defineProperty(navigator, 'connection', {value: {saveData: true}})"
    )


def in_theme(page: Page, theme: str, faults: Callable[[Page], list[str]] = axe) -> list[str]:
    """Return the faults of a page in a theme."""
    page.evaluate("theme => (document.documentElement.dataset.theme = theme)", theme)
    return faults(page)


# Every page -----------------------------------------------------------------------------------


def weights(page: Page, address: str) -> dict[str, int]:
    """Return the compressed size of each file that a page fetches, by address."""
    found = {}

    def note(response) -> None:
        found[response.url] = response

    page.on("response", note)
    page.goto(address, wait_until="networkidle")
    page.remove_listener("response", note)
    return {
        url: len(gzip.compress(response.body(), 6))
        for url, response in found.items()
        if response.ok
    }


@pytest.fixture(scope="module")
def cached(chromium, site) -> set[str]:
    """Return what a browser has after the first page."""
    page = chromium.new_page()
    addresses = set(weights(page, f"{site.url}/{FIRST}"))
    page.close()
    return addresses


@dataclass(frozen=True)
class Visit:
    """A page on a first visit, and what it fetched."""

    path: str
    page: Page
    fetched: dict[str, int]


@pytest.fixture(scope="module")
def visit(request, chromium, site) -> Iterator[Visit]:
    """Open a page on a phone, once for all that is asked of every page."""
    faults = Faults()
    context = chromium.new_context()
    page = context.new_page()
    faults.watch(page)
    frugal(page)
    page.set_viewport_size(PHONE)
    yield Visit(request.param, page, weights(page, f"{site.url}/{request.param}"))
    context.close()
    assert not faults.found, "\n".join(faults.found)


every_page = pytest.mark.parametrize("visit", PAGES, indirect=True)


@every_page
def test_it_is_light(visit, cached):
    most = LESSON_VISIT if visit.path.startswith("notebooks/") else FIRST_VISIT
    words = {url: size for url, size in visit.fetched.items() if "/_static/words/" in url}
    assert bool(words) == visit.path.startswith(tuple(f"{language}/" for language in LANGUAGES))
    assert sum(words.values()) <= WORDS
    assert sum(visit.fetched.values()) <= most, visit.fetched
    index = [url for url in visit.fetched if "/pagefind/" in url]
    assert index == [], "the index comes with the first search"
    if visit.path != "search.html":
        beyond = {url: size for url, size in visit.fetched.items() if url not in cached}
        beyond = {url: size for url, size in beyond.items() if url not in words}
        assert sum(beyond.values()) <= NEXT_PAGE, beyond


@every_page
def test_it_shuts_nobody_out(visit):
    """On a phone and at a desk, in light and in dark."""
    page = visit.page
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["width"], f"the page is {width} pixels wide"
    assert page.evaluate(UNLABELLED) == []
    page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    # what was opened is measured in the next frame
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    assert page.evaluate(UNREACHABLE) == [], "a box that scrolls needs a key and a name"
    assert in_theme(page, "dark") == []
    page.set_viewport_size(DESK)
    assert in_theme(page, "light", pale) == []


def test_one_pale_text_among_many_is_found(page, site):
    page.goto(f"{site.url}/{FIRST}")
    page.evaluate("[...document.querySelectorAll('article p')].at(-1).style.color = '#aaa'")
    assert [fault.partition(":")[0] for fault in axe(page)] == ["color-contrast"]


@pytest.mark.parametrize("path", [LESSON, EXERCISE])
def test_the_frame_has_no_fault_the_other_way_round(page, site, path):
    frugal(page)
    page.set_viewport_size(PHONE)
    page.goto(f"{site.url}/{path}")
    page.get_by_role("button", name="Contents").click()
    assert in_theme(page, "light") == []
    page.set_viewport_size(DESK)
    page.emulate_media(forced_colors="active")
    assert axe(page) == []
    page.emulate_media(forced_colors="none")
    assert in_theme(page, "dark") == []


# Links ----------------------------------------------------------------------------------------


class Links(HTMLParser):
    """The links and the anchors of a page."""

    def __init__(self, text: str):
        super().__init__()
        self.links: list[str] = []
        self.anchors: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("href", "src") and value:
                self.links.append(value)
            elif name in ("id", "name") and value:
                self.anchors.add(value)


@cache
def links_of(path: Path) -> Links:
    return Links(path.read_text("utf-8"))


@pytest.mark.parametrize("path", [START, LOST, *PAGES])
def test_its_links_lead_somewhere(site, path):
    links = links_of(site.root / path).links
    assert [link for link in links if not leads(site.root, path, link)] == []


def leads(root: Path, path: str, link: str) -> bool:
    """Return whether a link of a page leads to a file of the site and to an anchor in it."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return True
    target = (root / path).parent / unquote(parts.path) if parts.path else root / path
    if not target.is_file():
        return False
    if notebook := parse_qs(parts.query).get("path"):
        return (root / "lite" / "files" / notebook[0]).is_file()
    return not parts.fragment or parts.fragment in links_of(target.resolve()).anchors


# What the page around the text does -----------------------------------------------------------


def test_the_address_of_the_site_leads_to_the_first_page(page, site):
    page.goto(f"{site.url}/")
    page.wait_for_url(f"**/{FIRST}")
    expect(page.locator("h1")).to_contain_text("Self-Defense")


def test_the_theme_follows_the_system_until_it_is_chosen(page, site):
    page.emulate_media(color_scheme="dark")
    page.goto(f"{site.url}/{FIRST}")
    theme = "document.documentElement.dataset.theme"
    assert page.evaluate(theme) == "dark"
    page.get_by_role("button", name="Use the light theme").click()
    page.reload()
    assert page.evaluate(theme) == "light"
    page.get_by_role("button", name="Use the dark theme").click()
    page.emulate_media(color_scheme="light")
    page.reload()
    assert page.evaluate(theme) == "light", "back at the system's, it follows the system again"


def test_a_keyboard_reaches_the_text_first_and_the_contents_on_a_phone(page, site):
    page.set_viewport_size(PHONE)
    page.goto(f"{site.url}/{FIRST}")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the text")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    contents, button = page.locator("nav.contents"), page.get_by_role("button", name="Contents")
    expect(contents).to_be_hidden()
    button.press("Enter")
    expect(contents).to_be_visible()
    page.keyboard.press("Escape")
    expect(contents).to_be_hidden()
    expect(button).to_be_focused()


def test_a_reader_knows_where_on_the_page_they_are(page, site):
    frugal(page)
    page.set_viewport_size(DESK)
    page.goto(f"{site.url}/{LESSON}")
    link = page.locator("nav.contents .sections a").nth(2)
    page.evaluate(
        "id => document.getElementById(id).scrollIntoView()", link.get_attribute("href")[1:]
    )
    expect(link).to_have_attribute("aria-current", "location")
    assert page.locator("nav.contents [aria-current=location]").count() == 1
    page.set_viewport_size(PHONE)
    expect(page.get_by_role("button", name="Contents")).to_be_in_viewport()
    expect(page.get_by_role("searchbox")).to_be_in_viewport()
    assert (
        0
        < float(page.evaluate("document.querySelector('.read').style.getPropertyValue('--read')"))
        < 1
    )
    page.get_by_role("link", name="Top").click()
    expect(page.locator("h1")).to_be_in_viewport()


def test_a_term_and_a_source_open_where_they_stand(page, site):
    frugal(page)
    page.set_viewport_size(PHONE)
    page.goto(f"{site.url}/{LESSON}")
    box = page.get_by_role("dialog")
    for link, leads_to in (("a.term", "glossary"), (".bibtex-citation a", "bibliography")):
        first = page.locator(f"article {link}").first
        first.press("Enter")
        expect(box).to_be_focused()
        expect(box.locator("div")).to_contain_text(" ")
        more = box.get_by_role("link", name=f"In the {leads_to}")
        expect(more).to_have_attribute("href", re.compile(first.get_attribute("href")[3:]))
        assert axe(page) == []
        page.keyboard.press("Escape")
        expect(box).to_be_hidden()
        expect(first).to_be_focused()


def test_code_is_copied_also_over_plain_http(page, site):
    frugal(page)
    page.goto(f"{site.school_url}/book/how-to-use.html")
    code = page.locator(".copies", has_text="Version of the course").first
    code.hover()
    code.get_by_role("button", name="Copy").click()
    expect(code.get_by_role("button", name="Copied")).to_be_visible()


def test_what_is_not_there_leads_on_in_a_folder_too(chromium, site):
    """The page has no `page` of ours: a browser complains of what is not there."""
    context = chromium.new_context()
    page = context.new_page()
    origin = "http://course.test"

    def in_a_folder(route) -> None:
        name = urlsplit(route.request.url).path.removeprefix("/peru/")
        path = site.root / name
        there = name[:1] != "/" and path.is_file()
        route.fulfill(path=path if there else site.root / "404.html", status=200 if there else 404)

    page.route(f"{origin}/**", in_a_folder)
    page.goto(f"{origin}/peru/notebooks/gone/away.html")
    expect(page.locator("base")).to_have_attribute("href", "/peru/")
    page.wait_for_load_state("networkidle")
    assert axe(page) == []
    page.get_by_role("link", name="The first page").click()
    page.wait_for_url(f"{origin}/peru/{FIRST}")
    context.close()


def test_without_scripts_the_page_reads_and_has_its_contents(chromium, site):
    context = chromium.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto(f"{site.url}/{EXERCISE}")
    expect(page.locator("main noscript > p")).to_contain_text("download the notebook")
    page.goto(f"{site.url}/{LESSON}")
    expect(page.locator(".course-explorer .frame svg").first).to_be_visible()
    expect(page.locator(".course-explorer .controls").first).to_be_hidden()
    page.get_by_role("button", name="Contents").click()
    expect(page.locator("nav.contents")).to_be_visible()
    page.get_by_role("button", name="Close").click()
    page.locator("a.term").first.click()
    page.wait_for_url("**/book/glossary.html#term-*")
    context.close()


def test_the_first_page_offers_to_go_on_where_a_reader_stopped(page, site):
    frugal(page)
    page.goto(f"{site.url}/{FIRST}")
    expect(page.get_by_role("link", name="Go on")).to_have_count(0)
    page.goto(f"{site.url}/{LESSON}")
    title = page.locator("h1").inner_text().rstrip("#")
    page.goto(f"{site.url}/{FIRST}")
    link = page.get_by_role("link", name="Go on")
    expect(link).to_have_text(f"Go on: {title}")
    link.click()
    page.wait_for_url(f"**/{LESSON}")


def test_an_explorer_moves_by_keyboard_and_says_where_it_is(page, site):
    frugal(page)
    page.goto(f"{site.url}/{LESSON}")
    explorer = page.locator(".course-explorer").first
    slider = explorer.get_by_role("slider").first
    frame, reading = explorer.locator(".frame"), explorer.locator(".reading")
    before = frame.inner_html(), reading.inner_text(), slider.get_attribute("aria-valuetext")
    slider.press("ArrowRight")
    after = frame.inner_html(), reading.inner_text(), slider.get_attribute("aria-valuetext")
    assert all(old != new for old, new in zip(before, after, strict=True))
    expect(explorer.locator("output").first).to_have_text(after[2])


def test_a_claim_names_its_points_and_they_are_there(page, site):
    frugal(page)
    page.goto(f"{site.url}/{LESSON}")
    first = page.locator(".claim .points a").first
    number = first.inner_text()
    first.click()
    point = page.locator(f"#point-{number}")
    expect(point).to_be_in_viewport()
    expect(point).to_contain_text(f"{number}.")


def test_a_notebook_can_be_opened_downloaded_and_reset(page, site):
    frugal(page)
    page.goto(f"{site.url}/{LESSON}")
    notebook = LESSON.replace(".html", ".ipynb")
    launch = page.get_by_role("link", name="Open in JupyterLite")
    expect(launch).to_have_attribute("href", f"../lite/notebooks/index.html?path={notebook}")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download notebook").click()
    assert json.loads(download.value.path().read_text("utf-8"))["nbformat"] == 4
    # It shows once JupyterLite has kept a copy.
    reset = page.locator(f'button[data-reset-lite="{notebook}"]')
    expect(reset).to_be_attached()
    expect(reset).to_be_hidden()
