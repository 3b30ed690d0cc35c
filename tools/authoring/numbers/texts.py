"""What a lesson says: its running text, and its tasks, turns, quiz, readings and slides."""

import ast
import importlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import nbformat

from tools.common.paths import ROOT
from tools.content.slides import words as slide_words


@dataclass(frozen=True)
class Text:
    """One text: where it stands, and its words without code, citations and emphasis."""

    where: str
    words: str


def both(path: Path) -> str:
    """Return the running text of a lesson and of its exercise."""
    return prose(path) + "\n\n" + prose(ROOT / "exercises" / path.name)


def prose(path: Path) -> str:
    """Return the text a reader meets: Markdown, words of figures and explorers, and slides."""
    texts = []
    for cell in nbformat.read(path, as_version=4).cells:
        tags = cell.metadata.get("tags", [])
        texts += [readable(text) for text in slide_words(cell.metadata.get("slide", {}))]
        if cell.cell_type == "markdown" and "card" not in tags:
            texts.append(readable(cell.source))
        elif cell.cell_type == "code":
            texts += [
                keyword.value.value
                for node in ast.walk(ast.parse(cell.source))
                if isinstance(node, ast.Call)
                for keyword in node.keywords
                if keyword.arg in ("title", "alt")
                and isinstance(keyword.value, ast.Constant)
                and isinstance(keyword.value.value, str)
            ]
    return "\n\n".join(texts)


def readable(markdown: str) -> str:
    """Return Markdown without code, citations, link targets, tags and mathematics."""
    for pattern in (r"```.*?```", r"\{[\w:]+\}`[^`]*`", r"`[^`]*`", r"\$[^$]*\$", r"<[^>]*>"):
        markdown = re.sub(pattern, " ", markdown, flags=re.DOTALL)
    return re.sub(r"\]\([^)]*\)", "]", markdown)


def plain(markdown: str) -> str:
    """Return Markdown in one line, as `readable` makes it and without emphasis."""
    markdown = re.sub(r"^%.*$", "", markdown, flags=re.MULTILINE)  # a comment, on no page
    return " ".join(re.sub(r"[*#\[\]]", "", readable(markdown)).split())


def texts(path: Path) -> Iterator[Text]:
    """Return what a lesson's quiz, reading, turns and slides and its exercise state.

    Parameters
    ----------
    path
        The lesson's notebook; the exercise and the tasks have the same number.
    """
    for cell in nbformat.read(path, as_version=4).cells:
        for part in slide_words(cell.metadata.get("slide", {})):
            yield Text(f"slide of {cell.id}", plain(part))
        if cell.id in ("quiz", "read-explorer"):
            for part in re.split(r"\n\n|\n(?=<details|- )", cell.source):
                yield Text(cell.id, plain(part))
        yield from _of_a_task(cell)
    for cell in nbformat.read(ROOT / "exercises" / path.name, as_version=4).cells:
        yield from _of_a_task(cell)
    own = tasks(path).TASKS
    for task in (*own, *own.turns):
        for hint in task.hints:
            yield Text(f"hint of {task.id}", plain(hint))
        for mistake in task.misconceptions:
            yield Text(f"mistake “{mistake.name}” of {task.id}", plain(mistake.message))


def _of_a_task(cell: nbformat.NotebookNode) -> Iterator[Text]:
    """Return what one cell of a task, or of a turn, states."""
    tags = cell.metadata.get("tags", [])
    if "task" in tags or "turn" in tags:
        yield Text(cell.id, plain(re.sub(r"^## \d\d\.\d .*$", "", cell.source, flags=re.M)))
    if "why" in tags:  # a result is no code, even where it is set like code
        yield Text(cell.id, plain(re.sub(r"`([−+-]?[\d.,]+)`", r"\1", cell.source)))
    if "answer" in tags:
        for answer in written(cell.source):
            yield Text(cell.id, plain(answer))


def written(code: str) -> list[str]:
    """Return the written answers in a cell of code: its strings of twenty words or more."""
    strings = (node.value for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Constant))
    return [text for text in strings if isinstance(text, str) and len(text.split()) >= 20]


def tasks(path: Path) -> ModuleType:
    """Return the module of a lesson's tasks."""
    return importlib.import_module(f"course.tasks.lesson{path.stem[:2]}")
