"""Build JupyterLite, in which a notebook runs in the browser.

Python itself is not in it: JupyterLite takes the runtime that the pages of the book use, so that
a browser fetches it once.
"""

import json
import mimetypes
import os
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

from tools.common.errors import UserError
from tools.common.files import files, fingerprint, write
from tools.common.paths import BUILD, ROOT
from tools.common.policy import LITE_POLICY

APPS = ("notebooks",)
CONFIG = ROOT / "theme" / "lite"
FILES = BUILD / "lite-files"
LISTING = "all.json"  # in JupyterLite, the list of what is in a folder
KERNEL = "@jupyterlite/pyodide-kernel-extension:kernel"
BUILT_WITH = ("jupyterlite-core", "jupyterlite-pyodide-kernel", "ipywidgets")
STATIC = ROOT / "theme" / "static"
ADDED = (
    CONFIG / "course.css",
    CONFIG / "course.js",
    STATIC / "explorer.js",
    STATIC / "lite-storage.js",
)
UNUSED = (
    # old formats of icon fonts: a browser that runs WebAssembly reads woff2
    *(f"build/fa-*.{kind}" for kind in ("eot", "svg", "ttf", "woff")),
    # what installs an application whose start page is not here, and what builds JupyterLite
    "manifest.webmanifest",
    "icon-*.png",
    "doc",
    "package.json",
    "rspack.*",
)


def course_wheel() -> Path:
    """Return the toolkit as a wheel, tables included; the same sources give the same bytes.

    Raises
    ------
    UserError
        When it cannot be built.
    """
    folder = BUILD / "wheel"
    catalogues = sorted((ROOT / "book").glob("*/course.po"))
    inputs = [ROOT / "pyproject.toml", *files(ROOT / "course"), *files(ROOT / "data"), *catalogues]
    stamp, wanted = folder / "stamp", fingerprint(inputs, ROOT)
    if not (stamp.exists() and stamp.read_text("utf-8") == wanted):
        shutil.rmtree(folder, ignore_errors=True)
        command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
        call(command, "the toolkit's wheel", ROOT)
        write(stamp, wanted)
    return next(folder.glob("*.whl"))


def build_lite(out: Path, scripts: Path) -> Path:
    """Build JupyterLite, and give it the staged files.

    The application is built only when its inputs have changed; otherwise the last one is copied.

    Parameters
    ----------
    out
        The folder to write: the site's ``lite``.
    scripts
        The folder of bundled scripts; see `tools.site.web.bundle`. One of them starts Python.

    Returns
    -------
    Path
        The folder `out`.

    Raises
    ------
    UserError
        When JupyterLite cannot be built.
    """
    app, stamp = BUILD / "lite", BUILD / "lite.stamp"
    inputs = [Path(__file__), *ADDED, *files(CONFIG)]
    wanted = fingerprint(inputs, ROOT, [f"{name} {version(name)}" for name in BUILT_WITH])
    if not (app.exists() and stamp.exists() and stamp.read_text("utf-8") == wanted):
        stamp.unlink(missing_ok=True)
        build_app(app)
        write(stamp, wanted)
    shutil.rmtree(out, ignore_errors=True)
    shutil.copytree(app, out)
    shutil.copytree(FILES, out / "files")
    for folder in (FILES, *(path for path in FILES.rglob("*") if path.is_dir())):
        place = folder.relative_to(FILES)
        listing = entry(folder) | {
            "content": [entry(path) for path in sorted(folder.iterdir())],
            "format": "json",
        }
        write(out / "api/contents" / place / LISTING, json.dumps(listing, indent=1))
    shutil.copy(scripts / "lite" / "python.js", out)
    return out


def entry(path: Path) -> dict[str, object]:
    """Return how Jupyter's server names a staged file or folder in the list of its folder."""
    place = path.relative_to(FILES)
    kind = "directory" if path.is_dir() else "notebook" if path.suffix == ".ipynb" else "file"
    return {
        "name": place.name,
        "path": "" if place == Path() else place.as_posix(),
        "type": kind,
        "mimetype": mimetypes.guess_type(path.name)[0] if kind == "file" else None,
        "size": None if path.is_dir() else path.stat().st_size,
        "content": None,
        "format": None,
        "hash": None,
        "hash_algorithm": None,
        "writable": True,
        # the same in every build; what a student saves is newer
        "created": "1980-01-01T00:00:00Z",
        "last_modified": "1980-01-01T00:00:00Z",
    }


def build_app(app: Path) -> None:
    """Build the application."""
    work = BUILD / "lite.work"
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(CONFIG, work)
    configuration = work / "jupyter-lite.json"
    settings = json.loads(configuration.read_text("utf-8"))
    settings["jupyter-config-data"]["contentsAllJsonFile"] = LISTING
    write(configuration, json.dumps(settings, indent=1))

    command = [sys.executable, "-m", "jupyterlite_core", "build", "--lite-dir", str(work)]
    command += ["--output-dir", str(app)]
    command += ["--no-sourcemaps", "--no-unused-shared-packages"]
    for name in APPS:
        command += ["--apps", name]
    shutil.rmtree(app, ignore_errors=True)
    # Where it runs it keeps a list of what it has done, and would leave that out the next time.
    call(command, "JupyterLite", work)
    if "./python.js" not in (app / "jupyter-lite.json").read_text("utf-8"):
        raise UserError("JupyterLite was built without the course's settings; build it again.")
    for pattern in UNUSED:
        for path in app.glob(pattern):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    dress(app)
    shutil.rmtree(work)


def dress(app: Path) -> None:
    """Add the course's scripts, style and icon to the pages of JupyterLite."""
    for path in ADDED:
        shutil.copy(path, app)
    changes = {
        "<html>": '<html lang="en">',
        # for hosts that send no headers; Python's worker is not held by it
        "<head>": f'<head><meta http-equiv="Content-Security-Policy" content="{LITE_POLICY}">',
        '<link rel="manifest" href="../manifest.webmanifest">': "",
        # without an icon a browser asks for one at the root of the site
        "</head>": '<link rel="icon" href="./favicon.ico">'
        '<link rel="stylesheet" href="../course.css"></head>',
        "await import(": "await import('../course.js'); await import(",
    }
    for name in APPS:
        page = app / name / "index.html"
        text = page.read_text("utf-8")
        for old, new in changes.items():
            if text.count(old) != 1:
                raise UserError(
                    f"JupyterLite's {name}/index.html has changed; see tools/site/lite.py."
                )
            text = text.replace(old, new)
        write(page, text)


def call(command: list[str], what: str, folder: Path) -> None:
    """Run a command of the build; raise UserError with its last lines when it fails."""
    # Files in archives get this date, so that the same sources give the same bytes.
    environment = os.environ | {"SOURCE_DATE_EPOCH": "315532800"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    if done.returncode:
        last = "\n".join((done.stdout + done.stderr).splitlines()[-15:])
        raise UserError(f"{what} could not be built:\n{last}")
