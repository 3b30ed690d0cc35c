"""Build the site and run every test, or those that concern one lesson."""

import os
import re
import subprocess
import sys
from collections.abc import Collection
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
    own = [f"{folder}/{name}.ipynb" for folder in FOLDERS]
    there = [path for path in own if (root / path).is_file()]
    if not there:
        raise UserError(f"there is no lesson {name!r}; name one like 04-eradication-and-replanting")
    shares = [f"--shares={other}" for other in sharing(changed_tables(root), root) if other != name]
    return ["--tb=short", f"--lesson={name}", *shares, "tests", *there]


def changed_tables(root: Path) -> set[str]:
    """Return the tables that differ from the main branch; none where Git does not know."""
    git = ["git", "-C", str(root)]
    for main in ("origin/main", "main", "HEAD"):
        base = subprocess.run([*git, "merge-base", "HEAD", main], capture_output=True, text=True)
        if base.returncode == 0:
            asked = [*git, "diff", "--name-only", "--relative", base.stdout.strip(), "--", "data"]
            found = subprocess.run(asked, capture_output=True, text=True).stdout.splitlines()
            return {Path(path).stem for path in found if path.endswith(".csv")}
    return set()


def sharing(tables: Collection[str], root: Path) -> list[str]:
    """Return the lessons whose notebooks load one of these tables."""
    asked = re.compile(r"load\(\\*[\"'](" + "|".join(sorted(tables)) + r")\\*[\"']")
    found = [
        path.stem
        for folder in FOLDERS
        for path in sorted((root / folder).glob("*.ipynb"))
        if tables and asked.search(path.read_text("utf-8"))
    ]
    return sorted(set(found))


def main(lesson: str | None = None) -> int:
    """Run the tests; return pytest's exit code."""
    chosen = of_lesson(lesson) if lesson is not None else ["tests", *FOLDERS]
    build()
    environment = os.environ | {chromium.VARIABLE: chromium.find()}
    # Two processes, one file each at a time: a notebook's cells need their order.
    command = [sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadfile", "--nbval"]
    return subprocess.call([*command, *chosen], cwd=ROOT, env=environment)
