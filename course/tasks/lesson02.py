"""Tasks of lesson 02: who earns what from a coca leaf?"""

from __future__ import annotations

import pandas as pd

from course.checks import Misconception, Task, Tasks, spellings
from course.data import load

ARROBA_KG = 11.5
# Days a year on a hectare and persons in a household: assumed, as the exercise says.
COCA_DAYS, COFFEE_DAYS, PERSONS = 200, 70, 5
DAYS_OF_YEAR = 365


# Your turn -------------------------------------------------------------------------------------


def _january() -> pd.Series:
    """Return the prices of the four basins in January 2020 (soles per kg)."""
    return _basins("01")["price"]


def _times_area() -> pd.Series:
    """Return price times area of the four basins in January 2020."""
    return _january() * _basins("01")["area_ha"]


def _label(basin: str) -> int:
    """Return the label that the row of a basin has in the lesson's table of January."""
    names = load("leaf_prices_local")["price_id"]
    return int(names[names == f"{basin}_2020_01_single"].index[0])


# 02.1 ------------------------------------------------------------------------------------------


def _arroba() -> pd.Series:
    """Return the prices that are quoted in soles per arroba, by their short name."""
    local = load("leaf_prices_local").set_index("price_id")
    return local.loc[local["unit"] == "PEN/arroba", "price"]


# 02.2 ------------------------------------------------------------------------------------------


def _basins(month: str = "04") -> pd.DataFrame:
    """Return price (soles per kg) and coca (ha, 2020) of the four basins in a month of 2020."""
    zones = load("cultivation_zones")
    zones = zones[(zones["series"] == "devida") & (zones["year"] == 2020)]
    area = zones.set_index("zone")["area_ha"]
    price = load("leaf_prices_local").set_index("price_id")["price"]
    area_ha = {
        "aguaytia": area["Aguaytía"] + area["Pichis-Palcazú-Pachitea"],
        "huallaga": area["Huallaga"],
        "puno": area["San Gabán"] + area["Inambari-Tambopata"],
        "vraem": area["VRAEM"],
    }
    prices = {place: price[f"{place}_2020_{month}_single"] for place in area_ha}
    return pd.DataFrame({"price": prices, "area_ha": area_ha})


def _weighted(month: str = "04") -> float:
    basins = _basins(month)
    return (basins["price"] * basins["area_ha"]).sum() / basins["area_ha"].sum()


# 02.3 ------------------------------------------------------------------------------------------


def _value() -> pd.Series:
    return load("crop_economics").set_index("figure_id")["value"]


def _coffee_gross() -> float:
    """Return the gross value of a hectare of coffee (soles, 2013), at the rate of 2014."""
    amount = load("budgets").set_index("budget_id")["amount"]
    rate = amount["peru_eradication_2014"] / amount["peru_eradication_2014_usd"]
    return _value()["coffee_yield_2013"] * _value()["coffee_price_2013"] * rate


def _level_price(
    coca_days: float = COCA_DAYS,
    coffee_days: float = COFFEE_DAYS,
    coca_wage: str = "coca",
    coffee_wage: str = "coffee",
) -> float:
    """Return the leaf price (soles per kg) at which coca leaves as much as coffee."""
    coffee_left = _coffee_gross() - _wage(coffee_wage) * coffee_days
    return (coffee_left + _wage(coca_wage) * coca_days) / _value()["coca_yield_2013"]


def _coffee_left() -> float:
    """Return what a hectare of coffee leaves after its wages (soles)."""
    return _coffee_gross() - _wage("coffee") * COFFEE_DAYS


def _coca_must_bring() -> float:
    """Return what a hectare of coca must bring to leave as much as coffee (soles)."""
    return _coffee_left() + _wage("coca") * COCA_DAYS


def _wage(crop: str) -> float:
    """Return the wage of a day on a crop in print (soles, 2019)."""
    return _value()[f"{crop}_day_wage_2019"]


# 02.4 ------------------------------------------------------------------------------------------


def _net_share(persons: int = PERSONS, days: int = DAYS_OF_YEAR) -> float:
    """Return net income as a percentage of a household's gross sales."""
    figures = load("households").set_index("measure")["value"]
    net = figures["net_income_per_person_day"] * persons * days
    return 100 * net / figures["gross_sales_per_household_year"]


# 02.5 ------------------------------------------------------------------------------------------


def _leaf(name: str) -> float:
    return load("leaf_production").set_index("figure_id")["leaf_t"][name]


def _too_low(production: str = "peru_2013_production") -> float:
    """Return by how much the remainder printed for 2013 is below the subtraction (t)."""
    remainder = _leaf(production) - _leaf("peru_2012_traditional_use")
    return remainder - _leaf("peru_2013_residual")


# 02.6 ------------------------------------------------------------------------------------------


def _quoted() -> dict[str, list[str]]:
    value = _value()
    coca = value["coca_yield_2013"] * value["coca_price_2013"]
    coffee = value["coffee_yield_2013"] * value["coffee_price_2013"]
    printed = value["coca_gross_value_2013"], value["coffee_gross_value_2013"]
    return {
        "a figure of the coffee board": spellings(*printed, coca, coffee),
        "a figure of the official": spellings(
            value["cacao_net_margin_claim"],
            value["coca_net_margin_claim"],
            value["cacao_yield_claim"],
        ),
        "the word gross": ["gross"],
        "the word net": [" net ", " net.", " net,", " net:", " net;", "net income"],
    }


TASKS = Tasks(
    "02",
    [
        Task(
            id="02.1",
            title="Soles per arroba, soles per kilogram",
            answer="series",
            unit="soles per kg, one value for each row of arroba",
            reference=lambda: _arroba() / ARROBA_KG,
            misconceptions=[
                Misconception(
                    "multiplied",
                    lambda: _arroba() * ARROBA_KG,
                    "You multiplied. An arroba is many kilograms, so one kilogram must cost less "
                    "than an arroba, not more.",
                ),
                Misconception(
                    "not converted",
                    _arroba,
                    "These are still the prices of an arroba. How many kilograms share that price?",
                ),
                Misconception(
                    "upside down",
                    lambda: ARROBA_KG / _arroba(),
                    "These are kilograms for one sol. The price goes above the line, the "
                    "kilograms below.",
                ),
                Misconception(
                    "light arroba",
                    lambda: _arroba() / 11.3,
                    "You used the arroba of some articles. Take the one given in the task.",
                ),
                Misconception(
                    "rounded arroba",
                    lambda: _arroba() / round(ARROBA_KG),
                    "You rounded the kilograms of an arroba. Take the number of the task, with "
                    "its decimal.",
                ),
                Misconception(
                    "arroba cut off",
                    lambda: _arroba() / int(ARROBA_KG),
                    "You left out the decimal of the kilograms of an arroba. Take the "
                    "number of the task as it stands.",
                ),
                Misconception(
                    "point lost",
                    lambda: _arroba() / (10 * ARROBA_KG),
                    "All prices come out far too small. Look at the point in the number of "
                    "kilograms.",
                ),
                Misconception(
                    "kilograms of a tonne",
                    lambda: _arroba() / 1000,
                    "You divided as from kilograms to tonnes. How many kilograms has an arroba?",
                ),
                Misconception(
                    "prices by prices",
                    lambda: _arroba() / _arroba(),
                    "You divided the prices by themselves, so each is 1. Below the line stand "
                    "the kilograms.",
                ),
            ],
            hints=[
                "If 12 eggs cost 6, one egg costs 6 divided by 12. An arroba is 11.5 kilograms.",
                "The same for the lesson's yields, from kilograms to tonnes: "
                '`yields["t_ha"] = yields["yield_kg_ha"] / 1000`, then `yields["t_ha"]` is the '
                "new column. Carry it over to prices and arrobas.",
            ],
        ),
        Task(
            id="02.2",
            title="The average of April",
            answer="number",
            unit="soles per kg",
            tolerance=0.01,
            reference=_weighted,
            misconceptions=[
                Misconception(
                    "plain mean",
                    lambda: _basins()["price"].mean(),
                    "That is the plain mean: every basin counts the same. Let every hectare count "
                    "the same.",
                ),
                Misconception(
                    "not divided",
                    lambda: (_basins()["price"] * _basins()["area_ha"]).sum(),
                    "That is the sum of price × area. Divide it by the sum of the areas.",
                ),
                Misconception(
                    "divided by the number of basins",
                    lambda: (_basins()["price"] * _basins()["area_ha"]).mean(),
                    "You divided by the number of basins. A weighted mean divides by the sum of "
                    "the weights. Does your value lie between the lowest and the highest price?",
                ),
                Misconception(
                    "divided by the prices",
                    lambda: (
                        (_basins()["price"] * _basins()["area_ha"]).sum() / _basins()["price"].sum()
                    ),
                    "You divided by the sum of the prices, which leaves hectares. Divide by the "
                    "sum of the weights: the areas.",
                ),
                Misconception(
                    "price for weight",
                    lambda: (_basins()["price"] ** 2).sum() / _basins()["area_ha"].sum(),
                    "You multiplied the price by itself. The weight of each price is its area.",
                ),
                Misconception(
                    "price for both weights",
                    lambda: (_basins()["price"] ** 2).sum() / _basins()["price"].sum(),
                    "You took the price for its own weight. The weight of each price is its area.",
                ),
                Misconception(
                    "prices over areas",
                    lambda: _basins()["price"].sum() / _basins()["area_ha"].sum(),
                    "You divided the sum of the prices by the sum of the areas. Above the line "
                    "belongs the new column, price × area.",
                ),
                Misconception(
                    "areas over prices",
                    lambda: _basins()["area_ha"].sum() / _basins()["price"].sum(),
                    "You divided areas by prices, which leaves no price. Above the line belongs "
                    "the new column, price × area.",
                ),
                Misconception(
                    "upside down",
                    lambda: 1 / _weighted(),
                    "You turned the division round. The sum of price × area goes above the line.",
                ),
                Misconception(
                    "a sum by itself",
                    lambda: _basins()["area_ha"].sum() / _basins()["area_ha"].sum(),
                    "You divided a sum by itself. Above the line belongs price × area, below it "
                    "the areas.",
                ),
                Misconception(
                    "January",
                    lambda: _weighted("01"),
                    "That is January's, from the lesson. Use the prices of `april`.",
                ),
                Misconception(
                    "as printed",
                    lambda: (
                        load("leaf_prices_local")
                        .set_index("price_id")["price"]
                        .loc["national_2020_04_single"]
                    ),
                    "That is the national average that the agency printed. Rebuild one from the "
                    "four basins.",
                ),
            ],
            hints=[
                "Sum of price × area, over the sum of area.",
                "The same for yields, weighted by area: "
                '`zones["leaf"] = zones["yield_kg_ha"] * zones["area_ha"]`, then '
                '`zones["leaf"].sum() / zones["area_ha"].sum()`. Carry it over: what is the value '
                "here, and what the weight?",
            ],
        ),
        Task(
            id="02.3",
            title="The price at which coffee draws level",
            answer="number",
            unit="soles per kg of leaf",
            reference=_level_price,
            misconceptions=[
                Misconception(
                    "one wage for both",
                    lambda: _level_price(coffee_wage="coca"),
                    "You paid coffee's days at coca's wage. Each crop has its own.",
                ),
                Misconception(
                    "coffee's wage for both",
                    lambda: _level_price(coca_wage="coffee"),
                    "You paid coca's days at coffee's wage. Each crop has its own.",
                ),
                Misconception(
                    "gross against gross",
                    lambda: _coffee_gross() / _value()["coca_yield_2013"],
                    "At that price the gross values are equal, before anybody is paid. Take the "
                    "wages into account on both sides.",
                ),
                Misconception(
                    "wages only",
                    lambda: _wage("coca") * COCA_DAYS / _value()["coca_yield_2013"],
                    "At that price coca just pays its own wages and leaves nothing. The task asks "
                    "when it leaves as much as coffee does: add what coffee leaves.",
                ),
                Misconception(
                    "coffee works for nothing",
                    lambda: _level_price(coffee_days=0),
                    "Coffee's gross value went in whole. Take coffee's own wages off first.",
                ),
                Misconception(
                    "days exchanged",
                    lambda: _level_price(COFFEE_DAYS, COCA_DAYS),
                    "Coca's days and coffee's days have changed places.",
                ),
                Misconception(
                    "coca's days for both",
                    lambda: _level_price(coffee_days=COCA_DAYS),
                    "You paid coffee for as many days as coca. Each crop has its own days.",
                ),
                Misconception(
                    "coffee's days for both",
                    lambda: _level_price(coca_days=COFFEE_DAYS),
                    "You paid coca for as many days as coffee. Each crop has its own days.",
                ),
                Misconception(
                    "by coffee's kilograms",
                    lambda: _coca_must_bring() / _value()["coffee_yield_2013"],
                    "You divided by the kilograms of coffee. The task asks for the price of coca"
                    " leaf.",
                ),
                Misconception(
                    "by coca's days",
                    lambda: _coca_must_bring() / COCA_DAYS,
                    "You divided by coca's days, so this is what a day must bring. A price is "
                    "for a kilogram: divide by these.",
                ),
                Misconception(
                    "by coffee's days",
                    lambda: _coca_must_bring() / COFFEE_DAYS,
                    "You divided by coffee's days. A price is for a kilogram of leaf: divide by "
                    "these.",
                ),
                Misconception(
                    "difference",
                    lambda: (
                        (_wage("coca") * COCA_DAYS - _coffee_left()) / _value()["coca_yield_2013"]
                    ),
                    "You took one amount from the other. Coca must bring both, its own wages and"
                    " what coffee leaves: add them.",
                ),
                Misconception(
                    "difference turned round",
                    lambda: (
                        (_coffee_left() - _wage("coca") * COCA_DAYS) / _value()["coca_yield_2013"]
                    ),
                    "You took coca's wages off what coffee leaves. Coca must bring both: add them.",
                ),
                Misconception(
                    "coca's wages left out",
                    lambda: _coffee_left() / _value()["coca_yield_2013"],
                    "You left out coca's own wages. Its kilograms must pay them, and leave what "
                    "coffee leaves.",
                ),
                Misconception(
                    "first step",
                    _coffee_left,
                    "That is what a hectare of coffee leaves, the first step. Now ask what a "
                    "kilogram of leaf must bring.",
                ),
                Misconception(
                    "brackets",
                    lambda: (
                        _coffee_left() + _wage("coca") * COCA_DAYS / _value()["coca_yield_2013"]
                    ),
                    "Only coca's wages were divided: Python divides first. Put all that stands "
                    "above the line in brackets.",
                ),
                Misconception(
                    "coffee's wages added",
                    lambda: _level_price(coffee_days=-COFFEE_DAYS),
                    "You added coffee's wages to its gross value. Take them off.",
                ),
                Misconception(
                    "per hectare",
                    lambda: _level_price() * _value()["coca_yield_2013"],
                    "That is what a hectare of coca must bring, in soles. Divide by its kilograms.",
                ),
            ],
            hints=[
                "Coca must bring its own wage bill and, on top, whatever coffee leaves; all that "
                "comes from its kilograms.",
                "Other crops: maize leaves 1000 soles after its wages. Beans take 50 days at 30 "
                "soles and give 500 kg, so they draw level at `(1000 + 30 * 50) / 500`, which is "
                "5 soles per kg. Carry it over, and take coffee's wages off first.",
            ],
        ),
        Task(
            id="02.4",
            title="From 12,300 dollars a year to 1 dollar a day",
            answer="number",
            unit="percent of gross sales",
            tolerance=0.015,
            reference=_net_share,
            misconceptions=[
                Misconception(
                    "twelve months of 30 days",
                    lambda: _net_share(days=12 * 30),
                    "You took a year of 360 days. A year has 365.",
                ),
                Misconception(
                    "one person",
                    lambda: _net_share(persons=1),
                    "That is the share of one person. The sales are those of a household.",
                ),
                Misconception(
                    "one day",
                    lambda: _net_share(days=1),
                    "You set the income of a day against the sales of a year.",
                ),
                Misconception(
                    "dollars",
                    lambda: PERSONS * DAYS_OF_YEAR,
                    "These are the household's dollars in a year. One step is left: what "
                    "percentage of its gross sales are they?",
                ),
                Misconception(
                    "upside down",
                    lambda: 10_000 / _net_share(),
                    "You divided gross by net. The part goes above the line.",
                ),
                Misconception(
                    "costs for income",
                    lambda: 100 - _net_share(),
                    "That is what costs would take. The task asks for what would be left.",
                ),
                Misconception(
                    "costs as a fraction",
                    lambda: 1 - _net_share() / 100,
                    "That is the part that costs would take, as a fraction. The task asks for "
                    "what would be left, in percent.",
                ),
            ],
            hints=[
                "Bring the net figure to the unit of the gross one: a household, a year.",
                "Another household: 2 dollars a day for each of three persons are `2 * 3 * 365` "
                "dollars a year. Of sales of 7300 dollars they are `100 * 2 * 3 * 365 / 7300`, or "
                "30 percent. Carry it over.",
            ],
            core=False,
        ),
        Task(
            id="02.5",
            title="A remainder",
            answer="number",
            unit="t",
            reference=_too_low,
            misconceptions=[
                Misconception(
                    "the coffee board's production",
                    lambda: _too_low("peru_2013_production_coffee_board"),
                    "You took the coffee board's production. The remainder is the UN's, so take "
                    "the UN's production.",
                ),
                Misconception(
                    "nothing set aside",
                    lambda: _leaf("peru_2013_production") - _leaf("peru_2013_residual"),
                    "That is all the leaf that the printed remainder leaves out. Take the leaf "
                    "for traditional use off the production first.",
                ),
                Misconception(
                    "the remainder itself",
                    lambda: _leaf("peru_2013_production") - _leaf("peru_2012_traditional_use"),
                    "That is the remainder by subtraction. How far below it is the printed one?",
                ),
                Misconception(
                    "a later constant",
                    lambda: (
                        _leaf("peru_2013_production")
                        - _leaf("peru_2016_traditional_use")
                        - _leaf("peru_2013_residual")
                    ),
                    "You set aside the tonnage of 2016. In 2013 the surveys used the older one.",
                ),
            ],
            hints=[
                "Three rows matter: production of 2013 by the UN, traditional use, residual of "
                "2013.",
                "The same for 2011: production stands in the row with the label `14`, so "
                '`production.loc[14, "leaf_t"] - 9000` is the remainder, and row `24` holds the '
                "printed one. Carry it over to 2013.",
            ],
            core=False,
        ),
        Task(
            id="02.6",
            title="Two rankings, one adviser",
            answer="text",
            reference=str,
            mentions=_quoted,
            words=(60, 200),
            hints=[
                "Look at the last figure of the lesson: which bars may be set side by side?",
                "For the sentence at the end name the measure, the year and the source, and claim "
                "nothing about income.",
            ],
            rubric=[
                "Each figure has its unit, its year, and who said it.",
                "Gross value and net income keep their names; they are never ranked together.",
                "The text says that both speakers had a crop to defend, and calls neither a liar.",
                "What would have to be known is named: paid days, wages, inputs, ordinary yields.",
                "The donor's sentence at the end is true of the figures and claims no income.",
            ],
            core=False,
        ),
    ],
    turns=[
        Task(
            id="02.t1",
            title="The share of one valley",
            answer="number",
            unit="percent",
            reference=lambda: (
                100 * _basins("01")["area_ha"]["vraem"] / _basins("01")["area_ha"].sum()
            ),
            misconceptions=[
                Misconception(
                    "divided by the prices",
                    lambda: 100 * _basins("01")["area_ha"]["vraem"] / _january().sum(),
                    "You divided by the sum of the prices. The whole belongs to its part: "
                    "hectares by hectares.",
                ),
                Misconception(
                    "another basin",
                    lambda: 100 * _basins("01")["area_ha"]["puno"] / _basins("01")["area_ha"].sum(),
                    "That is the share of Puno. The row of the VRAEM has the label 15.",
                ),
                Misconception(
                    "Huallaga",
                    lambda: (
                        100 * _basins("01")["area_ha"]["huallaga"] / _basins("01")["area_ha"].sum()
                    ),
                    "That is the share of the Huallaga. The row of the VRAEM has the label 15.",
                ),
                Misconception(
                    "Aguaytía",
                    lambda: (
                        100 * _basins("01")["area_ha"]["aguaytia"] / _basins("01")["area_ha"].sum()
                    ),
                    "That is the share of Aguaytía. The row of the VRAEM has the label 15.",
                ),
                Misconception(
                    "divided by price × area",
                    lambda: 100 * _basins("01")["area_ha"]["vraem"] / _times_area().sum(),
                    "You divided by the sum of price × area. The whole belongs to its part: "
                    "hectares by hectares.",
                ),
                Misconception(
                    "divided by itself",
                    lambda: (
                        100 * _basins("01")["area_ha"]["vraem"] / _basins("01")["area_ha"].max()
                    ),
                    "You divided the hectares of the VRAEM by themselves. The whole is the sum "
                    "of all basins.",
                ),
                Misconception(
                    "divided by the mean",
                    lambda: (
                        100 * _basins("01")["area_ha"]["vraem"] / _basins("01")["area_ha"].mean()
                    ),
                    "You divided by the mean of the hectares. The whole of a share is their sum.",
                ),
                Misconception(
                    "share of the prices",
                    lambda: 100 * _january()["vraem"] / _january().sum(),
                    "You took a share of the prices. The question asks for a share of the "
                    "hectares.",
                ),
                Misconception(
                    "prices by hectares",
                    lambda: 100 * _january()["vraem"] / _basins("01")["area_ha"].sum(),
                    "You put the price above the line. Part and whole are both hectares here.",
                ),
                Misconception(
                    "the hectares",
                    lambda: _basins("01")["area_ha"]["vraem"],
                    "These are the hectares of the VRAEM. Divide them by those of all "
                    "basins, times 100.",
                ),
            ],
            hints=[
                "A share has its part above the line and its whole below: to share out prices "
                'one would write `100 * basins["price"] / basins["price"].sum()`.'
            ],
        ),
        Task(
            id="02.t2",
            title="Without Puno",
            answer="number",
            unit="soles per kg",
            reference=lambda: _january().drop("puno").mean(),
            misconceptions=[
                Misconception(
                    "the sum",
                    lambda: _january().drop("puno").sum(),
                    "That is the sum of the three prices. An average divides it by how many they "
                    "are.",
                ),
                Misconception(
                    "all four",
                    lambda: _january().mean(),
                    "That is the mean of all four. Leave the mask as it was: it takes Puno out.",
                ),
                Misconception(
                    "the highest",
                    lambda: _january().drop("puno").max(),
                    "That is the highest of the three prices. Fill in the method that takes "
                    "their average.",
                ),
                Misconception(
                    "the lowest",
                    lambda: _january().drop("puno").min(),
                    "That is the lowest of the three prices. Fill in the method that takes their"
                    " average.",
                ),
                Misconception(
                    "the middle one",
                    lambda: _january().drop("puno").median(),
                    "That is the price in the middle, the median. The plain mean adds all three "
                    "and divides.",
                ),
                Misconception(
                    "how many",
                    lambda: _january().drop("puno").count(),
                    "That is how many prices there are. Fill in the method that takes their "
                    "average.",
                ),
                Misconception(
                    "a label",
                    lambda: _label(_january().drop("puno").idxmax()),
                    "That is the label of a row, not a price. Fill in the method that takes the "
                    "average.",
                ),
                Misconception(
                    "Puno alone",
                    lambda: _january()["puno"],
                    "That is the price of Puno alone. Leave the mask as it was, with its `<`.",
                ),
                Misconception(
                    "weighted",
                    lambda: (
                        _times_area().drop("puno").sum()
                        / _basins("01")["area_ha"].drop("puno").sum()
                    ),
                    "You weighted by hectares. The question counts the three alike: a plain mean.",
                ),
            ],
            hints=[
                'The lesson took the plain mean of four prices: `january["price"].mean()`. For '
                "three rows the word is the same.",
            ],
        ),
        Task(
            id="02.t3",
            title="Dearest less cheapest",
            answer="number",
            unit="soles per kg",
            reference=lambda: _january().max() - _january().min(),
            misconceptions=[
                Misconception(
                    "less the mean",
                    lambda: _january().max() - _january().mean(),
                    "That is how far the dearest lies above the mean. Take the lowest price away.",
                ),
                Misconception(
                    "the dearest itself",
                    lambda: _january().max(),
                    "That is the highest price. Take the lowest away from it.",
                ),
                Misconception(
                    "the dearest less itself",
                    lambda: _january().max() - _january().max(),
                    "You took the highest price away from itself. Which method gives the lowest?",
                ),
                Misconception(
                    "a label for the lowest",
                    lambda: _january().max() - _label(_january().idxmin()),
                    "You took away the label of a row, and not its price. `.idxmin()` gives the "
                    "label.",
                ),
                Misconception(
                    "a label for the highest",
                    lambda: _january().max() - _label(_january().idxmax()),
                    "You took away the label of a row, and not a price. `.idxmax()` gives the "
                    "label.",
                ),
                Misconception(
                    "less the sum",
                    lambda: _january().max() - _january().sum(),
                    "You took away the sum of all prices. Take the lowest price away.",
                ),
                Misconception(
                    "less the middle",
                    lambda: _january().max() - _january().median(),
                    "You took away the price in the middle. Take the lowest price away.",
                ),
                Misconception(
                    "less how many",
                    lambda: _january().max() - _january().count(),
                    "You took away how many prices there are. Take the lowest price away.",
                ),
            ],
            hints=[
                "`.max()` finds the highest. Its counterpart for the lowest stands in the "
                "cell above."
            ],
        ),
    ],
)

check = TASKS.check
