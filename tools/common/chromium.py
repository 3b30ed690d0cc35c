"""Find a Chromium for the tests, or install Playwright's."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tools.common.errors import UserError

VARIABLE = "COURSE_CHROMIUM"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# A browser that talks to nobody but the site under test.
FLAGS = (
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
)


def flags() -> list[str]:
    """Return the command-line flags; as root Chromium runs only without its sandbox."""
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [*FLAGS, *(["--no-sandbox"] if as_root else [])]


def find() -> str:
    """Return the path of a Chromium.

    Looks at the variable COURSE_CHROMIUM, then for the system's, then for Playwright's own, which
    is installed when it is missing.

    Raises
    ------
    UserError
        When there is none and none can be installed.
    """
    if chosen := os.environ.get(VARIABLE):
        if not Path(chosen).exists():
            raise UserError(f"{VARIABLE} names {chosen}, which does not exist.")
        return chosen
    for name in NAMES:
        if path := shutil.which(name):
            return path
    own = _playwrights()
    if not own.exists():
        print("No Chromium found; installing Playwright's ...", flush=True)
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    if not own.exists():
        raise UserError(
            "the browser tests need a Chromium, and none could be found or installed; install one "
            f"(Debian: apt-get install chromium) or name one in the variable {VARIABLE}."
        )
    return str(own)


def _playwrights() -> Path:
    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path)
