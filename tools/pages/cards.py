"""Draw the picture that a link to a lesson shows elsewhere: its number and its title, as a PNG.

Figures are SVG, which the programs that show such pictures do not take.
"""

import io
import re
import textwrap
from functools import partial
from pathlib import Path

from tools.common.kept import Kept
from tools.common.paths import ROOT
from tools.common.settings import read_yaml
from tools.content.stage import read

WIDTH, HEIGHT = 1200, 630  # pixels, the usual size of such pictures
PAPER, INK, QUIET, ACCENT = "#fdfdfb", "#1a1c1f", "#565b63", "#00647d"
LINE = 26  # letters of a title in a line


def downloads(kept: Kept | None = None) -> dict[str, bytes]:
    """Return the picture of each lesson: its path below ``_static`` and its content.

    Parameters
    ----------
    kept
        What the last build found and drew.
    """
    kept = kept or Kept()
    course = read_yaml(ROOT / "_config.yml")["title"]
    made = {}
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        title = kept.get(f"title {path.stem}", [path.read_bytes()], partial(title_of, path))
        words = f"Lesson {path.name[:2]}", title, course
        drawn = kept.get(f"card {path.stem}", map(str.encode, words), partial(card, *words))
        made[f"cards/{path.stem}.png"] = drawn
    return made


def title_of(path: Path) -> str:
    """Return the title of a lesson."""
    headings = (re.search(r"^# (.+)$", cell.source, re.MULTILINE) for cell in read(path).cells)
    return next(found[1] for found in headings if found)


def card(head: str, title: str, course: str) -> bytes:
    """Return a picture of three texts as PNG."""
    # loaded late: it takes half a second, and a title seldom changes
    from matplotlib.figure import Figure
    from matplotlib.patches import Rectangle

    figure = Figure(figsize=(WIDTH / 100, HEIGHT / 100), dpi=100, facecolor=PAPER)
    bar = Rectangle((0, 0), 0.025, 1, color=ACCENT, transform=figure.transFigure)
    figure.add_artist(bar)
    figure.text(0.08, 0.86, head, color=ACCENT, size=28, weight="bold", va="top")
    lines = "\n".join(textwrap.wrap(title, LINE))
    figure.text(0.08, 0.73, lines, color=INK, size=42, weight="bold", va="top", linespacing=1.25)
    figure.text(0.08, 0.09, course, color=QUIET, size=20)
    made = io.BytesIO()
    figure.savefig(made, format="png", metadata={"Software": None})
    return made.getvalue()
