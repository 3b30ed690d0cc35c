"""The questions of *Check yourself* as Moodle XML, every wrong option with its own answer.

The elements are those that Moodle's reader asks for: question/format/xml/format.php, the functions
``import_headers``, ``import_multichoice`` and ``import_answer``.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from markdown_it import MarkdownIt

from tools.common.paths import ROOT
from tools.content.bibliography import Reference, references
from tools.content.commonmark import commonmark
from tools.content.stage import read

QUESTION = re.compile(r"^\*\*\d\. ", re.MULTILINE)
OPTION = re.compile(
    r'<details class="quiz( right)?"><summary>(.+?)</summary>(.+?)</details>', re.DOTALL
)
HEADING = "## Check yourself"
MARKDOWN = MarkdownIt("commonmark", {"html": True})
CATEGORY = "$course$/top/Check yourself"


@dataclass(frozen=True)
class Option:
    """One answer to choose, as HTML, and what is said to whoever chooses it."""

    text: str
    says: str
    right: bool


@dataclass(frozen=True)
class Question:
    """A question of a lesson, as MyST, and its options in the order of the page."""

    asked: str
    options: tuple[Option, ...]


def questions(source: str) -> Iterator[Question]:
    """Yield the questions of a cell *Check yourself*."""
    for part in QUESTION.split(source)[1:]:
        options = tuple(
            Option(text.strip(), says.strip(), bool(right))
            for right, text, says in OPTION.findall(part)
        )
        yield Question("**" + part[: part.index("<details")].strip(), options)


def quizzes(root: Path = ROOT) -> dict[str, bytes]:
    """Return the quiz of each lesson, and all of them in one, as Moodle XML by file name."""
    works = references()
    whole, made = Element("quiz"), {}
    for path in sorted((root / "notebooks").glob("*.ipynb")):
        notebook = read(path)
        number, title = path.name[:2], notebook.metadata["course"]["title"]
        one = Element("quiz")
        for quiz in (one, whole):
            category = SubElement(SubElement(quiz, "question", type="category"), "category")
            # a slash would begin a category below
            _text(category, f"{CATEGORY}/{number} {title.replace('/', '//')}")
        for cell in notebook.cells:
            if cell.cell_type == "markdown" and f"{HEADING}\n" in cell.source:
                for place, question in enumerate(questions(cell.source), 1):
                    item = multichoice(f"{number}.{place}", question, works)
                    one.append(item)
                    whole.append(item)
        made[f"{path.stem}.xml"] = _bytes(one)
    return {"all-lessons.xml": _bytes(whole), **made}


def multichoice(name: str, question: Question, works: dict[str, Reference]) -> Element:
    """Return a question with one right option as Moodle XML."""
    item = Element("question", type="multichoice")
    _text(SubElement(item, "name"), f"Check yourself {name}")
    # a link would lead to a page beside the platform's own
    asked = MARKDOWN.render(commonmark(question.asked, works, lambda target: None)).strip()
    _text(SubElement(item, "questiontext", format="html"), asked)
    _text(SubElement(item, "generalfeedback", format="html"), "")
    for tag, value in {
        "defaultgrade": "1",
        "penalty": "0.3333333",
        "hidden": "0",
        "idnumber": f"check-yourself-{name}",
        "single": "true",
        "shuffleanswers": "true",
        "answernumbering": "abc",
        "showstandardinstruction": "0",
    }.items():
        SubElement(item, tag).text = value
    for tag in ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback"):
        _text(SubElement(item, tag, format="html"), "")
    for option in question.options:
        fraction = "100" if option.right else "0"
        answer = SubElement(item, "answer", fraction=fraction, format="html")
        _text(answer, option.text)
        _text(SubElement(answer, "feedback", format="html"), option.says)
    return item


def _text(parent: Element, text: str) -> None:
    SubElement(parent, "text").text = text


def _bytes(quiz: Element) -> bytes:
    ElementTree.indent(quiz)
    body: bytes = ElementTree.tostring(quiz, encoding="utf-8", xml_declaration=True)
    return body + b"\n"
