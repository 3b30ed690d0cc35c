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


@cache
def _tags(name: str) -> re.Pattern:
    return re.compile(rf"<(/?){re.escape(name)}(?![\w-])")


def marked(page: str) -> str:
    """Return the HTML of a page with the language of foreign words in it."""
    parts, end = [], 0
    while tag := TAG.search(page, end):
        parts.append(_spans(page[end : tag.start()]))
        end, closes, name, rest = tag.end(), tag[1], tag[2], tag[3] or ""
        if name and not closes and (name in LEFT_ALONE or " lang=" in rest):
            end = _after(page, end, name)
        parts.append(page[tag.start() : end])
    return "".join([*parts, _spans(page[end:])])


def _after(page: str, start: int, name: str) -> int:
    """Return where an element ends that is left alone; a drawing has thousands of tags in it."""
    depth = 1
    for tag in _tags(name).finditer(page, start):
        depth += -1 if tag[1] else 1
        if not depth:
            return tag.end()
    return len(page)


def _spans(text: str) -> str:
    for language, words in _patterns().items():
        text = words.sub(rf'<span lang="{language}">\g<0></span>', text)
    return text
