"""Turn what students hand in into a table and a report.

Two kinds of file count: saved work (from the page *Your progress*) and briefs (from lesson 14).
Every file gets its row, also one that is damaged, foreign or hostile. Nothing in a file is
executed, followed or believed: texts are texts, sizes are limited, and what a student's browser
says of a task stays what it is, self-reported.
"""

import html
import json
import math
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tools.common.errors import UserError
from tools.common.files import csv_text, digest, write
from tools.common.paths import BUILD
from tools.content.tasks import tasks_index

OUT = BUILD / "collected"
MOST_BYTES = 4_000_000  # what the progress page itself takes back
MOST_FILES = 100_000
STATUSES = ("open", "tried", "done")
ENTRY_ID = re.compile(r"[\w./#-]{1,120}")
SAID = "The students' browsers say so themselves: nothing here proves who did the work, or how."
SHOWN = 500  # rows of the report; the table holds them all


@dataclass
class Row:
    """What one file is. Counts are None where the file is not of that kind."""

    file: str
    kind: str = ""  # "work" or "brief"
    outcome: str = "read"  # or "damaged", "foreign", "too large", "unreadable", "duplicate"
    problem: str = ""
    tasks_done: int | None = None
    tasks_tried: int | None = None
    core_done: int | None = None
    tasks_changed_since: int | None = None
    bets: int | None = None
    last_saved: str = ""
    brief_words: int | None = None
    brief_title: str = ""
    forecast_date: str = ""
    forecast_probability_percent: float | None = None
    bytes: int = 0
    sha256: str = ""


class Unusable(Exception):
    """Why a file is not read: an outcome and a sentence."""


# Reading ---------------------------------------------------------------------------------------


def collect(folder: Path, index: list[dict[str, Any]]) -> tuple[list[Row], Counter[Any]]:
    """Read every file below a folder.

    Parameters
    ----------
    folder
        What was handed in; folders in it are looked into, links are not followed.
    index
        The tasks of the course; see `tools.content.tasks.tasks_index`.

    Returns
    -------
    tuple
        One row a file, by name, and how many students have each task ``(id, status)``.

    Raises
    ------
    UserError
        When the folder is none, or holds too many files.
    """
    if not folder.is_dir():
        raise UserError(f"{folder} is not a folder; name one: make collect DIR=handed-in")
    tasks = {task["id"]: task for task in index}
    first: dict[str, str] = {}
    rows: list[Row] = []
    counts: Counter[Any] = Counter()
    for path in files(folder):
        if len(rows) == MOST_FILES:
            raise UserError(f"{folder} holds more than {MOST_FILES:,} files; collect it in parts.")
        row, entries = read(path, path.relative_to(folder), tasks)
        if row.outcome == "read" and row.sha256 in first:
            row.outcome, row.problem = "duplicate", f"the same bytes as {first[row.sha256]}"
        elif row.outcome == "read":
            first[row.sha256] = row.file
            counts.update((task, status) for task, status in entries.items() if task in tasks)
        rows.append(row)
    return rows, counts


def files(folder: Path) -> Iterator[Path]:
    """Yield everything below a folder that is not a folder, in order."""
    for parent, folders, names in os.walk(folder):
        folders.sort()
        # a link to a folder is named and not entered
        links = [name for name in folders if (Path(parent) / name).is_symlink()]
        yield from (Path(parent) / name for name in sorted([*names, *links]))


def read(path: Path, name: Path, tasks: dict[str, dict[str, Any]]) -> tuple[Row, dict[str, str]]:
    """Return the row of a file and, of saved work, the status of each entry."""
    row = Row(file=os.fsencode(name).decode("utf-8", "backslashreplace"))
    try:
        content = content_of(path, row)
        row.kind = {"course-work": "work", "course-brief": "brief"}.get(content["format"], "")
        if row.kind == "work":
            return row, read_work(content, row, tasks)
        read_brief(content, row)
    except Unusable as reason:
        row.outcome, row.problem = reason.args
    return row, {}


def content_of(path: Path, row: Row) -> dict[str, Any]:
    """Return the content of a file of the course; raise `Unusable` for any other."""
    if path.is_symlink() or not path.is_file():
        raise Unusable("foreign", "a link or a device, not a file")
    try:
        row.bytes = path.stat().st_size
        if row.bytes > MOST_BYTES:
            raise Unusable("too large", f"more than {MOST_BYTES / 1e6:.0f} MB")
        raw = path.read_bytes()
    except OSError as error:
        raise Unusable("unreadable", error.strerror or "the system refuses") from error
    row.sha256 = digest(raw)
    try:
        content = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Unusable("foreign", "not text") from error
    except (ValueError, RecursionError) as error:
        of_ours = path.suffix.lower() == ".json" or b"course-work" in raw or b"course-brief" in raw
        why = "not valid JSON; perhaps cut off" if of_ours else "not a file of the course"
        raise Unusable("damaged" if of_ours else "foreign", why) from error
    if not isinstance(content, dict) or content.get("format") not in (
        "course-work",
        "course-brief",
    ):
        raise Unusable("foreign", "not a file of the course")
    return content


def read_work(
    content: dict[str, Any], row: Row, tasks: dict[str, dict[str, Any]]
) -> dict[str, str]:
    """Fill in the row of saved work; return the status of each entry that has the right form."""
    entries = content.get("entries")
    if not isinstance(entries, dict):
        raise Unusable("damaged", "saved work without its entries")
    good = {name: entry for name, entry in entries.items() if is_entry(name, entry)}
    if odd := len(entries) - len(good):
        row.problem = f"{odd} of {len(entries)} entries have another form and are not counted"
    of_tasks = {name: entry for name, entry in good.items() if name in tasks}
    status = {name: entry["status"] for name, entry in of_tasks.items()}
    row.tasks_done = sum(value == "done" for value in status.values())
    row.tasks_tried = sum(value == "tried" for value in status.values())
    row.core_done = sum(status[name] == "done" and tasks[name]["core"] for name in status)
    row.tasks_changed_since = sum(
        entry["status"] == "done"
        and str(entry.get("solved", entry["version"])) != str(tasks[name]["version"])
        for name, entry in of_tasks.items()
    )
    row.bets = sum(name.startswith("bets/") and bool(entry["text"]) for name, entry in good.items())
    latest = max((entry["saved"] for entry in good.values()), default=None)
    row.last_saved = moment(latest)
    return status


def is_entry(name: str, entry: object) -> bool:
    """Whether an entry is of the form in which the pages keep one."""
    return (
        ENTRY_ID.fullmatch(name) is not None
        and isinstance(entry, dict)
        and isinstance(entry.get("text"), str)
        and isinstance(entry.get("version"), str)
        and entry.get("status") in STATUSES
        and isinstance(entry.get("saved"), (int, float))
        and not isinstance(entry["saved"], bool)
    )


def moment(milliseconds: float | None) -> str:
    """Return a browser's time as a date and hour, or nothing where it is none."""
    if milliseconds is None:
        return ""
    try:
        return datetime.fromtimestamp(milliseconds / 1000, UTC).strftime("%Y-%m-%d %H:%M")
    except (TypeError, ValueError, OverflowError, OSError):
        return ""


def read_brief(content: dict[str, Any], row: Row) -> None:
    """Fill in the row of a brief. Its words are counted here, whatever the file says of itself."""
    text, forecast = content.get("text"), content.get("forecast")
    if not isinstance(text, str) or not isinstance(forecast, dict):
        raise Unusable("damaged", "a brief without its text or its forecast")
    row.brief_words = len(text.split())
    row.brief_title = str(content.get("title", ""))[:200]
    row.forecast_date = str(forecast.get("date", ""))[:20]
    probability: Any = forecast.get("probability_percent")
    is_number = isinstance(probability, (int, float)) and not isinstance(probability, bool)
    if is_number and math.isfinite(probability) and 0 <= probability <= 100:
        row.forecast_probability_percent = float(probability)
    else:
        row.problem = "the forecast has no probability from 0 to 100"


# Writing ---------------------------------------------------------------------------------------


def safe(value: object) -> str:
    """Return a text that a spreadsheet shows and does not run."""
    text = "" if value is None else str(value)
    text = text.encode("utf-8", "backslashreplace").decode("utf-8")
    text = re.sub(r"[\x00-\x1f\x7f]", "\N{REPLACEMENT CHARACTER}", text)
    is_formula = isinstance(value, str) and text.lstrip().startswith(("=", "+", "-", "@"))
    return f"'{text}" if is_formula else text


def write_table(rows: Iterable[Row], path: Path) -> None:
    """Write one row a file, no cell of it a formula."""
    cells = ([safe(value) for value in asdict(row).values()] for row in rows)
    write(path, csv_text([field.name for field in fields(Row)], cells))


def report(rows: list[Row], counts: Counter[Any], index: list[dict[str, Any]], folder: str) -> str:
    """Return the report as a page that loads nothing and runs nothing."""
    outcomes = Counter(row.outcome for row in rows)
    kinds = Counter(row.kind for row in rows if row.outcome == "read")
    summary = ", ".join(f"{count} {outcome}" for outcome, count in sorted(outcomes.items()))
    problems = [row for row in rows if row.problem]
    works = [row for row in rows if row.outcome == "read"]
    parts = [
        f"<h1>Handed in: {escape(folder)}</h1>",
        f"<p>{len(rows)} files: {summary or 'none'}. Read: {kinds['work']} of saved work, "
        f"{kinds['brief']} briefs. <strong>Progress is self-reported.</strong> {SAID}</p>",
        "<h2>Files with a problem</h2>",
        table(problems[:SHOWN], ["file", "outcome", "problem"]) if problems else "<p>None.</p>",
        more(problems),
        "<h2>Where a class is</h2>",
        class_table(counts, index, kinds["work"]),
        "<h2>Files that were read</h2>",
        table(works[:SHOWN], [field.name for field in fields(Row)][:-2]),
        more(works),
    ]
    return PAGE.format(body="\n".join(parts))


PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Handed in</title>
<style>
body {{ font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 1rem; }}
table {{ border-collapse: collapse; font-size: 0.875rem; }} th, td {{ border-bottom: 1px solid #999;
padding: 0.2rem 0.6rem; text-align: left; overflow-wrap: anywhere; }}</style></head>
<body>
{body}
</body></html>
"""


def escape(value: object) -> str:
    """Return a value as text that is neither markup nor a formula."""
    return html.escape(safe(value).removeprefix("'"))


def table(rows: Iterable[Row], columns: list[str]) -> str:
    """Return rows as a table in HTML."""
    head = "".join(f'<th scope="col">{name.replace("_", " ")}</th>' for name in columns)
    lines = ("".join(f"<td>{escape(getattr(row, name))}</td>" for name in columns) for row in rows)
    return f"<table><tr>{head}</tr>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


def more(rows: list[Row]) -> str:
    """Return how many rows a report leaves to the table."""
    left = len(rows) - SHOWN
    return f"<p>And {left} more, all in the table collected.csv.</p>" if left > 0 else ""


def class_table(counts: Counter[Any], index: list[dict[str, Any]], works: int) -> str:
    """Return, a line a task, how many of the files say done, tried or nothing."""
    lines = []
    for task in index:
        done, tried = counts[task["id"], "done"], counts[task["id"], "tried"]
        cells = [task["id"], task["title"], "core" if task["core"] else "further", done, tried]
        cells.append(works - done - tried)
        lines.append("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>")
    head = "".join(
        f'<th scope="col">{name}</th>'
        for name in ("task", "title", "part", "done", "tried", "open")
    )
    return f"<table><tr>{head}</tr>{''.join(lines)}</table>"


def main(folder: str, out: str | None = None) -> None:
    """Read a folder, and write its table and its report."""
    source, target = Path(folder), Path(out) if out else OUT
    index = tasks_index()
    rows, counts = collect(source, index)
    target.mkdir(parents=True, exist_ok=True)
    write_table(rows, target / "collected.csv")
    page = report(rows, counts, index, source.name)
    write(target / "collected.html", page)
    unread = sum(row.outcome != "read" for row in rows)
    print(f"{len(rows)} files, {unread} of them not counted: see {target / 'collected.html'}")
