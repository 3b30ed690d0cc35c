"""A translation says what the English says: the same cells, code, numbers, sources and links."""

import ast
import json
import re
from collections import Counter
from pathlib import Path

import pytest

from course.data import load, tables
from course.wording import speaking
from tools.common.paths import LANGUAGES, ROOT
from tools.content import catalogue, myst
from tools.content.bibliography import CITED
from tools.content.translation import (
    KEY,
    SAID_ALOUD,
    cell_text,
    parts,
    state,
    translated_path,
    translations,
)

PAIRS = [
    (language, source, translated_path(source, language))
    for language in LANGUAGES
    for source in translations(language)
]
IDS = [translation.relative_to(ROOT).as_posix() for _, _, translation in PAIRS]
pairs = pytest.mark.parametrize(("language", "source", "translation"), PAIRS, ids=IDS)
notebooks = pytest.mark.parametrize(
    ("language", "source", "translation"),
    [pair for pair in PAIRS if pair[1].suffix == ".ipynb"],
    ids=[name for name in IDS if name.endswith(".ipynb")],
)
NUMERAL = re.compile(r"\d(?:[\d,.]*\d)?")
# Words that code goes by: names of tables and columns, and values with an underscore.
COLUMNS = {name for table in tables() for name in (table, *load(table).columns)}
BOX = re.compile(r"^:class: (\w+)|^(:::+|```+)\{([\w-]+)\}", re.MULTILINE)
HTML = re.compile(r"<(?!!)[^>]*>")
# What a notebook in another language has and the English one has not: its language.
SET_UP = 'from course.wording import speak\n\nspeak("{language}")'


def cells(path: Path) -> list[dict]:
    return json.loads(path.read_text("utf-8"))["cells"]


def source_of(cell: dict) -> str:
    return "".join(cell["source"])


def numerals(text: str) -> Counter:
    return Counter(NUMERAL.findall(text))


def links(text: str) -> Counter:
    found = (block.text for block in myst.blocks(text) if block.kind != "code")
    return Counter(
        piece.body for one in found for run in re.split(r"\n\s*\n", one) for piece in myst.pieces(run)
        if piece.kind == "link"
    )


def differing(one: Counter, other: Counter) -> str:
    return f"only in English: {dict(one - other)}; only translated: {dict(other - one)}"


@pairs
def test_every_part_is_translated_from_the_english_as_it_stands(language, source, translation):
    found = state(source, translation)
    name = translation.relative_to(ROOT).as_posix()
    assert found.is_whole, (
        f"{name} is behind: see `python -m tools translate status`. not translated: {found.missing}; "
        f"changed in English since: {found.drifted}; no longer in English: {found.gone}"
    )


@pairs
def test_every_part_has_the_same_numbers_works_links_and_boxes(language, source, translation):
    pairs_of_parts = zip(parts(source), parts(translation), strict=True)
    for own, other in pairs_of_parts:
        where = f"{translation.relative_to(ROOT).as_posix()}, {own.name}: "
        for what in (numerals, links):
            assert what(own.text) == what(other.text), where + differing(
                what(own.text), what(other.text)
            )
        cited = [Counter(CITED.findall(text)) for text in (own.text, other.text)]
        assert cited[0] == cited[1], where + differing(*cited)
        boxes = [Counter(map(str, BOX.findall(text))) for text in (own.text, other.text)]
        assert boxes[0] == boxes[1], where + differing(*boxes)


@notebooks
def test_a_notebook_has_the_same_cells(language, source, translation):
    for own, other in zip(cells(source), cells(translation), strict=True):
        assert own["id"] == other["id"]
        assert own["cell_type"] == other["cell_type"], own["id"]
        kept = [
            {name: value for name, value in cell["metadata"].items() if name not in (KEY, "slide")}
            for cell in (own, other)
        ]
        assert kept[0] == kept[1], own["id"]
        slides = [cell["metadata"].get("slide", {}) for cell in (own, other)]
        assert slides[0].keys() == slides[1].keys(), own["id"]
        for name in slides[0].keys() - set(SAID_ALOUD):
            assert slides[0][name] == slides[1][name], own["id"]
        assert len(slides[0].get("points", [])) == len(slides[1].get("points", [])), own["id"]


class _Unworded(ast.NodeTransformer):
    """Leaves of a text constant only what code goes by: a name of a column, a key, a value."""

    goes_by = False  # in brackets behind a table, and in the call of a method

    def visit_Constant(self, node: ast.Constant) -> ast.Constant:
        text = node.value
        if isinstance(text, str) and not re.fullmatch(r"\w+_\w+", text):
            node.value = text if self.goes_by and text in COLUMNS else ""
        return node

    def visit_Subscript(self, node: ast.Subscript) -> ast.Subscript:
        before, self.goes_by = self.goes_by, True
        self.generic_visit(node)
        self.goes_by = before
        return node

    visit_Call = visit_Subscript

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.JoinedStr:
        """Keep which values a sentence holds; another language has them in another order."""
        held = [one for one in node.values if isinstance(one, ast.FormattedValue)]
        node.values = sorted(held, key=ast.dump)
        return node


def unworded(code: str) -> str:
    return ast.dump(_Unworded().visit(ast.parse(code)))


def executed(cell: dict) -> str:
    code = source_of(cell)
    return "\n".join(line for line in code.split("\n") if not line.startswith("#~"))


@notebooks
def test_a_notebook_has_the_same_code(language, source, translation):
    set_up = SET_UP.format(language=language)
    spoken = 0
    for own, other in zip(cells(source), cells(translation), strict=True):
        if own["cell_type"] != "code":
            continue
        text = executed(other)
        spoken += set_up in text
        assert unworded(executed(own)) == unworded(text.replace(set_up, "")), other["id"]
    assert spoken == 1, "one cell says which language is spoken"


@notebooks
def test_a_question_has_its_right_answer_in_the_same_place(language, source, translation):
    for own, other in zip(cells(source), cells(translation), strict=True):
        tags = [HTML.findall(re.sub(r' aria-label="[^"]*"', "", source_of(cell))) for cell in (own, other)]
        if own["cell_type"] == "markdown":
            assert tags[0] == tags[1], own["id"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_has_a_translation_for_all_that_its_pages_say(language):
    missing = catalogue.missing(language)
    assert not missing, f"run `python -m tools translate words` and translate: {missing[:20]}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translated_sentence_has_the_same_places_and_numbers(language):
    for one in catalogue.read(language):
        if not one.id:
            continue
        places = [Counter(re.findall(r"\{\w+(?:![rs])?(?::[^}]*)?\}", text)) for text in (one.id, one.string)]
        assert places[0] == places[1], one.id
        assert numerals(one.id) == numerals(one.string), one.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_in_the_catalogue_is_left_over(language):
    said = {(context, text) for context, text, _ in catalogue.messages(language)}
    left = [one.id for one in catalogue.read(language) if one.id and (one.context or "", one.id) not in said]
    assert not left, f"run `python -m tools translate words`: {left[:10]}"


# What the tests above must see ---------------------------------------------------------------------


def test_a_changed_english_cell_is_told_as_drifted(tmp_path):
    _, source, translation = next(pair for pair in PAIRS if pair[1].suffix == ".ipynb")
    notebook = json.loads(source.read_text("utf-8"))
    changed = next(cell for cell in notebook["cells"] if cell["cell_type"] == "markdown")
    changed["source"] = [source_of(changed) + " And one word more."]
    copy = tmp_path / source.name
    copy.write_text(json.dumps(notebook), "utf-8")
    assert state(copy, translation).drifted == (changed["id"],)
    notebook["cells"].remove(changed)
    copy.write_text(json.dumps(notebook), "utf-8")
    assert state(copy, translation).gone == (changed["id"],)


def test_what_a_slide_says_counts_as_its_cell():
    cell = {"source": ["a"], "metadata": {"slide": {"notes": "b", "minutes": 2}}}
    louder = {"source": ["a"], "metadata": {"slide": {"notes": "c", "minutes": 2}}}
    longer = {"source": ["a"], "metadata": {"slide": {"notes": "b", "minutes": 3}}}
    assert cell_text(cell) != cell_text(louder)
    assert cell_text(cell) == cell_text(longer)


@pytest.mark.parametrize(
    "code",
    [
        'rows = table[table["años"] == 3]',
        'rows = table[table["other_column"] == 2]',
        'rows = other[other["years"] == 2]',
    ],
)
def test_other_code_is_seen(code):
    own = 'rows = table[table["years"] == 2]  # the rows of two years'
    assert unworded(own) == unworded('rows = table[table["years"] == 2]  # las filas de dos años')
    assert unworded(own) != unworded(code)


def test_with_no_catalogue_there_is_a_sentence(monkeypatch):
    from course.errors import DataError

    with pytest.raises(DataError, match="does not speak 'xx'"), speaking("xx"):
        pass
