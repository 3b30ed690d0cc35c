"""Build the course into ``_build/site``: ``python -m tools.site.build [--force]``.

Each step does nothing when its inputs have not changed, and the site is replaced only when the
whole build has succeeded: a build that fails leaves the last good site in place.
"""

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from tools.common.errors import UserError, run
from tools.common.paths import BUILD, CACHE, ROOT, SITE
from tools.content import stage
from tools.content.tasks import tasks_index
from tools.pages import atlas, capstone, data, glossary, slides, status, story, teaching, timeline
from tools.runtime import compiled
from tools.site import lite, web

SOURCES = (
    "_config.yml",
    "_toc.yml",
    "CHANGELOG.md",
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


def fingerprint() -> str:
    """Return a hash of everything the site is made from."""
    digest = hashlib.sha256(sys.version.encode())
    for name in SOURCES:
        path = ROOT / name
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in files:
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(f"{file.relative_to(ROOT)}\0".encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()


def build(*, force: bool = False) -> Path:
    """Build the site unless nothing has changed since the last build.

    Returns
    -------
    Path
        The folder of the site.

    Raises
    ------
    UserError
        When a step fails; the message says which and why.
    """
    stamp, wanted = BUILD / "site.stamp", fingerprint()
    built = (SITE / "index.html").exists() and stamp.exists() and stamp.read_text() == wanted
    if built and not force:
        return SITE
    steps: list[tuple[str, float]] = []

    def step(name: str, action):
        print(f"{name} ...", flush=True)
        start = time.perf_counter()
        result = action()
        steps.append((name, time.perf_counter() - start))
        return result

    BUILD.mkdir(exist_ok=True)
    new = BUILD / "site.new"
    shutil.rmtree(new, ignore_errors=True)
    step("Python for the browser", compiled.ensure_runtime)
    scripts = step("Scripts of the pages", web.ensure_web)
    step("Staging", lambda: stage.stage(generated=generated_pages()))
    html = step("Book", sphinx)
    step("Collecting", lambda: collect(html, scripts, new))
    wheel = step("Toolkit", lite.course_wheel)
    folder = step("Runtime", lambda: compiled.site_runtime(new / "runtime", wheel))
    step("JupyterLite", lambda: lite.build_lite(new / "lite", folder))
    date(new)
    replace(new, SITE)
    stamp.write_text(wanted)
    (BUILD / "steps.json").write_text(json.dumps(steps, indent=1))
    return SITE


def generated_pages() -> dict[str, bytes]:
    """Return the pages that a program writes, mostly from the tables."""
    makers = atlas, capstone, data, glossary, slides, status, story, teaching, timeline
    return {path: content for maker in makers for path, content in maker.pages().items()}


def sphinx() -> Path:
    """Build the book's pages; warnings are errors."""
    out = BUILD / "book"
    source = BUILD / "source"
    command = [
        sys.executable,
        "-c",
        "from jupyter_book.cli.main import main; main()",
        "build",
        source,
        "--path-output",
        out,
        "-W",
        "-n",
        "--keep-going",
        "-q",
    ]
    environment = os.environ | {"PYTHONHASHSEED": "0"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    html = out / "_build" / "html"
    if done.returncode or not (html / "index.html").exists():
        lines = (done.stdout + done.stderr).splitlines()
        faults = [line for line in lines if "WARNING" in line or "ERROR" in line] or lines[-20:]
        raise UserError("the book was not built:\n" + "\n".join(faults))
    return html


def collect(html: Path, scripts: Path, new: Path) -> None:
    """Copy the pages and what is fetched on request into the new site."""
    skip = shutil.ignore_patterns("*.map", ".buildinfo", "jupyter_execute", "objects.inv")
    shutil.copytree(html, new, ignore=skip)
    static = new / "_static"
    shutil.copytree(scripts, static / "live", dirs_exist_ok=True)
    shutil.copytree(BUILD / "solutions", static / "solutions")
    shutil.copytree(BUILD / "downloads", static / "downloads")
    for name, content in data.downloads().items():
        path = static / "downloads" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    (static / "tasks.json").write_text(json.dumps(tasks_index(), ensure_ascii=False), "utf-8")


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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--force", action="store_true", help="build even when nothing changed")
    site = build(force=parser.parse_args().force)
    print(f"Built {site.relative_to(ROOT)}; downloads are kept in {CACHE.name}/")


if __name__ == "__main__":
    run(main)
