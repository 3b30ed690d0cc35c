"""What a person is told of a damaged file: one sentence with the file, the place and what to do."""

import errno
import shutil

import pytest

from course import data
from tools.common import errors, settings
from tools.common.paths import ROOT
from tools.content.stage import check_contents

TABLE = "timeline"


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project of its own with the real tables, to damage."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    monkeypatch.setattr(errors, "ROOT", tmp_path)
    monkeypatch.setattr(data, "folder", lambda: tmp_path / "data")
    data._tables.cache_clear()
    yield tmp_path
    data._tables.cache_clear()


def told(capsys, action, *given) -> str:
    """Return what a command prints: one line, for a person who can act on it."""
    assert errors.run(lambda: action(*given)) == 1
    said = capsys.readouterr().err
    assert said.startswith("Error: ")
    assert said.count("\n") == 1
    return said


def test_what_is_right_says_nothing(project, capsys):
    assert errors.run(lambda: len(data.load(TABLE)) and None) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (lambda path: path.write_text(""), "is empty; its first row is event_id,"),
        (lambda path: path.write_text(path.read_text("utf-8")[:-30], "utf-8"), "row 62, column"),
        (lambda path: path.write_text("é", "latin-1"), "not UTF-8 text at byte 0"),
        (lambda path: path.write_text("year\n1980\n"), "row 1, column 1: found 'year'"),
        (lambda path: path.unlink(), "is missing from data/; put it back"),
    ],
)
def test_a_damaged_table(project, capsys, damage, says):
    damage(project / "data" / f"{TABLE}.csv")
    said = told(capsys, data.load, TABLE)
    assert f"{TABLE}.csv" in said
    assert says in said
    assert said.endswith(f"git checkout -- data/{TABLE}.csv\n")


@pytest.mark.parametrize("text", ["[]", "{}", '{"resources": ['])
def test_a_damaged_list_of_tables(project, capsys, text):
    (project / "data" / "datapackage.json").write_text(text)
    said = told(capsys, data.load, TABLE)
    assert said.endswith("git checkout -- data/datapackage.json\n")


@pytest.mark.parametrize(
    ("name", "read", "text", "says"),
    [
        ("a.json", settings.read_json, '{"a": 1,\n}', "line 2"),
        ("a.json", settings.read_json, "[1]", "holds no names with values"),
        ("a.toml", settings.read_toml, "a = 1\nb = [", "not valid TOML"),
        ("a.yml", settings.read_yaml, "a: 1\nb: [\n", "line 3"),
        ("a.yml", settings.read_yaml, "", "holds no names with values"),
    ],
)
def test_a_damaged_setting(project, capsys, name, read, text, says):
    (project / name).write_text(text)
    said = told(capsys, read, project / name)
    assert says in said
    assert said.endswith(f"mend it, or take what was last committed: git checkout -- {name}\n")


def test_a_setting_is_read_with_a_mark_and_missed_by_name(project, capsys):
    (project / "a.json").write_text('{"a": 1}', "utf-8-sig")
    assert settings.read_json(project / "a.json") == {"a": 1}
    assert "b.toml is missing; put it back" in told(capsys, settings.read_toml, project / "b.toml")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("root: a\nparts:\n- chapters:\n  - {file: b}\n", "names b, and there is no such page"),
        ("root: a\n", "does not list a root and parts of chapters ('parts' is missing"),
        ("root: a\nparts:\n- chapters: a\n", "does not list a root and parts of chapters"),
    ],
)
def test_a_list_of_contents_that_leads_nowhere(project, capsys, text, says):
    (project / "_toc.yml").write_text(text)
    assert says in told(capsys, check_contents, project / "_toc.yml", ["a.md"])


def test_a_mistake_in_a_task(project, capsys):
    path = project / "lesson04.py"
    path.write_text("a = 1\ndef b(:\n")
    assert "Error: lesson04.py, line 2: invalid syntax" in told(
        capsys, lambda: compile(path.read_text(), str(path), "exec")
    )


@pytest.mark.parametrize(
    ("number", "says"),
    [
        (errno.EACCES, "a.txt may not be read or written here"),
        (errno.EROFS, "a.txt may not be read or written here"),
        (errno.ENOSPC, "the disk is full"),
        (errno.ENOENT, "a.txt is missing; put it back"),
    ],
)
def test_a_file_that_is_refused(project, capsys, number, says):
    def refuse():
        raise OSError(number, "no", str(project / "a.txt"))

    assert says in told(capsys, refuse)


@pytest.mark.parametrize("error", [ZeroDivisionError(), OSError(errno.EIO, "broken", "x")])
def test_a_fault_of_the_code_is_not_hidden(project, error):
    def fail():
        raise error

    with pytest.raises(type(error)):
        errors.run(fail)
