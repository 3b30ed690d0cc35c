"""Explorers: a model to move, in the static book and in a live kernel alike.

One object has two renditions. Where a kernel runs (JupyterLab, JupyterLite) it shows real
controls that take any value. In the static book it shows native controls and frames computed
beforehand; the book's script `explorer.js` switches them.
"""

from __future__ import annotations

import html
import itertools
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.figure import Figure as Canvas

from course import plotted
from course.figures import data_of, svg
from course.wording import say

MAX_FRAMES = 49
_PIECE = re.compile(r'(?=<)|(?<=")(?= )')  # splits before a tag and before an attribute


@dataclass(frozen=True)
class Control:
    """One control of an explorer.

    Parameters
    ----------
    name
        The argument of the model function that this control sets.
    values
        The positions in the static book, in order. Numbers give a slider, texts a list.
    label
        The name a reader sees and a screen reader says.
    unit
        Follows the value, for example ``"ha a year"``.
    start
        The first position shown; the first of `values` when not given.
    form
        How a number is written, as in a format string; ``"d"`` suits years, which take no comma.
    """

    name: str
    values: Sequence[Any]
    label: str
    unit: str = ""
    start: float | str | None = None
    form: str = ",.10g"

    def __post_init__(self) -> None:
        if len(self.values) < 2:
            raise ValueError(say("control {name!r} needs at least two values", name=self.name))
        if self.start is not None and self.start not in self.values:
            raise ValueError(
                say(
                    "control {name!r} starts at {start!r}, which is not one of its values: "
                    "{values}",
                    name=self.name,
                    start=self.start,
                    values=", ".join(map(str, self.values)),
                )
            )

    @property
    def first(self) -> float | str:
        """The position shown first."""
        return self.values[0] if self.start is None else self.start

    @property
    def is_numeric(self) -> bool:
        """Whether the control is a slider."""
        return not isinstance(self.values[0], str)

    def say(self, value: float | str) -> str:
        """Return a value as a reader meets it, with its unit."""
        shown = format(value, self.form) if self.is_numeric else str(value)
        return f"{shown} {self.unit}".strip()


class Explorer:
    """A model with one or two controls, shown as a picture that moves.

    Parameters
    ----------
    model
        Takes the controls by name; returns ``(matplotlib figure, one-sentence reading)``.
    controls
        One or two `Control` objects; their positions make at most 49 frames.
    title
        The question the explorer answers, as a sentence.
    source
        Where parameters come from, and which are assumed.

    Raises
    ------
    ValueError
        For no control, more than two, or more than 49 frames.
    """

    def __init__(
        self,
        model: Callable[..., tuple[Canvas, str]],
        controls: Sequence[Control],
        title: str,
        source: str,
    ):
        frames = 1
        for control in controls:
            frames *= len(control.values)
        if not 1 <= len(controls) <= 2 or frames > MAX_FRAMES:
            raise ValueError(
                say(
                    "an explorer takes one or two controls and at most {most} frames; got {n} "
                    "controls and {frames} frames",
                    most=MAX_FRAMES,
                    n=len(controls),
                    frames=frames,
                )
            )
        self.model, self.controls = model, tuple(controls)
        self.title, self.source = title, source

    def positions(self) -> list[dict[str, Any]]:
        """Return where the controls can stand in the static book: for each frame, the values."""
        names = [control.name for control in self.controls]
        together = itertools.product(*(control.values for control in self.controls))
        return [dict(zip(names, one, strict=True)) for one in together]

    def frame(self, **values: float | str) -> tuple[str, str, str]:
        """Return one picture as SVG text, its reading, and what is drawn as an HTML table."""
        canvas, reading = self.model(**values)
        return svg(canvas, reading), reading, plotted.table(canvas)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, object]:
        bundle: dict[str, object] = {"text/plain": repr(self), "text/html": self._repr_html_()}
        return bundle | self._live_view()

    def __repr__(self) -> str:
        return say("Explorer: {title}", title=self.title)

    # The rendition for the static book -----------------------------------------------------

    def _repr_html_(self) -> str:
        positions = self.positions()
        frames = [self.frame(**one) for one in positions]
        start = positions.index({control.name: control.first for control in self.controls})
        pictures, readings, tables = zip(*frames, strict=True)
        # A picture's name is its reading; the script gives it back.
        unnamed = [
            picture.replace(f' aria-label="{html.escape(reading)}"', "", 1)
            for picture, reading in zip(pictures, readings, strict=True)
        ]
        pieces, numbers = _shared(unnamed)
        data = {
            "pieces": pieces,
            "frames": numbers,
            "tables": [_as_lines(table) for table in tables],
            "readings": readings,
            "says": [[control.say(v) for v in control.values] for control in self.controls],
        }
        # "</" would end the script element early
        script = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")
        return (
            f'<figure class="course-explorer"><p class="figure-title">{html.escape(self.title)}</p>'
            f'<div class="controls">{"".join(map(_static_control, self.controls))}</div>'
            f'<p class="settings">{html.escape(self._settings())}</p>'
            f'<div class="frame">{pictures[start]}</div>'
            f'<p class="reading" role="status">{html.escape(readings[start])}</p>'
            f"<figcaption>{html.escape(self.source)}</figcaption>"
            f"{data_of(tables[start])}"
            f'<script type="application/json">{script}</script></figure>'
        )

    def _settings(self) -> str:
        """Say where the controls stand first: on paper nothing else tells."""
        return "; ".join(f"{one.label}: {one.say(one.first)}" for one in self.controls)

    # The rendition for a live kernel -------------------------------------------------------

    def _live_view(self) -> dict[str, object]:
        """Return ipywidgets' view of the explorer, or nothing where no kernel can hold one."""
        from IPython import get_ipython

        if getattr(get_ipython(), "kernel", None) is None:
            return {}
        import ipywidgets as widgets

        inputs = {control.name: _live_control(control) for control in self.controls}
        picture, reading = widgets.HTML(), widgets.HTML()

        def redraw(_change: object = None) -> None:
            values = {name: control.value for name, control in inputs.items()}
            picture.value, sentence, _ = self.frame(**values)
            reading.value = html.escape(sentence)

        for control in inputs.values():
            control.observe(redraw, "value")
        redraw()
        title = widgets.HTML(f"<b>{html.escape(self.title)}</b>")
        source = widgets.HTML(f"<small>{html.escape(self.source)}</small>")
        box = widgets.VBox([title, *inputs.values(), picture, reading, source])
        view = "application/vnd.jupyter.widget-view+json"
        return {view: box._repr_mimebundle_()[view]}


def _shared(pictures: Sequence[str]) -> tuple[list[str], list[list[int]]]:
    """Return the different pieces of pictures, and for each picture the numbers of its pieces.

    Frames have most of their tags and attributes in common; each of these is stored once.
    """
    numbers: dict[str, int] = {}
    frames = [
        [numbers.setdefault(piece, len(numbers)) for piece in _PIECE.split(picture) if piece]
        for picture in pictures
    ]
    return list(numbers), frames


def _as_lines(tables: str) -> str:
    """Return the tables of a picture as text: a line a row, a tab a cell, ``@`` before its place.

    The first line of each is its caption, and an empty line parts two of them.
    """
    texts = []
    for table in re.findall("<table>.*?</table>", tables):
        caption = re.search("<caption>(.*?)</caption>", table)
        lines = [caption[1] if caption else ""]
        for row in re.findall("<tr>.*?</tr>", table):
            cells = re.findall(r'<t[hd](?: scope="\w+")?(?: data-at="([\d,-]+)")?>(.*?)</t', row)
            lines.append("\t".join(text + f"@{at}" * bool(at) for at, text in cells))
        texts.append(html.unescape("\n".join(lines)))
    return "\n\n".join(texts)


def _static_control(control: Control) -> str:
    label, said = html.escape(control.label), html.escape(control.say(control.first))
    position = list(control.values).index(control.first)
    if control.is_numeric:
        element = (
            f'<input type="range" aria-label="{label}" aria-valuetext="{said}" min="0" '
            f'max="{len(control.values) - 1}" value="{position}"><output>{said}</output>'
        )
    else:
        options = "".join(
            f"<option{' selected' if i == position else ''}>{html.escape(control.say(v))}</option>"
            for i, v in enumerate(control.values)
        )
        element = f'<select aria-label="{label}">{options}</select>'
    return f"<label><span>{label}</span>{element}</label>"


def _live_control(control: Control) -> Any:
    """Return the ipywidgets control: a slider with ten steps between two static positions."""
    import ipywidgets as widgets

    look = {
        "description": f"{control.label} ({control.unit})" if control.unit else control.label,
        "style": {"description_width": "initial"},
        "layout": widgets.Layout(width="100%", max_width="34rem"),
    }
    if not control.is_numeric:
        return widgets.Dropdown(options=list(control.values), value=control.first, **look)
    low, high = min(control.values), max(control.values)
    gap = min(b - a for a, b in itertools.pairwise(sorted(control.values)))
    return widgets.FloatSlider(
        value=control.first, min=low, max=high, step=gap / 10, readout_format=".10", **look
    )
