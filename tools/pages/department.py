"""Write the page for a department: outcomes with their places, and hours in two variants."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

import nbformat

from tools.common.kept import Kept
from tools.common.markdown import table
from tools.common.paths import ROOT, exercises, notebooks
from tools.content.reading import Minutes, minutes
from tools.content.stage import read, tasks_of
from tools.pages.template import fill

FOLDER = "book/teaching"
HOURS_A_CREDIT = (25, 30)


def pages(kept: Kept | None = None) -> dict[str, bytes]:
    """Return the page: path in the staged source and content.

    Parameters
    ----------
    kept
        What the last build read in the lessons.
    """
    inputs = [path.read_bytes() for path in notebooks()]
    return (kept or Kept()).get("page for a department", inputs, _pages)


def _pages() -> dict[str, bytes]:
    variants = [
        {"title": one["title"], "plan": one["plan"], "table": hours_table(one)}
        for one in known()["variants"]
    ]
    text = fill("department", outcomes=outcomes(), variants=variants, each=known()["each"])
    return {f"{FOLDER}/department.md": text.encode()}


@cache
def known() -> dict[str, Any]:
    """Return what ``outcomes.toml`` holds."""
    found: dict[str, Any] = tomllib.loads((ROOT / FOLDER / "outcomes.toml").read_text("utf-8"))
    return found


# Outcomes ----------------------------------------------------------------------------------------


@cache
def lessons() -> dict[str, nbformat.NotebookNode]:
    """Return the lessons by number."""
    return {path.stem[:2]: read(path) for path in sorted((ROOT / "notebooks").glob("*.ipynb"))}


def outcomes_retrieved(one: Mapping[str, Any], lesson: Mapping[str, str]) -> str:
    """Return where an outcome is asked for from memory, as links."""
    asked: dict[str, list[str]] = {}
    for place in one["retrieved"]:
        number, question = place.split("/")
        asked.setdefault(number, []).append(question)
    links = (
        f"[{number}](../../notebooks/{lesson[number]}) ({', '.join(questions)})"
        for number, questions in asked.items()
    )
    return "; ".join(links) or f"the bets of 00, scored in [14](../../notebooks/{lesson['14']})"


def outcomes() -> str:
    """Return the table of outcomes."""
    lesson = {path.stem[:2]: path.name for path in exercises()}

    def lesson_links(numbers: list[str]) -> str:
        return ", ".join(f"[{one}](../../notebooks/{lesson[one]})" for one in numbers)

    def task_links(ids: list[str]) -> str:
        return ", ".join(f"[{one}](../../exercises/{lesson[one[:2]]})" for one in ids)

    rows = [
        [
            number,
            one["text"],
            lesson_links(one["taught"]),
            task_links(one["practised"]),
            outcomes_retrieved(one, lesson),
            task_links(one["marked"]),
        ]
        for number, one in enumerate(known()["outcomes"], 1)
    ]
    return table(["No.", "Outcome", "Taught", "Practised", "Retrieved", "Marked"], rows)


# Hours -------------------------------------------------------------------------------------------


@cache
def lesson_minutes() -> list[Minutes]:
    """Return what each lesson and its exercise take, as on its card."""
    return [
        minutes(lessons()[path.stem[:2]], read(path), tasks_of(path.stem[:2]))
        for path in exercises()
    ]


def items(variant: Mapping[str, Any]) -> dict[str, float]:
    """Return the hours of each kind of work in a variant."""
    each, cards = known()["each"], lesson_minutes()
    said = [lesson.metadata["course"] for lesson in lessons().values()]
    in_class = sum(one["minutes_reading"] + one["minutes_exercises"] for one in said)
    plays, written, works = variant["plays"], variant["written"], variant["works"]
    spent = {
        f"Class and core tasks: {len(said)} lessons, as their plans": in_class,
        f"Class: role plays ({plays})": plays * each["play"],
        "Text read before the class": sum(one.reading for one in cards),
        "Tasks after the core, first drafts of written tasks": sum(one.others for one in cards),
        f"Written tasks handed in ({written})": written * each["written"],
        "The task on paper in class, prepared and written": each["paper"],
        f"Role plays prepared ({plays})": plays * each["play_prepared"],
        f"Works of the reading list ({works})": works * each["work"],
        "The brief": variant["brief"],
        "Review of another's brief": each["review"],
        "Defence of the brief, with its five minutes": each["defence"],
        f"Feedback read and answered ({written + 1})": (written + 1) * each["feedback"],
    }
    return {name: length / 60 for name, length in spent.items()}


def hours_table(variant: Mapping[str, Any]) -> str:
    """Return the hours of a variant, their sum and what it is in credits."""
    spent = items(variant)
    low, high = (hours * variant["credits"] for hours in HOURS_A_CREDIT)
    rows = [[name, f"{hours:.1f}"] for name, hours in spent.items()]
    rows.append(["**In all**", f"**{sum(spent.values()):.1f}**"])
    return (
        table(["Work of a student", "Hours"], rows)
        + f"\n\n{variant['credits']} credits are {low} to {high} hours."
    )
