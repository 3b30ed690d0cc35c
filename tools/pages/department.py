"""Write the page for a department: outcomes with their places, and hours in two variants."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

from tools.common.kept import Kept
from tools.common.markdown import table
from tools.common.paths import ROOT, exercises, is_written
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
    times = lengths(kept or Kept())
    variants = [
        {"title": one["title"], "plan": one["plan"], "table": hours_table(one, times)}
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


@dataclass(frozen=True)
class Length:
    """What a lesson takes: minutes in class by its plan, and what its card says."""

    in_class: int
    card: Minutes


def lengths(kept: Kept) -> list[Length]:
    """Return what each lesson takes, once it is written; only one that has changed is read."""
    lessons = [ROOT / "notebooks" / path.name for path in exercises() if is_written(path)]
    pairs = [(path, ROOT / "exercises" / path.name) for path in lessons]
    return [
        kept.get(
            f"length {lesson.stem}",
            [lesson.read_bytes(), exercise.read_bytes()],
            partial(length, lesson, exercise),
        )
        for lesson, exercise in pairs
    ]


def length(lesson: Path, exercise: Path) -> Length:
    """Return what a lesson and its exercise take."""
    text = read(lesson)
    said = text.metadata["course"]
    card = minutes(text, read(exercise), tasks_of(lesson.stem[:2]))
    return Length(said["minutes_reading"] + said["minutes_exercises"], card)


def items(variant: Mapping[str, Any], times: Sequence[Length]) -> dict[str, float]:
    """Return the hours of each kind of work in a variant."""
    each = known()["each"]
    plays, written, works = variant["plays"], variant["written"], variant["works"]
    spent = {
        f"Class and core tasks: {len(times)} lessons, as their plans": sum(
            one.in_class for one in times
        ),
        f"Class: role plays ({plays})": plays * each["play"],
        "Text read before the class": sum(one.card.reading for one in times),
        "Tasks after the core, first drafts of written tasks": sum(
            one.card.others for one in times
        ),
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


def hours_table(variant: Mapping[str, Any], times: Sequence[Length]) -> str:
    """Return the hours of a variant, their sum and what it is in credits."""
    spent = items(variant, times)
    low, high = (hours * variant["credits"] for hours in HOURS_A_CREDIT)
    rows = [[name, f"{hours:.1f}"] for name, hours in spent.items()]
    rows.append(["**In all**", f"**{sum(spent.values()):.1f}**"])
    return (
        table(["Work of a student", "Hours"], rows)
        + f"\n\n{variant['credits']} credits are {low} to {high} hours."
    )
