"""Write a lesson's slides as a file for PowerPoint: text that can be changed, pictures, notes.

A browser lays out the deck; what stands there as a figure, a table, code or a formula becomes a
picture, at the place it has on the wall. The answer of a question stands in the notes.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from statistics import median_low
from typing import Any

from bs4 import BeautifulSoup, Tag
from playwright.sync_api import Locator, Page
from pptx import Presentation
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml.xmlchemy import OxmlElement
from pptx.util import Emu, Pt

from tools.content.slides import Slide

PIXEL, POINT = 9525, 0.75  # in EMU and points: 1280 by 720 pixels are a wide slide
WIDTH, HEIGHT = 1280, 720
TITLE_ONLY, TITLE_AND_TEXT = 5, 1  # layouts of the library's own template
LINE = 8  # pixels more for a title than the browser needs, since the writing is another
DRAWN = ":is(figure.course-figure, pre, .highlight, :has(table, math))"
PICTURES = f".body > {DRAWN}, .course-explorer > .frame"
TEXTS = (
    f".body > :not({DRAWN}, .answer, .course-explorer), "
    ".course-explorer > :is(.controls, .reading, figcaption)"
)
LINES = "p:not(li p), li, label, figcaption"
PLACE = """one => {
  const { x, y } = one.closest("section").getBoundingClientRect();
  const { left, top, right, bottom } = one.getBoundingClientRect();
  return [left - x, top - y, right - x, bottom - y];
}"""
SIZES = "all => all.map((one) => parseFloat(getComputedStyle(one).fontSize))"


@dataclass(frozen=True)
class Box:
    """A place on the slide, in pixels."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Picture:
    """What a browser shows of an element, where, and its description."""

    png: bytes
    box: Box
    says: str


def write_deck(page: Page, slides: Iterable[Slide], path: Path, about: str) -> None:
    """Write slides as a file for PowerPoint.

    Parameters
    ----------
    page
        The deck in a browser, as it is printed.
    slides
        Its slides.
    path
        The file.
    about
        Who made the course and on what terms, for the file's properties.
    """
    deck = Presentation()
    _widen(deck)
    for slide in slides:
        _add(deck, slide, page.locator(f"section[id='{slide.name}']"))
    deck.core_properties.title = deck.slides[0].shapes.title.text
    deck.core_properties.author = about
    deck.save(str(path))


def _widen(deck: Any) -> None:
    """Make the template as wide as the slides, with all the places it has for text."""
    for layout in [*deck.slide_layouts, deck.slide_master]:
        for shape in layout.placeholders:
            left, top, width, height = shape.left, shape.top, shape.width, shape.height
            shape.left, shape.width = left * 4 // 3, width * 4 // 3
            shape.top, shape.height = top, height
    deck.slide_width, deck.slide_height = Emu(WIDTH * PIXEL), Emu(HEIGHT * PIXEL)


def _add(deck: Any, slide: Slide, section: Locator) -> None:
    text = BeautifulSoup(f'<div class="body">{slide.body}</div>', "html.parser")
    for choice in text.select("select"):  # of an explorer: what it stands at
        chosen = choice.select_one("[selected]") or choice.select_one("option")
        choice.replace_with(chosen.get_text() if chosen else "")
    blocks, shown = text.select(TEXTS), section.locator(TEXTS)
    layout = TITLE_AND_TEXT if blocks else TITLE_ONLY
    made = deck.slides.add_slide(deck.slide_layouts[layout])
    heading = section.locator(":scope > :is(h1, h2)")
    place = _box(heading)
    title = _frame(made.shapes.title, Box(place.left, place.top - LINE, place.right, place.bottom))
    title.vertical_anchor = MSO_ANCHOR.MIDDLE
    words, [size] = BeautifulSoup(slide.title, "html.parser"), heading.evaluate_all(SIZES)
    _write(title.paragraphs[0], words, size, bold=True)
    for picture in _pictures(section):
        left, top = int(picture.box.left * PIXEL), int(picture.box.top * PIXEL)
        width = int((picture.box.right - picture.box.left) * PIXEL)
        added = made.shapes.add_picture(BytesIO(picture.png), left, top, width)
        added._element.nvPicPr.cNvPr.set("descr", picture.says)
    if blocks:
        boxes = [_box(one) for one in shown.all() if one.is_visible()]
        body = _box(section.locator(".body"))
        bottom = HEIGHT - 24 if slide.kind == "title" else body.bottom
        place = Box(
            min(box.left for box in boxes), min(box.top for box in boxes), body.right, bottom
        )
        frame = _frame(made.placeholders[1], place)
        size = median_low(shown.evaluate_all(SIZES))
        lines = [line for block in blocks for line in block.select(LINES) or [block]]
        for number, line in enumerate(line for line in lines if line.get_text().strip()):
            paragraph = frame.add_paragraph() if number else frame.paragraphs[0]
            _number(paragraph, line)
            _write(
                paragraph, line, size, bold="admonition-title" in line.get_attribute_list("class")
            )
    made.notes_slide.notes_text_frame.text = _notes(slide, text)


def _box(element: Locator) -> Box:
    return Box(*element.evaluate(PLACE))


def _pictures(section: Locator) -> Iterable[Picture]:
    for element in section.locator(PICTURES).all():
        drawing = element.locator("svg[aria-label]")
        says = drawing.first.get_attribute("aria-label") if drawing.count() else None
        yield Picture(element.screenshot(), _box(element), says or element.inner_text().strip())


def _frame(shape: Any, place: Box) -> Any:
    """Give a shape its place and return its empty text, which shrinks when somebody writes more."""
    shape.left, shape.top = int(place.left * PIXEL), int(place.top * PIXEL)
    shape.width = int((place.right - place.left) * PIXEL)
    shape.height = int((place.bottom - place.top) * PIXEL)
    frame = shape.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.vertical_anchor = MSO_ANCHOR.TOP
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.TEXT_TO_FIT_SHAPE
    return frame


def plain(markup: str) -> str:
    """Return the text of a piece of HTML."""
    return BeautifulSoup(markup, "html.parser").get_text()


def _write(paragraph: Any, line: Tag, size: float, bold: bool) -> None:
    """Write a line of HTML with what is strong, stressed or code in it."""
    paragraph.alignment = PP_ALIGN.LEFT
    paragraph.space_before, paragraph.space_after = Pt(0), Pt(6)
    for text in line.find_all(string=True):
        run = paragraph.add_run()
        run.text = re.sub(r"\s+", " ", text)
        run.font.size = Pt(int(size * POINT))
        run.font.bold = bold or text.find_parent("strong") is not None or None
        run.font.italic = text.find_parent("em") is not None or None
        if text.find_parent("code"):
            run.font.name = "Consolas"
        if text.find_parent("label") and text.find_parent("span"):
            run.text += ": "


def _number(paragraph: Any, line: Tag) -> None:
    """Give an item of a list its sign, and any other line none."""
    above = line.parent if line.name == "li" else None
    mark = OxmlElement("a:buNone")
    if above is not None and above.name == "ol":
        mark = OxmlElement("a:buAutoNum")
        mark.set("type", "alphaUcPeriod" if above.get("type") == "A" else "arabicPeriod")
    elif above is not None:
        mark = OxmlElement("a:buChar")
        mark.set("char", "•")
    indent = 0 if above is None else 28 * PIXEL
    properties = paragraph._p.get_or_add_pPr()
    properties.set("marL", str(indent))
    properties.set("indent", str(-indent))
    properties.append(mark)


def _notes(slide: Slide, body: Tag) -> str:
    """Return what the speaker reads: the minutes, the answer of a question, the notes."""
    said = BeautifulSoup(slide.notes, "html.parser")
    lines = [f"{slide.minutes} min"]
    lines += [f"Answer: {answer.get_text()}" for answer in body.select(".answer")]
    lines += [" ".join(one.get_text().split()) for one in said.select("p, li:not(:has(p))")]
    return "\n".join(lines)
