"""Marks: one grid, a table from points to percent, lines of every task, and texts read twice."""

import html
import io
import itertools
import re
import zipfile

import nbformat
import pytest

from course.data import load
from tools.authoring.numbers.beside import Beside
from tools.authoring.numbers.quantities import unexplained
from tools.common.paths import ROOT, exercises
from tools.content.stage import task_cells
from tools.pages import marks

KIT = ROOT / "book" / "teaching"
WRITTEN = {task.id: task for _, task in marks.written()}
SAMPLES = {one["letter"]: one for one in marks.marking()["samples"]}
MODEL = marks.marking()["model"]


def solution(task_id: str) -> str:
    """Return a model answer as one line."""
    path = next(path for path in exercises() if path.name.startswith(task_id[:2]))
    cells = task_cells(nbformat.read(path, as_version=4))
    return " ".join(re.sub(r"(?m)^#~.*$", "", cells[task_id]["answer"].source).split())


def test_the_grid_of_the_page_is_the_one_that_is_counted():
    page = (KIT / "rubrics.md").read_text("utf-8")
    grid = page.split("## The written tasks")[1].split("\n\n")[1]
    rows = [[cell.strip(" *") for cell in row.strip("|").split("|")] for row in grid.splitlines()]
    assert [level.lower() for level in rows[0][1:]] == list(marks.LEVELS)
    assert [row[0] for row in rows[2:]] == list(marks.CRITERIA)
    for name in ("generated/marks.md", "generated/criteria-of-lines.md"):
        assert f"{{include}} {name}" in page
        assert f"{marks.FOLDER}/{name}" in marks.pages()


@pytest.mark.parametrize(
    ("levels", "mark"),
    [
        ([0, 0, 0, 0], 0),
        ([1, 1, 1, 1], 50),
        ([2, 2, 2, 2], 80),
        ([3, 2, 2, 2], 90),
        ([3, 3, 2, 2], 100),
        ([3, 3, 3, 1], 90),
        ([2, 2, 2, 2, 2, 2], 80),
        ([3, 3, 3, 2, 2, 2], 100),
        ([3, 3, 3, 3, 3, 1], 90),
    ],
)
def test_marks_by_hand(levels, mark):
    assert marks.percent(levels) == mark


def test_the_sheet_for_marks_reckons_as_the_rubric():
    book = zipfile.ZipFile(io.BytesIO(marks.sheet()))
    own = book.read("xl/worksheets/sheet1.xml").decode()
    points, percent, _ = marks.formulas(2)
    for formula in (points, percent):
        written = formula.removeprefix("=").replace("<", "&lt;")
        assert f"<f>{written}</f>" in own
    below, most = map(int, re.search(r"<(\d+),(\d+),100\)", percent).groups())
    scale = re.findall(r'<c r="B\d+"><v>(\d+)</v>', book.read("xl/worksheets/sheet2.xml").decode())
    for levels in itertools.product(range(len(marks.LEVELS)), repeat=len(marks.CRITERIA)):
        reckoned = min(most if min(levels) < below else 100, int(scale[sum(levels)]))
        assert reckoned == marks.percent(levels), levels
    assert f"it has {marks.SHEET_ROWS} rows" in (KIT / "collect.md").read_text("utf-8").lower()


def worked_out(formula: str, **ranges: object) -> object:
    """Return what a formula of the sheets gives: its functions, as a spreadsheet has them."""

    def number(value):
        return isinstance(value, int | float)

    def matching(*pairs):
        passed = {
            ">=0": lambda x: number(x) and x >= 0,
            ">0": lambda x: number(x) and x > 0,
        }
        tests = [
            [passed.get(wanted, lambda x, w=wanted: x == w)(x) for x in values]
            for values, wanted in zip(pairs[::2], pairs[1::2], strict=True)
        ]
        return [all(row) for row in zip(*tests, strict=True)]

    functions = {
        "IF": lambda test, then, other: then if test else other,
        "SUM": sum,
        "ROUND": lambda x, _: int(x + 0.5),
        "ISNUMBER": number,
        "SUMPRODUCT": lambda one, other: sum(
            a * b for a, b in zip(one, other, strict=True) if number(a) and number(b)
        ),
        "COUNTIF": lambda *pair: sum(matching(*pair)),
        "COUNTIFS": lambda *pairs: sum(matching(*pairs)),
        "SUMIFS": lambda values, *pairs: sum(
            x for x, ok in zip(values, matching(*pairs), strict=True) if ok and number(x)
        ),
    }
    text = formula.removeprefix("=")
    for name, place in sorted(PLACES.items(), key=lambda one: -len(one[0])):
        text = text.replace(name, place)
    text = re.sub(r"(?<![<>!=])=(?![=0])", "==", text.replace("<>", "!="))
    return eval(text, functions | ranges)  # our own formula, in a test


PLACES = {
    "Marks!$A$2:$A$721": "codes",
    "Marks!$C$2:$C$721": "counts_for",
    "Marks!$I$2:$I$721": "percents",
    "$A4": "code",
    "B$1": "name",
    "B$3": "texts",
    "$B$2:$I$2": "weights",
    "$B4:$I4": "own",
    "J4": "final",
}


def test_a_piece_is_the_mean_of_as_many_texts_as_are_asked_for():
    book = {
        "codes": ["K7M2", "P214", "K7M2", "K7M2", "P214"],
        "counts_for": ["Part I", "Part I", "Part I", "Part II", "Part I"],
        "percents": [80, 60, 90, 50, ""],  # the last text is handed back
    }
    formula = marks.piece_formula(1, 4)
    assert worked_out(formula, **book, code="K7M2", name="Part I", texts=2) == 85
    assert worked_out(formula, **book, code="K7M2", name="Part II", texts=2) == ""
    assert worked_out(formula, **book, code="P214", name="Part I", texts=2) == ""
    assert worked_out(formula, **book, code="P214", name="Part I", texts=1) == 60


def test_the_final_mark_weighs_the_pieces():
    final, twenty = marks.final_formulas(8, 4)
    weights = [15, 15, 15, 10, 5, 10, 22, 8]
    own = [80, 85, 90, 100, 80, 60, 90, 80]
    by_hand = 12 + 12.75 + 13.5 + 10 + 4 + 6 + 19.8 + 6.4
    assert worked_out(final, weights=weights, own=own) == round(by_hand) == 84
    assert worked_out(final, weights=weights, own=[*own[:6], "", 80]) == ""
    unweighed = [15, 15, 15, 10, 5, 10, 30, 0]
    assert worked_out(final, weights=unweighed, own=[*own[:7], ""]) == round(58.25 + 27)
    assert "not 100" in worked_out(final, weights=[*weights[:7], 9], own=own)
    assert worked_out(twenty, final=84) == 17
    assert twenty.startswith("=IF(ISNUMBER(J4),"), "no mark of 20 for what is no number"


@pytest.mark.parametrize(("number", "title"), [(0, "Final"), (1, "Final without code")])
def test_the_final_sheets_hold_the_weights_of_the_plan(number, title):
    one = marks.marking()["final"][number]
    assert one["sheet"] == title
    plan = (KIT / "assessment.md").read_text("utf-8").split("\n## Weights\n")[1]
    table = plan.split("### Weights of seven classes without code")[number].split("\n## ")[0]
    rows = re.findall(r"^\| (.+) \| .+ \| (?:\d+ each: )?(\d+)% \|$", table, re.MULTILINE)
    counted = {"Two": 2, "Three": 3}
    told = [
        (int(weight), counted.get(work.split()[0], 0) if "written task" in work else 0)
        for work, weight in rows
    ]
    assert told == [(weight, texts) for _, weight, texts in one["pieces"]]
    book = zipfile.ZipFile(io.BytesIO(marks.sheet()))
    own = book.read(f"xl/worksheets/sheet{number + 4}.xml").decode()
    pieces = one["pieces"]
    written = [marks.piece_formula(n, 4) for n, piece in enumerate(pieces, 1) if piece[2]]
    for formula in (*written, *marks.final_formulas(len(pieces), 123)):
        assert f"<f>{html.escape(formula[1:], quote=False)}</f>" in own
    assert f'name="{title}"' in book.read("xl/workbook.xml").decode()
    assert sum(texts for _, _, texts in pieces) * marks.STUDENTS == marks.SHEET_ROWS


def test_one_point_more_is_never_a_lower_mark():
    for criteria in (len(marks.CRITERIA), len(marks.RUBRIC)):
        table = [marks.of_points(points, criteria) for points in range(3 * criteria + 1)]
        assert table == sorted(table)
        assert (table[0], table[-1]) == (0, 100)


def test_every_written_task_has_a_criterion_for_each_line():
    lines = marks.marking()["lines"]
    assert list(lines) == list(WRITTEN)
    for name, task in WRITTEN.items():
        assert sum(len(found) for found in marks.lines_of(task).values()) == len(task.rubric), name
        empty = [one for one, found in marks.lines_of(task).items() if not found]
        assert len(empty) <= 1, f"{name}: no line for {empty}"
        assert f"[{name}]" in marks.lines_table()


def test_a_task_on_paper_alone_is_in_both_tables_of_the_rubrics():
    page = (KIT / "rubrics.md").read_text("utf-8")
    assert "{include} generated/paper-tasks.md" in page
    shown = marks.pages()[f"{marks.FOLDER}/generated/paper-tasks.md"].decode()
    for one in marks.marking()["paper"]:
        owners = {owner for owner, _ in one["lines"]}
        assert owners <= set(marks.CRITERIA)
        assert len(set(marks.CRITERIA) - owners) <= 1, one["task"]
        assert f"[{one['task']}]({one['page']})" in marks.lines_table()
        assert f"**[{one['task']}]({one['page']})**" in shown
        assert all(f"- {line}" in shown for _, line in one["lines"])


def test_a_right_number_without_source_is_nearly_in_rule_and_marks():
    page = (KIT / "rubrics.md").read_text("utf-8")
    [row] = re.findall(r"^\| \*\*Evidence\*\* \|.+$", page, re.MULTILINE)
    not_yet, nearly = row.split(" | ")[1:3]
    assert "source" not in not_yet
    assert "Numbers are right" in nearly
    assert "source" in nearly
    named = re.search(r"no number has a source, as in texts (.+?) of", page)[1]
    letters = re.findall(r"\b[A-Z]\b", named)
    assert letters == [letter for letter, one in SAMPLES.items() if one["level"] == "weak"]
    for letter in letters:
        assert marks.LEVELS[marks.settled(SAMPLES[letter])[0]] == "nearly"
        assert (
            "source" in SAMPLES[letter]["comment"] or "stand without" in SAMPLES[letter]["comment"]
        )


def test_model_answers_have_full_marks_and_name_their_source():
    assert set(WRITTEN) - set(MODEL) == {"00.5", "14.6"}, "a bet's reason and a review"
    for name, one in MODEL.items():
        assert marks.percent(one["levels"]) == 100, name
        assert one["source"] in solution(name), f"{name}: the model answer names no source"


@pytest.mark.parametrize("letter", SAMPLES)
class TestSample:
    def test_it_is_as_long_as_the_task_asks_and_no_model_answer(self, letter):
        one = SAMPLES[letter]
        fewest, most = WRITTEN[one["task"]].words
        assert fewest <= len(one["text"].split()) <= most
        sentences = re.split(r"(?<=[.:;]) ", " ".join(one["text"].split()))
        model = solution(one["task"])
        assert [s for s in sentences if len(s.split()) > 6 and s in model] == []

    def test_it_has_two_readings_and_a_comment_whose_quotations_stand_in_it(self, letter):
        one = SAMPLES[letter]
        for reading in (one["first"], one["second"]):
            assert len(reading) == len(marks.CRITERIA)
            assert set(reading) <= set(range(len(marks.LEVELS)))
        assert len(one["comment"].split()) >= 20
        for quoted in re.findall("“(.+?)”", one["comment"]):
            assert quoted.lower() in " ".join(one["text"].split()).lower()


def from_tables() -> set[str]:
    """Return the numbers of the texts that no lesson prints, computed."""
    area = load("cultivation")
    area = area[area["country"] == "Peru"].pivot_table(
        index="year", columns="series", values="area_ha"
    )
    target = load("eradication_targets").set_index("target_id")["target_ha"]["peru_2016_ministry"]
    abroad = load("selfdefense_abroad").set_index("figure_id")["value_low"]
    bar = load("quoted_figures").set_index("figure_id")["value"]["ucdp_threshold"]
    hectares = [
        *area["us"].loc[[2015, 2016]],
        area["un"][2016],
        area["un"][2012] - area["un"][2013],
        target,
    ]
    return {
        *(f"{one:,.0f} ha" for one in hectares),
        f"{bar:.0f} battle deaths",
        f"{abroad['col_strength_peak']:,.0f} had been estimated",
    }


@pytest.mark.parametrize("task", sorted({one["task"] for one in SAMPLES.values()}))
def test_numbers_of_sound_and_strong_texts_stand_in_the_lesson(task):
    path = next((ROOT / "notebooks").glob(f"{task[:2]}-*.ipynb"))
    known = set(Beside(path).numbers().values()) | from_tables()
    for one in SAMPLES.values():
        if one["task"] == task and one["level"] in ("sound", "strong"):
            text = re.sub(r"\(\w+\d{4}\)", "", " ".join(one["text"].split()))
            assert unexplained(text, known) == [], one["letter"]


def test_levels_rise_within_a_task_and_an_invented_number_is_no_evidence():
    for task in {one["task"] for one in SAMPLES.values()}:
        by_level = {one["level"]: one for one in SAMPLES.values() if one["task"] == task}
        levels = ("weak", "sound", "strong")
        found = [marks.percent(marks.settled(by_level[level])) for level in levels]
        assert found[0] < 60 < found[1] < found[2]
    assert SAMPLES["J"]["first"][0] == SAMPLES["J"]["second"][0] == 0


def test_a_text_that_is_handed_back_has_no_mark_and_settled_levels_hold():
    back = [letter for letter, one in SAMPLES.items() if one.get("handed_back")]
    page = marks.samples_page()
    for letter, one in SAMPLES.items():
        shown = page.split(f"## Text {letter}: ")[1].split("## ")[0]
        assert ("no mark until it is mended" in shown) == (letter in back)
        assert (marks.mark_of(one) in shown) == (letter not in back)
        assert f"In all {sum(marks.settled(one))} of" in shown
        assert len(marks.settled(one)) == len(marks.CRITERIA)
    changed = [letter for letter, one in SAMPLES.items() if marks.settled(one) != one["first"]]
    listed = page.split("did not stand:")[1].split("The comments")[0]
    assert sorted(set(re.findall(r"^\| ([A-J]) \|", listed, re.MULTILINE))) == changed


def test_the_slip_has_a_row_of_the_rubric_for_each_line():
    page = (KIT / "rubrics.md").read_text("utf-8")
    rows = re.findall(r"^\| \*\*(\d)\. ", page, re.MULTILINE)
    slip = (KIT / "hearing.md").read_text("utf-8").split("**The slip")[1].split("## ")[0]
    assert rows == re.findall(r"^(\d)\. ", slip, re.MULTILINE)
    assert len(rows) == marks.PLAY_CRITERIA


def test_agreement_by_hand():
    found = marks.agreement()
    pairs = [
        pair for one in SAMPLES.values() for pair in zip(one["first"], one["second"], strict=True)
    ]
    assert len(SAMPLES) == 10
    assert found["n"] == len(pairs) == found["table"].to_numpy().sum()
    same = sum(a == b for a, b in pairs) / len(pairs)
    chance = (
        sum(
            sum(a == level for a, _ in pairs) * sum(b == level for _, b in pairs)
            for level in range(len(marks.LEVELS))
        )
        / len(pairs) ** 2
    )
    assert found["agreement"] == pytest.approx(same)
    assert found["kappa"] == pytest.approx((same - chance) / (1 - chance))
    assert f"kappa is {found['kappa']:.2f}" in marks.samples_page()
