"""What tests share: the names that a notebook's code makes, and copies of the project."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest

from tools.common.paths import CACHE, ROOT


@dataclass(frozen=True)
class Project:
    """A copy of the project, in which commands run with the copy's own code."""

    root: Path

    def run(self, *command: str) -> subprocess.CompletedProcess:
        """Run Python in the copy; what was downloaded for the project itself is used again."""
        environment = os.environ | {"COURSE_CACHE": str(CACHE), "PYTHONPATH": str(self.root)}
        return subprocess.run(
            [sys.executable, *command],
            cwd=self.root,
            env=environment,
            capture_output=True,
            text=True,
        )


@pytest.fixture(scope="session")
def copied(tmp_path_factory) -> Callable[[Path], Project]:
    """What copies a project, without what was built or downloaded in it."""

    def copy(root: Path) -> Project:
        target = tmp_path_factory.mktemp("copy") / "course"
        skip = shutil.ignore_patterns(
            ".git", ".venv", ".cache", "_build", "node_modules", "__pycache__", ".*_cache"
        )
        shutil.copytree(root, target, ignore=skip)
        return Project(target)

    return copy


def _run(folder: str, request: pytest.FixtureRequest) -> dict:
    """Run the visible code of the notebook whose number stands in the test module's name."""
    number = request.module.__name__.removeprefix("test_lesson")
    found = list((ROOT / folder).glob(f"{number}-*.ipynb"))
    if len(found) != 1:
        named = ", ".join(path.name for path in found) or "none"
        pytest.fail(f"lesson {number} needs one notebook in {folder}/, has {named}", pytrace=False)
    (path,) = found
    names: dict = {}
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code":
            exec(compile(cell.source, cell.id, "exec"), names)
    return names


@pytest.fixture(scope="module")
def lesson(request) -> dict:
    """The names that the lesson's code makes, all cells run in order."""
    return _run("notebooks", request)


@pytest.fixture(scope="module")
def exercise(request) -> dict:
    """The names that the exercise's code makes, solutions included."""
    return _run("exercises", request)
