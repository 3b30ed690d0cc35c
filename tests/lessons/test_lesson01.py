"""Lesson 01: the shares by hand, the explorer's known cases, and what the prose says in words."""

import pytest

from course.data import load
from course.tasks.lesson01 import TASKS, check


def reference(task_id: str):
    return TASKS.by_id[task_id].reference()


def amount(aid_id: str, column: str = "amount_usd_million") -> float:
    return load("aid").set_index("aid_id")[column].loc[aid_id]


class TestSharesByHand:
    def test_the_country_rows(self, lesson):
        assert lesson["total"] == 3920 + 659 + 366 + 233 + 7 == 5185
        assert lesson["colombia"] / lesson["total"] == pytest.approx(3920 / 5185)

    def test_the_same_money_three_times(self, lesson):
        agencies = 3000 + 1000 + 956 + 25
        assert lesson["TOTALS"]["the four agency rows"] == agencies
        assert lesson["gao"]["amount_usd_million"].sum() == 5185 + 5200 + agencies

    def test_rounding_can_explain_every_printed_share(self):
        """The whole is not known better than its rounded parts: 10 million for Colombia."""
        for country, error in [("colombia", 5), ("peru", 0.5), ("bolivia", 0.5), ("ecuador", 0.5)]:
            part, share = amount(f"gao_{country}"), amount(f"gao_{country}", "share_percent")
            low, high = 100 * (part - error) / (5185 + 7), 100 * (part + error) / (5185 - 7)
            assert low < share + 0.5, country
            assert high >= share - 0.5, country


class TestExplorer:
    @pytest.mark.parametrize(
        ("whole", "step", "in_print", "share"),
        [
            ("the five country rows", 1, 5185, 75.6),
            ("the five country rows", 10, 5190, 75.5),
            ("the five country rows", 100, 5200, 75.4),
            ("the five country rows", 1000, 5000, 78.4),
            ("the four agency rows", 1, 4981, 78.7),
            ("the printed total", 200, 5200, 75.4),
        ],
    )
    def test_by_hand(self, lesson, whole, step, in_print, share):
        printed, middle, low, high = lesson["share_of"](whole, step)
        assert printed == in_print
        assert round(middle, 1) == share
        assert low < middle < high

    def test_a_rounded_total_is_an_interval(self, lesson):
        _, _, low, high = lesson["share_of"]("the five country rows", 100)
        assert (low, high) == pytest.approx((100 * 3920 / 5250, 100 * 3920 / 5150))

    def test_the_true_share_is_never_outside(self, lesson):
        for step in (1, 10, 50, 100, 200, 500, 1000):
            for whole, total in lesson["TOTALS"].items():
                _, _, low, high = lesson["share_of"](whole, step)
                assert low <= 100 * 3920 / total <= high
                assert 70 < low < high < 88, "outside the frame"

    def test_from_which_step_the_two_totals_are_one(self, lesson):
        same = {
            step: lesson["share_of"]("the five country rows", step)[0]
            == lesson["share_of"]("the four agency rows", step)[0]
            for step in (1, 10, 50, 100, 200, 500, 1000)
        }
        assert [step for step, equal in same.items() if equal] == [500, 1000]


class TestWhatTheProseSaysInWords:
    """Statements without digits, which the test of numbers cannot see."""

    def test_more_than_half_cannot_be_looked_up(self):
        claims = load("claims")
        assert 2 * (claims["second_source"] == "not_a_figure").sum() > len(claims)

    def test_about_half_will_be_set_against_data(self, lesson):
        assert 0.45 < lesson["can_check"].mean() < 0.55

    def test_what_the_ledger_of_notes_says(self):
        says = load("claim_notes")["says"].value_counts()
        assert (says["yes"], says["no"], says["nothing found"]) == (11, 2, 9)

    def test_five_cases_and_where_each_stops(self, lesson):
        notes = load("claim_notes").set_index("claim_id").loc[lesson["cases"]]
        assert notes["says"].to_dict() == {
            "base_military": "yes",
            "longa_ranks": "nothing found",
            "killings_2008": "yes",
            "luricocha": "nothing found",
            "mass_decision": "nothing found",
        }
        assert notes["mark"].eq("not seen").all()
        assert notes.loc["killings_2008", "source_key"] == "nyt2009_rioseco"

    def test_the_same_number_stood_for_police_stations(self):
        rivals, claims = load("claim_rivals"), load("claims").set_index("claim_id")
        twin = rivals.set_index("rival_id").loc["base_military_1"]
        assert twin["value"] == claims.loc["base_military", "value"]
        assert twin["unit"] == "police stations"

    def test_nine_figures_and_three_that_stand_alone(self, lesson):
        claims = load("claims")
        figures = claims["kind"] == "figure"
        assert figures.sum() == 9
        assert (figures & lesson["none_found"]).sum() == 3

    def test_what_the_word_filter_finds_and_misses(self):
        claims = load("claims").set_index("point")["claim"]
        found = claims[claims.str.contains("VRAEM")].index
        assert len(found) == 5
        assert not {17, 22, 49} & set(found)

    def test_eight_rows_of_european_money(self, lesson):
        ids = load("aid").loc[lesson["eu"], "aid_id"].to_list()
        assert len(ids) == 8
        assert ids[-1] == "eu_round_2018", "the first seven speak of the same support"

    def test_a_quarter_was_paid(self):
        paid = amount("eu_paid_2014", "amount_eur_million")
        for promise in ("eu_pledge_2012", "eu_signed_2013"):
            assert 0.23 < paid / amount(promise, "amount_eur_million") < 0.26

    def test_rounding_makes_more_than_half_a_year_of_aid(self):
        assert (52 * 76 - 3920) / amount("us_peru_2012") > 0.5

    def test_the_printed_shares_pass_a_hundred(self, lesson):
        assert lesson["countries"]["share_percent"].sum() == 101

    def test_domestic_money_agrees_without_the_aid(self):
        budget = load("budgets").set_index("budget_id")["amount"]
        left = budget["peru_all_2013_with_aid"] - budget["peru_all_2013_aid"]
        assert left == budget["peru_all_2013_treasury"]

    def test_the_section_with_most_that_can_be_looked_up(self):
        claims = load("claims")
        looked_up = claims[claims["second_source"] != "not_a_figure"]["section"].value_counts()
        assert looked_up.idxmax() == "strategy"

    def test_the_error_of_the_first_question_is_one(self, lesson):
        with pytest.raises(TypeError):
            lesson["claims"]["kind"].eq("figure" & lesson["none_found"])


class TestReferences:
    def test_unconfirmed(self):
        assert reference("01.1") == 2 + 3

    def test_a_commitment_is_a_target(self):
        assert reference("01.2") == "target"

    def test_ecuador_rounds_to_less_than_the_printed_share(self):
        assert reference("01.3") == pytest.approx(100 * 233 / 5185)
        assert round(reference("01.3")) < amount("gao_ecuador", "share_percent")
        assert 100 * 233.49 / 5180 > 4.5, "unrounded amounts can give the printed share"

    def test_percent_of_what(self):
        assert reference("01.4") == pytest.approx(100 * (22_000 / 14_171 - 1))

    def test_six_years(self):
        assert reference("01.5") == pytest.approx(659 / 6)

    def test_the_labels_that_hints_name(self, exercise):
        assert exercise["gao"].loc[3, "recipient"] == "Ecuador"
        assert exercise["targets"].loc[6, "target_id"] == "peru_2013_raised"
        assert exercise["eradication"].loc[27, "figure_id"] == "peru_2012_annex"

    @pytest.mark.parametrize("point", [8, 28, 43])
    def test_any_causal_claim_may_be_chosen(self, point):
        text = f"Point {point} would change my mind. " + "word " * 60
        assert check("01.6", text).status == "right"

    def test_another_kind_of_claim_may_not(self):
        assert "causal" in check("01.6", "Point 11: change my mind. " + "word " * 60).message

    @pytest.mark.parametrize(("point", "taken"), [(13, True), (57, True), (11, False), (14, False)])
    def test_only_what_was_not_found_can_be_searched_again(self, point, taken):
        text = f"Point {point}. According to the article, so it is. " + "word " * 60
        assert (check("01.7", text).status == "right") is taken
