"""Every number in the prose of a lesson comes from the tables, and fails when they change.

A lesson's hidden cell tagged ``figures`` computes a dictionary of printed numbers from the
tables. The tests hold that the cell computes and does not copy, that each number of the prose
(text, figure titles, alt texts) is one of the dictionary's, that no name is unused or ambiguous,
and that every name changes when the tables do.
"""

import ast
import re
from pathlib import Path

import nbformat
import numpy as np
import pandas as pd
import pytest

import course.data
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
    r"^\s*\**\d\.",  # lists and questions
]
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
    """Return what a figures cell copies instead of computing."""
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
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "figures"
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
    """Return the sentences with a number that is neither a printed figure nor a date."""
    left = text
    for figure in sorted(printed, key=len, reverse=True):
        left = re.sub(rf"(?<![\d.,]){re.escape(figure)}(?![\d%]|[.,]\d)", blank, left)
    for pattern in NOT_QUANTITIES:
        left = re.sub(pattern, blank, left, flags=re.MULTILINE)
    return [sentence(text, match.start(), match.end()) for match in NUMBER.finditer(left)]


def blank(match: re.Match) -> str:
    """Return as many spaces, so that what is left keeps its place."""
    return " " * len(match[0])


def sentence(text: str, start: int, end: int) -> str:
    """Return the sentence in which something stands, at most 200 characters of it on each side."""
    before = re.split(r"(?<=[.!?:])\s+(?=[A-Z])|\n\n", text[max(0, start - 200) : start])[-1]
    after = re.split(r"(?<=[.!?])\s|\n\n", text[end : end + 200])[0]
    return " ".join(f"{before}{text[start:end]}{after}".split())


def uses(text: str, figure: str) -> bool:
    return re.search(rf"(?<![\d.,]){re.escape(figure)}(?![\d%]|[.,]\d)", text) is not None


def ledger() -> set[str]:
    """Return the quoted quantities that stand in the claims ledger with their citation."""
    if "quoted_figures" not in course.data.tables():
        return set()
    return set(course.data.load("quoted_figures")["as_printed"])


def repair(path: Path) -> str:
    """Return the command that stores the outputs of a lesson anew."""
    return f"python3 -m tools outputs notebooks/{path.name} exercises/{path.name}"


def both(path: Path) -> str:
    return prose(path) + "\n\n" + prose(ROOT / "exercises" / path.name)


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
class TestNumbersOfALesson:
    def test_the_figures_cell_computes_and_does_not_copy(self, path):
        copied = literals(figures_source(path))
        assert copied == [], f"{path.name}: the figures cell copies instead of computing"

    def test_every_number_of_the_prose_is_a_figure(self, path):
        figures = computed(figures_source(path))
        loose = unexplained(both(path), set(figures.values()) | ledger())
        new = {name: text for name, text in figures.items() if not uses(both(path), text)}
        assert loose == [], (
            f"{path.name}: the figures cell computes no such number: {' | '.join(loose)}\n"
            f"It computes, and no sentence says: {new}\n"
            f"Correct the sentences, then run `{repair(path)}`"
        )

    def test_no_name_is_unused_or_ambiguous(self, path):
        figures = computed(figures_source(path))
        text = both(path)
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

    def test_changed_tables_break_the_prose(self, path, monkeypatch):
        monkeypatch.setattr(course.data, "load", mutated_load(0))
        printed = set(computed(figures_source(path)).values())
        assert unexplained(both(path), printed) != []


REAL_LOAD = course.data.load


def mutated_load(seed: int):
    """Return a `load` whose numbers are wrong; later seeds also lose rows."""

    def load(name: str) -> pd.DataFrame:
        random = np.random.default_rng([seed, *name.encode()])
        table = REAL_LOAD(name).copy()
        for column in table.select_dtypes("number"):
            if "year" in column or column.startswith("date"):
                continue
            factors = random.uniform(0.4, 2.5, len(table))
            mutated = table[column].astype("float64") * factors
            whole = pd.api.types.is_integer_dtype(table[column])
            table[column] = mutated.round().astype(table[column].dtype) if whole else mutated
        if seed >= 6:
            table = table.sample(frac=0.9, random_state=seed).sort_index()
        return table

    return load


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
