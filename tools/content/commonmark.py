"""Rewrite MyST to CommonMark, which every notebook program shows.

The book knows citations, boxes and links between pages; JupyterLite, JupyterLab and a downloaded
notebook do not. Their copies carry the same text in plain CommonMark.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from tools.common.errors import UserError
from tools.content import myst
from tools.content.bibliography import Reference

BOXES = {"admonition", "note", "warning", "tip", "important", "seealso", "dropdown"}

_HREF = re.compile(r'\bhref="([^"]+)"')
_CITED = re.compile(r"(?:\{(?P<before>[^}]*)\})?(?P<key>[^{}\s]+)(?:\{(?P<after>[^}]*)\})?")
# In the book a dollar is a dollar. Notebook programs look for formulas between two of them, after
# an escape or an entity has been read as well; MathJax leaves this class alone.
DOLLAR = '<span class="mathjax_ignore">&#36;</span>'
_TITLED = re.compile(r"(?P<title>.*?)\s*<[^>]*>$", re.DOTALL)


def commonmark(
    text: str,
    works: Mapping[str, Reference],
    link: Callable[[str], str | None] = lambda target: target,
) -> str:
    """Return MyST text as CommonMark.

    Boxes become block quotes with a bold title, citations become text with a link, any other role
    becomes its text. Code is left alone.

    Parameters
    ----------
    text
        The MyST text of one cell.
    works
        The bibliography, by key.
    link
        Takes a link's target and returns the new one, or None where only the link's text is kept.

    Raises
    ------
    UserError
        For a key that is not in the bibliography, a directive that has no CommonMark form, and a
        fence that is not closed.
    """
    out = []
    for block in myst.blocks(text):
        if block.kind == "directive":
            out.append(_directive(block, works, link))
        elif block.kind == "code":
            out.append(block.text)
        elif block.kind != "unseen":
            out.append(_inline(block.text, works, link))
    return "\n".join(out)


def _directive(
    block: myst.Block, works: Mapping[str, Reference], link: Callable[[str], str | None]
) -> str:
    body = "\n".join(block.body)
    if block.name == "bibliography":
        return ""
    if block.name == "math":
        return f"$$\n{body}\n$$"
    if block.name not in BOXES:
        raise UserError(
            f"the directive {{{block.name}}} can be shown in the book only; use an admonition, or "
            "plain Markdown."
        )
    title = _inline(block.title or block.name.capitalize(), works, link)
    content = commonmark(body.strip("\n"), works, link)
    quoted = [f"> {line}".rstrip() for line in content.split("\n")]
    return "\n".join([f"> **{title}**", ">", *quoted])


def _inline(text: str, works: Mapping[str, Reference], link: Callable[[str], str | None]) -> str:
    def href(found: re.Match[str]) -> str:
        target = link(found[1])
        return "" if target is None else f'href="{target}"'

    def new(piece: myst.Piece, inner: str) -> str:
        match piece.kind:
            case "dollar":
                return DOLLAR
            case "role":
                return _role(piece.name, piece.body, works)
            case "html":
                return _HREF.sub(href, inner)
            case "link":
                target = link(piece.body)
                return inner if target is None else replace(piece, body=target).around(inner)
        return inner

    return myst.rewrite(text, new)


def _role(role: str, body: str, works: Mapping[str, Reference]) -> str:
    if role.startswith("cite"):
        return _citation(role, body, works)
    if role == "math":
        return f"${body}$"
    titled = _TITLED.match(body)
    return titled["title"] if titled else body


def _citation(role: str, body: str, works: Mapping[str, Reference]) -> str:
    in_text = role.startswith("cite:t")
    cited = []
    for part in body.split(","):
        piece = _CITED.fullmatch(part.strip())
        if piece is None or piece["key"] not in works:
            raise UserError(f"{{{role}}} cites {part.strip()!r}, which is not in references.bib.")
        work = works[piece["key"]]
        words = work.textual() if in_text else work.parenthetical()
        shown = f"[{words}]({work.url})" if work.url else words
        before, after = piece["before"], piece["after"]
        cited.append(f"{f'{before} ' if before else ''}{shown}{f', {after}' if after else ''}")
    return ", ".join(cited) if in_text else f"({'; '.join(cited)})"
