"""Check the spelling of what a reader reads.

Pages and their templates, notebooks, the glossary and every sentence in the code are looked at;
addresses, citations and translations are not. ``spelling.toml`` holds what the course spells its
own way.
"""

import ast
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import nbformat

from course.data import load
from tools.common.errors import UserError
from tools.common.files import files
from tools.common.paths import LANGUAGES, ROOT, notebooks
from tools.common.tables import rows_of
from tools.content.slides import words

SETTINGS = Path(__file__).with_name("spelling.toml")
PAGES = ("README.md", "CONTRIBUTING.md", "SECURITY.md", "data/README.md")
FOLDERS = ("book", "course/texts", "tools/pages/templates")
CODE = ("course", "theme", "tools")


def texts() -> dict[str, str]:
    """Return each text of the course by its place: a page, a cell, a line of a module or a term."""
    return dict([*_pages(), *_cells(), *_sentences(), *_terms()])


def _pages() -> Iterator[tuple[str, str]]:
    found = (path for folder in FOLDERS for path in files(ROOT / folder))
    found = (path for path in found if path.suffix in (".md", ".toml"))
    others = tuple(ROOT / "book" / language for language in LANGUAGES)  # the list is English
    found = (path for path in found if not any(map(path.is_relative_to, others)))
    for path in [*(ROOT / name for name in PAGES), *found]:
        yield path.relative_to(ROOT).as_posix(), path.read_text("utf-8")


def _cells() -> Iterator[tuple[str, str]]:
    for path in notebooks():
        for cell in nbformat.read(path, as_version=4).cells:
            place = f"{path.parent.name}/{path.name}/cell-{cell.id}"
            if cell.cell_type == "markdown":
                yield place, cell.source
            if slide := cell.metadata.get("slide"):
                yield f"{place}-slide", "\n".join(words(slide))


def _sentences() -> Iterator[tuple[str, str]]:
    """Yield the sentences in the code: hints, messages, titles, alternative texts, docstrings."""
    for path in (path for folder in CODE for path in files(ROOT / folder) if path.suffix == ".py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value:
                place = f"line-{node.lineno}-{node.col_offset}"
                yield f"{path.relative_to(ROOT).as_posix()}/{place}", node.value


def _terms() -> Iterator[tuple[str, str]]:
    for row in rows_of(load("glossary")):
        yield f"data/glossary.csv/{row.term}", f"{row.term}: {row.definition}"


def findings(texts: Mapping[str, str]) -> list[str]:
    """Return what is misspelled, one line each: place, line and column, word, suggestion.

    Raises
    ------
    UserError
        When the checker is not installed, or does not understand its settings.
    """
    with tempfile.TemporaryDirectory() as folder:
        for place, text in texts.items():
            path = Path(folder, f"{place}.txt")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        checker = Path(sys.executable).with_name("typos")
        command = [str(checker), "--config", str(SETTINGS), "--format", "brief", "--hidden", folder]
        try:
            done = subprocess.run(command, capture_output=True, text=True, check=False)
        except FileNotFoundError as error:
            raise UserError(
                "the spelling checker is missing; run `python -m tools lint`."
            ) from error
    if done.returncode not in (0, 2):  # 2: something is misspelled
        raise UserError(f"the spelling check did not run: {done.stderr.strip()}")
    lines = done.stdout.replace("\\", "/").splitlines()
    root = folder.replace("\\", "/") + "/"
    return sorted(line.removeprefix(root).replace(".txt:", ":", 1) for line in lines)


def main() -> int:
    """Print what is misspelled; fail when there is anything."""
    found = findings(texts())
    for line in found:
        print(line)
    if found:
        print(
            "Mend the word, or add it to tools/authoring/spelling.toml if it is meant.",
            file=sys.stderr,
        )
    return int(bool(found))
