"""Rewrite MyST to CommonMark, which every notebook program shows.

The book knows citations, boxes and links between pages; JupyterLite, JupyterLab and a downloaded
notebook do not. Their copies carry the same text in plain CommonMark.
"""

import re
from collections.abc import Callable, Mapping

from tools.common.errors import UserError
from tools.content.bibliography import Reference

BOXES = {"admonition", "note", "warning", "tip", "important", "seealso", "dropdown"}

_FENCE = re.compile(r" {0,3}(?P<fence>:{3,}|`{3,}|~{3,})(?:\{(?P<name>[\w:-]+)\})?(?P<rest>.*)")
_OPTION = re.compile(r":[\w-]+:")
# A target `(name)=` or a comment `% ...`: shown by no notebook program as what it is.
_UNSEEN = re.compile(r"\([\w:.-]+\)=\s*$|%(\s|$)")
_INLINE = re.compile(
    r"""
    \{(?P<role>[A-Za-z][\w:.-]*)\}(?P<ticks>`+)(?P<body>.+?)(?<!`)(?P=ticks)(?!`)
    | (?P<code>(?P<tick>`+)(?!`).+?(?<!`)(?P=tick)(?!`))
    | \[(?P<text>[^\[\]]*)\]\((?P<target>[^()\s]+)(?P<title>\s+"[^"]*")?\)
    | href="(?P<href>[^"]+)"
    | (?P<dollar>\\?\$)
    """,
    re.VERBOSE | re.DOTALL,
)
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
    out, prose = [], []

    def flush() -> None:
        if prose:
            out.append(_inline("\n".join(prose), works, link))
            prose.clear()

    lines = iter(text.split("\n"))
    for line in lines:
        fence = _FENCE.match(line)
        if not fence or (fence["fence"][0] == ":" and not fence["name"]):
            if not _UNSEEN.match(line):
                prose.append(line)
            continue
        flush()
        inside = _inside(lines, fence)
        if fence["name"]:
            out.append(_directive(fence["name"], fence["rest"].strip(), inside, works, link))
        else:
            out += [line, *inside, fence["fence"]]
    flush()
    return "\n".join(out)


def _inside(lines, opening: re.Match) -> list[str]:
    """Take the lines up to the fence that closes `opening`."""
    taken, fence = [], opening["fence"]
    for line in lines:
        mark = line.strip()
        if len(mark) >= len(fence) and set(mark) == {fence[0]}:
            return taken
        taken.append(line)
    raise UserError(f"the fence {opening[0].strip()!r} is not closed; end it with {fence}.")


def _directive(name: str, argument: str, body: list[str], works, link) -> str:
    while body and _OPTION.match(body[0]):
        body = body[1:]
    if name == "bibliography":
        return ""
    if name == "math":
        return "\n".join(["$$", *body, "$$"])
    if name not in BOXES:
        raise UserError(
            f"the directive {{{name}}} can be shown in the book only; use an admonition, or plain "
            "Markdown."
        )
    title = _inline(argument or name.capitalize(), works, link)
    content = commonmark("\n".join(body).strip("\n"), works, link)
    quoted = [f"> {line}".rstrip() for line in content.split("\n")]
    return "\n".join([f"> **{title}**", ">", *quoted])


def _inline(text: str, works: Mapping[str, Reference], link) -> str:
    def replace(found: re.Match) -> str:
        if found["code"]:
            return found[0]
        if found["dollar"]:
            return DOLLAR
        if found["role"]:
            return _role(found["role"], found["body"], works)
        if found["href"]:
            target = link(found["href"])
            return "" if target is None else f'href="{target}"'
        shown, target = _inline(found["text"], works, link), link(found["target"])
        return shown if target is None else f"[{shown}]({target}{found['title'] or ''})"

    return _INLINE.sub(replace, text)


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
