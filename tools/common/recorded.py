"""Write a measurement into a page of the book, between two marks that name it."""

import datetime
import os
import platform
import re
from pathlib import Path

from tools.common.errors import UserError
from tools.common.files import write


def record(page: Path, name: str, text: str) -> None:
    """Replace what stands between ``<!-- name -->`` and ``<!-- end name -->`` in a page.

    Raises
    ------
    UserError
        When the page has no such marks.
    """
    begin, end = f"<!-- {name} -->", f"<!-- end {name} -->"
    before, found, rest = page.read_text("utf-8").partition(begin)
    _, closed, after = rest.partition(end)
    if not (found and closed):
        raise UserError(f"{page.name} has no place for the measurement {name!r}")
    write(page, f"{before}{begin}\n{text}\n{end}{after}")


def occasion() -> str:
    """Return the date and the machine of a measurement, as a reader would compare them."""
    try:
        info = Path("/proc/cpuinfo").read_text("utf-8")
        model = re.findall(r"model name\s*: (.+)", info)[0]
    except (OSError, IndexError):
        model = platform.processor() or platform.machine()
    today = datetime.date.today().isoformat()
    return f"Measured on {today}: {model}, {os.cpu_count()} cores, {platform.system()}"
