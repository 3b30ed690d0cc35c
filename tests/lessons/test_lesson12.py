"""Lesson 12: kappa by hand, the denominators, and what the prose says in words."""

import re

import nbformat
import numpy as np
import pandas as pd
import pytest

from course.codestrings import from_string, to_string
from course.data import load
from course.tasks.lesson12 import RIVALS, TASKS, TRAINING
from tools.common.paths import ROOT

NAME = "12-peru-and-beyond.ipynb"


def reference(task_id: str):
    return TASKS.by_id[task_id].reference()


def source(folder: str, cell_id: str) -> str:
    cells = nbformat.read(ROOT / folder / NAME, as_version=4).cells
    return next(cell.source for cell in cells if cell.id == cell_id)


@pytest.fixture(scope="module")
def cases() -> pd.DataFrame:
    return load("selfdefense_cases").set_index("case_id")


@pytest.fixture(scope="module")
def abroad() -> pd.DataFrame:
    return load("selfdefense_abroad").set_index("figure_id")


class TestKappa:
    """Agreement beyond chance, with the counts of both readings written out."""

    def test_the_rival_reading_by_hand(self, lesson):
        # bottom_up, mixed, elite, state, external: 7, 5, 2, 5, 2 against 9, 2, 4, 5, 1
        agree, chance = 12 / 21, (7 * 9 + 5 * 2 + 2 * 4 + 5 * 5 + 2 * 1) / 21**2
        by_hand = (agree - chance) / (1 - chance)
        assert lesson["kappa"](lesson["origin"], lesson["rival"]) == pytest.approx(by_hand)
        assert reference("12.2") == pytest.approx(by_hand)
        assert round(by_hand, 2) == 0.43

    def test_the_products_that_the_lesson_prints(self, lesson):
        one, other = lesson["origin"].value_counts(), lesson["rival"].value_counts()
        printed = re.findall(r"(\w+) +(\d+) × (\d+) += +(\d+)", source("notebooks", "read-kappa"))
        assert {code: (int(a), int(b), int(ab)) for code, a, b, ab in printed} == {
            code: (one[code], other[code], one[code] * other[code]) for code in one.index
        }
        together = re.search(r"together +(\d+)", source("notebooks", "read-kappa"))
        assert int(together[1]) == (one * other).sum()

    def test_the_small_case_of_the_lesson(self, lesson):
        one = pd.Series(["bottom_up", "bottom_up", "state", "state"])
        other = pd.Series(["bottom_up", "state", "state", "state"])
        assert (one == other).mean() == 3 / 4
        assert lesson["kappa"](one, other) == (3 / 4 - 1 / 2) / (1 - 1 / 2) == 1 / 2

    def test_the_doubt_that_the_lesson_quotes(self, cases):
        quoted = re.search("“(.+?)”", source("notebooks", "rival-text"))
        assert quoted[1] == cases["code_doubt"]["TUR_VG"]
        assert cases["origin_code"]["TUR_VG"] == "state"

    def test_a_printed_example(self, lesson):
        # two raters, 105 objects: 31 and 58 agreed, 12 and 4 not; printed as 0.676
        one = pd.Series(["no"] * 43 + ["yes"] * 62)
        other = pd.Series(["no"] * 31 + ["yes"] * 12 + ["no"] * 4 + ["yes"] * 58)
        assert lesson["kappa"](one, other) == pytest.approx(0.6757, abs=0.0001)

    def test_full_agreement_and_none_beyond_chance(self, lesson):
        one = pd.Series(["a", "a", "b", "b"])
        assert lesson["kappa"](one, one) == 1
        assert lesson["kappa"](one, pd.Series(["a", "b", "a", "b"])) == 0
        assert lesson["kappa"](one, pd.Series(["b", "b", "a", "a"])) == -1

    def test_a_code_that_one_coder_never_uses_counts_as_no_chance(self, lesson):
        one, other = pd.Series(["a", "b", "c"]), pd.Series(["a", "b", "b"])
        assert lesson["kappa"](one, other) == pytest.approx((2 / 3 - 3 / 9) / (1 - 3 / 9))

    @pytest.mark.parametrize(
        ("column", "least", "most"), [("origin_code", 0.06, 0.06), ("interest_code", 0.07, 0.08)]
    )
    def test_what_a_single_miss_costs(self, lesson, cases, column, least, most):
        codes, found = cases[column], []
        for case in codes.index:
            for code in set(codes) - {codes.loc[case]}:
                other = codes.copy()
                other.loc[case] = code
                found.append(round(1 - lesson["kappa"](codes, other), 2))
        assert (min(found), max(found)) == (least, most)

    def test_the_interval_holds_its_kappa_and_most_draws(self, lesson):
        low, high = lesson["interval"]
        assert low < lesson["kappa"](lesson["origin"], lesson["rival"]) < high
        assert lesson["kappas"].between(low, high).mean() == pytest.approx(0.95, abs=0.005)
        assert len(lesson["kappas"]) == 1000

    def test_the_interval_is_near_that_of_large_samples(self, lesson):
        agree, chance = 12 / 21, 108 / 441
        error = np.sqrt(agree * (1 - agree) / 21) / (1 - chance)
        kappa = (agree - chance) / (1 - chance)
        assert lesson["interval"].iloc[0] == pytest.approx(kappa - 1.96 * error, abs=0.03)
        assert lesson["interval"].iloc[1] == pytest.approx(kappa + 1.96 * error, abs=0.03)

    def test_every_draw_of_the_histogram_is_in_the_frame(self, lesson):
        assert -0.1 < lesson["kappas"].min() <= lesson["kappas"].max() < 1


class TestRivals:
    def test_lesson_and_tasks_take_the_same_rivals(self, lesson):
        assert lesson["RIVAL"] == RIVALS

    @pytest.mark.parametrize(("case", "code"), RIVALS.items())
    def test_a_rival_is_named_in_the_doubt_of_its_case(self, cases, case, code):
        doubt = cases["code_doubt"].loc[case].lower()
        named = "by administrators: state" if (case, code) == ("CMR_VIG", "state") else code
        assert named.replace("_", "-") in doubt
        assert cases["origin_code"].loc[case] != code

    def test_no_other_doubt_names_a_code_of_origin(self, cases):
        codes = {"bottom-up", "mixed is", "elite is", "state is", "external"}
        others = cases["code_doubt"].dropna().drop(list(RIVALS))
        # the doubt of Peru's committees has no one rival: it asks to code by place and year
        assert [c for c in others.index if any(w in others[c].lower() for w in codes)] == [
            "PER_CAD"
        ]

    def test_one_interest_has_a_rival(self, cases):
        interests = cases["code_doubt"].str.contains("interest", na=False)
        assert list(cases.index[interests]) == ["PHL_CAFGU"]
        assert "partly private" in cases["code_doubt"].loc["PHL_CAFGU"]

    def test_what_is_swapped_most(self, lesson):
        swaps = pd.crosstab(lesson["origin"], lesson["rival"])
        twos = {
            (a, b) for a in swaps.index for b in swaps.columns if a != b and swaps.loc[a, b] == 2
        }
        assert twos == {("mixed", "bottom_up"), ("mixed", "state"), ("state", "elite")}
        off = swaps.to_numpy().sum() - np.trace(swaps.to_numpy())
        assert off == len(RIVALS)

    def test_the_code_string_of_the_exercise_is_the_rival_reading(self, exercise, lesson):
        made = to_string("origin", lesson["rival"], exercise["choices"])
        assert made == exercise["received"]
        read = from_string(made, "origin", list(lesson["rival"].index), exercise["choices"])
        assert list(read) == list(lesson["rival"])


class TestWhatTheProseSaysInWords:
    """Statements without digits, which the test of numbers cannot see."""

    def test_the_contrast_and_the_rest(self, cases):
        table = pd.crosstab(cases["country"], cases["interest_code"])
        assert len(cases) == 21
        assert table.loc["Peru"].to_dict() == {
            "collective": 3,
            "mixed": 0,
            "private": 0,
            "state": 0,
        }
        assert table.loc["Colombia"].to_dict() == {
            "collective": 0,
            "mixed": 0,
            "private": 2,
            "state": 0,
        }
        rest = table.drop(["Peru", "Colombia"]).sum()
        assert rest.sum() == 16
        assert (rest["collective"], rest["private"], rest["mixed"] + rest["state"]) == (7, 0, 9)

    def test_seven_of_seven_becomes_seven_of_nine(self, lesson, cases):
        interest = cases["interest_code"]
        key, rival = lesson["origin"] == "bottom_up", lesson["rival"] == "bottom_up"
        assert (key.sum(), set(interest[key])) == (7, {"collective"})
        assert (rival.sum(), (interest[rival] == "collective").sum()) == (9, 7)
        private = interest == "private"
        assert set(lesson["rival"][private]) == {"elite"}
        assert set(lesson["origin"][private]) == {"elite", "state"}

    def test_nine_rest_on_the_database(self, cases):
        assert cases["source_key"].str.startswith("pgmd").sum() == 9

    def test_abuses(self, cases):
        assert cases["abuses"].isna().sum() == 4
        own = cases[cases["origin_code"] == "bottom_up"]
        assert own["abuses"].notna().sum() >= 3
        assert "massacres" in cases["abuses"].loc["PER_CAD"]

    def test_two_links_have_one_case_each(self, cases):
        assert (cases["state_link_code"].value_counts() == 1).sum() == 2

    def test_who_pays(self, cases):
        community = cases[cases["funding_code"] == "community"]
        assert len(community) == 6
        assert (community["end_status"] == "ended").sum() == 0
        assert (community["end_status"] == "not_established").sum() == 3
        assert (community["interest_code"] == "collective").sum() == 5
        assert (
            "those who pay" in load("selfdefense_codebook").set_index("code")["rule"]["collective"]
        )

    def test_the_counts_of_the_disarmed_and_of_the_members(self, lesson):
        high, disarmed = lesson["high"], lesson["disarmed"]
        assert disarmed.sum() == 4
        assert 30_000 < high[disarmed].min() <= high[disarmed].max() < 37_000
        assert high[~disarmed].max() < high[disarmed].min()
        assert high["col_payroll_2004"] > 29_000 > 20_000 >= high[~disarmed].nlargest(2).iloc[1]

    def test_norte_de_santander(self):
        lists = load("successor_municipalities")
        gap = lists[lists["department"] == "Norte de Santander"].set_index("year")
        assert gap["municipalities"].to_dict() == {2012: 0, 2013: 16}

    def test_one_weapon_for_two_people(self, abroad):
        weapons = abroad.loc["col_weapons"]
        assert 1.5 < weapons["denominator"] / weapons["value"] < 2

    def test_children_released_add_up(self, abroad):
        value = abroad["value"]
        parts = value["nga_children_833"] + value["nga_children_894"]
        assert parts == value["nga_children_1727"] > value["nga_children_city"]

    def test_the_quiz_compares_with_the_interval(self, lesson):
        assert lesson["interval"].iloc[0] > 0


class TestExplorer:
    @pytest.fixture(scope="class")
    @staticmethod
    def tables(lesson):
        rows, columns = lesson["ROWS"], lesson["COLUMNS"]
        return {(r, c): pd.crosstab(rows[r], columns[c]) for r in rows for c in columns}

    def test_every_frame_holds_all_the_cases(self, tables):
        assert len(tables) == 25
        assert all(table.to_numpy().sum() == 21 for table in tables.values())

    def test_a_column_by_itself_lies_on_the_diagonal(self, tables):
        table = tables["origin", "origin"]
        assert np.trace(table.to_numpy()) == 21

    def test_its_first_place(self, tables, lesson):
        table = tables["origin", "link to the state"].to_numpy()
        assert table.size == 30
        assert 0.6 < (table == 0).sum() / table.size < 2 / 3, "nearly two thirds"
        assert (table >= 3).sum() == 3
        assert "19 are empty" in lesson["in_words"](tables["origin", "link to the state"])

    def test_its_words_by_hand(self, tables, lesson):
        assert lesson["in_words"](tables["origin", "interest"]) == (
            "N = 21 cases in 20 cells: 11 are empty, 3 hold one case, 2 hold three or more. "
            "One case: elite and mixed; elite and private; state and private."
        )


class TestReferences:
    def test_the_blank_for_own_codes_has_every_training_case_in_order(self):
        blank = source("exercises", "answer-1").split("six = cases")[0]
        assert re.findall(r'"([A-Z]{3}_[A-Z]+)": \.\.\.', blank) == TRAINING

    def test_the_other_cases_can_be_sent_and_compared(self, cases, exercise):
        others = exercise["others"]
        assert {*TRAINING, *others} == set(cases.index) and len(others) == len(cases) - 6
        mine = pd.Series(dict.fromkeys(others, "mixed"))
        text = to_string("origin", mine, exercise["choices"])
        back = from_string(text, "origin", others, exercise["choices"])
        assert (mine == back).all()
        assert len(exercise["letters"]) == len(others)

    def test_the_training_cases(self, cases):
        assert reference("12.1").to_dict() == {
            "PER_CAD": "mixed",
            "COL_AUC": "elite",
            "MEX_CRAC": "bottom_up",
            "NGA_CJTF": "bottom_up",
            "AFG_ALP": "external",
            "BFA_VDP": "state",
        }
        assert not set(TRAINING) & set(RIVALS)

    def test_the_two_by_two(self):
        table = reference("12.3").set_index("payer")
        assert table.loc["community"].to_dict() == {"collective": 5, "other": 1}
        assert table.loc["others"].to_dict() == {"collective": 5, "other": 9}

    def test_a_crosstab_counts_as_the_table(self, exercise):
        assert TASKS.check("12.3", exercise["two_by_two"]).status == "right"

    def test_the_three_counts(self):
        deaths = reference("12.4")
        assert deaths["col_selective_killings"] == pytest.approx(0.384 * 23_161)
        assert deaths["col_killings_2018"] == 94_754
        assert deaths["col_killings_2022"] == 205_028

    def test_the_lists(self):
        assert reference("12.5") == (409 - 16 - 1) - (390 - 3 - 4) == 9

    def test_the_children(self):
        assert reference("12.6") == pytest.approx(100 * 1727 / 3737)

    @pytest.mark.parametrize("kappa", ["0.43", "0,43", "a kappa of 0.6"])
    def test_any_kappa_and_group_may_be_quoted(self, kappa):
        text = f"Of 21 cases, {kappa}; the Naparama; the table cannot show it. " + "word " * 120
        assert TASKS.check("12.7", text).status == "right"

    @pytest.mark.parametrize("word", ["capacity", "narrow", "democracy", "space"])
    def test_an_ordinary_word_is_no_group(self, word):
        text = f"Of 21 cases, 0.43; {word}; the table cannot show it. " + "word " * 120
        assert "a group" in TASKS.check("12.7", text).message


class TestATableWithoutItsColumn:
    """Task 12.3: a count of pairs lacks a column, and what is said names the reason."""

    @staticmethod
    def counted(cases: pd.DataFrame, column: str, *, rows: str = "payer") -> str:
        known = cases[cases["funding_code"] != "not_established"].copy()
        known["payer"], known["protects"] = "others", "other"
        known.loc[known["funding_code"] == "community", "payer"] = "community"
        known.loc[known["interest_code"] == "collective", column] = "collective"
        columns = "protects" if rows == "payer" else "payer"
        return TASKS.check("12.3", pd.crosstab(known[rows], known[columns])).message

    def test_a_word_in_the_wrong_column_is_named(self, cases):
        said = self.counted(cases, "payer")
        assert "collective stands in the column `payer` and belongs into `protects`" in said

    def test_a_word_that_no_row_has_is_named(self, cases):
        said = self.counted(cases, "another")
        assert "columns are the words of `protects`, and no row has collective there" in said

    def test_exchanged_rows_and_columns_need_no_new_idiom(self, cases):
        said = self.counted(cases, "protects", rows="protects")
        assert said.startswith("Rows and columns are exchanged. What you name first")
        assert ".T" not in said
