"""Measure what a student fetches and what one machine serves.

Chromium records the requests of a first visit; wrk then asks nginx for the same mix as fast as it
answers, on this machine and for a fixed time, and takes what a browser takes over https. Both come
from the system (Debian: ``apt-get install wrk nginx-light``). The result goes to the page on
running the course.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page, Request, sync_playwright

from tools.common import chromium
from tools.common.errors import UserError
from tools.common.paths import ROOT, notebooks
from tools.common.policy import policy_of
from tools.common.recorded import occasion, record
from tools.site.build import build
from tools.site.server import server

PAGE = ROOT / "book" / "running-the-course.md"
SLUG = "04-eradication-and-replanting"
CONNECTIONS, SECONDS, PORT = 100, 20, 8890
PATIENCE = 120_000
LESSONS = len(notebooks()) // 2
# What a host should do; the page on running the course shows the same lines.
NGINX = ROOT / "tools" / "site" / "nginx.conf"
WRK = """
local paths = {%s}
local at = 0
request = function()
  at = at %% #paths + 1
  return wrk.format("GET", paths[at], {["Accept-Encoding"] = "gzip, br"})
end
"""


def visits(site: Path) -> dict[str, list[tuple[str, int]]]:
    """Return, for each step of a first day, the paths fetched and their bytes as they travel."""
    httpd = server(site, 0)
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    base = f"http://localhost:{httpd.server_address[1]}"
    found = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.flags())
        page = browser.new_page()
        requests = []
        page.on("requestfinished", lambda request: requests.append(request))
        for name, action in {
            "A lesson, read": read_lesson,
            "Its exercise, Python started": start_python,
            "A second lesson": second_lesson,
        }.items():
            requests.clear()
            action(page, base)
            fetched = [one for one in requests if one.url.startswith(base)]  # no blob of the page's
            found[name] = [(urlsplit(one.url).path, travelled(one)) for one in fetched]
        browser.close()
    httpd.shutdown()
    return found


def travelled(request: Request) -> int:
    """Return the bytes of an answer on its way, headers and compressed body."""
    sizes = request.sizes()
    return sizes["responseHeadersSize"] + sizes["responseBodySize"]


def read_lesson(page: Page, base: str) -> None:
    """Open a lesson and read it, without starting Python."""
    page.add_init_script(
        "Object.defineProperty(navigator, 'connection', {value: {saveData: true}})"
    )
    page.goto(f"{base}/notebooks/{SLUG}.html", wait_until="networkidle")


def start_python(page: Page, base: str) -> None:
    """Open an exercise and run its first cell."""
    page.goto(f"{base}/exercises/{SLUG}.html", wait_until="networkidle")
    group = page.get_by_role("group", name="Exercise 04.1", exact=True)
    group.get_by_role("button", name="Run", exact=True).click()
    cell = page.locator(".cell.live", has=group)
    cell.locator(".live-says", has_text=re.compile("Done|Error")).wait_for(timeout=PATIENCE)
    page.wait_for_load_state("networkidle")


def second_lesson(page: Page, base: str) -> None:
    """Open another lesson."""
    page.goto(f"{base}/notebooks/05-balloons-and-causal-claims.html", wait_until="networkidle")


def classes(site: Path, sizes: list[int]) -> list[str]:
    """Return what classes of three sizes fetch, from what one student does."""
    lesson, exercise, further = sizes
    first_day = lesson + exercise
    term = first_day + 2 * (LESSONS - 1) * further  # each further lesson with its exercise
    whole = sum(path.stat().st_size for path in site.rglob("*") if path.is_file())
    lines = [
        "| Students | first day, all of them | a whole term | of it behind a cache |",
        "|---:|---:|---:|---:|",
    ]
    lines += [
        f"| {count:,} | {count * first_day / 1e9:,.1f} GB | {count * term / 1e9:,.1f} GB "
        f"| at most {whole / 1e9:.2f} GB |"
        for count in (10, 1_000, 100_000)
    ]
    return [
        *lines,
        "",
        f"A kernel with pandas and matplotlib loaded holds {kernel_memory():.0f} MB.",
    ]


def kernel_memory() -> float:
    """Return the megabytes that a notebook server would hold for each student at work."""
    code = (
        "import resource, ipykernel.kernelapp, pandas, course.figures\n"
        "from course.data import load\nload('cultivation')\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return float(done.stdout)


def nginx_conf(site: Path, port: int, work: Path) -> str:
    """Return the course's settings for nginx, for a site, a port and a folder to work in."""
    paths = {"PAGES": "/", "CELLS": "/notebooks/", "LITE": "/lite/"}
    words = {word: policy_of(path) for word, path in paths.items()}
    words |= {"SITE": os.fspath(site), "PORT": str(port), "WORK": os.fspath(work)}
    return re.sub(r"\b[A-Z]{4,5}\b", lambda found: words[found[0]], NGINX.read_text("utf-8"))


def press(site: Path, paths: list[str]) -> tuple[float, float, int]:
    """Return requests and megabytes a second, and errors, of nginx under the mix of paths."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "nginx.conf").write_text(nginx_conf(site, PORT, folder), "utf-8")
        (folder / "mix.lua").write_text(WRK % ", ".join(map(json.dumps, paths)), "utf-8")
        nginx = subprocess.Popen(["nginx", "-c", folder / "nginx.conf", "-p", folder])
        try:
            time.sleep(1)
            command = [
                "wrk",
                "-t1",
                f"-c{CONNECTIONS}",
                f"-d{SECONDS}s",
                "-s",
                str(folder / "mix.lua"),
            ]
            command.append(f"http://127.0.0.1:{PORT}")
            said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        finally:
            nginx.terminate()
            nginx.wait()
    rate = float(re.findall(r"Requests/sec:\s+([\d.]+)", said)[0])
    amount, unit = re.findall(r"Transfer/sec:\s+([\d.]+)(\wB)", said)[0]
    megabytes = float(amount) * {"KB": 1e-3, "MB": 1, "GB": 1e3}[unit]
    errors = sum(map(int, re.findall(r"(?:connect|read|write|timeout) (\d+)", said)))
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    return rate, megabytes, errors + (int(bad[1]) if bad else 0)


def main() -> None:
    """Measure what a student fetches and what one machine serves, and record it."""
    for program in ("wrk", "nginx"):
        if not shutil.which(program):
            raise UserError(f"{program} is missing; on Debian: apt-get install wrk nginx-light")
    site = build()
    steps = visits(site)
    lines = [
        f"{occasion()}.",
        "",
        "| A student's first day | requests | bytes |",
        "|---|---:|---:|",
    ]
    lines += [
        f"| {name} | {len(step)} | {sum(size for _, size in step) / 1e6:.2f} MB |"
        for name, step in steps.items()
    ]
    lines += ["", *classes(site, [sum(size for _, size in step) for step in steps.values()])]
    pages = [path for path, _ in steps["A lesson, read"]]
    everything = [path for step in steps.values() for path, _ in step]
    lines += [
        "",
        f"| nginx, {CONNECTIONS} connections for {SECONDS} s | requests a second "
        "| MB a second | errors |",
        "|---|---:|---:|---:|",
    ]
    for name, paths in {"Reading only": pages, "The whole first day": everything}.items():
        rate, megabytes, errors = press(site, paths)
        lines.append(f"| {name} | {rate:,.0f} | {megabytes:,.0f} | {errors} |")
    record(PAGE, "load", "\n".join(lines))
    print("\n".join(lines))
