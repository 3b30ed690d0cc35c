"""The pages of the book as they are printed, a lesson at a time: nothing is cut at the margin."""

import re

import pytest
from pypdf import PdfReader

from tools.common.paths import ROOT, SITE
from tools.editions.pdf import FIT, TEXT_WIDTH, Chapter, chapters, citation, document
from tools.pages.teaching import ROLE_PLAYS

pytestmark = pytest.mark.browser

BOOK = chapters(ROOT / "_toc.yml")
LESSONS = [chapter.name.split("/")[1] for chapter in BOOK if chapter.name.startswith("notebooks/")]
OTHERS = "the other pages"
TOO_WIDE = """width => [...document.querySelectorAll("table, pre, figure, p, li, svg")]
  .filter((box) => box.getBoundingClientRect().right > width + 1)
  .map((box) => `${box.tagName} ${box.textContent.slice(0, 60)}`)"""


def pages_of(lesson: str) -> list[Chapter]:
    """Return the pages of a lesson, its exercise and its plan, or those of no lesson."""
    of = {chapter: owner(chapter) for chapter in BOOK}
    return [chapter for chapter, slug in of.items() if slug == lesson]


def owner(chapter: Chapter) -> str:
    """Return the lesson to which a page belongs."""
    ends = {slug: (f"/{slug}", f"teaching/plan-{slug[:2]}") for slug in LESSONS}
    return next((slug for slug, end in ends.items() if chapter.name.endswith(end)), OTHERS)


@pytest.mark.parametrize("lesson", [*LESSONS, OTHERS])
def test_nothing_is_cut_at_the_right_margin(page, tmp_path, lesson):
    printed = pages_of(lesson)
    assert len(printed) >= 3
    file = tmp_path / "paper.html"
    file.write_text(document(SITE, printed, citation()), "utf-8")
    page.set_viewport_size({"width": TEXT_WIDTH, "height": 900})
    page.emulate_media(media="print")
    page.goto(file.as_uri())
    page.evaluate(FIT, TEXT_WIDTH)
    assert page.evaluate(TOO_WIDE, TEXT_WIDTH) == []


def test_each_role_and_each_coding_sheet_begins_a_page(page, tmp_path):
    wanted = {f"book/teaching/{name}" for name in (*ROLE_PLAYS, "coding-on-paper")}
    printed = [chapter for chapter in BOOK if chapter.name in wanted]
    assert len(printed) == len(wanted)
    file, pdf = tmp_path / "sheets.html", tmp_path / "sheets.pdf"
    file.write_text(document(SITE, printed, citation()), "utf-8")
    page.goto(file.as_uri())
    page.pdf(path=pdf, prefer_css_page_size=True)
    sheet = re.compile(r"(Role sheet \d: |Sheet for lesson \d\d: )")
    pages = [one.extract_text() for one in PdfReader(pdf).pages]
    begun = [text for text in pages if re.match(rf"(\d+\s+)?{sheet.pattern}", text)]
    held = sum(len(sheet.findall(text)) for text in pages)
    assert len(begun) == held == 8 * len(ROLE_PLAYS) + 2
