"""Measure how fast Python starts, its bytes, and what a check costs. Writes book/benchmark.md.

The page and JupyterLite are each timed with the runtime of the course and with Pyodide as released,
in one run, five times each, in a fresh browser profile; then the page over a slow line. What
`--only` leaves out is not measured, and then nothing is written.
"""

import functools
import json
import os
import re
import shutil
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from http.server import ThreadingHTTPServer
from pathlib import Path

import nbformat
from playwright.sync_api import (
    BrowserContext,
    Locator,
    Page,
    Playwright,
    Request,
    sync_playwright,
)

from tools.common import chromium
from tools.common.files import csv_text, write
from tools.common.paths import BUILD, ROOT, SITE
from tools.common.recorded import occasion, record
from tools.measure import checks
from tools.measure.load import travelled
from tools.pages.status import HISTORY, MEASURED, history
from tools.runtime import lock, sources
from tools.site import lite, web
from tools.site.build import build
from tools.site.server import Handler, Server, server

ROUNDS = 5
PAGE = ROOT / "book" / "benchmark.md"
NOTEBOOK = "exercises/04-eradication-and-replanting"
NAME = "Setup 2"  # loads two tables and shows one
CODE = 'import pandas as pd\npd.DataFrame({"year": [2012, 2013], "area_ha": [60400, 49800]})'
FIGURE = "import matplotlib.pyplot as plt\nplt.plot([1, 2], [3, 4])"
PATIENCE = 600_000
# A reader who saves data starts Python by a click, so that the click starts the clock.
SAVES_DATA = "Object.defineProperty(navigator, 'connection', {value: {saveData: true}})"
# Bits a second of a slow line, and how often it is tried.
SLOW = {"5 Mbit/s": (5e6, 3), "1 Mbit/s": (1e6, 1)}
# What the toolkit needs only for figures.
COURSE_LATER = ["ipywidgets", "matplotlib"]

Times = dict[str, list[float]]


# The set-ups -----------------------------------------------------------------------------------


def released_runtime(folder: Path) -> None:
    """Fill a folder with Pyodide and its packages as released, the toolkit uncompiled."""
    wheels = [*sources.fetch_all(False), lite.course_wheel()]
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for path in [*sources.core_files(), *wheels]:
        os.link(path, folder / path.name)
    later = [*sources.manifest()["slim"]["not_loaded"], *COURSE_LATER]
    packages = lock.entries([folder / wheel.name for wheel in wheels], later)
    lock.write_lock(folder, sources.manifest()["lock"], packages)


def copy_site(folder: Path) -> Path:
    """Copy the site without bytes, by hard links; return where its pages look for Python."""
    shutil.copytree(SITE, folder, copy_function=os.link)
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(CODE)],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
    )
    replace(folder / "lite" / "files" / f"{NOTEBOOK}.ipynb", nbformat.writes(notebook))
    return next((folder / "runtime").glob("*-*"))


def replace(path: Path, text: str) -> None:
    """Write a file anew, and not through a hard link into the site."""
    path.unlink()
    path.write_text(text, "utf-8")


def make_stock(folder: Path) -> None:
    """Turn a copy of the site into one with the released runtime and JupyterLite's defaults."""
    runtime = copy_site(folder)
    released_runtime(runtime)
    for path in (folder / "lite").rglob("jupyter-lite.json"):
        settings = json.loads(path.read_text("utf-8"))
        plugins = settings.get("jupyter-config-data", {}).get("litePluginSettings", {})
        if plugins.get(lite.KERNEL, {}).pop("loadPyodideOptions", None):
            # JupyterLite completes only an address that begins with "./".
            plugins[lite.KERNEL]["pyodideUrl"] = f"./../runtime/{runtime.name}/pyodide.mjs"
            replace(path, json.dumps(settings))
    with tempfile.TemporaryDirectory() as work:
        theme, made = Path(work) / "theme", Path(work) / "made"
        shutil.copytree(web.THEME, theme)
        shutil.copy(Path(__file__).with_name("released.js"), theme / "live" / "library.js")
        web.bundle_into(made, theme, runtime.name, {"archives": 0, "compiled": 0})
        for path in filter(Path.is_file, made.iterdir()):
            (folder / "_static" / "live" / path.name).unlink(missing_ok=True)
            shutil.copy(path, folder / "_static" / "live")


class SlowLine:
    """A line that all answers of a server share."""

    def __init__(self, bits: float) -> None:
        self._bytes_a_second = bits / 8
        self._turn = threading.Lock()
        self._free = 0.0

    def take(self, size: int) -> None:
        """Wait until so many bytes have passed."""
        with self._turn:
            begin = max(time.monotonic(), self._free)
            self._free = begin + size / self._bytes_a_second
            until = self._free
        time.sleep(max(0.0, until - time.monotonic()))


def slow_server(folder: Path, bits: float) -> Server:
    """Return a server behind a slow line."""
    line = SlowLine(bits)

    class Slow(Handler):
        def setup(self) -> None:
            super().setup()
            send = self.wfile.write

            def slowly(content: bytes) -> int:
                for at in range(0, len(content), 16_384):
                    line.take(len(content[at : at + 16_384]))
                    send(content[at : at + 16_384])
                return len(content)

            self.wfile.write = slowly  # type: ignore[method-assign, assignment]

    return Server(("127.0.0.1", 0), lambda *args: Slow(*args, directory=os.fspath(folder)))


# The clock -------------------------------------------------------------------------------------

CLICK = """
(name) => new Promise((resolve, reject) => {
  setTimeout(() => reject(new Error("no table within ten minutes")), 600_000);
  const cell = document.querySelector(`[role=group][aria-label="${name}"]`).closest(".cell");
  const begin = performance.now();
  new MutationObserver((_, observer) => {
    if (!cell.querySelector(".live-output table")) return;
    observer.disconnect();
    resolve((performance.now() - begin) / 1000);
  }).observe(cell, { childList: true, subtree: true });
  [...cell.querySelectorAll("button")].find((button) => button.textContent === "Run").click();
})
"""


def click_to_table(context: BrowserContext, site: str, *, early: bool = False) -> float:
    """Return the seconds from a click on Run to the first table on a page of the book.

    Parameters
    ----------
    early
        Let Python start while the reader comes to the cell, and click when it is ready.
    """
    page = context.new_page()
    if not early:
        page.add_init_script(SAVES_DATA)
    page.goto(f"{site}/{NOTEBOOK}.html", timeout=PATIENCE)
    cell = page.get_by_role("group", name=NAME, exact=True)
    cell.scroll_into_view_if_needed()
    if early:
        page.get_by_text("Ready", exact=True).wait_for(timeout=PATIENCE)
        page.wait_for_load_state("networkidle")
    seconds = float(page.evaluate(CLICK, NAME))
    page.close()
    return seconds


def open_to_table(context: BrowserContext, site: str) -> float:
    """Return the seconds from opening a notebook in JupyterLite to its first table."""
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    begin = time.perf_counter()
    page.goto(f"{site}/lite/notebooks/index.html?path={NOTEBOOK}.ipynb")
    page.locator(".jp-CodeCell .cm-content").first.click()
    page.keyboard.press("Shift+Enter")
    table = page.locator(".jp-OutputArea-output table").first
    prompt = page.locator(".jp-CodeCell .jp-InputPrompt").first
    # JupyterLite may drop a run that comes before its kernel is there
    while not table.is_visible():
        page.wait_for_timeout(50)
        idle = page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").count()
        if idle and prompt.inner_text().strip() in ("[ ]:", ""):
            page.locator(".jp-CodeCell .cm-content").first.click()
            page.keyboard.press("Shift+Enter")
            page.wait_for_timeout(1_000)
    seconds = time.perf_counter() - begin
    page.close()
    return seconds


@contextmanager
def profile(playwright: Playwright) -> Iterator[BrowserContext]:
    """Give a browser with a profile of its own on disk, as a reader has."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        context = playwright.chromium.launch_persistent_context(
            folder, executable_path=chromium.find(), args=chromium.flags()
        )
        yield context
        context.close()


def chosen(only: str | None) -> Callable[[str], bool]:
    """Return which set-ups are measured."""
    if only == "stock":
        return lambda name: name.endswith("released")
    kind = {"page": "page", "lite": "JupyterLite"}.get(only or "", "")
    return lambda name: not only or (name.startswith(kind) and not name.endswith("released"))


def measure(playwright: Playwright, sites: Mapping[str, str], only: str | None) -> dict[str, Times]:
    """Time every set-up on its first and third visit."""
    setups: dict[str, Callable[[BrowserContext], float]] = {}
    for kind, address in sites.items():
        setups[f"page, {kind}"] = functools.partial(click_to_table, site=address)
        setups[f"JupyterLite, {kind}"] = functools.partial(open_to_table, site=address)
    setups["page, early"] = functools.partial(click_to_table, site=sites["compiled"], early=True)
    setups = {name: timed for name, timed in setups.items() if chosen(only)(name)}
    times: dict[str, Times] = {name: {"cold": [], "warm": []} for name in setups}
    for number in range(1, ROUNDS + 1):
        for name, timed in setups.items():
            with profile(playwright) as context:
                first, _, third = (timed(context) for _ in range(3))
            times[name]["cold"].append(first)
            times[name]["warm"].append(third)
            print(f"{number}/{ROUNDS} {name}: {first:.2f} cold, {third:.2f} warm", flush=True)
    return times


def over_a_slow_line(
    playwright: Playwright, roots: Mapping[str, Path], only: str | None
) -> dict[str, Times]:
    """Time a first visit of the page over slow lines, by line and runtime."""
    times: dict[str, Times] = {}
    for line, (bits, rounds) in SLOW.items():
        times[line] = {kind: [] for kind in roots if chosen(only)(f"page, {kind}")}
        for _ in range(rounds):
            for kind in times[line]:
                with served(slow_server(roots[kind], bits)) as site, profile(playwright) as context:
                    times[line][kind].append(click_to_table(context, site))
                print(f"{line}, page, {kind}: {times[line][kind][-1]:.1f}", flush=True)
    return times


# Bytes -----------------------------------------------------------------------------------------


def fetched(playwright: Playwright, site: str) -> dict[str, int]:
    """Return the bytes of a first visit: until the table, for a figure then, and at a return."""
    found = {}
    with profile(playwright) as context:
        page = context.new_page()
        page.add_init_script(SAVES_DATA)
        requests: list[Request] = []
        page.on("requestfinished", lambda request: requests.append(request))
        page.goto(f"{site}/{NOTEBOOK}.html", wait_until="networkidle")
        requests.clear()  # the page itself
        page.evaluate(CLICK, NAME)
        found["table"] = taken(page, requests)
        cell = first_answer(page)
        cell.locator(".cm-content").fill(FIGURE)
        cell.get_by_role("button", name="Run", exact=True).click()
        page.locator(".live-output svg").first.wait_for(timeout=PATIENCE)
        found["figure"] = taken(page, requests)
    return found


def first_answer(page: Page) -> Locator:
    """Return the cell of the first task, with its editor in view."""
    named = page.get_by_role("group", name="Exercise 04.1", exact=True)
    cell = page.locator(".cell.live").filter(has=named)
    cell.scroll_into_view_if_needed()
    edit = cell.get_by_role("button", name="Edit", exact=True)
    if edit.is_visible():  # who saves data opens the editor by hand
        edit.click()
    return cell


def taken(page: Page, requests: list[Request]) -> int:
    """Return the bytes of what has been fetched since the last time."""
    page.wait_for_load_state("networkidle")
    size = sum(travelled(one) for one in requests if one.url.startswith("http"))
    requests.clear()
    return size


# Memory ----------------------------------------------------------------------------------------


def memory(playwright: Playwright, site: str) -> dict[str, int]:
    """Return the most memory that the page's process has held, in MB: read, a table, a figure.

    Linux tells it of each process; elsewhere nothing is returned.
    """
    browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.flags())
    session = browser.new_browser_cdp_session()

    def most() -> int:
        said = session.send("SystemInfo.getProcessInfo")["processInfo"]
        pages = [one["id"] for one in said if one["type"] == "renderer"]
        states = [Path(f"/proc/{number}/status") for number in pages]
        texts = [state.read_text("utf-8") for state in states if state.exists()]
        held = [re.search(r"VmHWM:\s+(\d+) kB", text) for text in texts]
        return max((int(one[1]) // 1000 for one in held if one), default=0)

    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.add_init_script(SAVES_DATA)
    page.goto(f"{site}/{NOTEBOOK}.html", wait_until="networkidle")
    found = {"read": most()}
    cell = first_answer(page)
    for name, code, shown in (("table", CODE, "table"), ("figure", FIGURE, "svg")):
        cell.locator(".cm-content").fill(code)
        cell.get_by_role("button", name="Run", exact=True).click()
        cell.locator(f".live-output {shown}").first.wait_for(timeout=PATIENCE)
        found[name] = most()
    browser.close()
    return found if found["read"] else {}


# The report ------------------------------------------------------------------------------------


def report(
    times: Mapping[str, Times],
    slow: Mapping[str, Times],
    sizes: Mapping[str, Mapping[str, int]],
    held: Mapping[str, int],
    version: str,
) -> tuple[str, dict[str, float]]:
    """Return the tables in Markdown, and the ratios that the status page follows."""
    median = {
        name: {visit: statistics.median(seconds) for visit, seconds in visits.items()}
        for name, visits in times.items()
    }
    labels = {
        "page, early": "Page, Python started while the reader scrolls",
        "page, compiled": "Page, the course's runtime",
        "page, released": "Page, runtime as released",
        "JupyterLite, compiled": "JupyterLite, the course's runtime",
        "JupyterLite, released": "JupyterLite, runtime as released and its own settings",
    }
    lines = ["| Until the first table | first visit | third visit |", "|---|---:|---:|"]
    lines += [
        f"| {labels[name]} | {one['cold']:.2f} s | {one['warm']:.2f} s |"
        for name, one in sorted(median.items(), key=lambda item: list(labels).index(item[0]))
    ]
    for line, kinds in slow.items():
        lines += [
            f"| {labels[f'page, {kind}']}, {line} | {statistics.median(seconds):.1f} s | |"
            for kind, seconds in kinds.items()
        ]
    lines += ["", "| Fetched | until the table | for a figure then |", "|---|---:|---:|"]
    lines += [
        f"| {labels[f'page, {kind}']} | {one['table'] / 1e6:.1f} MB "
        f"| {one['figure'] / 1e6:.1f} MB |"
        for kind, one in sizes.items()
    ]
    if held:
        lines += ["", "| At most held by the page's process | as it is read | table | figure |"]
        lines += ["|---|---:|---:|---:|"]
        lines.append(
            f"| {labels['page, compiled']} | " + " | ".join(f"{m} MB" for m in held.values()) + " |"
        )
    pairs = {"page": "Page", "JupyterLite": "JupyterLite"}
    found: dict[str, float] = {}
    for place in pairs:
        if {f"{place}, compiled", f"{place}, released"} <= set(median):
            ours, stock = median[f"{place}, compiled"], median[f"{place}, released"]
            for visit in ("cold", "warm"):
                found[f"{place}_{visit}".lower()] = ours[visit] / stock[visit]
    for line, kinds in slow.items():
        if {"compiled", "released"} <= set(kinds):
            ratio = statistics.median(kinds["compiled"]) / statistics.median(kinds["released"])
            found[f"page_{line.split()[0]}_mbit"] = ratio
    if "compiled" in sizes:
        found["table_mb"] = sizes["compiled"]["table"] / 1e6
        found["figure_mb"] = sizes["compiled"]["figure"] / 1e6
    lines += ["", "| Compared | measured | at most |", "|---|---:|---:|"]
    lines += [
        f"| {MEASURED[name].title} | {value:.2f} | {MEASURED[name].most} |"
        for name, value in found.items()
    ]
    if "page, early" in median:
        early = max(median["page, early"].values())
        lines.append(f"| {labels['page, early']} | {early:.2f} s | 0.2 s |")
    head = f"{occasion()}, Chromium {version}. Medians of {ROUNDS}; of fewer over a slow line."
    return "\n".join([head, "", *lines]), found


def remember(found: Mapping[str, float]) -> None:
    """Add a row to what the status page shows."""
    today = {"date": date.today().isoformat()} | {key: f"{v:.2f}" for key, v in found.items()}
    rows = [row for row in history() if row["date"] != today["date"]] + [today]
    columns = ["date", *MEASURED]
    write(HISTORY, csv_text(columns, ([row.get(one, "") for one in columns] for row in rows)))


@contextmanager
def served(httpd: ThreadingHTTPServer) -> Iterator[str]:
    """Run a server; give its address."""
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    yield f"http://localhost:{httpd.server_address[1]}"
    httpd.shutdown()


def main(only: str | None = None) -> None:
    """Measure the start of Python; write it into the page on speed, unless only a part is asked."""
    build()
    with tempfile.TemporaryDirectory(dir=BUILD, ignore_cleanup_errors=True) as folder:
        roots = {kind: Path(folder) / kind for kind in ("compiled", "released")}
        copy_site(roots["compiled"])
        make_stock(roots["released"])
        with (
            served(server(roots["compiled"], 0)) as ours,
            served(server(roots["released"], 0)) as stock,
            sync_playwright() as playwright,
        ):
            sites = {"compiled": ours, "released": stock}
            times = measure(playwright, sites, only)
            slow = {} if only == "lite" else over_a_slow_line(playwright, roots, only)
            pages = [] if only == "lite" else [k for k in sites if chosen(only)(f"page, {k}")]
            sizes = {kind: fetched(playwright, sites[kind]) for kind in pages}
            held = memory(playwright, ours) if pages else {}
            browser = playwright.chromium.launch(
                executable_path=chromium.find(), args=chromium.flags()
            )
            version = browser.version
            browser.close()
        text, found = report(times, slow, sizes, held, version)
    if not only:
        record(PAGE, "start", text)
        remember(found)
    print(text)
    if not only:
        print(checks.report(checks.measure()))
