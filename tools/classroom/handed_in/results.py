"""Everything that is made of what was handed in, as files by name."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from . import pages, tables
from .alike import alike
from .reading import Class, read_all
from .sources import Handed

REPORT = "collected.html"


def results(
    files: Iterable[Handed],
    index: dict[str, Any],
    *,
    title: str,
    due: float = 0,
    roster: bytes | None = None,
    anonymous: bool = False,
) -> tuple[dict[str, bytes], Class]:
    """Return the files for the teacher, by name, and what was read.

    Parameters
    ----------
    files
        What was handed in, archives too.
    index
        ``tasks`` and ``alternatives`` of the course; see tools/content/tasks.py.
    title
        What the report calls it.
    due
        When it was due, in milliseconds; 0 where no date was given.
    roster
        A list of the class with a column ``code``.
    anonymous
        Whether the pages of tasks leave out the codes.

    Raises
    ------
    tables.NoRoster
        When the list of the class cannot be used.
    """
    of = tables.roster(roster) if roster else None
    known = read_all(files, index, due=due, codes=of.codes if of else ())
    has_pages = not known.is_large
    found = alike(known) if has_pages else []
    sheets = {
        "Students": tables.students_table(known),
        "Files": tables.files_table(known.rows),
        "Mistakes": tables.misconceptions_table(known),
        "Alike": tables.alike_table(found),
    }
    made = {
        "students.csv": tables.csv_for_excel(sheets["Students"]),
        "files.csv": tables.csv_for_excel(sheets["Files"]),
    }
    says = []
    if of:
        made["gradebook.csv"] = tables.gradebook(known, of)
        unknown, missing = tables.strangers(known, of)
        says = [f"Codes that the list of the class does not have: {', '.join(unknown) or 'none'}."]
        says.append(f"Codes of the list with no file: {', '.join(missing) or 'none'}.")
    if has_pages:
        made["collected.xlsx"] = tables.workbook(sheets)
        for student in known.students:
            name = f"students/{pages.name_of(student.name)}"
            made[name] = pages.student_page(student, known)
        for task in index["tasks"]:
            if side_by_side := pages.task_page(task, known, anonymous):
                made[f"tasks/{pages.name_of(task['id'])}"] = side_by_side
    report = pages.report(known, found, title=title, pages=has_pages, roster_says=says)
    return {REPORT: report, **made}, known


def summary(known: Class) -> str:
    """Return what came, in a sentence."""
    rows = known.rows
    left = sum(row.outcome != "read" for row in rows)
    return f"{len(rows)} files of {len(known.students)} students, {left} of the files not counted"


def in_browser(folder: str, asked: str) -> str:
    """Do the same for a page of the course, whose worker has put files into a folder.

    Parameters
    ----------
    folder
        It holds ``in/`` with the files by number, ``index.json``, and ``roster`` if there is one;
        ``out/`` is written.
    asked
        JSON: ``files``, a list of name and time; ``due``; and ``anonymous``.

    Returns
    -------
    str
        JSON: ``says``, a sentence, or ``refused``, one that says why there is nothing; ``report``,
        the page as HTML; and ``files``, the names of what lies in ``out/``.
    """
    here, given = Path(folder), json.loads(asked)
    handed = []
    for number, one in enumerate(given["files"]):
        raw = (here / "in" / str(number)).read_bytes()
        handed.append(Handed(one["name"], raw, size=len(raw), time=one["time"]))
    index = json.loads((here / "index.json").read_text("utf-8"))
    roster = here / "roster"
    try:
        made, known = results(
            handed,
            index,
            title=f"{len(handed)} files, {datetime.now():%Y-%m-%d}",
            due=given["due"],
            roster=roster.read_bytes() if roster.exists() else None,
            anonymous=given["anonymous"],
        )
    except tables.NoRoster as reason:
        return json.dumps({"refused": str(reason)})
    offered = {name: content for name, content in made.items() if "/" not in name}
    offered["collected.zip"] = zipped(made)
    (here / "out").mkdir(exist_ok=True)
    for name, content in offered.items():
        (here / "out" / name).write_bytes(content)
    said = {"says": summary(known), "report": made[REPORT].decode(), "files": list(offered)}
    return json.dumps(said)


def zipped(files: dict[str, bytes]) -> bytes:
    """Return files as one archive."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()
