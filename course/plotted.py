"""The rows that a picture draws, read from the picture itself: what a reader may want as a table.

A line, a bar, a dot and a word have each a place on their axes, and a name: that of a tick, or the
text that can only mean it. What is drawn otherwise, as a map, is told with `tell`.
"""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.axis import Axis, XAxis
from matplotlib.collections import FillBetweenPolyCollection, LineCollection, PathCollection
from matplotlib.colors import to_hex
from matplotlib.container import BarContainer
from matplotlib.figure import Figure as Canvas
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from course.colours import INK
from course.tables import written
from course.wording import noted, say

FEW = 8  # rows that a sentence can hold
MOST = 40  # rows of one curve; of a denser one every second, third ... point is listed
DIGITS = 4
GUIDE = 1.0  # points; a thinner level or upright line only guides the eye
NEAR = 28.0  # points between a mark and the label that may name it
_TOLD = "_course_rows"


@dataclass(frozen=True)
class Mark:
    """One thing that is drawn: where it begins and ends, in the axes' values, and its name."""

    colour: str
    points: tuple[tuple[float, float], ...]
    label: str = field(default="", compare=False)
    is_span: bool = field(default=False, compare=False)
    is_filled: bool = field(default=True, compare=False)
    base: float = 0.0  # where a bar begins
    name: str = field(default="", compare=False)


def tell(axes: Axes, rows: pd.DataFrame | pd.Series | Mapping[str, float]) -> None:
    """Say in rows what a picture shows that has neither lines nor bars, as a map.

    Parameters
    ----------
    axes
        The axes on which it is drawn.
    rows
        What is drawn: the row labels name, the columns say; or single values by their names. A
        column ``at`` may hold the place of each row on the axes as a pair of numbers. Empty where
        the rows stand beside the picture.
    """
    if not isinstance(rows, pd.DataFrame):
        values = rows if isinstance(rows, pd.Series) else pd.Series(rows)
        rows = values.to_frame(values.name or say("value"))
    setattr(axes, _TOLD, rows)


def table(canvas: Canvas) -> str:
    """Return the rows that a drawn picture shows, as an HTML table, or an empty text.

    Each cell that stands for a mark carries the mark's place in the picture, ``data-at="x,y"`` in
    points from its upper left corner.
    """
    height = canvas.get_size_inches()[1] * 72
    frames = [(axes, one) for axes in canvas.axes if (one := _rows(axes)) and len(one[0])]
    made = []
    for axes, (rows, places) in frames:
        title = _panel(axes) if len(frames) > 1 else ""
        made.append(_html(rows, places, title, height, axes))
    return "".join(made)


def _panel(axes: Axes) -> str:
    return max((text.get_text() for text in axes.texts), key=len, default="")


Places = list[list[tuple[float, float] | None]]


def _rows(axes: Axes) -> tuple[pd.DataFrame, Places] | None:
    """Return the rows of one picture, as texts, and where each cell's mark lies on the axes.

    None where they are not certain: then the code that draws says them with `tell`.
    """
    if (told := getattr(axes, _TOLD, None)) is not None:
        return _told(told) if len(told) else None
    marks = list(_marks(axes)) if axes.axison else []
    if not marks:
        return _words(axes)
    # A line is often drawn again as dots.
    marks = _named([mark for m, mark in enumerate(marks) if mark not in marks[:m]], axes)
    x_named = _is_named(axes.xaxis, [x for mark in marks for x, _ in mark.points])
    y_named = _is_named(axes.yaxis, [y for mark in marks for _, y in mark.points])
    if x_named and y_named:
        return _grid(marks, axes)
    if not y_named and any(len(mark.points) > 1 and not mark.is_span for mark in marks):
        marks = [replace(mark, is_span=False) for mark in marks]  # a level line among others
    x_name = _heading(axes.xaxis, [x for mark in marks for x, _ in mark.points], x_named)
    y_name = _heading(axes.yaxis, [y for mark in marks for _, y in mark.points], y_named)
    long = [mark for mark in marks if len(mark.points) > 1 and not mark.is_span]
    if len([mark for mark in long if not mark.name]) > 1:
        return None  # which is which, the picture alone does not say
    if long and not y_named and len(marks) - len(long) <= 2:
        return _wide(marks, axes, x_name, y_name, x_named)
    return _long(marks, axes, x_name, y_name, x_named, y_named)


def _told(told: pd.DataFrame) -> tuple[pd.DataFrame, Places]:
    at = list(told["at"]) if "at" in told else [None] * len(told)
    shown = told.drop(columns="at", errors="ignore")
    shown = shown.rename_axis(str(shown.index.name or say("item"))).reset_index()
    columns = {str(name): _numbers(list(shown[name]), str(name)) for name in shown}
    rows = pd.DataFrame(columns)
    return rows, [[None, place] + [None] * (rows.shape[1] - 2) for place in at]


def _wide(
    marks: Sequence[Mark], axes: Axes, x_name: str, y_name: str, x_named: bool
) -> tuple[pd.DataFrame, Places]:
    """One row a place on the x axis, one column a line."""
    steps = sorted({x for mark in marks for x, _ in mark.points})
    if len(steps) > MOST:
        single = {x for mark in marks for x, _ in mark.points if len(mark.points) <= 2}
        kept = {*steps[:: -(-len(steps) // MOST)], *single}
        steps = [x for x in steps if x in kept]
    by_mark = [dict(mark.points) for mark in marks]
    heads: list[str] = []
    of_one: Counter[str] = Counter()
    for mark in marks:
        head = mark.name or (say("marked") if len(mark.points) == 1 else y_name)
        of_one[head] += 1
        heads.append(head if of_one[head] == 1 else f"{head} ({of_one[head]})")
    columns = {x_name: _positions(axes.xaxis, steps, x_named)} | {
        head: _numbers([one.get(x, np.nan) for x in steps])
        for head, one in zip(heads, by_mark, strict=True)
    }
    places: Places = [
        [None, *((x, one[x]) if x in one else None for one in by_mark)] for x in steps
    ]
    return pd.DataFrame(columns), places


def _long(
    marks: Sequence[Mark], axes: Axes, x_name: str, y_name: str, x_named: bool, y_named: bool
) -> tuple[pd.DataFrame, Places]:
    """One row a mark, or a point of it: its name, its places on both axes."""
    rows, places = [], []
    level = any(mark.is_span and mark.points[0][0] != mark.points[-1][0] for mark in marks)
    upright = not level and any(mark.is_span for mark in marks)
    for mark in marks:
        pairs = mark.points
        if len(pairs) > MOST:
            pairs = pairs[:: -(-len(pairs) // MOST)]
        if mark.is_span:
            (x, y), (x_end, y_end) = pairs[0], pairs[-1]
            places.append(((x + x_end) / 2, (y + y_end) / 2))
            ends = [(x, y, x_end, y_end)]
        else:  # among intervals a single value begins and ends at itself
            places += [(x + mark.base, y) for x, y in pairs]
            ends = [(x, y, x, y) for x, y in pairs]
        for x, y, x_end, y_end in ends:
            rows.append((mark.name, x, y, x_end if level else np.nan, y_end if upright else np.nan))
    names, xs, ys, x_ends, y_ends = map(list, zip(*rows, strict=True))
    columns: dict[str, list[str]] = {}
    head = say("name")
    if any(names):
        columns[head] = names
    hidden = not len(axes.get_yticks()) and not axes.get_ylabel()
    if y_named or hidden is False:
        columns[y_name] = _positions(axes.yaxis, ys, y_named)
    columns[x_name] = _positions(axes.xaxis, xs, x_named)
    for name, to in ((x_name, x_ends), (y_name, y_ends)):
        if not np.isnan(to).all():
            begins = say("{name}, from", name=name)
            columns = {begins if n == name else n: column for n, column in columns.items()}
            columns[say("{name}, to", name=name)] = _positions(None, to, False)
    if not np.isnan(x_ends).all():
        x_name = say("{name}, from", name=x_name)
    if y_named:  # what a bar or a dot lies at comes first
        columns = {y_name: columns.pop(y_name)} | columns
    elif x_named or (not y_named and hidden is False):
        first = columns.pop(x_name)
        columns = {**({head: columns.pop(head)} if any(names) else {}), x_name: first} | columns
    rest = [None] * (len(columns) - 2)
    return pd.DataFrame(columns), [[None, place, *rest][: len(columns)] for place in places]


def _grid(marks: Sequence[Mark], axes: Axes) -> tuple[pd.DataFrame, Places]:
    """One row a tick of the y axis, one column a tick of the x axis, the words or dots between."""
    across, down = _ticks(axes.xaxis), _ticks(axes.yaxis)
    words = {text.get_position(): _line(text) for text in axes.texts}
    cells: dict[tuple[float, float], str] = {}
    for mark in marks:
        for x, y in mark.points:
            near = " ".join(
                word
                for (at, high), word in words.items()
                if high == y and 0 <= at - x < 0.3 and word
            )
            dot = "" if (x, y) in words else say("filled") if mark.is_filled else say("empty")
            cells[x, y] = f"{dot} {near}".strip()
    rows = [[name, *(cells.get((x, y), "") for x in across)] for y, name in down.items()]
    places: Places = [[None, *((x, y) if (x, y) in cells else None for x in across)] for y in down]
    return pd.DataFrame(rows, columns=[say("row"), *across.values()]), places


def _words(axes: Axes) -> tuple[pd.DataFrame, Places] | None:
    """Return the words of a picture that has nothing else, from above to below.

    Words in a grid have their row and their column; those outside it say what a colour means.
    """
    texts = [text for text in axes.texts if text.get_text().strip()]
    if not texts:
        return None
    down = -1 if axes.get_ylim()[0] < axes.get_ylim()[1] else 1
    texts.sort(key=lambda text: (down * text.get_position()[1], text.get_position()[0]))
    cells: dict[Text, tuple[str, str]] = {}
    meant: dict[object, str] = {}
    if axes.axison and (rows := _ticks(axes.yaxis)) and (across := _ticks(axes.xaxis)):
        placed = [(text, _cell(text.get_position(), across, rows)) for text in texts]
        cells = {text: cell for text, cell in placed if cell}
    if cells:
        meant = {text.get_color(): _line(text) for text in texts if text not in cells}
        texts = list(cells)
    columns = {say("in the picture"): [_line(text) for text in texts]}
    if cells:
        columns[say("row")], columns[say("column")] = map(list, zip(*cells.values(), strict=True))
    if meant:
        columns[say("colour")] = [meant.get(text.get_color(), "") for text in texts]
    rest = [None] * (len(columns) - 1)
    return pd.DataFrame(columns), [[text.get_position(), *rest] for text in texts]


def _cell(
    at: tuple[float, float], across: dict[float, str], down: dict[float, str]
) -> tuple[str, str] | None:
    """Return the row and the column of a place, or nothing where it lies outside the grid."""
    found = [
        min(ticks, key=lambda tick: abs(tick - one))
        for one, ticks in zip(at, (across, down), strict=True)
    ]
    if any(abs(tick - one) >= 0.8 for tick, one in zip(found, at, strict=True)):
        return None
    return down[found[1]], across[found[0]]


def _marks(axes: Axes) -> Iterator[Mark]:
    """Yield what is drawn in the axes' own values; lines that only mark a value are left out."""
    for line in axes.lines:
        if line.get_transform() == axes.transData and _is_seen(line):
            yield from _line_marks(line)
    for bars in axes.containers:
        if isinstance(bars, BarContainer):
            yield from _bar_marks(bars)
    for drawn in axes.collections:
        faces: Any = drawn.get_facecolor()
        colour = to_hex(faces[0]) if len(faces) else ""
        if isinstance(drawn, PathCollection):
            yield Mark(colour, _pairs(np.asarray(drawn.get_offsets())))
        elif isinstance(drawn, FillBetweenPolyCollection):
            upper: dict[float, float] = {}
            for x, y in _pairs(np.asarray(drawn.get_paths()[0].vertices)):
                upper[x] = max(y, upper.get(x, y))
            yield Mark(colour, tuple(sorted(upper.items())))
        elif isinstance(drawn, LineCollection) and drawn.get_transform() == axes.transData:
            shades: Any = drawn.get_colors()
            if np.min(drawn.get_linewidth()) > GUIDE:
                for ends, shade in zip(drawn.get_segments(), shades, strict=False):
                    yield Mark(to_hex(shade), _pairs(np.asarray(ends)), is_span=True)


def _is_seen(line: Line2D) -> bool:
    return bool(line.get_visible()) and (
        line.get_linestyle() != "None" or line.get_marker() != "None"
    )


def _line_marks(line: Line2D) -> Iterator[Mark]:
    pairs = _pairs(np.column_stack([_plain(line.get_xdata()), _plain(line.get_ydata())]))
    mark = Mark(to_hex(line.get_color()), pairs, _label(line))
    mark = replace(mark, is_filled=line.get_markerfacecolor() != "none")
    only = line.get_markevery()
    if isinstance(only, list):
        mark = replace(mark, points=tuple(pairs[place] for place in only))
    across = len({y for _, y in mark.points}) == 1
    if line.get_linestyle() == "None":
        for pair in mark.points:
            yield replace(mark, points=(pair,))
        return
    upright = len({x for x, _ in mark.points}) == 1
    is_span = len(mark.points) == 2 and (across or upright)
    if not is_span or line.get_linewidth() > GUIDE:
        yield replace(mark, is_span=is_span)


def _bar_marks(bars: BarContainer) -> Iterator[Mark]:
    level = bars.orientation == "horizontal"
    pairs = [
        (bar.get_width(), bar.get_y() + bar.get_height() / 2)
        if level
        else (bar.get_x() + bar.get_width() / 2, bar.get_height())
        for bar in bars.patches
    ]
    colours = [to_hex(bar.get_facecolor()) for bar in bars.patches]
    label = _label(bars) or _label(bars.patches[0])  # a histogram labels its first bar
    if level or len(set(colours)) > 1:
        for pair, colour, bar in zip(_pairs(np.array(pairs)), colours, bars.patches, strict=True):
            yield Mark(colour, (pair,), label, base=float(bar.get_x()) if level else 0.0)
    else:
        yield Mark(colours[0], _pairs(np.array(pairs)), label)


def _label(drawn: Line2D | BarContainer | Rectangle) -> str:
    """Return the label that the code gave; matplotlib's own begin with a line."""
    label = " ".join(str(drawn.get_label()).split())
    return "" if label.startswith("_") else label


def _plain(values: object) -> np.ndarray:
    return np.asarray(values, dtype="float64")


def _pairs(values: np.ndarray) -> tuple[tuple[float, float], ...]:
    return tuple((float(x), float(y)) for x, y in values if np.isfinite(x) and np.isfinite(y))


def _named(marks: Sequence[Mark], axes: Axes) -> list[Mark]:
    """Give each mark its name: a text in the picture that can only mean it, or its own label.

    A text of a colour means what has this colour, if no other text and no second line has it. A
    text in ink means the single point beside it, if each is the other's nearest. A mark that may
    be meant by several stays without a name: a wrong one would be worse.
    """
    texts = [text for text in axes.texts if any(map(str.isalpha, text.get_text()))]
    colours = [to_hex(text.get_color()) for text in texts]
    lines = [mark.colour for mark in marks if len(mark.points) > 1 and not mark.is_span]
    scale = 72 / axes.figure.dpi

    def gap(mark: Mark, text: Text) -> float:
        (point,) = mark.points
        away = axes.transData.transform(point) - axes.transData.transform(text.get_position())
        return float(np.hypot(*away)) * scale

    def beside(mark: Mark) -> str:
        written = [text for text, colour in zip(texts, colours, strict=True) if colour == INK]
        near = min(written, key=lambda text: gap(mark, text), default=None)
        if near is None or gap(mark, near) > NEAR:
            return ""
        others = [other for other in marks if len(other.points) == 1]
        return _line(near) if min(others, key=lambda other: gap(other, near)) is mark else ""

    def name(mark: Mark) -> str:
        if colours.count(mark.colour) == 1 and lines.count(mark.colour) <= 1:
            return _line(texts[colours.index(mark.colour)])
        return mark.label or (beside(mark) if len(mark.points) == 1 else "")

    return [replace(mark, name=name(mark)) for mark in marks if mark.points]


def _line(text: Text) -> str:
    return " ".join(text.get_text().split())


def _heading(axis: Axis, values: Sequence[float], named: bool) -> str:
    label = " ".join(axis.get_label().get_text().split())
    if label:
        return label
    if all(value in range(1900, 2051) for value in values):
        return say("year")
    if named:
        return say("item")
    return say("position") if isinstance(axis, XAxis) else say("value")


def _is_named(axis: Axis, positions: Sequence[float]) -> bool:
    """Whether each position has a tick with a name that is no number."""
    names = _ticks(axis)
    return bool(names) and all(round(position, 6) in names for position in positions)


def _ticks(axis: Axis) -> dict[float, str]:
    pairs = zip(axis.get_ticklocs(), axis.get_ticklabels(), strict=False)
    names = {round(float(at), 6): _line(text) for at, text in pairs}
    return names if any(c.isalpha() for name in names.values() for c in name) else {}


def _positions(axis: Axis | None, values: Sequence[float], named: bool) -> list[str]:
    if named and axis is not None:
        names = _ticks(axis)
        return [names[round(value, 6)] for value in values]
    return _numbers(values)


def _numbers(values: Sequence[Any], name: str = "") -> list[str]:
    """Return numbers with four digits, whole ones with all of theirs; texts stay as they are."""
    numbers = [float(v) for v in values if _is_number(v) and not pd.isna(v)]
    largest = max(map(abs, numbers), default=0)
    decimals = 0
    if any(abs(v - round(v)) > 1e-9 for v in numbers):
        decimals = max(DIGITS - len(str(int(largest))), 0)

    def one(value: Any) -> str:
        if pd.isna(value):
            return ""
        return f"{value:.{decimals}f}" if _is_number(value) else str(value)

    return written([one(value) for value in values], name)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | np.number)


def _html(rows: pd.DataFrame, places: Places, title: str, height: float, axes: Axes) -> str:
    scale = 72 / axes.figure.dpi

    def cell(text: str, place: tuple[float, float] | None, is_head: bool) -> str:
        tag, at = ("th", ' scope="row"') if is_head else ("td", "")
        if place is not None and text:
            x, y = axes.transData.transform(place) * scale
            if np.isfinite([x, y]).all():
                at += f' data-at="{x:.0f},{height - y:.0f}"'
        return f"<{tag}{at}>{html.escape(text)}</{tag}>"

    heads = "".join(f'<th scope="col">{html.escape(str(name))}</th>' for name in rows)
    body = "".join(
        "<tr>"
        + "".join(
            cell(text, place, is_head=number == 0)
            for number, (text, place) in enumerate(zip(row, spots, strict=True))
        )
        + "</tr>"
        for row, spots in zip(rows.itertuples(index=False, name=None), places, strict=True)
    )
    said = [title] if title else []
    if rows.shape[1] > 2 and (unit := " ".join(axes.get_ylabel().split())) and unit not in rows:
        said.append(unit)
    caption = f"<caption>{html.escape('; '.join(said))}</caption>" if said else ""
    return f"<table>{caption}<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"


def summary(canvas: Canvas) -> str:
    """Return the values of a drawn picture in a sentence: all of a few, the ends of a long line."""
    parts = []
    for axes in canvas.axes:
        found = _rows(axes)
        if found is None or found[0].shape[1] < 2:
            continue
        rows = found[0]
        if len(rows) <= FEW and rows.shape[1] <= 3:
            lines = rows.itertuples(index=False, name=None)
            parts += [", ".join(filter(None, line)) for line in lines]
            continue
        for column in rows.columns[1:]:
            shown = rows[rows[column].str.contains(r"\d")]
            if shown.empty or rows[column].str.contains("[a-zA-Z]").any():
                continue
            value = shown[column].str.replace(",", "").astype("float64")
            high = shown.iloc[int(value.to_numpy().argmax())]
            ends = [shown.iloc[0], shown.iloc[-1]]
            first, last, most = (f"{row[column]} ({row.iloc[0]})" for row in (*ends, high))
            template = noted("{column}: {first} to {last}, at most {most}")
            parts.append(say(template, column=column, first=first, last=last, most=most))
    return " " + say("Values: {values}.", values="; ".join(parts)) if parts else ""
