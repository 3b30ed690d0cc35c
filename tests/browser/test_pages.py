"""Every page of the built book, as a reader's browser meets it."""

import gzip
import re
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tools.paths import SITE
from tools.web import packages

PAGES = sorted(
    path.relative_to(SITE).as_posix()
    for path in SITE.rglob("*.html")
    if not path.relative_to(SITE).as_posix().startswith(("lite/", "runtime/"))
)
AXE = packages() / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# A page may weigh this much on a first visit, and on the next page of a visit, in bytes gzipped.
FIRST, NEXT = 250_000, 60_000


def test_there_are_pages():
    assert "index.html" in PAGES
    assert len(PAGES) > 5


@pytest.mark.parametrize("path", PAGES)
class TestPage:
    def test_it_fits_a_phone_and_its_pictures_have_names(self, page: Page, site, path):
        page.set_viewport_size({"width": 390, "height": 800})
        page.goto(f"{site.url}/{path}", wait_until="networkidle")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        unnamed = page.evaluate(
            """[...document.querySelectorAll("article img, article svg")].filter(
                 (picture) => !picture.closest("[aria-hidden=true]") &&
                   !(picture.getAttribute("alt") || picture.getAttribute("aria-label") || "").trim()
               ).map((picture) => picture.outerHTML.slice(0, 80))"""
        )
        assert unnamed == []

    @pytest.mark.parametrize("theme", ["light", "dark"])
    def test_axe_finds_nothing(self, chromium: Browser, site, path, theme):
        context = chromium.new_context(color_scheme=theme)
        try:
            page = context.new_page()
            page.goto(f"{site.url}/{path}", wait_until="networkidle")
            page.evaluate(AXE.read_text("utf-8"))
            found = page.evaluate(
                "(rules) => axe.run(document, {runOnly: {type: 'tag', values: rules}})", RULES
            )
        finally:
            context.close()
        faults = [
            f"{fault['id']}: {node['target']} {node['failureSummary']}"
            for fault in found["violations"]
            for node in fault["nodes"]
        ]
        assert not faults, "\n".join(faults)


@pytest.mark.parametrize("path", PAGES)
def test_its_links_lead_somewhere(site, path):
    text = (SITE / path).read_text("utf-8")
    base = f"http://site/{path}"
    broken = []
    for target in re.findall(r'(?:href|src)="([^"]+)"', text):
        where, anchor = urldefrag(urljoin(base, target.replace("&amp;", "&")))
        if urlsplit(where).netloc != "site":
            continue
        file = SITE / urlsplit(where).path.lstrip("/")
        file = file / "index.html" if file.is_dir() else file
        if not file.exists() or (
            anchor and file.suffix == ".html" and f'id="{anchor}"' not in file.read_text("utf-8")
        ):
            broken.append(target)
    assert broken == []


def has_anchor(file: Path, anchor: str) -> bool:
    page = file.suffix == ".html" and anchor
    return not page or f'id="{anchor}"' in file.read_text("utf-8")


def test_search_is_loaded_when_it_is_used(page: Page, site):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{site.url}/book/the-article.html", wait_until="networkidle")
    assert not [url for url in asked if "searchindex" in url]
    page.fill("#find", "eradication")
    page.press("#find", "Enter")
    page.wait_for_selector("#search-results li")
    assert page.locator("#search-results li a").count() >= 2


def weight(page: Page, url: str) -> int:
    """Return the bytes that a visit asks of the server, each file gzipped as it is sent."""
    asked: dict[str, int] = {}

    def count(response) -> None:
        if response.status == 200 and not response.from_service_worker:
            body = response.body()
            zipped = response.headers.get("content-encoding") == "gzip"
            asked[response.url] = len(gzip.compress(body, 6)) if zipped else len(body)

    page.on("response", count)
    page.goto(url, wait_until="networkidle")
    page.remove_listener("response", count)
    return sum(asked.values())


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_light(page: Page, site, path):
    assert weight(page, f"{site.url}/{path}") <= FIRST


def test_the_next_page_is_lighter(page: Page, site):
    lessons = [path for path in PAGES if Path(path).parent.name == "notebooks"]
    weight(page, f"{site.url}/book/how-to-use.html")
    for path in lessons:
        files = {f"{site.url}/{path}"}
        page.goto("about:blank")
        fresh = weight(page, files.pop())
        assert fresh <= NEXT
