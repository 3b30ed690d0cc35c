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


def _part_settled() -> pd.Series:
    """Return the share of the questions that each act settles."""
    answers = _answers()
    return (answers["answer"] != "not_established").groupby(answers["law_id"]).mean()


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
    rows = _answers()["question"].take(CLAUSES)
    return pd.Series(dict(zip("ABCDEF", rows, strict=True)) | others)


# 13.6 ------------------------------------------------------------------------------------------


def _share(part: float, whole: float) -> float:
    return 100 * part / whole


# 13.7 ------------------------------------------------------------------------------------------


def city_districts() -> pd.DataFrame:
    """Return eight invented districts of a city.

    Returns
    -------
    pandas.DataFrame
        ``district``, whether neighbours ``patrol``, and burglaries in a thousand households in
        the year ``before`` the patrols and in the year ``after``.
    """
    return pd.DataFrame(
        {
            "district": list("ABCDEFGH"),
            "patrol": [True] * 4 + [False] * 4,
            "before": [4, 5, 6, 5, 9, 10, 12, 9],
            "after": [4, 4, 6, 5, 9, 9, 11, 9],
        }
    )


def _patrols(year: str = "after") -> pd.Series:
    """Return the difference between districts with and without a patrol: level and change."""
    city = city_districts()
    city["moved"] = city["after"] - city["before"]
    means = city.groupby("patrol")[[year, "moved"]].mean()
    naive, change = (means[name].loc[True] - means[name].loc[False] for name in means)
    return pd.Series([naive, change], index=["naive", "change"])


# 13.8 ------------------------------------------------------------------------------------------


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


# Your turn -------------------------------------------------------------------------------------


def _alike(other: str, *, answered: bool = False) -> pd.Series:
    """Return for each question whether the act of 1991 and another stand alike in the grid."""
    answers = load("selfdefense_law_provisions")
    grid = answers.pivot(index="question", columns="law_id", values="answer")
    same = grid["per_1991"] == grid[other]
    return same & (grid["per_1991"] != "not_established") if answered else same


def _weapons_for_a_hundred(people: float) -> float:
    return 100 * float(_of_colombia("col_weapons", "value")) / float(people)


def _over_strength() -> float:
    return _weapons_for_a_hundred(_of_colombia("col_strength_peak", "value_low"))


def _of_colombia(row: str, column: str) -> float:
    return load("selfdefense_abroad").set_index("figure_id")[column][row]


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
                    "That is the number of rows for each act. Is the word spelled as in the column "
                    "answer, with its underscore, and do you add up rather than count?",
                ),
                Misconception(
                    "mean for sum",
                    _part_settled,
                    "These are shares of the eight questions: the mean of True and False. The "
                    "question asks how many: add them.",
                ),
            ],
            hints=[
                "First a column that is True where the answer is not `not_established`. Then "
                "group, then add.",
                "A new column of True and False, added up by group. Here of books on two "
                "shelves:\n\n"
                "```\n"
                'books = pd.DataFrame({"shelf": ["A", "A", "B"],\n'
                '                      "author": ["Paz", "none", "Ruiz"]})\n'
                'books["known"] = books["author"] != "none"\n'
                'books.groupby("shelf")["known"].sum()        # A 1, B 1\n'
                "```",
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
                Misconception(
                    "weapons for a hundred",
                    lambda: 100 / _people_a_weapon(),
                    "That is weapons for a hundred people, as in the lesson's figure. The task "
                    "asks for people for one weapon.",
                ),
                Misconception(
                    "people for a hundred",
                    lambda: 100 * _people_a_weapon(),
                    "That is people for a hundred weapons. Leave the 100 out: the task asks for "
                    "one weapon.",
                ),
                Misconception(
                    "A upside down",
                    lambda: _people_a_weapon(A=1 / _people_a_weapon()["A"]),
                    "Look at A again: you divided weapons by people. The people go above the line.",
                ),
                Misconception(
                    "B upside down",
                    lambda: _people_a_weapon(B=1 / _people_a_weapon()["B"]),
                    "Look at B again: you divided weapons by people. The people go above the line.",
                ),
                Misconception(
                    "C upside down",
                    lambda: _people_a_weapon(C=1 / _people_a_weapon()["C"]),
                    "Look at C again: you divided weapons by people. The people go above the line.",
                ),
                Misconception(
                    "D upside down",
                    lambda: _people_a_weapon(D=1 / _people_a_weapon()["D"]),
                    "Look at D again: you divided weapons by people. The people go above the line.",
                ),
            ],
            hints=[
                "One division a letter: people above, weapons below. The people of B stand in "
                "another column of the weapons' own row.",
                "Two numbers taken from a table by column and row, and divided:\n\n"
                "```\n"
                'farm = pd.DataFrame({"value": [12, 30], "value_high": [15, 48]},\n'
                '                    index=["cows", "hens"])\n'
                'hens_a_cow = farm["value_high"].loc["hens"] / farm["value"].loc["cows"]\n'
                'pd.Series({"A": hens_a_cow})                 # 48 / 12 = 4\n'
                "```",
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
                    "You divided all three rows by one and the same number. Each row has its own "
                    "whole beside it.",
                ),
                Misconception(
                    "the sum of the wholes",
                    lambda: 100 * _phases("value") / _phases("denominator").sum(),
                    "You divided all three rows by the sum of a column. Each row has its own "
                    "whole beside it.",
                ),
                Misconception(
                    "the largest part",
                    lambda: 100 * _phases("value") / _phases("value").max(),
                    "You divided all three rows by the militia's own total. The whole of a row "
                    "is everybody who was disarmed.",
                ),
                Misconception(
                    "the others",
                    lambda: 100 - _percentages(),
                    "That is the share of all the others. The question asks for the share of the"
                    " militia.",
                ),
                Misconception(
                    "the others counted",
                    lambda: _phases("denominator") - _phases("value"),
                    "You took the part away from the whole, which leaves the number of the "
                    "others. A share divides.",
                ),
                Misconception(
                    "militia counted twice",
                    lambda: 100 * _phases("value") / (_phases("denominator") + _phases("value")),
                    "You added the militia to the whole. It is counted in there already.",
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
                "A share is part over whole. The part is `value`; which column holds the whole "
                "of the same row?",
                "Each row over its own whole, here of votes:\n\n"
                "```\n"
                'vote = pd.DataFrame({"yes": [30, 45], "voters": [60, 50]},\n'
                '                    index=["north", "south"])\n'
                '100 * vote["yes"] / vote["voters"]           # north 50, south 90\n'
                "```",
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
                "`pivot` asks three things: what becomes the rows, what the columns, what "
                "stands where they cross.",
                "A long table made wide, and some of its columns kept, here of marks:\n\n"
                "```\n"
                'marks = pd.DataFrame({"pupil": ["Ana", "Ana", "Luz", "Luz"],\n'
                '                      "subject": ["art", "law", "art", "law"],\n'
                '                      "mark": ["good", "poor", "fair", "good"]})\n'
                'wide = marks.pivot(index="pupil", columns="subject", values="mark")\n'
                'wide[["law", "art"]]\n'
                "```",
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
                'One that is not in the table: "the mayor signs a paper that names the group '
                'as lawful". The question must have been: is it a lawful body? So the word is '
                "`recognition`, although a paper is a list of a kind.",
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
                "A part over its whole, in percent, from one column:\n\n"
                "```\n"
                'keys = pd.Series({"found": 12, "lost": 48})\n'
                '100 * keys.loc["found"] / keys.loc["lost"]   # 25\n'
                "```",
            ],
        ),
        Task(
            id="13.7",
            title="Patrols in a city",
            answer="series",
            unit="burglaries in a thousand households, for naive and change",
            reference=_patrols,
            core=False,
            misconceptions=[
                Misconception(
                    "the wrong way round",
                    lambda: -_patrols(),
                    "You subtracted the districts with a patrol from the others. Take with less "
                    "without.",
                ),
                Misconception(
                    "no change",
                    lambda: pd.Series(dict.fromkeys(["naive", "change"], _patrols()["naive"])),
                    "Your two values are the same. For the second, compare how much each kind of "
                    "district changed.",
                ),
                Misconception(
                    "before for after",
                    lambda: _patrols(year="before"),
                    "Your first value compares the year before the patrols. The mayor speaks of "
                    "the year after.",
                ),
                Misconception(
                    "before less after",
                    lambda: _patrols() * pd.Series({"naive": 1, "change": -1}),
                    "Your change is before less after. Take after less before: below zero means "
                    "fewer burglaries.",
                ),
            ],
            hints=[
                "Means by `patrol`, and True less False, as in lesson 11. For the second value "
                "make a column of after less before first.",
                "Means of a new column by group, here of marks before and after a holiday:\n\n"
                "```\n"
                'pupils = pd.DataFrame({"read": [True, True, False], "may": [4, 6, 5],\n'
                '                       "june": [6, 8, 6]})\n'
                'pupils["gain"] = pupils["june"] - pupils["may"]\n'
                'gain = pupils.groupby("read")["gain"].mean()\n'
                "gain.loc[True] - gain.loc[False]             # 2 - 1 = 1\n"
                "```",
            ],
        ),
        Task(
            id="13.8",
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
                "It says what members, widows and harmed neighbours get, and that no payment "
                "ends a trial. (Not asked of a text on weapons alone, the alternative of the "
                "content note.)",
                "One figure supports the clause and one speaks against it, each with what it "
                "counts, of what whole, and who says so.",
                "It names a thing that is not known and on which the clause depends, and does "
                "not take it for a no.",
                "It holds a sentence that a committee member who disagrees would accept as fair, "
                "and makes nobody a villain.",
            ],
        ),
    ],
    turns=[
        Task(
            id="13.t1",
            title="Then and now",
            answer="series",
            unit="True or False for each question",
            reference=lambda: _alike("per_2025_cad"),
            misconceptions=[
                Misconception(
                    "the amnesty",
                    lambda: _alike("per_2025"),
                    "You took the amnesty of 2025. The law on committees is the other act of "
                    "that year.",
                ),
                Misconception(
                    "the law of 2022",
                    lambda: _alike("per_2022"),
                    "That is the law of 2022, which was struck down. Take the new one.",
                ),
                Misconception(
                    "an older law",
                    lambda: _alike("per_2003"),
                    "That is the law of 2003 or the act of 1986, both on the rondas. Take the new "
                    "law on committees.",
                ),
                Misconception(
                    "the regulation",
                    lambda: _alike("per_1992"),
                    "That is the regulation of 1992. Take the new law.",
                ),
                Misconception(
                    "the act itself",
                    lambda: _alike("per_1991"),
                    "You compared the act of 1991 with itself. Take the new law on committees.",
                ),
                Misconception(
                    "where they differ",
                    lambda: ~_alike("per_2025_cad"),
                    "That is where the two differ. The sign == asks where they show the same.",
                ),
                Misconception(
                    "a sum of words",
                    lambda: _alike("per_2025_cad") & False,
                    "No question is the same here: you compared a column with a sum of words. "
                    "Compare the two columns first, and add up afterwards.",
                ),
                Misconception(
                    "answers only",
                    lambda: _alike("per_2025_cad", answered=True),
                    "You left out where both show a question mark. Keep them first, and then "
                    "look at them.",
                ),
            ],
            hints=["The text above the grid says which of the acts of 2025 is which."],
        ),
        Task(
            id="13.t2",
            title="Weapons over strength",
            answer="number",
            unit="weapons for a hundred people",
            reference=_over_strength,
            misconceptions=[
                Misconception(
                    "the demobilised",
                    lambda: _weapons_for_a_hundred(_of_colombia("col_weapons", "denominator")),
                    "You took the people demobilised again. Take the estimate of strength.",
                ),
                Misconception(
                    "upside down",
                    lambda: 10_000 / _over_strength(),
                    "That is people for a hundred weapons. The weapons go above the line.",
                ),
                Misconception(
                    "a fraction",
                    lambda: _over_strength() / 100,
                    "That is for one person. For a hundred, multiply by 100.",
                ),
            ],
            hints=["The columns of the table: `value`, `value_low` and `value_high`."],
        ),
    ],
)

check = TASKS.check
