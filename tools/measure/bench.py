"""Measure how fast Python starts, and what a check costs. Writes the start into book/benchmark.md.

Four set-ups are timed in one run, each five times in a fresh browser profile: the page and
JupyterLite, each with the compiled runtime of the course and with the runtime as released.
"""

import functools
import json
import os
import shutil
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
from playwright.sync_api import BrowserContext, Playwright, sync_playwright

from tools.common import chromium
from tools.common.paths import BUILD, ROOT, SITE
from tools.common.recorded import occasion, record
from tools.measure import checks
from tools.runtime import compiled, lock, sources
from tools.site import lite
from tools.site.build import build
from tools.site.server import server

ROUNDS = 5
PAGE = ROOT / "book" / "benchmark.md"
NOTEBOOK = "exercises/04-eradication-and-replanting"
NAME = "Setup 2"  # loads two tables and shows one
CODE = 'import pandas as pd\npd.DataFrame({"year": [2012, 2013], "area_ha": [60400, 49800]})'
PATIENCE = 120_000
# A reader who saves data starts Python by a click, so that the click starts the clock.
SAVES_DATA = "Object.defineProperty(navigator, 'connection', {value: {saveData: true}})"

Times = dict[str, list[float]]


# The set-ups -----------------------------------------------------------------------------------


def released_runtime(folder: Path) -> None:
    """Fill a folder with Pyodide and its packages as released, the toolkit uncompiled."""
    wheels = [*sources.fetch_all(False), lite.course_wheel()]
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for path in [*sources.core_files(), *wheels]:
        os.link(path, folder / path.name)
    later = [*sources.manifest()["slim"]["not_loaded"], *compiled.COURSE_LATER]
    packages = lock.entries([folder / wheel.name for wheel in wheels], later)
    lock.write_lock(folder, sources.manifest()["lock"], packages)


def copy_site(folder: Path) -> Path:
    """Copy the site without bytes, by hard links; return where its runtime is."""
    shutil.copytree(SITE, folder, copy_function=os.link)
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(CODE)],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
    )
    replace(folder / "lite" / "files" / f"{NOTEBOOK}.ipynb", nbformat.writes(notebook))
    return next((folder / "runtime").iterdir())


def replace(path: Path, text: str) -> None:
    """Write a file anew, and not through a hard link into the site."""
    path.unlink()
    path.write_text(text, "utf-8")


def make_stock(folder: Path) -> None:
    """Turn a copy of the site into one with the released runtime and JupyterLite's defaults."""
    released_runtime(copy_site(folder))
    for path in (folder / "lite").rglob("jupyter-lite.json"):
        settings = json.loads(path.read_text("utf-8"))
        plugins = settings.get("jupyter-config-data", {}).get("litePluginSettings", {})
        if plugins.get(lite.KERNEL, {}).pop("loadPyodideOptions", None):
            replace(path, json.dumps(settings))


# The clock -------------------------------------------------------------------------------------

CLICK = """
(name) => new Promise((resolve, reject) => {
  setTimeout(() => reject(new Error("no table within two minutes")), 120_000);
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
    page.goto(f"{site}/{NOTEBOOK}.html")
    cell = page.get_by_role("group", name=NAME, exact=True)
    cell.scroll_into_view_if_needed()
    if early:
        page.get_by_text("Ready", exact=True).wait_for(timeout=PATIENCE)
        page.wait_for_load_state("networkidle")
    seconds = page.evaluate(CLICK, NAME)
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
    page.locator(".jp-OutputArea-output table").first.wait_for()
    seconds = time.perf_counter() - begin
    page.close()
    return seconds


def measure(sites: dict[str, str]) -> tuple[dict[str, Times], str]:
    """Time every set-up; return the seconds by set-up and visit, and the browser's version."""
    setups: dict[str, Callable[[BrowserContext], float]] = {}
    for kind, address in sites.items():
        setups[f"page, {kind}"] = functools.partial(click_to_table, site=address)
        setups[f"JupyterLite, {kind}"] = functools.partial(open_to_table, site=address)
    setups["page, early"] = functools.partial(click_to_table, site=sites["compiled"], early=True)
    times: dict[str, Times] = {name: {"cold": [], "warm": []} for name in setups}
    with sync_playwright() as playwright:
        for number in range(1, ROUNDS + 1):
            for name, timed in setups.items():
                with profile(playwright) as context:
                    first, _, third = (timed(context) for _ in range(3))
                times[name]["cold"].append(first)
                times[name]["warm"].append(third)
                print(f"{number}/{ROUNDS} {name}: {first:.2f} cold, {third:.2f} warm", flush=True)
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.flags())
        version = browser.version
        browser.close()
    return times, version


@contextmanager
def profile(playwright: Playwright) -> Iterator[BrowserContext]:
    """Give a browser with a profile of its own on disk, as a reader has."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        context = playwright.chromium.launch_persistent_context(
            folder, executable_path=chromium.find(), args=chromium.flags()
        )
        yield context
        context.close()


# The report ------------------------------------------------------------------------------------


def report(times: dict[str, Times], version: str) -> str:
    """Return the table and the ratios in Markdown."""
    median = {
        name: {visit: statistics.median(seconds) for visit, seconds in visits.items()}
        for name, visits in times.items()
    }
    rows = [
        ("Page, Python started while the reader scrolls", "page, early"),
        ("Page, compiled runtime", "page, compiled"),
        ("Page, runtime as released", "page, released"),
        ("JupyterLite, compiled runtime", "JupyterLite, compiled"),
        ("JupyterLite, runtime as released and its own settings", "JupyterLite, released"),
    ]
    lines = ["| Until the first table | first visit | third visit |", "|---|---:|---:|"]
    lines += [
        f"| {label} | {median[name]['cold']:.2f} s | {median[name]['warm']:.2f} s |"
        for label, name in rows
    ]

    def ratio(above: str, below: str, visit: str) -> float:
        return median[above][visit] / median[below][visit]

    page, stock = "page, compiled", "page, released"
    notebook, stock_notebook = "JupyterLite, compiled", "JupyterLite, released"
    targets = [
        ("Page, compiled to released, first visit", page, stock, "cold", 0.5),
        ("The same, third visit", page, stock, "warm", 0.45),
        ("Page to JupyterLite as released, first visit", page, stock_notebook, "cold", 0.3),
        ("JupyterLite, compiled to released, first visit", notebook, stock_notebook, "cold", 0.65),
    ]
    lines += ["", "| Compared | measured | at most |", "|---|---:|---:|"]
    lines += [
        f"| {label} | {ratio(above, below, visit):.2f} | {most} |"
        for label, above, below, visit, most in targets
    ]
    early = max(median["page, early"].values())
    lines.append(f"| Page, Python started while the reader scrolls | {early:.2f} s | 0.2 s |")
    head = f"{occasion()}, Chromium {version}. Medians of {ROUNDS}."
    return "\n".join([head, "", *lines])


def main() -> None:
    """Measure the start of Python and write it into the page on speed; print what checks cost."""
    build()
    with tempfile.TemporaryDirectory(dir=BUILD, ignore_cleanup_errors=True) as folder:
        compiled, released = Path(folder) / "compiled", Path(folder) / "released"
        copy_site(compiled)
        make_stock(released)
        sites = {}
        for kind, root in {"compiled": compiled, "released": released}.items():
            httpd = server(root, 0)
            threading.Thread(target=httpd.serve_forever, daemon=True).start()
            sites[kind] = f"http://localhost:{httpd.server_address[1]}"
        text = report(*measure(sites))
    record(PAGE, "start", text)
    print(text)
    print(checks.report(checks.measure()))
