"""What a build does, step by step; `tools.site.build` says when.

Each step does nothing when its inputs have not changed.
"""

import json
import os
import shutil
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from course.wording import ENGLISH, speaking
from tools.common.files import digest, write
from tools.common.kept import Kept
from tools.common.paths import BUILD, LANGUAGES, ROOT, SITE
from tools.content import stage
from tools.content.catalogue import for_browser
from tools.content.quizzes import quizzes
from tools.content.tasks import bets_index, tasks_index
from tools.content.translation import catalogue
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
        pages, *others = html.result()
        index = beside.submit(step, "Search", lambda: search.index(pages, new / "pagefind"))
        step("Collecting", lambda: collect(pages, scripts, new))
        for language, translated in zip(languages(), others, strict=True):
            add = partial(add_language, translated, language, new)
            step(f"Pages in {LANGUAGES[language]}", add)
        addresses.add(new)
        search.tell(new, index.result())
    step("Keeping", lambda: keeping.add(new, scripts))
    date(new)
    replace(new, SITE)
    write(BUILD / "steps.json", json.dumps(steps, indent=1))


def staging() -> None:
    """Stage the pages; make anew only what comes from a file that has changed."""
    kept = Kept(BUILD / "kept", fingerprint(without=("notebooks", "exercises")))
    generated = {ENGLISH: generated_pages(kept)}
    for language in LANGUAGES:
        words = [path.read_bytes() for path in [catalogue(language)] if path.exists()]
        generated[language] = kept.get(f"tables {language}", words, partial(tables_in, language))
        generated[language] |= teaching.pages_in(language, kept)
    stage.stage(generated=generated, kept=kept)
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


def tables_in(language: str) -> dict[str, bytes]:
    """Return in a language the figure of the welcome page, the glossary and the sheet of pandas."""
    from tools.pages import glossary, ladder, story

    with speaking(language):
        return story.pages() | glossary.page_in(language) | ladder.pages(language)


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
    lists(static)
    for language in languages():
        with speaking(language):
            lists(static / "lists" / language)
        words = json.dumps(for_browser(language), ensure_ascii=False)
        write(static / "words" / f"{language}.js", f"globalThis.courseWords = {words};\n")


def lists(folder: Path) -> None:
    """Write what the page "Your progress" lists, in the language that is spoken."""
    for name, index in {"tasks": tasks_index(), "bets": bets_index()}.items():
        write(folder / f"{name}.json", json.dumps(index, ensure_ascii=False))


def collect(html: Path, scripts: Path, new: Path) -> None:
    """Copy the pages and their scripts into the new site."""
    skip = shutil.ignore_patterns(*LEFT_OUT)
    shutil.copytree(html, new, ignore=skip, dirs_exist_ok=True)
    static = new / "_static"
    web.minify(static)
    pages = shutil.ignore_patterns("lite", "keeper")  # they lie elsewhere
    shutil.copytree(scripts, static / "live", dirs_exist_ok=True, ignore=pages)


def languages() -> list[str]:
    """Return the languages beside English in which there are pages."""
    return [name for name in LANGUAGES if (BUILD / f"source-{name}" / "_toc.yml").exists()]


def add_language(pages: Path, language: str, new: Path) -> None:
    """Copy the pages of a language into the new site, and write the index of their search.

    Scripts, styles and Python are those of the course.
    """
    folder = new / language
    skip = shutil.ignore_patterns(*LEFT_OUT, "_static", "404.html")
    shutil.copytree(pages, folder, ignore=skip)
    search.index(folder, folder / "pagefind")


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
