"""What a check says: verdicts, and values as a reader should see them."""

from __future__ import annotations

import html
import math
import numbers
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import pandas as pd

from course.checks.task import Task
from course.wording import noted, say

MOST_LABEL = 40  # characters of a label or a word that a message repeats
MOST_ROWS = 12  # of an answer that is shown
ORDER = noted(
    "If your cells ran in another order than they stand in, restart Python and run all of them: "
    "Run, Restart Kernel and Run All Cells."
)

Status = Literal["right", "wrong", "not yet"]
Judged = Literal["computed", "judgement", "brief"]
LABELS: dict[Status, str] = {
    "right": noted("Right"),
    "wrong": noted("Wrong"),
    "not yet": noted("Not yet"),
}


@dataclass(frozen=True)
class Verdict:
    """What a check says.

    Parameters
    ----------
    status
        "right", "wrong" or "not yet". A written answer is never wrong, and right when its parts
        are there.
    message
        One or a few sentences; code stands between backticks.
    rubric
        What to judge a written answer by, or the further open points of a brief.
    kind
        "computed", or "judgement" or "brief" where a program sees the parts only.
    answer
        The right answer as HTML, for a verdict of "right".
    id
        Of the task; empty where there is none.
    next
        The task that comes next, for a verdict of "right".
    open
        Whether nothing is known of why an answer is wrong.
    mistake
        The name of the known mistake that the message is about; empty where there is none.
    """

    status: Status
    message: str
    rubric: Sequence[str] = ()
    kind: Judged = "computed"
    answer: str = ""
    id: str = ""
    next: Task | None = None
    open: bool = False
    mistake: str = ""

    @property
    def label(self) -> str:
        """The first word: a written answer is complete rather than right."""
        if self.status == "right" and self.kind != "computed":
            return say("Complete")
        return say(LABELS[self.status])

    def plus(self, *sentences: str) -> Verdict:
        """Return the verdict with more said."""
        return replace(self, message=" ".join([self.message, *filter(None, sentences)]))

    def html(self) -> str:
        """Return message, answer and rubric, in this order."""
        message = f"<strong>{self.label}.</strong> {marked(self.message)}"
        parts = [f'<p class="verdict-message">{message}</p>']
        if self.answer:
            parts.append(f'<div class="verdict-answer">{self.answer}</div>')
        if self.rubric:
            items = "".join(f"<li>{marked(line)}</li>" for line in self.rubric)
            parts.append(f'<ul class="verdict-rubric">{items}</ul>')
        tag = f'<div class="verdict" data-status="{self.status}" data-kind="{self.kind}">'
        return tag + "".join(parts) + "</div>"

    def _after(self) -> str:
        """Say what a notebook shows below; a page of the course has links and a clean space."""
        if self.next:
            return say("Next: {id} {title}", id=self.next.id, title=say(self.next.title))
        # where the mistake is known, no order of cells has made it
        return say(ORDER) if self.open and self.status == "wrong" and self.id else ""

    def _repr_html_(self) -> str:
        after = self._after()
        return self.html() + (f"<p>{html.escape(after)}</p>" if after else "")

    def __repr__(self) -> str:
        lines = [f"{self.label}. {self.message}", *(f"- {line}" for line in self.rubric)]
        return "\n".join(filter(None, [*lines, self._after()])).replace("`", "")


def marked(text: str) -> str:
    """Return a message as HTML, with code between backticks as code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(text))


# Values ----------------------------------------------------------------------------------------


def short(value: object) -> str:
    """Return a label or a word as a message repeats it, cut where somebody gave a long one."""
    text = " / ".join(map(str, value)) if isinstance(value, tuple) else str(value)
    text = text.replace("`", "'")
    return text if len(text) <= MOST_LABEL else text[: MOST_LABEL - 1] + "…"


def named(value: object) -> str:
    """Return what a value is, with its article: "a Series", "one number"."""
    if isinstance(value, numbers.Number) and not isinstance(value, bool):
        return say("one number")  # a beginner knows no float64
    name = type(value).__name__
    template = noted("an {type}") if name[0] in "aeiouAEIOU" else noted("a {type}")
    return say(template, type=name)


def listed(values: Iterable[object], most: int = 5) -> str:
    """Return the first few of several labels, for a message."""
    values = list(values)
    text = ", ".join(short(value) for value in values[:most])
    return text + ", …" * (len(values) > most)


def figure(value: float) -> str:
    """Return a number with as many places as a reader needs, at least four digits."""
    if value == round(value) and abs(value) < 1e15:
        return f"{value:,.0f}"
    if not 1e-6 < abs(value) < 1e15:
        return f"{value:.3g}"
    places = min(6, max(0, 3 - math.floor(math.log10(abs(value)))))
    return f"{value:,.{places}f}"


def shown(task: Task, right: Any) -> str:
    """Return the right answer as HTML: the value with its unit, or its table."""
    unit = say(task.unit)
    if isinstance(right, pd.Series):
        right = right.to_frame(right.name or unit.partition(",")[0] or say("value"))
    if isinstance(right, pd.DataFrame):
        more = len(right) - MOST_ROWS
        rest = "<p>" + say("… and {n} more rows.", n=more) + "</p>" if more > 0 else ""
        # a key that numbers rows is no part of the answer
        numbered = bool(task.keys) and not set(task.keys) & set(right.index.names)
        table = right.head(MOST_ROWS).to_html(
            border=0, index=not numbered, float_format=figure, classes="dataframe"
        )
        return table + rest
    if isinstance(right, str) or right in (True, False):
        return f"<p><code>{html.escape(str(right))}</code></p>"
    unit = unit if len(unit.split()) < 3 else f"({unit})"
    said = f"<strong>{figure(float(right))}</strong> {html.escape(unit)}"
    return f"<p>{said.rstrip()}</p>"
