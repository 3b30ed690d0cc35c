"""Lesson 03: changes by hand, the explorer's known cases, and what the prose says in words."""

import pandas as pd
import pytest

from course.data import load
from course.tasks.lesson03 import TASKS, _candidates


def reference(task_id: str):
    return TASKS.by_id[task_id].reference()


class TestChanges:
    """The percentages of the lesson from the printed areas, written out."""

    def test_across_the_break_of_2011(self, lesson):
        printed = lesson["table"]["change_percent"].loc[2011]
        assert printed == round(100 * (62_500 - 61_200) / 61_200, 1) == 2.1

    def test_the_images_of_2011_lie_between_the_ends_of_a_rounded_five(self, lesson):
        low, high = 61_200 * 1.045, 61_200 * 1.055
        assert low < lesson["images_2011"] < high
        assert (round(low, -2), round(high, -2)) == (64_000, 64_600)

    def test_opposite_signs(self, lesson):
        both = 100 * lesson["both"][["area_ha", "us_ha"]].loc[2012:2017].pct_change()
        assert both.loc[2013].round(1).to_list() == [-17.5, 17.8]
        opposite = both["area_ha"] * both["us_ha"] < 0
        assert list(both.index[opposite]) == [2013, 2015, 2016]

    @pytest.mark.parametrize(
        ("year", "un", "us", "ratio"),
        [(2003, 44_200, 31_150, 0.70), (2017, 49_900, 49_800, 1.0), (2020, 61_800, 88_200, 1.43)],
    )
    def test_ratio(self, lesson, year, un, us, ratio):
        assert lesson["both"]["us_per_un"].loc[year] == round(us / un, 2) == ratio

    def test_fourteen_and_nineteen_zones(self, lesson):
        assert (len(lesson["in_2020"]), len(lesson["in_2021"])) == (14, 19)
        assert round(lesson["all_zones"], 1) == 30.6
        assert round(lesson["same_zones"], 1) == 23.4
        new = 1_659 + 1_379 + 895 + 252 + 247
        assert lesson["in_2021"][~lesson["old"]]["area_ha"].sum() == new == 4_432

    def test_peru_is_first_in_two_years_only(self, lesson):
        race = lesson["race"].dropna()
        assert list(race.index[race["peru_first"]]) == [2012, 2013]


class TestExplorer:
    @pytest.mark.parametrize(
        ("series", "base", "by_hand"),
        [
            ("UN, as printed", 2010, 61_800 / 61_200),
            ("UN, as printed", 2015, 61_800 / 40_300),
            ("UN, net before 2011 too (assumed)", 2010, 61_800 / (62_500 / 1.052)),
            ("US", 2013, 84_400 / 59_500),
            ("UN, from 2018 Peru's agency, all zones", 2020, 89_755 / 61_777),
            ("UN, from 2018 Peru's agency, 14 zones", 2020, (89_753 - 7_687) / 61_777),
        ],
    )
    def test_headline(self, lesson, series, base, by_hand):
        areas = lesson["SERIES"][series][0]
        assert lesson["headline_change"](areas, base) == pytest.approx(100 * (by_hand - 1))

    def test_every_series_has_every_base_year_and_stays_in_the_frame(self, lesson):
        for areas, _, _ in lesson["SERIES"].values():
            assert {int(year) for year in lesson["YEARS"]} <= set(areas.index)
            assert areas.index.is_monotonic_increasing
            assert areas.loc[2001:].between(0, 100_000).all()

    def test_scenarios_differ_only_where_they_should(self, lesson):
        areas = {name: entry[0] for name, entry in lesson["SERIES"].items()}
        printed, net = areas["UN, as printed"], areas["UN, net before 2011 too (assumed)"]
        assert (net.loc[:2010] < printed.loc[:2010]).all()
        assert net.loc[2011:].equals(printed.loc[2011:] * 1.0)
        wide = areas["UN, from 2018 Peru's agency, all zones"]
        narrow = areas["UN, from 2018 Peru's agency, 14 zones"]
        assert (wide - narrow).loc[:2020].abs().max() <= 2
        assert ((wide - narrow).loc[2021:] > 4_000).all()

    def test_breaks_are_named_between_base_and_last_year(self, lesson):
        words, (areas, _, breaks) = lesson["in_words"], lesson["SERIES"]["UN, as printed"]
        assert "2011, 2018" in words(areas, breaks, 2010)
        assert "2011" not in words(areas, breaks, 2012)
        assert "no break" in words(areas, breaks, 2018)
        assert "nothing to compare" in words(areas, breaks, 2020)


class TestWhatTheProseSaysInWords:
    """Statements without digits, which the test of numbers cannot see."""

    def test_a_good_third(self, lesson):
        assert 1 / 3 < 1 - lesson["un"]["area_ha"].loc[2015] / 62_500 < 0.37

    def test_the_us_below_until_2012_and_mostly_not_after(self, lesson):
        ratio = lesson["both"]["us_per_un"].dropna()
        assert (ratio.loc[:2012] < 1).all()
        assert (ratio.loc[2013:] >= 1).sum() == len(ratio.loc[2013:]) - 1
        assert ratio.idxmax() == 2020

    def test_2015_is_the_lowest_year_of_the_series(self, lesson):
        assert lesson["areas"].idxmin() == 2015

    def test_numbers_of_zones(self):
        zones = load("cultivation_zones")
        watched = zones[zones["series"] == "devida"].groupby("year")["zone"].nunique()
        assert watched.to_dict() == dict(
            zip(range(2018, 2025), [14, 14, 14, 19, 20, 21, 24], strict=True)
        )

    def test_every_year_with_more_zones_is_a_break_of_the_agency_s_series(self, lesson):
        zones = load("cultivation_zones")
        watched = zones[zones["series"] == "devida"].groupby("year")["zone"].nunique()
        assert lesson["ADDED"] == watched.index[watched.diff() > 0].to_list()
        _, _, breaks = lesson["SERIES"]["UN, from 2018 Peru's agency, all zones"]
        assert breaks == [*lesson["SERIES"]["UN, as printed"][2], *lesson["ADDED"]]

    def test_no_zone_is_printed_as_zero(self):
        assert (load("cultivation_zones")["area_ha"] > 0).all()

    def test_a_quarter_left_the_upper_huallaga(self, lesson):
        assert lesson["shift"]["percent"].loc["Alto Huallaga"] == -25.6

    def test_2022_is_the_largest_area_of_the_agency(self):
        areas = load("cultivation")
        agency = areas[areas["series"] == "devida"].set_index("year")["area_ha"]
        assert agency.idxmax() == 2022

    def test_the_us_always_saw_more_in_colombia_with_neighbours_at_both_ends(self):
        ratio = reference("03.5")
        assert (ratio > 1).all()
        assert (ratio.idxmin(), ratio.idxmax()) == (2021, 2020)


class TestReferences:
    def test_colombia(self):
        assert reference("03.1") == pytest.approx(100 * (204_000 - 142_800) / 142_800)

    def test_two_of_five_headlines_are_wrong_in_print(self):
        redone = reference("03.2")
        printed = load("headlines").set_index("headline_id")["printed_change"]
        apart = (printed[redone.index] - redone).abs()
        assert set(apart[apart > 0.5].index) == {"republica_2021", "inforegion_2021"}
        assert redone["republica_2021"] == pytest.approx(100 * 7_122 / 54_655)

    def test_same_ground(self):
        assert reference("03.3") == pytest.approx(100 * ((95_008 - 6_666) / 61_777 - 1))

    def test_the_origin_of_26(self):
        values = {name: round(value, 1) for name, value in _candidates().items()}
        assert list(values.values()) == [11.5, 26.4, 22.5, 30.6]
        assert reference("03.4") == "share of the Andean total"

    def test_lead(self):
        assert reference("03.6").to_dict() == {2012: -27_500, 2013: -21_000, 2014: -65_500}

    def test_undropped_years_are_named(self):
        ratio = pd.concat([pd.Series({2002: float("nan")}), reference("03.5")])
        assert "2002" in TASKS.check("03.5", ratio).message

    @pytest.mark.parametrize("both", ["53.8 43.0", "53,8 43,0", "54% 43%", "54 per cent 43 %"])
    def test_a_percentage_may_be_written_in_several_ways(self, both):
        text = f"DEVIDA counts zones: {both} " + "word " * 60
        assert TASKS.check("03.7", text).status == "right"


YEAR = "changes = 100 * colombia_un.{}()\nchange_2021 = changes.loc[{}]"
FIVE = "redone = {}"
REDONE = '100 * (five["after_ha"] / five["before_ha"] - 1)'
GROUND = (
    'old = in_2022["zone"].isin(in_2020["{}"])\nafter = {}["area_ha"].sum()\n'
    'before = in_2020["area_ha"].sum()\nsame_ground = 100 * {}'
)
KEPT, GROWN = "in_2022[old]", "(after / before - 1)"
FIRST = (
    'in_2003 = peru[peru["year"] == 2003]\n'
    'smaller = in_2003.sort_values("{}", ascending={}).head({})["observer"]'
)
COLOMBIA = (
    'colombia_2012 = (100 * in_colombia.set_index("year")["area_ha"].{}()).loc[2012]'  # one line
)
ADDED = 'added = in_2024[{}in_2024["zone"].isin({}["zone"])]["area_ha"].sum()'


@pytest.mark.parametrize(
    ("task", "code", "says"),
    [
        ("03.1", YEAR.format("pct_change", 2022), "That is the change of 2022"),
        ("03.1", YEAR.format("diff", 2021), "the change in hectares, times 100"),
        ("03.1", YEAR.format("round", 2021), "has to compare each year"),
        ("03.2", FIVE.format(REDONE.replace(" - 1)", ") - 1")), "after you had multiplied"),
        ("03.2", FIVE.format(f'(five["printed_change"] - {REDONE}).abs()'), "lie apart"),
        ("03.2", FIVE.format(f'five["printed_change"] - {REDONE}'), "print lies from the tables"),
        ("03.2", FIVE.format('["republica_2021", "inforegion_2021"]'), "labels of rows alone"),
        ("03.2", FIVE.format('"inforegion_2021"'), "labels of rows alone"),
        ("03.2", FIVE.format(f"({REDONE}).abs"), "Add the parentheses"),
        ("03.2", FIVE.format(REDONE.replace("before", "after")), "a column by itself"),
        ("03.2", FIVE.format(REDONE.replace("before_ha", "printed_change")), "the change in print"),
        (
            "03.2",
            FIVE.format(f'({REDONE}).loc[["republica_2021", "inforegion_2021"]]'),
            "the two that print got wrong",
        ),
        ("03.3", GROUND.format("zone", KEPT, "(before / after - 1)"), "have changed places"),
        ("03.3", GROUND.format("zone", "in_2022[~old]", GROWN), "without ~"),
        ("03.3", GROUND.format("area_ha", KEPT, GROWN), "Your mask keeps no row"),
        ("03.3", GROUND.format("year", KEPT, GROWN), "Your mask keeps no row"),
        ("03.3", GROUND.format("zone", "in_2020", GROWN), "Your two areas are the same"),
        ("03.3", GROUND.format("zone", KEPT, "after / before - 1"), "after you had multiplied"),
        ("03.t1", FIRST.format("year", True, 1), "who printed the larger area"),
        ("03.t1", FIRST.format("area_ha", False, 1), "who printed the larger area"),
        ("03.t1", FIRST.format("area_ha", True, 2), "These are both observers"),
        ("03.t2", COLOMBIA.format("diff"), "the change in hectares, times 100"),
        ("03.t2", COLOMBIA.format("round"), "has to compare each year"),
        ("03.t4", ADDED.format("", "in_2020"), "the hectares in the old zones"),
        ("03.t4", ADDED.format("~", "in_2024"), "none of them is new"),
    ],
)
def test_a_wrong_cell_is_told_what_it_does(told, task, code, says):
    assert says in told(task, code)
