"""What a department reads: places that exist, hours that add up, figures of the measured page."""

import re
from functools import cache

import pytest

from tools.common.paths import ROOT, is_written
from tools.content.stage import read, tasks_of
from tools.pages import department, hours, marks, syllabi, teaching

KIT = ROOT / "book" / "teaching"


@cache
def lessons():
    """Return the lessons that are written, by number."""
    paths = sorted((ROOT / "notebooks").glob("*.ipynb"))
    return {path.stem[:2]: read(path) for path in paths if is_written(path)}


WAYS = syllabi.course(teaching.lessons())
OUTCOMES = hours.known()["outcomes"]
PAGE = department.pages()["book/teaching/department.md"].decode()
RECALL = '<details class="recall">'


def answers(lesson: str) -> dict[str, str]:
    """Return the answers of a lesson's questions from earlier, by number."""
    cells = [cell.source for cell in lessons()[lesson].cells if RECALL in cell.source]
    return dict(re.findall(r"^(\d)\. (.+)$", "".join(cells).split(RECALL)[-1], re.MULTILINE))


@pytest.mark.parametrize("number", range(len(OUTCOMES)))
class TestOutcome:
    def test_it_is_taught_and_practised_in_the_same_lessons(self, number):
        one = OUTCOMES[number]
        assert set(one["taught"]) <= set(lessons())
        assert one["practised"]
        for task in one["practised"]:
            assert task in tasks_of(task[:2]).by_id
            assert task[:2] in one["taught"]

    def test_what_is_retrieved_comes_back_to_a_lesson_that_taught_it(self, number):
        one = OUTCOMES[number]
        for place in one["retrieved"]:
            lesson, question = place.split("/")
            back = re.search(r"\[lesson (\d\d)\]", answers(lesson)[question])[1]
            assert back in one["taught"], place
            assert lesson > back

    def test_what_is_marked_is_read_by_a_person(self, number):
        one = OUTCOMES[number]
        assert one["marked"]
        for task in one["marked"]:
            assert tasks_of(task[:2]).by_id[task].rubric, task


def test_every_lesson_and_every_written_task_serves_an_outcome():
    assert {lesson for one in OUTCOMES for lesson in one["taught"]} == set(lessons())
    marked = {task for one in OUTCOMES for task in one["marked"]}
    assert {task.id for _, task in marks.written()} <= marked


@pytest.mark.parametrize("variant", hours.known()["variants"], ids=lambda one: one["title"])
def test_the_hours_of_a_variant_add_up_to_its_credits(variant):
    part = PAGE.split(f"### {variant['title']}")[1].split("\n### ")[0]
    rows = re.findall(r"^\| ([^*|]+) \| ([\d.]+) \|$", part, re.MULTILINE)
    total = float(re.search(r"\*\*In all\*\* \| \*\*([\d.]+)\*\*", part)[1])
    assert len(rows) >= 6
    assert sum(float(hours) for _, hours in rows) == pytest.approx(total, abs=0.05 * len(rows))
    assert 25 * variant["credits"] <= total <= 30 * variant["credits"]
    [way] = [one for one in WAYS.syllabi if one.title == variant["plan"]]
    in_class = sum(syllabi.minutes_of(meeting, way, WAYS) for meeting in way.meetings)
    works = [name for name, _ in rows if name.startswith("Works of the reading list")]
    assert float(dict(rows)["Class"]) == pytest.approx(in_class / 60, abs=0.05)
    assert works == [f"Works of the reading list ({way.works})"]
    assert way.works <= sum(bool(meeting.texts) for meeting in way.meetings)


def test_the_page_on_telephones_has_the_measured_bytes():
    measured = (ROOT / "book" / "running-the-course.md").read_text("utf-8")
    said = (KIT / "every-student.md").read_text("utf-8")
    first, second, third = (
        re.search(rf"^\| {row} \| [\d,]+ \| ([\d.]+ MB) \|$", measured, re.MULTILINE)[1]
        for row in ("A lesson, read", "Its exercise, Python started", "A second lesson")
    )
    assert f"only read fetches {first}" in said
    assert f"exercise fetches {second}" in said
    assert f"second lesson fetches {third}" in said


def test_students_find_every_lesson_that_speaks_of_violence():
    page = (KIT / "family-histories.md").read_text("utf-8")
    for lesson in teaching.lessons():
        linked = f"notebooks/{lesson.name}.ipynb" in page
        assert linked == bool(lesson.content_note), lesson.name
    assert all(f"({play}.md)" in page for play in teaching.ROLE_PLAYS)


def test_the_page_of_evidence_begins_with_what_there_is_not():
    body = (KIT / "evidence.md").read_text("utf-8").split("\n\n")[1]
    assert body.startswith("**No class has yet reported.**")
