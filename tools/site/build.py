"""Build the course into ``_build/site``.

Each step does nothing when its inputs have not changed, and the site is replaced only when the
whole build has succeeded: a build that fails leaves the last good site in place.
"""

import json
import os
import shutil
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from tools.common.files import alone, files, write
from tools.common.files import fingerprint as digest_of
from tools.common.kept import Kept
from tools.common.paths import BUILD, CACHE, ROOT, SITE, notebooks
from tools.content import stage
from tools.content.tasks import bets_index, tasks_index
from tools.pages import (
    atlas,
    capstone,
    cards,
    corrections,
    data,
    glossary,
    ladder,
    slides,
    status,
    story,
    teaching,
    timeline,
)
from tools.runtime import compiled
from tools.site import addresses, lite, search, web
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

# What Sphinx writes and no page loads, its own search above all.
LEFT_OUT = (
    "*.map",
    ".buildinfo",
    "jupyter_execute",
    "objects.inv",
    "searchindex.js",
    "searchtools.js",
    "language_data.js",
    "doctools.js",
    "documentation_options.js",
    "sphinx_highlight.js",
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
        whole = (SITE / "index.html").exists() and compiled.is_ready()
        if force or last != wanted or not whole:
            with book or Book() as process:
                _build(process)
            write(stamp, wanted)
    return SITE


def _build(book: Book) -> None:
    steps: list[tuple[str, float]] = []

    def step(name: str, action: Callable[[], Any]) -> Any:
        print(f"{name} ...", flush=True)
        start = time.perf_counter()
        result = action()
        steps.append((name, time.perf_counter() - start))
        return result

    new = BUILD / "site.new"
    shutil.rmtree(new, ignore_errors=True)
    step("Python for the browser", compiled.ensure_runtime)
    scripts = step("Scripts of the pages", web.ensure_web)
    step("Staging", staging)
    with ThreadPoolExecutor(1) as beside:  # neither needs the other
        html = beside.submit(step, "Book", book.pages)
        wheel = step("Toolkit", lite.course_wheel)
        step("Runtime", lambda: compiled.site_runtime(new / "runtime", wheel))
        step("JupyterLite", lambda: lite.build_lite(new / "lite", scripts))
    step("Collecting", lambda: collect(html.result(), scripts, new))
    step("Search", lambda: search.index(new))
    addresses.add(new)
    date(new)
    replace(new, SITE)
    write(BUILD / "steps.json", json.dumps(steps, indent=1))


def staging() -> None:
    """Stage the pages; make anew only what comes from a file that has changed."""
    kept = Kept(BUILD / "kept", fingerprint(without=("notebooks", "exercises")))
    stage.stage(generated=generated_pages(kept), kept=kept)
    kept.save()


def generated_pages(kept: Kept) -> dict[str, bytes]:
    """Return the pages that a program writes; those from the tables only when something else did.

    Drawing the atlas and the timeline takes longer than all the rest, and no lesson changes them.
    """
    makers = atlas, capstone, corrections, data, glossary, ladder, story, timeline
    made = kept.get("pages from tables", [], lambda: [maker.pages() for maker in makers])
    made = [*made, *(maker.pages(kept) for maker in (slides, status, teaching))]
    return {path: content for pages in made for path, content in pages.items()}


def collect(html: Path, scripts: Path, new: Path) -> None:
    """Copy the pages and what is fetched on request into the new site."""
    skip = shutil.ignore_patterns(*LEFT_OUT)
    shutil.copytree(html, new, ignore=skip, dirs_exist_ok=True)
    static = new / "_static"
    web.minify(static)
    pages = shutil.ignore_patterns("lite")  # JupyterLite has it
    shutil.copytree(scripts, static / "live", dirs_exist_ok=True, ignore=pages)
    shutil.copytree(BUILD / "solutions", static / "solutions")
    shutil.copytree(BUILD / "downloads", static / "downloads")
    for name, content in data.downloads().items():
        write(static / "downloads" / name, content)
    kept = Kept(BUILD / "cards.kept")
    parts = [Path(cards.__file__), ROOT / "_config.yml", *notebooks()]
    pictures = kept.get("cards", [path.read_bytes() for path in parts], cards.downloads)
    kept.save()
    for name, content in pictures.items():
        write(static / name, content)
    shutil.copy(lite.course_wheel(), static / "downloads")  # for notebooks opened elsewhere
    for name, index in {"tasks": tasks_index(), "bets": bets_index()}.items():
        write(static / f"{name}.json", json.dumps(index, ensure_ascii=False))


def date(new: Path) -> None:
    """Give the files of the site the time of this build, but for the runtime's.

    Web servers tell versions apart by time and size. Tools that build the same bytes each time
    give fixed dates, and a script that names another runtime has the same size.
    """
    for path in new.rglob("*"):
        if path.is_file() and path.relative_to(new).parts[0] != "runtime":
            os.utime(path)


def replace(new: Path, site: Path) -> None:
    """Put the new site in the place of the old one."""
    old = BUILD / "site.old"
    shutil.rmtree(old, ignore_errors=True)
    if site.exists():
        site.rename(old)
    new.rename(site)
    shutil.rmtree(old, ignore_errors=True)


def main(force: bool = False, wait: bool = False) -> None:
    """Build the site and say where it is.

    Parameters
    ----------
    force
        Whether to build although nothing has changed.
    wait
        Whether to load everything first and begin at a line on the standard input.
    """
    if wait:
        with Book() as book:
            if not sys.stdin.readline():
                return
            site = build(force=force, book=book)
    else:
        site = build(force=force)
    print(f"Built {site.relative_to(ROOT)}; downloads are kept in {CACHE.name}/")
