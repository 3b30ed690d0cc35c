"""The glossary, its links in the lessons, the index and the reading list."""

import re
from collections import Counter
from html import unescape

import nbformat
import pytest
from docutils import nodes
from docutils.core import publish_doctree
from myst_parser.parsers.docutils_ import Parser
from pybtex.database import Person
from sphinx import addnodes

from course.data import load
from theme.extension.terms import forms, link_terms
from tools.common.paths import ROOT, SITE, notebooks
from tools.content.bibliography import bibliography, plain, references, surname_first
from tools.content.slides import places, taught
from tools.content.terms import alphabetic
from tools.pages import glossary

TERMS = load("glossary")
TAUGHT = [ROOT / place for place in places()]
MOST_LINKS = 25  # on a page; more would be a page of links
READING = (ROOT / "book" / "reading-list.md").read_text("utf-8")
CITED = re.compile(r"\{cite:\w\}`([^`]+)`")


# The table ------------------------------------------------------------------------------------


def test_the_table_is_in_order_and_large_enough():
    assert len(TERMS) >= 80
    assert list(TERMS["term"]) == sorted(TERMS["term"], key=alphabetic)
    assert set(TERMS["field"]) == glossary.FIELDS.keys()


def test_no_form_belongs_to_two_terms():
    written = [form for row in TERMS.fillna({"also": ""}).itertuples() for form in _forms(row)]
    assert [form for form, times in Counter(written).items() if times > 1] == []


def _forms(row) -> list[str]:
    return [form for form in (row.term, *row.also.split(";")) if form]


def test_the_page_explains_every_term_once_in_two_languages():
    page = glossary.pages()["book/glossary.md"].decode()
    for row in TERMS.itertuples():
        entry = f'\n{row.term}\n  <i lang="es">{row.spanish}</i>. {row.definition}'
        assert page.count(entry) == 1
        if isinstance(row.source_key, str):
            assert f"{entry} {{cite:p}}`{row.source_key}`" in page


# Links ----------------------------------------------------------------------------------------


def document(*parts: nodes.Node) -> nodes.document:
    tree = nodes.document("", None)
    tree += nodes.section("", *parts, ids=["a"])
    return tree


def paragraph(text: str) -> nodes.paragraph:
    return nodes.paragraph("", text)


def linked(tree: nodes.document) -> list[tuple[str, str]]:
    return [
        (link["reftarget"], link.astext())
        for link in tree.findall(addnodes.pending_xref)
        if link["reftype"] == "term"
    ]


def test_the_first_use_is_linked_and_only_the_first():
    tree = document(paragraph("An interval, and intervals."), paragraph("Intervals again."))
    [use] = link_terms(tree)
    assert linked(tree) == [("interval", "interval")]
    assert tree.astext() == "An interval, and intervals.\n\nIntervals again."
    link = next(tree.findall(addnodes.pending_xref))
    assert link.parent is tree[0][0]
    assert link[0]["ids"] == [use.anchor] == ["use-interval"]


def test_plurals_capitals_and_line_breaks_are_uses_and_parts_of_words_are_not():
    tree = document(paragraph("Overstock-flow. Weighted\naverages of Soles; a codebook-like list."))
    link_terms(tree)
    assert linked(tree) == [("weighted mean", "Weighted\naverages"), ("sol", "Soles")]


def test_the_longest_term_wins_and_a_name_keeps_its_capitals():
    tree = document(paragraph("Rondas campesinas, then a ronda. He did it; DiD is a method."))
    link_terms(tree)
    assert linked(tree) == [
        ("ronda campesina", "Rondas campesinas"),
        ("ronda", "ronda"),
        ("difference-in-differences", "DiD"),
    ]


def test_a_typographic_apostrophe_is_an_apostrophe():
    tree = document(paragraph("Cohen’s kappa is low."))
    link_terms(tree)
    assert linked(tree) == [("kappa", "Cohen’s kappa")]


@pytest.mark.parametrize(
    "part",
    [
        nodes.title("", "The interval"),
        nodes.paragraph("", "", nodes.reference("", "an interval", refuri="x.html")),
        nodes.paragraph("", "", nodes.literal("", "interval")),
        nodes.paragraph("", "", addnodes.pending_xref("", nodes.inline("", "interval"))),
        nodes.literal_block("", "interval"),
        nodes.raw("", "<summary>interval</summary>", format="html"),
        nodes.admonition("", paragraph("interval"), classes=["card"]),
        nodes.container("", paragraph("interval"), classes=["cell_output"]),
        nodes.thead("", nodes.row("", nodes.entry("", paragraph("interval")))),
    ],
    ids=lambda part: part.tagname,
)
def test_what_is_no_running_text_is_left_alone(part):
    tree = document(part)
    before = tree.pformat()
    assert link_terms(tree) == []
    assert tree.pformat() == before


def uses_of(path) -> list[str]:
    """Return the terms that a notebook's text uses, as the book will link them."""
    texts = [
        cell.source
        for cell in nbformat.read(path, as_version=4).cells
        if cell.cell_type == "markdown" and "why" not in cell.metadata.get("tags", [])
    ]
    extensions = ["colon_fence", "deflist", "attrs_inline", "attrs_block"]
    tree = publish_doctree(
        "\n\n".join(CITED.sub("", text) for text in texts),
        parser=Parser(),
        settings_overrides={"myst_enable_extensions": extensions, "report_level": 5},
    )
    return [use.name for use in link_terms(tree)]


@pytest.fixture(scope="module")
def uses() -> dict[str, list[str]]:
    return {f"{path.parent.name}/{path.name}": uses_of(path) for path in notebooks()}


def test_every_term_is_used_in_a_lesson(uses):
    used = {term for page, terms in uses.items() if page.startswith("notebooks/") for term in terms}
    assert set(TERMS["term"]) - used == set(), "a term that no lesson uses: drop it or a form of it"


def test_no_page_is_full_of_links(uses):
    full = {page: len(terms) for page, terms in uses.items() if len(terms) > MOST_LINKS}
    assert full == {}, "drop a form from data/glossary.csv, the plainest words first"


# The built pages ------------------------------------------------------------------------------

LINK = re.compile(
    r'<a class="[^"]*\bterm\b[^"]*" href="\.\./book/glossary\.html#([^"]+)">(.*?)</a>'
)


def built(page: str) -> str:
    path = SITE / page
    if not path.exists():
        pytest.fail("the site is not built: run `make book` first")
    return path.read_text("utf-8")


@pytest.mark.parametrize("path", notebooks(), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_page_links_each_term_once_under_its_own_words(path):
    found = LINK.findall(built(f"{path.parent.name}/{path.stem}.html"))
    assert len(found) == len({anchor for anchor, _ in found})
    assert found or path.parent.name == "exercises"
    bare = [re.sub(r'<span lang="\w+">([^<]*)</span>', r"\1", one) for _, one in found]
    shown = [
        re.fullmatch(r'<span class="term" id="use-[\w-]+">([^<]+)</span>', one) for one in bare
    ]
    assert all(shown)
    known = {form.casefold() for form in forms()}
    for one in shown:
        assert re.sub(r"\s+", " ", unescape(one[1])).replace("’", "'").casefold() in known


def test_the_glossary_leads_back_to_a_lesson_for_each_term():
    page = built("book/glossary.html")
    entries = re.findall(r'<dt id="term-[^"]+">(.*?)<a.*?</dt>\s*<dd>(.*?)</dd>', page, re.DOTALL)
    assert len(entries) == len(TERMS)
    for term, text in entries:
        assert re.search(r'href="\.\./notebooks/[^"]+#use-[\w-]+">\d\d</a>', text), term


def test_the_index_holds_terms_their_spanish_places_authors_and_tables():
    page = built("book/index-of-terms.html")
    entries = re.findall(r"<li><p>(.*?)</p></li>", page, re.DOTALL)
    texts = [unescape(re.sub(r"<[^>]+>", "", entry)) for entry in entries]
    heads = [text.partition(":")[0] for text in texts]
    assert set(TERMS["term"]) <= set(heads)
    assert "comité de autodefensa (CAD): see self-defense committee" in texts
    for wanted in ("Uchuraccay", "Kalyvas, Stathis", "cultivation", "Colombia"):
        assert wanted in heads
    led = [entry for entry, text in zip(entries, texts, strict=True) if ": see " not in text]
    assert all(re.search(r'href="\.\./(notebooks|exercises)/[^"]+#', entry) for entry in led)


def test_the_index_is_in_order_under_its_letters():
    page = built("book/index-of-terms.html")
    parts = re.split(r'<h2 class="rubric" id="index-(\w)">', page)[1:]
    letters, texts = parts[::2], parts[1::2]
    assert letters == sorted(letters) and len(letters) > 20
    for letter, text in zip(letters, texts, strict=True):
        entries = re.findall(r"<li><p>(.*?)</p></li>", text, re.DOTALL)
        heads = [unescape(re.sub(r"<[^>]+>", "", entry)).partition(":")[0] for entry in entries]
        sorted_by = [alphabetic(head) for head in heads]
        assert sorted_by == sorted(sorted_by)
        assert all(head.startswith(letter) for head in sorted_by)


def test_the_atlas_leads_to_the_lessons_that_name_a_place():
    page = built("book/atlas.html")
    assert re.search(
        r'<strong>Uchuraccay</strong>[^<]*In lessons? <a [^>]*href="\.\./notebooks/', page
    )


# Names ----------------------------------------------------------------------------------------


def test_an_author_goes_by_surname_and_an_office_is_no_person():
    assert surname_first(Person("Kalyvas, Stathis N.")) == "Kalyvas, Stathis"
    assert surname_first(Person("{de la Calle}, Luis")) == "de la Calle, Luis"
    works = references()
    assert works["ball2003"].people[0] == "Ball, Patrick"
    assert works["cvr2003"].people == ()


def test_accents_and_case_do_not_change_the_order():
    assert sorted(["zone", "Áncash", "año", "anfo", "Ene"], key=alphabetic) == [
        "Áncash",
        "anfo",
        "año",
        "Ene",
        "zone",
    ]


# The reading list -----------------------------------------------------------------------------


def cited_in(heading: str = "") -> dict[str, set[str]]:
    """Return the works that lessons and readings cite, under a heading or anywhere, and where."""
    found: dict[str, set[str]] = {}
    for path in (ROOT / place for place in places()):
        for cell in taught(path).cells:
            if cell.cell_type == "markdown" and cell.source.startswith(heading):
                for keys in CITED.findall(cell.source):
                    for key in keys.split(","):
                        found.setdefault(key.strip(), set()).add(path.name)
    return found


def lines() -> dict[str, str]:
    return dict(re.findall(r"^- \{cite:t\}`(\w+)`(.+)$", READING, re.MULTILINE))


@pytest.mark.parametrize("path", TAUGHT, ids=lambda path: path.stem)
def test_what_a_lesson_recommends_is_on_the_reading_list(path):
    works = {key for key, names in cited_in("## Read next").items() if path.name in names}
    missing = works - lines().keys()
    assert missing == set(), f"{path.name}: works to read next that book/reading-list.md lacks"


def test_the_reading_list_can_be_read():
    assert 30 <= len(lines()) <= 45
    assert READING.count("\n- ") == len(lines())


def test_each_work_has_its_title_its_reason_and_its_lessons():
    entries, cited = bibliography().entries, cited_in()
    for key, line in lines().items():
        title, reason = re.match(r", \*(.+?)\*(?: \(.+?\))?: (.+)", line).groups()
        whole = plain(entries[key].fields["title"])
        assert straight(whole).startswith(straight(title)), key
        assert len(reason) > 30, key
        lessons = set(re.findall(r"([\w-]+\.(?:ipynb|md))\)", line))
        assert lessons and lessons <= cited[key], key


def straight(text: str) -> str:
    return re.sub("[’‘]", "'", text)


def test_an_open_copy_is_where_the_bibliography_found_it():
    entries = bibliography().entries
    copies = {key: re.findall(r"\[open copy\]\(([^)]+)\)", line) for key, line in lines().items()}
    assert sum(map(len, copies.values())) >= 10
    for key, found in copies.items():
        assert found in ([], [entries[key].fields.get("url")]), key
