"""The engine that checks an answer and explains a wrong one.

A task computes its right value from the tables, and each of its misconceptions computes the
wrong value that a known mistake would give. A check looks at type, shape, unit, misconceptions
and value, in this order, and always answers with a message: it never prints the answer and never
raises an error at a student.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from course.brief import findings, is_empty

Kind = Literal["number", "integer", "boolean", "choice", "series", "table", "text", "brief"]

# How the expected answer is announced to a student, and what a wrong type is told.
KINDS: dict[Kind, str] = {
    "number": "one number",
    "integer": "one whole number",
    "boolean": "True or False",
    "choice": "one of the given words",
    "series": "a Series (one column with its index)",
    "table": "a DataFrame (a table)",
    "text": "text in quotation marks",
    "brief": "a brief (a dictionary with its parts)",
}


@dataclass(frozen=True)
class Misconception:
    """A known mistake: what it is called, the value it gives and what to say about it."""

    name: str
    value: Callable[[], object]
    message: str


@dataclass(frozen=True)
class Task:
    """One task of an exercise.

    Parameters
    ----------
    id
        Lesson and number, ``"04.2"``.
    title
        Short title, as in the exercise notebook.
    answer
        The kind of answer; see `KINDS`.
    unit
        Unit of the answer, for example ``"ha"``; empty where there is none.
    reference
        Computes the right value from the tables. A series is compared by its index, a table by
        its `keys`, so that the order of rows does not matter.
    misconceptions
        Known mistakes, each with the value it gives.
    hints
        At most two, the second stronger.
    tolerance
        Relative difference that still counts as right.
    core
        Whether the task belongs to the core of the lesson or to *Go further*.
    version
        Raised when the task's meaning changes, so that kept answers can be marked.
    keys
        Columns that identify a row of a table.
    choices
        The words of a choice.
    mentions
        For a written answer: returns, for each thing the text must quote, the spellings that
        count.
    words
        For a written answer: fewest and most words.
    rubric
        For a written answer or a brief: what a reader should judge it by.
    """

    id: str
    title: str
    answer: Kind
    reference: Callable[[], object]
    misconceptions: Sequence[Misconception] = ()
    hints: Sequence[str] = ()
    unit: str = ""
    tolerance: float = 0.005
    core: bool = True
    version: int = 1
    keys: Sequence[str] = ()
    choices: Sequence[str] = ()
    mentions: Callable[[], dict[str, Sequence[str]]] = dict
    words: tuple[int, int] = (20, 200)
    rubric: Sequence[str] = ()

    @property
    def expects(self) -> str:
        """The expected type and unit in words: ``"one number, in ha"``."""
        expected = ", ".join(self.choices) if self.answer == "choice" else KINDS[self.answer]
        return f"{expected}, in {self.unit}" if self.unit else expected


@dataclass(frozen=True)
class Verdict:
    """What a check says: ``status`` is "right", "wrong" or "not yet"."""

    status: Literal["right", "wrong", "not yet"]
    message: str
    rubric: Sequence[str] = ()

    def __repr__(self) -> str:
        lines = [f"{self.status.capitalize()}. {self.message}"]
        return "\n".join(lines + [f"- {line}" for line in self.rubric])

    def _repr_html_(self) -> str:
        items = "".join(f"<li>{html.escape(line)}</li>" for line in self.rubric)
        return (
            f'<div class="verdict" data-status="{self.status}">'
            f"<p><strong>{self.status.capitalize()}.</strong> {html.escape(self.message)}</p>"
            f"{f'<ul>{items}</ul>' if items else ''}</div>"
        )


class _Problem(Exception):
    """What is wrong with the form of an answer."""


class Tasks:
    """The tasks of one lesson, in order.

    Parameters
    ----------
    lesson
        Two digits, ``"04"``.
    tasks
        The tasks; their ids start with the lesson.
    """

    def __init__(self, lesson: str, tasks: Sequence[Task]):
        self.lesson = lesson
        self.by_id = {task.id: task for task in tasks}

    def __iter__(self):
        return iter(self.by_id.values())

    def check(self, task_id: str, answer: object) -> Verdict:
        """Check an answer.

        Parameters
        ----------
        task_id
            For example ``"04.2"``.
        answer
            Whatever the student has; ``...`` means untouched.

        Returns
        -------
        Verdict
            Never an error: even an unknown id or an odd object gets a message.
        """
        if task_id not in self.by_id:
            known = ", ".join(self.by_id)
            return Verdict("wrong", f"There is no task {task_id!r} here. The tasks are {known}.")
        if answer is ...:
            return Verdict("not yet", "Replace the ... with your answer, then check again.")
        task = self.by_id[task_id]
        try:
            return _judge(task, answer)
        except _Problem as problem:
            return Verdict("wrong", str(problem))
        except Exception:  # whatever a student's object does, the answer is a message
            return Verdict(
                "wrong", f"This {type(answer).__name__} could not be read. {_expected(task)}"
            )


def _expected(task: Task) -> str:
    return f"Expected: {task.expects}."


def _judge(task: Task, answer: object) -> Verdict:
    if task.answer == "text":
        return _judge_text(task, answer)
    if task.answer == "brief":
        return _judge_brief(task, answer)
    given = _form(task, answer)
    right = _form(task, task.reference())
    _shape(task, given, right)
    if _same(given, right, task):
        return Verdict("right", f"{task.title}: as computed from the tables.")
    # A known mistake says more than its unit does, but a unit is looked at first.
    known = next(
        (m for m in task.misconceptions if _matches(task, given, m.value())),
        None,
    )
    if known is None and (unit := _unit_slip(task, given, right)):
        return Verdict("wrong", unit)
    if known:
        return Verdict("wrong", known.message)
    advice = " Open a hint below the question." if task.hints else ""
    return Verdict("wrong", f"Not the value that the tables give. {_expected(task)}{advice}")


def _matches(task: Task, given: object, value: object) -> bool:
    try:
        wrong = _form(task, value)
        _shape(task, given, wrong)
    except _Problem:
        return False
    return _same(given, wrong, task)


def _form(task: Task, answer: object) -> object:
    """Return the answer in the one form in which its kind is compared, or say what is wrong."""
    if answer is None:
        raise _Problem("The answer is None: does the last line assign a value to the name?")
    return _FORMS[task.answer](task, answer)


def _number(task: Task, answer: object) -> float:
    if isinstance(answer, (pd.Series, pd.DataFrame, np.ndarray, list, tuple)):
        size = np.size(answer)
        raise _Problem(
            f"This is a {type(answer).__name__} of {size} values. Choose the one value asked for. "
            + _expected(task)
        )
    if isinstance(answer, str):
        raise _Problem(f"This is text. Give the number itself, unquoted. {_expected(task)}")
    if isinstance(answer, (bool, np.bool_)):
        raise _Problem(f"This is {answer}, a yes or no. {_expected(task)}")
    number = float(answer)
    if not np.isfinite(number):
        raise _Problem("The value is missing (NaN) or infinite: was a year or a row left out?")
    if task.answer == "integer" and number != round(number):
        raise _Problem(f"{number:g} is not a whole number. {_expected(task)}")
    return number


def _boolean(task: Task, answer: object) -> bool:
    if not isinstance(answer, (bool, np.bool_)):
        raise _Problem(f"This is a {type(answer).__name__}. {_expected(task)}")
    return bool(answer)


def _choice(task: Task, answer: object) -> str:
    word = " ".join(answer.split()).lower() if isinstance(answer, str) else None
    if word not in {choice.lower() for choice in task.choices}:
        raise _Problem(f"Write one of these words, in quotation marks: {', '.join(task.choices)}.")
    return word


def _series(task: Task, answer: object) -> pd.Series:
    if isinstance(answer, pd.DataFrame) and answer.shape[1] == 1:
        answer = answer.iloc[:, 0]
    if not isinstance(answer, pd.Series):
        raise _Problem(f"This is a {type(answer).__name__}. {_expected(task)}")
    if answer.index.has_duplicates:
        twice = answer.index[answer.index.duplicated()][0]
        raise _Problem(f"The index has {twice!r} twice: one value for each is expected.")
    return answer.sort_index()


def _table(task: Task, answer: object) -> pd.DataFrame:
    if not isinstance(answer, pd.DataFrame):
        raise _Problem(f"This is a {type(answer).__name__}. {_expected(task)}")
    table = answer.reset_index() if set(answer.index.names) & set(task.keys) else answer
    missing = [key for key in task.keys if key not in table.columns]
    if missing:
        raise _Problem(f"The table lacks the column {', '.join(missing)}.")
    if table.duplicated(list(task.keys)).any():
        raise _Problem(f"The table has two rows for one {' and '.join(task.keys)}.")
    return table.set_index(list(task.keys)).sort_index()


_FORMS = {
    "number": _number,
    "integer": _number,
    "boolean": _boolean,
    "choice": _choice,
    "series": _series,
    "table": _table,
}


def _shape(task: Task, given: object, right: object) -> None:
    """Say which rows or columns are missing or too many."""
    if not isinstance(right, (pd.Series, pd.DataFrame)):
        return
    if isinstance(right, pd.DataFrame):
        missing = [str(column) for column in right.columns if column not in given.columns]
        if missing:
            raise _Problem(f"The table lacks the column {', '.join(missing)}.")
    extra = given.index.difference(right.index)
    absent = right.index.difference(given.index)
    if len(absent):
        raise _Problem(f"Rows are missing, for example {_row(absent[0])}. {_expected(task)}")
    if len(extra):
        raise _Problem(f"Rows too many, for example {_row(extra[0])}. {_expected(task)}")
    values = given[right.columns] if isinstance(right, pd.DataFrame) else given
    gaps = values.isna() & ~right.isna()
    if gaps.to_numpy().any():
        rows = gaps.any(axis=1) if isinstance(right, pd.DataFrame) else gaps
        raise _Problem(f"A value is missing (NaN), for example at {_row(rows.idxmax())}.")


def _row(label: object) -> str:
    return " / ".join(map(str, label)) if isinstance(label, tuple) else str(label)


def _same(given: object, right: object, task: Task, factor: float = 1) -> bool:
    """Whether two answers of one form agree within the task's tolerance."""
    if isinstance(right, pd.DataFrame):
        return all(_same(given[column], right[column], task, factor) for column in right.columns)
    if isinstance(right, pd.Series):
        if not pd.api.types.is_numeric_dtype(right) or pd.api.types.is_bool_dtype(right):
            return given.astype(object).tolist() == right.astype(object).tolist()
        given, right = pd.to_numeric(given).to_numpy(float), right.to_numpy(float)
    elif isinstance(right, (str, bool)):
        return given == right
    close = np.isclose(given, right * factor, rtol=task.tolerance, atol=1e-9, equal_nan=True)
    return bool(np.all(close))


def _unit_slip(task: Task, given: object, right: object) -> str:
    """Return a message when the answer is right but for its unit or sign, else nothing."""
    if isinstance(right, (str, bool)):
        return ""
    for factor, what in _SLIPS.items():
        if _same(given, right, task, factor):
            return f"{what} {_expected(task)}"
    return ""


_SLIPS = {
    100: "A hundred times too large: a percentage where a fraction is asked?",
    0.01: "A hundred times too small: a fraction where a percentage is asked?",
    1000: "A thousand times too large: look at the unit.",
    0.001: "A thousand times too small: look at the unit.",
    -1: "The sign is the wrong way round: what is subtracted from what?",
}


def _judge_text(task: Task, answer: object) -> Verdict:
    if not isinstance(answer, str):
        raise _Problem(f"This is a {type(answer).__name__}. {_expected(task)}")
    count = len(answer.split())
    fewest, most = task.words
    if not count:
        return Verdict("not yet", "Write your answer between the quotation marks.")
    if not fewest <= count <= most:
        return Verdict("wrong", f"Your text has {count} words; write {fewest} to {most}.")
    missing = [
        what
        for what, spellings in task.mentions().items()
        if not any(_says(answer, spelling) for spelling in spellings)
    ]
    if missing:
        return Verdict("wrong", f"Your text does not yet quote {', nor '.join(missing)}.")
    return _complete(task)


def spellings(*numbers: float, places: int = 0) -> list[str]:
    """Return the ways in which a text may write numbers, without their sign.

    Parameters
    ----------
    numbers
        Each may have a comma, nothing, a space or a point between its thousands.
    places
        Decimal places, after a point or a comma.
    """
    marks = [(",", "."), ("", "."), (" ", "."), (".", ","), ("", ","), (" ", ",")]
    found = []
    for number in numbers:
        whole, point, decimals = f"{abs(number):,.{places}f}".partition(".")
        for thousands, decimal in marks:
            found.append(whole.replace(",", thousands) + (point and decimal) + decimals)
    return list(dict.fromkeys(found))


_DECIMALS = re.compile(r"[.,]\d{1,2}$")


def _says(text: str, spelling: str) -> bool:
    """Return whether a text has a word or a number, and not only inside a longer number.

    More decimal places than the spelling has are no other number.
    """
    pattern = re.escape(spelling)
    if spelling[0].isdigit():
        pattern = r"(?<!\d)(?<!\d[.,])" + pattern
    if spelling[-1].isdigit() and not _DECIMALS.search(spelling):
        pattern += r"(?!\d|[.,]\d{3})"
    return re.search(pattern, text, re.IGNORECASE) is not None


def _judge_brief(task: Task, answer: object) -> Verdict:
    """Judge the form of a brief: the first open point is the message, the others follow it."""
    if not isinstance(answer, dict):
        raise _Problem(f"This is a {type(answer).__name__}. {_expected(task)}")
    if is_empty(answer):
        return Verdict("not yet", "Fill in the parts of the brief, then check again.")
    if found := findings(answer):
        return Verdict("wrong", found[0], tuple(found[1:]))
    return _complete(task)


def _complete(task: Task) -> Verdict:
    return Verdict(
        "right",
        "Complete. A program can see that the parts are there, not whether the argument holds. "
        "Judge it yourself, or swap with a classmate:",
        tuple(task.rubric),
    )
