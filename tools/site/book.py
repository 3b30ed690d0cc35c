"""Build the book's pages with Jupyter Book, in a process of its own.

It starts before the pages are staged and loads meanwhile all that it needs, which takes as long.
Then it waits for a line on its standard input.
"""

import gc
import importlib
import os
import subprocess
import sys
from pathlib import Path

import yaml

from tools.common.errors import UserError
from tools.common.paths import BUILD, LANGUAGES, ROOT

COMMAND = [sys.executable, "-m", "tools.site.book"]
# Warnings are errors, and so is a link that leads nowhere.
OPTIONS = ["-W", "-n", "--keep-going", "-q"]
# What Jupyter Book and MyST-NB load only when they begin; so does Sphinx with its own extensions.
LATE = ("jupyter_book.sphinx", "myst_nb.sphinx_ext")


class Book:
    """The process that builds the pages."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            COMMAND,
            cwd=ROOT,
            env=os.environ | {"PYTHONHASHSEED": "0"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )

    def __enter__(self) -> "Book":
        return self

    def __exit__(self, *_: object) -> None:
        """End the process when staging failed, so that nobody tells it to begin."""
        self.process.kill()
        self.process.communicate()

    def pages(self) -> list[Path]:
        """Build the staged pages; return the folder of the course, then those of other languages.

        Raises
        ------
        UserError
            When a page has a fault; the message has the warnings.
        """
        said, _ = self.process.communicate("begin\n")
        folders = [made / "_build" / "html" for _, made in books()]
        if self.process.returncode or not all((one / "index.html").exists() for one in folders):
            lines = said.splitlines()
            faults = [line for line in lines if "WARNING" in line or "ERROR" in line]
            raise UserError("the book was not built:\n" + "\n".join(faults or lines[-20:]))
        return folders


def books() -> list[tuple[Path, Path]]:
    """Return what is built, in each language: the staged pages, and the folder of the book."""
    kinds = ["", *(f"-{language}" for language in LANGUAGES)]
    pairs = [(BUILD / f"source{kind}", BUILD / f"book{kind}") for kind in kinds]
    return [(source, made) for source, made in pairs if (source / "_toc.yml").exists()]


def main() -> None:
    """Load what the book needs, wait, and build it."""
    gc.disable()  # a page is a large tree that stays: looking for waste finds none and takes long
    settings = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))
    builtin = importlib.import_module("sphinx.application").builtin_extensions
    for name in (*LATE, *builtin, *settings["sphinx"]["config"]["extensions"]):
        importlib.import_module(name)
    command = importlib.import_module("jupyter_book.cli.main").main
    importlib.import_module("tools.content.bibliography").references()
    if sys.stdin.readline():
        for source, made in books():
            command(
                ["build", str(source), "--path-output", str(made), *OPTIONS], standalone_mode=False
            )


if __name__ == "__main__":
    main()
