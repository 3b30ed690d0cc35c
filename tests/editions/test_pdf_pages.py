"""The book on paper: what of a page is kept, what is moved, and where its links lead."""

import re

import pytest
from bs4 import BeautifulSoup

from course.checks import Task
from tools.common.errors import UserError
from tools.content.stage import about
from tools.editions.pdf import Chapter, chapters, document, printed

LESSON, EXERCISE = "notebooks/04-a", "exercises/04-a"
ABOUT = {
    "title": "A course: in two words",
    "authors": [{"name": "Its authors"}],
    "version": "1.0",
    "date-released": "2026-01-01",
}
PICTURE = '<svg><defs><path id="p1"/></defs><use xlink:href="#p1"/><g clip-path="url(#p1)"/></svg>'
EXPLORER = (
    '<figure class="course-explorer"><p class="figure-title">T</p><div class="controls">'
    '<label><span>Price</span><input type="range"><output>3 USD</output></label>'
    "<label><span>Crop</span><select><option>coca</option><option selected>cacao</option>"
    f'</select></label></div><div class="frame">{PICTURE}</div><script>{{}}</script></figure>'
)
QUIZ = (
    '<p><strong>1. Which?</strong></p><details class="quiz"><summary>One</summary>No: two.'
    '</details><details class="quiz right"><summary>Two</summary>Yes: two.</details>'
    '<p><strong>2. And here?</strong></p><details class="quiz right"><summary>Three</summary>'
    "Yes: three.</details>"
)


@pytest.fixture
def site(tmp_path):
    """A site with a lesson, an exercise and a bibliography; `site.write` replaces a page."""
    for folder in ("notebooks", "exercises", "book", "_static"):
        (tmp_path / folder).mkdir()
    for name in ("colours.css", "course.css"):
        (tmp_path / "_static" / name).write_text("")
    write(tmp_path, LESSON, "<h1>A question?</h1>")
    write(tmp_path, EXERCISE, "<h1>Exercises for lesson 04</h1><h2>04.1 Task</h2>")
    works = '<h1>Bibliography</h1><ul><li id="un-2013">W</li></ul>'
    write(tmp_path, "book/bibliography-j-z", works)
    return tmp_path


def write(site, name, body):
    page = f"<html><nav>Contents</nav><main><article>{body}</article></main></html>"
    (site / f"{name}.html").write_text(page, "utf-8")


BOOK = [
    Chapter(LESSON, "Part I"),
    Chapter(EXERCISE, "Part I", is_below=True),
    Chapter("book/bibliography-j-z", "Reference"),
]
NAMES = {chapter.name: chapter for chapter in BOOK}


def lesson(site, body, address=""):
    write(site, LESSON, body)
    return printed(site, BOOK[0], NAMES, address)


def test_the_order_is_that_of_the_contents_with_the_bibliography_last(tmp_path):
    contents = tmp_path / "_toc.yml"
    contents.write_text(
        "root: book/index\nparts:\n- caption: One\n  chapters:\n"
        "  - file: notebooks/00-a\n    sections:\n    - file: exercises/00-a\n"
        "- caption: Two\n  chapters:\n  - file: book/progress\n  - file: book/bibliography-j-z\n"
        "  - file: book/atlas\n"
    )
    found = chapters(contents)
    assert [chapter.name for chapter in found] == [
        "book/index",
        "notebooks/00-a",
        "exercises/00-a",
        "book/atlas",
        "book/bibliography-j-z",
    ]
    assert [chapter.is_below for chapter in found] == [False, False, True, False, False]
    assert [chapter.part for chapter in found] == ["", "One", "One", "Two", "Two"]


def test_an_explorer_stands_still_and_says_where(site):
    body = lesson(site, EXPLORER)
    assert not body.select("input, select, script, label")
    note = body.select_one(".position").get_text()
    assert note.startswith("Shown at: Price: 3 USD; Crop: cacao. ")
    assert f"{LESSON}.html" in note
    assert not body.select(".position a"), "without an address it is no link"
    linked = lesson(site, EXPLORER, "https://example.org/course")
    assert linked.select_one(".position a")["href"] == f"https://example.org/course/{LESSON}.html"


def test_the_options_of_a_question_stay_and_its_answers_come_last(site):
    body = lesson(site, f"<h1>A question?</h1><h2>Check yourself</h2>{QUIZ}<h2>Read next</h2>")
    assert not body.select("details")
    options = [[li.get_text() for li in ol.select("li")] for ol in body.select("ol.options")]
    assert options == [["One", "Two"], ["Three"]]
    answers = body.select_one("section:last-child")
    assert [li.get_text() for li in answers.select("ul li")] == [
        "a. No: two.",
        "b, right. Yes: two.",
        "a, right. Yes: three.",
    ]
    assert answers["id"] == body.select_one(".see a")["href"].removeprefix("#")
    assert body.get_text().index("Read next") < body.get_text().index("Yes: two.")


def test_hints_come_after_the_tasks(site):
    task = Task("04.1", "T", "number", lambda: 1, hints=("First this.", "Then that."))
    hints = about(task).replace("\n\nFirst", "<p>First").replace("\n\nThen", "<p>Then")
    write(site, EXERCISE, f"<h1>E</h1><h2>04.1 T</h2>{hints}<div class='cell tag_check'>c</div>")
    body = printed(site, BOOK[1], NAMES, "")
    assert not body.select("details, .tag_check")
    last = body.select_one(".hints")
    assert [li.get_text().strip() for li in last.select("li")] == ["First this.", "Then that."]
    assert body.select_one(".see a")["href"] == f"#{last.select_one('[id$=hints-04-1]')['id']}"


def test_what_is_folded_is_open_and_what_is_written_in_a_browser_is_blank(site):
    body = lesson(
        site, "<details><summary>Counts</summary>9</details><form><input type=number> %</form>"
    )
    assert body.select_one(".opened").get_text() == "Counts9"
    assert len(body.select("div .blank")) == 1
    assert not body.select("form, input")


def test_headings_are_below_their_part_and_keep_their_size(site):
    body = lesson(site, "<h1>One</h1><h2>Two</h2>")
    assert [(tag.name, tag["class"]) for tag in body.find_all(re.compile("^h"))] == [
        ("h2", ["size-1"]),
        ("h3", ["size-2"]),
    ]
    below = printed(site, BOOK[1], NAMES, "")
    assert [tag.name for tag in below.find_all(re.compile("^h"))] == ["h3", "h4"]


def test_ids_are_unique_and_pictures_keep_their_parts(site):
    write(site, EXERCISE, f'<h1 id="same">E</h1>{PICTURE}')
    lesson(site, f'<h1 id="same">A</h1>{PICTURE}{PICTURE}')
    soup = BeautifulSoup(document(site, BOOK, ABOUT), "html.parser")
    ids = [tag["id"] for tag in soup.select("[id]")]
    assert len(ids) == len(set(ids))
    for picture in soup.select("svg"):
        own = picture.path["id"]
        assert picture.use["xlink:href"] == f"#{own}"
        assert picture.g["clip-path"] == f"url(#{own})"


@pytest.mark.parametrize(
    ("link", "address", "wanted"),
    [
        ("../exercises/04-a.html", None, "#exercises-04-a"),
        ("../book/bibliography-j-z.html#un-2013", None, "#book-bibliography-j-z--un-2013"),
        ("#here", None, "#notebooks-04-a--here"),
        ("https://example.org/x#y", None, "https://example.org/x#y"),
        ("../_static/downloads/data/t.csv", None, None),
        ("../book/progress.html#a", "https://a.b/c", "https://a.b/c/book/progress.html#a"),
    ],
)
def test_links_lead_into_the_book_or_out_of_it_and_never_to_a_file(site, link, address, wanted):
    body = lesson(site, f'<h1 id="here">A</h1><a href="{link}">text</a>', address)
    found = body.select_one("a")
    assert body.get_text() == "Atext"
    assert (found and found["href"]) == wanted


def test_a_link_that_leads_nowhere_stops_the_book(site):
    write(site, LESSON, '<h1>A</h1><a href="../book/bibliography-j-z.html#nobody">x</a>')
    with pytest.raises(UserError, match="book-bibliography-j-z--nobody"):
        document(site, BOOK, ABOUT)


def test_a_missing_page_is_named(site):
    (site / f"{EXERCISE}.html").unlink()
    with pytest.raises(UserError, match=r"exercises/04-a\.html .*make book"):
        document(site, BOOK, ABOUT)


def test_sources_of_a_table_are_named_by_their_keys(site):
    works = (
        '<details class="works"><summary>Sources (1)</summary><ul>'
        "<li><code>un_2013</code>: UN (2013). Long title.</li></ul></details>"
    )
    line = lesson(site, works).select_one("p.works")
    assert line.get_text() == "Sources (1): un_2013"
    assert line.a["href"] == "#book-bibliography-j-z--un-2013"


def test_a_wide_table_with_few_rows_is_turned(site):
    cells = ["".join(f"<t{kind}>{kind}{n}</t{kind}>" for n in range(9)) for kind in "hd"]
    table = f"<table><thead><tr>{cells[0]}</tr></thead><tbody><tr>{cells[1]}</tr></tbody></table>"
    rows = lesson(site, table).select("tr")
    assert [row.get_text(" ") for row in rows[:2]] == ["h0 d0", "h1 d1"]
    assert len(rows) == 9
    kept = lesson(site, table.replace("<table>", '<table class="dataframe">'))
    assert len(kept.select("tr")) == 2


def test_parts_title_and_contents(site):
    soup = BeautifulSoup(document(site, BOOK, ABOUT), "html.parser")
    assert [tag.get_text() for tag in soup.select("h1.part")] == ["Part I", "Reference"]
    assert soup.select_one(".title-page .title").get_text() == "A course"
    assert "Version 1.0, 2026-01-01" in soup.select_one(".title-page").get_text()
    links = {link.get_text(): link["href"] for link in soup.select(".contents-list a")}
    assert links == {
        "04\N{EN SPACE}A question?": "#notebooks-04-a",
        "Exercises": "#exercises-04-a",
        "Bibliography": "#book-bibliography-j-z",
    }
