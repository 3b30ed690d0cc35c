"""The course kept in a browser: whole, without a network, one version at a time, and gone again."""

import os
import shutil
import threading
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from test_live import SLUG, cell, run, visit

from tools.common.files import write
from tools.site import keeping
from tools.site.server import server
from tools.site.web import WEB

pytestmark = pytest.mark.browser

PROGRESS, LESSON = "book/progress.html", f"notebooks/{SLUG}.html"
KEPT = "The course is in this browser"
START = 120_000


class Web:
    """A host with two courses on it, that can be cut off and updated."""

    def __init__(self, root: Path, site: Path) -> None:
        self.root, self.site = root, root / "someone" / "course"
        self.site.parent.mkdir()
        self.site.symlink_to(site)
        self.httpd = server(root, 0)
        self.port = self.httpd.server_address[1]
        self.url = f"http://localhost:{self.port}/someone/course"
        threading.Thread(target=self.httpd.serve_forever, daemon=True).start()

    def cut(self) -> None:
        """Answer nobody any more."""
        if self.httpd.socket.fileno() < 0:
            return
        self.httpd.shutdown()
        self.httpd.server_close()

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
    web.cut()


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
    web.cut()
    visit(visitor, web.url)
    answer = cell(visitor, "Exercise 04.1")
    run(answer, "import wave\nimport matplotlib.pyplot as plt\nplt.plot([1, 2])")
    expect(answer.locator(".live-output svg").first).to_be_visible()
    answer.get_by_role("button", name="Check", exact=True).click()
    expect(answer.locator(".live-verdict")).to_contain_text("Wrong.", timeout=START)
    visitor.goto(f"{web.url}/{LESSON}")
    expect(visitor.locator("h1").first).to_be_visible()
    visitor.goto(f"{web.url}/search.html?q=coca")
    expect(visitor.locator("main").get_by_role("link").first).to_be_visible()
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
    keep(visitor, web)
    newer = tmp_path / "newer"
    shutil.copytree(web.site, newer, copy_function=os.link)
    for name, old, new in [
        (LESSON, "</h1>", " (newer)</h1>"),
        ("_static/course.css", "", ":root{--newer:1}"),
    ]:
        text = (newer / name).read_text("utf-8")
        write(newer / name, text.replace(old, new, 1))
    keeping.add(newer, WEB)
    web.put(newer)
    visitor.goto(f"{web.url}/{LESSON}")
    visitor.evaluate(NEWER_HAS_COME)
    assert version(visitor, web) == "the older"
    visitor.goto(f"{web.url}/{PROGRESS}")
    expect(visitor.locator(".keep-says")).to_contain_text("Close all its pages")
    later = visitor.context.new_page()
    visitor.close()
    later.wait_for_timeout(1_000)
    web.cut()
    assert version(later, web) == "the newer"


NEWER_HAS_COME = """async () => {
  const own = await navigator.serviceWorker.getRegistration();
  await own.update();
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
