"""Lesson 14: scores by hand, the race of two forecasters, the worked briefs, and the words."""

import json
import re

import nbformat
import pytest

from course.brief import FEWEST_WORDS, LEVELS, MOST_WORDS, READERS, RUBRIC, findings
from course.data import load
from course.examples import EXAMPLES, example
from course.tasks.lesson14 import READER, TASKS
from course.wording import texts
from tools.common.paths import ROOT
from tools.pages import capstone

NAME = "14-capstone.ipynb"
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def cells(folder: str = "notebooks") -> dict[str, str]:
    notebook = nbformat.read(ROOT / folder / NAME, as_version=4)
    return {cell.id: cell.source for cell in notebook.cells}


def reference(task_id: str):
    return TASKS.by_id[task_id].reference()


@pytest.fixture(scope="module")
def percent(lesson):
    """In how many of a hundred simulated tries knowing nothing does as well."""

    def beaten(forecasts_made: int, spread: int) -> float:
        knows, fifty = lesson["race"](forecasts_made, spread)
        assert len(knows) == 2_000, "simulated two thousand times"
        return 100 * (knows >= fifty).mean()

    return beaten


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return {path: text.decode() for path, text in capstone.pages().items()}


class TestTheBets:
    def test_the_page_shows_the_outcomes_of_the_table(self):
        shown = re.findall(r'data-forecast="(\w+)" data-outcome="(\d?)"', cells()["bets"])
        table = load("forecasts").set_index("forecast_id")["outcome"]
        assert dict(shown) == table.map({"yes": "1", "no": "0", "unresolved": ""}).to_dict()

    def test_only_the_third_has_a_rival_rule_and_the_table_says_so(self):
        assert re.findall(r'data-forecast="(\w+)"[^>]*data-rival="(\d)"', cells()["bets"]) == [
            ("huallaga_pacified", "1")
        ]
        note = load("forecasts").set_index("forecast_id")["note"].loc["huallaga_pacified"]
        assert "rule of 25 battle deaths" in note and "The rule decides" in note

    def test_the_cited_sources_are_those_of_the_outcomes(self):
        table = load("forecasts")
        keys = set(table["outcome_source_key"]) | {"trevizo2024"}
        assert all(key in cells()["sources"] for key in keys)
        assert "trevizo2024" in " ".join(table["note"].dropna())

    def test_scores_by_hand(self, lesson):
        scores = lesson["scores"].round(4)
        assert scores["our rule"].to_list() == [0.5433, 0.2767, 0.25]
        assert scores["other rule"].to_list() == [0.2767, 0.5433, 0.25]
        assert lesson["losses"].isna().sum() == 2, "two losses are missing"

    def test_the_readers_losses_by_hand(self, exercise):
        assert reference("14.1").to_dict() == pytest.approx(
            {"vraem_push": 0.49, "huallaga_pacified": 0.04, "mexico_nigeria": 0.49}
        )
        assert exercise["reader"].to_dict() == READER

    def test_two_bets_share_the_largest_loss(self):
        losses = reference("14.1").round(9)
        assert (losses == losses.max()).sum() == 2

    def test_what_one_rule_is_worth_by_hand(self):
        assert reference("14.4") == pytest.approx((0.8**2 - 0.2**2) / 3)
        assert reference("14.4") == pytest.approx(0.2), "a fifth of the whole scale"


class TestBaseRates:
    def test_peru_by_hand(self, lesson):
        rose = lesson["years"]["change"] > 0
        falls = [2003, 2005, 2012, 2013, 2014, 2015]
        assert rose.index[~rose].to_list() == falls
        assert [bool(rose.loc[year + 1]) for year in falls] == [True, True, *[False] * 3, True]
        after = lesson["years"]["change_before"]
        assert (after > 0).sum() == 12 and (after < 0).sum() == 6

    def test_colombia_by_hand(self):
        rises = [2005, 2007, 2011, 2014, 2015, 2016, 2017, 2021, 2022, 2023]  # 2024 has no next
        again = [2015, 2016, 2017, 2022, 2023, 2024]
        assert reference("14.5") == pytest.approx(100 * len(again) / len(rises))


class TestRace:
    def test_with_no_spread_knowing_is_saying_fifty(self, lesson):
        knows, fifty = lesson["race"](3, 0)
        assert (knows == fifty).all()

    def test_knowledge_has_the_smaller_mean_loss(self, lesson):
        # a chance p that is said loses p(1 - p) on average: 1/4 less a third of the spread squared
        for spread in (10, 30, 50):
            knows, _ = lesson["race"](30, spread)
            assert knows.mean() == pytest.approx(0.25 - (spread / 100) ** 2 / 3, abs=0.003)

    def test_more_forecasts_and_wider_chances_tell_more(self, percent):
        for spread in (20, 30, 40, 50):
            assert percent(100, spread) < percent(30, spread) < percent(10, spread)
        for made in (3, 10, 30):
            assert percent(made, 50) < percent(made, 30) < percent(made, 10)

    def test_the_explorer_at_its_places(self, percent):
        assert 100 / 3 < percent(3, 30) < 38, "somewhat more than a third"
        assert percent(100, 30) < 5, "hardly ever"
        assert 38 < percent(10, 10) < 50
        assert 23 < percent(1, 50) < 27, "still a quarter"


class TestFigures:
    def test_the_share_by_hand(self, exercise):
        share = reference("14.2").set_index("year")["share_percent"]
        assert share.loc[2018] == pytest.approx(100 * 24_111 / 54_134)
        assert share.loc[2024] == pytest.approx(100 * 36_345 / 89_755)
        assert share.loc[2019] > share.loc[2018]
        assert share.loc[2019:2022].is_monotonic_decreasing and share.idxmin() == 2022
        assert share.loc[2024] < share.loc[2018]
        assert exercise["table"].set_index("year")["share_percent"].equals(share)

    def test_the_valley_is_flat_in_one_survey_and_grows_in_the_next(self, lesson):
        old, later = lesson["old"], lesson["new_survey"]
        assert old.index.to_list() == [2013, 2014, 2015, 2016, 2017]
        assert old.max() / old.min() < 1.12
        assert later.loc[:2023].is_monotonic_increasing and later.idxmax() == 2023

    def test_the_solution_is_complete_and_its_numbers_stand_in_tables(self, exercise):
        brief = exercise["my_brief"]
        assert findings(brief) == []
        zones = load("cultivation_zones")
        area = zones[(zones["series"] == "devida") & (zones["zone"] == "VRAEM")]
        area = area.set_index("year")["area_ha"]
        share = reference("14.2").set_index("year")["share_percent"].round()
        effects = load("effect_sizes").set_index("effect_id")
        low, high = effects["effect_high"], effects["effect_low"]
        printed = [f"{area.loc[2018]:,}", f"{area.loc[2024]:,}"]
        printed += [f"{share.loc[2018]:.0f}", f"{share.loc[2024]:.0f}"]
        watched = zones[zones["series"] == "devida"].groupby("year").size()
        assert watched.loc[:2020].nunique() == 1, "the same number of zones until 2020"
        printed += [f"{watched.loc[2020]}", f"{watched.loc[2024]}"]
        printed += [f"{-low.loc['mejia_restrepo_rozo2017']:.3f}", f"{-high.loc['abadie2015']:.2f}"]
        years = {"2014", "2018", "2024", "2026"}
        text = brief["text"] + brief["number_against"]["value"] + brief["forecast"]["statement"]
        found = {number.rstrip(",") for number in NUMBER.findall(text)} - years
        assert found == set(printed)


@pytest.mark.parametrize("letter", EXAMPLES)
class TestExamples:
    def test_no_number_is_typed_in(self, letter):
        """What is printed is computed; only years, dates and probabilities are the author's."""
        written = texts(f"example_{letter}")["brief"]["text"]
        typed = re.sub(r"\{[^}]*\}", "", written)
        assert typed != written
        typed = re.sub(r"\b(19|20)\d\ds?\b|\w+(19|20)\d\d\w*", "", typed)
        assert NUMBER.findall(typed) == []
        assert "nan" not in example(letter).brief["text"].split()

    def test_each_criterion_has_a_mark_and_a_comment(self, letter):
        marks = example(letter).marks
        assert list(marks) == list(RUBRIC)
        for level, comment in marks.values():
            assert 1 <= level <= len(LEVELS)
            assert len(comment.split()) >= 6

    def test_the_quotations_of_the_comments_stand_in_the_brief(self, letter):
        one = example(letter)
        whole = json.dumps(one.brief, default=str, ensure_ascii=False).lower().replace("\\n", " ")
        for _, comment in one.marks.values():
            for quoted in re.findall("“(.+?)”", comment):
                assert quoted.lower() in whole, quoted


class TestThreeLevels:
    def test_the_weak_one_fails_the_form_and_the_others_do_not(self):
        assert len(findings(example("A").brief)) == 6
        assert all(findings(example(letter).brief) == [] for letter in "BCDE")

    def test_the_marks_rise(self):
        marks = {x: [level for level, _ in example(x).marks.values()] for x in EXAMPLES}
        assert max(marks["A"]) <= 2 <= min(marks["B"]) <= max(marks["B"]) <= 3
        assert min(min(marks[letter]) for letter in "CDE") >= 3
        levels = [example(letter).level for letter in EXAMPLES]
        assert levels[:3] == ["weak", "sound", "strong"]
        assert levels[3:] == ["strong, for eradication", "strong, for committees"]

    def test_no_side_has_the_better_strong_brief(self):
        strong = [[level for level, _ in example(x).marks.values()] for x in "CDE"]
        assert len({sum(levels) for levels in strong}) == 1
        assert all(min(levels) == 3 for levels in strong)

    def test_the_first_three_have_three_readers_and_the_lesson_the_fourth(self, exercise):
        readers = {example(letter).brief["reader"] for letter in "ABC"}
        assert readers | {exercise["my_brief"]["reader"]} == set(READERS)

    def test_numbers_of_the_examples_by_hand(self):
        sound, strong = example("B").brief["text"], example("C").brief["text"]
        assert "23,785 hectares in 2013 and 35,868 in 2015" in sound
        assert "more than 25,000 hectares were pulled up each year" in sound
        assert "from 43,900 to 54,700 hectares" in sound and "291 municipalities" in sound
        assert "32.2 million euro" in sound and "payment of 8 million" in sound
        assert "of 24,692 documented deaths" in strong and "526" in strong
        assert f"{100 * 526 / 24_692:.1f} percent" in strong
        assert "hold 5 counts of committees" in strong and "published 0 of them" in strong
        assert "settled by 2 of the 7, compensation by 0" in " ".join(strong.split())
        assert "36,456 hectares" in example("A").brief["text"]

    def test_numbers_of_the_two_sides_by_hand(self):
        pulling, armed = (" ".join(example(x).brief["text"].split()) for x in "DE")
        assert "from 10,290 in 2011 to 35,868 in 2015" in pulling
        assert "with 6,273 hectares, the area grew by 7,100 hectares" in pulling
        assert "from 50,500 to 59,500 hectares" in pulling
        assert "the area fell in 6 of 19 years" in pulling
        assert "308 deaths and disappearances to Shining Path in 1989, and 14 in 1994" in armed
        assert f"only {100 * 7_037 / (7_037 + 6_163 + 7_664 + 2_915):.0f} percent" in armed
        assert "254 deaths" in armed and "of 526 in the whole country" in armed
        assert "Of 7 acts that the course read, 0 settle compensation" in armed

    def test_an_unknown_example_is_told(self):
        with pytest.raises(ValueError, match="the examples are A, B, C, D, E"):
            example("F")


class TestPages:
    def test_rubric_form_and_examples_have_the_same_criteria(self, pages):
        for name in ("capstone-rubric", "peer-review"):
            heads = re.findall(r"^## (.+)$", pages[f"book/teaching/{name}.md"], re.MULTILINE)
            assert [head for head in heads if head in RUBRIC] == list(RUBRIC)
        shown = pages["book/teaching/capstone-examples.md"]
        assert re.findall(r"^\| (\w+) \|", shown, re.MULTILINE) == ["Criterion", *RUBRIC]
        assert len(re.findall(r'class="course-figure" data-tables="\w', shown)) == len(EXAMPLES)
        assert "{cite:p}`congreso2022,pcm2021`" in shown

    def test_every_page_is_in_the_contents(self, pages):
        contents = (ROOT / "_toc.yml").read_text("utf-8")
        assert len(pages) == 3
        assert all(f"file: {path.removesuffix('.md')}\n" in contents for path in pages)

    def test_the_task_judges_by_the_same_questions(self):
        questions = [f"{name}: {question}" for name, (question, _) in RUBRIC.items()]
        assert list(TASKS.by_id["14.3"].rubric) == questions
        assert list(TASKS.by_id["14.6"].mentions())[:-1] == [f"the criterion {n}" for n in RUBRIC]


class TestWords:
    def test_limits_in_words(self):
        assert (FEWEST_WORDS, MOST_WORDS) == (250, 800)
        assert "At most eight hundred words" in cells()["step-4"]
        assert "at most eight hundred words" in cells("exercises")["task-3"]
        assert TASKS.by_id["14.6"].words == (150, 450)
        text = cells("exercises")["task-6"]
        assert "one hundred and fifty to four hundred and fifty words" in text

    def test_the_tables_that_are_offered_exist(self):
        offered = re.findall(r"`(\w+)`", cells()["step-3"].split("|\n\n")[0])
        assert len(offered) >= 8
        for table in offered:
            load(table)
