"""Write the list of all modules into its page, and the course's places where they are told."""

import ast
import re
from pathlib import Path

from tools.common.files import write
from tools.common.markdown import table
from tools.common.paths import ROOT
from tools.common.published import cited, door, published
from tools.common.recorded import record

PAGE = ROOT / "book" / "how-it-is-built.md"
NAME = "modules"
TEMPLATE = "tools/authoring/lesson_template"
# The rooms from the words to the reader, and what is run by hand at the end.
ROOMS = (
    ("course", "what a notebook imports"),
    ("course/checks", "the engine that judges an answer"),
    ("course/tasks", "right values, known mistakes and hints of each exercise"),
    ("tools", "the command line"),
    ("tools/common", "what every room uses"),
    ("tools/runtime", "the browser's Python"),
    ("tools/content", "notebooks in, notebooks out"),
    ("tools/pages", "pages that a program writes"),
    ("theme/extension", "what the book adds to Sphinx"),
    ("theme/static", "scripts of every page"),
    ("theme/live", "cells that run"),
    ("theme/slides", "slides"),
    ("theme/lite", "JupyterLite"),
    ("theme/templates", "pages that the theme fills"),
    ("tools/site", "the site, from all of these"),
    ("tools/editions", "the course in other forms"),
    ("tools/editions/offline_files", "what lies beside the course in its archive"),
    ("tools/classroom", "what teachers hand out and take in"),
    ("tools/classroom/handed_in", "what students hand in, read; the page for teachers runs it too"),
    ("tools/authoring", "what authors run"),
    ("tools/authoring/numbers", "numbers and statements of a lesson, checked"),
    (f"{TEMPLATE}/course/tasks", "what a new lesson begins with: its tasks"),
    (f"{TEMPLATE}/tests/lessons", "its tests"),
    (f"{TEMPLATE}/tests/lessons/numbers", "its numbers"),
    ("tools/measure", "what is measured"),
)
ENDINGS = {".py", ".js", ".mjs"}


def modules(folder: Path) -> dict[str, str]:
    """Return what each module of a folder is for: the first sentence of its text.

    Returns
    -------
    dict
        File name and purpose, sorted; a module without a text has an empty purpose.
    """
    found = {}
    for path in sorted(folder.iterdir()):
        text = path.read_text("utf-8") if path.suffix in ENDINGS else ""
        if text.strip():
            found[path.name] = purpose(text, path.suffix)
    return found


def purpose(text: str, ending: str) -> str:
    """Return the first line of a module's docstring, or the first sentence of its comment."""
    if ending == ".py":
        return (ast.get_docstring(ast.parse(text)) or "").split("\n")[0]
    comment = re.match(r"\s*/\*\*(.*?)\*/|((?:\s*//[^\n]*\n)+)", text, re.DOTALL)
    if comment is None:
        return ""
    plain = " ".join(re.sub(r"^\s*(//|\*)", "", comment[1] or comment[2], flags=re.M).split())
    return re.split(r"(?<=\.) (?=[A-Z])", plain)[0]


def listed(root: Path = ROOT) -> str:
    """Return the list of all modules in Markdown, room by room."""
    parts = []
    for room, holds in ROOMS:
        rows = [(f"`{name}`", about) for name, about in modules(root / room).items()]
        parts += [f"### `{room}/`: {holds}", table(("module", "what it is for"), rows)]
    return "\n\n".join(parts)


def main() -> None:
    """Write the list into its page, and where the course is published into README and citation."""
    record(PAGE, NAME, listed())
    cite()


def cite(root: Path = ROOT) -> None:
    """Write into CITATION.cff and README.md the places that ``_config.yml`` names."""
    path, places = root / "CITATION.cff", published(root / "_config.yml")
    write(path, cited(path.read_text("utf-8"), places))
    record(root / "README.md", "door", door(places))
