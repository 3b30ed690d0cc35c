"""Tasks of lesson 12: does the Peruvian lesson travel?"""

from __future__ import annotations

import pandas as pd

from course.checks import Misconception, Task, Tasks, together
from course.data import load

# The first rival code that `code_doubt` names for an origin.
RIVALS = {
    "COL_CONV": "elite",
    "MEX_UPOEG": "bottom_up",
    "MEX_MICH": "mixed",
    "IRQ_SOI": "bottom_up",
    "SLE_CDF": "elite",
    "TUR_VG": "elite",
    "IND_SJ": "state",
    "UGA_ARROW": "bottom_up",
    "CMR_VIG": "state",
}
# Cases in which a rule of the codebook decides, and the key names no rival.
TRAINING = ["PER_CAD", "COL_AUC", "MEX_CRAC", "NGA_CJTF", "AFG_ALP", "BFA_VDP"]


def _cases() -> pd.DataFrame:
    return load("selfdefense_cases").set_index("case_id")


# 12.1 ------------------------------------------------------------------------------------------


def _training(**others: str) -> pd.Series:
    """Return the key's codes of the training cases, with some replaced."""
    codes = _cases()["origin_code"].loc[TRAINING].to_dict()
    return pd.Series(codes | others)


# Ways to read a training case past its rule: case, code, and what to look at again.
MISREADINGS = [
    (
        "NGA_CJTF",
        "mixed",
        "who acted first? The state paid and supplied later, and the rule for `mixed` says what "
        "that does to an origin.",
    ),
    (
        "MEX_CRAC",
        "state",
        "compare the year of the start with the year of the law. A law that recognises a group did "
        "not create it.",
    ),
    (
        "BFA_VDP",
        "mixed",
        "older village groups were absorbed. Which rule speaks of exactly that?",
    ),
    (
        "AFG_ALP",
        "state",
        "the ministry came into it. Whose programme and money stood at the start?",
    ),
    (
        "PER_CAD",
        "bottom_up",
        "some villages rose first. Read on to the second half of the sentence, then the rules.",
    ),
    (
        "PER_CAD",
        "state",
        "the army imposed some committees. Did it start them all?",
    ),
    (
        "COL_AUC",
        "mixed",
        "several parties took part. Is any of them the villagers, or do all have means to pay?",
    ),
]


# 12.2 ------------------------------------------------------------------------------------------


def _rival() -> pd.Series:
    """Return the origins with each rival code taken."""
    codes = _cases()["origin_code"].copy()
    for case, code in RIVALS.items():
        codes.loc[case] = code
    return codes


def _agreement() -> float:
    return float((_cases()["origin_code"] == _rival()).mean())


def _chance() -> float:
    key, rival = _cases()["origin_code"], _rival()
    return float((key.value_counts() * rival.value_counts()).sum() / len(key) ** 2)


def _beyond(chance: float) -> float:
    """Return the agreement beyond a chance, as a share of what is possible beyond it."""
    return (_agreement() - chance) / (1 - chance)


def _rounded_steps() -> float:
    """Return the kappa of someone who takes both shares in whole percent."""
    chance = round(_chance(), 2)
    return (round(_agreement(), 2) - chance) / (1 - chance)


# 12.3 ------------------------------------------------------------------------------------------


def _two_by_two(
    payers: tuple[str, ...] = ("community",),
    interests: tuple[str, ...] = ("collective",),
    *,
    unknown: bool = False,
) -> pd.DataFrame:
    """Return who pays by what is protected; cases of unknown funding are left out or kept."""
    cases = _cases()
    if not unknown:
        cases = cases[cases["funding_code"] != "not_established"]
    payer = cases["funding_code"].isin(payers).map({True: "community", False: "others"})
    protects = cases["interest_code"].isin(interests).map({True: "collective", False: "other"})
    table = pd.crosstab(payer.rename("payer"), protects.rename("protects"))
    return table.reset_index()


def _shares() -> pd.DataFrame:
    table = _two_by_two().set_index("payer")
    return table.div(table.sum(axis=1), axis=0).reset_index()


# 12.4 ------------------------------------------------------------------------------------------


def _three() -> pd.DataFrame:
    names = ["col_selective_killings", "col_killings_2018", "col_killings_2022"]
    return load("selfdefense_abroad").set_index("figure_id").loc[names]


def _deaths(whole: str = "col_selective_killings", factor: float = 1 / 100) -> pd.Series:
    """Return the deaths laid to the paramilitaries in the three counts."""
    three = _three()
    deaths = three["value"].copy()
    share = deaths.loc["col_selective_killings"]
    deaths.loc["col_selective_killings"] = share * factor * three["denominator"].loc[whole]
    return deaths


# 12.5 ------------------------------------------------------------------------------------------


def _lists() -> pd.DataFrame:
    """Return the municipalities by department, one column a year."""
    lists = load("successor_municipalities").set_index(["department", "year"])
    return lists["municipalities"].unstack()


def _change(departments: pd.Series) -> int:
    lists = _lists()[departments]
    return int(lists[2013].sum() - lists[2012].sum())


def _every() -> pd.Series:
    return _lists()[2013] >= 0


def _in_both() -> pd.Series:
    lists = _lists()
    return (lists[2012] > 0) & (lists[2013] > 0)


# 12.6 ------------------------------------------------------------------------------------------


def _percent(
    released: str = "nga_children_1727",
    identified: str = "nga_children_identified",
    also: str = "",
) -> float:
    values = load("selfdefense_abroad").set_index("figure_id")["value"]
    whole = values.loc[identified] + (values.loc[also] if also else 0)
    return 100 * float(values.loc[released] / whole)


# 12.7 ------------------------------------------------------------------------------------------


def _quoted() -> dict[str, list[str]]:
    # a student's own kappa is as good as the lesson's
    kappas = [f"{kappa / 100:.{places}f}" for kappa in range(101) for places in (1, 2)]
    cases = _cases()
    elsewhere = cases[~cases["country"].isin(["Peru", "Colombia"])]
    # short names that are no part of an ordinary word
    names = ["Civilian Joint Task Force", "Yan Gora", "Salwa Judum", "Kamajor", "Naparama"]
    names += ["Arrow Boys", "Arrow militia", "Sons of Iraq", "Sahwa", "CAFGU", "CRAC-PC"]
    names += ["UPOEG", "village guards", "Afghan Local Police", "Guatemala", "Volunteers for"]
    names += ["Vigilance committees", "Michoac", "CJTF"]
    return {
        "the number of cases": [str(len(cases)), "twenty-one"],
        "a kappa, as a number": [*kappas, *(kappa.replace(".", ",") for kappa in kappas)],
        "a group outside Peru and Colombia": [
            *names,
            *elsewhere["group_name"],
            *elsewhere.index,
        ],
        'what the table cannot show (with the word "cannot")': ["cannot", "can not", "can't"],
    }


# Your turn -------------------------------------------------------------------------------------


def _in_a_box(*, everywhere: bool = False) -> pd.Series:
    """Return which groups elsewhere, or all, the contrast of the article has a box for."""
    cases = _cases()
    if not everywhere:
        cases = cases[~cases["country"].isin(["Peru", "Colombia"])]
    return cases["interest_code"].isin(["collective", "private"])


def _kappa(one: pd.Series, other: pd.Series) -> float:
    chance = (one.value_counts() * other.value_counts()).sum() / len(one) ** 2
    return float(((one == other).mean() - chance) / (1 - chance))


def _one_doubt() -> pd.Series:
    codes = _cases()["origin_code"].copy()
    codes.loc["TUR_VG"] = RIVALS["TUR_VG"]
    return codes


TASKS = Tasks(
    "12",
    [
        Task(
            id="12.1",
            title="Code blind",
            answer="series",
            unit="words: one code of the codebook for each of the six training cases",
            reference=_training,
            misconceptions=[
                *together(MISREADINGS, _training),
            ],
            hints=[
                "Ask of each: what was the very first organised act, and whose was it? What "
                "came later (pay, arms, a law, a command) does not count.",
                "One that is not in the table: a fishing village posts guards in one year, and "
                "two years later the navy begins to pay them. The first organised act is the "
                "village's own, before any pay. So the code is `bottom_up`, and the navy's "
                "money does not change it.",
            ],
        ),
        Task(
            id="12.2",
            title="Kappa, from a code string",
            answer="number",
            unit="fractions (1 is full agreement)",
            tolerance=0.01,
            reference=lambda: _beyond(_chance()),
            misconceptions=[
                Misconception(
                    "percent agreement",
                    _agreement,
                    "This is the share of cases with the same code. Chance has not been taken off.",
                ),
                Misconception(
                    "chance itself",
                    _chance,
                    "This is what chance would give. Now the agreement beyond it.",
                ),
                Misconception(
                    "not divided",
                    lambda: _agreement() - _chance(),
                    "You took chance off. Kappa also divides by what was possible beyond chance, "
                    "1 - chance.",
                ),
                Misconception(
                    "no brackets",
                    lambda: _agreement() - _chance() / 1 - _chance(),
                    "Brackets are missing. Python divides before it subtracts: put brackets around "
                    "`agree - chance`, and around `1 - chance`.",
                ),
                Misconception(
                    "brackets below only",
                    lambda: _agreement() - _chance() / (1 - _chance()),
                    "Brackets are missing above. Python divides before it subtracts: put brackets "
                    "around `agree - chance` too.",
                ),
                Misconception(
                    "a count for a share",
                    lambda: (_agreement() * len(_cases()) - _chance()) / (1 - _chance()),
                    "A kappa above 1 cannot be. Your `agree` is a number of cases: take the share "
                    "of the cases, as `.mean()` of a mask does.",
                ),
                Misconception(
                    "shares of no pair",
                    lambda: _beyond(_chance() * len(_cases()) ** 2),
                    "Your chance is a number of pairs and no share: divide it by N squared.",
                ),
                Misconception(
                    "rounded steps",
                    _rounded_steps,
                    "Nearly: this comes from shares that were rounded, as the lesson prints them. "
                    "Take both from the columns, and round only what you print.",
                ),
                Misconception(
                    "equal dice",
                    lambda: _beyond(1 / _cases()["origin_code"].nunique()),
                    "Your chance gives every code the same weight. Use how often each coder uses "
                    "each code.",
                ),
                Misconception(
                    "chance over N",
                    lambda: _beyond(_chance() * len(_cases())),
                    "Your chance is above 1: divide the sum of the products by N squared, once "
                    "for each coder.",
                ),
            ],
            hints=[
                "First the share of cases with the same code. For chance, multiply the two "
                "`value_counts()`: pandas lines them up code by code. Then take chance off "
                "both what they reached and what was possible.",
                "Agreement and chance for four cases and two codes:\n\n"
                "```\n"
                'one = pd.Series(["a", "a", "b", "b"])\n'
                'other = pd.Series(["a", "b", "b", "b"])\n'
                "(one == other).mean()                                 # 3 of 4: 0.75\n"
                "products = one.value_counts() * other.value_counts()  # 2 * 1 and 2 * 3\n"
                "products.sum() / len(one) ** 2                        # 8 / 16 = 0.5\n"
                "# kappa: what 0.75 has above 0.5, over what 1 has above 0.5\n"
                "```",
            ],
        ),
        Task(
            id="12.3",
            title="A two-by-two, with its N",
            answer="table",
            keys=("payer",),
            unit="cases; payer (community, others) in the rows, collective and other as columns",
            reference=_two_by_two,
            misconceptions=[
                Misconception(
                    "unknown as others",
                    lambda: _two_by_two(unknown=True),
                    "Your N is 21: the case whose funding is not established is still among the "
                    "others. Not known is not other, so leave it out. If your line was meant to "
                    "do that, compare its word with the table's: `not_established`.",
                ),
                Misconception(
                    "mixed funding as community",
                    lambda: _two_by_two(payers=("community", "mixed")),
                    "You counted `mixed` funding as the community's. There somebody else pays too.",
                ),
                Misconception(
                    "mixed interest as collective",
                    lambda: _two_by_two(interests=("collective", "mixed")),
                    "You counted `mixed` interests as collective. Only the code `collective` "
                    "belongs in that column.",
                ),
                Misconception(
                    "only private as other",
                    lambda: _two_by_two(interests=("collective", "mixed", "state")),
                    "You made only `private` interests other. Every code but `collective` belongs "
                    "in that column.",
                ),
                Misconception(
                    "only private as others",
                    lambda: _two_by_two(
                        payers=("community", "state", "foreign", "forced_labour", "mixed")
                    ),
                    "You made only `private` funding others. Every known code but `community` "
                    "belongs in that row.",
                ),
                Misconception(
                    "shares for cases",
                    _shares,
                    "These are shares of a row. With so few cases give the cases: 83 percent of "
                    "six hides the six.",
                ),
            ],
            hints=[
                "First leave out the case that is not known, with `.copy()` behind it. Then "
                "make two new columns, each first with one word everywhere, and then "
                "overwritten where the other word belongs. Then `pd.crosstab`.",
                "A new column of two words, and a count of pairs, here of three laws:\n\n"
                "```\n"
                'laws = pd.DataFrame({"year": [1991, 2003, 2022],\n'
                '                     "in_force": ["no", "yes", "yes"]})\n'
                'laws["age"] = "old"\n'
                'laws.loc[laws["year"] > 2000, "age"] = "new"\n'
                'pd.crosstab(laws["age"], laws["in_force"])\n'
                "```",
            ],
        ),
        Task(
            id="12.4",
            title="Three shares, three counts",
            answer="series",
            unit="deaths, one value for each of the three rows",
            reference=_deaths,
            core=False,
            misconceptions=[
                Misconception(
                    "the larger whole",
                    lambda: _deaths("col_killings_2018"),
                    "You took the percentage of all the dead of the conflict. It is a share of "
                    "selective killings: use the denominator of its own row.",
                ),
                Misconception(
                    "the largest whole",
                    lambda: _deaths("col_killings_2022"),
                    "You took the percentage of the truth commission's total. Use the denominator "
                    "of its own row.",
                ),
                Misconception(
                    "percentage left",
                    lambda: _three()["value"],
                    "The first value is still a percentage; the other two are deaths.",
                ),
                Misconception(
                    "percent as fraction",
                    lambda: _deaths(factor=1),
                    "A percentage is a part of a hundred: divide it by 100 first.",
                ),
                Misconception(
                    "every row as percent",
                    lambda: _three()["value"] / 100 * _three()["denominator"],
                    "You took every row for a percentage. The others count deaths already, as "
                    "`unit` says: they stay as they are.",
                ),
                Misconception(
                    "every row over 100",
                    lambda: _deaths() / pd.Series([1, 100, 100], index=_three().index),
                    "You divided every row by 100. The others count deaths already, as `unit` "
                    "says: they stay as they are.",
                ),
                Misconception(
                    "wholes",
                    lambda: _three()["denominator"],
                    "These are the wholes. The question asks for the part laid to the "
                    "paramilitaries.",
                ),
            ],
            hints=[
                "Two rows hold the deaths already. In the third, `unit` says percent.",
                "One value replaced by another, here of two fields of which one was given in "
                "percent of 80:\n\n"
                "```\n"
                'given = pd.Series({"upper": 40.0, "lower": 12.5})\n'
                "hectares = given.copy()\n"
                'hectares.loc["upper"] = given.loc["upper"] / 100 * 80     # 32\n'
                "```",
            ],
        ),
        Task(
            id="12.5",
            title="More municipalities, or more rows?",
            answer="integer",
            unit="municipalities",
            reference=lambda: _change(_in_both()),
            core=False,
            misconceptions=[
                Misconception(
                    "all departments",
                    lambda: _change(_every()),
                    "That is the change of all departments, the ones with a missing row included.",
                ),
                Misconception(
                    "one gap only",
                    lambda: _change(_lists().index != "Norte de Santander"),
                    "You left out Norte de Santander. Three other departments lack a row in one "
                    "of the lists.",
                ),
                Misconception(
                    "gaps of 2012 only",
                    lambda: _change(_lists()[2012] > 0),
                    "Your mask asks about 2012 only. Some departments are missing in 2013: they "
                    "count as falls here.",
                ),
                Misconception(
                    "the gap itself",
                    lambda: _change(~_in_both()),
                    "That is the change in the departments that lack a row. Turn the mask round.",
                ),
            ],
            hints=[
                "A department stands in both lists when its number is above 0 in both years.",
                "Sums over the labels that have a number in both, here of three shops in two "
                "months:\n\n"
                "```\n"
                'may = pd.Series({"a": 3, "b": 0, "c": 5})\n'
                'june = pd.Series({"a": 4, "b": 9, "c": 4})\n'
                "in_both = (may > 0) & (june > 0)\n"
                "june[in_both].sum() - may[in_both].sum()      # 8 - 8 = 0\n"
                "```",
            ],
        ),
        Task(
            id="12.6",
            title="Released, of how many?",
            answer="number",
            unit="percent",
            reference=_percent,
            core=False,
            misconceptions=[
                Misconception(
                    "one city",
                    lambda: _percent(identified="nga_children_city"),
                    "More than a hundred percent: the whole is one city, the part is not. Which "
                    "row counts the other areas too?",
                ),
                Misconception(
                    "both rows of the identified",
                    lambda: _percent(also="nga_children_city"),
                    "You added both rows of the identified. The first city lies inside all the "
                    "areas, so its children would count twice: take the larger row alone.",
                ),
                Misconception(
                    "first release only",
                    lambda: _percent("nga_children_833"),
                    "That is the first release only. By the end of 2019 there had been another.",
                ),
                Misconception(
                    "second release only",
                    lambda: _percent("nga_children_894"),
                    "That is the release of 2019 only. The children of 2018 belong to it as well.",
                ),
                Misconception(
                    "first release, one city",
                    lambda: _percent("nga_children_833", "nga_children_city"),
                    "These two belong together, but to October 2018. The question is about the "
                    "end of 2019.",
                ),
                Misconception(
                    "upside down",
                    lambda: 100 * 100 / _percent(),
                    "You divided the identified by the released. Turn it round.",
                ),
            ],
            hints=[
                "Part and whole must be about the same places and the same date.",
                "A share with the whole that fits, here of trees that died in all fields:\n\n"
                "```\n"
                'trees = pd.Series({"one field": 40, "all fields": 100, "dead": 30})\n'
                '100 * trees.loc["dead"] / trees.loc["all fields"]     # 30\n'
                "```",
            ],
        ),
        Task(
            id="12.7",
            title="Does the lesson travel?",
            answer="text",
            reference=str,
            mentions=_quoted,
            words=(120, 250),
            core=False,
            hints=[
                "Start from the row `elsewhere` of the lesson: how many of the sixteen fit into "
                "one of the two boxes?",
                "For what the table cannot show, think of the second half of the claim: what the "
                "groups *do*.",
            ],
            rubric=[
                "The contrast is reported with its N, and the groups that fit neither box are "
                "named or counted.",
                "Kappa comes with its interval or with the cases behind it, and is not taken for "
                "proof that a code is right.",
                "The group named is used fairly: what speaks for the hypothesis and what against.",
                "The limit is about this table (no sample, one coding, conduct not coded), and "
                "the data asked for would lift it.",
                "The advice claims no more than the evidence carries, and plans nothing armed.",
            ],
        ),
    ],
    turns=[
        Task(
            id="12.t1",
            title="In neither box",
            answer="number",
            unit="fractions of the groups elsewhere (1 is all of them)",
            reference=lambda: float((~_in_a_box()).mean()),
            misconceptions=[
                Misconception(
                    "a count",
                    lambda: float((~_in_a_box()).sum()),
                    "That is the number of such groups. For the share take the mean.",
                ),
                Misconception(
                    "another column",
                    lambda: float(pd.Series("yes", index=_in_a_box().index).eq("no").mean()),
                    "Your `no` went into another column, so `fits` says `yes` in every row. Write "
                    "the column that the last line looks at.",
                ),
                Misconception(
                    "in a box",
                    lambda: float(_in_a_box().mean()),
                    "That is the share that fits. Leave the sign `~` where it was.",
                ),
                Misconception(
                    "all groups",
                    lambda: float((~_in_a_box(everywhere=True)).mean()),
                    "That is the share of all groups. Keep those outside Peru and Colombia.",
                ),
            ],
            hints=["The second line made a column, and the last line reads it."],
        ),
        Task(
            id="12.t2",
            title="The price of a doubt",
            answer="number",
            unit="kappa",
            reference=lambda: 1 - _kappa(_one_doubt(), _cases()["origin_code"]),
            misconceptions=[
                Misconception(
                    "with itself",
                    lambda: 1 - _kappa(_one_doubt(), _one_doubt()),
                    "You compared `one` with itself, and a column always agrees with itself. "
                    "Compare it with the key's own codes.",
                ),
                Misconception(
                    "against the rival reading",
                    lambda: 1 - _kappa(_one_doubt(), _rival()),
                    "You compared with the reading that takes every doubt. Compare with the key's "
                    "own codes; the cell above gave them a name beside `rival`.",
                ),
                Misconception(
                    "kappa itself",
                    lambda: _kappa(_one_doubt(), _cases()["origin_code"]),
                    "That is the kappa that is left. The cost is what is missing to full "
                    "agreement.",
                ),
                Misconception(
                    "agreement",
                    lambda: float((_one_doubt() != _cases()["origin_code"]).mean()),
                    "That is what agreement loses. Kappa loses more, for chance is taken off.",
                ),
            ],
            hints=["The key's own codes were named in the cell above."],
        ),
    ],
)

check = TASKS.check
