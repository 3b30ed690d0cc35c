"""Write the page for a department: outcomes with their places, and hours of each variant."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tools.common.kept import Kept
from tools.common.markdown import table
from tools.common.paths import exercises
from tools.pages.hours import known
from tools.pages.syllabi import Course, course, hours_by_kind
from tools.pages.teaching import FOLDER, lessons
from tools.pages.template import fill

HOURS_A_CREDIT = (25, 30)


def pages(kept: Kept | None = None) -> dict[str, bytes]:
    """Return the page: path in the staged source and content.

    Parameters
    ----------
    kept
        What the last build read in the lessons.
    """
    ways = course(lessons(kept=kept), kept=kept)
    variants = [
        {
            "title": one["title"],
            "plan": one["plan"][0].lower() + one["plan"][1:],
            "table": hours_table(one, ways),
        }
        for one in known()["variants"]
    ]
    text = fill("department", outcomes=outcomes(), variants=variants, each=known()["each"])
    return {f"{FOLDER}/department.md": text.encode()}


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


def hours_table(variant: Mapping[str, Any], course: Course) -> str:
    """Return the hours of a variant, their sum and what it is in credits."""
    [syllabus] = [one for one in course.syllabi if one.title == variant["plan"]]
    spent = hours_by_kind(syllabus, course)
    low, high = (hours * variant["credits"] for hours in HOURS_A_CREDIT)
    rows = [[name, f"{hours:.1f}"] for name, hours in spent.items()]
    rows.append(["**In all**", f"**{sum(spent.values()):.1f}**"])
    credit = "1 credit is" if variant["credits"] == 1 else f"{variant['credits']} credits are"
    return table(["Work of a student", "Hours"], rows) + f"\n\n{credit} {low} to {high} hours."
