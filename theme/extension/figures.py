"""Number the figures and tables of a page, and say from which tables of the course they come.

Both are made of the page as it stands: the number is the place, and the tables are those that the
cells load which a figure needs. What a reader can do with a figure is added by `figures.js`.
"""

import ast
import html
import json
import re
from collections.abc import Iterable
from functools import cache

from docutils import nodes
from sphinx.application import Sphinx

from course.cells import needed
from course.wording import say
from theme.extension.code import code_of
from tools.common.paths import ROOT
from tools.common.settings import read_json
from tools.content.described import PAGES

FIGURE = re.compile(r'<figure class="course-(?:figure|explorer)"')
# The letters of a path part its numbers; a blank beside them is a tenth of a map.
_PATH = re.compile(r'(?<= d=")[^"]+')
_STEP = re.compile(r" ?([MLQCSTHVAZ]) ?", re.IGNORECASE)
TABLES = "book/data/part-1"
_TITLE = '<p class="figure-title">'
_TABLE = re.compile(r"<table>.*?</table>", re.DOTALL)
_ROW = re.compile(r"<tr>.*?</tr>", re.DOTALL)
_CELL = re.compile(r"<t([hd])([^>]*)>([^<]*)")
_DRAWS = re.compile(r"^(?!.*\bfigure\(canvas).*\b(axes|canvas|panels)\b", re.DOTALL)
_NAMED = re.compile(r'^<figure class="course-figure" data-tables="([\w ]+)"')
_LOADED = re.compile(r"""\bload\(\s*["'](\w+)["']""")


@cache
def resources() -> dict[str, dict]:
    """Return the entries of the data package by the names of their tables."""
    found = read_json(ROOT / "data" / "datapackage.json")["resources"]
    return {entry["name"]: entry for entry in found}


def number_figures(app: Sphinx, doctree: nodes.document) -> None:
    """Give the figures and tables of a page their numbers, anchors and sources."""
    folder, _, slug = app.env.docname.rpartition("/")
    is_there = TABLES in app.env.found_docs  # else the tables are described in English only
    up = "../" * (app.env.docname.count("/") + (not is_there))
    is_lesson = folder == "notebooks"
    mark = f"{slug[:2]}." if is_lesson else f"{slug[:2]}.E" if folder == "exercises" else ""
    number, tables, above = 0, 0, []
    for node in list(doctree.findall(lambda one: isinstance(one, nodes.raw | nodes.container))):
        if isinstance(node, nodes.container):
            if "cell" in node["classes"] and (code := code_of(node)):
                above.append(code)
            continue
        text = node.astext()
        if FIGURE.match(text):
            number += 1
            said = _NAMED.search(text)  # by the program that wrote the page
            made_from = sources(links(said[1].split() if said else loaded(above), up))
            name = say("Figure {number}", number=f"{mark}{number}")
            named = numbered(text, name, f"figure-{number}", made_from)
            node.replace_self(nodes.raw("", named, format="html"))
        elif is_lesson and text.startswith('<div class="scroll"><table class="dataframe">'):
            tables += 1
            made_from = ", ".join(links(loaded(above), up))
            template = say("Table {number}, from {tables}") if made_from else say("Table {number}")
            name = template.format(number=f"{mark}{tables}", tables=made_from)
            caption = f"<caption>{name}</caption>"
            named = text.replace('class="dataframe">', f'class="dataframe">{caption}', 1)
            node.replace_self(nodes.raw("", named, format="html"))


def loaded(cells: list[str]) -> list[str]:
    """Return the tables that the last of some cells needs, in the order of loading."""
    *before, last = cells or [""]
    # A picture is often drawn over several cells; one before has ended with `figure(...)`.
    while before and "canvas" in last + before[-1] and _DRAWS.search(before[-1]):
        last = f"{before.pop()}\n{last}"
    above = [line for cell in before for line in statements(cell)]
    needs = json.loads(needed(last, json.dumps([{"code": one, "always": False} for one in above])))
    codes = [*(above[place] for place in needs), last]
    names = dict.fromkeys(name for code in codes for name in _LOADED.findall(code))
    return [name for name in names if name in resources()]


@cache
def statements(code: str) -> tuple[str, ...]:
    """Return the statements of a cell, so that one is needed without its neighbours."""
    try:
        tree = ast.parse(code)
    except SyntaxError:  # a cell with blanks to fill
        return (code,)
    return tuple(ast.get_source_segment(code, one) or "" for one in tree.body)


def numbered(figure: str, name: str, anchor: str, made_from: str) -> str:
    """Return a figure with its number, its anchor and the line that names its tables."""
    if "<script" not in figure:  # an explorer's pictures have their pieces in common as they are
        figure = _PATH.sub(lambda path: _STEP.sub(r"\1", path[0]), figure)
    figure = _TABLE.sub(lambda table: with_words_marked(table[0]), figure)
    figure = figure.replace("<figure ", f'<figure id="{anchor}" data-name="{name}" ', 1)
    figure = figure.replace(_TITLE, f'{_TITLE}<a class="number" href="#{anchor}">{name}</a> ', 1)
    line = f'<p class="figure-line"><span>{made_from}</span></p>'
    place = figure.rindex("</figure>")
    return f"{figure[:place]}{line}{figure[place:]}"


def with_words_marked(table: str) -> str:
    """Mark the cells of the columns of words: unlike numbers they do not stand at the right."""
    rows = [[cell[3] for cell in _CELL.finditer(row)] for row in _ROW.findall(table)]
    columns = zip(*rows[1:], strict=False)
    words = [not re.search(r"\d", "".join(column)) for column in columns]
    words[:1] = [False]  # the first column stands at the left in any case

    def marked(row: re.Match[str]) -> str:
        holds_words = iter(words)
        return _CELL.sub(
            lambda cell: (
                f'<t{cell[1]}{cell[2]} class="words">{cell[3]}' if next(holds_words) else cell[0]
            ),
            row[0],
        )

    return _ROW.sub(marked, table)


def links(tables: Iterable[str], up: str) -> list[str]:
    """Return links to the pages of some tables, with the licence of each.

    Parameters
    ----------
    tables
        Their names.
    up
        The way from the page to the root of the site: empty, or ``"../"``.
    """
    made = []
    for name in tables:
        entry = resources()[name]
        place = f"{up}book/data/{PAGES[entry['part']]}.html#table-{name.replace('_', '-')}"
        terms = html.escape(", ".join(term["name"] for term in entry["licenses"]))
        made.append(f'<a href="{place}" data-licence="{terms}">{name}</a>')
    return made


def sources(made: list[str]) -> str:
    """Return the line under a figure: from which tables it is made, if from any."""
    if not made:
        return ""
    one, several = say("From the table {tables}"), say("From the tables {tables}")
    return (several if len(made) > 1 else one).format(tables=", ".join(made))
