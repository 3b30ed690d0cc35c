"""The check engine, and every task of every lesson against wrong answers."""

import importlib
import pkgutil
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import course.tasks
from course.checks import Misconception, Task, Tasks, spellings

LESSONS = [
    importlib.import_module(f"course.tasks.{module.name}").TASKS
    for module in pkgutil.iter_modules(course.tasks.__path__)
]
TASKS = [(lesson, task) for lesson in LESSONS for task in (*lesson, *lesson.turns)]
COMPUTED = [(lesson, task) for lesson, task in TASKS if task.answer not in ("text", "brief")]
BRIEFS = [(lesson, task) for lesson, task in TASKS if task.answer == "brief"]
WRITTEN = [(lesson, task) for lesson, task in TASKS if task.answer == "text"]
MISTAKES = [(lesson, task, m) for lesson, task in TASKS for m in task.misconceptions]


def names(cases):
    return [" ".join([case[1].id, *(m.name for m in case[2:])]) for case in cases]


@pytest.mark.parametrize(("lesson", "task"), COMPUTED, ids=names(COMPUTED))
class TestEveryComputedTask:
    def test_the_reference_is_right(self, lesson, task):
        assert lesson.check(task.id, task.reference()).status == "right"

    def test_an_untouched_answer_is_not_yet(self, lesson, task):
        assert lesson.check(task.id, ...).status == "not yet"

    @pytest.mark.parametrize(
        "answer",
        [
            None,
            float("nan"),
            float("inf"),
            "text",
            [],
            [1, 2],
            {"a": 1},
            object(),
            pd.Series(dtype=float),
            pd.DataFrame(),
            pd.Series([1, 1], index=["a", "a"]),
            np.array([[1, 2], [3, 4]]),
            -1e300,
            lambda: 1,
        ],
        ids=lambda answer: type(answer).__name__,
    )
    def test_an_odd_answer_gets_a_message(self, lesson, task, answer):
        verdict = lesson.check(task.id, answer)
        assert verdict.status == "wrong"
        assert len(verdict.message) > 20

    def test_it_teaches(self, lesson, task):
        where = f"course/tasks/lesson{lesson.lesson}.py, task {task.id}"
        assert len(task.misconceptions) >= 2, f"{where}: write at least two misconceptions"
        assert 1 <= len(task.hints) <= 2, f"{where}: write one hint or two"
        assert task.tolerance <= 0.02, f"{where}: too wide a tolerance"


@pytest.mark.parametrize(("lesson", "task", "mistake"), MISTAKES, ids=names(MISTAKES))
def test_a_known_mistake_gets_its_own_message(lesson, task, mistake):
    verdict = lesson.check(task.id, mistake.value())
    assert verdict.mistake == ("" if task.answer == "brief" else mistake.name)
    assert (verdict.status, verdict.message) == (
        "not yet" if task.answer == "brief" else "wrong",
        mistake.message,
    )


@pytest.mark.parametrize(("lesson", "task"), WRITTEN, ids=names(WRITTEN))
class TestEveryWrittenTask:
    def test_it_has_a_rubric(self, lesson, task):
        where = f"course/tasks/lesson{lesson.lesson}.py, task {task.id}"
        assert len(task.rubric) >= 3, f"{where}: write a rubric of at least three lines"
        assert task.mentions(), f"{where}: say what the text has to quote (mentions)"

    def test_too_short_and_unquoted_texts_are_told_what_is_missing(self, lesson, task):
        fewest, _ = task.words
        short, unquoted = (
            lesson.check(task.id, "too short"),
            lesson.check(task.id, "word " * fewest),
        )
        assert "words" in short.message
        assert "quote" in unquoted.message
        assert short.status == unquoted.status == "not yet"

    def test_a_text_that_quotes_everything_is_complete(self, lesson, task):
        fewest, _ = task.words
        quoted = " ".join(spellings[0] for spellings in task.mentions().values())
        verdict = lesson.check(task.id, quoted + " word" * fewest)
        assert verdict.status == "right"
        assert tuple(task.rubric) == verdict.rubric

    @pytest.mark.parametrize("answer", [None, 3, ["a"], ""])
    def test_no_text_gets_a_message(self, lesson, task, answer):
        assert lesson.check(task.id, answer).status == "not yet"


def test_a_brief_is_never_wrong():
    for lesson, task in BRIEFS:
        for answer in (None, 3, "text", {}, {"title": "x"}, dict.fromkeys("ab")):
            verdict = lesson.check(task.id, answer)
            assert (verdict.status, verdict.kind) == ("not yet", "brief")


# The engine itself ---------------------------------------------------------------------------

AREA = Task(
    id="00.1",
    title="Area",
    answer="number",
    unit="ha",
    reference=lambda: 250.0,
    misconceptions=[Misconception("gross", lambda: 300.0, "That is gross.")],
)
FLAG = Task(id="00.2", title="Flag", answer="boolean", reference=lambda: True)
WORD = Task(
    id="00.3",
    title="Kind",
    answer="choice",
    choices=("flow", "stock"),
    reference=lambda: "stock",
    misconceptions=[Misconception("flow", lambda: "flow", "A year's work is a flow.")],
)
SERIES = Task(
    id="00.4",
    title="Series",
    answer="series",
    reference=lambda: pd.Series({2012: 1.0, 2013: 2.0}),
)
TABLE = Task(
    id="00.5",
    title="Table",
    answer="table",
    keys=("country",),
    reference=lambda: pd.DataFrame({"country": ["Peru", "Bolivia"], "area_ha": [2.0, 1.0]}),
)
TEXT = Task(
    id="00.6",
    title="Text",
    answer="text",
    words=(3, 30),
    reference=lambda: None,
    rubric=["It argues.", "It quotes.", "It doubts."],
    mentions=lambda: {
        "the area": spellings(1234),
        "the change": spellings(-7.125, places=1),
        "the word net": ["net"],
    },
)
ENGINE = Tasks("00", [AREA, FLAG, WORD, SERIES, TABLE, TEXT])


@pytest.mark.parametrize(
    ("task_id", "answer", "status", "word"),
    [
        ("00.1", 250, "right", "computed by the course"),
        ("00.1", np.float64(250.1), "wrong", "Not the value"),
        ("00.1", 300, "wrong", "gross"),
        ("00.1", 25_000, "wrong", "hundred times too large"),
        ("00.1", 0.25, "wrong", "thousand times too small"),
        ("00.1", -250, "wrong", "sign"),
        ("00.1", True, "wrong", "yes or no"),
        ("00.1", "250", "wrong", "text"),
        ("00.1", pd.Series([250.0]), "wrong", "Series of 1"),
        ("00.2", True, "right", "this is it"),
        ("00.2", np.False_, "wrong", "Not the value"),
        ("00.2", 1, "wrong", "one number"),
        ("00.3", " Stock ", "right", "this is it"),
        ("00.3", "flow", "wrong", "flow"),
        ("00.3", "rate", "wrong", "flow, stock"),
        ("00.4", pd.Series({2013: 2.0, 2012: 1.0}), "right", "computed by the course"),
        ("00.4", pd.Series({2012: 100.0, 2013: 200.0}), "wrong", "hundred"),
        ("00.4", pd.Series({2012: 1.0}), "wrong", "2013"),
        ("00.4", pd.Series({2011: 1.0, 2012: 1.0, 2013: 2.0}), "wrong", "2011"),
        ("00.5", TABLE.reference().set_index("country"), "right", "computed by the course"),
        ("00.5", TABLE.reference().assign(note="x"), "right", "computed by the course"),
        ("00.5", TABLE.reference()[["country"]], "wrong", "area_ha"),
        ("00.5", TABLE.reference()[["area_ha"]], "wrong", "country"),
        ("00.9", 1, "wrong", "00.1, 00.2"),
    ],
)
def test_what_the_engine_says(task_id, answer, status, word):
    verdict = ENGINE.check(task_id, answer)
    assert verdict.status == status
    assert word in verdict.message


@pytest.mark.parametrize("answer", ["2012", ["2013", "2012"], ("2012", "2013")])
def test_labels_without_values_are_told_so(answer):
    assert "labels of rows alone" in ENGINE.check("00.4", answer).message
    assert "labels of rows alone" not in ENGINE.check("00.4", [2012, 2013]).message


def test_a_mistake_may_lie_in_the_choice_of_rows():
    wrong = Misconception("a later row", lambda: pd.Series({2014: 3.0}), "That is a later row.")
    tasks = Tasks("00", [replace(SERIES, misconceptions=[wrong])])
    verdict = tasks.check("00.4", wrong.value())
    assert (verdict.message, verdict.mistake, verdict.open) == (wrong.message, wrong.name, False)
    assert "Rows are missing" in tasks.check("00.4", pd.Series({2014: 3.5})).message


def test_what_a_known_mistake_leaves_open_is_named_too():
    right = pd.Series({"a": "net", "b": "gross", "c": "stock", "d": "flow"})
    wrong = Misconception("b net", lambda: pd.Series({**right, "b": "net"}), "Look at b again.")
    words = ("net", "gross", "stock", "flow")
    one = replace(
        SERIES, reference=lambda: right, misconceptions=[wrong], choices=words, tolerance=0
    )
    task = Tasks("00", [one])
    said = task.check("00.4", pd.Series({**right, "b": "net", "d": "net"})).message
    assert said == "2 of 4 fit. Look at b again. Then look at d."
    assert task.check("00.4", pd.Series({**right, "b": "net"})).message == "Look at b again."
    # of two words it would be the other
    two = replace(one, reference=lambda: right.replace({"stock": "net", "flow": "gross"}))
    wrong = Misconception("b", lambda: pd.Series({**two.reference(), "b": "net"}), "Look at b.")
    task = Tasks("00", [replace(two, misconceptions=[wrong])])
    said = task.check("00.4", pd.Series({**two.reference(), "b": "net", "d": "net"})).message
    assert said == "2 of 4 fit. Look at b. More is wrong than that."


def test_a_number_where_a_label_is_asked_for_is_told_so():
    words = replace(SERIES, reference=lambda: pd.Series({2012: "net", 2013: "gross"}))
    said = Tasks("00", [words]).check("00.4", pd.Series({2012: 3.5, 2013: 4.0})).message
    assert said.startswith("At 2012 stands a number, 3.5, and a word is asked for: the label")


def test_a_table_without_rows_is_told_so():
    assert "has no rows" in ENGINE.check("00.5", TABLE.reference().head(0)).message


def test_a_small_value_that_was_rounded_far_is_no_other_mistake():
    right = pd.Series({"a": 26.35, "b": 1.72, "c": 0.54})
    task = replace(SERIES, reference=lambda: right)
    for given, nearly in [([26, 2, 1], True), ([26, 2, 3], False), ([20, 9, 1], False)]:
        said = Tasks("00", [task]).check("00.4", pd.Series(given, right.index)).message
        assert said.startswith("Nearly") == nearly


def test_the_order_of_cells_is_named_only_where_nothing_is_known():
    for answer, unknown in [(251, True), (300, False), (25_000, False), ("250", False)]:
        verdict = ENGINE.check("00.1", answer)
        assert ("another order" in repr(verdict)) == unknown
        assert ("another order" in verdict._repr_html_()) == unknown


def test_no_message_prints_the_answer():
    for answer in (1, 300, -250, 25_000, "a", None, [1]):
        assert "250" not in ENGINE.check("00.1", answer).message.replace("-250", "")


def test_a_verdict_is_escaped():
    verdict = Tasks("00", [WORD]).check("<b>", 1)
    assert "<b>" not in verdict._repr_html_()
    assert "&lt;b&gt;" in verdict._repr_html_()


@pytest.mark.parametrize("area", ["1,234 ha", "1234", "1 234.", "1.234, net", "(1,234)"])
@pytest.mark.parametrize("change", ["-7.1", "7,1%", "7.1,", "7.125"])
def test_a_text_may_write_a_number_in_any_usual_way(area, change):
    assert ENGINE.check("00.6", f"A net {area} and {change}").status == "right"


@pytest.mark.parametrize("area", ["11,234", "51.234", "12345", "1,234,000", "4.1,234", "1,23"])
def test_a_number_inside_another_one_is_not_quoted(area):
    verdict = ENGINE.check("00.6", f"A net {area} and 7.1")
    assert (verdict.status, verdict.message) == (
        "not yet",
        "It quotes the change; the word net. Still open: it does not yet quote the area.",
    )


def test_thousands_and_decimals_have_one_mark_each():
    assert spellings(1234.5, places=1) == [
        "1,234.5",
        "1234.5",
        "1 234.5",
        "1.234,5",
        "1234,5",
        "1 234,5",
    ]
    assert spellings(-12, 12) == ["12"]
