"""Tasks of lesson 06: what happened, where, and when?"""

from __future__ import annotations

import pandas as pd

from course.checks import Misconception, Task, Tasks, spellings
from course.data import load

COUNT = "deaths_documented"
NAMELESS = ["undetermined_or_missing", "clash_unattributed"]

# 06.1 ------------------------------------------------------------------------------------------


def _regions(side: str = "") -> pd.DataFrame:
    """Return documented deaths, years by regions, of one recorded side or of all."""
    rows = load("deaths_region_year")
    rows = rows[rows["region"] != "unknown"]
    if side:
        rows = rows[rows["perpetrator_recorded"] == side]
    return rows.groupby(["year", "region"])[COUNT].sum().unstack().fillna(0)


# 06.2 ------------------------------------------------------------------------------------------


def _situations() -> pd.DataFrame:
    """Return documented deaths of three recorded sides: columns disappeared and killed."""
    rows = load("deaths_department_year")
    table = rows.groupby(["perpetrator_recorded", "situation"])[COUNT].sum().unstack()
    return table.loc[["state_agents", "shining_path", "self_defence_rondas"]].astype("float64")


def _everyone() -> float:
    return float(load("deaths_department_year")[COUNT].sum())


def _disappeared() -> pd.Series:
    table = _situations()
    return 100 * table["disappeared"] / table.sum(axis=1)


# 06.3 ------------------------------------------------------------------------------------------


def _later_vraem() -> pd.DataFrame:
    provinces = load("deaths_province")
    return provinces[provinces["region"] == "later_vraem_provinces"]


def _verdicts(**others: bool) -> pd.Series:
    """Return "stands" or "falls" for each sentence, with some letters replaced."""
    five = _later_vraem()
    regions = load("deaths_region_year")
    in_1984 = regions[regions["year"] == 1984].groupby("region")[COUNT].sum()
    listed = load("vraem_districts").groupby("zone_list")["province"].agg(set)
    true = {
        "A": in_1984["later_vraem_provinces"] > in_1984.sum() / 2,
        # it would need one border, the same then and now
        "B": all(names == set(five["province"]) for names in listed),
        "C": (five["peak_year"] == 1984).all(),
        "D": listed.iloc[0] == listed.iloc[1],
        "E": "year" in load("deaths_province").columns,
    }
    return pd.Series(
        {letter: "stands" if holds else "falls" for letter, holds in (true | others).items()}
    )


# 06.4 ------------------------------------------------------------------------------------------


def _late_shares(
    side: str = "shining_path", since: int = 1993, nameless: list[str] = NAMELESS
) -> pd.Series:
    """Return a side's share (%) of documented deaths since a year: of all, of the named."""
    rows = load("deaths_department_year")
    count = rows[rows["year"] >= since].groupby("perpetrator_recorded")[COUNT].sum()
    one, everyone = 100 * float(count[side]), float(count.sum())
    return pd.Series({"all": one / everyone, "named": one / (everyone - count[nameless].sum())})


# 06.5 ------------------------------------------------------------------------------------------


def _events() -> pd.DataFrame:
    events = load("sample_events")
    return events[events["conflict"] != "Ecuador - Peru"]


def _huanuco(
    *, below: str = "", largest: bool = True, column: str = "deaths_best", counts: bool = False
) -> pd.Series:
    """Return Huánuco's share (%) of events, of deaths, and of deaths without the largest event.

    ``below`` "all" keeps the largest event below the line; ``largest`` False drops it everywhere;
    ``counts`` leaves out the division.
    """
    events = _events()
    usual = events[events["deaths_best"] < events["deaths_best"].max()]
    first = events if largest else usual
    whole = events if below == "all" else usual
    here, usual_here = (part[part["department"] == "Huánuco"] for part in (first, usual))
    parts = [len(here), here[column].sum(), usual_here[column].sum()]
    wholes = [len(first), first[column].sum(), whole[column].sum()]
    labels = ["events", "deaths", "without_largest"]
    above = pd.Series(parts, labels, dtype="float64")
    return above if counts else 100 * above / pd.Series(wholes, labels, dtype="float64")


# 06.6 ------------------------------------------------------------------------------------------


def _harms() -> list[str]:
    """Return the ways to print a figure of a harm beyond deaths; percent with its sign or word."""
    cvr = load("cvr_figures")
    beyond = cvr[cvr["topic"] == "beyond_deaths"]
    printed = []
    for value, unit in zip(beyond["value"], beyond["unit"], strict=True):
        if unit == "percent":
            printed += [f"{value:g}%", f"{value:g} %", f"{value:g} per"]
        else:
            printed += spellings(value)
    return printed


def _quoted() -> dict[str, list[str]]:
    year = load("deaths_department_year").groupby("year")[COUNT].sum()
    later = spellings(*(year[one] for one in range(1990, 1995)))
    return {
        "the count of 1984": spellings(year[1984]),
        "the count of one year from 1990 to 1994": later,
        'the word "documented"': ["documented"],
        'the word "estimate" or "estimated"': ["estimate"],
        "a figure of a harm beyond deaths": _harms(),
    }


# Your turn -------------------------------------------------------------------------------------


def _lima(year: int) -> float:
    deaths = load("deaths_department_year")
    rows = deaths[(deaths["department"] == "Lima") & (deaths["year"] == year)]
    return float(rows["deaths_documented"].sum())


def _mrta() -> pd.Series:
    """Return the documented deaths laid to the MRTA by year, with noughts for years without."""
    deaths = load("deaths_department_year")
    by_year = deaths.groupby(["year", "perpetrator_recorded"])["deaths_documented"].sum()
    return by_year.unstack().fillna(0)["mrta"]


TASKS = Tasks(
    "06",
    [
        Task(
            id="06.1",
            title="One side's peaks",
            answer="series",
            unit="years, one for each of the four regions",
            reference=lambda: _regions("shining_path").idxmax(),
            tolerance=0.0,  # a year is right or wrong
            misconceptions=[
                Misconception(
                    "all sides or the state",
                    lambda: _regions().idxmax(),
                    "These are the peaks of all records together, and of those that name state "
                    "agents. Keep only the rows that name Shining Path before you group.",
                ),
                Misconception(
                    "deaths instead of years",
                    lambda: _regions("shining_path").max(),
                    "These are the counts in the peak years. `max` gives the largest value, "
                    "`idxmax` the label where it stands: the year.",
                ),
                Misconception(
                    "the lowest year",
                    lambda: _regions("shining_path").idxmin(),
                    "These are the years with the fewest records: `idxmin`. A peak is the largest.",
                ),
            ],
            hints=[
                "A mask keeps the rows of one side. The rest is as in the lesson: group by two "
                "columns, sum, unstack, fillna.",
                "The same for departments and all sides: "
                '`by_place = deaths.groupby(["year", "department"])["deaths_documented"].sum()`, '
                "then `by_place.unstack().fillna(0).idxmax()`. Carry it over to regions, after "
                "you have kept one side.",
            ],
        ),
        Task(
            id="06.2",
            title="Disappeared",
            answer="series",
            unit="percent, one value for each of the three sides",
            reference=_disappeared,
            misconceptions=[
                Misconception(
                    "killed",
                    lambda: 100 - _disappeared(),
                    "These are the shares of people who were killed and not made to disappear. "
                    "Put the other column above the line.",
                ),
                Misconception(
                    "of the killed",
                    lambda: 100 * _situations()["disappeared"] / _situations()["killed"],
                    "You divided the disappeared by the killed. A share has the whole below the "
                    "line: disappeared and killed together.",
                ),
                Misconception(
                    "of all disappeared",
                    lambda: 100 * _situations()["disappeared"] / _situations()["disappeared"].sum(),
                    "This is each side's share of the disappeared. The question is the other way "
                    "round: of one side's records, how many are disappearances?",
                ),
                Misconception(
                    "of all records",
                    lambda: 100 * _situations()["disappeared"] / _everyone(),
                    "You divided by the records of all sides. Divide by the records of the same "
                    "side.",
                ),
                Misconception(
                    "counts",
                    lambda: _situations()["disappeared"],
                    "These are counts of people. Divide by all records of the side, and multiply "
                    "by 100.",
                ),
            ],
            hints=[
                "`by_side.unstack()` has one row a side and two columns, disappeared and killed.",
                "The same for two sides in each year: `table = years`, then "
                '`100 * table["shining_path"] / (table["shining_path"] + table["state_agents"])` '
                "is one side's part of both. Carry it over to disappeared and killed.",
            ],
        ),
        Task(
            id="06.3",
            title="The VRAEM of 1984",
            answer="series",
            unit="words: stands or falls, one for each letter from A to E",
            reference=_verdicts,
            misconceptions=[
                Misconception(
                    "all believed",
                    lambda: _verdicts(B=True, C=True, D=True, E=True),
                    "You let all five stand. Test each against the two tables of the set-up: the "
                    "name, the peak years, the noughts, and which columns there are.",
                ),
                Misconception(
                    "today's name",
                    lambda: _verdicts(B=True),
                    "Look at B again: who used that name in 1984, are the borders the same, and "
                    "does the table hold all who died?",
                ),
                Misconception(
                    "the group for its parts",
                    lambda: _verdicts(C=True),
                    "Look at C again: the group peaks in 1984. Read the column `peak_year` row by "
                    "row.",
                ),
                Misconception(
                    "the list not read",
                    lambda: _verdicts(D=True),
                    "Look at D again: the two columns below the set-up count the districts of each "
                    "list. Which provinces have a nought?",
                ),
                Misconception(
                    "a table that is not there",
                    lambda: _verdicts(E=True),
                    "Look at E again: which table has both a province and a year on each row?",
                ),
                Misconception(
                    "too careful",
                    lambda: _verdicts(A=False),
                    "Look at A again: it says documented, it says dated, and it names the "
                    "provinces without today's label. Is the share in the lesson above a half?",
                ),
            ],
            hints=[
                "Ask of each sentence: is the place named as it was, is the count called what it "
                "is, and is there a table that could show it?",
                "A sixth sentence: In 1990 Tayacaja had its worst documented year. It stands: "
                "`peak_year` has that province and that year, and the sentence says documented. "
                "Carry it over: which column shows what each letter says?",
            ],
        ),
        Task(
            id="06.4",
            title="A share of what?",
            answer="series",
            unit="percent, with the labels all and named",
            reference=_late_shares,
            core=False,
            misconceptions=[
                Misconception(
                    "clashes kept",
                    lambda: _late_shares(nameless=["undetermined_or_missing"]),
                    "Your second share still holds the clashes. A record of a clash names no side "
                    "either: take both away.",
                ),
                Misconception(
                    "the whole war",
                    lambda: _late_shares(since=1980),
                    "These are shares of 1980 to 2000. The sentence speaks of 1993 to 2000: use "
                    "`late`.",
                ),
                Misconception(
                    "the state",
                    lambda: _late_shares("state_agents"),
                    "These are the shares of state agents. The sentence is about Shining Path.",
                ),
                Misconception(
                    "a year too early",
                    lambda: _late_shares(since=1992),
                    "You began with 1992. The sentence begins with 1993.",
                ),
            ],
            hints=[
                "One number above the line, two below it: all records, and all records less those "
                "that name no side.",
                "The same for state agents among the armed sides: `one = 100 * "
                'count.loc["state_agents"]`, `others = count.loc["other"] + count.loc["mrta"]`, '
                "then `one / (count.sum() - others)`. Carry it over: what names no side?",
            ],
        ),
        Task(
            id="06.5",
            title="Events are not deaths",
            answer="series",
            unit="percent, with the labels events, deaths and without_largest",
            reference=_huanuco,
            core=False,
            misconceptions=[
                Misconception(
                    "largest left below",
                    lambda: _huanuco(below="all"),
                    "You left the largest event out above the line but not below. A part and its "
                    "whole need the same rows.",
                ),
                Misconception(
                    "largest left out everywhere",
                    lambda: _huanuco(largest=False),
                    "You left the largest event out of all three. It belongs in the first two.",
                ),
                Misconception(
                    "counts",
                    lambda: _huanuco(counts=True),
                    "These are Huánuco's own counts. Divide each by the count of all departments, "
                    "and multiply by 100.",
                ),
                Misconception(
                    "combatants only",
                    lambda: _huanuco(column="deaths_combatants"),
                    "You added up combatants only. Take all deaths: `deaths_best`.",
                ),
            ],
            hints=[
                "Three divisions: rows over rows, deaths over deaths, and deaths over deaths in a "
                "table without the largest row.",
                'The same for Junín: `usual = events[events["deaths_best"] < 552]` leaves the '
                'largest out, `usual[usual["department"] == "Junín"]["deaths_best"].sum()` is the '
                "part, and the same sum without the department the whole. Carry it over.",
            ],
        ),
        Task(
            id="06.6",
            title="A letter to an editor",
            answer="text",
            reference=str,
            mentions=_quoted,
            words=(80, 250),
            core=False,
            hints=[
                "Take the magazine's three sentences one by one: what was counted, what came "
                "before, what has no row?",
                "The set-up prints the counts and the harms beyond deaths. Quote one of each, and "
                "say who found it.",
            ],
            rubric=[
                "The 4,005 are called documented, killed or disappeared, and set beside an "
                "estimate with its interval.",
                "The fall after 1992 is stated with a figure, and the fall before it too; no "
                "cause is claimed.",
                "A harm without death is named with a figure and its source, and its limit is "
                "stated.",
                "A label is given with its speaker, and the printed sentence claims no more than "
                "the records carry.",
            ],
        ),
    ],
    turns=[
        Task(
            id="06.t1",
            title="Lima in 1992",
            answer="number",
            unit="documented deaths",
            reference=lambda: _lima(1992),
            misconceptions=[
                Misconception(
                    "another year",
                    lambda: _lima(1989),
                    "That is 1989. Read the row with the label 1992.",
                ),
                Misconception(
                    "the whole country",
                    lambda: float(
                        load("deaths_department_year")
                        .query("year == 1992")["deaths_documented"]
                        .sum()
                    ),
                    "That is the whole country in 1992. Choose the column of Lima.",
                ),
            ],
            hints=["The sides became columns with `by_year.unstack()`."],
        ),
        Task(
            id="06.t2",
            title="The MRTA's peak",
            answer="integer",
            unit="year",
            reference=lambda: int(_mrta().idxmax()),
            misconceptions=[
                Misconception(
                    "the count",
                    lambda: int(_mrta().max()),
                    "That is the count in the peak year. Ask for the label where it stands.",
                ),
                Misconception(
                    "the lowest",
                    lambda: int(_mrta().idxmin()),
                    "That is the first year with the fewest records. A peak is the largest.",
                ),
            ],
            hints=[
                "The regions' peaks were asked for with `.idxmax()`: the label of the largest "
                "value."
            ],
        ),
    ],
)

check = TASKS.check
