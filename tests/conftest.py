"""What tests share: the choice of one lesson's, its code's names, and copies of the project."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import nbformat
import pytest

from tools.common.paths import CACHE, ROOT, notebooks

# The order ---------------------------------------------------------------------------------------

# The files that take longest, in seconds of one of two processes: they come first, so that no
# process waits at the end for the other one's last file. An order, and no more: a file that is
# missing here, or has become faster, costs some minutes of waiting.
LONGEST = {
    "tests/browser/test_live.py": 538,
    "tests/browser/test_pages.py": 489,
    "tests/browser/test_task.py": 259,
    "tests/browser/test_lite.py": 233,
    "tests/browser/test_hosts.py": 231,
    "tests/authoring/test_new_lesson.py": 174,
    "tests/browser/test_live_firefox.py": 162,
    "tests/browser/test_pdf.py": 106,
}


def longest_first(test: str) -> int:
    """Return what tests are sorted by; those of one file keep their order."""
    return -LONGEST.get(test.split("::")[0], 0)


# One lesson's tests ------------------------------------------------------------------------------

# What holds for all lessons together, or for all tables, and so for each. Of any other test a
# lesson's are those that name it, and those whose file takes it for an example: the rest is about
# the machinery, which no lesson changes. `tools.authoring.test` runs everything when something
# else than a lesson, a table or a page differs from the main branch.
TOGETHER = (
    "tests/browser/test_lite.py::test_no_raw_myst_in_what_students_get",
    "tests/browser/test_pages.py::test_its_links_lead_somewhere",
    "tests/classroom/test_collect.py",
    "tests/content/test_dated.py",
    "tests/content/test_slides.py",
    "tests/content/test_stage.py",
    "tests/course/",
    "tests/data/",
    "tests/lessons/",
    "tests/pages/",
    "tests/site/test_site.py",
    "tests/theme/test_article.py",
    "tests/theme/test_book.py",
    "tests/theme/test_terms.py",
)
PLACES = re.compile(r"test_lesson(\d\d)\.py|book/teaching/plan-(\d\d)")
# They print the whole book, in minutes; tests/browser/test_paper.py measures a lesson's pages.
WHOLE_BOOK = "tests/browser/test_pdf.py"


def pytest_addoption(parser: pytest.Parser) -> None:
    help = "only what concerns this lesson; more than once: or this"
    parser.addoption("--lesson", metavar="NN-slug", action="append", default=[], help=help)
    help = "with --lesson: also the tests of a page whose path begins so"
    parser.addoption("--page", metavar="PATH", action="append", default=[], help=help)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put the longest files first; leave out what does not concern the lessons that were chosen."""
    items.sort(key=lambda item: longest_first(item.nodeid))
    if lessons := config.getoption("--lesson"):
        pages = config.getoption("--page")
        kept, left = [], []
        for item in items:
            (kept if concerns(item.nodeid, lessons, pages) else left).append(item)
        config.hook.pytest_deselected(items=left)
        items[:] = kept


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say below nbval's comparison how what the cells show now is stored."""
    failed = (report.nodeid for report in terminalreporter.stats.get("failed", []))
    paths = dict.fromkeys(node.partition("::")[0] for node in failed if ".ipynb::" in node)
    if paths:
        command = f"python -m tools outputs {' '.join(paths)}"
        terminalreporter.write_line(f"Notebooks show something else; to store it: `{command}`")


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


@cache
def examples(file: str) -> frozenset[str]:
    """Return the numbers of the lessons that the code of a test's file names."""
    code = (ROOT / file).read_text("utf-8") if file.endswith(".py") else ""
    return frozenset(slug[:2] for slug in slugs() if slug in code)


def concerns(test: str, lessons: Collection[str], pages: Collection[str] = ()) -> bool:
    """Tell whether a test concerns one of some lessons or pages."""
    if test.startswith(WHOLE_BOOK):
        return False
    numbers = {lesson[:2] for lesson in lessons}
    if those := named(test):
        return bool(those & numbers)
    if any(f"[{page}" in test for page in pages):
        return True
    return test.startswith(TOGETHER) or bool(examples(test.split("::")[0]) & numbers)


# What tests share --------------------------------------------------------------------------------


@pytest.fixture(scope="module", autouse=True)
def as_pandas_prints() -> Iterator[None]:
    """Leave to the next file no way of printing tables that a lesson has set."""
    yield
    if pandas := sys.modules.get("pandas"):
        pandas.reset_option(r"^display\.")


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


@pytest.fixture(scope="module")
def told(request) -> Callable[..., str]:
    """Return what the check says of a cell as a student wrote it, below the cells of its page."""

    def run(task: str, code: str) -> str:
        names = dict(request.getfixturevalue("lesson" if ".t" in task else "exercise"))
        names = {
            key: one.copy() if hasattr(one, "index") and hasattr(one, "copy") else one
            for key, one in names.items()
        }
        exec(code, names)
        answer = names[code.splitlines()[-1].partition(" =")[0]]
        return request.module.TASKS.check(task, answer).message

    return run
