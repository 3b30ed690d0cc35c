"""What tests share: the choice of one lesson's, its code's names, and copies of the project."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import nbformat
import pytest

from tools.common.paths import CACHE, ROOT, notebooks

# One lesson's tests ------------------------------------------------------------------------------

# What holds for all lessons together, and so for each. Of any other test a lesson's are those that
# name it: the rest is about the machinery, which no lesson changes.
TOGETHER = (
    "tests/authoring/test_spelling.py",
    "tests/browser/test_lite.py::test_no_raw_myst_in_what_students_get",
    "tests/content/test_slides.py",
    "tests/course/test_brief.py",
    "tests/data/",
    "tests/lessons/",
    "tests/pages/",
    "tests/site/test_site.py",
    "tests/theme/test_book.py",
    "tests/theme/test_terms.py",
)
# A table has more lessons than one: where it was changed, what finds numbers and outputs that are
# no longer its own is run for all of them.
OF_TABLES = ("test_the_stored_file_is", "test_every_number_of_the_prose", "test_every_statement")
PLACES = re.compile(r"test_lesson(\d\d)\.py|book/teaching/plan-(\d\d)")
# It prints the whole book, which takes minutes; the pages of one lesson are in test_paper.py.
WHOLE_BOOK = "tests/browser/test_pdf.py"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--lesson", metavar="NN-slug", help="only what concerns this lesson")
    parser.addoption("--shares", metavar="NN-slug", action="append", default=[])


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what does not concern the lesson that was chosen."""
    if lesson := config.getoption("--lesson"):
        shares = config.getoption("--shares")
        kept, left = [], []
        for item in items:
            (kept if concerns(item.nodeid, lesson, shares) else left).append(item)
        config.hook.pytest_deselected(items=left)
        items[:] = kept


@cache
def slugs() -> frozenset[str]:
    """Return the names of all lessons, also of one that has only an exercise."""
    return frozenset(path.stem for path in notebooks())


def named(test: str) -> set[str]:
    """Return the numbers of the lessons that the name of a test holds."""
    found = {slug[:2] for slug in slugs() if slug in test}
    found |= {one or other for one, other in re.findall(PLACES, test)}
    if test.startswith("tests/course/test_checks.py"):
        found |= set(re.findall(r"[\[-](\d\d)\.\d\b", test))
    return found


def concerns(test: str, lesson: str, shares: Collection[str] = ()) -> bool:
    """Tell whether a test concerns a lesson, or one that shares a changed table with it."""
    if test.startswith(WHOLE_BOOK):
        return False
    if lessons := named(test):
        changed = {other[:2] for other in shares} & lessons
        return lesson[:2] in lessons or (bool(changed) and any(name in test for name in OF_TABLES))
    return test.startswith(TOGETHER)


# What tests share --------------------------------------------------------------------------------


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
