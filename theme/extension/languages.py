"""Mark the words of other languages in a page, as it is written.

The words stand in ``book/foreign-words.toml``. What has a language already, is code, or is read by
a script is left alone; so are headings, whose first text scripts take as their title.
"""

import re
from functools import cache

from theme.extension.terms import pattern
from tools.common.paths import ROOT
from tools.common.settings import read_toml

WORDS = ROOT / "book" / "foreign-words.toml"
TAG = re.compile(r"""<!--.*?-->|<(/?)([a-zA-Z][\w-]*)((?:"[^"]*"|'[^']*'|[^"'>])*)>""", re.DOTALL)
LEFT_ALONE = {
    *("code", "pre", "script", "style", "svg", "math"),
    *("textarea", "select", "button", "title", "h1", "h2", "h3", "h4"),
}


@cache
def _patterns() -> dict[str, re.Pattern]:
    return {language: pattern(words) for language, words in read_toml(WORDS).items()}


def marked(page: str) -> str:
    """Return the HTML of a page with the language of foreign words in it."""
    parts, end, inside, depth = [], 0, "", 0
    for tag in TAG.finditer(page):
        text = page[end : tag.start()]
        parts += [text if inside else _spans(text), tag[0]]
        end = tag.end()
        closes, name, rest = tag[1], tag[2], tag[3] or ""
        if inside:
            depth += (-1 if closes else 1) * (name == inside)
            inside = inside if depth else ""
        elif name and not closes and (name in LEFT_ALONE or " lang=" in rest):
            inside, depth = name, 1
    return "".join([*parts, _spans(page[end:])])


def _spans(text: str) -> str:
    for language, words in _patterns().items():
        text = words.sub(rf'<span lang="{language}">\g<0></span>', text)
    return text
