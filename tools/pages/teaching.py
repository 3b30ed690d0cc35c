"""Write the teaching kit's pages from the lessons' metadata and tasks.

Minutes, needs, objectives and known mistakes stand in the lessons. Here they become the syllabi,
one plan a lesson around the hand-written one, and the list of written tasks with what they are
read by: a schedule cannot say something else than the lessons do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from course.checks import Task
from tools.common.errors import UserError
from tools.common.kept import Kept
from tools.common.markdown import table
from tools.common.paths import ROOT
from tools.content.ladder import of_lesson
from tools.content.stage import naming, read, tasks_of
from tools.pages.template import fill

FOLDER = "book/teaching"
PLANS = ROOT / FOLDER / "plans"
NOTEBOOKS = ROOT / "notebooks"
# Played after the lesson that each page links first.
ROLE_PLAYS = ("council", "hearing", "reparations-board")
TIMED = re.compile(r"^- \*\*(\d+)–(\d+)\.\*\*", re.MULTILINE)
LESSON_LINK = re.compile(r"notebooks/(\d\d)-[\w-]+\.ipynb")


def pages(kept: Kept | None = None) -> dict[str, bytes]:
    """Return the generated pages of the kit: path in the staged source and content.

    Parameters
    ----------
    kept
        What the last build read in each lesson.

    Raises
    ------
    UserError
        When a lesson has no plan, or the minutes of a timed plan do not follow each other.
    """
    known = lessons(kept=kept)
    texts = {
        "syllabi.md": syllabi_page(known),
        "generated/written-tasks.md": written_tasks(known),
        "generated/role-plays.md": role_plays_table(role_plays(known)),
    }
    texts |= {f"plan-{lesson.number}.md": plan_page(lesson, known) for lesson in known}
    return {f"{FOLDER}/{name}": f"{text.strip()}\n".encode() for name, text in texts.items()}


# Lessons and role plays --------------------------------------------------------------------------


@dataclass(frozen=True)
class Lesson:
    """What a lesson's metadata say of it, and its tasks."""

    number: str
    slug: str
    title: str
    part: str
    objectives: Sequence[str]
    reading: int
    exercises: int
    needs: Sequence[str]
    new_pandas: Sequence[str]
    content_note: str
    tasks: Sequence[Task]

    @property
    def name(self) -> str:
        """Number and slug, as in the names of its files."""
        return f"{self.number}-{self.slug}"

    @property
    def minutes(self) -> int:
        """Minutes of the session: text and exercises."""
        return self.reading + self.exercises


def lessons(folder: Path = NOTEBOOKS, kept: Kept | None = None) -> list[Lesson]:
    """Return the lessons of a folder of notebooks, in order.

    Parameters
    ----------
    folder
        The folder.
    kept
        What the last build read in each lesson.

    Raises
    ------
    UserError
        When a notebook's metadata lack something or it has no tasks; the message names it.
    """
    kept, found = kept or Kept(), []
    for path in sorted(folder.glob("*.ipynb")):
        with naming(f"notebooks/{path.name}"):
            said = kept.get(f"said {path}", [path.read_bytes()], partial(_said, path))
            found.append(_lesson(said))
    return found


def _said(path: Path) -> dict[str, Any]:
    """Return what a lesson's metadata say of it."""
    said: dict[str, Any] = read(path).metadata["course"]
    return said


def _lesson(course: dict[str, Any]) -> Lesson:
    try:
        return Lesson(
            number=course["number"],
            slug=course["slug"],
            title=course["title"],
            part=course["part"],
            objectives=course["objectives"],
            reading=course["minutes_reading"],
            exercises=course["minutes_exercises"],
            needs=[need[:2] for need in course["needs"]],
            new_pandas=[idiom.name for idiom in of_lesson(course["number"])],
            content_note=course["content_note"],
            tasks=list(tasks_of(course["number"])),
        )
    except KeyError as error:
        raise UserError(f"its metadata `course` lack {error}.") from error


@dataclass(frozen=True)
class RolePlay:
    """A role play: its page, how long it takes, and the lesson it follows."""

    name: str
    title: str
    minutes: int
    after: str
    roles: int


def role_plays(known: Sequence[Lesson], folder: Path = ROOT / FOLDER) -> list[RolePlay]:
    """Return the role plays whose lesson is known, as their pages describe them."""
    numbers = {lesson.number for lesson in known}
    found = []
    for name in ROLE_PLAYS:
        text = (folder / f"{name}.md").read_text("utf-8")
        link = LESSON_LINK.search(text)
        if not link:
            raise UserError(f"{FOLDER}/{name}.md links no lesson; name the one that it follows.")
        if link[1] in numbers:
            title = text.splitlines()[0].removeprefix("# ")
            roles = len(re.findall(r"^## Role sheet \d", text, re.MULTILINE))
            found.append(RolePlay(name, title, minutes_of(text, name), link[1], roles))
    return found


def minutes_of(text: str, name: str) -> int:
    """Return how long a timed plan takes.

    Parameters
    ----------
    text
        A page with a list whose items begin ``- **0–6.**``.
    name
        Its name, for messages.

    Raises
    ------
    UserError
        When there is no such list, or its minutes leave a gap or overlap.
    """
    times = [(int(start), int(end)) for start, end in TIMED.findall(text)]
    if not times:
        raise UserError(f"{name} has no timed plan; write items such as `- **0–6.** Read.`")
    reached = 0
    for start, end in times:
        if start != reached or end <= start:
            raise UserError(
                f"the timed plan of {name} goes to minute {reached}, then says {start}–{end}."
            )
        reached = end
    return reached


# Syllabi -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Item:
    """One thing a class does: a lesson, its text alone, or a role play."""

    label: str
    minutes: int
    lesson: str = ""


@dataclass(frozen=True)
class Syllabus:
    """A way through the lessons.

    Parameters
    ----------
    title
        As on the page.
    sessions
        How many; fewer when there are fewer things to do.
    only
        Numbers of the lessons it takes; all when empty.
    text_alone
        Numbers of the lessons that are read, with their explorers, and whose exercises are not
        done in class.
    plays
        Names of the role plays that take a place of their own.
    """

    title: str
    sessions: int
    only: Sequence[str] = ()
    text_alone: Sequence[str] = ()
    plays: Sequence[str] = ()


SYLLABI = (
    Syllabus("Fourteen weeks", 14),
    Syllabus("Seven double sessions", 7),
    Syllabus(
        "A three-day workshop",
        3,
        text_alone=("02", "03", "08", "12"),
        plays=("hearing",),
    ),
    Syllabus(
        "One class",
        1,
        only=("04",),
    ),
)


def sessions(
    syllabus: Syllabus, known: Sequence[Lesson], plays: Sequence[RolePlay]
) -> list[list[Item]]:
    """Return what each session holds, in the order of the lessons.

    The longest session is as short as the order and the number of sessions allow.
    """
    items = []
    for lesson in known:
        if syllabus.only and lesson.number not in syllabus.only:
            continue
        alone = lesson.number in syllabus.text_alone
        label = f"[{lesson.number}](plan-{lesson.number}.md) {lesson.title}"
        items.append(
            Item(
                f"{label} *(text and explorer)*" if alone else label,
                lesson.reading if alone else lesson.minutes,
                lesson.number,
            )
        )
        items += [
            Item(f"[{play.title}]({play.name}.md)", play.minutes)
            for play in plays
            if play.after == lesson.number and play.name in syllabus.plays
        ]
    return share_out(items, syllabus.sessions)


def share_out(items: Sequence[Item], number: int) -> list[list[Item]]:
    """Cut a sequence into at most `number` runs so that the longest takes least."""
    lengths = [item.minutes for item in items]
    totals = {sum(lengths[i:j]) for i in range(len(items)) for j in range(i + 1, len(items) + 1)}
    for limit in sorted(total for total in totals if total >= max(lengths)):
        runs: list[list[Item]] = [[]]
        for item in items:
            if sum(done.minutes for done in runs[-1]) + item.minutes > limit:
                runs.append([])
            runs[-1].append(item)
        if len(runs) <= number:
            return runs
    return []


def not_taught(done: Sequence[Item], known: Sequence[Lesson]) -> list[Lesson]:
    """Return the lessons that a syllabus needs, directly or through others, and leaves out."""
    by_number = {lesson.number: lesson for lesson in known}
    taught, needed = {item.lesson for item in done if item.lesson}, set()
    waiting = [need for number in taught for need in by_number[number].needs]
    while waiting:
        number = waiting.pop()
        if number not in needed:
            needed.add(number)
            waiting += by_number[number].needs if number in by_number else []
    return [lesson for lesson in known if lesson.number in needed - taught]


def syllabi_page(known: Sequence[Lesson]) -> str:
    """Return the page of syllabi: one table each, the role plays and the lessons."""
    plays = role_plays(known)
    lessons = _table(
        ["Lesson", "Part", "Text", "Exercises", "Needs", "New pandas"],
        [
            [
                f"[{lesson.number}](plan-{lesson.number}.md) {lesson.title}",
                lesson.part,
                lesson.reading,
                lesson.exercises,
                ", ".join(lesson.needs) or "nothing",
                ", ".join(f"`{word}`" for word in lesson.new_pandas) or "none",
            ]
            for lesson in known
        ],
    )
    objectives = (
        f"**{lesson.number}.** "
        + " ".join(lesson.objectives)
        + (" *Has a content note.*" if lesson.content_note else "")
        for lesson in known
    )
    return fill(
        "syllabi",
        schedule={one.title: "\n\n".join(_schedule(one, known, plays)) for one in SYLLABI},
        role_plays=role_plays_table(plays),
        lessons=lessons,
        objectives="\n\n".join(objectives),
    )


def _schedule(syllabus: Syllabus, known: Sequence[Lesson], plays: Sequence[RolePlay]) -> list[str]:
    """Return a syllabus as a table, its total and what it leaves out."""
    runs = sessions(syllabus, known, plays)
    rows = [
        [number, "<br>".join(item.label for item in run), sum(item.minutes for item in run)]
        for number, run in enumerate(runs, 1)
    ]
    total = sum(item.minutes for run in runs for item in run)
    parts = [
        _table(["Session", "What it holds", "Minutes"], rows),
        f"In all {total:,} minutes of class, or {_hours(total)}.",
    ]
    left_out = not_taught([item for run in runs for item in run], known)
    if left_out:
        parts.append(
            "Not taught here, though what is taught builds on it. Have the text read before, or "
            "say in five minutes what the class needs of it:"
        )
        parts.append(
            "\n".join(
                f"- [{lesson.number}](../../notebooks/{lesson.name}.ipynb): "
                + " ".join(lesson.objectives)
                for lesson in left_out
            )
        )
    return parts


def _hours(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    words = [f"{hours} hour{'s' * (hours != 1)}"] if hours else []
    return " ".join(words + ([f"{rest} minutes"] if rest else []))


def role_plays_table(plays: Sequence[RolePlay]) -> str:
    """Return the role plays as a table."""
    return _table(
        ["Role play", "After lesson", "Minutes", "Role sheets"],
        [
            [f"[{play.title}]({play.name}.md)", play.after, play.minutes, play.roles]
            for play in plays
        ],
    )


def _table(head: Sequence[object], rows: Sequence[Sequence[object]]) -> str:
    return f"```{{table}}\n:class: schedule\n\n{table(head, rows)}\n```"


# Plans -------------------------------------------------------------------------------------------


def plan_text(lesson: Lesson, folder: Path = PLANS) -> str:
    """Return the hand-written plan of a lesson; raises UserError when there is none."""
    path = folder / f"{lesson.name}.md"
    if not path.exists():
        raise UserError(
            f"lesson {lesson.number} has no teaching plan; write {FOLDER}/plans/{lesson.name}.md "
            "after the example of another one there."
        )
    # the page stands one folder higher than the plan
    return path.read_text("utf-8").replace("](../", "](").strip()


def plan_page(lesson: Lesson, known: Sequence[Lesson], folder: Path = PLANS) -> str:
    """Return the page of a plan: head, hand-written plan, known mistakes."""
    numbers = {other.number for other in known}
    notebook, exercise = f"notebooks/{lesson.name}.ipynb", f"exercises/{lesson.name}.ipynb"
    needs = [f"[{need}](plan-{need}.md)" if need in numbers else need for need in lesson.needs]
    text = plan_text(lesson, folder)
    minutes_of(text, f"plans/{lesson.name}.md")
    head = [
        f"# Plan {lesson.number}: {lesson.title}",
        "\n".join(
            [
                f"- **Open:** [the lesson](../../{notebook}), [the exercise](../../{exercise}), "
                f'<a href="../../slides/{lesson.name}.html">its slides</a>',
                f"- **Part:** {lesson.part}",
                f"- **Session:** {lesson.minutes} minutes ({lesson.reading} with the text, "
                f"{lesson.exercises} with the exercise)",
                f"- **Needs:** {', '.join(needs) or 'nothing'}",
                "- **New pandas:** "
                + (", ".join(f"`{word}`" for word in lesson.new_pandas) or "none"),
                "- **Core tasks:** " + _titles(task for task in lesson.tasks if task.core),
                "- **Go further:** " + _titles(task for task in lesson.tasks if not task.core),
            ]
        ),
        "Afterwards students can:",
        "\n".join(f"- {objective}" for objective in lesson.objectives),
    ]
    if lesson.content_note:
        note = lesson.content_note.replace("](../", "](../../")  # written for the lesson's folder
        head.append(f"**Content note of the lesson.** {note}")
    return "\n\n".join([*head, text, mistakes(lesson)])


def _titles(tasks: Iterable[Task]) -> str:
    return "; ".join(f"{task.id} {task.title}" for task in tasks) or "none"


def mistakes(lesson: Lesson) -> str:
    """Return the mistakes that a lesson's checks know, with what they say to each."""
    parts = [
        "## Common misunderstandings",
        "Each check knows these mistakes by the value that they give, and answers as below; it "
        "never says the answer. Read them before class: they are what students will think. The "
        f"solutions open in [the exercise](../../exercises/{lesson.name}.ipynb) itself, behind "
        "**Show solution** under each task.",
    ]
    for task in lesson.tasks:
        mark = "core" if task.core else "go further"
        parts.append(f"**{task.id} {task.title}** · {mark} · {task.expects}")
        if task.misconceptions:
            parts.append("\n".join(f"- *{name}*: {message}" for name, message in distinct(task)))
        if task.rubric:
            parts += ["It is read by these lines:", "\n".join(f"- {line}" for line in task.rubric)]
    return "\n\n".join(parts)


def distinct(task: Task) -> list[tuple[str, str]]:
    """Return name and message of each mistake, without those that only join two others."""
    known = [(known.name, known.message) for known in task.misconceptions]
    return [
        (name, message)
        for name, message in known
        if not any(other != message and other in message for _, other in known)
    ]


# Rubrics -----------------------------------------------------------------------------------------


def written_tasks(known: Sequence[Lesson]) -> str:
    """Return each lesson's written task with its length and the lines it is read by."""
    parts = []
    for lesson in known:
        for task in lesson.tasks:
            if task.rubric:
                low, high = task.words
                length = f" ({low} to {high} words)" if task.answer == "text" else ""
                parts.append(
                    f"**[{task.id}](../../exercises/{lesson.name}.ipynb) {task.title}**{length}"
                )
                parts.append("\n".join(f"- {line}" for line in task.rubric))
    return "\n\n".join(parts)
