"""Ask for every address outside the course, and list what is due.

Sphinx's own ``linkcheck`` asks. That takes minutes and depends on other people's servers, so it is
no part of the tests. What is due are the rows of ``dated_facts`` that should have been looked up
again.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from tools.common.errors import UserError
from tools.common.files import csv_text, write
from tools.common.paths import BUILD, ROOT
from tools.content.dated import listing
from tools.site.build import build

TABLE = BUILD / "links.csv"
COLUMNS = ("result", "address", "page", "detail")
# Only an answer that says so makes an address gone: a server may refuse programs, or be down today.
GONE = re.compile(r"\b(404|410)\b")


def check(source: Path, out: Path) -> list[dict[str, str]]:
    """Ask for the addresses of a book's pages.

    Parameters
    ----------
    source
        The folder with the book's ``_config.yml``, in which ``linkcheck_`` sets how it asks.
    out
        A folder for what Sphinx writes.

    Returns
    -------
    list of dict
        One for each place of an address, with ``COLUMNS``. The result is *ok*, *moved*, *gone* or
        *unclear*.

    Raises
    ------
    UserError
        When the pages cannot be read.
    """
    program = "from jupyter_book.cli.main import main; main()"
    options = ["build", str(source), "--path-output", str(out), "--builder", "linkcheck", "-q"]
    # it also ends with a fault when an address does, so what it wrote is what counts
    done = subprocess.run(
        [sys.executable, "-c", program, *options], cwd=ROOT, capture_output=True, text=True
    )
    found = out / "_build" / "html" / "output.json"
    if not found.exists():
        raise UserError("the addresses were not looked at:\n" + done.stderr[-2000:])
    answers = [json.loads(line) for line in found.read_text("utf-8").splitlines()]
    return [
        {
            "result": result(answer["status"], answer["info"]),
            "address": answer["uri"],
            "page": answer["filename"],
            "detail": answer["info"],
        }
        for answer in answers
        if answer["uri"].startswith(("http://", "https://"))
    ]


def result(status: str, info: str) -> str:
    """Return what came of asking, from what Sphinx calls it."""
    if status == "redirected":
        return "moved"
    if status == "broken" and GONE.search(info):
        return "gone"
    return "ok" if status == "working" else "unclear"


def report(answers: Iterable[dict[str, str]]) -> list[str]:
    """Return a line for each address that did not answer, and how many there are of each kind."""
    kinds: dict[str, set[str]] = {kind: set() for kind in ("gone", "unclear", "moved", "ok")}
    lines = []
    for answer in answers:
        kinds[answer["result"]].add(answer["address"])
        if answer["result"] in ("gone", "unclear"):
            lines.append("{result}: {address} ({page}) {detail}".format(**answer))
    counts = ", ".join(f"{len(addresses)} {kind}" for kind, addresses in kinds.items())
    return [*sorted(lines), f"Wrote {TABLE.relative_to(ROOT)}: {counts}"]


def main() -> int:
    """List what is due and ask for every address; fail when one is gone."""
    print(listing(date.today()), flush=True)
    build()
    answers = check(BUILD / "source", BUILD / "links")
    write(TABLE, csv_text(COLUMNS, ([answer[key] for key in COLUMNS] for answer in answers)))
    print("\n".join(report(answers)))
    return int(any(answer["result"] == "gone" for answer in answers))
