"""The build: it does nothing twice, and a build that fails leaves the last good site in place."""

import json
import subprocess
import sys

import pytest

from tools.common.errors import UserError
from tools.common.paths import ROOT
from tools.site import book, steps
from tools.site import build as builder


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A build folder of its own, whose steps only leave a trace."""
    made = []
    for module in (builder, steps):
        monkeypatch.setattr(module, "BUILD", tmp_path)
        monkeypatch.setattr(module, "SITE", tmp_path / "site")
    monkeypatch.setattr(builder, "fingerprint", lambda: "inputs")
    monkeypatch.setattr(steps, "staging", lambda: made.append("stage"))
    for name in (
        "runtime.compiled.ensure_runtime",
        "site.web.ensure_web",
        "site.lite.course_wheel",
    ):
        monkeypatch.setattr(f"tools.{name}", lambda *args, name=name: made.append(name))
    monkeypatch.setattr(
        steps.compiled, "site_runtime", lambda folder, wheel: made.append("runtime")
    )
    monkeypatch.setattr(builder.compiled, "is_ready", lambda: True)
    monkeypatch.setattr(steps.lite, "build_lite", lambda out, runtime: made.append("lite"))
    monkeypatch.setattr(steps, "on_request", lambda static: made.append("files"))
    monkeypatch.setattr(steps.search, "index", lambda pages, folder: made.append("search"))
    monkeypatch.setattr(steps.search, "tell", lambda site, said: made.append("said"))
    monkeypatch.setattr(steps.keeping, "add", lambda site, scripts: made.append("keeping"))

    class Book:
        def __enter__(self):
            return self

        def __exit__(self, *_):
            made.append("end")

        def pages(self):
            made.append("book")

    monkeypatch.setattr(builder, "Book", Book)

    def collect(html, scripts, new):
        new.mkdir()
        (new / "index.html").write_text("new")

    monkeypatch.setattr(steps, "collect", collect)
    return made


def test_nothing_is_built_twice(project, monkeypatch):
    builder.build()
    assert project
    project.clear()
    builder.build()
    assert project == []
    monkeypatch.setattr(builder.compiled, "is_ready", lambda: False)  # damaged, or swept away
    builder.build()
    assert "runtime" in project
    project.clear()
    monkeypatch.setattr(builder.compiled, "is_ready", lambda: True)
    monkeypatch.setattr(builder, "fingerprint", lambda: "other inputs")
    builder.build()
    assert "book" in project
    seconds = dict(json.loads((builder.BUILD / "steps.json").read_text()))
    assert seconds["Book"] >= 0


def test_a_failed_build_leaves_the_last_site(project, monkeypatch):
    builder.build()

    def fail(book):
        raise UserError("a warning")

    monkeypatch.setattr(builder.Book, "pages", fail)
    monkeypatch.setattr(builder, "fingerprint", lambda: "broken inputs")
    with pytest.raises(UserError, match="a warning"):
        builder.build()
    assert (builder.SITE / "index.html").read_text() == "new"
    monkeypatch.setattr(builder, "fingerprint", lambda: "inputs")
    assert builder.build() == builder.SITE


def test_a_book_that_is_not_staged_is_not_built(project, monkeypatch):
    def fail():
        raise UserError("no such lesson")

    monkeypatch.setattr(steps, "staging", fail)
    with pytest.raises(UserError, match="no such lesson"):
        builder.build()
    assert "end" in project and "book" not in project


SAYS = "notebooks/04.ipynb: WARNING: no such citation"


@pytest.mark.parametrize(
    ("returncode", "page", "words"),
    [(1, True, f"^the book was not built:\n{SAYS}$"), (0, False, "the book was not built")],
)
def test_a_warning_or_a_missing_page_is_an_error(tmp_path, monkeypatch, returncode, page, words):
    html = tmp_path / "book" / "_build" / "html"
    html.mkdir(parents=True)
    if page:
        (html / "index.html").write_text("")
    code = f"import sys; input(); print('reading'); print({SAYS!r}); sys.exit({returncode})"
    monkeypatch.setattr(book, "BUILD", tmp_path)
    monkeypatch.setattr(book, "COMMAND", [sys.executable, "-c", code])
    with book.Book() as process, pytest.raises(UserError, match=words):
        process.pages()


def test_a_book_begins_without_pandas():
    """It would load it beside the staging, which has to: both wait for whichever is later."""
    code = "import sys; from tools.site import book; book.main(); sys.exit('pandas' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, input="", capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_a_book_that_nobody_asks_for_ends(tmp_path, monkeypatch):
    trace = tmp_path / "trace"
    code = f"input(); open({str(trace)!r}, 'w').close()"
    monkeypatch.setattr(book, "COMMAND", [sys.executable, "-c", code])
    with book.Book() as process:
        pass
    assert process.process.returncode is not None
    assert not trace.exists()
