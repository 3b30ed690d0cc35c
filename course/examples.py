"""Five worked briefs, with an assessor's marks and comments.

They were written for the course: example A is weak on purpose, B is sound, C is strong. D and E are
strong as well, for eradication and for committees, so that no side has the good briefs. Their
words stand in ``course/texts``. Every number in them is computed here from the tables, so that a
brief stays true when a table is corrected.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.figure import Figure as MatplotlibFigure

from course.colours import COLOURS
from course.data import load
from course.figures import figure, new
from course.wording import say, texts


@dataclass(frozen=True)
class Example:
    """A worked brief.

    Parameters
    ----------
    level
        What it is an example of.
    brief
        The brief; see `course.brief`.
    marks
        For each criterion of `course.brief.RUBRIC` the level from 1 to 4 and the comment.
    """

    level: str
    brief: dict[str, Any]
    marks: dict[str, tuple[int, str]]


def example(letter: str) -> Example:
    """Return example A, B, C, D or E."""
    if letter not in EXAMPLES:
        raise ValueError(
            say(
                "there is no example {letter!r}; the examples are {letters}",
                letter=letter,
                letters=", ".join(EXAMPLES),
            )
        )
    return EXAMPLES[letter]()


# The tables ------------------------------------------------------------------------------------


def _area(series: str) -> pd.Series:
    """Return Peru's area under coca (ha) by year."""
    table = load("cultivation")
    rows = table[(table["series"] == series) & (table["country"] == "Peru")]
    return rows.set_index("year")["area_ha"].sort_index()


def _pulled_up() -> pd.Series:
    """Return the hectares eradicated in Peru by year, in the UN's annex."""
    table = load("eradication")
    rows = table[(table["series"] == "un_annex") & (table["country"] == "Peru")]
    return rows.set_index("year")["area_ha"].sort_index()


def _by_id(table: str, name: str, column: str) -> pd.Series:
    return load(table).set_index(name)[column]


def _written(letter: str, canvas: MatplotlibFigure, **computed: object) -> Example:
    """Return an example: its words with the computed values in place, and its figure."""

    def filled(words: dict[str, Any]) -> dict[str, Any]:
        return {
            name: filled(said)
            if isinstance(said, dict)
            else say(said, **computed)
            if isinstance(said, str)
            else said
            for name, said in words.items()
        }

    words = filled(texts(f"example_{letter}"))
    marks = {name: (mark["level"], mark["comment"]) for name, mark in words["marks"].items()}
    brief = words["brief"] | {"figure": figure(canvas, **words["figure"])}
    return Example(words["level"], brief, marks)


# Example A -------------------------------------------------------------------------------------


def _weak() -> Example:
    pulled = _pulled_up()
    canvas, axes = new(height=2.8)
    axes.bar(pulled.index, pulled / 1000, color=COLOURS["government"])
    axes.set(ylabel=say("thousand"))
    return _written(
        "A",
        canvas,
        done=_by_id("eradication", "figure_id", "area_ha")["peru_2025_corah"],
        target=_by_id("eradication_targets", "target_id", "target_ha")["peru_2025_raised"],
        area=_area("devida"),
    )


# Example B -------------------------------------------------------------------------------------


def _sound() -> Example:
    area, pulled = _area("un"), _pulled_up()
    studied = _by_id("effect_sizes", "effect_id", "unit_of_analysis")["borrero_parada2022"]
    return _written(
        "B",
        _apart(area, pulled),
        area=area,
        pulled=pulled,
        at_least=pulled.loc[2016:2019].min() // 1000 * 1000,
        municipalities=re.findall(r"\((\d+)\)", studied)[0],
        money=_by_id("aid", "aid_id", "amount_eur_million"),
        devida=_area("devida"),
    )


def _apart(area: pd.Series, pulled: pd.Series) -> MatplotlibFigure:
    years = [year for year in pulled.index if year >= 2011]
    canvas, axes = new(height=3)
    axes.plot(years, area[years] / 1000, color=COLOURS["Peru"], marker="o")
    axes.plot(years, pulled[years] / 1000, color=COLOURS["quiet"], marker="o")
    axes.text(2016.8, 57, say("area left"), color=COLOURS["Peru"])
    axes.text(2016.8, 19, say("pulled up"), color=COLOURS["quiet"])
    axes.set(ylim=(0, 70), ylabel=say("thousand hectares"), xticks=range(2011, 2021, 3))
    return canvas


# Example C -------------------------------------------------------------------------------------

QUESTIONS = ["recognition", "command", "arms", "end", "register", "leave", "amnesty"]
QUESTIONS += ["compensation"]


def _strong() -> Example:
    peru = _by_id("selfdefense_figures", "figure_id", "value")
    provisions = load("selfdefense_law_provisions")
    settles = provisions["answer"] != "not_established"
    by_question = settles.groupby(provisions["question"]).sum()
    acts = provisions["law_id"].nunique()
    lists = load("victim_lists")
    lists = lists[(lists["region"] == "all") & (lists["perpetrator_recorded"] == "all")]
    records = lists["deaths_documented"].sum()
    harmed = peru["rondas_as_perpetrator"]
    counts = load("selfdefense_figures")
    kinds = ["committees", "weapons", "weapons_returned", "armed"]
    counts = counts[counts["counts"].isin(kinds)]
    return _written(
        "C",
        _settled(by_question, acts),
        peru=peru,
        acts=acts,
        by_question=by_question,
        records=records,
        harmed=harmed,
        share=100 * harmed / records,
        told=len(counts),
        printed=(counts["observer"] != "press").sum(),
    )


def _settled(by_question: pd.Series, acts: int) -> MatplotlibFigure:
    counts = by_question[QUESTIONS[::-1]]
    canvas, axes = new(height=3)
    axes.barh(range(len(counts)), counts, color=COLOURS["accent"], height=0.6)
    for row, count in enumerate(counts):
        axes.text(count + 0.08, row, f"{count}", va="center")
    axes.set(yticks=range(len(counts)), yticklabels=counts.index, xlim=(0, acts))
    axes.set_xlabel(say("acts that settle the question, of {acts}", acts=acts))
    axes.grid(visible=False)
    return canvas


# Example D -------------------------------------------------------------------------------------


def _for_eradication() -> Example:
    area, pulled, estimate = _area("un"), _pulled_up(), _area("us")
    studied = _by_id("effect_sizes", "effect_id", "unit_of_analysis")["borrero_parada2022"]
    changes = area.diff().dropna()
    return _written(
        "D",
        _apart(area, pulled),
        target=_by_id("eradication_targets", "target_id", "target_ha")["peru_2025_raised"],
        done=_by_id("eradication", "figure_id", "area_ha")["peru_2025_corah"],
        area=area,
        pulled=pulled,
        us=estimate,
        devida=_area("devida"),
        grown=area[2020] - area[2019],
        at_least=pulled.loc[2016:2019].min() // 1000 * 1000,
        municipalities=re.findall(r"\((\d+)\)", studied)[0],
        replanted=_by_id("replanted_share", "figure_id", "share_percent")["peru_2025_april_27"],
        falls=(changes < 0).sum(),
        changes=len(changes),
    )


# Example E -------------------------------------------------------------------------------------


def _for_committees() -> Example:
    peru = _by_id("selfdefense_figures", "figure_id", "value")
    laid = _laid("Ayacucho")
    provinces = load("deaths_province")
    settles = load("selfdefense_law_provisions")
    settled = settles[settles["question"] == "compensation"]["answer"] != "not_established"
    deaths = provinces.groupby("region")["deaths_documented"].sum()
    return _written(
        "E",
        _fell(laid),
        path=laid["shining_path"],
        state=laid["state_agents"],
        requests=peru["compensation_requests_2002"],
        approved=peru["compensation_approved_2002"],
        vraem=peru["rondas_as_perpetrator_vraem"],
        harmed=peru["rondas_as_perpetrator"],
        share=100 * deaths["later_vraem_provinces"] / deaths.sum(),
        acts=settles["law_id"].nunique(),
        settled=settled.sum(),
    )


def _laid(department: str) -> pd.DataFrame:
    """Return documented deaths of a department by year, a column for each recorded side."""
    deaths = load("deaths_department_year")
    deaths = deaths[deaths["department"] == department]
    return deaths.pivot_table(
        index="year", columns="perpetrator_recorded", values="deaths_documented", aggfunc="sum"
    )


def _fell(laid: pd.DataFrame) -> MatplotlibFigure:
    shown = laid.loc[1986:1996]
    canvas, axes = new(height=3)
    axes.plot(shown.index, shown["shining_path"], color=COLOURS["armed_group"], marker="o")
    axes.plot(shown.index, shown["state_agents"], color=COLOURS["state"], marker="o")
    axes.text(1993.2, 150, say("laid to Shining Path"), color=COLOURS["armed_group"])
    axes.text(1986.2, 395, say("laid to the state"), color=COLOURS["state"])
    axes.axvline(1992.7, color=COLOURS["quiet"], linestyle=":")
    axes.text(1992.9, 330, say("capture, 1992"), color=COLOURS["quiet"])
    axes.set(ylim=(0, 430), ylabel=say("documented deaths"), xticks=range(1986, 1997, 2))
    return canvas


EXAMPLES: dict[str, Callable[[], Example]] = {
    "A": _weak,
    "B": _sound,
    "C": _strong,
    "D": _for_eradication,
    "E": _for_committees,
}
