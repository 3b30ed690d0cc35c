"""Sentences for readers, kept as templates so that they can be translated.

Longer texts stand in ``course/texts``, in TOML, where they are read and spelled like a page.
"""

import re
import tomllib
from pathlib import Path
from typing import Any

TEXTS = Path(__file__).with_name("texts")


def say(template: str, **places: object) -> str:
    """Return a message: a sentence with named places, which a translation can move about.

    An f-string would be filled in before any translation could see it.
    """
    return template.format(**places)


def texts(name: str) -> dict[str, Any]:
    """Return the texts of a file, without its ending; lines of a paragraph are joined."""
    found: dict[str, Any] = _joined(tomllib.loads((TEXTS / f"{name}.toml").read_text("utf-8")))
    return found


def _joined(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _joined(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_joined(one) for one in value]
    if isinstance(value, str):
        return "\n\n".join(" ".join(part.split()) for part in re.split(r"\n\s*\n", value.strip()))
    return value
