"""The colours of the book, and what needs them where nothing is drawn.

Figures are drawn with matplotlib, which takes half a second to load; the pages are made without it.
"""

from __future__ import annotations

import base64
import html
import re

# Hues after Okabe and Ito's colour-blind-safe set, each darkened to 4.5:1 on white; the second
# value is the same hue for dark pages.
HUES = {
    "red": ("#b3261e", "#ff8a75"),
    "blue": ("#0b63a5", "#6fb7f0"),
    "green": ("#1b7a4b", "#5fcf98"),
    "orange": ("#a84300", "#ff9d57"),
    "purple": ("#8a3d8f", "#dd9be3"),
    "teal": ("#00647d", "#5cc4de"),
    "grey": ("#6b6f76", "#a6abb3"),
}
# One actor, one colour, through the whole book. Red and green never stand for two sides of one
# figure: many readers cannot tell them apart.
_ACTORS = {
    "Peru": "red",
    "Colombia": "blue",
    "Bolivia": "purple",
    "UN": "blue",
    "US": "orange",
    "government": "green",
    "press": "purple",
    "state": "blue",
    "armed_group": "red",
    "self_defense": "purple",
    "undetermined": "grey",
    "accent": "teal",
    "quiet": "grey",
}
INK = "#1a1c1f"
COLOURS = {actor: HUES[hue][0] for actor, hue in _ACTORS.items()} | {"ink": INK}


def palette_css() -> str:
    """Return the style sheet that gives the named colours their dark variants.

    The book writes it at build time, so that colours are defined in this file only.
    """

    def rules(position: int) -> str:
        return "".join(f"--course-{hue}:{pair[position]};" for hue, pair in HUES.items())

    dark = f"html[data-theme=dark]{{{rules(1)}}}"  # on paper every page is light
    return f":root{{{rules(0)}}}\n@media screen{{{dark}}}\n"


def as_image(drawing: str, alt: str) -> str:
    """Return an SVG as an image element, in which nothing of it can act.

    An image knows neither the page's font nor its colours, so it brings paper and ink.
    """
    size = re.search(r'viewBox="0 0 ([\d.]+) ', drawing)
    paper = f'style="background:#fff;color:{INK}" font-family="sans-serif"'
    data = base64.b64encode(drawing.replace("<svg", f"<svg {paper}", 1).encode()).decode()
    width = f' width="{round(float(size[1]) * 4 / 3)}"' if size else ""  # points to pixels
    return f'<img alt="{html.escape(alt)}"{width} src="data:image/svg+xml;base64,{data}">'
