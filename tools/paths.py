"""Where things are, and what a lesson consists of."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "_build"
SITE = BUILD / "site"
# What is downloaded or compiled once; set COURSE_CACHE to share it between checkouts.
CACHE = Path(os.environ.get("COURSE_CACHE", ROOT / ".cache"))


def notebooks() -> list[Path]:
    """Return every notebook of the course, lessons first, in order."""
    return [*sorted((ROOT / "notebooks").glob("*.ipynb")), *exercises()]


def exercises() -> list[Path]:
    """Return the exercise notebooks, in order."""
    return sorted((ROOT / "exercises").glob("*.ipynb"))
