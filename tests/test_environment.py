"""The environment: the right Python is found, what does not fit is said, a move is noticed."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import tools.__main__ as front
from tools import commands, environment

READ_BY_OLD_PYTHONS = (environment, commands, front)


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A folder with pins, in which making an environment only leaves a trace."""
    (tmp_path / "requirements").mkdir()
    for kind in environment.KINDS:
        (tmp_path / "requirements" / f"{kind}.txt").write_text(f"pins to {kind}")
    (tmp_path / "pyproject.toml").write_text("")
    monkeypatch.setattr(environment, "ROOT", str(tmp_path))
    monkeypatch.setattr(environment, "VENV", str(tmp_path / ".venv"))
    made = []

    def call(command, env):
        made.append(" ".join(map(str, command)))
        if "venv" in command:
            write_venv()
        return 0

    monkeypatch.setattr(environment.subprocess, "call", call)
    return made


def write_venv(version: str = "", made_at: str = "") -> None:
    version = version or ".".join(map(str, sys.version_info[:3]))
    python = Path(environment.venv_program("python"))
    python.parent.mkdir(parents=True, exist_ok=True)
    python.write_text("#!/bin/sh\n")
    command = f"/usr/bin/python3 -m venv {made_at or environment.VENV}"
    text = f"version = {version}\ncommand = {command}\n"
    Path(environment.VENV, "pyvenv.cfg").write_text(text)


def installs(made: list[str]) -> int:
    return sum("--require-hashes" in line for line in made)


def test_an_environment_that_fits_is_left_alone(project, tmp_path):
    environment.ensure("run")
    environment.ensure("run")
    assert installs(project) == 1
    (tmp_path / "requirements" / "run.txt").write_text("other pins")
    environment.ensure("run")
    assert installs(project) == 2
    assert sum("-m venv" in line for line in project) == 1


def test_the_one_for_tests_runs_everything(project):
    environment.ensure("test")
    environment.ensure("run")
    assert installs(project) == 1
    environment.ensure("test")
    assert installs(project) == 1


def test_a_moved_folder_gets_a_new_environment(project, tmp_path, monkeypatch):
    environment.ensure("run")
    moved = tmp_path.with_name("moved")
    tmp_path.rename(moved)
    monkeypatch.setattr(environment, "ROOT", str(moved))
    monkeypatch.setattr(environment, "VENV", str(moved / ".venv"))
    environment.ensure("run")
    assert sum("-m venv" in line for line in project) == 2
    moved.rename(tmp_path)


def test_inside_a_moved_environment_the_way_out_is_said(project, monkeypatch):
    write_venv(made_at="/elsewhere/.venv")
    monkeypatch.setattr(environment, "is_inside", lambda: True)
    with pytest.raises(environment.Unusable, match="python3 -m tools"):
        environment.ensure("run")


def test_a_failed_install_is_tried_again(project, tmp_path, monkeypatch):
    write_venv()
    monkeypatch.setattr(environment.subprocess, "call", lambda command, env: 1)
    with pytest.raises(environment.Unusable, match="could not be installed"):
        environment.ensure("run")
    assert not list((tmp_path / ".venv").glob("made-for-*"))


def test_damaged_settings_are_not_blamed_on_the_packages(project, tmp_path):
    (tmp_path / "pyproject.toml").write_text("x = [\n")
    with pytest.raises(environment.Unusable, match=r"^pyproject.toml is not valid TOML: .*mend it"):
        environment.ensure("run")
    assert installs(project) == 0


def test_a_folder_that_may_not_be_written_is_named(project, tmp_path):
    (tmp_path / ".venv.lock").mkdir()  # cannot be opened, whoever runs this
    with pytest.raises(environment.Unusable, match=r"cannot be written .* a copy of it"):
        environment.ensure("run")


def test_a_second_command_waits_and_says_so(project, capsys, monkeypatch):
    free = iter([False, False, True])
    monkeypatch.setattr(environment, "_lock", lambda file: next(free))
    monkeypatch.setattr(environment.time, "sleep", lambda seconds: None)
    with environment.alone():
        pass
    assert capsys.readouterr().out.count("waiting") == 1


def test_two_commands_do_not_hold_the_lock_at_once(project, tmp_path):
    with environment.alone(), (tmp_path / ".venv.lock").open("a") as other:
        assert not environment._lock(other)
    with (tmp_path / ".venv.lock").open("a") as other:
        assert environment._lock(other)


@pytest.mark.parametrize("version", [(3, 10, 1), (2, 7, 18), (3, 15, 0)])
def test_a_supported_python_beside_it_is_used_and_named(project, monkeypatch, capsys, version):
    monkeypatch.setattr(environment.sys, "version_info", version)
    known = {"python3.12": "3.12.1", "python3.11": "3.11.7"}
    monkeypatch.setattr(environment, "version_of", lambda command: known.get(command[-1], ""))
    command, found = environment.choose()
    assert (command[-1], found) == ("python3.12", "3.12.1")
    [line] = capsys.readouterr().out.splitlines()
    assert line.startswith("This is Python {}.{}.{};".format(*version))
    assert "Python 3.12.1 (python3.12)" in line


def test_an_environment_that_is_there_needs_no_search(project, monkeypatch, capsys):
    write_venv("3.12.4")
    monkeypatch.setattr(environment.sys, "version_info", (3, 9, 0))
    monkeypatch.setattr(environment, "version_of", lambda command: "3.12.4")
    assert environment.choose()[1] == "3.12.4"
    assert capsys.readouterr().out == ""


def test_no_python_that_fits_is_one_sentence(project, monkeypatch, capsys):
    monkeypatch.setattr(environment.sys, "version_info", (3, 9, 0))
    monkeypatch.setattr(environment, "version_of", lambda command: "")
    assert front.main(["lint"]) == 1
    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith("Error: the course needs Python 3.11, 3.12, 3.13 or 3.14; this is")


@pytest.mark.parametrize(
    ("version", "wanted"),
    [("3.11.0", True), ("3.14.10", True), ("3.10.9", False), ("3.15.0", False), ("", False)],
)
def test_which_versions_fit(version, wanted):
    assert environment.fits(version) is wanted


@pytest.mark.parametrize(
    ("said", "wanted"), [("C", "C.UTF-8"), ("", "C.UTF-8"), ("es_PE.UTF-8", "es_PE.UTF-8")]
)
def test_what_runs_reads_utf8_in_any_locale(monkeypatch, said, wanted):
    for name in ("LC_CTYPE", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LC_ALL", said)
    made = environment.variables()
    assert (made["LC_ALL"], made["PYTHONUTF8"]) == (wanted, "1")


def test_the_programs_of_the_environment_are_named_for_each_system(monkeypatch):
    assert environment.venv_program("python").endswith(".venv/bin/python")
    monkeypatch.setattr(environment.os, "name", "nt")
    assert environment.venv_program("python").endswith(".venv/Scripts/python.exe")


# The commands ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", commands.COMMANDS)
def test_each_command_says_what_it_does(name, capsys):
    with pytest.raises(SystemExit) as stop:
        commands.parser().parse_args([name, "--help"])
    assert stop.value.code == 0
    assert commands.COMMANDS[name][0].split()[0] in capsys.readouterr().out.lower()


def test_without_a_command_all_are_listed(capsys):
    assert front.main([]) == 2
    assert set(commands.COMMANDS) <= set(capsys.readouterr().out.split())


def test_make_has_a_target_for_every_command():
    makefile = Path(environment.ROOT, "Makefile").read_text("utf-8")
    assert {line.split()[1] for line in makefile.splitlines() if line.startswith("\t$(RUN)")} == {
        *commands.COMMANDS,
        "--help",
    }


@pytest.mark.parametrize("module", READ_BY_OLD_PYTHONS, ids=lambda module: module.__name__)
def test_an_old_python_can_read_it(module):
    ast.parse(Path(module.__file__).read_text("utf-8"), feature_version=(3, 4))


@pytest.mark.parametrize("name", ["python2.7", "python3.6", "python3.8"])
def test_an_old_python_gets_help_and_finds_the_environment(name):
    old = shutil.which(name)
    if old is None or subprocess.run([old, "-c", "pass"], capture_output=True).returncode:
        old = sys.executable  # none here: the one that runs this must do it as well
    say = "from tools import environment as e, commands as c; c.parser(); print(e.choose()[1])"
    done = subprocess.run([old, "-c", say], cwd=environment.ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert environment.fits(done.stdout.split()[-1])
