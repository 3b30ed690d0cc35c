"""Which parts of a translated page say what the English page says now.

A translation is a sibling with the same name in a folder of its language: ``notebooks/es/…``,
``exercises/es/…``, ``book/es/…``. Each of its parts carries the digest of the English part that it
translates: a cell in its metadata, a section of a page in a comment above its heading. A part
without a digest has not been translated yet; one with another digest has drifted.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.common.errors import UserError
from tools.common.files import digest
from tools.common.paths import ROOT

TOPS = ("notebooks", "exercises", "book")
KEY = "translates"  # in the metadata of a cell
MARK = re.compile(rf"^% {KEY}:[ \t]*(\w*)\n", re.MULTILINE)
FENCE = re.compile(r"^(`{3,}|:{3,})")
SAID_ALOUD = ("title", "points", "notes")  # of a slide


@dataclass(frozen=True)
class Part:
    """A cell of a notebook, or a section of a page.

    Parameters
    ----------
    name
        Of a cell its id, of a section its place on the page.
    text
        What is translated: the source and what the slide says.
    translates
        The digest of the English part; empty in an English page, and where nobody has translated.
    """

    name: str
    text: str
    translates: str = ""

    @property
    def digest(self) -> str:
        """What a translation of this part carries."""
        return digest(self.text.encode())[:12]


def translated_path(path: Path, language: str, root: Path = ROOT) -> Path:
    """Return where the translation of a notebook or page lies: ``notebooks/es/10-….ipynb``."""
    top, *rest = path.relative_to(root).parts
    return root.joinpath(top, language, *rest)


def catalogue(language: str, root: Path = ROOT) -> Path:
    """Return the catalogue of a language: what the program says, and its translation."""
    return root / "book" / language / "course.po"


def translations(language: str, root: Path = ROOT) -> list[Path]:
    """Return the English sources whose translations are there, notebooks first, in order."""
    found = []
    for top in TOPS:
        folder = root / top / language
        kinds = ("*.md",) if top == "book" else ("*.ipynb",)
        paths = sorted(path for kind in kinds for path in folder.rglob(kind))
        found += [root / top / path.relative_to(folder) for path in paths]
    return found


def parts(path: Path) -> list[Part]:
    """Return the parts of a notebook or a page, in order."""
    text = path.read_text("utf-8")
    return _cells(json.loads(text)) if path.suffix == ".ipynb" else sections(text)


def _cells(notebook: dict[str, Any]) -> list[Part]:
    return [
        Part(cell["id"], cell_text(cell), cell["metadata"].get(KEY, ""))
        for cell in notebook["cells"]
    ]


def cell_text(cell: dict[str, Any]) -> str:
    """Return what is translated of a cell: its source, and title, points and notes of its slide."""
    slide = cell["metadata"].get("slide", {})
    said = {name: slide[name] for name in SAID_ALOUD if name in slide}
    source = "".join(cell["source"])
    told = json.dumps(said, ensure_ascii=False, sort_keys=True)
    return f"{source}\n\n{told}" if said else source


def sections(text: str) -> list[Part]:
    """Return the sections of a page of Markdown; what stands above the first heading is one."""
    found, lines, fence = [], [], ""
    for line in text.splitlines(keepends=True):
        if mark := FENCE.match(line):
            fence = "" if line.strip() == fence else fence or mark[1]
        begins = not fence and (line.startswith("#") and lines or MARK.match(line))
        if begins and "".join(MARK.sub("", one) for one in lines).strip():
            found.append("".join(lines))
            lines = []
        lines.append(line)
    found.append("".join(lines))
    made = []
    for number, section in enumerate(found, 1):
        mark = MARK.search(section)
        made.append(Part(str(number), MARK.sub("", section).strip(), mark[1] if mark else ""))
    return made


@dataclass(frozen=True)
class State:
    """How a translation stands beside its source.

    Parameters
    ----------
    missing, drifted
        Parts that nobody has translated, and parts whose English has changed since.
    gone
        Parts that the English page no longer has.
    """

    missing: tuple[str, ...] = ()
    drifted: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether every part is there, none of them drifted or left over."""
        return not (self.missing or self.drifted or self.gone)


def state(source: Path, translation: Path) -> State:
    """Compare a translation with its source, part by part.

    Raises
    ------
    UserError
        When the source is no longer there.
    """
    if not source.exists():
        raise UserError(
            f"{_name(translation)} translates {_name(source)}, which is not there; move it to the "
            "new name, or delete it."
        )
    there = {part.name: part for part in parts(translation)}
    missing, drifted = [], []
    for part in parts(source):
        own = there.pop(part.name, None)
        if own is None or not own.translates:
            missing.append(part.name)
        elif own.translates != part.digest:
            drifted.append(part.name)
    return State(tuple(missing), tuple(drifted), tuple(there))


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name
