"""What can change stands in ``dated_facts``, and what is due is listed."""

import re
from datetime import date
from functools import cache

import nbformat
import pandas as pd
import pytest
from nbformat.v4 import new_markdown_cell, new_notebook

from course.data import load, tables
from tools.common.errors import UserError
from tools.common.paths import ROOT
from tools.content import dated

CITATION = re.compile(r"\{cite[^}]*\}`[^`]*`")
LINK = re.compile(r"\]\([^)]*\)")
# A line that says itself when it was looked up.
DATED = re.compile(r"\(checked [A-Z][a-z]+ \d{4}\)")
LOADED = re.compile(r"load\(\"(\w+)\"\)")
# What a sentence may name that can change.
CHANGING = [
    re.compile(r"\b20(?:2[4-9]|3\d)\b"),
    re.compile(r"\b(?:laws?|decrees?|indictment|amnesty) of \d{4}\b", re.IGNORECASE),
    re.compile(r"\bamnesty\b", re.IGNORECASE),
    re.compile(r"\b(?:Ley|Decreto Legislativo|Law) (?:N\.º )?\d[\d-]+"),
    re.compile(
        r"\b[Ii]nter-American (?:[Cc]ourt|[Cc]ommission)|\bConstitutional (?:Tribunal|Court)"
    ),
]
PERIODS = ("year", "year_end", "year_last", "date", "date_start", "period_end")
GROWING = 5  # years: a table that ends longer ago is history
# Single figures that others printed once, and the list of works: no series that goes on.
COLLECTIONS = {"quoted_figures", "claim_rivals", "sources", "dated_facts"}


@cache
def text_of(lesson: str) -> tuple[list[str], str]:
    """Return the lines of prose of a lesson and its exercise, and their code."""
    lines, code = [], []
    for folder in ("notebooks", "exercises"):
        (path,) = (ROOT / folder).glob(f"{lesson}-*.ipynb")
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == "markdown":
                lines += LINK.sub("]", CITATION.sub("", cell.source)).splitlines()
                lines += cell.metadata.get("slide", {}).get("points", [])
            else:
                code.append(cell.source)
    numbers = ROOT / "tests" / "lessons" / "numbers" / f"lesson{lesson}.py"
    code.append(numbers.read_text("utf-8"))
    return lines, "\n".join(code)


LESSONS = sorted(path.name[:2] for path in (ROOT / "notebooks").glob("*.ipynb"))


def facts_of(lesson: str) -> pd.DataFrame:
    facts = load("dated_facts")
    return facts[facts["lessons"].str.split().map(lambda own: lesson in own)]


def uncovered(lines: list[str], subjects: list[str]) -> list[str]:
    """Return the lines that name something that can change and none of the subjects."""
    known = [re.compile("|".join(map(re.escape, s.split("|"))), re.IGNORECASE) for s in subjects]
    return [
        line
        for line in lines
        if any(pattern.search(DATED.sub("", line)) for pattern in CHANGING)
        and not any(pattern.search(line) for pattern in known)
    ]


@pytest.mark.parametrize("lesson", LESSONS)
def test_what_a_lesson_names_is_in_the_table(lesson):
    assert uncovered(text_of(lesson)[0], list(facts_of(lesson)["subject"])) == []


@pytest.mark.parametrize(
    "line",
    [
        "In 2025 the group was seen again.",
        "The law of 2031 says no.",
        "An amnesty was granted.",
        "The Inter-American Court ruled.",
        "Ley 31494 is in force.",
    ],
)
def test_a_line_that_no_row_covers_is_found(line):
    assert uncovered([line, "In 1984 it was not so."], ["somebody else"]) == [line]
    assert uncovered([line], ["group|law of 2031|amnesty|court|ley 31494"]) == []


def growing(lesson: str) -> set[str]:
    """Return the tables that a lesson loads and that may get rows of another year."""
    used = set(LOADED.findall(text_of(lesson)[1])) - COLLECTIONS
    return {name for name in used if last_year(name) >= newest() - GROWING}


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_table_that_grows_is_in_the_table(lesson):
    assert growing(lesson) - set(load("dated_facts")["subject"]) == set()


def newest() -> int:
    return load("dated_facts")["checked_on"].max().year


def last_year(name: str) -> int:
    """Return the last year of a table's rows; 0 where it has none."""
    table, years = load(name), [0]
    for column in set(PERIODS) & set(table.columns):
        values = table[column].dropna()
        years += list(values.astype(str).str[:4].astype(int)) if len(values) else []
    return max(years)


def test_a_table_s_last_year_is_read_from_its_columns():
    assert last_year("conflict_status") == load("conflict_status")["year"].max()
    assert last_year("timeline") == load("timeline")["date_start"].max().year
    assert last_year("departments") == 0


def test_every_row_is_said_in_the_lessons_that_it_names():
    for row in load("dated_facts").itertuples():
        for lesson in row.lessons.split():
            lines, code = text_of(lesson)
            if row.subject in tables():
                assert row.subject in LOADED.findall(code), f"{row.fact_id}: not in lesson {lesson}"
                continue
            words = row.subject.lower().split("|")
            said = any(word in line.lower() for line in lines for word in words)
            assert said, f"{row.fact_id}: not in lesson {lesson}"


def test_dates_run_forward_and_are_one_month():
    facts = load("dated_facts")
    assert (facts["checked_on"] < facts["look_again_by"]).all()
    assert facts["checked_on"].dt.to_period("M").nunique() == 1, "one date for all lessons"


def test_what_is_due():
    facts = load("dated_facts").sort_values("look_again_by")
    first, last = facts["look_again_by"].iloc[[0, -1]]
    before = (first - pd.Timedelta(days=1)).date()
    assert dated.due(before).empty
    assert dated.listing(before).startswith("Nothing to look up again; evidence checked to ")
    assert len(dated.due(last.date())) == len(facts)
    due = dated.listing(first.date())
    assert due.count("\n") == (facts["look_again_by"] == first).sum()
    assert facts["fact_id"].iloc[0] in due


def test_the_card_says_the_month(tmp_path):
    card = new_markdown_cell(":::{admonition} In this lesson\n:class: card\n**Time:** 5\n:::")
    card.metadata["tags"] = ["card"]
    lesson = new_notebook(cells=[new_markdown_cell("# A"), card])
    shown = dated.with_month(lesson).cells[1].source
    assert shown.endswith(f"**Time:** 5\n**Evidence checked to:** {dated.checked_to()}.\n:::")
    assert "Evidence" not in lesson.cells[1].source
    assert re.fullmatch(r"[A-Z][a-z]+ 20\d\d", dated.checked_to())
    card.source = "no box"
    with pytest.raises(UserError, match="does not end"):
        dated.with_month(lesson)


def test_the_month_is_that_of_the_oldest_look_up():
    oldest = load("dated_facts")["checked_on"].min().date()
    assert dated.checked_to() == date(oldest.year, oldest.month, 1).strftime("%B %Y")
