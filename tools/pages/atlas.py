"""Write the atlas of the book from the tables: maps of the country, each with its table.

A map shows where to look; the table under it is what can be checked, and what a reader who does
not see the map reads. Nothing is placed more precisely than the department, and the capitals of
departments and provinces to a tenth of a degree.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure as Canvas

from course.colours import COLOURS
from course.data import load
from course.figures import figure, new, tell
from course.maps import draw, label, outlines
from tools.common.paths import lesson_links
from tools.common.tables import rows_of
from tools.pages.template import fill, placed

PAGE = "book/atlas.md"
# Five steps from almost nothing to 0.55, where a label on top is still readable.
OPACITIES = (0.08, 0.2, 0.32, 0.44, 0.55)
OUTLINES = "outlines from Natural Earth, simplified; borders are not authoritative"
LISTS = "three lists of the dead and disappeared, merged"
SIDES = {
    "state_agents": "State agents",
    "shining_path": "Shining Path",
    "self_defence_rondas": "Rondas and committees",
}
PERIODS = ((1980, 1982), (1983, 1984), (1985, 1988), (1989, 1992), (1993, 2000))


def pages() -> dict[str, bytes]:
    """Return the atlas: its path in the staged source and its content."""
    text = fill(
        "atlas",
        country=_country(),
        deaths=_deaths(),
        sides=_sides(),
        periods=_periods(),
        coca=_coca(),
        zones=_zones(),
        vraem=_vraem(),
        places=_places(),
        more=_more,
    )
    return {PAGE: text.encode()}


PATTERN = "///"  # of one side, where both are as dark in grey

# What the maps share ---------------------------------------------------------------------------


def _canvas() -> tuple[Canvas, Axes]:
    """Return axes that the country fills, also on a phone."""
    canvas, axes = new(4.45, 6.25)
    axes.set(xlim=(-81.6, -68.4), ylim=(-18.6, 0.2))
    return canvas, axes


def classes(values: pd.Series, limits: Iterable[float]) -> dict[str, int]:
    """Sort values into classes: 0 up to below the first limit, 1 from there on, and so forth."""
    limits = tuple(limits)
    return {str(name): sum(value >= limit for limit in limits) for name, value in values.items()}


def _shades(steps: Mapping[str, int], colour: str) -> dict[str, tuple[str, float]]:
    return {name: (COLOURS[colour], OPACITIES[step]) for name, step in steps.items()}


def _key(axes: Axes, entries: Iterable[tuple[Any, ...]]) -> None:
    """Say what the shades mean, in the empty sea at the lower left; each may have a pattern."""
    for row, (colour, opacity, text, *pattern) in enumerate(entries):
        y = -14.4 - 0.62 * row
        corners = [-81.5, -80.9, -80.9, -81.5], [y - 0.2, y - 0.2, y + 0.2, y + 0.2]
        inner = to_rgba(colour, opacity)
        look = {"facecolor": inner, "edgecolor": COLOURS["quiet"], "linewidth": 0.6}
        axes.fill(*corners, **look, hatch=pattern[0] if pattern else None)
        label(axes, -80.7, y, text, ha="left", size=9.5)


def _steps(limits: list[int], colour: str) -> list[tuple[str, float, str]]:
    """Return the entries of a key for classes of whole numbers."""
    ends = [f"under {limits[0]:,}"]
    ends += [f"{low:,} to {high - 1:,}" for low, high in pairwise(limits)]
    ends.append(f"{limits[-1]:,} or more")
    shades = [(COLOURS[colour], OPACITIES[step], text) for step, text in enumerate(ends)]
    return shades[::-1]


# Labels that stand a little off the middle of their department, to leave room for a neighbour's.
MOVED = {"Ayacucho": (-74.2, -14.7), "Apurímac": (-72.85, -14.0), "Madre de Dios": (-70.4, -11.9)}


def _label_places() -> dict[str, tuple[float, float]]:
    """Return where the label of each department stands: longitude, latitude."""
    departments = load("departments").set_index("department")[["label_lon", "label_lat"]]
    return dict(departments.apply(tuple, axis=1)) | MOVED


def _write_values(axes: Axes, values: pd.Series, least: float) -> None:
    """Write the larger numbers on their departments; the smaller ones stand in the table."""
    places = _label_places()
    for name, value in values.items():
        if value >= least:
            label(axes, *places[str(name)], f"{value:,.0f}", size=9.5)


def _more(*numbers: str) -> str:
    """Return where a map is taken up, of the lessons that there are."""
    links = lesson_links(numbers)
    return f"{links} take{'' if links.startswith('Lessons') else 's'} this up." if links else ""


# The maps ----------------------------------------------------------------------------------------

# Names that do not fit on their department, and where they stand in the sea beside it.
BESIDE = {
    "Tumbes": (-81.5, -2.9),
    "Lambayeque": (-81.5, -7.1),
    "La Libertad": (-81.5, -8.4),
    "Ancash": (-81.2, -9.7),
    "Lima": (-79.2, -10.9),
    "Callao": (-79.6, -12.0),
    "Huancavelica": (-79.6, -13.1),
    "Ica": (-78.0, -14.2),
    "Moquegua": (-75.2, -17.4),
    "Tacna": (-73.0, -18.3),
}


def neighbours() -> dict[str, str]:
    """Return the departments that touch each one, as the outlines have them."""
    points = {
        name: {(lon, lat) for ring in rings for lon, lat in ring.tolist()}
        for name, rings in outlines().items()
    }
    return {
        name: ", ".join(other for other in points if other != name and own & points[other])
        for name, own in points.items()
    }


def _country() -> str:
    canvas, axes = _canvas()
    draw(axes, {})
    places = _label_places()
    touching = pd.Series(neighbours(), name="its neighbours in Peru").rename_axis("department")
    tell(axes, touching.to_frame().assign(at=touching.index.map(places)))
    for name, at in places.items():
        if beside := BESIDE.get(name):
            axes.annotate(
                name,
                at,
                beside,
                fontsize=9.5,
                va="center",
                arrowprops={"arrowstyle": "-", "color": COLOURS["quiet"], "linewidth": 0.6},
            )
        else:
            label(axes, *at, name, size=9.5)
    shown = figure(
        canvas,
        "Peru has 25 departments, from the desert coast over the Andes to the Amazon.",
        "Outline map of Peru with the names of its departments. Ayacucho lies in the southern "
        "Andes; Huancavelica, Apurímac, Cusco and Junín are its neighbours to the west, east and "
        "north. San Martín, Huánuco and Ucayali lie further north, where the Andes meet the "
        "Amazon. Lima, with the capital, and the small Callao lie on the coast.",
        OUTLINES + ".",
    )
    return placed(shown, "departments")


def deaths_by_department() -> pd.DataFrame:
    """Return documented deaths by department and recorded side, largest total first."""
    deaths = load("deaths_department_year")
    counts = deaths.pivot_table(
        "deaths_documented", "department", "perpetrator_recorded", "sum", fill_value=0
    ).astype(int)
    counts["total"] = counts.sum(axis=1)
    return counts.sort_values("total", ascending=False)


def _deaths() -> str:
    counts = deaths_by_department()
    known = counts.drop(index="unknown")["total"]
    limits = [10, 100, 1000, 5000]
    shown_sides = counts[["total", *SIDES]].rename(columns={"total": "Total"} | SIDES)
    shown_sides["Others and unknown"] = counts["total"] - counts[list(SIDES)].sum(axis=1)
    canvas, axes = _canvas()
    draw(axes, _shades(classes(known, limits), "accent"))
    tell(axes, shown_sides.rename(index={"unknown": "place not recorded"}))
    _write_values(axes, known, 250)
    _key(axes, _steps(limits, "accent"))
    first = known.index[0]
    shown = figure(
        canvas,
        f"{first} has almost half of the documented deaths and disappearances.",
        f"Map of Peru shaded by documented deaths and disappearances, 1980 to 2000. {first} is "
        f"darkest with {known.iloc[0]:,}; then {_listed(known.iloc[1:6])}. The coast and the far "
        "north have few.",
        f"{LISTS}, {counts['total'].sum():,} in all; {OUTLINES}.",
    )
    return placed(shown, "deaths_department_year")


def _listed(values: pd.Series) -> str:
    parts = [f"{name} with {value:,}" for name, value in values.items()]
    return ", ".join(parts[:-1]) + " and " + parts[-1]


def _sides() -> str:
    counts = deaths_by_department().drop(index="unknown")
    enough = counts[counts["total"] >= 50]
    ratio = enough["shining_path"] / (enough["shining_path"] + enough["state_agents"])
    fill = {}
    names: dict[str, list[Any]] = {"state": [], "armed_group": [], "neither": []}
    for name, share in zip(enough.index, ratio, strict=True):
        side = "state" if share < 0.45 else "armed_group" if share > 0.55 else "neither"
        names[side].append(name)
        colour = COLOURS["undetermined" if side == "neither" else side]
        fill[name] = (colour, 0.25 if side == "neither" else 0.5)
    canvas, axes = _canvas()
    draw(axes, fill, hatch=dict.fromkeys(names["armed_group"], PATTERN))
    tell(axes, (100 * ratio).round().rename("Shining Path’s share, %").rename_axis("Department"))
    places = _label_places()
    for name, share in ratio.items():
        label(axes, *places[str(name)], f"{100 * share:.0f}%", size=9.5)
    _key(
        axes,
        [
            (COLOURS["armed_group"], 0.5, "mostly Shining Path", PATTERN),
            (COLOURS["undetermined"], 0.25, "about even"),
            (COLOURS["state"], 0.5, "mostly state agents"),
            ("white", 0, "fewer than 50 deaths"),
        ],
    )
    shown = figure(
        canvas,
        "Which side the records name more often differs from one department to the next.",
        "Map of Peru with the share laid to Shining Path among records that name Shining Path or "
        f"state agents. Mostly Shining Path: {', '.join(names['armed_group'])}. About even: "
        f"{', '.join(names['neither']) or 'none'}. Mostly state agents: "
        f"{', '.join(names['state'])}.",
        f"{LISTS}; {OUTLINES}.",
    )
    return placed(shown, "deaths_department_year")


def _periods() -> str:
    deaths = load("deaths_department_year").dropna(subset=["year"])
    deaths = deaths[deaths["department"] != "unknown"]
    limits = [1, 10, 100, 1000]
    sums = {}
    canvas, axes = new(4.45, 5)
    axes.remove()
    grid = canvas.subplots(2, 3)
    for place, (start, end) in zip(grid.flat, PERIODS, strict=False):
        part = deaths[deaths["year"].between(start, end)]
        found = sums[f"{start}–{end}"] = part.groupby("department")["deaths_documented"].sum()
        draw(place, _shades(classes(found, limits), "accent"), detail=0.2, line=0.4)
        place.set_title(f"{start}–{end}", fontsize=10)
    last = grid.flat[-1]
    last.axis("off")
    for row, (colour, opacity, text) in enumerate(_steps(limits, "accent")[:-1]):
        y = 0.8 - 0.13 * row
        corners = [0, 0.14, 0.14, 0], [y, y, y + 0.08, y + 0.08]
        last.fill(*corners, facecolor=to_rgba(colour, opacity), linewidth=0)
        label(last, 0.2, y + 0.04, text, ha="left", size=9.5)
    last.set(xlim=(0, 1), ylim=(0, 1))
    frame = pd.DataFrame(sums).fillna(0).astype(int)
    frame = frame.loc[frame.sum(axis=1).sort_values(ascending=False).index]
    tell(last, frame)
    top = {period: frame[period].idxmax() for period in frame}
    shown = figure(
        canvas,
        "It began in Ayacucho, spread over the Andes and the jungle, and shrank after 1992.",
        "Five small maps of documented deaths by department: "
        + "; ".join(
            f"{period}, {(frame[period] > 0).sum()} departments, most in {top[period]}"
            for period in frame
        )
        + ".",
        f"{LISTS}; {OUTLINES}.",
    )
    return placed(shown, "deaths_department_year")


def _coca() -> dict[str, str]:
    coca = load("cultivation_departments")
    year = int(coca["year"].max())
    area = coca[coca["year"] == year].set_index("department")["area_ha"].sort_values()[::-1]
    limits = [1000, 5000, 10000, 15000]
    canvas, axes = _canvas()
    draw(axes, _shades(classes(area, limits), "Peru"))
    tell(axes, area.to_frame("Hectares"))
    _write_values(axes, area, limits[0])
    _key(axes, _steps(limits, "Peru"))
    shown = figure(
        canvas,
        f"In {year} coca was counted in {len(area)} departments, along the eastern Andes and in "
        "the Amazon.",
        f"Map of Peru shaded by hectares of coca in {year}: {_listed(area.iloc[:5])} hectares. "
        "None was counted on the coast south of La Libertad, and little in the north-west.",
        f"DEVIDA, {area.sum():,} hectares in production in {year}; {OUTLINES}.",
    )
    keys = coca.loc[coca["year"] == year, "source_key"].unique()
    figure_of_it = placed(shown, "cultivation_departments")
    return {"year": str(year), "figure": figure_of_it, "source": _cited(keys)}


def _zones() -> dict[str, str]:
    zones = load("cultivation_zones")
    zones = zones[(zones["series"] == "devida") & (zones["country"] == "Peru")]
    year = int(zones["year"].max())
    area = zones[zones["year"] == year].set_index("zone")["area_ha"].sort_values()
    canvas, axes = new(4.45, 6)
    bars = axes.barh(area.index, area, color=COLOURS["Peru"], height=0.7)
    hectares = area.to_frame("Hectares").rename_axis("Zone")
    hectares["at"] = list(zip(area, range(len(area)), strict=True))
    tell(axes, hectares[::-1])
    axes.bar_label(bars, [f"{value:,}" for value in area], padding=3, fontsize=9.5)
    axes.grid(visible=False)
    axes.spines["bottom"].set_visible(False)
    axes.set_xticks([])
    axes.tick_params(axis="y", labelsize=9.5)
    axes.set_xlim(0, area.max() * 1.2)
    share = 100 * area.iloc[-1] / area.sum()
    shown = figure(
        canvas,
        f"One zone of {len(area)}, the {area.index[-1]}, has {share:.0f} percent of the coca.",
        f"Bars of hectares of coca by zone in {year}: {_listed(area[::-1].iloc[:5])}. The smallest "
        f"is {area.index[0]} with {area.iloc[0]:,}.",
        f"DEVIDA, hectares in production in {year}.",
    )
    keys = zones.loc[zones["year"] == year, "source_key"].unique()
    return {"year": str(year), "figure": placed(shown, "cultivation_zones"), "source": _cited(keys)}


def _cited(keys: Iterable[str]) -> str:
    return "Source: " + "; ".join(f"{{cite:t}}`{key}`" for key in keys) + "."


def _vraem() -> dict[str, str]:
    lists = load("vraem_districts")
    counts = lists["zone_list"].value_counts()
    entries = []
    for (department, province), part in lists.groupby(["department", "province"], sort=True):
        on = part.groupby("district")["zone_list"].agg(frozenset)
        entries.append(f"{province}, {department}")
        for words, found in ON_LISTS.items():
            if districts := [str(name) for name, which in on.items() if which == found]:
                entries.append(f": {words}: {', '.join(districts)}.")
        entries.append("")
    return {
        "direct_intervention": str(counts["direct_intervention_2022"]),
        "emergency": str(counts["emergency_2020"]),
        "districts": "\n".join(entries).rstrip(),
        "source": _cited(lists["source_key"].unique()),
    }


ON_LISTS = {
    "On both lists": {"direct_intervention_2022", "emergency_2020"},
    "Direct intervention 2022 only": {"direct_intervention_2022"},
    "Emergency 2020 only": {"emergency_2020"},
}


def _places() -> str:
    places = load("places").sort_values("place")
    entries = []
    for department, part in places.fillna({"department": "Several"}).groupby("department"):
        entries.append(str(department))
        for row in rows_of(part):
            name = row.place if pd.isna(row.also_called) else f"{row.place} ({row.also_called})"
            entries.append(f": **{name}**: {row.why_it_matters}.")
        entries.append("")
    return "\n".join(entries).rstrip()
