"""Lesson 09: shares by hand, the model's known cases, and what the prose says in words."""

import pytest

from course.data import load
from course.tasks.lesson09 import TASKS

HUSHES = (30, 40, 50, 70, 80, 100)
GRID = [step / 40 for step in range(41)]


@pytest.fixture(scope="module")
def model(lesson):
    return lesson["by_one_side"]


def named(model, control, **settings):
    """Harm on a name by both sides."""
    return model(control, **settings)[0] + model(1 - control, **settings)[0]


def unnamed(model, control, **settings):
    """Harm without a name by both sides."""
    return model(control, **settings)[1] + model(1 - control, **settings)[1]


def highest(height) -> float:
    """The state's control at which a height is largest."""
    return max(GRID, key=height)


def reference(task_id: str):
    return TASKS.by_id[task_id].reference()


class TestShares:
    """The shares of the two sides, with the printed figures written out."""

    def test_the_wide_table(self, lesson):
        row = lesson["sides"].loc["later_vraem_provinces"]
        assert row["state_agents"] == 2_952
        assert row["shining_path"] == 3_113
        assert row["everyone"] == 7_037
        assert lesson["sides"]["everyone"].sum() == 24_692

    @pytest.mark.parametrize(
        ("region", "year", "state", "everyone"),
        [
            ("later_vraem_provinces", 1985, 410, 745),
            ("later_vraem_provinces", 1993, 13, 235),
            ("upper_huallaga_provinces", 1986, 15, 91),
            ("upper_huallaga_provinces", 1991, 272, 430),
        ],
    )
    def test_by_year(self, lesson, region, year, state, everyone):
        assert lesson["share"][region].loc[year] == pytest.approx(100 * state / everyone)

    def test_rows_without_a_year_drop_out_of_the_wide_table(self, lesson):
        assert lesson["everyone"].sum().sum() == 24_692 - 1_776

    def test_five_places(self):
        part = reference("09.1")
        assert part["rest_of_ayacucho"] == pytest.approx(100 * 3_419 / 6_163)
        assert part["upper_huallaga_provinces"] == pytest.approx(100 * 1_163 / 2_915)
        assert part.idxmax() == "rest_of_ayacucho"

    def test_deaths_without_a_year(self):
        part = reference("09.6")
        assert part["with a year"] == pytest.approx(100 * (10_961 - 1_505) / (24_692 - 1_776))
        assert part["without a year"] == pytest.approx(100 * 1_505 / 1_776)


class TestModel:
    def test_one_village_by_hand(self, model):
        # rival 0.25, told 1 - 0.25 / 0.5 = 0.5: 0.75 * 0.5 * 0.25 and 0.3 * 0.25 * 0.5
        assert model(0.75, blind=0.3) == pytest.approx((9.375, 3.75))
        # half silent: told 0.25; a fifth of false names
        assert model(0.75, silent=0.5, false=0.2, blind=0.3) == pytest.approx((8.4375, 5.625))

    def test_the_lesson_and_the_exercise_and_the_tasks_hold_one_model(self, model, exercise):
        from course.tasks.lesson09 import _by_one_side

        for control in GRID:
            for settings in ({}, {"false": 0.2, "hush": 0.7}, {"blind": 0.3, "silent": 0.5}):
                expected = model(control, **settings)
                assert exercise["by_one_side"](control, **settings) == expected
                assert _by_one_side(control, **settings) == pytest.approx(expected)

    @pytest.mark.parametrize("control", [0, 1])
    @pytest.mark.parametrize("hush", HUSHES)
    def test_names_only_harm_nobody_where_one_side_rules_alone(self, model, control, hush):
        assert named(model, control, hush=hush / 100) == 0

    @pytest.mark.parametrize("hush", HUSHES)
    def test_prediction_1_holds_at_every_hush(self, model, hush):
        peak = highest(lambda c: model(c, hush=hush / 100)[0])
        assert 0.5 < peak < 1

    def test_the_peaks_of_the_figure(self, model):
        assert model(0.5) == (0, 0)
        assert highest(lambda c: model(c)[0]) == pytest.approx(0.8, abs=0.03), "four fifths"
        assert max(model(c)[0] for c in GRID) < 11 < 13, "labels stand above the peaks"

    @pytest.mark.parametrize("hush", HUSHES)
    def test_prediction_2_hangs_on_the_hush(self, model, hush):
        peak = highest(lambda c: named(model, c, hush=hush / 100))
        if hush >= 70:
            assert peak == 0.5
        else:
            assert abs(peak - 0.5) > 0.2

    def test_false_accusations_make_full_control_unsafe(self, model):
        assert named(model, 1, false=0.2) > named(model, 0.75)
        grudge = reference("09.4")
        assert grudge.to_dict() == pytest.approx({0.5: 0, 0.75: 16.875, 1: 20})
        assert grudge.idxmax() == 1

    def test_strikes_without_names_reach_even_control(self, model):
        assert named(model, 0.5, blind=0.3) == 0
        assert unnamed(model, 0.5, blind=0.3) == pytest.approx(30)

    def test_silence_halves_one_kind_and_raises_the_other(self, model):
        loud, silent = {"blind": 0.3}, {"blind": 0.3, "silent": 0.5}
        assert named(model, 0.75, **silent) == pytest.approx(named(model, 0.75, **loud) / 2)
        assert unnamed(model, 0.75, **silent) > unnamed(model, 0.75, **loud)
        for kind in (named, unnamed):
            assert kind(model, 0.5, **silent) == kind(model, 0.5, **loud)

    @pytest.mark.parametrize("control", [0.6, 0.75, 0.9])
    def test_silence_helps_while_blind_is_below_control(self, model, control):
        def change(blind):
            return sum(model(control, silent=0.5, blind=blind)) - sum(model(control, blind=blind))

        assert change(control) == pytest.approx(0)
        assert change(control - 0.1) < 0 < change(control + 0.1)

    def test_the_share_rises_in_one_world_and_falls_in_the_other(self, model):
        def part(control, blind):
            state, group = sum(model(control, blind=blind)), sum(model(1 - control, blind=blind))
            return 100 * state / (state + group)

        three_quarters = reference("09.2")
        assert three_quarters.round().tolist() == [100, 37]
        assert [round(part(0.25, blind)) for blind in (0, 0.3)] == [0, 63]
        shares = [part(c, 0.3) for c in GRID]
        assert shares == sorted(shares, reverse=True)
        assert [round(part(c, 0.3)) for c in (0.1, 0.9)] == [78, 22]
        assert {part(c, 0) for c in GRID if 0 < c < 0.5} == {0}
        assert {part(c, 0) for c in GRID if 0.5 < c < 1} == {100}

    def test_change_by_silence(self):
        assert reference("09.5").round(1).tolist() == [-4.7, -2.8, 0.9]

    def test_the_explorer_stays_in_its_frame(self, lesson, model):
        for hush in HUSHES:
            for world in lesson["WORLDS"].values():
                for control in GRID:
                    heights = lesson["both"](control, {"hush": hush / 100, **world})
                    assert max(heights) < 37, "below the labels"


class TestWhatTheProseSaysInWords:
    """Statements without digits, which the test of numbers cannot see."""

    def test_the_group_has_the_larger_part_in_the_later_vraem(self, lesson):
        sides = lesson["sides"]
        larger = sides["shining_path"] > sides["state_agents"]
        assert larger["later_vraem_provinces"]
        assert not larger["rest_of_ayacucho"]

    def test_the_figure_by_year(self, lesson):
        share, everyone = lesson["share"], lesson["everyone"]
        vraem, alto = (
            share[name][everyone[name] >= 50]
            for name in ("later_vraem_provinces", "upper_huallaga_provinces")
        )
        assert vraem.idxmax() == 1986
        assert vraem.max() > 50
        assert vraem.iloc[-1] < 5, "to almost nothing"
        assert alto.idxmax() == 1991
        assert alto.loc[:1988].max() < 33
        assert alto.iloc[-1] < 30
        assert not share.loc[1982:1997].isna().any().any() or len(vraem) + len(alto) > 20

    def test_two_days_of_protest_have_four_accounts_and_three(self):
        told = load("event_attributions").groupby("event_id").size()
        assert (told["ayacucho_2022"], told["juliaca_2023"]) == (4, 3)

    def test_a_grudge_does_most_harm_a_little_below_full_control(self, lesson):
        harm = {c / 1000: lesson["by_one_side"](c / 1000, false=0.2)[0] for c in range(1001)}
        peak = max(harm, key=harm.get)
        assert peak == pytest.approx(0.91, abs=0.006)
        assert harm[peak] == pytest.approx(21.6, abs=0.05)
        assert harm[1] == pytest.approx(20)

    def test_silence_helps_as_long_as_blind_is_below_control(self, lesson):
        for blind in (0, 0.3, 0.74, 0.76, 0.9):
            loud, silent = (
                sum(lesson["by_one_side"](0.75, blind=blind, silent=part)) for part in (0, 0.5)
            )
            assert (silent < loud) == (blind < 0.75)

    def test_the_deaths_of_2008_have_three_stories_and_four_to_six_dead(self):
        told = load("event_attributions")
        told = told[told["event_id"] == "ayahuanco_2008"]
        assert len(told) == told["attributed_to"].nunique() == 3
        counts = load("event_counts")
        counts = counts[(counts["event_id"] == "ayahuanco_2008") & (counts["what"] == "deaths")]
        by_source = counts.groupby("source_key")["value"].max()
        assert by_source["reflexiones2008"] == 4
        assert by_source["countervortex_rioseco"] == 5
        assert by_source["nyt2009_rioseco"] == 6

    def test_the_same_with_coca(self):
        zones = load("cultivation_zones")
        rows = zones[zones["series"] == "devida"].set_index(["year", "zone"])["area_ha"]
        part = 100 * rows[2024] / rows[2024].sum()
        assert part.idxmax() == "VRAEM"
        assert round(part.max(), 1) == 40.5
        new = part[~part.index.isin(rows[2018].index)]
        assert (len(rows[2018]), len(part), len(new)) == (14, 24, 10)
        assert round(new.sum(), 1) == 8.6

    def test_six_of_ten_provinces(self, lesson):
        assert len(lesson["in_both"]) == 6
        assert lesson["in_both"]["province"].tolist()[:2] == ["La Mar", "Huanta"]
        assert lesson["named"]["ubigeo"].is_unique

    def test_what_can_be_tested(self):
        assert reference("09.3")[["D", "E", "F"]].all()
        assert not reference("09.3")[["A", "B", "C"]].any()

    def test_no_table_of_deaths_has_provinces_and_years_or_control(self):
        for name in ("deaths_region_year", "deaths_department_year", "deaths_province"):
            columns = set(load(name).columns)
            assert not {"province", "year"} <= columns
            assert not {"control", "village", "kind"} & columns

    def test_the_sentences_that_can_be_tested_have_an_answer(self, lesson):
        share = lesson["share"]["upper_huallaga_provinces"]
        assert share.loc[1991] > share.loc[1986]
        deaths = load("deaths_department_year")
        gone = deaths[
            (deaths["department"] == "Ayacucho")
            & (deaths["perpetrator_recorded"] == "state_agents")
            & (deaths["situation"] == "disappeared")
        ]
        by_year = gone.groupby("year")["deaths_documented"].sum()
        assert by_year.loc[1985] < by_year.loc[1984]

    @pytest.mark.parametrize("part", ["41.9%", "85 percent", "37,4 %"])
    def test_a_part_may_be_quoted_in_several_spellings(self, part):
        text = f"Control is in no table; every value is assumed. {part} " + "word " * 100
        assert TASKS.check("09.8", text).status == "right"
