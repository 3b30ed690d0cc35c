"""Sheets for coding with a pencil hold all cases and no code of the key."""

import importlib
import re

from course.data import load
from tools.pages import paper

TASKS_ON_PAPER = ("01.6", "05.2", "06.6", "07.7")

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


def test_a_task_on_paper_has_what_the_class_has_seen_and_no_result():
    text = paper.pages()[paper.TASKS].decode()
    sheets = dict(part.split("\n", 1) for part in text.split("\n## Sheet for ")[1:])
    assert list(sheets) == ["a task in class", *(f"task {n}" for n in TASKS_ON_PAPER)]
    rows = re.findall(r"^\| 20\d\d \|", sheets["a task in class"], re.MULTILINE)
    assert len(rows) == 10
    claims = load("claims")
    causal = claims[claims["kind"] == "causal"]["point"]
    points = re.findall(r"\*\*Point (\d+)\.\*\*", sheets["task 01.6"])
    assert sorted(map(int, points)) == sorted(causal)
    difference = importlib.import_module("course.tasks.lesson05").TASKS.by_id["05.2"].reference()
    assert [one for one in difference if f"{abs(one):,.0f}" in sheets["task 05.2"]] == []


def test_harm_that_groups_did_is_left_out():
    told = list(load("selfdefense_cases")["abuses"].dropna())
    assert len(told) > 5
    assert [text for text in told if text in TEXT] == []
