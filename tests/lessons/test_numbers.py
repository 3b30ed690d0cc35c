"""Every number and result of a lesson comes from the tables, and fails when they change.

Beside a lesson's test, ``tests/lessons/numbers/lessonNN.py`` computes each number of the prose
from the lesson's own names, after all its cells have been run, as nbval runs them to compare what
they show: so the prose says what the page shows. The tests hold that the file computes and does
not copy, that each number of the prose (text, figure titles, alt texts) is one of the file's, that
no name is unused or ambiguous, and that every one changes when the tables do.

Many results stand in words, in tasks, quizzes, readings of explorers and slides: *seven of eleven
years*, *lost most*. The same file holds a computed check for each.
"""

import ast
import functools
import re
from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd
import pytest

import course.data
from tools.authoring.numbers.beside import Beside
from tools.authoring.numbers.quantities import (
    CONVENTIONS,
    ledger,
    loose,
    unexplained,
    uses,
)
from tools.authoring.numbers.texts import both, readable, texts
from tools.common.paths import ROOT

LESSONS = sorted((ROOT / "notebooks").glob("*.ipynb"))
# Numbers a computation may contain: a shift, and factors between units.
ALLOWED_LITERALS = {0, 1, 2, -1, 12, 100, 1000, 1_000_000}


def literals(source: str) -> list[str]:
    """Return what the function `numbers` copies instead of computing."""
    tree = ast.parse(source)
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, (int, float)):
            is_year = isinstance(node.value, int) and 1900 <= node.value <= 2100
            if not is_year and node.value not in ALLOWED_LITERALS:
                found.append(str(node.value))
        is_sum = isinstance(node, ast.BinOp) and not isinstance(node.op, ast.Div)
        if is_sum and _is_constant(node):
            found.append(f"{ast.unparse(node)} spells a number")
    table = getattr(tree.body[0].body[-1], "value", None)
    if not isinstance(table, ast.Dict):
        return [*found, "`numbers` does not return one dictionary"]
    for name, value in zip(table.keys, table.values, strict=True):
        if not isinstance(value, ast.JoinedStr):
            found.append(f"{ast.unparse(name)} is not an f-string")
            continue
        texts = [part.value for part in value.values if isinstance(part, ast.Constant)]
        slots = [part.value for part in value.values if isinstance(part, ast.FormattedValue)]
        if any(re.search(r"\d", text) for text in texts):
            found.append(f"{ast.unparse(name)} holds a digit outside its braces")
        if not slots or any(isinstance(slot, ast.Constant) for slot in slots):
            found.append(f"{ast.unparse(name)} computes nothing")
    return found


def _is_constant(node: ast.AST) -> bool:
    """Return whether an expression is made of literals only."""
    parts = (ast.Constant, ast.BinOp, ast.UnaryOp, ast.operator, ast.unaryop)
    return all(isinstance(part, parts) for part in ast.walk(node))


@pytest.fixture(scope="module")
def beside(path) -> Beside:
    """The lesson's file in ``tests/lessons/numbers``, and the lesson that has been run whole."""
    beside = Beside(path)
    beside.notebooks[0].run()
    return beside


@pytest.fixture(scope="module")
def numbers(beside) -> Mapping[str, str]:
    """What the lesson's file prints."""
    return beside.numbers()


def listed(found: Iterable[str]) -> str:
    """Return what was found, each on a line: pytest cuts a long list."""
    return "".join(f"\n- {one}" for one in found)


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem, scope="module")
class TestNumbersOfALesson:
    def test_the_file_computes_and_does_not_copy(self, beside):
        copied = literals(beside.source_of("numbers"))
        assert copied == [], f"{beside.file.name}: `numbers` copies instead of computing"
        assert beside.bare() == [], f"{beside.file.name}: statements that compute nothing"

    def test_what_it_takes_of_the_lesson_has_one_value(self, beside):
        twice = beside.bound_twice()
        assert twice == [], f"{beside.path.name}: names with a value in several cells, for numbers"

    def test_every_number_of_the_prose_is_computed(self, path, numbers):
        found = unexplained(both(path), set(numbers.values()) | ledger())
        assert found == [], (
            f"{path.stem}: numbers that numbers/lesson{path.stem[:2]}.py does not print:"
            f"{listed(dict.fromkeys(found))}\n"  # a sentence may hold several such numbers
            f"`python -m tools numbers {path.stem[:2]}` prints what the tables give: correct "
            "the sentence, or add a number that is new, then run "
            f"`python -m tools outputs notebooks/{path.name} exercises/{path.name}`"
        )

    def test_no_name_is_unused_or_ambiguous(self, path, numbers):
        text = "\n\n".join([both(path), *(text.words for text in texts(path))])
        unused = [f"{name}: {shown}" for name, shown in numbers.items() if not uses(text, shown)]
        assert unused == [], (
            f"{path.stem}: numbers that stand nowhere in the prose; has a sentence another value?"
            + listed(unused)
        )
        printed = list(numbers.values())
        twice = [name for name, shown in numbers.items() if printed.count(shown) > 1]
        assert twice == [], f"{path.stem}: numbers that are printed alike, so which one is meant?"


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem, scope="module")
class TestStatementsOfALesson:
    """Results in tasks, quiz, reading and slides, each with a check that could fail."""

    def test_every_statement_holds(self, beside):
        false = [phrase for phrase, holds in beside.statements().items() if not holds]
        assert false == [], (
            f"{beside.path.stem} states what its tables do not: correct the text{listed(false)}"
        )

    def test_every_result_in_words_is_checked(self, path, beside):
        found = [
            f"{text.where}: {one}"
            for text in texts(path)
            for one in loose(text.words, beside.phrases())
        ]
        assert found == [], (
            f"write a check into {beside.file.name}, under `statements` with the words as they "
            f"stand, or put words that only explain into EXPLAINS{listed(found)}"
        )

    def test_every_number_of_reasons_hints_mistakes_and_answers_is_computed(
        self, path, beside, numbers
    ):
        printed = set(numbers.values()) | ledger() | set(beside.phrases()) | CONVENTIONS
        found = [
            f"{text.where}: {one}"
            for text in texts(path)
            if text.where.startswith(("why", "hint", "mistake", "answer"))
            for one in unexplained(text.words, printed)
        ]
        assert found == []

    def test_every_phrase_stands_in_a_text(self, path, beside):
        everything = "\n".join(text.words for text in texts(path))
        gone = [phrase for phrase in beside.phrases() if phrase not in everything]
        assert gone == [], f"{beside.file.name}: phrases that stand nowhere"

    @pytest.mark.filterwarnings("ignore:invalid value encountered")  # of rows that are gone
    def test_what_is_computed_changes_when_the_tables_do(self, path, beside, numbers, monkeypatch):
        before = numbers | beside.statements()
        unchanged = {*numbers, *filter(beside.from_tables, beside.statements())}
        changed = Beside(path)
        for seed in reversed(range(20)):  # the greatest changes first: they leave least to try
            if not unchanged:
                break
            changed.patch(monkeypatch, mutated_load(seed))
            for name in list(unchanged):
                try:
                    same = changed.alone(name) == before[name]
                except Exception:  # a row that it needs is gone: the check would fail
                    same = False
                if not same:
                    unchanged.remove(name)
        assert unchanged == set(), f"{beside.file.name}: checks that no change of a table breaks"


REAL_LOAD = functools.cache(course.data.load)


@functools.cache
def mutated(name: str, seed: int) -> pd.DataFrame:
    """Return a table whose numbers are wrong; later seeds lose rows and move dates too."""
    random = np.random.default_rng([seed, *name.encode()])
    table = REAL_LOAD(name).copy()
    for column in table.select_dtypes("number"):
        if "year" in column or column.startswith("date"):
            continue
        factors = random.uniform(0.4, 2.5, len(table))
        wrong = table[column].astype("float64") * factors
        whole = pd.api.types.is_integer_dtype(table[column])
        table[column] = wrong.round().astype(table[column].dtype) if whole else wrong
    if seed >= 12:
        for column in table.select_dtypes("datetime"):
            table[column] += pd.to_timedelta(random.integers(-400, 400, len(table)), "D")
    if seed >= 6:
        frac = 0.9 if seed < 16 else 0.5 if seed < 18 else 0.1
        table = table.sample(frac=frac, random_state=seed).sort_index()
    return table


def mutated_load(seed: int):
    """Return a `load` that gives mutated tables."""
    return lambda name: mutated(name, seed).copy()


# The tests of the tests ----------------------------------------------------------------------

HEAD = "def numbers(lesson, exercise, right, wrong):\n    "
GOOD = 'n = load("t")["area_ha"].sum() / 1000\n    return {"total": f"{n:,.1f} thousand ha"}'


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ('return {"total": "23,785 ha"}', "f-string"),
        ('return {"total": f"{23785:,} ha"}', "23785"),
        ("n = 23785\n    return {'total': f'{n:,} ha'}", "23785"),
        ("return {'total': f'23,{n} ha'}", "digit outside"),
        ("return {'total': f'many ha'}", "computes nothing"),
        ("return dict(total='1')", "not return one dictionary"),
        ("n = load('t')['a'] < 2 + 2 + 1", "spells a number"),
        ("n = load('t')['a'] * (2 + 1 / 2) / 100", "spells a number"),
    ],
)
def test_a_copied_number_is_found(source, fault):
    assert any(fault in found for found in literals(HEAD + source))


def test_a_computed_number_passes():
    assert literals(HEAD + GOOD) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("In 2013 farmers lost 23,785 ha.", 0),
        ("In 2013 farmers lost 23,786 ha.", 1),
        ("From 2012–16, on 27 May 2014, in the 1990s; see lesson 03 and point 14.", 0),
        ("Nearly 1991 ha were left.", 1),
        ("A share of 0.55 grew to 10.55.", 1),
        ("1. A list\n2. of `23` things {cite:t}`x2013`, [here](a.html#14).", 0),
        ("A fall of −17.5% was reported.", 1),
    ],
)
def test_which_numbers_need_a_figure(text, found):
    assert len(unexplained(readable(text), {"23,785 ha", "0.55"})) == found
