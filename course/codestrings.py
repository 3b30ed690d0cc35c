"""Exchange codes with a classmate as a short text that fits into a message.

A coder's codes, one a case, become one letter each and a letter that guards them against typing
errors: ``origin:BAAED-CB:Q``. The text holds no name and nothing of the coder.
"""

from __future__ import annotations

import string
from collections.abc import Sequence

import pandas as pd

from course.checks.form import value as code_of
from course.checks.form import word
from course.checks.say import short
from course.wording import say

LETTERS = string.ascii_uppercase
OPEN = "-"  # a case that is not coded yet
MARKS = "\"'“”‘’.,;`"  # that a message puts around a string


def to_string(name: str, codes: pd.Series, choices: Sequence[str]) -> str:
    """Return codes as a short text.

    Parameters
    ----------
    name
        What was coded, for example ``"origin"``; `from_string` asks for the same.
    codes
        One code a case, in the order of the table of cases. A missing or empty value is a case
        that is not coded yet. Capitals, blanks and hyphens do not matter.
    choices
        The codes of the codebook, in its order, at most 26.

    Returns
    -------
    str
        ``name:letters:guard``, with as many letters as there are cases.

    Raises
    ------
    ValueError
        When a code is not in the codebook; the message names the case.
    """
    letter = dict(zip(map(word, choices), LETTERS, strict=False))
    letters = ""
    for case, code in codes.items():
        plain = code_of(code)
        if plain is None:
            letters += OPEN
        elif plain in letter:
            letters += letter[plain]
        else:
            raise ValueError(
                say(
                    "{case}: {code!r} is not one of the codes {codes}; see the spelling.",
                    case=case,
                    code=short(code),
                    codes=", ".join(choices),
                )
            )
    return f"{name}:{letters}:{_guard(letters)}"


def from_string(text: str, name: str, cases: Sequence[str], choices: Sequence[str]) -> pd.Series:
    """Return the codes that stand in a text made by `to_string`.

    Parameters
    ----------
    text
        What a classmate sent; spaces, small letters and marks around it do not matter.
    name
        What was coded, as the sender named it.
    cases
        The cases in the order of their table.
    choices
        The codes of the codebook, in its order.

    Returns
    -------
    pandas.Series
        One code a case, indexed by case; None where the sender has not coded.

    Raises
    ------
    ValueError
        When the text is of another task, has another length, holds an unknown letter or was
        changed on its way; the message says which.
    """
    sent = "".join(str(text).split()).strip(MARKS).replace("–", OPEN)
    parts = sent.split(":")
    if len(parts) != 3:
        raise ValueError(
            say(
                "A code string looks like {name}:ABBA:X, with two colons; got {text!r}.",
                name=name,
                text=short(text),
            )
        )
    sent, letters, guard = parts[0], parts[1].upper(), parts[2].upper()
    if sent.lower() != name.lower():
        raise ValueError(
            say(
                "This string codes {sent!r}, and {name!r} is asked for.",
                sent=short(sent),
                name=name,
            )
        )
    if len(letters) != len(cases):
        raise ValueError(
            say("This string codes {n} cases; the table has {all}.", n=len(letters), all=len(cases))
        )
    codes = dict(zip(LETTERS, choices, strict=False)) | {OPEN: None}
    for case, letter in zip(cases, letters, strict=True):
        if letter not in codes:
            raise ValueError(
                say(
                    "{case}: the letter {letter!r} stands for no code of the codebook.",
                    case=case,
                    letter=letter,
                )
            )
    if guard != _guard(letters):
        raise ValueError(
            say("A letter was mistyped or two were swapped: ask for the string again.")
        )
    return pd.Series([codes[letter] for letter in letters], index=list(cases), dtype=object)


def _guard(letters: str) -> str:
    """Return a letter that changes with any one letter and with any two neighbours swapped."""
    total = 0
    for letter in letters:
        total = (total * 2 + (OPEN + LETTERS).index(letter)) % 27
    return (OPEN + LETTERS)[total]
