"""The teaching kit: schedules from the lessons, plans that add up, sheets tied to the tables."""

import importlib
import re
import tomllib
from dataclasses import replace

import pytest

from course.checks import Misconception
from course.data import load
from tools.authoring.numbers.beside import Beside
from tools.authoring.numbers.quantities import MONTHS, unexplained
from tools.authoring.numbers.texts import readable
from tools.common.errors import UserError
from tools.common.paths import ROOT
from tools.content.bibliography import references
from tools.content.slides import deck, taught
from tools.pages import marks, one_class, syllabi, teaching, timed

KIT = ROOT / "book" / "teaching"
LESSONS = teaching.lessons()
SECTIONS = ("Timed plan", teaching.VOTE, "Discussion", "On the board", "Where students stumble")
GUESS = r"^\*Guess:\* (.+)$"
ALTERNATIVE = "The content note and its alternative"


def by_name(lesson) -> str:
    return lesson.name


def section(text: str, title: str) -> str:
    """Return what stands under a heading of the second level."""
    found = re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, f"no section {title!r}"
    return found[1]


def questions(text: str) -> list[tuple[str, str]]:
    """Return the bold questions that begin a paragraph, each with what follows it."""
    return re.findall(r"^\*\*(.+?[?.])\*\* (.+)$", text, re.MULTILINE)


# Schedules ---------------------------------------------------------------------------------------


def made_up(number: str, needs: tuple[str, ...] = ()) -> teaching.Lesson:
    return teaching.Lesson(
        number, "slug", "Why?", "I", ("Say why.",), 60, 15, needs, ("sum",), "", ()
    )


@pytest.fixture(scope="module")
def course():
    return syllabi.course(LESSONS)


TITLES = [one["title"] for one in tomllib.loads(syllabi.SOURCE.read_text("utf-8"))["syllabus"]]
LONG = ("Seven double sessions of 150 minutes", "Fourteen weeks", "A term of fifteen weeks")


@pytest.mark.parametrize("title", TITLES)
class TestSyllabi:
    @pytest.fixture
    def syllabus(self, title, course):
        [found] = [one for one in course.syllabi if one.title == title]
        return found

    @pytest.fixture
    def text(self, title, course):
        return section(syllabi.page(course), title)

    def test_what_a_lesson_needs_comes_before_it_or_is_named(self, syllabus, text, course):
        before = set(re.findall(r"plan-(\d\d)", text.partition("builds also on")[2]))
        for meeting in syllabus.meetings:
            for number in meeting.numbers:
                assert set(course.lessons[number].needs) <= before, number
                before.add(number)

    def test_a_meeting_holds_no_more_than_its_time(self, syllabus, course):
        for meeting in syllabus.meetings:
            assert syllabi.minutes_of(meeting, syllabus, course) <= syllabus.most, meeting

    def test_the_page_adds_the_minutes_up(self, syllabus, text):
        rows = re.findall(r"^\| \d+ \| (.+?) \| (\d+) \|", text, re.MULTILINE)
        assert len(rows) == len(syllabus.meetings)
        for held, total in rows:
            assert sum(map(int, re.findall(r"\((\d+)\)", held))) == int(total), held
        assert f"In all {sum(int(total) for _, total in rows):,} minutes" in text

    def test_a_content_note_is_read_out_in_the_meeting_before(self, syllabus, text, course):
        last = [row.split(" | ")[-1] for row in re.findall(r"^\| \d+ \| .+$", text, re.MULTILINE)]
        for before, after in zip(last, syllabus.meetings[1:], strict=False):
            for number in after.numbers:
                noted = bool(course.lessons[number].content_note)
                assert (f"plan-{number}.md" in before) == noted, number
            assert all(f"({play}.md)" in before for play in after.plays)

    def test_a_long_one_has_room_for_a_role_play_and_the_brief(self, syllabus, text, course):
        if syllabus.title in LONG:
            plays = [play for meeting in syllabus.meetings for play in meeting.plays]
            after = {course.plays[play].after for play in plays}
            taught = [number for meeting in syllabus.meetings for number in meeting.numbers]
            assert plays
            assert after <= set(taught)
            assert sorted(taught) == sorted(course.readings), "each lesson once, here or at home"
            assert re.search(r"weeks? (for|of) the brief", text)
            assert "A week after the last" in text, "the brief has a day for its last form"
            assert text.index("brief, sent") > text.index("plan-14.md")
            assert "Peer review" in text

    def test_the_hours_at_home_stand_beside_each_meeting(self, syllabus, text, course):
        rows = [row.split(" | ") for row in re.findall(r"^\| \d+ \| .+$", text, re.MULTILINE)]
        said = [float(row[5]) for row in rows]
        assert bool(sum(said)) == syllabus.homework
        for number, meeting in enumerate(syllabus.meetings):
            if syllabus.homework and (meeting.written or meeting.texts):
                assert said[number] > 0, meeting
            if meeting.brief:
                assert syllabus.brief / syllabus.brief_over / 60 <= said[number]
        if syllabus.homework:
            assert f"at most {max(said):.1f}" in text
            mean = sum(said) / len(said)
            shown = re.search(r"At home ([\d.]+) hours", text)[1]
            assert float(shown) == pytest.approx(mean, abs=0.1)

    def test_as_many_written_tasks_are_due_as_are_counted(self, syllabus, course):
        words = {"one": 1, "a second": 1, "two": 2}
        for meeting in syllabus.meetings:
            told = re.findall(r"\b(one|a second|two) written tasks? of Part", meeting.due)
            if syllabus.code:
                assert meeting.written == sum(words[word] for word in told), meeting
            else:
                assert meeting.written == meeting.due.count("]("), meeting

    def test_each_task_is_done_in_class_or_due(self, syllabus, text, course):
        for meeting in syllabus.meetings:
            for number in meeting.lessons:
                if syllabus.homework and number in course.lessons:
                    plan = course.plans[number]
                    done = plan.tasks(syllabi.variant(plan, syllabus.variant))
                    core = [task.id for task in course.lessons[number].tasks if task.core]
                    assert done
                    assert [t for t in core if t not in done and t not in text] == []


def test_each_reading_stands_under_read_next_of_its_lesson(course):
    assert list(course.readings) == course.order[: len(course.readings)]
    assert len(course.readings) >= 15
    for number, key in course.readings.items():
        path = teaching.NOTEBOOKS / f"{course.lessons[number].name}.ipynb"
        assert f"`{key}`" in path.read_text("utf-8").partition("## Read next")[2], number


def test_a_syllabus_that_names_what_is_not_there_is_named(tmp_path):
    text = syllabi.SOURCE.read_text("utf-8")
    (tmp_path / "x.toml").write_text(text.replace('lessons = ["05", "06"]', 'lessons = ["25"]'))
    with pytest.raises(UserError, match="Seven double sessions of 150 minutes: there is no 25"):
        syllabi.course(LESSONS, tmp_path / "x.toml")


def test_a_role_play_waits_for_its_lesson():
    until = [lesson for lesson in LESSONS if lesson.number < "12"]
    assert {play.name for play in teaching.role_plays(until)} == {"council"}


# Plans -------------------------------------------------------------------------------------------


SMALL = """
| Slides | 10 | 15 | What happens |
|---|---:|---:|---|
| 1–2 | 4 | 4 | Read. |
| – | 6 | 11 | **Task 15.1.** Work. |
| 3 | – | – | At home. |
"""


class TestTimedTable:
    def test_it_is_read_and_printed_as_clocks(self):
        plan = timed.timed(SMALL, "x")
        assert plan.lengths == (10, 15)
        assert [row.slides for row in plan.rows] == [(1, 2), (), (3,)]
        assert (plan.tasks(0), plan.tasks(), plan.rest) == ({"15.1": 6}, {"15.1": 11}, 4)
        shown = timed.with_clocks(f"Before.\n{SMALL}\nAfter.", "x")
        assert "| 10 min | 15 min | Slides | What happens |" in shown
        assert "| 4–10 | 4–15 | none | **Task 15.1.** Work. |" in shown
        assert "| – | – | 3 | At home. |" in shown
        assert shown.startswith("Before.")
        assert shown.endswith("After.")

    def test_a_class_without_slides_has_no_column_for_them(self):
        plain = "| 9 | 12 | What happens |\n|---:|---:|---|\n| 4 | 4 | Read. |\n| 5 | 8 | Play. |\n"
        assert timed.timed(plain, "x").lengths == (9, 12)
        shown = timed.with_clocks(plain, "x")
        assert "| 9 min | 12 min | What happens |" in shown
        assert "| 4–9 | 4–12 | Play. |" in shown
        with pytest.raises(UserError, match=r"cannot be read: \| – \| 4 \| 4 \|"):
            timed.timed(plain.replace("| 4 | 4 |", "| – | 4 | 4 |"), "x")

    @pytest.mark.parametrize(
        ("old", "new", "message"),
        [
            ("| 6 | 11 |", "| 7 | 11 |", "x for 10 minutes adds up to 11"),
            ("| 6 | 11 |", "| 6 | 10 |", "x for 15 minutes adds up to 14"),
            ("| 6 | 11 |", "| 6 |", "has a row that cannot be read: | – | 6 |"),
            ("| 1–2 |", "| one |", "has a row that cannot be read: | one |"),
            ("| Slides |", "| Slide |", "x has no timed plan"),
        ],
    )
    def test_what_does_not_add_up_is_named(self, old, new, message):
        with pytest.raises(UserError, match=re.escape(message)):
            timed.timed(SMALL.replace(old, new), "x")

    @pytest.mark.parametrize(
        ("slides", "message"),
        [
            ([2, 2, 1], ""),
            ([2, 3, 1], "10 minutes: slides 1–2 take 5, the row has 4"),
            ([2, 2], "the lesson has 1 to 2, each once"),
            ([2, 2, 1, 1], "the lesson has 1 to 4, each once"),
        ],
    )
    def test_it_is_compared_with_the_slides(self, slides, message):
        wrong = timed.against_slides(timed.timed(SMALL, "x"), slides)
        assert bool(wrong) == bool(message)
        assert message in " ".join(wrong)


@pytest.fixture(scope="module")
def works():
    return references()


@pytest.mark.parametrize("lesson", LESSONS, ids=by_name)
class TestPlan:
    def test_its_minutes_are_those_of_the_session(self, lesson):
        plan = teaching.plan_of(lesson)
        own = plan.rest, sum(plan.tasks().values())
        metadata = lesson.reading, lesson.exercises
        assert own == metadata, f"plans/{lesson.name}.md: not the lesson's minutes"

    def test_it_shows_every_slide_in_the_minutes_of_the_deck(self, lesson, works):
        shown = deck(taught(teaching.NOTEBOOKS / f"{lesson.name}.ipynb"), works)
        wrong = timed.against_slides(teaching.plan_of(lesson), [one.minutes for one in shown])
        assert wrong == [], f"plans/{lesson.name}.md: not the minutes of its slides"

    def test_novices_get_their_time_for_the_core_and_for_talk(self, lesson):
        plan = teaching.plan_of(lesson)
        core = [task.id for task in lesson.tasks if task.core]
        assert sorted(plan.tasks()) == core, (
            f"plans/{lesson.name}.md: its longest class does the core"
        )
        least = 10 if lesson.number == "00" else 15  # single lines, then real tasks
        assert min(plan.tasks().values()) >= least
        for number, _ in enumerate(plan.lengths):
            assert plan.tasks(number), f"plans/{lesson.name}.md: each class does a task"
            for what, minutes in (("Discussion", 6), ("Vote", 2), ("Talk, then vote again", 4)):
                rows = [row for row in plan.rows if row.text.startswith(f"**{what}.**")]
                assert [row.minutes[number] >= minutes for row in rows] == [True], what

    def test_the_note_of_the_next_lesson_has_its_minute_here(self, lesson):
        after = [other for other in LESSONS if other.number > lesson.number][:1]
        last = [row for row in teaching.plan_of(lesson).rows if "**Before next time.**" in row.text]
        assert len(last) == 1
        assert min(last[0].minutes) >= 2
        for other in after:
            told = f"content note of [lesson {other.number}](plan-{other.number}.md)"
            assert (told in last[0].text) == bool(other.content_note)

    def test_a_class_is_heard_by_some_voices_and_not_one_by_one(self, lesson):
        rows = [row.text for row in teaching.plan_of(lesson).rows if row.minutes[-1] <= 6]
        all_heard = re.compile(r"[Oo]ne sentence (each|from)|[Ee]ach (pair|student) (reads|says)")
        assert [row for row in rows if all_heard.search(row)] == []

    def test_its_vote_has_one_right_answer_and_a_guess(self, lesson):
        text = section(teaching.plan_text(lesson), teaching.VOTE)
        letters = re.findall(r"^- \*\*([A-D])\.\*\* \S", text, re.MULTILINE)
        assert 3 <= len(letters) <= 4
        found = re.findall(r"^\*\*Right: ([A-D])\.\*\* (.+)$", text, re.MULTILINE)
        guesses = re.findall(GUESS, text, re.MULTILINE)
        own = f"plans/{lesson.name}.md: its vote needs"
        assert len(found) == 1, f"{own} one line `**Right: B.** …` with the reason"
        assert len(guesses) == 1, f"{own} one line `*Guess:* A 40, B 40, C 20`"
        [(right, why)], [guess] = found, guesses
        assert right in letters
        assert len(why.split()) >= 20
        split = dict(re.findall(r"([A-D]) (\d+)", guess))
        assert list(split) == letters
        assert sum(map(int, split.values())) == 100
        assert 30 <= int(split[right]) <= 70, f"{own} a question for pairs"
        assert teaching.HOW_TO_VOTE in teaching.plan_page(lesson, LESSONS)

    def test_its_vote_is_shown_without_the_answer(self, lesson):
        shown = section(teaching.votes(LESSONS), f"Vote on lesson {lesson.number}")
        own, _, answer = section(teaching.plan_text(lesson), teaching.VOTE).partition("**Right: ")
        assert shown.strip() == own.strip()
        assert answer.split(" ", 2)[2][:40] not in shown
        assert f"(votes.md#vote-on-lesson-{lesson.number})" in teaching.plan_page(lesson, LESSONS)

    def test_its_content_note_has_an_alternative(self, lesson):
        text = teaching.plan_text(lesson)
        has_one = f"## {ALTERNATIVE}\n" in text and section(text, ALTERNATIVE).strip()
        assert has_one or not lesson.content_note, f"plans/{lesson.name}.md lacks: {ALTERNATIVE}"

    def test_every_number_is_one_of_the_lessons(self, lesson):
        """A plan quotes what the lesson computes, so it changes when the tables do."""
        path = teaching.NOTEBOOKS / f"{lesson.name}.ipynb"
        text = teaching.plan_text(lesson).replace("```text", "").replace("```", "")
        head = re.compile(r"^\| (Slides|–|\d+(–\d+)?) \|( (\d+|–) \|)+", re.MULTILINE)
        text = re.sub(GUESS, "", readable(head.sub("", text)), flags=re.MULTILINE)
        # places in the lesson, and the one of a formula
        text = re.sub(r"\b[Ss]teps? \d( to \d| and \d)?\b|\b[Qq]uestion \d\b|\b1 - ", "", text)
        loose = unexplained(text, set(Beside(path).numbers().values()))
        assert loose == [], f"plans/{lesson.name}.md: numbers that the lesson does not compute"

    def test_the_tasks_it_names_exist(self, lesson):
        for task_id in re.findall(r"\b(\d\d\.\d)\b", teaching.plan_text(lesson)):
            tasks = importlib.import_module(f"course.tasks.lesson{task_id[:2]}").TASKS
            assert task_id in tasks.by_id

    def test_the_page_says_what_the_metadata_say(self, lesson):
        page = teaching.plan_page(lesson, LESSONS)
        assert page.startswith(f"# Plan {lesson.number}: {lesson.title}\n")
        for length in teaching.plan_of(lesson).lengths:
            assert f"**{length} minutes** with task" in page
        for objective in lesson.objectives:
            assert f"- {objective}\n" in page
        for task in lesson.tasks:
            assert f"**{task.id} {task.title}**" in page
            for line in task.rubric:
                assert f"- {line}\n" in f"{page}\n"

    def test_every_mistake_is_told_with_its_message(self, lesson):
        page = teaching.plan_page(lesson, LESSONS)
        for task in lesson.tasks:
            messages = [known.message for known in task.misconceptions]
            for message in messages:
                parts = [other for other in messages if other in message and other != message]
                assert all(part in page for part in parts or [message]), message


@pytest.mark.parametrize("path", sorted(teaching.PLANS.glob("*.md")), ids=lambda path: path.stem)
class TestHandWrittenPlan:
    """Also a plan that waits for its lesson."""

    def test_it_has_its_parts_in_order(self, path):
        found = re.findall(r"^## (.+)$", path.read_text("utf-8"), re.MULTILINE)
        wanted = [*SECTIONS, ALTERNATIVE][: max(len(found), len(SECTIONS))]
        assert found == wanted, f"plans/{path.name}: its sections"

    def test_each_minute_has_its_place(self, path):
        text = section(path.read_text("utf-8"), "Timed plan")
        assert min(timed.timed(text, path.name).lengths) >= 30

    def test_each_question_has_what_a_good_answer_contains(self, path):
        asked = questions(section(path.read_text("utf-8"), "Discussion"))
        assert 3 <= len(asked) <= 4, f"plans/{path.name}: ask three or four questions"
        for question, answer in asked:
            assert "?" in question
            assert len(answer.split()) >= 20, question

    def test_it_has_one_board_that_fits(self, path):
        board = section(path.read_text("utf-8"), "On the board")
        sketches = re.findall(r"^```text\n(.*?)^```$", board, re.MULTILINE | re.DOTALL)
        assert len(sketches) == 1, f"plans/{path.name}: one block of `text` for the board"
        [sketch] = sketches
        assert max(len(line) for line in sketch.splitlines()) <= 60
        assert sketch.isascii(), "a board is drawn alike in every font"


class TestPlans:
    def test_a_lesson_without_a_plan_is_named(self, tmp_path):
        lesson = made_up("15")
        with pytest.raises(UserError, match=r"lesson 15 has no teaching plan; write .*15-slug\.md"):
            teaching.plan_page(lesson, [lesson], tmp_path)

    def test_every_plan_has_its_lesson_or_waits_for_it(self):
        slugs = {lesson.number: lesson.name for lesson in LESSONS}
        for path in teaching.PLANS.glob("*.md"):
            assert slugs.get(path.stem[:2], path.stem) == path.stem

    def test_a_lesson_whose_metadata_lack_something_is_named(self, tmp_path):
        whole = (teaching.NOTEBOOKS / f"{LESSONS[3].name}.ipynb").read_text("utf-8")
        (tmp_path / "03-slug.ipynb").write_text(whole.replace('"needs"', '"need"'), "utf-8")
        with pytest.raises(UserError, match=r"03-slug\.ipynb: its metadata `course` lack 'needs'"):
            teaching.lessons(tmp_path)

    def test_links_start_from_the_page(self, tmp_path):
        lesson = made_up("15")
        (tmp_path / "15-slug.md").write_text("See [this](../hearing.md).", "utf-8")
        assert teaching.plan_text(lesson, tmp_path).endswith("[this](hearing.md).")

    def test_a_mistake_that_joins_two_others_is_told_once(self):
        task = replace(
            LESSONS[0].tasks[0],
            misconceptions=[
                Misconception("one", int, "Look again."),
                Misconception("other", int, "Count again."),
                Misconception("both", int, "Look again. Count again."),
            ],
        )
        assert [name for name, _ in teaching.distinct(task)] == ["one", "other"]


class TestRubrics:
    def test_every_written_task_stands_with_its_lines(self):
        text = teaching.written_tasks(LESSONS)
        written = [task for lesson in LESSONS for task in lesson.tasks if task.rubric]
        assert len(written) >= len(LESSONS)
        for task in written:
            assert f"[{task.id}]" in text
            assert all(f"- {line}" in text for line in task.rubric)

    def test_the_weights_are_a_whole(self):
        text = section((KIT / "assessment.md").read_text("utf-8"), "Weights")
        tables = text.split("### Weights of seven classes without code")
        assert len(tables) == 2
        for table in tables:
            weights = re.findall(r"(\d+)% \|$", table, re.MULTILINE)
            assert len(weights) >= 4
            assert sum(map(int, weights)) == 100
            for rows, each, both in re.findall(r"\| (\w+) .+ (\d+) each: (\d+)%", table):
                assert {"Two": 2, "Three": 3}[rows] * int(each) == int(both)

    def test_questions_in_person_are_the_same_on_both_pages(self):
        words = {"three": 3, "four": 4}
        rubrics, plan = (
            (KIT / f"{name}.md").read_text("utf-8") for name in ("rubrics", "assessment")
        )
        rows = re.findall(r"^\| \*\*", section(rubrics, "The defence of a brief"), re.MULTILINE)
        own = section(rubrics, "Questions on one of the own texts")
        first = words[re.search(r"asks the first (\w+) rows of the defence", own)[1]]
        assert first == marks.PLAY_CRITERIA, "the third table turns the sum into a mark"
        assert "the third table turns" in own
        for number, linked in re.findall(
            r"\[(\w+) (?:questions? in person )?on (.+?)\]\(rubrics", plan
        ):
            asked = len(rows) if "brief" in linked else first
            assert words[number.lower()] == asked, linked
        assert len(re.findall(r"\(rubrics\.md#questions-on-one-of-the-own-texts\)", plan)) == 2
        assert (30 * 5 / 60, 120 * 5 / 60) == (2.5, 10)
        assert "take two and a half hours with 30 students, ten with 120" in plan


# One class ---------------------------------------------------------------------------------------


class TestOneClass:
    def test_its_rows_give_each_slide_its_time(self):
        plan = timed.timed(one_class.source(), "one-class")
        assert plan.lengths == (50, 75, 90)
        shown = [one.minutes for one in deck(taught(ROOT / one_class.LESSON), references())]
        numbers = [number for row in plan.rows for number in row.slides]
        assert numbers == sorted(set(numbers))
        for row in plan.rows:
            least = sum(shown[number - 1] for number in row.slides)
            assert all(not minutes or minutes >= least for minutes in row.minutes), row.text

    def test_each_row_says_what_to_say_or_asks_for_a_part_of_the_handout(self):
        plan = timed.timed(one_class.source(), "one-class")
        parts = re.findall(r"[Pp]art (\d)", " ".join(row.text for row in plan.rows))
        assert set(parts) == set(re.findall(r"^\*\*(\d)\. ", one_class.handout(), re.MULTILINE))
        assert all("*Say" in row.text or "Part" in row.text for row in plan.rows)

    def test_the_talk_stands_below_the_fold_that_hides_the_formula(self):
        above, below = one_class.handout().split('class="fold"')
        plan = timed.timed(one_class.source(), "one-class")
        vote = [n for n, row in enumerate(plan.rows) if "vote again" in row.text]
        opened = [n for n, row in enumerate(plan.rows) if "Open the sheet" in row.text]
        assert "New coca =" not in above
        assert "New coca =" in below
        assert max(vote) < min(opened)

    def test_it_votes_as_the_plan_of_its_lesson_does(self):
        [lesson] = [lesson for lesson in LESSONS if lesson.name in one_class.LESSON]
        own = section(teaching.plan_text(lesson), teaching.VOTE)
        question = re.search(r"^\*\*(.+\?)\*\*$", own, re.MULTILINE)[1]
        options = re.findall(r"^- \*\*[A-D]\.\*\* (.+)$", own, re.MULTILINE)
        for page in (one_class.source(), one_class.handout()):
            assert question in page
            assert all(option in page for option in options)
        assert re.findall(GUESS, own, re.MULTILINE)[0] in one_class.source()

    def test_the_target_was_met_and_the_crop_both_fell_and_grew(self):
        met = [one for one in one_class.figures() if one.target is not None]
        assert all(one.pulled >= one.target for one in met)
        assert {one.end > one.start for one in met} == {True, False}
        for one in one_class.figures():
            assert f"| {one.pulled:,} | {one.new:,} |" in one_class.source(), "the sum is told"
            assert f"{one.new:,}" not in one_class.handout()

    def test_no_page_gives_a_tasks_answer_away(self):
        [lesson] = [lesson for lesson in LESSONS if lesson.name in one_class.LESSON]
        tasks = importlib.import_module(f"course.tasks.lesson{lesson.number}").TASKS
        answer = f"{tasks.by_id[lesson.tasks[0].id].reference():,.0f}"
        assert [name for name, text in one_class.pages().items() if answer in text.decode()] == []

    def test_its_places_are_those_of_the_lessons_model(self):
        said = one_class.explorer()
        for plan, again in one_class.PLACES:
            area = start = one_class._crop()["Peru", 2012] / 1000
            other = one_class._other() / 1000
            short = []
            for year in range(1, 7):
                if area < plan:
                    short.append(year)
                area += other + (again - 1) * min(plan, area)
            assert one_class.runs_out(plan, again) == (short[0] if short else None)
            assert said[plan, again][0] == f"{area:.0f}", (plan, again)
            assert float(said[plan, again][1]) == pytest.approx(again + other / plan, abs=0.005)
            assert one_class.thousand(1000 * start) in one_class.handout()
        again = {said[plan, 1][0] for plan in one_class.PLANS}
        assert len(again) == 1, "with all planted again the plan makes no difference"

    def test_it_says_where_a_line_of_the_explorer_bends(self):
        year, end = one_class.runs_out(36, 0.6), one_class.explorer()[36, 0.6][0]
        said = f"from year {year} on less than 36 thousand ha stand"
        assert said in one_class.source()
        assert f"all of it is pulled up, and the line ends at {end}." in one_class.source()

    @pytest.mark.parametrize("text", ["one-class", "its lesson's plan"])
    def test_the_slide_with_the_answer_waits_for_the_second_vote(self, text):
        [lesson] = [lesson for lesson in LESSONS if lesson.name in one_class.LESSON]
        shown = deck(taught(ROOT / one_class.LESSON), references())
        end = f"{one_class.figures()[0].pulled:,} ha"
        [answer] = [number for number, one in enumerate(shown, 1) if end in str(one)]
        if text == "one-class":
            rows = timed.timed(one_class.source(), text).rows
        else:
            rows = teaching.plan_of(lesson).rows
        [vote] = [n for n, row in enumerate(rows) if "vote again" in row.text]
        [told] = [n for n, row in enumerate(rows) if answer in row.slides]
        assert told >= vote
        if told == vote:
            assert f"only then slide {answer}" in rows[vote].text

    def test_the_homework_can_be_done_from_its_page(self):
        text = one_class.homework()
        crop, pulled = one_class._crop(), one_class._pulled()
        for year in one_class.HOMEWORK_YEARS:
            at = one_class.HOMEWORK, year
            start = crop[one_class.HOMEWORK, year - 1]
            assert f"| {year} | {start:,.0f} | {crop[at]:,.0f} | {pulled[at]:,.0f} |" in text

    def test_the_handout_has_lines_and_the_lessons_figure(self):
        text = one_class.handout()
        assert text.count('class="write"') >= 4
        assert text.count("<svg") == 1
        assert text.count("|  |") == len(one_class.figures()), "an empty cell for each sum"


# Role plays --------------------------------------------------------------------------------------


def share(part: float, whole: float, digits: int = 0) -> str:
    return f"{100 * part / whole:.{digits}f}%"


def ayacucho() -> list[str]:
    """Return deaths in Ayacucho laid to Shining Path, before and after committees spread."""
    deaths = load("deaths_department_year")
    laid = deaths[deaths["perpetrator_recorded"] == "shining_path"]
    laid = laid[laid["department"] == "Ayacucho"].groupby("year")["deaths_documented"].sum()
    return [f"{laid.loc[1989]:.0f} in 1989", f"{laid.loc[1994]:.0f} in 1994"]


def hearing() -> dict[str, list[str]]:
    """Return what each role of the hearing alone knows, computed from the tables."""
    peru = load("selfdefense_figures").set_index("figure_id")
    value = peru["value"]
    tip = peru.loc["checkpoint_tip_2023"]
    zones = load("cultivation_zones")
    zones = zones[(zones["series"] == "devida") & (zones["year"] == 2024)]
    vraem = zones.set_index("zone")["area_ha"].loc["VRAEM"]
    country = load("cultivation")
    country = country[(country["series"] == "devida") & (country["year"] == 2024)]
    area = country["area_ha"].item()
    quoted = load("quoted_figures").set_index("figure_id")
    return {
        "a delegate of families bereaved by a committee": [
            f"{value['rondas_as_perpetrator']:.0f} records",
            f"{value['rondas_as_perpetrator_vraem']:.0f} of them",
        ],
        "an officer of the Joint Command": [
            f"{value['committees_recognised_2022']:.0f} committees",
            f"{value['weapons_registered_2022']:,.0f} weapons",
        ],
        "a delegate of a committee": [
            *ayacucho(),
            f"{tip['value_low']} to {tip['value_high']:.0f} soles",
        ],
        "a delegate of the ronda federation": [
            f"{value['votes_for_2022']:.0f} votes",
            f"{value['votes_against_2022']:.0f} against",
            f"{value['votes_abstained_2022']:.0f} abstentions",
        ],
        "a delegate of widows of committee members": [f"{value['compensated_dead_2007']:.0f} dead"],
        "a delegate of a coca growers' union": [
            f"{vraem:,.0f} ha",
            f"{area:,.0f} ha",
            share(vraem, area),
        ],
        "the finance ministry": [
            f"{value['shotguns_issued']:,.0f} shotguns",
            f"{value['shotguns_returned_2006']:.0f} of them",
        ],
        "a lawyer who follows the Inter-American Court": [
            quoted["as_printed"]["amnesty_sentences"]
        ],
    }


def council() -> dict[str, list[str]]:
    """Return what each role of the council alone knows, computed from the tables."""
    value = load("selfdefense_figures").set_index("figure_id")["value"]
    quoted = load("quoted_figures").set_index("figure_id")
    commission = load("cvr_figures").set_index("figure_id")["value"]
    deaths = load("deaths_department_year")
    by_side = deaths.groupby("perpetrator_recorded")["deaths_documented"].sum()
    shares = load("toll_shares").set_index("share_id")["share_percent"]
    members, guns = value["members_paper_2006"], value["shotguns_issued"]
    community = quoted.loc["peace_community_size", "value_high"]
    rondas = value["rondas_as_perpetrator"]
    return {
        "a member of a committee elsewhere": [
            f"{members:,.0f} members",
            f"{guns:,.0f} shotguns",
            f"for {members / guns:.0f} members",
            *ayacucho(),
        ],
        "a young man who would have to serve": [f"over {value['service_age_1991']:.0f} served"],
        "a mother with relatives in town": [f"{commission['displaced']:,.0f} people"],
        "a teacher who visited a neutral community": [
            f"fewer than {community:,.0f} people",
            f"{quoted.loc['peace_community_killed_2005', 'value']:.0f} members",
        ],
        "the head of the mothers' club": [
            f"{commission['women_testified_ayacucho']:.0f}%",
            f"{commission['women_testified']:.0f}%",
        ],
        "an envoy of the neighbouring village": [
            f"{by_side.sum():,.0f} deaths",
            f"{rondas:.0f} are",
            share(rondas, by_side.sum(), 1),
        ],
        "an old man who has seen both sides come": [
            share(by_side["state_agents"], by_side.sum(), 1),
            share(by_side["shining_path"], by_side.sum(), 1),
            f"Path {shares['annex3_shining_path']:.0f} percent",
            f"committees {shares['annex3_state']:.0f} percent",
        ],
        "a delegate of the state": [quoted.loc["peic_effect", "as_printed"]],
    }


def reparations_board() -> dict[str, list[str]]:
    """Return what each role of the board alone knows, computed from the tables."""
    value = load("selfdefense_figures").set_index("figure_id")["value"]
    quoted = load("quoted_figures").set_index("figure_id")
    commission = load("cvr_figures").set_index("figure_id")["value"]
    return {
        "an official of the register": [f"{commission['registered_victims_2019']:,.0f} victims"],
        "a delegate of the Ombudsman": [
            quoted.loc["reparations_listed_2014", "as_printed"],
            f"{quoted.loc['reparations_uncollected_2014', 'value_low']:,.0f} had not",
        ],
        "a delegate of families of dead committee members": [
            f"{value['compensated_dead_2007']:.0f} dead"
        ],
        "a delegate of neighbours whom a committee harmed": [
            f"{value['rondas_as_perpetrator_vraem']:.0f} deaths"
        ],
        "a delegate of a women's organisation": [
            f"{commission['women_testified']:.0f}%",
            f"{commission['women_testified_ayacucho']:.0f}%",
        ],
        "a delegate of native communities": [
            f"{quoted.loc['ashaninka_captive', 'value']:,.0f} Asháninka"
        ],
        "a lawyer for people falsely accused": [
            quoted.loc["falsely_accused_network", "as_printed"],
            f"{quoted.loc['falsely_accused_held', 'value']:.0f} were still",
        ],
        "the finance ministry": [f"{commission['registered_victims_2011']:,.0f} victims"],
    }


TRUE_FIGURES = {
    "council": council(),
    "hearing": hearing(),
    "reparations-board": reparations_board(),
}
ROLES = [(play, role) for play, figures in TRUE_FIGURES.items() for role in figures]


def text_of(play: str) -> str:
    return (KIT / f"{play}.md").read_text("utf-8")


def sheets(play: str) -> dict[str, str]:
    """Return the role sheets of a role play by the last words of their titles."""
    parts = re.split(r"^## Role sheet \d: ", text_of(play), flags=re.MULTILINE)[1:]
    return {part.split("\n", 1)[0]: part for part in parts}


BETWEEN = "Changeover: between the speakers"


def row_of(play: str, begins: str) -> timed.Row:
    """Return the row of a role play's plan that begins with these words."""
    rows = timed.timed(text_of(play), play).rows
    [found] = [row for row in rows if row.text.startswith(f"**{begins}.**")]
    return found


def holders(play: str, printed: str) -> list[str]:
    """Return the roles on whose sheet a figure stands."""
    # a space or the start before it: 0 of them is not the end of 10 of them
    figure = re.compile(rf"(?<![\d.,]){re.escape(printed)}")
    return [role for role, text in sheets(play).items() if figure.search(text)]


@pytest.mark.parametrize(("play", "role"), ROLES)
class TestSheet:
    def test_its_figure_stands_on_it_alone_and_comes_from_a_table(self, play, role):
        for printed in TRUE_FIGURES[play][role]:
            assert holders(play, printed) == [role], printed

    def test_it_holds_no_other_number(self, play, role):
        text = re.sub(r"\{cite:p\}`[^`]*`", "", sheets(play)[role].split("\n", 1)[1])
        for printed in sorted(TRUE_FIGURES[play][role], key=len, reverse=True):
            text = text.replace(printed, "")
        months = MONTHS
        text = re.sub(
            rf"\b(3 October|9 January)\b|\b({months}) (19|20)\d\d\b|\b(19|20)\d\d(–(19|20)\d\d)?\b"
            r"|[Aa]rticle \d",
            "",
            text,
        )
        assert re.findall(r"\d[\d,.]*", text) == []

    def test_it_is_whole(self, play, role):
        text = sheets(play)[role]
        for part in ("speak for", "want", "Your figure", "How sure it is", "may ask", "not know"):
            assert len(re.findall(rf"^\*\*[^*]*{part}", text, re.MULTILINE)) == 1, part
        asked = re.search(r"\*\*You may ask\.\*\* (.+)", text)[1]
        assert asked.count("?") == 2
        figure = re.search(r"\*\*Your figure\.\*\* (.+)", text)[1]
        assert "{cite:p}" in figure


@pytest.mark.parametrize("play", teaching.ROLE_PLAYS)
class TestRolePlay:
    def test_every_role_has_its_figure(self, play):
        assert list(sheets(play)) == list(TRUE_FIGURES[play])
        assert len(sheets(play)) == 8

    def test_its_plan_adds_up_to_75_and_to_90_minutes(self, play):
        assert timed.timed(text_of(play), play).lengths == (75, 90)

    def test_its_plan_hears_every_role_and_lets_it_sit_down(self, play):
        roles, words = len(sheets(play)), {"two": 2, "three": 3}
        spoken, between = (row_of(play, begins) for begins in ("Eight statements", BETWEEN))
        first, longer = re.match(
            r"\*\*\S+ \S+\*\* (\w+) minutes each(?:, in 90 minutes (\w+))?\.", spoken.text
        ).groups()
        each = [words[word.lower()] for word in (first, longer or first)]
        assert list(spoken.minutes) == [roles * minutes for minutes in each]
        assert "Half a minute after each statement" in between.text
        assert list(between.minutes) == [roles / 2, roles / 2]

    def test_moving_and_leaving_the_role_have_their_minutes(self, play):
        rows = timed.timed(text_of(play), play).rows
        begins = [re.match(r"\*\*(.+?)\.\*\*", row.text)[1] for row in rows]
        assert begins[0] == "Changeover: into the seats"
        assert begins[-4:] == [
            "Changeover: out of the role",
            "Out of the role",
            "Ledger and report",
            "Debrief",
        ]
        for begin, row in zip(begins, rows, strict=True):
            if begin.startswith("Changeover"):
                assert min(row.minutes) >= 2, begin
        left = row_of(play, "Out of the role")
        assert min(left.minutes) >= 4
        assert re.search(r'\*Ask:\* "[^"]+\?"', left.text)

    def test_what_is_handed_out_is_collected_and_has_a_page_of_its_own(self, play):
        given = row_of(play, "Changeover: into the seats").text
        assert "to each role its sheet" in given
        assert "to everybody the slip" in given
        [shared] = re.findall(r"\]\(#([a-z-]+)\)", given)
        styles = (ROOT / "theme" / "static" / "course.css").read_text("utf-8")
        assert re.search(rf"#{shared}\b.*break-before: page; break-after: page", styles)
        assert f"\n## {shared.replace('-', ' ')}\n" in text_of(play).lower()
        assert "keeps the slip" in row_of(play, "Changeover: out of the role").text
        assert "collects the slips after the report" in row_of(play, "Ledger and report").text

    def test_a_tie_has_its_rule(self, play):
        rows = timed.timed(text_of(play), play).rows
        assert [row.text for row in rows if re.search(r"At a tie both .*stand", row.text)]

    def test_nobody_needs_to_play(self, play):
        text = text_of(play)
        apart = section(text, "Clerk and observer")
        assert "**clerk**" in apart
        assert "**observer**" in apart
        assert "marked like a role" in apart
        assert "**Content note.**" in text.split("## ")[0]
        assert "a patrol, a fight or a raid" in text.split("## ")[0]

    def test_its_debrief_has_what_good_answers_contain(self, play):
        asked = questions(section(text_of(play), "Debrief, with what good answers contain"))
        assert len(asked) >= 4
        assert all(len(answer.split()) >= 15 for _, answer in asked)

    def test_only_the_sheets_hold_figures(self, play):
        """Whoever reads the plan aloud gives no role's figure away."""
        before = text_of(play).split("## Role sheet")[0]
        for figures in TRUE_FIGURES[play].values():
            assert not [printed for printed in figures if printed in before]

    def test_a_role_has_a_sheet_of_paper(self, play):
        styles = (ROOT / "theme" / "static" / "course.css").read_text("utf-8")
        assert 'section[id^="role-sheet"] { break-before: page; }' in styles
        assert len(re.findall(r"^## Role sheet \d: ", text_of(play), re.MULTILINE)) == 8


def test_each_role_of_the_hearing_has_a_wish_for_the_article_of_its_table():
    rows = re.findall(r"^\| \d \| (.+) \| article (\d) \|$", text_of("hearing"), re.MULTILINE)
    assert len(rows) == 4
    seated = {int(n): article for roles, article in rows for n in re.findall(r"\((\d)\)", roles)}
    assert sorted(seated) == list(range(1, 9))
    for number, text in enumerate(sheets("hearing").values(), 1):
        wishes = re.findall(r"^\*\*For article (\d)\.\*\* (.+)$", text, re.MULTILINE)
        assert [article for article, _ in wishes] == [seated[number]], number
        assert len(wishes[0][1].split()) >= 10


class TestWhatTheRolePlaysSayInWords:
    """Statements without digits, which the test of numbers cannot see."""

    def test_the_register_grew_more_than_threefold_in_eight_years(self):
        commission = load("cvr_figures").set_index("figure_id")["value"]
        grown = commission["registered_victims_2019"] / commission["registered_victims_2011"]
        assert 3 < grown < 4
        assert 2019 - 2011 == 8

    def test_most_deaths_are_laid_to_the_two_sides_and_few_to_rondas(self):
        deaths = load("deaths_department_year")
        by_side = deaths.groupby("perpetrator_recorded")["deaths_documented"].sum()
        assert by_side[["state_agents", "shining_path"]].sum() / by_side.sum() > 0.8

    def test_the_estimate_turns_the_order_round(self):
        deaths = load("deaths_department_year")
        by_side = deaths.groupby("perpetrator_recorded")["deaths_documented"].sum()
        assert by_side["state_agents"] > by_side["shining_path"]
        estimated = load("toll_shares").set_index("share_id")["share_percent"]
        assert estimated["annex3_state"] < estimated["annex3_shining_path"]
