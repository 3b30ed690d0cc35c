"""Write the plan of one class without code, its handout and its homework, from the tables."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from course.data import load
from tools.common.errors import UserError
from tools.common.markdown import table
from tools.common.paths import ROOT
from tools.content.stage import read
from tools.pages.marks import paper_lines
from tools.pages.teaching import FOLDER
from tools.pages.template import fill
from tools.pages.timed import with_clocks

LESSON = "notebooks/04-eradication-and-replanting.ipynb"
FIGURE, EXPLORER = "figure-flow-stock", "explorer"
# What the class reckons by hand: the first with the teacher, the others in pairs. In both years of
# Peru the target was met; in one the crop fell, in the other it grew.
BY_HAND = (("Colombia", 2012), ("Peru", 2014), ("Peru", 2016))
# What the homework gives: another country, so that no text on the pages answers it.
HOMEWORK, HOMEWORK_YEARS = "Colombia", range(2012, 2020)
# Where the explorer goes: thousand hectares pulled up a year, and planted again for each.
PLANS, AGAIN = (0, 6, 12, 18, 24, 30, 36), (0, 0.2, 0.4, 0.6, 0.8, 1, 1.2)
PLACES = ((24, 0.6), (36, 0.6), (6, 1), (36, 1), (12, 0.4), (36, 0.8))
US_SINCE = 2012  # the US series has no 2011
MUCH = 20_000  # hectares pulled up in a year that a critic would call much


@dataclass(frozen=True)
class Year:
    """What stands on the handout of one country and year, in hectares.

    Parameters
    ----------
    place
        Country and year.
    start, end
        The crop at the end of the year before, and of the year.
    pulled
        Pulled up in the year.
    target
        The highest target for the country in that year; none when our tables hold none.
    """

    place: str
    start: int
    end: int
    pulled: int
    target: int | None

    @property
    def new(self) -> int:
        """Implied new coca: the change of the crop, and what was pulled up."""
        return self.end - self.start + self.pulled


def pages() -> dict[str, bytes]:
    """Return plan, handout and homework of one class: paths in the staged source and contents."""
    written = {
        "one-class.md": plan(),
        "one-class-handout.md": handout(),
        "one-class-homework.md": homework(),
    }
    return {f"{FOLDER}/{name}": text.encode() for name, text in written.items()}


def plan() -> str:
    """Return the page of the plan."""
    return with_clocks(source(), "one-class")


def source() -> str:
    """Return the page of the plan with its minutes as they are written."""
    replanted = load("replanted_share")["share_percent"]
    fell, grew = years_to_quote()
    return fill(
        "one-class",
        one=figures()[0],
        kept=printed,
        answers=_sums([[*_given(one), printed(one.new), _outcome(one)] for one in figures()], 1),
        minister=f"{fell[0]} to {fell[-1]}",
        critic=f"{grew[0]} to {grew[-1]}",
        target=printed(_target_of_both()),
        ratios=_ratios(),
        places=_places(),
        start=thousand(_crop()["Peru", 2012]),
        other=thousand(_other()),
        after=explorer()[36, 1][0],
        bend=_bend(),
        replanted=(f"{replanted.min():.1f}", f"{replanted.max():.1f}"),
    )


def handout() -> str:
    """Return the page of the handout; what students reckon is left empty."""
    rows = [[*_given(one), ""] for one in figures()]
    return fill(
        "one-class-handout",
        one=figures()[0],
        kept=printed,
        sums=_sums(rows),
        figure=picture(),
        start=thousand(_crop()["Peru", 2012]),
        other=thousand(_other()),
    )


def homework() -> str:
    """Return the page of the homework, with the figures that it asks about."""
    crop, pulled = _crop(), _pulled()
    rows = []
    for year in HOMEWORK_YEARS:
        areas = crop[HOMEWORK, year - 1], crop[HOMEWORK, year], pulled[HOMEWORK, year]
        rows.append([year, *map(printed, areas)])
    head = ["Year", "Crop at the start", "Crop at the end", "Eradicated in the year"]
    return fill(
        "one-class-homework",
        country=HOMEWORK,
        figures=table(head, rows, numbers=3),
        lines=paper_lines("One class, homework"),
    )


def figures() -> list[Year]:
    """Return what is reckoned by hand.

    What was pulled up is rounded as in the lesson: to thousands in the question of the vote, else
    to hectares.
    """
    crop, pulled = _crop(), _pulled()
    targets = _targets()
    return [
        Year(
            place=f"{country} {year}",
            start=int(crop[country, year - 1]),
            end=int(crop[country, year]),
            pulled=int(round(pulled[country, year], 0 if number else -3)),
            target=targets.get((country, year)),
        )
        for number, (country, year) in enumerate(BY_HAND)
    ]


def years_to_quote() -> tuple[list[int], list[int]]:
    """Return Peru's years for a minister (more pulled up, crop fell) and a critic (much, grew)."""
    crop, pulled = _crop(), _pulled()
    change = {year: crop["Peru", year] - crop["Peru", year - 1] for year in range(2010, 2021)}
    more = {year: pulled["Peru", year] > pulled["Peru", year - 1] for year in change}
    fell = [year for year in change if change[year] < 0 and more[year]]
    grew = [year for year in change if change[year] > 0 and pulled["Peru", year] > MUCH]
    return fell, grew


def explorer() -> dict[tuple[int, float], tuple[str, str]]:
    """Return what the lesson's explorer says at each place.

    Returns
    -------
    dict
        By hectares pulled up and planted again: the crop after six years without a price response,
        in thousand hectares, and the ratio of the first year.
    """
    readings = re.search(r'"readings":(\[.*?\])', _shown(EXPLORER))
    found = re.compile(r"After six years, (\d+) thousand .*?: (?:a ratio of ([\d.]+)|no ratio)\.")
    said = found.findall(readings[1] if readings else "")
    places = [(plan, again) for plan in PLANS for again in AGAIN]
    if len(said) != len(places):
        raise UserError(f"{LESSON}: cell {EXPLORER} says {len(said)} places, not {len(places)}.")
    return dict(zip(places, said, strict=True))


def picture() -> str:
    """Return the drawing of the lesson's first figure, without its data."""
    shown = _shown(FIGURE)
    title = re.search(r'<p class="figure-title">.*?</p>', shown)
    drawing = re.search(r"<svg.*?</svg>", shown, re.DOTALL)
    source = re.search(r"<figcaption.*?</figcaption>", shown, re.DOTALL)
    if not (title and drawing and source):
        raise UserError(f"{LESSON}: cell {FIGURE} shows no figure that the handout can take.")
    return f"<figure>{title[0]}{drawing[0]}{source[0]}</figure>"


def printed(hectares: float) -> str:
    """Return hectares as they are printed."""
    return f"{hectares:,.0f}"


def thousand(hectares: float) -> str:
    """Return hectares in thousands, as the explorer has them."""
    return f"{hectares / 1000:.1f}"


def _shown(cell_id: str) -> str:
    [cell] = [cell for cell in read(ROOT / LESSON).cells if cell.id == cell_id]
    return str(cell.outputs[0].data["text/html"])


def _crop() -> dict[tuple[str, int], float]:
    return _areas("cultivation", "un")


def _pulled() -> dict[tuple[str, int], float]:
    return _areas("eradication", "un_annex")


def _areas(name: str, series: str) -> dict[tuple[str, int], float]:
    """Return the areas of one series of a table by country and year."""
    rows = load(name)
    rows = rows[rows["series"] == series]
    return {
        (str(country), int(year)): float(area)
        for country, year, area in zip(rows["country"], rows["year"], rows["area_ha"], strict=True)
    }


def _targets() -> dict[tuple[str, int], int]:
    """Return the highest target for a country in a year, where our tables hold one."""
    rows = load("eradication_targets")
    rows = rows[rows["scope"] == "country"].sort_values("target_ha")
    return {
        (str(country), int(year)): int(target)
        for country, year, target in zip(
            rows["country"], rows["year"], rows["target_ha"], strict=True
        )
    }


def _other() -> float:
    """Return what the lesson's model plants in any case: Peru's growth when work stopped."""
    crop = _crop()
    return crop["Peru", 2020] - crop["Peru", 2019]


def _target_of_both() -> int:
    """Return the target that both years of Peru had."""
    [target] = {one.target for one in figures() if one.target is not None}
    return target


def _given(one: Year) -> list[str]:
    target = "none found" if one.target is None else printed(one.target)
    return [one.place, printed(one.start), printed(one.end), target, printed(one.pulled)]


def _outcome(one: Year) -> str:
    """Say whether the target was met and what the crop did."""
    moved = "the crop grew" if one.end > one.start else "the crop fell"
    if one.target is None:
        return moved
    return f"target {'met' if one.pulled >= one.target else 'missed'}, {moved}"


def _sums(rows: list[list[str]], told: int = 0) -> str:
    head = [
        "Where and when",
        "Crop at the start",
        "Crop at the end",
        "Target",
        "Pulled up in the year",
        "New coca",
        *(["So"] * told),
    ]
    return table(head, rows, numbers=5 + told)


def _ratios() -> str:
    """Return new coca for each hectare pulled up in Peru, by two observers of the crop."""
    us = {at: area for at, area in _areas("cultivation", "us").items() if at[1] >= US_SINCE}
    observers = {"UN": _crop(), "US": us}
    pulled = _pulled()

    def ratio(of: dict[tuple[str, int], float], year: int) -> str:
        start, out = of.get(("Peru", year - 1)), pulled["Peru", year]
        return "–" if start is None else f"{(of['Peru', year] - start + out) / out:.2f}"

    years: Sequence[int] = (2010, 2013, 2016)
    rows = [
        [f"{name} area", *(ratio(of, year) for year in years)] for name, of in observers.items()
    ]
    return table(["Peru", *years], rows, numbers=len(years))


def runs_out(plan: int, again: float) -> int | None:
    """Return the first year in which less stands than the plan asks for; none in the six years.

    From then on the lesson's model pulls up all that stands, and its line without a price response
    bends.
    """
    area = _crop()["Peru", 2012] / 1000
    for year in range(1, 7):
        if area < plan:
            return year
        area += _other() / 1000 + (again - 1) * plan
    return None


def _bend() -> str:
    """Say where the lines of the places bend, for a teacher whom the class asks about it."""
    [(plan, again, year)] = [
        (plan, again, year) for plan, again in PLACES if (year := runs_out(plan, again))
    ]
    return (
        f"With `{plan}` the line is straight for {year - 1} years and then bends: from year {year} "
        f"on less than {plan} thousand ha stand, all of it is pulled up, and the line ends at "
        f"{explorer()[plan, again][0]}."
    )


def _places() -> str:
    said = explorer()
    rows = [[str(plan), f"{again:g}", *said[plan, again]] for plan, again in PLACES]
    head = [
        "Pulled up a year",
        "Planted again for each hectare",
        "Crop after six years",
        "Ratio, first year",
    ]
    return table(head, rows, numbers=4)
