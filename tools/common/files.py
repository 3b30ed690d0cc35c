"""What several rooms do with files: digests, writing whole or not at all, turns, and CSV."""

import csv
import hashlib
import io
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

# Digests -----------------------------------------------------------------------------------------


def digest(content: bytes) -> str:
    """Return the sha256 of some bytes."""
    return hashlib.sha256(content).hexdigest()


def sha256(path: Path) -> str:
    """Return the sha256 of a file, however large."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def files(folder: Path) -> list[Path]:
    """Return the files of a folder, in order, without compiled ones."""
    return sorted(
        path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts
    )


def fingerprint(paths: Iterable[Path], root: Path, more: Iterable[str] = ()) -> str:
    """Return one digest of several files, by name and content, and of further texts.

    Parameters
    ----------
    paths
        The files, in an order that does not change.
    root
        The folder from which they are named.
    more
        What else counts.
    """
    made = hashlib.sha256()
    for path in paths:
        name = Path(os.path.relpath(path, root)).as_posix()
        made.update(f"{name}\0{path.stat().st_size}\0".encode())
        made.update(path.read_bytes())
    made.update("\0".join(more).encode())
    return made.hexdigest()


# Writing -----------------------------------------------------------------------------------------


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Give a file to write to; it takes the place of `path` only when nothing went wrong."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # two processes of a build may keep the same file
    half = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        yield half
        half.replace(path)
    except BaseException:
        half.unlink(missing_ok=True)
        raise


HALF = ".new-"  # how the name of a folder begins that is half made


def sweep(folder: Path, prefix: str = HALF) -> None:
    """Remove what a killed command left half made; whoever calls it works there alone."""
    for half in folder.glob(f"{prefix}*"):
        shutil.rmtree(half, ignore_errors=True)


def write(path: Path, content: str | bytes) -> None:
    """Write a file whole or not at all, with the same bytes on every system."""
    with whole(path) as half:
        half.write_bytes(content.encode() if isinstance(content, str) else content)


def csv_text(columns: Sequence[str], rows: Iterable[Iterable[object]]) -> str:
    """Return a table as CSV: commas, a header, and lines that end as they do in ``data/``."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue()


def csv_rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a table as texts: what needs no numbers needs no pandas."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# Turns -------------------------------------------------------------------------------------------


@contextmanager
def alone(lock: Path, doing: str) -> Iterator[None]:
    """Let one command at a time do something; one that waits says so.

    Parameters
    ----------
    lock
        A file that stands for what is done.
    doing
        What the other command does, for the sentence: ``"builds the course"``.
    """
    lock.parent.mkdir(parents=True, exist_ok=True)
    turn = FileLock(lock)
    try:
        turn.acquire(timeout=0)
    except Timeout:
        print(f"Another command {doing}; waiting for it ...", flush=True)
        turn.acquire()
    try:
        yield
    finally:
        turn.release()
