"""Lesson 05: DiD by hand, the balloon's known cases, and what the prose says in words."""

import pytest

from course.data import load
from course.tasks.lesson05 import TASKS

EFFECTS, SHARES = (0, 4, 8, 12, 16), (0, 0.25, 0.5, 0.75, 1)
READINGS = ("DiD", "A less B, after", "before/after in A", "truth, A and B", "truth, A")


@pytest.fixture(scope="module")
def balloon(lesson):
    return lesson["balloon"]


def reference(task_id: str):
    return TASKS.by_id[task_id].reference()


class TestDifferenceInDifferences:
    """The change here less the change there, with the printed figures written out."""

    @pytest.mark.parametrize(
        ("zone", "before", "after"),
        [("VRAEM", 17_486, 19_723), ("La Convención-Lares", 13_174, 13_330)],
    )
    def test_the_upper_huallaga(self, lesson, zone, before, after):
        by_hand = (13_025 - 17_497) - (after - before)
        assert lesson["pair"]["did_ha"].loc[zone] == by_hand

    def test_parallel_in_percent_is_another_number(self, lesson):
        area = lesson["pair"].loc[["Alto Huallaga", "elsewhere"]]
        assert area["area_ha_2010"].to_list() == [13_025, 15_161]
        in_percent = 13_025 - 17_497 * 15_161 / 11_769
        assert round(in_percent) == -9_515
        assert lesson["pair"]["did_ha"].loc["elsewhere"] == -7_864

    def test_every_comparison_credits_the_step_with_more_than_twice_its_hectares(self, lesson):
        annex = load("eradication").set_index("figure_id")["area_ha"]
        step = annex["peru_2010_annex"] - annex["peru_2009_annex"]
        assert step == 12_033 - 10_025
        found = lesson["pair"]["did_ha"].drop("Alto Huallaga")
        assert (-found > 2 * step).all()

    def test_no_zone_is_lost_in_the_merge(self, lesson):
        assert set(lesson["pair"].index) == {
            "Alto Huallaga",
            "La Convención-Lares",
            "VRAEM",
            "elsewhere",
        }

    def test_if_all_of_the_growth_had_moved(self, lesson):
        change = lesson["pair"]["change_ha"]
        assert change.loc["Alto Huallaga"] + change.loc["VRAEM"] == -2_235

    def test_two_comparisons_of_countries(self):
        did = reference("05.2")
        assert did["Bolivia"] == (38_700 - 115_300) - (21_800 - 48_600) == -49_800
        assert did["Colombia"] == (38_700 - 115_300) - (122_500 - 50_900) == -148_200
        assert -did["Colombia"] > 115_300, "more than all of Peru's coca"


class TestBalloon:
    def test_one_world_by_hand(self, balloon):
        # A: 40 + 4 - 12 = 32; B: 25 + 4 + 6 = 35
        by_hand = ((32 - 40) - (35 - 25), 32 - 35, 32 - 40, -12 + 6, -12)
        assert balloon(12, 0.5) == dict(zip(READINGS, by_hand, strict=True))

    @pytest.mark.parametrize("effect", EFFECTS)
    def test_without_displacement_did_is_the_truth(self, balloon, effect):
        world = balloon(effect, 0)
        assert world["DiD"] == world["truth, A"] == world["truth, A and B"] == -effect

    @pytest.mark.parametrize("effect", EFFECTS[1:])
    @pytest.mark.parametrize("share", SHARES[1:])
    def test_with_displacement_did_counts_what_moved_twice(self, balloon, effect, share):
        world = balloon(effect, share)
        assert world["DiD"] == pytest.approx(-effect * (1 + share))
        assert world["truth, A and B"] - world["DiD"] == pytest.approx(2 * share * effect)

    def test_the_trend_cancels_in_did_only(self, lesson, balloon, monkeypatch):
        before = balloon(8, 0.5)
        monkeypatch.setitem(lesson, "TREND", lesson["TREND"] + 5)
        after = balloon(8, 0.5)
        assert after["DiD"] == before["DiD"]
        assert after["before/after in A"] == before["before/after in A"] + 5

    def test_every_dot_is_in_the_frame(self, balloon):
        values = [v for e in EFFECTS for s in SHARES for v in balloon(e, s).values()]
        assert -36 < min(values) <= max(values) < 18

    def test_the_explorer_at_its_places(self, balloon):
        start = balloon(12, 0)
        assert start["truth, A"] < start["before/after in A"] < 0 < start["A less B, after"]
        half = balloon(12, 0.5)
        assert half["DiD"] < half["truth, A"] < half["truth, A and B"]
        assert balloon(12, 1)["truth, A and B"] == 0
        assert balloon(12, 1)["DiD"] == 2 * balloon(12, 1)["truth, A"]
        accident = balloon(8, 0.5)
        assert accident["before/after in A"] == accident["truth, A and B"]
        assert balloon(4, 0)["before/after in A"] == 0


class TestWhatTheProseSaysInWords:
    """Statements without digits, which the test of numbers cannot see."""

    def test_every_pair_of_san_martin_gives_more_than_nine_tenths(self):
        table = load("san_martin_baselines")
        start = table[table["role"] == "start"]["area_ha"].min()
        end = table[table["role"] == "end"]["area_ha"].max()
        assert 1 - end / start > 0.9
        assert table[table["role"] == "start"]["area_ha"].nunique() == 3
        assert len(table[(table["role"] == "end") & (table["year"] == 2009)]) == 3

    def test_san_martin_at_the_pace_of_the_country(self, lesson):
        by_hand = 28_600 * 40_000 / 129_100
        assert lesson["start"] * lesson["kept"] == pytest.approx(by_hand)

    def test_the_balloon_of_the_countries(self, lesson):
        both = lesson["both"].set_index("country")
        countries = ["Peru", "Bolivia", "Colombia"]
        for column in ("area_ha_1995", "area_ha_1999"):
            assert both[column].loc[countries].sum() == both[column].loc["Andean total"]
        shrunk = both["area_ha_1999"] / both["area_ha_1995"]
        assert 0.3 < shrunk["Peru"] < 0.35, "falls to a third"
        assert shrunk["Bolivia"] < 0.5
        assert shrunk["Colombia"] > 2

    def test_three_studies_and_no_draft(self, lesson):
        assert set(lesson["hectares"]["effect_id"]) == {
            "mejia_restrepo_rozo2017",
            "abadie2015",
            "rozo2014",
        }

    def test_all_estimates_lie_below_an_eighth(self, lesson):
        assert (-lesson["hectares"]["effect_low"]).max() < 1 / 8

    def test_the_upper_huallaga_had_a_little_less_in_2005(self):
        zones = load("cultivation_zones")
        alto = zones[(zones["series"] == "un") & (zones["zone"] == "Alto Huallaga")]
        area = alto.set_index("year")["area_ha"]
        assert 0.9 < area.loc[2005] / area.loc[2004] < 1


class TestReferences:
    def test_which_estimate(self):
        assert reference("05.1").to_dict() == {
            "A": "mejia_restrepo_rozo2017",
            "B": "davalos_morales2019_neighbours",
            "C": "reyes2014",
            "D": "mejia_restrepo2016_interdiction",
        }

    def test_the_crop_that_would_have_stood(self):
        crop = reference("05.3")
        assert crop["mejia_restrepo_rozo2017"] == pytest.approx(48_000 + 0.03 * 100_549)
        assert crop["rozo2014"] == pytest.approx(48_000 + 0.07 * 100_549)
        assert crop["abadie2015"] == pytest.approx(48_000 + 0.11 * 100_549)

    def test_the_share_seized(self):
        share = reference("05.4")
        assert share.to_dict() == pytest.approx({"first": 4100 / 705, "revised": 4100 / 649})

    def test_money_and_hectares(self):
        table = reference("05.5").set_index("year")
        assert table["amount_usd_million"].to_dict() == {2011: 70, 2012: 55.3, 2013: 28}
        assert table["area_ha"].to_dict() == {2011: 10_290, 2012: 14_171, 2013: 23_785}

    @pytest.mark.parametrize("result", ["49,800", "148.200"])
    def test_either_comparison_may_be_quoted(self, result):
        text = f"It fell by 76,600 ha; without the policy, {result}. " + "word " * 80
        assert TASKS.check("05.7", text).status == "right"


def test_the_invented_forest_by_hand():
    ratio = TASKS.by_id["05.6"].reference()
    by_hand = {2019: 180 / 480, 2020: 250 / 450, 2021: 250 / 300, 2022: 350 / 200}
    assert ratio.to_dict() == pytest.approx(by_hand)
    assert ratio.is_monotonic_increasing and ratio[2021] < 1 < ratio[2022]


def test_what_the_lesson_types_is_what_the_table_holds(lesson):
    effects = -load("effect_sizes").set_index("effect_id")[["effect_low", "effect_high"]]
    border = effects.loc["mejia_restrepo_rozo2017"].to_list()
    others = effects.loc[["rozo2014", "abadie2015"], "effect_low"].to_list()
    assert lesson["removed"].to_list() == [*border, *others]
