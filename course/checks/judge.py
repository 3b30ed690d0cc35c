"""Judge an answer: its form, its values, and the sentence that gets somebody on."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import replace

from course.checks.compare import Found, compare, near, rounded
from course.checks.form import Form, Gaps, Problem, Rows, expected, form, read, word
from course.checks.say import Judged, Verdict, figure, listed, named, short, shown
from course.checks.task import Misconception, Task
from course.checks.text import COMPLETE, judge_text
from course.wording import say

KINDS: dict[str, Judged] = {"text": "judgement", "brief": "brief"}
ROUGHLY_SAME = 1e-6  # what a rounding to six places leaves


class Tasks:
    """The tasks of one lesson, in order.

    Parameters
    ----------
    lesson
        Two digits, ``"04"``.
    tasks
        The tasks of the exercise; their ids start with the lesson.
    turns
        The *Your turn* cells of the lesson, ``"04.t1"``. They are checked as tasks are and count
        for nothing, so whoever goes through the tasks does not meet them.
    """

    def __init__(self, lesson: str, tasks: Sequence[Task], turns: Sequence[Task] = ()):
        self.lesson = lesson
        self.turns = tuple(turns)
        self._tasks = tuple(tasks)
        self.by_id = {task.id: task for task in (*tasks, *turns)}

    def __iter__(self) -> Iterator[Task]:
        return iter(self._tasks)

    def kept(self) -> Tasks:
        """Return the same tasks, each of whose values is computed once, when it is needed."""

        def once(task: Task) -> Task:
            known = [replace(m, value=functools.cache(m.value)) for m in task.misconceptions]
            return replace(
                task,
                misconceptions=known,
                reference=functools.cache(task.reference),
                mentions=functools.cache(task.mentions),
            )

        return Tasks(self.lesson, [*map(once, self)], [*map(once, self.turns)])

    def prepare(self, task_id: str) -> None:
        """Compute what a check of a task needs; of use where the values are kept."""
        task = self.by_id[task_id]
        if task.answer == "text":
            task.mentions()
        elif task.answer != "brief":
            _mistakes(task, task.reference())

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
        if not isinstance(task_id, str) or task_id not in self.by_id:
            return self._unknown(task_id, answer)
        task = self.by_id[task_id]
        kind = KINDS.get(task.answer, "computed")
        try:
            verdict = _judge(task, answer)
        except Problem as problem:
            verdict = Verdict(problem.status, str(problem), open=isinstance(problem, Rows))
        except Exception:  # whatever a student's object does, the answer is a message
            verdict = Verdict(
                "wrong",
                say(
                    "This {type} could not be read. {expected}",
                    type=type(answer).__name__,
                    expected=expected(task),
                ),
            )
        if verdict.status == "wrong" and kind != "computed":
            verdict = replace(verdict, status="not yet")
        after = self._after(task) if verdict.status == "right" else None
        return replace(verdict, id=task.id, kind=kind, next=after)

    def _after(self, task: Task) -> Task | None:
        """Return the task that comes after one, if any."""
        ids = [one.id for one in self]
        if task.id not in ids:  # a turn: the text goes on
            return None
        following = ids[ids.index(task.id) + 1 :]
        return self.by_id[following[0]] if following else None

    def _unknown(self, task_id: object, answer: object) -> Verdict:
        if isinstance(answer, str) and answer in self.by_id:
            return Verdict(
                "wrong",
                say('The number of the task comes first: `check("{id}", …)`.', id=answer),
            )
        given = repr(short(task_id)) if isinstance(task_id, str) else type(task_id).__name__
        return Verdict(
            "wrong",
            say(
                "There is no task {given} here. The tasks are {ids}.",
                given=given,
                ids=", ".join(self.by_id),
            ),
        )


def _judge(task: Task, answer: object) -> Verdict:
    if answer is ...:
        return Verdict("not yet", "Replace the `...` with your answer, then check again.")
    if task.answer == "text":
        return judge_text(task, answer)
    if task.answer == "brief":
        return _judge_brief(task, answer)
    reference = task.reference()
    right = form(task, reference)
    try:
        given = form(task, answer, reference)
    except Rows:
        if mistake := _of_other_rows(task, answer):
            return Verdict("wrong", mistake.message, mistake=mistake.name)
        raise
    except Gaps as gaps:
        verdict = _compared(task, gaps.rest, right, reference)
        if verdict.status == "right":  # nothing else is wrong
            raise
        return replace(verdict, message=f"{verdict.message} Besides: {gaps}")
    return _compared(task, given, right, reference)


def _compared(task: Task, given: Form, right: Form, reference: object) -> Verdict:
    """Judge the values of an answer that has the right labels."""

    @functools.cache
    def mistakes() -> list[tuple[Misconception, Form]]:
        return _mistakes(task, reference)

    right = read(right, right)
    given = read(given, right, lambda: _words(task, right, mistakes()))
    found = compare(task, given, right, mistakes)
    if found.right:
        return Verdict("right", _praise(task, given, right), answer=shown(task, reference))
    early = _all_early(found, given, right)
    known = found.mistake or found.slip or found.fitting or early
    told = found.mistake and (found.whole or not (found.slip or early))
    name = found.mistake.name if found.mistake and told else ""
    return Verdict("wrong", _explain(task, found, given, right), open=not known, mistake=name)


def _mistakes(task: Task, reference: object) -> list[tuple[Misconception, Form]]:
    """Return the known mistakes that have the form of the answer, with their values."""
    found = []
    for mistake in task.misconceptions:
        try:
            value = form(task, mistake.value(), reference)
            found.append((mistake, read(value, value)))
        except Problem:  # of another form, so no answer that gets here is like it
            continue
    return found


def _of_other_rows(task: Task, answer: object) -> Misconception | None:
    """Return the known mistake that gives just these values for just these other rows."""
    for mistake in task.misconceptions:
        value = mistake.value()
        try:
            made = form(task, value)
            given = form(task, answer, value)
            made, given = read(made, made), read(given, made)
        except Problem:
            continue
        if all(near(given[label], made[label], task.tolerance) for label in made):
            return mistake
    return None


def _words(task: Task, right: Form, known: list[tuple[Misconception, Form]]) -> dict[str, str]:
    """Return the words that an answer may hold, by their plain spelling."""
    if task.choices:
        return {word(choice): choice for choice in task.allowed}
    forms = [right, *(value for _, value in known)]
    words = {value for one in forms for value in one.values() if isinstance(value, str)}
    return {value: value for value in sorted(words)}


# What is said ----------------------------------------------------------------------------------


def _on(task: Task, said: str) -> str:
    """Return what is said of a task behind its title, which may be a question."""
    form = "{title} Yes, {said}" if task.title.endswith("?") else "{title}: {said}"
    return say(form, title=task.title, said=said)


def _praise(task: Task, given: Form, right: Form) -> str:
    if any(isinstance(value, (str, bool)) for value in right.values()):
        said = "this is it." if len(right) == 1 else say("all {n} fit.", n=len(right))
        return _on(task, said)
    message = _on(task, "as computed by the course.")
    if any(not near(given[x], right[x], ROUGHLY_SAME) for x in right):
        message += " You rounded; keep the decimals until you print."
    return message


SLIPS = {
    100: "A hundred times too large: a percentage where a fraction is asked?",
    0.01: "A hundred times too small: a fraction where a percentage is asked?",
    1000: "A thousand times too large: look at the unit.",
    0.001: "A thousand times too small: look at the unit, or at a point in a number: Python reads "
    "it as a decimal point.",
    -1: "The sign is the wrong way round: what is subtracted from what?",
}


def _explain(task: Task, found: Found, given: Form, right: Form) -> str:
    """Return how many values fit, where to look first, and what the mistake is if it is known."""
    if found.mistake and found.whole:
        return found.mistake.message
    count = ""
    if found.fitting:
        count = say("{n} of {total} fit.", n=len(found.fitting), total=len(right))
    if found.slip:
        slip = say("{slip} {expected}", slip=SLIPS[found.slip], expected=expected(task))
        return " ".join(filter(None, [count, slip]))
    if _all_early(found, given, right):
        return (
            "Nearly: this is rounded too early. Keep all the decimals of every step, and round "
            "only what you print."
        )
    if found.mistake:
        return " ".join(filter(None, [count, found.mistake.message, _besides(found, right)]))
    values = [x for x in found.wrong if isinstance(given[x], float) and isinstance(right[x], str)]
    if values:
        return say(
            "At {label} stands a number, {given}, and a word is asked for: the label of a value, "
            "and not the value itself.",
            label=short(values[0]),
            given=f"{given[values[0]]:.4g}",
        )
    if count:
        return " ".join([count, _where(found, right), expected(task)]).replace("  ", " ")
    hint = " Open a hint below the question." if task.hints else ""
    if len(right) > 1:
        return say("None of the values fits. {expected}{hint}", expected=expected(task), hint=hint)
    (own,) = given.values()
    return say(
        "Not the value that the course computes: yours is {own}. {expected}{hint}",
        own=figure(own) if isinstance(own, float) else short(own),
        expected=expected(task),
        hint=hint,
    )


def _all_early(found: Found, given: Form, right: Form) -> bool:
    """Whether all that is wrong is rounded too early.

    Of several values one may be so small that its rounding moves it far.
    """
    early = sum(_early(given[x], right[x]) for x in found.wrong)
    return 2 * early > len(found.wrong) and all(rounded(given[x], right[x]) for x in found.wrong)


def _early(given: object, right: object) -> bool:
    """Whether a value is the right one but for a rounding that goes too far."""
    if not isinstance(given, float) or not isinstance(right, float):
        return False
    return rounded(given, right) and abs(given - right) < 0.25 * abs(right)


def _besides(found: Found, right: Form) -> str:
    """Say that more is wrong than the mistake explains, and where unless that is the answer."""
    if not found.rest:
        return ""
    if not _where(found, right):
        return say("More is wrong than that.")
    return say("Then look at {labels}.", labels=listed(found.rest))


def _where(found: Found, right: Form) -> str:
    """Say where to look first, unless that would be the answer: of two words it is the other."""
    values = {value for value in right.values() if isinstance(value, (str, bool))}
    if values and len(values) < 3:
        return ""
    return say("Look first at {label}.", label=listed(found.wrong[:1]))


# A brief ---------------------------------------------------------------------------------------


def _judge_brief(task: Task, answer: object) -> Verdict:
    """Judge the form of a brief: the first open point is the message, the others follow it."""
    from course.brief import findings, is_empty  # which reads texts as this package does

    if not isinstance(answer, dict):
        raise Problem(
            say("This is {type}. {expected}", type=named(answer), expected=expected(task))
        )
    if is_empty(answer):
        return Verdict("not yet", "Fill in the parts of the brief, then check again.")
    if found := findings(answer):
        return Verdict("not yet", found[0], tuple(found[1:]))
    return Verdict("right", COMPLETE, tuple(task.rubric))
