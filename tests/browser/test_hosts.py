"""The course on every kind of host: it works, or one sentence says which file is in the way."""

import re
import shutil
import socket
import subprocess
import threading
import time
from pathlib import Path

import pytest
from hosts import foreign, holding, host, login_page, refusing
from playwright.sync_api import Page, expect
from test_live import SLUG, cell, run, says, visit, write

from tools.common.chromium import find, flags
from tools.measure.load import nginx_conf
from tools.site.server import Handler, Server

pytestmark = pytest.mark.browser

PROMISED = 15_000  # milliseconds until a student is told what is wrong


@pytest.fixture
def visitor(chromium):
    """Return a page that is not failed by what a host refuses."""
    context = chromium.new_context()
    yield context.new_page()
    context.close()


def works(page: Page, base: str) -> None:
    visit(page, base)
    answer = cell(page, "Exercise 04.1")
    run(answer, "6 * 7")
    expect(answer.locator(".live-output")).to_have_text("42")
    assert page.evaluate("document.documentElement.dataset.home") == "../"


# Hosts on which it works ----------------------------------------------------------------------


def test_plain_file_server(visitor, site):
    with host(site.root) as base:
        works(visitor, base)


def test_subfolder_of_a_host_that_sends_nothing_but_files(visitor, site):
    """As GitHub Pages does: a folder of a host that others share."""
    with host(site.root, under="/someone/course", sent={"Cache-Control": "max-age=600"}) as base:
        works(visitor, base)
        key = "course:/someone/course/:work:04.1"
        assert visitor.evaluate("key => localStorage.getItem(key)", key)


def test_nginx_with_the_course_s_settings(visitor, site, tmp_path):
    if not shutil.which("nginx"):
        pytest.fail("this test needs nginx (Debian: apt-get install nginx-light)")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    work = tmp_path / "work"
    work.mkdir()
    for folder in [work, *work.parents]:  # nginx serves as nobody
        folder.chmod(folder.stat().st_mode | 0o755)
    (work / "nginx.conf").write_text(nginx_conf(site.root, port, work), "utf-8")
    nginx = subprocess.Popen(["nginx", "-c", work / "nginx.conf", "-p", work])
    try:
        time.sleep(1)
        base = f"http://localhost:{port}"
        answer = visitor.goto(f"{base}/exercises/{SLUG}.html")
        assert "worker-src blob:" in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        lite = visitor.request.get(f"{base}/lite/notebooks/index.html")
        assert "worker-src 'self' blob:" in lite.headers["content-security-policy"]
        wasm = next((site.root / "runtime").glob("*/*.wasm")).relative_to(site.root).as_posix()
        for accepted in ("br", "gzip"):
            sent = visitor.request.head(f"{base}/{wasm}", headers={"Accept-Encoding": accepted})
            assert sent.headers["content-encoding"] == accepted
            assert sent.headers["content-type"] == "application/wasm"
            assert "immutable" in sent.headers["cache-control"]
        works(visitor, base)
    finally:
        nginx.terminate()
        nginx.wait()


@pytest.mark.parametrize("ending", [".wasm", ".zst", ".zip"])
def test_a_file_under_a_wrong_type_is_read_all_the_same(visitor, site, ending):
    with host(site.root, types={ending: "text/plain"}) as base:
        works(visitor, base)


def test_a_returning_reader_fetches_nothing(chromium, site, tmp_path):
    """On the third visit the browser has it all: what the server is asked for has not changed."""
    answered = []

    class Telling(Handler):
        def log_request(self, code="-", size="-"):
            answered.append((self.path, int(code)))

    httpd = Server(("127.0.0.1", 0), lambda *args: Telling(*args, directory=str(site.root)))
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    base = f"http://localhost:{httpd.server_address[1]}"
    # on a disk, as a reader has it: what a private window keeps is too small
    context = chromium.browser_type.launch_persistent_context(
        tmp_path, executable_path=find(), args=flags()
    )
    for _ in range(3):
        answered.clear()
        page = context.new_page()
        works(page, base)
        run(cell(page, "Exercise 04.1"), "import matplotlib.pyplot as plt\nplt.plot([1, 2])")
        expect(cell(page, "Exercise 04.1").locator(".live-output svg").first).to_be_visible()
        page.close()
    context.close()
    httpd.shutdown()
    assert answered
    assert [(path, code) for path, code in answered if code != 304] == []


# What is fetched when it is asked for ---------------------------------------------------------


LATE = """
import unittest.mock, sqlite3, wave
import numpy.fft, numpy.polynomial
import matplotlib.pyplot as plt
plt.rcParams["font.family"] = "monospace"
print(sqlite3.connect(":memory:").execute("select 6 * 7").fetchone()[0])
"""


@pytest.mark.parametrize("under", ["", "/someone/course"])
def test_an_import_that_the_course_does_not_use_is_fetched_then(visitor, site, under):
    asked = []

    def rule(handler) -> bool:
        asked.append(handler.path)
        return False

    with host(site.root, rule, under=under) as base:
        works(visitor, base)
        assert not [path for path in asked if "/rest-" in path]
        answer = cell(visitor, "Exercise 04.1")
        run(answer, LATE)
        expect(answer.locator(".live-output")).to_have_text("42")
        late = {path.rpartition("/")[2] for path in asked if "/rest-" in path}
        assert {"rest-sqlite3.zst", "rest-wave.zst", "rest-numpy-fft.zst"} <= late


def test_an_import_without_a_network_says_so_and_works_later(visitor, site):
    with host(site.root, lambda handler: off and refusing("rest-wave.zst")(handler)) as base:
        off = True
        works(visitor, base)
        answer = cell(visitor, "Exercise 04.1")
        run(answer, "import wave", r"^Error in line 1\.$")
        expect(answer.locator(".live-output")).to_contain_text("could not be fetched")
        off = False
        run(answer, "import wave\nprint(wave.__name__)")
        expect(answer.locator(".live-output")).to_have_text("wave")


# Hosts that stand in the way ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (refusing(".wasm"), r"filter in the network, refuses pyodide\.asm\.wasm \(403\).*\.wasm"),
        (refusing(".zst"), r"filter in the network, refuses \S+\.zst \(403\).*end in \.zst"),
        (refusing("files.json", 404), r"files\.json is not there \(404\)"),
        (refusing("pyodide.mjs", 503), r"server failed to send pyodide\.mjs \(503\)"),
        (login_page(".zst"), r"place of \S+\.zst came a page, as filters and login pages"),
        (login_page("pyodide.asm.mjs"), r"place of pyodide\.asm\.mjs came a page"),
        (holding(".wasm"), r"pyodide\.asm\.wasm has not come for 10 seconds"),
    ],
)
def test_a_refused_file_of_python_is_named_with_its_cause(visitor, site, rule, said):
    with host(site.root, rule) as base:
        visit(visitor, base)
        answer = cell(visitor, "Exercise 04.1")
        answer.get_by_role("button", name="Run", exact=True).click()
        said = re.compile(said)
        words = visitor.locator(".live-says").filter(has_text=said)
        expect(words.first).to_be_visible(timeout=PROMISED)


def test_python_s_scripts_under_a_wrong_type(visitor, site):
    with host(site.root, types={".mjs": "text/plain"}) as base:
        visit(visitor, base)
        answer = cell(visitor, "Exercise 04.1")
        answer.get_by_role("button", name="Run", exact=True).click()
        says(answer, r"sends pyodide\.mjs as text/plain.*text/javascript", PROMISED)


@pytest.mark.parametrize(
    ("rule", "types", "sent", "said"),
    [
        (None, {".js": "text/plain"}, {}, r"sends [\w-]+\.js as text/plain.*text/javascript"),
        (refusing("live.js"), {}, {}, r"refuses live\.js \(403\).*end in \.js"),
        (refusing("live.css"), {}, {}, r"refuses live\.css \(403\)"),
        (login_page("live.js"), {}, {}, r"place of live\.js came a page"),
        # not even the script that explains is read here
        (
            None,
            {".js": "text/plain"},
            {"X-Content-Type-Options": "nosniff"},
            r"buttons of the cells have not come.*text/javascript",
        ),
        (refusing(".js"), {}, {}, r"buttons of the cells have not come.*end in \.js"),
    ],
)
def test_a_page_whose_scripts_are_refused_says_so(visitor, site, rule, types, sent, said):
    with host(site.root, rule, types=types, sent=sent) as base:
        visit(visitor, base)
        words = visitor.locator("main > .trouble").filter(has_text=re.compile(said))
        expect(words).to_have_css("visibility", "visible", timeout=PROMISED)
        assert words.bounding_box()["height"] > 20


def test_the_editor_s_file_is_named_when_it_is_refused(visitor, site):
    def rule(handler) -> bool:
        return "/editor-" in handler.path and refusing(".js")(handler)

    with host(site.root, rule) as base:
        visit(visitor, base)
        answer = cell(visitor, "Exercise 04.1")
        answer.scroll_into_view_if_needed()
        expect(answer.locator(".live-says")).to_have_text(
            re.compile(r"refuses editor-\w+\.js \(403\)"), timeout=PROMISED
        )


def test_opened_as_a_file_it_says_how_to_open_it(visitor, site):
    visitor.goto((site.root / f"exercises/{SLUG}.html").as_uri())
    words = visitor.locator("main > .trouble:not(.missing)")
    expect(words).to_contain_text("python3 -m http.server")


# Nothing leaves, on any host ------------------------------------------------------------------


# Each a way out of the page: `here` is the course's own address, `there` another host's.
WAYS_OUT = {
    "open_url": 'open_url("{there}/open_url")',
    "fetch": 'js.fetch("{there}/fetch")',
    "socket": 'js.WebSocket.new("{socket}/socket")',
    "events": 'js.EventSource.new("{there}/events")',
    "import": 'js.importScripts("{there}/import")',
    "worker from a text": "js.Worker.new(blob)",
    "worker from the site": 'js.Worker.new("{here}/_static/first.js")',
    "worker from there": 'js.Worker.new("{there}/worker")',
    "worker from data": 'js.Worker.new("data:text/javascript," + nested)',
}
GETTING_OUT = """
import js
from pyodide.ffi import to_js
from pyodide.http import open_url
script = to_js({{"type": "text/javascript"}}, dict_converter=js.Object.fromEntries)
nested = 'fetch("{there}/nested", {{mode: "no-cors"}})'
blob = js.URL.createObjectURL(js.Blob.new(to_js([nested]), script))
"""
ONE_WAY = """
try:
    {way}
except Exception as error:
    print("{name} refused:", type(error).__name__)
else:
    print("{name} tried")
"""


def getting_out(here: str, there: str) -> dict[str, str]:
    """Return the code that tries each way out, by its name; what comes first is for all."""
    tries = {name: ONE_WAY.replace("{name}", name) for name in WAYS_OUT}
    tries = {name: code.replace("{way}", WAYS_OUT[name]) for name, code in tries.items()}
    places = {"here": here, "there": there, "socket": there.replace("http", "ws")}
    return {name: (GETTING_OUT + code).format(**places) for name, code in tries.items()}


@pytest.mark.parametrize("kind", ["plain", "ours"])
def test_python_reaches_no_other_host(visitor, site, kind):
    with foreign() as (there, asked), host(site.root) as plain:
        base = plain if kind == "plain" else site.url
        visit(visitor, base)
        answer = cell(visitor, "Exercise 04.1")
        workers = []
        visitor.on("worker", lambda worker: workers.append(worker.url))
        run(answer, "\n".join(getting_out(base, there).values()))
        # a policy refuses most of these later, when nobody waits: what counts is what came there
        told = answer.locator(".live-output").inner_text()
        assert re.search(r"^open_url refused", told, re.MULTILINE)
        assert {"fetch tried", "worker from a text tried"} <= set(told.splitlines())
        visitor.wait_for_timeout(2_000)
        assert asked == []
        assert [url for url in workers if not url.startswith("blob:")] == []
        # the foreign host would have answered
        assert visitor.request.get(f"{there}/seen").ok
        assert asked == ["/seen"]


# In the page of a learning platform -----------------------------------------------------------


def test_framed_by_a_platform_it_works_where_the_header_allows(visitor, site, tmp_path):
    with host(site.root) as course:
        (tmp_path / "index.html").write_text(
            f'<title>Platform</title><iframe title="Course" width="900" height="700" '
            f'src="{course}/exercises/{SLUG}.html"></iframe>'
        )
        with host(tmp_path) as platform:
            visitor.goto(platform.replace("localhost", "127.0.0.1"))
            frame = visitor.frame_locator("iframe")
            answer = frame.locator(".cell.live").filter(
                has=frame.get_by_role("group", name="Exercise 04.1", exact=True)
            )
            answer.scroll_into_view_if_needed()
            answer.locator(".cm-content").fill("6 * 7")
            answer.get_by_role("button", name="Run", exact=True).click()
            expect(answer.locator(".live-output")).to_have_text("42", timeout=60_000)
    # the course's own server lets nobody else frame it
    refused = visitor.request.get(f"{site.url}/exercises/{SLUG}.html")
    assert "frame-ancestors 'self'" in refused.headers["content-security-policy"]


def test_storage_that_a_frame_is_refused_is_told_at_the_first_key(visitor, site, tmp_path):
    with host(site.root) as course:
        (tmp_path / "index.html").write_text(
            '<title>Platform</title><iframe title="Course" width="900" height="700" '
            f'sandbox="allow-scripts" src="{course}/exercises/{SLUG}.html"></iframe>'
        )
        with host(tmp_path) as platform:
            visitor.goto(platform)
            frame = visitor.frame_locator("iframe")
            words = frame.locator("main > .trouble:not(.missing)")
            expect(words).to_contain_text("allow-same-origin")


def test_the_loader_says_how_much_has_come(chromium, site):
    """On a slow line it tells what is loading, how much of how much, and that it is once."""
    context = chromium.new_context()
    page = context.new_page()
    session = context.new_cdp_session(page)
    visit(page, site.url)
    session.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 50, "downloadThroughput": 50_000, "uploadThroughput": 50_000},
    )
    with host(site.root, slowly) as base:
        visit(page, base)
        answer = cell(page, "Exercise 04.1")
        answer.get_by_role("button", name="Run", exact=True).click()
        load = page.locator(".live-load").filter(has_text=re.compile(r"\d\.\d of \d+\.\d MB"))
        expect(load.first).to_contain_text("On a slow line this takes minutes, once")
        expect(page.locator(".live-says").filter(has_text="Loading Python").first).to_be_visible()
    context.close()


def slowly(handler) -> bool:
    if handler.path.endswith(".wasm"):
        time.sleep(3)
    return False


def test_a_long_text_is_told_at_typing_and_can_be_saved(visitor, site):
    visit(visitor, site.url)
    answer = cell(visitor, "Exercise 04.1")
    write(answer, "x = '" + "y" * 50_001 + "'")
    expect(answer.locator(".live-notice")).to_contain_text("too long to be kept here")
    with visitor.expect_download() as download:
        answer.get_by_role("button", name="Save my work to a file", exact=True).click()
    assert Path(download.value.path()).stat().st_size > 50_000
    write(answer, "x = 'y'")
    expect(answer.locator(".live-notice")).to_have_text("")
