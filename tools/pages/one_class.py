"""Write the plan of one class without code, and its handout: figures and sums from the tables."""

import re

from course.data import load
from tools.common.errors import UserError
from tools.common.markdown import table
from tools.common.paths import ROOT
from tools.content.stage import read
from tools.pages.teaching import FOLDER
from tools.pages.template import fill
from tools.pages.timed import with_clocks

LESSON = "notebooks/04-eradication-and-replanting.ipynb"
FIGURE = "figure-flow-stock"
# What the class reckons by hand: the first with the teacher, the others in pairs.
BY_HAND = (("Colombia", 2012), ("Peru", 2016), ("Colombia", 2016))
NAMES = ("place", "start", "end", "pulled", "new")


def pages() -> dict[str, bytes]:
    """Return the plan of one class and its handout: paths in the staged source and contents."""
    written = {"one-class.md": plan(), "one-class-handout.md": handout()}
    return {f"{FOLDER}/{name}": text.encode() for name, text in written.items()}


def plan() -> str:
    """Return the page of the plan."""
    return with_clocks(source(), "one-class")


def source() -> str:
    """Return the page of the plan with its minutes as they are written."""
    *told, (place, *given, _) = figures()  # the last is a task, and its answer stands with it
    rows = [[one, *map(printed, numbers)] for one, *numbers in told]
    answers = _sums([*rows, [place, *map(printed, given), "task 04.1"]])
    return fill("one-class", one=_first(), kept=printed, answers=answers)


def handout() -> str:
    """Return the page of the handout; what students reckon is left empty."""
    rows = [[place, *map(printed, given), ""] for place, *given, _ in figures()]
    return fill("one-class-handout", one=_first(), kept=printed, sums=_sums(rows), figure=picture())


def figures() -> list[tuple[str, int, int, int, int]]:
    """Return what is reckoned by hand.

    Returns
    -------
    list
        Country and year; hectares of the crop at the end of the year before and of the year,
        pulled up in the year, and implied new coca. What was pulled up is rounded as in the
        lesson: to thousands in the question of the vote, else to hectares.
    """
    crop = _areas("cultivation", "un")
    pulled = _areas("eradication", "un_annex")
    found: list[tuple[str, int, int, int, int]] = []
    for country, year in BY_HAND:
        start, end = (int(crop[country, one]) for one in (year - 1, year))
        out = int(round(pulled[country, year], 0 if found else -3))
        found.append((f"{country} {year}", start, end, out, end - start + out))
    return found


def _areas(name: str, series: str) -> dict[tuple[str, int], float]:
    """Return the areas of one series of a table by country and year."""
    rows = load(name)
    rows = rows[rows["series"] == series]
    return {
        (str(country), int(year)): float(area)
        for country, year, area in zip(rows["country"], rows["year"], rows["area_ha"], strict=True)
    }


def picture() -> str:
    """Return the drawing of the lesson's first figure, without its data."""
    [cell] = [cell for cell in read(ROOT / LESSON).cells if cell.id == FIGURE]
    shown = cell.outputs[0].data["text/html"]
    title = re.search(r'<p class="figure-title">.*?</p>', shown)
    drawing = re.search(r"<svg.*?</svg>", shown, re.DOTALL)
    source = re.search(r"<figcaption.*?</figcaption>", shown, re.DOTALL)
    if not (title and drawing and source):
        raise UserError(f"{LESSON}: cell {FIGURE} shows no figure that the handout can take.")
    return f"<figure>{title[0]}{drawing[0]}{source[0]}</figure>"


def printed(hectares: int) -> str:
    """Return hectares as they are printed."""
    return f"{hectares:,}"


def _first() -> dict[str, str | int]:
    """Return the row of the vote by the names of its columns."""
    return dict(zip(NAMES, figures()[0], strict=True))


def _sums(rows: list[list[str]]) -> str:
    head = [
        "Where and when",
        "Crop at the start",
        "Crop at the end",
        "Pulled up in the year",
        "New coca",
    ]
    return table(head, rows, numbers=4)
