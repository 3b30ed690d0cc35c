"""Errors a person can act on."""

import errno
import re
import sys
from collections.abc import Callable
from pathlib import Path

from course.errors import DataError
from tools.common.paths import ROOT

FULL = (errno.ENOSPC, errno.EDQUOT)
LOCKED = (errno.EACCES, errno.EPERM, errno.EROFS)


class UserError(Exception):
    """One clear sentence: what was wrong and what to do about it."""


def run(main: Callable[..., int | None], **options: object) -> int:
    """Run a command's ``main``; return its exit code, which is 1 after an error of the user."""
    try:
        return main(**options) or 0
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        said = sentence(error)
        if said is None:
            raise
        print(f"Error: {said}", file=sys.stderr)
        return 1


def sentence(error: BaseException) -> str | None:
    """Return what a person is told of an error; nothing when the code is wrong, not the person."""
    if isinstance(error, UserError):
        return str(error)
    if isinstance(error, DataError):
        file = re.match(r"[\w-]+\.(csv|json|geojson)\b", str(error))
        return str(error).rstrip(".") + (advice(ROOT / "data" / file[0]) if file else "")
    if isinstance(error, SyntaxError) and _is_ours(error.filename):
        where = named(Path(error.filename or ""))
        return f"{where}, line {error.lineno}: {error.msg}; mend the line and run the command again"
    if not isinstance(error, OSError):
        return None
    if error.errno in FULL:
        return "the disk is full; free some space and run the command again"
    where = named(Path(error.filename)) if isinstance(error.filename, str) else "a file"
    if error.errno in LOCKED:
        return (
            f"{where} may not be read or written here; give yourself the right to it, or work in a "
            "copy of the folder that is your own"
        )
    if error.errno == errno.ENOENT and _is_ours(error.filename):
        return f"{where} is missing{advice(Path(error.filename))}"
    return None


def named(path: Path) -> str:
    """Return a file's name as a person says it: from the project's folder where it is inside."""
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else str(path)


def advice(path: Path) -> str:
    """Return how a file that people write is had back, to end a sentence with."""
    do = "mend it" if path.exists() else "put it back"
    if not path.is_relative_to(ROOT):
        return f"; {do} and run the command again"
    return f"; {do}, or take what was last committed: git checkout -- {named(path)}"


def _is_ours(name: object) -> bool:
    """Tell whether a file belongs to the sources of the project."""
    if not isinstance(name, str) or not Path(name).is_relative_to(ROOT):
        return False
    return not Path(name).relative_to(ROOT).parts[0].startswith((".", "_build"))
