"""Code strings: there and back, and every way in which one can arrive damaged."""

import pandas as pd
import pytest

from course.codestrings import LETTERS, OPEN, from_string, to_string

CHOICES = ["bottom_up", "mixed", "elite", "state", "external"]
CODES = pd.Series(
    {"PER": "bottom_up", "COL": "elite", "MEX": None, "NGA": "mixed", "IRQ": "external"}
)


def test_there_and_back():
    text = to_string("origin", CODES, CHOICES)
    assert text.startswith("origin:AC-BE:")
    back = from_string(text, "origin", CODES.index, CHOICES)
    assert list(back.index) == list(CODES.index)
    assert back.isna().tolist() == CODES.isna().tolist()
    assert back.dropna().to_dict() == CODES.dropna().to_dict()


def test_spaces_and_small_letters_do_not_matter():
    text = to_string("origin", CODES, CHOICES)
    typed = f" {text.lower()[:9]} {text.lower()[9:]}\n"
    assert from_string(typed, "origin", CODES.index, CHOICES)["IRQ"] == "external"


def test_a_code_outside_the_codebook_is_named_with_its_case():
    wrong = CODES.copy()
    wrong["COL"] = "elites"
    with pytest.raises(ValueError, match="COL: 'elites' is not one of the codes bottom_up, mixed"):
        to_string("origin", wrong, CHOICES)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "two colons"),
        ("AC-BE", "two colons"),
        ("interest:AC-BE:A", "codes 'interest', and 'origin' is asked for"),
        ("origin:AC-B:A", "codes 4 cases; the table has 5"),
        ("origin:AC-BZ:A", "IRQ: the letter 'Z' stands for no code"),
        ("origin:AC1BE:A", "MEX: the letter '1' stands for no code"),
    ],
)
def test_what_is_wrong_is_said(text, message):
    with pytest.raises(ValueError, match=message):
        from_string(text, "origin", CODES.index, CHOICES)


def test_every_changed_letter_and_every_swap_of_neighbours_is_noticed():
    text = to_string("origin", CODES, CHOICES)
    letters, guard = text.split(":")[1:]
    changed = [
        letters[:place] + other + letters[place + 1 :]
        for place in range(len(letters))
        for other in OPEN + LETTERS[: len(CHOICES)]
        if other != letters[place]
    ]
    swapped = [
        letters[:place] + letters[place + 1] + letters[place] + letters[place + 2 :]
        for place in range(len(letters) - 1)
        if letters[place] != letters[place + 1]
    ]
    assert len(swapped) == 4
    for other in changed + swapped:
        with pytest.raises(ValueError, match="mistyped or two were swapped"):
            from_string(f"origin:{other}:{guard}", "origin", CODES.index, CHOICES)
