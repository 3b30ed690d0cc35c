"""Check judges the texts on the page and nothing that was run before."""

import html
import json
import re
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import nbformat
import pytest

from course import cells
from course.checks import Tasks
from course.tasks import lesson01, lesson04
from tools.common.paths import ROOT
from tools.content.stage import (
    SCAFFOLD,
    checked_name,
    part_of,
    scaffold,
    split_solution,
    task_cells,
    tasks_of,
)

TASKS_04 = lesson04.TASKS
EXERCISES = sorted((ROOT / "exercises").glob("*.ipynb"))
WITH_TURNS = [
    path for path in sorted((ROOT / "notebooks").glob("*.ipynb")) if tasks_of(path.stem[:2]).turns
]


def page(path: Path) -> list[dict]:
    """Return the code cells of an exercise as its page has them, with the solutions beside."""
    notebook = nbformat.read(path, as_version=4)
    made = []
    for cell in notebook.cells:
        part, task = part_of(cell), cell.metadata.get("task")
        if cell.cell_type != "code" or part == "check":
            continue
        one = {"name": cell.id, "code": cell.source, "written": cell.source, "task": None}
        if part == "answer":
            check = task_cells(notebook)[task]["check"]
            name = checked_name(check, task)
            lines = [line for _, block in split_solution(cell.source, task) for line in block]
            solution = "\n".join(line for line in lines if not line.startswith(SCAFFOLD))
            one |= {"check": check.source, "code": scaffold(cell.source, name, task)}
            one |= {"solution": solution.strip("\n"), "written": None, "task": task}
        made.append(one | {"always": "setup" in cell.metadata.get("tags", [])})
    return made


def check(cells_of_page: list[dict], task: str, code: str | None = None, **changes) -> dict:
    """Check an answer as the page does: the solution, or another text."""
    at = next(i for i, cell in enumerate(cells_of_page) if cell["task"] == task)
    cell, above = cells_of_page[at], cells_of_page[:at]
    code = cell["solution"] if code is None else code
    wanted = json.loads(cells.needed(f"{code}\n{cell['check']}", json.dumps(above)))
    asked = {"code": code, "check": cell["check"], "name": f"Exercise {task}"}
    chosen = [above[position] for position in wanted]
    return json.loads(cells.check_cell(json.dumps(asked | {"above": chosen} | changes)))


def edited(cells_of_page: list[dict], old: str, new: str) -> list[dict]:
    """Return a page whose set-up somebody has edited."""
    assert sum(old in cell["code"] for cell in cells_of_page) == 1
    return [cell | {"code": cell["code"].replace(old, new)} for cell in cells_of_page]


def said(result: dict) -> str:
    """Return what a verdict shows, without its markup."""
    return re.sub(r"<[^>]+>", "", result["verdict"]["html"])


@pytest.fixture(scope="module")
def page_00():
    return page(EXERCISES[0])


@pytest.fixture(scope="module")
def page_04():
    return page(EXERCISES[4])


@pytest.mark.parametrize(
    "path", [*EXERCISES, *WITH_TURNS], ids=lambda path: f"{path.parent.name}/{path.stem}"
)
def test_each_solution_is_right_and_each_task_as_given_is_not_yet(path):
    """The cells above that an answer needs are enough; other answers need not be there."""
    cells_of_page = page(path)
    tasks = [cell for cell in cells_of_page if "solution" in cell]
    solved = [cell | {"code": cell.get("solution", cell["code"])} for cell in cells_of_page]
    for cell in tasks:
        right = check(solved, cell["task"])
        assert right["error"] is None
        assert right["verdict"]["status"] == "right", said(right)
        given = check(cells_of_page, cell["task"], cell["code"])
        assert given["verdict"]["status"] == "not yet", (cell["task"], given)


class TestOnlyTheTextCounts:
    def test_an_answer_that_is_deleted_is_not_there(self, page_00):
        assert check(page_00, "00.2", "how_many = 40")["verdict"]["status"] == "right"
        for empty in ("", "# how_many = 40", "pass", "how_Many = 40"):
            result = check(page_00, "00.2", empty)
            assert result["verdict"]["status"] == "not yet"
            assert "does not make how_many yet" in said(result)

    def test_names_of_run_do_not_count_and_are_left_alone(self, page_00, monkeypatch):
        monkeypatch.setattr(cells, "_space", {"__name__": "__main__"})
        cells.run_cell("how_many = 40\ncheck = 3\nload = None", "Try it 1")
        assert check(page_00, "00.2", "how_many + 1\nhow_many = 40")["error"]["kind"] == "NameError"
        assert check(page_00, "00.2", "check = 3\nhow_many = 40")["verdict"]["status"] == "right"
        check(page_00, "00.2", "how_many = 7")
        assert json.loads(cells.run_cell("how_many", "x"))["outputs"][0]["text"] == "40\n"

    def test_a_table_that_another_try_overwrote_is_whole_again(self, page_04):
        spoilt = "targets = targets[targets['scope'] == 'national']\ntable = targets"
        assert check(page_04, "04.5", spoilt)["verdict"]["status"] == "wrong"
        assert check(page_04, "04.5")["verdict"]["status"] == "right"
        doubled = "colombia['area_ha'] = colombia['area_ha'] * 2\n"
        doubled += "new_coca = colombia['area_ha'].loc[2016]"
        assert check(page_04, "04.1", doubled)["verdict"]["status"] == "wrong"
        assert check(page_04, "04.1")["verdict"]["status"] == "right"

    def test_an_older_answer_of_the_same_name_is_not_judged(self):
        older = [{"code": "how_many = 40", "name": "Exercise 00.1"}]
        asked = {"check": 'check("00.2", how_many)', "name": "Exercise 00.2", "above": older}
        result = json.loads(cells.check_cell(json.dumps(asked | {"code": "x = how_many"})))
        assert result["verdict"]["status"] == "not yet"
        assert "does not make how_many yet" in said(result)


class TestValuesAreComputedOnce:
    def test_what_a_check_needs_is_computed_before_it_and_kept(self):
        cells._tasks.cache_clear()
        counted = []
        task = next(iter(TASKS_04))
        counting = replace(task, reference=lambda: (counted.append(1), task.reference())[1])
        with patch.object(lesson04, "TASKS", Tasks("04", [counting])):
            cells.prepare('check("04.1", new_coca)')
            assert counted == [1]
            page_04 = page(EXERCISES[4])
            assert check(page_04, "04.1")["verdict"]["status"] == "right"
            assert check(page_04, "04.1", "new_coca = 1")["verdict"]["status"] == "wrong"
        cells._tasks.cache_clear()
        assert counted == [1]

    def test_what_is_no_check_or_of_no_task_is_prepared_without_an_error(self):
        for code in (
            "x = 1",
            'print("a", b)',
            'check("99.1", x)',
            'check("04.9", x)',
            "not python",
        ):
            cells.prepare(code)


class TestEditedSetups:
    def test_an_edited_setup_is_named_and_the_answer_tried_with_the_original(self, page_04):
        spoilt = edited(page_04, 'colombia = three.loc["Colombia"]',
                        'colombia = three.loc["Colombia"] * 2')  # fmt: skip
        result = check(spoilt, "04.1")
        assert (result["verdict"]["status"], result["as_written"]) == ("wrong", "right")
        assert [result["above"] != [], len(result["edited"])] == [True, 1]
        cut = edited(page_04, 'peru = three.loc["Peru"]',
                     'peru = three.loc["Peru"]\ncolombia = colombia.loc[2017:]')  # fmt: skip
        result = check(cut, "04.1")
        assert result["error"]["short"].startswith("Line 1: KeyError: 2016")
        assert result["as_written"] == "right"
        assert check(page_04, "04.1")["edited"] == []

    def test_a_right_answer_is_not_tried_again_and_blanks_are_no_edit(self, page_04):
        harmless = [cell | {"code": cell["code"] + "\n\n"} for cell in page_04]
        assert check(harmless, "04.1")["edited"] == []
        more = [cell | {"code": cell["code"] + "\nmore = 1"} for cell in page_04]
        result = check(more, "04.1")
        assert len(result["edited"]) == 2
        assert (result["verdict"]["status"], result["as_written"]) == ("right", None)

    def test_an_error_in_a_setup_says_where(self, page_04):
        broken = edited(page_04, 'peru = three.loc["Peru"]', "peru = three.loc['Chile']")
        result = check(broken, "04.1")
        assert result["verdict"] is None
        assert result["error"]["where"] == len(result["above"]) - 1 == 1
        assert result["as_written"] == "right"

    def test_an_error_that_the_original_has_too_is_not_laid_to_the_set_up(self, page_04):
        more = [cell | {"code": cell["code"] + "\nmore = 1"} for cell in page_04]
        result = check(more, "04.1", "new_coca = missing")
        assert (result["error"]["kind"], result["as_written"]) == ("NameError", "error")

    def test_a_stop_is_not_tried_again(self, page_04):
        stopped = edited(page_04, "bolivia = three", "raise KeyboardInterrupt\nbolivia = three")
        result = check(stopped, "04.1")
        assert (result["error"]["kind"], result["as_written"]) == ("KeyboardInterrupt", None)


class TestWhatIsSaid:
    def test_a_line_with_dots_below_the_answer_is_named(self, page_00):
        result = check(
            page_00, "00.1", "area_ha = 60400\nsquare_km = area_ha / 100\nsquare_km = ..."
        )
        assert result["verdict"]["status"] == "not yet"
        assert "Line 3, square_km = ..., takes your answer away" in said(result)
        untouched = check(page_00, "00.1", "# area_ha = ____\nsquare_km = ...")
        assert "Replace the ..." in said(untouched)

    def test_blanks_are_not_yet_with_their_line(self, page_00):
        result = check(page_00, "00.1", "area_ha = ____\nsquare_km = area_ha / 100")
        assert result["verdict"]["status"] == "not yet"
        assert result["verdict"]["id"] == "00.1"
        assert result["error"]["line"] == 1

    def test_a_blank_in_quotes_that_runs_is_not_yet_too(self, page_00):
        code = "how_many = int((bases['observer'] == '____').sum())"
        result = check(page_00, "00.2", code)
        assert result["error"] is None
        assert result["verdict"]["status"] == "not yet"
        assert "Fill in the blanks" in said(result)

    def test_a_comma_in_a_number(self, page_00):
        result = check(page_00, "00.1", "area_ha = 60,400\nsquare_km = area_ha / 100")
        assert result["error"]["help"].startswith("A comma separates values")
        assert "write 60400" in said(check(page_00, "00.1", "square_km = 60,400"))

    def test_a_filter_that_fits_nothing_is_named(self):
        page_01 = page(EXERCISES[1])
        code = (
            'unconfirmed = claims["second_source"].isin(["differs", "none_found"])\n'
            'how_many = (unconfirmed & (claims["section"] == "Strategy")).sum()'
        )
        result = check(page_01, "01.1", code)
        assert result["verdict"]["status"] == "wrong"
        told = said(result).replace("&#x27;", "'")
        assert "fits 0 rows: no row of claims['section'] is Strategy. There it is strategy." in told
        in_list = code.replace("none_found", "none found").replace("Strategy", "strategy")
        assert "none_found" in said(check(page_01, "01.1", in_list))

    def test_how_many_rows_a_filter_keeps_is_said_where_nothing_else_is_known(self):
        page_07 = page(EXERCISES[7])
        solution = next(cell["solution"] for cell in page_07 if cell["task"] == "07.1")
        rows = 'state[state["in_commission"] == False]["people"].sum()'
        told = said(check(page_07, "07.1", solution + f"\nestimate = {rows} + 1.5"))
        assert re.search(r"state\[&#x27;in_commission&#x27;\] == False keeps \d of \d rows\.", told)
        # of two the message tells, and of what it cannot evaluate again it says nothing
        spoilt = 'state = state[state["in_ombudsman"] == True]\n'
        spoilt += 'estimate = state["people"].sum() + 1.5'
        assert "keeps" not in said(check(page_07, "07.1", spoilt))
        assert "keeps" not in said(check(page_07, "07.1", "estimate = (60, 400)"))

    def test_a_filter_is_not_counted_where_the_mistake_is_known(self):
        page_01 = page(EXERCISES[1])
        task = lesson01.TASKS.by_id["01.1"]
        mistake = task.misconceptions[0]
        code = f'kept = claims[claims["section"] == "strategy"]\nhow_many = {mistake.value()}'
        told = said(check(page_01, "01.1", code))
        assert mistake.message.replace("`", "") in html.unescape(told)
        assert check(page_01, "01.1", code)["verdict"]["mistake"] == mistake.name
        assert "keeps" not in told
        counted = said(check(page_01, "01.1", code.replace(str(mistake.value()), "977")))
        assert re.search(r"keeps \d+ of \d+ rows\.", counted)

    def test_the_answer_is_shown_once_it_is_right(self, page_04):
        assert "67,642 ha" in said(check(page_04, "04.1"))
        table = check(page_04, "04.5")["verdict"]["html"]
        assert "<table" in table and "1,785" in table and "over_target_ha" in table
        assert "67,642" not in said(check(page_04, "04.1", "new_coca = 3"))

    def test_a_judgement_is_complete_and_the_question_pasted_back_is_not(self, page_04):
        result = check(page_04, "04.6")
        assert (result["verdict"]["kind"], result["verdict"]["label"]) == ("judgement", "Complete")
        assert "as computed" not in said(result)
        solution = next(cell["solution"] for cell in page_04 if cell["task"] == "04.6")
        question = solution.split('"""')[1]
        again = check(page_04, "04.6", prompt=question)
        assert again["verdict"]["status"] == "not yet"
        assert "the question itself" in said(again)

    def test_outputs_are_those_of_the_answer_and_the_setups_are_apart(self, page_00):
        shows = [cell | {"code": cell["code"] + "\nprint('printed')\n'shown'"} for cell in page_00]
        result = check(shows, "00.2", "print('mine')\nhow_many = 40")
        assert result["outputs"] == [{"kind": "text", "text": "mine\n"}]
        above = [output for cell in result["above"] for output in cell["outputs"]]
        assert above and all(output == {"kind": "text", "text": "printed\n"} for output in above)

    def test_nothing_is_drawn_for_a_check_of_a_brief(self):
        page_14 = page(EXERCISES[14])
        solved = [cell | {"code": cell.get("solution", cell["code"])} for cell in page_14]
        with patch("course.figures.svg", side_effect=AssertionError("drawn")):
            result = check(solved, "14.3")
        assert (result["error"], result["verdict"]["status"]) == (None, "right")

    def test_a_figure_left_open_above_is_closed_and_not_drawn(self, page_00):
        draws = "import matplotlib.pyplot as plt\nplt.plot([1, 2])\n"
        drawn = [cell | {"code": draws + cell["code"]} for cell in page_00]
        result = check(drawn, "00.2", "how_many = 40")
        assert result["outputs"] == []
        assert all(cell["outputs"] == [] for cell in result["above"])

    def test_a_check_that_is_none_is_an_error_and_no_crash(self):
        asked = {"code": "x = 1", "check": "no check", "name": "Exercise 00.1", "above": []}
        result = json.loads(cells.check_cell(json.dumps(asked)))
        assert result["verdict"] is None
        assert result["error"]["kind"]


@pytest.mark.parametrize(
    "line",
    [
        "pd.Series.diff = lambda self: self * 0",
        "pd.DataFrame.sum = pd.DataFrame.mean",
        "del pd.Series.diff",
        "pd.Series.right = property(lambda self: 1)",
        "import pandas.core.generic as g; g.NDFrame.head = None",
        "pd.merge = None",
        "import course.data; course.data.load = None",
    ],
)
def test_what_a_run_has_set_in_pandas_is_put_back(line):
    cells.start()
    exercise = page(next(path for path in EXERCISES if path.stem.startswith("04")))
    ran = json.loads(cells.run_cell(f"import pandas as pd\n{line}", "Try it 1"))
    assert ran["error"] is None
    try:
        assert check(exercise, "04.1")["verdict"]["status"] == "right"
        wrong = check(exercise, "04.1", "new_coca = getattr(pd.Series([1]), 'right', 0)")
        assert wrong["verdict"] is None or wrong["verdict"]["status"] == "wrong"
    finally:
        cells.restart()
