"""Take the README's screenshot."""

import threading

from playwright.sync_api import sync_playwright

from tools.common import chromium
from tools.common.paths import ROOT
from tools.site.build import build
from tools.site.server import server

PAGE = "notebooks/04-eradication-and-replanting.html"
PICTURE = ROOT / "theme" / "static" / "screenshot.png"


def main() -> None:
    """Take the picture of a lesson that the README shows."""
    httpd = server(build(), 0)
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.flags())
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(f"http://localhost:{httpd.server_address[1]}/{PAGE}", wait_until="networkidle")
        page.locator(".course-explorer").scroll_into_view_if_needed()
        page.screenshot(path=PICTURE)
        browser.close()
    httpd.shutdown()
    print(f"Wrote {PICTURE.relative_to(ROOT)}")
