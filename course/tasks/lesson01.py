"""Tasks of lesson 01: how do we read a policy article?"""

from __future__ import annotations

import pandas as pd

from course.checks import Misconception, Task, Tasks
from course.data import load

# 01.1 ------------------------------------------------------------------------------------------


def _count(*answers: str, section: str | None = "strategy") -> int:
    """Return the number of claims with one of these answers, in one section or in all."""
    claims = load("claims")
    fits = claims["second_source"].isin(answers)
    if section:
        fits &= claims["section"] == section
    return int(fits.sum())


def _precedence() -> int:
    """Return what `a | b & c` counts: Python joins b and c first."""
    return _count("differs", section=None) + _count("none_found")


def _either() -> int:
    claims = load("claims")
    unconfirmed = claims["second_source"].isin(["differs", "none_found"])
    return int((unconfirmed | (claims["section"] == "strategy")).sum())


def _in_section() -> int:
    return int((load("claims")["section"] == "strategy").sum())


# 01.2 ------------------------------------------------------------------------------------------


def _kind(point: int = 10) -> str:
    claims = load("claims").set_index("point")
    return claims["kind"].loc[point]


# 01.3, 01.5 ------------------------------------------------------------------------------------

COUNTRIES = ["gao_colombia", "gao_peru", "gao_bolivia", "gao_ecuador", "gao_venezuela"]
AGENCIES = ["gao_state", "gao_usaid", "gao_defense", "gao_dea"]


def _million(*aid_ids: str) -> float:
    """Return the sum of amounts of aid (USD million)."""
    amounts = load("aid").set_index("aid_id")["amount_usd_million"]
    return float(amounts.loc[list(aid_ids)].sum())


def _ecuador(*whole: str) -> float:
    return 100 * _million("gao_ecuador") / _million(*whole)


def _yearly(aid_id: str = "gao_peru", *, years: int | None = None) -> float:
    row = load("aid").set_index("aid_id").loc[aid_id]
    return _million(aid_id) / (years or int(row["year_end"] - row["year_start"]) + 1)


def _years_between() -> int:
    row = load("aid").set_index("aid_id").loc["gao_peru"]
    return int(row["year_end"] - row["year_start"])


# 01.4 ------------------------------------------------------------------------------------------


def _goal(target_id: str = "peru_2013_raised") -> float:
    return load("eradication_targets").set_index("target_id")["target_ha"].loc[target_id]


def _pulled(figure_id: str = "peru_2012_annex") -> float:
    return load("eradication").set_index("figure_id")["area_ha"].loc[figure_id]


def _percent_more(goal: float, base: float) -> float:
    return 100 * (goal - base) / base


# 01.6 ------------------------------------------------------------------------------------------


def _causal_points() -> pd.Series:
    claims = load("claims")
    return claims.loc[claims["kind"] == "causal", "point"]


def _quoted() -> dict[str, list[str]]:
    return {
        'the number of one causal claim, as in "point 28"': [
            f"point {point}" for point in _causal_points()
        ],
        'the words "change my mind"': ["change my mind"],
    }


# 01.7 ------------------------------------------------------------------------------------------


def _searched() -> dict[str, list[str]]:
    notes, claims = load("claim_notes"), load("claims")
    unfound = notes.loc[notes["says"] == "nothing found", "claim_id"]
    points = claims.loc[claims["claim_id"].isin(unfound), "point"]
    return {
        'the number of one claim of the list, as in "point 13"': [
            f"point {point}" for point in points
        ],
        'the words "According to"': ["according to"],
    }


# Your turn -------------------------------------------------------------------------------------


def _alone(kind: str) -> int:
    """Return the number of claims of a kind for which no second source was found."""
    claims = load("claims")
    return int(((claims["kind"] == kind) & (claims["second_source"] == "none_found")).sum())


TASKS = Tasks(
    "01",
    [
        Task(
            id="01.1",
            title="Not confirmed in the section on strategy",
            answer="integer",
            unit="claims",
            reference=lambda: _count("differs", "none_found"),
            misconceptions=[
                Misconception(
                    "only none found",
                    lambda: _count("none_found"),
                    "You counted only those with no second source. Where the second source "
                    "differs, the claim is not confirmed either: take both answers.",
                ),
                Misconception(
                    "only differs",
                    lambda: _count("differs"),
                    "You counted only those where the second source differs. Where none was found "
                    "the claim is not confirmed either: take both answers.",
                ),
                Misconception(
                    "all sections",
                    lambda: _count("differs", "none_found", section=None),
                    "You counted in the whole article. Join a second mask with `&`, for the "
                    "section.",
                ),
                Misconception(
                    "whole section",
                    _in_section,
                    "That is every claim of the section, confirmed or not. Join the mask of the "
                    "two answers with `&`.",
                ),
                Misconception(
                    "or for and",
                    _either,
                    "You joined the masks with `|`: it keeps rows that fit at least one of them. "
                    "Here a row has to fit both.",
                ),
                Misconception(
                    "no parentheses round or",
                    _precedence,
                    "Without round brackets `&` comes before `|`, so only one of the two answers "
                    "was joined with the section. Use `isin`, or put the part with `|` in round "
                    "brackets.",
                ),
                Misconception(
                    "agrees",
                    lambda: _count("agrees"),
                    "These are the confirmed ones. Turn the question round.",
                ),
                Misconception(
                    "length of a mask",
                    lambda: len(load("claims")),
                    "`len` of a mask counts all its answers, `False` too. Use `.sum()`.",
                ),
            ],
            hints=[
                "The answers are called `differs` and `none_found`. Make one mask for them and "
                "one for the section, and join the two.",
                "The same for figures and dates that agree: "
                '`looked_up = claims["kind"].isin(["figure", "date"])`, then '
                '`(looked_up & (claims["second_source"] == "agrees")).sum()`. Carry it over: '
                "which column, and which words, hold your two answers?",
            ],
        ),
        Task(
            id="01.2",
            title="What kind of claim is this?",
            answer="choice",
            choices=("figure", "target", "forecast", "causal", "testimony"),
            reference=_kind,
            misconceptions=[
                Misconception(
                    "number for figure",
                    lambda: "figure",
                    "It holds a number, but nothing had been counted yet when it was said. What "
                    "does somebody do who says such a thing?",
                ),
                Misconception(
                    "promise for forecast",
                    lambda: "forecast",
                    "Close: it is about the future. But a forecaster only watches. Here somebody "
                    "says what he himself will bring about.",
                ),
                Misconception(
                    "aim for cause",
                    lambda: "causal",
                    "A causal claim says that one thing brings about another. Here nothing is "
                    "said of what the eradication will do.",
                ),
                Misconception(
                    "said for seen",
                    lambda: "testimony",
                    "A testimony reports what a person saw or believes. This person is in office "
                    "and binds himself to something.",
                ),
            ],
            hints=[
                "Ask what could settle it: looking it up, waiting, a comparison, or whether a "
                "promise was kept.",
                "Another claim: point 6 says that US money will almost double. Nobody who says it "
                "can bring it about; one has to wait and see, so it is a forecast. Who says "
                "point 10, and is it in this person's hands?",
            ],
        ),
        Task(
            id="01.3",
            title="Ecuador's share",
            answer="number",
            unit="percent",
            tolerance=0.001,
            reference=lambda: _ecuador(*COUNTRIES),
            misconceptions=[
                Misconception(
                    "printed total",
                    lambda: _ecuador("gao_total"),
                    "You divided by the total in print, which is rounded. Divide by the sum of "
                    "the five countries' rows.",
                ),
                Misconception(
                    "everything below the line",
                    lambda: _ecuador(*COUNTRIES, "gao_total", *AGENCIES),
                    "You divided by the sum of the whole table, and it holds the same money three "
                    "times. Keep only the rows of the five countries.",
                ),
                Misconception(
                    "total among the countries",
                    lambda: _ecuador(*COUNTRIES, "gao_total"),
                    "The total itself is among the rows that you added. Keep only the rows of the "
                    "five countries.",
                ),
                Misconception(
                    "agencies",
                    lambda: _ecuador(*AGENCIES),
                    "You divided by the sum of the agencies. They split the same money in another "
                    "way, and two of them are only printed as about. Take the five countries.",
                ),
                Misconception(
                    "other four",
                    lambda: _ecuador(*[name for name in COUNTRIES if name != "gao_ecuador"]),
                    "You divided by the other four countries. A share is a part of the whole, and "
                    "the part belongs to it.",
                ),
                Misconception(
                    "against Colombia",
                    lambda: _ecuador("gao_colombia"),
                    "You compared Ecuador with Colombia. For a share the whole stands below the "
                    "line: all five countries.",
                ),
                Misconception(
                    "share as printed",
                    lambda: float(load("aid").set_index("aid_id")["share_percent"]["gao_ecuador"]),
                    "That is the share as printed. Compute it from the amounts, and do not round.",
                ),
                Misconception(
                    "rounded",
                    lambda: float(round(_ecuador(*COUNTRIES))),
                    "You rounded to whole percent. Leave the decimals: they are what the task is "
                    "about.",
                ),
                Misconception(
                    "rounded to one decimal",
                    lambda: round(_ecuador(*COUNTRIES), 1),
                    "You rounded. Whether the share lies above or below the half decides what "
                    "goes into print: leave all the decimals.",
                ),
                Misconception(
                    "one row too early",
                    lambda: 100 * _million("gao_bolivia") / _million(*COUNTRIES),
                    "That is Bolivia's share. Labels count from zero: look at the number at the "
                    "left of Ecuador's row.",
                ),
                Misconception(
                    "fraction",
                    lambda: _ecuador(*COUNTRIES) / 100,
                    "That is a fraction of one. Multiply by a hundred for percent.",
                ),
            ],
            hints=[
                "Filter the rows of the five countries first, then add up their amounts. "
                "Ecuador's amount stands in the row with the label `3`.",
                "The same for the share of the State Department among two agencies: "
                '`two = gao[gao["agency"].isin(["State Department", "DEA"])]`, then '
                '`100 * gao.loc[8, "amount_usd_million"] / two["amount_usd_million"].sum()`. '
                "Carry it over to the five countries, and to Ecuador's row.",
            ],
        ),
        Task(
            id="01.4",
            title="Percent of what?",
            answer="number",
            unit="percent more than in 2012",
            tolerance=0.002,
            reference=lambda: _percent_more(_goal(), _pulled()),
            misconceptions=[
                Misconception(
                    "goal against goal",
                    lambda: _percent_more(_goal(), _goal("peru_2012")),
                    "You compared with the goal of 2012. A report did so in print. The task asks "
                    "for the hectares that were pulled up.",
                ),
                Misconception(
                    "other count of 2012",
                    lambda: _percent_more(_goal(), _pulled("peru_2012_devida")),
                    "That base is another count of 2012, which adds voluntary removal. Take the "
                    "row `peru_2012_annex`.",
                ),
                Misconception(
                    "wrong base",
                    lambda: 100 * (_goal() - _pulled()) / _goal(),
                    "You divided by the goal. The base of more than in 2012 is 2012: it stands "
                    "below the line.",
                ),
                Misconception(
                    "ratio",
                    lambda: 100 * _goal() / _pulled(),
                    "That is the goal in percent of 2012. Subtract the hundred percent that were "
                    "there already.",
                ),
                Misconception(
                    "hectares",
                    lambda: _goal() - _pulled(),
                    "These are hectares more. Divide them by the hectares of 2012, and multiply "
                    "by a hundred.",
                ),
                Misconception(
                    "the article's percent",
                    lambda: load("claims").set_index("claim_id")["value"].loc["target_2013"],
                    "That is the article's goal. Compute what the goal of January 2013 asked for.",
                ),
                Misconception(
                    "first goal",
                    lambda: _percent_more(_goal("peru_2013_first"), _pulled()),
                    "That is the first goal for 2013, of October 2012. Take the one that was "
                    "raised in January 2013.",
                ),
                Misconception(
                    "rounded",
                    lambda: float(round(_percent_more(_goal(), _pulled()))),
                    "You rounded to whole percent. Give at least one decimal.",
                ),
                Misconception(
                    "goal of the plan",
                    lambda: _percent_more(_goal("peru_2013_plan"), _pulled()),
                    "That is the goal of the plan. Take the one that was raised in January 2013.",
                ),
                Misconception(
                    "fraction",
                    lambda: _percent_more(_goal(), _pulled()) / 100,
                    "That is a fraction of one. Multiply by a hundred for percent.",
                ),
            ],
            hints=[
                "More than something: the difference, divided by that something. The labels at "
                "the left tell `loc` which row you mean.",
                "The same for the goal of 2012 and the first goal of 2013: "
                '`old = targets.loc[3, "target_ha"]`, `new = targets.loc[4, "target_ha"]`, then '
                "`100 * (new - old) / old`. Carry it over: which rows do you need, and which of "
                "them stands below the line?",
            ],
            core=False,
        ),
        Task(
            id="01.5",
            title="Almost double, or less than usual?",
            answer="number",
            unit="million dollars a year",
            reference=_yearly,
            misconceptions=[
                Misconception(
                    "five years",
                    lambda: _yearly(years=_years_between()),
                    "You divided by the years between. Count them on your fingers: the first year "
                    "and the last both belong.",
                ),
                Misconception(
                    "all years",
                    lambda: _million("gao_peru"),
                    "That is the sum of all the years. Divide by their number.",
                ),
                Misconception(
                    "whole region",
                    lambda: _yearly("gao_total"),
                    "That is an average year of the whole region. Take the row of Peru.",
                ),
                Misconception(
                    "Colombia",
                    lambda: _yearly("gao_colombia"),
                    "That is Colombia. Labels count from zero: look at the number at the left of "
                    "Peru's row.",
                ),
                Misconception(
                    "the article's year",
                    lambda: _million("article_peru_2014"),
                    "That is the article's sum for the coming year. Compute the audit's average "
                    "year, to compare the two.",
                ),
            ],
            hints=[
                "The amount of Peru stands in `gao`, in the table of task 01.3. How many fiscal "
                "years are 2006 to 2011?",
                "The same for Bolivia over the first three years, if all of its money had come "
                'then: `gao.loc[2, "amount_usd_million"] / 3`, since 2006, 2007 and 2008 are '
                "three. Carry it over to Peru's row and to all the years.",
            ],
            core=False,
        ),
        Task(
            id="01.6",
            title="What would change your mind?",
            answer="text",
            reference=str,
            mentions=_quoted,
            words=(60, 200),
            hints=[
                "A causal claim compares two worlds. Only one of them happened: which places, "
                "people or years come close to the other?",
                "Try to end the sentence: I would think otherwise if, among those who ..., there "
                "were no more ... than among those who ...",
            ],
            rubric=[
                "The claim is told fairly: its author would agree that this is what was meant.",
                "How sure the writer is now is said in words or as a probability, with a reason.",
                "The finding is one that could really turn up, and it is told before it is known.",
                "It names a comparison: with whom, with which place or with which years.",
                "It would move a reader of either opinion, not only one.",
            ],
            core=False,
        ),
        Task(
            id="01.7",
            title="Where did you have to stop?",
            answer="text",
            reference=str,
            mentions=_searched,
            words=(60, 200),
            hints=[
                "Begin with the sentence itself: whom does it name? Then search for its rarest "
                "words, not for its number.",
                "Try the name of the place with the year, in Spanish. What you find may be the "
                "same number for another thing: read what is counted before you copy it.",
            ],
            rubric=[
                "Whom the article names, or that it names nobody, is said correctly.",
                "Another reader could repeat the search: where, in which language, which words.",
                "Not found is kept apart from false, and from true.",
                "A like number or a like event is not taken for a confirmation.",
                "The printable sentence stays true if the claim turns out to be wrong.",
            ],
            core=False,
        ),
    ],
    turns=[
        Task(
            id="01.t1",
            title="What the search found",
            answer="series",
            unit="claims, one number for each answer",
            reference=lambda: load("claims")["second_source"].value_counts(),
            misconceptions=[
                Misconception(
                    "shares",
                    lambda: load("claims")["second_source"].value_counts(normalize=True),
                    "These are shares. Leave the brackets of `value_counts` empty to count.",
                ),
                Misconception(
                    "percent",
                    lambda: 100 * load("claims")["second_source"].value_counts(normalize=True),
                    "These are percentages. The question asks how often each answer stands there.",
                ),
            ],
            hints=[
                'The kinds were counted with `claims["kind"].value_counts()`. The name of the '
                "column is new, the rest is the same."
            ],
        ),
        Task(
            id="01.t2",
            title="Claims on the subject",
            answer="integer",
            unit="claims",
            reference=lambda: int((load("claims")["section"] == "self-defense").sum()),
            misconceptions=[
                Misconception(
                    "the strategy",
                    lambda: int((load("claims")["section"] == "strategy").sum()),
                    "That is the section on strategy. The section on self-defense has the "
                    "name `self-defense`.",
                ),
                Misconception(
                    "all claims",
                    lambda: len(load("claims")),
                    "That is the number of all claims. The mask has to be `True` for one "
                    "section only.",
                ),
            ],
            hints=[
                'The lesson counted `(claims["second_source"] == "none_found").sum()` in two '
                "lines. Here the name of the section stands in quotation marks."
            ],
        ),
        Task(
            id="01.t3",
            title="Testimonies that stand alone",
            answer="integer",
            unit="claims",
            reference=lambda: _alone("testimony"),
            misconceptions=[
                Misconception(
                    "figures or events",
                    lambda: _alone("figure"),
                    "These are the figures, or the events: both have as many. Put the word for "
                    "the other kind between the quotation marks.",
                ),
                Misconception(
                    "all of the kind",
                    lambda: int((load("claims")["kind"] == "testimony").sum()),
                    "That is every testimony. Those that stand alone fit both masks: leave & and "
                    "what stands behind it.",
                ),
            ],
            hints=[
                'For figures the first mask is `claims["kind"] == "figure"`. The list of '
                "kinds in the lesson has the word that you need."
            ],
        ),
        Task(
            id="01.t4",
            title="The sum of the agencies",
            answer="number",
            unit="million dollars",
            reference=lambda: _million(*AGENCIES),
            misconceptions=[
                Misconception(
                    "the countries",
                    lambda: _million(*COUNTRIES),
                    "That is the sum of the countries. Keep the rows of the four agencies.",
                ),
                Misconception(
                    "the whole column",
                    lambda: _million(*COUNTRIES, "gao_total", *AGENCIES),
                    "That is the sum of all rows, and it holds the same money three times.",
                ),
                Misconception(
                    "the printed total",
                    lambda: _million("gao_total"),
                    "That is the total as printed. Add up the four rows.",
                ),
            ],
            hints=[
                "The countries' amounts stand in the column `amount_usd_million`, and the "
                "agencies' do as well."
            ],
        ),
    ],
)

check = TASKS.check
