"""Build the course into ``_build/site``.

Each step does nothing when its inputs have not changed, and the site is replaced only when the
whole build has succeeded: a build that fails leaves the last good site in place.
"""

import gc
import sys
from pathlib import Path
from types import ModuleType

from tools.common.files import alone, files, write
from tools.common.files import fingerprint as digest_of
from tools.common.paths import BUILD, CACHE, ROOT, SITE, notebooks
from tools.runtime import compiled
from tools.site.book import Book

SOURCES = (
    "_config.yml",
    "_toc.yml",
    "CHANGELOG.md",
    "CITATION.cff",
    "package.json",
    "package-lock.json",
    "pyproject.toml",
    "book",
    "notebooks",
    "exercises",
    "data",
    "course",
    "theme",
    "tools",
    "requirements",
)


def sources(without: tuple[str, ...] = ()) -> list[Path]:
    """Return the files that the site is made from, but for some files and folders."""
    chosen = [ROOT / name for name in SOURCES if name not in without]
    return [path for top in chosen for path in (files(top) if top.is_dir() else [top])]


def fingerprint(without: tuple[str, ...] = ()) -> str:
    """Return a hash of everything the site is made from, or of all but some of it.

    The names of lessons count in any case: pages that are made from tables link them.
    """
    return digest_of(sources(without), ROOT, [sys.version, *(path.name for path in notebooks())])


def build(*, force: bool = False, book: Book | None = None) -> Path:
    """Build the site unless nothing has changed since the last build.

    Parameters
    ----------
    force
        Whether to build even then.
    book
        The process that builds the pages, where one waits already.

    Returns
    -------
    Path
        The folder of the site.

    Raises
    ------
    UserError
        When a step fails; the message says which and why.
    """
    with alone(BUILD / "build.lock", "builds the course"):
        stamp, wanted = BUILD / "site.stamp", fingerprint()
        last = stamp.read_text("utf-8") if stamp.exists() else ""
        same = last == wanted and (SITE / "index.html").exists()
        if force or not same or not compiled.is_ready():  # the last reads all of the runtime
            with book or Book() as process:
                steps().make(process)
            write(stamp, wanted)
    return SITE


def steps() -> ModuleType:
    """Load the steps of a build: so late that the book's process loads beside them."""
    from tools.site import steps

    return steps


def main(force: bool = False, wait: bool = False) -> None:
    """Build the site and say where it is.

    Parameters
    ----------
    force
        Whether to build although nothing has changed.
    wait
        Whether to load everything first and begin at a line on the standard input.
    """
    gc.disable()  # what a build reads it keeps to its end
    if wait:
        with Book() as book:
            steps()
            if not sys.stdin.readline():
                return
            site = build(force=force, book=book)
    else:
        site = build(force=force)
    print(f"Built {site.relative_to(ROOT)}; downloads are kept in {CACHE.name}/")
