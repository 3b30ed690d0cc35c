"""Link the words of the glossary where a page uses them first, and make the index.

A notebook stays as it is: the links are made when the book is. Each page notes what it uses, and
the glossary and the index show it, so that they cannot name a lesson that has dropped a word.
"""

import html
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from course.wording import ENGLISH, say
from tools.common.files import csv_rows
from tools.common.paths import ROOT
from tools.content.bibliography import Reference, references
from tools.content.terms import alphabetic, forms_of, label

GLOSSARY, INDEX, ATLAS = "book/glossary", "book/index-of-terms", "book/atlas"
# Pages that are filled when every page has been read.
REFERENCE_PAGES = {GLOSSARY, INDEX, ATLAS}
USES = "course_uses"
# Where a link would be in the way: it is no running text, or it leads somewhere already.
LEFT_ALONE = (
    nodes.title,
    nodes.reference,
    nodes.literal,
    nodes.literal_block,
    nodes.math,
    nodes.math_block,
    nodes.raw,
    nodes.thead,
    nodes.caption,
    nodes.comment,
    nodes.problematic,
    nodes.system_message,
    addnodes.pending_xref,
)
LEFT_ALONE_CLASSES = {"card", "cell_output"}
LOAD = re.compile(r"\bload\(\s*[\"'](\w+)[\"']")


class Use(NamedTuple):
    """Something that the index names: what it is called, and where on the page it stands."""

    kind: str  # term, name or table
    name: str
    anchor: str


# Words -------------------------------------------------------------------------------------------


def table(name: str) -> list[dict[str, str]]:
    """Return the rows of a table of the course."""
    return csv_rows(ROOT / "data" / f"{name}.csv")


@cache
def forms(language: str = ENGLISH) -> dict[str, str]:
    """Return each form of each term of the glossary in a language, and the term as it is listed."""
    rows = table("glossary")
    return {form: label(row, language) for row in rows for form in forms_of(row, language)}


@cache
def names() -> dict[str, str]:
    """Return each form of the names of places and countries that the tables hold, and the name."""
    found = {}
    for row in table("places"):
        name = row["place"].partition(" (")[0]
        found |= {form: name for form in (name, *row["also_called"].split("; ")) if form}
    found |= {row["department"]: row["department"] for row in table("departments")}
    tables = "cultivation", "selfdefense_cases"
    countries = {row["country"] for name in tables for row in table(name)}
    return found | {name: name for name in countries - {"Andean total", "Peru"}}


def searched(uses: Iterable[Use]) -> str:
    """Return the terms that a page uses in whatever form, each with its other word, to be found.

    See theme/static/search.js, which takes them apart.
    """
    terms = [use.name for use in uses if use.kind == "term"]
    return " · ".join(f"{term} = {other_words()[term]}" for term in terms).replace("–", " ")


@cache
def other_words() -> dict[str, str]:
    """Return the Spanish word for each English term of the glossary, and the other way round."""
    rows = table("glossary")
    there = {label(row, "es"): row["term"] for row in rows}
    return there | {row["term"]: row["spanish"] for row in rows}


def pattern(words: Iterable[str]) -> re.Pattern:
    """Return what finds any of the words, the longest first.

    A word that begins with a capital is a name and is found as it stands; another one is found at
    the start of a sentence as well.
    """

    def one(word: str) -> str:
        text = re.escape(word).replace(r"\ ", r"\s+").replace("'", "['’]")
        return text if word[0].isupper() else f"[{word[0]}{word[0].upper()}]{text[1:]}"

    either = "|".join(one(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<![\w–-])(?:{either})(?![\w–-])")


def as_listed(text: str, known: Iterable[str]) -> str:
    """Return the form in a list that a text found by its pattern stands for."""
    text = re.sub(r"\s+", " ", text.replace("’", "'"))
    return text if text in known else text[0].lower() + text[1:]


def running_text(document: nodes.document) -> Iterator[nodes.Text]:
    """Yield the text that a reader reads: no headings, links, code, citations, card or outputs."""

    def walk(node: nodes.Element) -> Iterator[nodes.Text]:
        for child in node.children:
            if isinstance(child, nodes.Text):
                yield child
            elif not isinstance(child, LEFT_ALONE) and not (
                LEFT_ALONE_CLASSES & set(child["classes"])
            ):
                yield from walk(child)

    return walk(document)


def link_terms(document: nodes.document, language: str = ENGLISH) -> list[Use]:
    """Link the first use of each term on a page, in place, and return the uses."""
    known, words = forms(language), pattern(forms(language))
    uses: dict[str, Use] = {}
    for text in list(running_text(document)):
        parts, end = [], 0
        for found in words.finditer(text):
            term = known[as_listed(found[0], known)]
            if term in uses:
                continue
            uses[term] = Use("term", term, f"use-{nodes.make_id(term)}")
            shown = nodes.inline("", found[0], ids=[uses[term].anchor], classes=["term"])
            link = addnodes.pending_xref(
                "", shown, refdomain="std", reftype="term", reftarget=term, refexplicit=True
            )
            parts += [nodes.Text(text[end : found.start()]), link]
            end = found.end()
        if parts:
            text.parent.replace(text, [*parts, nodes.Text(text[end:])])
    return list(uses.values())


def section_of(node: nodes.Node) -> str:
    """Return the anchor of the section in which a part of a page stands."""
    while not isinstance(node, nodes.section):
        node = node.parent
    return node["ids"][0]


def named_things(document: nodes.document) -> Iterator[Use]:
    """Yield the places, tables and authors of a page, each with its section."""
    words = pattern(names())
    for text in running_text(document):
        for found in words.finditer(text):
            yield Use("name", names()[as_listed(found[0], names())], section_of(text.parent))
    for code in document.findall(nodes.literal_block):
        for table in LOAD.findall(code.astext()):
            yield Use("table", table, section_of(code))
    for cited in document.findall(addnodes.pending_xref):
        if cited["refdomain"] == "cite":
            for key in cited["reftarget"].split(","):
                for author in works()[key.strip()].people:
                    yield Use("name", author, section_of(cited))


@cache
def works() -> dict[str, Reference]:
    """Return how each work of the bibliography is cited, by its key."""
    return references()


def note_uses(app: Sphinx, document: nodes.document) -> None:
    """Link the terms of a lesson or an exercise, and note what the index needs of it."""
    page = app.env.docname
    if not page.startswith(("notebooks/", "exercises/")):
        return
    others = {}
    for use in named_things(document):
        others.setdefault((use.kind, use.name), use)
    there = GLOSSARY in app.env.found_docs
    terms = link_terms(document, app.config.language) if there else []
    app.env.metadata[page][USES] = [*others.values(), *terms]


# Glossary, index and atlas -----------------------------------------------------------------------


class IndexOfTerms(SphinxDirective):
    """The place of the index; it is filled when every page has been read."""

    def run(self) -> list[nodes.Node]:
        """Return the place that the index takes when all pages are read."""
        return [nodes.container(classes=["index-of-terms"])]


def uses_by_name(app: Sphinx) -> dict[tuple[str, str], list[tuple[str, str]]]:
    """Return where each thing of the index is used: page and anchor, lessons first."""
    found = defaultdict(list)
    pages = [page for page, noted in app.env.metadata.items() if USES in noted]
    for page in sorted(pages, key=lambda name: (name.startswith("exercises/"), name)):
        for use in app.env.metadata[page][USES]:
            found[use.kind, use.name].append((page, use.anchor))
    return found


def links(app: Sphinx, here: str, uses: list[tuple[str, str]]) -> list[nodes.Node]:
    """Return links to lessons and exercises: "Lessons 03, 04; exercises 04"."""
    parts: list[nodes.Node] = []
    named = {
        "notebooks": (say("lesson"), say("lessons")),
        "exercises": (say("exercise"), say("exercises")),
    }
    for folder, (one, many) in named.items():
        own = [(page, anchor) for page, anchor in uses if page.startswith(f"{folder}/")]
        if not own:
            continue
        word = one if len(own) == 1 else many
        parts.append(nodes.Text(f"{'; ' if parts else ''}{word} "))
        for number, (page, anchor) in enumerate(own):
            address = f"{app.builder.get_relative_uri(here, page)}#{anchor}"
            text = page.partition("/")[2][:2]
            parts += [nodes.Text(", ")] if number else []
            parts.append(nodes.reference("", text, refuri=address, internal=True))
    return parts


def finish_terms(app: Sphinx, document: nodes.document, page: str) -> None:
    """Show on the pages of reference where a thing is used, and mark the links of a lesson."""
    if page == GLOSSARY:
        uses = uses_by_name(app)
        for item in document.findall(nodes.definition_list_item):
            term = item.next_node(nodes.term).astext()
            line = nodes.paragraph(classes=["uses"])
            line += links(app, page, uses["term", term])
            item.next_node(nodes.definition).append(line)
    elif page == ATLAS:
        link_places(app, document)
    elif page == INDEX:
        for place in document.findall(nodes.container):
            if "index-of-terms" in place["classes"]:
                fill_index(app, place)
    else:
        for shown in document.findall(nodes.inline):
            if "term" in shown["classes"] and isinstance(shown.parent, nodes.reference):
                shown.parent["classes"].append("term")
    if page in (GLOSSARY, INDEX):
        for letter in document.findall(nodes.rubric):
            letter["level"] = 2  # a heading for a screen reader, and no entry in the contents


def link_places(app: Sphinx, document: nodes.document) -> None:
    """Show in the atlas which lessons name a place."""
    uses = uses_by_name(app)
    for item in document.findall(nodes.definition):
        for shown in list(item.findall(nodes.strong))[:1]:
            name = names().get(shown.astext().partition(" (")[0], "")
            if named := links(app, ATLAS, uses["name", name]):
                shown.parent += [nodes.Text(" In "), *named, nodes.Text(".")]


def fill_index(app: Sphinx, place: nodes.container) -> None:
    """Write the index under its letters, and a line of letters that lead to them."""
    letters = defaultdict(list)
    for entry in index_entries(app):
        letters[alphabetic(entry[0])[0].upper()].append(entry)
    jump = nodes.paragraph(classes=["letters"])
    place += jump
    for letter in sorted(letters):
        anchor = f"index-{letter.lower()}"
        jump += [nodes.reference("", letter, refid=anchor, internal=True), nodes.Text(" ")]
        place += nodes.rubric("", letter, ids=[anchor])
        listed = nodes.bullet_list(classes=["entries"])
        for name, kind, content in sorted(letters[letter], key=lambda one: alphabetic(one[0])):
            shown = nodes.literal("", name) if kind == "table" else nodes.Text(name)
            if kind == "spanish":
                text = f'<span lang="es">{html.escape(name)}</span>'
                shown = nodes.raw("", text, format="html")
            line = nodes.paragraph("", "", shown, nodes.Text(": "), *content)
            listed += nodes.list_item("", line)
        place += listed


def index_entries(app: Sphinx) -> Iterator[tuple[str, str, list[nodes.Node]]]:
    """Yield the entries of the index: name, kind, and links or the English word."""
    for (kind, name), uses in uses_by_name(app).items():
        yield name, kind, links(app, INDEX, uses)
    for row in table("glossary"):
        term, spanish = row["term"], row["spanish"]
        if spanish.casefold() != term.casefold():
            yield spanish, "spanish", [nodes.Text("see "), nodes.emphasis("", term)]
