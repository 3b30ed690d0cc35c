"""Tasks of lesson 03: how many hectares of coca, and who says so?"""

from __future__ import annotations

import pandas as pd

from course.checks import Misconception, Task, Tasks, spellings
from course.data import load


def _area(series: str, country: str) -> pd.Series:
    """Return the area (ha) of a country in a series, by year."""
    table = load("cultivation")
    rows = table[(table["series"] == series) & (table["country"] == country)]
    return rows.set_index("year")["area_ha"].astype("float64").sort_index()


# 03.1 ------------------------------------------------------------------------------------------


def _change(series: str = "un", country: str = "Colombia", year: int = 2021) -> float:
    """Return the change from the year before, in percent."""
    area = _area(series, country)
    return 100 * (area.loc[year] / area.loc[year - 1] - 1)


def _colombia(year: int) -> float:
    return _area("un", "Colombia").loc[year]


# 03.2 ------------------------------------------------------------------------------------------

FIVE = ["reuters_2013", "afp_2015", "republica_2021", "inforegion_2021", "buho_2023"]


def _five() -> pd.DataFrame:
    """Return five headlines with the two areas (ha) that each speaks of."""
    five = load("headlines").set_index("headline_id").loc[FIVE].copy()
    for end, column in [("year_from", "before_ha"), ("year_to", "after_ha")]:
        keys = zip(five["series"], five["country"], five[end], strict=True)
        five[column] = [_area(series, country).loc[year] for series, country, year in keys]
    return five


def _redone(over: str = "before_ha") -> pd.Series:
    five = _five()
    return 100 * (five["after_ha"] - five["before_ha"]) / five[over]


def _off() -> pd.Series:
    """Return which headlines are wrong by more than rounding, as a mask."""
    return (_five()["printed_change"] - _redone()).abs() > 1


# 03.3 ------------------------------------------------------------------------------------------


def _zones(year: int) -> pd.Series:
    """Return the area (ha) of each zone that Peru's agency watched in a year."""
    zones = load("cultivation_zones")
    rows = zones[(zones["series"] == "devida") & (zones["year"] == year)]
    return rows.set_index("zone")["area_ha"].astype("float64")


def _ground() -> tuple[float, float, float]:
    """Return 2020, and 2022 in the zones of 2020 and in all zones (ha)."""
    before, after = _zones(2020), _zones(2022)
    return before.sum(), after[after.index.isin(before.index)].sum(), after.sum()


# 03.4 ------------------------------------------------------------------------------------------

LATER, SHARE, US, WIDER = (
    "later year below the line",
    "share of the Andean total",
    "US estimate",
    "more zones",
)


def _candidates() -> dict[str, float]:
    """Return what each division gives, in percent."""
    agency = _area("devida", "Peru")
    return {
        LATER: 100 * (agency.loc[2020] - agency.loc[2019]) / agency.loc[2020],
        SHARE: 100 * _area("un", "Peru").loc[2020] / _area("un", "Andean total").loc[2020],
        US: _change("us", "Peru", 2020),
        WIDER: 100 * (_zones(2021).sum() / _zones(2020).sum() - 1),
    }


def _origin() -> str:
    """Return the division that comes nearest to the printed figure."""
    printed = load("headlines").set_index("headline_id")["printed_change"].loc["inforegion_2021"]
    apart = {name: abs(value - printed) for name, value in _candidates().items()}
    return min(apart, key=lambda name: apart[name])


# 03.5 and 03.6 ---------------------------------------------------------------------------------


def _observers(country: str = "Colombia") -> pd.DataFrame:
    """Return the areas (ha) of a country in the years that both observers have."""
    both = {"un": _area("un", country), "us": _area("us", country)}
    return pd.DataFrame(both).dropna()


def _us_per_un() -> pd.Series:
    both = _observers()
    return both["us"] / both["un"]


def _lead(series: str = "us", other: str = "Colombia") -> pd.Series:
    return (_area(series, "Peru") - _area(series, other)).loc[2012:2014]


# 03.7 ------------------------------------------------------------------------------------------


def _percent(change: float) -> list[str]:
    """Return the ways to write a percentage: with a decimal place, or whole with its unit."""
    whole = [f"{abs(change):.0f}{unit}" for unit in ("%", " %", " per")]
    return [*spellings(change, places=1), *whole]


def _quoted() -> dict[str, list[str]]:
    before, same, total = _ground()
    return {
        "the change with all zones": _percent(100 * (total / before - 1)),
        "the change on the same ground": _percent(100 * (same / before - 1)),
        "the observer (DEVIDA, or Peru's drug agency)": ["DEVIDA", "agency"],
        "the word zones": ["zones"],
    }


# Your turn -------------------------------------------------------------------------------------


def _in_2003() -> pd.DataFrame:
    """Return the rows of Peru in 2003, the smaller area first."""
    areas = load("cultivation")
    rows = areas[(areas["country"] == "Peru") & (areas["year"] == 2003)]
    return rows.sort_values("area_ha")


def _lowest_2003(column: str) -> pd.Series:
    return _in_2003()[column].head(1)


def _all_years() -> int:
    return len(_area("un", "Peru").index.union(_area("us", "Peru").index))


def _added(since: int) -> float:
    """Return the hectares of 2024 in zones that had no row in an earlier year."""
    zones = _zones(2024)
    return float(zones[~zones.index.isin(_zones(since).index)].sum())


TASKS = Tasks(
    "03",
    [
        Task(
            id="03.1",
            title="Colombia's crop in 2021, by the UN",
            answer="number",
            unit="percent of the area of 2020",
            reference=_change,
            misconceptions=[
                Misconception(
                    "later year as base",
                    lambda: 100 * (1 - _colombia(2020) / _colombia(2021)),
                    "You divided by the area of 2021. A change is measured against where it "
                    "started: the earlier year goes below the line.",
                ),
                Misconception(
                    "hectares",
                    lambda: _colombia(2021) - _colombia(2020),
                    "That is the change in hectares, from .diff(). Use .pct_change() for a share "
                    "of the year before.",
                ),
                Misconception(
                    "fraction",
                    lambda: _change() / 100,
                    "That is a fraction of one. Multiply by 100 to have percent.",
                ),
                Misconception(
                    "ratio",
                    lambda: _change() + 100,
                    "That is the area of 2021 in percent of 2020. A change leaves out the hundred "
                    "that was there before.",
                ),
                Misconception(
                    "the area itself",
                    lambda: _colombia(2021),
                    "That is the area of 2021 in hectares, not a change. Use .pct_change() first, "
                    "then choose the year.",
                ),
                Misconception(
                    "the other observer",
                    lambda: _change("us"),
                    "That is the change as the US has it. The task asks for the UN first.",
                ),
                Misconception(
                    "a year early",
                    lambda: _change(year=2020),
                    "That is the change of 2020. The change of 2021 has the label 2021.",
                ),
                Misconception(
                    "a year late",
                    lambda: _change(year=2022),
                    "That is the change of 2022. The change of 2021 has the label 2021.",
                ),
                Misconception(
                    "hectares a hundred times",
                    lambda: 100 * (_colombia(2021) - _colombia(2020)),
                    "That is the change in hectares, times 100. Use .pct_change() for a share of"
                    " the year before.",
                ),
                Misconception(
                    "no change computed",
                    lambda: 100 * _colombia(2021),
                    "That is the area of 2021, times 100. The method has to compare each year "
                    "with the one before.",
                ),
            ],
            hints=[
                "One method gives the change of every year as a fraction of the year before. "
                "Times 100 it is percent; then choose one label.",
                "The same for Peru in 2019: `changes = 100 * peru_un.pct_change()`, then "
                "`changes.loc[2019]`. Carry it over to Colombia and to the year of the task.",
            ],
        ),
        Task(
            id="03.2",
            title="Redo five headlines",
            answer="series",
            unit="percent, one value for each headline",
            reference=_redone,
            misconceptions=[
                Misconception(
                    "later year as base",
                    lambda: _redone("after_ha"),
                    "You divided by the later area, as one of the five headlines did. The earlier "
                    "area goes below the line.",
                ),
                Misconception(
                    "print copied",
                    lambda: _five()["printed_change"],
                    "That is what was printed. Compute the change from the two areas first.",
                ),
                Misconception(
                    "whole numbers",
                    lambda: _redone().round(),
                    "Right so far, but rounded to whole numbers. Keep a decimal: you want to see "
                    "what is only rounding in print.",
                ),
                Misconception(
                    "signs dropped",
                    lambda: _redone().abs(),
                    "The sizes are right, but two of the five are falls. Keep the minus sign.",
                ),
                Misconception(
                    "the way back",
                    lambda: 100 * (_five()["before_ha"] / _five()["after_ha"] - 1),
                    "You went from the later year back to the earlier one. Turn the division "
                    "round: after over before.",
                ),
                Misconception(
                    "ratio",
                    lambda: _redone() + 100,
                    "These are later areas in percent of earlier ones. Subtract 1 before you "
                    "multiply by 100.",
                ),
                Misconception(
                    "fraction",
                    lambda: _redone() / 100,
                    "These are fractions of one. Multiply by 100 to compare them with print.",
                ),
                Misconception(
                    "hectares",
                    lambda: _five()["after_ha"] - _five()["before_ha"],
                    "These are changes in hectares. Divide them by the earlier area.",
                ),
                Misconception(
                    "brackets",
                    lambda: 100 * _five()["after_ha"] / _five()["before_ha"] - 1,
                    "You took 1 off after you had multiplied by 100. Put the division and the 1 "
                    "in brackets, and multiply these by 100.",
                ),
                Misconception(
                    "brackets round nothing",
                    lambda: 100 * _five()["after_ha"] - 1,
                    "The earlier area was divided by itself: Python divides first. Put what "
                    "comes before × 100 in brackets.",
                ),
                Misconception(
                    "apart",
                    lambda: (_five()["printed_change"] - _redone()).abs(),
                    "That is how far print and tables lie apart, the step after this one. The "
                    "check asks for the changes themselves.",
                ),
                Misconception(
                    "apart with a sign",
                    lambda: _five()["printed_change"] - _redone(),
                    "That is how far print lies from the tables, the step after this one. The "
                    "check asks for the changes themselves.",
                ),
                Misconception(
                    "the same area twice",
                    lambda: _redone() * 0,
                    "You divided a column by itself, so nothing has changed. Above the line "
                    "stands the later area, below it the earlier one.",
                ),
                Misconception(
                    "years for areas",
                    lambda: 100 * (_five()["year_to"] / _five()["year_from"] - 1),
                    "You divided the years. The areas stand in two other columns, in hectares.",
                ),
                Misconception(
                    "by print",
                    lambda: 100 * (_five()["after_ha"] / _five()["printed_change"] - 1),
                    "You divided an area by the change in print. Both columns have to be areas "
                    "in hectares.",
                ),
                Misconception(
                    "print for the later area",
                    lambda: 100 * (_five()["printed_change"] / _five()["before_ha"] - 1),
                    "You divided the change in print by an area. Both columns have to be areas "
                    "in hectares.",
                ),
                Misconception(
                    "the two that are wrong",
                    lambda: _redone()[_off()],
                    "These are the two that print got wrong. The check asks for all five changes.",
                ),
            ],
            hints=[
                "The table has both areas in columns, so one line does all five: after over "
                "before, less 1, times 100.",
                "The same in the lesson's table, from the UN's area to that of the US: "
                '`100 * (both["us_ha"] / both["area_ha"] - 1)` is how much more the US has, in '
                "percent of the UN. Carry it over: which area is the base of a headline?",
            ],
        ),
        Task(
            id="03.3",
            title="The record of 2022, on the same ground",
            answer="number",
            unit="percent of the area of 2020",
            reference=lambda: 100 * (_ground()[1] / _ground()[0] - 1),
            misconceptions=[
                Misconception(
                    "all zones",
                    lambda: 100 * (_ground()[2] / _ground()[0] - 1),
                    "That counts the zones that are new since 2020 as growth. Keep only the rows "
                    "of 2022 whose zone is also there in 2020.",
                ),
                Misconception(
                    "new ground only",
                    lambda: 100 * (_ground()[2] - _ground()[1]) / _ground()[0],
                    "That is what the new zones add. Leave them out instead: keep the rows where "
                    "the mask is True.",
                ),
                Misconception(
                    "later year as base",
                    lambda: 100 * (1 - _ground()[0] / _ground()[1]),
                    "You divided by 2022. The earlier year, 2020, goes below the line.",
                ),
                Misconception(
                    "hectares",
                    lambda: _ground()[1] - _ground()[0],
                    "That is the growth in hectares. Divide it by the area of 2020.",
                ),
                Misconception(
                    "ratio",
                    lambda: 100 * _ground()[1] / _ground()[0],
                    "That is 2022 in percent of 2020. Subtract 1 before you multiply by 100.",
                ),
                Misconception(
                    "the area itself",
                    lambda: _ground()[1],
                    "That is the area after, on the same ground. The last step is left: how much "
                    "more is it than in 2020, in percent?",
                ),
                Misconception(
                    "share of the total",
                    lambda: 100 * _ground()[1] / _ground()[2],
                    "That is the share of the old zones in the total of 2022. Divide by the area "
                    "of 2020.",
                ),
                Misconception(
                    "the way back",
                    lambda: 100 * (_ground()[0] / _ground()[1] - 1),
                    "Your two areas have changed places: this goes from 2022 back to 2020. Put "
                    "the later one above the line.",
                ),
                Misconception(
                    "new zones kept",
                    lambda: 100 * ((_ground()[2] - _ground()[1]) / _ground()[0] - 1),
                    "You kept the new zones, which ~ chooses. Keep the old ones: the mask "
                    "without ~.",
                ),
                Misconception(
                    "a mask that fits nothing",
                    lambda: 100 * (0 / _ground()[0] - 1),
                    "Your mask keeps no row, so the sum is 0. Compare zones with zones: the same"
                    " column on both sides of .isin().",
                ),
                Misconception(
                    "2020 with itself",
                    lambda: 100 * (_ground()[0] / _ground()[0] - 1),
                    "Your two areas are the same. One sum belongs to 2022, the other to 2020.",
                ),
                Misconception(
                    "brackets",
                    lambda: 100 * _ground()[1] / _ground()[0] - 1,
                    "You took 1 off after you had multiplied by 100. Put the division and the 1 "
                    "in brackets, and multiply these by 100.",
                ),
                Misconception(
                    "Python divides first",
                    lambda: (_ground()[1] - _ground()[0] / _ground()[0]) * 100,
                    "Only the area of 2020 was divided. Put the subtraction in brackets, then "
                    "divide.",
                ),
                Misconception(
                    "zones counted",
                    lambda: 100 * (len(_zones(2022)) / len(_zones(2020)) - 1),
                    "You counted zones. Add up their hectares.",
                ),
            ],
            hints=[
                "As in the lesson for 2021: a mask with .isin(), a sum of the rows that fit, a "
                "division by the sum of 2020.",
                "The same the other way round, for the zones of 2020 that are still there: "
                '`still = in_2020["zone"].isin(in_2022["zone"])`, then '
                '`in_2020[still]["area_ha"].sum()`. Carry it over: which rows of 2022 are old?',
            ],
        ),
        Task(
            id="03.4",
            title="Where does the 26% come from?",
            answer="choice",
            choices=(LATER, SHARE, US, WIDER),
            reference=_origin,
            misconceptions=[
                Misconception(
                    "later year",
                    lambda: LATER,
                    "Compute it: this division gives the figure of the other wrong headline.",
                ),
                Misconception(
                    "US",
                    lambda: US,
                    "Compute it: the change as the US has it is several points below 26.",
                ),
                Misconception(
                    "more zones",
                    lambda: WIDER,
                    "Compute it: this one is several points above 26, and it is the change of the "
                    "following year.",
                ),
            ],
            hints=[
                "Four divisions, four numbers. Print them, rounded, beside 26.",
                "For Colombia a division of the second kind would be "
                "`100 * colombia_un.loc[2020] / andes_un.loc[2020]`, and one of the first kind "
                "`100 * (colombia_us.loc[2020] / colombia_us.loc[2019] - 1)`. Carry them over.",
            ],
            core=False,
        ),
        Task(
            id="03.5",
            title="Draw the two observers of Colombia",
            answer="series",
            unit="US ha per UN ha, one value for each year that both have",
            reference=_us_per_un,
            misconceptions=[
                Misconception(
                    "upside down",
                    lambda: 1 / _us_per_un(),
                    "That is UN hectares for each US hectare. The US goes above the line.",
                ),
                Misconception(
                    "percent",
                    lambda: 100 * _us_per_un(),
                    "These are percentages. One hectare for one hectare is 1, not 100.",
                ),
                Misconception(
                    "difference in hectares",
                    lambda: _observers()["us"] - _observers()["un"],
                    "That is a difference. A ratio divides, so that years with much and with "
                    "little coca can be compared.",
                ),
                Misconception(
                    "how much more",
                    lambda: _us_per_un() - 1,
                    "That is how much more the US sees, as a fraction. The ratio itself is one "
                    "larger.",
                ),
            ],
            hints=[
                "Divide one column by the other: pandas lines the years up. Years that one of "
                "them lacks become NaN; drop them.",
                "The same for Peru: `(peru_us / peru_un).dropna()` has one value for each year "
                "that both observers have. Carry it over to Colombia.",
            ],
            core=False,
        ),
        Task(
            id="03.6",
            title="The other observer's first place",
            answer="series",
            unit="ha, one value for each year from 2012 to 2014",
            reference=_lead,
            misconceptions=[
                Misconception(
                    "the UN's figures",
                    lambda: _lead("un"),
                    "These are the UN's areas, as in the lesson. Take the two series of the US.",
                ),
                Misconception(
                    "Colombia's lead",
                    lambda: -_lead(),
                    "That is Colombia's lead over Peru. Turn the subtraction round, even if the "
                    "result is negative.",
                ),
                Misconception(
                    "observers mixed",
                    lambda: (_area("un", "Peru") - _area("us", "Colombia")).loc[2012:2014],
                    "Peru is the UN's and Colombia the US's. Compare countries by one observer.",
                ),
            ],
            hints=[
                "Subtract one series from the other, then choose the years with .loc; both ends "
                "count.",
                "The same by the UN, for other years: `(peru_un - colombia_un).loc[2009:2011]`. "
                "Carry it over to the other observer and to the years of the task.",
            ],
            core=False,
        ),
        Task(
            id="03.7",
            title="A headline that can be checked",
            answer="text",
            reference=str,
            mentions=_quoted,
            words=(60, 200),
            hints=[
                "Four questions for the headline: who counted, what, where, and compared with "
                "when?",
                "For the last part think of the new zones: what stood there in 2020, and who "
                "could still find out?",
            ],
            rubric=[
                "The headline names observer, years and coverage, and a reader could look it up.",
                "Each percentage stands with what it covers; neither is called the true one.",
                "No cause is claimed: the figures say how much, not why.",
                "The last part names something that neither figure shows, and data that would "
                "show it.",
            ],
            core=False,
        ),
    ],
    turns=[
        Task(
            id="03.t1",
            title="The smaller figure",
            answer="series",
            unit="words: the observer",
            reference=lambda: _lowest_2003("observer"),
            misconceptions=[
                Misconception(
                    "the kind of figure",
                    lambda: _lowest_2003("concept"),
                    "That says what was counted. The question asks who printed it: keep the "
                    "column `observer`.",
                ),
                Misconception(
                    "the area",
                    lambda: _lowest_2003("area_ha"),
                    "That is the area. The question asks who printed it: keep the column "
                    "`observer`.",
                ),
                Misconception(
                    "the larger area",
                    lambda: _in_2003()["observer"].tail(1),
                    "That is who printed the larger area. Put the rows in order by their area, "
                    "smallest first.",
                ),
                Misconception(
                    "both rows",
                    lambda: _in_2003()["observer"],
                    "These are both observers. Keep the first row only, with .head(1).",
                ),
            ],
            hints=['In 2015 the rows were put in order with `in_2015.sort_values("area_ha")`.'],
        ),
        Task(
            id="03.t2",
            title="Colombia in 2012",
            answer="number",
            unit="percent of the area of 2011",
            reference=lambda: _change(country="Colombia", year=2012),
            misconceptions=[
                Misconception(
                    "later year as base",
                    lambda: 100 * (1 - _colombia(2011) / _colombia(2012)),
                    "You divided by the area of 2012. The earlier year is the base.",
                ),
                Misconception(
                    "a fraction",
                    lambda: _change(country="Colombia", year=2012) / 100,
                    "That is a fraction of one. Leave the `100 *` where it was.",
                ),
                Misconception(
                    "hectares",
                    lambda: 100 * (_colombia(2012) - _colombia(2011)),
                    "That is the change in hectares, times 100. Which method compares a row with"
                    " the row above as a share?",
                ),
                Misconception(
                    "no change computed",
                    lambda: 100 * _colombia(2012),
                    "That is the area of 2012, times 100. The method has to compare each year "
                    "with the one before.",
                ),
            ],
            hints=[
                'For Peru the lesson wrote `table["area_ha"].pct_change()`; the year is chosen '
                "afterwards."
            ],
        ),
        Task(
            id="03.t3",
            title="Years that both have",
            answer="integer",
            unit="years",
            reference=lambda: len(_observers("Peru")),
            misconceptions=[
                Misconception(
                    "missing years kept",
                    lambda: _all_years(),
                    "You counted the years in which one of them has no area as well. Drop "
                    "these first.",
                ),
                Misconception(
                    "the UN's years",
                    lambda: len(_area("un", "Peru")),
                    "That is the number of the UN's years. Some of them have no US figure.",
                ),
            ],
            hints=["The lesson wrote `both.dropna()`: the same method works on one column."],
        ),
        Task(
            id="03.t4",
            title="Hectares on new ground",
            answer="number",
            unit="ha",
            reference=lambda: _added(2020),
            misconceptions=[
                Misconception(
                    "new since 2021",
                    lambda: _added(2021),
                    "These are the zones that are new since 2021. Compare with the zones of 2020.",
                ),
                Misconception(
                    "all zones",
                    lambda: _zones(2024).sum(),
                    "These are all the hectares of 2024. Keep only the zones that are not old.",
                ),
                Misconception(
                    "old zones",
                    lambda: _zones(2024).sum() - _added(2020),
                    "These are the hectares in the old zones. Leave the ~ where it was: it keeps"
                    " the others.",
                ),
                Misconception(
                    "nothing is new",
                    lambda: _added(2024),
                    "The table that you named holds the zones of 2024 itself, so none of them is"
                    " new. Name the table of 2020.",
                ),
            ],
            hints=[
                "The lesson called the table of 2020 `in_2020` and asked "
                '`in_2021["zone"].isin(in_2020["zone"])`.'
            ],
        ),
    ],
)

check = TASKS.check
