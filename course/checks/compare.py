"""Compare an answer with the right one and with the known mistakes, value by value."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from course.checks.form import Form
from course.checks.task import Misconception, Task

SAME = 1e-9  # relative distance that only floating point makes
ROUTE = 0.1  # part of a task's tolerance within which another order of rounding is the same route


def same(given: object, right: object) -> bool:
    """Whether two values are equal but for floating point."""
    if isinstance(given, float) and isinstance(right, float):
        return abs(given - right) <= SAME * max(1, abs(right))
    return type(given) is type(right) and given == right


def rounded(given: object, right: object) -> bool:
    """Whether a number is another one, rounded to the places that it shows."""
    if not isinstance(given, float) or not isinstance(right, float) or not given:
        return False
    exponent = Decimal(repr(given)).as_tuple().exponent
    places = max(0, -exponent) if given % 1 and isinstance(exponent, int) else 0
    # a half may be rounded either way
    return abs(given - right) <= 0.5 * 10.0**-places * (1 + 1e-9)


def near(given: object, right: object, tolerance: float) -> bool:
    """Whether a value is the right one, as it is, rounded, or on a route with a rounding in it."""
    if same(given, right):
        return True
    if not isinstance(given, float) or not isinstance(right, float) or not right % 1:
        return False  # whole numbers are exact
    away = abs(given - right) / abs(right)
    return away <= tolerance * ROUTE or (away <= tolerance and rounded(given, right))


def fits(given: object, right: object, rivals: Iterable[object], tolerance: float) -> bool:
    """Whether a value is right: near, and nearer than it is to the value of any mistake."""
    if not near(given, right, tolerance):
        return False
    if same(given, right) or not isinstance(given, float) or not isinstance(right, float):
        return True
    away = abs(given - right)
    others = [r for r in rivals if isinstance(r, float) and not same(r, right)]
    return all(away < abs(given - rival) for rival in others)


@dataclass(frozen=True)
class Found:
    """What a comparison found."""

    fitting: Sequence[Hashable]
    wrong: Sequence[Hashable]
    mistake: Misconception | None = None
    whole: bool = False  # whether the mistake explains the whole answer
    slip: float | None = None  # the factor by which all that is wrong is off
    rest: Sequence[Hashable] = ()  # what is wrong and not by the mistake

    @property
    def right(self) -> bool:
        """Whether nothing is wrong."""
        return not self.wrong


#: The factors by which an answer may be off, in the order in which they are looked for.
SLIPS = (100, 0.01, 1000, 0.001, -1)


def compare(task: Task, given: Form, right: Form, mistakes: Callable[[], list[Any]]) -> Found:
    """Compare an answer with the reference and, where it differs, with the known mistakes.

    Parameters
    ----------
    mistakes
        Returns the task's misconceptions, each with its form; asked only when it matters.
    """
    if all(same(given[label], right[label]) for label in right):
        return Found(list(right), [])
    known = mistakes()
    fitting: list[Hashable] = []
    wrong: list[Hashable] = []
    for label in right:
        rivals = [value[label] for _, value in known]
        ok = fits(given[label], right[label], rivals, task.tolerance)
        (fitting if ok else wrong).append(label)
    if not wrong:
        return Found(fitting, wrong)
    # A known mistake says more than its unit does.
    for mistake, value in known:
        if all(_like(given[x], value[x], right[x], task.tolerance) for x in right):
            return Found(fitting, wrong, mistake, whole=True)
    mistake, rest = _partly(task, given, right, wrong, known)
    for factor in () if fitting and mistake else SLIPS:
        if all(_off(given[x], right[x], factor, task.tolerance) for x in wrong):
            return Found(fitting, wrong, slip=factor)
    return Found(fitting, wrong, mistake, rest=rest)


def _like(given: object, mistake: object, right: object, tolerance: float) -> bool:
    """Whether a value is that of a mistake, and no nearer to the right one."""
    if not near(given, mistake, tolerance):
        return False
    if same(given, mistake) or same(mistake, right):
        return True
    if not (isinstance(given, float) and isinstance(mistake, float) and isinstance(right, float)):
        return True
    return abs(given - mistake) <= abs(given - right)


def _off(given: object, right: object, factor: float, tolerance: float) -> bool:
    return isinstance(right, float) and near(given, right * factor, tolerance)


def _partly(
    task: Task, given: Form, right: Form, wrong: Sequence[Hashable], known: list[Any]
) -> tuple[Misconception | None, list[Hashable]]:
    """Return the mistake behind some of the wrong values, if it was made, and the other wrong ones.

    Either all the values that a mistake changes are as it makes them, or most of them are and
    nothing else is wrong.
    """
    best, most, rest = None, 0, list(wrong)
    for mistake, value in known:
        changed = [x for x in right if not same(value[x], right[x])]
        made = [x for x in wrong if x in changed and near(given[x], value[x], task.tolerance)]
        everywhere = len(made) == len(changed)
        only = len(made) == len(wrong) and 2 * len(made) > len(changed)
        if made and (everywhere or only) and len(made) > most:
            best, most, rest = mistake, len(made), [x for x in wrong if x not in made]
    return best, rest
