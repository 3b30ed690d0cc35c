"""What the browser tests share: the served site, a Chromium, and a page that reports faults."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from faults import SCHOOL, Faults
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tools.common import chromium as chromium_finder
from tools.common.paths import SITE
from tools.site.server import server

# What is awaited may come late on a busy machine; how fast it comes is the benchmark's question.
expect.set_options(timeout=20_000)


@dataclass(frozen=True)
class Site:
    """The built site and where it is served."""

    root: Path
    port: int

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def school_url(self) -> str:
        """The same site as a school server gives it."""
        return f"http://{SCHOOL}:{self.port}"


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    if not (SITE / "index.html").exists():
        pytest.fail("the site is not built: run `make book` first")
    httpd = server(SITE, 0)
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    yield Site(SITE, httpd.server_address[1])
    httpd.shutdown()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_finder.find(),
            args=[*chromium_finder.flags(), f"--host-resolver-rules=MAP {SCHOOL} 127.0.0.1"],
        )
        yield browser
        browser.close()


@pytest.fixture
def faults() -> Faults:
    return Faults()


@pytest.fixture
def page(chromium: Browser, faults: Faults) -> Iterator[Page]:
    """A new page in a browser of its own; the test fails when anything on it went wrong."""
    context = chromium.new_context()
    context.on("page", faults.watch)
    page = context.new_page()
    yield page
    context.close()
    assert not faults.found, "\n".join(faults.found)
