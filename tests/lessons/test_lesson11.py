"""Lesson 11: the simulated villages, the two rivers, and what the prose says in words."""

import re

import nbformat
import pytest

from course.data import load
from course.tasks import lesson11
from course.tasks.lesson11 import TASKS
from tools.common.paths import ROOT

NAME = "11-does-self-defense-protect.ipynb"
POINTS = (-60, -40, -20, 0, 20, 40, 60)


@pytest.fixture(scope="module")
def cells() -> dict:
    notebook = nbformat.read(ROOT / "notebooks" / NAME, as_version=4)
    return {cell.id: cell.source for cell in notebook.cells}


@pytest.fixture(scope="module")
def estimates(lesson):
    return lesson["estimates"]


def reference(task_id: str):
    return TASKS.by_id[task_id].reference()


def shown(value: float) -> str:
    """Return a simulated number as the prose prints it."""
    return f"`{value:+.1f}`"


class TestVillages:
    """The world is what the text says of it."""

    def test_the_tasks_use_the_function_of_the_lesson(self, lesson):
        for world in [(60, -1, 0), (-50, 0.5, 0), (0, 0, 1)]:
            assert lesson["make_villages"](*world).equals(lesson11.make_villages(*world))

    def test_the_effect_is_what_organising_changes(self, lesson):
        without = lesson["make_villages"](20, 0)
        spared = lesson["make_villages"](20, -1)
        change = spared["harmed"] - without["harmed"]
        assert change[spared["organised"]].to_numpy() == pytest.approx(-1)
        assert (change[~spared["organised"]] == 0).all()

    @pytest.mark.parametrize("points", [-60, 60])
    def test_the_points_are_the_lead_of_the_most_threatened(self, lesson, points):
        villages = lesson["make_villages"](points, 0)
        threat, organised = villages["threat"], villages["organised"]
        lead = organised[threat > 9].mean() - organised[threat < 1].mean()
        assert 100 * lead == pytest.approx(0.9 * points, abs=8), "ends of the scale, so 0.9"

    def test_the_sum_by_hand(self, lesson):
        """The naive estimate of a linear world: effect + slope × variance / (p × (1 − p))."""
        by_hand = -1 + (0.6 / 10) * (10**2 / 12) / 0.25
        villages = lesson["make_villages"](60, -1)
        assert lesson11._naive(villages) == pytest.approx(by_hand, abs=0.1)

    def test_unity_by_hand(self, estimates):
        # of the organised 70 percent are united, of the others 30: 0.4 × 3 people
        values = estimates(0, 0, 1)
        assert values["naive"] == pytest.approx(-0.4 * 3, abs=0.05)
        assert values["matched on threat"] == pytest.approx(-0.4 * 3, abs=0.05)


class TestEstimates:
    @pytest.mark.parametrize("points", POINTS)
    @pytest.mark.parametrize("effect", [-1, 0, 1])
    def test_matching_on_the_confounder_finds_the_truth(self, estimates, points, effect):
        assert estimates(points, effect, 0)["matched on threat"] == pytest.approx(effect, abs=0.16)

    @pytest.mark.parametrize("points", POINTS)
    @pytest.mark.parametrize("effect", [-1, 0])
    def test_what_nobody_saw_stays_in(self, estimates, points, effect):
        assert estimates(points, effect, 1)["matched on threat"] < effect - 1

    def test_without_selection_naive_is_the_truth(self, estimates):
        for effect in (-1, 0, 1):
            assert estimates(0, effect, 0)["naive"] == pytest.approx(effect, abs=0.05)

    def test_selection_moves_naive_one_way(self, estimates):
        naive = [estimates(points, 0, 0)["naive"] for points in POINTS]
        assert naive == sorted(naive)
        assert naive[0] < 0 < naive[-1]

    def test_every_dot_is_in_the_frame(self, lesson, estimates):
        worlds = lesson["WORLDS"].values()
        values = [v for p in POINTS for w in worlds for v in estimates(p, *w).values()]
        assert -4.6 < min(values) <= max(values) < 3.6


class TestSimulatedNumbersOfTheProse:
    """Numbers in backticks, which the test of numbers does not see."""

    def test_the_first_world(self, lesson, cells):
        average = lesson["average"]
        for value in average:
            assert f"`{value:.1f}`" in cells["step-2"]
        assert shown(average.loc[True] - average.loc[False]) in cells["step-2"]
        matched = lesson["gaps"].mean()
        assert shown(matched) in cells["about-cut"]
        assert (lesson["gaps"] < 0).all(), "better off at every level of threat"
        assert average.loc[True] > average.loc[False], "worse off on average"

    def test_the_four_places_of_the_explorer(self, estimates, cells):
        nothing, spares, reprisals, united = cells["read-explorer"].split("\n- ")[1:]
        assert shown(estimates(-60, 0, 0)["naive"]) in nothing
        assert f"{estimates(-60, 0, 0)['matched on threat']:.1f}" in ("0.0", "-0.0")
        assert shown(estimates(40, -1, 0)["naive"]) in spares
        assert shown(estimates(-60, 1, 0)["naive"]) in reprisals
        values = estimates(0, 0, 1)
        assert shown(values["naive"]) == shown(values["matched on threat"])
        assert shown(values["naive"]) in united

    def test_the_dashed_average_lies_under_its_label(self, lesson):
        assert 9.5 < lesson["average"].loc[True] < 10.3


class TestWhatTheProseSaysInWords:
    def test_three_rivals_and_the_fourth_row(self):
        rivers = load("selfdefense_two_rivers")
        assert (rivers["role"] == "rival").sum() == 3
        assert rivers["feature_id"].iloc[3] == "control_1990"
        assert (rivers["tambo"] == rivers["ene"]).sum() == 1, "people and years"

    def test_both_rivers_are_one_row_of_deaths(self):
        provinces = load("deaths_province")
        assert (provinces["province"] == "Satipo").sum() == 1
        assert not any("district" in column for column in provinces.columns)

    def test_armed_and_unarmed_get_the_same_room(self, lesson, cells):
        armed, unarmed = (len(cells[name].split()) for name in ("what-4", "what-5"))
        assert 0.9 < armed / unarmed < 1.1
        assert len(lesson["ARMED"]) == len(lesson["UNARMED"]) == 5

    def test_the_figure_of_designs(self, lesson):
        designs = load("selfdefense_studies").set_index("study_key")["design_code"]
        asks = lesson["ASKS"]
        assert set(asks) == {*lesson["ARMED"], *lesson["UNARMED"]}
        chance_like = [key for key in asks if designs[key] == "quasi_experiment"]
        assert chance_like == ["schubiger2021"]
        organises, _, is_harmed = range(len(lesson["COLUMNS"]))
        assert asks["schubiger2021"][0] == organises
        harmed = {designs[key] for key, (column, _) in asks.items() if column == is_harmed}
        assert harmed == {"association", "mixed_methods", "case_study"}

    def test_no_coefficient_is_printed(self, cells):
        studies = load("selfdefense_studies").set_index("study_key")["size_as_printed"]
        assert studies.loc["schubiger2021"] == "coefficient not seen"
        assert not re.search(r"\b\d+(\.\d+)? ?(percent|%)", cells["what-5"])

    def test_the_rival_deaths_of_uchuraccay(self):
        counts = load("selfdefense_event_counts").set_index("count_id")["value"]
        assert counts["uchuraccay_by_shining_path"] < counts["uchuraccay_villagers"]
        assert counts["uchuraccay_villagers"] < counts["uchuraccay_population"] / 3


class TestReferences:
    def test_the_stories(self):
        assert reference("11.1").to_dict() == {
            "A": "peic2014",
            "B": "kaplan2017",
            "C": "herrera2022",
            "D": "fumerton2002",
        }

    def test_the_stories_come_from_the_six_studies_that_are_shown(self, exercise):
        assert set(TASKS.by_id["11.1"].choices()) == set(exercise["shown"])

    def test_a_message_names_the_study_it_speaks_of(self):
        wrong = reference("11.1").copy()
        wrong.loc[["A", "B"]] = ["kaplan2017", "carey2015"]
        message = TASKS.check("11.1", wrong).message
        assert "kaplan2017 is about a light war" in message and "you wrote" not in message

    def test_naive_shows_a_shield_where_organising_costs(self):
        both = reference("11.2")
        by_hand = 0.5 - (0.5 / 10) * (10**2 / 12) / 0.25
        assert both["naive"] == pytest.approx(by_hand, abs=0.05)
        assert both["naive"] < 0 < both["matched"]
        assert both["matched"] == pytest.approx(0.5, abs=0.05)

    def test_the_grades(self):
        assert reference("11.4").tolist() == ["cause", "association", "case", "case", "association"]

    def test_the_survivors_by_hand(self):
        """Threat is even from 0 to 10; above 12 means threat above 7."""
        by_hand = (5 + 7 / 2) - (5 + 10 / 2)
        assert reference("11.5") == pytest.approx(by_hand, abs=0.2)
        assert reference("11.5") < -1, "more than one person seems to be spared"

    @pytest.mark.parametrize("author", ["Kaplan", "Masullo", "Moreno León", "Arjona"])
    def test_any_author_on_unarmed_protection_may_be_quoted(self, author):
        text = f"53 percent, compared with what? And {author}? " + "word " * 100
        assert TASKS.check("11.6", text).status == "right"
