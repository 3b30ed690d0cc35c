"""Twelve concept questions, form A for the first lesson and form B for the last.

They stand in ``book/concepts.toml``. A lesson marks their place by a line of its own,
``% concepts: a``, which only the page fills: notebooks elsewhere could keep no answer.
"""

import html
import re
import tomllib
from pathlib import Path
from typing import Any

from course.wording import say
from tools.common.paths import ROOT

FILE = ROOT / "book" / "concepts.toml"
MARK = re.compile(r"^% concepts: ([ab])$", re.MULTILINE)


def questions(path: Path = FILE) -> dict[str, Any]:
    """Return the concepts and their questions."""
    return tomllib.loads(path.read_text("utf-8"))


def key(form: str) -> str:
    """Return the right letter of each question of a form: ``"flow-1:b flow-2:c"``."""
    return " ".join(f"{one['id']}:{one[f'{form}_right']}" for one in questions()["question"])


def with_concepts(source: str) -> str:
    """Return the text of a cell with the form in the place of its mark."""
    return MARK.sub(lambda mark: form(mark[1]), source)


def form(letter: str) -> str:
    """Return a form as HTML; only B, which is asked last, comes with what is right."""
    parts = [
        '<details class="hint"><summary>' + say("Open the twelve questions") + "</summary>",
        f'<form class="concepts" data-form="{letter}" aria-label="'
        + say("Twelve questions")
        + '">',
    ]
    for number, one in enumerate(questions()["question"], 1):
        parts.append(f"<fieldset><legend>{number}. {html.escape(say(one[letter]))}</legend>")
        for position, option in enumerate(one[f"{letter}_options"]):
            parts.append(
                f'<label><input type="radio" name="{one["id"]}" value="{"abcd"[position]}"> '
                f"{html.escape(say(option))}</label>"
            )
        parts.append("</fieldset>")
    parts += ['<output role="status"></output>', "</form>"]
    if letter == "b":
        parts.append(_result())
    parts.append("</details>")
    return "\n".join(parts)


def _result() -> str:
    lines = "".join(
        f'<span data-concept="{one["id"]}" data-title="{html.escape(say(one["title"]))}"></span>'
        for one in questions()["concept"]
    )
    return (
        f'<div class="concepts-result" data-key-a="{key("a")}" data-key-b="{key("b")}" hidden>'
        f'{lines}<div class="concepts-shown" role="status"></div></div>'
    )
