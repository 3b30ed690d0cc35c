"""Tasks of lesson 00: what will I do here, and how?"""

from __future__ import annotations

from course.checks import Misconception, Task, Tasks
from course.data import load

# 00.1, 00.3 ------------------------------------------------------------------------------------

HECTARES_A_SQUARE_KM = 100


def _area(year: int) -> float:
    """Return the UN's area under coca in Peru (ha)."""
    areas = load("cultivation")
    peru = areas[(areas["series"] == "un") & (areas["country"] == "Peru")]
    return float(peru.set_index("year")["area_ha"].loc[year])


def _square_km(year: int) -> float:
    return _area(year) / HECTARES_A_SQUARE_KM


def _change(part: float = 1) -> float:
    """Return the change from 2012 to 2013 (ha), the area of 2013 taken times ``part``."""
    return _area(2013) * part - _area(2012)


# 00.2 ------------------------------------------------------------------------------------------


def _bases(observer: str = "government", column: str = "bases") -> int:
    """Return the number in the last row of an observer in the table of bases."""
    bases = load("bases")
    return int(bases.loc[bases["observer"] == observer, column].iloc[-1])


def _row_label() -> int:
    bases = load("bases")
    return int(bases.index[bases["observer"] == "government"][-1])


# 00.4 ------------------------------------------------------------------------------------------

BET_PERCENT = 90  # given in the question


def _outcome() -> int:
    """Return 1 if more was pulled up in 2013 than the goal of January, else 0."""
    pulled = load("eradication").set_index("figure_id")["area_ha"]
    goal = load("eradication_targets").set_index("target_id")["target_ha"]
    return int(pulled["peru_2013_annex"] > goal["peru_2013_raised"])


# 00.5 ------------------------------------------------------------------------------------------


# What a text quotes may be said in the language of any edition.
BETS = ("bet", "apuesta")


def _quoted() -> dict[str, list[str]]:
    bets = load("forecasts")["bet_number"]
    return {
        "the number of a bet": [f"{word} {number}" for number in bets for word in BETS],
        "a probability in percent": ["%", "percent", "per cent", "por ciento"],
        "a reason with because": ["because", "porque"],
    }


TASKS = Tasks(
    "00",
    [
        Task(
            id="00.1",
            title="Change a number",
            answer="number",
            unit="square kilometres",
            reference=lambda: _square_km(2012),
            tolerance=0.0005,
            misconceptions=[
                Misconception(
                    "number not changed",
                    lambda: _square_km(2013),
                    "That is the area of 2013. The question is about 2012: change the number in "
                    "the first line, then run the cell again.",
                ),
                Misconception(
                    "hectares kept",
                    lambda: _area(2012),
                    "Those are hectares. A square kilometre holds a hundred of them: divide.",
                ),
                Misconception(
                    "multiplied",
                    lambda: _area(2012) * HECTARES_A_SQUARE_KM,
                    "You multiplied. A square kilometre is larger than a hectare, so there are "
                    "fewer of them: divide with /.",
                ),
                Misconception(
                    "thousand lost",
                    lambda: _area(2012) / 1000 / HECTARES_A_SQUARE_KM,
                    "Python reads a point as a decimal point. Write the thousands without a point "
                    "and without a comma.",
                ),
            ],
            hints=[
                "Two lines: the first gives the number of hectares a name, the second divides it.",
                "Another number: `forest_ha = 250`, and then "
                "`forest_km = forest_ha / 100` gives `2.5`. Carry it over to the hectares of 2012, "
                "as digits only, without a comma.",
            ],
        ),
        Task(
            id="00.2",
            title="Read a value",
            answer="integer",
            unit="bases",
            reference=_bases,
            misconceptions=[
                Misconception(
                    "row label",
                    _row_label,
                    "That is the label of the row, at the very left. The count stands in the "
                    "column `bases`.",
                ),
                Misconception(
                    "another observer",
                    lambda: _bases("press"),
                    "That is a count of the press. Look for the row whose observer is "
                    "`government`.",
                ),
                Misconception(
                    "the article's",
                    lambda: int(load("bases").set_index("figure_id")["bases"]["army_2012"]),
                    "That is the article's count of 2012. Look for the row whose observer is "
                    "`government`.",
                ),
                Misconception(
                    "the year",
                    lambda: _bases(column="year"),
                    "That is the year. The count stands two columns to the right of it.",
                ),
            ],
            hints=[
                "A row is one count. Find the row first: its observer is `government`.",
                "The count of 2016 stands in the row with the label `4`, so "
                '`bases.loc[4, "bases"]` reads it. Which label has the row of the government?',
            ],
        ),
        Task(
            id="00.3",
            title="Mend an error",
            answer="number",
            unit="ha",
            reference=_change,
            tolerance=0.0005,
            misconceptions=[
                Misconception(
                    "decimal point left",
                    lambda: _change(1 / 1000),
                    "No error is left, and still the second line is wrong: Python reads its point "
                    "as a decimal point, so 2013 has less than fifty hectares.",
                ),
                Misconception(
                    "decimal points in both",
                    lambda: _change() / 1000,
                    "Python reads a point as a decimal point. Write both areas as digits only.",
                ),
                Misconception(
                    "sign",
                    lambda: -_change(),
                    "The size is right, the sign is not: take the earlier year from the later one.",
                ),
                Misconception(
                    "sum",
                    lambda: _area(2012) + _area(2013),
                    "You added the two areas. A change is the later area less the earlier one.",
                ),
            ],
            hints=[
                "Read the last line of the error. A number is written as digits only, without "
                "blank, comma or point; a name must be spelled the same way each time.",
                "Three lines with the same mistakes: `goal = 22 000`, `pulled = 23.785`, "
                "`extra = puled - goal`. Mended they are `goal = 22000`, `pulled = 23785`, "
                "`extra = pulled - goal`. Carry it over to the three lines of the task.",
            ],
        ),
        Task(
            id="00.4",
            title="Score a bet",
            answer="number",
            reference=lambda: (BET_PERCENT / 100 - _outcome()) ** 2,
            misconceptions=[
                Misconception(
                    "percent not turned into a fraction",
                    lambda: (BET_PERCENT - _outcome()) ** 2,
                    "The probability went in as a percentage. The score wants a fraction: divide "
                    "it by 100 first.",
                ),
                Misconception(
                    "all in percent",
                    lambda: (BET_PERCENT - 100 * _outcome()) ** 2,
                    "You scored in percentages. The score wants fractions: 100 percent is 1.",
                ),
                Misconception(
                    "not squared",
                    lambda: abs(BET_PERCENT / 100 - _outcome()),
                    "That is how far the bet was off. The loss is that number times itself: ** 2.",
                ),
                Misconception(
                    "wrong outcome",
                    lambda: (BET_PERCENT / 100 - (1 - _outcome())) ** 2,
                    "That is the loss for the other outcome. Compare what was pulled up with the "
                    "goal: did it happen?",
                ),
            ],
            hints=[
                "First the outcome: was more pulled up than the goal? Then it is 1, else 0.",
                "Another bet, of `20` percent on rain, on a day without any: `rain = 20 / 100`, "
                "`rained = 0`, and `(rain - rained) ** 2` "
                "gives `0.04`. Carry it over to this bet and its outcome.",
            ],
            core=False,
        ),
        Task(
            id="00.5",
            title="One bet, one reason",
            answer="text",
            reference=str,
            mentions=_quoted,
            words=(15, 80),
            hints=[
                "Begin: On bet ... I put ... %, because ...",
                "Of another forecast, that it rains tomorrow: I put `70%` on rain, because it "
                "rained on most days of this month. A clear sky tonight would move me to `40%`.",
            ],
            rubric=[
                "The reason is about this forecast, and would not fit any other.",
                "The probability goes with the reason: a weak reason and a near-certain bet do "
                "not fit together.",
                "It says what would make the writer bet lower or higher.",
                "Labels such as narcoterrorist, if they occur, have a speaker.",
            ],
            core=False,
        ),
    ],
    turns=[
        Task(
            id="00.t1",
            title="All rows of a table",
            answer="integer",
            unit="rows",
            reference=lambda: len(load("bases")),
            misconceptions=[
                Misconception(
                    "as before",
                    lambda: 3,
                    "These are the three rows that you had, to 2012. Write a larger number and "
                    "run the cell again.",
                ),
                Misconception(
                    "label for number",
                    lambda: len(load("bases")) - 1,
                    "One row is missing: the last one shown is of 2016. The label of the row you "
                    "want is smaller than its place, because labels count from zero.",
                ),
            ],
            hints=[
                "Try a number, run the cell, and look at the column `year` of the last row. Then "
                "try a larger or a smaller one."
            ],
        ),
        Task(
            id="00.t2",
            title="Who counted",
            answer="series",
            unit="words: one for each row",
            reference=lambda: load("bases")["observer"],
            misconceptions=[
                Misconception(
                    "what for who",
                    lambda: load("bases")["kind"],
                    "That column says what was counted. Which one says who counted?",
                ),
                Misconception(
                    "where for who",
                    lambda: load("bases")["place"],
                    "That column says where was counted. Which one says who counted?",
                ),
            ],
            hints=[
                'The lesson wrote `bases["bases"]` for the column of counts. The names of the '
                "other columns stand at the top of the table above."
            ],
        ),
        Task(
            id="00.t3",
            title="The year of a count",
            answer="integer",
            unit="year",
            reference=lambda: int(load("bases").set_index("figure_id")["year"]["military_2016"]),
            misconceptions=[
                Misconception(
                    "the article's row",
                    lambda: int(load("bases").set_index("figure_id")["year"]["army_2012"]),
                    "That is the year of the article's counts. Take the row with the label `4`.",
                ),
                Misconception(
                    "the last row",
                    lambda: int(load("bases").set_index("figure_id")["year"]["army_2022"]),
                    "That is the last row, whose label is `5`: labels count from zero.",
                ),
            ],
            hints=[
                'The lesson read the article\'s row with `bases.loc[2, "observer"]`. Only the '
                "label and the column differ."
            ],
        ),
    ],
)

check = TASKS.check
