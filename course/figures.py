"""Figure style, and the one way a figure is shown: inline SVG with title, alt text and source.

Text and axes take the colour of the page (``currentColor``) and actors take named CSS variables,
so that one picture reads in light, in dark and on paper. The same code gives the same bytes in
every run, which is what lets a test compare figures.
"""

from __future__ import annotations

import functools
import html
import io
import re

import matplotlib

matplotlib.use("agg")
import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from course import plotted
from course.colours import COLOURS, HUES, INK
from course.plotted import tell as tell
from course.wording import say

# Lines of the two sides of a war keep their dash where there is no colour.
DASHES = {"state": "-", "armed_group": "--", "self_defense": "-.", "undetermined": ":"}

_STYLE = {
    "svg.hashsalt": "course",
    "svg.fonttype": "none",
    "font.family": "DejaVu Sans",
    "font.size": 10,
    "text.color": INK,
    "axes.edgecolor": COLOURS["quiet"],
    "axes.labelcolor": INK,
    "axes.labelsize": 9.5,
    "axes.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.grid.axis": "y",
    "axes.axisbelow": True,
    "grid.color": COLOURS["quiet"],
    "grid.alpha": 0.3,
    "grid.linewidth": 0.6,
    "xtick.color": COLOURS["quiet"],
    "ytick.color": COLOURS["quiet"],
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "xtick.labelsize": 9.5,
    "ytick.labelsize": 9.5,
    "xtick.bottom": False,
    "ytick.left": False,
    "lines.linewidth": 2,
    "patch.linewidth": 0,
    "hatch.linewidth": 1.0,
    "legend.frameon": False,
}

# For the whole session: what a cell adds to its axes takes the style when it is added.


def style() -> None:
    """Set the style of the course, as importing this module does."""
    matplotlib.rcParams.update(_STYLE)


style()


def new(width: float = 4.45, height: float = 3.3) -> tuple[Canvas, Axes]:
    """Return an empty figure and its axes in the style of the course.

    Parameters
    ----------
    width, height
        Size in inches. A figure is drawn for a phone: at the default width its smallest text,
        of 9.5 points, has 11 pixels on a screen of 390. Make none wider.
    """
    canvas, axes = plt.subplots(figsize=(width, height), layout="constrained")
    # A figure is shown by being returned; left open it would show a second time.
    plt.close(canvas)
    return canvas, axes


class Figure:
    """A finished figure: SVG with a title above, the source below and alt text for both.

    Parameters
    ----------
    canvas
        The matplotlib figure, made with `new`.
    title
        The one message of the figure, as a sentence. It stands above the picture.
    alt
        What a reader who sees the picture would take away from it; the values are added.
    source
        Where the numbers come from.
    """

    def __init__(self, canvas: Canvas, title: str, alt: str, source: str):
        for name, text in {"title": title, "alt": alt, "source": source}.items():
            if not text.strip():
                raise ValueError(say("a figure needs a {name}: say it in a sentence", name=name))
        self._canvas = canvas
        self.title, self.alt, self.source = title, alt, source

    @functools.cached_property
    def svg(self) -> str:
        """The drawing, made when it is first looked at: a check needs the words only."""
        drawn = svg(self._canvas, self.alt)
        alt, values = html.escape(self.alt), html.escape(plotted.summary(self._canvas))
        return drawn.replace(f'aria-label="{alt}"', f'aria-label="{alt}{values}"', 1)

    @property
    def rows(self) -> str:
        """What is drawn, as an HTML table."""
        assert self.svg  # the places of the marks are known once it is drawn
        return plotted.table(self._canvas)

    @property
    def is_drawn(self) -> bool:
        """Whether the drawing has been made."""
        return "svg" in vars(self)

    def _repr_html_(self) -> str:
        source = say("Source: {source}", source=html.escape(self.source))
        return (
            '<figure class="course-figure">'
            f'<p class="figure-title">{html.escape(self.title)}</p>{self.svg}'
            f"<figcaption>{source}</figcaption>"
            f"{data_of(self.rows)}</figure>"
        )

    def __repr__(self) -> str:
        return say("Figure: {title} {alt}", title=self.title, alt=self.alt)


def data_of(rows: str) -> str:
    """Return the rows of a figure, folded; see `course.plotted.table`."""
    if not rows:
        return ""
    return (
        '<details class="figure-data"><summary>' + say("Show the data") + "</summary>"
        f'<div class="scroll">{rows}</div></details>'
    )


def figure(canvas: Canvas, title: str, alt: str, source: str) -> Figure:
    """Return a `Figure`; see there. Raises ValueError when a text is empty."""
    return Figure(canvas, title, alt, source)


def svg(canvas: Canvas, alt: str) -> str:
    """Return a matplotlib figure as a small inline SVG, the same bytes in every run.

    Parameters
    ----------
    canvas
        The matplotlib figure.
    alt
        Text for readers who do not see the picture.
    """
    buffer = io.StringIO()
    canvas.savefig(buffer, format="svg", transparent=True, metadata={"Date": None})
    text = buffer.getvalue()
    text = text[text.index("<svg") :]
    for pattern in (
        r"<metadata>.*?</metadata>",
        r"<!--.*?-->",
        r"<style[^>]*>.*?</style>",  # matplotlib's rule for `*` would reach the whole page
    ):
        text = re.sub(pattern, "", text, flags=re.DOTALL)
    text = re.sub(r"<[^>]+>", lambda tag: _small_tag(tag.group()), text)
    text = re.sub(r"\n\s*", "", text)
    for empty in (r"<defs></defs>", r'<path [^>]*style="fill: none"/>', r"<g></g>", r"<g></g>"):
        text = re.sub(empty, "", text)
    width, height = re.findall(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', text)[0]
    root = (
        # the width is that of a notebook; the book's style sheet fits it to the page
        f'<svg role="img" aria-label="{html.escape(alt)}" viewBox="0 0 {width} {height}" '
        f'width="{round(float(width) * 4 / 3)}" '
        'stroke-linejoin="round" xmlns="http://www.w3.org/2000/svg" '
        'xmlns:xlink="http://www.w3.org/1999/xlink">'
    )
    return root + text[text.index(">") + 1 :]


def _small_tag(tag: str) -> str:
    """Shorten one SVG tag: short numbers, no unused ids, the page's font and colours."""
    if tag.startswith("<g id="):
        tag = re.sub(r' id="[^"]*"', "", tag)
    tag = re.sub(r"-?\d+\.\d{2,}", lambda number: f"{float(number.group()):.1f}", tag)
    tag = re.sub(r"font-family: [^;\"]*;? ?", "", tag)
    tag = re.sub(r'transform="rotate\(-?0(\.0)? [^"]*"', "", tag)
    tag = tag.replace(INK, "currentColor")
    for hue, (light, _) in HUES.items():
        tag = tag.replace(light, f"var(--course-{hue},{light})")
    return re.sub(r"\s+", " ", tag)
