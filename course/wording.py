"""Sentences for readers, kept as templates so that they can be translated.

English stands in the code. Another language is a catalogue: ``course.po`` in the folder of that
language in ``book/``, compiled where the toolkit is installed. Longer texts stand in
``course/texts``, in TOML, where they are read and spelled like a page.
"""

from __future__ import annotations

import gettext
import io
import re
import tomllib
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from course.errors import DataError

if TYPE_CHECKING:
    import pandas as pd

HERE = Path(__file__).resolve().parent
TEXTS = HERE / "texts"
ENGLISH = "en"

_spoken = [ENGLISH]


def say(template: str, **places: object) -> str:
    """Return a message in the language that is spoken.

    Parameters
    ----------
    template
        A sentence with named places, which a translation can move about. An f-string would be
        filled in before any translation could see it. Without `places` it stands as it is. It
        is a literal, or a text that `noted` or `tools.content.catalogue` has found before.
    """
    said = words(spoken()).gettext(template) if template else ""
    return said.format(**places) if places else said


def noted(text: str) -> str:
    """Return a sentence that is said later; what the catalogue is made from finds it here."""
    return text


def spoken() -> str:
    """Return the language that is spoken now, ``"en"`` as a rule."""
    return _spoken[-1]


def speak(language: str) -> None:
    """Say everything in a language from now on: ``"en"``, or one that has a catalogue.

    Raises
    ------
    DataError
        When there is no catalogue for it.
    """
    words(language)
    _spoken[-1] = language


class speaking:
    """Say everything in a language as long as a block of code runs."""

    def __init__(self, language: str) -> None:
        words(language)
        self.language = language

    def __enter__(self) -> None:
        _spoken.append(self.language)

    def __exit__(self, *_: object) -> None:
        _spoken.pop()


@cache
def words(language: str) -> gettext.NullTranslations:
    """Return the catalogue of a language; the one of English changes nothing.

    Raises
    ------
    DataError
        When there is none.
    """
    if language == ENGLISH:
        return gettext.NullTranslations()
    compiled = HERE / "_words" / f"{language}.mo"
    if compiled.is_file():
        return gettext.GNUTranslations(io.BytesIO(compiled.read_bytes()))
    source = HERE.parent / "book" / language / "course.po"
    if not source.is_file():
        template = noted("The course does not speak {language!r}: there is no catalogue for it.")
        raise DataError(say(template, language=language))
    # A checkout has the catalogue as it is written, and Babel to read it.
    from babel.messages import mofile, pofile

    made = io.BytesIO()
    mofile.write_mo(made, pofile.read_po(io.BytesIO(source.read_bytes()), language))
    return gettext.GNUTranslations(io.BytesIO(made.getvalue()))


def in_words(name: str, columns: list[str], table: pd.DataFrame) -> pd.DataFrame:
    """Return a table with the texts of some columns in the language that is spoken.

    Parameters
    ----------
    name
        Of the table.
    columns
        Those whose texts are translated; each other column keeps its words.
    table
        One row a record.
    """
    if spoken() != ENGLISH:
        look_up = words(spoken()).pgettext
        for column in columns:
            context = f"{name}.{column}"
            table[column] = table[column].map(partial(look_up, context), na_action="ignore")
    return table


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
