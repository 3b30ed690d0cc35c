"""Write the answer key for teachers: one file beside the site, never in it.

Each task with its solution and reason, each written task with its model answer and the lines under
their criteria, and the right option of every question of *Check yourself*.
"""

import html
from collections.abc import Iterator
from pathlib import Path

from markdown_it import MarkdownIt

from course.checks import Task
from tools.common.files import write
from tools.common.paths import BUILD, ROOT, exercises
from tools.content.bibliography import Reference, references
from tools.content.commonmark import commonmark
from tools.content.quizzes import HEADING, questions
from tools.content.stage import read, solutions_of, tasks_of
from tools.pages import marks

OUT = BUILD / "answer-key.html"
MARKDOWN = MarkdownIt("commonmark", {"html": True})
STYLE = Path(__file__).with_name("key.css")
HEAD = (
    "For teachers. It is made from the exercises, and not part of the site. Students can open each "
    "solution under its task, so nothing here is secret, and no check carries a mark. Do not put "
    "this file where a search would find it."
)


def document() -> str:
    """Return the key as one HTML page that needs no other file."""
    works = references(ROOT / "book" / "references.bib")
    parts = [part for path in exercises() for part in lesson(path, works)]
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="robots" content="noindex"><title>Answer key</title>'
        f"<style>{STYLE.read_text('utf-8')}</style></head><body><h1>Answer key</h1><p>{HEAD}</p>"
        + "\n".join(parts)
        + "</body></html>\n"
    )


def lesson(exercise: Path, works: dict[str, Reference]) -> Iterator[str]:
    """Yield the parts of a lesson: its title, its tasks, its questions."""
    notebook, lesson = read(exercise), read(ROOT / "notebooks" / exercise.name)
    solutions, number = solutions_of(notebook, works), exercise.name[:2]
    yield f"<h2>{number} {html.escape(lesson.metadata['course']['title'])}</h2>"
    for one in tasks_of(number):
        yield task(one, solutions[one.id])
    for cell in lesson.cells:
        if cell.cell_type == "markdown" and f"{HEADING}\n" in cell.source:
            yield "<h3>Check yourself</h3>" + quiz(cell.source, works)


def task(one: Task, solution: dict[str, str]) -> str:
    """Return a task with its solution, its reason and, where a person marks, the criteria."""
    mark = "core" if one.core else "go further"
    parts = [
        f"<h3>{one.id} {html.escape(one.title)}</h3>",
        f"<p>{mark.capitalize()}. Answer: {html.escape(one.expects)}</p>",
        f"<pre>{html.escape(solution['code'])}</pre>",
        solution["why"],
    ]
    if one.rubric and one.answer == "text":
        lines = "".join(
            f"<li><strong>{name}.</strong> {html.escape(' '.join(found) or 'As in the grid.')}</li>"
            for name, found in marks.lines_of(one).items()
        )
        parts.append(f"<h4>Marked by a person, {marks.POINTS} points</h4><ul>{lines}</ul>")
    return "\n".join(parts)


def quiz(source: str, works: dict[str, Reference]) -> str:
    """Return the questions of a lesson with their right options, as a list."""
    items = []
    for one in questions(source):
        [letter] = [
            letter for letter, option in zip("abcdefgh", one.options, strict=False) if option.right
        ]
        right = one.options["abcdefgh".index(letter)]
        said = commonmark(f"{one.asked} {letter}: {right.text} {right.says}", works, lambda _: None)
        items.append(f"<li>{MARKDOWN.renderInline(said)}</li>")
    return f"<ol>{''.join(items)}</ol>"


def main() -> None:
    """Write the key and say where it is."""
    text = document()
    write(OUT, text)
    print(f"Wrote {OUT.relative_to(ROOT)}, {len(text) / 1e3:.0f} KB; keep it off the site.")
