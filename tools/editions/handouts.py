"""Pack what a lecturer can send to a class without any set-up: PDFs, slides, tables, questions.

For each lesson one PDF (reading, exercise, slides with their notes), the slides as a PDF and for
PowerPoint; for the course its tables, for spreadsheets too, and its questions for Moodle; for the
teacher a class for Monday and the ways through the course.
"""

import shutil
import threading
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from tools.common import chromium
from tools.common.files import files, whole, write
from tools.common.paths import BUILD, ROOT
from tools.common.published import published
from tools.content.bibliography import Reference, references
from tools.content.slides import deck, places, taught
from tools.editions.pdf import Chapter, citation, document, print_book
from tools.editions.powerpoint import HEIGHT, WIDTH, plain, write_deck
from tools.site.build import build
from tools.site.server import server

FOLDER, ARCHIVE = BUILD / "handouts", BUILD / "course-handouts.zip"
TOP = "course-handouts"
# What a teacher without Python begins with, each page a PDF of its own.
KIT = ("one-class", "one-class-handout", "one-class-homework", "votes", "syllabi")
READ_ME = Path(__file__).with_name("handouts.txt")
PACKED = {".pdf", ".pptx", ".xlsx"}  # compressing these again only costs time


def lesson(site: Path, place: str, folder: Path, works: Mapping[str, Reference]) -> None:
    """Write the files of one lesson, or of one page that is taught without code.

    Parameters
    ----------
    site
        The built site.
    place
        The notebook or page, as `tools.content.slides.places` names it.
    folder
        Where the files go.
    works
        The bibliography.
    """
    name, slug = place.rpartition(".")[0], Path(place).stem
    slides = deck(taught(ROOT / place), works)
    folder.mkdir(parents=True, exist_ok=True)
    parts = [name, f"exercises/{slug}", f"slides/{slug}"]
    book = [Chapter(part, "") for part in parts if (site / f"{part}.html").exists()]
    about = citation()
    course = about["title"].partition(":")[0]
    number = f", lesson {slug[:2]}" if slug[:2].isdigit() else ""
    about["title"] = f"{course}{number}: {plain(slides[0].title)}"
    _print(site, book, about, folder / f"{slug}.pdf")

    httpd = server(site, 0)
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.flags())
        page = browser.new_page(
            viewport={"width": WIDTH, "height": HEIGHT}, device_scale_factor=2, color_scheme="light"
        )
        page.goto(f"http://localhost:{httpd.server_address[1]}/slides/{slug}.html")
        page.wait_for_selector(".reveal.ready")
        page.emulate_media(media="print")
        page.pdf(
            path=folder / f"{slug}-slides.pdf", prefer_css_page_size=True, print_background=True
        )
        makers = f"{course}, version {about['version']}, CC BY 4.0"
        write_deck(page, slides, folder / f"{slug}-slides.pptx", makers)
        browser.close()
    httpd.shutdown()


def kit(site: Path, folder: Path) -> None:
    """Write the pages of the kit with which a teacher begins, each as a PDF."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in KIT:
        _print(site, [Chapter(f"book/teaching/{name}", "")], citation(), folder / f"{name}.pdf")


def _print(site: Path, book: list[Chapter], about: Mapping[str, Any], path: Path) -> None:
    pages = path.with_suffix(".html")
    write(pages, document(site, book, about, published(ROOT / "_config.yml")))
    print_book(pages, path)
    pages.unlink()


def pack(site: Path, folder: Path = FOLDER, archive: Path = ARCHIVE) -> Path:
    """Write the archive from the files of the lessons, the tables and the questions."""
    downloads = site / "_static" / "downloads"
    contents = {path.relative_to(folder).as_posix(): path for path in files(folder)}
    for ending in ("csv", "xlsx", "xml"):
        found = downloads.rglob(f"*.{ending}")
        contents |= {path.relative_to(downloads).as_posix(): path for path in found}
    contents |= {"READ-ME-FIRST.txt": READ_ME, "LICENSE.txt": ROOT / "LICENSE"}
    with whole(archive) as half, zipfile.ZipFile(half, "w") as packed:
        for name, path in sorted(contents.items()):
            how = zipfile.ZIP_STORED if path.suffix in PACKED else zipfile.ZIP_DEFLATED
            packed.write(path, f"{TOP}/{name}", how)
    return archive


def main() -> None:
    """Write all files, pack them and say where they are."""
    site, works = build(), references()
    shutil.rmtree(FOLDER, ignore_errors=True)
    for place in places():
        lesson(site, place, FOLDER / Path(place).stem, works)
    kit(site, FOLDER / "teacher")
    archive = pack(site)
    print(f"Wrote {archive.relative_to(ROOT)}, {archive.stat().st_size / 1e6:.0f} MB")
