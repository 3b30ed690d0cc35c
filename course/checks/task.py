"""What a task is: its question's right value, its known mistakes and its hints."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from typing import Literal

from course.wording import noted, say

Kind = Literal["number", "integer", "boolean", "choice", "series", "table", "text", "brief"]

# How the expected answer is announced to a student, and what a wrong type is told.
KINDS: dict[Kind, str] = {
    "number": noted("one number"),
    "integer": noted("one whole number"),
    "boolean": noted("True or False"),
    "choice": noted("one of the given words"),
    "series": noted("a Series (one column with its index)"),
    "table": noted("a DataFrame (a table)"),
    "text": noted("text in quotation marks"),
    "brief": noted("a brief (a dictionary with its parts)"),
}


@dataclass(frozen=True)
class Misconception:
    """A known mistake: what it is called, the value it gives and what to say about it.

    Of one that misreads some `rows`, `says` is why the first of them is another.
    """

    name: str
    value: Callable[[], object]
    says: str
    rows: Sequence[str] = ()

    @property
    def message(self) -> str:
        """What is said about it, in the language that is spoken."""
        if not self.rows:
            return say(self.says)
        *before, last = self.rows
        if not before:
            return say("Look at {row} again: {why}", row=last, why=say(self.says))
        return say(
            "Look at {rows} and {last} again. Begin with {first}: {why}",
            rows=", ".join(before),
            last=last,
            first=before[0],
            why=say(self.says),
        )


MOST_TOGETHER = 3  # misreadings that one message names


def together(
    misreadings: Sequence[tuple[str, str, str]], made: Callable[..., object]
) -> list[Misconception]:
    """Return each misreading of a row, and those that come together: a message names every row.

    Parameters
    ----------
    misreadings
        The row's label, the word that is wrongly given to it, and why it is another.
    made
        Returns the answer in which some rows have wrong words, given by their labels.
    """
    found = []
    for size in range(1, MOST_TOGETHER + 1):
        for several in combinations(misreadings, size):
            words = {row: word for row, word, _ in several}
            if len(words) < size:  # two misreadings of one row exclude each other
                continue
            found.append(
                Misconception(
                    " ".join(f"{row} {word}" for row, word in words.items()),
                    partial(made, **words),
                    says=several[0][2],
                    rows=list(words),
                )
            )
    return found


@dataclass(frozen=True)
class Task:
    """One task of an exercise.

    Parameters
    ----------
    id
        Lesson and number, ``"04.2"``; of a *Your turn* in the lesson ``"04.t2"``.
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
        Largest relative distance at which the right value, rounded, is still right. A value that
        is no rounding must be ten times nearer, and always nearer to the right value than to
        that of a misconception; whole numbers are compared exactly.
    core
        Whether the task belongs to the core of the lesson or to *Go further*.
    version
        Raised when the task's meaning changes, so that kept answers can be marked.
    keys
        Columns that identify a row of a table.
    choices
        The words of a choice. For a series or a table of words: what a word may be, where that
        is more than the words of the reference and the misconceptions; may be a function.
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
    choices: Sequence[str] | Callable[[], Sequence[str]] = ()
    mentions: Callable[[], Mapping[str, Sequence[str]]] = dict
    words: tuple[int, int] = (20, 200)
    rubric: Sequence[str] = ()

    @property
    def is_turn(self) -> bool:
        """Whether it is a *Your turn* of the lesson, which counts for nothing."""
        return ".t" in self.id

    @property
    def allowed(self) -> Sequence[str]:
        """The words of `choices`, computed where it is a function."""
        return self.choices() if callable(self.choices) else self.choices

    @property
    def expects(self) -> str:
        """The expected type and unit in words: ``"one number, in ha"``."""
        expected = ", ".join(self.allowed) if self.answer == "choice" else say(KINDS[self.answer])
        if not self.unit:
            return expected
        return say("{expected}, in {unit}", expected=expected, unit=say(self.unit))
