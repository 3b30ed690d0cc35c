"""Tasks of lesson NN: how much coca does Bolivia grow, and who says so?"""

from __future__ import annotations

import pandas as pd

from course.checks import Misconception, Task, Tasks
from course.data import load

# Replace: what the tasks compute. The right value and each known mistake come from the tables.


def _area(series: str) -> pd.Series:
    """Return Bolivia's coca area (ha) by year, 2012 to 2018, as one observer has it."""
    table = load("cultivation").set_index(["country", "series", "year"])["area_ha"]
    return table.loc["Bolivia"].loc[series].loc[2012:2018]


def _grew(series: str = "un", *, first: int = 2015, last: int = 2018) -> float:
    area = _area(series)
    return area.loc[last] - area.loc[first]


def _percent(series: str = "un", *, first: int = 2012, last: int = 2018) -> float:
    return 100 * _grew(series, first=first, last=last) / _area(series).loc[first]


def _directions() -> pd.DataFrame:
    """Return, for each year from 2013, whether the area grew by either observer."""
    return pd.DataFrame({name: _area(name).diff().dropna() > 0 for name in ("un", "us")})


def _apart() -> int:
    directions = _directions()
    return int((directions["un"] != directions["us"]).sum())


def _quoted() -> dict[str, list[str]]:
    """Return what a written answer has to quote, each in the spellings that count."""
    numbers = {
        "the change by the UN's survey": f"{abs(_grew('un')):,.0f}",
        "the change by the US estimate": f"{abs(_grew('us')):,.0f}",
    }
    return {
        what: [number.replace(",", mark) for mark in (",", "", " ", ".")]
        for what, number in numbers.items()
    }


TASKS = Tasks(
    "NN",
    [
        Task(
            id="NN.1",
            title="The change of one observer",
            answer="number",
            unit="ha",
            reference=_grew,
            misconceptions=[
                Misconception(
                    "earlier year first",
                    lambda: -_grew(),
                    "You took the later year away from the earlier one. A growth is positive: "
                    "begin with 2018.",
                ),
                Misconception(
                    "other observer",
                    lambda: _grew("us"),
                    "That is the change of the US estimate. The question is about the UN's survey.",
                ),
                Misconception(
                    "from the first year of the table",
                    lambda: _grew(first=2012),
                    "That is the change since 2012. The question begins in 2015.",
                ),
            ],
            hints=[
                "Two values of `un`, one taken away from the other.",
                "`un.loc[2018]` is the later one. Take away the same for 2015.",
            ],
        ),
        Task(
            id="NN.2",
            title="The change in percent",
            answer="number",
            unit="percent",
            reference=_percent,
            misconceptions=[
                Misconception(
                    "later year as the whole",
                    lambda: 100 * _grew(first=2012) / _area("un").loc[2018],
                    "You divided by the area of 2018. A change is measured against where it began.",
                ),
                Misconception(
                    "hectares",
                    lambda: _grew(first=2012),
                    "That is the change in hectares. Divide it by the area of 2012 and take it "
                    "times a hundred.",
                ),
                Misconception(
                    "other observer",
                    lambda: _percent("us"),
                    "That is the change of the US estimate. The question is about the UN's survey.",
                ),
            ],
            hints=[
                "The area of 2012 is the whole. How large is that of 2018 as a part of it?",
                "`100 * (later / earlier - 1)`, with `un.loc[2018]` and `un.loc[2012]`.",
            ],
        ),
        Task(
            id="NN.3",
            title="The gap between the observers",
            answer="series",
            unit="ha, one value for each year from 2012 to 2018",
            reference=lambda: _area("us") - _area("un"),
            misconceptions=[
                Misconception(
                    "the other way round",
                    lambda: _area("un") - _area("us"),
                    "You took the US figures away from the UN's. Where the US reports more, the "
                    "gap is positive.",
                ),
                Misconception(
                    "without its sign",
                    lambda: (_area("us") - _area("un")).abs(),
                    "In one year the US reports less, and your gap does not say so. Keep the sign.",
                ),
                Misconception(
                    "ratio",
                    lambda: _area("us") / _area("un"),
                    "You divided the two. A gap in hectares is a difference.",
                ),
            ],
            hints=[
                "pandas lines two columns up by their label, the year: one line is enough.",
                "Take `un` away from `us`.",
            ],
        ),
        Task(
            id="NN.4",
            title="Years of disagreement",
            answer="integer",
            unit="years",
            reference=_apart,
            misconceptions=[
                Misconception(
                    "years of agreement",
                    lambda: len(_directions()) - _apart(),
                    "You counted the years in which they agree. Use `!=` for those in which not.",
                ),
                Misconception(
                    "larger figure for growth",
                    lambda: int((_area("us") > _area("un")).sum()),
                    "You counted the years in which the US figure is larger. The question is about "
                    "the change: take `.diff()` of each first.",
                ),
                Misconception(
                    "one kind of disagreement",
                    lambda: int((_directions()["us"] & ~_directions()["un"]).sum()),
                    "You counted only the years in which the US reports growth and the UN none. "
                    "There is also a year the other way round.",
                ),
            ],
            hints=[
                "`un.diff() > 0` is True where the UN reports growth. Do the same for the US.",
                "Compare the two with `!=`, keep the years from 2013 with `.loc[2013:]`, and add "
                "up: True counts as one.",
            ],
            core=False,
        ),
        Task(
            id="NN.5",
            title="One sentence for a newspaper",
            answer="text",
            reference=str,
            mentions=_quoted,
            words=(40, 150),
            hints=[
                "The change by the UN's survey is that of task NN.1. Compute the other likewise.",
                "The lesson says what each observer counts, and what the table has no column for.",
            ],
            rubric=[
                "Both changes stand in the text with observer, years, unit and direction.",
                "The reason for the difference is what the two count, not who is honest.",
                "What the figures cannot show is something that the table has no column for.",
            ],
            core=False,
        ),
    ],
    turns=[
        Task(
            id="NN.t1",
            title="Years of growth",
            answer="number",
            unit="years",
            reference=lambda: int(_directions()["un"].sum()),
            misconceptions=[
                Misconception(
                    "the share",
                    lambda: float((_area("un").diff() > 0).mean()),
                    "That is the share of the years. The question asks how many they are.",
                ),
                Misconception(
                    "all years",
                    lambda: len(_area("un")),
                    "That is the number of rows. Count only those that are True.",
                ),
            ],
            hints=['`(claims["kind"] == "causal").sum()` counts the claims that are causal.'],
        ),
    ],
)

check = TASKS.check
