"""A student's brief: what its form must have, and what the files carry out of the page."""

import copy
import datetime
import json
import re
from html.parser import HTMLParser

import numpy as np
import pandas as pd
import pytest

from course.brief import (
    HEAD,
    MOST_WORDS,
    PARTS,
    RUBRIC,
    HandIn,
    findings,
    hand_in,
    is_empty,
    to_file,
    to_html,
)
from course.cells import restart, run_cell
from course.checks import Task, Tasks
from course.examples import example
from tools.classroom.handed_in.reading import read_all
from tools.classroom.handed_in.sources import Handed
from tools.common.paths import ROOT

EVIL = "<script>acted()</script><img src=x onerror=acted()>"
TASKS = Tasks("14", [Task(id="14.3", title="Form", answer="brief", reference=dict, rubric=("a",))])


class Broken:
    """A figure whose parts cannot be asked for."""

    def __getattr__(self, name):
        raise ValueError(name)


def brief(**changes) -> dict:
    """Return a complete brief with some parts changed; a dictionary changes within its part."""
    made = copy.copy(example("C").brief)
    for name, value in changes.items():
        made[name] = made[name] | value if isinstance(value, dict) else value
    return made


def empty() -> dict:
    """Return what the exercise gives to fill in."""
    return {name: dict.fromkeys(inner, "") if inner else "" for name, inner in PARTS.items()}


# The check of the form -------------------------------------------------------------------------


def test_a_complete_brief_has_no_open_point():
    assert findings(brief()) == []


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"title": " "}, "title is missing"),
        ({"reader": 5 * [1]}, "reader is missing"),
        ({"decision": None}, "decision is missing"),
        ({"date": ""}, "date of the brief is missing: write year-month-day"),
        ({"date": "tomorrow"}, "date of the brief cannot be read, “tomorrow”"),
        ({"date": "20261201"}, "date of the brief cannot be read"),
        ({"text": "526 24692 2.1 " + "word " * 798}, f"801 words; write 250 to {MOST_WORDS}"),
        ({"text": "526 24692 2.1 too short"}, "5 words"),
        ({"figure": ...}, "figure is missing"),
        ({"figure": {"svg": "<svg/>", "title": "Coca"}}, "title of the figure is too short"),
        ({"number_against": {"value": "many"}}, "number against your advice is missing"),
        ({"number_against": {"value": "9,999 ha"}}, "does not stand in the text"),
        ({"number_against": {"source": "the internet"}}, "neither a table nor a source_key"),
        ({"unknown": "Much."}, "not known"),
        ({"forecast": {"statement": "Better."}}, "true or false"),
        ({"forecast": {"date": "2027-13-01"}}, "date of the forecast cannot be read"),
        ({"number_against": {"value": "9,999 ha in 2024"}}, "9,999, does not stand in the text"),
        ({"number_against": {"source": "a coca of zones"}}, "neither a table"),
        ({"forecast": {"date": "2026-12-01"}}, "before the brief is written"),
        ({"forecast": {"probability_percent": ...}}, "probability is missing"),
        ({"forecast": {"probability_percent": float("nan")}}, "probability is missing"),
        ({"forecast": {"probability_percent": True}}, "probability is missing"),
        ({"forecast": {"probability_percent": 0.3}}, "write 30 for 30 percent"),
        ({"forecast": {"probability_percent": 0}}, "no room for being wrong"),
        ({"forecast": {"probability_percent": -5}}, "no room for being wrong"),
        ({"forecast": {"source": "them"}}, "source that will settle"),
    ],
)
def test_each_open_point_is_named(changes, says):
    made = brief() | changes if isinstance(changes.get("figure"), dict) else brief(**changes)
    assert any(says in point for point in findings(made)), findings(made)


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({"number_against": {"value": "24692 records"}}, "number"),
        ({"number_against": {"source": "cvr_matched_lists"}}, "source"),
        ({"forecast": {"probability_percent": np.int64(30)}}, "probability"),
        ({"text": "526 " + "word " * (MOST_WORDS - 1)}, "words"),
        ({"date": "2026-12-1"}, "date"),
        ({"date": "1 December 2026"}, "date"),
        ({"date": "December 1, 2026"}, "date"),
        ({"date": datetime.date(2026, 12, 1)}, "date"),
        ({"date": pd.Timestamp("2026-12-01")}, "date"),
        ({"forecast": {"probability_percent": "50%"}}, "probability"),
        ({"forecast": {"probability_percent": "50 percent"}}, "probability"),
        ({"number_against": {"value": 526}}, "number"),
        ({"number_against": {"value": np.int64(526)}}, "number"),
        ({"number_against": {"value": "24 692 records in 2003"}}, "number"),
        ({"number_against": {"source": "table: Cultivation zones"}}, "source"),
        ({"number_against": {"source": "(cultivation-zones)"}}, "source"),
    ],
)
def test_other_spellings_of_the_same_are_taken(changes, part):
    assert findings(brief(**changes)) == [], part


@pytest.mark.parametrize(
    "odd",
    [None, ..., 3, "text", [], [1], {"a": 1}, {"forecast": 3}, {"figure": object()}, object(),
     dict.fromkeys(PARTS, float("inf")), dict.fromkeys(PARTS, 10**5000),
     dict.fromkeys(PARTS, pd.NaT),     dict.fromkeys(PARTS, "\ud800"), {"figure": Broken()},
     {name: [] for name in PARTS}, {"text": {"text": 1}}],
    ids=lambda odd: type(odd).__name__,
)  # fmt: skip
def test_whatever_a_student_gives_is_told_and_never_raised(odd, tmp_path):
    assert findings(odd)
    made = hand_in(odd)
    assert repr(made) and made._repr_html_()
    made.write(tmp_path)
    if isinstance(odd, dict):
        assert json.loads(to_file(odd))["format"] == "course-brief"
        assert to_html(odd).startswith(HEAD)


def test_what_is_untouched_is_not_yet_and_what_is_open_is_listed():
    drawn = brief()["figure"]
    for untouched in (..., empty(), empty() | {"figure": drawn}, empty() | {"figure": ...}):
        assert is_empty(untouched)
        assert TASKS.check("14.3", untouched).status == "not yet"
        assert HandIn(untouched).files == {}
    verdict = TASKS.check("14.3", empty() | {"title": "Mine"})
    assert verdict.status == "not yet"
    assert [verdict.message, *verdict.rubric] == findings(empty() | {"title": "Mine"})
    right = TASKS.check("14.3", brief())
    assert (right.status, right.rubric) == ("right", ("a",))
    assert "not whether the argument holds" in right.message


def test_six_criteria_with_four_levels_each():
    assert len(RUBRIC) == 6
    for question, levels in RUBRIC.values():
        assert question.endswith("?")
        assert len(set(levels)) == 4
        assert levels[3].startswith("Besides,"), "the highest level holds the one below"


# The files -------------------------------------------------------------------------------------


class Tags(HTMLParser):
    """The elements of a page, and its text."""

    def __init__(self, text: str):
        super().__init__()
        self.tags, self.attributes, self.text = [], [], ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data):
        self.text += data


def test_the_page_escapes_what_a_student_wrote_and_asks_for_nothing():
    figure = {"svg": f"<svg>{EVIL}</svg>", "title": EVIL, "alt": f'"{EVIL}', "source": EVIL}
    inner = {"value": EVIL, "source": EVIL, "statement": EVIL, "date": EVIL}
    bad = dict.fromkeys(PARTS, EVIL) | {"figure": figure, "number_against": inner}
    page = Tags(to_html(bad | {"forecast": inner}))
    assert not {"script", "iframe", "link", "form", "svg"} & set(page.tags)
    assert not [name for name, _ in page.attributes if name.startswith("on")]
    assert all(v.startswith("data:image/svg+xml") for n, v in page.attributes if n == "src")
    assert not [value for name, value in page.attributes if name == "href"]
    assert page.text.count("acted()") >= 8, "what was written is shown, as text"


def test_the_page_holds_every_part():
    made = brief()
    text = " ".join(Tags(to_html(made)).text.split())
    for part in ("title", "reader", "decision", "unknown"):
        assert made[part] in text
    assert made["text"].split("\n\n")[1] in text
    assert f"{made['forecast']['statement']} Probability: 10 percent." in text
    assert "2027-12-31" in text and made["number_against"]["source"] in text
    assert made["figure"].title in text and made["figure"].source in text


def test_the_file_is_what_a_teacher_collects(tmp_path):
    for path in hand_in(brief(forecast={"probability_percent": np.float64(12.5)})).write(tmp_path):
        assert path.stem == "brief-count-the-weapons-and-let-harmed-neighbours"
    handed = [Handed(path.name, path.read_bytes()) for path in tmp_path.iterdir()]
    rows = read_all(handed, {"tasks": [], "alternatives": {}}).rows
    row = next(row for row in rows if row.kind == "brief")
    assert (row.outcome, row.problem) == ("read", "")
    assert row.brief_words == len(brief()["text"].split())
    assert (row.forecast_date, row.forecast_probability_percent) == ("2027-12-31", 12.5)
    assert row.brief_title == brief()["title"]
    content = json.loads((tmp_path / row.file).read_text("utf-8"))
    assert set(content) == {"format", *PARTS}
    assert content["figure"]["svg"].startswith("<svg")
    assert {name: set(content[name]) for name in PARTS if PARTS[name]} == {
        name: set(inner) for name, inner in PARTS.items() if inner
    }


def test_a_file_holds_dates_and_percent_as_a_program_reads_them():
    made = brief(
        date="1 December 2026", forecast={"date": "2027/6/30", "probability_percent": "50 %"}
    )
    content = json.loads(to_file(made))
    assert content["date"] == "2026-12-01"
    assert content["forecast"]["date"] == "2027-06-30"
    assert content["forecast"]["probability_percent"] == 50
    assert json.loads(to_file(brief(number_against={"value": 1234567})))["number_against"] == {
        "value": "1234567",
        "source": brief()["number_against"]["source"],
    }


def test_a_draft_is_saved_with_its_open_points_and_an_odd_title_makes_a_plain_name():
    made = hand_in(brief(title="../Ñ: <b>", unknown=""))
    assert list(made.files) == ["brief-b.html", "brief-b.json"]
    assert "A draft" in made.says and "not known" in made.says
    links = Tags(made._repr_html_()).attributes
    assert [value for name, value in links if name == "download"] == list(made.files)
    assert "complete" in hand_in(brief()).says


def test_a_live_cell_gets_files_and_no_links():
    restart()  # a figure that another test left open would be shown as well
    code = "from course.brief import hand_in\nfrom course.examples import example\n"
    result = json.loads(run_cell(f"{code}hand_in(example('B').brief)", "Exercise 14.3"))
    (output,) = result["outputs"]
    assert output["kind"] == "files"
    assert "href" not in output["html"]
    assert [name.rpartition(".")[2] for name in output["files"]] == ["html", "json"]


def test_the_page_of_the_course_saves_only_a_page_that_begins_so():
    script = (ROOT / "theme" / "live" / "shown.js").read_text("utf-8")
    assert re.search(r"html: \{.*?start: `(.*?)`", script, re.DOTALL)[1] == HEAD


def test_a_year_is_the_number_against_only_where_nothing_else_is():
    text = brief()["text"] + " So it was in 2013."
    dated = brief(text=text, number_against={"value": "99.87 percent in 2013"})
    assert any("99.87, does not stand in the text" in point for point in findings(dated))
    assert findings(brief(text=text, number_against={"value": "2013"})) == []
