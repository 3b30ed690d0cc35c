"""Write the figure of the welcome page: what the three parts of the course look at, on one axis."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from course.colours import COLOURS, INK
from course.data import load
from course.figures import Figure, figure, new
from course.wording import say
from tools.pages.template import placed

PAGE = "book/generated/story.md"
FIRST, LAST = 1980, 2026
ARTICLE = 2014


def pages() -> dict[str, bytes]:
    """Return the figure as a page that the welcome page includes."""
    tables = ("cultivation", "deaths_department_year", "selfdefense_laws")
    return {PAGE: f"```{{raw}} html\n{placed(story(), *tables)}\n```\n".encode()}


def story() -> Figure:
    """Return the figure: coca, documented deaths and laws on committees, year by year."""
    canvas, axes = new(4.45, 4.6)
    axes.remove()
    coca, deaths, laws = canvas.subplots(
        3, 1, sharex=True, gridspec_kw={"height_ratios": [3, 3, 1.1]}
    )
    _coca(coca)
    _deaths(deaths)
    _laws(laws)
    for panel in (coca, deaths, laws):
        panel.axvline(ARTICLE, color=COLOURS["accent"], linestyle=":", linewidth=1.5)
    coca.text(ARTICLE + 0.5, 12, say("the article"), color=COLOURS["accent"], fontsize=9.5)
    laws.set(xlim=(FIRST, LAST), xticks=range(FIRST, LAST, 10))
    return figure(
        canvas,
        title=say("War, coca and law do not keep one calendar"),
        alt=say(
            "Three bands over the years 1980 to 2025. Coca in Peru falls in the 1990s, and from "
        "2000 rises and falls twice. Documented deaths have two peaks, in the middle and at the "
        "end of the 1980s, and are few when coca rises again. Laws on self-defense come in the "
        "1980s, at the height of the war, and again in 2003, 2022 and 2025, long after it."
        ),
        source=say(
            "US and UN estimates of coca; merged lists of the dead and disappeared; laws of "
        "Peru. See The tables."
        ),
    )


def _coca(axes: Axes) -> None:
    table = load("cultivation")
    table = table[table["country"] == "Peru"]
    for series, name, at in [("us", say("US"), (1993, 132)), ("un", say("UN"), (2004.4, 62))]:
        area = table[table["series"] == series].set_index("year")["area_ha"].sort_index() / 1000
        area = area[~area.index.duplicated()]
        axes.plot(area.index.astype(int), area, color=COLOURS[series.upper()])
        axes.text(*at, name, color=COLOURS[series.upper()], fontsize=9.5)
    axes.set(ylim=(0, 145), yticks=[0, 50, 100])
    _name(axes, say("I  Coca in Peru, thousand hectares"), say("lessons 01 to 05"))


def _deaths(axes: Axes) -> None:
    table = load("deaths_department_year").dropna(subset=["year"])
    deaths = table.groupby("year")["deaths_documented"].sum()
    axes.fill_between(deaths.index.astype(int), deaths, color=COLOURS["quiet"], alpha=0.6)
    axes.set(ylim=(0, 4900), yticks=[0, 2000, 4000])
    _name(axes, say("II  Documented deaths a year, to 2000"), say("lessons 06 to 09"))


def _laws(axes: Axes) -> None:
    years = acts()
    axes.plot(years, [0] * len(years), "|", markersize=16, markeredgewidth=2.5, color=INK)
    axes.set(ylim=(-1, 1.6), yticks=[])
    axes.grid(False)
    axes.spines["left"].set_visible(False)
    _name(axes, say("III  Laws on rondas and committees"), say("lessons 10 to 13"))


def acts() -> list[int]:
    """Return the years of the acts that lesson 13 reads against one test."""
    laws, answers = load("selfdefense_laws"), load("selfdefense_law_provisions")
    read: pd.DataFrame = laws[laws["law_id"].isin(answers["law_id"])]
    return sorted({int(year) for year in read["year"]})


def _name(axes: Axes, text: str, lessons: str) -> None:
    axes.set_title(text, loc="left", fontsize=9.5, color=INK)
    axes.set_title(lessons, loc="right", fontsize=9, color=COLOURS["quiet"])
