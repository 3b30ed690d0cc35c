"""Write the page that lists the slides of every lesson."""

from tools.common.markdown import table
from tools.common.paths import ROOT
from tools.content.bibliography import references
from tools.content.slides import deck, places, taught
from tools.content.stage import naming
from tools.pages.template import fill

PAGE = "book/teaching/slides.md"


def pages() -> dict[str, bytes]:
    """Return the page of the book that lists the slides: its path and its content."""
    works = references(ROOT / "book" / "references.bib")
    rows = []
    for place in places():
        with naming(place):
            notebook = taught(ROOT / place)
            slides = deck(notebook, works)
        stem = place.rpartition("/")[2].rpartition(".")[0]
        lesson = f"[{notebook.metadata['course'].get('number', 'reading')}](../../{place})"
        link = f'<a href="../../slides/{stem}.html">{slides[0].title}</a>'
        minutes = sum(slide.minutes for slide in slides)
        rows.append([lesson, link, len(slides), minutes])
    listed = table(["Lesson", "Slides", "Number", "Minutes"], rows)
    return {PAGE: fill("slides", listed=listed).encode()}
