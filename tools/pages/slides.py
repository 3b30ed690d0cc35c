"""Write the page that lists the slides of every lesson."""

from tools.common.markdown import table
from tools.common.paths import ROOT
from tools.content.bibliography import references
from tools.content.slides import deck
from tools.content.stage import naming, read

PAGE = "book/teaching/slides.md"
INTRODUCTION = """# Slides

Every lesson has slides, made from the lesson itself: its figures, tables and explorers, its quiz,
its key points and what is not known. Each slide has notes: what to say, what to ask, how many
minutes. The numbers on slides and in notes are checked against the tables like those of the
lessons. The slides leave time in a class for the core tasks of the exercise."""
USE = """## How to show them

| To do this | Press |
|---|---|
| go on, go back | {kbd}`→`, {kbd}`←`, or {kbd}`Page Down`, {kbd}`Page Up` |
| show or hide the notes beside the slide | {kbd}`N` |
| open a second window with the notes | {kbd}`S` |
| make the screen black, and back | {kbd}`B` |
| fill the screen, and leave it | {kbd}`F`, then {kbd}`Escape` |
| move an explorer | {kbd}`Tab` to its control, then the arrow keys; or the mouse |

**A projector and a laptop.** Press {kbd}`S`, put the second window on the screen that only you
see, and the first one on the projector. Either window moves the other, explorers included; your
browser may ask whether the page may open a window. No network is needed for it.

**Answers of the quiz** come with one more step: everybody chooses first.

**Paper and PDF.** Print a deck from the browser (*Save as PDF*, margins *none*): one slide a page,
explorers at the position they show. *Handout*, at the foot of a deck, shows all slides with their
notes in one page; print that for yourself, or for a class that was absent. A phone and a browser
without scripts show the handout, too."""


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
    return {PAGE: f"{INTRODUCTION}\n\n{listed}\n\n{USE}\n".encode()}
