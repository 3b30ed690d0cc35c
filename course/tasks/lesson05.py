"""Tasks of lesson 05: what did the policy cause?"""

from __future__ import annotations

import pandas as pd

from course.checks import Misconception, Task, Tasks, spellings
from course.data import load

# 05.1 ------------------------------------------------------------------------------------------


def _effect(outcome: str, unit: str = "", design: str = "", *, draft: bool = False) -> str:
    """Return the one published or draft effect whose texts hold the given words."""
    effects = load("effect_sizes")
    found = effects[
        effects["outcome"].str.contains(outcome)
        & effects["unit_of_analysis"].str.contains(unit, regex=False)
        & effects["design"].str.contains(design)
        & ((effects["stage"] == "draft") == draft)
        & (effects["effect_unit"] != "direction only")
    ]
    return found["effect_id"].item()


def _cost(policy: str, *, draft: bool = False) -> str:
    effects = load("effect_sizes")
    found = effects[
        (effects["policy"] == policy)
        & (effects["effect_unit"] == "USD per kg")
        & ((effects["stage"] == "draft") == draft)
    ]
    return found["effect_id"].item()


def _with_a_size() -> list[str]:
    """Return the effects that the task's tables show: those with more than a direction."""
    effects = load("effect_sizes")
    return list(effects[effects["effect_unit"] != "direction only"]["effect_id"])


def _picked(**others: str) -> pd.Series:
    """Return the effect that answers each question, with some letters replaced."""
    right = {
        "A": _effect("area under coca", design="no-spray"),
        "B": _effect("in neighbouring"),
        "C": _effect("area under coca", design="airports"),
        "D": _cost("interdiction"),
    }
    return pd.Series(right | others)


# 05.2 ------------------------------------------------------------------------------------------


def _us(year: int) -> pd.Series:
    """Return the US estimates of coca (ha) by country in a year."""
    cultivation = load("cultivation")
    rows = cultivation[(cultivation["series"] == "us") & (cultivation["year"] == year)]
    return rows.set_index("country")["area_ha"].astype(float)


def _changes() -> pd.Series:
    return _us(1999) - _us(1995)


def _against(changes: pd.Series) -> pd.Series:
    """Return Peru's value less that of each of the two comparisons."""
    return changes["Peru"] - changes[["Bolivia", "Colombia"]]


# 05.3 ------------------------------------------------------------------------------------------


def _sprayed(method: str = "aerial") -> float:
    eradication = load("eradication").set_index("figure_id")
    return eradication["area_ha"].loc[f"colombia_2012_{method}"]


def _crop(year: int = 2012) -> float:
    cultivation = load("cultivation")
    rows = cultivation[(cultivation["series"] == "un") & (cultivation["country"] == "Colombia")]
    return rows.set_index("year")["area_ha"].loc[year]


def _per_hectare() -> pd.Series:
    """Return the strongest effect (ha per ha, negative) of each study, drafts left out."""
    effects = load("effect_sizes").set_index("effect_id")
    rows = (effects["effect_unit"] == "ha per ha") & (effects["stage"] != "draft")
    return effects["effect_low"][rows]


# 05.4 ------------------------------------------------------------------------------------------


def _ratio(product: str = "cocaine_total", year: int = 2019) -> pd.Series:
    """Return the share (%) of Peru's potential cocaine of 2019 seized, for each version."""
    table = load("potential_cocaine")
    table = table[(table["series"] == "us") & (table["country"] == "Peru")]
    potential = table[table["year"] == 2019].set_index("version")["cocaine_t"]
    seized = load("seizures").set_index("figure_id")["amount_t"]
    return 100 * seized.loc[f"peru_{year}_seized_{product}"] / potential


# 05.5 ------------------------------------------------------------------------------------------


def _money_and_hectares(country: str = "Peru", years_on: int = 0) -> pd.DataFrame:
    """Return US money for Peru and the hectares eradicated in a country, 2011 to 2013."""
    aid = load("aid")
    rows = aid["aid_id"].isin(["us_peru_2011", "us_peru_2012", "us_peru_2013"])
    money = aid[rows].rename(columns={"year_start": "year"})[["year", "amount_usd_million"]]
    annex = load("eradication")
    annex = annex[(annex["series"] == "un_annex") & (annex["country"] == country)]
    annex = annex.assign(year=annex["year"] - years_on)[["year", "area_ha"]]
    return money.merge(annex, on="year")


# 05.6 ------------------------------------------------------------------------------------------


def invented_forest() -> pd.DataFrame:
    """Return an invented district's forest and what was cleared in a year (ha), 2018 to 2022."""
    years = pd.Index(range(2018, 2023), name="year")
    stock, flow = [9000, 8700, 8500, 8450, 8600], [500, 480, 450, 300, 200]
    return pd.DataFrame({"forest_ha": stock, "cleared_ha": flow}, index=years)


def _regrown(above: str = "new_ha", below: str = "cleared_ha", *, shift: int = 0) -> pd.Series:
    forest = invented_forest()
    forest["change_ha"] = forest["forest_ha"].diff()
    forest["new_ha"] = forest["change_ha"] + forest["cleared_ha"]
    forest["wrong_sign_ha"] = forest["change_ha"] - forest["cleared_ha"]
    return (forest[above] / forest[below].shift(shift)).dropna()


# 05.7 ------------------------------------------------------------------------------------------


def _quoted() -> dict[str, list[str]]:
    did = _against(_changes())
    return {
        "Peru's change in hectares": spellings(_changes()["Peru"]),
        "one of your differences-in-differences": spellings(did["Bolivia"], did["Colombia"]),
        'the word "without"': ["without"],
    }


# Your turn -------------------------------------------------------------------------------------


def _partners(column: str) -> int:
    """Return how many rows of 1999 find a partner in 2003, in the US estimates."""
    areas = load("cultivation")
    us = areas[areas["series"] == "us"]
    in_1999, in_2003 = us[us["year"] == 1999], us[us["year"] == 2003]
    return len(in_1999.merge(in_2003, on=column))


def _per_sprayed() -> pd.Series:
    """Return the hectares less for one hectare sprayed, in two of the studies."""
    effects = load("effect_sizes").set_index("effect_id")
    border = -effects["effect_high"]["mejia_restrepo_rozo2017"]
    return pd.Series({"border band": border, "grid cells": -effects["effect_low"]["rozo2014"]})


TASKS = Tasks(
    "05",
    [
        Task(
            id="05.1",
            title="Which estimate answers which question?",
            answer="series",
            unit="words: one effect_id for each letter from A to D",
            choices=_with_a_size,
            reference=_picked,
            misconceptions=[
                Misconception(
                    "any hectare for the border",
                    lambda: _picked(A=_effect("area under coca", "grid cell", "protected")),
                    "Look at A again: your estimate compares land at the limits of protected "
                    "areas. Which one uses the band that A asks about?",
                ),
                Misconception(
                    "upper bound for the border",
                    lambda: _picked(A=_effect("area under coca", "municipality", "^panel")),
                    "Look at A again: your estimate is an upper bound for whole municipalities. "
                    "A asks about the edge of one band.",
                ),
                Misconception(
                    "own for neighbours",
                    lambda: _picked(B=_effect("in the same")),
                    "Look at B again: your row is about the municipality that was sprayed. B asks "
                    "about the one next to it.",
                ),
                Misconception(
                    "hectares for percent",
                    lambda: _picked(C=_effect("area under coca", "municipality", "^panel")),
                    "Look at C again: it asks percent for percent, and for forced eradication. "
                    "Your row is in hectares for a hectare, and about spraying.",
                ),
                Misconception(
                    "a cost for percent",
                    lambda: _picked(C=_cost("eradication")),
                    "Look at C again: it asks percent for percent. Your row is a cost in dollars.",
                ),
                Misconception(
                    "draft for article",
                    lambda: _picked(D=_cost("interdiction", draft=True)),
                    "Look at D again: your row is an earlier draft. Take the version that "
                    "replaced it.",
                ),
                Misconception(
                    "other policy",
                    lambda: _picked(D=_cost("eradication")),
                    "Look at D again: your row is the cost by eradication. D asks about "
                    "interdiction.",
                ),
            ],
            hints=[
                "Go letter by letter: first the outcome, then the unit of the effect, then the "
                "comparison in `design`, last the `stage`.",
                "A fifth question: one more hectare is sprayed anywhere in a municipality, how "
                "many hectares of coca fewer at most? Outcome: area under coca. Unit: "
                "municipality. Design: a panel. That is `abadie2015`. Carry it over, letter by "
                "letter.",
            ],
        ),
        Task(
            id="05.2",
            title="Two differences-in-differences by hand",
            answer="series",
            unit="ha, one value for each comparison: Bolivia and Colombia",
            reference=lambda: _against(_changes()),
            misconceptions=[
                Misconception(
                    "the wrong way round",
                    lambda: -_against(_changes()),
                    "You took Peru's change away from the comparison's. The effect is the change "
                    "in Peru less the change elsewhere.",
                ),
                Misconception(
                    "added",
                    lambda: _changes()["Peru"] + _changes()[["Bolivia", "Colombia"]],
                    "You added the two changes. The comparison's change is the guess at what Peru "
                    "would have done anyway: take it away.",
                ),
                Misconception(
                    "after only",
                    lambda: _against(_us(1999)),
                    "That compares the countries in 1999 only. They were not alike in 1995 "
                    "either: take the change of each.",
                ),
                Misconception(
                    "Peru only",
                    lambda: _changes()["Peru"] + 0 * _changes()[["Bolivia", "Colombia"]],
                    "That is Peru's change for both, before and after. Take the change of the "
                    "comparison away from it.",
                ),
                Misconception(
                    "changes only",
                    lambda: _changes()[["Bolivia", "Colombia"]],
                    "These are the changes of the comparisons. Take them away from Peru's change.",
                ),
                Misconception(
                    "percent",
                    lambda: _against(100 * _changes() / _us(1995)),
                    "These are differences of percentages. The question asks for hectares.",
                ),
            ],
            hints=[
                "First the change of each country, 1999 less 1995. Then Peru's change less that "
                "of the other.",
                "The same for the lesson's zones, after their merge: "
                '`change = pair["area_ha_2010"] - pair["area_ha_2009"]`, then '
                '`change.loc["Alto Huallaga"] - change.loc[["VRAEM", "elsewhere"]]`. Carry it '
                "over to countries; the merge needs `on` and `suffixes`.",
            ],
        ),
        Task(
            id="05.3",
            title="The crop that would have stood",
            answer="series",
            unit="ha, one value for each of the three studies",
            reference=lambda: _crop() - _per_hectare() * _sprayed(),
            tolerance=0.001,
            misconceptions=[
                Misconception(
                    "wrong sign",
                    lambda: _crop() + _per_hectare() * _sprayed(),
                    "Your crop without spraying is smaller than the real one. The effect is "
                    "negative: to undo it, take it away.",
                ),
                Misconception(
                    "all sprayed land",
                    lambda: _crop() + 0 * _per_hectare() + _sprayed(),
                    "You gave back every hectare sprayed. By these studies each takes away only "
                    "a small part of one.",
                ),
                Misconception(
                    "effect only",
                    lambda: -_per_hectare() * _sprayed(),
                    "That is the effect in hectares. The question asks for the crop that would "
                    "have stood: start from the crop that did.",
                ),
                Misconception(
                    "not multiplied",
                    lambda: _crop() - _per_hectare(),
                    "You took the effect of a single hectare away. Multiply it by the hectares "
                    "sprayed first.",
                ),
                Misconception(
                    "crop and sprayed changed places",
                    lambda: _sprayed() - _per_hectare() * _crop(),
                    "You started from the hectares sprayed. Start from the crop that stood, and "
                    "multiply the effect by what was sprayed.",
                ),
                Misconception(
                    "pulled up as well",
                    lambda: _crop() - _per_hectare() * (_sprayed() + _sprayed("manual")),
                    "You counted the hectares pulled up by hand too. The studies are about "
                    "spraying.",
                ),
                Misconception(
                    "crop of the year before",
                    lambda: _crop(2011) - _per_hectare() * _sprayed(),
                    "You started from the crop of 2011. The counterfactual belongs to the end of "
                    "2012.",
                ),
            ],
            hints=[
                "Effect = what happened less the counterfactual. So the counterfactual is what "
                "happened less the effect.",
                "Other numbers: `100` ha stood, and each of `50` ha sprayed had an effect of "
                "`-0.2` ha. Without spraying `100 - (-0.2) * 50` would have stood, which is `110` "
                "ha. Carry it over.",
            ],
        ),
        Task(
            id="05.4",
            title="One seizure, two shares",
            answer="series",
            unit="percent, one value for each version: first and revised",
            reference=_ratio,
            core=False,
            misconceptions=[
                Misconception(
                    "all drugs",
                    lambda: _ratio("all_drugs"),
                    "You divided all drugs, cannabis too, by cocaine. Take the cocaine seized.",
                ),
                Misconception(
                    "upside down",
                    lambda: 100 * 100 / _ratio(),
                    "You divided what could be made by what was seized. Turn it round.",
                ),
                Misconception(
                    "another year",
                    lambda: _ratio(year=2020),
                    "You took the seizures of 2020 over the potential of 2019. Both belong to one "
                    "year.",
                ),
            ],
            hints=[
                "Share = seized / potential × 100. Above the line one number, below it two.",
                "The same with a Series written by hand: "
                '`100 * 30 / pd.Series({"first": 600, "revised": 500})` gives two shares at once. '
                "Carry it over.",
            ],
        ),
        Task(
            id="05.5",
            title="Did money pull?",
            answer="table",
            keys=("year",),
            unit="million dollars and ha, one row for each year from 2011 to 2013",
            reference=_money_and_hectares,
            core=False,
            misconceptions=[
                Misconception(
                    "a year later",
                    lambda: _money_and_hectares(years_on=1),
                    "Your hectares are those of the following year. Merge on the year itself.",
                ),
                Misconception(
                    "another country",
                    lambda: _money_and_hectares("Colombia"),
                    "These are Colombia's hectares beside Peru's money. Keep Peru's rows before "
                    "you merge.",
                ),
                Misconception(
                    "a third country",
                    lambda: _money_and_hectares("Bolivia"),
                    "These are Bolivia's hectares beside Peru's money. Keep Peru's rows before "
                    "you merge.",
                ),
            ],
            hints=[
                "Keep the rows of Peru in `annex`, then merge with `money`. If a year appears "
                "three times, a country too many is in the table.",
                "The same for the areas of Bolivia: "
                '`bolivia = us[us["country"] == "Bolivia"]`, then `money.merge(bolivia, '
                'on="year")`. Carry it over to the hectares eradicated in Peru.',
            ],
        ),
        Task(
            id="05.6",
            title="A forest cleared, and how much grows again?",
            answer="series",
            unit="ha per ha, one value for each year from 2019 to 2022",
            reference=_regrown,
            core=False,
            misconceptions=[
                Misconception(
                    "net for gross",
                    lambda: _regrown("change_ha"),
                    "You divided the change of the forest. New forest also had to replace what "
                    "was cleared: add it back before you divide.",
                ),
                Misconception(
                    "wrong sign",
                    lambda: _regrown("wrong_sign_ha"),
                    "You took the hectares cleared away from the change. They left the forest, so "
                    "new forest must have covered them too: which sign?",
                ),
                Misconception(
                    "stock below the line",
                    lambda: _regrown(below="forest_ha"),
                    "You divided by the forest that stands, a stock. The question is about each "
                    "hectare cleared, a flow.",
                ),
                Misconception(
                    "cleared a year early",
                    lambda: _regrown(shift=1),
                    "You divided by what was cleared in the year before. Above and below the line "
                    "belongs the same year.",
                ),
                Misconception(
                    "upside down",
                    lambda: 1 / _regrown(),
                    "That is what was cleared for each hectare of new forest. Turn it round.",
                ),
            ],
            hints=[
                "Forest at the end = forest at the start - cleared + new forest. Turn this line "
                "round, as lesson 04 did for coca.",
                "The same for a class: `30` students at the start, `28` at the end, `6` have "
                "left. The change is `28 - 30`, so `28 - 30 + 6` came, which is `4`, and `4 / 6` "
                "came for each that left. Carry it over to columns; `.diff()` gives the change.",
            ],
        ),
        Task(
            id="05.7",
            title="The counterfactual behind a boast",
            answer="text",
            reference=str,
            mentions=_quoted,
            words=(80, 250),
            core=False,
            hints=[
                "Write the counterfactual as a full sentence: without the policy, Peru's coca "
                "would have…",
                "Ask of each comparison: was it touched by the same policy? Did it take what "
                "moved?",
            ],
            rubric=[
                "The counterfactual of the boast is written out and is about Peru without the "
                "policy.",
                "Two comparisons are named, each with what it assumes and why that may fail.",
                "Displacement is used with its right sign: what moved to the comparison makes "
                "the effect look larger.",
                "The data asked for could tell two stories apart, and the last sentence claims "
                "no more than the figures carry.",
            ],
        ),
    ],
    turns=[
        Task(
            id="05.t1",
            title="Rows with a partner",
            answer="integer",
            unit="rows",
            reference=lambda: _partners("country"),
            misconceptions=[
                Misconception(
                    "without a partner too",
                    lambda: len(_us(1999)),
                    "That is the number of rows of 1999. A row without a partner is left out: "
                    "merge first.",
                ),
                Misconception(
                    "on the area",
                    lambda: _partners("area_ha"),
                    "You let the areas agree, and no area is the same in both years. Which "
                    "column names the place?",
                ),
            ],
            hints=['For 1995 and 1999 the lesson wrote `on="country"`.'],
        ),
        Task(
            id="05.t2",
            title="A thousand hectares more",
            answer="series",
            unit="ha, one value for each place",
            reference=lambda: 1000 * _per_sprayed(),
            misconceptions=[
                Misconception(
                    "for one hectare",
                    lambda: _per_sprayed(),
                    "That is what one hectare removes. Leave the `1000 *` where it was.",
                ),
                Misconception(
                    "turned round",
                    lambda: 1 / _per_sprayed(),
                    "These are the hectares to be sprayed for one hectare less. Multiply by a "
                    "thousand instead.",
                ),
            ],
            hints=["The lesson wrote `pd.Series({...})`, with a capital letter."],
        ),
    ],
)

check = TASKS.check
