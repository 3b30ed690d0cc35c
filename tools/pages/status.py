"""Write the page on the state of the course: what stands behind each lesson, counted.

Everything is counted from the files when the book is built; nothing is executed then. The seconds
that a notebook takes come from the last `make outputs`, and only for a notebook that it left as
it is now.
"""

import ast
import csv
import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, fields, replace
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from nbformat import NotebookNode

from course.data import load, tables
from tools.common.kept import Kept
from tools.common.markdown import table
from tools.common.paths import ROOT
from tools.content.bibliography import CITED, bibliography
from tools.content.outputs import SECONDS, fingerprint
from tools.content.reading import words
from tools.content.stage import read, tasks_of
from tools.pages.template import fill

PAGE, CHANGES = "book/status.md", "book/changelog.md"
# The columns of the two tables, and what each counts.
OF_THE_TEXT = {
    "Words": "words",
    "Figures": "figures",
    "Explorers": "explorers",
    "Numbers tied to data": "numbers",
    "Works cited": "sources",
}
OF_THE_CODE = {
    "Code cells": "code_cells",
    "Outputs compared": "outputs",
    "Tasks": "tasks",
    "Core": "core",
    "Written": "written",
    "Mistakes": "mistakes",
    "Hints": "hints",
}
# What `make bench` measured each time, oldest first.
HISTORY = ROOT / "tools" / "measure" / "history.csv"


class Measured(NamedTuple):
    """One thing that `make bench` follows: its name on the page and what it is to stay below."""

    title: str
    most: float


MEASURED = {
    "page_cold": Measured("Page, the course's runtime to the released one, first visit", 0.36),
    "page_warm": Measured("The same, third visit", 0.33),
    "page_5_mbit": Measured("The same at 5 Mbit/s, first visit", 0.5),
    "page_1_mbit": Measured("The same at 1 Mbit/s, first visit", 0.5),
    "jupyterlite_cold": Measured("JupyterLite, to the released runtime, first visit", 0.5),
    "jupyterlite_warm": Measured("The same, third visit", 0.45),
    "table_mb": Measured("MB until the first table", 9.7),
    "figure_mb": Measured("MB for a figure then", 5),
}
EXPLORER, FIGURE = 'class="course-explorer"', 'class="course-figure"'


@dataclass(frozen=True)
class Counts:
    """What stands behind one lesson and its exercise."""

    words: int
    code_cells: int
    outputs: int
    figures: int
    explorers: int
    numbers: int
    sources: int
    tasks: int
    core: int
    written: int
    mistakes: int
    hints: int

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(*map(sum, zip(astuple(self), astuple(other), strict=True)))


NOTHING = Counts(*[0] * len(fields(Counts)))


def pages(kept: Kept | None = None) -> dict[str, bytes]:
    """Return the status page and the list of changes: path in the staged source and content.

    Parameters
    ----------
    kept
        What the last build counted of each lesson.
    """
    changes = (ROOT / "CHANGELOG.md").read_text("utf-8")
    # brackets are the form of the file; on a page they are noise
    changes = re.sub(r"^## \[(.+?)\]", r"## \1", changes, flags=re.MULTILINE)
    return {PAGE: (page(ROOT, kept=kept) + "\n").encode(), CHANGES: changes.encode()}


def page(root: Path, seconds: Path = SECONDS, kept: Kept | None = None) -> str:
    """Return the status page.

    Parameters
    ----------
    root
        The project's folder.
    seconds
        What `make outputs` measured; the file may be missing.
    kept
        What the last build counted of each lesson.
    """
    kept = kept or Kept()
    counted: dict[str, Counts] = {}
    all_cited: set[str] = set()
    for path in sorted((root / "notebooks").glob("*.ipynb")):
        files = [path, root / "exercises" / path.name, numbers_file(path)]
        inputs = [file.read_bytes() for file in files]
        counted[path.stem], own = kept.get(
            f"counts {path.stem}", inputs, partial(counts, *files[:2])
        )
        all_cited |= own
    total = sum(counted.values(), NOTHING)
    total = replace(total, sources=len(all_cited))  # a work counts once
    works, rows = kept.get(
        "works and rows",
        [],
        lambda: (len(bibliography().entries), sum(len(load(name)) for name in tables())),
    )
    return fill(
        "status",
        version=version(root),
        lessons=len(counted),
        total=total,
        tables=len(tables()),
        rows=f"{rows:,}",
        works=works,
        of_the_text=_table(OF_THE_TEXT, counted, total),
        of_the_code=_table(OF_THE_CODE, counted, total),
        seconds=_seconds(root, seconds),
        start=_start(),
    )


def history() -> list[dict[str, str]]:
    """Return what `make bench` measured, a row for each time; `MEASURED` names the columns."""
    if not HISTORY.exists():
        return []
    with HISTORY.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _start() -> str:
    """Return the last five measurements of `make bench` as a table."""
    last = history()[-5:]
    if not last:
        return "It was not measured yet."
    columns = ["Compared", *(row["date"] for row in last), "at most"]
    rows = [
        [one.title, *(row[name] or "not measured" for row in last), f"{one.most:g}"]
        for name, one in MEASURED.items()
    ]
    return table(columns, rows)


def version(root: Path) -> str:
    """Return the course's version."""
    settings = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    return str(settings["project"]["version"])


# Counting ----------------------------------------------------------------------------------------


def counts(lesson: Path, exercise: Path) -> tuple[Counts, set[str]]:
    """Count a lesson and its exercise; return also the works that they cite."""
    notebooks = [read(lesson), read(exercise)]
    tasks = list(tasks_of(lesson.stem[:2]))
    code = [cell for notebook in notebooks for cell in notebook.cells if cell.cell_type == "code"]
    shown = json.dumps([cell.outputs for cell in code]).replace('\\"', '"')
    works = cited(notebooks)
    return Counts(
        words=words(notebooks[0]),
        code_cells=len(code),
        outputs=sum(len(cell.outputs) for cell in code),
        figures=shown.count(FIGURE),
        explorers=shown.count(EXPLORER),
        numbers=tied_numbers(lesson),
        sources=len(works),
        tasks=len(tasks),
        core=sum(task.core for task in tasks),
        written=sum(task.answer == "text" for task in tasks),
        mistakes=sum(len(task.misconceptions) for task in tasks),
        hints=sum(len(task.hints) for task in tasks),
    ), works


def numbers_file(lesson: Path) -> Path:
    """Return the file of a lesson's numbers, which stands beside its test."""
    root = lesson.parent.parent
    return root / "tests" / "lessons" / "numbers" / f"lesson{lesson.stem[:2]}.py"


def tied_numbers(lesson: Path) -> int:
    """Count the numbers that the file beside a lesson's test prints, without running it."""
    for node in ast.parse(numbers_file(lesson).read_text("utf-8")).body:
        match node:
            case ast.FunctionDef(name="numbers", body=[*_, ast.Return(ast.Dict(keys))]):
                return len(keys)
    return 0


def cited(notebooks: Iterable[NotebookNode]) -> set[str]:
    """Return the keys of the works that the text of notebooks cites."""
    texts = (
        cell.source
        for notebook in notebooks
        for cell in notebook.cells
        if cell.cell_type == "markdown"
    )
    return {
        key.strip() for text in texts for keys in CITED.findall(text) for key in keys.split(",")
    }


# Showing -----------------------------------------------------------------------------------------


def _table(columns: Mapping[str, str], counted: Mapping[str, Counts], total: Counts) -> str:
    def numbers(own: Counts) -> list[str]:
        return [f"{getattr(own, name):,}" for name in columns.values()]

    rows = [
        [f"[{stem[:2]}](../notebooks/{stem}.ipynb)", *numbers(own)] for stem, own in counted.items()
    ]
    rows.append(["**All**", *(f"**{number}**" for number in numbers(total))])
    return table(["Lesson", *columns], rows, numbers=len(columns))


def _seconds(root: Path, path: Path) -> str:
    """Return the table of seconds, or that there is none."""
    measured = json.loads(path.read_text("utf-8")) if path.is_file() else {"notebooks": {}}
    rows, missing = [], 0
    for lesson in sorted((root / "notebooks").glob("*.ipynb")):
        both = [lesson, root / "exercises" / lesson.name]
        taken = [_taken(measured["notebooks"], notebook) for notebook in both]
        missing += taken.count(None)
        if any(taken):
            row = ["—" if one is None else f"{one:.1f}" for one in taken]
            rows.append([f"[{lesson.stem[:2]}](../notebooks/{lesson.name})", *row])
    if not rows:
        return "Not measured in this build: `make outputs` measures it."
    left_out = " A dash is a notebook that has changed since, or was not run." * bool(missing)
    return (
        f"{measured['occasion']}. Seconds to execute all cells, the start of Python included, two "
        f"notebooks at a time.{left_out}\n\n"
        + table(["Lesson", "Its page", "Its exercise"], rows, numbers=2)
    )


def _taken(measured: dict[str, Any], notebook: Path) -> float | None:
    """Return the seconds of a notebook, if those measured are of this very file."""
    entry = measured.get(f"{notebook.parent.name}/{notebook.name}")
    if entry and entry["of"] == fingerprint(notebook.read_text("utf-8")):
        return float(entry["seconds"])
    return None
