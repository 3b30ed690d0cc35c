"""One task, from start to reload, in WebKit: the engine of Safari and of every iPhone.

WebKit's own driver is asked as its standard describes (https://www.w3.org/TR/webdriver2/); of the
whole protocol this needs a visit, a script and a reload.
"""

import json
import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from tools.common.paths import SITE

pytestmark = pytest.mark.browser

SLUG = "04-eradication-and-replanting"
NAME = "Exercise 04.1"
START = 120  # seconds that Python may take to start on a slow machine
DISPLAY = 1280, 900
IN_CELL = f"""
const cell = document.querySelector('[aria-label="{NAME}"]').closest(".cell");
const buttons = [...cell.querySelectorAll("button")];
const press = (label) => buttons.find((one) => one.textContent === label).click();
"""
TYPE = """
const editor = cell.querySelector(".cm-content");
editor.focus();
document.execCommand("selectAll");
document.execCommand("insertText", false, arguments[0]);
"""


class Session:
    """A window of WebKit."""

    def __init__(self, driver: str) -> None:
        self.driver = driver
        wanted = {"capabilities": {"alwaysMatch": {"browserName": "MiniBrowser"}}}
        self.path = f"/session/{self._ask('/session', wanted)['sessionId']}"

    def _ask(self, path: str, body: dict) -> dict:
        request = urllib.request.Request(
            self.driver + path, json.dumps(body).encode(), {"Content-Type": "application/json"}
        )
        try:
            with urllib.request.urlopen(request, timeout=START) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            pytest.fail(f"WebKit refused {path}: {error.read().decode()[:500]}")

    def visit(self, address: str) -> None:
        self._ask(f"{self.path}/url", {"url": address})
        self._see()

    def reload(self) -> None:
        self._ask(f"{self.path}/refresh", {})
        self._see()

    def _see(self) -> None:
        """Wait for the cell, and for its editor, which comes when the cell is in view."""
        there = {
            "script": f"return !!document.querySelector('[aria-label=\"{NAME}\"]')",
            "args": [],
        }
        self.until(lambda: self._ask(f"{self.path}/execute/sync", there))
        self.run("cell.scrollIntoView()")
        self.until(lambda: self.run("return !!cell.querySelector('.cm-content')"))

    def run(self, script: str, *arguments: object):
        """Return what a script in the page returns; it has the cell, and can press its buttons."""
        body = {"script": IN_CELL + script, "args": list(arguments)}
        return self._ask(f"{self.path}/execute/sync", body)

    def until(self, found: Callable[[], str | bool]) -> str | bool:
        """Wait until something is there, and return it."""
        end = time.monotonic() + START
        while time.monotonic() < end:
            if what := found():
                return what
            time.sleep(0.3)
        pytest.fail(f"WebKit still says: {self.run('return cell.innerText')}")

    def ends(self, *starts: str) -> str:
        """Wait until the cell says something that begins so."""
        says = "return cell.querySelector('.live-says').textContent"
        return str(self.until(lambda: (said := self.run(says)).startswith(starts) and said))

    def write(self, text: str) -> None:
        self.run(TYPE, text)

    def check(self, text: str | None = None) -> str:
        """Check an answer and return the verdict."""
        if text is not None:
            self.write(text)
        self.run("press('Check')")
        assert self.ends("Done", "Error", "Python stopped") == "Done."
        return self.run("return cell.querySelector('.live-verdict').textContent")


@pytest.fixture(scope="module")
def webkit() -> Iterator[Session]:
    programs = [shutil.which(name) for name in ("WebKitWebDriver", "Xvfb")]
    if None in programs:
        pytest.fail(
            "this test needs WebKit and a screen for it; install them (Debian: apt-get install "
            "webkit2gtk-driver xvfb)"
        )
    driver, screen = programs
    with ExitStack() as stack:
        size = "x".join(map(str, (*DISPLAY, 24)))
        read, write = os.pipe()
        command = [screen, "-displayfd", str(write), "-screen", "0", size, "-nolisten", "tcp"]
        start(stack, command, pass_fds=[write])
        number = os.read(read, 20).decode().strip()  # waits for the screen
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        environment = os.environ | {"DISPLAY": f":{number}"}
        start(stack, [driver, f"--port={port}"], env=environment)
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except OSError:
                time.sleep(0.1)
        yield Session(f"http://127.0.0.1:{port}")


def start(stack: ExitStack, command: list[str], **options) -> None:
    """Start a program, and stop it when the stack is left."""
    quiet = subprocess.DEVNULL
    running = subprocess.Popen(command, stdout=quiet, stderr=quiet, **options)
    stack.callback(running.wait)
    stack.callback(running.terminate)


def test_one_task_in_webkit(site, webkit):
    solution = json.loads((SITE / "_static/solutions/04.json").read_text("utf-8"))["04.1"]["code"]
    webkit.visit(f"{site.url}/exercises/{SLUG}.html")
    assert webkit.check().startswith("Not yet.")
    webkit.write("1 + 1")
    webkit.run("press('Run')")
    assert webkit.ends("Done", "Error") == "Done."
    assert webkit.run("return cell.querySelector('.live-output').innerText.trim()") == "2"
    assert "Not the value that the course computes" in webkit.check("new_coca = 1")
    assert webkit.check(solution).startswith("Right.")
    webkit.reload()
    lines = "return [...cell.querySelectorAll('.cm-line')].map((line) => line.textContent)"
    assert webkit.run(lines) == solution.split("\n")
    assert webkit.run("return cell.querySelector('.live-mark').textContent") == "Solved"
    webkit.write("while True:\n    pass")
    webkit.run("press('Run')")
    webkit.ends("Running")
    time.sleep(0.5)
    webkit.run("press('Stop')")
    assert webkit.ends("Stopped", "Done", "Error") == "Stopped. Your text is kept."
