"""Every number and result of a lesson comes from the tables, and fails when they change.

A lesson's hidden cell tagged ``figures`` computes a dictionary of printed numbers from the
tables. The tests hold that the cell computes and does not copy, that each number of the prose
(text, figure titles, alt texts) is one of the dictionary's, that no name is unused or ambiguous,
and that every name changes when the tables do.

Many results stand in words, in tasks, quizzes, readings of explorers and slides: *seven of eleven
years*, *lost most*. ``tests/lessons/numbers/lessonNN.py`` holds a computed check for each;
`stated` finds what has none.
"""

import ast
import functools
import re
from pathlib import Path

import nbformat
import numpy as np
import pandas as pd
import pytest

import course.data
import stated
from tools.common.paths import ROOT
from tools.content.slides import words

LESSONS = sorted((ROOT / "notebooks").glob("*.ipynb"))
# Numbers a computation may contain: a shift, and factors between units.
ALLOWED_LITERALS = {0, 1, 2, -1, 12, 100, 1000, 1_000_000}
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
# Where a number stands as a date, a place in the book or a label, not as a quantity.
NOT_QUANTITIES = [
    rf"\b\d{{1,2}}(–\d{{1,2}})? ({MONTHS})\b",
    r"\b(19|20)\d\d(–(19|20)?\d\d)?s?\b(?!,\d)(?! (ha|hectares|kg|t|tonnes|million|deaths|%)\b)",
    r"\b([Ll]essons?|[Ee]xercises?) \d\d((,| and| to) \d\d)*",
    r"\b[Pp]oints? \d+((,| and| to) \d+)*",
    r"\b[Tt]asks? \d\d\.\d((,| and| to) \d\d\.\d)*",
    r"^#+ (\d\d\.\d|Step \d)",
    r"^\s*\**\d\.(?!\d)",  # lists and questions
]
# What a hint may say of any column: false, true, and a whole in percent.
CONVENTIONS = {"0", "1", "100"}
NUMBER = re.compile(r"(?<![\w.])[−-]?\d[\d,]*(?:\.\d+)?(?![\w])")


def cells(path: Path, tag: str | None = None) -> list[nbformat.NotebookNode]:
    notebook = nbformat.read(path, as_version=4)
    return [c for c in notebook.cells if tag is None or tag in c.metadata.get("tags", [])]


def figures_source(path: Path) -> str:
    tagged = cells(path, "figures")
    assert len(tagged) == 1, f"{path.name} needs one cell tagged `figures`, has {len(tagged)}"
    assert "remove-cell" in tagged[0].metadata["tags"]
    return tagged[0].source


def computed(source: str) -> dict[str, str]:
    """Run a figures cell on its own and return the dictionary."""
    namespace: dict = {}
    exec(compile(source, "figures", "exec"), namespace)
    return namespace["figures"]


def literals(source: str) -> list[str]:
    """Return what a figures cell, or a function `numbers`, copies instead of computing."""
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
    tables = [
        node.value
        for node in tree.body
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "figures"
    ]
    tables += [
        node.body[-1].value
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and node.name == "numbers"
    ]
    if len(tables) != 1 or not isinstance(tables[0], ast.Dict):
        return [*found, "`figures` is not one dictionary"]
    for name, value in zip(tables[0].keys, tables[0].values, strict=True):
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


def prose(path: Path) -> str:
    """Return the text a reader meets: Markdown, words of figures and explorers, and slides."""
    texts = []
    for cell in cells(path):
        tags = cell.metadata.get("tags", [])
        texts += [readable(text) for text in words(cell.metadata.get("slide", {}))]
        if cell.cell_type == "markdown" and "card" not in tags:
            texts.append(readable(cell.source))
        elif cell.cell_type == "code" and "figures" not in tags:
            texts += [
                keyword.value.value
                for node in ast.walk(ast.parse(cell.source))
                if isinstance(node, ast.Call)
                for keyword in node.keywords
                if keyword.arg in ("title", "alt") and isinstance(keyword.value, ast.Constant)
            ]
    return "\n\n".join(texts)


def readable(markdown: str) -> str:
    """Return Markdown without code, citations, link targets, tags and mathematics."""
    for pattern in (r"```.*?```", r"\{[\w:]+\}`[^`]*`", r"`[^`]*`", r"\$[^$]*\$", r"<[^>]*>"):
        markdown = re.sub(pattern, " ", markdown, flags=re.DOTALL)
    return re.sub(r"\]\([^)]*\)", "]", markdown)


def unexplained(text: str, printed: set[str]) -> list[str]:
    """Return the numbers of a text that are neither printed figures nor dates, in context."""
    for figure in sorted(printed, key=len, reverse=True):
        text = re.sub(rf"(?<![\d.,]){re.escape(figure)}(?![\d%]|[.,]\d)", " ", text)
    for pattern in NOT_QUANTITIES:
        text = re.sub(pattern, " ", text, flags=re.MULTILINE)
    return [
        text[max(0, match.start() - 40) : match.end() + 25].replace("\n", " ")
        for match in NUMBER.finditer(text)
    ]


def uses(text: str, figure: str) -> bool:
    return re.search(rf"(?<![\d.,]){re.escape(figure)}(?![\d%]|[.,]\d)", text) is not None


def ledger() -> set[str]:
    """Return the quoted quantities that stand in the claims ledger with their citation."""
    if "quoted_figures" not in course.data.tables():
        return set()
    return set(course.data.load("quoted_figures")["as_printed"])


def both(path: Path) -> str:
    return prose(path) + "\n\n" + prose(ROOT / "exercises" / path.name)


@pytest.fixture(scope="module")
def beside(path) -> stated.Beside:
    """The lesson's file in ``tests/lessons/numbers`` with all that it computes from."""
    return stated.Beside(path)


@pytest.fixture
def figures(path, beside) -> dict[str, str]:
    """What the figures cell and the lesson's file print."""
    return computed(figures_source(path)) | beside.numbers()


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem, scope="module")
class TestNumbersOfALesson:
    def test_the_figures_cell_computes_and_does_not_copy(self, path):
        copied = literals(figures_source(path))
        assert copied == [], f"{path.name}: the figures cell copies instead of computing"

    def test_every_number_of_the_prose_is_a_figure(self, path, figures):
        loose = unexplained(both(path), set(figures.values()) | ledger())
        assert loose == [], f"{path.name}: numbers that the figures cell does not compute"

    def test_no_name_is_unused_or_ambiguous(self, path, figures):
        text = "\n\n".join([both(path), *(text.words for text in stated.texts(path))])
        unused = [name for name, figure in figures.items() if not uses(text, figure)]
        assert unused == [], f"{path.name}: figures that stand nowhere in the prose"
        printed = list(figures.values())
        twice = [name for name, figure in figures.items() if printed.count(figure) > 1]
        assert twice == [], f"{path.name}: figures that are printed alike, so which one is meant?"

    def test_every_figure_changes_when_the_tables_do(self, path, monkeypatch):
        source = figures_source(path)
        before = computed(source)
        unchanged = set(before)
        for seed in range(12):
            monkeypatch.setattr(course.data, "load", mutated_load(seed))
            try:
                after = computed(source)
            except Exception:  # a table without the row that was asked for: no evidence
                continue
            unchanged -= {name for name in before if after[name] != before[name]}
        assert unchanged == set(), f"{path.name}: figures that do not come from the tables"

    def test_changed_tables_break_the_prose(self, path, figures, monkeypatch):
        kept = set(figures.values()) - set(computed(figures_source(path)).values())
        monkeypatch.setattr(course.data, "load", mutated_load(0))
        printed = kept | set(computed(figures_source(path)).values())
        assert unexplained(both(path), printed) != []


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem, scope="module")
class TestStatementsOfALesson:
    """Results in tasks, quiz, reading and slides, each with a check that could fail."""

    def test_the_file_computes_and_does_not_copy(self, beside):
        copied = literals(beside.source_of("numbers"))
        assert copied == [], f"{beside.file.name}: `numbers` copies instead of computing"
        assert beside.bare() == [], f"{beside.file.name}: statements that compute nothing"

    def test_every_statement_holds(self, beside):
        false = [phrase for phrase, holds in beside.statements().items() if not holds]
        assert false == [], f"{beside.path.stem} states what its tables do not: correct the text"

    def test_every_result_in_words_is_checked(self, path, beside):
        found = [
            f"{text.where}: {one}"
            for text in stated.texts(path)
            for one in stated.loose(text.words, beside.phrases())
        ]
        assert found == [], (
            f"write a check into {beside.file.name}, under `statements` with the words as they "
            "stand, or put words that only explain into EXPLAINS"
        )

    def test_every_number_of_reasons_hints_mistakes_and_answers_is_a_figure(
        self, path, beside, figures
    ):
        printed = set(figures.values()) | ledger() | set(beside.phrases()) | CONVENTIONS
        found = [
            f"{text.where}: {one}"
            for text in stated.texts(path)
            if text.where.startswith(("why", "hint", "mistake", "answer"))
            for one in unexplained(text.words, printed)
        ]
        assert found == []

    def test_every_phrase_stands_in_a_text(self, path, beside):
        everything = "\n".join(text.words for text in stated.texts(path))
        gone = [phrase for phrase in beside.phrases() if phrase not in everything]
        assert gone == [], f"{beside.file.name}: phrases that stand nowhere"

    def test_what_is_computed_changes_when_the_tables_do(self, beside, monkeypatch):
        before = beside.numbers() | beside.statements()
        unchanged = {name for name in before if beside.from_tables(name)}
        for seed in range(20):
            beside.patch(monkeypatch, mutated_load(seed))
            for name in list(unchanged):
                try:
                    same = beside.alone(name) == before[name]
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

GOOD = 'n = load("t")["area_ha"].sum() / 1000\nfigures = {"total": f"{n:,.1f} thousand ha"}'


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ('figures = {"total": "23,785 ha"}', "f-string"),
        ('figures = {"total": f"{23785:,} ha"}', "23785"),
        ("n = 23785\nfigures = {'total': f'{n:,} ha'}", "23785"),
        ("figures = {'total': f'23,{n} ha'}", "digit outside"),
        ("figures = {'total': f'many ha'}", "computes nothing"),
        ("figures = dict(total='1')", "not one dictionary"),
        ("n = load('t')['a'] < 2 + 2 + 1", "spells a number"),
        ("n = load('t')['a'] * (2 + 1 / 2) / 100", "spells a number"),
    ],
)
def test_a_copied_number_is_found(source, fault):
    assert any(fault in found for found in literals(source))


def test_a_computed_number_passes():
    assert literals(GOOD) == []


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
