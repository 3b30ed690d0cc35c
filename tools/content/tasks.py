"""What the tasks and the bets of the course are, in order, for the page of progress."""

import importlib
from typing import Any

from course.data import load
from tools.common.paths import exercises


def tasks_index() -> list[dict[str, Any]]:
    """Return every task of the course, for the progress page."""
    index = []
    for path in exercises():
        number, slug = path.stem[:2], path.stem
        for task in importlib.import_module(f"course.tasks.lesson{number}").TASKS:
            index.append(
                {
                    "id": task.id,
                    "title": task.title,
                    "lesson": number,
                    "slug": slug,
                    "core": task.core,
                    "version": task.version,
                }
            )
    return index


def bets_index() -> list[dict[str, Any]]:
    """Return every forecast on which lesson 00 asks for a bet."""
    bets = load("forecasts").dropna(subset="bet_number").sort_values("bet_number")
    return [{"id": row.forecast_id, "statement": row.statement} for row in bets.itertuples()]
