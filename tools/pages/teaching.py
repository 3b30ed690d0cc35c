"""Write the teaching kit's pages from the lessons' metadata and tasks.

Minutes, needs, objectives and known mistakes stand in the lessons. Here they become one plan a
lesson around the hand-written one, and the list of written tasks with what they are read by: a
plan cannot say something else than the lesson does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from course.checks import Task
from course.wording import noted, say, speaking
from tools.common.errors import UserError
from tools.common.kept import Kept
from tools.common.markdown import table
from tools.common.paths import ROOT
from tools.content.ladder import of_lesson
from tools.content.stage import naming, read, tasks_of
from tools.content.translation import MARK
from tools.pages.timed import Timed, timed, with_clocks

FOLDER = "book/teaching"
PLANS = ROOT / FOLDER / "plans"
NOTEBOOKS = ROOT / "notebooks"
# Played after the lesson that each page links first.
ROLE_PLAYS = ("council", "hearing", "reparations-board")
# The plan of a page of reading, which is no lesson.
READING_PLAN = "strategy"
VOTE = noted("Vote, discuss, vote again")
HOW_TO_READ = noted(
    "From which minute to which, in a column for each length of the class; a dash is left for "
    "home. The number of a slide stands on it, below at the right; *none*: the class works or "
    "talks. The notes of a slide hold more questions than its minutes: the row says what this "
    "class does. *Three questions from earlier* belong to the text, which students read before "
    "the class, so no row holds their four minutes."
)
HOW_TO_VOTE = noted(
    "The first vote is silent: everybody chooses, then all show a letter at once. Say the count, "
    "not the answer. If 30 to 70 in a hundred are right, pairs talk for two minutes, each with "
    "somebody who chose otherwise, and vote again. If fewer are right, explain the step once more "
    "first. If more are, one student says why, and you go on. *Guess* is what we expect of the "
    "first vote, in a hundred; it stays a guess until a class [reports](evidence.md) its count."
)
HOW_TO_SHOW = (
    "The question of each lesson to vote on, without its answer: to show on the wall, or to print, "
    "a page for each. Everybody chooses a letter alone and in silence; then all show it at once. "
    "[The plan](index.md) of the lesson has the answer."
)
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
        When a lesson has no plan, or the minutes of a timed plan do not add up.
    """
    known = lessons(kept=kept)
    texts = {
        "generated/written-tasks.md": written_tasks(known),
        "generated/role-plays.md": role_plays_table(role_plays(known)),
        "votes.md": votes(known),
    }
    texts |= {f"plan-{lesson.number}.md": plan_page(lesson, known) for lesson in known}
    texts |= {f"{name}.md": with_clocks(_text(name), name) for name in (*ROLE_PLAYS, READING_PLAN)}
    return {f"{FOLDER}/{name}": f"{text.strip()}\n".encode() for name, text in texts.items()}


def pages_in(language: str, kept: Kept | None = None) -> dict[str, bytes]:
    """Return the plans that are translated into a language, each as the page of its lesson."""
    folder = PLANS.parents[1] / language / "teaching" / "plans"
    known = lessons(NOTEBOOKS / language, kept)
    with speaking(language):
        written = [one for one in known if (folder / f"{one.name}.md").is_file()]
        texts = {f"plan-{one.number}.md": plan_page(one, known, folder) for one in written}
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
        """Minutes of the class with all three core tasks, of which some may be homework."""
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
    """A role play: its page, its timed plan, and the lesson it follows."""

    name: str
    title: str
    plan: Timed
    after: str
    roles: int


def role_plays(known: Sequence[Lesson], folder: Path = ROOT / FOLDER) -> list[RolePlay]:
    """Return the role plays whose lesson is known, as their pages describe them."""
    numbers = {lesson.number for lesson in known}
    found = []
    for name in ROLE_PLAYS:
        text = _text(name, folder)
        link = LESSON_LINK.search(text)
        if not link:
            raise UserError(f"{FOLDER}/{name}.md links no lesson; name the one that it follows.")
        if link[1] in numbers:
            title = text.splitlines()[0].removeprefix("# ")
            roles = len(re.findall(r"^## Role sheet \d", text, re.MULTILINE))
            found.append(RolePlay(name, title, timed(text, name), link[1], roles))
    return found


def _text(name: str, folder: Path = ROOT / FOLDER) -> str:
    """Return a page of the kit as it is written."""
    return (folder / f"{name}.md").read_text("utf-8")


def role_plays_table(plays: Sequence[RolePlay]) -> str:
    """Return the role plays as a table."""
    return schedule(
        ["Role play", "After lesson", "Minutes", "Role sheets"],
        [
            [
                f"[{play.title}]({play.name}.md)",
                play.after,
                " or ".join(map(str, play.plan.lengths)),
                play.roles,
            ]
            for play in plays
        ],
    )


def schedule(head: Sequence[object], rows: Sequence[Sequence[object]]) -> str:
    """Return a table of the kit, with columns as narrow as what stands in them."""
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
    return MARK.sub("", path.read_text("utf-8")).replace("](../", "](").strip()


def plan_of(lesson: Lesson, folder: Path = PLANS) -> Timed:
    """Return the timed plan of a lesson."""
    return timed(plan_text(lesson, folder), f"plans/{lesson.name}.md")


def plan_page(lesson: Lesson, known: Sequence[Lesson], folder: Path = PLANS) -> str:
    """Return the page of a plan: head, hand-written plan, known mistakes."""
    numbers = {other.number for other in known}
    notebook, exercise = f"notebooks/{lesson.name}.ipynb", f"exercises/{lesson.name}.ipynb"
    needs = [f"[{need}](plan-{need}.md)" if need in numbers else need for need in lesson.needs]
    plan = plan_of(lesson, folder)
    text = with_clocks(plan_text(lesson, folder), f"plans/{lesson.name}.md")
    plan_title = "## " + say("Timed plan") + "\n"
    vote_title = f"## {say(VOTE)}\n"
    text = text.replace(plan_title, f"{plan_title}\n{say(HOW_TO_READ)}\n")
    shown = say(
        "To show or to print the question without its answer, open [its page]({page}).",
        page=f"votes.md#vote-on-lesson-{lesson.number}",
    )
    text = text.replace(vote_title, f"{vote_title}\n{say(HOW_TO_VOTE)} {shown}\n")
    none = say("none")
    head = [
        "# " + say("Plan {number}: {title}", number=lesson.number, title=lesson.title),
        "\n".join(
            [
                say(
                    "- **Open:** [the lesson]({lesson}), [the exercise]({exercise}), "
                    '<a href="{slides}">its slides</a>',
                    lesson=f"../../{notebook}",
                    exercise=f"../../{exercise}",
                    slides=f"../../slides/{lesson.name}.html",
                ),
                say("- **Part:** {part}", part=lesson.part),
                say("- **Session:** {session}", session=_session(plan)),
                say("- **Needs:** {lessons}", lessons=", ".join(needs) or say("nothing")),
                say(
                    "- **New pandas:** {words}",
                    words=", ".join(f"`{word}`" for word in lesson.new_pandas) or none,
                ),
                say("- **Core tasks:** {tasks}", tasks=_titles(lesson.tasks, core=True)),
                say("- **Go further:** {tasks}", tasks=_titles(lesson.tasks, core=False)),
            ]
        ),
        say("Afterwards students can:"),
        "\n".join(f"- {objective}" for objective in lesson.objectives),
    ]
    if lesson.content_note:
        note = lesson.content_note.replace("](../", "](../../")  # written for the lesson's folder
        head.append(say("**Content note of the lesson.** {note}", note=note))
    return "\n\n".join([*head, text, mistakes(lesson)])


def votes(known: Sequence[Lesson], folder: Path = PLANS) -> str:
    """Return the page of all questions to vote on, without their answers."""
    questions = [
        f"## Vote on lesson {lesson.number}\n\n{_question(plan_text(lesson, folder))}"
        for lesson in known
    ]
    return "\n\n".join(["# Votes", HOW_TO_SHOW, *questions])


def _question(text: str) -> str:
    """Return the question of a plan's vote and its options."""
    part = text.partition(f"## {say(VOTE)}\n")[2].partition("\n**Right: ")[0]
    return part.strip()


def _session(plan: Timed) -> str:
    """Return how long each variant takes, and which tasks it does in class."""
    variants = (
        say("**{length} minutes** with {tasks}", length=length, tasks=_and(plan.tasks(number)))
        for number, length in enumerate(plan.lengths)
    )
    return say(
        "{variants}. What is left is homework. Without any task it takes {rest} minutes: what "
        "stands below the tasks then comes so much earlier.",
        variants="; ".join(variants),
        rest=plan.rest,
    )


def _and(tasks: Iterable[str]) -> str:
    *others, last = tasks
    if not others:
        return say("task {number}", number=last)
    return say("tasks {numbers} and {last}", numbers=", ".join(others), last=last)


def _titles(tasks: Iterable[Task], *, core: bool) -> str:
    chosen = (task for task in tasks if task.core == core)
    return "; ".join(f"{task.id} {say(task.title)}" for task in chosen) or say("none")


def mistakes(lesson: Lesson) -> str:
    """Return the mistakes that a lesson's checks know, with what they say to each."""
    parts = [
        "## " + say("Common misunderstandings"),
        say(
            "Each check knows these mistakes by the value that they give, and answers as below; it "
            "never says the answer. Read them before class: they are what students will think. The "
            "solutions open in [the exercise]({exercise}) itself, behind **Show solution** under "
            "each task.",
            exercise=f"../../exercises/{lesson.name}.ipynb",
        ),
    ]
    for task in lesson.tasks:
        mark = say("core") if task.core else say("go further")
        parts.append(f"**{task.id} {say(task.title)}** · {mark} · {task.expects}")
        if task.misconceptions:
            known = (f"- *{say(name)}*: {say(message)}" for name, message in distinct(task))
            parts.append("\n".join(known))
        if task.rubric:
            lines = "\n".join(f"- {say(line)}" for line in task.rubric)
            parts += [say("It is read by these lines:"), lines]
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
