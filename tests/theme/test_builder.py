"""Which pages are written again after a change: those that show something new, and no others."""

from pathlib import Path

import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace
from sphinxcontrib.bibtex.domain import BibtexDomain

from theme.extension.builder import PagesBuilder

PAGES = {
    "index": "Book\n====\n\n.. toctree::\n\n   one\n   two\n   works\n",
    "one": "One\n===\n\nA first text on :cite:p:`a2020`.\n",
    "two": "Two\n===\n\nA second text that leads to :doc:`one`.\n",
    "works": "Works\n=====\n\n.. bibliography::\n",
}
WORKS = "@book{a2020, title={A Book}, author={Ann Author}, publisher={Press}, year={2020}}\n"


class Book:
    """A small book, and what its last build wrote."""

    def __init__(self, folder: Path):
        self.source, self.out = folder / "source", folder / "out"
        self.source.mkdir()
        for page, text in PAGES.items():
            self.write(f"{page}.rst", text)
        self.write("works.bib", WORKS)

    def write(self, name: str, text: str) -> None:
        (self.source / name).write_text(text, "utf-8")

    def build(self, look: str = "") -> set[str]:
        """Build it and return the pages that were written."""
        before = {path: path.stat().st_mtime_ns for path in self.out.glob("*.html")}
        config = {
            "extensions": ["sphinxcontrib.bibtex", "theme.extension.references"],
            "bibtex_bibfiles": ["works.bib"],
            "html_theme": "basic",
        }
        folders = self.source, None, self.out, self.out / "doctrees"
        with docutils_namespace():
            app = Sphinx(*folders, "html", config, status=None, warningiserror=True)
            app.add_builder(PagesBuilder, override=True)
            app.builder = app.create_builder("html")
            app._init_builder()
            app.builder.look = look
            app.build()
        now = {path: path.stat().st_mtime_ns for path in self.out.glob("*.html")}
        return {path.stem for path in now if now[path] != before.get(path)} & {*PAGES}


@pytest.fixture
def book(tmp_path) -> Book:
    one = Book(tmp_path)
    assert one.build() == set(PAGES)
    return one


def test_nothing_is_written_again_when_nothing_has_changed(book):
    assert book.build() <= {"index"}


def test_a_word_that_changes_concerns_its_own_page_only(book):
    book.write("one.rst", PAGES["one"].replace("first", "new"))
    assert book.build() - {"index"} == {"one"}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("one.rst", PAGES["one"].replace("One\n===", "Uno\n===")),
        ("one.rst", PAGES["one"] + "\nMore\n----\n\nA section.\n"),
        ("works.bib", WORKS.replace("Ann Author", "Ann Writer")),
    ],
    ids=["title", "section", "work"],
)
def test_what_pages_show_of_each_other_concerns_all(book, name, text):
    book.write(name, text)
    assert book.build() == set(PAGES)


def test_works_are_written_out_anew_only_when_they_have_changed(book, monkeypatch):
    written = []
    write_out = BibtexDomain.env_updated
    monkeypatch.setattr(
        BibtexDomain, "env_updated", lambda domain: written.append(1) or write_out(domain)
    )
    book.write("one.rst", PAGES["one"].replace("first", "new"))
    book.build()
    assert written == []
    assert 'href="works.html#' in (book.out / "one.html").read_text("utf-8")
    book.write("works.bib", WORKS.replace("Ann Author", "Ann Writer"))
    book.build()
    assert written == [1]


def test_another_look_concerns_all(book):
    assert book.build(look="new styles") == set(PAGES)


def test_a_page_that_is_missing_is_written(book):
    (book.out / "two.html").unlink()
    assert book.build() - {"index"} == {"two"}


def test_a_build_that_failed_leaves_no_page_behind(book):
    book.write("one.rst", PAGES["one"] + "\n:doc:`nowhere`\n")
    with pytest.raises(Exception, match="nowhere"):
        book.build()
    book.write("one.rst", PAGES["one"].replace("first", "last"))
    book.build()
    assert "last" in (book.out / "one.html").read_text("utf-8")
