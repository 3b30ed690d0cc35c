"""Lesson 13: the grid by hand, the council's arrows, the hearing's sheets, and the words."""

import itertools
import re

import nbformat
import pytest

from course.data import load
from course.tasks.lesson13 import TASKS
from tools.common.paths import ROOT

NAME = "13-arming-regulating-disarming.ipynb"
PAGE = (ROOT / "book" / "teaching" / "hearing.md").read_text("utf-8")
THREATS = ("low", "rising", "high")
US, NEIGHBOURS, DEPENDENCE, WAY_OUT = range(4)


def reference(task_id: str):
    return TASKS.by_id[task_id].reference()


@pytest.fixture(scope="module")
def council(lesson):
    return lesson["council"]


@pytest.fixture(scope="module")
def positions(lesson):
    return list(itertools.product(THREATS, lesson["LAWS"]))


class TestTheGrid:
    def test_eight_questions_to_seven_acts(self, lesson):
        grid = lesson["grid"]
        assert grid.shape == (8, 7)
        assert grid.size == 56, "fifty-six crossings"
        assert lesson["settled"].sum() == 21, "twenty-one of them settled"
        assert set(lesson["TEST"]) == set(grid.index)
        assert (grid != "?").sum().sum() == lesson["settled"].sum()
        acts = lesson["acts"]
        assert sorted(grid) == sorted(name.removeprefix("per_") for name in acts["law_id"])
        assert acts["date"].is_monotonic_increasing
        assert list(acts["year"]) == [1986, 1991, 1992, 2003, 2022, 2025, 2025]

    def test_what_is_settled_by_question(self, lesson):
        assert lesson["settled"].to_dict() == {
            "recognition": 6,
            "command": 5,
            "arms": 4,
            "register": 2,
            "leave": 1,
            "end": 2,
            "compensation": 0,
            "amnesty": 1,
        }

    def test_the_command_over_committees_and_over_nobody_else(self, lesson):
        command = lesson["grid"].loc["command"]
        about = lesson["acts"].set_index("law_id")["about"]
        committees = [name.removeprefix("per_") for name in about[about == "committees"].index]
        assert list(command.loc[committees]) == ["yes", "yes", "limited", "limited"]
        assert command.loc["2003"] == "no"
        assert list(about[about == "rondas"].index) == ["per_1986", "per_2003"]

    def test_a_limit_under_end_is_an_emergency_and_no_date(self):
        rows = load("selfdefense_law_provisions").query("question == 'end'").set_index("law_id")
        limited = rows[rows["answer"] == "limited"]
        assert list(limited.index) == ["per_2022", "per_2025_cad"]
        assert limited["note"].str.contains("under a state of emergency").all()

    def test_the_law_of_2022_was_struck_down(self):
        laws = load("selfdefense_laws").set_index("law_id")
        ended = laws["ended_by"].dropna()
        assert ended.to_dict() == {"per_2022": "per_2024_ruling"}
        assert laws["date"].loc["per_2024_ruling"] == "2024-09-23"
        assert laws["act_type"].loc[ended].eq("court_ruling").all()

    def test_one_act_of_seven_was_read_in_its_own_words(self, lesson):
        read_as = lesson["acts"].set_index("law_id")["read_as"]
        assert list(read_as[read_as == "text"].index) == ["per_2003"]

    def test_what_is_settled_by_act(self):
        settled = reference("13.1").sort_index()
        assert settled.to_dict() == {
            "per_1986": 1,
            "per_1991": 3,
            "per_1992": 3,
            "per_2003": 2,
            "per_2022": 6,
            "per_2025": 1,
            "per_2025_cad": 5,
        }

    def test_the_notes_of_the_clauses(self):
        notes = load("selfdefense_law_provisions")["note"].iloc[[27, 13, 14, 35, 45, 44]]
        starts = ["Register", "Zone", "Only with", "Committees", "Self-defence", "Adults"]
        assert all(n.startswith(s) for n, s in zip(notes, starts, strict=True))
        assert list(reference("13.5")) == ["register", "command", "arms", "amnesty", "end", "leave"]

    def test_three_questions_side_by_side(self, exercise):
        made, right = exercise["three"], reference("13.4").set_index("law_id")
        assert made.loc[right.index].equals(right[["command", "register", "end"]])


class TestWeaponsAndPeople:
    def test_weapons_for_a_hundred_people(self, lesson):
        by_hand = [1_517_900 / 400_000, 608_600 / 20_000, 1_802_500 / 31_000, 608_600 / 3_316]
        assert lesson["per_hundred"] == pytest.approx(by_hand)

    def test_people_for_a_weapon(self):
        by_hand = {
            "A": 400_000 / 15_179,
            "B": 31_000 / 18_025,
            "C": 3_316 / 6_086,
            "D": 20_000 / 6_086,
        }
        assert reference("13.2").to_dict() == pytest.approx(by_hand)
        assert by_hand["C"] < 1

    def test_more_out_than_in(self, lesson):
        percent = lesson["wide"]["percent"]
        assert percent.loc["Colombia"] == pytest.approx(100 * 31_671 / 20_000)
        assert percent.loc["Sierra Leone"] == pytest.approx(100 * 37_377 / 20_000)

    def test_the_missing_value_is_a_lower_bound(self):
        abroad = load("selfdefense_abroad").set_index("figure_id")
        row = abroad.loc["col_strength_peak"]
        assert row[["value"]].isna().all()
        assert row["value_low"] == 20_000

    def test_half_is_right_for_no_phase(self):
        share = reference("13.3")
        assert share["sle_disarmed_april2000"] == pytest.approx(100 * 7_474 / 22_558)
        assert share["sle_disarmed_last"] == pytest.approx(100 * 27_695 / 47_076)
        assert share["sle_disarmed_all"] == pytest.approx(100 * 37_377 / 72_490)
        assert 50 < share["sle_disarmed_all"] < 53
        assert share["sle_disarmed_april2000"] < 40 < 55 < share["sle_disarmed_last"]

    def test_the_upper_bound_of_the_register(self):
        assert reference("13.6") == pytest.approx(100 * 6_400 / 15_179)

    def test_none_came_back_and_four_departments(self):
        peru = load("selfdefense_figures").set_index("figure_id")
        assert peru["value"].loc["shotguns_returned_2006"] == 0
        place = peru["place"].loc["weapons_registered_2022"]
        assert len(re.split(", | and ", place)) == 4
        assert peru["year_end"].loc["shotguns_issued"] == 2006
        assert 2022 - 2006 == 16, "sixteen years, says a message"

    def test_estimate_and_phases_of_sierra_leone(self):
        abroad = load("selfdefense_abroad").set_index("figure_id")
        assert abroad["year_start"].loc["sle_strength"] == 1997
        assert abroad["year_start"].loc["sle_disarmed_all"] == 1998


class TestCouncil:
    def test_the_first_view_by_hand(self, council):
        assert council("low", "neither watches nor pays") == {
            "join": ("→", "↑", "→", "↓"),
            "refuse": ("→", "→", "→", "→"),
            "flee": ("→", "→", "↑", "↓"),
            "bargain": ("↓", "→", "↑", "→"),
            "organise": ("↓", "→", "→", "→"),
        }

    def test_a_high_threat_by_hand(self, council):
        assert council("high", "watches and pays") == {
            "join": ("⇅", "→", "↑", "→"),
            "refuse": ("↑", "→", "→", "→"),
            "flee": ("↓", "↑", "→", "↓"),
            "bargain": ("⇅", "↑", "↑", "↓"),
            "organise": ("⇅", "→", "↑", "→"),
        }

    def test_every_arrow_is_one_of_four(self, council, positions):
        arrows = {a for p in positions for row in council(*p).values() for a in row}
        assert arrows == {"↑", "↓", "→", "⇅"}

    def test_watching_spares_the_neighbours_and_costs_dependence(self, council):
        for threat in THREATS:
            before = council(threat, "neither watches nor pays")["join"]
            after = council(threat, "watches")["join"]
            assert (before[NEIGHBOURS], after[NEIGHBOURS]) == ("↑", "→")
            assert (before[DEPENDENCE], after[DEPENDENCE]) == ("→", "↑")
            assert before[US] == after[US]
            assert before[WAY_OUT] == after[WAY_OUT] == "↓"

    def test_the_way_out_of_a_committee_needs_both(self, council, positions):
        open_at = {law for threat, law in positions if council(threat, law)["join"][WAY_OUT] == "→"}
        assert open_at == {"watches and pays"}

    def test_the_law_reaches_four_answers_and_never_bargain(self, lesson, council):
        moved = {
            name
            for threat in THREATS
            for law in lesson["LAWS"]
            for name, arrows in council(threat, law).items()
            if arrows != council(threat, "neither watches nor pays")[name]
        }
        assert moved == {"join", "refuse", "flee", "organise"}

    def test_the_easy_choice_is_gone_at_a_high_threat(self, lesson, council):
        # For harm and dependence ↓ is better than → and → than ↑; for the way out the reverse.
        # An arrow that points both ways is as good as itself only.
        rank = {"↓": 0, "→": 1, "↑": 2}

        def as_good(one, other, place):
            if one == other:
                return True
            if "⇅" in (one, other):
                return False
            better = rank[one] <= rank[other]
            return not better if place == WAY_OUT else better

        def at_least_as_good_as_all(threat, law):
            rows = council(threat, law)
            return {
                name
                for name, arrows in rows.items()
                if all(
                    as_good(arrows[place], other[place], place)
                    for other in rows.values()
                    for place in range(4)
                )
            }

        assert at_least_as_good_as_all("low", "neither watches nor pays") == {"organise"}
        assert all(at_least_as_good_as_all("high", law) == set() for law in lesson["LAWS"])

    def test_every_reason_has_a_source_or_the_word_assumed(self):
        cells = nbformat.read(ROOT / "notebooks" / NAME, as_version=4).cells
        text = next(cell.source for cell in cells if cell.id == "predict")
        items = re.findall(r"^- \*\*(\w+)\.\*\* (.+)$", text, re.MULTILINE)
        assert [name for name, _ in items] == ["Join", "Refuse", "Flee", "Bargain", "Organise"]
        for sentence in re.split(r"(?<=[)`])\. ", " ".join(reasons for _, reasons in items)):
            assert "assumed" in sentence or "{cite:p}" in sentence, sentence


class TestHearing:
    """What ties the hearing to this lesson; tests/pages/test_teaching.py holds its sheets."""

    def test_most_deaths_have_another_recorded_perpetrator(self):
        total = load("deaths_department_year")["deaths_documented"].sum()
        records = load("selfdefense_figures").set_index("figure_id")["value"]
        assert records.loc["rondas_as_perpetrator"] / total < 0.5

    def test_the_two_roles_of_the_debrief(self):
        assert f"{reference('13.6'):.0f}%" in PAGE.split("## Role sheet")[0]

    def test_the_observer_has_the_lessons_test(self, lesson):
        assert f"({', '.join(lesson['TEST'])})" in PAGE


class TestWhatTheProseSaysInWords:
    """Statements without digits, which the test of numbers cannot see."""

    def test_seven_programmes_and_three_leaders(self):
        quoted = load("quoted_figures").set_index("figure_id")["value"]
        assert quoted.loc["reparation_programmes"] == 7
        peru = load("selfdefense_figures").set_index("figure_id")["value"]
        assert peru.loc["tambo_leaders_killed_1990"] == 3

    def test_the_act_of_2022_settles_most_and_leaves_two_open(self):
        settled = reference("13.1")
        assert settled.idxmax() == "per_2022"
        assert 8 - settled.max() == 2

    def test_two_of_seven_judges_and_three_votes_of_five(self):
        laws = load("selfdefense_laws").set_index("law_id")
        assert "Five judges signed" in laws["note"].loc["per_2024_ruling"]
        assert "two others wrote separate votes" in laws["note"].loc["per_2024_ruling"]
        tribunal = laws["what_it_does"].loc["per_2025_tribunal"]
        assert "three of seven judges" in tribunal
        assert "five are needed" in tribunal

    def test_the_ruling_of_the_court_and_the_day_of_the_report(self):
        laws = load("selfdefense_laws").set_index("law_id")
        assert laws["date"].loc["per_2025_ruling"] == "2025-10-03"
        assert "report by 9 January 2026" in laws["what_it_does"].loc["per_2025_ruling"]

    @pytest.mark.parametrize("number", ["15,179", "31.671", "37377", "6 086"])
    def test_the_figures_that_may_be_quoted(self, number):
        text = f"The end: {number} were counted; the rest is not known. " + "word " * 100
        assert TASKS.check("13.8", text).status == "right"


SETTLED = (
    'answers["settled"] = answers["answer"] != "{}"\n'
    'settled = answers.groupby("law_id")["settled"].{}()'
)
SHARE = "share = {}"
ALIKE = 'alike = grid["1991"] {} grid["{}"]'


@pytest.mark.parametrize(
    ("task", "code", "says"),
    [
        ("13.1", SETTLED.format("not established", "sum"), "with its underscore"),
        ("13.1", SETTLED.format("not_established", "count"), "add up rather than count"),
        ("13.2", "per_weapon = 100 * per_weapon", "people for a hundred weapons"),
        ("13.2", "per_weapon = 100 / per_weapon", "weapons for a hundred people"),
        ("13.2", "per_weapon = per_weapon.round()", "rounded too early"),
        ("13.2", "per_weapon = per_weapon.where(per_weapon > 1)", "Is the cell empty"),
        (
            "13.2",
            'per_weapon["C"] = 1 / per_weapon["C"]\nper_weapon = per_weapon',
            "Look at C again: you divided weapons by people",
        ),
        ("13.3", SHARE.format("100 - share"), "the share of all the others"),
        (
            "13.3",
            SHARE.format('100 * phases["value"] / phases["value"].sum()'),
            "by one and the same number",
        ),
        (
            "13.3",
            SHARE.format('100 * phases["value"] / phases["denominator"].sum()'),
            "by the sum of a column",
        ),
        (
            "13.3",
            SHARE.format('100 * phases["value"] / phases["value"].max()'),
            "the militia's own total",
        ),
        ("13.3", SHARE.format('phases["denominator"] - phases["value"]'), "A share divides"),
        ("13.t1", ALIKE.format("==", "2025"), "You took the amnesty"),
        ("13.t1", ALIKE.format("!=", "2025_cad"), "where the two differ"),
        ("13.t1", ALIKE.format("==", "1991"), "with itself"),
        ("13.t1", 'alike = grid["1991"] == grid["2025_cad"].sum()', "with a sum of words"),
        ("13.t1", 'alike = (grid["1991"] == grid["2025"]).sum()', "This is one number"),
    ],
)
def test_a_wrong_cell_is_told_what_it_does(told, task, code, says):
    assert says in told(task, code)
