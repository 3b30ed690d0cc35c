"""The build: it does nothing twice, and a build that fails leaves the last good site in place."""

import json

import pytest

from tools.common.errors import UserError
from tools.site import build as builder


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A build folder of its own, whose steps only leave a trace."""
    made = []
    monkeypatch.setattr(builder, "BUILD", tmp_path)
    monkeypatch.setattr(builder, "SITE", tmp_path / "site")
    monkeypatch.setattr(builder, "fingerprint", lambda: "inputs")
    monkeypatch.setattr(builder, "generated_pages", dict)
    for name in (
        "runtime.compiled.ensure_runtime",
        "site.web.ensure_web",
        "site.lite.course_wheel",
    ):
        monkeypatch.setattr(f"tools.{name}", lambda *args, name=name: made.append(name))
    monkeypatch.setattr(builder.stage, "stage", lambda **options: made.append("stage"))
    monkeypatch.setattr(
        builder.compiled, "site_runtime", lambda folder, wheel: made.append("runtime")
    )
    monkeypatch.setattr(builder.lite, "build_lite", lambda out, runtime: made.append("lite"))
    monkeypatch.setattr(builder, "sphinx", lambda: made.append("book"))

    def collect(html, scripts, new):
        new.mkdir()
        (new / "index.html").write_text("new")

    monkeypatch.setattr(builder, "collect", collect)
    return made


def test_nothing_is_built_twice(project, monkeypatch):
    builder.build()
    assert project
    project.clear()
    builder.build()
    assert project == []
    monkeypatch.setattr(builder, "fingerprint", lambda: "other inputs")
    builder.build()
    assert "book" in project
    seconds = dict(json.loads((builder.BUILD / "steps.json").read_text()))
    assert seconds["Book"] >= 0


def test_a_failed_build_leaves_the_last_site(project, monkeypatch):
    builder.build()

    def fail():
        raise UserError("a warning")

    monkeypatch.setattr(builder, "sphinx", fail)
    monkeypatch.setattr(builder, "fingerprint", lambda: "broken inputs")
    with pytest.raises(UserError, match="a warning"):
        builder.build()
    assert (builder.SITE / "index.html").read_text() == "new"
    monkeypatch.setattr(builder, "fingerprint", lambda: "inputs")
    assert builder.build() == builder.SITE


@pytest.mark.parametrize(
    ("returncode", "page", "words"),
    [
        (1, True, "notebooks/04.ipynb: WARNING: no such citation"),
        (0, False, "the book was not built"),
    ],
)
def test_a_warning_or_a_missing_page_is_an_error(tmp_path, monkeypatch, returncode, page, words):
    monkeypatch.setattr(builder, "BUILD", tmp_path)
    html = tmp_path / "book" / "_build" / "html"
    html.mkdir(parents=True)
    if page:
        (html / "index.html").write_text("")

    class Done:
        stdout = "reading\nnotebooks/04.ipynb: WARNING: no such citation\n"
        stderr = ""

    Done.returncode = returncode
    monkeypatch.setattr(builder.subprocess, "run", lambda *args, **options: Done)
    with pytest.raises(UserError, match=words):
        builder.sphinx()
