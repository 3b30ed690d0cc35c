"""What the book adds to Sphinx.

The contents at the side, colours that the figures define, links to the article's points, tables
that a phone and a screen reader can use, and formulas as MathML: all of it at build time, so that
a page brings no library for it.
"""

import re
import textwrap
import zlib
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path

from docutils import nodes
from docutils.utils.math import MathError
from docutils.utils.math.latex2mathml import tex2mathml
from sphinx import __version__ as sphinx_version
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError

from course.colours import palette_css
from course.wording import ENGLISH, say, speak
from theme.extension.builder import PagesBuilder
from theme.extension.code import add_to_code
from theme.extension.figures import number_figures
from theme.extension.languages import WORDS as FOREIGN
from theme.extension.languages import marked
from theme.extension.references import tell_apart
from theme.extension.tables import align_numbers, plain, tidy
from theme.extension.terms import USES, IndexOfTerms, finish_terms, note_uses, searched
from tools.common.files import files, fingerprint, write
from tools.common.paths import BUILD, LANGUAGES, ROOT
from tools.common.policy import CELLS_POLICY, PAGE_POLICY
from tools.common.published import Published, published
from tools.common.settings import read_yaml
from tools.content.bibliography import references
from tools.content.dated import dated
from tools.content.ladder import LADDER
from tools.content.slides import deck, places, taught
from tools.content.stage import naming
from tools.content.translation import catalogue

POINT = re.compile(r"the-article\.html#point-(\d+)$")
# Cells that become live on the page; see theme/live/live.js.
LIVE = {"tag_answer", "tag_try", "tag_setup"}
# Pages with a script of their own, and the scripts that start Python.
SCRIPTS = {"book/progress": "progress", "book/teaching/collect": "collect"}
WITH_PYTHON = {"live", "collect"}
# What a page is to somebody who searches, by how its name begins; see theme/static/search.js.
KINDS = {
    "notebooks/": "lesson",
    "exercises/": "exercise",
    "book/glossary": "glossary",
    "book/the-article": "article",
    "book/data/": "table",
    "book/atlas": "table",
    "book/timeline": "table",
    "book/teaching/": "plan",
    "": "page",
}
NUMBERED = {"lesson", "exercise"}
# The sign that links to a heading is for the mouse; the contents list the sections for everybody.
HEADING_LINK = re.compile(r'(?<=<a class="headerlink")')
UNSAID = ' aria-hidden="true" tabindex="-1"'
# Where a page says how to report an error while the course has no address for it.
REPORT, REPORT_SECTION = "book/how-to-use", "report-an-error-in-a-number"
START = "book/index"
CITATION = ROOT / "CITATION.cff"
SHORT, MOST = 50, 200  # letters of a description
# What pages are read with: words that they link or note for the index, and the ladder.
THEME = ROOT / "theme"
WORDS = [
    *(ROOT / "data" / f"{name}.csv" for name in ("glossary", "places", "sources")),
    LADDER,
    ROOT / "tools" / "content" / "ladder.py",
]


# The contents at the side ------------------------------------------------------------------------


def contents(env: BuildEnvironment, current: str) -> list[dict]:
    """Return the parts of the book, each with its caption and its pages."""
    return [
        {
            "caption": tree["caption"],
            "pages": [entry(env, name, current) for _, name in tree["entries"]],
        }
        for tree in env.master_doctree.findall(addnodes.toctree)
    ]


def entry(env: BuildEnvironment, name: str, current: str) -> dict:
    """Return one page of the contents; its sections and exercises only where the reader is."""
    folder, _, slug = name.partition("/")
    children = env.toctree_includes.get(name, [])
    is_here = current in (name, *children)
    return {
        "name": name,
        "number": slug[:2] if folder == "notebooks" else "",
        "title": say("Exercises") if folder == "exercises" else env.titles[name].astext(),
        "current": name == current,
        "sections": list(sections(env, name)) if name == current else [],
        "below": [entry(env, child, current) for child in children if is_here],
    }


def sections(env: BuildEnvironment, name: str) -> Iterator[tuple[str, str]]:
    """Yield the anchor and the title of each section of a page."""
    for link in env.tocs[name].findall(nodes.reference):
        if link["anchorname"]:
            yield link["anchorname"], link.astext()


def add_context(app: Sphinx, page: str, template: str, context: dict, doctree) -> None:
    """Give the page's template what it shows around the text."""
    language = app.config.language
    context["say"], context["language"] = say, language
    context["contents"] = contents(app.env, page)
    context["published"] = where()
    # Where the whole site begins: another language lies in a folder of its own below that.
    home = context["content_root"] + ("" if language == ENGLISH else "../")
    context["home"] = home
    context["asset"] = lambda name: f"{home}_static/{name}?v={version()}"
    # What there is in English only is linked there.
    pages = app.env.found_docs

    def link_to(name: str) -> str:
        return context["pathto"](name) if name in pages else f"{home}{name}.html"

    context["link_to"] = link_to
    top, _, name = page.partition("/")  # of a notebook: where its copies lie
    context["copy"] = "/".join([top, *([] if language == ENGLISH else [language]), f"{name}.ipynb"])
    context["others"] = other_languages(page, language, home)
    context["kind"] = "" if doctree is None else kind(page)
    context["number"] = page.partition("/")[2][:2] if context["kind"] in NUMBERED else ""
    context["terms"] = searched(app.env.metadata.get(page, {}).get(USES, ()))
    context["is_notebook"] = page.startswith(("notebooks/", "exercises/"))
    # A live cell may show an explorer or a verdict, so it needs the script as well.
    context["is_live"] = doctree is not None and any(
        LIVE & set(cell["classes"]) for cell in doctree.findall(nodes.container)
    )
    script = "live" if context["is_live"] else SCRIPTS.get(page, "")
    context["script"] = script
    context["policy"] = CELLS_POLICY if script in WITH_PYTHON else PAGE_POLICY
    context["citation"] = citation()
    context["dated"] = dated
    place = "" if page == REPORT else link_to(REPORT)
    context["report"] = where().report or f"{place}#{REPORT_SECTION}"
    context["description"] = "" if doctree is None else description(doctree)
    if "body" in context:
        context["body"] = HEADING_LINK.sub(UNSAID, marked(context["body"]))
    if page == "404":
        lost = (THEME / "templates" / "lost.js").read_text("utf-8")
        context["lost_script"] = lost
        own = b64encode(sha256(lost.encode()).digest()).decode()
        context["lost_policy"] = PAGE_POLICY.replace("'self' ", f"'self' 'sha256-{own}' ", 1)


def other_languages(page: str, language: str, home: str) -> list[dict[str, str]]:
    """Return where a page, or else the first one, is in each other language.

    Parameters
    ----------
    page
        Without its ending.
    language
        That of the page.
    home
        The way from the page to the top of the site.
    """
    found = []
    for code, (name, there) in translated().items():
        if code == language or not there:
            continue
        same = page if page in there else START
        folder = "" if code == ENGLISH else f"{code}/"
        found.append({"code": code, "name": name, "link": f"{home}{folder}{same}.html"})
        found[-1]["same"] = "yes" if same == page else ""
    return found


@cache
def translated() -> dict[str, tuple[str, set[str]]]:
    """Return for each language what it calls itself and the pages that there are in it."""
    staged = {ENGLISH: ("English", "source")}
    staged |= {code: (name, f"source-{code}") for code, name in LANGUAGES.items()}
    return {code: (name, _pages(BUILD / folder)) for code, (name, folder) in staged.items()}


def _pages(folder: Path) -> set[str]:
    found = (path for path in files(folder) if path.suffix in (".md", ".ipynb"))
    return {path.relative_to(folder).with_suffix("").as_posix() for path in found}


def kind(page: str) -> str:
    """Return what a page is to somebody who searches."""
    return next(kind for start, kind in KINDS.items() if page.startswith(start))


def description(doctree: nodes.document) -> str:
    """Return what a page is about, for who finds it elsewhere: the beginning of its text."""
    for paragraph in doctree.findall(nodes.paragraph):
        text = " ".join(paragraph.astext().split())
        is_card = "card" in getattr(paragraph.parent, "attributes", {}).get("classes", [])
        is_text = not is_card and not isinstance(paragraph.parent, nodes.list_item)
        if is_text and len(text) > SHORT and not any(paragraph.findall(nodes.raw)):
            return textwrap.shorten(text, MOST, placeholder=" …")
    return ""


@cache
def citation() -> dict:
    """Return how the course is cited."""
    return read_yaml(CITATION)


@cache
def where() -> Published:
    """Return where the course is published, kept and answered for."""
    return published(ROOT / "_config.yml")


@cache
def version() -> str:
    """Return a name for the scripts and styles of this build: a page never meets another's."""
    paths = [*files(THEME / "static"), *files(BUILD / "web")]
    return fingerprint(paths, ROOT, [sphinx_version, palette_css()])[:8]


# Changes to the text -----------------------------------------------------------------------------


def name_points(app: Sphinx, doctree: nodes.document) -> None:
    """Let ``the-article.md#point-14`` be a link: MyST knows only headings by such a name."""
    slugs = app.env.metadata[app.env.docname].setdefault("myst_slugs", {})
    for paragraph in doctree.findall(nodes.paragraph):
        for name in paragraph["ids"]:
            slugs[name] = (paragraph.line, name, name.replace("-", " "))


# Of each page of the course, the names by which links reach its headings, and their anchors.
HEADINGS = "course_headings"
_ENGLISH_HEADINGS: dict[str, list[tuple[str, str]]] = {}


def note_headings(app: Sphinx, error: Exception | None) -> None:
    """Keep the names of the headings, for the pages of other languages that come after."""
    if app.config.language == ENGLISH:
        _ENGLISH_HEADINGS.update(
            {page: noted[HEADINGS] for page, noted in app.env.metadata.items() if HEADINGS in noted}
        )


def keep_headings(app: Sphinx, doctree: nodes.document) -> None:
    """Give the headings of a translated page the names that they have in English.

    So a link holds in each language, and leads to the same place when a reader changes between two.
    """
    page = app.env.docname
    own = app.env.metadata[page].get("myst_slugs", {})
    if app.config.language == ENGLISH:
        app.env.metadata[page][HEADINGS] = [(slug, anchor) for slug, (_, anchor, _) in own.items()]
        return
    english = _ENGLISH_HEADINGS.get(page, [])
    if len(own) != len(english):
        return
    sections = {name: one for one in doctree.findall(nodes.section) for name in one["ids"]}
    named = {}
    for (line, anchor, text), (slug, wanted) in zip(own.values(), english, strict=True):
        if anchor in sections:
            # a heading with a name of its own has that one beside the anchor
            sections[anchor]["ids"] = list(dict.fromkeys([wanted, slug]))
        named[slug] = (line, wanted, text)
    app.env.metadata[page]["myst_slugs"] = named


def tidy_tables(app: Sphinx, doctree: nodes.document) -> None:
    """Give the tables that pandas printed the markup that a book needs."""
    for raw in list(doctree.findall(nodes.raw)):
        if "html" in raw["format"].split() and 'class="dataframe"' in raw.astext():
            raw.replace_self(nodes.raw("", tidy(raw.astext()), format="html"))
    for block in doctree.findall(nodes.literal_block):
        if "output" in block["classes"] and (text := plain(block.astext())) != block.astext():
            block.rawsource, block.children = text, []  # equal, or Sphinx shows no other text
            block += nodes.Text(text)


def finish(app: Sphinx, doctree: nodes.document, page: str) -> None:
    """Change the text once its links and its references are known."""
    list_references(doctree)
    for table in list(doctree.findall(nodes.table)):  # scrolls in a box of its own
        align_numbers(table)
        box = nodes.container(classes=["scroll"])
        table.replace_self(box)
        box += table
    for box in doctree.findall(nodes.admonition):
        if "claim" in box["classes"]:
            box += point_links(box)


def list_references(doctree: nodes.document) -> None:
    """Make the bibliography a list: its usual markup has a role that no longer exists."""
    references = nodes.bullet_list(classes=["references"])
    for citation in list(doctree.findall(nodes.citation)):
        key, text = citation
        text.insert(0, [nodes.inline("", key.astext(), classes=["key"]), nodes.Text(" ")])
        if not references.children:
            citation.parent.append(references)
        citation.parent.remove(citation)
        references += nodes.list_item("", text, ids=citation["ids"])


def point_links(claim: nodes.admonition) -> list[nodes.Node]:
    """Return a line with the points of the article that a claim's text links to."""
    found = {}
    for link in claim.findall(nodes.reference):
        if point := POINT.search(link.get("refuri", "")):
            found.setdefault(int(point[1]), link["refuri"])
    if not found:
        return []
    links = " ".join(f'<a href="{found[number]}">{number}</a>' for number in sorted(found))
    one, several = say("Point of the article: {links}"), say("Points of the article: {links}")
    line = f'<p class="points">{(several if len(found) > 1 else one).format(links=links)}</p>'
    return [nodes.raw("", line, format="html")]


def visit_formula(translator, node: nodes.math | nodes.math_block) -> None:
    """Write a formula as MathML, which browsers read without a script."""
    try:
        formula = tex2mathml(node.astext(), as_block=isinstance(node, nodes.math_block))
    except MathError as error:
        raise ExtensionError(f"a formula cannot be written as MathML: {error}") from error
    translator.body.append(formula)
    raise nodes.SkipNode


# Files -------------------------------------------------------------------------------------------


def single_pages(app: Sphinx) -> Iterator[tuple[str, dict, str]]:
    """Yield the page at the site's address, the search, and the page for what is not there."""
    yield "index", {"start": app.config.root_doc}, "start.html"
    yield "search", {}, "search.html"
    if app.config.language == ENGLISH:  # a server has one page for what is not there
        yield "404", {}, "lost.html"


def slide_pages(app: Sphinx) -> Iterator[tuple[str, dict, str]]:
    """Yield the slides of each lesson, and of each page without code, that has changed."""
    source = Path(app.srcdir)
    bibliography = source / "book" / "references.bib"
    works, cited = references(bibliography), bibliography.read_bytes()
    for place in places(source):
        path = source / place
        if not app.builder.is_new(f"slides/{path.stem}", path.read_bytes(), cited):
            continue
        with naming(place):
            notebook = taught(path)
            slides = [replace(one, body=marked(one.body)) for one in deck(notebook, works, tidy)]
        number = notebook.metadata["course"].get("number")
        shown = {"title": slides[0].title, "slides": slides, "place": place.rpartition(".")[0]}
        shown["back"] = say("Lesson {number}", number=number) if number else say("The page")
        yield f"slides/{path.stem}", shown, "slides.html"


def look(app: Sphinx) -> None:
    """Tell the builder what all pages are shown with."""
    folders = THEME, ROOT / "tools" / "common", ROOT / "tools" / "content"
    lists = ROOT / "_config.yml", CITATION, FOREIGN
    code = [*lists, *(path for folder in folders for path in files(folder))]
    there = [
        f"{code} {sorted(pages)}" for code, (_, pages) in translated().items() if code != ENGLISH
    ]
    catalogues = [path for code in LANGUAGES if (path := catalogue(code)).exists()]
    app.builder.look = version() + fingerprint([*code, *catalogues], ROOT, there)


def write_colours(app: Sphinx, error: Exception | None) -> None:
    """Write ``_static/colours.css``: figure colours are defined in `course.colours` only."""
    if not error and app.builder.format == "html":
        write(Path(app.outdir) / "_static" / "colours.css", palette_css())


def setup(app: Sphinx) -> dict:
    """Give Sphinx the theme, the roles and what the book does while it is built."""
    speak(app.config.language)
    translated.cache_clear()  # the pages of all languages are built in one process
    app.add_html_theme("course", str(THEME / "templates"))
    app.config.html_static_path = [str(THEME / "static")]
    # Jupyter Book sets this one for an extension that the book does not load.
    app.add_config_value("comments_config", {}, "")
    app.add_builder(PagesBuilder, override=True)
    app.setup_extension("theme.extension.references")
    app.add_directive("index-of-terms", IndexOfTerms)
    app.add_html_math_renderer("mathml", (visit_formula, None), (visit_formula, None))
    app.connect("builder-inited", look)
    app.connect("builder-inited", tell_apart)
    # before Sphinx takes note of the sections
    app.connect("doctree-read", keep_headings, priority=100)
    app.connect("build-finished", note_headings)
    app.connect("doctree-read", name_points)
    app.connect("doctree-read", tidy_tables)
    app.connect("doctree-read", number_figures)
    app.connect("doctree-read", add_to_code)
    app.connect("doctree-read", note_uses)
    app.connect("doctree-resolved", finish)
    app.connect("doctree-resolved", finish_terms)
    app.connect("html-page-context", add_context)
    app.connect("html-collect-pages", single_pages)
    app.connect("html-collect-pages", slide_pages)
    app.connect("build-finished", write_colours)
    # Pages that were read by another version of this folder, or with other words to link, are read
    # again.
    sources = [*sorted(Path(__file__).parent.glob("*.py")), *WORDS]
    version = zlib.crc32(b"".join(path.read_bytes() for path in sources))
    return {"env_version": version, "parallel_read_safe": True, "parallel_write_safe": True}
