"""Read the timed plan of a class, add it up, set it beside the slides, and print it as clocks.

A plan is a table. Its head names how long each variant of the class takes; a row says which slides
it shows, how many minutes each variant gives it, and what happens. A dash is *at home*. The plan of
a class without slides has no column for them.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, takewhile

from course.wording import say
from tools.common.errors import UserError
from tools.common.markdown import table

LINE = re.compile(r"\| (–|\d+(?:–\d+)?) \|((?: (?:\d+|–) \|)+) (.+) \|")


@dataclass(frozen=True)
class Row:
    """What a class does for some minutes.

    Parameters
    ----------
    slides
        The numbers of the slides that are shown; none when the class works.
    minutes
        How long it takes in each variant; nought where it is left for home.
    text
        What happens.
    """

    slides: Sequence[int]
    minutes: Sequence[int]
    text: str


@dataclass(frozen=True)
class Timed:
    """A timed plan: how long each variant takes, and its rows."""

    lengths: Sequence[int]
    rows: Sequence[Row]

    def tasks(self, variant: int = -1) -> dict[str, int]:
        """Return the tasks that a variant does in class, with their minutes."""
        task = re.compile(say(r"\*\*Task (\d\d\.\d)"))
        return {
            found[1]: row.minutes[variant]
            for row in self.rows
            if (found := task.search(row.text)) and row.minutes[variant]
        }

    @property
    def rest(self) -> int:
        """Minutes of a class without its tasks."""
        return self.lengths[-1] - sum(self.tasks().values())


def timed(text: str, name: str) -> Timed:
    """Return the timed plan that stands in a text.

    Parameters
    ----------
    text
        A page with a table that begins ``| Slides | 75 | What happens |``; a class without slides
        leaves out the first column.
    name
        Its name, for messages.

    Raises
    ------
    UserError
        When there is no such table, a row of it cannot be read, or a column does not add up to the
        minutes at its head.
    """
    head, lines = _found(text, name)
    lengths = [int(length) for length in re.findall(r"\d+", head[2])]
    rows = []
    for line in lines:
        found = LINE.fullmatch(line if head[1] else f"| – {line}")
        cells = re.findall(r"\d+|–", found[2]) if found else []
        if not found or len(cells) != len(lengths):
            raise UserError(f"the timed plan of {name} has a row that cannot be read: {line}")
        minutes = tuple(int(cell.strip("–") or 0) for cell in cells)
        ends = [int(number) for number in re.findall(r"\d+", found[1])]
        slides = tuple(range(ends[0], ends[-1] + 1)) if ends else ()
        rows.append(Row(slides, minutes, found[3]))
    for number, length in enumerate(lengths):
        total = sum(row.minutes[number] for row in rows)
        if total != length:
            raise UserError(f"the timed plan of {name} for {length} minutes adds up to {total}.")
    return Timed(tuple(lengths), tuple(rows))


def against_slides(plan: Timed, slides: Sequence[int]) -> list[str]:
    """Return where a plan and the lesson's slides disagree.

    Parameters
    ----------
    plan
        The plan.
    slides
        The minutes of each slide, in order.
    """
    numbers = [number for row in plan.rows for number in row.slides]
    if numbers != list(range(1, len(slides) + 1)):
        return [f"the rows show slides {numbers}, and the lesson has 1 to {len(slides)}, each once"]
    wrong = []
    for row in plan.rows:
        own = sum(slides[number - 1] for number in row.slides)
        for length, minutes in zip(plan.lengths, row.minutes, strict=True):
            if row.slides and minutes not in (0, own):
                shown = _span(row.slides)
                wrong.append(f"{length} minutes: slides {shown} take {own}, the row has {minutes}")
    return wrong


def with_clocks(text: str, name: str) -> str:
    """Return a text with its timed plan as a class reads it: from which minute to which."""
    plan, (head, lines) = timed(text, name), _found(text, name)
    ends = list(zip(*(_clock(plan, number) for number in range(len(plan.lengths))), strict=True))
    rows = [
        [*clocks, *([_span(row.slides) or say("none")] if head[1] else []), row.text]
        for clocks, row in zip(ends, plan.rows, strict=True)
    ]
    titles = [f"{length} min" for length in plan.lengths] + ([say("Slides")] if head[1] else [])
    printed = table([*titles, say("What happens")], rows)
    start, end = head.start(), head.end() + len("\n".join(lines))
    return f"{text[:start]}```{{table}}\n:class: schedule timed\n\n{printed}\n```{text[end:]}"


def _found(text: str, name: str) -> tuple[re.Match[str], list[str]]:
    slides, happens = say("Slides"), say("What happens")
    line = rf"^\|( {slides} \|)?((?: \d+ \|)+) {happens} \|\n\|[-:| ]+\|\n"
    head = re.search(line, text, re.MULTILINE)
    if not head:
        raise UserError(
            f"{name} has no timed plan; write a table that begins `| Slides | 75 | What happens |`."
        )
    lines = text[head.end() :].splitlines()
    return head, list(takewhile(lambda line: line.startswith("|"), lines))


def _clock(plan: Timed, number: int) -> Iterable[str]:
    """Return from which minute to which each row of a variant goes."""
    minutes = [row.minutes[number] for row in plan.rows]
    return [
        f"{end - length}–{end}" if length else "–"
        for length, end in zip(minutes, accumulate(minutes), strict=True)
    ]


def _span(slides: Sequence[int]) -> str:
    first, last = (slides[0], slides[-1]) if slides else ("", "")
    return f"{first}–{last}" if first != last else f"{first}"
