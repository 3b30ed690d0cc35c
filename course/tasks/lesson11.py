"""Tasks of lesson 11: did it work?"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
import pandas as pd

from course.checks import Misconception, Task, Tasks, together
from course.data import load

# The simulated villages ------------------------------------------------------------------------

CLASSES = (0, 2, 4, 6, 8, 10)
ABANDONED = 12  # people harmed in a thousand, above which an organised village is given up


def make_villages(points: float, effect: float, hidden: int = 0) -> pd.DataFrame:
    """Return the simulated villages of the lesson; all numbers are assumed.

    Parameters
    ----------
    points
        Percentage points by which the most threatened village is likelier to organise than the
        safest.
    effect
        People harmed in a thousand and a year that organising adds.
    hidden
        1 when united villages organise more and are harmed less for other reasons.

    Returns
    -------
    pandas.DataFrame
        2,000 rows: ``threat`` (0 to 10), ``organised`` and ``harmed`` (people in a thousand).
    """
    random = np.random.default_rng(11)
    threat = random.uniform(0, 10, 2000)
    united = random.integers(0, 2, 2000)
    chance = 50 + points * (threat - 5) / 10 + hidden * (40 * united - 20)
    organised = random.uniform(0, 100, 2000) < chance
    harmed = 5 + threat + effect * organised - 3 * hidden * united
    return pd.DataFrame({"threat": threat, "organised": organised, "harmed": harmed})


def survey() -> pd.DataFrame:
    """Return a simulated survey whose truth is not told beforehand."""
    return make_villages(points=-50, effect=0.5)


def _naive(villages: pd.DataFrame, how: str = "mean") -> float:
    average = villages.groupby("organised")["harmed"].agg(how)
    return average.loc[True] - average.loc[False]


def _gaps(villages: pd.DataFrame, borders: tuple[float, ...] = CLASSES) -> pd.Series:
    """Return the difference organised less not organised in each class of threat."""
    like = pd.cut(villages["threat"], list(borders))
    within = villages.groupby([like, "organised"])["harmed"].mean()
    return within.groupby("threat").diff().dropna()


def _across() -> float:
    """Return the mean of the steps from row to row, also from one class to the next."""
    villages = survey()
    like = pd.cut(villages["threat"], list(CLASSES))
    return villages.groupby([like, "organised"])["harmed"].mean().diff().dropna().mean()


def _weighted(villages: pd.DataFrame) -> float:
    """Return the mean of the gaps, each class weighted by its number of villages."""
    like = pd.cut(villages["threat"], list(CLASSES))
    weights = like.value_counts().sort_index().to_numpy()
    return float(np.average(_gaps(villages), weights=weights))


def _by_organised() -> float:
    """Return the mean of the gaps, each class weighted by its organised villages."""
    villages = survey()
    like = pd.cut(villages["threat"], list(CLASSES))
    weights = villages.groupby(like)["organised"].sum().to_numpy()
    return float(np.average(_gaps(villages), weights=weights))


# 11.1 ------------------------------------------------------------------------------------------


def _study(words: str) -> str:
    """Return the one study whose limits hold the given words."""
    studies = load("selfdefense_studies")
    return studies[studies["limits"].str.contains(words, regex=False, na=False)]["study_key"].item()


def _stories(**others: str) -> pd.Series:
    right = {
        "A": _study("expect loyalty"),
        "B": _study("war was lighter"),
        "C": _study("on the way up"),
        "D": _study("success bias"),
    }
    return pd.Series(right | others)


# What the limit of each study in the table is about.
TOPICS = {
    "expect loyalty": "whom a state trusts",
    "war was lighter": "a light war",
    "on the way up": "violence that was already growing",
    "success bias": "who is left to be studied",
    "donors look": "what gets reported",
    "did not strike": "whom the army struck",
}


def _with_study(letter: str, words: str) -> Callable[[], object]:
    return lambda: _stories(**{letter: _study(words)})


def _other_studies() -> list[Misconception]:
    """Return for each letter and each other study of the table a message that names both."""
    own = dict(zip("ABCD", TOPICS, strict=False))
    return [
        Misconception(
            f"{letter}: {topic}",
            _with_study(letter, words),
            f"Look at {letter} again: the limit of {_study(words)} is about {topic}, and "
            f"{letter} about {TOPICS[right]}.",
        )
        for letter, right in own.items()
        for words, topic in TOPICS.items()
        if words != right
    ]


# 11.2 ------------------------------------------------------------------------------------------


def _two(naive: float, matched: float) -> pd.Series:
    return pd.Series({"naive": naive, "matched": matched})


# 11.3 ------------------------------------------------------------------------------------------


def _roles(**others: str) -> pd.Series:
    """Return the part that each feature of the two rivers plays, with some replaced."""
    roles = load("selfdefense_two_rivers").set_index("feature_id")["role"].copy()
    for feature, role in others.items():
        roles.loc[feature] = role
    return roles


# Ways to misread a row: its label, the part it is given, and what to look at again.
MISREADINGS = [
    (
        "control_1990",
        "outcome",
        "it says what was held by the end of 1990, when the rondas were only forming. It comes "
        "before, and could explain the rest.",
    ),
    (
        "command",
        "rival",
        "who led the rondas is part of how they were organised, the very thing that is compared.",
    ),
    (
        "forces",
        "origin",
        "which service stood beside a community was not its way of organising, and could explain "
        "the outcome by itself.",
    ),
    (
        "forces",
        "outcome",
        "which service stood beside a community did not follow from what the rondas did, and "
        "could explain the outcome by itself.",
    ),
    (
        "federation",
        "same",
        "both rivers had one, but in 1990 one still met and the other had lost its head.",
    ),
    (
        "federation",
        "origin",
        "it is older than the rondas: one had lost its head before they formed. It could explain "
        "what followed by itself.",
    ),
    (
        "federation",
        "outcome",
        "one had lost its head before the rondas formed. What comes before cannot follow.",
    ),
]


def _all_differences() -> pd.Series:
    """Return the roles of someone who counts every difference as part of the origin."""
    roles = _roles()
    return roles.where(roles != "rival", "origin")


# 11.4 ------------------------------------------------------------------------------------------

CLAIMS = {
    "A": "schubiger2021",
    "B": "morenoleon2017",
    "C": "clayton2014",
    "D": "kaplan2013",
    "E": "peic2014",
}
WORDS = {
    "quasi_experiment": "cause",
    "association": "association",
    "case_study": "case",
}


def _grades(**others: str) -> pd.Series:
    """Return the strongest word that the design of each claim's study carries."""
    designs = load("selfdefense_studies").set_index("study_key")["design_code"]
    right = {letter: WORDS[designs.loc[key]] for letter, key in CLAIMS.items()}
    return pd.Series(right | others)


# 11.5 ------------------------------------------------------------------------------------------


def _left(
    *, whom: str = "organised", above: float = ABANDONED, of: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return the villages that are still there to be asked."""
    villages = make_villages(points=0, effect=0) if of is None else of
    hard_hit = villages["harmed"] > above
    gone = hard_hit & villages["organised"] if whom == "organised" else hard_hit
    return villages[~gone]


# 11.6 ------------------------------------------------------------------------------------------


def _quoted() -> dict[str, list[str]]:
    quoted = load("quoted_figures").set_index("figure_id")["value"]
    return {
        "the size of the claim for armed civilians": [f"{quoted.loc['peic_effect']:.0f}"],
        "an author on protection without arms": ["Kaplan", "Arjona", "Masullo", "Moreno"],
        'the word "compared"': ["compared"],
    }


# Your turn -------------------------------------------------------------------------------------


def _world(points: float = 60, effect: float = -1) -> pd.DataFrame:
    """Return the lesson's first world, with some of it replaced."""
    return make_villages(points, effect)


def _two_classes(last: float = 10) -> float:
    """Return the mean of the gaps in two classes of threat, the second up to a border."""
    return _gaps(_world(), (0, 5, last)).mean()


TASKS = Tasks(
    "11",
    [
        Task(
            id="11.1",
            title="Whose selection story?",
            answer="series",
            unit="words: one study_key for each letter from A to D",
            choices=lambda: [_study(words) for words in TOPICS],
            reference=_stories,
            misconceptions=_other_studies(),
            hints=[
                "Read the column `limits`, and ask of each row what it is about: trust, a "
                "light war, rising violence or success?",
                "The same with two stories about rain. Each value is a word in quotation "
                "marks, and a comma stands between two:\n\n"
                "```\n"
                'stories = pd.Series({"A": "wet_year", "B": "dry_year"})\n'
                "```",
            ],
        ),
        Task(
            id="11.2",
            title="Naive and matched",
            answer="series",
            unit="people in a thousand, two values: naive and matched",
            reference=lambda: _two(_naive(survey()), _gaps(survey()).mean()),
            misconceptions=[
                Misconception(
                    "the wrong way round",
                    lambda: _two(-_naive(survey()), -_gaps(survey()).mean()),
                    "You subtracted the organised from the others. The estimate is organised less "
                    "not organised, so that below zero means fewer harmed.",
                ),
                Misconception(
                    "no matching",
                    lambda: _two(_naive(survey()), _naive(survey())),
                    "Your two values are the same. For the second, take the difference inside "
                    "each class of threat first, then the mean of the five.",
                ),
                Misconception(
                    "two classes",
                    lambda: _two(_naive(survey()), _gaps(survey(), (0, 5, 10)).mean()),
                    "You matched in two wide classes, inside which the safer still organise more. "
                    "Use the five classes of the lesson.",
                ),
                Misconception(
                    "weighted mean",
                    lambda: _two(_naive(survey()), _weighted(survey())),
                    "You weighted the classes by their villages. Here the plain mean of the five "
                    "gaps is asked for.",
                ),
                Misconception(
                    "sum of gaps",
                    lambda: _two(_naive(survey()), _gaps(survey()).sum()),
                    "You added the five gaps. The matched estimate is their mean.",
                ),
                Misconception(
                    "the last class left out",
                    lambda: _two(_naive(survey()), _gaps(survey(), CLASSES[:-1]).mean()),
                    "Your last border is too low, so the villages above it got no class. Use "
                    "all the borders of the task.",
                ),
                Misconception(
                    "the middle class only",
                    lambda: _two(_naive(survey()), _gaps(survey(), CLASSES[2:4]).mean()),
                    "Your matched value is that of the middle class alone. Take the gap in every "
                    "class, then the mean.",
                ),
                Misconception(
                    "gaps across classes",
                    lambda: _two(_naive(survey()), _across()),
                    "Your `diff` also subtracts one class from the next. Put "
                    '`groupby("like")` before it, so that it stays inside a class.',
                ),
                Misconception(
                    "swapped",
                    lambda: _two(_gaps(survey()).mean(), _naive(survey())),
                    "The two values stand under each other's name: matched is the one taken "
                    "inside the classes.",
                ),
                Misconception(
                    "weighted by the organised",
                    lambda: _two(_naive(survey()), _by_organised()),
                    "You weighted each class by its organised villages. Here each of the five "
                    "gaps counts the same.",
                ),
            ],
            hints=[
                "Naive: group by `organised`, mean of `harmed`, True less False. Matched: the "
                "same inside each class of `threat`, then the mean of the gaps.",
                "The same on a class of pupils, who took extra lessons or not, and have lived "
                "some years near the school:\n\n"
                "```\n"
                'pupils = pd.DataFrame({"years": [1, 2, 6, 9], "marks": [4, 6, 7, 8],\n'
                '                       "extra": [True, False, True, False]})\n'
                'mean = pupils.groupby("extra")["marks"].mean()\n'
                "mean.loc[True] - mean.loc[False]                     # 5.5 - 7 = -1.5\n"
                'pupils["like"] = pd.cut(pupils["years"], [0, 5, 10])\n'
                'pairs = pupils.groupby(["like", "extra"])["marks"].mean()\n'
                'pairs.groupby("like").diff().dropna()                # -2 and -1\n'
                "```",
            ],
        ),
        Task(
            id="11.3",
            title="Tambo against Ene",
            answer="series",
            unit="words: same, origin, rival or outcome for each feature_id",
            reference=_roles,
            misconceptions=[
                *together(MISREADINGS, _roles),
                Misconception(
                    "every difference is the origin",
                    _all_differences,
                    "You count every earlier difference as part of the origin. Origin is who "
                    "began and who commanded; three other differences are rivals to it.",
                ),
            ],
            hints=[
                "Ask of each row: is it equal on both rivers? If not: is it the way of "
                "organising, something else that came before or beside it, or what followed?",
                "The form, on another table: one word for each label.\n\n"
                "```\n"
                'pd.Series({"height": "same", "rain": "rival", "harvest": "outcome"})\n'
                "```",
            ],
        ),
        Task(
            id="11.4",
            title="Grade five claims",
            answer="series",
            unit="words: cause, association or case for each letter from A to E",
            reference=_grades,
            core=False,
            misconceptions=[
                Misconception(
                    "statistics everywhere",
                    lambda: _grades(**dict.fromkeys(CLAIMS, "association")),
                    "You gave all five the same grade. One design has an instrument, and two "
                    "follow a single place.",
                ),
                Misconception(
                    "53 percent as a cause",
                    lambda: _grades(E="cause"),
                    "Look at E again: nothing in this design moves the use of civilian forces "
                    "apart from what states expect of them.",
                ),
                Misconception(
                    "protest as a cause",
                    lambda: _grades(B="cause"),
                    "Look at B again: people choose where to protest, and the design has nothing "
                    "that chooses for them.",
                ),
                Misconception(
                    "an instrument as an association",
                    lambda: _grades(A="association"),
                    "Look at A again: an instrument and a difference-in-differences aim at a "
                    "cause. Whether they reach it is what its limits ask.",
                ),
                Misconception(
                    "one province as statistics",
                    lambda: _grades(C="association"),
                    "Look at C again: a series of many months is still one province.",
                ),
                Misconception(
                    "one association as statistics",
                    lambda: _grades(D="association"),
                    "Look at D again: many threats were counted, but inside one association of "
                    "villagers.",
                ),
            ],
            hints=[
                "Read the column `design`: an instrument or a difference design aims at a "
                "cause, statistics over many places show what goes together, one place is a "
                "case.",
                "The form, with other letters. And a way to see it: who or what decided where "
                "the thing happened? A coin, or the people themselves?\n\n"
                "```\n"
                'pd.Series({"X": "case", "Y": "association"})\n'
                "```",
            ],
        ),
        Task(
            id="11.5",
            title="Who is left to be asked?",
            answer="number",
            unit="people in a thousand",
            reference=lambda: _naive(_left()),
            core=False,
            misconceptions=[
                Misconception(
                    "nobody dropped",
                    lambda: _naive(make_villages(points=0, effect=0)),
                    "You kept the abandoned villages. Drop the organised ones in which more than "
                    "12 in a thousand were harmed. (With `&` each condition needs brackets of its "
                    "own.)",
                ),
                Misconception(
                    "the survey of task 11.2",
                    lambda: _naive(_left(of=survey())),
                    "You used `villages`, the survey of task 11.2. Here take `all_villages`.",
                ),
                Misconception(
                    "both kinds dropped",
                    lambda: _naive(_left(whom="all")),
                    "You dropped hard-hit villages of both kinds. Of those without organisation "
                    "a register still knows all: only committees vanish.",
                ),
                Misconception(
                    "the wrong way round",
                    lambda: -_naive(_left()),
                    "You subtracted the organised from the others. The estimate is organised less "
                    "not organised.",
                ),
                Misconception(
                    "one average",
                    lambda: _left().groupby("organised")["harmed"].mean().loc[True],
                    "That is the average of the organised that are left. Subtract that of the "
                    "others.",
                ),
                Misconception(
                    "threshold of 10",
                    lambda: _naive(_left(above=10)),
                    "You gave up villages with more than `10` harmed in a thousand. The "
                    "question says more than `12`.",
                ),
                Misconception(
                    "median",
                    lambda: _naive(_left(), "median"),
                    "You compared medians. The naive estimate is a difference of means.",
                ),
            ],
            hints=[
                "Mark the lost villages: organised *and* more than `12` harmed. Keep the others "
                "(`~` turns True and False round), and compare as before.",
                "Rows marked by two conditions, and the others kept, here of three shops:\n\n"
                "```\n"
                'shops = pd.DataFrame({"small": [True, True, False], "debt": [9, 2, 9]})\n'
                'closed = shops["small"] & (shops["debt"] > 5)\n'
                "shops[~closed]                      # the second and the third are left\n"
                "```",
            ],
        ),
        Task(
            id="11.6",
            title="A letter to a donor",
            answer="text",
            reference=str,
            mentions=_quoted,
            words=(100, 250),
            core=False,
            hints=[
                "For each proposal: which outcome was measured, for whom, by which design, and "
                "who is likely to organise anyway?",
                "The study with 53 percent counts states that win. Name the study without arms "
                "by its author.",
            ],
            rubric=[
                "Outcome and unit are named for both proposals: a state's victory is not read "
                "as a village's safety, nor rule as safety.",
                "Armed and unarmed are held to the same standard: each has its selection story "
                "and its price.",
                "The data asked for would be measured before anyone organises and include those "
                "that failed and the neighbours.",
                "The last sentence claims no more than the designs carry, and says for whom.",
            ],
        ),
    ],
    turns=[
        Task(
            id="11.t1",
            title="Chance decides who organises",
            answer="number",
            unit="people in a thousand",
            reference=lambda: _naive(_world(points=0)),
            misconceptions=[
                Misconception(
                    "the first world",
                    lambda: _naive(_world()),
                    "That is the first world again, in which the most threatened organise more. "
                    "Here threat plays no part.",
                ),
                Misconception(
                    "turned round",
                    lambda: _naive(_world(points=-60)),
                    "Below zero the safest organise more. Here threat plays no part.",
                ),
                Misconception(
                    "no effect either",
                    lambda: _naive(_world(points=0, effect=0)),
                    "In your world organising does nothing. Leave `effect` as it was.",
                ),
            ],
            hints=[
                "`points` is the difference between two chances to organise: that of the most "
                "threatened less that of the safest."
            ],
        ),
        Task(
            id="11.t2",
            title="Two wide classes",
            answer="number",
            unit="people in a thousand",
            reference=_two_classes,
            misconceptions=[
                *(
                    Misconception(
                        f"up to {last}",
                        partial(_two_classes, last),
                        f"Your second class ends at `{last}`. Villages with more threat than that "
                        "got no class, so they fell out. Up to which number was threat drawn?",
                    )
                    for last in (6, 7, 8, 9)
                ),
                Misconception(
                    "five classes",
                    lambda: _gaps(_world()).mean(),
                    "That is the matched estimate with five classes. Here there are two.",
                ),
                Misconception(
                    "not matched",
                    lambda: _naive(_world()),
                    "That is the naive estimate. Take the gap inside each class first.",
                ),
            ],
            hints=["Threat was drawn between `0` and `10`, and a value outside gets no class."],
        ),
    ],
)

check = TASKS.check
