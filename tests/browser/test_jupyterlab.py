"""A lesson in a real JupyterLab: it runs, and its explorer takes any value."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from urllib.error import URLError

import pytest
from playwright.sync_api import Browser

from tools.common.paths import ROOT

LESSON = "04-eradication-and-replanting.ipynb"


@pytest.fixture(scope="module")
def lab(tmp_path_factory) -> Iterator[str]:
    """Start JupyterLab on a copy of the lesson, with settings of its own."""
    folder = tmp_path_factory.mktemp("lab")
    shutil.copy(ROOT / "notebooks" / LESSON, folder)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    names = ("JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "JUPYTERLAB_SETTINGS_DIR")
    settings = {name: str(folder / name.lower()) for name in names}
    # every cell stays on the page, so that the explorer is there wherever the page has scrolled
    tracker = folder / "jupyterlab_settings_dir/@jupyterlab/notebook-extension"
    tracker.mkdir(parents=True)
    (tracker / "tracker.jupyterlab-settings").write_text('{"windowingMode": "none"}')
    options = ["--no-browser", "--allow-root", "--IdentityProvider.token=", f"--port={port}"]
    command = [sys.executable, "-m", "jupyter", "lab", *options, f"--notebook-dir={folder}"]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            command, stdout=log, stderr=log, env=os.environ | settings, cwd=folder
        )
        try:
            url = f"http://localhost:{port}"
            wait_for(f"{url}/api", process)
            yield url
        finally:
            process.terminate()
            process.wait(20)


def wait_for(url: str, process: subprocess.Popen) -> None:
    for _ in range(120):
        assert process.poll() is None, "JupyterLab stopped"
        try:
            urllib.request.urlopen(url, timeout=2)
            return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.5)
    pytest.fail("JupyterLab did not start")


def test_the_explorer_moves_in_jupyterlab(chromium: Browser, lab):
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    try:
        page.goto(f"{lab}/lab/tree/{LESSON}?reset")
        page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=60_000)
        page.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=60_000)
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        slider = page.locator(".widget-hslider [role=slider]").first
        slider.wait_for(state="attached", timeout=120_000)
        reading = page.locator(".widget-html-content").filter(has_text="After six years").first
        seen = [reading.inner_text()]
        slider.evaluate("(handle) => handle.focus()")
        for key in ("ArrowRight", "ArrowRight"):
            before = page.locator(".widget-html-content svg").first.inner_html()
            page.keyboard.press(key)
            page.wait_for_function(
                "(old) => document.querySelector('.widget-html-content svg').innerHTML !== old",
                arg=before,
            )
            seen.append(reading.inner_text())
        assert len(set(seen)) >= 2
        # the kernel gives values between the positions of the static book
        assert page.locator(".widget-readout").first.inner_text() not in ("24", "30")
    finally:
        context.close()
