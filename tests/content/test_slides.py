"""Slides: which cells become one, what is shown of them, and what is said beside them."""

import re
from functools import cache

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from tools.common.errors import UserError
from tools.common.paths import ROOT
from tools.content.bibliography import Reference, references
from tools.content.slides import deck, inline, page
from tools.content.stage import portable
from tools.pages.slides import pages

LESSONS = sorted((ROOT / "notebooks").glob("*.ipynb"))
WORKS = {"doe2009": Reference("Doe", "2009", "https://example.org/doe")}
QUIZ = """## Check yourself

**1. Which?**

<details class="quiz"><summary>One.</summary>No, it is not that one.</details>
<details class="quiz right"><summary>Two.</summary>Yes, it is two.</details>
"""
LAST = """## Key points

- A point.

:::{admonition} What we do not know
:class: unknown
- **A gap.** Why it is one.
:::"""


@cache
def slides_of(path):
    works = references(ROOT / "book" / "references.bib")
    return deck(nbformat.read(path, as_version=4), works)


def shown(*cells, **course) -> list:
    course = {"title": "Why?", "number": "15", "objectives": ["Say why."]} | course
    course |= {"minutes_reading": 10, "minutes_exercises": 5}
    return deck(new_notebook(cells=cells, metadata={"course": course}), WORKS)


def cell(source="Prose.", make=new_markdown_cell, **said):
    said = {"title": "A title", "notes": "Say it.", "minutes": 3} | said
    return make(source, metadata={"tags": ["slide"], "slide": said})


def code(html: str, source="1 + 1", **said):
    made = cell(source, new_code_cell, **said)
    made.outputs = [new_output("display_data", {"text/html": html})]
    return made


# Lessons --------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
class TestSlidesOfALesson:
    @pytest.fixture
    def slides(self, path):
        return slides_of(path)

    def test_it_has_twelve_to_twenty(self, path, slides):
        assert 12 <= len(slides) <= 20, (
            f"{path.name} has {len(slides)} slides: tag cells `slide`, see CONTRIBUTING.md"
        )

    def test_each_has_a_title_notes_and_minutes_of_its_own(self, path, slides):
        notes = [re.sub(r"<[^>]+>", " ", slide.notes) for slide in slides]
        short = [s.name for s, n in zip(slides, notes, strict=True) if len(n.split()) < 15]
        assert short == [], f"{path.name}: slides whose notes need what to say and what to ask"
        untitled = [slide.name for slide in slides if not slide.title]
        assert untitled == [], f"{path.name}: slides without a title"
        long = [slide.name for slide in slides if not 1 <= slide.minutes <= 8]
        assert long == [], f"{path.name}: slides that take less than a minute or more than eight"
        names = [slide.name for slide in slides]
        assert len(set(names)) == len(names)

    def test_they_fit_a_class_with_time_for_the_exercises(self, path, slides):
        minutes = sum(slide.minutes for slide in slides)
        assert minutes <= 50, f"{path.name}: its slides leave no time for the exercise"

    def test_an_explorer_moves_in_them(self, path, slides):
        moving = any('class="course-explorer"' in slide.body for slide in slides)
        assert moving, f"{path.name}: tag its explorer `slide`"

    def test_the_first_names_the_content_note(self, path, slides):
        note = nbformat.read(path, as_version=4).metadata["course"].get("content_note")
        assert ("Content note" in slides[0].body) == bool(note)


# What a cell gives ----------------------------------------------------------------------------


def test_only_a_tagged_cell_is_a_slide():
    assert shown(new_markdown_cell("Prose."), new_code_cell("1 + 1")) == []
    [slide] = shown(cell("## Heading\n\nProse, with {cite:t}`doe2009`."))
    assert slide.title == "A title"
    assert slide.body == '<p>Prose, with <a href="https://example.org/doe">Doe (2009)</a>.</p>'
    assert (slide.notes, slide.minutes, slide.kind) == ("<p>Say it.</p>", 3, "words")


def test_points_stand_in_place_of_the_prose():
    [slide] = shown(cell("Long prose.", points=["Short, $5.", "*Shorter*."]))
    assert "Long prose" not in slide.body
    assert slide.body.startswith('<ul class="said"><li>Short, <span')
    assert "<li><em>Shorter</em>.</li>" in slide.body


def test_a_box_keeps_its_look_and_its_title_is_said_once():
    box = "Before.\n\n:::{admonition} Write it down first\n:class: predict\nA task.\n:::\n\nAfter."
    [slide] = shown(cell(box))
    assert slide.body.startswith('<div class="admonition predict"><p class="admonition-title">W')
    assert "A task." in slide.body
    assert "Before" not in slide.body
    untitled = cell(box)
    del untitled.metadata["slide"]["title"]
    [slide] = shown(untitled)
    assert slide.title == "Write it down first"
    assert '<p class="admonition-title"></p>' in slide.body
    [slide] = shown(cell(box, title="Write it down first"))
    assert '<p class="admonition-title"></p>' in slide.body


def test_a_figure_gives_its_sentence_as_the_title():
    figure = '<figure class="course-figure"><p class="figure-title">It fell</p><svg/></figure>'
    tagged = code(figure, points=["Where?"])
    del tagged.metadata["slide"]["title"]
    [slide] = shown(tagged)
    assert (slide.title, slide.kind) == ("It fell", "picture")
    assert "figure-title" not in slide.body
    assert slide.body.index("<svg/>") < slide.body.index("Where?")
    explorer = figure.replace("course-figure", "course-explorer")
    assert [one.kind for one in shown(code(explorer))] == ["explorer"]


def test_code_is_shown_when_the_lesson_teaches_it():
    [quiet], [taught] = shown(code("<b>2</b>")), shown(code("<b>2</b>", code=True))
    assert quiet.body == "<b>2</b>"
    assert '<div class="highlight">' in taught.body
    assert taught.body.index("highlight") < taught.body.index("<b>2</b>")
    printed = cell("print('<')", new_code_cell)
    printed.outputs = [new_output("stream", text="<\n")]
    assert shown(printed)[0].body == "<pre>&lt;</pre>"


def test_the_title_says_what_you_will_be_able_to_do():
    [slide] = shown(new_markdown_cell("# Why?"), content_note="Deaths are counted.")
    assert (slide.title, slide.kind) == ("Why?", "title")
    for words in (
        "Say why.",
        "10 minutes with the text, 5 with the exercise",
        "Deaths are counted.",
    ):
        assert words in slide.body
    [own] = shown(cell("# Why?", notes="Other words.", minutes=4))
    assert (own.title, own.notes, own.minutes) == ("Why?", "<p>Other words.</p>", 4)


def test_a_question_comes_before_its_answer_and_the_notes_answer_the_wrong_ones():
    [slide] = shown(new_markdown_cell(QUIZ))
    assert slide.title == "Check yourself, 1"
    assert slide.body == (
        '<p><strong>Which?</strong></p><ol type="A"><li>One.</li><li>Two.</li></ol>'
        '<p class="fragment answer"><strong>B.</strong> Yes, it is two.</p>'
    )
    assert "<strong>A</strong>: No, it is not that one." in slide.notes


def test_the_last_words_are_two_slides():
    points, gaps = shown(new_markdown_cell(LAST))
    assert points.body == "<ul>\n<li>A point.</li>\n</ul>"
    assert 'class="admonition unknown"' in gaps.body
    assert "<strong>A gap.</strong>" in gaps.body


@pytest.mark.parametrize(
    ("words", "size"), [(60, "large"), (100, "middle"), (150, "small")], ids=str
)
def test_the_more_there_is_to_read_the_smaller_it_is_set(words, size):
    table = "<table><td>" + "cell " * 99 + "</td></table>"  # has a size of its own
    [slide] = shown(code(table, points=["word " * words]))
    assert slide.size == size


@pytest.mark.parametrize(
    ("target", "link"),
    [
        ("03-counting-coca.ipynb", "../notebooks/03-counting-coca.html"),
        ("../book/the-article.md#point-2", "../book/the-article.html#point-2"),
        ("../exercises/03-counting-coca.ipynb", "../exercises/03-counting-coca.html"),
        ("https://example.org/a.md", "https://example.org/a.md"),
    ],
)
def test_a_link_leads_where_it_did(target, link):
    assert page(target) == link


def test_a_formula_is_mathml_and_a_dollar_a_dollar():
    assert inline(r"{math}`\hat{N}_1` costs $5", WORKS).startswith("<math")
    assert "$" not in inline(r"{math}`N`", WORKS)


# What is wrong is named -----------------------------------------------------------------------


def untagged():
    made = cell()
    made.metadata["tags"] = []
    return made


@pytest.mark.parametrize(
    ("made", "fault"),
    [
        (untagged(), "needs the tag"),
        (new_markdown_cell("Prose.", metadata={"tags": ["slide"]}), "needs metadata"),
        (cell(note="A slip of the pen."), "has no note"),
        (cell(title=""), "needs a `title`"),
        (code("<b>2</b>", title=""), "needs a `title`"),
        (cell("1 + 1", new_code_cell), "no output"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_cell_that_makes_no_slide_is_named(made, fault):
    with pytest.raises(UserError, match=f"cell {made.id}.*{fault}"):
        shown(made)


def test_a_student_s_copy_has_no_notes_for_the_teacher():
    notebook = new_notebook(cells=[cell()])
    assert "slide" not in portable(notebook, "notebooks/a.ipynb", WORKS, page).cells[0].metadata
    assert "slide" in notebook.cells[0].metadata


def test_the_teaching_page_lists_every_deck_with_its_minutes():
    [page_text] = [text.decode() for text in pages().values()]
    for path in LESSONS:
        slides = slides_of(path)
        minutes = sum(slide.minutes for slide in slides)
        assert f'href="../../slides/{path.stem}.html"' in page_text
        assert f"</a> | {len(slides)} | {minutes} |" in page_text
    for key in ("`N`", "`S`"):
        assert key in page_text
