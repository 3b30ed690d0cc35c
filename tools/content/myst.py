"""Read MyST: its blocks with their lines, and what stands inside a line with its place.

The text itself is kept, so that whoever rewrites a part leaves the rest as it was written. Both
come from markdown-it, with the plugins that the book is read with.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from typing import Any

from markdown_it import MarkdownIt, rules_inline
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.myst_blocks import myst_block_plugin
from mdit_py_plugins.myst_role import myst_role_plugin
from mdit_py_plugins.myst_role.index import myst_role

from tools.common.errors import UserError

# Blocks ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Block:
    """A part of a text that begins and ends with a line.

    Parameters
    ----------
    kind
        ``prose``, ``code``, ``directive``, ``heading``, or ``unseen`` for targets and comments.
    lines
        The lines as they are written, fences included.
    name, title
        Of a directive, what stands in its braces and after them; of a heading, its text in `title`.
    level
        Of a heading, 1 to 6.
    options
        Of a directive, its ``:key: value`` lines.
    body
        Of a directive, its lines without fences and options.
    """

    kind: str
    lines: list[str]
    name: str = ""
    title: str = ""
    level: int = 0
    options: dict[str, str] = field(default_factory=dict)
    body: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The lines as one text."""
        return "\n".join(self.lines)


@cache
def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark")
    return reader.use(colon_fence_plugin).use(myst_block_plugin)


def blocks(text: str) -> list[Block]:
    """Return the blocks of a text, in order; together their lines are those of the text.

    Raises
    ------
    UserError
        For a fence that is not closed.
    """
    lines = text.split("\n")
    marked: dict[int, Block] = {}
    for token, heading in _with_text(_reader().parse(text)):
        first, last = token.map or (0, 0)
        if token.type in ("fence", "colon_fence"):
            block = _fence(token, lines[first:last])
        elif token.type == "code_block":
            block = Block("code", lines[first:last])
        elif token.type == "heading_open" and token.level == 0:
            block = Block("heading", lines[first:last], title=heading, level=int(token.tag[1:]))
        elif token.type in ("myst_target", "myst_line_comment"):
            block = Block("unseen", lines[first:last])
        else:
            continue
        if first not in marked:
            marked |= dict.fromkeys(range(first, last), block)
    found: list[Block] = []
    for number, line in enumerate(lines):
        here = marked.get(number)
        if here is None and found and found[-1].kind == "prose":
            found[-1].lines.append(line)
        elif here is None:
            found.append(Block("prose", [line]))
        elif not found or found[-1] is not here:
            found.append(here)
    return found


def _with_text(tokens: list[Token]) -> Iterator[tuple[Token, str]]:
    """Yield the tokens that have lines, each with the text of the token after it."""
    for token, after in zip(tokens, [*tokens[1:], None], strict=True):
        if token.map:
            yield token, after.content if after else ""


def _fence(token: Token, lines: list[str]) -> Block:
    info = token.info.strip()
    mark = lines[-1].lstrip("> ").strip()
    if len(lines) < 2 or set(mark) != {token.markup[0]} or len(mark) < len(token.markup):
        raise UserError(
            f"the fence {lines[0].strip()!r} is not closed; end it with {token.markup}."
        )
    if not info.startswith("{"):
        return Block("code", lines)
    name, _, title = info[1:].partition("}")
    if token.level:
        raise UserError(
            f"the directive {{{name}}} stands inside a list or a quotation; move it out."
        )
    body, options = lines[1:-1], {}
    while body and body[0].startswith(":") and ":" in body[0][1:]:
        key, _, value = body.pop(0)[1:].partition(":")
        options[key] = value.strip()
    return Block("directive", lines, name, title.strip(), options=options, body=body)


def box(text: str) -> tuple[str, Block, str] | None:
    """Return the first box of a text, with the text before and after it."""
    found = blocks(text)
    for number, block in enumerate(found):
        if block.name == "admonition" and block.options.get("class"):
            before, after = found[:number], found[number + 1 :]
            return joined(before), block, joined(after)
    return None


def joined(parts: Iterable[Block]) -> str:
    """Return the text of several blocks."""
    return "\n".join(block.text for block in parts)


def heading(text: str) -> Block | None:
    """Return the first heading of a text."""
    return next((block for block in blocks(text) if block.kind == "heading"), None)


def without_headings(text: str) -> str:
    """Return a text without its headings."""
    return joined(block for block in blocks(text) if block.kind != "heading")


# Inside a line -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Piece:
    """A part of a line that is no plain text.

    Parameters
    ----------
    kind
        ``code``, ``role``, ``link``, ``html`` or ``dollar``.
    start, end
        Its place in the text.
    name, body
        Of a role, what stands in its braces and in its ticks; of a link, its target in `body`.
    label
        Of a link, the place of what is shown.
    title
        Of a link, what follows its target, as it is written.
    """

    kind: str
    start: int
    end: int
    name: str = ""
    body: str = ""
    label: tuple[int, int] = (0, 0)
    title: str = ""

    def around(self, inner: str) -> str:
        """Return the piece as it was written, a link with another text."""
        return f"[{inner}]({self.body}{self.title})" if self.kind == "link" else inner


def _dollar(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "$":
        return False
    if not silent:
        state.pending += "$"
    state.pos += 1
    return True


def _noting(make: Callable[..., Piece | None], rule: Callable[..., Any]) -> Callable[..., Any]:
    """Return a rule of markdown-it that also notes where it found something."""

    def noting(state: StateInline, silent: bool) -> bool:
        start, pieces = state.pos, state.env["pieces"]
        before = len(pieces)
        found = bool(rule(state, silent))
        if found and not silent:
            piece = make(state, start, state.pos, state.tokens[-1] if state.tokens else None)
            if piece is None or piece.kind == "image":
                del pieces[before:]  # what stands in a picture's text has no place of its own
            if piece:
                pieces.append(piece)
        return found

    return noting


def _plain_piece(kind: str) -> Callable[..., Piece]:
    return lambda state, start, end, token: Piece(kind, start, end)


def _code_piece(state: StateInline, start: int, end: int, token: Token) -> Piece | None:
    # Ticks that nothing closes are found as well; they are text.
    return Piece("code", start, end) if state.src[start:end].strip("`") else None


def _role_piece(state: StateInline, start: int, end: int, token: Token) -> Piece:
    return Piece("role", start, end, token.meta["name"], token.content)


def _escape_piece(state: StateInline, start: int, end: int, token: Token) -> Piece | None:
    return Piece("dollar", start, end) if state.src[start:end] == "\\$" else None


def _link_piece(state: StateInline, start: int, end: int, token: Token) -> Piece | None:
    state.pos = start
    shut = state.md.helpers.parseLinkLabel(state, start, True)
    state.pos = end
    if state.src[shut + 1 : shut + 2] != "(":
        return None
    place = shut + 2
    target = state.md.helpers.parseLinkDestination(state.src, place, end)
    raw, title = state.src[place : target.pos], state.src[target.pos : end - 1]
    return Piece("link", start, end, body=raw, label=(start + 1, shut), title=title)


@cache
def _scanner() -> MarkdownIt:
    scanner = MarkdownIt("commonmark").use(myst_role_plugin)
    ruler = scanner.inline.ruler
    ruler.at("myst_role", _noting(_role_piece, myst_role))
    ruler.at("backticks", _noting(_code_piece, rules_inline.backtick))
    ruler.at("html_inline", _noting(_plain_piece("html"), rules_inline.html_inline))
    ruler.at("image", _noting(_plain_piece("image"), rules_inline.image))
    ruler.at("escape", _noting(_escape_piece, rules_inline.escape))
    ruler.at("link", _noting(_link_piece, rules_inline.link))
    ruler.push("dollar", _noting(_plain_piece("dollar"), _dollar))
    return scanner


def pieces(text: str) -> list[Piece]:
    """Return the pieces of some lines that follow each other, the outer before the inner."""
    found: list[Piece] = []
    scanner = _scanner()
    scanner.inline.parse(text, scanner, {"pieces": found}, [])
    return sorted(found, key=lambda piece: (piece.start, -piece.end))


def rewrite(text: str, new: Callable[[Piece, str], str]) -> str:
    """Return a text with each of its pieces replaced.

    Parameters
    ----------
    text
        Prose; a piece ends at the latest with the lines that follow each other.
    new
        Takes a piece and its text, of a link what is shown with its own pieces replaced, and
        returns what stands in its place.
    """
    parts = []
    for is_blank, lines in groupby(text.split("\n"), lambda line: not line.strip()):
        run = "\n".join(lines)
        parts.append(run if is_blank else _rewritten(run, 0, len(run), pieces(run), new))
    return "\n".join(parts)


def _rewritten(text: str, start: int, end: int, found: list[Piece], new: Callable[..., Any]) -> str:
    out, place = [], start
    for piece in found:
        if piece.start < place or piece.end > end:
            continue
        inner = text[piece.start : piece.end]
        if piece.kind == "link":
            inside = [one for one in found if one.start > piece.start]
            inner = _rewritten(text, *piece.label, inside, new)
        out += [text[place : piece.start], new(piece, inner)]
        place = piece.end
    return "".join([*out, text[place:end]])
