"""Sheets for coding with a pencil hold all cases and no code of the key."""

import re

from course.data import load
from tools.pages import paper

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


def test_harm_that_groups_did_is_left_out():
    told = list(load("selfdefense_cases")["abuses"].dropna())
    assert len(told) > 5
    assert [text for text in told if text in TEXT] == []
