"""The whole book as a PDF: made from the site in one run, and read as a reader's program would."""

import json
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from pypdf import PdfReader
from pypdfium2 import PdfDocument

from tools.common.paths import ROOT, SITE, exercises, notebooks
from tools.content.stage import read, tasks_of
from tools.editions.pdf import chapters, make, page_numbers

pytestmark = pytest.mark.browser

BOOK = chapters(ROOT / "_toc.yml")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pdf")
    # Playwright runs once a thread, and in this one the other tests' browser may be open
    with ThreadPoolExecutor(1) as pool:
        pool.submit(make, SITE, folder / "course.pdf", folder / "course.html").result()
    return folder


@pytest.fixture(scope="module")
def pdf(folder) -> PdfReader:
    return PdfReader(folder / "course.pdf")


@pytest.fixture(scope="module")
def text(folder) -> str:
    # seven hundred pages: a second each twenty, where pypdf needs minutes
    pages = (page.get_textpage().get_text_bounded() for page in PdfDocument(folder / "course.pdf"))
    # without the page's number, which may stand in the middle of a sentence
    return squeezed("".join(re.sub(r"^\d+\s", "", page) for page in pages))


def squeezed(text: str) -> str:
    """Return only letters and digits: a PDF breaks lines, and words, where it likes."""
    return re.sub(r"[\W_]+", "", text)


def reasons(slug: str) -> list[str]:
    """Return the reasons of a lesson's solutions, squeezed."""
    solutions = json.loads((SITE / f"_static/solutions/{slug[:2]}.json").read_text("utf-8"))
    found = [
        squeezed(re.sub(r"<[^>]+>|&\w+;", "", reason))
        for solution in solutions.values()
        for reason in solution["why"].split("\n")
    ]
    return [reason for reason in found if len(reason) > 30]


def links(pdf: PdfReader) -> list[dict]:
    annotations = [
        annotation.get_object() for page in pdf.pages for annotation in page.get("/Annots") or []
    ]
    return [annotation for annotation in annotations if annotation["/Subtype"] == "/Link"]


def test_it_has_a_page_for_every_chapter_and_not_too_many(pdf):
    assert 3 * len(BOOK) < len(pdf.pages) < 30 * len(BOOK)
    assert pdf.metadata.title.startswith("Strategy, Narcoterrorism")
    sizes = {tuple(round(float(side)) for side in page.mediabox[2:]) for page in pdf.pages}
    assert sizes == {(595, 842)}, "every page is A4"


def test_every_lesson_is_in_it(text):
    lessons = [path for path in notebooks() if path.parent.name == "notebooks"]
    titles = [read(path).metadata["course"]["title"] for path in lessons]
    assert len(titles) >= 8
    assert [title for title in titles if squeezed(title) not in text] == []


def test_the_outline_and_the_contents_name_the_pages(pdf, folder):
    numbers = page_numbers(folder / "course.pdf")
    assert [numbers[chapter.anchor] for chapter in BOOK] == sorted(
        numbers[chapter.anchor] for chapter in BOOK
    )
    contents = "\n".join(page.extract_text() for page in pdf.pages[1:4])
    shown = [int(number) for number in re.findall(r" (\d+)$", contents, re.MULTILINE)]
    assert [numbers[chapter.anchor] for chapter in BOOK] == shown[: len(BOOK)]
    titles = [entry.title for part in pdf.outline if isinstance(part, list) for entry in flat(part)]
    assert len(titles) > len(BOOK)
    lesson = next(path for path in notebooks() if path.stem.startswith("04"))
    assert read(lesson).metadata["course"]["title"] in titles


def flat(outline: list) -> list:
    return [
        entry for item in outline for entry in (flat(item) if isinstance(item, list) else [item])
    ]


def test_its_links_lead_somewhere_and_never_to_a_file(pdf, folder):
    inside = [link for link in links(pdf) if "/Dest" in link]
    outside = [link["/A"]["/URI"] for link in links(pdf) if "/Dest" not in link]
    html = (folder / "course.html").read_text("utf-8")
    assert len(inside) >= len(re.findall(r'<a\b[^>]*href="#', html)) > 10 * len(BOOK)
    lost = {link["/Dest"] for link in inside} - set(pdf.named_destinations)
    assert lost == set()
    assert [uri for uri in outside if not uri.startswith(("https://", "http://"))] == []
    assert [uri for uri in outside if "localhost" in uri] == []


@pytest.mark.parametrize("path", exercises(), ids=lambda path: path.stem)
def test_it_holds_no_solution(path, text):
    found = reasons(path.stem)
    assert len(found) >= 4
    assert [reason for reason in found if reason in text] == []


def test_every_hint_is_in_it(text):
    tasks = [task for path in exercises() for task in tasks_of(path.stem[:2])]
    hints = [hint for task in tasks for hint in task.hints]
    assert len(hints) >= len(tasks)
    assert [hint for hint in hints if squeezed(hint) not in text] == []
