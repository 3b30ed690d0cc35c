"""Write the page of syllabi from ``book/teaching/syllabi.toml``, the plans and the lessons.

The file says what each meeting holds and what is due. Minutes, homework, readings and the content
notes to read out come from the plans and the lessons, so that a week cannot promise more than its
class has.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from tools.common.errors import UserError
from tools.common.kept import Kept
from tools.common.paths import ROOT
from tools.pages.hours import FEEDBACK, WRITTEN, Length, at_home, known, lengths, of_week
from tools.pages.paper import MINUTES
from tools.pages.teaching import (
    FOLDER,
    Lesson,
    RolePlay,
    lessons,
    plan_of,
    role_plays,
    role_plays_table,
    schedule,
)
from tools.pages.template import fill
from tools.pages.timed import Timed

SOURCE = ROOT / FOLDER / "syllabi.toml"


@dataclass(frozen=True)
class Meeting:
    """What one meeting of a class holds.

    Parameters
    ----------
    lessons
        Numbers of the lessons that are taught; with ``text`` behind it (``02 text``) a lesson is
        taught without its tasks.
    home
        Numbers of the lessons that are read at home before.
    plays
        Names of role plays.
    other
        What else is done, each with its minutes, or with what kind of writing on paper it is.
    due
        What is handed in when the meeting begins, beside the tasks of the meeting before.
    covers
        Numbers of the lessons that ``other`` stands for.
    done
        Numbers of the lessons read at home whose tasks are done at home too.
    written
        How many written tasks are handed in.
    paper, brief
        Whether a task is written here on paper, and whether the brief has been sent.
    """

    lessons: Sequence[str] = ()
    home: Sequence[str] = ()
    plays: Sequence[str] = ()
    other: Sequence[tuple[str, int | str]] = ()
    due: str = ""
    covers: Sequence[str] = ()
    done: Sequence[str] = ()
    written: int = 0
    paper: bool = False
    brief: bool = False

    @property
    def texts(self) -> list[str]:
        """Numbers of the lessons whose text is read before it."""
        return [*self.home, *(entry[:2] for entry in self.lessons)]

    @property
    def worked(self) -> list[str]:
        """Numbers of the lessons that are taught with their tasks."""
        return [entry for entry in self.lessons if len(entry) == 2]

    @property
    def numbers(self) -> list[str]:
        """Numbers of the lessons that a class has had after it, at home or here."""
        return [*self.home, *self.covers, *(entry[:2] for entry in self.lessons)]


@dataclass(frozen=True)
class Syllabus:
    """A way through the lessons.

    Parameters
    ----------
    title, unit
        Its name, and what a meeting is called.
    most, variant
        How long a meeting is at most, and which column of the plans it takes.
    meetings
        What each holds.
    homework, code
        Whether anything is done at home, and whether students write code.
    works
        How many works of the reading list a student reads, chosen from those proposed.
    brief, brief_over
        Minutes for the brief, none without one; over how many meetings up to the one for which it
        is due they are spread.
    after, written_after
        What is handed in a week after the last meeting, and how many written tasks of it.
    """

    title: str
    unit: str
    most: int
    variant: int
    meetings: Sequence[Meeting]
    homework: bool = True
    code: bool = True
    works: int = 0
    brief: int = 0
    brief_over: int = 1
    after: str = ""
    written_after: int = 0


@dataclass(frozen=True)
class Course:
    """All that syllabi are made of."""

    lessons: Mapping[str, Lesson]
    plans: Mapping[str, Timed]
    plays: Mapping[str, RolePlay]
    readings: Mapping[str, str]
    syllabi: Sequence[Syllabus]
    takes: Mapping[str, Length]

    def tasks_at_home(self, number: str, syllabus: Syllabus, *, at_home: bool) -> int:
        """Return the minutes of a lesson's core tasks that are done at home."""
        plan = self.plans[number]
        here = {} if at_home else plan.tasks(variant(plan, syllabus.variant))
        return sum(length for task, length in plan.tasks().items() if task not in here)

    @cached_property
    def order(self) -> list[str]:
        """Numbers of the lessons, in order."""
        return list(self.lessons)


def pages(kept: Kept | None = None) -> dict[str, bytes]:
    """Return the page of syllabi: its path in the staged source, and its content."""
    return {f"{FOLDER}/syllabi.md": page(course(lessons(kept=kept), kept=kept)).encode()}


def course(known: Sequence[Lesson], source: Path = SOURCE, kept: Kept | None = None) -> Course:
    """Return the syllabi and what they name.

    Raises
    ------
    UserError
        When a syllabus names a lesson or a role play that does not exist.
    """
    said = tomllib.loads(source.read_text("utf-8"))
    plays = {play.name: play for play in role_plays(known)}
    found = Course(
        lessons={lesson.number: lesson for lesson in known},
        plans={lesson.number: plan_of(lesson) for lesson in known},
        plays=plays,
        readings=said["readings"],
        syllabi=[_syllabus(one) for one in said["syllabus"]],
        takes=lengths(kept or Kept()),
    )
    for syllabus in found.syllabi:
        for meeting in syllabus.meetings:
            missing = set(meeting.numbers) - set(found.lessons)
            if missing := missing | (set(meeting.plays) - set(plays)):
                raise UserError(f"{syllabus.title}: there is no {', '.join(sorted(missing))}.")
    return found


def _syllabus(said: dict[str, Any]) -> Syllabus:
    meetings = [Meeting(**one) for one in said.pop("meeting")]
    return Syllabus(meetings=meetings, **said)


def variant(plan: Timed, minutes: int) -> int:
    """Return the number of a plan's longest variant that takes at most so many minutes."""
    fitting = [number for number, length in enumerate(plan.lengths) if length <= minutes]
    return max(fitting, default=0)


def items(meeting: Meeting, syllabus: Syllabus, course: Course) -> list[tuple[str, int]]:
    """Return what is done in a meeting, each with its minutes."""
    found = []
    for entry in meeting.lessons:
        number, _, text = entry.partition(" ")
        plan = course.plans[number]
        label = f"[{number}](plan-{number}.md) {course.lessons[number].title}"
        minutes = plan.rest if text else plan.lengths[variant(plan, syllabus.variant)]
        found.append((f"{label} *(without the tasks)*" if text else label, minutes))
    for name in meeting.plays:
        play = course.plays[name]
        length = play.plan.lengths[variant(play.plan, syllabus.variant)]
        found.append((f"[{play.title}]({name}.md)", length))
    return found + [
        (label, MINUTES[kind] if isinstance(kind, str) else kind) for label, kind in meeting.other
    ]


def minutes_of(meeting: Meeting, syllabus: Syllabus, course: Course) -> int:
    """Return how long a meeting takes, without breaks."""
    return sum(minutes for _, minutes in items(meeting, syllabus, course))


def hours_by_kind(syllabus: Syllabus, course: Course) -> dict[str, float]:
    """Return the hours of a student in a way through the course, by kinds of work."""
    each, meetings = known()["each"], syllabus.meetings
    spent: dict[str, float] = {
        "Class": sum(minutes_of(meeting, syllabus, course) for meeting in meetings)
    }
    for number, _ in enumerate(meetings):
        for kind, length in at_home(number, syllabus, course).items():
            spent[kind] = spent.get(kind, 0) + length
    spent[WRITTEN] += syllabus.written_after * each["written"]
    spent[FEEDBACK] += syllabus.written_after * each["feedback"]
    spent[f"Works of the reading list ({syllabus.works})"] = syllabus.works * each["work"]
    if syllabus.brief:
        spent["The brief, mended after the review and defended"] = each["defence"]
        spent[FEEDBACK] += each["feedback"]
    return {kind: length / 60 for kind, length in spent.items() if length}


def tasks_left(meeting: Meeting, syllabus: Syllabus, course: Course) -> list[str]:
    """Return the core tasks that a meeting's lessons leave for home."""
    left = []
    for number in meeting.lessons if syllabus.homework else ():
        if number in course.lessons:  # and not its text alone
            plan = course.plans[number]
            done = plan.tasks(variant(plan, syllabus.variant))
            core = [task.id for task in course.lessons[number].tasks if task.core]
            left += [task for task in core if task not in done]
    return left


def notes_of(meeting: Meeting, course: Course) -> list[str]:
    """Return links to the content notes that must be heard before a meeting."""
    noted = [f"[{n}](plan-{n}.md)" for n in meeting.numbers if course.lessons[n].content_note]
    return noted + [f"[{course.plays[name].title}]({name}.md)" for name in meeting.plays]


def not_taught(syllabus: Syllabus, course: Course) -> list[str]:
    """Return the lessons that a syllabus needs before it has them, in class or at home."""
    had: set[str] = set()
    missing: set[str] = set()
    for meeting in syllabus.meetings:
        for number in meeting.numbers:
            missing |= set(course.lessons[number].needs) - had
            had.add(number)
    return [number for number in course.order if number in missing]


def page(course: Course) -> str:
    """Return the page of syllabi: a table each, the role plays and the lessons."""
    return fill(
        "syllabi",
        schedule={one.title: _schedule(one, course) for one in course.syllabi},
        role_plays=role_plays_table(list(course.plays.values())),
        lessons=_lessons(course),
        objectives="\n\n".join(
            f"**{lesson.number}.** {' '.join(lesson.objectives)}"
            + (" *Has a content note.*" if lesson.content_note else "")
            for lesson in course.lessons.values()
        ),
    )


def _schedule(syllabus: Syllabus, course: Course) -> str:
    """Return a syllabus as a table, its total and what it leaves out."""
    rows = []
    for number, meeting in enumerate(syllabus.meetings, 1):
        after = syllabus.meetings[number] if number < len(syllabus.meetings) else None
        before = syllabus.meetings[number - 2] if number > 1 else None
        held = [f"{label} ({minutes})" for label, minutes in items(meeting, syllabus, course)]
        due = [meeting.due] if meeting.due else []
        if before and (left := tasks_left(before, syllabus, course)):
            due.insert(0, f"tasks {', '.join(left)}")
        rows.append(
            [
                number,
                "<br>".join(held) or "no class",
                minutes_of(meeting, syllabus, course),
                "<br>".join(_reading(meeting, syllabus, course)) or "nothing new",
                "; ".join(due) or "nothing",
                f"{of_week(number - 1, syllabus, course):.1f}" if syllabus.homework else "0",
                ", ".join(notes_of(after, course) if after else []) or "none",
            ]
        )
    head = [
        syllabus.unit,
        "In class (minutes)",
        "Sum",
        "Read before",
        "Due when it begins",
        "Hours at home before",
    ]
    total = sum(row[2] for row in rows if isinstance(row[2], int))
    parts = [
        schedule([*head, "Content note to read out at its end"], rows),
        f"In all {total:,} minutes of class, or {hours(total)}, without breaks.",
        *([_home(syllabus, course)] if syllabus.homework else []),
    ]
    if first := notes_of(syllabus.meetings[0], course):
        parts.append(f"Send with the invitation: the content note of {', '.join(first)}.")
    if left_out := not_taught(syllabus, course):
        names = ", ".join(f"[{number}](plan-{number}.md)" for number in left_out)
        parts.append(
            f"What is taught builds also on {names}, which this way leaves out. Say in five "
            "minutes what the class needs of each: its objectives stand at the end of this page."
        )
    return "\n\n".join(parts)


def _home(syllabus: Syllabus, course: Course) -> str:
    """Return what a student does at home, in hours."""
    unit = syllabus.unit.lower()
    weeks = [of_week(number, syllabus, course) for number, _ in enumerate(syllabus.meetings)]
    most = max(range(len(weeks)), key=weeks.__getitem__)
    said = (
        f"At home {sum(weeks) / len(weeks):.1f} hours before a {unit} on average, "
        f"at most {weeks[most]:.1f}, before {unit} {most + 1}."
    )
    if syllabus.after:
        said = f"A week after the last {unit}: {syllabus.after}. {said}"
    if syllabus.works:
        said += (
            f" Of the works above each student chooses {syllabus.works}, about "
            f"{known()['each']['work'] / 60:.0f} hours each; they are not in the column."
        )
    return f"{said} With class and all, {sum(hours_by_kind(syllabus, course).values()):.0f} hours."


def _reading(meeting: Meeting, syllabus: Syllabus, course: Course) -> list[str]:
    """Return what is read before a meeting: lessons, and a work for each."""
    found = []
    for number in meeting.home:
        lesson = course.lessons[number]
        found.append(f"[Lesson {number}](../../notebooks/{lesson.name}.ipynb), with its explorer")
    works = [f"{{cite:t}}`{course.readings[number]}`" for number in meeting.texts]
    works = works if syllabus.works or not syllabus.homework else []
    return found + ([f"One of: {', '.join(works)}"] if len(works) > 1 else works)


def hours(minutes: int) -> str:
    """Return minutes in hours and minutes, in words."""
    whole, rest = divmod(minutes, 60)
    words = [f"{whole} hour{'s' * (whole != 1)}"] if whole else []
    return " ".join(words + ([f"{rest} minutes"] if rest else []))


def _lessons(course: Course) -> str:
    return schedule(
        ["Lesson", "Part", "Without tasks", "Three core tasks", "Needs", "New pandas"],
        [
            [
                f"[{lesson.number}](plan-{lesson.number}.md) {lesson.title}",
                lesson.part,
                course.plans[lesson.number].rest,
                sum(course.plans[lesson.number].tasks().values()),
                ", ".join(lesson.needs) or "nothing",
                ", ".join(f"`{word}`" for word in lesson.new_pandas) or "none",
            ]
            for lesson in course.lessons.values()
        ],
    )
