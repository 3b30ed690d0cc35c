"""What several rooms do with files."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout


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
