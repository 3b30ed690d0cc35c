"""Answers as students give them: the right ones in every form, the unfinished and the odd.

`forms` makes them for a task from its reference, so that every task of a kind is tried in every
form. Each comes with what a check has to say.
"""

import ast
import datetime
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import nbformat
import numpy as np
import pandas as pd

from course.checks import Task

BIG = 1_000_000


@dataclass(frozen=True)
class Try:
    """One answer, and what has to be said about it.

    Parameters
    ----------
    kind
        What is tried: words, labels, partly, numbers, counts, texts or odd.
    name
        What is done to the right answer.
    answer
        The answer.
    status
        Of the verdict.
    says
        Parts of the message.
    never
        What the message must not hold.
    """

    kind: str
    name: str
    answer: object
    status: str
    says: tuple[str, ...] = ()
    never: tuple[str, ...] = ()

    def problem(self, verdict: object) -> str:
        """Return what is wrong with a verdict, or nothing."""
        said = f"{verdict.status}: {verdict.message[:300]}"
        if verdict.status != self.status:
            return f"{self.status} expected, got {said}"
        missing = [part for part in self.says if part not in verdict.message]
        if missing:
            return f"{missing} not in {said}"
        held = [part for part in self.never if part in verdict.message]
        return f"{held} in {said}" if held else ""


def model_text(notebook: nbformat.NotebookNode, task_id: str) -> str:
    """Return the text that an exercise gives as the solution of a written task."""
    for cell in notebook.cells:
        tags = cell.metadata.get("tags", [])
        if cell.metadata.get("task") == task_id and "answer" in tags:
            return ast.parse(cell.source).body[-1].value.value
    raise LookupError(task_id)


def forms(task: Task, text: str = "") -> Iterator[Try]:
    """Yield the answers to try on a task.

    Parameters
    ----------
    text
        The model text, for a written task.
    """
    yield from _odd(task)
    if task.answer == "text":
        yield from _texts(task, text)
    elif task.answer != "brief":
        right = task.reference()
        if task.answer in ("number", "integer"):
            yield from _number(task, right)
        elif task.answer == "choice":
            yield from _choice(task, right)
        elif task.answer == "series":
            yield from _words(task, right, lambda change: right.map(change))
            yield from _labels(task, right)
            yield from _partly(right)
            yield from _numbers(task, right)
            yield from _counts(task, right)
        elif task.answer == "table":
            yield from _tables(task, right)


# Odd -------------------------------------------------------------------------------------------


def _odd(task: Task) -> Iterator[Try]:
    wrong = "not yet" if task.answer in ("text", "brief") else "wrong"
    odd = {
        "bytes": b"250",
        "a class": dict,
        "a generator": (n for n in range(3)),
        "a tuple": (60, 400),
        "a set": {1, 2},
        "a complex number": 3j,
        "a date": pd.Timestamp("2013-01-01"),
        "a megabyte label": pd.Series({"x" * BIG: 1.0}),
        "a megabyte column": pd.DataFrame({"x" * BIG: [1.0]}),
        "labels that cannot be sorted": pd.Series([1.0, 2.0], index=[("a",), 3]),
        "a huge whole number": 10**400,
        "a table of nothing": pd.DataFrame({"a": []}),
        "a group": pd.DataFrame({"a": [1]}).groupby("a"),
    }
    for name, answer in odd.items():
        yield Try("odd", name, answer, wrong, never=("could not be read: ",))
    yield Try("odd", "a megabyte of words", "word " * (BIG // 5), wrong)


# Words -----------------------------------------------------------------------------------------

WORDS: dict[str, Callable[[str], str]] = {
    "capitals": str.upper,
    "a capital": str.capitalize,
    "blanks for underscores": lambda word: word.replace("_", " "),
    "hyphens for underscores": lambda word: word.replace("_", "-"),
    "blanks around": lambda word: f"  {word}\n",
    "quotes around": lambda word: f'"{word}"',
    "an accent": lambda word: word.replace("e", "é", 1),
    "a non-breaking blank": lambda word: word.replace(" ", "\u00a0").replace("_", "\u00a0"),
}


def _changed(change: Callable[[str], str]) -> Callable[[object], object]:
    return lambda value: change(value) if isinstance(value, str) else value


def _words(task: Task, right: pd.Series, made: Callable) -> Iterator[Try]:
    values = right.to_numpy().ravel().tolist()
    if not any(isinstance(value, str) for value in values):
        return
    for name, change in WORDS.items():
        yield Try("words", name, made(_changed(change)), "right")
    answer = made(lambda value: value)
    answer.iloc[0] = "zzz"
    yield Try("words", "a word that is not on the list", answer, "wrong", ("zzz", "The words are"))


def _choice(task: Task, right: str) -> Iterator[Try]:
    for name, change in WORDS.items():
        yield Try("words", name, change(right), "right")
    says = ("zzz", *task.choices)
    yield Try("words", "a word that is not on the list", "zzz", "wrong", says)
    yield Try("partly", "an empty word", "", "not yet")


# Labels ----------------------------------------------------------------------------------------


def _labellings(index: pd.Index) -> Iterator[tuple[str, list]]:
    labels = index.tolist()
    yield "blanks around", [f" {label} " for label in labels]
    yield "text", [str(label) for label in labels]
    if all(isinstance(label, int) for label in labels):
        yield "decimals", [float(label) for label in labels]
        yield "numpy", list(np.array(labels, dtype="int32"))
    if all(isinstance(label, int) and 1900 < label < 2100 for label in labels):
        yield "periods", [pd.Period(label, freq="Y") for label in labels]
        yield "dates", [pd.Timestamp(label, 1, 1) for label in labels]
        yield "days", [datetime.date(label, 12, 31) for label in labels]
    if all(isinstance(label, str) for label in labels):
        yield "capitals", [label.upper() for label in labels]
        yield "no accents", [label.replace("í", "i") for label in labels]


def _labels(task: Task, right: pd.Series) -> Iterator[Try]:
    for name, labels in _labellings(right.index):
        yield Try("labels", name, right.set_axis(labels), "right")
    order = right.sample(frac=1, random_state=1)
    turned = pd.CategoricalIndex(order.index, categories=sorted(order.index, reverse=True))
    yield Try("labels", "a categorical in another order", order.set_axis(turned), "right")
    yield Try("labels", "a table of one column", right.to_frame(), "right")
    yield Try("labels", "of type object", right.astype(object), "right")
    yield Try("labels", "an index with another name", right.rename_axis("other"), "right")
    numbered = right.reset_index(drop=True).set_axis(range(5000, 5000 + len(right)))
    yield Try("labels", "numbers of rows", numbered, "wrong", ("5000", str(right.index[0])))
    yield Try("labels", "a dictionary", right.to_dict(), "wrong", ("pd.Series",))
    yield Try("labels", "a list", right.tolist(), "wrong", ("Series",))
    rows = {label: right.loc[[label]] for label in right.index}
    yield Try("labels", "rows for values", pd.Series(rows), "wrong", ("one value",))
    twice = pd.concat([right, right.iloc[:1]])
    yield Try("labels", "a label twice", twice, "wrong", ("twice", str(right.index[0])))
    yield Try("labels", "a row less", right.iloc[1:], "wrong", (str(right.index[0]),))


def _tables(task: Task, right: pd.DataFrame) -> Iterator[Try]:
    keys = list(task.keys)
    table = right if set(keys) <= set(right.columns) else right.reset_index()
    keyed = table.set_index(keys)
    yield Try("labels", "keys as columns", table, "right")
    yield Try("labels", "keys as index", keyed, "right")
    yield Try("labels", "keys as both", table.set_index(keys, drop=False), "right")
    yield Try("labels", "an unnamed index", keyed.rename_axis(None), "right")
    yield Try("labels", "another order", table.iloc[::-1, ::-1], "right")
    yield Try("labels", "one column more", table.assign(further=1), "right")
    for name, labels in _labellings(keyed.index):
        yield Try("labels", name, keyed.set_axis(labels).rename_axis(keys), "right")
        yield Try("labels", f"{name}, columns", table.assign(**{keys[0]: labels}), "right")
    names = [column.upper() for column in table.columns]
    yield Try("labels", "columns in capitals", table.set_axis(names, axis=1), "right")
    turned = pd.CategoricalIndex(keyed.index, categories=sorted(keyed.index, reverse=True))
    yield Try("labels", "a categorical in another order", keyed.set_axis(turned), "right")
    pivoted = pd.concat({"values": keyed}, axis=1)
    yield Try("labels", "two levels of columns", pivoted, "right")
    double = pd.concat([keyed, keyed.iloc[:, :1]], axis=1)
    yield Try("labels", "a column twice", double, "wrong", ("twice", keyed.columns[0]))
    yield Try("labels", "transposed", keyed.T, "wrong", ("Rows and columns are exchanged",))
    less = table.drop(columns=keyed.columns[0])
    yield Try("labels", "a column less", less, "wrong", (keyed.columns[0], keys[0]))
    twice = pd.concat([table, table.iloc[:1]])
    yield Try("labels", "a row twice", twice, "wrong", (f"two rows for one {keys[0]}",))
    yield Try("labels", "a row less", table.iloc[1:], "wrong", (str(keyed.index[0]),))
    for name, value in OPEN.items():
        gap = keyed.astype(object)
        gap.iloc[1, 0] = value
        says = (str(keyed.index[1]), keyed.columns[0])
        yield Try("partly", name, gap, "not yet", says)
    cells = keyed.stack()
    yield from _words(task, cells, lambda change: keyed.map(change))
    if all(isinstance(value, (int, float)) for value in cells):
        wrong = keyed.astype(float)
        wrong.iloc[0, 0] = wrong.iloc[0, 0] * 1.37 + 7.7
        n, size = keyed.size - 1, keyed.size
        says = (f"{n} of {size} fit", str(keyed.index[0]))
        yield Try("counts", "one value wrong", wrong, "wrong", says)


# What is open ----------------------------------------------------------------------------------

OPEN = {"an ellipsis": ..., "an empty text": "", "none": None, "a gap": float("nan")}


def _partly(right: pd.Series) -> Iterator[Try]:
    for name, value in OPEN.items():
        gap = right.astype(object)
        gap.iloc[-1] = value
        yield Try("partly", name, gap, "not yet", (str(right.index[-1]),))
    if right.dtype == float:
        other = right.set_axis([f"other {label}" for label in right.index])
        joined = (right / other).loc[right.index]
        yield Try("partly", "divided by other labels", joined, "not yet", ("line",))


# Numbers ---------------------------------------------------------------------------------------


def _whole(value: float) -> bool:
    return float(value).is_integer()


def _number(task: Task, right: float) -> Iterator[Try]:
    right = float(right)
    yield Try("numbers", "as text", f"{right:,.2f}", "wrong", ("text",))
    yield Try("numbers", "a comma", (60, 400), "wrong", ("comma", "60400"))
    yield Try("numbers", "a decimal comma", (4, 49), "wrong", ("comma", "4.49"))
    yield Try("numbers", "in a Series", pd.Series([right]), "wrong", ("`.iloc[0]`",))
    yield Try("numbers", "in an array", np.array(right), "right")
    yield Try("numbers", "of numpy", np.float64(right), "right")
    yield Try("numbers", "in half the digits", np.float64(f"{right:.12g}"), "right")
    if _whole(right):
        yield Try("numbers", "one more", right + 1, "wrong")
        yield Try("numbers", "a little more", right * 1.004, "wrong")
    else:
        yield Try("numbers", "another number nearby", right * 1.0017, "wrong")
        yield from _roundings(right, lambda places: round(right, places))


def _roundings(right: float, made: Callable) -> Iterator[Try]:
    for places in range(5):
        given = round(right, places)
        if given == right or not given or abs(given - right) > 0.1 * abs(right):
            continue
        near = abs(given - right) < 0.0009 * abs(right)
        status = "right" if near else None  # which, depends on the task; see `test_forms`
        yield Try("numbers", f"rounded to {places}", made(places), status, (), ("Not the value",))


def _numbers(task: Task, right: pd.Series) -> Iterator[Try]:
    if not pd.api.types.is_numeric_dtype(right) or pd.api.types.is_bool_dtype(right):
        return
    text = right.astype(object)
    text.iloc[0] = f"{right.iloc[0]:,}"
    yield Try("numbers", "one as text", text, "wrong", (str(right.index[0]), "text"))
    comma = right.astype(object)
    comma.iloc[0] = (60, 400)
    yield Try("numbers", "a comma in one", comma, "wrong", ("comma",))
    yield Try("numbers", "a tuple of a Series", (right, 5), "wrong", ("comma",))
    if all(map(_whole, right)):
        near = right.astype(float)
        near.iloc[0] += 1
        yield Try("numbers", "one more", near, "wrong")
    elif right.dtype == float and not _whole(right.iloc[0]):
        near = right.copy()
        near.iloc[0] *= 1.0017
        yield Try("numbers", "another number nearby", near, "wrong")
        only = right.map(lambda value: value if _whole(value) else value * (1 + 1e-12))
        yield Try("numbers", "another order of sums", only, "right")


# Counts ----------------------------------------------------------------------------------------


def _counts(task: Task, right: pd.Series) -> Iterator[Try]:
    numeric = pd.api.types.is_numeric_dtype(right) and not pd.api.types.is_bool_dtype(right)
    if not numeric or len(right) < 3:
        return
    wrong = right.astype(float)
    wrong.iloc[[0, 1]] = wrong.iloc[[0, 1]] * 1.37 + 7.7
    says = (f"{len(right) - 2} of {len(right)} fit", str(right.index[0]))
    yield Try("counts", "two values wrong", wrong, "wrong", says)


# Texts -----------------------------------------------------------------------------------------

WIDTHS = range(20, 111, 5)
TEXTS: dict[str, Callable[[str], str]] = {
    "double blanks": lambda text: text.replace(" ", "  "),
    "non-breaking blanks": lambda text: text.replace(" ", "\u00a0"),
    "curly apostrophes": lambda text: text.replace("'", "’").replace('"', "“"),
    "tabs": lambda text: text.replace(" ", "\t"),
    "thin blanks in numbers": lambda text: _thousands(text, "\u202f"),
    "no mark in numbers": lambda text: _thousands(text, ""),
    "points in numbers": lambda text: _thousands(text, "."),
    "capitals": str.upper,
    "stars": lambda text: text.replace("without", "*without*"),
}


def _thousands(text: str, mark: str) -> str:
    return "".join(
        mark if c == "," and text[i - 1].isdigit() and text[i + 1 : i + 4].isdigit() else c
        for i, c in enumerate(text)
    )


def _texts(task: Task, text: str) -> Iterator[Try]:
    flat = " ".join(text.split())
    for width in WIDTHS:
        yield Try("texts", f"wrapped at {width}", textwrap.fill(flat, width), "right")
    for name, change in TEXTS.items():
        yield Try("texts", name, change(flat), "right")
    for name, pasted in {
        "the rubric pasted": " ".join(task.rubric),
        "hints and rubric pasted": " ".join([*task.hints, *task.rubric]),
        "rubric and what to quote": " ".join([*task.rubric, *task.mentions()]),
    }.items():
        yield Try("texts", name, pasted, "not yet")
    yield Try("texts", "empty", " \n", "not yet")
    yield Try("texts", "too short", "Too short.", "not yet", ("words",))
    half = " ".join(flat.split()[: task.words[0] - 2])
    yield Try("texts", "cut off", half, "not yet", (str(task.words[0]),))
    yield Try("texts", "twice too long", " ".join([flat] * 9), "not yet", (str(task.words[1]),))
