"""Tasks of lesson 04: does pulling up coca reduce coca?"""

from __future__ import annotations

from typing import Any

import pandas as pd

from course.checks import Misconception, Task, Tasks, spellings
from course.data import load


def _ledger() -> pd.DataFrame:
    """Return area and hectares pulled up (ha) by country and year, 2009 to 2020."""
    cultivation, eradication = load("cultivation"), load("eradication")
    annex = eradication[eradication["series"] == "un_annex"]
    un = cultivation[cultivation["series"] == "un"]
    pairs = ["country", "year"]
    ledger = un.set_index(pairs)[["area_ha"]].sort_index()
    ledger["pulled_ha"] = annex.set_index(pairs)["area_ha"]
    return ledger.dropna()


def _identity(country: str) -> pd.DataFrame:
    """Return a country's ledger with the change of the crop and the new coca (ha)."""
    ledger = pd.DataFrame(_ledger().loc[country])
    ledger["change_ha"] = ledger["area_ha"].diff()
    ledger["new_ha"] = ledger["change_ha"] + ledger["pulled_ha"]
    return ledger


# 04.1 ------------------------------------------------------------------------------------------


def _colombia(column: str, year: int = 2016) -> float:
    return _identity("Colombia")[column].loc[year]


# 04.2 ------------------------------------------------------------------------------------------


def _per_hectare(country: str = "Bolivia") -> pd.Series:
    ledger = _identity(country)
    return (ledger["new_ha"] / ledger["pulled_ha"]).dropna()


def _bolivia_ratio(above: str, below: pd.Series) -> pd.Series:
    return (_identity("Bolivia")[above] / below).dropna()


# 04.3 ------------------------------------------------------------------------------------------


def _changes() -> pd.Series:
    """Return the change of the crop (ha) by country and year, without each first year."""
    return _ledger().groupby("country")["area_ha"].diff().dropna()


def _share(true: pd.Series) -> pd.Series:
    return true.groupby("country").mean()


# 04.4 ------------------------------------------------------------------------------------------


def _claims() -> pd.DataFrame:
    return load("avoided_cocaine").set_index("figure_id")


def _tonnes_and_area() -> tuple[float, float]:
    """Return the tonnes claimed as avoided and the hectares they rest on, to October 2024."""
    claim = _claims().loc["peru_2024_october"]
    return float(claim["claimed_t"]), float(claim["area_ha"])


def _of_the_whole_year() -> float:
    tonnes, _ = _tonnes_and_area()
    area = load("eradication").set_index("figure_id")["area_ha"].loc["peru_2024_year"]
    return tonnes * 1000 / area


def _of_all_claims() -> float:
    claims = _claims().dropna(subset=["area_ha"])
    return claims["claimed_t"].sum() * 1000 / claims["area_ha"].sum()


# 04.5 ------------------------------------------------------------------------------------------


def _targets(scope: str | None = "country") -> Any:
    targets = load("eradication_targets")
    targets = targets[targets["country"] == "Peru"]
    if scope:
        targets = targets[targets["scope"] == scope]
    return targets.groupby("year")["target_ha"]


def _against(target: pd.Series, *, column: str = "pulled_ha", years_on: int = 0) -> pd.DataFrame:
    """Return what was done beyond a target, and the change of the crop `years_on` later."""
    peru = _identity("Peru")
    table = pd.DataFrame(
        {
            "over_target_ha": peru[column] - target,
            "change_ha": peru["change_ha"].shift(-years_on),
        }
    )
    return table.dropna().rename_axis("year").reset_index()


# 04.6 ------------------------------------------------------------------------------------------


def _quoted() -> dict[str, list[str]]:
    years = _against(_targets().max())["year"]
    peru = _identity("Peru").loc[years]
    return {
        "the hectares pulled up in a year of the table": spellings(*peru["pulled_ha"]),
        "the change of the crop in that year": spellings(*peru["change_ha"]),
        "the word minister": ["minister", "ministro", "ministra"],
        "the word critic": ["critic", "crítico", "crítica"],
    }


# Your turn -------------------------------------------------------------------------------------


def _busy() -> pd.Series:
    """Return for each year from 2010 to 2019 whether more than 20,000 ha were pulled up in Peru."""
    return _identity("Peru")["pulled_ha"].loc[2010:2019] > 20_000


TASKS = Tasks(
    "04",
    [
        Task(
            id="04.1",
            title="New coca in a year of little eradication",
            answer="number",
            unit="ha",
            reference=lambda: _colombia("new_ha"),
            misconceptions=[
                Misconception(
                    "flow for new coca",
                    lambda: _colombia("pulled_ha"),
                    "That is what was pulled up in 2016. The crop grew as well: how much new coca "
                    "makes up for both?",
                ),
                Misconception(
                    "net for gross",
                    lambda: _colombia("change_ha"),
                    "That is the change of the crop, after pulling. New coca also had to replace "
                    "what was pulled up: add it back.",
                ),
                Misconception(
                    "wrong sign",
                    lambda: _colombia("change_ha") - _colombia("pulled_ha"),
                    "You took the hectares pulled up away. They left the field, so new coca must "
                    "have covered them too: which sign?",
                ),
                Misconception(
                    "stock for change",
                    lambda: _colombia("area_ha") + _colombia("pulled_ha"),
                    "You added the whole crop at the end of the year. Most of it stood there "
                    "before: use the change since the year before.",
                ),
                Misconception(
                    "another year's row",
                    lambda: _colombia("new_ha", 2015),
                    "That is the new coca of another year. The change of 2016 is the area of 2016 "
                    "less the area of 2015, and the hectares pulled up are those of 2016.",
                ),
                Misconception(
                    "change a row below",
                    lambda: _colombia("change_ha", 2017) + _colombia("pulled_ha"),
                    "The hectares pulled up are those of 2016, but the change is that of 2017. "
                    "Take the area of 2016 less the area of 2015.",
                ),
                Misconception(
                    "change from 2014",
                    lambda: (
                        _colombia("area_ha") - _colombia("area_ha", 2014) + _colombia("pulled_ha")
                    ),
                    "The earlier area is that of 2014. The change of 2016 begins with the area at "
                    "the end of 2015.",
                ),
                Misconception(
                    "the row below",
                    lambda: _colombia("change_ha") + _colombia("pulled_ha", 2017),
                    "The change is that of 2016, but the hectares pulled up stand one row below. "
                    "Read along the row with the label 2016.",
                ),
                Misconception(
                    "another country",
                    lambda: _identity("Peru")["new_ha"].loc[2016],
                    "That is Peru in 2016. Take the rows of `colombia`.",
                ),
                Misconception(
                    "pulled in another year",
                    lambda: _colombia("change_ha") + _colombia("pulled_ha", 2015),
                    "The change is that of 2016, but the hectares pulled up are those of 2015. "
                    "Both belong to the same year.",
                ),
            ],
            hints=[
                "New coca = change of the crop + hectares pulled up, all in the same year.",
                "The same for Peru in 2012: "
                '`change = peru["area_ha"].loc[2012] - peru["area_ha"].loc[2011]`, then '
                '`change + peru["pulled_ha"].loc[2012]`. Carry it over to Colombia in 2016.',
            ],
        ),
        Task(
            id="04.2",
            title="New coca per hectare reported, in Bolivia",
            answer="series",
            unit="ha per ha, one value for each year from 2010 to 2020",
            reference=_per_hectare,
            misconceptions=[
                Misconception(
                    "net for gross",
                    lambda: _bolivia_ratio("change_ha", _identity("Bolivia")["pulled_ha"]),
                    "You divided the change of the crop. First add back what was pulled up: new "
                    "coca, and only then divide.",
                ),
                Misconception(
                    "stock below the line",
                    lambda: _bolivia_ratio("new_ha", _identity("Bolivia")["area_ha"]),
                    "You divided by the crop, a stock. The ratio asks for new coca per hectare "
                    "pulled up in the year, a flow.",
                ),
                Misconception(
                    "pulled a year early",
                    lambda: _bolivia_ratio("new_ha", _identity("Bolivia")["pulled_ha"].shift()),
                    "You divided by the hectares pulled up the year before. Above and below the "
                    "line belongs the same year.",
                ),
                Misconception(
                    "percent",
                    lambda: _per_hectare() * 100,
                    "These are percentages. A ratio of one hectare to one hectare is 1, not 100.",
                ),
                Misconception(
                    "hectares",
                    lambda: _identity("Bolivia")["new_ha"].dropna(),
                    "This is new coca in hectares. One step is left: divide by the hectares "
                    "pulled up.",
                ),
                Misconception(
                    "another country",
                    lambda: _per_hectare("Peru"),
                    "These are Peru's ratios, the ones of the lesson. Take Bolivia's rows.",
                ),
            ],
            hints=[
                "Three steps: the change of the crop with `.diff()`, then new coca, then a "
                "division. Keep the years from 2010 on: 2009 has no year before it.",
                "The same for Peru from 2015 on: "
                '`new_coca = peru["area_ha"].diff() + peru["pulled_ha"]`, then '
                '`(new_coca / peru["pulled_ha"]).loc[2015:]`. Carry it over to Bolivia and to the '
                "years of the task.",
            ],
        ),
        Task(
            id="04.3",
            title="How often the crop grew",
            answer="series",
            unit="fraction of the years 2010 to 2020, one value for each country",
            reference=lambda: _share(_changes() > 0).rename("fraction"),
            misconceptions=[
                Misconception(
                    "first year counted",
                    lambda: _share(_ledger().groupby("country")["area_ha"].diff() > 0),
                    "You divided by twelve years. For 2009 there is no change to judge, and a "
                    "missing value compared with zero counts as False: drop it first.",
                ),
                Misconception(
                    "change across countries",
                    lambda: _share(_ledger()["area_ha"].diff() > 0),
                    "One country's first year was compared with another country's last. Group by "
                    "country before `.diff()`, and drop the first year.",
                ),
                Misconception(
                    "no change counted as growth",
                    lambda: _share(_changes() >= 0),
                    "In one year one country's crop stayed exactly as it was. That is no growth: "
                    "use `>`, not `>=`.",
                ),
                Misconception(
                    "fell for grew",
                    lambda: _share(_changes() < 0),
                    "These are the years in which the crop became smaller. Turn the sign round.",
                ),
                Misconception(
                    "percent",
                    lambda: _share(_changes() > 0) * 100,
                    "These are percentages. A fraction lies between 0 and 1.",
                ),
                Misconception(
                    "count",
                    lambda: (_changes() > 0).groupby("country").sum().astype(float),
                    "These are numbers of years. Countries are easier to compare as a fraction of "
                    "the years: use `.mean()`.",
                ),
            ],
            hints=[
                'The change of each country: `three.groupby("country")["area_ha"].diff()`. '
                "Drop the missing first year before you compare with zero.",
                "The same for less pulled up than in the year before: "
                '`change = three.groupby("country")["pulled_ha"].diff().dropna()`, then '
                '`(change < 0).groupby("country").mean()`. Carry it over to the area of the crop '
                "and to growth.",
            ],
        ),
        Task(
            id="04.4",
            title="Where tonnes avoided come from",
            answer="number",
            unit="kg per ha",
            reference=lambda: _tonnes_and_area()[0] * 1000 / _tonnes_and_area()[1],
            misconceptions=[
                Misconception(
                    "tonnes",
                    lambda: _tonnes_and_area()[0] / _tonnes_and_area()[1],
                    "That is tonnes per hectare. A tonne has a thousand kilograms.",
                ),
                Misconception(
                    "upside down",
                    lambda: _tonnes_and_area()[1] / _tonnes_and_area()[0],
                    "That is hectares per tonne. Kilograms go above the line, hectares below.",
                ),
                Misconception(
                    "whole year below the line",
                    _of_the_whole_year,
                    "The tonnes are counted to October, but your hectares are those of the whole "
                    "year. Take the area in the same row.",
                ),
                Misconception(
                    "all claims together",
                    _of_all_claims,
                    "You divided the sum of all claims by the sum of all areas. Take the one "
                    "claim, to October 2024.",
                ),
            ],
            hints=[
                "Both numbers stand in one row of `claims`: `claimed_t` and `area_ha`.",
                "The same for leaf: a field of 2 hectares gives 4.4 tonnes, so a hectare gives "
                "`4.4 * 1000 / 2` kilograms. Carry it over to the two columns of `claim`.",
            ],
            core=False,
        ),
        Task(
            id="04.5",
            title="Target met, crop grown",
            answer="table",
            keys=("year",),
            unit="ha, one row for each year with a target and a result",
            reference=lambda: _against(_targets().max()),
            misconceptions=[
                Misconception(
                    "stock target among flow targets",
                    lambda: _against(_targets(scope=None).max()),
                    "One target of 2016 is for the crop left standing, not for hectares pulled "
                    'up: a stock among flows. Keep the rows whose scope is "country".',
                ),
                Misconception(
                    "lowest target",
                    lambda: _against(_targets().min()),
                    "You measured against the lowest target of each year. The question is about "
                    "the highest: the goals of 2013 and 2014 were raised.",
                ),
                Misconception(
                    "stock against target",
                    lambda: _against(_targets().max(), column="area_ha"),
                    "You measured the crop itself against the target. The target is for hectares "
                    "pulled up in the year.",
                ),
                Misconception(
                    "a year later",
                    lambda: _against(_targets().max(), years_on=1),
                    "The change of the crop is that of the following year: each row should hold "
                    "the area of its own year less that of the year before.",
                ),
            ],
            hints=[
                "Group the targets by year and take `.max()`; the result has the year as its "
                "label, so it can be subtracted from a column that has it too.",
                "The same with areas: each year's largest crop is "
                '`largest = un.groupby("year")["area_ha"].max()`. Then '
                '`behind = peru[["pulled_ha"]]`, `behind["behind_ha"] = largest - peru["area_ha"]` '
                "and `behind = behind.dropna()`. Carry it over to targets.",
            ],
            core=False,
        ),
        Task(
            id="04.6",
            title="The minister's sentence and the critic's",
            answer="text",
            reference=str,
            mentions=_quoted,
            words=(60, 200),
            hints=[
                "Choose one row of the table of 04.5. The minister quotes what was done, the "
                "critic what was left.",
                "For the last part ask: what would have stood there if nobody had pulled up "
                "anything? Who could know?",
            ],
            rubric=[
                "Both sentences are true of the same year, and each number has its unit.",
                "Flow and stock keep their names: nobody says that the crop fell by what was "
                "pulled up.",
                "Neither sentence claims a cause that the table cannot carry.",
                "The last part names something that the table cannot show, and what would show it.",
            ],
            core=False,
        ),
    ],
    turns=[
        Task(
            id="04.t1",
            title="New coca in Peru in 2013",
            answer="number",
            unit="ha",
            reference=lambda: _identity("Peru")["new_ha"].loc[2013],
            misconceptions=[
                Misconception(
                    "the change",
                    lambda: _identity("Peru")["change_ha"].loc[2013],
                    "That is the change of the crop. New coca also replaced what was pulled "
                    "up: add it.",
                ),
                Misconception(
                    "the stock",
                    lambda: (_identity("Peru")["area_ha"] + _identity("Peru")["pulled_ha"]).loc[
                        2013
                    ],
                    "You added the whole crop to what was pulled up. Take its change instead.",
                ),
            ],
            hints=['For Colombia the lesson wrote `colombia["area_ha"].diff()`.'],
        ),
        Task(
            id="04.t2",
            title="Busy years",
            answer="number",
            unit="fraction of the ten years",
            reference=lambda: float(_busy().mean()),
            misconceptions=[
                Misconception(
                    "a count",
                    lambda: float(_busy().sum()),
                    "That is the number of such years. For the share take the mean.",
                ),
                Misconception(
                    "the other years",
                    lambda: float(1 - _busy().mean()),
                    "That is the share of the years with less. Leave the sign `>` as it was.",
                ),
            ],
            hints=["The lesson took `above_one.mean()`; a mask in brackets has the same method."],
        ),
        Task(
            id="04.t3",
            title="The net change",
            answer="series",
            unit="ha, one value for each country",
            reference=lambda: _changes().groupby("country").sum().rename("change_ha"),
            misconceptions=[
                Misconception(
                    "a year's change",
                    lambda: _changes().groupby("country").mean(),
                    "That is the change of an average year. Over all the years take the sum.",
                ),
                Misconception(
                    "pulled up",
                    lambda: _ledger()["pulled_ha"].groupby("country").sum(),
                    "These are the hectares pulled up. The question is about the change of "
                    "the crop.",
                ),
            ],
            hints=[
                'The lesson wrote `three.groupby("country")["area_ha"].diff()`: the word in '
                "quotation marks says what makes a group."
            ],
        ),
    ],
)

check = TASKS.check
