"""Write the page that lists the slides of every lesson."""

from collections.abc import Callable
from functools import cache, partial

from tools.common.kept import Kept
from tools.common.markdown import table
from tools.common.paths import ROOT
from tools.content.bibliography import Reference, references
from tools.content.slides import deck, places, taught
from tools.content.stage import naming
from tools.pages.template import fill

PAGE = "book/teaching/slides.md"


def pages(kept: Kept | None = None) -> dict[str, bytes]:
    """Return the page of the book that lists the slides: its path and its content.

    Parameters
    ----------
    kept
        What the last build made of each lesson.
    """
    kept = kept or Kept()
    works = cache(references)
    rows = [
        kept.get(f"slides {place}", [(ROOT / place).read_bytes()], partial(_row, place, works))
        for place in places()
    ]
    listed = table(["Lesson", "Slides", "Number", "Minutes"], rows)
    return {PAGE: fill("slides", listed=listed).encode()}


def _row(place: str, works: Callable[[], dict[str, Reference]]) -> list[object]:
    """Return the row of one lesson."""
    with naming(place):
        notebook = taught(ROOT / place)
        slides = deck(notebook, works())
    stem = place.rpartition("/")[2].rpartition(".")[0]
    lesson = f"[{notebook.metadata['course'].get('number', 'reading')}](../../{place})"
    link = f'<a href="../../slides/{stem}.html">{slides[0].title}</a>'
    return [lesson, link, len(slides), sum(slide.minutes for slide in slides)]
