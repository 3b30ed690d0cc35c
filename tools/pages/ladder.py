"""Write the page *pandas in this course* from the ladder: each entry with a live example."""

import ast
import json
from collections.abc import Iterator
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from course.data import load
from course.wording import ENGLISH, noted, say
from tools.common.errors import UserError
from tools.common.paths import notebooks
from tools.content.ladder import Idiom, ladder
from tools.content.stage import LITE_KERNEL

PAGE = "book/pandas.ipynb"
SPEAK = '\nfrom course.wording import speak\n\nspeak("{}")'
TITLE = noted("pandas in this course")
ABOUT = (
    noted(
        "Every idiom that the course teaches, in the order of the lessons: one line of what it "
        "does, an example that you can run and change, and a mistake that people make."
    ),
    noted(
        "Three words come back. **pandas** is the part of Python that works with tables. A "
        "**DataFrame** is a table: rows with labels, columns with names. A **Series** is one "
        "column, with the same labels."
    ),
    noted(
        "Under the code of a lesson a line says which of these it uses, and opens what stands "
        "here. The first run on this page takes some seconds, while Python starts in your browser."
    ),
)


def pages(language: str = ENGLISH) -> dict[str, bytes]:
    """Return the page in the language that is spoken: path in the staged source and content."""
    top = [f"# {say(TITLE)}", *map(say, ABOUT)]
    cells = [new_markdown_cell("\n\n".join(top), id="top")]
    code = "from course.data import load" + (SPEAK.format(language) if language != ENGLISH else "")
    cells.append(new_code_cell(code, id="setup", metadata=_tag("setup")))
    titles = {path.stem[:2]: path.stem for path in notebooks() if path.parent.name == "notebooks"}
    number = ""
    for idiom in ladder():
        if idiom.lesson not in titles:
            continue
        heading = ""
        if idiom.lesson != number:
            number = idiom.lesson
            heading = "## " + say("Lesson {number}", number=number) + "\n\n"
        cells += _entry(idiom, heading, titles[number])
    page = new_notebook(cells=cells, metadata={"kernelspec": LITE_KERNEL["kernelspec"]})
    nbformat.validate(page)
    return {PAGE: (json.dumps(page, ensure_ascii=False, indent=1) + "\n").encode()}


def _tag(*tags: str) -> dict[str, Any]:
    return {"tags": list(tags)}


def _entry(idiom: Idiom, heading: str, slug: str) -> Iterator[Any]:
    place = f"../notebooks/{slug}.ipynb"
    origin = say("*From [lesson {number}]({place}).*", number=idiom.lesson, place=place)
    further = " " + say("It stands behind *Go further* there.") if idiom.further else ""
    yield new_markdown_cell(
        f'{heading}<div id="{idiom.anchor}"></div>\n\n### `{idiom.name}`\n\n{say(idiom.does)} '
        f"{origin}{further}",
        id=f"{idiom.anchor}-does",
    )
    code = idiom.example.strip()
    cell = new_code_cell(code, id=idiom.anchor, metadata=_tag("try"))
    cell.outputs = shown(code)
    yield cell
    mistake = say("A common mistake.")
    yield new_markdown_cell(f"**{mistake}** {say(idiom.error)}", id=f"{idiom.anchor}-error")


def shown(code: str) -> list[Any]:
    """Run an example; return what it shows, as a notebook keeps it."""
    space: dict[str, object] = {"load": load}
    tree = ast.parse(code)
    last = tree.body.pop()
    if not isinstance(last, ast.Expr):
        raise UserError(f"book/ladder.toml: the last line of an example shows nothing: {code}")
    exec(compile(tree, "example", "exec"), space)
    value = eval(compile(ast.Expression(last.value), "example", "eval"), space)
    if code.endswith(";"):  # it draws; a reader who runs it sees the figure
        return []
    data = {"text/plain": repr(value)}
    if hasattr(value, "_repr_html_"):
        data["text/html"] = value._repr_html_()
    return [new_output("execute_result", data=data, execution_count=None)]
