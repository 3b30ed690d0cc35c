"""What the tasks and the bets of the course are, in order, for the page of progress."""

import importlib
import json
import re
from typing import Any

from course.data import load
from course.wording import ENGLISH, say, spoken
from tools.common.paths import ROOT, exercises
from tools.content.stage import checked_name, read, scaffold, split_solution, task_cells
from tools.content.translation import translated_path


def tasks_index() -> list[dict[str, Any]]:
    """Return every task of the course, for the progress page, in the language that is spoken.

    Where its page is not in that language, ``english`` says so.
    """
    index = []
    for path in exercises():
        number, slug = path.stem[:2], path.stem
        is_there = spoken() == ENGLISH or translated_path(path, spoken()).exists()
        for task in importlib.import_module(f"course.tasks.lesson{number}").TASKS:
            index.append(
                {
                    "id": task.id,
                    "title": say(task.title),
                    "lesson": number,
                    "slug": slug,
                    "core": task.core,
                    "version": task.version,
                    **({} if is_there else {"english": True}),
                }
            )
    return index


def bets_index() -> list[dict[str, Any]]:
    """Return every forecast on which lesson 00 asks for a bet."""
    bets = load("forecasts").dropna(subset="bet_number").sort_values("bet_number")
    return [{"id": row.forecast_id, "statement": row.statement} for row in bets.itertuples()]


def for_teacher() -> dict[str, Any]:
    """Return what a teacher's program must know of the course to read what was handed in.

    Returns
    -------
    dict
        ``tasks``, each as in `tasks_index` and with its kind, the ``given`` text of its cell, the
        messages of its known ``mistakes`` by name, and for a written one the ``words`` that stand
        in the course itself; and ``alternatives``, by lesson the tasks that its content note names.
    """
    index = tasks_index()
    by_lesson = {task["lesson"]: task["slug"] for task in index}
    alternatives = {}
    for lesson, slug in by_lesson.items():
        tasks = importlib.import_module(f"course.tasks.lesson{lesson}").TASKS.by_id
        cells = task_cells(read(ROOT / "exercises" / f"{slug}.ipynb"))
        for task in (one for one in index if one["lesson"] == lesson):
            parts, known = cells[task["id"]], tasks[task["id"]]
            source = parts["answer"].source
            name = checked_name(parts["check"], task["id"])
            written = known.answer == "text"
            own = [line for _, block in split_solution(source, task["id"]) for line in block]
            course = [parts["task"].source, "\n".join(own), parts["why"].source, *known.hints]
            task |= {
                "kind": known.answer,
                "written": written,
                "given": scaffold(source, name, task["id"]),
                "mistakes": {one.name: one.message for one in known.misconceptions},
                "words": "\n".join(course) if written else "",
            }
        note = json.loads((ROOT / "notebooks" / f"{slug}.ipynb").read_text("utf-8"))
        text = note["metadata"]["course"].get("content_note", "")
        alternatives[lesson] = sorted(set(re.findall(r"\b\d\d\.\d\b", text)))
    return {"tasks": index, "alternatives": alternatives}
