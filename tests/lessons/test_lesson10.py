"""Lesson 10: codes by place and year, records before the decree, ratios of strength figures."""

import re

import nbformat
import pandas as pd
import pytest

from course.data import load
from course.tasks.lesson10 import TASKS
from tools.common.paths import ROOT

NAME = "10-rondas-and-committees.ipynb"
PAPER, ISSUED = "Peru, about 2006", "shotguns to 2006"


@pytest.fixture(scope="module")
def divide(lesson):
    return lesson["divide"]


@pytest.fixture(scope="module")
def coded():
    return load("ronda_place_years").set_index("place_year_id")


def reference(task_id: str):
    return TASKS.by_id[task_id].reference()


def names(lesson) -> tuple[list[str], list[str]]:
    return lesson["NAMES"][:6], lesson["NAMES"][6:]


class TestPlacesAndYears:
    def test_one_valley_holds_two_codes(self, coded):
        valley = coded[coded["place"].str.contains("Apurímac")]
        assert set(valley["year"]) == {1984}
        assert valley["code"].to_dict() == {
            "pichiwillca_1984": "unclear",
            "apurimac_refused_1984": "pushed",
        }

    def test_one_people_began_in_two_ways_a_year_apart(self, coded):
        both = coded.loc[["tambo_1990", "ene_1991"]]
        assert both["year"].to_list() == [1990, 1991]
        assert both["ronda_type"].nunique() == 1
        assert both["code"].to_list() == ["own", "pushed"]

    def test_one_people_in_one_year_has_two_codes(self, coded):
        both = coded.loc[["tambo_1991", "ene_1991"]]
        assert both["year"].nunique() == 1
        assert both["code"].to_list() == ["with_forces", "pushed"]

    def test_one_place_changes_in_a_year(self, coded):
        assert coded["code"]["tambo_1990"] == "own"
        assert coded["code"]["tambo_1991"] == "with_forces"
        assert set(coded["code"][["tulumayo_1990", "tulumayo_1991"]]) == {"with_forces"}
        assert coded["place"]["tambo_1990"] == coded["place"]["tambo_1991"]
        assert coded["place"]["tulumayo_1990"] == coded["place"]["tulumayo_1991"]

    def test_how_many_codes_a_kind_holds(self, coded):
        held = coded.groupby("ronda_type")["code"].nunique().to_dict()
        assert held == {"committee": 4, "native_ronda": 3, "northern_ronda": 1}

    def test_the_rows_that_the_prose_calls_by_their_labels(self):
        table = load("ronda_place_years")
        assert table["place_year_id"][3] == "pichiwillca_1984"
        assert table["place_year_id"][4] == "apurimac_refused_1984"
        assert table["place_year_id"][5] == "ayacucho_1989"

    def test_each_code_has_its_rule_in_lesson_and_exercise(self, coded):
        for folder in ("notebooks", "exercises"):
            cells = nbformat.read(ROOT / folder / NAME, as_version=4).cells
            text = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
            rules = set(re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE))
            assert rules == set(coded["code"]), folder

    def test_no_place_is_one_of_today(self, coded):
        assert coded["year"].max() < 2000


class TestTheDecree:
    def test_records_by_hand(self, lesson):
        before = [2, 4, 25, 104, 43, 10, 6, 21, 19, 83]
        after = [36, 28, 8, 4, 8, 2, 1, 4, 1]
        assert lesson["before"] == sum(before) == 317
        assert lesson["after"] == sum(after) == 92
        assert (
            sum(before) + 68 + sum(after) + 49 == lesson["laid"]["deaths_documented"].sum() == 526
        )

    def test_the_count_is_that_of_the_table_of_figures(self, lesson):
        value = load("selfdefense_figures").set_index("figure_id")["value"]
        assert value["rondas_as_perpetrator"] == lesson["laid"]["deaths_documented"].sum()
        assert value["rondas_as_perpetrator_vraem"] == 254

    def test_most_are_older_even_without_those_of_its_year(self, lesson):
        assert lesson["before"] / 526 > 0.5

    def test_the_highest_bars(self, lesson):
        assert lesson["by_year"].sort_values().index[-2:].to_list() == [1990, 1984]

    def test_the_bars_nearly_vanish_by_1994(self, lesson):
        assert lesson["by_year"].loc[1994:].max() < 104 / 10

    def test_six_are_older_than_huaychao(self, lesson):
        first = load("selfdefense_events").set_index("event_id")["year"]["huaychao_1983"]
        assert lesson["by_year"].loc[: first - 1].sum() == 6

    def test_three_are_from_cajamarca(self, lesson):
        laid = lesson["laid"]
        assert laid[laid["department"] == "Cajamarca"]["deaths_documented"].sum() == 3

    def test_the_first_record_ends_in_the_year_of_the_decree(self):
        figures = load("selfdefense_figures").set_index("figure_id")
        record = figures.loc["rondas_database_range"]
        decree = load("selfdefense_laws").set_index("law_id").loc["per_1991"]
        assert (record["year_start"], record["year_end"]) == (1983, decree["year"])
        assert decree["date"] == "1991-11-12"


class TestDivide:
    def test_one_shotgun_for_26(self, divide):
        low, high, agree = divide(PAPER, ISSUED)
        assert low == high == pytest.approx(400_000 / 15_179)
        assert all(agree.values())

    def test_a_range_gives_a_range(self, divide):
        low, high, agree = divide("Peru, 1983–1991", ISSUED)
        assert (low, high) == pytest.approx((30_000 / 15_179, 400_000 / 15_179))
        assert 13 < high / low < 14, "thirteenfold apart"
        assert agree == {"place": True, "time": True, "source": False}

    def test_junin_over_the_guns_of_peru(self, divide):
        low, _, agree = divide("Junín, May 1992", ISSUED)
        assert low == pytest.approx(50_000 / 15_179)
        assert 7.5 < divide(PAPER, ISSUED)[0] / low < 8.5, "eight times better armed"
        assert not agree["place"]

    def test_spans_that_do_not_meet(self, divide):
        assert not divide(PAPER, "weapons, 2022")[2]["time"]
        assert not divide("Junín, May 1992", "committees, 2006")[2]["time"]

    def test_of_24_pairs_two_agree_and_both_are_of_one_text(self, lesson, divide):
        above, below = names(lesson)
        pairs = [(top, other) for top in above for other in below]
        good = [pair for pair in pairs if all(divide(*pair)[2].values())]
        assert len(pairs) == 24
        assert good == [(PAPER, ISSUED), (PAPER, "committees, 2006")]

    def test_all_of_peru_moves_tenfold_and_more(self, divide):
        low = min(divide(name, ISSUED)[0] for name in ("Peru, 1983–1991", PAPER))
        high = max(divide(name, ISSUED)[1] for name in ("Peru, 1983–1991", PAPER))
        assert high / low > 10

    def test_names_belong_to_their_rows(self, lesson):
        rows = lesson["rows"]
        assert set(rows["counts"][:6]) == {"members"}
        assert rows["counts"].to_list()[6:] == ["weapons", "armed", "committees", "committees"]
        assert rows["value"].loc["Junín, February 1992"] == 20_000
        assert rows["value"].loc["committees, 2022"] == 915

    def test_every_dot_is_in_the_frame(self, lesson):
        assert 500 < lesson["rows"]["low"].min() < lesson["rows"]["high"].max() < 900_000

    def test_the_reading_names_what_does_not_agree(self, lesson):
        _, words = lesson["picture"]("Junín, May 1992", "weapons, 2022")
        assert words.endswith("Check: place differs, time differs, source differs.")
        _, words = lesson["picture"](PAPER, ISSUED)
        assert "26.4" in words
        assert words.endswith("Check: place agrees, time agrees, source agrees.")


class TestWhatTheProseSaysInWords:
    """Statements without digits, which the test of numbers cannot see."""

    def test_counts_of_people(self):
        count = load("selfdefense_event_counts").set_index("count_id")["value"]
        assert count["huaychao_insurgents"] == 7
        assert count["huaychao_leaders"] == 2
        assert count["uchuraccay_journalists"] == 8
        assert count["uchuraccay_others"] == 2, "their guide and a villager"
        value = load("selfdefense_figures").set_index("figure_id")["value"]
        assert value["tambo_leaders_killed_1990"] == 3

    def test_dates_of_the_three_kinds(self):
        date = load("selfdefense_events").set_index("event_id")["date"]
        assert date["cuyumalca_1976"] == "1976-12-29"
        assert date["ccarhuahuran_1982"] == "1982"
        assert date["huaychao_1983"] == "1983-01-21"
        assert date["decas_1984"] == "1984-06-21"
        assert date["tambo_1990"] == "1990-07"

    def test_each_kind_with_a_law_is_older_than_it(self, lesson):
        first = lesson["firsts"].groupby("ronda_type")["year"].min()
        laws = lesson["laws"]
        assert len(lesson["firsts"]) == 8
        assert first["northern_ronda"] < laws["per_1986"]
        assert first["committee"] < laws["per_1991"]

    def test_ten_figures_four_things_and_no_more(self, lesson):
        assert len(lesson["strength"]) == 10
        assert lesson["strength"]["counts"].nunique() == 4
        counted = set(load("selfdefense_figures")["counts"])
        assert not counted & {"trained", "demobilised", "women"}
        assert not load("selfdefense_figures")["quantity"].str.contains("women|trained").any()

    def test_the_part_exceeds_the_whole(self):
        value = load("selfdefense_figures").set_index("figure_id")["value"]
        assert value["interior_1992"] < value["junin_1992_february"] < value["junin_1992_may"]

    def test_none_came_back(self):
        value = load("selfdefense_figures").set_index("figure_id")["value"]
        assert value["shotguns_returned_2006"] == 0

    def test_the_annex_counts_committees_in_two_ways(self):
        shares = load("toll_shares").set_index("share_id")["includes"]
        assert "committees" in shares["annex3_state"]
        assert "committees" in shares["annex2_others"]
        assert "committees" not in shares["annex2_state"]

    def test_the_share_in_the_wire_is_quoted(self):
        quoted = load("quoted_figures").set_index("figure_id")
        assert quoted["as_printed"]["ap_militia_share"] == "17 percent"


class TestReferences:
    def test_which_figure(self):
        assert reference("10.1").to_dict() == {
            "A": "members_paper_2006",
            "B": "weapons_registered_2022",
            "C": "shotguns_returned_2006",
            "D": "nga_members_paid",
            "E": "col_demobilised_official",
        }

    def test_ages_at_the_law(self):
        by_hand = {"northern_ronda": 1986 - 1976, "committee": 1991 - 1982}
        assert reference("10.2").to_dict() == by_hand == {"northern_ronda": 10, "committee": 9}

    def test_junin(self):
        assert reference("10.3").to_dict() == {
            "alto_cunas_1990": "with_forces",
            "tulumayo_1991": "with_forces",
            "tambo_1990": "own",
            "tambo_1991": "with_forces",
            "ene_1991": "pushed",
        }

    def test_the_rows_left_out_are_arguable(self, coded):
        left = coded[coded["year"] >= 1990].drop(reference("10.3").index)
        assert left.index.to_list() == ["tulumayo_1990", "alto_canipaco_1992"]
        assert set(left["certainty"]) == {"arguable"}

    def test_weapons_a_committee(self):
        ratios = reference("10.4")
        assert ratios.to_dict() == pytest.approx({2006: 15_179 / 6_000, 2022: 6_400 / 915})

    def test_before_the_decree_in_two_departments(self):
        share = reference("10.5")
        ayacucho = [2, 4, 21, 95, 38, 9, 5, 19, 7, 27], [20, 16, 9, 1, 2, 1, 1, 1]
        junin = [1, 1, 7, 49], [26, 8, 13, 3, 3, 2, 1]
        by_hand = [100 * sum(a) / (sum(a) + sum(b)) for a, b in (ayacucho, junin)]
        assert share[["Ayacucho", "Junín"]].to_list() == pytest.approx(by_hand)

    def test_two_histories_on_top_of_each_other(self):
        deaths = load("deaths_department_year")
        laid = deaths[deaths["perpetrator_recorded"] == "self_defence_rondas"]
        people = laid.groupby(["department", "year"])["deaths_documented"].sum()
        ayacucho, junin = people["Ayacucho"].loc[:1990], people["Junín"]
        assert ayacucho.loc[1984:1985].sum() / ayacucho.sum() > 0.5
        assert junin.loc[:1989].sum() / junin.sum() < 0.1

    def test_in_colombia_more_demobilised_than_there_were(self):
        abroad = load("selfdefense_abroad").set_index("figure_id")
        peak = abroad["value_low"]["col_strength_peak"]
        assert abroad["value"]["col_demobilised_official"] > peak

    @pytest.mark.parametrize("year", ["1983", "1984"])
    @pytest.mark.parametrize("members", ["400,000", "400.000", "400 000"])
    def test_either_year_and_any_spelling_may_be_quoted(self, year, members):
        for told in ("526 are records", "6,400 weapons are on the register"):
            text = f"{members} is on paper, {year} is older, {told}. " + "word " * 80
            assert TASKS.check("10.6", text).status == "right"


class TestWrongInTheWayOfAStudent:
    @pytest.mark.parametrize(
        ("task", "answer", "says"),
        [
            ("10.1", "members_paper_2006", "This is a str"),
            ("10.1", pd.Series({"A": "members_paper_2006"}), "Rows are missing"),
            ("10.2", 10, "This is one number"),
            ("10.2", pd.Series({"northern_ronda": -10, "committee": -9}), "The sign"),
            ("10.3", pd.Series({"tambo_1990": "own"}), "Rows are missing"),
            ("10.4", pd.Series({2006: 2.5}), "Rows are missing"),
            (
                "10.5",
                pd.Series({"Ayacucho": 0.81655, "Junín": 0.50877}),
                "A hundred times too small",
            ),
            ("10.6", "Rondas were old.", "Your text has 3 words"),
        ],
    )
    def test_form_and_unit(self, task, answer, says):
        verdict = TASKS.check(task, answer)
        assert verdict.status == ("not yet" if task == "10.6" else "wrong")
        assert verdict.message.startswith(says)
