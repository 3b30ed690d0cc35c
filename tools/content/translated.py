"""Stage the pages of another language: a tree of their own, with links that lead somewhere.

A translated page keeps the links of the English one. Here each leads to the page of its own
language where there is one, and to the English page where there is none.
"""

import copy
import posixpath
from collections.abc import Callable, Collection, Iterable
from pathlib import Path

import yaml
from nbformat import NotebookNode

from course.wording import say
from tools.common.settings import read_yaml
from tools.content import myst
from tools.content.translation import MARK, state, translated_path, translations

# Written for a page that a program makes.
PARTS = ("book/teaching/plans/",)
DRIFTED = """\
:::{{note}}
{said}
:::
"""


def pages(language: str, root: Path) -> set[str]:
    """Return the pages that there are in a language, as their English files are named."""
    found = {path.relative_to(root).as_posix() for path in translations(language, root)}
    return {place for place in found if not place.startswith(PARTS)}


def is_behind(place: str, language: str, root: Path) -> bool:
    """Whether the English of a page has changed since it was translated."""
    source = root / place
    return not state(source, translated_path(source, language, root)).is_whole


def contents_of(toc: Path, there: Iterable[str], title: Callable[[str], str]) -> bytes:
    """Return the list of contents of a language: that of the course, with the pages there are.

    Parameters
    ----------
    toc
        The list of the course.
    there
        The pages that there are, by their names without endings.
    title
        Translates the title of a part.
    """
    whole, known = read_yaml(toc), set(there)
    parts = []
    for part in whole["parts"]:
        chapters = []
        for chapter in part["chapters"]:
            below = [one for one in chapter.get("sections", []) if one["file"] in known]
            if chapter["file"] in known:
                chapters.append({"file": chapter["file"]} | ({"sections": below} if below else {}))
            else:
                chapters += below
        if chapters:
            parts.append({"caption": title(part["caption"]), "chapters": chapters})
    made = {"format": whole["format"], "root": whole["root"], "parts": parts}
    return yaml.safe_dump(made, allow_unicode=True, sort_keys=False).encode()


def for_book(text: str, place: str, there: Collection[str]) -> str:
    """Return a page's text in which a link to a page that is only in English says so.

    Parameters
    ----------
    text
        MyST, of a page or of a cell.
    place
        The English page, ``notebooks/10-rondas-and-committees.ipynb``.
    there
        The pages that there are in the language; see `pages`.
    """
    here = posixpath.dirname(place)
    up = "../" * (here.count("/") + 2)

    def link(piece: myst.Piece, inner: str) -> str:
        found = target(piece, here)
        if not found or found[0] in there:
            return piece.around(inner)
        page, anchor = found
        return f'<a href="{up}{posixpath.splitext(page)[0]}.html{anchor}" hreflang="en">{inner}</a>'

    # Files that are fetched lie where those of the English pages do, one folder further up.
    text = MARK.sub("", text).replace('href="../_static/', 'href="../../_static/')
    return rewritten(text, link)


def for_notebook(text: str, place: str, language: str, there: Collection[str]) -> str:
    """Return a cell's text with links from where a copy of its notebook lies: beside others.

    A copy lies in the folder of its language, ``notebooks/es/…``, and so do those that its links
    name; pages of the book keep their names, for `address_of` to complete.
    """
    here = posixpath.dirname(place)

    def link(piece: myst.Piece, inner: str) -> str:
        found = target(piece, here)
        if not found:
            return piece.around(inner)
        page, anchor = found
        if page in there and page.endswith(".ipynb"):
            top, name = page.split("/", 1)
            page = f"{top}/{language}/{name}"
        elif page in there:
            page = f"{language}/{page}"
        return f"[{inner}](../../{page}{anchor})"

    return rewritten(text, link)


def target(piece: myst.Piece, here: str) -> tuple[str, str] | None:
    """Return the page that a link leads to and the anchor there; None where it is no page."""
    name, mark, anchor = piece.body.partition("#") if piece.kind == "link" else ("", "", "")
    if ":" in name or not name.endswith((".md", ".ipynb")):
        return None
    return posixpath.normpath(posixpath.join(here, name)), mark + anchor


def rewritten(text: str, link: Callable[[myst.Piece, str], str]) -> str:
    """Return MyST text with its links replaced, and with its code as it is."""
    parts = []
    for block in myst.blocks(text):
        parts.append(block.text if block.kind == "code" else myst.rewrite(block.text, link))
    return "\n".join(parts)


def with_texts(notebook: NotebookNode, change: Callable[[str], str]) -> NotebookNode:
    """Return a notebook with the texts of its cells changed."""
    made = copy.deepcopy(notebook)
    for cell in made.cells:
        if cell.cell_type == "markdown":
            cell.source = change(cell.source)
    return made


def config_of(config: Path, language: str, title: Callable[[str], str]) -> bytes:
    """Return the settings of the book for a language."""
    settings = read_yaml(config)
    settings["title"] = title(settings["title"])
    settings["sphinx"]["config"]["language"] = language
    return yaml.safe_dump(settings, allow_unicode=True, sort_keys=False).encode()


def with_note(text: str) -> str:
    """Return a page's text that says, under its title, that the English has changed since."""
    said = say(
        "The English text of this page has changed since it was translated. Where the two differ, "
        "the English one holds."
    )
    title, line, rest = text.partition("\n")
    return f"{title}\n\n{DRIFTED.format(said=said)}{line}{rest}"
