"""Where things are, and what a lesson consists of."""

import os
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
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


def is_written(path: Path) -> bool:
    """Return whether a notebook has none of the marks left that a new lesson begins with."""
    return "Replace: " not in path.read_text("utf-8")


def lesson_links(numbers: Iterable[str]) -> str:
    """Return Markdown links from a page in ``book/`` to lessons; empty when there is none of them.

    Parameters
    ----------
    numbers
        The two digits of each lesson, in order. One that does not exist yet is left out.
    """
    found = {path.name[:2]: path.name for path in (ROOT / "notebooks").glob("*.ipynb")}
    links = [f"[{one}](../notebooks/{found[one]})" for one in numbers if one in found]
    if len(links) == 1:
        return "Lesson " + links[0]
    return "Lessons " + ", ".join(links[:-1]) + " and " + links[-1] if links else ""
