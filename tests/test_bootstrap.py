"""The set-up: a Python that does not fit is told so in one sentence."""

import ast
import shutil
import subprocess
from pathlib import Path

import pytest

from tools import bootstrap


@pytest.mark.parametrize("version", [(3, 10, 1), (2, 7, 18), (3, 14, 0)])
def test_a_python_that_does_not_fit(monkeypatch, capsys, version):
    monkeypatch.setattr(bootstrap.sys, "version_info", version)
    with pytest.raises(SystemExit) as stop:
        bootstrap.check_python()
    assert stop.value.code == 1
    message = capsys.readouterr().err
    assert message.count("\n") == 1
    assert "Python 3.11, 3.12 or 3.13" in message


def test_an_environment_that_fits_is_left_alone(monkeypatch, tmp_path):
    requirements = tmp_path / "requirements"
    requirements.mkdir()
    (requirements / "run.txt").write_text("pins")
    (tmp_path / "pyproject.toml").write_text("")
    monkeypatch.setattr(bootstrap, "ROOT", str(tmp_path))
    monkeypatch.setattr(bootstrap, "VENV", str(tmp_path / ".venv"))
    monkeypatch.setattr(bootstrap.sys, "argv", ["bootstrap.py", "run"])
    made = []
    monkeypatch.setattr(bootstrap, "install", made.append)
    monkeypatch.setattr("venv.create", lambda folder, with_pip: (tmp_path / ".venv").mkdir())
    bootstrap.main()
    bootstrap.main()
    assert len(made) == 1
    (requirements / "run.txt").write_text("other pins")
    bootstrap.main()
    assert len(made) == 2


def test_a_failed_install_is_tried_again(monkeypatch, tmp_path):
    monkeypatch.setattr(bootstrap, "VENV", str(tmp_path))
    monkeypatch.setattr(bootstrap.subprocess, "call", lambda command: 1)
    with pytest.raises(SystemExit):
        bootstrap.install("requirements.txt")
    assert not list(tmp_path.glob("made-for-*"))


def test_an_old_python_reaches_the_sentence():
    source = Path(bootstrap.__file__)
    ast.parse(source.read_text("utf-8"), feature_version=(3, 4))
    for name in ("python2.7", "python3.6"):
        old = shutil.which(name)
        if old and subprocess.run([old, "-c", "pass"], capture_output=True).returncode == 0:
            done = subprocess.run([old, source, "run"], capture_output=True, text=True)
            assert done.returncode == 1
            assert done.stderr.startswith("Error: the course needs Python")
