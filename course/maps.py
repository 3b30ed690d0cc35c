"""Small maps of Peru: its departments as plain polygons, shaded by what the caller says.

The outlines are a file beside the tables. They are simplified, so a map of them is good for the
country at a glance and for nothing at the scale of a village.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba

from course.colours import COLOURS, INK
from course.data import folder
from course.errors import DataError
from course.wording import say

FILE = "departments.geojson"
# A degree of longitude is this much shorter than one of latitude in the middle of Peru.
NARROWER = float(np.cos(np.radians(9.5)))


@cache
def _features() -> tuple[tuple[str, tuple[np.ndarray, ...]], ...]:
    path = folder() / FILE
    try:
        features = json.loads(path.read_text(encoding="utf-8"))["features"]
    except FileNotFoundError:
        raise DataError(
            say("{file} is missing from {folder}/.", file=FILE, folder=path.parent.name)
        ) from None
    except (json.JSONDecodeError, KeyError) as error:
        raise DataError(
            say("{file}: not a list of outlines ({why}).", file=FILE, why=error)
        ) from None
    return tuple((one["properties"]["department"], _rings(one["geometry"])) for one in features)


def _rings(geometry: dict[str, Any]) -> tuple[np.ndarray, ...]:
    polygons = geometry["coordinates"]
    if geometry["type"] == "Polygon":
        polygons = [polygons]
    return tuple(np.array(ring, dtype="float64") for polygon in polygons for ring in polygon)


def outlines(detail: float = 0.0) -> dict[str, list[np.ndarray]]:
    """Return the outlines of the departments.

    Parameters
    ----------
    detail
        Smallest step between two points of an outline, in degrees. More than 0 leaves points out,
        which keeps a picture small.

    Returns
    -------
    dict
        Department and its rings, each an array of shape (points, 2): longitude, latitude.
    """
    found: dict[str, list[np.ndarray]] = {}
    for department, rings in _features():
        found.setdefault(department, []).extend(_thin(ring, detail) for ring in rings)
    return found


def _thin(ring: np.ndarray, step: float) -> np.ndarray:
    """Leave out points that lie closer than ``step`` to the last one kept."""
    kept = [ring[0]]
    for point in ring[1:-1]:
        if np.hypot(*(point - kept[-1])) >= step:
            kept.append(point)
    if len(kept) < 3:  # an island smaller than a step stays as it is
        return ring
    return np.array([*kept, ring[-1]])


def inside(lon: float, lat: float) -> str | None:
    """Return the department in which a point lies, or None outside the outlines."""
    for department, rings in outlines().items():
        # A ring inside a ring, or one beside it: a point in an odd number of rings is inside.
        if sum(_is_in(ring, lon, lat) for ring in rings) % 2:
            return department
    return None


def _is_in(ring: np.ndarray, lon: float, lat: float) -> bool:
    x, y = ring[:, 0], ring[:, 1]
    x_next, y_next = np.roll(x, -1), np.roll(y, -1)
    crosses = (y > lat) != (y_next > lat)
    with np.errstate(divide="ignore", invalid="ignore"):
        at = x + (lat - y) / (y_next - y) * (x_next - x)
    return bool(np.sum(crosses & (lon < at)) % 2)


def draw(
    axes: Axes,
    fill: Mapping[str, tuple[str, float]],
    *,
    detail: float = 0.05,
    line: float = 0.6,
    hatch: Mapping[str, str] | None = None,
) -> None:
    """Draw the departments on axes made with `course.figures.new`.

    Parameters
    ----------
    axes
        Where to draw; its frame and ticks are switched off.
    fill
        Colour (one of `course.colours.COLOURS`) and opacity (0 to 1) of each department. One that
        is not named stays empty. Opacity up to 0.55 leaves labels on it readable.
    detail
        Smallest step between two points, in degrees; see `outlines`.
    line
        Width of the borders in points.
    hatch
        Pattern of a department, as matplotlib writes it, where two colours alike in grey meet.

    Raises
    ------
    ValueError
        When ``fill`` names a department that does not exist.
    """
    rings = outlines(detail)
    if unknown := fill.keys() - rings.keys():
        raise ValueError(say("no such department: {names}", names=", ".join(sorted(unknown))))
    for department, shapes in rings.items():
        inner = to_rgba(*fill[department]) if department in fill else "none"
        for shape in shapes:
            axes.fill(
                *shape.T,
                facecolor=inner,
                edgecolor=COLOURS["quiet"],
                linewidth=line,
                hatch=(hatch or {}).get(department),
            )
    axes.set_aspect(1 / NARROWER)
    axes.axis("off")


def label(
    axes: Axes, lon: float, lat: float, text: str, *, size: float = 9.5, **style: Any
) -> None:
    """Write a text at a place of the map, centred unless ``style`` says otherwise."""
    options: dict[str, Any] = {
        "ha": "center",
        "va": "center",
        "color": INK,
        "fontsize": size,
    } | style
    axes.text(lon, lat, text, **options)
