"""The answer key: every task, every right option, and outside the site."""

import html
import re

import pytest

from tools.common.paths import ROOT, SITE, exercises
from tools.content.quizzes import HEADING, questions
from tools.content.stage import read, tasks_of
from tools.editions import key

TEXT = key.document()


@pytest.mark.parametrize("path", exercises(), ids=lambda path: path.stem)
def test_each_task_has_solution_and_reason(path):
    part = TEXT.split(f"<h2>{path.stem[:2]} ")[1].split("<h2>")[0]
    heads = re.findall(r"<h3>(\d\d\.\d)", part)
    assert heads == [task.id for task in tasks_of(path.stem[:2])]
    for block in re.split(r"<h3>\d\d\.\d", part)[1:]:
        code, why = re.search(r"<pre>(.+?)</pre>\n<p>(.+?)</p>", block, re.DOTALL).groups()
        assert len(code) > 3 and len(why) > 20
    written = [task for task in tasks_of(path.stem[:2]) if task.rubric and task.answer == "text"]
    assert all(html.escape(line) in part for task in written for line in task.rubric)


def test_each_question_has_its_right_option():
    asked = 0
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        for cell in read(path).cells:
            if cell.cell_type == "markdown" and f"{HEADING}\n" in cell.source:
                asked += len(list(questions(cell.source)))
    assert len(re.findall(r"</strong> [a-h]: ", TEXT)) == asked > 40


def test_it_lies_outside_the_site_and_the_contents():
    assert not key.OUT.is_relative_to(SITE)
    assert "answer-key" not in (ROOT / "_toc.yml").read_text("utf-8")
    assert '<meta name="robots" content="noindex">' in TEXT
    assert not re.search(r'src="|href="(?!https?://)', TEXT), "it needs no other file"
