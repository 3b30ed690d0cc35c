"""Turn the levels of a written task into marks, and show what that means on ten texts.

The grid of four criteria stands in ``book/teaching/rubrics.md``; which line of a task belongs to
which criterion, the texts and their levels stand in ``book/teaching/marking.toml``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Any

import pandas as pd

from course.brief import LEVELS as BRIEF_LEVELS
from course.brief import RUBRIC
from course.checks import Task
from tools.common.kept import Kept
from tools.common.markdown import table
from tools.common.paths import ROOT, exercises, is_written
from tools.content.stage import tasks_of
from tools.pages.template import fill

FOLDER = "book/teaching"
CRITERIA = ("Evidence", "Reasoning", "What is not known", "Fairness")
LEVELS = ("not yet", "nearly", "sound", "strong")
SOUND = LEVELS.index("sound")
MOST_BELOW_SOUND = 90  # percent, however many criteria are strong
POINTS = len(CRITERIA) * (len(LEVELS) - 1)
BRIEF_POINTS = len(RUBRIC) * (len(BRIEF_LEVELS) - 1)
TWENTY = 20  # the top of the other scale
# Percent at so many points for each criterion; between them it rises evenly.
SCALE = ((0.0, 0), (1.0, 50), (2.0, 80), (2.5, 100))


def pages(kept: Kept | None = None) -> dict[str, bytes]:
    """Return the pages and tables on marks: path in the staged source and content.

    Parameters
    ----------
    kept
        What the last build made of the list of exercises.
    """
    names = [path.name.encode() for path in exercises() if is_written(path)]
    return (kept or Kept()).get("pages on marks", names, _pages)


def _pages() -> dict[str, bytes]:
    written = {
        "generated/marks.md": conversion(),
        "generated/criteria-of-lines.md": lines_table(),
        "marked-samples.md": samples_page(),
    }
    return {f"{FOLDER}/{name}": text.encode() for name, text in written.items()}


@cache
def marking() -> dict[str, Any]:
    """Return what ``marking.toml`` holds."""
    found: dict[str, Any] = tomllib.loads((ROOT / FOLDER / "marking.toml").read_text("utf-8"))
    return found


# Levels into marks -------------------------------------------------------------------------------


def percent(levels: Sequence[int]) -> int:
    """Return the mark, in percent, of a text.

    Parameters
    ----------
    levels
        One level a criterion, from 0 (not yet) to 3 (strong).

    Returns
    -------
    int
        All *sound* is 80, half of them *strong* and none below *sound* is 100.
    """
    mark = of_points(sum(levels), len(levels))
    return mark if min(levels) >= SOUND else min(mark, MOST_BELOW_SOUND)


def of_points(points: int, criteria: int) -> int:
    """Return the percent of a number of points, as if no criterion were below *sound*."""
    mean = points / criteria
    for (low, start), (high, end) in pairwise(SCALE):
        if mean <= high:
            return round(start + (end - start) * (mean - low) / (high - low))
    return SCALE[-1][1]


def conversion() -> str:
    """Return the tables from points to percent, of a written task and of the brief."""
    parts = []
    for title, criteria, most in (
        ("Written task", len(CRITERIA), POINTS),
        ("Brief", len(RUBRIC), BRIEF_POINTS),
    ):
        rows = [
            [points, mark := of_points(points, criteria), f"{mark * TWENTY / 100:.0f}"]
            for points in range(most + 1)
        ]
        header = [f"{title}: points of {most}", "Percent", f"Of {TWENTY}"]
        parts.append(f"```{{table}}\n:class: schedule\n\n{table(header, rows)}\n```")
    return "\n\n".join(parts)


# The lines of each task --------------------------------------------------------------------------


def written() -> list[tuple[str, Task]]:
    """Return every task with lines for a reader, except the brief, with its exercise's name.

    A lesson that `make lesson` has just made is not among them until its words are written.
    """
    return [
        (path.name, task)
        for path in exercises()
        if is_written(path)
        for task in tasks_of(path.stem[:2])
        if task.rubric and task.answer == "text"
    ]


def lines_of(task: Task) -> dict[str, list[str]]:
    """Return the lines of a written task under their criteria, in the order of the grid.

    Those of a lesson that is being written stand under *Reasoning* until ``marking.toml`` has them.
    """
    belongs = marking()["lines"].get(task.id, ["Reasoning"] * len(task.rubric))
    pairs = list(zip(belongs, task.rubric, strict=True))
    return {one: [line for name, line in pairs if name == one] for one in CRITERIA}


def lines_table() -> str:
    """Return a row a task: which of its lines belongs to which criterion, by number."""
    rows = []
    for name, task in written():
        belongs = marking()["lines"][task.id]
        numbers = [
            ", ".join(str(n) for n, owner in enumerate(belongs, 1) if owner == one) or "grid"
            for one in CRITERIA
        ]
        rows.append([f"[{task.id}](../../exercises/{name}) {task.title}", *numbers])
    return table(["Task", *CRITERIA], rows)


# The samples -------------------------------------------------------------------------------------


def agreement() -> dict[str, Any]:
    """Return how far the two readings of the samples agree, as lesson 08 reckons it.

    Returns
    -------
    dict
        ``table`` (levels of the first reading down, of the second across), ``n``, ``same``,
        ``agreement``, ``chance``, ``kappa``, and ``widest``, the largest gap in percent.
    """
    texts = marking()["samples"]
    first = pd.Series([level for one in texts for level in one["first"]])
    second = pd.Series([level for one in texts for level in one["second"]])
    same = (first == second).mean()
    shares = (one.value_counts() / len(one) for one in (first, second))
    chance = next(shares).mul(next(shares), fill_value=0).sum()
    return {
        "table": pd.crosstab(first, second).reindex(
            index=range(len(LEVELS)), columns=range(len(LEVELS)), fill_value=0
        ),
        "n": len(first),
        "same": int((first == second).sum()),
        "agreement": same,
        "chance": chance,
        "kappa": (same - chance) / (1 - chance),
        "widest": max(abs(percent(one["first"]) - percent(one["second"])) for one in texts),
    }


def samples_page() -> str:
    """Return the page of the marked samples and of what two readings agree on."""
    titles, data = {task.id: task.title for _, task in written()}, marking()
    shown = [
        {
            "head": f"Text {one['letter']}: {one['level']}",
            "task": f"{one['task']} {titles[one['task']]}",
            "text": quoted(one["text"]),
            "levels": "; ".join(
                f"{name} *{LEVELS[level]}*"
                for name, level in zip(CRITERIA, one["first"], strict=True)
            ),
            "points": sum(one["first"]),
            "percent": percent(one["first"]),
            "comment": " ".join(one["comment"].split()),
        }
        for one in data["samples"]
    ]
    readings = table(
        ["Text", "First reading", "Percent", "Second reading", "Percent"],
        [
            [one["letter"], *(cell for name in ("first", "second") for cell in reading(one[name]))]
            for one in data["samples"]
        ],
    )
    own = table(
        ["Task", *CRITERIA, "Percent"],
        [
            [task, *(LEVELS[level] for level in one["levels"]), percent(one["levels"])]
            for task, one in data["model"].items()
        ],
    )
    found = agreement()
    crossed = table(
        ["First reading", *LEVELS],
        [[name, *row] for name, row in zip(LEVELS, found["table"].to_numpy(), strict=True)],
    )
    return fill(
        "marked-samples",
        samples=shown,
        readings=readings,
        own=own,
        crossed=crossed,
        most=POINTS,
        **{name: found[name] for name in ("n", "same", "agreement", "chance", "kappa", "widest")},
    )


def reading(levels: Sequence[int]) -> tuple[str, int]:
    """Return the levels of a reading as digits, and their percent."""
    return " ".join(map(str, levels)), percent(levels)


def quoted(text: str) -> str:
    """Return a text as a quotation in Markdown."""
    return "> " + " ".join(text.split())
