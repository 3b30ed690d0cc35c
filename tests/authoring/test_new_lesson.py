"""`make lesson`: what it writes passes the tests as it is, and misses no part unnoticed.

In a copy of the project a lesson is made and its tests are run. Then one more lesson is made for
each part that a lesson has, without that part, and the test that should find it must fail with a
message that names the lesson's file and the part.
"""

import json
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
import yaml

from tools.authoring import new_lesson
from tools.authoring.test import scope
from tools.common.errors import UserError
from tools.common.paths import ROOT

NEXT = f"{int(max(new_lesson.lessons())) + 1:02}"
NAME = f"{NEXT}-my-topic"


@pytest.fixture(scope="module")
def project(copied):
    """A copy of the project in which `make lesson` has been run."""
    project = copied(ROOT)
    done = project.run("-m", "tools.commands", "lesson", NAME)
    assert done.returncode == 0, done.stdout + done.stderr
    return project


@pytest.fixture(scope="module")
def book(project) -> Path:
    """The book's pages with the new lesson, where its tests look for the site."""
    program = (
        "from tools.common import paths\n"
        "from tools.site import book, steps\n"
        "with book.Book() as book:\n"
        "    steps.staging()\n"
        "    paths.SITE.symlink_to(book.pages()[0])"
    )
    done = project.run("-c", program)
    assert done.returncode == 0, done.stdout + done.stderr
    return project.root / "_build" / "site"


OF_TABLES = (
    "tests/data/test_consistency_*.py",
    "tests/data/test_data.py",
    "tests/pages/test_atlas.py",
    "tests/pages/test_data_pages.py",
)


def contents(folder: Path) -> dict[str, bytes]:
    """Return what the files of a folder hold."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


# What it writes -------------------------------------------------------------------------------


def test_every_file_of_the_template_becomes_a_part_and_no_mark_is_left(project):
    parts = new_lesson.files(NEXT, "my-topic", "III")
    assert {
        f"notebooks/{NAME}.ipynb",
        f"exercises/{NAME}.ipynb",
        f"course/tasks/lesson{NEXT}.py",
        f"tests/lessons/test_lesson{NEXT}.py",
        f"book/teaching/plans/{NAME}.md",
    } <= set(parts)
    for path in parts:
        text = (project.root / path).read_text("utf-8")
        assert not re.search(r"NN|SLUG|PART", text), path
        assert "Replace: " in text, f"{path} does not say what to replace"


def test_the_table_of_contents_gains_the_lesson_behind_the_one_before(project):
    chapters = [
        chapter
        for part in yaml.safe_load((project.root / "_toc.yml").read_text("utf-8"))["parts"]
        for chapter in part["chapters"]
    ]
    place = next(i for i, entry in enumerate(chapters) if entry["file"] == f"notebooks/{NAME}")
    assert chapters[place]["sections"] == [{"file": f"exercises/{NAME}"}]
    assert chapters[place - 1]["file"].startswith(f"notebooks/{int(NEXT) - 1:02}-")
    [syllabi] = [entry for entry in chapters if entry["file"] == "book/teaching/syllabi"]
    pages = [entry["file"] for entry in syllabi["sections"]]
    start = "book/teaching/plan-"  # beside them stand plans of pages without code
    plans = [page.removeprefix(start) for page in pages if page.startswith(start)]
    assert plans == sorted(new_lesson.lessons(project.root))
    before = yaml.safe_load((ROOT / "_toc.yml").read_text("utf-8"))
    assert len(chapters) == 1 + sum(len(part["chapters"]) for part in before["parts"])


def test_its_own_tests_pass(project, book):
    chosen = scope(NAME, project.root).arguments(project.root)
    # these look at more of the site than its pages, and at tables: they are what they were
    without = ["tests/browser", "tests/site/test_site.py", *OF_TABLES]
    without = [f"--ignore-glob={path}" for path in without]
    assert contents(project.root / "data") == contents(ROOT / "data")
    done = project.run("-m", "pytest", "-q", "--nbval", *without, *chosen)
    assert done.returncode == 0, done.stdout[-3000:]
    assert int(re.search(r"(\d+) passed", done.stdout)[1]) > 100
    for check in ("check --force-exclude", "format --check --force-exclude"):
        files = [one for one in new_lesson.files(NEXT, "my-topic", "III") if ".md" not in one]
        done = project.run("-m", "ruff", *check.split(), *files)
        assert done.returncode == 0, done.stdout


def test_the_book_with_it_is_built_and_shows_no_mark(book):
    pages = (f"notebooks/{NAME}", f"exercises/{NAME}", f"book/teaching/plan-{NEXT}")
    for name in (*pages, f"slides/{NAME}"):
        page = (book / f"{name}.html").read_text("utf-8")
        assert "Bolivia" in page, name
        assert "Replace: " not in page.split("<body", 1)[1], name


# What it refuses ------------------------------------------------------------------------------

EXISTING = {"00": "start-here", "01": "counting-coca", "02": "prices", "04": "laws"}


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("", "needs a name: make lesson NAME="),
        ("my-topic", "does not begin with two digits"),
        ("3-my-topic", "does not begin with two digits"),
        ("103-my-topic", "does not begin with two digits"),
        ("03_my_topic", "does not begin with two digits"),
        ("٠٣-my-topic", "does not begin with two digits"),
        ("03-My-Topic", "has capital letters; write '03-my-topic'"),
        ("03", "needs words after its number"),
        ("03-", "needs words after its number"),
        ("03-my topic", "needs words after its number"),
        ("03-my--topic", "needs words after its number"),
        ("03-año", "needs words after its number"),
        ("03-../../topic", "needs words after its number"),
        ("04-my-topic", "exists already, as 04-laws; the next free number is 03"),
        ("03-prices", "the slug 'prices' is that of lesson 02"),
        ("17-my-topic", "there is no lesson 16 before 17; the next free number is 03"),
    ],
)
def test_a_name_that_will_not_do_gets_one_sentence(name, says):
    with pytest.raises(UserError) as raised:
        new_lesson.checked(name, EXISTING)
    message = str(raised.value)
    assert says in message
    assert "\n" not in message


@pytest.mark.parametrize("name", ["03-my-topic", "05-2nd-look"])
def test_a_name_that_will_do(name):
    assert new_lesson.checked(name, EXISTING) == (name[:2], name[3:])


def test_the_command_says_it_without_a_traceback(project):
    done = project.run("-m", "tools.commands", "lesson", "my-topic")
    assert done.returncode == 1
    assert done.stderr.startswith("Error: 'my-topic' does not begin")
    assert "Traceback" not in done.stderr


def test_a_file_in_the_way_is_left_and_nothing_is_written(project):
    number = f"{int(NEXT) + 1:02}"
    stray = project.root / "tests" / "lessons" / f"test_lesson{number}.py"
    stray.write_text("# mine\n")
    try:
        with pytest.raises(UserError, match=f"test_lesson{number}.py is in the way"):
            new_lesson.write(f"{number}-other", project.root)
        assert stray.read_text() == "# mine\n"
        assert not (project.root / "notebooks" / f"{number}-other.ipynb").exists()
        assert f"{number}-other" not in (project.root / "_toc.yml").read_text("utf-8")
    finally:
        stray.unlink()


def test_a_lesson_that_does_not_run_leaves_nothing_behind(project):
    broken = project.root / new_lesson.TEMPLATE / "course" / "tasks" / "lessonNN.py"
    whole, contents = broken.read_text("utf-8"), (project.root / "_toc.yml").read_text("utf-8")
    number = f"{int(NEXT) + 1:02}"
    broken.write_text(whole + "\n1 / 0\n", "utf-8")
    try:
        done = project.run("-m", "tools.commands", "lesson", f"{number}-other")
    finally:
        broken.write_text(whole, "utf-8")
    assert done.returncode == 1
    assert "ZeroDivisionError" in done.stderr
    assert (project.root / "_toc.yml").read_text("utf-8") == contents
    assert not list(project.root.glob(f"*/{number}-other*"))
    assert not (project.root / "course" / "tasks" / f"lesson{number}.py").exists()


@pytest.mark.parametrize("name", ["", "04", "04-no-such-lesson"])
def test_only_a_lesson_that_exists_can_be_tested_alone(name):
    with pytest.raises(UserError, match=f"there is no lesson '{name}'"):
        scope(name)


def test_a_lesson_before_that_is_not_in_the_contents_is_named():
    with pytest.raises(UserError, match="has no entry for notebooks/04-laws"):
        new_lesson.with_entry("root: book/index\n", "05-x", "04-laws")
    with pytest.raises(UserError, match="has no entry for book/teaching/plan-04"):
        new_lesson.with_plan("root: book/index\n", "05", "04")


# What is missed when a part is taken away -----------------------------------------------------


@dataclass(frozen=True)
class Lesson:
    """One lesson of a copy of the project, of which a part can be taken away."""

    root: Path
    number: str
    slug: str

    @property
    def name(self) -> str:
        return f"{self.number}-{self.slug}"

    def fill(self, text: str) -> str:
        """Put number and name into a text that has places for them."""
        return text.format(number=self.number, name=self.name)

    def change(self, path: str, edit: Callable[[str], str]) -> None:
        """Change the text of a file, which must be another one afterwards."""
        file = self.root / self.fill(path)
        before = file.read_text("utf-8")
        after = edit(before)
        assert after != before, f"there was nothing to take out of {file.name}"
        file.write_text(after, "utf-8")


Change = Callable[[Lesson], None]
NOTEBOOK, EXERCISE = "notebooks/{name}.ipynb", "exercises/{name}.ipynb"
TASKS, TESTS = "course/tasks/lesson{number}.py", "tests/lessons/test_lesson{number}.py"
NUMBERS = "tests/lessons/numbers/lesson{number}.py"
PLAN, PLAN_PAGE = "book/teaching/plans/{name}.md", "book/teaching/plan-{number}"


def no_file(path: str) -> Change:
    return lambda lesson: (lesson.root / lesson.fill(path)).unlink()


def no_entry(path: str) -> Change:
    """Take the line of a notebook out of the table of contents."""

    def edit(text: str, lesson: Lesson) -> str:
        gone = lesson.fill(path).removesuffix(".ipynb")
        return "".join(line for line in text.splitlines(True) if gone not in line)

    return lambda lesson: lesson.change("_toc.yml", lambda text: edit(text, lesson))


def notebook(path: str, edit: Callable[[dict], None]) -> Change:
    """Change a notebook as JSON."""

    def edited(text: str) -> str:
        content = json.loads(text)
        edit(content)
        return json.dumps(content, ensure_ascii=False)

    return lambda lesson: lesson.change(path, edited)


def metadata(name: str, value: object = None) -> Change:
    """Set an entry of a lesson's metadata, or take it away."""

    def edit(content: dict) -> None:
        course = content["metadata"]["course"]
        del course[name]
        if value is not None:
            course[name] = value

    return notebook(NOTEBOOK, edit)


def no_cell(cell_id: str, path: str = NOTEBOOK) -> Change:
    def edit(content: dict) -> None:
        content["cells"] = [cell for cell in content["cells"] if cell["id"] != cell_id]

    return notebook(path, edit)


def cell(cell_id: str, old: str, new: str = "", path: str = NOTEBOOK) -> Change:
    """Put one text in the place of another in a cell."""

    def edit(content: dict) -> None:
        (found,) = (one for one in content["cells"] if one["id"] == cell_id)
        whole = "".join(found["source"])
        assert old in whole, f"cell {cell_id} has no {old!r}"
        found["source"] = whole.replace(old, new, 1)

    return notebook(path, edit)


def no_outputs(cell_id: str) -> Change:
    def edit(content: dict) -> None:
        (found,) = (one for one in content["cells"] if one["id"] == cell_id)
        found["outputs"] = []

    return notebook(NOTEBOOK, edit)


def unchecked(phrase: str) -> Change:
    """Take away the check of one statement."""
    line = re.compile(rf"^ +\"{re.escape(phrase)}\": .*\n", re.MULTILINE)
    return lambda lesson: lesson.change(NUMBERS, lambda text: line.sub("", text))


def numbers(old: str, new: str = "") -> Change:
    """Replace a piece of the file of numbers."""
    return lambda lesson: lesson.change(NUMBERS, lambda text: text.replace(old, new, 1))


def tasks(pattern: str, new: str = "") -> Change:
    """Replace what a pattern finds first in the module of tasks."""
    return lambda lesson: lesson.change(
        TASKS, lambda text: re.sub(pattern, new, text, count=1, flags=re.DOTALL)
    )


def slide(cell_id: str, **said: object) -> Change:
    """Give a cell other words for its slide, or none, so that it is no slide any more."""

    def edit(content: dict) -> None:
        (found,) = (one for one in content["cells"] if one["id"] == cell_id)
        if said:
            found["metadata"]["slide"] |= said
        else:
            del found["metadata"]["slide"]
            found["metadata"]["tags"].remove("slide")

    return notebook(NOTEBOOK, edit)


def no_slides(lesson: Lesson) -> None:
    """Leave only the slides that every lesson has by itself."""
    cells = nbformat.read(lesson.root / lesson.fill(NOTEBOOK), as_version=4).cells
    for one in cells:
        if "slide" in one.metadata:
            slide(one.id)(lesson)


def plan(old: str, new: str = "") -> Change:
    return lambda lesson: lesson.change(PLAN, lambda text: text.replace(old, new, 1))


@dataclass(frozen=True)
class Removal:
    """What is taken away, how, the test that finds it, and what its message says."""

    part: str
    change: Change
    test: str
    says: str


def lesson_test(name: str) -> str:
    return f"tests/lessons/test_notebooks.py::TestLesson::{name}[notebooks/{{name}}]"


def exercise_test(name: str) -> str:
    return f"tests/lessons/test_notebooks.py::TestExercise::{name}[exercises/{{name}}]"


def numbers_test(name: str) -> str:
    return f"tests/lessons/test_numbers.py::TestNumbersOfALesson::{name}[{{name}}]"


FILES = lesson_test("test_it_has_its_exercise_tasks_tests_and_plan")
CONTENTS = lesson_test("test_it_is_in_the_table_of_contents")
META = lesson_test("test_its_metadata_is_complete")
ORDER = lesson_test("test_its_parts_stand_in_order")
COMPLETE = lesson_test("test_its_parts_are_complete")
QUIZ = lesson_test("test_its_quiz_answers_every_option")
PICTURES = lesson_test("test_every_picture_is_compared")
LESSON = exercise_test("test_it_has_its_lesson")
HAS_TASKS = exercise_test("test_it_has_its_tasks")
STUDENT = exercise_test("test_the_student_version_runs_and_answers_not_yet")
STORED = (
    "tests/lessons/test_notebooks.py::test_the_stored_file_is_what_executing_it_writes"
    "[notebooks/{name}]"
)
EXECUTED = "notebooks/{name}.ipynb::Cell 0"
COPIED = numbers_test("test_the_file_computes_and_does_not_copy")
TIED = numbers_test("test_every_number_of_the_prose_is_computed")
UNUSED = numbers_test("test_no_name_is_unused_or_ambiguous")
STATED = (
    "tests/lessons/test_numbers.py::TestStatementsOfALesson::"
    "test_every_result_in_words_is_checked[{name}]"
)
LADDER = "tests/lessons/test_ladder.py"
EARLY = f"{LADDER}::TestLadder::test_a_lesson_uses_only_what_was_introduced[{{name}}]"
TEACHES = "tests/course/test_checks.py::TestEveryComputedTask::test_it_teaches[{number}.1]"
JUDGED = "tests/course/test_checks.py::TestEveryWrittenTask::test_it_has_a_rubric[{number}.5]"
LISTED = "tests/theme/test_terms.py::test_what_a_lesson_recommends_is_on_the_reading_list[{name}]"
SLIDES = "tests/content/test_slides.py::TestSlidesOfALesson"
PLANS, PLAN_OF = (
    "tests/pages/test_teaching.py::TestHandWrittenPlan",
    "tests/pages/test_teaching.py::TestPlan",
)
VOTED = f"{PLAN_OF}::test_its_vote_has_one_right_answer_and_a_guess[{{name}}]"
SESSION = f"{PLAN_OF}::test_its_minutes_are_those_of_the_session[{{name}}]"
THIRD_ANSWER = (
    "That is one more single year. Ask for all of them, or for the reason behind the choice."
)

REMOVALS = [
    Removal("lesson", no_file(NOTEBOOK), LESSON, "notebooks/{name}.ipynb is missing"),
    Removal("exercise", no_file(EXERCISE), FILES, "exercises/{name}.ipynb is missing"),
    Removal("tasks", no_file(TASKS), FILES, "course/tasks/lesson{number}.py is missing"),
    Removal("tests", no_file(TESTS), FILES, "tests/lessons/test_lesson{number}.py is missing"),
    Removal("plan", no_file(PLAN), FILES, "book/teaching/plans/{name}.md is missing"),
    Removal("plan's entry", no_entry(PLAN_PAGE), CONTENTS, "_toc.yml lacks the line"),
    Removal("lesson's entry", no_entry(NOTEBOOK), CONTENTS, "_toc.yml lacks the line"),
    Removal("exercise's entry", no_entry(EXERCISE), CONTENTS, "_toc.yml lacks the line"),
    Removal("part", metadata("part"), META, "'part'"),
    Removal("minutes", metadata("minutes_reading"), META, "'minutes_reading'"),
    Removal("needs", metadata("needs"), META, "'needs'"),
    Removal("slug", metadata("slug", "other"), META, "number and slug of the metadata"),
    Removal("question", metadata("title", "Coca"), META, "the title is not a question"),
    Removal("objective", metadata("objectives", ["one", "two"]), META, "three objectives"),
    Removal("introduction", cell("one-observer", "un.diff()", "un.squeeze()"), EARLY, "squeeze"),
    Removal("title", no_cell("title"), ORDER, "title"),
    Removal("card", no_cell("card"), ORDER, "card"),
    Removal("claim", no_cell("claim"), ORDER, ":class: claim"),
    Removal("prediction", no_cell("predict"), ORDER, ":class: predict"),
    Removal("rival figures", no_cell("rival"), ORDER, ":class: rival"),
    Removal("quiz", no_cell("quiz"), ORDER, "## Check yourself"),
    Removal("key points", cell("key-points", "## Key points"), ORDER, "## Key points"),
    Removal("the unknown", cell("key-points", ":class: unknown"), ORDER, ":class: unknown"),
    Removal("reading", no_cell("read-next"), ORDER, "## Read next"),
    Removal("step", no_cell("step-2"), COMPLETE, "three steps"),
    Removal("key point", cell("key-points", "\n- A change"), COMPLETE, "three key points"),
    Removal("one unknown", cell("key-points", "\n- **Which"), COMPLETE, "two things"),
    Removal("work", cell("read-next", "\n- {cite:t}`ain_2020`"), COMPLETE, "three works"),
    Removal("quiz question", cell("quiz", "**2. "), QUIZ, "three questions"),
    Removal("right option", cell("quiz", "quiz right", "quiz"), QUIZ, "question 1: one option"),
    Removal("answer to an option", cell("quiz", THIRD_ANSWER), QUIZ, "question 3: options without"),
    Removal("figure", no_outputs("figure-two"), PICTURES, "no figure"),
    Removal("explorer", no_cell("explorer"), PICTURES, "no explorer"),
    Removal(
        "computation",
        numbers('f"{un.loc[2012]:,.0f} ha"', '"25,300 ha"'),
        COPIED,
        "'un_2012' is not an f-string",
    ),
    Removal(
        "computed number",
        numbers('        "un_2012": f"{un.loc[2012]:,.0f} ha",\n'),
        TIED,
        "25,300 ha",
    ),
    Removal(
        "checks", no_file(NUMBERS), FILES, "tests/lessons/numbers/lesson{number}.py is missing"
    ),
    Removal("check of a statement", unchecked("in five of the six years"), STATED, "why-4"),
    Removal("use of a number", cell("read-explorer", ", the US +31.6%"), UNUSED, "us_since_2012"),
    Removal("output", no_outputs("load"), EXECUTED, "Cell outputs differ"),
    Removal("minute of the card", cell("card", " minutes", " hours"), STORED, "card"),
    Removal(
        "check function",
        tasks(r"\ncheck = TASKS.check\n"),
        STUDENT,
        "cannot import name 'check'",
    ),
    Removal("question of a task", no_cell("task-1", EXERCISE), STUDENT, "no cell tagged task"),
    Removal("answer of a task", no_cell("answer-1", EXERCISE), STUDENT, "no cell tagged answer"),
    Removal("check of a task", no_cell("check-1", EXERCISE), STUDENT, "no cell tagged check"),
    Removal("reason of a task", no_cell("why-1", EXERCISE), STUDENT, "no cell tagged why"),
    Removal(
        "end of a solution",
        cell("answer-1", "### END SOLUTION", path=EXERCISE),
        STUDENT,
        "task {number}.1 needs one ### BEGIN SOLUTION for each",
    ),
    Removal(
        "last task",
        tasks(r'        Task\(\n            id="\d\d\.5".*?\n        \),\n'),
        HAS_TASKS,
        "five to seven tasks",
    ),
    Removal("written task", tasks('answer="text"', 'answer="number"'), HAS_TASKS, "written"),
    Removal(
        "further task", tasks("core=False", "core=True"), HAS_TASKS, "three tasks are the core"
    ),
    Removal(
        "misconception",
        tasks(
            r'                Misconception\(\n                    "other.*?(?=            \],\n)'
        ),
        TEACHES,
        "task {number}.1: write at least two misconceptions",
    ),
    Removal("hints", tasks(r"            hints=\[.*?\],\n"), TEACHES, "task {number}.1: write one"),
    Removal("rubric", tasks(r"            rubric=\[.*?\],\n"), JUDGED, "task {number}.5: write a"),
    Removal("what to quote", tasks("mentions=_quoted", "mentions=dict"), JUDGED, "mentions"),
    Removal("listed work", cell("read-next", "ain_2020", "unodc_wdr_annex611"), LISTED, "annex611"),
    Removal(
        "slides", no_slides, f"{SLIDES}::test_it_has_twelve_to_twenty[{{name}}]", "slides: tag"
    ),
    Removal(
        "notes of a slide",
        slide("claim", notes="Say it."),
        f"{SLIDES}::test_each_has_a_title_notes_and_minutes_of_its_own[{{name}}]",
        "'claim'",
    ),
    Removal(
        "explorer among the slides",
        slide("explorer"),
        f"{SLIDES}::test_an_explorer_moves_in_them[{{name}}]",
        "tag its explorer",
    ),
    Removal("number of a slide", slide("rival", points=["Bolivia: 1,234 ha."]), TIED, "1,234 ha"),
    Removal(
        "number of the plan",
        plan("same country and year", "1,234 ha apart"),
        f"{PLAN_OF}::test_every_number_is_one_of_the_lessons[{{name}}]",
        "1,234 ha",
    ),
    Removal(
        "minute of the plan",
        plan("| 5 | 5 | 5 | **Talk", "| 5 | 4 | 5 | **Talk"),
        SESSION,
        "adds up to 74",
    ),
    Removal(
        "slide of the plan",
        plan("| 3–4 |", "| 3 |"),
        f"{PLAN_OF}::test_it_shows_every_slide_in_the_minutes_of_the_deck[{{name}}]",
        "each once",
    ),
    Removal("vote of the plan", plan("**Right: B.**"), VOTED, "**Right: B.**"),
    Removal(
        "board of the plan",
        plan("```text", "```"),
        f"{PLANS}::test_it_has_one_board_that_fits[{{name}}]",
        "one block of `text`",
    ),
    Removal(
        "section of the plan",
        plan("## Where students stumble"),
        f"{PLANS}::test_it_has_its_parts_in_order[{{name}}]",
        "Where students stumble",
    ),
    Removal(
        "question of the plan",
        plan("**Why does", "Why does"),
        f"{PLANS}::test_each_question_has_what_a_good_answer_contains[{{name}}]",
        "three or four questions",
    ),
    Removal(
        "alternative to a content note",
        metadata("content_note", "Violence is described."),
        f"{PLAN_OF}::test_its_content_note_has_an_alternative[{{name}}]",
        "The content note and its alternative",
    ),
]


# Its tests read every lesson before the first of them runs, so that no other part may be missing.
ALONE = "tests/pages/test_teaching.py"


@pytest.fixture(scope="module")
def messages(project, copied) -> dict[str, tuple[Lesson, str]]:
    """For each part: the lesson without it, and what the test says that finds it missing."""
    alone = [removal for removal in REMOVALS if removal.test.startswith(ALONE)]
    others = [removal for removal in REMOVALS if removal not in alone]
    return findings(copied(project.root), others) | findings(copied(project.root), alone)


def findings(project, removals: list[Removal]) -> dict[str, tuple[Lesson, str]]:
    """Make a lesson for each removal and run their tests, all in one run of pytest."""
    lessons = [
        Lesson(project.root, f"{int(NEXT) + place:02}", f"part-{place}")
        for place in range(1, len(removals) + 1)
    ]
    for lesson in lessons:
        new_lesson.write(lesson.name, project.root)
        for path in (NOTEBOOK, EXERCISE):
            done = project.root / path.format(name=NAME)
            take_outputs(project.root / lesson.fill(path), done)
    for lesson, removal in zip(lessons, removals, strict=True):
        removal.change(lesson)
    tests = [lesson.fill(removal.test) for lesson, removal in zip(lessons, removals, strict=True)]
    done = project.run("-m", "pytest", "-q", "--nbval", "--junitxml=found.xml", *tests)
    cases = ElementTree.parse(project.root / "found.xml").iter("testcase")
    found = {case.get("name"): said(case) for case in cases}
    named = {test: test.rpartition("::")[2] for test in tests}
    unrun = [test for test in tests if named[test] not in found]
    assert unrun == [], done.stdout[-3000:] + done.stderr[-3000:]
    return {
        removal.part: (lesson, found[named[test]])
        for lesson, removal, test in zip(lessons, removals, tests, strict=True)
    }


def said(case: ElementTree.Element) -> str:
    """Return what a test says that fails; a cell's notebook stands in pytest's heading only."""
    is_cell = case.get("classname").endswith(".ipynb")
    heading = f"{case.get('classname')}\n" if is_cell else ""
    return "\n".join(heading + fault.get("message") for fault in case.findall("failure"))


def take_outputs(path: Path, executed: Path) -> None:
    """Give a notebook the card and the outputs of the same notebook that was executed."""
    fresh, done = (nbformat.read(file, as_version=4) for file in (path, executed))
    for one, other in zip(fresh.cells, done.cells, strict=True):
        if one.cell_type == "code":
            one.outputs, one.execution_count = other.outputs, other.execution_count
        elif "card" in one.metadata.get("tags", []):
            one.source = other.source
    path.write_text(nbformat.writes(fresh) + "\n", "utf-8")


@pytest.mark.parametrize("removal", REMOVALS, ids=lambda removal: removal.part)
def test_a_missing_part_is_named_with_its_lesson(messages, removal):
    lesson, message = messages[removal.part]
    assert message, f"nobody missed it: {lesson.fill(removal.test)} passes"
    first = message[:400]  # what a terminal shows at once
    assert lesson.fill(removal.says) in first
    assert lesson.name in first or f"lesson{lesson.number}.py" in first
