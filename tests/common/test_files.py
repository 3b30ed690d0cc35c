"""Digests, writing whole or not at all, taking turns, CSV and Markdown tables."""

import subprocess
import sys
import time

import pytest
from jinja2 import UndefinedError

from tools.common import files
from tools.common.markdown import table
from tools.common.paths import ROOT
from tools.pages.template import FOLDER, fill


def test_a_fingerprint_sees_names_contents_and_texts(tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).write_text(name)
    both = [tmp_path / "a", tmp_path / "b"]
    known = {files.fingerprint(both, tmp_path), files.fingerprint(both, tmp_path, ["x"])}
    (tmp_path / "a").write_text("ab")
    (tmp_path / "b").write_text("")
    known.add(files.fingerprint(both, tmp_path))
    (tmp_path / "b").rename(tmp_path / "c")
    known.add(files.fingerprint([tmp_path / "a", tmp_path / "c"], tmp_path))
    assert len(known) == 4
    assert files.sha256(tmp_path / "a") == files.digest(b"ab")


def test_a_file_is_written_whole_or_not(tmp_path):
    path = tmp_path / "new" / "a.txt"
    files.write(path, "one\n")
    assert path.read_bytes() == b"one\n"
    with pytest.raises(ZeroDivisionError), files.whole(path) as half:
        half.write_text("tw")
        _ = 1 / 0
    assert [one.name for one in path.parent.iterdir()] == ["a.txt"]
    assert path.read_bytes() == b"one\n"


def test_csv_quotes_what_needs_it():
    assert files.csv_text(["a", "b"], [[1, 'x, "y"']]) == 'a,b\n1,"x, ""y"""\n'


def test_a_bar_does_not_end_a_cell():
    made = table(["Name", "Number"], [["a | b", 1], [r"c \| d", 2]], numbers=1)
    assert made == "| Name | Number |\n| --- | ---: |\n| a \\| b | 1 |\n| c \\| d | 2 |"


def test_a_second_command_waits_and_says_so(tmp_path):
    program = (
        "import sys; from pathlib import Path; from tools.common.files import alone\n"
        "with alone(Path(sys.argv[1]), 'builds the course'): print('mine')"
    )
    command = [sys.executable, "-u", "-c", program, tmp_path / "turn.lock"]
    with files.alone(tmp_path / "turn.lock", "builds the course"):
        other = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert other.stdout.readline() == (
            "Another command builds the course; waiting for it ...\n"
        )
        time.sleep(0.3)
        assert other.poll() is None
    assert other.communicate(timeout=60)[0] == "mine\n"
    assert other.returncode == 0


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.md")))
def test_a_template_that_is_not_given_a_value_says_so(name):
    if "{{" not in (FOLDER / f"{name}.md").read_text("utf-8"):
        assert fill(name)
        return
    with pytest.raises(UndefinedError):
        fill(name)
