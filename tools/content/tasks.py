"""What the tasks of the course are, in the order of the lessons."""

import importlib

from tools.common.paths import exercises


def tasks_index() -> list[dict]:
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
