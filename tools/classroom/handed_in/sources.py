"""Where what is handed in lies: folders, and the archives that learning platforms make."""

from __future__ import annotations

import io
import os
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

MOST_BYTES = 4_000_000  # of a file; what the progress page itself takes back
MOST_ARCHIVE = 1_000_000_000
MOST_FILES = 100_000
# How Moodle and Canvas name what they pack: the number of the student on the platform.
PLATFORMS = (
    re.compile(r"_(\d+)_assignsubmission_\w+"),
    re.compile(r"^[^_/]+(?:_LATE)?_(\d+)_\d+_"),
)


@dataclass
class Handed:
    """One file: its bytes, or why there are none.

    Parameters
    ----------
    name
        Where it lies, for the teacher to find it.
    raw
        Its content.
    outcome, problem
        Why it is not read, if it is not.
    size
        Its bytes.
    time
        When the platform or the disk says it was written, in milliseconds; 0 where nothing does.
    """

    name: str
    raw: bytes = b""
    outcome: str = ""
    problem: str = ""
    size: int = 0
    time: float = 0

    @property
    def owner(self) -> str:
        """The number by which a learning platform knows the student; empty where it names none."""
        parts = PurePosixPath(self.name.replace("\\", "/")).parts
        found = (rule.search(part) for part in parts for rule in PLATFORMS)
        return next((match[1] for match in found if match), "")


def from_folder(folder: Path) -> Iterator[Handed]:
    """Yield everything below a folder that is not a folder; links are named and not followed."""
    refused: list[OSError] = []
    for parent, folders, names in os.walk(folder, onerror=refused.append):
        folders.sort()
        links = [name for name in folders if (Path(parent) / name).is_symlink()]
        for name in sorted([*names, *links]):
            yield from_file(Path(parent) / name, folder)
    for error in refused:
        name = _shown(Path(os.path.relpath(error.filename, folder)))
        yield Handed(name, outcome="unreadable", problem=f"a folder: {error.strerror}")


def from_file(path: Path, folder: Path | None = None) -> Handed:
    """Return a file, named from a folder; whatever is wrong with it stands in it."""
    handed = Handed(_shown(path.relative_to(folder) if folder else Path(path.name)))
    try:
        if path.is_symlink() or not path.is_file():
            handed.outcome, handed.problem = "foreign", "a link or a device, not a file"
            return handed
        facts = path.stat()
        handed.size, handed.time = facts.st_size, facts.st_mtime * 1000
        if handed.size <= (MOST_ARCHIVE if _is_archive(handed.name) else MOST_BYTES):
            handed.raw = path.read_bytes()
    except OSError as error:
        handed.outcome, handed.problem = "unreadable", error.strerror or "the system refuses"
    return handed


def opened(files: Iterable[Handed]) -> Iterator[Handed]:
    """Yield files, and in place of each archive what lies in it; nothing is written to the disk."""
    for file in files:
        if _is_archive(file.name) and file.raw and not file.outcome:
            yield from _inside(file)
        else:
            if not file.outcome and file.size > MOST_BYTES:
                file.outcome, file.problem = "too large", f"more than {MOST_BYTES / 1e6:.0f} MB"
            yield file


def _inside(archive: Handed) -> Iterator[Handed]:
    try:
        with zipfile.ZipFile(io.BytesIO(archive.raw)) as packed:
            for entry in packed.infolist():
                if not entry.is_dir():
                    yield _entry(packed, entry, archive.name)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        yield Handed(
            archive.name,
            outcome="damaged",
            problem=f"an archive that cannot be opened: {error}"[:200],
            size=archive.size,
        )


def _entry(packed: zipfile.ZipFile, entry: zipfile.ZipInfo, archive: str) -> Handed:
    handed = Handed(f"{archive}/{entry.filename}", size=entry.file_size, time=_time(entry))
    try:
        with packed.open(entry) as file:
            handed.raw = file.read(MOST_BYTES + 1)  # whatever the archive says of the size
    except Exception as error:  # encrypted, damaged, an unknown way of packing
        handed.outcome, handed.problem = "damaged", f"cannot be unpacked: {error}"[:200]
        return handed
    handed.size = max(handed.size, len(handed.raw))
    if handed.size > MOST_BYTES:
        handed.raw, handed.outcome = b"", "too large"
        handed.problem = f"more than {MOST_BYTES / 1e6:.0f} MB"
    return handed


def _time(entry: zipfile.ZipInfo) -> float:
    try:
        return datetime(*entry.date_time).timestamp() * 1000
    except (ValueError, OverflowError, OSError):
        return 0


def _is_archive(name: str) -> bool:
    return name.lower().endswith(".zip")


def _shown(name: Path) -> str:
    """Return a name as text, whatever bytes the system has for it."""
    return os.fsencode(name.as_posix()).decode("utf-8", "backslashreplace")
