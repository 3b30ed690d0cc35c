"""Bring an answer into the one form in which its kind is compared, or say what is wrong with it.

The form is a dictionary of values by label, so that the order of rows never matters. Labels and
words are compared in a plain spelling: case, accents, blanks, hyphens and quotation marks are no
part of an answer, and a year may be a number, a text or a date.
"""

from __future__ import annotations

import datetime
import difflib
import math
import numbers
import re
import unicodedata
from collections.abc import Callable, Hashable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from course.checks.say import Status, listed, named, short
from course.checks.task import Task
from course.wording import noted, say

#: Values by label: of one number or word the label is empty, of a table it is (row, column).
Form = dict[Hashable, object]

REAL = (numbers.Real, Decimal)  # a bool is one too


class Problem(Exception):
    """What is wrong with the form of an answer: a message, and the status of its verdict."""

    def __init__(self, message: str, status: Status = "wrong"):
        super().__init__(message)
        self.status: Status = status


class Rows(Problem):
    """Rows are missing or too many."""


class Gaps(Problem):
    """Rows without a value are too many; the other rows are those of the answer."""

    def __init__(self, message: str, rest: Form):
        super().__init__(message)
        self.rest = rest


def expected(task: Task) -> str:
    """Say what kind of answer a task expects."""
    return say("Expected: {what}.", what=task.expects)


# Plain spellings -------------------------------------------------------------------------------

_APART = re.compile(r"[\s_\-‐‑–]+")
_AROUND = " \t\r\n'\"`´“”‘’„«».,;:"


def word(text: str) -> str:
    """Return a word without what does not matter: case, accents, quotes, kind of blank."""
    text = unicodedata.normalize("NFKD", text[:1000]).casefold()
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    return _APART.sub("_", text.strip(_AROUND)).strip("_")


def plain(label: object) -> Hashable:
    """Return a label in the form in which labels are compared; a date stands for its year."""
    if isinstance(label, tuple):
        return tuple(plain(part) for part in label)
    if isinstance(label, (pd.Period, datetime.date)):
        return label.year
    if isinstance(label, str):
        text = label.strip(_AROUND)
        # not "١٩٩٠" or "1e3": figures, a point and a sign only
        return plain(float(text)) if re.fullmatch(r"-?\d+(\.\d+)?", text, re.A) else word(text)
    if isinstance(label, REAL) and not isinstance(label, (bool, np.bool_)):
        number = float(label)
        return round(number, 9) if math.isfinite(number) else "nan"
    return label if isinstance(label, (bool, np.bool_)) else word(str(label))


def value(given: object) -> object:
    """Return a value of a Series or a table in the form in which values are compared.

    What is still open is None, a word is in its plain spelling, a number a float.
    """
    if given is ... or given is None or given is pd.NaT or given is pd.NA:
        return None
    if isinstance(given, (bool, np.bool_)):
        return bool(given)
    if isinstance(given, str):
        return word(given) or None
    if isinstance(given, REAL):
        number = float(given)
        return None if math.isnan(number) else number
    return given


# One value -------------------------------------------------------------------------------------


def form(task: Task, answer: object, right: object = None) -> Form:
    """Return the values of an answer by label; raises Problem.

    Parameters
    ----------
    right
        The reference, for an answer that is a Series or a table: its labels are the ones to
        find. Without it the answer is the reference itself.
    """
    if answer is None:
        raise Problem(say("The answer is None: does the last line assign a value to the name?"))
    return _FORMS[task.answer](task, answer, answer if right is None else right)


def _number(task: Task, answer: object, _: object) -> Form:
    if isinstance(answer, tuple):
        raise Problem(say("{why} {expected}", why=_comma(answer), expected=expected(task)))
    several: Any = answer
    if isinstance(answer, (pd.Series, pd.DataFrame, np.ndarray, list, dict)) and np.ndim(several):
        size = np.size(several)
        template = noted(
            "This is {type} of {n} values. One is asked for: `.sum()` adds them up, `.loc[…]` "
            "takes one out. {expected}"
        )
        if isinstance(answer, np.ndarray) and size == 2:  # a number of (96,000)
            template = noted(
                "This is {type} of {n} values. Is there a comma inside a number? Write 60400. "
                "{expected}"
            )
        if size == 1 and isinstance(answer, (pd.Series, np.ndarray, list)):
            template = noted(
                "This is {type} of 1 value, and the value itself is asked for: take it out, "
                "with `.loc[…]` or `.iloc[0]`. {expected}"
            )
        raise Problem(say(template, type=named(answer), n=size, expected=expected(task)))
    if isinstance(answer, (str, bytes)):
        if len(answer) > 60:
            raise Problem(
                say(
                    "This is one long text: a sum of words joins them. Sum a column of numbers, "
                    "or a mask. {expected}",
                    expected=expected(task),
                )
            )
        raise Problem(
            say(
                "This is text. Give the number itself, unquoted. {expected}",
                expected=expected(task),
            )
        )
    if isinstance(answer, (bool, np.bool_)):
        raise Problem(
            say("This is {given}, a yes or no. {expected}", given=answer, expected=expected(task))
        )
    if not isinstance(answer, (*REAL, np.ndarray)):
        raise _other(task, answer)
    number = float(answer)
    if not np.isfinite(number):
        raise Problem(
            say(
                "The value is missing (NaN) or infinite: is the cell empty from which you took it, "
                "was a row left out, or does a filter fit no row, so that a sum is 0?"
            )
        )
    if task.answer == "integer" and number != round(number):
        raise Problem(
            say(
                "{given:g} is not a whole number. {expected}", given=number, expected=expected(task)
            )
        )
    return {"": number}


_CALL = noted("Add the parentheses: a method is called with `()`.")
# What is left where the end of a line is missing.
_UNFINISHED = {
    "DataFrameGroupBy": noted(
        "Groups are not yet values: choose a column and add `.sum()` or another."
    ),
    "SeriesGroupBy": noted("Groups are not yet values: add `.sum()`, `.mean()` or another."),
    "method": _CALL,
    "function": noted("Add the parentheses: a function is called with `()`."),
    "_LocIndexer": noted("Write after `.loc`, in square brackets, which labels you choose."),
    "_iLocIndexer": noted("Write after `.iloc`, in square brackets, which rows you choose."),
    "module": noted("It is the name of a library alone."),
}


def _other(task: Task, answer: object, how: str = "") -> Problem:
    """Return what to say of an answer of another type."""
    how = _UNFINISHED.get(type(answer).__name__, how)
    said = [say("This is {type}.", type=named(answer)), say(how), expected(task)]
    return Problem(" ".join(filter(None, said)))


def _comma(answer: object) -> str:
    """Say what a comma inside a number does."""
    parts = answer if isinstance(answer, tuple) else ()
    given = ", ".join(short(part) for part in parts[:3] if np.ndim(part) == 0)
    example = say("write 60400 or 4.49, with a point and never a comma")
    if len(parts) == 2 and all(isinstance(part, int) for part in parts):
        joined = "{}{:03d}" if parts[1] > 99 or parts[0] > 99 else "{}.{}"
        example = say("write {number}", number=joined.format(*parts))
    if not given:
        return say("A comma separates values in Python: {example}.", example=example)
    return say(
        "A comma separates values, so this is several: {given}. For one number {example}.",
        given=given,
        example=example,
    )


def _boolean(task: Task, answer: object, _: object) -> Form:
    if not isinstance(answer, (bool, np.bool_)):
        raise _other(task, answer, noted("Write True or False, without quotation marks."))
    return {"": bool(answer)}


def _choice(task: Task, answer: object, _: object) -> Form:
    words = {word(choice) for choice in task.allowed}
    if isinstance(answer, str) and not answer.strip(_AROUND):
        raise Problem(say("Write your word between the quotation marks."), "not yet")
    if not isinstance(answer, str):
        raise _other(task, answer, noted("Write one of the words, in quotation marks."))
    if word(answer) not in words:
        raise Problem(
            say(
                "`{given}` is not on the list. Write one of these words, in quotation marks: "
                "{choices}.",
                given=short(answer),
                choices=", ".join(task.allowed),
            )
        )
    return {"": word(answer)}


# A Series --------------------------------------------------------------------------------------


def _series(task: Task, answer: object, right: pd.Series) -> Form:
    if isinstance(answer, tuple) and not _labels_only(answer, right):
        raise Problem(say("{why} {expected}", why=_comma(answer), expected=expected(task)))
    if isinstance(answer, pd.DataFrame) and answer.shape[1] == 1:
        answer = answer.iloc[:, 0]
    if not isinstance(answer, pd.Series):
        how = _TO_SERIES.get(type(answer).__name__, "")
        raise _other(task, answer, _ONLY_LABELS if _labels_only(answer, right) else how)
    found = _by_label(answer.index, right.index)
    given = dict(zip(found.values(), answer, strict=True))

    def chosen() -> Form:
        return {label: given[label] for label in right.index}

    _complete(task, given, right.index, chosen)
    return chosen()


_TO_SERIES = {
    "dict": noted("Put `pd.Series( … )` round it."),
    "list": noted("A list has no labels: make a Series, `pd.Series({label: value})`."),
    "ndarray": noted("An array has no labels: make a Series with an index."),
    "DataFrame": noted('Choose its column, `table["…"]`, with the labels as index.'),
}


_ONLY_LABELS = noted("It names labels of rows alone. The answer is the Series with their values.")


def _labels_only(answer: object, right: pd.Series) -> bool:
    """Whether an answer is one label of the rows in words, or a list of them, without values."""
    given = [answer] if isinstance(answer, str) else answer
    if not isinstance(given, (list, tuple, pd.Index)) or not len(given):
        return False
    known = {plain(label) for label in right.index}
    return all(isinstance(one, str) and plain(one) in known for one in given)


def _by_label(index: pd.Index, wanted: pd.Index) -> dict[int, object]:
    """Return for each position the label of the reference that stands there, or its own label."""
    known = {plain(label): label for label in wanted}
    found: dict[int, object] = {}
    places: dict[object, int] = {}
    for position, label in enumerate(index):
        match = known.get(plain(label), _Extra(label))
        if match in places:
            raise Problem(
                say(
                    "The index has {label} twice: one value for each is expected.",
                    label=repr(short(label)),
                )
            )
        places[match] = found[position] = match
    return found


class _Extra:
    """A label that the reference does not have; equal to another of the same spelling."""

    def __init__(self, label: object):
        self.label = label

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Extra) and plain(self.label) == plain(other.label)

    def __hash__(self) -> int:
        return hash(plain(self.label))


def _complete(task: Task, given: Form, wanted: pd.Index, chosen: Callable[[], Form]) -> None:
    """Say which labels are missing or too many; `chosen` are the values of those asked for."""
    extra = [label for label in given if isinstance(label, _Extra)]
    absent = [label for label in wanted if label not in given]
    if absent and len(extra) == len(given) and extra:
        raise Rows(
            say(
                "Rows are missing: your labels are {given} ({kind}); expected are labels such as "
                "{example}. {expected}",
                given=listed(label.label for label in extra[:3]),
                kind=_kind(extra[0].label),
                example=listed(absent[:2]),
                expected=expected(task),
            )
        )
    if absent and extra:
        near = difflib.get_close_matches(short(absent[0]), [short(one.label) for one in extra], 1)
        raise Rows(
            say(
                "The label {label} is missing, and {other} is not known: see its spelling. "
                "{expected}",
                label=short(absent[0]),
                other=near[0] if near else short(extra[0].label),
                expected=expected(task),
            )
        )
    if absent:
        raise Rows(
            say(
                "Rows are missing, for example {label}. {expected}",
                label=listed(absent, 1),
                expected=expected(task),
            )
        )
    if extra:
        empty = [label.label for label in extra if value(given[label]) is None]
        if len(empty) == len(extra):
            template = noted(
                "{label} has no value (NaN): leave it out as the last step, with `.loc[…]` or "
                "`.dropna()` behind the whole. {expected}"
            )
            said = say(template, label=short(extra[0].label), expected=expected(task))
            raise Gaps(said, chosen())
        template = noted("Rows too many, for example {label}. {expected}")
        raise Rows(say(template, label=short(extra[0].label), expected=expected(task)))


def _kind(label: object) -> str:
    """Return in one word what kind of label it is."""
    if isinstance(label, str):
        return say("text")
    if isinstance(label, numbers.Number):
        return say("numbers")
    return type(label).__name__


# A table ---------------------------------------------------------------------------------------


def _turned(table: pd.DataFrame) -> str:
    """Say that rows and columns are exchanged, and what exchanges them."""
    if None in (table.index.name, table.columns.name):
        return say("Rows and columns are exchanged: turn the table round with `.T`.")
    return say(  # both axes are made of columns, which no beginner turns round behind that
        "Rows and columns are exchanged. What you name first in `pd.crosstab`, or as `index` of "
        "`pivot` and `pivot_table`, makes the rows."
    )


def _wordless(table: pd.DataFrame, missing: Sequence[Hashable], keys: Sequence[str]) -> str:
    """Say why a count of pairs lacks a column: no row has its word, or another column has it."""
    made_from = table.columns.name  # what a crosstab or a pivot makes its columns from
    if made_from is None:
        return ""
    astray = [word for word in missing if plain(word) in {plain(label) for label in table.index}]
    if astray and table.index.nlevels == 1:
        return say(
            "{word} stands in the column `{wrong}` and belongs into `{right}`: look at the line "
            "that writes it.",
            word=listed(astray),
            wrong=keys[0],
            right=made_from,
        )
    return say(
        "Its columns are the words of `{column}`, and no row has {missing} there.",
        column=made_from,
        missing=listed(missing),
    )


def _table(task: Task, answer: object, right: pd.DataFrame) -> Form:
    if not isinstance(answer, pd.DataFrame):
        raise _other(task, answer)
    if not len(answer):
        raise Problem(
            say(
                "This table has no rows: a step above has left nothing. Print what it made. "
                "(`.dropna()` drops every row in which any cell is empty.)"
            )
        )
    keys = list(task.keys)
    wanted = _keyed(right, keys)
    table = _keyed(_flat(answer), keys, wanted)
    columns = {column: _column(table, column) for column in wanted.columns}
    missing = [column for column, found in columns.items() if found is None]
    if missing:
        there = [*(say("{key} (label)", key=key) for key in keys), *table.columns]
        turned = answer.T
        if all(_column(turned, column) is not None for column in wanted.columns):
            raise Problem(_turned(answer))
        lacks = say(
            "The table lacks {missing}. It has {found}.",
            missing=listed(missing),
            found=listed(there),
        )
        raise Problem(" ".join(filter(None, [lacks, _wordless(table, missing, keys)])))
    found = _by_label_of_table(table.index, wanted.index, keys)
    given = {
        label: [table[columns[column]].iloc[position] for column in wanted.columns]
        for position, label in found.items()
    }
    # a row with a gap counts as one without a value
    firsts = {
        label: None if any(value(cell) is None for cell in row) else row[0]
        for label, row in given.items()
    }

    def chosen() -> Form:
        return {
            (label, column): cell
            for label in wanted.index
            for column, cell in zip(wanted.columns, given[label], strict=True)
        }

    _complete(task, firsts, wanted.index, chosen)
    return chosen()


def _by_label_of_table(index: pd.Index, wanted: pd.Index, keys: list[str]) -> dict[int, object]:
    try:
        return _by_label(index, wanted)
    except Problem as twice:
        raise Problem(
            say("The table has two rows for one {key}.", key=say(" and ").join(keys))
        ) from twice


def _flat(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table with one level of column names, each of them once."""
    if isinstance(table.columns, pd.MultiIndex):
        names = list(table.columns.get_level_values(-1))
        if len(set(names)) < len(names):
            raise Problem(
                say(
                    "The columns have {n} levels of names. Choose the values before you pivot or "
                    'group: `table["…"]`.',
                    n=table.columns.nlevels,
                )
            )
        table = table.set_axis(names, axis=1)
    if not table.columns.is_unique:
        twice = table.columns[table.columns.duplicated()][0]
        raise Problem(say("The table has the column {column} twice.", column=short(twice)))
    return table


def _column(table: pd.DataFrame, name: object) -> Hashable | None:
    """Return the table's own name of a column, or None where it has no such column."""
    return next((own for own in table.columns if plain(own) == plain(name)), None)


def _keyed(
    table: pd.DataFrame, keys: list[str], wanted: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return a table whose rows are labelled by its keys."""
    columns = [_column(table, key) for key in keys]
    if None not in columns:
        return table.set_index(columns)
    levels = [plain(name) for name in table.index.names]
    if all(plain(key) in levels for key in keys):
        if len(levels) > len(keys):
            return table.reset_index().set_index(
                [n for n in table.index.names if plain(n) in map(plain, keys)]
            )
        return table
    if wanted is not None and len(keys) == 1 and table.index.nlevels == 1:
        labels = {plain(label) for label in wanted.index}
        if table.index.name is None and labels & {plain(label) for label in table.index}:
            return table  # labels without a name
        if _column(table.T, keys[0]) is not None or labels & {plain(c) for c in table.columns}:
            raise Problem(_turned(table))
    missing = [key for key, own in zip(keys, columns, strict=True) if own is None]
    raise Problem(
        say(
            "The table lacks {missing}. It has {found}.",
            missing=listed(missing),
            found=listed(table.columns) or say("none"),
        )
    )


_FORMS: dict[str, Callable[[Task, object, Any], Form]] = {
    "number": _number,
    "integer": _number,
    "boolean": _boolean,
    "choice": _choice,
    "series": _series,
    "table": _table,
}


# The values of a Series or a table -------------------------------------------------------------


def read(given: Form, right: Form, words: Callable[[], Mapping[str, str]] = dict) -> Form:
    """Return a form with its values read, or say which are open or of another kind.

    Parameters
    ----------
    words
        Returns the words that an answer may hold, by their plain spelling; asked only when a
        word is none of the right ones. Empty where words are free.
    """
    ours = {value(one) for one in right.values()}
    made: Form = {}
    open_: list[Hashable] = []
    gaps: list[Hashable] = []
    for label, answer in given.items():
        at = short(label)
        if isinstance(answer, (pd.Series, pd.DataFrame, np.ndarray, list)):
            raise Problem(
                say(
                    "At {label} stands a {type} and not one value: `.sum()` or `.mean()` makes one "
                    "of all, `.loc[…]` takes one out.",
                    label=at,
                    type=type(answer).__name__,
                )
            )
        if callable(answer):
            raise Problem(say("At {label}: {how}", label=at, how=say(_CALL)))
        if isinstance(answer, tuple):
            raise Problem(say("At {label}: {why}", label=at, why=_comma(answer)))
        wanted = value(right[label])
        made[label] = read_ = value(answer)
        if read_ is None and wanted is not None:
            (gaps if isinstance(answer, float) else open_).append(label)
        elif isinstance(wanted, float) and isinstance(read_, str):
            raise Problem(
                say(
                    "At {label} stands text, {given}: write a number, without quotation marks.",
                    label=at,
                    given=repr(short(answer)),
                )
            )
        elif isinstance(wanted, str) and isinstance(read_, str) and read_ not in ours:
            listed_words = words()
            if not listed_words or read_ in listed_words:
                continue
            near = difflib.get_close_matches(read_, listed_words, n=1, cutoff=0.75)
            meant = " " + say("Did you mean `{word}`?", word=listed_words[near[0]]) if near else ""
            raise Problem(
                say(
                    "At {label} stands `{given}`, which is not on the list.{near} The words are: "
                    "{words}.",
                    label=at,
                    given=short(answer),
                    near=meant,
                    words=listed(listed_words.values(), 12),
                )
            )
    if open_:
        raise Problem(
            say(
                "{n} of {total} still open: {labels}.",
                n=len(open_),
                total=len(given),
                labels=listed(open_),
            ),
            "not yet",
        )
    if gaps:
        raise Problem(_gaps(gaps, given), "not yet")
    return made


def _gaps(gaps: list[Hashable], given: Form) -> str:
    if len(gaps) == len(given) > 1:
        return say(
            "All values are missing (NaN). Were two parts with different labels joined? Then "
            "pandas could not line them up: look at the index of each."
        )
    return say(
        "A value is missing (NaN), for example at {label}: {n} of {total} have none. Is the cell "
        "empty from which you took it? Or were two parts joined of which one lacks this label?",
        label=short(gaps[0]),
        n=len(gaps),
        total=len(given),
    )
