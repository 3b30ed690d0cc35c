"""What a build does, step by step; `tools.site.build` says when.

Each step does nothing when its inputs have not changed.
"""

import json
import os
import shutil
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from tools.common.files import digest, write
from tools.common.kept import Kept
from tools.common.paths import BUILD, ROOT, SITE
from tools.content import stage
from tools.content.quizzes import quizzes
from tools.content.tasks import bets_index, tasks_index
from tools.pages import cards, data, department, marks, slides, status, syllabi, teaching
from tools.runtime import compiled
from tools.site import addresses, keeping, lite, search, teacher, web
from tools.site.book import Book
from tools.site.build import fingerprint

# The lesson that the plan of one class takes.
ONE_CLASS = ROOT / "notebooks" / "04-eradication-and-replanting.ipynb"
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


def make(book: Book) -> None:
    """Build the site in a new folder, put it in the place of the last one and time each step."""
    steps: list[tuple[str, float]] = []

    def step(name: str, action: Callable[[], Any]) -> Any:
        print(f"{name} ...", flush=True)
        start = time.perf_counter()
        result = action()
        steps.append((name, time.perf_counter() - start))
        return result

    new = BUILD / "site.new"
    shutil.rmtree(new, ignore_errors=True)
    runtime = step("Python for the browser", compiled.ensure_runtime)
    scripts = step("Scripts of the pages", lambda: web.ensure_web(runtime))
    step("Staging", staging)
    with ThreadPoolExecutor(1) as beside:  # neither needs the other
        html = beside.submit(step, "Book", book.pages)
        wheel = step("Toolkit", lite.course_wheel)
        step("Runtime", lambda: compiled.site_runtime(new / "runtime", wheel))
        step("JupyterLite", lambda: lite.build_lite(new / "lite", scripts))
        step("Files to fetch", lambda: on_request(new / "_static"))
        pages = html.result()
        index = beside.submit(step, "Search", lambda: search.index(pages, new / "pagefind"))
        step("Collecting", lambda: collect(pages, scripts, new))
        addresses.add(new)
        search.tell(new, index.result())
    step("Keeping", lambda: keeping.add(new, scripts))
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
    made = kept.get("pages from tables", [], from_tables)
    made = [*made, kept.get("one class", [ONE_CLASS.read_bytes()], for_one_class)]
    makers = department, marks, slides, status, syllabi, teaching
    made = [*made, *(maker.pages(kept) for maker in makers)]
    return {path: content for pages in made for path, content in pages.items()}


def from_tables() -> list[dict[str, bytes]]:
    """Return the pages that no lesson changes; what draws them is loaded for this alone."""
    from tools.pages import atlas, capstone, corrections, glossary, ladder, paper, story, timeline

    makers = atlas, capstone, corrections, data, glossary, ladder, paper, story, timeline
    return [maker.pages() for maker in makers]


def for_one_class() -> dict[str, bytes]:
    """Return the plan of one class and its handout; they read the tables and one lesson."""
    from tools.pages import one_class

    return one_class.pages()


def on_request(static: Path) -> None:
    """Write what is fetched on request: solutions, downloads, lists, and pictures of lessons.

    A picture is drawn only when the number or the title of its lesson is new.
    """
    shutil.copytree(BUILD / "solutions", static / "solutions")
    shutil.copytree(BUILD / "downloads", static / "downloads")
    shutil.copy(lite.course_wheel(), static / "downloads")  # for notebooks opened elsewhere
    write(static / "collect.zip", teacher.program())
    for name, content in quizzes().items():
        write(static / "downloads" / "quizzes" / name, content)
    write(static / "downloads" / marks.SHEET, marks.sheet())
    kept = Kept(BUILD / "cards.kept", digest(Path(cards.__file__).read_bytes()))
    tables = fingerprint(without=("notebooks", "exercises")).encode()
    for name, content in kept.get("tables", [tables], data.downloads).items():
        write(static / "downloads" / name, content)
    for name, content in cards.downloads(kept).items():
        write(static / name, content)
    kept.save()
    for name, index in {"tasks": tasks_index(), "bets": bets_index()}.items():
        write(static / f"{name}.json", json.dumps(index, ensure_ascii=False))


def collect(html: Path, scripts: Path, new: Path) -> None:
    """Copy the pages and their scripts into the new site."""
    skip = shutil.ignore_patterns(*LEFT_OUT)
    shutil.copytree(html, new, ignore=skip, dirs_exist_ok=True)
    static = new / "_static"
    web.minify(static)
    pages = shutil.ignore_patterns("lite", "keeper")  # they lie elsewhere
    shutil.copytree(scripts, static / "live", dirs_exist_ok=True, ignore=pages)


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
