"""A new version of the course over a browser that holds the work and the caches of the old one."""

import hashlib
import json
import re
import threading
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tools.common.paths import ROOT, SITE
from tools.site.server import server

pytestmark = pytest.mark.browser

SLUG = "04-eradication-and-replanting"
EXERCISE, LESSON = f"exercises/{SLUG}.html", f"notebooks/{SLUG}.html"
START = 60_000


@pytest.fixture(scope="module")
def newer(copied) -> Path:
    """Build a second version: a task, a script, a style and the toolkit have changed."""
    project = copied(ROOT)
    copy = project.root
    change(copy / "course/tasks/lesson04.py", 'id="04.1",', 'id="04.1",\n            version=2,')
    change(copy / "theme/live/progress.js", "tasks done, ", "tasks finished, ")
    change(copy / "theme/static/course.css", ":root {", ":root {\n  --newer: 1;")
    # the toolkit's wheel changes with a table, and with it the name of the runtime
    change(copy / "data/README.md", "# The tables", "# The tables, newer")
    done = project.run("-m", "tools.commands", "book")
    assert done.returncode == 0, done.stdout + done.stderr
    return copy / "_build" / "site"


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text, f"{path.name} no longer has {old!r}"
    path.write_text(text.replace(old, new, 1), "utf-8")


@pytest.fixture
def place(tmp_path):
    """Return a folder that is served, and where a version can be put in it."""
    current = tmp_path / "site"
    current.symlink_to(SITE)
    httpd = server(current, 0)
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    yield current, f"http://localhost:{httpd.server_address[1]}"
    httpd.shutdown()


def put(current: Path, site: Path) -> None:
    current.unlink()
    current.symlink_to(site)


def cell(page: Page, name: str = "Exercise 04.1"):
    return page.locator(".cell.live", has=page.get_by_role("group", name=name, exact=True))


def check(page: Page, text: str) -> None:
    answer = cell(page)
    answer.scroll_into_view_if_needed()
    answer.locator(".cm-content").click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(text)
    answer.get_by_role("button", name="Check", exact=True).click()
    expect(answer.locator(".live-says")).to_have_text("Done.", timeout=START)


def test_the_two_versions_differ_where_it_matters(newer):
    """Python itself stays where it was: a reader who has it fetches the toolkit alone."""
    names = [{path.name for path in (site / "runtime").iterdir()} for site in (SITE, newer)]
    assert len(names[0] & names[1]) == len(names[0] - names[1]) == 1


def test_text_is_kept_changed_tasks_are_marked_and_no_version_is_mixed(page, place, newer):
    current, base = place
    solution = json.loads((SITE / "_static/solutions/04.json").read_text("utf-8"))["04.1"]["code"]
    page.goto(f"{base}/{EXERCISE}")
    check(page, solution)
    expect(cell(page).locator(".live-mark")).to_have_text("Solved")
    page.goto(f"{base}/book/progress.html")  # all of the old version's scripts are in the cache
    expect(page.locator(".progress-total")).to_contain_text("1 of")
    page.goto(f"{base}/{LESSON}")

    put(current, newer)
    responses = []
    page.on("response", lambda response: responses.append(response))
    page.goto(f"{base}/{EXERCISE}")
    answer = cell(page)
    expect(answer.locator(".live-mark")).to_have_text("Solved in an earlier version")
    expect(answer.locator(".live-notice")).to_contain_text("has changed since")
    answer.scroll_into_view_if_needed()
    expect(answer.locator(".cm-content")).to_contain_text("new_coca = change")
    lines = "\n".join(answer.locator(".cm-line").all_inner_texts())
    assert re.sub(r"\s", "", lines) == re.sub(r"\s", "", solution)
    check(page, solution + "\n# seen again")
    expect(answer.locator(".live-mark")).to_have_text("Solved")
    assert foreign(page, responses, newer) == []
    responses.clear()
    page.goto(f"{base}/book/progress.html")
    expect(page.locator(".progress-total")).to_contain_text("1 of")
    expect(page.locator(".progress-total")).to_contain_text("finished")
    assert foreign(page, responses, newer) == []


DIGEST = """async (address) => {
  const answer = await fetch(address, {cache: "force-cache"});
  const digest = await crypto.subtle.digest("SHA-256", await answer.arrayBuffer());
  return [...new Uint8Array(digest)];
}"""


def foreign(page: Page, responses: list, site: Path) -> list[str]:
    """Return the addresses for which the browser holds what is not this version's file.

    The worker has no file: its text comes in one that is fetched when Python starts.
    """
    addresses = {response.url for response in responses}
    files = {address for address in addresses if not address.startswith("blob:")}
    if files < addresses:
        assert any("/_static/live/worker-text" in address for address in files)
    assert files
    found = []
    for address in files:
        path = site / unquote(urlsplit(address).path).lstrip("/")
        held = bytes(page.evaluate(DIGEST, address))
        if not path.is_file() or hashlib.sha256(path.read_bytes()).digest() != held:
            found.append(address)
    return found


# Python does not start by itself before the update; after the page is loaded again it may.
SAVES_DATA_AT_FIRST = """
Object.defineProperty(navigator, "connection", { value: { saveData: !sessionStorage.opened } });
sessionStorage.opened = "yes";
"""


def test_a_page_left_open_says_that_the_course_was_updated(page, place, newer, faults):
    current, base = place
    page.add_init_script(SAVES_DATA_AT_FIRST)
    page.goto(f"{base}/{EXERCISE}")
    answer = cell(page)
    put(current, newer)
    answer.get_by_role("button", name="Run", exact=True).click()
    expect(answer.locator(".live-says")).to_contain_text("reload the page", timeout=START)
    expect(answer.locator(".live-says")).to_contain_text("Your text is kept.")
    faults.found.clear()  # the old version's files are gone, and the console says so
    page.reload()
    check(page, "new_coca = 1")
    expect(answer.locator(".live-verdict")).to_contain_text("Wrong.")
