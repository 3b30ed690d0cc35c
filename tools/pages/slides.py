"""Write the page that lists the slides of every lesson."""

from tools.common.markdown import table
from tools.common.paths import ROOT
from tools.content.bibliography import references
from tools.content.slides import deck
from tools.content.stage import naming, read
from tools.pages.template import fill

PAGE = "book/teaching/slides.md"


def pages() -> dict[str, bytes]:
    """Return the page of the book that lists the slides: its path and its content."""
    works = references(ROOT / "book" / "references.bib")
    rows = []
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        with naming(f"notebooks/{path.name}"):
            slides = deck(read(path), works)
        lesson = f"[{path.stem[:2]}](../../notebooks/{path.name})"
        link = f'<a href="../../slides/{path.stem}.html">{slides[0].title}</a>'
        minutes = sum(slide.minutes for slide in slides)
        rows.append([lesson, link, len(slides), minutes])
    listed = table(["Lesson", "Slides", "Number", "Minutes"], rows)
    return {PAGE: fill("slides", listed=listed).encode()}
