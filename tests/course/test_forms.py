"""Every task of every lesson, tried with the answers of `forms`; and the engine's own rules."""

import importlib
import pkgutil
from dataclasses import replace

import nbformat
import numpy as np
import pandas as pd
import pytest
from forms import forms, model_text

import course.tasks
from course.checks import Misconception, Task, Tasks, Verdict
from course.checks.compare import near, rounded
from course.checks.form import plain, word
from course.checks.text import MOST_LETTERS, pasted
from tools.common.paths import ROOT

MODULES = [module.name for module in pkgutil.iter_modules(course.tasks.__path__)]


@pytest.mark.parametrize("module", MODULES)
def test_every_form_of_every_answer(module):
    lesson = importlib.import_module(f"course.tasks.{module}").TASKS.kept()
    (path,) = (ROOT / "exercises").glob(f"{lesson.lesson}-*.ipynb")
    notebook = nbformat.read(path, as_version=4)
    tried, problems = 0, []
    for task in (*lesson, *lesson.turns):
        text = model_text(notebook, task.id) if task.answer == "text" else ""
        for one in forms(task, text):
            tried += 1
            verdict = lesson.check(task.id, one.answer)
            if one.status is None:  # a rounding: right, or what it is is said
                known = verdict.message in {mistake.message for mistake in task.misconceptions}
                said = verdict.status == "right" or known or "rounded too early" in verdict.message
                problem = "" if said else f"a rounding, got {verdict}"
            else:
                problem = one.problem(verdict)
            if len(verdict.message) > 2000:
                problem = "a message without end"
            if problem:
                problems.append(f"{task.id}, {one.kind}, {one.name}: {problem}")
    assert tried > 20 * len(lesson.by_id)
    assert not problems, "\n".join(problems)


# The rules of the engine -----------------------------------------------------------------------


def mistake(value: object, message: str = "Known.") -> Misconception:
    return Misconception(message, lambda: value, message)


def check(answer: object, right: object, kind: str = "series", **more) -> Verdict:
    task = Task(id="00.1", title="Task", answer=kind, reference=lambda: right, **more)
    return Tasks("00", [task]).check("00.1", answer)


class TestNumbers:
    @pytest.mark.parametrize("given", [2013, 2012.999, 2014, 2020, 2013.001])
    def test_whole_numbers_are_exact(self, given):
        for kind in ("integer", "number"):
            right = "right" if given == 2013 else "wrong"
            assert check(given, 2013, kind).status == right
        years = pd.Series({"a": given, "b": 1990})
        assert check(years, pd.Series({"a": 2013, "b": 1990})).status == right

    def test_a_whole_number_is_said_to_be_none(self):
        assert "40.5 is not a whole number" in check(40.5, 40, "integer").message
        assert check(40.0, 40, "integer").status == "right"

    @pytest.mark.parametrize(
        ("given", "status", "says"),
        [
            (4.493731918997107, "right", "as computed"),
            (4.49373, "right", "as computed"),
            (4.4937, "right", "You rounded"),
            (4.49, "right", "You rounded"),
            (4.5, "right", "You rounded"),
            (4.0, "wrong", "rounded too early"),
            (4.51, "wrong", "Not the value"),
            (4.48, "wrong", "Not the value"),
        ],
    )
    def test_a_rounding_is_right_and_another_number_is_not(self, given, status, says):
        verdict = check(given, 4.493731918997107, "number")
        assert verdict.status == status
        assert says in verdict.message

    @pytest.mark.parametrize(
        ("rival", "given", "status"),
        [(4.5, 4.5, "wrong"), (4.5, 4.49, "right"), (4.494, 4.494, "wrong")],
    )
    def test_a_mistake_bounds_the_tolerance(self, rival, given, status):
        """A value as near to a known mistake as to the right one is not right."""
        verdict = check(given, 4.493731918997107, "number", misconceptions=[mistake(rival)])
        assert verdict.status == status
        assert (verdict.message == "Known.") is (status == "wrong")

    def test_a_wrong_route_next_to_the_right_one_is_wrong(self):
        assert check(15_108.3, 15_152.42, "number").status == "wrong"
        assert check(14.634, 14.837, "number", tolerance=0.015).status == "wrong"

    @pytest.mark.parametrize(
        ("given", "right", "is_rounded"),
        [(4.5, 4.4937, True), (4.0, 4.4937, True), (5.0, 4.4937, False), (4.49, 4.4937, True),
         (4.48, 4.4937, False), (0.12, 0.125, True), (0.13, 0.125, True), (0.0, 0.2, False)],
    )  # fmt: skip
    def test_what_a_rounding_is(self, given, right, is_rounded):
        assert rounded(given, right) is is_rounded

    def test_near_is_never_near_a_whole_number(self):
        assert near(100.0, 100.0, 0.01)
        assert not near(100.001, 100.0, 0.01)

    @pytest.mark.parametrize(
        ("given", "says"),
        [((60, 400), "write 60400"), ((4, 49), "write 4.49"), ((1, 234, 500), "60400 or 4.49")],
    )
    def test_a_comma_is_explained_with_the_students_own_number(self, given, says):
        assert says in check(given, 5, "number").message


class TestSeriesAndTables:
    RIGHT = pd.Series({"A": "arms", "B": "end", "C": "leave", "D": "register"})
    SWAP = mistake(RIGHT.replace({"end": "leave", "leave": "end"}), "Look at B and C again.")
    AT_D = mistake(RIGHT.replace({"register": "arms"}), "Look at D again: that is another law.")

    def test_two_wrong_letters_get_the_message_of_one(self):
        given = pd.Series({"A": "leave", "B": "end", "C": "leave", "D": "arms"})
        verdict = check(given, self.RIGHT, misconceptions=[self.SWAP, self.AT_D])
        told = "2 of 4 fit. Look at D again: that is another law. Then look at A."
        assert verdict.message == told

    def test_without_a_known_mistake_the_first_wrong_label_is_named(self):
        given = pd.Series({"A": "leave", "B": "end", "C": "leave", "D": "leave"})
        verdict = check(given, self.RIGHT, misconceptions=[self.SWAP, self.AT_D])
        assert verdict.message.startswith("2 of 4 fit. Look first at A.")

    def test_half_of_a_swap_is_no_swap(self):
        given = pd.Series({"A": "arms", "B": "leave", "C": "leave", "D": "arms"})
        verdict = check(given, self.RIGHT, misconceptions=[self.SWAP])
        assert "B and C" not in verdict.message
        assert "2 of 4 fit. Look first at B." in verdict.message

    def test_of_two_words_the_wrong_label_would_be_the_answer(self):
        right = pd.Series({"A": True, "B": False, "C": True})
        verdict = check(right.replace({True: False}), right)
        assert verdict.message.startswith("1 of 3 fit. Expected")
        words = right.map({True: "stands", False: "falls"})
        assert "Look first" not in check(words.replace("falls", "stands"), words).message

    def test_of_three_words_the_wrong_label_is_told(self):
        right = pd.Series({"A": "arms", "B": "end", "C": "leave"})
        verdict = check(right.replace("end", "arms"), right)
        assert verdict.message.startswith("2 of 3 fit. Look first at B.")

    def test_of_mistakes_that_explain_as_much_the_first_is_named(self):
        given = pd.Series({"A": "leave", "B": "end", "C": "leave", "D": "arms"})
        again = mistake(self.RIGHT.replace({"register": "arms"}), "The same again.")
        verdict = check(given, self.RIGHT, misconceptions=[self.AT_D, again])
        told = "2 of 4 fit. Look at D again: that is another law. Then look at A."
        assert verdict.message == told

    def test_a_mistake_is_not_named_for_another_one(self):
        """One small number that a mistake also gives, by chance, is not that mistake."""
        right = pd.Series({"a": 1, "b": 3, "c": 6, "d": 2})
        everywhere = mistake(pd.Series({"a": 7, "b": 5, "c": 2, "d": 6}), "Turned round.")
        given = pd.Series({"a": 1, "b": 5, "c": 6, "d": 2})
        verdict = check(given, right, misconceptions=[everywhere])
        assert verdict.message.startswith("3 of 4 fit. Look first at b.")
        most = pd.Series({"a": 7, "b": 5, "c": 2, "d": 2})
        assert (
            check(most, right, misconceptions=[everywhere]).message == "1 of 4 fit. Turned round."
        )

    def test_a_slip_in_one_column_is_said_with_the_count(self):
        right = pd.DataFrame({"year": [2010, 2011], "ha": [1.5, 2.5], "over": [3.5, -4.5]})
        given = right.assign(over=-right["over"])
        verdict = check(given, right, "table", keys=("year",))
        assert verdict.message.startswith("2 of 4 fit. The sign is the wrong way round")
        known = mistake(given, "Turned round.")
        assert (
            check(given, right, "table", keys=("year",), misconceptions=[known]).message
            == "Turned round."
        )

    def test_what_an_answer_is_has_its_article(self):
        right = pd.Series({"a": 1.5, "b": 2.5})
        assert check(5, right).message.startswith("This is one number.")
        assert check([1], right).message.startswith("This is a list.")

    def test_a_gap_counts_only_where_the_reference_has_a_value(self):
        """The rule for gaps: a year without a figure may stay without one."""
        right = pd.Series({2010: 1.5, 2011: np.nan, 2012: 2.5})
        assert check(right, right).status == "right"
        given = right.copy()
        given.loc[2010] = np.nan
        verdict = check(given, right)
        assert verdict.status == "not yet"
        assert "2010" in verdict.message and "1 of 3" in verdict.message
        assert check(right.fillna(7.5), right).status == "wrong"

    def test_rows_without_a_value_that_are_too_many_are_named(self):
        verdict = check(pd.Series({2009: np.nan, 2010: 1.5}), pd.Series({2010: 1.5}))
        assert verdict.message.startswith("2009 has no value (NaN): leave it out")

    def test_what_else_is_wrong_is_told_before_rows_without_a_value(self):
        verdict = check(pd.Series({2009: np.nan, 2010: 15.0}), pd.Series({2010: 1.5}))
        assert verdict.message.startswith("Not the value that the course computes: yours is 15")
        assert "Besides: 2009 has no value (NaN)" in verdict.message

    def test_a_table_of_one_column_is_a_series_and_of_two_is_none(self):
        right = pd.Series({"a": 1.5, "b": 2.5})
        assert check(right.to_frame(), right).status == "right"
        two = pd.DataFrame({"x": right, "y": right})
        assert "This is a DataFrame. Choose its column" in check(two, right).message

    def test_rows_with_one_key_are_told(self):
        right = pd.DataFrame({"year": [2010, 2011], "ha": [1.5, 2.5]})
        twice = pd.concat([right, right.iloc[:1]])
        verdict = check(twice, right, "table", keys=("year",))
        assert verdict.message == "The table has two rows for one year."
        as_text = twice.assign(year=["2010", "2011", 2010])
        assert "two rows" in check(as_text, right, "table", keys=("year",)).message

    def test_the_right_answer_is_shown_and_what_comes_next(self):
        first = Task(
            id="00.1",
            title="One",
            answer="series",
            unit="ha, one a country",
            reference=lambda: pd.Series({"Bolivia": -49_800.0, "Colombia": -148_200.5}),
        )
        second = Task(id="00.2", title="Two", answer="number", unit="ha", core=False,
                      reference=lambda: 67_642.0)  # fmt: skip
        lesson = Tasks("00", [first, second])
        verdict = lesson.check("00.1", first.reference())
        assert verdict.next is second
        assert "-49,800" in verdict.answer and "-148,200" in verdict.answer
        assert "Next: 00.2 Two" in repr(verdict) and "Next: 00.2 Two" in verdict._repr_html_()
        assert "Next" not in verdict.html()
        last = lesson.check("00.2", 67_642)
        assert last.next is None
        assert last.answer == "<p><strong>67,642</strong> ha</p>"
        wrong = lesson.check("00.2", 1)
        assert (wrong.answer, wrong.next) == ("", None)

    def test_a_long_answer_is_cut(self):
        right = pd.Series(np.arange(40) + 0.5)
        assert "28 more rows" in check(right, right).answer


class TestForm:
    @pytest.mark.parametrize(
        ("one", "other"),
        [("Bottom-Up", "bottom_up"), (" “Junín” ", "junin"), ("with forces", "with_forces"),
         ("narco\u00a0state", "Narco State"), ("yes.", "yes")],
    )  # fmt: skip
    def test_words_that_are_one(self, one, other):
        assert word(one) == word(other)

    @pytest.mark.parametrize(("one", "other"), [("state", "states"), ("a_b", "ab"), ("no", "none")])
    def test_words_that_are_two(self, one, other):
        assert word(one) != word(other)

    def test_labels_that_are_one(self):
        year = [2013, 2013.0, "2013", " 2013 ", np.int32(2013), pd.Period(2013, freq="Y"),
                pd.Timestamp(2013, 12, 31), np.float64(2013)]  # fmt: skip
        assert {plain(label) for label in year} == {2013}
        assert plain((" Peru", "2013")) == plain(("peru", 2013))
        assert plain("0.5") == plain(0.5) != plain("5")
        assert plain(True) is True

    def test_arguments_in_the_wrong_order(self):
        lesson = Tasks("00", [Task(id="00.1", title="T", answer="number", reference=lambda: 1.5)])
        for answer in (1.5, pd.Series([1.5]), [1]):
            verdict = lesson.check(answer, "00.1")
            assert 'check("00.1", …)' in verdict.message
        assert "There is no task Series here" in lesson.check(pd.Series([1]), 3).message

    def test_a_message_has_no_backticks_where_it_is_shown(self):
        verdict = Verdict("wrong", "Use `a < b`.", ("Look at `x`.",))
        assert "<code>a &lt; b</code>" in verdict.html() and "<code>x</code>" in verdict.html()
        assert "`" not in verdict.html() + repr(verdict)
        assert verdict.html().index("verdict-message") < verdict.html().index("verdict-rubric")

    def test_a_notebook_says_how_to_start_afresh_and_a_page_does_not(self):
        verdict = check(pd.Series({"a": 9.5}), pd.Series({"a": 1.5}))
        assert "restart Python" in repr(verdict) and "restart Python" in verdict._repr_html_()
        assert "restart Python" not in verdict.html()
        assert "restart" not in repr(check(..., 1.5, "number"))


class TestTexts:
    def told(self, text: str, *ways: str, words: tuple[int, int] = (1, 30)) -> Verdict:
        return check(text, None, "text", words=words, mentions=lambda: {"the figure": ways})

    @pytest.mark.parametrize(
        ("text", "way"),
        [
            ("76.6 thousand hectares", "76,600"),
            ("0.4 million members", "400,000"),
            ("76\u2009600 ha", "76,600"),
            ("a rise of 53.79 percent", "53.8"),
            ("a rise of 53.791864%", "53.8"),
            ("kappa=.43", "0.43"),
            ("Four hundred thousand members", "400,000"),
            ("five hundred and twenty-six records", "526"),
            ("fought in nineteen eighty-three", "1983"),
            ("12,300.50 dollars", "12,300"),
            ("in point\n28", "point 28"),
            ("In point 28 300 people are named", "point 28"),
            ("In point 28 300 people are named", "300"),
            ("on Bet no. 3", "bet 3"),
            ("bet #3", "bet 3"),
            ("44 per cent", "44 per cent"),
            ("44\u00a0%", "44%"),
            ("what would change my\nmind", "change my mind"),
            ("The word isn’t there", "isn't"),
            ("a net, or", " net "),
            ("(net)", " net "),
            ("narco‑terrorist", "narco-terroris"),
            ("*cannot* show", "cannot"),
        ],
    )
    def test_what_stands_there_is_found(self, text, way):
        assert self.told(text, way).status == "right"

    @pytest.mark.parametrize(
        ("text", "way"),
        [
            ("a network", " net "),
            ("53.84", "53.79"),
            ("bet 13", "bet 1"),
            ("point 280", "point 28"),
            ("176,600", "76,600"),
            ("76.6 hectares", "76,600"),
            ("44 people", "44%"),
            ("1,983 people", "983"),
            ("52.6", "526"),
            ("the year 2,016", "16"),
            ("five hundred and twenty-six thousand", "526"),
            ("one and two", "3"),
        ],
    )
    def test_what_does_not_stand_there_is_open(self, text, way):
        verdict = self.told(text, way)
        assert verdict.status == "not yet"
        assert "the figure" in verdict.message

    def test_a_text_has_a_most_and_a_fewest(self):
        assert self.told("one 526 three", "526", words=(3, 3)).status == "right"
        many = self.told("one 526 three four", "526", words=(3, 3))
        assert many.message == "Your text has 4 words; write 3 to 3. It quotes the figure."
        few = self.told("one two", "526", words=(3, 3))
        assert "has 2 words; write 3 to 3" in few.message and "not yet quote" in few.message

    def test_a_text_without_end_is_not_complete(self):
        long = "one 526 three" + " " * MOST_LETTERS + "and more behind it"
        assert self.told(long, "526", words=(3, 3)).status == "not yet"

    def test_a_complete_text_is_called_so(self):
        verdict = self.told("526", "526")
        assert (verdict.label, verdict.kind) == ("Complete", "judgement")
        assert "as computed" not in verdict.message

    def test_pasted_is_what_is_copied_for_the_most_part(self):
        source = "name the office and the sum that it paid in that year"
        copied = source.split()
        assert not pasted(" ".join([*copied[:8], "we", "add", "ours"]), source)  # one half
        assert pasted(" ".join([*copied[:9], "we", "add", "ours"]), source)

    def test_words_of_the_task_are_not_an_answer(self):
        source = "Say what each of the two counts, who said it and when, and quote one figure."
        assert pasted(source, source)
        assert pasted(source.replace(" ", "\n").upper(), source)
        own = "The board counts gross value, the official net income; 2013 is a year of rust."
        assert not pasted(own, source)
        assert not pasted(f"{own} {own} Say what each of the two counts, who said it.", source)
        task = Task(
            id="00.1", title="T", answer="text", reference=str, rubric=(source,), words=(1, 50)
        )
        assert "own words" in Tasks("00", [task]).check("00.1", source).message

    def test_mentions_are_asked_once_and_the_rubric_follows(self):
        task = Task(id="00.1", title="T", answer="text", reference=str, words=(1, 9), rubric=("a",))
        assert Tasks("00", [task]).check("00.1", "own text").rubric == ("a",)
        again = replace(task, rubric=())
        assert "verdict-rubric" not in Tasks("00", [again]).check("00.1", "own text").html()
