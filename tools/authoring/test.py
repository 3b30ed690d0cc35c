"""Build the site and run every test, or those that concern one lesson.

Which those are follows from what differs from the main branch, so that what is green for a lesson
is green in the run of everything. A library that chooses tests by the lines that they run, such as
pytest-testmon, sees neither notebooks nor tables nor pages, on which these tests depend.
"""

import os
import re
import subprocess
import sys
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from tools.common import chromium
from tools.common.errors import UserError
from tools.common.paths import ROOT
from tools.site.build import build

FOLDERS = ("notebooks", "exercises")
# Everything that belongs to a lesson has its name or its number in the path.
OWN = (
    "notebooks/{}-*",
    "exercises/{}-*",
    "course/tasks/lesson{}.py",
    "book/teaching/plans/{}-*",
    "tests/lessons/test_lesson{}.py",
    "tests/lessons/numbers/lesson{}.py",
)
# What may change beside a lesson and still concerns words and tables only. Anything else is code
# or a setting, and may concern every test.
WORDS = ("book/", "data/", "_toc.yml", "CHANGELOG.md", "CITATION.cff", "CONTRIBUTING.md", "README")
# Pages that programs write from the tables.
FROM_TABLES = ("atlas", "bibliography", "data/", "glossary", "index-of-terms", "timeline")


@dataclass
class Scope:
    """What is looked at: lessons with their reasons, pages, and why everything is, if it is."""

    lessons: dict[str, str]
    pages: set[str] = field(default_factory=set)
    code: list[str] = field(default_factory=list)
    is_known: bool = True

    def arguments(self, root: Path = ROOT) -> list[str]:
        """Return what pytest is told."""
        if self.code:
            return ["tests", *FOLDERS]
        own = [f"{folder}/{name}.ipynb" for name in sorted(self.lessons) for folder in FOLDERS]
        chosen = [f"--lesson={name}" for name in sorted(self.lessons)]
        chosen += [f"--page={page}" for page in sorted(self.pages)]
        return ["--tb=short", *chosen, "tests", *(one for one in own if (root / one).is_file())]

    def says(self) -> str:
        """Return what is looked at, and what is not."""
        if self.code:
            some = ", ".join(self.code[:3]) + (", ..." if len(self.code) > 3 else "")
            return (
                "What differs from the main branch and is no part of a lesson, no table and no "
                f"page may concern every test, so all of them run (half an hour): {some}."
            )
        lessons = "; ".join(f"{name} ({why})" for name, why in sorted(self.lessons.items()))
        return (
            f"Looked at: {lessons}; all tables, and what holds for all lessons together.\n"
            "Not looked at: other lessons and the course's machinery, since "
            + (
                "nothing that they are made of differs from the main branch. The PDF of the whole "
                "book is not printed; the lesson's pages are measured as they stand in it."
                if self.is_known
                else "Git does not know here what was changed: run `make test` as well."
            )
        )


def scope(name: str, root: Path = ROOT) -> Scope:
    """Return what a lesson, and whatever else differs from the main branch, concerns.

    Raises
    ------
    UserError
        When there is no such lesson.
    """
    if not any((root / folder / f"{name}.ipynb").is_file() for folder in FOLDERS):
        raise UserError(f"there is no lesson {name!r}; name one like 04-eradication-and-replanting")
    found, tables = Scope({name: "asked for"}), set()
    differ = changed(root)
    found.is_known = differ is not None
    for path in differ or ():
        lesson = next((one for one in lessons(root) if _is_part(path, one)), None)
        if lesson is not None:
            found.lessons.setdefault(lesson, "differs from the main branch")
        elif not path.startswith(WORDS):
            found.code.append(path)
        elif path.startswith("data/"):
            tables.add(Path(path).stem)
        elif path.startswith("book/"):
            found.pages.add(path.removesuffix(".md"))
    if tables:
        found.pages |= {f"book/{page}" for page in FROM_TABLES}
    for lesson, loaded in sharing(tables, root).items():
        found.lessons.setdefault(lesson, f"loads {loaded}, which differs from the main branch")
    return found


def changed(root: Path) -> list[str] | None:
    """Return the files that differ from the main branch; None where Git does not know."""

    def git(*command: str) -> str | None:
        done = subprocess.run(["git", "-C", str(root), *command], capture_output=True, text=True)
        return done.stdout if done.returncode == 0 else None

    for main in ("origin/main", "main", "HEAD"):
        if base := git("merge-base", "HEAD", main):
            listed = git("diff", "--name-only", "--relative", base.strip()) or ""
            fresh = git("ls-files", "--others", "--exclude-standard") or ""
            return sorted({*listed.splitlines(), *fresh.splitlines()})
    return None


def lessons(root: Path) -> list[str]:
    """Return the names of all lessons, also of one that has only an exercise."""
    return sorted({path.stem for folder in FOLDERS for path in (root / folder).glob("*.ipynb")})


def _is_part(path: str, lesson: str) -> bool:
    return any(Path(path).match(pattern.format(lesson[:2])) for pattern in OWN)


def sharing(tables: Collection[str], root: Path) -> dict[str, str]:
    """Return the lessons of which a part loads one of these tables, and that table."""
    asked = re.compile(r"load\(\\*[\"'](" + "|".join(map(re.escape, sorted(tables))) + r")\\*[\"']")
    found: dict[str, str] = {}
    for lesson in lessons(root) if tables else ():
        for path in (path for pattern in OWN for path in root.glob(pattern.format(lesson[:2]))):
            if loads := asked.search(path.read_text("utf-8")):
                found.setdefault(lesson, loads[1])
    return found


def main(lesson: str | None = None) -> int:
    """Run the tests; return pytest's exit code."""
    chosen = scope(lesson) if lesson is not None else None
    if chosen:
        print(chosen.says(), flush=True)
    build()
    environment = os.environ | {chromium.VARIABLE: chromium.find()}
    # Two processes, one file each at a time: a notebook's cells need their order. The files come
    # as tests/conftest.py sorts them; by itself, xdist puts first those with the most tests.
    command = [sys.executable, "-m", "pytest", "-n", "2", "--nbval"]
    command += ["--dist", "loadfile", "--no-loadscope-reorder"]
    paths = chosen.arguments() if chosen else ["tests", *FOLDERS]
    code = subprocess.call([*command, *paths], cwd=ROOT, env=environment)
    if chosen and not code:
        print(chosen.says())
    return code
