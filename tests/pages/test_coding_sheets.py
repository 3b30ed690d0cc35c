"""Sheets for coding with a pencil hold all cases and no code of the key."""

import importlib
import re

from course.data import load
from tools.common.paths import ROOT
from tools.pages import marks, paper

TASKS_ON_PAPER = (
    "01.6",
    "05.2",
    "06.6",
    "06.6, without killings",
    "07.7",
    "07.7, without deaths",
    "13.6",
)

TEXT = paper.pages()[paper.PAGE].decode()


def test_every_case_is_on_its_sheet_with_the_boxes_and_no_code():
    first, second = TEXT.split("## Sheet for lesson ")[1:]
    events, groups = load("coded_events"), load("selfdefense_cases")
    assert first.count("☐ A included") == len(events) == first.count("☐ B not included")
    assert all(event in first for event in events["what_happened"])
    assert second.count("☐ E") == len(groups)
    rules, cases = second.split("\n\n1. ")
    names = set(groups["origin_code"])
    assert all(f", {name}.**" in rules for name in names), "every code has its rule"
    # the state is also an actor of which the texts speak
    assert [name for name in names - {"state"} if re.search(rf"\b{name}\b", cases)] == []


def tasks_on_paper() -> dict[str, str]:
    """Return the sheets of the page by their names."""
    text = paper.pages()[paper.TASKS].decode()
    return dict(part.split("\n", 1) for part in text.split("\n## Sheet for ")[1:])


def test_a_task_on_paper_has_what_the_class_has_seen_and_no_result():
    sheets = tasks_on_paper()
    assert list(sheets) == ["a task in class", *(f"task {n}" for n in TASKS_ON_PAPER)]
    rows = re.findall(r"^\| 20\d\d \|", sheets["a task in class"], re.MULTILINE)
    assert len(rows) == 10
    claims = load("claims")
    causal = claims[claims["kind"] == "causal"]["point"]
    points = re.findall(r"\*\*Point (\d+)\.\*\*", sheets["task 01.6"])
    assert sorted(map(int, points)) == sorted(causal)
    difference = importlib.import_module("course.tasks.lesson05").TASKS.by_id["05.2"].reference()
    assert [one for one in difference if f"{abs(one):,.0f}" in sheets["task 05.2"]] == []
    most = importlib.import_module("course.tasks.lesson13").TASKS.by_id["13.6"].reference()
    assert f"{most:.0f}" not in sheets["task 13.6"]


def test_a_sheet_has_its_minutes_its_words_and_the_lines_by_which_it_is_read():
    sheets = tasks_on_paper()
    written = {task.id: task for _, task in marks.written()}
    alone = {one["task"]: one for one in marks.marking()["paper"]}
    for name, text in sheets.items():
        task = name.removeprefix("task ")
        own = alone.get(task.replace(",", ""))
        if task in written or own:
            few, most = own["words"] if own else written[task].words
            assert f"30 minutes, {few} to {min(most, 200)} words" in text
            lines = [line for _, line in own["lines"]] if own else written[task].rubric
            assert [line for line in lines if f"- {line}\n" not in f"{text}\n"] == [], name
    assert "45 minutes, 120 to 200 words and one sum" in sheets["a task in class"]
    for _, line in alone["The task in class"]["lines"]:
        assert f"- {line}" in sheets["a task in class"]
    plan = (ROOT / "book" / "teaching" / "assessment.md").read_text("utf-8")
    assert "Forty-five minutes" in plan
    assert "thirty for the text and fifteen for the sum" in plan
    assert "They write 120 to 200 words and a small sum" in plan
    assert paper.MINUTES == {"text": 30, "text and sum": 30 + 15}
    assert paper.MOST_WORDS == 200


def test_the_sheet_without_killings_has_none_and_the_other_all_that_it_asks_for():
    sheets = tasks_on_paper()
    for name in ("06.6, without killings", "07.7, without deaths"):
        text = re.sub(r"\]\(.+?\)", "]", sheets[f"task {name}"])  # a file's name is not printed
        assert re.findall(r"kill|dead|died|death|disappear", text) == []
    harms = load("cvr_figures").query("topic == 'beyond_deaths'").set_index("figure_id")
    harms = harms.loc[list(paper.HARMS)]
    asked = sheets["task 06.6"]
    assert len(re.findall(r"\{cite:t\}`", asked)) == len(harms)
    assert all(f"`{key}`" in asked for key in harms["source_key"])
    assert "61,007 to 77,552 dead and disappeared" in asked
    for word in ("1984", "1992", "documented", "estimated"):
        assert word.lower() in asked.lower()


def test_harm_that_groups_did_is_left_out():
    told = list(load("selfdefense_cases")["abuses"].dropna())
    assert len(told) > 5
    assert [text for text in told if text in TEXT] == []
