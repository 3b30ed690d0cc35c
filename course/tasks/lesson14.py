"""Tasks of lesson 14: what would you advise, and on what evidence?"""

from __future__ import annotations

import pandas as pd

from course.brief import AS_DATE, RUBRIC
from course.checks import Misconception, Task, Tasks
from course.data import load

# 14.1 ------------------------------------------------------------------------------------------

# The bets of a reader, in percent, as the exercise gives them.
READER = {
    "vraem_push": 70,
    "us_contribution": 40,
    "huallaga_pacified": 20,
    "income_ends_group": 60,
    "mexico_nigeria": 30,
}


def _outcomes(**others: float) -> pd.Series:
    """Return the settled outcomes, with some replaced by those of another rule."""
    outcomes = load("forecasts").set_index("forecast_id")["outcome_value"].astype("float64")
    for name, value in others.items():
        outcomes.loc[name] = value
    return outcomes.dropna()


def _misses(outcomes: pd.Series, unit: float = 100) -> pd.Series:
    """Return probability less outcome for each settled bet."""
    return pd.Series(READER)[outcomes.index] / unit - outcomes


def _losses(outcomes: pd.Series) -> pd.Series:
    return _misses(outcomes) ** 2


# 14.2 ------------------------------------------------------------------------------------------


def _zone(zone: str = "VRAEM") -> pd.Series:
    """Return the area (ha) of one zone by year, in the government's survey."""
    zones = load("cultivation_zones")
    rows = zones[(zones["series"] == "devida") & (zones["zone"] == zone)]
    return rows.set_index("year")["area_ha"].astype("float64")


def _country() -> pd.Series:
    """Return Peru's area (ha) by year, in the government's survey."""
    table = load("cultivation")
    rows = table[(table["series"] == "devida") & (table["country"] == "Peru")]
    return rows.set_index("year")["area_ha"].astype("float64")


def _share(part: pd.Series, whole: pd.Series | float) -> pd.DataFrame:
    """Return the table of the figure: one row a year, the share in percent."""
    share = (100 * part / whole).dropna()
    return share.rename("share_percent").rename_axis("year").reset_index()


def _with_both(part: pd.Series, whole: pd.Series) -> pd.DataFrame:
    return _share(part, whole + part)


# 14.3 ------------------------------------------------------------------------------------------


def _brief(**changes: object) -> dict[str, object]:
    """Return the strong example, with some parts replaced; a dictionary changes within its part."""
    from course.examples import example  # draws a figure

    brief = dict(example("C").brief)
    for name, value in changes.items():
        brief[name] = brief[name] | value if isinstance(value, dict) else value
    return brief


# 14.4 ------------------------------------------------------------------------------------------


def _by_the_other_rule() -> float:
    return _losses(_outcomes(huallaga_pacified=1)).mean()


# 14.5 ------------------------------------------------------------------------------------------


def _changes(country: str) -> pd.Series:
    """Return the yearly changes (ha) of an area in the UN's survey."""
    table = load("cultivation")
    rows = table[(table["series"] == "un") & (table["country"] == country)]
    return rows.set_index("year")["area_ha"].sort_index().astype("float64").diff()


def _rises(changes: pd.Series) -> float:
    """Return the share (%) of years in which an area rose."""
    return 100 * (changes.dropna() > 0).mean()


def _rises_after(rise: bool, country: str = "Colombia") -> float:
    changes = _changes(country)
    before = changes.shift()
    return _rises(changes[before > 0] if rise else changes[before < 0])


def _after(rows: int) -> pd.Series:
    """Return Colombia's changes in the years that follow a rise by some rows."""
    changes = _changes("Colombia")
    return changes[changes.shift(rows) > 0]


# 14.6 ------------------------------------------------------------------------------------------


def _named() -> dict[str, list[str]]:
    words = {f"the criterion {name}": [name] for name in RUBRIC}
    return words | {"a level as a number from 1 to 4": ["1", "2", "3", "4"]}


# Your turn -------------------------------------------------------------------------------------


def _same_for_all(said: float) -> float:
    """Return the Brier score of somebody who says one probability for every bet."""
    return float(((said - _outcomes()) ** 2).mean())


def _after_small(low: float = -5, high: float = 5) -> pd.Series:
    """Return whether Peru's area rose, in the years after a change between two percentages."""
    table = load("cultivation")
    rows = table[(table["series"] == "un") & (table["country"] == "Peru")]
    percent = 100 * rows.set_index("year")["area_ha"].sort_index().pct_change()
    before = percent.shift()
    return percent[(before > low) & (before <= high)] > 0


TASKS = Tasks(
    "14",
    [
        Task(
            id="14.1",
            title="Score a reader's bets",
            answer="series",
            unit="losses from 0 to 1, one value for each settled bet",
            reference=lambda: _losses(_outcomes()),
            misconceptions=[
                Misconception(
                    "percent",
                    lambda: _misses(_outcomes(), unit=1) ** 2,
                    "You took the bets in percent, and the outcomes are 0 and 1. Divide the bets "
                    "by 100 first.",
                ),
                Misconception(
                    "not squared",
                    lambda: _misses(_outcomes()).abs(),
                    "That is how far each bet was off. The loss is the square of it: `** 2`.",
                ),
                Misconception(
                    "with its sign",
                    lambda: _misses(_outcomes()),
                    "These are differences with their sign, and some would cancel others. Square "
                    "them.",
                ),
                Misconception(
                    "upside down",
                    lambda: (pd.Series(READER)[_outcomes().index] / 100 - 1 + _outcomes()) ** 2,
                    "You scored every bet against the opposite of what happened.",
                ),
                Misconception(
                    "the other rule",
                    lambda: _losses(_outcomes(huallaga_pacified=1)),
                    "Bet 3 is scored by the other rule here. The rule of lesson 00 says no.",
                ),
            ],
            hints=[
                "Loss = (probability - outcome) squared. The probability of `70` percent is "
                "`0.7`. A bet without an outcome has no loss: leave it out.",
                "Squared distances, and the missing ones left out, here of guesses of three "
                "ages:\n\n"
                "```\n"
                'guess = pd.Series({"Ana": 30, "Luz": 41, "Rui": 25})\n'
                'age = pd.Series({"Ana": 32, "Luz": None, "Rui": 24})\n'
                "((guess - age) ** 2).dropna()                # Ana 4, Rui 1\n"
                "```",
            ],
        ),
        Task(
            id="14.2",
            title="The table of a figure",
            answer="table",
            keys=("year",),
            unit="percent: columns year and share_percent, one row for each year",
            reference=lambda: _share(_zone(), _country()),
            misconceptions=[
                Misconception(
                    "upside down",
                    lambda: _share(_country(), _zone()),
                    "You divided Peru by the valley. A share is the part over the whole.",
                ),
                Misconception(
                    "part over the rest",
                    lambda: _share(_zone(), _country() - _zone()),
                    "You divided the valley by the rest of Peru. The whole holds the valley too.",
                ),
                Misconception(
                    "counted twice",
                    lambda: _with_both(_zone(), _country()),
                    "You added the valley to Peru before you divided. Peru's area holds it "
                    "already.",
                ),
                Misconception(
                    "one whole for all",
                    lambda: _share(_zone(), _country().iloc[-1]),
                    "You divided every year by Peru's area of the last one. Each year has its own "
                    "whole.",
                ),
                Misconception(
                    "growth of the valley",
                    lambda: _share(_zone(), _zone().iloc[0]),
                    "That is the valley in percent of its own first year. Divide by Peru.",
                ),
            ],
            hints=[
                'Merge the two tables on "year". Both have a column `area_ha`, so give suffixes.',
                "Two tables joined on a column, a new column, two columns kept. Here of eggs:\n\n"
                "```\n"
                'mine = pd.DataFrame({"month": [1, 2], "eggs": [5, 8]})\n'
                'farm = pd.DataFrame({"month": [1, 2], "eggs": [50, 40]})\n'
                'both = mine.merge(farm, on="month", suffixes=("_mine", "_farm"))\n'
                'both["percent"] = 100 * both["eggs_mine"] / both["eggs_farm"]\n'
                'both[["month", "percent"]]                   # 10 and 20\n'
                "```",
            ],
        ),
        Task(
            id="14.3",
            title="Your brief, its form",
            answer="brief",
            reference=_brief,
            misconceptions=[
                Misconception(
                    "a fraction for percent",
                    lambda: _brief(forecast={"probability_percent": 0.3}),
                    "A probability of 0.3 is less than one percent: write 30 for 30 percent.",
                ),
                Misconception(
                    "certain",
                    lambda: _brief(forecast={"probability_percent": 100}),
                    "A probability of 100 leaves no room for being wrong: 1 to 99 percent.",
                ),
                Misconception(
                    "too long",
                    lambda: _brief(text="word " * 900),
                    "The text has 900 words; write 250 to 800.",
                ),
                Misconception(
                    "a number that the text hides",
                    lambda: _brief(number_against={"value": "45.63 percent replanted"}),
                    "The number against your advice, 45.63, does not stand in the text: quote it "
                    "there too.",
                ),
                Misconception(
                    "settled too early",
                    lambda: _brief(forecast={"date": "2014-12-31"}),
                    "The forecast is settled before the brief is written: choose a later date.",
                ),
                Misconception(
                    "a year for a date",
                    lambda: _brief(forecast={"date": "2027"}),
                    f"The date of the forecast cannot be read, “2027”: {AS_DATE}.",
                ),
            ],
            hints=[
                "The check names one open point after the other. Write the text first: the number "
                "against your advice has to stand in it.",
                "Sources: for the figure and for the number write the name of the table, such as "
                "`cultivation_zones`; for the forecast, who will publish what.",
            ],
            rubric=[f"{name}: {question}" for name, (question, _) in RUBRIC.items()],
        ),
        Task(
            id="14.4",
            title="What one rule is worth",
            answer="number",
            unit="change of the Brier score, negative when the score gets better",
            reference=lambda: _by_the_other_rule() - _losses(_outcomes()).mean(),
            core=False,
            misconceptions=[
                Misconception(
                    "the score itself",
                    _by_the_other_rule,
                    "That is the score by the other rule. The question asks how much it changes.",
                ),
                Misconception(
                    "of one bet",
                    lambda: (_losses(_outcomes(huallaga_pacified=1)) - _losses(_outcomes())).sum(),
                    "That is the change of one loss. The Brier score is the mean over the settled "
                    "bets.",
                ),
                Misconception(
                    "over five bets",
                    lambda: (
                        (_losses(_outcomes(huallaga_pacified=1)) - _losses(_outcomes())).sum()
                        / len(READER)
                    ),
                    "You divided by all five bets. Two of them are not settled and do not count.",
                ),
            ],
            hints=[
                "Copy the outcomes, set bet 3 to `1`, take both means, subtract.",
                "One value changed in a copy, and the difference of two means, here of marks:\n\n"
                "```\n"
                'marks = pd.Series({"art": 4.0, "law": 6.0})\n'
                "other = marks.copy()\n"
                'other.loc["law"] = 8.0\n'
                "other.mean() - marks.mean()                  # 6 - 5 = 1\n"
                "```",
            ],
        ),
        Task(
            id="14.5",
            title="A base rate for another country",
            answer="number",
            unit="percent",
            reference=lambda: _rises_after(True),
            core=False,
            misconceptions=[
                Misconception(
                    "all years",
                    lambda: _rises(_changes("Colombia")),
                    "That is the share of all years. The question asks for those that followed a "
                    "rise.",
                ),
                Misconception(
                    "after a fall",
                    lambda: _rises_after(False),
                    "These are the years after a fall. The question asks for those after a rise.",
                ),
                Misconception(
                    "Peru",
                    lambda: _rises_after(True, "Peru"),
                    "That is Peru, as in the lesson. The question asks for Colombia.",
                ),
                Misconception(
                    "falls",
                    lambda: 100 - _rises_after(True),
                    "That is how often no rise followed. The question asks how often one did.",
                ),
                Misconception(
                    "the count",
                    lambda: float((_after(1) > 0).sum()),
                    "That is how many years rose again. The question asks for percent: over "
                    "all the years that followed a rise.",
                ),
                Misconception(
                    "joint share",
                    lambda: 100 * (_after(1) > 0).sum() / _changes("Colombia").notna().sum(),
                    "You divided by all years. The whole is only the years that followed a rise.",
                ),
                Misconception(
                    "the year after",
                    lambda: _rises(_after(-1)),
                    "You looked at the year after and not at the year before: `shift()` moves "
                    "the changes down by one row, `shift(-1)` up.",
                ),
            ],
            hints=[
                "First the change of each year. Then keep the years whose year before had a "
                "rise. Of these, which share rose?",
                "A change, and the change before it, here of a river in six years:\n\n"
                "```\n"
                "river = pd.Series([3, 5, 6, 4, 7, 8])        # metres\n"
                "change = river.diff()                        # none, 2, 1, -2, 3, 1\n"
                "after_a_fall = change[change.shift() < 0]    # one year: 3\n"
                "(after_a_fall > 0).mean()                    # 1: it rose each time\n"
                "```",
            ],
        ),
        Task(
            id="14.6",
            title="Review a brief",
            answer="text",
            reference=str,
            mentions=_named,
            words=(150, 450),
            core=False,
            hints=[
                "Take one criterion at a time. Quote the words of the brief that decide, then give "
                "the highest level whose sentence is true.",
                "Begin each line with the name of the criterion and the level: `Evidence, 3:`.",
            ],
            rubric=[
                "Each level is tied to words of the brief, quoted.",
                "At least one number was looked up in its table, and it is said what was found.",
                "Each comment ends with something that the author could do by tomorrow.",
                "The review is about the text and not about the author, nor about whether the "
                "reviewer would give the same advice.",
            ],
        ),
    ],
    turns=[
        Task(
            id="14.t1",
            title="One number for all bets",
            answer="number",
            unit="score (0 is perfect)",
            reference=lambda: _same_for_all(_outcomes().mean()),
            misconceptions=[
                Misconception(
                    "always fifty",
                    lambda: _same_for_all(0.5),
                    "That is the score of always fifty. Take the share of the bets that came true.",
                ),
                Misconception(
                    "the middle outcome",
                    lambda: _same_for_all(_outcomes().median()),
                    "You said the middle outcome for every bet. Take the mean of the outcomes.",
                ),
                Misconception(
                    "the sum",
                    lambda: _same_for_all(_outcomes().sum()),
                    "You said how many came true, and not their share.",
                ),
            ],
            hints=["An outcome is `1` or `0`. As with a mask, one method gives the share."],
        ),
        Task(
            id="14.t2",
            title="After a small change",
            answer="number",
            unit="fraction of these years",
            reference=lambda: float(_after_small().mean()),
            misconceptions=[
                Misconception(
                    "a count",
                    lambda: float(_after_small().sum()),
                    "That is how many of these years had a rise. For the share take the mean.",
                ),
                Misconception(
                    "how many years",
                    lambda: float(len(_after_small())),
                    "That is how many such years there are. In which part of them did it rise?",
                ),
                Misconception(
                    "after a large rise",
                    lambda: float(_after_small(5, 30).mean()),
                    "That is the last class, after a large rise. The middle one is `iloc[1]`.",
                ),
            ],
            hints=["Behind `groupby`, too, the mean of True and False is a share."],
        ),
    ],
)

check = TASKS.check
