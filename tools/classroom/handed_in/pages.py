"""Pages to read: the report, one a student, and one a task with its texts side by side.

They load nothing and run nothing, and no page holds the name of a file but the report.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields
from statistics import median
from typing import Any

from .alike import SAYS, Likeness
from .reading import Answer, Class, Row, Student, core_tried
from .tables import Table, late, misconceptions_table, safe, students_table

SAID = "The students' browsers say so themselves: nothing here proves who did the work, or how."
KEY = (
    "A code stands for a student, and only you have the list. Keep list and texts apart: together "
    "they join names to political judgements, and that can endanger somebody."
)
SHOWN = 500  # rows of the report; the tables hold them all
PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
body {{ font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 1rem; }}
table {{ border-collapse: collapse; font-size: 0.875rem; }} th, td {{ border-bottom: 1px solid #999;
padding: 0.2rem 0.6rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }}
.side {{ display: grid; grid-template-columns: repeat(auto-fill, minmax(20rem, 1fr)); gap: 1rem; }}
.side section {{ border: 1px solid #999; padding: 0 0.8rem 0.8rem; break-inside: avoid; }}
h2, h3 {{ margin: 1rem 0 0.3rem; }} .about {{ color: #555; font-size: 0.875rem; margin: 0; }}
.words, pre {{ white-space: pre-wrap; overflow-wrap: anywhere; max-width: 40rem;
margin: 0.4rem 0; }}
pre {{ font-size: 0.8125rem; }}</style></head>
<body>
{body}
</body></html>
"""


def page(title: str, parts: Iterable[str]) -> bytes:
    """Return a page from its parts, which are markup."""
    return PAGE.format(title=escape(title), body="\n".join(parts)).encode()


def escape(value: object, *, lines: bool = False) -> str:
    """Return a value as text that is neither markup nor a formula; with its lines if wanted."""
    if lines:
        return html.escape("\n".join(safe(line or " ") for line in str(value).splitlines()))
    return html.escape(safe(value))


def name_of(name: str) -> str:
    """Return the name of the file for a student or a task."""
    return re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-") + ".html"


# A student ---------------------------------------------------------------------------------------


def student_page(student: Student, known: Class) -> bytes:
    """Return everything that counts of a student, in the order of the course."""
    words = sum(answer.words for answer in answers_of(student).values())
    tried = core_tried(student.work, known.index)
    facts = [f"{sum(tried.values())} core tasks tried", f"{words} written words"]
    facts += [f"late: {late(student)}"] if late(student) else []
    facts += [f"{paper.row.kind} made {paper.row.made} UTC" for paper in student.papers]
    parts = [f"<h1>{escape(student.name)}</h1>", about(", ".join(facts))]
    if problems := [paper.row.problem for paper in student.papers if paper.row.problem]:
        parts.append(about("Look at: " + "; ".join(problems)))
    lesson = ""
    for task in known.index["tasks"]:
        answer = answers_of(student).get(task["id"])
        if answer is None or answer.status == "open":
            continue
        if task["lesson"] != lesson:
            lesson = task["lesson"]
            parts.append(f"<h2>Lesson {escape(lesson)}</h2>")
        parts.append(f"<h3>{escape(task['id'])} {escape(task['title'])}</h3>")
        parts += said(answer, task)
    if student.brief:
        parts += ["<h2>Brief</h2>", *brief(student.brief.brief)]
    return page(student.name, parts)


def answers_of(student: Student) -> dict[str, Answer]:
    """Return what a student has written, by task."""
    return student.work.answers if student.work else {}


def said(answer: Answer, task: dict[str, Any]) -> list[str]:
    """Return a student's answer to a task, with how it went."""
    facts = [answer.status]
    facts += [f"checks: {answer.tries}"] if answer.tries else []
    facts += [f"hints opened: {answer.hints}"] if answer.hints else []
    facts += [f"{answer.words} words"] if answer.words else []
    parts = [about(", ".join(facts))]
    if answer.mistake:
        parts.append(about(f"First known mistake: {task['mistakes'][answer.mistake]}"))
    if answer.written:
        parts.append(words_shown(answer.written))
    else:
        parts.append(f"<pre>{escape(answer.text, lines=True)}</pre>")
    if answer.first and answer.first != answer.written:
        parts.append(
            f"<details><summary>The first complete version</summary>{words_shown(answer.first)}"
            "</details>"
        )
    return parts


def about(text: str) -> str:
    """Return a line about what follows."""
    return f'<p class="about">{escape(text)}</p>'


def words_shown(text: str) -> str:
    """Return a text with its lines."""
    return f'<div class="words">{escape(text, lines=True)}</div>'


def brief(content: dict[str, Any]) -> list[str]:
    """Return a brief's texts; its figure is in the page that the student handed in."""

    def text(part: object, name: str) -> str:
        value = part.get(name) if isinstance(part, dict) else None
        return value if isinstance(value, str) else ""

    against, forecast = content.get("number_against"), content.get("forecast")
    rows = {
        "For": text(content, "reader"),
        "Decision": text(content, "decision"),
        "Number against": f"{text(against, 'value')} ({text(against, 'source')})",
        "Not known": text(content, "unknown"),
        "Forecast": text(forecast, "statement"),
        "Settled on": f"{text(forecast, 'date')} ({text(forecast, 'source')})",
    }
    lines = "".join(f"<tr><th>{name}</th><td>{escape(one)}</td></tr>" for name, one in rows.items())
    title = f"<h3>{escape(text(content, 'title'))}</h3>"
    return [title, words_shown(text(content, "text")), f"<table>{lines}</table>"]


# A task ------------------------------------------------------------------------------------------


def task_page(task: dict[str, Any], known: Class, anonymous: bool = False) -> bytes | None:
    """Return the texts of a task side by side; None where nobody has one.

    Anonymous texts have no code, and stand in an order that tells nothing.
    """
    found = [
        (student.name, answers_of(student)[task["id"]])
        for student in known.students
        if task["id"] in answers_of(student) and answers_of(student)[task["id"]].text
    ]
    if not found:
        return None
    if anonymous:
        found.sort(key=lambda one: hashlib.sha256(one[1].text.encode("utf-8", "replace")).digest())
        found = [(f"Text {number}", answer) for number, (_, answer) in enumerate(found, 1)]
    tries = [answer.tries for _, answer in found if answer.tries]
    facts = [f"{len(found)} texts", f"{sum(answer.status == 'done' for _, answer in found)} done"]
    facts += [f"half of those who checked did so {median(tries):g} times or fewer"] if tries else []
    if hinted := sum(bool(answer.hints) for _, answer in found):
        facts.append(f"{hinted} opened a hint")
    title = f"{task['id']} {task['title']}"
    parts = [f"<h1>{escape(title)}</h1>", about(", ".join(facts))]
    names = Counter(answer.mistake for _, answer in found if answer.mistake)
    if names:
        items = "".join(
            f"<li>{count}: {escape(task['mistakes'][name])}</li>"
            for name, count in names.most_common(3)
        )
        parts += ["<h2>Commonest first mistakes</h2>", f"<ul>{items}</ul>", "<h2>Texts</h2>"]
    parts.append('<div class="side">')
    for name, answer in found:
        parts += [f"<section><h3>{escape(name)}</h3>", *said(answer, task), "</section>"]
    parts.append("</div>")
    return page(title, parts)


# The report --------------------------------------------------------------------------------------


def report(
    known: Class,
    likenesses: Sequence[Likeness],
    *,
    title: str,
    pages: bool = True,
    roster_says: Sequence[str] = (),
) -> bytes:
    """Return the first page: what came, what is wrong with it, where the class is, and links."""
    rows = known.rows
    outcomes = Counter(row.outcome for row in rows)
    kinds = Counter(row.kind for row in rows if row.outcome == "read")
    summary = ", ".join(f"{count} {outcome}" for outcome, count in sorted(outcomes.items()))
    problems = [row for row in rows if row.problem]
    lates = [student.name for student in known.students if late(student) == "yes"]
    parts = [
        f"<h1>Handed in: {escape(title)}</h1>",
        f"<p>{len(rows)} files: {summary or 'none'}. Counted: {kinds['work']} of saved work, "
        f"{kinds['brief']} briefs, of {len(known.students)} students. "
        f"<strong>Progress is self-reported.</strong> {SAID}</p>",
        f"<p>{KEY}</p>",
        *(f"<p>{escape(line)}</p>" for line in roster_says),
        f"<p>Late: {escape(', '.join(lates))}.</p>" if lates else "",
        "<h2>Files with a problem</h2>",
        rows_table(problems[:SHOWN], ["number", "file", "student", "outcome", "problem"])
        if problems
        else "<p>None.</p>",
        more(problems, "files.csv"),
        "<h2>Where the class is</h2>",
        class_table(known, linked=pages),
        "<h2>Commonest first mistakes</h2>",
        "<p>For each task at most three: the first known mistake that a check named.</p>",
        shown_table(misconceptions_table(known)),
        "<h2>Texts that are alike</h2>",
        f"<p>{SAYS} Phrases of the course itself are left out.</p>",
        alike_shown(likenesses) if likenesses else "<p>None.</p>",
        "<h2>Students</h2>",
        students_shown(known, linked=pages),
        "<h2>Files that count</h2>",
        counted_files(rows),
    ]
    return page("Handed in", [part for part in parts if part])


def counted_files(rows: Sequence[Row]) -> str:
    """Return the files that count, as a table."""
    read = [row for row in rows if row.outcome == "read"]
    columns = [one.name for one in fields(Row)][:-2]
    return rows_table(read[:SHOWN], columns) + more(read, "files.csv")


def rows_table(rows: Iterable[Row], columns: Sequence[str]) -> str:
    """Return rows as a table in HTML."""
    return shown_table((columns, [[asdict(row)[name] for name in columns] for row in rows]))


def shown_table(table: Table) -> str:
    """Return a table in HTML."""
    columns, rows = table
    head = "".join(f'<th scope="col">{escape(name.replace("_", " "))}</th>' for name in columns)
    lines = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in rows)
    return f"<table><tr>{head}</tr>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


def more(rows: Sequence[object], where: str) -> str:
    """Return how many rows a report leaves to the table."""
    left = len(rows) - SHOWN
    return f"<p>And {left} more, all in {where}.</p>" if left > 0 else ""


def link(folder: str, name: str, linked: bool) -> str:
    """Return the name of a student or a task, as a link to its page where it has one."""
    return f'<a href="{folder}/{name_of(name)}">{escape(name)}</a>' if linked else escape(name)


def class_table(known: Class, *, linked: bool) -> str:
    """Return, a line a task, how many students say done, tried or nothing."""
    works = [student.work for student in known.students if student.work]
    lines = []
    for task in known.index["tasks"]:
        states = Counter(
            work.answers[task["id"]].status for work in works if task["id"] in work.answers
        )
        done, tried = states["done"], states["tried"]
        has_page = linked and done + tried > 0
        cells = [task["title"], "core" if task["core"] else "further", done, tried]
        cells.append(len(works) - done - tried)
        first = f"<td>{link('tasks', task['id'], has_page)}</td>"
        lines.append(f"<tr>{first}{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>")
    names = ("task", "title", "part", "done", "tried", "open")
    head = "".join(f'<th scope="col">{name}</th>' for name in names)
    return f"<table><tr>{head}</tr>{''.join(lines)}</table>"


def students_shown(known: Class, *, linked: bool) -> str:
    """Return the first columns of the students' table, each with a link to the page."""
    columns, rows = students_table(known)
    lines = []
    for row in rows[:SHOWN]:
        first = f"<td>{link('students', str(row[0]), linked)}</td>"
        lines.append(f"<tr>{first}{''.join(f'<td>{escape(cell)}</td>' for cell in row[1:7])}</tr>")
    head = "".join(f'<th scope="col">{name}</th>' for name in columns[:7])
    return f"<table><tr>{head}</tr>{''.join(lines)}</table>" + more(rows, "students.csv")


def alike_shown(found: Sequence[Likeness]) -> str:
    """Return the pairs of texts that are alike, with the place in each."""
    rows = [
        [
            one.task,
            one.one,
            one.other,
            f"{one.percent}% of the shorter text's own phrases",
            f"from word {one.word_in_one} and word {one.word_in_other}: “{one.passage}”",
        ]
        for one in found[:SHOWN]
    ]
    columns = ["task", "one text", "the other", "alike", "the longest passage in both"]
    return shown_table((columns, rows))
