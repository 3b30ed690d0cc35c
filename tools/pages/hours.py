"""Reckon the hours of a student, meeting by meeting, from the lessons, plans and syllabi.

What comes from a lesson is reckoned; what one piece of work takes is assumed in ``outcomes.toml``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tools.common.kept import Kept
from tools.common.paths import ROOT, exercises, is_written
from tools.content.reading import MINUTES_AN_EXPLORER, WORDS_A_MINUTE, Minutes, minutes, words
from tools.content.stage import read, tasks_of

if TYPE_CHECKING:
    from tools.pages.syllabi import Course, Syllabus

SOURCE = ROOT / "book" / "teaching" / "outcomes.toml"
TEXT = "Text read before the class"
CORE = "Core tasks at home"
OTHERS = "Tasks after the core, first drafts of written tasks"
WRITTEN = "Written tasks handed in"
FEEDBACK = "Feedback read and answered"
PAPER = "The task on paper in class, prepared"
PLAYS = "Role plays prepared"
BRIEF = "The brief"
REVIEW = "Another's brief, read before the peer review"


@cache
def known() -> dict[str, Any]:
    """Return what ``outcomes.toml`` holds."""
    found: dict[str, Any] = tomllib.loads(SOURCE.read_text("utf-8"))
    return found


@dataclass(frozen=True)
class Length:
    """What a lesson takes one reader.

    Parameters
    ----------
    card
        What its card says.
    text
        Minutes for its text and its explorer, without the code.
    """

    card: Minutes
    text: int


def lengths(kept: Kept) -> dict[str, Length]:
    """Return what each lesson takes, once it is written; only one that has changed is read."""
    lessons = [ROOT / "notebooks" / path.name for path in exercises() if is_written(path)]
    pairs = [(path, ROOT / "exercises" / path.name) for path in lessons]
    return {
        lesson.stem[:2]: kept.get(
            f"length {lesson.stem}",
            [lesson.read_bytes(), exercise.read_bytes()],
            partial(length, lesson, exercise),
        )
        for lesson, exercise in pairs
    }


def length(lesson: Path, exercise: Path) -> Length:
    """Return what a lesson and its exercise take."""
    text = read(lesson)
    reading = words(text, core=True) / WORDS_A_MINUTE + MINUTES_AN_EXPLORER
    return Length(minutes(text, read(exercise), tasks_of(lesson.stem[:2])), round(reading))


def at_home(number: int, syllabus: Syllabus, course: Course) -> Mapping[str, float]:
    """Return the minutes of each kind of work between a meeting and the one before it.

    Parameters
    ----------
    number
        The meeting, counted from 0.
    syllabus, course
        The way through the course, and all that it is made of.
    """
    each, takes = known()["each"], course.takes
    meeting = syllabus.meetings[number]
    before = syllabus.meetings[number - 1] if number else None
    texts = [one for one in meeting.texts if one in takes]
    done = [*meeting.done, *(before.worked if before and syllabus.homework else ())]
    core = sum(course.tasks_at_home(one, syllabus, at_home=one in meeting.done) for one in done)
    spent = {
        TEXT: sum(takes[one].card.reading if syllabus.code else takes[one].text for one in texts),
        CORE: core,
        OTHERS: sum(takes[one].card.others for one in done if one in takes),
        WRITTEN: meeting.written * each["written"],
        FEEDBACK: meeting.written * each["feedback"],
        PAPER: meeting.paper * each["paper_prepared"],
        PLAYS: len(meeting.plays) * each["play_prepared"],
        BRIEF: syllabus.brief / syllabus.brief_over if _is_written(number, syllabus) else 0,
        REVIEW: meeting.brief * each["review"],
    }
    return spent if syllabus.homework else dict.fromkeys(spent, 0)


def _is_written(number: int, syllabus: Syllabus) -> bool:
    """Whether the brief is being written before this meeting."""
    ahead = syllabus.meetings[number : number + syllabus.brief_over]
    return any(meeting.brief for meeting in ahead)


def of_week(number: int, syllabus: Syllabus, course: Course) -> float:
    """Return the hours at home between a meeting and the one before it, without works."""
    return sum(at_home(number, syllabus, course).values()) / 60
