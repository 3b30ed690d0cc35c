"""Texts that are alike, with the place. A likeness is no accusation.

Two texts are compared by their runs of six words, as the checks do it. Runs that stand in the
course itself (the question, what the cell begins with, the model answer) are left out first.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations
from typing import Any

from .reading import Class

RUN = 6  # words in a row that nobody writes twice by chance; as in course/checks/text.py
FEWEST = 8  # runs in common, that is a passage of thirteen words, or several
SHARE = 0.2  # of the shorter text's own runs
MOST_WORDS = 3_000  # of a text that are compared
MOST_SHARED = 60  # texts that hold a run; a run of more is common property
MOST_PAIRS = 300
SAYS = (
    "A likeness is no accusation. Two students may have worked together, quoted the same source, "
    "or been given the same phrase. Read both texts, then ask."
)


@dataclass
class Likeness:
    """Two texts that share words: how much, and the longest passage with its place in each."""

    task: str
    one: str
    other: str
    percent: int  # of the shorter text's own runs
    passage: str
    word_in_one: int
    word_in_other: int


def alike(known: Class) -> list[Likeness]:
    """Return the pairs of texts that are alike, the most alike first."""
    course = {task["id"]: task["words"] for task in known.index["tasks"] if task["written"]}
    texts: dict[str, dict[str, str]] = defaultdict(dict)
    for student in known.students:
        for name, answer in student.work.answers.items() if student.work else ():
            if name in course and answer.written:
                texts[name][student.name] = answer.written
        if student.brief:
            texts["brief"][student.name] = str(student.brief.brief["text"])
    found = []
    for name, of_task in texts.items():
        found += _of_task(name, of_task, runs(course.get(name, "")))
    found.sort(key=lambda one: (-one.percent, one.task, one.one, one.other))
    return found[:MOST_PAIRS]


def words(text: str) -> list[str]:
    """Return the words of a text without capitals and accents, for comparing."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.findall(r"\w+", plain)[:MOST_WORDS]


def runs(text: str) -> set[tuple[str, ...]]:
    """Return the runs of six words of a text."""
    return set(_runs(words(text)))


def _runs(of: list[str]) -> list[tuple[str, ...]]:
    return [tuple(of[i : i + RUN]) for i in range(len(of) - RUN + 1)]


def _of_task(task: str, texts: dict[str, str], course: set[tuple[str, ...]]) -> list[Likeness]:
    own = {name: set(_runs(words(text))) - course for name, text in texts.items()}
    holders: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for name, of_one in own.items():
        for run in of_one:
            holders[run].append(name)
    shared: Counter[tuple[str, str]] = Counter()
    for names in holders.values():
        if 1 < len(names) <= MOST_SHARED:
            shared.update(combinations(names, 2))
    found = []
    for (one, other), count in shared.most_common(MOST_PAIRS):
        share = count / max(1, min(len(own[one]), len(own[other])))
        if count >= FEWEST and share >= SHARE:
            found.append(_place(task, one, other, share, texts, course))
    return found


def _place(
    task: str, one: str, other: str, share: float, texts: dict[str, str], course: Any
) -> Likeness:
    a, b = words(texts[one]), words(texts[other])
    # words of the course's own runs match nothing
    match = SequenceMatcher(
        None, _marked(a, course, "one"), _marked(b, course, "other"), autojunk=False
    )
    at = match.find_longest_match()
    passage = " ".join(a[at.a : at.a + min(at.size, 60)]) + (" …" if at.size > 60 else "")
    return Likeness(task, one, other, round(100 * share), passage, at.a + 1, at.b + 1)


def _marked(of: list[str], course: set[tuple[str, ...]], side: str) -> list[str]:
    marked = list(of)
    for i, run in enumerate(_runs(of)):
        if run in course:
            marked[i : i + RUN] = [f"{side} {i + j}" for j in range(RUN)]
    return marked
