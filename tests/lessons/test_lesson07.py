"""Lesson 07: estimators against the literature, the simulation against its known truth, the prose.

Printed examples of two lists: Krebs 1989 (box 2.1), Ricker 1975, Pine and others 2013 (box 11.2)
and Seber 2002 (tables 3.7 and 3.8), all as the tests of the R package FSA
(fishR-Core-Team/FSA, tests/testthat) quote them. For three lists no printed fit could be read;
the log-linear fits are held to the closed forms of Bishop, Fienberg and Holland (1975, chapter 6)
and to populations made from the models themselves.
"""

import itertools
from fractions import Fraction
from typing import ClassVar

import numpy as np
import pytest

from course.data import load
from course.tasks.lesson07 import TASKS

LEANS = (-0.6, -0.4, -0.2, 0, 0.2, 0.4, 0.6)
COPYING = (-0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3)
# on the first list, on the second, on both
PRINTED = {
    "commission, Ombudsman": (18_397, 4_778, 1_837),
    "commission, NGOs": (18_397, 6_552, 1_980),
    "Ombudsman, NGOs": (4_778, 6_552, 2_432),
}


def reference(task_id: str):
    return TASKS.by_id[task_id].reference()


def ends(lesson, *three):
    middle, half = lesson["chapman"](*three), lesson["half_width"](*three)
    return middle - half, middle + half


class TestTwoLists:
    @pytest.mark.parametrize(
        ("three", "printed"),
        [((948, 421, 167), 2383), ((109, 177, 57), 337), ((421, 332, 88), 1578)],
        ids=["Krebs", "Ricker", "Pine"],
    )
    def test_chapman_as_printed(self, lesson, three, printed):
        # textbooks round or cut the last digit
        assert lesson["chapman"](*three) == pytest.approx(printed, abs=1)

    def test_lincoln_petersen_as_printed(self):
        assert round(948 * 421 / 167) == 2390

    def test_the_interval_as_printed(self, lesson):
        assert [round(end) for end in ends(lesson, 421, 332, 88)] == [1330, 1826]

    def test_the_standard_error_as_printed(self, lesson):
        assert lesson["chapman"](500, 149, 7) == pytest.approx(9393, abs=1)
        assert lesson["half_width"](500, 149, 7) / 1.96 == pytest.approx(3022, abs=1)

    @pytest.mark.parametrize("three", PRINTED.values(), ids=PRINTED.keys())
    def test_the_formulas_in_exact_fractions(self, lesson, three):
        n1, n2, both = map(Fraction, three)
        exact = (n1 + 1) * (n2 + 1) / (both + 1) - 1
        variance = (n1 + 1) * (n2 + 1) * (n1 - both) * (n2 - both)
        variance /= (both + 1) ** 2 * (both + 2)
        assert lesson["chapman"](*three) == pytest.approx(float(exact), rel=1e-12)
        assert (lesson["half_width"](*three) / 1.96) ** 2 == pytest.approx(float(variance))

    @pytest.mark.parametrize(
        ("pair", "low", "middle", "high"),
        [
            ("commission, Ombudsman", 46_209, 47_836, 49_463),
            ("commission, NGOs", 58_744, 60_858, 62_972),
            ("Ombudsman, NGOs", 12_587, 12_871, 13_155),
        ],
    )
    def test_the_three_pairs_of_peru(self, lesson, pair, low, middle, high):
        names = [f"in_{name.lower()}" for name in pair.replace("NGOs", "ngo_icrc").split(", ")]
        three = lesson["counts"](lesson["everyone"], *names)
        assert three == PRINTED[pair]
        assert [round(end) for end in ends(lesson, *three)] == [low, high]
        assert round(lesson["chapman"](*three)) == middle

    def test_no_count_has_whole_numbers_of_32_bits(self, lesson):
        three = lesson["counts"](lesson["everyone"], "in_commission", "in_ngo_icrc")
        assert {number.dtype for number in three} == {np.dtype("float64")}
        assert lesson["seen"].dtype == "float64"

    def test_chapman_is_right_on_average_over_independent_lists(self, lesson):
        random = np.random.default_rng(7)
        a, b = random.random((2, 2000, 400)) < np.array([0.4, 0.3]).reshape(2, 1, 1)
        three = a.sum(axis=1), b.sum(axis=1), (a & b).sum(axis=1)
        middle, half = lesson["chapman"](*three), lesson["half_width"](*three)
        assert middle.mean() == pytest.approx(400, rel=0.01)
        holds = (middle - half < 400) & (middle + half > 400)
        assert holds.mean() == pytest.approx(0.95, abs=0.03)
        petersen = three[0] * three[1] / three[2]
        assert petersen.mean() > middle.mean(), "the prose calls it too high on average"

    def test_with_nobody_on_the_other_list_chapman_returns_the_count(self, lesson):
        assert lesson["chapman"](347, 0, 0) == 347


class TestThreeLists:
    """Each model against its closed form, on Peru's counts and on others."""

    CLOSED: ClassVar = {
        "CO, CN": lambda y: y["010"] * y["001"] / y["011"],
        "CO, ON": lambda y: y["100"] * y["001"] / y["101"],
        "CN, ON": lambda y: y["100"] * y["010"] / y["110"],
        "CO": lambda y: (
            (y["100"] + y["010"] + y["110"]) * y["001"] / (y["101"] + y["011"] + y["111"])
        ),
        "CN": lambda y: (
            (y["100"] + y["001"] + y["101"]) * y["010"] / (y["110"] + y["011"] + y["111"])
        ),
        "ON": lambda y: (
            (y["010"] + y["001"] + y["011"]) * y["100"] / (y["110"] + y["101"] + y["111"])
        ),
        "all pairs": lambda y: (
            y["111"] * y["100"] * y["010"] * y["001"] / (y["110"] * y["101"] * y["011"])
        ),
    }

    @staticmethod
    def labelled(lesson, seen):
        where = zip(lesson["c"], lesson["o"], lesson["n"], strict=True)
        return {f"{c:.0f}{o:.0f}{n:.0f}": y for (c, o, n), y in zip(where, seen, strict=True)}

    @pytest.mark.parametrize("name", CLOSED)
    @pytest.mark.parametrize("which", ["Peru", "other"])
    def test_a_fit_is_its_closed_form(self, lesson, name, which):
        other = np.array([41, 230, 17, 95, 12, 33, 60], dtype="float64")
        seen = lesson["seen"] if which == "Peru" else other
        found, _ = lesson["fit"](seen, *lesson["models"][name])
        assert found == pytest.approx(self.CLOSED[name](self.labelled(lesson, seen)), rel=1e-6)

    def test_independence_solves_its_equation(self, lesson):
        y = self.labelled(lesson, lesson["seen"])
        whole = lesson["totals"]["no pair"]
        lists = [sum(v for k, v in y.items() if k[place] == "1") for place in range(3)]
        missed = np.prod([1 - on / whole for on in lists])
        assert whole * missed == pytest.approx(whole - sum(y.values()), rel=1e-6)

    def test_the_eight_models_of_peru(self, lesson):
        assert {name: round(total) for name, total in lesson["totals"].items()} == {
            "no pair": 45_078,
            "CO": 43_717,
            "CN": 35_923,
            "ON": 62_888,
            "CO, CN": 29_437,
            "CO, ON": 93_847,
            "CN, ON": 68_373,
            "all pairs": 215_324,
        }

    def test_the_counts_reject_seven_models_and_the_eighth_has_nothing_to_spare(self, lesson):
        tested = lesson["tested"]
        assert tested["deviance"].round(1).to_dict() == {
            "no pair": 5501.6,
            "CO": 5482.4,
            "CN": 4769.2,
            "ON": 711.6,
            "CO, CN": 4008.2,
            "CO, ON": 279.2,
            "CN, ON": 700.2,
            "all pairs": 0,
        }
        # the points that chance passes once in twenty times, with 1, 2 and 3 counts to spare
        limits = tested["spare"].map({1: 3.84, 2: 5.99, 3: 7.81})
        assert (tested["deviance"] > limits).sum() == limits.count() == 7
        assert tested.index[tested["spare"] == 0].to_list() == ["all pairs"]
        assert tested["aic"].idxmin() == "all pairs"
        assert tested["aic"].round().nsmallest(2).to_list() == [14, 291]

    def test_a_deviance_by_hand(self, lesson):
        # "CO, ON" expects 902, 935, 1,444 and 1,497 where 623, 1,214, 1,723 and 1,218 stand
        seen = np.array([623, 1_214, 1_723, 1_218])
        expected = lesson["fit"](lesson["seen"], *lesson["models"]["CO, ON"])[1]
        four = np.array([one for one in expected if not np.isclose(one, lesson["seen"]).any()])
        assert sorted(four.round()) == [902, 935, 1_444, 1_497]
        by_hand = 2 * (seen * np.log(seen / np.array([902, 935, 1_444, 1_497]))).sum()
        assert lesson["deviance"]("CO, ON") == pytest.approx(by_hand, rel=0.02)

    def test_stratum_59_lies_in_ayacucho(self):
        strata = load("victim_lists_strata")
        assert set(strata[strata["stratum"] == 59]["main_department"]) == {"Ayacucho"}

    def test_on_is_lincoln_petersen_with_the_two_lists_joined(self, lesson):
        joined = 18_397 * 8_898 / 2_603
        assert lesson["totals"]["ON"] == pytest.approx(joined, rel=1e-9)

    @pytest.mark.parametrize("name", ["no pair", "ON", "CO, ON", "all pairs"])
    def test_a_population_made_from_a_model_is_recovered(self, lesson, name):
        extra = lesson["models"][name]
        effects = [8.0, -0.7, -1.1, -0.4, *[0.9, -0.5, 0.6][: len(extra)]]
        columns = np.column_stack([np.ones(7), lesson["c"], lesson["o"], lesson["n"], *extra])
        seen = np.exp(columns @ np.array(effects))
        assert lesson["fit"](seen, *extra)[0] == pytest.approx(np.exp(8.0), rel=1e-6)


class TestSimulation:
    def estimate(self, lesson, lean, copying):
        return lesson["chapman"](*lesson["simulated_lists"](lean, copying))

    def test_one_world_by_hand(self, lesson):
        # near 5,000: A 2,500, B 0.3 x 1.2 = 0.36; far 5,000: A 1,000, B 0.24; no copying
        on_a, on_b, on_both = lesson["simulated_lists"](0.2, 0)
        assert (on_a, on_b) == pytest.approx((3500, 1800 + 1200))
        assert on_both == pytest.approx(2500 * 0.36 + 1000 * 0.24)

    @pytest.mark.parametrize(("copying", "if_on_a"), [(0.2, 0.44), (-0.2, 0.24)])
    def test_copying_by_hand(self, lesson, copying, if_on_a):
        # B finds 0.3; takes over 0.2 of the other 0.7, or drops 0.2 of its 0.3
        _, on_b, on_both = lesson["simulated_lists"](0, copying)
        assert on_both == pytest.approx(3500 * if_on_a)
        assert on_b == pytest.approx(3500 * if_on_a + 6500 * 0.3)

    def test_without_either_the_estimate_is_the_truth(self, lesson):
        assert self.estimate(lesson, 0, 0) == pytest.approx(lesson["TRUTH"], rel=0.001)

    @pytest.mark.parametrize("copying", COPYING)
    def test_the_sign_of_copying(self, lesson, copying):
        bias = self.estimate(lesson, 0, copying) - lesson["TRUTH"]
        assert abs(bias) < 10 if copying == 0 else np.sign(bias) == -np.sign(copying)

    @pytest.mark.parametrize("lean", LEANS)
    def test_the_sign_of_leaning(self, lesson, lean):
        bias = self.estimate(lesson, lean, 0) - lesson["TRUTH"]
        assert abs(bias) < 10 if lean == 0 else np.sign(bias) == -np.sign(lean)

    def test_more_of_either_means_less(self, lesson):
        for one, more in itertools.pairwise(LEANS):
            assert self.estimate(lesson, one, 0.1) > self.estimate(lesson, more, 0.1)
        for one, more in itertools.pairwise(COPYING):
            assert self.estimate(lesson, -0.2, one) > self.estimate(lesson, -0.2, more)

    def test_drawn_people_give_what_is_expected(self, lesson):
        random = np.random.default_rng(7)
        size, lean, copying = 400_000, -0.4, 0.1
        near = np.arange(size) < size / 2
        on_a = random.random(size) < np.where(near, 0.5, 0.2)
        on_b = random.random(size) < np.where(near, 0.3 * (1 + lean), 0.3 * (1 - lean))
        on_b |= on_a & (random.random(size) < copying)
        drawn = np.array([on_a.sum(), on_b.sum(), (on_a & on_b).sum()])
        expected = np.array(lesson["simulated_lists"](lean, copying)) * size / lesson["TRUTH"]
        assert drawn == pytest.approx(expected, rel=0.01)

    def test_the_explorer_at_its_places(self, lesson):
        said = {
            place: lesson["picture"](*place)[1].rpartition("; ")[2]
            for place in [(0, 0), (0, 0.2), (-0.4, 0), (-0.4, 0.1)]
        }
        assert said == {
            (0, 0): "it holds the truth.",
            (0, 0.2): "all of it too low.",
            (-0.4, 0): "all of it too high.",
            (-0.4, 0.1): "it holds the truth.",
        }
        half = lesson["half_width"]
        lists = lesson["simulated_lists"]
        assert half(*lists(0, 0.2)) < half(*lists(0, 0)), "the interval grows narrower"

    def test_every_bar_is_in_the_frame(self, lesson):
        for lean in LEANS:
            for copying in COPYING:
                low, high = ends(lesson, *lesson["simulated_lists"](lean, copying))
                assert 0 < low < high < 20_000


class TestWhatTheProseSaysInWords:
    """Statements without digits, which the test of numbers cannot see."""

    def test_seven_rows_and_no_eighth(self, lesson):
        assert len(lesson["everyone"]) == 7
        names = ["in_commission", "in_ombudsman", "in_ngo_icrc"]
        assert lesson["everyone"][names].any(axis=1).all()

    def test_no_two_intervals_of_peru_touch(self, lesson):
        spans = sorted(ends(lesson, *three) for three in PRINTED.values())
        assert all(one[1] < other[0] for one, other in itertools.pairwise(spans))
        assert spans[0][1] < lesson["documented"] == 24_692

    def test_half_and_twice_the_documented(self, lesson):
        ratio = {k: lesson["chapman"](*v) / lesson["documented"] for k, v in PRINTED.items()}
        assert 0.45 < ratio["Ombudsman, NGOs"] < 0.55
        assert 1.8 < ratio["commission, Ombudsman"] < 2.2 < ratio["commission, NGOs"]

    def test_half_of_the_ombudsmans_people_are_on_the_ngos_list_too(self):
        _, _, both = PRINTED["Ombudsman, NGOs"]
        assert 0.49 < both / PRINTED["Ombudsman, NGOs"][0] < 0.52

    def test_main_perpetrators_of_the_lists(self, lesson):
        shares = lesson["shares"]
        for name in ("in_ombudsman", "in_ngo_icrc"):
            assert shares[name].idxmax() == "state_agents"
            assert shares[name].max() > 50
        assert shares["in_commission"].idxmax() == "shining_path"
        assert 45 < shares["in_commission"].max() < 50

    def test_one_side_at_a_time(self, lesson):
        result = lesson["result"]
        assert result["state"] < result["Shining Path"] < 1.2 * result["state"], "a little above"
        assert result["pooled less state"] > 1.3 * result["state"], "far above"
        # pooling sides whom the lists reach in opposite ways makes the whole larger than its parts
        assert result["pooled"] > result["Shining Path"] + result["state"]

    def test_the_two_models_of_one_team_do_not_touch(self):
        toll = load("toll_estimates").set_index("estimate_id")
        cautious, liberal = toll.loc["mbs2019_conservative"], toll.loc["mbs2019_liberal"]
        assert cautious["value_high"] < liberal["value_low"]

    def test_nine_strata(self):
        quoted = load("quoted_figures").set_index("figure_id")["value"]
        assert quoted["rendon_strata"] == 9

    def test_the_reply_s_count_lies_nearer_the_critic(self):
        value = load("toll_estimates").set_index("estimate_id")["value"]
        share = load("toll_shares").set_index("share_id")["share_percent"]
        commission = value["cvr2003_total"] * share["annex3_shining_path"] / 100
        count, critic = value["joined2019_shining_path"], value["rendon2019_shining_path"]
        assert abs(count - critic) < abs(count - commission)

    def test_two_totals_agree_and_their_splits_do_not(self):
        value = load("toll_estimates").set_index("estimate_id")["value"]
        assert 0.98 < value["das2021_dr_total"] / value["cvr2003_total"] < 1
        assert value["das2021_dr_shining_path"] < value["das2021_dr_state_rondas_paramilitary"]
        assert value["das2021_dr_undetermined"] > value["das2021_dr_shining_path"]

    def test_most_models_lie_below_the_one_with_all_pairs(self, lesson):
        totals = sorted(lesson["totals"].values())
        assert round(totals[0]) == 29_437
        assert round(totals[-2]) == 93_847
        assert totals[-1] > 2 * totals[-2]

    def test_empty_strata_return_the_count(self, exercise):
        path = exercise["strata"][exercise["strata"]["perpetrator_group"] == "shining_path"]
        empty = path[path["n2"] == 0]
        assert (exercise["chapman_of"](empty) == empty["n1"]).all()

    def test_one_stratum_carries_most_of_the_gap(self):
        orders = reference("07.4")
        gap = orders["subtracted"] - orders["direct"]
        assert orders["subtracted"] - orders["subtracted_58"] > gap / 2


class TestReferences:
    def test_lincoln_petersen_by_hand(self):
        n1 = 3_601 + 598 + 538 + 1_142
        n2 = 1_563 + 1_087 + 538 + 1_142
        assert reference("07.1") == pytest.approx(n1 * n2 / (538 + 1_142))

    def test_chapman_for_one_side(self):
        estimates = reference("07.2")
        assert estimates["commission, NGOs"] == pytest.approx(8_956 * 382 / 129 - 1)
        assert estimates["commission, Ombudsman"] == pytest.approx(8_956 * 120 / 83 - 1)
        assert estimates["Ombudsman, NGOs"] == pytest.approx(120 * 382 / 26 - 1)
        assert estimates["Ombudsman, NGOs"] < 9_243
        assert 14.5 < estimates.max() / estimates.min() < 15.5, "fifteen times"

    def test_spread_in_widths(self):
        width = 77_552 - 61_007
        assert reference("07.3")["all"] == pytest.approx((69_280 - 28_000) / width)
        assert reference("07.3")["kept"] == pytest.approx((69_280 - 48_000) / width)

    def test_two_orders(self):
        assert reference("07.4").round().to_dict() == {
            "direct": 16_084,
            "subtracted": 39_599,
            "subtracted_58": 23_902,
        }

    def test_the_outbreak(self):
        # 135, 122 and 126 on the lists, 271 in all, 18 and 28 on the two and on all three
        both = 18 + 28
        middle = 123 * 127 / (both + 1) - 1
        variance = 123 * 127 * (122 - both) * (126 - both) / ((both + 1) ** 2 * (both + 2))
        assert reference("07.5")["low"] == pytest.approx(middle - 1.96 * variance**0.5)
        assert reference("07.5")["high"] == pytest.approx(middle + 1.96 * variance**0.5)

    def test_all_pairs(self):
        hidden = Fraction(1_214 * 15_794 * 1_723 * 3_354, 623 * 766 * 1_218)
        assert reference("07.6") == pytest.approx(float(24_692 + hidden), rel=1e-12)

    def test_the_product_has_fifteen_digits(self):
        assert len(str(1_214 * 15_794 * 1_723 * 3_354)) == 15

    @pytest.mark.parametrize("own", ["39,599", "22.675", "23 902"])
    def test_any_order_may_be_quoted(self, own):
        text = f"Between 61,007 and 77,552; against 48,000; mine is {own}. " + "word " * 120
        assert TASKS.check("07.7", text).status == "right"

    def test_one_end_of_the_interval_is_not_enough(self):
        text = "69,280, at most 77,552; against 48,000; mine is 39,599. " + "word " * 120
        assert "lower" in TASKS.check("07.7", text).message
