"""Lesson 02: weighted means and the model by hand, and what the prose says in words."""

import ast
import re

import nbformat
import pytest

from course.data import load
from course.tasks.lesson02 import TASKS
from tools.common.paths import ROOT

NAME = "02-coca-economy.ipynb"


def reference(task_id: str):
    return TASKS.by_id[task_id].reference()


class TestWeightedMean:
    """Four basins, with the printed prices and hectares written out."""

    AREA = (1_364 + 2_204, 2_143, 1_101 + 7_705, 27_994)

    def by_hand(self, *prices: float) -> float:
        products = (price * area for price, area in zip(prices, self.AREA, strict=True))
        return sum(products) / sum(self.AREA)

    def test_january(self, lesson):
        by_hand = self.by_hand(14.6, 12.7, 28, 11.2)
        assert lesson["weighted"] == pytest.approx(by_hand) == pytest.approx(15.04, abs=0.005)
        assert lesson["plain"] == (14.6 + 12.7 + 28 + 11.2) / 4

    def test_april(self):
        assert reference("02.2") == pytest.approx(self.by_hand(9.3, 7.1, 9, 4.2))

    def test_the_areas_stand_at_the_right_basins(self, lesson, exercise):
        for table in (lesson["january"], exercise["april"]):
            assert table["place"].str[:4].to_list() == ["Agua", "Hual", "Puno", "VRAE"]
            assert table["area_ha"].to_list() == list(self.AREA)


class TestGrossAndLead:
    def test_gross_by_hand(self, lesson):
        assert lesson["coca_gross"] == pytest.approx(2_316 * 4.30) == pytest.approx(9_958.8)
        assert lesson["coffee_gross"] == pytest.approx(612 * 1.69) == pytest.approx(1_034.28)

    def test_the_lead_in_days(self, lesson):
        assert lesson["lead"] == pytest.approx((9_958.8 - 1_034.28) * 60 / 21)
        assert lesson["days"] == pytest.approx(254.986, abs=0.001)

    def test_what_the_code_types_is_what_the_tables_hold(self, lesson):
        prices = lesson["peru"]
        weighted = prices[prices["average"] == "production_weighted"].set_index("year")
        assert weighted["price_usd_kg"].loc[[2010, 2014]].to_list() == [2.8, 3.7]
        chain = load("value_chain_prices").set_index(["country", "product", "year"])
        assert chain["price_usd_kg"].loc[("Peru", "hydrochloride", 2010)].to_list() == [947]
        assert lesson["yields"]["gross_usd_ha"].iloc[0] == 3_300 * 3.7

    def test_the_factor_that_cannot_hold(self, lesson):
        assert lesson["chain"]["leaf_usd"].to_list() == pytest.approx([375 * 2.8, 258.6 * 2.8])
        assert lesson["chain"]["share_percent"].to_list() == [111, 76]


class TestModel:
    def test_without_wages_only_gross_counts(self, lesson):
        level = lesson["even_price"]("coffee", 0, 200)
        assert level == pytest.approx(lesson["coffee_gross"] * lesson["rate"] / 2_316)

    def test_with_equal_days_the_wage_does_not_matter(self, lesson):
        levels = [lesson["even_price"]("coffee", wage, 70) for wage in (0, 40, 120)]
        assert levels == pytest.approx([levels[0]] * 3)

    @pytest.mark.parametrize("other", ["coffee", "cacao (assumed)"])
    def test_at_the_level_price_both_crops_leave_the_same(self, lesson, other):
        price = lesson["even_price"](other, 80, 250)
        coca = lesson["after_wages"](price * 2_316, 80, 250)
        assert coca == pytest.approx(lesson["after_wages"](lesson["GROSS"][other], 80, 70))

    def test_more_days_and_dearer_days_raise_the_level(self, lesson):
        level = lesson["even_price"]
        for wage in (20, 40, 60, 80, 100, 120):
            prices = [level("coffee", wage, days) for days in (100, 150, 200, 250, 300)]
            assert prices == sorted(prices)
        prices = [level("coffee", wage, 100) for wage in (20, 40, 60, 80, 100, 120)]
        assert prices == sorted(prices)

    def test_the_gross_of_coca_pays_fewer_days_than_the_longest(self, lesson):
        assert 250 < lesson["coca_gross"] * lesson["rate"] / 100 < 300


class TestWhatTheProseSaysInWords:
    """Statements without digits, which the test of numbers cannot see."""

    APRIL, JANUARY = 4.2, 11.2

    def test_the_weighted_average_is_lower_in_all_four_years(self, lesson):
        wide = lesson["peru"].pivot_table(index="year", columns="average", values="price_usd_kg")
        both = wide[["arithmetic", "production_weighted"]].dropna()
        assert list(both.index) == [2009, 2010, 2014, 2015]
        assert (both["arithmetic"] > both["production_weighted"]).all()

    def test_what_the_four_basins_lost(self, lesson):
        basins = lesson["monthly"][lesson["monthly"]["place"] != "country"]
        pairs = basins.groupby("place", sort=False)["price"]
        fall = 1 - pairs.last() / pairs.first()
        assert fall.to_list() == pytest.approx([0.363, 0.441, 0.679, 0.625], abs=0.0005)
        assert fall.idxmax().startswith("Puno")

    def test_the_printed_average_crosses_the_weighted_one(self, lesson):
        assert lesson["weighted"] > 12.67
        assert reference("02.2") < 6.88

    def test_the_explorer_at_its_three_places(self, lesson):
        level, after = lesson["even_price"], lesson["after_wages"]
        assert level("coffee", 40, 200) < self.APRIL < level("cacao (assumed)", 40, 200)
        for other in lesson["GROSS"]:
            assert self.APRIL < level(other, 100, 200) < self.JANUARY
            assert level(other, 100, 100) < self.APRIL
            assert after(lesson["GROSS"][other], 100, lesson["OTHER_DAYS"]) < 0
        assert after(self.APRIL * 2_316, 100, 200) < 0

    def test_two_units_and_no_disagreement(self, exercise):
        assert exercise["per_kg"]["san_gaban_2020_before"] == pytest.approx(26.1, abs=0.05)

    def test_the_slump_in_kilograms(self, exercise):
        per_kg = exercise["per_kg"]
        assert per_kg["vraem_2021_01_low"] > 10
        assert per_kg["vraem_2021_04_low"] < 2

    def test_one_dollar_in_seven(self):
        assert reference("02.4") == pytest.approx(100 / 7, rel=0.05)


class TestReferences:
    def test_arroba(self):
        per_kg = reference("02.1")
        assert per_kg["vraem_2021_01_low"] == pytest.approx(120 / 11.5)
        assert "vraem_2015_05_single" not in per_kg, "a price in dollars"

    def test_level_price(self, exercise):
        coffee_gross = 612 * 1.69 * 60 / 21
        by_hand = (coffee_gross - 40 * 70 + 100 * 200) / 2_316
        assert reference("02.3") == pytest.approx(by_hand)
        assert 4.2 < by_hand < 11.2
        assert exercise["coffee_gross"] == pytest.approx(coffee_gross)
        assert coffee_gross - 100 * 70 < 0 < coffee_gross - 40 * 70, "a loss at coca's wage only"

    def test_household(self):
        assert reference("02.4") == pytest.approx(100 * 5 * 365 / 12_300)

    def test_the_printed_remainder_is_too_low_and_no_exchange_of_two_digits(self):
        assert reference("02.5") == 121_424 - 9_000 - 112_242 == 182
        differ = [one for one, other in zip("112424", "112242", strict=True) if one != other]
        assert len(differ) == 3, "an exchange of two digits would leave two that differ"

    def test_the_later_remainders_close(self):
        leaf = load("leaf_production").set_index("figure_id")["leaf_t"]
        taken_off = leaf["peru_2016_traditional_use"] + leaf["peru_2016_industrial_use"]
        for year in (2016, 2017):
            off = leaf[f"peru_{year}_production"] - leaf[f"peru_{year}_residual"]
            assert off == taken_off == 10_891

    @pytest.mark.parametrize("thousands", ["10,000 21,000", "10000 21000", "1 033 28 000"])
    def test_a_number_may_be_written_in_several_ways(self, thousands):
        text = f"The gross and the net income: {thousands}. " + "word " * 60
        assert TASKS.check("02.6", text).status == "right"


def test_the_scaffolds_become_the_solutions():
    """A pattern with its blanks filled as the hints say is Python that runs."""
    for cell in nbformat.read(ROOT / "exercises" / NAME, as_version=4).cells:
        for line in re.findall(r"^#~ # (\w.* = .*)$", cell.source, re.MULTILINE):
            ast.parse(line.replace(" ____ 11.5", " / 11.5").replace("____", "x"))


KG = 'arroba["pen_kg"] = arroba["price"] / {}\nper_kg = arroba["pen_kg"]'
APRIL = (
    'april["price_x_area"] = april["price"] * april["{}"]\n'
    'weighted = april["{}"].sum() / april["{}"].sum()'
)
LEVEL = (
    "coffee_left = coffee_gross - coffee_wage * {}\n"
    "level_price = (coffee_left + coca_wage * {}) / {}"
)
SHARE = (
    'basins = january.copy()\nbasins["share"] = 100 * basins["area_ha"] / {}\n'
    'vraem_share = basins.loc[{}, "share"]'
)
THREE = 'three = january[january["price"] {} 20]\nwithout_puno = three["price"].{}()'
APART = 'apart = january["price"].max() - january["price"].{}()'


@pytest.mark.parametrize(
    ("task", "code", "says"),
    [
        ("02.1", KG.format(12), "You rounded the kilograms"),
        ("02.1", KG.format(11), "You left out the decimal"),
        ("02.1", KG.format(115), "All prices come out"),
        ("02.1", KG.format(1000), "as from kilograms to tonnes"),
        ("02.1", KG.format('arroba["price"]'), "the prices by themselves"),
        ("02.2", APRIL.format("price", "price_x_area", "area_ha"), "the price by itself"),
        ("02.2", APRIL.format("price", "price_x_area", "price"), "for its own weight"),
        ("02.2", APRIL.format("area_ha", "price", "area_ha"), "You divided the sum of the prices"),
        ("02.2", APRIL.format("area_ha", "area_ha", "price"), "which leaves no price"),
        ("02.2", APRIL.format("area_ha", "area_ha", "price_x_area"), "turned the division round"),
        ("02.2", APRIL.format("area_ha", "area_ha", "area_ha"), "a sum by itself"),
        ("02.3", LEVEL.format(200, 200, "coca_yield"), "as many days as coca"),
        ("02.3", LEVEL.format(70, 70, "coca_yield"), "as many days as coffee"),
        ("02.3", LEVEL.format(70, 200, 'value.loc["coffee_yield_2013"]'), "kilograms of coffee"),
        ("02.3", LEVEL.format(70, 200, "coca_days"), "what a day must bring"),
        ("02.3", LEVEL.format(70, 200, "coffee_days"), "by coffee's days"),
        ("02.3", LEVEL.format(-70, 200, "coca_yield"), "You added coffee's wages"),
        ("02.3", LEVEL.format(70, 0, "coca_yield"), "left out coca's own wages"),
        ("02.3", LEVEL.replace("+", "-").format(70, 200, "coca_yield"), "coca's wages off"),
        (
            "02.3",
            LEVEL.replace("(", "-(").replace("+", "-").format(70, 200, "coca_yield"),
            "one am",
        ),
        ("02.3", LEVEL.replace("(", "").replace(")", "").format(70, 200, "coca_yield"), "brackets"),
        ("02.t1", SHARE.format('basins["price_x_area"].sum()', 15), "the sum of price × area"),
        ("02.t1", SHARE.format('basins["area_ha"].sum()', 3), "the share of the Huallaga"),
        ("02.t1", SHARE.format('basins["area_ha"].sum()', 0), "the share of Aguaytía"),
        ("02.t1", SHARE.format('basins["area_ha"]', 15), "the VRAEM by themselves"),
        ("02.t1", SHARE.format('basins["area_ha"].mean()', 15), "by the mean of the hectares"),
        ("02.t2", THREE.format("<", "max"), "the highest of the three"),
        ("02.t2", THREE.format("<", "median"), "the price in the middle"),
        ("02.t2", THREE.format("<", "idxmax"), "the label of a row"),
        ("02.t2", THREE.format(">", "mean"), "Puno alone"),
        ("02.t3", APART.format("max"), "away from itself"),
        ("02.t3", APART.format("idxmin"), "the label of a row, and not its price"),
        ("02.t3", APART.format("sum"), "the sum of all prices"),
    ],
)
def test_a_wrong_cell_is_told_what_it_does(told, task, code, says):
    assert says in told(task, code)
