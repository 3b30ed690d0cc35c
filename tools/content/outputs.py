"""Execute notebooks and store their outputs.

The stored file is the same byte for byte in every run: no timing, no widget ids, no kernel
details. The card under a lesson's title is written here from the lesson's metadata.
"""

import json
import re
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import nbformat

from course.wording import ENGLISH, say, speaking
from tools.common.errors import UserError
from tools.common.files import digest, write
from tools.common.paths import BUILD, ROOT, in_all_languages, language_of
from tools.common.recorded import occasion
from tools.content.ladder import of_lesson
from tools.content.reading import Minutes, minutes
from tools.content.stage import tasks_of

SECONDS = BUILD / "seconds.json"
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


def card(course: dict[str, Any], times: Minutes) -> str:
    """Return the card of a lesson in MyST Markdown.

    Parameters
    ----------
    course
        Its metadata of that name; what is new comes from the ladder.
    times
        How long it takes.
    """
    goals = "\n".join(f"- {goal}" for goal in course["objectives"])
    idioms = ", ".join(f"`{idiom.name}`" for idiom in of_lesson(course["number"]))
    lines = [
        ":::{admonition} " + say("In this lesson"),
        ":class: card",
        f"**{say('You will be able to')}**",
        "",
        goals,
        "",
        say(
            "**Time:** about {reading} minutes to read and try, {core} for the core tasks, {others} "
            "for the others. That is one reader alone; a class plans {class_reading} minutes for "
            "the text and {class_tasks} for the core tasks.",
            reading=times.reading,
            core=times.core,
            others=times.others,
            class_reading=course["minutes_reading"],
            class_tasks=course["minutes_exercises"],
        ),
        say("**Before:** {lessons}.", lessons=_needs(course["needs"])),
        say("**New pandas here:** {idioms}.", idioms=idioms or say("nothing")),
    ]
    if course.get("content_note"):
        lines.append(say("**Content note:** {note}", note=course["content_note"]))
    return "\n".join([*lines, ":::"])


def _needs(slugs: list[str]) -> str:
    """Link the lessons that exist; name the others."""
    if not slugs:
        return say("nothing")
    named = []
    for slug in slugs:
        exists = (ROOT / "notebooks" / f"{slug}.ipynb").exists()
        lesson = say("lesson {number}", number=slug[:2])
        named.append(f"[{lesson}]({slug}.ipynb)" if exists else lesson)
    return ", ".join(named)


def executed(path: Path) -> str:
    """Execute a notebook and return the text to store.

    Raises
    ------
    UserError
        When the file is not a notebook or a cell fails.
    """
    # Loaded here, since the pages take from this module no more than what it has measured.
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError

    notebook = with_card(path)
    client = NotebookClient(
        notebook,
        timeout=300,
        kernel_name="python3",
        record_timing=False,
        coalesce_streams=True,  # a slow kernel sends what a cell prints in several parts
        resources={"metadata": {"path": str(path.parent)}},
    )
    try:
        client.execute()
    except CellExecutionError as error:
        what = f"{error.ename}: {error.evalue}"
        raise UserError(
            f"a cell of {path.parent.name}/{path.name} fails: {what}\n{error}"
        ) from error
    return stored(notebook)


def with_card(path: Path) -> nbformat.NotebookNode:
    """Read a notebook; the card of a lesson is written anew, in the language of the lesson.

    A translation has the minutes of the lesson that it translates.

    Raises
    ------
    UserError
        When the file is not a notebook.
    """
    try:
        notebook: nbformat.NotebookNode = nbformat.read(path, as_version=4)
    except Exception as error:
        raise UserError(f"{path.name} is not a valid notebook: {error}") from error
    for cell in notebook.cells:
        if "card" in cell.metadata.get("tags", []):
            course, language = notebook.metadata["course"], language_of(path)
            top = path.parents[2 if language else 1]
            own, exercise = (
                nbformat.read(top / folder / path.name, as_version=4)
                for folder in ("notebooks", "exercises")
            )
            times = minutes(own, exercise, tasks_of(course["number"]))
            with speaking(language or ENGLISH):
                cell.source = card(course, times)
    return notebook


def stored(notebook: nbformat.NotebookNode) -> str:
    """Return a notebook that was executed as the text to store."""
    text: str = nbformat.writes(_plain(notebook))
    return text + "\n"


def _plain(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Drop what changes from run to run and what only a live kernel can use."""
    notebook.metadata = nbformat.from_dict(
        {
            "course": notebook.metadata["course"],
            "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
            "language_info": {"name": "python"},
        }
    )
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        for output in cell.outputs:
            data = output.get("data", {})
            data.pop(WIDGET_VIEW, None)
            output.get("metadata", {}).pop(WIDGET_VIEW, None)
            if "text/plain" in data:  # addresses of objects differ from run to run
                data["text/plain"] = re.sub(r" at 0x[0-9a-f]+", "", data["text/plain"])
    return notebook


def fingerprint(text: str) -> str:
    """Return what tells whether a notebook is still the one that was measured."""
    return digest(text.encode())[:16]


def record(taken: dict[Path, tuple[float, str]], file: Path = SECONDS) -> None:
    """Keep the seconds of each notebook, and of which text they are, for the status page.

    Parameters
    ----------
    taken
        For each notebook that was executed, its seconds and the text that was stored.
    file
        The file to write; what it says of other notebooks stays if they were measured on the
        same day and machine.
    """
    last = json.loads(file.read_text("utf-8")) if file.is_file() else {}
    kept = last["notebooks"] if last.get("occasion") == occasion() else {}
    for path, (seconds, text) in taken.items():
        name = f"{path.parent.name}/{path.name}"
        kept[name] = {"seconds": round(seconds, 1), "of": fingerprint(text)}
    write(file, json.dumps({"occasion": occasion(), "notebooks": kept}, indent=1))


def main(paths: Sequence[str] = ()) -> None:
    """Execute some notebooks, or all, and say which have changed."""
    chosen = [Path(path).resolve() for path in paths] or in_all_languages()

    taken: dict[Path, tuple[float, str]] = {}

    def store(path: Path) -> str:
        start = time.perf_counter()
        text = executed(path)
        taken[path] = time.perf_counter() - start, text
        changed = text != path.read_text("utf-8")
        if changed:
            write(path, text)
        return f"{'changed' if changed else 'same   '} {path.relative_to(ROOT)}"

    with ThreadPoolExecutor(2) as pool:
        for line in pool.map(store, chosen):
            print(line, flush=True)
    record(taken)
