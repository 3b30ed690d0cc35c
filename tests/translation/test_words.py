"""The glossary and the sheet of pandas in another language, as a reader of its lessons has them."""

import json

import pytest

from course.data import load
from course.wording import speaking
from tools.common.paths import LANGUAGES
from tools.content.ladder import ladder
from tools.content.terms import COLUMNS, alphabetic, forms_of, label
from tools.pages import glossary
from tools.pages import ladder as sheet


@pytest.fixture(params=LANGUAGES)
def language(request):
    with speaking(request.param):
        yield request.param


def test_the_glossary_has_each_term_once_in_the_order_of_the_alphabet(language):
    (text,) = glossary.page_in(language).values()
    lines = text.decode().split("\n")
    entries = [lines[i - 1] for i, line in enumerate(lines) if line.startswith("  ")]
    assert len(entries) == len(load("glossary"))
    assert entries == sorted(entries, key=alphabetic)


def test_no_definition_and_no_line_of_the_sheet_is_left_in_english(language):
    (text,) = glossary.page_in(language).values()
    (cells,) = sheet.pages(language).values()
    with speaking("en"):
        english = [*load("glossary")["definition"]]
    english += [said for one in ladder() for said in (one.does, one.error)]
    assert [said for said in english if said in text.decode()] == []
    shown = "\n".join("".join(cell["source"]) for cell in json.loads(cells)["cells"])
    assert [said for said in english if said in shown] == []


def test_a_text_finds_a_term_in_the_singular_and_in_the_plural():
    rows = {row["term"]: row for row in load("glossary").fillna("").to_dict("records")}
    for term, wanted in {
        "self-defense committee": ["comité de autodefensa", "comités de autodefensa"],
        "estimate": ["estimación", "estimaciones"],
        "net area": ["superficie neta", "superficies netas"],
        "rondero": ["rondero", "rondera", "ronderos", "ronderas"],
        "VRAEM": ["VRAEM"],
    }.items():
        assert forms_of(rows[term], "es") == wanted


def test_a_language_without_a_column_lists_the_english_words():
    assert "qu" not in COLUMNS
    assert label({"term": "mask", "spanish": "máscara"}, "qu") == "mask"
