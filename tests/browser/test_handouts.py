"""The files that a lecturer sends: those of one lesson, read back as other programs read them."""

from concurrent.futures import ThreadPoolExecutor
from math import ceil

import pytest
from pptx import Presentation
from pypdf import PdfReader
from pypdfium2 import PdfDocument
from test_pdf import reasons, squeezed

from tools.common.paths import ROOT, SITE
from tools.content.bibliography import references
from tools.content.slides import deck, taught
from tools.editions.handouts import KIT, lesson
from tools.editions.pdf import Chapter, citation, document

pytestmark = pytest.mark.browser

SLUG = "04-eradication-and-replanting"
PLACE = f"notebooks/{SLUG}.ipynb"
WORKS = references()
DECK = deck(taught(ROOT / PLACE), WORKS)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("handouts")
    # Playwright runs once a thread, and in this one the other tests' browser may be open
    with ThreadPoolExecutor(1) as pool:
        pool.submit(lesson, SITE, PLACE, folder, WORKS).result()
    return folder


@pytest.fixture(scope="module")
def slides(folder) -> list:
    return list(Presentation(folder / f"{SLUG}-slides.pptx").slides)


def test_these_are_the_files(folder):
    endings = (".pdf", "-slides.pdf", "-slides.pptx")
    assert {path.name for path in folder.iterdir()} == {f"{SLUG}{ending}" for ending in endings}


def test_the_pdf_holds_text_exercise_and_slides_but_no_solution(folder):
    pages = PdfDocument(folder / f"{SLUG}.pdf")
    text = squeezed("".join(page.get_textpage().get_text_bounded() for page in pages))
    assert 15 < len(pages) < 60
    exercise = "New coca in a year of little eradication"
    wanted = ("lesson 04", DECK[0].title, exercise, "Draw the bath", "Hints")
    assert [words for words in wanted if squeezed(words) not in text] == []
    assert [reason for reason in reasons(SLUG) if reason in text] == []


@pytest.mark.parametrize("name", KIT)
def test_a_page_for_the_teacher_stands_alone(name):
    """With its links, of which none may lead nowhere; the PDF is printed as that of a lesson."""
    alone = document(SITE, [Chapter(f"book/teaching/{name}", "")], citation())
    assert alone.count("</article>") == 1
    assert "role-sheet-1" not in alone, "what a role alone knows is not sent around"


def test_the_slides_have_a_page_each(folder):
    pages = PdfReader(folder / f"{SLUG}-slides.pdf").pages
    assert len(pages) == len(DECK)
    assert squeezed("Draw the bath") not in squeezed("".join(one.extract_text() for one in pages))


def test_powerpoint_gets_every_slide_with_notes_and_pictures_but_no_solution(slides):
    assert [one.shapes.title.text for one in slides[:2]] == [DECK[0].title, "What the article says"]
    assert len(slides) == len(DECK)
    notes = [one.notes_slide.notes_text_frame.text for one in slides]
    assert min(len(note) for note in notes) > 40
    assert sum("Answer: " in note for note in notes) == 3
    drawn = [shape for one in slides for shape in one.shapes if hasattr(shape, "image")]
    assert len(drawn) >= 6
    assert all(len(shape._element.nvPicPr.cNvPr.get("descr")) > 20 for shape in drawn)
    texts = [one.text_frame.text for slide in slides for one in slide.shapes if one.has_text_frame]
    text = squeezed("".join(texts + notes))
    assert "Draw the bath" in "".join(notes)
    assert [reason for reason in reasons(SLUG) if reason in text] == []


def test_nothing_lies_outside_a_slide_or_on_something_else_or_overflows(slides):
    """No program for slides is asked: a letter counts as half as wide as it is high."""
    for slide in slides:
        boxes = [(s.left, s.top, s.left + s.width, s.top + s.height) for s in slide.shapes]
        assert all(
            min(box) >= 0 and box[2] <= 1280 * 9525 and box[3] <= 720 * 9525 for box in boxes
        )
        for number, one in enumerate(boxes):
            for other in boxes[number + 1 :]:
                apart = one[2] <= other[0] or other[2] <= one[0]
                assert apart or one[3] <= other[1] + 9525 or other[3] <= one[1] + 9525
        for shape in (shape for shape in slide.shapes if shape.has_text_frame):
            assert height(shape) <= shape.height, shape.text_frame.text


def height(shape) -> float:
    """Return what the text of a shape needs."""
    needs = 0.0
    for paragraph in shape.text_frame.paragraphs:
        size = max(run.font.size for run in paragraph.runs)
        width = shape.width - int(paragraph._p.pPr.get("marL") or 0)
        lines = ceil(len(paragraph.text) * size / 2 / width)
        needs += 1.2 * size * lines + paragraph.space_after
    return needs - paragraph.space_after
