"""Results of the last build that still hold, so that only what has changed is made again."""

import contextlib
import pickle
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

from tools.common.files import digest, write

T = TypeVar("T")


class Kept:
    """What was made before, each with a digest of what it was made from.

    Parameters
    ----------
    file
        Where it is kept; without it, nothing is.
    base
        A name for what everything is made from: code and tables.
    """

    def __init__(self, file: Path | None = None, base: str = ""):
        self.file, self.base = file, base
        self.before: dict[str, tuple[str, Any]] = {}
        self.now: dict[str, tuple[str, Any]] = {}
        if file and file.is_file():
            # damaged, or of another version of the course: all is made again
            with contextlib.suppress(Exception):
                self.before = pickle.loads(file.read_bytes())

    def get(self, name: str, inputs: Iterable[bytes], make: Callable[[], T]) -> T:
        """Return what was made from the same inputs before, or make it."""
        made_from = digest(b"\0".join([self.base.encode(), *(digest(i).encode() for i in inputs)]))
        before, kept = self.before.get(name, ("", None))
        result: T = kept if before == made_from else make()
        self.now[name] = made_from, result
        return result

    def save(self) -> None:
        """Keep what was asked for in this build, and nothing else."""
        if self.file:
            write(self.file, pickle.dumps(self.now))
