"""The archive for a class without internet: unpacked in a clean folder, started, and used."""

import os
import re
import subprocess
import sys
import time
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from test_lite import open_from, run_all

from tools.editions.offline import BESIDE, TOP, pack

pytestmark = pytest.mark.browser

SLUG = "04-eradication-and-replanting"
START = 60_000


@pytest.fixture(scope="module")
def unpacked(site, tmp_path_factory) -> Path:
    """Return the folder that a class gets."""
    folder = tmp_path_factory.mktemp("stick")
    archive = pack(site.root, folder / "course.zip")
    with zipfile.ZipFile(archive) as packed:
        modes = {info.filename: info.external_attr >> 16 for info in packed.infolist()}
        packed.extractall(folder)
    assert set(modes) >= {f"{TOP}/{name}" for name in BESIDE}
    for name in ("start-linux.sh", "start-macos.command"):
        assert modes[f"{TOP}/{name}"] & 0o111, f"{name} cannot be started"
        (folder / TOP / name).chmod(0o755)
    archive.unlink()
    return folder / TOP


@pytest.fixture(scope="module")
def school(unpacked) -> Iterator[str]:
    """Start the course as a class does, with a Python that has no package; return its address."""
    python = unpacked.parent / "bin" / "python3"
    python.parent.mkdir()
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" -E -s -S "$@"\n')
    python.chmod(0o755)
    environment = {"PATH": f"{python.parent}{os.pathsep}{os.defpath}"}
    command = [unpacked / "start-linux.sh", "--no-browser", "--port", "0"]
    with subprocess.Popen(
        command, cwd=unpacked.parent, env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        said = process.stdout.readline()
        yield re.search(r"http://localhost:\d+/", said)[0].replace("localhost", "course.test")
        process.terminate()


def visit(page: Page, school: str, path: str) -> None:
    page.goto(school + path)


def test_pages_explorers_live_cells_and_saved_work(page, school):
    visit(page, school, "")
    page.wait_for_url("**/book/index.html")
    visit(page, school, f"notebooks/{SLUG}.html")
    explorer = page.locator(".course-explorer").first
    before = explorer.locator(".reading").inner_text()
    explorer.get_by_role("slider").first.press("ArrowRight")
    expect(explorer.locator(".reading")).not_to_have_text(before)
    visit(page, school, f"exercises/{SLUG}.html")
    group = page.get_by_role("group", name="Exercise 04.1", exact=True)
    cell = page.locator(".cell.live", has=group)
    cell.scroll_into_view_if_needed()
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text("new_coca = 1  # at school")
    group.get_by_role("button", name="Check").click()
    expect(cell.locator(".live-verdict")).to_contain_text("Wrong.", timeout=START)
    page.reload()
    cell.scroll_into_view_if_needed()
    expect(cell.locator(".cm-content")).to_have_text("new_coca = 1  # at school")
    visit(page, school, "book/progress.html")
    expect(page.locator(".progress-list li").filter(has_text="04.1")).to_contain_text("Tried")


def test_jupyterlite_loads_a_table_and_its_limit_is_said(page, school):
    visit(page, school, f"exercises/{SLUG}.html")
    expect(page.locator(".limit")).to_contain_text("does not see files that you add")
    open_from(page, f"{school}exercises/{SLUG}.html")
    run_all(page)
    expect(page.locator(".jp-OutputArea-output table").first).to_be_visible(timeout=2 * START)


def test_on_its_own_computer_nothing_is_limited(page, school, unpacked):
    visit(page, school.replace("course.test", "localhost"), f"exercises/{SLUG}.html")
    expect(page.locator(".limit")).to_have_count(0)


@pytest.mark.parametrize("fault", ["no course", "port"])
def test_a_start_that_fails_says_why(unpacked, school, tmp_path, fault):
    port = re.search(r":(\d+)/", school)[1]
    script = unpacked / "serve.py"
    if fault == "no course":
        script = tmp_path / "serve.py"
        script.write_bytes((unpacked / "serve.py").read_bytes())
    done = subprocess.run(
        [sys.executable, "-E", "-s", "-S", script, "--no-browser", "--port", port],
        capture_output=True,
        text=True,
        timeout=20,
    )
    assert done.returncode == 1
    wanted = {"no course": "Unpack the whole archive", "port": f"port {port} is in use; choose"}
    assert wanted[fault] in done.stdout


def test_it_can_be_shared_with_a_class(unpacked):
    script = [sys.executable, "-E", "-s", "-S", unpacked / "serve.py"]
    command = [*script, "--no-browser", "--port", "0", "--share"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        port = re.search(r":(\d+)/", process.stdout.readline())[1]
        # another of this machine's own addresses, which the default does not answer
        for _ in range(50):
            try:
                with urllib.request.urlopen(f"http://127.0.0.2:{port}/", timeout=5) as page:
                    assert page.status == 200
                break
            except OSError:
                time.sleep(0.1)
        else:
            pytest.fail("not reached at another address")
        process.terminate()
