"""Errors a person can act on."""

import sys
from collections.abc import Callable


class UserError(Exception):
    """One clear sentence: what was wrong and what to do about it."""


def run(main: Callable[..., int | None], **options: object) -> int:
    """Run a command's ``main``; return its exit code, which is 1 after an error of the user."""
    try:
        code = main(**options)
    except UserError as error:
        print(f"Error: {error}", file=sys.stderr)
        code = 1
    except OSError as error:
        if error.errno != 28:  # ENOSPC
            raise
        print(
            "Error: the disk is full. Free some space and run the command again.", file=sys.stderr
        )
        code = 1
    except KeyboardInterrupt:
        code = 130
    return code or 0
