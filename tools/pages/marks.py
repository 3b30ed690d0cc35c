"""Turn the levels of a written task into marks, and show what that means on ten texts.

The grid of four criteria stands in ``book/teaching/rubrics.md``; which line of a task belongs to
which criterion, the texts and their levels stand in ``book/teaching/marking.toml``.
"""

from __future__ import annotations

import io
import tomllib
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from itertools import pairwise
from typing import Any

import pandas as pd
import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from course.brief import LEVELS as BRIEF_LEVELS
from course.brief import RUBRIC
from course.checks import Task
from tools.common.kept import Kept
from tools.common.markdown import table
from tools.common.paths import ROOT, exercises, is_written
from tools.content.stage import tasks_of
from tools.pages.template import fill

FOLDER = "book/teaching"
CRITERIA = ("Evidence", "Reasoning", "What is not known", "Fairness")
LEVELS = ("not yet", "nearly", "sound", "strong")
SOUND = LEVELS.index("sound")
MOST_BELOW_SOUND = 90  # percent, however many criteria are strong
POINTS = len(CRITERIA) * (len(LEVELS) - 1)
BRIEF_POINTS = len(RUBRIC) * (len(BRIEF_LEVELS) - 1)
PLAY_CRITERIA = 3  # the rows of the rubric for role plays, a line of the slip each
TWENTY = 20  # the top of the other scale
# Percent at so many points for each criterion; between them it rises evenly.
SCALE = ((0.0, 0), (1.0, 50), (2.0, 80), (2.5, 100))


def pages(kept: Kept | None = None) -> dict[str, bytes]:
    """Return the pages and tables on marks: path in the staged source and content.

    Parameters
    ----------
    kept
        What the last build made of the list of exercises.
    """
    names = [path.name.encode() for path in exercises() if is_written(path)]
    return (kept or Kept()).get("pages on marks", names, _pages)


def _pages() -> dict[str, bytes]:
    written = {
        "generated/marks.md": conversion(),
        "generated/criteria-of-lines.md": lines_table(),
        "generated/paper-tasks.md": paper_tasks(),
        "marked-samples.md": samples_page(),
    }
    return {f"{FOLDER}/{name}": text.encode() for name, text in written.items()}


@cache
def marking() -> dict[str, Any]:
    """Return what ``marking.toml`` holds."""
    found: dict[str, Any] = tomllib.loads((ROOT / FOLDER / "marking.toml").read_text("utf-8"))
    return found


# Levels into marks -------------------------------------------------------------------------------


def percent(levels: Sequence[int]) -> int:
    """Return the mark, in percent, of a text.

    Parameters
    ----------
    levels
        One level a criterion, from 0 (not yet) to 3 (strong).

    Returns
    -------
    int
        All *sound* is 80, half of them *strong* and none below *sound* is 100.
    """
    mark = of_points(sum(levels), len(levels))
    return mark if min(levels) >= SOUND else min(mark, MOST_BELOW_SOUND)


def of_points(points: int, criteria: int) -> int:
    """Return the percent of a number of points, as if no criterion were below *sound*."""
    mean = points / criteria
    for (low, start), (high, end) in pairwise(SCALE):
        if mean <= high:
            return round(start + (end - start) * (mean - low) / (high - low))
    return SCALE[-1][1]


def conversion() -> str:
    """Return the tables from points to percent, of a written task, the brief and a role play."""
    parts = []
    for title, criteria, most in (
        ("Written task", len(CRITERIA), POINTS),
        ("Brief", len(RUBRIC), BRIEF_POINTS),
        ("Role play", PLAY_CRITERIA, PLAY_CRITERIA * (len(LEVELS) - 1)),
    ):
        rows = [
            [points, mark := of_points(points, criteria), f"{mark * TWENTY / 100:.0f}"]
            for points in range(most + 1)
        ]
        header = [f"{title}: points of {most}", "Percent", f"Of {TWENTY}"]
        parts.append(f"```{{table}}\n:class: schedule\n\n{table(header, rows)}\n```")
    return "\n\n".join(parts)


SHEET = "marking-sheet.xlsx"
STUDENTS = 120
SHEET_ROWS = 6 * STUDENTS  # as many written tasks as a student hands in, in each way
FIRST_STUDENT = 4  # the row below names, weights and numbers of texts
HOW = (
    "Marks: one row a text. The student's code, the task, the piece of the final mark that it "
    "counts for, and four levels from 0 (not yet) to 3 (strong).",
    "Points, percent and the mark of 20 are reckoned once all four levels stand there.",
    "Leave the levels of a text empty that is handed back: it has no mark until it is mended.",
    "Final, or Final without code: a row a student. Write the codes; the pieces made of written "
    "tasks fill themselves, as the mean of so many texts as row 3 says. Type the other percents.",
    "The final mark is reckoned when every piece with a weight has its percent. Change weights and "
    "numbers of texts in rows 2 and 3; the weights must add up to 100, else the mark says so.",
    "Write codes and no names. The list of who has which code is kept elsewhere.",
)


def sheet() -> bytes:
    """Return a workbook in which a teacher writes levels, and marks are reckoned.

    Its sheet *Marks* has a row a text, *Scale* the table from points to percent, *How* what to do;
    two sheets for the final mark, with code and without, have a row a student.
    """
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        book.set_properties({"title": "Marks of written tasks", "created": datetime(2000, 1, 1)})
        bold = book.add_format({"bold": True})
        marks, scale, how = (book.add_worksheet(name) for name in ("Marks", "Scale", "How"))
        head = ["Code", "Task", "Counts for", *CRITERIA, "Points", "Percent", f"Of {TWENTY}"]
        marks.write_row(0, 0, [*head, "To raise it first"], bold)
        marks.freeze_panes(1, 1)
        marks.set_column(2, 9, 11)
        marks.set_column(10, 10, 60)
        for row in range(2, SHEET_ROWS + 2):
            for place, formula in zip("HIJ", formulas(row), strict=True):
                marks.write_formula(f"{place}{row}", formula, value="")
        marks.data_validation(
            f"D2:G{SHEET_ROWS + 1}",
            {
                "validate": "integer",
                "criteria": "between",
                "minimum": 0,
                "maximum": len(LEVELS) - 1,
                "error_message": "A level is 0 (not yet), 1 (nearly), 2 (sound) or 3 (strong).",
            },
        )
        summed = [name for one in marking()["final"] for name, _, texts in one["pieces"] if texts]
        marks.data_validation(
            f"C2:C{SHEET_ROWS + 1}",
            {"validate": "list", "source": summed, "error_message": "A piece of a sheet Final."},
        )
        scale.write_row(0, 0, ["Points", "Percent"], bold)
        for points in range(POINTS + 1):
            scale.write_row(points + 1, 0, [points, of_points(points, len(CRITERIA))])
        how.set_column(0, 0, 100)
        how.write_column(0, 0, HOW)
        for one in marking()["final"]:
            _write_final(book, one, bold)
    return made.getvalue()


def _write_final(book: xlsxwriter.Workbook, one: Mapping[str, Any], bold: Any) -> None:
    """Add the sheet that weighs the pieces of one way through the course."""
    page, pieces = book.add_worksheet(one["sheet"]), one["pieces"]
    page.freeze_panes(FIRST_STUDENT - 1, 1)
    page.set_column(0, len(pieces) + 2, 11)
    page.write_row(0, 0, ["Code", *(name for name, _, _ in pieces), "Final", f"Of {TWENTY}"], bold)
    page.write_row(1, 0, ["Weight", *(weight for _, weight, _ in pieces)])
    page.write_row(2, 0, ["Texts", *(texts or "" for _, _, texts in pieces)])
    tenth = book.add_format({"num_format": "0.0"})
    for row in range(FIRST_STUDENT, FIRST_STUDENT + STUDENTS):
        for column, (_, _, texts) in enumerate(pieces, 1):
            if texts:
                page.write_formula(row - 1, column, piece_formula(column, row), tenth, value="")
        for column, formula in enumerate(final_formulas(len(pieces), row), len(pieces) + 1):
            page.write_formula(row - 1, column, formula, value="")
    last = xl_col_to_name(len(pieces))
    page.data_validation(
        f"B{FIRST_STUDENT}:{last}{FIRST_STUDENT + STUDENTS - 1}",
        {
            "validate": "decimal",
            "criteria": "between",
            "minimum": 0,
            "maximum": 100,
            "error_message": "A percent from 0 to 100.",
        },
    )


def formulas(row: int) -> tuple[str, str, str]:
    """Return the formulas of a row of the marking sheet: points, percent, and the other scale."""
    levels, percents = f"D{row}:G{row}", f"Scale!$B$2:$B${POINTS + 2}"
    most = f"IF(MIN({levels})<{SOUND},{MOST_BELOW_SOUND},100)"
    return (
        f'=IF(COUNT({levels})={len(CRITERIA)},SUM({levels}),"")',
        f'=IF(H{row}="","",MIN({most},INDEX({percents},H{row}+1)))',
        f'=IF(I{row}="","",ROUND(I{row}*{TWENTY}/100,0))',
    )


def piece_formula(column: int, row: int) -> str:
    """Return the formula of a piece made of written tasks: the mean of a student's texts.

    It stays empty until as many texts have a mark as the sheet asks for.
    """
    codes, counts_for, percents = (f"Marks!${c}$2:${c}${SHEET_ROWS + 1}" for c in "ACI")
    place = xl_col_to_name(column)
    own = f"{codes},$A{row},{counts_for},{place}$1"
    marked = f'COUNTIFS({own},{percents},">=0")'
    mean = f"SUMIFS({percents},{own})/{place}$3"
    return f'=IF($A{row}="","",IF({marked}={place}$3,{mean},""))'


def final_formulas(pieces: int, row: int) -> tuple[str, str]:
    """Return the formulas of a student's final mark, in percent and on the other scale."""
    last, place = xl_col_to_name(pieces), xl_col_to_name(pieces + 1)
    weights, percents = f"$B$2:${last}$2", f"$B{row}:${last}{row}"
    lacks = f'COUNTIFS({weights},">0",{percents},">=0")<COUNTIF({weights},">0")'
    return (
        f'=IF(SUM({weights})<>100,"weights are not 100",IF({lacks},"",'
        f"ROUND(SUMPRODUCT({weights},{percents})/100,0)))",
        f'=IF(ISNUMBER({place}{row}),ROUND({place}{row}*{TWENTY}/100,0),"")',
    )


# The lines of each task --------------------------------------------------------------------------


def written() -> list[tuple[str, Task]]:
    """Return every task with lines for a reader, except the brief, with its exercise's name.

    A lesson that `make lesson` has just made is not among them until its words are written.
    """
    return [
        (path.name, task)
        for path in exercises()
        if is_written(path)
        for task in tasks_of(path.stem[:2])
        if task.rubric and task.answer == "text"
    ]


def lines_of(task: Task) -> dict[str, list[str]]:
    """Return the lines of a written task under their criteria, in the order of the grid.

    Those of a lesson that is being written stand under *Reasoning* until ``marking.toml`` has them.
    """
    belongs = marking()["lines"].get(task.id, ["Reasoning"] * len(task.rubric))
    pairs = list(zip(belongs, task.rubric, strict=True))
    return {one: [line for name, line in pairs if name == one] for one in CRITERIA}


def lines_table() -> str:
    """Return a row a task: which of its lines belongs to which criterion, by number."""
    tasks = [
        (f"[{task.id}](../../exercises/{name}) {task.title}", marking()["lines"][task.id])
        for name, task in written()
    ]
    tasks += [
        (f"[{sheet['task']}]({sheet['page']}), on paper", [owner for owner, _ in sheet["lines"]])
        for sheet in marking()["paper"]
    ]
    rows = [
        [
            task,
            *(
                ", ".join(str(n) for n, owner in enumerate(belongs, 1) if owner == one) or "grid"
                for one in CRITERIA
            ),
        ]
        for task, belongs in tasks
    ]
    return table(["Task", *CRITERIA], rows)


def paper_lines(task: str) -> str:
    """Return as a list the lines of a task that stands on paper alone."""
    [sheet] = [one for one in marking()["paper"] if one["task"] == task]
    return "\n".join(f"- {line}" for _, line in sheet["lines"])


def paper_tasks() -> str:
    """Return each task that stands on paper alone, with its length and its lines."""
    return "\n\n".join(
        f"**[{sheet['task']}]({sheet['page']})** "
        f"({sheet['words'][0]} to {sheet['words'][1]} words)\n\n{paper_lines(sheet['task'])}"
        for sheet in marking()["paper"]
    )


# The samples -------------------------------------------------------------------------------------


def settled(sample: Mapping[str, Any]) -> list[int]:
    """Return the levels of a text that hold: those of the first reading, where none was changed."""
    levels: list[int] = sample.get("settled", sample["first"])
    return levels


def agreement(one_way: str = "first", other: str = "second") -> dict[str, Any]:
    """Return how far two readings of the samples agree, as lesson 08 reckons it.

    Parameters
    ----------
    one_way, other
        ``first``, ``second``, or ``settled`` for the levels that hold.

    Returns
    -------
    dict
        ``table`` (levels of one reading down, of the other across), ``n``, ``same``,
        ``agreement``, ``chance``, ``kappa``, and ``widest``, the largest gap in percent between
        the marks of a text that is not handed back.
    """
    texts = [one | {"settled": settled(one)} for one in marking()["samples"]]
    first = pd.Series([level for one in texts for level in one[one_way]])
    second = pd.Series([level for one in texts for level in one[other]])
    same = (first == second).mean()
    shares = (one.value_counts() / len(one) for one in (first, second))
    chance = next(shares).mul(next(shares), fill_value=0).sum()
    return {
        "table": pd.crosstab(first, second).reindex(
            index=range(len(LEVELS)), columns=range(len(LEVELS)), fill_value=0
        ),
        "n": len(first),
        "same": int((first == second).sum()),
        "agreement": same,
        "chance": chance,
        "kappa": (same - chance) / (1 - chance),
        "widest": max(
            abs(percent(one[one_way]) - percent(one[other]))
            for one in texts
            if not one.get("handed_back")
        ),
    }


def samples_page() -> str:
    """Return the page of the marked samples and of what two readings agree on."""
    titles, data = {task.id: task.title for _, task in written()}, marking()
    shown = [
        {
            "head": f"Text {one['letter']}: {one['level']}",
            "task": f"{one['task']} {titles[one['task']]}",
            "text": quoted(one["text"]),
            "levels": "; ".join(
                f"{name} *{LEVELS[level]}*"
                for name, level in zip(CRITERIA, settled(one), strict=True)
            ),
            "points": sum(settled(one)),
            "mark": "no mark until it is mended" if one.get("handed_back") else mark_of(one),
            "comment": " ".join(one["comment"].split()),
        }
        for one in data["samples"]
    ]
    readings = table(
        ["Text", "First reading", "Second reading", "Settled", "Mark"],
        [
            [
                one["letter"],
                *(" ".join(map(str, levels)) for levels in (one["first"], one["second"])),
                " ".join(map(str, settled(one))),
                "none yet" if one.get("handed_back") else mark_of(one),
            ]
            for one in data["samples"]
        ],
    )
    changed = table(
        ["Text", "Criterion", "First reading", "Second reading", "Settled"],
        [
            [one["letter"], name, *(LEVELS[level] for level in levels)]
            for one in data["samples"]
            for name, *levels in zip(
                CRITERIA, one["first"], one["second"], settled(one), strict=True
            )
            if levels[0] != levels[2]
        ],
    )
    own = table(
        ["Task", *CRITERIA, "Percent"],
        [
            [task, *(LEVELS[level] for level in one["levels"]), percent(one["levels"])]
            for task, one in data["model"].items()
        ],
    )
    found = agreement()
    crossed = table(
        ["First reading", *LEVELS],
        [[name, *row] for name, row in zip(LEVELS, found["table"].to_numpy(), strict=True)],
    )
    return fill(
        "marked-samples",
        samples=shown,
        readings=readings,
        own=own,
        crossed=crossed,
        changed=changed,
        with_settled=[agreement(name, "settled") for name in ("first", "second")],
        most=POINTS,
        **{name: found[name] for name in ("n", "same", "agreement", "chance", "kappa", "widest")},
    )


def mark_of(sample: Mapping[str, Any]) -> str:
    """Return the mark of a text in words."""
    return f"{percent(settled(sample))} percent"


def quoted(text: str) -> str:
    """Return a text as a quotation in Markdown."""
    return "> " + " ".join(text.split())
