"""Write the page *pandas in this course* from the ladder: each entry with a live example."""

import ast
import json
from collections.abc import Iterator
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from course.data import load
from tools.common.errors import UserError
from tools.common.paths import notebooks
from tools.content.ladder import Idiom, ladder
from tools.content.stage import LITE_KERNEL
from tools.pages.template import fill

PAGE = "book/pandas.ipynb"


def pages() -> dict[str, bytes]:
    """Return the page: path in the staged source and content."""
    cells = [new_markdown_cell(fill("pandas").strip(), id="top")]
    cells.append(new_code_cell("from course.data import load", id="setup", metadata=_tag("setup")))
    titles = {path.stem[:2]: path.stem for path in notebooks() if path.parent.name == "notebooks"}
    number = ""
    for idiom in ladder():
        if idiom.lesson not in titles:
            continue
        heading = ""
        if idiom.lesson != number:
            number = idiom.lesson
            heading = f"## Lesson {number}\n\n"
        cells += _entry(idiom, heading, titles[number])
    page = new_notebook(cells=cells, metadata={"kernelspec": LITE_KERNEL["kernelspec"]})
    nbformat.validate(page)
    return {PAGE: (json.dumps(page, ensure_ascii=False, indent=1) + "\n").encode()}


def _tag(*tags: str) -> dict[str, Any]:
    return {"tags": list(tags)}


def _entry(idiom: Idiom, heading: str, slug: str) -> Iterator[Any]:
    further = " It stands behind *Go further* there." if idiom.further else ""
    yield new_markdown_cell(
        f'{heading}<div id="{idiom.anchor}"></div>\n\n### `{idiom.name}`\n\n{idiom.does} '
        f"*From [lesson {idiom.lesson}](../notebooks/{slug}.ipynb).*{further}",
        id=f"{idiom.anchor}-does",
    )
    code = idiom.example.strip()
    cell = new_code_cell(code, id=idiom.anchor, metadata=_tag("try"))
    cell.outputs = shown(code)
    yield cell
    yield new_markdown_cell(f"**A common mistake.** {idiom.error}", id=f"{idiom.anchor}-error")


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
