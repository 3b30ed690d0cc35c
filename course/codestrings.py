"""Exchange codes with a classmate as a short text that fits into a message.

A coder's codes, one a case, become one letter each and a letter that guards them against typing
errors: ``origin:BAAED-CB:Q``. The text holds no name and nothing of the coder.
"""

from __future__ import annotations

import string
from collections.abc import Sequence

import pandas as pd

LETTERS = string.ascii_uppercase
OPEN = "-"  # a case that is not coded yet


def to_string(name: str, codes: pd.Series, choices: Sequence[str]) -> str:
    """Return codes as a short text.

    Parameters
    ----------
    name
        What was coded, for example ``"origin"``; `from_string` asks for the same.
    codes
        One code a case, in the order of the table of cases. A missing value is a case that is
        not coded yet.
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
    letter = dict(zip(choices, LETTERS, strict=False))
    letters = ""
    for case, code in codes.items():
        if pd.isna(code):
            letters += OPEN
        elif code in letter:
            letters += letter[code]
        else:
            raise ValueError(
                f"{case}: {code!r} is not one of the codes {', '.join(letter)}; see the spelling."
            )
    return f"{name}:{letters}:{_guard(letters)}"


def from_string(text: str, name: str, cases: Sequence[str], choices: Sequence[str]) -> pd.Series:
    """Return the codes that stand in a text made by `to_string`.

    Parameters
    ----------
    text
        What a classmate sent; spaces and small letters do not matter.
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
    parts = "".join(str(text).split()).split(":")
    if len(parts) != 3:
        raise ValueError(f"A code string looks like {name}:ABBA:X, with two colons; got {text!r}.")
    sent, letters, guard = parts[0], parts[1].upper(), parts[2].upper()
    if sent.lower() != name.lower():
        raise ValueError(f"This string codes {sent!r}, and {name!r} is asked for.")
    if len(letters) != len(cases):
        raise ValueError(f"This string codes {len(letters)} cases; the table has {len(cases)}.")
    codes = dict(zip(LETTERS, choices, strict=False)) | {OPEN: None}
    for case, letter in zip(cases, letters, strict=True):
        if letter not in codes:
            raise ValueError(f"{case}: the letter {letter!r} stands for no code of the codebook.")
    if guard != _guard(letters):
        raise ValueError("A letter was mistyped or two were swapped: ask for the string again.")
    return pd.Series([codes[letter] for letter in letters], index=list(cases), dtype=object)


def _guard(letters: str) -> str:
    """Return a letter that changes with any one letter and with any two neighbours swapped."""
    total = 0
    for letter in letters:
        total = (total * 2 + (OPEN + LETTERS).index(letter)) % 27
    return (OPEN + LETTERS)[total]
