"""The browser's Python: pinned, complete, compiled, and working without any other source."""

import errno
import hashlib
import json
import marshal
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from tools.common.download import Unreachable, WrongFile
from tools.common.errors import UserError
from tools.common.files import sha256
from tools.common.paths import CACHE, ROOT
from tools.runtime import archives, compiled, lock, repack
from tools.runtime import sources as where
from tools.site import web
from tools.site.used import recorded

METADATA = """Metadata-Version: 2.4
Name: {name}
Version: 1.0
Requires-Dist: pandas
Requires-Dist: matplotlib
Requires-Dist: colorama; sys_platform == "win32"
Requires-Dist: Typing_Extensions>=4; python_version >= "3.14"
Requires-Dist: pytest; extra == "test"
"""


def make_wheel(folder: Path, name: str = "course", **files: str) -> Path:
    path = folder / f"{name}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{name}/__init__.py", '"""The toolkit."""\n')
        archive.writestr(f"{name}/figures.py", "import matplotlib\n")
        archive.writestr(f"{name}-1.0.dist-info/METADATA", METADATA.format(name=name))
        for file, text in files.items():
            archive.writestr(f"{name}/{file}", text)
    return path


# The runtime itself


@pytest.fixture(scope="session")
def folder() -> Path:
    return compiled.ensure_runtime()


@pytest.fixture(scope="session")
def site(folder, tmp_path_factory) -> Path:
    """Put the runtime on a site, with a small wheel in place of the toolkit's."""
    work = tmp_path_factory.mktemp("site")
    (work / "runtime").symlink_to(folder.parent)
    (work / "compiled").symlink_to(folder.parent.parent / "compiled")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compiled, "CACHE", work)
        return compiled.site_runtime(work / "site" / "runtime", make_wheel(work))


@pytest.fixture(scope="session")
def probe(site, tmp_path_factory) -> dict:
    """Start the runtime in Node and return what it says."""
    library = web.library(tmp_path_factory.mktemp("library"))
    command = [compiled.node(), Path(__file__).with_name("runtime_probe.mjs"), library, site]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


def pins(name: str) -> dict[str, str]:
    text = (ROOT / "requirements" / name).read_text()
    return dict(re.findall(r"^([\w-]+)==([^\s;]+)", text, flags=re.MULTILINE))


def test_every_file_is_there_and_nothing_else(folder):
    names = {f"{name}.zst" for name in archives.read_list(folder)["archives"]}
    names |= {path.name for path in where.core_files()} | {f"{n}.br" for n in compiled.SERVED}
    names |= {archives.LIST, compiled.SUMS}
    assert {path.name for path in folder.iterdir()} == names


def test_what_is_not_compiled_is_what_was_released(folder):
    for one in where.manifest()["core"]:
        if one["file"] != compiled.STDLIB:
            assert sha256(folder / one["file"]) == one["sha256"]


def test_the_browser_has_the_same_packages_as_this_python(probe):
    here = pins("run.txt")
    assert probe["versions"] == {name: here[name] for name in probe["versions"]}


def test_the_notebook_kernel_has_the_same_packages_as_this_python():
    here, there = pins("run.txt"), pins("browser.txt")
    assert {n: there[n] for n in there if n in here} == {n: here[n] for n in there if n in here}


def test_every_module_of_the_standard_library_imports(probe):
    assert probe["stdlib"] > 150
    assert probe["not_imported"] == {}


def test_what_a_student_may_import_is_there(probe):
    """Parts that the course does not use are fetched when an import asks for them."""
    assert probe["numbers"] == [pytest.approx(0.3456, abs=1e-4), 1.0, 1.0]
    assert probe["zone"]
    assert {"numpy", "pandas", "matplotlib", "pillow", "fonttools"} <= set(probe["packages"])


def test_pandas_makes_a_table(probe):
    assert "<td>60400</td>" in probe["table"]


def test_matplotlib_draws_and_has_the_fonts_it_asks_for(probe):
    assert "<svg" in probe["svg"]
    assert probe["png"] == "89504e47"
    assert probe["pdf"] == "%PDF"
    assert probe["said"] == ""


def test_python_waits_for_no_file_that_the_course_needs(probe):
    """What a table, a figure and the kernel read has come before, in a few archives."""
    late = probe["late"]
    assert late["table"] == late["svg"] == late["kernel"] == []
    assert any("Serif" in name for name in late["paper"])
    assert any("fontTools" in name for name in late["paper"])
    assert "rest-sqlite3.zst" in late["stdlib"]
    assert probe["early"] == ["numpy", "pandas"]


def test_the_notebook_kernel_starts_completes_and_shows_widgets(probe):
    assert "read_csv" in probe["completed"]
    assert "application/vnd.jupyter.widget-view+json" in probe["view"]
    assert "----> 1 1/0" in probe["cell_trace"]


def test_tracebacks_name_files_and_lines_and_the_toolkit_stays_readable(probe):
    assert re.search(
        r"site-packages/pandas/core/frame\.py\", line \d+, in __getitem__", probe["trace"]
    )
    assert probe["warned_in"] == "<exec>"
    assert probe["library_warned"] == []
    assert probe["course_source"] == '"""The toolkit."""\n'
    assert "Return the first" in probe["doc"]


def test_no_source_of_a_library_is_sent(folder):
    listed = archives.read_list(folder)["archives"].values()
    names = [
        f"{place}/{name}" for one in listed for place, files in one["files"] for name in files[::2]
    ]
    assert not [n for n in names if n.endswith(".py") and "typeshed" not in n]


def test_what_the_notebooks_read_is_what_the_recorded_run_says():
    """`python -m tools used` writes it anew after a lesson imports something else."""
    assert recorded() == archives.used()


# The site


def test_the_site_has_the_toolkit_beside_its_compiled_files(site, folder):
    listed = archives.read_list(site)["archives"]
    whole = archives.read_list(folder)["archives"]
    assert set(listed) == {*whole, "course", "about-course"}
    # in a folder of its own: a reader who comes back after a change fetches no more
    assert {path.name for path in site.iterdir()} == {
        "files.json",
        "course.zst",
        "about-course.zst",
    }
    assert site.name.startswith(f"{folder.name}-")
    shared = {path.name for path in (site.parent / folder.name).iterdir()}
    assert shared == {path.name for path in folder.iterdir()} - {"files.json", compiled.SUMS}
    names = {f"{place}/{n}" for place, files in listed["course"]["files"] for n in files[::2]}
    assert f"{compiled.SITE_PACKAGES}/course/figures.py" in names
    assert f"{compiled.SITE_PACKAGES}/course/__pycache__/figures.cpython-314.pyc" in names


def test_another_toolkit_gets_another_address(tmp_path):
    (tmp_path / "other").mkdir()
    first, other = make_wheel(tmp_path), make_wheel(tmp_path / "other", more="x")
    assert compiled.site_name(first) != compiled.site_name(other)


def test_a_ready_runtime_is_not_touched(folder, monkeypatch):
    monkeypatch.setattr(where, "fetch_all", lambda _: pytest.fail("fetched"))
    assert compiled.ensure_runtime() == folder


# Nothing half-written is left, and nothing damaged is used


@pytest.fixture
def empty_cache(monkeypatch, tmp_path):
    monkeypatch.setattr(compiled, "CACHE", tmp_path)
    return tmp_path


def cut(path):
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def flip(path):
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize("name", ["numpy.zst", "files.json", "pyodide.mjs", compiled.SUMS])
@pytest.mark.parametrize("damage", [cut, flip, Path.unlink])
def test_a_damaged_runtime_is_made_anew_with_a_sentence(
    empty_cache, monkeypatch, folder, capsys, name, damage
):
    """The digests that were taken when it was made tell; its own wheels need not be compiled."""
    version = compiled.version()
    cached = empty_cache / "runtime" / version

    def fill(new, _):
        for path in folder.iterdir():
            if path.name != compiled.SUMS:
                shutil.copyfile(path, new / path.name)

    monkeypatch.setattr(compiled, "_fill", fill)
    monkeypatch.setattr(compiled, "_compiled", lambda *_: None)
    monkeypatch.setattr(where, "fetch_all", lambda _: [])
    compiled.ensure_runtime()
    assert compiled.is_ready()
    assert capsys.readouterr().out == ""
    damage(cached / name)
    assert not compiled.is_ready()
    assert compiled.ensure_runtime() == cached
    (said,) = capsys.readouterr().out.splitlines()
    assert re.fullmatch(
        rf"\S+/runtime/{version}/\S+ is damaged: the browser's Python is made anew\.", said
    )
    assert compiled.SUMS in said or name in said or name == compiled.SUMS
    assert compiled.is_ready()
    compiled.ensure_runtime()
    assert capsys.readouterr().out == ""


def test_what_a_killed_command_left_goes_at_the_next_start(empty_cache, monkeypatch, folder):
    """A kill runs no clean-up: here the folders of the first try are simply forgotten."""
    monkeypatch.setattr(where, "fetch_all", lambda _: [])
    monkeypatch.setattr(compiled, "_compiled", lambda *_: empty_cache)
    seen = []

    def killed(new, _):
        seen.extend([new, Path(compiled.tempfile.mkdtemp(prefix=compiled.HALF, dir=empty_cache))])
        (new / "half").write_bytes(b"half")
        raise KeyboardInterrupt

    monkeypatch.setattr(compiled, "_fill", killed)
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(compiled.shutil, "rmtree", lambda *_, **__: None)
        compiled.ensure_runtime()
    assert all(path.exists() for path in seen)
    monkeypatch.setattr(compiled, "_fill", lambda new, _: (new / "file").write_bytes(b"x"))
    made = compiled.ensure_runtime()
    assert {path.name for path in empty_cache.iterdir()} == {"runtime", "runtime.lock"}
    assert list((empty_cache / "runtime").iterdir()) == [made]


def test_what_is_needed_for_packing_lies_in_the_half_made_folder(monkeypatch, tmp_path):
    places = []
    monkeypatch.setattr(
        archives, "compress", lambda jobs, _: places.extend(path.parent for path in jobs)
    )
    new = tmp_path / ".new-x"
    new.mkdir()
    archives.pack({"/a": b"a"}, {"one": ["/a"]}, new)
    assert [place.parent for place in places] == [new]
    assert list(new.iterdir()) == []


@pytest.mark.parametrize("problem", [UserError("no"), KeyboardInterrupt()])
def test_a_failed_compilation_leaves_nothing(empty_cache, monkeypatch, folder, problem):
    def fail(*_):
        raise problem

    monkeypatch.setattr(compiled, "_run_node", fail)
    with pytest.raises(type(problem)):
        compiled.ensure_runtime(progress=False)
    assert {path.name for path in empty_cache.rglob("*")} == {"runtime.lock", "compiled"}


@pytest.mark.parametrize("said", ["OSError: [Errno 51] No space left on device", "full"])
def test_a_full_disk_is_one_sentence(empty_cache, monkeypatch, folder, said):
    if said == "full":  # when all is compiled, and its files are put together
        (empty_cache / "compiled").symlink_to(folder.parent.parent / "compiled")
        full = OSError(errno.ENOSPC, "No space left on device")
        monkeypatch.setattr(compiled.shutil, "copyfile", lambda *_: (_ for _ in ()).throw(full))
    else:
        compiler = empty_cache / "fails.mjs"
        compiler.write_text(f"console.error({json.dumps(said)}); process.exit(1);")
        monkeypatch.setattr(compiled, "COMPILER", compiler)
    with pytest.raises(UserError, match=r"^the disk is full; free some space"):
        compiled.ensure_runtime(progress=False)
    made = empty_cache / "runtime"
    assert not made.exists() or not list(made.iterdir())


def test_a_compiler_that_fails_is_one_sentence(empty_cache, monkeypatch, folder):
    compiler = empty_cache / "fails.mjs"
    compiler.write_text('console.error("one\\ntwo"); process.exit(1);')
    monkeypatch.setattr(compiled, "COMPILER", compiler)
    with pytest.raises(UserError, match=r"^the browser's Python could not be compiled \(two\)"):
        compiled.ensure_runtime(progress=False)


def test_only_the_newest_versions_stay(tmp_path):
    for name in "abcd":
        with compiled._new_folder(tmp_path / name) as new:
            (new / "file").write_text(name)
    with compiled._new_folder(tmp_path / "e"):
        pass
    assert sorted(path.name for path in tmp_path.iterdir()) == ["c", "d", "e"]


# Sources


@pytest.fixture
def sources(monkeypatch, tmp_path):
    """Give two sources of two files on this disk: a release, and a package that pip knows."""
    release, package = tmp_path / "release", tmp_path / "package.whl"
    release.mkdir()
    entries = []
    with zipfile.ZipFile(package, "w") as archive:
        for name, data in [("small.whl", b"small"), ("large.whl", b"large" * 1000)]:
            (release / name).write_bytes(data)
            archive.writestr(f"inside/{name}", data)
            digest = hashlib.sha256(data).hexdigest()
            entries.append({"file": name, "sha256": digest, "size": len(data)})
    about = {"requirement": "one==1", "folder": "inside/", "sha256": sha256(package)}
    about["size"] = package.stat().st_size
    source = {"release": f"{release.as_uri()}/", "package": about}
    manifest = {"source": source, "core": entries[:1], "wheel": entries[1:]}
    monkeypatch.setattr(where, "manifest", lambda: manifest)
    monkeypatch.setattr(where, "DOWNLOADS", tmp_path / "downloads")
    monkeypatch.setattr(where, "_address", lambda _: package.as_uri())
    return release


def fetched(release: Path) -> list[str]:
    return sorted(path.name for path in (release.parent / "downloads" / "pyodide").iterdir())


def test_files_come_from_the_release(sources, monkeypatch):
    monkeypatch.setattr(where, "_address", lambda _: pytest.fail("asked pip"))
    assert [path.name for path in where.fetch_release(False)] == ["large.whl"]
    assert fetched(sources) == ["large.whl", "small.whl"]


@pytest.mark.parametrize("broken", ["small.whl", "large.whl"])
def test_files_come_from_the_package_when_the_release_is_out_of_reach(sources, broken):
    (sources / broken).unlink()
    where.fetch_release(False)
    assert fetched(sources) == ["large.whl", "small.whl"]


def test_a_page_in_place_of_the_release_is_no_release(sources):
    (sources / "small.whl").write_text("<h1>Blocked</h1>")
    where.fetch_release(False)
    assert fetched(sources) == ["large.whl", "small.whl"]


def test_a_wrong_file_in_the_release_is_refused(sources):
    (sources / "large.whl").write_bytes(b"wrong" * 1000)
    with pytest.raises(WrongFile, match="is not the file that was pinned"):
        where.fetch_release(False)
    assert fetched(sources) == ["small.whl"]


def test_a_wrong_file_in_the_package_is_refused(sources):
    (sources / "small.whl").unlink()
    where.manifest()["wheel"][0]["sha256"] = "0" * 64
    with pytest.raises(WrongFile, match="is not the file that was pinned"):
        where.fetch_release(False)
    assert "large.whl" not in fetched(sources)


def test_what_is_there_is_not_fetched_again(sources):
    where.fetch_release(False)
    for path in sources.iterdir():
        path.unlink()
    where.fetch_release(False)


@pytest.mark.parametrize(
    ("said", "error", "sentence"),
    [
        ("ERROR: No matching distribution found for x==1", Unreachable, r"\(No matching .* x==1\)"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", WrongFile, "is not the one pinned"),
        ("OSError: [Errno 28] No space left on device", OSError, "pip"),
        ("", Unreachable, "it gave no reason"),
    ],
)
def test_what_pip_says_becomes_one_sentence(monkeypatch, said, error, sentence):
    done = subprocess.CompletedProcess([], 1, "", f"WARNING: slow\n{said}\n")
    monkeypatch.setattr(where.subprocess, "run", lambda *_, **__: done)
    with pytest.raises(error, match=sentence):
        where._pip("download", "x")


def test_a_missing_wheel_of_the_kernel_is_noticed(folder, tmp_path):
    wheels = CACHE / "downloads" / "wheels"
    there = where._pinned_wheels(wheels)
    assert {path.name.split("-")[0].replace("_", "-") for path in there} == set(pins("browser.txt"))
    for path in there[1:]:
        (tmp_path / path.name).symlink_to(path)
    assert where._pinned_wheels(tmp_path) == []


# The lock file


def test_a_lock_entry_knows_what_the_browser_needs(tmp_path):
    wheel = make_wheel(tmp_path, "one_thing")
    available = {"pandas", "typing-extensions"}
    entry = lock.entry(wheel, available, ["matplotlib"])
    assert entry["name"] == "one-thing"
    assert entry["depends"] == ["pandas", "typing-extensions"]
    assert entry["imports"] == ["one_thing"]


def test_a_package_that_is_nowhere_stops_the_build(tmp_path):
    with pytest.raises(UserError, match=r"course-1.0\S+ needs matplotlib; add it to"):
        lock.entry(make_wheel(tmp_path), {"pandas", "typing-extensions"}, [])


# Compiling


def test_a_zip_is_repacked_smaller_and_compiled(tmp_path):
    files = {"broken.py": "print 1", "table.csv": "a\n1\n", "types.pyi": "", "keep.pyi": ""}
    wheel, target = make_wheel(tmp_path, **files), tmp_path / "new.whl"
    repack.repack(wheel, target, "/lib", drop=["*.pyi", "*/METADATA"], keep=["*/keep.*"])
    with zipfile.ZipFile(target) as archive:
        assert archive.namelist() == [
            f"course/{name}"
            for name in ["__init__.pyc", "broken.py", "figures.pyc", "keep.pyi", "table.csv"]
        ]
        compiled = archive.read("course/__init__.pyc")
    assert compiled[4:8] == b"\1\0\0\0"  # found by a digest that is never checked
    code = marshal.loads(compiled[16:])
    assert code.co_filename == "/lib/course/__init__.py"
    assert code.co_consts[0] == "The toolkit."


def test_the_same_input_gives_the_same_bytes(folder, tmp_path):
    source = next((CACHE / "downloads" / "pyodide").glob("cycler-*.whl"))
    made = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        target = tmp_path / name / source.name
        compiled._repack([{"source": source, "target": target, "root": "/lib"}], progress=False)
        made.append(target.read_bytes())
    assert made[0] == made[1]
