"""JupyterLite's build: the toolkit's wheel, the application, and what is skipped."""

import json
import sys
import zipfile

import pytest
from jupyter_server.services.contents.filemanager import FileContentsManager

from tools.common.errors import UserError
from tools.site import lite


@pytest.fixture
def build(tmp_path, monkeypatch):
    """A build folder of its own, with one staged notebook."""
    folder = tmp_path / "build"
    notebook = folder / "lite-files/notebooks/00-x.ipynb"
    notebook.parent.mkdir(parents=True)
    notebook.write_text('{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}')
    monkeypatch.setattr(lite, "BUILD", folder)
    monkeypatch.setattr(lite, "FILES", folder / "lite-files")
    return folder


def test_wheel_carries_tables_and_is_the_same_bytes_each_time(build):
    wheel = lite.course_wheel()
    first = wheel.read_bytes()
    names = zipfile.ZipFile(wheel).namelist()
    assert {"course/checks/__init__.py", "course/_data/cultivation.csv"} <= set(names)
    assert not [name for name in names if name.endswith(".pyc")]
    made = wheel.stat().st_mtime_ns
    assert lite.course_wheel().stat().st_mtime_ns == made
    (build / "wheel/stamp").unlink()
    assert lite.course_wheel().read_bytes() == first


def scripts_of(folder):
    """Return a folder of bundles that holds what starts Python."""
    made = folder / "scripts" / "lite" / "python.js"
    made.parent.mkdir(parents=True)
    made.write_text("export {}")
    return folder / "scripts"


def test_application(build, tmp_path, monkeypatch):
    site = tmp_path / "site"
    scripts = scripts_of(tmp_path)
    out = lite.build_lite(site / "lite", scripts)
    assert (out / "files/notebooks/00-x.ipynb").is_file()
    settings = json.loads((out / "jupyter-lite.json").read_text("utf-8"))["jupyter-config-data"]
    assert settings["litePluginSettings"][lite.KERNEL]["pyodideUrl"] == "./python.js"
    assert not {"lab", "tree", "repl", "edit", "consoles"} & {path.name for path in out.iterdir()}
    page = (out / "notebooks/index.html").read_text("utf-8")
    assert page.index("../course.js") < page.index("config-utils.js?")
    for name in ("course.js", "course.css", "explorer.js", "lite-storage.js", "python.js"):
        assert (out / name).is_file()
    for path in out.rglob("*.js*"):
        assert str(build) not in path.read_text("utf-8"), f"{path.name} names this machine"

    # unchanged, it is copied; changed, it is built
    built = []
    monkeypatch.setattr(lite, "build_app", lambda app: built.append(app))
    lite.build_lite(tmp_path / "other/lite", scripts)
    assert not built and (tmp_path / "other/lite/course.js").is_file()
    source = tmp_path / "course.css"
    source.write_text("/* another style */")
    monkeypatch.setattr(lite, "ADDED", [*lite.ADDED, source])
    lite.build_lite(site / "lite", scripts)
    assert built == [build / "lite"]


def test_files_are_listed_as_a_server_would_list_them(build, tmp_path, monkeypatch):
    """A notebook that changes is copied and listed; the application stays as it is."""
    monkeypatch.setattr(lite, "build_app", lambda app: app.mkdir(exist_ok=True))
    table = build / "lite-files/data/x.csv"
    table.parent.mkdir()
    table.write_text("a\n1\n")
    out = lite.build_lite(tmp_path / "site/lite", scripts_of(tmp_path))
    server = FileContentsManager(root_dir=str(build / "lite-files"))
    for place in ("", "data", "notebooks"):
        listed = json.loads((out / "api/contents" / place / "all.json").read_text("utf-8"))
        wanted = server.get(place)
        for one in (listed, wanted, *listed["content"], *wanted["content"]):
            del one["created"], one["last_modified"], one["writable"]
        wanted["content"].sort(key=lambda one: one["name"])
        assert listed == wanted
    assert (out / "files/data/x.csv").read_bytes() == table.read_bytes()


def test_a_failed_build_says_why(tmp_path):
    script = "print('first'); print('the disk has gone'); raise SystemExit(1)"
    with pytest.raises(
        UserError, match="JupyterLite could not be built:\nfirst\nthe disk has gone"
    ):
        lite.call([sys.executable, "-c", script], "JupyterLite", tmp_path)


def test_another_jupyterlite_is_noticed(tmp_path, monkeypatch):
    page = tmp_path / "notebooks/index.html"
    page.parent.mkdir()
    page.write_text("<head></head><script>load()</script>")
    with pytest.raises(UserError, match=r"notebooks/index.html has changed"):
        lite.dress(tmp_path)
