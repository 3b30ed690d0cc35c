"""What a page adds to the code of a lesson or an exercise.

Under a cell stands a quiet line of the idioms that it uses, which opens their entries. Cells that
only draw, or set up an explorer, are folded. Both are made of the code as it stands, so nobody
keeps them; notebooks in JupyterLite and downloads have neither.
"""

import html
import re
from collections.abc import Iterable

from docutils import nodes
from sphinx.application import Sphinx

from course.wording import say
from tools.content.ladder import Idiom, idioms, only_draws

PLACES = ("notebooks/", "exercises/")
SHEET = "book/pandas"
MOST = 6  # idioms in a line; the latest learnt are the ones that a reader looks up


def tags(cell: nodes.container) -> set[str]:
    """Return the tags of a cell."""
    return {name.removeprefix("tag_") for name in cell["classes"] if name.startswith("tag_")}


def code_of(cell: nodes.container) -> str:
    """Return the code of a cell, or nothing."""
    for block in cell.findall(nodes.literal_block):
        if "cell_input" in block.parent.get("classes", []):
            return block.astext()
    return ""


def add_to_code(app: Sphinx, doctree: nodes.document) -> None:
    """Add the lines and the folds to the code cells of a page."""
    page = app.env.docname
    if not page.startswith(PLACES):
        return
    number = page.partition("/")[2][:2]
    for cell in [one for one in doctree.findall(nodes.container) if is_cell(one)]:
        code, own = code_of(cell), tags(cell)
        if only_draws(code, own):
            fold(cell)
        elif not own & {"answer", "check"} and (used := worth_a_line(code, number)):
            there = SHEET in app.env.found_docs
            cell += nodes.raw(
                "", line(used, f"../{'' if there else '../'}{SHEET}.html"), format="html"
            )


def is_cell(node: nodes.container) -> bool:
    """Whether a node is a code cell with its code."""
    return "cell" in node.get("classes", []) and bool(code_of(node))


def worth_a_line(code: str, lesson: str) -> list[Idiom]:
    """Return the idioms to name under a cell: the first steps are named in the first lessons."""
    used = [one for one in idioms(code) if one.lesson <= lesson]
    if lesson > "01":
        used = [one for one in used if one.lesson > "00"]
    return used[-MOST:]


def line(used: Iterable[Idiom], sheet: str = f"../{SHEET}.html") -> str:
    """Return the line under a cell, with the entries that it opens; `sheet` has their examples."""
    used = list(used)
    names = ", ".join(f"<code>{html.escape(one.name)}</code> ({one.lesson})" for one in used)
    entries = "".join(
        f"<dt><code>{html.escape(one.name)}</code></dt><dd>{inline(say(one.does))} "
        "<em>" + say("A common mistake:") + f"</em> {inline(say(one.error))} "
        f'<a href="{sheet}#{one.anchor}">' + say("An example") + "</a></dd>"
        for one in used
    )
    return (
        '<details class="uses" data-pagefind-ignore="all">'
        "<summary>" + say("uses: {names}", names=names) + f"</summary><dl>{entries}</dl></details>"
    )


def inline(text: str) -> str:
    """Return a line of the ladder as HTML: code, emphasis and nothing else."""
    text = re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(text))
    return re.sub(r"\*([^*\s][^*]*)\*", r"<em>\1</em>", text)


def fold(cell: nodes.container) -> None:
    """Fold the code of a cell, together with that of folded cells right before it."""
    before = cell.parent.index(cell) - 1
    previous = cell.parent[before] if before >= 0 else None
    source = next(node for node in cell if "cell_input" in node.get("classes", []))
    cell.remove(source)
    cell["classes"].append("drawn")
    if isinstance(previous, nodes.container) and "drawing" in previous.get("classes", []):
        box = previous
    else:
        box = nodes.container(classes=["drawing"])
        opens = "<details><summary>" + say("The code that draws this") + "</summary>"
        box += nodes.raw("", opens, format="html")
        box += nodes.raw("", "</details>", format="html")
        cell.parent.insert(cell.parent.index(cell), box)
    box.insert(len(box) - 1, nodes.container("", source, classes=["cell"]))
    if not len(cell):
        cell.parent.remove(cell)
