"""Where things are, and what a lesson consists of."""

import os
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "_build"
SITE = BUILD / "site"
# What is downloaded or compiled once; set COURSE_CACHE to share it between checkouts.
CACHE = Path(os.environ.get("COURSE_CACHE", ROOT / ".cache"))


# The languages that the course is translated into, by what each calls itself.
LANGUAGES = {"es": "Español"}


def notebooks(language: str = "") -> list[Path]:
    """Return every notebook of the course, lessons first, in order.

    Parameters
    ----------
    language
        Those of a translation, by a key of `LANGUAGES`; empty for the course's own.
    """
    return [*sorted((ROOT / "notebooks" / language).glob("*.ipynb")), *exercises(language)]


def exercises(language: str = "") -> list[Path]:
    """Return the exercise notebooks, in order; see `notebooks`."""
    return sorted((ROOT / "exercises" / language).glob("*.ipynb"))


def in_all_languages() -> list[Path]:
    """Return every notebook, those of translations last."""
    return [path for language in ("", *LANGUAGES) for path in notebooks(language)]


def language_of(path: Path) -> str:
    """Return the language of a notebook by its folder; empty for the course's own."""
    return path.parent.name if path.parent.name in LANGUAGES else ""


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
