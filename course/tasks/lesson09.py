"""Tasks of lesson 09: what can a villager do?"""

from __future__ import annotations

from functools import partial

import pandas as pd

from course.checks import Misconception, Task, Tasks, spellings
from course.data import load

STATE, GROUP = "state_agents", "shining_path"

# 09.1 ------------------------------------------------------------------------------------------


def _deaths(side: str | None = None) -> pd.Series:
    """Return the documented deaths by region, of one side or of everybody."""
    deaths = load("deaths_region_year")
    if side:
        deaths = deaths[deaths["perpetrator_recorded"] == side]
    return deaths.groupby("region")["deaths_documented"].sum().astype("float64")


def _dated_share() -> pd.Series:
    """Return the state's share (%) by region of the deaths that have a year."""
    deaths = load("deaths_region_year").dropna(subset=["year"])
    everyone = deaths.groupby("region")["deaths_documented"].sum()
    state = deaths[deaths["perpetrator_recorded"] == STATE]
    return 100 * state.groupby("region")["deaths_documented"].sum() / everyone


def _row_share() -> pd.Series:
    """Return the state's share (%) by region of the rows instead of the deaths."""
    deaths = load("deaths_region_year")
    state = deaths[deaths["perpetrator_recorded"] == STATE]
    return 100 * state.groupby("region").size() / deaths.groupby("region").size()


# 09.2, 09.4 and 09.5: the lesson's model ---------------------------------------------------------

EVEN, THREE_QUARTERS, FULL = 0.5, 0.75, 1.0
BLIND = 0.3


def _by_one_side(
    control: float, hush: float = 0.5, silent: float = 0, false: float = 0, blind: float = 0
) -> tuple[float, ...]:
    """Return one side's harm on a name and without a name, as in the lesson."""
    rival = 1 - control
    told = max(0, 1 - rival / hush) * (1 - silent)
    return 100 * control * told * (rival + false), 100 * blind * rival * (1 - told)


def _harm(control: float = THREE_QUARTERS) -> pd.Series:
    """Return all the harm of the side that has this control, in the two worlds."""
    return pd.Series(
        {
            world: sum(_by_one_side(control, blind=blind))
            for world, blind in {"names only": 0, "strikes without names": BLIND}.items()
        }
    )


def _state_share(
    control: float,
    *,
    rival: float | None = None,
    kinds: slice = slice(None),
) -> pd.Series:
    """Return the state's share (%) of the harm in the two worlds."""
    rival = 1 - control if rival is None else rival
    parts = {}
    for world, blind in {"names only": 0, "strikes without names": BLIND}.items():
        state = sum(_by_one_side(control, blind=blind)[kinds])
        group = sum(_by_one_side(rival, blind=blind)[kinds])
        parts[world] = 100 * state / (state + group)
    return pd.Series(parts)


def _on_a_name(false: float, *, swapped: bool = False) -> pd.Series:
    """Return the state's harm on a name at three levels of its control."""
    levels = [EVEN, THREE_QUARTERS, FULL]
    return pd.Series(
        {level: _by_one_side(1 - level if swapped else level, false=false)[0] for level in levels}
    )


def _silence(*, kinds: slice = slice(None), silent: float = 0.5) -> pd.Series:
    """Return how much the state's harm changes when part of the villagers keep silent."""
    return pd.Series(
        {
            blind: sum(_by_one_side(THREE_QUARTERS, silent=silent, blind=blind)[kinds])
            - sum(_by_one_side(THREE_QUARTERS, blind=blind)[kinds])
            for blind in (0, BLIND, 0.9)
        }
    )


# 09.3 ------------------------------------------------------------------------------------------

DEATH_TABLES = ("deaths_region_year", "deaths_department_year", "deaths_province")
# What a test of each sentence of the task needs to find in one table.
NEEDS = {
    "A": {"village", "year", "control", "kind", "perpetrator_recorded"},
    "B": {"village", "year", "control", "kind", "perpetrator_recorded"},
    "C": {"province", "year", "deaths_state_agents", "deaths_shining_path"},
    "D": {"region", "year", "perpetrator_recorded"},
    "E": {"province", "deaths_state_agents", "deaths_shining_path"},
    "F": {"department", "year", "perpetrator_recorded", "situation"},
}


def _testable() -> pd.Series:
    """Return for each sentence whether one table holds all columns that its test needs."""
    columns = [set(load(name).columns) for name in DEATH_TABLES]
    return pd.Series(
        {letter: any(needs <= held for held in columns) for letter, needs in NEEDS.items()}
    )


def _turned(letters: str) -> pd.Series:
    """Return the answers of someone who takes the sentences of these letters the other way."""
    given = _testable()
    given.loc[list(letters)] = ~given.loc[list(letters)]
    return given


CONTROL = "which column says who held a village, and which says that a killing was selective?"
BOTH = (
    "one table has provinces, two have years. Does any have both? (The peak year is that of all "
    "sides together.)"
)
# What to look at again, by the letters of the sentences that are taken the wrong way.
AGAIN = {
    "A": f"Look at A again: {CONTROL}",
    "B": f"Look at B again: {CONTROL}",
    "C": f"Look at C again: {BOTH}",
    "AB": f"Look at A and B again: {CONTROL}",
    "AC": f"Look at A and C again. For A: {CONTROL} For C: {BOTH}",
    "BC": f"Look at B and C again. For B: {CONTROL} For C: {BOTH}",
    "ABC": "Look at A, B and C again. In each something is asked for that no single table has: "
    "control, the kind of a killing, a province by year.",
    "D": "Look at D again: it asks for a region, a year and a side, and for nothing else.",
    "E": "Look at E again: it asks for provinces and two sides, but for no year.",
    "F": "Look at F again: one table says in the column `situation` who disappeared.",
    "DEF": "Not every sentence speaks of control. Some ask only for places, years and sides, and "
    "those we have.",
}


# 09.6 ------------------------------------------------------------------------------------------


def _by_dating(how: str = "sum", side: str = STATE) -> pd.Series:
    """Return a side's share (%) of the deaths (``"sum"``) or rows (``"count"``), by dating."""
    deaths = load("deaths_region_year")
    parts = {}
    for label, rows in {
        "with a year": deaths[deaths["year"].notna()],
        "without a year": deaths[deaths["year"].isna()],
    }.items():
        own = rows[rows["perpetrator_recorded"] == side]
        parts[label] = 100 * own["deaths_documented"].agg(how) / rows["deaths_documented"].agg(how)
    return pd.Series(parts)


def _of_the_side() -> pd.Series:
    """Return how the state's own deaths (%) divide into those with and without a year."""
    deaths = load("deaths_region_year")
    own = deaths[deaths["perpetrator_recorded"] == STATE]
    dated = own[own["year"].notna()]["deaths_documented"].sum()
    share = 100 * dated / own["deaths_documented"].sum()
    return pd.Series({"with a year": share, "without a year": 100 - share})


def _of_all() -> pd.Series:
    """Return the state's deaths with and without a year as shares (%) of everybody's."""
    deaths = load("deaths_region_year")
    own = deaths[deaths["perpetrator_recorded"] == STATE]
    dated = own[own["year"].notna()]["deaths_documented"].sum()
    everyone = deaths["deaths_documented"].sum()
    undated = own["deaths_documented"].sum() - dated
    return pd.Series({"with a year": dated, "without a year": undated}) * 100 / everyone


# 09.7 ------------------------------------------------------------------------------------------


def border_lists() -> pd.DataFrame:
    """Return two invented lists of people who died at a border.

    Returns
    -------
    pandas.DataFrame
        A row for each group of people: ``coast_guard`` and ``relief_group`` say who lists them,
        ``copied`` whether the second took them over from the first, ``people`` how many they are.
    """
    return pd.DataFrame(
        {
            "coast_guard": [True, True, False, True],
            "relief_group": [False, True, True, True],
            "copied": [False, False, False, True],
            "people": [96.0, 10.0, 56.0, 14.0],
        }
    )


def _died(*, guard_too: bool = False, only_both: bool = False) -> pd.Series:
    """Return the estimates of task 09.7, with copies left out of too many or too few counts."""
    border = border_lists()
    people, copied = border["people"], border["copied"]
    guard, relief = border["coast_guard"], border["relief_group"]
    n1, n2, both = people[guard].sum(), people[relief].sum(), people[guard & relief].sum()
    copies = people[copied].sum()
    first = n1 - copies if guard_too else n1
    second = n2 if only_both else n2 - copies
    return pd.Series(
        {"as listed": n1 * n2 / both, "without copies": first * second / (both - copies)}
    )


def _listed() -> pd.Series:
    """Return the people on at least one list, for both labels."""
    return pd.Series(dict.fromkeys(_died().index, border_lists()["people"].sum()))


# 09.8 ------------------------------------------------------------------------------------------


def _quoted() -> dict[str, list[str]]:
    deaths = load("deaths_region_year")
    total = deaths["deaths_documented"].sum()
    parts = []
    for side in (STATE, GROUP):
        parts.append(100 * _deaths(side).sum() / total)
        parts += list(100 * _deaths(side) / _deaths())
    parts += list(_by_dating())
    printed = [*spellings(*parts), *spellings(*parts, places=1)]
    ends = ("%", " %", " percent", " per cent")
    return {
        "one share from the tables, in percent (task 09.1 or 09.6)": [
            number + end for number in printed for end in ends
        ],
        'the word "control"': ["control"],
        'the word "assumed"': ["assumed", "assumption", "assume"],
    }


# Your turn -------------------------------------------------------------------------------------


def _moved(region: str = "later_vraem_provinces", first: int = 1985, last: int = 1991) -> pd.Series:
    """Return the change of each side's documented deaths between two years of a region."""
    deaths = load("deaths_region_year")
    rows = deaths[
        (deaths["region"] == region) & deaths["perpetrator_recorded"].isin([STATE, GROUP])
    ]
    by_year = rows.groupby(["year", "perpetrator_recorded"])["deaths_documented"].sum()
    return (by_year.loc[last] - by_year.loc[first]).astype("float64")


TASKS = Tasks(
    "09",
    [
        Task(
            id="09.1",
            title="Two fires, five places",
            answer="series",
            unit="percent of all documented deaths of the region, one value for each of five",
            reference=lambda: 100 * _deaths(STATE) / _deaths(),
            misconceptions=[
                Misconception(
                    "of both sides",
                    lambda: 100 * _deaths(STATE) / (_deaths(STATE) + _deaths(GROUP)),
                    "You divided by the two sides only. Deaths laid to others, to clashes and to "
                    "nobody known belong to the whole too.",
                ),
                Misconception(
                    "of the country",
                    lambda: 100 * _deaths(STATE) / _deaths(STATE).sum(),
                    "This says how the state's deaths are spread over the regions. The question "
                    "is, within each region, what share is the state's.",
                ),
                Misconception(
                    "the other side",
                    lambda: 100 * _deaths(GROUP) / _deaths(),
                    "These are the shares of Shining Path. The question asks for the state's.",
                ),
                Misconception(
                    "deaths instead of percent",
                    lambda: _deaths(STATE),
                    "These are deaths. Divide them by everybody's deaths in the region, times 100.",
                ),
                Misconception(
                    "only with a year",
                    _dated_share,
                    "The deaths without a year fell out, as in the lesson's table by year. Here "
                    "no year is needed: keep them.",
                ),
                Misconception(
                    "of the grand total",
                    lambda: 100 * _deaths(STATE) / _deaths().sum(),
                    "You divided by the deaths of the whole country. Each region has its own "
                    "whole: everybody documented in that region.",
                ),
                Misconception(
                    "share of rows",
                    _row_share,
                    "You counted rows. A row stands for many deaths: add up `deaths_documented`.",
                ),
            ],
            hints=[
                "Divide one Series by another with the same labels: the state's deaths by "
                "region, over everybody's deaths by region.",
                "A part over its whole, here coca by country (a part: the years since 2018):\n\n"
                "```\n"
                'coca = load("cultivation")\n'
                'whole = coca.groupby("country")["area_ha"].sum()\n'
                'late = coca[coca["year"] >= 2018].groupby("country")["area_ha"].sum()\n'
                "100 * late / whole\n"
                "```",
            ],
        ),
        Task(
            id="09.2",
            title="One village, two worlds",
            answer="series",
            unit="percent of the simulated harm, one value for each world",
            reference=lambda: _state_share(THREE_QUARTERS),
            misconceptions=[
                Misconception(
                    "harm instead of a share",
                    _harm,
                    "This is the state's harm itself. The question asks for its share: divide by "
                    "the harm of both sides.",
                ),
                Misconception(
                    "the other side",
                    lambda: 100 - _state_share(THREE_QUARTERS),
                    "This is the group's share. The question asks for the state's.",
                ),
                Misconception(
                    "no brackets",
                    lambda: 100 + _harm(1 - THREE_QUARTERS),
                    "The brackets around the sum are missing. Python divides before it adds: put "
                    "brackets around the harm of both sides, and divide by that.",
                ),
                Misconception(
                    "down the column",
                    lambda: 100 * _harm() / _harm().sum(),
                    "You divided by the state's harm in both worlds together. The whole is all the "
                    "harm in the same world: add along the row.",
                ),
            ],
            hints=[
                "Two columns of one table add row by row, and divide row by row. The whole is "
                "both sides together.",
                "A part of a row's whole, here of three baskets of fruit:\n\n"
                "```\n"
                'fruit = pd.DataFrame({"apples": [3, 5, 2], "pears": [1, 5, 0]})\n'
                '100 * fruit["apples"] / (fruit["apples"] + fruit["pears"])    # 75, 50, 100\n'
                "```",
            ],
        ),
        Task(
            id="09.3",
            title="Which data would decide?",
            answer="series",
            unit="True or False for each letter from A to F",
            reference=_testable,
            misconceptions=[
                *(
                    Misconception(f"the other way: {letters}", partial(_turned, letters), again)
                    for letters, again in AGAIN.items()
                ),
                Misconception(
                    "words",
                    lambda: _testable().astype(str),
                    "These are words. Write True and False without quotation marks.",
                ),
                Misconception(
                    "yes and no",
                    lambda: _testable().map({True: "yes", False: "no"}),
                    "These are words. Write True and False without quotation marks.",
                ),
            ],
            hints=[
                "For each sentence list what its test needs: which place, whether a year, "
                "which side, what else. Then look for one table that has it all.",
                "Village, control and the kind of a killing: look for such a column. The form, "
                "on other letters:\n\n"
                "```\n"
                'pd.Series({"X": True, "Y": False})\n'
                "```",
            ],
        ),
        Task(
            id="09.4",
            title="Where the model fails: a grudge",
            answer="series",
            unit="the model's harm, one value for each control: 0.5, 0.75 and 1",
            reference=lambda: _on_a_name(0.2),
            core=False,
            misconceptions=[
                Misconception(
                    "nobody accused falsely",
                    lambda: _on_a_name(0),
                    "This is the village without false accusations. Hand `false=0.2` to the model.",
                ),
                Misconception(
                    "the group's harm",
                    lambda: _on_a_name(0.2, swapped=True),
                    "You turned the control round: this is the group's harm. Ask for the state's.",
                ),
                Misconception(
                    "only the false ones",
                    lambda: _on_a_name(0.2) - _on_a_name(0),
                    "This is what the false accusations add. Give all the harm on a name.",
                ),
            ],
            hints=[
                "Three calls of the model, one for each control; of each pair take the first "
                "number, `[0]`.",
                "A function called for three values, here one that doubles and halves:\n\n"
                "```\n"
                "def both_ways(number, more=0):\n"
                "    return 2 * number + more, number / 2\n"
                "\n"
                "\n"
                "pd.Series({1: both_ways(1, more=5)[0], 4: both_ways(4, more=5)[0]})  # 7, 13\n"
                "```",
            ],
        ),
        Task(
            id="09.5",
            title="When does silence help?",
            answer="series",
            unit="the model's harm, after less before, one value for each of 0, 0.3 and 0.9",
            reference=_silence,
            core=False,
            misconceptions=[
                Misconception(
                    "before less after",
                    lambda: -_silence(),
                    "The signs are the wrong way round. Take the harm without silence away from "
                    "the harm with it: below zero means that silence helps.",
                ),
                Misconception(
                    "on a name only",
                    lambda: _silence(kinds=slice(0, 1)),
                    "Your three values are the same, so nobody is struck without a name: give the "
                    "model `blind=blind`, and add both numbers that it returns.",
                ),
                Misconception(
                    "without a name only",
                    lambda: _silence(kinds=slice(1, 2)),
                    "You looked at the harm without a name only. Add both numbers.",
                ),
                Misconception(
                    "everybody silent",
                    lambda: _silence(silent=1),
                    "Here everybody keeps silent. The question says half: `silent=0.5`.",
                ),
            ],
            hints=[
                "Twice the sum of both kinds of harm at control 0.75: once with `silent=0.5`, "
                "once without. Then the difference.",
                "Two calls and their difference, here of a function that returns two numbers:\n\n"
                "```\n"
                "def both_ways(number, more=0):\n"
                "    return 2 * number + more, number / 2\n"
                "\n"
                "\n"
                "sum(both_ways(4, more=5)) - sum(both_ways(4))    # 15 - 10 = 5\n"
                "```",
            ],
        ),
        Task(
            id="09.6",
            title="The deaths without a year",
            answer="series",
            unit='percent, labels "with a year" and "without a year"',
            reference=_by_dating,
            core=False,
            misconceptions=[
                Misconception(
                    "rows instead of deaths",
                    lambda: _by_dating("count"),
                    "You counted rows. A row stands for many deaths: add up `deaths_documented`.",
                ),
                Misconception(
                    "of the state's own",
                    _of_the_side,
                    "This says how many of the state's deaths have a year. The question is the "
                    "state's share among the deaths with a year, and among those without.",
                ),
                Misconception(
                    "of everybody",
                    _of_all,
                    "You divided both by all deaths. Each share has its own whole.",
                ),
                Misconception(
                    "the other side",
                    lambda: _by_dating(side=GROUP),
                    "These are the shares of Shining Path. The question asks for the state's.",
                ),
            ],
            hints=[
                "`notna()` is True for the rows that have a year; `~` in front turns it round. "
                "In each of the two tables: the state's `deaths_documented` added up, over "
                "everybody's.",
                "Rows with a value, here of marks with a date:\n\n"
                "```\n"
                'marks = pd.DataFrame({"date": [1, 2, None], "who": ["a", "b", "a"],\n'
                '                      "points": [6, 2, 5]})\n'
                'dated = marks[marks["date"].notna()]\n'
                'own = dated[dated["who"] == "a"]\n'
                '100 * own["points"].sum() / dated["points"].sum()      # 6 of 8: 75\n'
                "```",
            ],
        ),
        Task(
            id="09.7",
            title="Two lists at a border",
            answer="series",
            unit="people, for as listed and without copies",
            reference=_died,
            core=False,
            misconceptions=[
                Misconception(
                    "copies left out everywhere",
                    lambda: _died(guard_too=True),
                    "You took the copies off the coast guard's list too. There they stand by its "
                    "own work: leave n1 as it is.",
                ),
                Misconception(
                    "copies left in the list",
                    lambda: _died(only_both=True),
                    "You took the copies out of the overlap, but not off the relief group's list. "
                    "They are no find of its own.",
                ),
                Misconception(
                    "listed people",
                    _listed,
                    "That is how many stand on a list. The question asks for all, listed or not.",
                ),
                Misconception(
                    "the same twice",
                    lambda: pd.Series(dict.fromkeys(_died().index, _died().iloc[0])),
                    "Your two values are the same: in the second the copied entries are no find "
                    "of the relief group.",
                ),
            ],
            hints=[
                "As in task 07.1: the rows with True in one column, in the other, and in both. "
                "For the second value drop the copied rows from the relief group's list first.",
                "Rows that are *not* marked, here of three letters:\n\n"
                "```\n"
                'post = pd.DataFrame({"copy": [False, True, False], "pages": [2, 9, 1]})\n'
                'post[~post["copy"]]["pages"].sum()      # 3\n'
                "```",
            ],
        ),
        Task(
            id="09.8",
            title="A map of risk",
            answer="text",
            reference=str,
            mentions=_quoted,
            words=(100, 280),
            core=False,
            hints=[
                "Ask of each cell of the map: where would its number come from? Is it measured or "
                "assumed?",
                "Ask twice who is harmed: once if the map is wrong, once if it is right and the "
                "wrong people read it.",
            ],
            rubric=[
                "The answer says what in the map would be measured and what assumed, and that no "
                "table holds control.",
                "Harm is thought through twice, if the map is wrong and if it is right, and each "
                "time it is said to whom.",
                "One prediction that cannot be tested is named, with the data that would test it "
                "and whether anybody should collect them.",
                "A use is refused and another accepted, or all refused, with a reason that a "
                "reader of the other side could follow.",
            ],
        ),
    ],
    turns=[
        Task(
            id="09.t1",
            title="Part or whole?",
            answer="series",
            unit="documented deaths, one change for each side",
            reference=_moved,
            misconceptions=[
                Misconception(
                    "the other way round",
                    lambda: -_moved(),
                    "The signs are turned: take the earlier year off the later one.",
                ),
                Misconception(
                    "the Upper Huallaga",
                    lambda: _moved("upper_huallaga_provinces"),
                    "These are the changes in the Upper Huallaga. Keep the rows of the later "
                    "VRAEM.",
                ),
                Misconception(
                    "another first year",
                    lambda: _moved(first=1984),
                    "You began in 1984, when the counts were highest. Begin in 1985.",
                ),
            ],
            hints=["The table `sides` above had one column for each side, by the same word."],
        ),
        Task(
            id="09.t2",
            title="Nearly all of the village",
            answer="number",
            unit="harm, which has no unit",
            reference=lambda: _by_one_side(0.9)[0],
            misconceptions=[
                Misconception(
                    "three quarters",
                    lambda: _by_one_side(0.75)[0],
                    "That is the village worked out above. Now the state holds nine tenths.",
                ),
                Misconception(
                    "one tenth",
                    lambda: _by_one_side(0.1)[0],
                    "At that control nobody is named. The state holds nine tenths, the rival the "
                    "rest.",
                ),
                Misconception(
                    "no hundred",
                    lambda: _by_one_side(0.9)[0] / 100,
                    "The function multiplies by a hundred at the end, and yours did not.",
                ),
                Misconception(
                    "control in percent",
                    lambda: _by_one_side(90)[0],
                    "You wrote the control in percent. In the model it runs from `0` to `1`.",
                ),
            ],
            hints=[
                "Control runs from `0` to `1`: half of the village would be `by_one_side(0.5)[0]`."
            ],
        ),
    ],
)

check = TASKS.check
