"""Write the sheets on which a class works with a pencil, from the tables: coding, and tasks."""

from typing import Any

import pandas as pd

from course.data import load
from tools.common.markdown import table
from tools.pages.marks import marking, paper_lines, written
from tools.pages.template import fill

PAGE = "book/teaching/coding-on-paper.md"
TASKS = "book/teaching/tasks-on-paper.md"
ORIGINS = ("start_text", "origin", "supervision", "funding")
# Years of documented deaths on the sheet: the worst, and those around the capture of 1992.
SHOWN = (1984, 1989, 1990, 1991, 1992, 1993, 1994)
LETTERS = "ABCDE"
# Minutes of a class for what is written on paper, assumed; syllabi and sheets take them from here.
MINUTES = {"text": 30, "text and sum": 45}
MOST_WORDS = 200  # of a text that is written in class, whatever the page of the exercise allows
IN_CLASS = ("01.6", "06.6", "07.7")
# Harm without death on the sheet for 06.6, which is one page; the exercise prints all that we hold.
HARMS = (
    "displaced",
    "registered_victims_2019",
    "missing_women_2021",
    "women_testified",
    "rape_cases",
    "rape_cases_women",
)


def pages() -> dict[str, bytes]:
    """Return the two pages of sheets: paths in the staged source and contents."""
    text = fill(
        "coding-on-paper",
        event_rules=event_rules(),
        events=events(),
        origin_rules=origin_rules(),
        groups=groups(),
    )
    return {PAGE: text.encode(), TASKS: tasks().encode()}


def tasks() -> str:
    """Return the page of the tasks that a class writes on paper, with what they ask about."""
    quoted = load("quoted_figures").set_index("figure_id")["value"]
    causal = load("claims").query("kind == 'causal'")
    deaths = load("deaths_department_year").groupby("year")["deaths_documented"].sum()
    un, us = (_areas(series) for series in ("un", "us"))
    annex = load("eradication").query("series == 'un_annex' and country == 'Peru'")
    pulled = annex.set_index("year")["area_ha"]
    years = range(2010, 2020)
    estimates = load("toll_estimates").query("kind == 'estimate' and level == 'national'")
    commission = estimates.set_index("estimate_id").loc["cvr2003_total"]
    guns = load("selfdefense_figures").set_index("figure_id")["value"]
    asked = {task.id: task for _, task in written()}
    class_task = next(one for one in marking()["paper"] if one["task"] == "The task in class")
    return fill(
        "tasks-on-paper",
        hectares=_table(
            ["Year", "Crop at the end", "Pulled up in the year"],
            [[year, un["Peru", year], pulled[year]] for year in years],
        ),
        first=years[1],
        causal="\n".join(f"- **Point {one.point}.** {one.claim}." for one in causal.itertuples()),
        three=_table(
            ["Country", "1995", "1999"],
            [[name, us[name, 1995], us[name, 1999]] for name in ("Peru", "Bolivia", "Colombia")],
        ),
        deaths=_table(["Year", "People"], [[year, deaths[year]] for year in SHOWN]),
        in_1984=_printed(deaths[1984]),
        observers=_table(
            ["Year", "UN", "US"], [[y, un["Peru", y], us["Peru", y]] for y in range(2012, 2018)]
        ),
        estimates=_table(
            ["Study", "Estimate", "From", "To"],
            [
                [
                    f"{one.study} {{cite:p}}`{one.source_key}`",
                    one.value,
                    one.value_low,
                    one.value_high,
                ]
                for one in estimates.itertuples()
            ],
        ),
        first_list=_printed(quoted["hav_q"]),
        second_list=_printed(quoted["hav_e"]),
        both=_printed(quoted["hav_q_e_only"] + quoted["hav_all_three"]),
        interval=f"{_printed(commission['value_low'])} to {_printed(commission['value_high'])}",
        harms=harms(),
        issued=_printed(guns["shotguns_issued"]),
        registered=_printed(guns["weapons_registered_2022"]),
        minutes=MINUTES,
        most=MOST_WORDS,
        words={
            "class": _words(*class_task["words"]),
            **{one: _words(*asked[one].words) for one in IN_CLASS},
        },
        lines={
            "class": paper_lines("The task in class"),
            **{one: "\n".join(f"- {line}" for line in asked[one].rubric) for one in IN_CLASS},
            **{one: paper_lines(one) for one in ("06.6 without killings", "07.7 without deaths")},
        },
    )


def harms() -> str:
    """Return some figures of harm beyond deaths as a table, each with who says it."""
    found = load("cvr_figures").set_index("figure_id").loc[list(HARMS)]
    rows = [
        [
            str(one.what)[:1].upper() + str(one.what)[1:],
            ("about " if one.value_kind == "about" else "")
            + (f"{one.value:g}%" if one.unit == "percent" else _printed(one.value)),
            f"{{cite:t}}`{one.source_key}`",
        ]
        for one in found.itertuples()
    ]
    return table(["What", "Figure", "Who says it"], rows, numbers=0)


def _words(fewest: int, most: int) -> str:
    return f"{fewest} to {min(most, MOST_WORDS)} words"


def _areas(series: str) -> pd.Series:
    """Return the area of one observer (ha) by country and year."""
    rows = load("cultivation")
    return rows[rows["series"] == series].set_index(["country", "year"])["area_ha"]


def _table(head: list[str], rows: list[list[Any]]) -> str:
    shown = [[name, *map(_printed, numbers)] for name, *numbers in rows]
    return table(head, shown, numbers=len(head) - 1)


def _printed(number: Any) -> str:
    return "not given" if pd.isna(number) else f"{number:,.0f}"


def event_rules() -> str:
    """Return the rules of the terrorism database as a list."""
    rules = load("rulebooks")
    rules = rules[rules["rulebook"] == "terrorism_database"]
    return "\n".join(f"- **{one.question}** {one.rule}" for one in rules.itertuples())


def events() -> str:
    """Return the events, by year, each with the two codes to tick."""
    parts = []
    for name, one in load("coded_events").set_index("event_id").iterrows():
        year = str(name).rsplit("_", 1)[1]
        parts.append(
            f"{one['number']}. **{year}.** {one['what_happened']} *Victims:* {one['victims']}. "
            f"*Acted:* {one['side_that_acted']}.<br>☐ A included &nbsp; ☐ B not included &nbsp; "
            "rule that decides: ________"
        )
    return "\n".join(parts)


def origin_rules() -> str:
    """Return the rules for a group's origin as a list, each with its letter."""
    book = load("selfdefense_codebook")
    origins = book[book["variable"] == "origin_code"]
    return "\n".join(
        f"- **{letter}, {one.code}.** {one.meaning}. {one.rule}"
        for letter, one in zip(LETTERS, origins.itertuples(), strict=True)
    )


def groups() -> str:
    """Return the groups with what their origin is coded from, and nothing of what they did."""
    boxes = " &nbsp; ".join(f"☐ {letter}" for letter in LETTERS)
    parts = []
    for number, (name, one) in enumerate(load("selfdefense_cases").set_index("case_id").iterrows()):
        start, origin, law, means = ("not found" if pd.isna(one[c]) else one[c] for c in ORIGINS)
        parts.append(
            f"{number + 1}. **{name}** ({one['country']}). Start: {start}. Origin: {origin}. "
            f"Law and command: {law}. Means: {means}.<br>{boxes} &nbsp; "
            "rule that decides: ________"
        )
    return "\n".join(parts)
