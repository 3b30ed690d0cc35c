"""Lesson 00: the score by hand, the bets on the page, and how the browser keeps them."""

import html
import re

import nbformat
import pytest

from course.data import load
from course.tasks.lesson00 import TASKS
from tools.common.paths import ROOT

NAME = "00-start-here.ipynb"
PAGE = nbformat.read(ROOT / "notebooks" / NAME, as_version=4)


class TestScore:
    @pytest.mark.parametrize(
        ("bet", "result", "by_hand"),
        [
            (80, "it happens", 0.04),
            (80, "it does not", 0.64),
            (50, "it happens", 0.25),
            (50, "it does not", 0.25),
            (100, "it does not", 1),
            (0, "it does not", 0),
        ],
    )
    def test_by_hand(self, lesson, bet, result, by_hand):
        assert lesson["loss"](bet, result) == pytest.approx(by_hand)

    def test_a_miss_at_80_loses_sixteen_times_a_hit(self, lesson):
        loss = lesson["loss"]
        assert loss(80, "it does not") / loss(80, "it happens") == pytest.approx(16)

    def test_nobody_does_better_than_by_saying_what_they_believe(self, lesson):
        loss = lesson["loss"]
        for belief in range(0, 101, 10):
            expected = {
                bet: belief * loss(bet, "it happens") + (100 - belief) * loss(bet, "it does not")
                for bet in range(0, 101, 5)
            }
            assert min(expected, key=expected.get) == belief

    def test_fifty_risks_least_at_worst(self, lesson):
        worst = {
            bet: max(lesson["loss"](bet, result) for result in ("it happens", "it does not"))
            for bet in range(0, 101, 5)
        }
        assert min(worst, key=worst.get) == 50


class TestReferences:
    @pytest.mark.parametrize(
        ("task", "by_hand"),
        [("00.1", 604), ("00.2", 40), ("00.3", 49_800 - 60_400), ("00.4", 0.01)],
    )
    def test_by_hand(self, task, by_hand):
        assert TASKS.by_id[task].reference() == pytest.approx(by_hand)

    def test_a_thousands_comma_gets_a_message(self):
        assert TASKS.check("00.1", (60, 400)).status == "wrong"


class TestBetsOnThePage:
    FORM = next(cell.source for cell in PAGE.cells if cell.id == "bets")

    def test_each_forecast_has_its_field(self):
        forecasts = load("forecasts").sort_values("bet_number")
        assert re.findall(r'data-bet="(\w+)"', self.FORM) == forecasts["forecast_id"].to_list()
        for statement in forecasts["statement"]:
            assert html.escape(statement, quote=False) in self.FORM

    def test_a_field_is_named_and_described(self):
        for forecast in load("forecasts")["forecast_id"]:
            assert f'id="bet-{forecast}"' in self.FORM
            assert f'aria-describedby="bet-{forecast}"' in self.FORM
        assert self.FORM.count("aria-label=") == 6

    def test_the_form_is_one_block_of_html(self):
        assert "\n\n" not in self.FORM, "Markdown ends a block of HTML at an empty line"

    def test_no_outcome_is_told(self):
        shown = "\n".join(cell.source for cell in PAGE.cells)
        exercise = nbformat.read(ROOT / "exercises" / NAME, as_version=4)
        shown += "\n".join(str(cell) for cell in exercise.cells)
        for outcome in load("forecasts")["outcome_text"]:
            assert outcome[:30] not in shown

    def test_no_date_in_the_figure_settles_a_bet(self, lesson):
        after = [name for name, _, _ in lesson["MOMENTS"] if int(lesson["year_of"][name]) > 2014]
        assert after == ["per_2022", "per_2025"]
