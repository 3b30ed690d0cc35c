"""Measure what Check costs beyond the answer's own time, at every task."""

import json
import statistics
import threading

from playwright.sync_api import BrowserContext, sync_playwright

from tools.common import chromium
from tools.common.paths import SITE, exercises
from tools.common.recorded import occasion
from tools.content.stage import tasks_of
from tools.site.server import server

ROUNDS = 3
MOST = 0.3  # seconds

# Press a button of a cell and return the seconds until Python has answered.
PRESS = """
([name, label]) => new Promise((resolve, reject) => {
  setTimeout(() => reject(new Error(`${name}: no answer to ${label} within a minute`)), 60_000);
  const cell = document.querySelector(`[role=group][aria-label="${name}"]`).closest(".cell");
  const button = [...cell.querySelectorAll("button")].find((one) => one.textContent === label);
  const says = cell.querySelector(".live-says");
  const begin = performance.now();
  const observer = new MutationObserver(() => {
    if (!/^(Done|Error|This cell needs)/.test(says.textContent)) return;
    observer.disconnect();
    resolve([(performance.now() - begin) / 1000, says.textContent]);
  });
  says.textContent = "";
  observer.observe(says, { childList: true, characterData: true, subtree: true });
  button.click();
})
"""


def of_page(context: BrowserContext, site: str, slug: str) -> dict[str, float]:
    """Return the seconds that the first Check of each solution takes longer than its Run."""
    kept = json.loads((SITE / f"_static/solutions/{slug[:2]}.json").read_text("utf-8"))
    solutions = {task.id: kept[task.id] for task in tasks_of(slug[:2])}  # no turn of the lesson
    page = context.new_page()
    work = {
        f"course:/:work:{task}": json.dumps(
            {"text": one["code"], "version": "1", "saved": 1, "status": "tried", "others": []}
        )
        for task, one in solutions.items()
    }
    page.add_init_script(f"Object.assign(localStorage, {json.dumps(work)})")
    page.goto(f"{site}/exercises/{slug}.html")
    page.get_by_role(
        "group", name=f"Exercise {slug[:2]}.1", exact=True
    ).scroll_into_view_if_needed()
    page.get_by_text("Ready", exact=True).first.wait_for(timeout=120_000)
    page.wait_for_load_state("networkidle")
    seconds = {}
    for task in solutions:
        name = f"Exercise {task}"
        page.get_by_role("group", name=name, exact=True).scroll_into_view_if_needed()
        page.wait_for_timeout(300)  # its editor has opened
        page.evaluate(PRESS, [name, "Run"])  # the cells above have run, its own imports are there
        own, _ = page.evaluate(PRESS, [name, "Run"])
        whole, said = page.evaluate(PRESS, [name, "Check"])
        if not said.startswith("Done"):
            raise RuntimeError(f"{name} says {said}")
        seconds[task] = whole - own
    page.close()
    return seconds


def measure() -> dict[str, float]:
    """Return for each task the median of what its first Check costs, in seconds."""
    httpd = server(SITE, 0)
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    site = f"http://localhost:{httpd.server_address[1]}"
    times: dict[str, list[float]] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.flags())
        for _ in range(ROUNDS):
            for path in exercises():
                context = browser.new_context()
                for task, seconds in of_page(context, site, path.stem).items():
                    times.setdefault(task, []).append(seconds)
                context.close()
        browser.close()
    httpd.shutdown()
    return {task: statistics.median(seconds) for task, seconds in times.items()}


def report(seconds: dict[str, float]) -> str:
    """Return the median, the maximum and the slowest tasks in Markdown."""
    slowest = sorted(seconds, key=seconds.__getitem__, reverse=True)[:5]
    middle, most = statistics.median(seconds.values()), seconds[slowest[0]]
    named = ", ".join(f"{task} {seconds[task]:.2f} s" for task in slowest)
    return (
        f"{occasion()}. Medians of {ROUNDS}.\n\n"
        f"| First Check of {len(seconds)} solutions | beyond the cell's own time | at most |\n"
        "|---|---:|---:|\n"
        f"| Median | {middle:.2f} s | {MOST} s |\n"
        f"| Maximum | {most:.2f} s | {MOST} s |\n\n"
        f"The slowest: {named}."
    )
