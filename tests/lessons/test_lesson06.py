"""Lesson 06: counts by hand, the map's known years, and what the prose says in words."""

import nbformat
import pytest

from course.data import load
from course.tasks.lesson06 import TASKS
from tools.common.paths import ROOT

NAME = "06-the-war-in-numbers.ipynb"
SIDES = ("state_agents", "shining_path")


@pytest.fixture(scope="module")
def in_departments(lesson):
    return lesson["in_departments"]


def reference(task_id: str):
    return TASKS.by_id[task_id].reference()


def source_of(cell_id: str) -> str:
    cells = nbformat.read(ROOT / "notebooks" / NAME, as_version=4).cells
    return next(cell.source for cell in cells if cell.id == cell_id)


class TestReshaping:
    """Two columns grouped, one unstacked, gaps filled; with figures written out."""

    def test_one_year_by_hand(self, lesson):
        in_1984 = lesson["years"].loc[1984]
        named = {"state_agents": 2055, "shining_path": 1375, "undetermined_or_missing": 387}
        others = {"self_defence_rondas": 104, "other": 47, "clash_unattributed": 34}
        rest = {"paramilitary": 3, "mrta": 0}
        assert in_1984.to_dict() == named | others | rest
        assert in_1984.sum() == lesson["total"].loc[1984] == 4005

    def test_a_gap_is_no_row(self, lesson):
        deaths = lesson["deaths"]
        row = (deaths["year"] == 1980) & (deaths["perpetrator_recorded"] == "mrta")
        assert not row.any()
        assert lesson["years"].loc[1980, "mrta"] == 0

    def test_rows_without_a_year_drop_out(self, lesson):
        assert lesson["total"].sum() == lesson["years"].to_numpy().sum() == 24_692 - 1_776

    def test_the_peaks_of_the_regions(self, lesson):
        assert lesson["moved"].idxmax().to_dict() == {
            "rest_of_ayacucho": 1983,
            "later_vraem_provinces": 1984,
            "rest_of_peru": 1989,
            "upper_huallaga_provinces": 1991,
            "unknown": 1989,
        }


class TestMap:
    @pytest.mark.parametrize("side", SIDES)
    @pytest.mark.parametrize("year", range(1980, 2001))
    def test_map_and_unknown_add_to_the_year(self, lesson, in_departments, year, side):
        deaths = lesson["deaths"]
        unknown = deaths[
            (deaths["department"] == "unknown")
            & (deaths["year"] == year)
            & (deaths["perpetrator_recorded"] == side)
        ]["deaths_documented"].sum()
        assert in_departments(year, side).sum() + unknown == lesson["years"].loc[year, side]

    def test_one_map_by_hand(self, in_departments):
        state = in_departments(1984, "state_agents")
        assert state["Ayacucho"] == 1805
        assert "unknown" not in state
        assert state.sum() == 2055 - 35

    @pytest.mark.parametrize(
        ("count", "dark"), [(1, 0.1), (9, 0.1), (10, 0.25), (99, 0.25), (100, 0.4), (500, 0.55)]
    )
    def test_the_shades(self, lesson, count, dark):
        assert lesson["shade"](count) == dark

    def test_who_leads_in_records_that_name_the_state(self, in_departments):
        first = {year: in_departments(year, "state_agents").idxmax() for year in range(1980, 1994)}
        assert {first[year] for year in range(1980, 1991)} == {"Ayacucho"}
        assert {first[year] for year in range(1991, 1994)} == {"Huánuco"}
        order = in_departments(1992, "state_agents").sort_values(ascending=False)
        ahead = [one for one in order.index if order[one] > order["Ayacucho"]]
        assert ahead == ["Huánuco", "Junín", "San Martín"]

    def test_who_leads_in_records_that_name_shining_path(self, in_departments):
        first = {year: in_departments(year, "shining_path").idxmax() for year in range(1980, 1993)}
        assert {first[year] for year in range(1980, 1990)} == {"Ayacucho"}
        assert [first[year] for year in (1990, 1991)] == ["Junín", "Ayacucho"]

    def test_the_sentence_of_the_start(self, lesson):
        sentence = lesson["picture"](1984, "state agents")[1]
        assert sentence == (
            "1984: 4,005 documented deaths, 2,055 (51%) laid to state agents, 1,375 (34%) to "
            "Shining Path, 387 (10%) with no side named, the rest to others or to clashes. "
            "On this map 2,020, most in Ayacucho (1,805); without a department 35."
        )

    def test_a_slider_between_two_years_shows_a_year(self, lesson):
        assert lesson["picture"](1984.3, "Shining Path")[1].startswith("1984:")


class TestWhatTheProseSaysInWords:
    """Statements without digits, which the test of numbers cannot see."""

    def test_which_side_is_named_more_often(self, lesson):
        years = lesson["years"]
        state = years["state_agents"] > years["shining_path"]
        assert state.loc[1983:1986].all()
        assert not state.loc[1987:1990].any()

    def test_lists_and_estimate_rank_the_sides_differently(self, lesson):
        sides = lesson["deaths"].groupby("perpetrator_recorded")["deaths_documented"].sum()
        assert sides.idxmax() == "state_agents"
        shares = load("toll_shares").set_index("share_id")["share_percent"]
        assert shares["annex3_shining_path"] > shares["annex3_state"]

    def test_what_the_commission_heard(self):
        shares = load("toll_shares").set_index("share_id")["share_percent"]
        assert shares["reported_shining_path"] > 50
        assert shares["reported_state"] > 100 / 3

    def test_the_count_had_fallen_in_each_year_since_1989(self, lesson):
        assert (lesson["total"].loc[1989:1995].diff().dropna() < 0).all()

    def test_in_the_lists_1983_comes_before_1990(self, lesson):
        total = lesson["total"].sort_values(ascending=False)
        assert list(total.index[:4]) == [1984, 1989, 1983, 1990]

    def test_the_five_provinces(self, lesson):
        five = lesson["five"].set_index("province")
        assert len(five) == 5
        late = five[five["peak_year"] == 1990]
        assert set(late.index) == {"Satipo", "Tayacaja"}
        largest = five["deaths_documented"].sort_values().index[-2:]
        assert set(largest) == {"Huanta", "La Mar"}
        assert (five.loc[largest, "peak_year"] == 1984).all()

    def test_the_upper_huallaga_has_six_provinces(self, lesson):
        assert (lesson["provinces"]["region"] == "upper_huallaga_provinces").sum() == 6

    def test_two_lists_of_the_vraem(self):
        names = load("vraem_districts").groupby("zone_list")["province"].agg(set)
        assert len(names["emergency_2020"]) == 8
        assert len(names["direct_intervention_2022"]) == 4
        assert "Tayacaja" in names["emergency_2020"] - names["direct_intervention_2022"]
        assert names["direct_intervention_2022"] < names["emergency_2020"]

    def test_three_in_four_and_one_in_five(self):
        cvr = load("cvr_figures").set_index("figure_id")["value"]
        assert cvr["native_language_victims"] == 75
        assert all(15 < cvr[f"women_{side}"] < 25 for side in SIDES)
        assert cvr["women_testified"] > 50

    def test_nine_accredited_victims_for_each_person_listed(self):
        accredited = load("cvr_figures").set_index("figure_id")["value"]["registered_victims_2019"]
        assert accredited / 24_692 == pytest.approx(9, abs=0.5)

    def test_the_largest_event_stands_at_round_coordinates(self, lesson):
        largest = lesson["events"].iloc[-1]
        assert largest["deaths_best"] == 552
        assert largest["round_coordinates"]


class TestReferences:
    def test_one_sides_peaks(self):
        assert reference("06.1").to_dict() == {
            "rest_of_ayacucho": 1983,
            "later_vraem_provinces": 1984,
            "rest_of_peru": 1989,
            "upper_huallaga_provinces": 1993,
        }

    def test_the_state_peaks_where_all_records_do(self, lesson):
        rows = lesson["regions"]
        state = rows[rows["perpetrator_recorded"] == "state_agents"]
        count = state.groupby(["year", "region"])["deaths_documented"].sum().unstack().fillna(0)
        everyone = lesson["moved"].idxmax()
        assert count.idxmax().to_dict() == everyone.to_dict()

    def test_a_year_beside_the_peak_is_wrong(self):
        near = reference("06.1").astype("int64").replace({1993: 1990})
        assert TASKS.check("06.1", near).status == "wrong"

    def test_disappeared(self):
        by_hand = {
            "state_agents": 100 * 6810 / 10_961,
            "shining_path": 100 * 1292 / 9243,
            "self_defence_rondas": 100 * 254 / 526,
        }
        assert reference("06.2").to_dict() == pytest.approx(by_hand)

    def test_verdicts(self):
        assert "".join(word[0] for word in reference("06.3")) == "sffff"

    def test_shares_of_the_late_war(self):
        by_hand = {"all": 100 * 1143 / 2474, "named": 100 * 1143 / (2474 - 628 - 54)}
        assert reference("06.4").to_dict() == pytest.approx(by_hand)

    def test_events_are_not_deaths(self):
        by_hand = {
            "events": 100 * 10 / 59,
            "deaths": 100 * 599 / 959,
            "without_largest": 100 * 47 / 407,
        }
        assert reference("06.5").to_dict() == pytest.approx(by_hand)
        assert by_hand["events"] == pytest.approx(100 / 6, abs=0.5), "a sixth"

    @pytest.mark.parametrize("harm", ["538 cases", "600.000 people", "54% of the testimonies"])
    def test_any_harm_may_be_quoted(self, harm):
        text = f"4,005 documented, an estimate beside it; 1,152 in 1993; {harm}. " + "word " * 80
        assert TASKS.check("06.6", text).status == "right"

    def test_a_letter_without_a_harm_is_not_complete(self):
        text = "4,005 documented in 1984, an estimate beside it; 1,152 in 1983. " + "word " * 80
        assert "harm" in TASKS.check("06.6", text).message
