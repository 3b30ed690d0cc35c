"""Lesson 08: kappa by hand, thresholds, and what the prose says in words."""

import re

import nbformat
import pandas as pd
import pytest

from course.codestrings import from_string, to_string
from course.data import load
from course.tasks.lesson08 import TASKS
from tools.common.paths import ROOT
from tools.content.bibliography import bibliography

NAME = "08-what-is-narcoterrorism.ipynb"
CHOICES = ["included", "not_included"]


@pytest.fixture(scope="module")
def kappa(lesson):
    return lesson["kappa"]


def reference(task_id: str):
    return TASKS.by_id[task_id].reference()


def yes(how_many: int, of: int = 10) -> pd.Series:
    return pd.Series([True] * how_many + [False] * (of - how_many))


class TestKappa:
    def test_two_rulebooks_by_hand(self, lesson, kappa):
        # agreement 6 of 10; by chance 5/10 * 7/10 + 5/10 * 3/10 = 1/2
        ucdp, terrorism = lesson["ucdp"], lesson["terrorism"]
        assert (ucdp.sum(), terrorism.sum(), len(ucdp)) == (5, 7, 10)
        assert kappa(ucdp, terrorism) == pytest.approx((0.6 - 0.5) / (1 - 0.5))

    def test_the_crosstab_that_the_prose_reads(self, lesson):
        pairs = pd.crosstab(lesson["ucdp"], lesson["terrorism"])
        assert pairs.to_numpy().tolist() == [[2, 3], [1, 4]]

    def test_full_agreement_is_one(self, kappa):
        assert kappa(yes(4), yes(4)) == pytest.approx(1)

    def test_with_equal_halves_turned_round_it_is_minus_one(self, kappa):
        assert kappa(yes(5), ~yes(5)) == pytest.approx(-1)

    def test_a_coder_with_one_code_for_all_reaches_zero(self, kappa):
        assert kappa(yes(9), yes(10)) == pytest.approx(0, abs=1e-12)

    def test_one_code_from_both_leaves_nothing_to_measure(self, kappa):
        with pytest.warns(RuntimeWarning):
            assert pd.isna(kappa(yes(10), yes(10)))

    def test_it_does_not_matter_who_comes_first(self, lesson, kappa):
        one, other = lesson["terrorism"], lesson["commission"]
        assert kappa(one, other) == pytest.approx(kappa(other, one))

    def test_more_than_two_codes(self, kappa):
        # agreement 3/4; chance 2/4 * 1/4 + 1/4 * 2/4 + 1/4 * 1/4 = 5/16
        one, other = pd.Series(list("AABC")), pd.Series(list("ABBC"))
        assert kappa(one, other) == pytest.approx((3 / 4 - 5 / 16) / (1 - 5 / 16))

    def test_one_miss_for_each_number_of_yeses(self, lesson):
        misses = lesson["misses"]
        for n in range(1, 10):
            chance = n / 10 * (n - 1) / 10 + (10 - n) / 10 * (11 - n) / 10
            assert misses[n] == pytest.approx((0.9 - chance) / (1 - chance), abs=1e-12)
        assert misses[5] == pytest.approx(0.8) == misses.max()
        assert misses[1] == pytest.approx(0, abs=1e-12)
        assert misses[2] > 0.6, "climbs steeply"

    def test_one_changed_code_moves_the_pair_by_0_13_to_0_29(self, lesson, kappa):
        pair = [lesson["ucdp"], lesson["terrorism"]]
        moves = []
        for which in (0, 1):
            for event in pair[which].index:
                changed = [codes.copy() for codes in pair]
                changed[which].loc[event] = not pair[which].loc[event]
                moves.append(abs(kappa(*changed) - kappa(*pair)))
        assert (min(moves), max(moves)) == pytest.approx((0.126, 0.287), abs=0.0005)
        pair[0] = pair[0] | (pair[0].index == "chuschi_1980")
        # agreement 7 of 10; by chance 6/10 * 7/10 + 4/10 * 3/10
        assert kappa(*pair) == pytest.approx((0.70 - 0.54) / (1 - 0.54))

    def test_one_changed_code_of_the_key_costs_a_fifth_or_more(self, lesson, kappa):
        for book in ("ucdp", "terrorism", "commission"):
            key = lesson[book]
            for event in key.index:
                changed = key.copy()
                changed.loc[event] = not key.loc[event]
                assert kappa(key, changed) <= 0.8 + 1e-12, (book, event)


class TestExplorer:
    @pytest.mark.parametrize(
        ("rule", "threshold", "years"),
        [
            ("Mexico: a government fights", 25, 2),
            ("Mexico: groups fight each other", 25, 22),
            ("Colombia: a government fights", 25, 29),
            ("Colombia: all three added", 25, 30),
            ("Peru: documented deaths", 25, 21),
            ("Peru: documented deaths", 1000, 11),
        ],
    )
    def test_the_years_that_the_prose_names(self, lesson, rule, threshold, years):
        deaths = lesson["deaths_by_year"](rule)
        assert len(lesson["conflict_years"](deaths, threshold)) == years

    def test_which_years_they_are(self, lesson):
        deaths, reach = lesson["deaths_by_year"], lesson["conflict_years"]
        assert reach(deaths("Mexico: a government fights"), 25) == [1994, 1996]
        government = set(reach(deaths("Colombia: a government fights"), 25))
        assert set(range(1989, 2019)) - government == {2017}
        # 20 dead in fights with the government and 14 civilians
        assert deaths("Colombia: all three added").loc[2017] == 20 + 14

    def test_a_year_on_the_bar_counts(self, lesson):
        deaths = pd.Series({2001: 24, 2002: 25, 2003: 26})
        assert lesson["conflict_years"](deaths, 25) == [2002, 2003]

    def test_a_higher_bar_never_adds_a_year(self, lesson):
        for rule in lesson["RULES"]:
            deaths = lesson["deaths_by_year"](rule)
            counts = [len(lesson["conflict_years"](deaths, n)) for n in (1, 10, 25, 100, 1000)]
            assert counts == sorted(counts, reverse=True), rule

    def test_every_bar_is_in_the_frame_and_in_the_span(self, lesson):
        for rule in lesson["RULES"]:
            deaths = lesson["deaths_by_year"](rule)
            first, last = lesson["SPANS"][rule.split(":")[0]]
            assert deaths.max() < 30_000
            assert first <= min(deaths.index) <= max(deaths.index) <= last


class TestWhatTheProseSaysInWords:
    """Statements without digits, which the test of numbers cannot see."""

    def test_three_of_ten_count_everywhere_and_every_event_counts_somewhere(self, lesson):
        books = lesson["ucdp"] * 1 + lesson["terrorism"] + lesson["commission"]
        assert set(books[books == 3].index) == {
            "lucanamarca_1983",
            "tarata_1992",
            "tsiriari_1993",
        }
        assert len(books) == 10
        assert books.min() == 1

    def test_what_only_one_rulebook_sees(self, lesson):
        ucdp, terrorism = lesson["ucdp"], lesson["terrorism"]
        assert terrorism["chuschi_1980"] > ucdp["chuschi_1980"]
        assert ucdp["accomarca_1985"] > terrorism["accomarca_1985"]
        assert terrorism["kepashiato_2012"] > ucdp["kepashiato_2012"]

    def test_the_names_of_the_grid_stand_in_the_order_of_the_codes(self, lesson):
        years = [int(name[-4:]) for name in lesson["NAMES"]]
        assert years == [int(event[-4:]) for event in lesson["ucdp"].index]

    def test_every_code_is_translated(self, lesson):
        assert lesson["codes"]["counts"].notna().all()

    def test_the_listed_years_of_peru(self):
        status = load("conflict_status")
        peru = status[status["country"] == "Peru"].set_index("year")["status"]
        listed = set(peru[peru != "not_listed"].index)
        assert listed == set(range(1982, 2000)) | set(range(2007, 2011))
        assert (peru == "war").sum() == 8

    def test_thirteen_events_in_nine_unlisted_years(self, lesson):
        unlisted = lesson["deadly"][lesson["deadly"]["status"] == "not_listed"]
        assert len(unlisted) == 13
        late = unlisted["year"].unique()
        assert (min(late), len(late)) == (2011, 9)
        assert unlisted.set_index("year")["deaths_high"].idxmax() == 2023
        assert (unlisted["kind"] == "state_violence").sum() == 2

    def test_the_accord_of_doha_came_eleven_days_before_the_listing(self):
        days = [
            re.search(r"(\d+) December", bibliography().entries[key].fields["howpublished"])
            for key in ("colombiapress2025_doha", "radiosantafe2025_fto")
        ]
        assert int(days[1][1]) - int(days[0][1]) == 11

    def test_the_protests_have_their_accounts_and_nobody_s_name(self):
        told = load("event_attributions").groupby("event_id")["attributed_by"].nunique()
        assert told["ayacucho_2022"] >= 4
        assert told["juliaca_2023"] >= 3
        late = load("timeline").query("year >= 2020")
        assert not late["event"].str.contains("Quispe|Palomino|camarada").any()

    def test_the_row_of_ucdp_that_ends_in_2011(self):
        totals = load("conflict_totals").set_index("conflict")
        assert totals.loc["Sendero Luminoso - Civilians", "year_last"] == 2011

    def test_the_log_lies_just_under_the_bar(self):
        quoted = load("quoted_figures").set_index("figure_id")["value"]
        dead = [quoted[f"attacks_{who}_dead"] for who in ("military", "police", "civilian")]
        assert sum(dead) == 323 + 85 + 38
        assert 23 < sum(dead) / 19 < quoted["ucdp_threshold"]

    def test_the_deadliest_rows_are_fights_between_groups(self):
        yearly = load("conflict_yearly")
        assert yearly.loc[yearly["deaths_best"].idxmax(), "type_of_violence"] == "non_state"


class TestReferences:
    def test_five_clear_codes(self):
        assert reference("08.1").to_dict() == {
            "chuschi_1980": "included",
            "lucanamarca_1983": "included",
            "accomarca_1985": "not_included",
            "prisons_1986": "not_included",
            "tarata_1992": "included",
        }

    def test_the_reader_by_hand(self):
        # key 7 yes, reader 9 yes, 6 of 10 the same: chance 0.7 * 0.9 + 0.3 * 0.1
        compared = reference("08.2")
        assert compared["agreement"] == pytest.approx(0.6)
        assert compared["chance"] == pytest.approx(0.66)
        assert compared["kappa"] == pytest.approx(-0.06 / 0.34)

    def test_the_misses_of_the_reader_come_from_three_rules(self, exercise):
        key, reader = exercise["key"], exercise["reader"]
        assert set(key.index[key != reader]) == {
            "chuschi_1980",
            "uchuraccay_1983",
            "accomarca_1985",
            "prisons_1986",
        }
        codes = load("event_codes").query("rulebook == 'terrorism_database'").set_index("event_id")
        why = codes["reason"]
        assert "no death is needed" in why["chuschi_1980"]
        assert "state" in why["accomarca_1985"]
        assert "state" in why["prisons_1986"]
        assert "wider audience is not established" in why["uchuraccay_1983"]
        assert codes["certainty"]["uchuraccay_1983"] == "arguable"

    def test_the_spans_of_the_two_countries_are_not_the_same(self):
        yearly = load("conflict_yearly")
        assert yearly.groupby("country")["year"].max().to_dict() == {
            "Colombia": 2018,
            "Mexico": 2023,
        }
        reached = yearly[(yearly["deaths_best"] >= 25) & (yearly["year"] <= 2018)]
        years = pd.crosstab(reached["country"], reached["type_of_violence"])
        assert years.loc["Mexico", ["state_based", "non_state"]].tolist() == [2, 17]
        assert years.loc["Colombia", ["state_based", "non_state"]].tolist() == [29, 11]

    def test_years_that_reach_the_bar(self):
        years = reference("08.3")
        assert years.loc["Colombia"].to_dict() == {
            "non_state": 11,
            "one_sided": 21,
            "state_based": 29,
        }
        assert years.loc["Mexico"].to_dict() == {
            "non_state": 22,
            "one_sided": 8,
            "state_based": 2,
        }

    def test_exactly_one_row_has_exactly_25_deaths(self):
        yearly = load("conflict_yearly")
        row = yearly[yearly["deaths_best"] == 25]
        assert (row["country"].item(), row["year"].item()) == ("Colombia", 2011)

    def test_which_rule_decides(self):
        assert reference("08.4").to_dict() == {"A": "what", "B": "who", "C": "except", "D": "year"}

    def test_two_more_pairs_by_hand(self):
        # 7 of 10, chance 0.5 * 0.6 + 0.5 * 0.4; 3 of 10, chance 0.7 * 0.6 + 0.3 * 0.4
        kappas = reference("08.5")
        assert kappas["ucdp"] == pytest.approx((0.7 - 0.5) / 0.5)
        assert kappas["terrorism"] == pytest.approx((0.3 - 0.54) / 0.46)

    def test_the_dead_of_unlisted_years(self):
        deaths = reference("08.6")
        assert deaths["minor"] == 57 + 17 + 4 + 14 + 13
        # 2011 to 2016, then 2020, 2021, 2022 and 2023
        assert deaths["not_listed"] == (3 + 1 + 3 + 2 + 4) + 6 + (4 + 14) + (4 + 10) + (18 + 7 + 6)

    @pytest.mark.parametrize("figure", ["0.20", "−0.52", "82 deaths", "22 years", "0,40"])
    def test_a_figure_may_be_written_in_several_ways(self, figure):
        text = f"The court says terrorist of them, with {figure} behind it. " + "word " * 100
        assert TASKS.check("08.7", text).status == "right"

    def test_a_text_without_a_speaker_is_told_so(self):
        text = "They are narcoterrorists, kappa 0.20. " + "word " * 100
        assert "who gives it" in TASKS.check("08.7", text).message


class TestCodeStrings:
    """What a classmate sends arrives, and what does not fit is named."""

    def test_the_string_of_the_reader_arrives(self, exercise):
        key = exercise["key"]
        back = from_string(exercise["message"], "terrorism", key.index, CHOICES)
        assert to_string("terrorism", back, CHOICES) == exercise["message"]
        assert (back == "included").sum() == 9

    def test_one_mistyped_letter_is_noticed(self, exercise):
        damaged = exercise["message"].replace("BAAA", "AAAA")
        with pytest.raises(ValueError, match="mistyped"):
            from_string(damaged, "terrorism", exercise["key"].index, CHOICES)

    def test_a_single_letter_for_all_has_no_kappa_above_chance(self, exercise):
        kinds = exercise["ten"]["kind"]
        assert exercise["kappa"](exercise["my_kinds"], kinds) == pytest.approx(0, abs=1e-12)
        assert set(kinds) <= set(exercise["KINDS"])


class TestEventsInTheExercise:
    """Students read events and rules in the text of the tasks; they are those of the tables."""

    @pytest.fixture
    def text(self):
        cells = nbformat.read(ROOT / "exercises" / NAME, as_version=4).cells
        return "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")

    def test_all_ten_events_stand_in_the_text(self, text):
        events = load("coded_events")
        for column in ("what_happened", "victims", "side_that_acted"):
            assert [told for told in events[column] if told not in text] == []

    def test_the_rules_stand_in_the_text(self, text):
        rules = load("rulebooks")
        shown = rules[rules["rulebook"] != "commission"]["rule"]
        assert [rule for rule in shown if rule not in text] == []

    def test_the_letters_are_asked_for_in_the_order_of_the_key(self, text, exercise):
        years = ", ".join(event[-4:] for event in exercise["key"].index)
        assert years in text
        order = list(exercise["key"].index)
        assert order.index("uchuraccay_1983") < order.index("lucanamarca_1983")
