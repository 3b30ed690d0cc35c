"""The quizzes as another program reads them: what Moodle's reader asks for is there."""

import html
import re
from xml.etree import ElementTree

import pytest

from tools.common.paths import ROOT
from tools.content.quizzes import quizzes
from tools.content.stage import read

MADE = quizzes()
LESSONS = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))


def words(text: str) -> str:
    return " ".join(re.findall(r"\w+", html.unescape(re.sub(r"<[^>]+>", " ", text))))


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_option_of_a_lesson_comes_back_with_its_answer(lesson):
    root = ElementTree.fromstring(MADE[f"{lesson}.xml"])
    first, *items = root.findall("question")
    assert first.get("type") == "category"
    assert first.findtext("category/text").startswith(f"$course$/top/Check yourself/{lesson[:2]} ")
    cells = read(ROOT / "notebooks" / f"{lesson}.ipynb").cells
    [source] = [words(c.source) for c in cells if "## Check yourself\n" in c.source]
    assert len(items) == 3
    for item in items:
        assert item.get("type") == "multichoice"
        assert item.findtext("single") == "true"
        # the reader takes a text from `text` and its kind from the attribute `format`
        for place in ("name", "questiontext", "generalfeedback"):
            assert item.find(f"{place}/text") is not None
        asked = words(item.findtext("questiontext/text")).split()
        assert len(asked) > 4
        assert " ".join(asked[:4]) in source
        answers = item.findall("answer")
        assert sorted(one.get("fraction") for one in answers) == ["0"] * (len(answers) - 1) + [
            "100"
        ]
        for one in answers:
            assert one.get("format") == one.find("feedback").get("format") == "html"
            chosen, says = words(one.findtext("text")), words(one.findtext("feedback/text"))
            assert len(says) > 10
            assert f"{chosen} {says}" in source


def test_all_lessons_are_in_one_file_and_each_question_has_a_name_of_its_own():
    root = ElementTree.fromstring(MADE["all-lessons.xml"])
    names = [
        item.findtext("idnumber")
        for item in root.iter("question")
        if item.find("idnumber") is not None
    ]
    assert len(names) == len(set(names)) == 3 * len(LESSONS)
    assert len(root.findall("question[@type='category']")) == len(LESSONS)
