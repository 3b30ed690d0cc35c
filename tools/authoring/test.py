"""Build the site and run every test, or those that concern one lesson."""

import os
import subprocess
import sys
from pathlib import Path

from tools.common import chromium
from tools.common.errors import UserError
from tools.common.paths import ROOT
from tools.site.build import build

FOLDERS = ("notebooks", "exercises")


def of_lesson(name: str, root: Path = ROOT) -> list[str]:
    """Return the pytest arguments that choose everything which concerns one lesson.

    Raises
    ------
    UserError
        When there is no such lesson.
    """
    if not any((root / folder / f"{name}.ipynb").is_file() for folder in FOLDERS):
        raise UserError(f"there is no lesson {name!r}; name one like 04-eradication-and-replanting")
    number = name[:2]  # "15." begins the number of a task
    return ["tests", "-k", f"{name} or lesson{number} or {number}."]


def main(lesson: str | None = None) -> int:
    """Run the tests; return pytest's exit code."""
    chosen = of_lesson(lesson) if lesson is not None else ["tests", *FOLDERS]
    build()
    environment = os.environ | {chromium.VARIABLE: chromium.find()}
    # Two processes, one file each at a time: a notebook's cells need their order.
    command = [sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadfile", "--nbval"]
    return subprocess.call([*command, *chosen], cwd=ROOT, env=environment)
