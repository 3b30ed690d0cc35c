"""Fetch pinned files: whole and right, or not at all."""

import errno
import http.client
import ssl
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

import certifi

from tools.common.errors import UserError
from tools.common.files import sha256

ATTEMPTS = 4
TIMEOUT = 30.0
BLOCK = 1 << 18
DISK = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES)


class Unreachable(UserError):
    """The address does not answer, or breaks off too often."""


class WrongFile(UserError):
    """The bytes are not the pinned ones."""


@dataclass
class Progress:
    """One line that fills up; where there is no terminal, a line for each quarter."""

    label: str
    total: int
    shown: bool = True
    done: int = 0
    _last: int = field(default=-1, repr=False)

    def add(self, count: int) -> None:
        """Count bytes that have come in; a negative number takes some back."""
        self.done += count
        percent = min(100, 100 * self.done // max(self.total, 1))
        tty = sys.stdout.isatty()
        if not self.shown or percent // (1 if tty else 25) == self._last // (1 if tty else 25):
            return
        self._last = percent
        size = f"{self.done / 1e6:.1f} of {self.total / 1e6:.1f} MB"
        if tty:
            bar = "#" * (percent * 30 // 100)
            end = "\n" if percent == 100 else ""
            print(f"\r{self.label} [{bar:<30}] {percent:3} %  {size} ", end=end, flush=True)
        else:
            print(f"{self.label}: {percent} %, {size}", flush=True)


def fetch(
    url: str,
    target: Path,
    digest: str,
    size: int,
    *,
    progress: Progress | None = None,
    attempts: int = ATTEMPTS,
    timeout: float = TIMEOUT,
) -> Path:
    """Fetch one file, going on where an earlier run stopped.

    Parameters
    ----------
    url
        Where the file is.
    target
        Where it goes. Until it is whole and right it is called ``<target>.part``.
    digest, size
        Its pinned sha256 and number of bytes.
    progress
        What counts the bytes.
    attempts
        How often to go on after a broken connection.
    timeout
        Seconds to wait for an answer.

    Returns
    -------
    pathlib.Path
        The target.

    Raises
    ------
    Unreachable
        When the address does not answer; what has come in so far is kept.
    WrongFile
        When the file is not the pinned one; nothing is kept.
    OSError
        When the disk is full; nothing is kept.
    """
    progress = progress or Progress(target.name, size, shown=False)
    if target.exists() and sha256(target) == digest:
        progress.add(size)
        return target
    part = target.with_name(target.name + ".part")
    part.parent.mkdir(parents=True, exist_ok=True)
    resumed = part.exists()
    progress.add(part.stat().st_size if resumed else 0)
    _complete(url, part, size, progress, attempts, timeout)
    if sha256(part) != digest:
        progress.add(-part.stat().st_size)
        part.unlink()
        if resumed:  # the beginning may be from another day: once more, from the start
            return fetch(url, target, digest, size, progress=progress, attempts=attempts)
        raise WrongFile(
            f"{target.name} as served by {url} is not the file that was pinned (its sha256 "
            "differs), so it was thrown away; try another network, or report it to the course."
        )
    part.replace(target)
    return target


def _complete(
    url: str, part: Path, size: int, progress: Progress, attempts: int, timeout: float
) -> None:
    """Append to the partial file until it has its size."""
    reason = "it stops too early"
    for attempt in range(attempts):
        have = part.stat().st_size if part.exists() else 0
        if have >= size > 0:
            return
        if attempt:
            time.sleep(min(2**attempt, 8) / 8)
        try:
            _append(url, part, have, size, progress, timeout)
        except (OSError, http.client.HTTPException) as error:
            if getattr(error, "errno", None) in DISK:
                part.unlink(missing_ok=True)
                raise
            reason = str(getattr(error, "reason", "") or error or type(error).__name__)
            if isinstance(error, urllib.error.HTTPError) and error.code < 500:
                break
    have = part.stat().st_size if part.exists() else 0
    if have < size:
        raise Unreachable(
            f"{url} could not be fetched ({reason}); check the connection and run the command "
            "again: what has come in is kept."
        )


def _append(url: str, part: Path, have: int, size: int, progress: Progress, timeout: float) -> None:
    """Ask for the rest of a file once and write what comes."""
    request = urllib.request.Request(url, headers={"User-Agent": "course"})
    if have:
        request.add_header("Range", f"bytes={have}-")
    with urllib.request.urlopen(request, timeout=timeout, context=_trust()) as answer:
        goes_on = have and answer.status == 206
        if have and not goes_on:
            progress.add(-have)
        with part.open("ab" if goes_on else "wb") as file:
            written = have if goes_on else 0
            # More than the pinned size is never the pinned file: one block too much is enough.
            while written <= size and (block := answer.read(BLOCK)):
                file.write(block)
                written += len(block)
                progress.add(len(block))


def _trust() -> ssl.SSLContext:
    """Trust the system's certificates, and the usual ones where the system has none."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context
