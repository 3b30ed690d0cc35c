"""The tables: students, files, a workbook of both, and a gradebook for a learning platform."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

import xlsxwriter

from .alike import Likeness
from .reading import Class, Row, Student, core_of, core_tried, misconceptions

Cell = str | int | float | None
Table = tuple[Sequence[str], Sequence[Sequence[Cell]]]

FORMULA = "=+-@\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}\N{FULLWIDTH COMMERCIAL AT}"
# Where a spreadsheet may begin a cell: at the start, and where another country's comma stands.
BEGINS = re.compile(rf"(^|[;,|])([\s\"']*)(?=[{re.escape(FORMULA)}])")
SOME = 0.1  # of the students must have tried a lesson for it to have a column in the gradebook


class NoRoster(Exception):
    """Why a list of the class cannot be used: a sentence for the teacher."""


def safe(value: object) -> str:
    """Return a text that a spreadsheet shows and does not run, wherever it cuts the cells."""
    text = "" if value is None else str(value)
    text = text.encode("utf-8", "backslashreplace").decode("utf-8")
    text = re.sub(r"[\x00-\x1f\x7f]", "\N{REPLACEMENT CHARACTER}", text)
    return BEGINS.sub(r"\1'\2", text) if isinstance(value, str) else text


def csv_for_excel(table: Table) -> bytes:
    """Return a table as CSV with the mark by which Excel knows UTF-8, no cell of it a formula."""
    columns, rows = table
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


# What the tables hold ----------------------------------------------------------------------------


def files_table(rows: Iterable[Row]) -> Table:
    """Return one line a file."""
    return [one.name for one in fields(Row)], [list(asdict(row).values()) for row in rows]


def students_table(known: Class) -> Table:
    """Return one line a student, one column a lesson and a task, and the written words."""
    index = known.index
    lessons, tasks = core_of(index), [task["id"] for task in index["tasks"]]
    written = [task["id"] for task in index["tasks"] if task["written"]]
    columns = ["student", "late", "made", "core tried", "core", "written words", "brief words"]
    columns += [f"lesson {lesson} core tried" for lesson in lessons]
    columns += [f"task {name}" for name in tasks]
    columns += [f"task {name} words" for name in written]
    rows: list[Sequence[Cell]] = []
    for student in known.students:
        answers = student.work.answers if student.work else {}
        tried = core_tried(student.work, index)
        words = [answers[name].words if name in answers else None for name in written]
        rows.append(
            [
                student.name,
                late(student),
                max(
                    (paper.row.made or paper.row.last_saved for paper in student.papers), default=""
                ),
                sum(tried.values()),
                sum(map(len, lessons.values())),
                sum(filter(None, words)),
                student.brief.row.brief_words if student.brief else None,
                *tried.values(),
                *(answers[name].status if name in answers else "open" for name in tasks),
                *words,
            ]
        )
    return columns, rows


def late(student: Student) -> str:
    """Return whether something that counts of a student came late; empty where nobody knows."""
    said = {paper.row.late for paper in student.papers}
    return "yes" if "yes" in said else "no" if "no" in said else ""


def misconceptions_table(known: Class) -> Table:
    """Return the three commonest first mistakes of each task."""
    return ["task", "mistake", "what a check says of it", "students"], [
        list(line) for line in misconceptions(known)
    ]


def alike_table(found: Iterable[Likeness]) -> Table:
    """Return one line a pair of texts that are alike."""
    return [one.name for one in fields(Likeness)], [list(asdict(one).values()) for one in found]


def workbook(tables: dict[str, Table]) -> bytes:
    """Return tables as the sheets of one ``.xlsx``; every text in it is a text."""
    target = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(target, options)
    bold = book.add_format({"bold": True})
    for name, (columns, rows) in tables.items():
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 1)
        for place, column in enumerate(columns):
            sheet.write_string(0, place, column, bold)
            sheet.set_column(place, place, min(40, max(8, len(column))))
        for line, row in enumerate(rows, 1):
            for place, cell in enumerate(row):
                if isinstance(cell, str) and cell:
                    clean = re.sub(r"[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]", "�", cell)
                    sheet.write_string(line, place, clean[:30_000])
                elif isinstance(cell, (int, float)):
                    sheet.write_number(line, place, cell)
        sheet.autofilter(0, 0, max(1, len(rows)), len(columns) - 1)
    book.close()
    return target.getvalue()


# The gradebook -----------------------------------------------------------------------------------


@dataclass
class Roster:
    """A class as a learning platform lists it, and each student's code."""

    columns: list[str]
    rows: list[list[str]]
    at: int  # the place of the column with the codes

    @property
    def codes(self) -> list[str]:
        """The codes, in capitals, in the order of the list."""
        return [row[self.at].strip().upper() for row in self.rows]

    @property
    def is_canvas(self) -> bool:
        """Whether the list is an export of Canvas, which wants it back in its own form."""
        return {"Student", "ID", "Section"} <= set(self.columns)


def roster(raw: bytes) -> Roster:
    """Read a list of the class, as a platform exports it, with a column ``code`` added.

    Raises
    ------
    NoRoster
        When it is no table, or has no such column, or a code twice.
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", "replace")  # what Excel saves where nobody asks for UTF-8
    first = text.partition("\n")[0]
    comma = max(",;\t", key=first.count)
    try:
        lines = [line for line in csv.reader(io.StringIO(text), delimiter=comma) if any(line)]
    except csv.Error as error:
        raise NoRoster(f"the list of the class is no table: {error}") from error
    columns = [column.strip() for column in lines[0]] if lines else []
    plain = [column.casefold() for column in columns]
    at = next((plain.index(name) for name in ("code", "código", "codigo") if name in plain), None)
    if at is None:
        raise NoRoster(
            "the list of the class has no column named code: add one, with a code for each student"
        )
    width = len(columns)
    rows = [(line + [""] * width)[:width] for line in lines[1:]]
    # Canvas writes lines that are no students: the points of each task, and a test student
    rows = [row for row in rows if "Points Possible" not in row[0] and row[0] != "Student, Test"]
    found = Roster(columns, rows, at)
    codes = [code for code in found.codes if code]
    if double := sorted({code for code in codes if codes.count(code) > 1}):
        raise NoRoster(f"the list of the class has a code twice: {', '.join(double[:5])}")
    return found


def gradebook(known: Class, of: Roster) -> bytes:
    """Return the list of the class with how much of the core each student has tried.

    It goes back to the platform that wrote the list. Moodle knows a student by the address or the
    number, takes each column that the teacher chooses, and reads ``-`` as no grade. Canvas wants
    its own columns up to ``Section``, then one column a task, and below the header the points.
    """
    index, lessons = known.index, core_of(known.index)
    counted = lessons_with_work(known)
    titles = ["Core tasks tried", *(f"Lesson {lesson} core tried" for lesson in counted)]
    points = [sum(len(lessons[lesson]) for lesson in counted)]
    points += [len(lessons[lesson]) for lesson in counted]
    if of.is_canvas:
        end = of.columns.index("Section") + 1
        kept, none = [place for place in range(end) if place != of.at], ""
    else:
        kept, none = [place for place in range(len(of.columns)) if place != of.at], "-"
    by_code = {student.code: student for student in known.students if student.code == student.name}
    by_owner = {student.owner: student for student in known.students if student.owner}
    number = of.columns.index("ID") if of.is_canvas else None
    lines: list[list[object]] = [[*(of.columns[place] for place in kept), *titles]]
    if of.is_canvas:
        lines.append(["    Points Possible", *[""] * (len(kept) - 1), *points])
    for row, code in zip(of.rows, of.codes, strict=True):
        student = by_code.get(code) if code else None
        if student is None and number is not None:  # who forgot the code handed in all the same
            student = by_owner.get(row[number].strip())
        scores: list[object] = [none] * len(titles)
        if student and student.work:
            tried = core_tried(student.work, index)
            scores = [sum(tried[lesson] for lesson in counted), *map(tried.get, counted)]
        lines.append([*(row[place] for place in kept), *scores])
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(lines)
    return text.getvalue().encode("utf-8")


def lessons_with_work(known: Class) -> list[str]:
    """Return the lessons that a class has come to: a tenth of it or more has tried their core."""
    works = [student.work for student in known.students if student.work]
    tried = [core_tried(work, known.index) for work in works]
    fewest = max(1, SOME * len(works))
    lessons = core_of(known.index)
    return [lesson for lesson in lessons if sum(bool(one[lesson]) for one in tried) >= fewest]


def strangers(known: Class, of: Roster) -> tuple[list[str], list[str]]:
    """Return the codes that the list does not have, and those of it with no file."""
    here: dict[str, Any] = dict.fromkeys(s.code for s in known.students if s.code)
    there = dict.fromkeys(code for code in of.codes if code)
    return [code for code in here if code not in there], [c for c in there if c not in here]
