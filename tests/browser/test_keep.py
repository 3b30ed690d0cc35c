"""The course kept in a browser: whole, without a network, one version at a time, and gone again."""

import os
import shutil
import threading
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from test_live import SLUG, cell, check, run, visit
from test_search import search

from tools.common.files import write
from tools.site import keeping
from tools.site.server import Handler, Server
from tools.site.web import WEB

pytestmark = pytest.mark.browser

PROGRESS, LESSON = "book/progress.html", f"notebooks/{SLUG}.html"
KEPT = "The course is in this browser"
START = 120_000


class Web:
    """A host with the course in a folder, that can be cut off and updated."""

    def __init__(self, root: Path, site: Path) -> None:
        self.off = False
        self.site = root / "someone" / "course"
        self.site.parent.mkdir()
        self.site.symlink_to(site)
        web = self

        class Ours(Handler):
            def parse_request(self):
                if web.off:
                    raise ConnectionError
                return super().parse_request()

        self.httpd = Server(("127.0.0.1", 0), lambda *args: Ours(*args, directory=str(root)))
        self.url = f"http://localhost:{self.httpd.server_address[1]}/someone/course"
        threading.Thread(target=self.httpd.serve_forever, daemon=True).start()

    def put(self, site: Path) -> None:
        """Put another version there."""
        self.site.unlink()
        self.site.symlink_to(site)


@pytest.fixture
def web(site, tmp_path):
    root = tmp_path / "web"
    root.mkdir()
    web = Web(root, site.root)
    yield web
    web.httpd.shutdown()


@pytest.fixture
def visitor(chromium):
    """Return a page that is not failed by a network that is cut."""
    context = chromium.new_context()
    yield context.new_page()
    context.close()


def keep(page: Page, web: Web) -> None:
    page.goto(f"{web.url}/{PROGRESS}")
    page.get_by_role("button", name="Keep the course in this browser").click()
    says = page.locator(".keep-says")
    expect(says).to_contain_text(" MB. You may read on")
    expect(says).to_contain_text(KEPT, timeout=START)


def caches(page: Page) -> list[str]:
    return page.evaluate("caches.keys()")


def test_all_of_it_opens_and_runs_without_a_network_and_goes_when_it_is_erased(visitor, web):
    asked = []
    visitor.context.on("request", lambda request: asked.append(request.url))
    visitor.goto(f"{web.url}/{PROGRESS}")
    visitor.evaluate("caches.open('course:/other/:-precache')")
    assert not any("keeper.js" in url for url in asked)  # nothing of it unless it is asked for
    keep(visitor, web)
    web.off = True
    visit(visitor, web.url)
    answer = cell(visitor, "Exercise 04.1")
    run(answer, "import wave\nimport matplotlib.pyplot as plt\nplt.plot([1, 2])")
    expect(answer.locator(".live-output svg").first).to_be_visible()
    expect(check(answer, "new_coca = 1")).to_contain_text("Wrong.")
    assert search(visitor, web.url, "coca")
    visitor.goto(f"{web.url}/")
    visitor.wait_for_url("**/book/index.html")

    visitor.goto(f"{web.url}/{PROGRESS}")
    expect(visitor.locator(".keep-says")).to_contain_text(KEPT)
    visitor.once("dialog", lambda dialog: dialog.accept())
    visitor.get_by_role("button", name="erase my work").click()
    expect(visitor.locator(".progress-says")).to_contain_text("Erased.")
    assert caches(visitor) == ["course:/other/:-precache"]
    assert visitor.evaluate("navigator.serviceWorker.getRegistrations()") == []


def test_a_newer_version_is_used_whole_once_every_page_is_closed(visitor, web, tmp_path):
    older, newer = tmp_path / "older", tmp_path / "newer"
    without = shutil.ignore_patterns("runtime", "lite", "pagefind", "slides", "downloads")
    shutil.copytree(web.site, older, copy_function=os.link, ignore=without)
    keeping.add(older, WEB)
    shutil.copytree(older, newer, copy_function=os.link)
    for name, old, new in [
        (LESSON, "</h1>", " (newer)</h1>"),
        ("_static/course.css", "", ":root{--newer:1}"),
    ]:
        text = (newer / name).read_text("utf-8")
        write(newer / name, text.replace(old, new, 1))
    keeping.add(newer, WEB)
    web.put(older)
    keep(visitor, web)
    web.put(newer)
    visitor.goto(f"{web.url}/{LESSON}")
    visitor.evaluate(NEWER_HAS_COME)
    assert version(visitor, web) == "the older"
    visitor.goto(f"{web.url}/{PROGRESS}")
    expect(visitor.locator(".keep-says")).to_contain_text("Close all its pages")
    later = visitor.context.new_page()
    visitor.close()
    later.wait_for_timeout(1_000)
    web.off = True
    assert version(later, web) == "the newer"


NEWER_HAS_COME = """async () => {
  const own = await navigator.serviceWorker.getRegistration();
  while (!own.waiting) await new Promise((later) => setTimeout(later, 100));
}"""


def version(page: Page, web: Web) -> str:
    """Return which version a lesson is of, if its page and its style are of one."""
    page.goto(f"{web.url}/{LESSON}")
    is_newer = "(newer)" in page.locator("h1").first.inner_text()
    style = page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--newer')")
    assert is_newer == bool(style)
    return "the newer" if is_newer else "the older"


def test_on_plain_http_it_is_not_offered(visitor, site):
    visitor.goto(f"{site.school_url}/{PROGRESS}")
    expect(visitor.locator(".progress-total")).to_be_visible()
    expect(visitor.locator("#keep")).to_contain_text("begins with https")
    expect(visitor.get_by_role("button", name="Keep the course")).to_have_count(0)
