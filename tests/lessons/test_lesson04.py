"""Lesson 04: the identity by hand, the model's known cases, and what the prose says in words."""

import pandas as pd
import pytest

from course.data import load
from course.tasks.lesson04 import TASKS


@pytest.fixture(scope="module")
def crop(lesson):
    return lesson["crop"]


def reference(task_id: str):
    return TASKS.by_id[task_id].reference()


class TestIdentity:
    """New coca = change of the crop + pulled up, with the printed figures written out."""

    @pytest.mark.parametrize(
        ("year", "before", "after", "pulled"),
        [
            (2013, 60_400, 49_800, 23_785),
            (2014, 49_800, 42_900, 31_206),
            (2015, 42_900, 40_300, 35_868),
            (2016, 40_300, 43_900, 30_151),
        ],
    )
    def test_peru(self, lesson, year, before, after, pulled):
        assert lesson["peru"]["new_ha"].loc[year] == after - before + pulled

    @pytest.mark.parametrize(
        ("year", "ratio"), [(2010, 1.11), (2013, 0.55), (2014, 0.78), (2015, 0.93), (2016, 1.12)]
    )
    def test_peru_per_hectare(self, lesson, year, ratio):
        assert round(lesson["peru"]["new_per_ha"].loc[year], 2) == ratio

    def test_2013_is_the_lowest_year_and_one_divides_growth_from_fall(self, lesson):
        peru = lesson["peru"].dropna()
        assert peru["new_per_ha"].idxmin() == 2013
        assert ((peru["new_per_ha"] > 1) == (peru["change_ha"] > 0)).all()

    def test_with_the_us_area_the_climb_is_a_fall(self, lesson):
        ratio = lesson["us_new_per_ha"].round(2)
        by_hand = (59_500 - 50_500 + 23_785) / 23_785
        assert ratio.loc[2013] == round(by_hand, 2) == 1.38
        assert ratio.loc[2016] < ratio.loc[2013]

    def test_colombia_2012(self, lesson):
        row = lesson["colombia"].loc[2012]
        assert row["new_ha"] == pytest.approx(48_000 - 64_000 + 131_005)
        assert row["pulled_ha"] > 2 * lesson["colombia"]["area_ha"].loc[2011]

    def test_a_country_is_never_compared_with_another(self, lesson):
        three = lesson["three"]
        assert three["change_ha"].isna().sum() == 3
        assert three["change_ha"].xs(2009, level="year").isna().all()

    def test_eleven_years(self, lesson):
        totals = lesson["totals"]
        assert totals["new_per_ha"].round(2).to_dict() == {
            "Bolivia": 0.98,
            "Colombia": 1.07,
            "Peru": 1.01,
        }
        assert totals["change_ha"].to_dict() == {"Bolivia": -1500, "Colombia": 69_800, "Peru": 1900}


class TestModel:
    def test_nobody_pulls_and_prices_do_not_matter(self, lesson, crop):
        start, other = lesson["START"], lesson["OTHER"]
        assert crop(0, 1, 0) == pytest.approx([start + other * year for year in range(7)])

    def test_one_year_by_hand(self, lesson, crop):
        assert (lesson["START"], lesson["OTHER"]) == pytest.approx((60.4, 7.1))
        after_one, after_two = crop(24, 0.6, 0.5)[1:3]
        assert after_one == pytest.approx(60.4 - 24 + 7.1 + 0.6 * 24)
        price = 1 + 0.5 * (1 - after_one / 60.4)
        assert after_two == pytest.approx(after_one - 24 + (7.1 + 14.4) * price)

    def test_at_one_for_one_the_amount_does_not_matter(self, crop):
        assert crop(6, 1, 0) == pytest.approx(crop(36, 1, 0))

    def test_no_more_is_pulled_than_stands(self, lesson, crop):
        assert crop(1000, 0, 0)[1:] == pytest.approx([lesson["OTHER"]] * 6)

    def test_the_crop_is_never_negative_and_stays_in_the_frame(self, lesson, crop):
        for plan in (0, 6, 12, 18, 24, 30, 36):
            for replanting in (0, 0.2, 0.4, 0.6, 0.8, 1, 1.2):
                for response in lesson["RESPONSES"].values():
                    assert all(0 <= area <= 150 for area in crop(plan, replanting, response))

    def test_a_price_response_pulls_towards_the_start(self, lesson, crop):
        for plan, replanting in [(24, 0.6), (36, 0.6), (6, 1), (36, 1.2)]:
            away = [
                abs(crop(plan, replanting, response)[-1] - lesson["START"])
                for response in lesson["RESPONSES"].values()
            ]
            assert away == sorted(away, reverse=True)

    def test_labels_stay_apart(self, lesson):
        for ends in [(60, 60, 60), (103, 93, 86), (7, 10, 13), (45, 51, 54)]:
            none, weak, strong = lesson["apart"](*ends)
            assert abs(none - weak) >= 9
            assert abs(weak - strong) >= 9


class TestWhatTheProseSaysInWords:
    """Statements without digits, which the test of numbers cannot see."""

    def test_every_target_of_2013_was_met(self, lesson):
        met = lesson["targets"][lesson["in_2013"]]["target_ha"] < 23_785
        assert met.all()
        assert len(met) == 3

    def test_the_crop_fell_while_more_was_pulled_up_and_then_grew(self, lesson):
        peru = lesson["peru"]
        assert (peru["change_ha"].loc[2012:2015] < 0).all()
        assert (peru["pulled_ha"].diff().loc[2012:2015] > 0).all()
        assert (peru["change_ha"].loc[2016:2020] > 0).all()

    def test_four_times_the_crop_was_pulled_up_in_eleven_years(self, lesson):
        ratio = lesson["totals"]["pulled_ha"].loc["Peru"] / lesson["peru"]["area_ha"].loc[2009]
        assert 3.9 < ratio < 4.1

    def test_the_misprint_of_2024(self):
        figures = load("eradication").set_index("figure_id")["area_ha"]
        assert figures["peru_2024_headline"] - figures["peru_2024_december"] == 2_000

    def test_the_explorer_at_its_three_places(self, lesson, crop):
        start = lesson["START"]
        assert 0.70 < crop(24, 0.6, 0)[-1] / start < 0.80, "a quarter off"
        assert 0.34 < crop(36, 0.6, 0)[-1] / start < 0.40, "almost two thirds off"
        strong = crop(24, 0.6, 1)[-1] - crop(36, 0.6, 1)[-1]
        assert strong < (crop(24, 0.6, 0)[-1] - crop(36, 0.6, 0)[-1]) / 2, "most is given back"
        for plan, replanting in [(12, 0.4), (36, 0.8)]:
            assert abs(crop(plan, replanting, 0)[-1] / start - 1) < 0.02, "hardly changes"
            assert abs(replanting + lesson["OTHER"] / plan - 1) < 0.02, "about one"

    def test_how_closely_targets_were_met(self):
        table = reference("04.5").set_index("year")
        targets = load("eradication_targets")
        national = targets[(targets["country"] == "Peru") & (targets["scope"] == "country")]
        beyond = table["over_target_ha"] / national.groupby("year")["target_ha"].max()
        assert list(table.index) == [2011, 2012, 2013, 2014, 2016, 2018, 2019]
        assert (table["over_target_ha"] > 0).all()
        assert (table["change_ha"] > 0).sum() == 4
        assert (beyond.dropna() < 0.03).sum() == 5


class TestReferences:
    def test_colombia_2016(self):
        assert reference("04.1") == 146_000 - 96_000 + 17_642

    def test_bolivia(self):
        ratio = reference("04.2")
        assert ratio.loc[2011] == pytest.approx((27_200 - 31_000 + 10_509) / 10_509)
        assert ratio.loc[2016] == pytest.approx((23_100 - 20_200 + 6_577) / 6_577)
        assert list(ratio.index) == list(range(2010, 2021))

    def test_how_often_the_crop_grew(self):
        by_hand = {"Bolivia": 5 / 11, "Colombia": 5 / 11, "Peru": 7 / 11}
        assert reference("04.3").to_dict() == pytest.approx(by_hand)

    def test_tonnes_avoided_are_a_constant(self):
        assert round(reference("04.4"), 2) == 9.16
        claims = load("avoided_cocaine").set_index("figure_id")
        per_hectare = 1000 * claims["claimed_t"] / claims["area_ha"]
        of_2025 = per_hectare[claims["year"] == 2025]
        assert len(of_2025) == 4
        assert of_2025.to_list() == pytest.approx([reference("04.4")] * 4, rel=0.001)

    def test_targets_and_crop(self):
        table = reference("04.5").set_index("year")
        assert table.loc[2016].to_dict() == {"over_target_ha": 151, "change_ha": 3_600}
        assert table.loc[2013].to_dict() == {"over_target_ha": 1_785, "change_ha": -10_600}

    @pytest.mark.parametrize("thousands", ["30,151 3,600", "30151 3600", "30.151 3.600"])
    def test_a_number_may_be_written_in_several_ways(self, thousands):
        text = f"The minister and the critic quote {thousands}. " + "word " * 60
        assert TASKS.check("04.6", text).status == "right"

    def test_a_table_may_come_with_the_year_as_label_or_as_column(self):
        table = reference("04.5")
        assert TASKS.check("04.5", table).status == "right"
        assert TASKS.check("04.5", table.set_index("year").iloc[::-1]).status == "right"

    def test_the_gap_of_the_first_year_is_named(self):
        ratio = pd.concat([pd.Series({2009: float("nan")}), reference("04.2")])
        assert "2009" in TASKS.check("04.2", ratio).message
