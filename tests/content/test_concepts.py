"""The twelve concept questions: two parallel forms, and no word of what is right in the first."""

import re
from collections import Counter

import nbformat

from tools.common.paths import ROOT
from tools.content.concepts import form, key, questions, with_concepts
from tools.content.stage import on_page, portable


def test_there_are_two_questions_of_each_concept():
    all_ = questions()
    concepts = [one["id"] for one in all_["concept"]]
    ids = [one["id"] for one in all_["question"]]
    assert len(concepts) == 6
    assert ids == [f"{concept}-{number}" for concept in concepts for number in (1, 2)]


def test_both_forms_of_a_question_are_alike_and_not_the_same():
    for one in questions()["question"]:
        for letter in "ab":
            options = one[f"{letter}_options"]
            assert len(options) == len(set(options)) == 4
            assert one[f"{letter}_right"] in "abcd"
        assert one["a"] != one["b"]
        long = sorted(len(one[letter].split()) for letter in "ab")
        assert long[1] <= 1.6 * long[0], one["id"]
        assert one["a_options"] != one["b_options"]


def test_no_letter_is_right_too_often_and_the_right_one_is_not_the_longest():
    for letter in "ab":
        right = Counter(one[f"{letter}_right"] for one in questions()["question"])
        assert max(right.values()) <= 6, right
        longest = 0
        for one in questions()["question"]:
            options = one[f"{letter}_options"]
            answer = options["abcd".index(one[f"{letter}_right"])]
            longest += len(answer) == max(map(len, options))
        assert longest <= 6, f"form {letter}: who takes the longest option has {longest} right"


def test_the_first_form_does_not_tell_what_is_right():
    first, second = form("a"), form("b")
    assert first.count("<fieldset>") == second.count("<fieldset>") == 12
    assert "data-key" not in first and not re.search(
        r"right|wrong", re.sub(r"<[^>]*>[^<]*", "", first)
    )
    assert f'data-key-a="{key("a")}"' in second
    assert "\n\n" not in first + second  # a blank line would end the element


def test_the_lessons_ask_them_on_the_page_only():
    for name, letter in (("00-start-here", "a"), ("14-capstone", "b")):
        notebook = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4)
        [cell] = [c for c in on_page(notebook).cells if 'class="concepts"' in c.source]
        assert cell.id == f"concepts-{letter}"
        own = next(c for c in notebook.cells if c.id == cell.id)
        assert with_concepts(own.source) == cell.source
        elsewhere = nbformat.v4.new_notebook(cells=[own])
        [alone] = portable(elsewhere, f"notebooks/{name}.ipynb", {}, lambda page: page).cells
        assert "concepts:" not in alone.source and "Twelve questions" in alone.source
