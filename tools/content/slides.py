"""Turn a lesson into slides: its tagged cells, its quiz and its last words.

A cell tagged ``slide`` becomes one. Its metadata ``slide`` says what the lesson does not: a
``title``, ``notes`` for the person who speaks, ``minutes``, and ``points`` where the prose is too
long for a wall. A cell of code gives its stored output, with ``"code": true`` the code as well.
The title, the quiz, the key points, what is not known and what to read next come from every
lesson; where such a cell has the metadata, its notes and minutes are used.

A page of the book that is taught without code has slides too. It begins with metadata ``course``,
and each of its cells with a line ``+++`` and what a notebook's cell would have as metadata.
"""

import html
import json
import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from docutils.utils.math.latex2mathml import tex2mathml
from markdown_it import MarkdownIt
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_notebook
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from course.tables import series
from course.wording import say
from tools.common.errors import UserError
from tools.common.paths import ROOT
from tools.content import myst
from tools.content.bibliography import Reference
from tools.content.commonmark import commonmark
from tools.content.quizzes import questions
from tools.content.stage import naming, read

TAG = "slide"
READING = "---\ncourse:"
KEYS = {"title", "notes", "minutes", "points", "code"}
WIDTH, LEAST = 820, 18.6  # pixels: a picture beside its points, and the smallest writing
BOXES = {"claim", "rival", "predict", "further", "unknown"}

_MARKDOWN = MarkdownIt("commonmark", {"html": True, "typographer": True})
_MARKDOWN.enable(["table", "smartquotes"])
_CELL = re.compile(r"^\+\+\+ ([^\n]+)\n(.*?)(?=^\+\+\+ |\Z)", re.MULTILINE | re.DOTALL)
_SIZE = re.compile(r'viewBox=\\?"0 0 ([\d.]+) ([\d.]+)')
_WRITING = re.compile(r"(font: |font-size: )([\d.]+)px")
# What a page has under a figure, and a wall has no room for.
_UNDER = re.compile(
    r'<details class="figure-data">.*?</details>|<p class="settings">.*?</p>', re.DOTALL
)
_FIGURE_TITLE = re.compile(r'<p class="figure-title">(.*?)</p>', re.DOTALL)


# Where slides come from ----------------------------------------------------------------------


def places(root: Path = ROOT) -> list[str]:
    """Return the files that have slides, in the order of the course.

    These are the lessons, and the pages of the book that are taught without code: they begin with
    metadata ``course``, which name the lesson that they stand ``before``.
    """
    found = [(path.name[:2], 1, path) for path in (root / "notebooks").glob("*.ipynb")]
    for path in (root / "book").glob("*.md"):
        text = path.read_text("utf-8")
        if text.startswith(READING):
            with naming(f"book/{path.name}"):
                found.append((reading(text).metadata["course"]["before"], 0, path))
    return [path.relative_to(root).as_posix() for _, _, path in sorted(found)]


def taught(path: Path) -> NotebookNode:
    """Return a lesson, or a page that is taught without code, as cells in order."""
    return read(path) if path.suffix == ".ipynb" else reading(path.read_text("utf-8"))


def reading(text: str) -> NotebookNode:
    """Return a page without code as a notebook: its head is the metadata, each ``+++`` a cell.

    Raises
    ------
    UserError
        When what stands behind a ``+++`` is not JSON.
    """
    head, body = text.removeprefix("---\n").split("\n---\n", 1)
    cells = []
    for found in _CELL.finditer(body):
        try:
            said = json.loads(found[1])
        except json.JSONDecodeError as error:
            raise UserError(f"behind +++ stands no JSON: {found[1][:40]} ({error.msg}).") from error
        tags = {"tags": [TAG]} if "slide" in said else {}
        name = said.pop("id")
        cells.append(new_markdown_cell(found[2].strip(), id=name, metadata=said | tags))
    notebook: NotebookNode = new_notebook(cells=cells, metadata=yaml.safe_load(head))
    return notebook


@dataclass(frozen=True)
class Slide:
    """One slide, with HTML in ``title``, ``body`` and ``notes``.

    Parameters
    ----------
    name
        The id of the cell that it comes from, with a number where a cell gives several.
    title
        What stands at the top.
    body
        What is shown.
    notes
        What the speaker reads: what to say and what to ask.
    minutes
        How long it takes.
    kind
        The layout: ``title``, ``picture``, ``explorer`` or ``words``.
    """

    name: str
    title: str
    body: str
    notes: str
    minutes: int
    kind: str = "words"

    @property
    def size(self) -> str:
        """How large the text can be: ``large``, ``middle`` or ``small``, by how much there is."""
        text = re.sub(r"<(pre|table|figure)\b.*?</\1>|<[^>]+>", " ", self.body, flags=re.DOTALL)
        words = len(text.split())
        return "large" if words <= 70 else "middle" if words <= 110 else "small"


def deck(
    notebook: NotebookNode,
    works: Mapping[str, Reference],
    tidy: Callable[[str], str] = lambda table: table,
) -> list[Slide]:
    """Return the slides of a lesson, in its order.

    Parameters
    ----------
    notebook
        The lesson, with its stored outputs.
    works
        The bibliography.
    tidy
        Gives the tables that pandas printed the markup of the book.

    Raises
    ------
    UserError
        When a cell's tag and its metadata do not fit together.
    """
    return [slide for cell in notebook.cells for slide in _slides(cell, notebook, works, tidy)]


def _slides(
    cell: NotebookNode, notebook: NotebookNode, works: Mapping[str, Any], tidy: Callable[[str], str]
) -> Iterator[Slide]:
    said = words_of(cell)
    heading = myst.heading(cell.source) if cell.cell_type == "markdown" else None
    title = heading and heading.title
    if heading and title and heading.level == 1:
        yield _title(cell, notebook.metadata["course"], said, works)
    elif title == say("Check yourself"):
        yield from _quiz(cell, said, works)
    elif title == say("Key points"):
        yield from _last_words(cell, said, works)
    elif title == say("Read next"):
        yield _read_next(cell, said, works)
    elif said and cell.cell_type == "code":
        yield _shown(cell, said, works, tidy)
    elif said:
        yield _told(cell, said, works)


def words_of(cell: NotebookNode) -> dict[str, Any]:
    """Return what a cell's metadata say of its slide; empty for a cell that is none.

    Raises
    ------
    UserError
        When there is a tag without metadata, metadata without a tag, or an unknown key.
    """
    said, tagged = cell.metadata.get("slide"), TAG in cell.metadata.get("tags", [])
    if bool(said) != tagged:
        missing = "metadata `slide`" if tagged else f"the tag `{TAG}`"
        raise UserError(f"cell {cell.id} needs {missing}, or must lose the other.")
    if unknown := set(said or {}) - KEYS:
        raise UserError(f"cell {cell.id}: `slide` has no {', '.join(sorted(unknown))}.")
    return said or {}


def words(said: Mapping[str, Any]) -> list[str]:
    """Return the texts of a cell's metadata: what its slide says beside the lesson."""
    texts = [said.get("title", ""), *said.get("points", []), said.get("notes", "")]
    return [text for text in texts if text]


# The slides that a cell makes --------------------------------------------------------------------


def _told(cell: NotebookNode, said: dict[str, Any], works: Mapping[str, Any]) -> Slide:
    """Return the slide of a text: its points, or else the prose itself."""
    _, box, _ = myst.box(cell.source) or ("", None, "")
    if not (title := said.get("title") or (box and box.title)):
        raise UserError(f"cell {cell.id} needs a `title` for its slide.")
    text = "\n".join(box.body) if box else myst.without_headings(cell.source)
    body = _points(said, works) or prose(text, works)
    if box and (kind := box.options["class"]) in BOXES:
        body = _box(kind, inline(box.title, works) if title != box.title else "", body)
    return _slide(cell.id, said, works, title=inline(title, works), body=body)


def _shown(
    cell: NotebookNode, said: dict[str, Any], works: Mapping[str, Any], tidy: Callable[[str], str]
) -> Slide:
    """Return the slide of a cell of code: its output, beside it the points, above it the code."""
    output = "".join(_output(one, tidy) for one in cell.outputs)
    if not output and not said.get("code"):
        raise UserError(f"cell {cell.id} has no output to show; run `make outputs`.")
    shows = {"explorer": "course-explorer", "picture": "course-figure"}
    kind = next((kind for kind, name in shows.items() if f'class="{name}"' in output), "words")
    title = said.get("title") and inline(said["title"], works)
    if found := _FIGURE_TITLE.search(output):  # the sentence above a picture heads its slide
        title = title or found[1]
        output = output.replace(found[0], "", 1)
    if not title:
        raise UserError(f"cell {cell.id} needs a `title` for its slide.")
    if kind != "words":
        output = _legible(output, 580 if kind == "explorer" else 550, len(title))
    code = _code(cell.source) if said.get("code") else ""
    return _slide(
        cell.id,
        said,
        works,
        title=title,
        body=code + output + _points(said, works),
        kind=kind,
    )


def _title(
    cell: NotebookNode, course: dict[str, Any], said: dict[str, Any], works: Mapping[str, Any]
) -> Slide:
    goals = "".join(f"<li>{inline(goal, works)}</li>" for goal in course["objectives"])
    note = course.get("content_note")
    lines = [
        "<p>"
        + say(
            "{reading} minutes with the text, {exercises} with the exercise",
            reading=course["minutes_reading"],
            exercises=course["minutes_exercises"],
        )
        + "</p>",
        "<p><strong>" + say("Content note.") + f"</strong> {inline(note, works)}</p>"
        if note
        else "",
    ]
    default = say(
        "Read the question aloud and let everybody write one sentence of an answer; you come back "
        "to it at the end. Then read the three things that they will be able to do."
    )
    return _slide(
        cell.id,
        {"notes": default, "minutes": 3} | said,
        works,
        title=inline(course["title"], works),
        body=f"<p>{_place(course)}. "
        + say("You will be able to")
        + f"</p><ul>{goals}</ul>"
        + "".join(lines),
        kind="title",
    )


def _place(course: Mapping[str, Any]) -> str:
    """Return where in the course something stands: ``Lesson 05`` or ``Before lesson 06``."""
    number = course.get("number")
    if number:
        return say("Lesson {number}", number=number)
    return say("Before lesson {number}", number=course["before"])


def _quiz(cell: NotebookNode, said: dict[str, Any], works: Mapping[str, Any]) -> Iterator[Slide]:
    """Yield one slide a question: all options, then the right one with its reason."""
    for number, question in enumerate(questions(cell.source), 1):
        letters = dict(zip("ABCDEF", question.options, strict=False))
        [right] = [letter for letter, option in letters.items() if option.right]
        asked = prose(question.asked, works)
        shown = "".join(f"<li>{option.text}</li>" for option in question.options)
        wrong = " ".join(
            f"<strong>{letter}</strong>: {option.says}"
            for letter, option in letters.items()
            if not option.right
        )
        yield Slide(
            f"{cell.id}-{number}",
            say("Check yourself, {number}", number=number),
            f'{asked}<ol type="A">{shown}</ol>'
            f'<p class="fragment answer"><strong>{right}.</strong> {letters[right].says}</p>',
            "<p>"
            + say(
                "Everybody chooses before the answer is shown; one who chose otherwise says why. "
                "What each wrong choice misses: {wrong}",
                wrong=wrong,
            )
            + "</p>",
            said.get("minutes", 2),
        )


def _last_words(
    cell: NotebookNode, said: dict[str, Any], works: Mapping[str, Any]
) -> Iterator[Slide]:
    """Yield the key points, and what is not known."""
    before, box, _ = myst.box(cell.source) or ("", None, "")
    yield _slide(
        cell.id,
        {
            "notes": say(
                "Ask three students for one point each, in their own words, before you show the "
                "slide. Then compare: what did they keep that the lesson left out?"
            ),
            "minutes": 2,
        }
        | said,
        works,
        title=say("Key points"),
        body=prose(myst.without_headings(before), works),
    )
    yield Slide(
        f"{cell.id}-unknown",
        say("What we do not know"),
        _box("unknown", "", prose("\n".join(box.body if box else ()), works)),
        "<p>"
        + say(
            "Read one gap aloud. Ask who could fill it, what they would have to count or to open, "
            "and who might not want that. Saying what is not known earns credit in this course."
        )
        + "</p>",
        2,
    )


def _read_next(cell: NotebookNode, said: dict[str, Any], works: Mapping[str, Any]) -> Slide:
    default = say(
        "Say in one sentence what each work is good for, and for whom. Then the exercises: name "
        "the core tasks, and when they are due. Go back to the sentences from the beginning."
    )
    return _slide(
        cell.id,
        {"notes": default, "minutes": 2} | said,
        works,
        title=say("Read next"),
        body=prose(myst.without_headings(cell.source), works),
    )


def _slide(name: str, said: dict[str, Any], works: Mapping[str, Any], **parts: Any) -> Slide:
    notes = prose(said.get("notes", ""), works)
    return Slide(name=name, notes=notes, minutes=said.get("minutes", 0), **parts)


# Pieces of HTML ----------------------------------------------------------------------------------


def prose(text: str, works: Mapping[str, Reference]) -> str:
    """Return MyST text as HTML."""
    return str(_MARKDOWN.render(_plain(text, works))).strip()


def inline(text: str, works: Mapping[str, Reference]) -> str:
    """Return one line of MyST text as HTML without a paragraph around it."""
    return str(_MARKDOWN.renderInline(_plain(text, works)))


def _plain(text: str, works: Mapping[str, Reference]) -> str:
    def formula(piece: myst.Piece, inner: str) -> str:
        if piece.name != "math":
            return piece.around(inner)
        return re.sub(r"\s*\n\s*", "", tex2mathml(piece.body))

    return commonmark(myst.rewrite(text, formula), works, page)


def page(target: str) -> str:
    """Return a lesson's link to another file as a link from its slides to that page."""
    name, mark, anchor = target.partition("#")
    if ":" in name or not name.endswith((".md", ".ipynb")):
        return target
    path = posixpath.normpath(posixpath.join("notebooks", name))
    return f"../{posixpath.splitext(path)[0]}.html{mark}{anchor}"


def _points(said: dict[str, Any], works: Mapping[str, Any]) -> str:
    points = "".join(f"<li>{inline(point, works)}</li>" for point in said.get("points", []))
    return points and f'<ul class="said">{points}</ul>'


def _box(kind: str, title: str, body: str) -> str:
    # The title carries the sign of the box, also where it says nothing that the slide has not said.
    return f'<div class="admonition {kind}"><p class="admonition-title">{title}</p>{body}</div>'


def _code(source: str) -> str:
    return highlight(source, PythonLexer(), HtmlFormatter(cssclass="highlight"))


def _legible(picture: str, height: int, title: int) -> str:
    """Raise the writing of a picture that fills its slide to `LEAST` pixels, where it is smaller.

    Parameters
    ----------
    picture
        HTML with SVG, also as the frames of an explorer.
    height
        Pixels that the picture has under a title of one line.
    title
        Length of the title; a long one takes a second line.
    """
    if not (size := _SIZE.search(picture)):
        return picture
    height -= 40 * (title > 55)
    scale = min(WIDTH / float(size[1]), height / float(size[2]))

    def raised(found: re.Match[str]) -> str:
        return f"{found[1]}{max(float(found[2]), LEAST / scale):.1f}px"

    return _WRITING.sub(raised, picture)


def _output(output: Mapping[str, Any], tidy: Callable[[str], str]) -> str:
    data = output.get("data", {})
    if "text/html" in data:
        return tidy(_UNDER.sub("", "".join(data["text/html"])))
    text = "".join(data.get("text/plain") or output.get("text", ""))
    return f"<pre>{html.escape(series(text.rstrip()))}</pre>"
