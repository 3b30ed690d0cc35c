"""Print the whole book as one PDF.

The pages of the built site become one document, in the order of ``_toc.yml``: ids are made unique,
links between pages become links inside the document, and what needs a browser becomes what paper
can hold. Explorers show their first position and name their page, hints and the answers of
*Check yourself* stand at the end of their page, and solutions stay on the site.
"""

import base64
import html
import mimetypes
import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup, Tag
from bs4.element import AttributeValueList
from docutils.nodes import make_id
from playwright.sync_api import sync_playwright
from pypdf import PdfReader

from tools.common import chromium
from tools.common.errors import UserError
from tools.common.files import whole, write
from tools.common.paths import BUILD, ROOT
from tools.common.published import NOWHERE, Published, published
from tools.common.settings import read_yaml
from tools.site.build import build

PDF = BUILD / "course.pdf"
PAGES = BUILD / "pdf" / "course.html"
STYLE = Path(__file__).with_name("pdf.css")
# The list of a reader's work is made by a script, in the reader's browser.
LEFT_OUT = {"book/progress"}
# The bibliography has two pages, by the first letter of a key.
BIBLIOGRAPHY = {"a": "book/bibliography", "j": "book/bibliography-j-z"}
# What the contents call a page whose title is that of its lesson.
NAMES = {"exercises": "Exercises", "slides": "Slides with their notes"}
ONLY_ON_SCREEN = (
    ".headerlink, .uses, .toctree-wrapper, .start, .tag_check, .figure-data, .figure-line, "
    ".settings, script, button, [hidden]"
)
COLUMNS = 6  # of a table that fits the paper; a wider one with few rows is turned
SHORT = 12  # lines of code, or rows of a table, that no page break divides
PRINTS = 4
TEXT_WIDTH = 657  # CSS pixels between the margins of `@page` in pdf.css

# A table or a line of code that is wider than the paper is made smaller, never cut.
FIT = """width => {
  for (const box of document.querySelectorAll("table, pre, math[display=block]")) {
    const room = box.parentElement.clientWidth || width;
    if (box.scrollWidth > room) box.style.zoom = room / box.scrollWidth;
  }
}"""
NUMBER_CONTENTS = """numbers => {
  for (const link of document.querySelectorAll(".contents-list a"))
    link.nextElementSibling.textContent = numbers[link.hash.slice(1)] ?? "0";
}"""


@dataclass(frozen=True)
class Chapter:
    """One page of the site in the book: its name, its part, and whether it belongs to another."""

    name: str
    part: str
    is_below: bool = False

    @property
    def anchor(self) -> str:
        """The id at which the chapter begins."""
        return self.name.replace("/", "-")

    def id(self, name: str) -> str:
        """Return what an id of the page is called in the book."""
        return f"{self.anchor}--{name}"


def chapters(contents: Path) -> list[Chapter]:
    """Return the pages in the order of the book, the bibliography last.

    Parameters
    ----------
    contents
        The book's ``_toc.yml``.
    """
    toc = read_yaml(contents)
    found = [Chapter(toc["root"], "")]
    for part in toc["parts"]:
        for page in part["chapters"]:
            found.append(Chapter(page["file"], part["caption"]))
            below = page.get("sections", [])
            found += [Chapter(one["file"], part["caption"], True) for one in below]
    return sorted(
        (chapter for chapter in found if chapter.name not in LEFT_OUT),
        key=lambda chapter: chapter.name in BIBLIOGRAPHY.values(),
    )


# The document ------------------------------------------------------------------------------------


def document(
    site: Path, book: list[Chapter], about: Mapping[str, Any], places: Published = NOWHERE
) -> str:
    """Return the whole book as one HTML document that needs no other file.

    Parameters
    ----------
    site
        The built site.
    book
        Its pages, in order.
    about
        ``title``, ``authors``, ``version`` and ``date-released``, as in ``CITATION.cff``.
    places
        Where the course is published, if that is known; links to what the book leaves out lead
        there, and are plain text otherwise.

    Raises
    ------
    UserError
        When a page is missing or a link inside the book leads nowhere.
    """
    names = {chapter.name: chapter for chapter in book}
    bodies, entries, part = [], [], ""
    for chapter in book:
        body = printed(site, chapter, names, places.site)
        if chapter.part != part:
            part = chapter.part
            bodies.append(f'<h1 class="part">{html.escape(part)}</h1>')
            entries.append(f'<p class="part">{html.escape(part)}</p>')
        bodies.append(str(body))
        entries.append(_entry(chapter, body))
    styles = [site / "_static" / name for name in ("colours.css", "course.css")]
    text = (
        '<!DOCTYPE html><html lang="en" data-theme="light"><head><meta charset="utf-8">'
        f"<title>{html.escape(about['title'])}</title><style>"
        + "\n".join(path.read_text("utf-8") for path in [*styles, STYLE])
        + f"</style></head><body>{_title_page(about, places)}"
        f'<nav class="contents-list"><h2 class="size-1">Contents</h2>{"".join(entries)}</nav>'
        f"<main>{''.join(bodies)}</main></body></html>"
    )
    _check_links(text)
    return text


def printed(site: Path, chapter: Chapter, names: Mapping[str, Chapter], address: str) -> Tag:
    """Return the text of one page as it stands in the book."""
    path = site / f"{chapter.name}.html"
    if not path.is_file():
        raise UserError(f"{chapter.name}.html is not in the site; build it with `make book`.")
    soup = BeautifulSoup(path.read_text("utf-8"), "html.parser")
    article = _one(soup, "article")
    for tag in article.select(ONLY_ON_SCREEN):
        tag.decompose()
    for explorer in article.select(".course-explorer"):
        _stop(explorer, chapter, address)
    _turn_wide_tables(soup, article)
    _name_works(article, chapter, names)
    _answers_last(soup, article)
    _hints_last(article)
    _open_details(article)
    _keep_together(article)
    for field in article.select("input, select, textarea"):
        field.replace_with(soup.new_tag("span", attrs={"class": "blank"}))
    for form in article.select("form"):
        form.name = "div"
    _embed_images(article, path)
    _own_ids(article, chapter)
    for link in article.select("a[href]"):
        target = _target(str(link["href"]), chapter, names, address)
        if target is None:
            link.unwrap()
        else:
            link["href"] = target
    for level in range(4, 0, -1):
        for heading in article.find_all(f"h{level}"):
            heading.name = f"h{level + 1 + chapter.is_below}"
            heading["class"] = AttributeValueList([f"size-{level}"])
    article["id"] = chapter.anchor
    return article


def _title_page(about: Mapping[str, Any], places: Published) -> str:
    title, _, subtitle = about["title"].partition(": ")
    authors = ", ".join(author["name"] for author in about["authors"])
    where = _link(places.site, places.site) if places.site else "the course's site"
    lines = [
        f"Sources, and a form for errors: {_link(places.repository, places.repository)}."
        if places.repository
        else "",
        f"Contact: {_link(places.reach, places.contact)}." if places.contact else "",
    ]
    kept = "".join(f"<p>{line}</p>" for line in lines if line)
    return (
        f'<section class="title-page"><p class="title">{html.escape(title)}</p>'
        f'<p class="subtitle">{html.escape(subtitle[:1].upper() + subtitle[1:])}</p>'
        f"<p>{html.escape(authors)}<br>"
        f"Version {about['version']}, {about['date-released']}</p>"
        f"<p>This is the course on paper, printed from {where}. Explorers stand at their first "
        "position; on the site they move. Hints, and the answers of <em>Check yourself</em>, "
        "stand at the end of their page. Code can be run, and an answer checked, on the site "
        "only, and the solutions are there.</p>"
        '<p>Text and tables: <a href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a>. '
        f"Code: BSD 3-Clause.</p>{kept}</section>"
    )


def _link(address: str, text: str) -> str:
    return f'<a href="{html.escape(address)}">{html.escape(text)}</a>'


def _entry(chapter: Chapter, body: Tag) -> str:
    """Return a line of the contents; its page number is filled in once it is known."""
    folder, _, slug = chapter.name.partition("/")
    number = f"{slug[:2]}&ensp;" if folder == "notebooks" else ""
    title = NAMES.get(folder) or _one(body, "h1, h2, h3, h4, h5, h6").get_text()
    below = ' class="below"' if chapter.is_below else ""
    return (
        f'<p{below}><a href="#{chapter.anchor}">{number}{html.escape(title)}</a><span>0</span></p>'
    )


def _check_links(text: str) -> None:
    """Raise UserError when a link inside the document leads nowhere."""
    anchors = set(re.findall(r'\bid="([^"]+)"', text))
    wanted = {html.unescape(name) for name in re.findall(r'\bhref="#([^"]*)"', text)}
    if missing := sorted(wanted - anchors):
        raise UserError(
            f"{len(missing)} links inside the book lead nowhere, the first one to {missing[0]}; "
            "the page may mark what it links to as something that is not printed."
        )


# What a page holds that paper cannot -------------------------------------------------------------


def _one(tag: Tag, selector: str) -> Tag:
    """Return the first element below that fits; a page without it is not one of the course's."""
    found = tag.select_one(selector)
    if found is None:
        raise UserError(f"a page has no {selector} where the book needs one: {str(tag)[:80]}")
    return found


def _new(markup: str) -> Tag:
    """Return one element from its HTML."""
    return _one(BeautifulSoup(markup, "html.parser"), "*").extract()


def _mark(tag: Tag, name: str) -> None:
    """Add a class to an element."""
    tag["class"] = AttributeValueList([*tag.get_attribute_list("class"), name])


def _stop(explorer: Tag, chapter: Chapter, address: str) -> None:
    """Say where the controls of an explorer stand, and where it can be moved."""
    positions = []
    for label in explorer.select(".controls label"):
        said = label.select_one("output, option[selected]") or _one(label, "option")
        positions.append(f"{_one(label, 'span').get_text()}: {said.get_text()}")
    page = f"{chapter.name}.html"
    where = f'<a href="{address.rstrip("/")}/{page}">{page}</a>' if address else page
    note = (
        f"Shown at: {html.escape('; '.join(positions))}. Move it on the course’s site at {where}."
    )
    _one(explorer, ".controls").replace_with(_new(f'<p class="position">{note}</p>'))


def _keep_together(article: Tag) -> None:
    """Mark the code and the tables that fit a page with the text around them."""
    for box in article.select(".cell_input, table"):
        rows = len(box.select("tr")) or box.get_text().strip().count("\n") + 1
        if rows <= SHORT:
            _mark(box, "short")


def _turn_wide_tables(soup: BeautifulSoup, article: Tag) -> None:
    """Let the columns of a wide table with few rows run down the page."""
    for table in article.select("table:not(.dataframe)"):
        rows = [row.find_all(["th", "td"]) for row in table.select("tr")]
        is_wide = len(rows) <= COLUMNS < len(rows[0])
        if not is_wide or table.select("[rowspan], [colspan]"):
            continue
        turned = soup.new_tag("tbody")
        for cells in zip(*rows, strict=True):
            row = soup.new_tag("tr")
            row.extend(cells)
            turned.append(row)
        _one(table, "thead").decompose()
        _one(table, "tbody").replace_with(turned)
        _mark(table, "turned")


def _name_works(article: Tag, chapter: Chapter, names: Mapping[str, Chapter]) -> None:
    """Name the sources of a table by their keys: the bibliography has the rest."""
    if not set(BIBLIOGRAPHY.values()) & set(names):
        return
    for works in article.select("details.works"):
        keys = [key.get_text() for key in works.select("li > code:first-child")]
        pages = {key: BIBLIOGRAPHY["a" if key.lower() < "j" else "j"] for key in keys}
        above = posixpath.dirname(chapter.name)
        links = ", ".join(
            f'<a href="{posixpath.relpath(page, above)}.html#{make_id(key)}">{key}</a>'
            for key, page in pages.items()
        )
        label = _one(works, "summary").get_text()
        works.replace_with(_new(f'<p class="works">{label}: {links}</p>'))


def _answers_last(soup: BeautifulSoup, article: Tag) -> None:
    """Put the answers of *Check yourself* at the end of the page; the options keep their place."""
    items: list[Any] = []
    options = None
    for option in article.select("details.quiz"):
        before = option.find_previous_sibling()
        if options is None or before is not options:
            options = soup.new_tag("ol", attrs={"class": "options", "type": "a"})
            option.insert_before(options)
            items.append([])
        summary = _one(option, "summary").extract()
        right = ", right" if "right" in option.get_attribute_list("class") else ""
        letter = "abcdefgh"[len(items[-1])]
        reason = option.decode_contents().strip()
        items[-1].append(f"<li><strong>{letter}{right}.</strong> {reason}</li>")
        summary.name = "li"
        options.append(summary)
        option.decompose()
    if items:
        lists = "".join(f"<li><ul>{''.join(answers)}</ul></li>" for answers in items)
        article.append(
            _new(
                '<section id="answers"><h2>Answers of “Check yourself”</h2>'
                f'<ol class="answers">{lists}</ol></section>',
            )
        )
        last = article.select("ol.options")[-1]
        last.insert_after(
            _new('<p class="see"><a href="#answers">Answers at the end of the lesson</a></p>')
        )


def _hints_last(article: Tag) -> None:
    """Put hints at the end of the page, out of sight of who reads a task."""
    items: dict[str, list[str]] = {}
    for hint in article.select("details.hint"):
        about = hint.find_previous(class_="task-about")
        task = str(about["data-task"] if about else "").replace(".", "-")
        _one(hint, "summary").decompose()
        if task not in items:
            hint.insert_before(
                _new(f'<p class="see"><a href="#hints-{task}">Hints after the tasks</a></p>')
            )
        items.setdefault(task, []).append(f"<li>{hint.decode_contents()}</li>")
        hint.decompose()
    if items:
        lists = "".join(
            f'<h3 id="hints-{task}">{task.replace("-", ".")}</h3><ol>{"".join(hints)}</ol>'
            for task, hints in items.items()
        )
        article.append(_new(f'<section class="hints" id="hints"><h2>Hints</h2>{lists}</section>'))


def _open_details(article: Tag) -> None:
    """Show what the page folds away."""
    for details in article.select("details"):
        details.name, details["class"] = "div", AttributeValueList(["opened"])
        _one(details, "summary").name = "p"


def _embed_images(article: Tag, path: Path) -> None:
    for image in article.select("img[src]"):
        source = urlsplit(str(image["src"]))
        if not source.scheme:
            file = path.parent / unquote(source.path)
            data = base64.b64encode(file.read_bytes()).decode()
            image["src"] = f"data:{mimetypes.guess_type(file.name)[0]};base64,{data}"


def _own_ids(article: Tag, chapter: Chapter) -> None:
    """Give every id of a page, and what refers to it, a name that no other page uses.

    Pictures made alike have the same ids inside, so each picture gets names of its own.
    """
    for number, picture in enumerate(article.select("svg")):
        prefix = f"{chapter.id('picture')}-{number}-"
        for tag in picture.select("[id]"):
            tag["id"] = f"{prefix}{tag['id']}"
        for tag in picture.find_all(True):
            for name, value in tag.attrs.items():
                if not isinstance(value, str):
                    continue
                if name in ("href", "xlink:href") and value.startswith("#"):
                    tag[name] = f"#{prefix}{value[1:]}"
                elif "url(#" in value:
                    tag[name] = value.replace("url(#", f"url(#{prefix}")
    for tag in article.select("[id]"):
        if not tag.find_parent("svg"):
            tag["id"] = chapter.id(str(tag["id"]))
    for name in ("for", "aria-labelledby", "aria-describedby"):
        for tag in article.select(f"[{name}]"):
            del tag[name]  # they name controls, which are gone


def _target(link: str, chapter: Chapter, names: Mapping[str, Chapter], address: str) -> str | None:
    """Return where a link of a page leads to from the book, or nothing when it cannot."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return link
    here = f"{chapter.name}.html"
    path = posixpath.join(posixpath.dirname(here), unquote(parts.path)) if parts.path else here
    path = posixpath.normpath(path)
    if to := names.get(path.removesuffix(".html")):
        return f"#{to.id(parts.fragment) if parts.fragment else to.anchor}"
    if not address:
        return None
    return posixpath.join(address, path) + (f"#{parts.fragment}" if parts.fragment else "")


# Printing ----------------------------------------------------------------------------------------


def print_book(pages: Path, pdf: Path) -> int:
    """Print a document, its contents with the numbers of their pages; return how many there are.

    Chromium cannot write a page's number beside a link to it. So the book is printed to learn the
    numbers, and again with them, until they are those of the print.
    """
    with whole(pdf) as half, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.flags())
        page = browser.new_page(viewport={"width": TEXT_WIDTH, "height": 900})
        page.emulate_media(media="print", color_scheme="light")
        shown: dict[str, int] = {}
        for _ in range(PRINTS):
            # a page that has been printed is not always divided in the same way again
            page.goto(pages.as_uri())
            page.evaluate(FIT, TEXT_WIDTH)
            page.evaluate(NUMBER_CONTENTS, shown)
            page.pdf(
                path=half,
                prefer_css_page_size=True,
                print_background=True,
                tagged=True,
                outline=True,
            )
            if (numbers := page_numbers(half)) == shown:
                break
            shown = numbers
        else:
            raise UserError(f"the pages of the book moved in each of {PRINTS} prints.")
        browser.close()
    return len(PdfReader(pdf).pages)


def page_numbers(pdf: Path) -> dict[str, int]:
    """Return the page, counted from 1, of everything that a link inside a PDF leads to."""
    reader = PdfReader(pdf)
    numbers = {page.indirect_reference: number for number, page in enumerate(reader.pages, 1)}
    return {
        name.removeprefix("/"): numbers[target.page]
        for name, target in reader.named_destinations.items()
    }


def citation() -> dict[str, Any]:
    """Return how the course is cited."""
    return read_yaml(ROOT / "CITATION.cff")


def make(site: Path, pdf: Path = PDF, pages: Path = PAGES) -> int:
    """Make the book from a built site; return its number of pages."""
    book = chapters(ROOT / "_toc.yml")
    text = document(site, book, citation(), published(ROOT / "_config.yml"))
    write(pages, text)
    return print_book(pages, pdf)


def main() -> None:
    """Print the book and say where it is."""
    count = make(build())
    print(f"Wrote {PDF.relative_to(ROOT)}, {count} pages, {PDF.stat().st_size / 1e6:.1f} MB")
