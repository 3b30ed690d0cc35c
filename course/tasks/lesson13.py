"""Tasks of lesson 13: what should the law do?"""

from __future__ import annotations

import pandas as pd

from course.checks import Misconception, Task, Tasks, spellings
from course.data import load

# 13.1 ------------------------------------------------------------------------------------------


def _answers() -> pd.DataFrame:
    return load("selfdefense_law_provisions")


def _settled(*left_open: str) -> pd.Series:
    """Return how many questions each act settles, given which answers count as open."""
    answers = _answers()
    settled = ~answers["answer"].isin(left_open)
    return settled.groupby(answers["law_id"]).sum()


# 13.2 ------------------------------------------------------------------------------------------


def _peru(figure: str) -> float:
    return load("selfdefense_figures").set_index("figure_id")["value"].loc[figure]


def _abroad(figure: str, column: str = "value") -> float:
    return load("selfdefense_abroad").set_index("figure_id")[column].loc[figure]


def _people_a_weapon(**others: float) -> pd.Series:
    """Return people for each weapon, A to D, with some letters replaced."""
    arms = _abroad("mex_mich_arms")
    right = {
        "A": _peru("members_paper_2006") / _peru("shotguns_issued"),
        "B": _abroad("col_weapons", "denominator") / _abroad("col_weapons"),
        "C": _abroad("mex_mich_enlisted", "value_high") / arms,
        "D": _abroad("mex_mich_members") / arms,
    }
    return pd.Series(right | others)


# 13.3 ------------------------------------------------------------------------------------------

PHASES = ["sle_disarmed_april2000", "sle_disarmed_last", "sle_disarmed_all"]


def _phases(column: str) -> pd.Series:
    return load("selfdefense_abroad").set_index("figure_id")[column].loc[PHASES].astype("float64")


def _percentages() -> pd.Series:
    """Return the disarmed in percent of those who were disarmed or expected, by phase."""
    return 100 * _phases("value") / _phases("denominator")


# 13.4 ------------------------------------------------------------------------------------------

THREE = ["command", "register", "end"]


def _three(replaced: dict[str, str] | None = None, questions: list[str] = THREE) -> pd.DataFrame:
    """Return three questions side by side, one row an act, with some answers replaced."""
    answers = _answers()
    wide = answers.pivot(index="law_id", columns="question", values="answer")[questions]
    wide = wide.replace(replaced or {}).set_axis(THREE, axis=1)
    return wide.reset_index()


# 13.5 ------------------------------------------------------------------------------------------

CLAUSES = [27, 13, 14, 35, 45, 44]  # rows of the table whose notes the exercise prints


def _questions(**others: str) -> pd.Series:
    """Return which question each note answers, A to F, with some letters replaced."""
    rows = _answers()["question"].iloc[CLAUSES]
    return pd.Series(dict(zip("ABCDEF", rows, strict=True)) | others)


# 13.6 ------------------------------------------------------------------------------------------


def _share(part: float, whole: float) -> float:
    return 100 * part / whole


# 13.7 ------------------------------------------------------------------------------------------


def _quoted() -> dict[str, list[str]]:
    # any figure of the two tables may speak for a clause or against it; small ones could be chance
    tables = load("selfdefense_figures"), load("selfdefense_abroad")
    values = pd.concat([table["value"] for table in tables] + [tables[1]["denominator"]])
    shares = [*_percentages(), _share(_peru("weapons_registered_2022"), _peru("shotguns_issued"))]
    return {
        "a figure of the lesson or of these tasks": [
            *spellings(*values[values > 20].unique()),
            *(f"{share:.0f}{end}" for share in shares for end in ("%", " percent", " per cent")),
        ],
        "what is not known (use the words not known, not established or no figure)": [
            "not known",
            "not know",
            "unknown",
            "not established",
            "no figure",
        ],
    }


TASKS = Tasks(
    "13",
    [
        Task(
            id="13.1",
            title="What does each act settle?",
            answer="series",
            unit="questions settled, one whole number for each law_id",
            reference=lambda: _settled("not_established"),
            misconceptions=[
                Misconception(
                    "only yes",
                    lambda: _settled("not_established", "limited", "no"),
                    "You counted only yes. An act that answers no, or yes with limits, has "
                    "settled the question too.",
                ),
                Misconception(
                    "no as open",
                    lambda: _settled("not_established", "no"),
                    "One act answers a question with no, and you left that out. No is an answer: "
                    "it settles the question.",
                ),
                Misconception(
                    "limited as open",
                    lambda: _settled("not_established", "limited"),
                    "You left out the answer limited. Whoever wrote it settled something: find "
                    "out what in the column note.",
                ),
                Misconception(
                    "what is open",
                    lambda: _settled("yes", "no", "limited"),
                    "These are the questions that are not established. Count the others.",
                ),
                Misconception(
                    "all rows",
                    lambda: _settled(),
                    "That is the number of rows for each act. Look at the column answer first.",
                ),
            ],
            hints=[
                "First a column that is True where the answer is not `not_established`. Then "
                "group, then add.",
                'The lesson grouped by "question". Here one number for each act is asked: '
                '`groupby("law_id")`.',
            ],
        ),
        Task(
            id="13.2",
            title="How many people for one weapon?",
            answer="series",
            unit="people for each weapon: A, B, C and D",
            reference=_people_a_weapon,
            misconceptions=[
                Misconception(
                    "upside down",
                    lambda: 1 / _people_a_weapon(),
                    "That is weapons for each person. People for each weapon is the other way "
                    "round.",
                ),
                Misconception(
                    "registered for issued",
                    lambda: _people_a_weapon(
                        A=_peru("members_paper_2006") / _peru("weapons_registered_2022")
                    ),
                    "Look at A again: those weapons were registered in 2022, in four departments. "
                    "The people are those of the whole country, sixteen years earlier.",
                ),
                Misconception(
                    "committees for members",
                    lambda: _people_a_weapon(
                        A=_peru("committees_paper_2006") / _peru("shotguns_issued")
                    ),
                    "Look at A again: you divided committees by shotguns. The question asks for "
                    "people.",
                ),
                Misconception(
                    "strength for demobilised",
                    lambda: _people_a_weapon(
                        B=_abroad("col_strength_peak", "value_low") / _abroad("col_weapons")
                    ),
                    "Look at B again: you divided the estimated strength. Which people does the "
                    "report set beside the weapons? See `denominator`.",
                ),
                Misconception(
                    "the lower figure",
                    lambda: _people_a_weapon(
                        C=_abroad("mex_mich_enlisted", "value_low") / _abroad("mex_mich_arms")
                    ),
                    "Look at C again: it asks for the higher of the two figures for the enlisted.",
                ),
                Misconception(
                    "members for enlisted",
                    lambda: _people_a_weapon(
                        C=_abroad("mex_mich_members") / _abroad("mex_mich_arms")
                    ),
                    "Look at C again: it asks for those who enlisted. The members are those of D.",
                ),
            ],
            hints=[
                "One division a letter: people above, weapons below. The people of B stand in "
                "another column of the weapons' own row.",
                'B is `abroad["denominator"].loc["col_weapons"] / '
                'abroad["value"].loc["col_weapons"]`. The people of C stand in `value_high`.',
            ],
        ),
        Task(
            id="13.3",
            title="Whose share of whom?",
            answer="series",
            unit="percent, one value for each of the three rows",
            reference=_percentages,
            tolerance=0.01,
            misconceptions=[
                Misconception(
                    "one whole for all",
                    lambda: 100 * _phases("value") / _phases("denominator").max(),
                    "You divided all three by the total of all phases. Each row has its own whole "
                    "beside it.",
                ),
                Misconception(
                    "over the strength",
                    lambda: 100 * _phases("value") / _abroad("sle_strength"),
                    "You divided by the estimated strength of the militia. The question asks for "
                    "its share among everybody disarmed.",
                ),
                Misconception(
                    "upside down",
                    lambda: 100 * _phases("denominator") / _phases("value"),
                    "You divided the whole by the part: a share cannot be more than a hundred "
                    "percent.",
                ),
                Misconception(
                    "against the others",
                    lambda: 100 * _phases("value") / (_phases("denominator") - _phases("value")),
                    "You compared the militia with the others. The whole holds the militia as "
                    "well.",
                ),
            ],
            hints=[
                "A share is part over whole. The part is `value`; which column holds the whole of "
                "the same row?",
                '`100 * phases["value"] / phases["denominator"]`.',
            ],
        ),
        Task(
            id="13.4",
            title="Three questions side by side",
            answer="table",
            unit="words: columns law_id, command, register and end, one row for each act",
            keys=("law_id",),
            reference=_three,
            core=False,
            misconceptions=[
                Misconception(
                    "no for not established",
                    lambda: _three({"not_established": "no"}),
                    "You wrote no where the table has not_established. What we read does not say; "
                    "the act may.",
                ),
                Misconception(
                    "yes for limited",
                    lambda: _three({"limited": "yes"}),
                    "You made yes of limited. The limit is the answer: keep it.",
                ),
                Misconception(
                    "recognition for register",
                    lambda: _three(questions=["command", "recognition", "end"]),
                    "The column register holds the answers on recognition. To be a lawful body is "
                    "one thing, to be on a list another.",
                ),
                Misconception(
                    "leave for end",
                    lambda: _three(questions=["command", "register", "leave"]),
                    "The column end holds the answers on leave. One member who leaves does not "
                    "end a committee.",
                ),
            ],
            hints=[
                "`pivot` asks three things: what becomes the rows, what the columns, what stands "
                "where they cross.",
                '`answers.pivot(index="law_id", columns="question", values="answer")`, then three '
                "columns in double brackets.",
            ],
        ),
        Task(
            id="13.5",
            title="Which question does it answer?",
            answer="series",
            unit="words: one of the eight questions for each letter from A to F",
            reference=_questions,
            core=False,
            misconceptions=[
                Misconception(
                    "recognition for register",
                    lambda: _questions(A="recognition"),
                    "Look at A again: a list of persons is asked for. That a body is lawful does "
                    "not yet say who is in it.",
                ),
                Misconception(
                    "recognition for command",
                    lambda: _questions(B="recognition"),
                    "Look at B again: it names those who give orders. Recognition is another act.",
                ),
                Misconception(
                    "command for arms",
                    lambda: _questions(C="command"),
                    "Look at C again: what can a committee have only with permission?",
                ),
                Misconception(
                    "compensation for amnesty",
                    lambda: _questions(D="compensation"),
                    "Look at D again: nobody is paid here. What is forgone for soldiers, police "
                    "and committees of those years?",
                ),
                Misconception(
                    "leave and end swapped",
                    lambda: _questions(E="leave", F="end"),
                    "E and F are the wrong way round. Which is about one person, and which about "
                    "the committee's task?",
                ),
                Misconception(
                    "arms for end",
                    lambda: _questions(E="arms"),
                    "Look at E again: arms are named only to say what was not read. What does the "
                    "limit to the task settle?",
                ),
            ],
            hints=[
                "Read each note as the answer to a question. Which question must have been asked?",
                "B names who gives orders, C says what needs permission, E limits the task, F "
                "is about one person's choice.",
            ],
        ),
        Task(
            id="13.6",
            title="Two roles, one gap",
            answer="number",
            unit="percent",
            reference=lambda: _share(_peru("weapons_registered_2022"), _peru("shotguns_issued")),
            core=False,
            misconceptions=[
                Misconception(
                    "the rest",
                    lambda: (
                        100 - _share(_peru("weapons_registered_2022"), _peru("shotguns_issued"))
                    ),
                    "That is the part that the register cannot hold. The question asks for the "
                    "part that it could.",
                ),
                Misconception(
                    "upside down",
                    lambda: _share(_peru("shotguns_issued"), _peru("weapons_registered_2022")),
                    "You divided what was issued by what is registered. Turn it round.",
                ),
                Misconception(
                    "committees",
                    lambda: _share(
                        _peru("committees_recognised_2022"), _peru("committees_paper_2006")
                    ),
                    "These are committees. The question asks about weapons.",
                ),
                Misconception(
                    "a weapon for each member",
                    lambda: _share(_peru("weapons_registered_2022"), _peru("members_paper_2006")),
                    "You divided by members. The whole is the shotguns that were issued.",
                ),
            ],
            hints=[
                "The best case: every weapon on the register is one of the shotguns issued.",
                '`peru["value"].loc["weapons_registered_2022"]` over '
                '`peru["value"].loc["shotguns_issued"]`, times 100.',
            ],
        ),
        Task(
            id="13.7",
            title="The clause that is missing",
            answer="text",
            reference=str,
            mentions=_quoted,
            words=(100, 260),
            core=False,
            hints=[
                "Begin with the clause itself, as a sentence that could stand in a law: who, what, "
                "by when, watched by whom.",
                "The figure against you may come from another country: ask what would make it "
                "fair, and what would make it unfair.",
            ],
            rubric=[
                "The clause says who decides the end, who takes the weapons back, by when, and "
                "who watches.",
                "It says what members, widows and harmed neighbours get, and keeps that apart "
                "from amnesty.",
                "One figure supports the clause and one speaks against it, each with its "
                "denominator and its source's weakness.",
                "It names one of the eight questions that is not established, and does not read "
                "it as no.",
                "A committee member, a neighbour and a soldier would each find their case in it, "
                "and none is a villain.",
            ],
        ),
    ],
)

check = TASKS.check
