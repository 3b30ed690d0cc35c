"""Start a new lesson.

A lesson is several files with one number and one slug. Here they are made from
``lesson_template``, whose folders are those of the project: whatever file stands there becomes a
part of every new lesson. What comes out is a small whole lesson that passes the tests, to be
replaced part by part.
"""

import re
from pathlib import Path

import nbformat

from tools.common.errors import UserError
from tools.common.files import write as write_file
from tools.common.paths import ROOT
from tools.content.outputs import executed

TEMPLATE = Path("tools", "authoring", "lesson_template")
CONTENTS = "_toc.yml"
EXAMPLE = "15-my-topic"


def lessons(root: Path = ROOT) -> dict[str, str]:
    """Return the slug of each lesson that exists, by its two digits."""
    names = sorted(path.stem for path in (root / "notebooks").glob("[0-9][0-9]-*.ipynb"))
    return {name[:2]: name[3:] for name in names}


def checked(name: str, existing: dict[str, str]) -> tuple[str, str]:
    """Return number and slug of a new lesson.

    Parameters
    ----------
    name
        What was asked for, for example ``"15-my-topic"``.
    existing
        Number and slug of the lessons that exist.

    Raises
    ------
    UserError
        When the name cannot be that of a new lesson; the message says why and what could.
    """
    if not name:
        raise UserError(f"the new lesson needs a name: make lesson NAME={EXAMPLE}")
    if name != name.lower():
        raise UserError(f"{name!r} has capital letters; write {name.lower()!r}.")
    number, _, slug = name.partition("-")
    if not re.fullmatch(r"[0-9]{2}", number):
        raise UserError(f"{name!r} does not begin with two digits and a hyphen, like {EXAMPLE!r}.")
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug):
        raise UserError(
            f"{name!r} needs words after its number, of the letters a to z, digits and single "
            f"hyphens, like {EXAMPLE!r}."
        )
    numbers = [f"{count:02}" for count in range(100)]
    free = next(n for n in numbers[1:] if n not in existing and numbers[int(n) - 1] in existing)
    if number in existing:
        raise UserError(
            f"lesson {number} exists already, as {number}-{existing[number]}; "
            f"the next free number is {free}."
        )
    if slug in existing.values():
        taken = next(key for key, value in existing.items() if value == slug)
        raise UserError(f"the slug {slug!r} is that of lesson {taken}; choose another one.")
    before = f"{int(number) - 1:02}"
    if before not in existing:
        raise UserError(
            f"there is no lesson {before} before {number}; the next free number is {free}."
        )
    return number, slug


def files(number: str, slug: str, part: str, root: Path = ROOT) -> dict[str, str]:
    """Return the files of a new lesson, by their path from the project's folder.

    Parameters
    ----------
    number
        Two digits.
    slug
        What follows the number in the names of files.
    part
        The part of the course, as lessons' metadata name it.
    root
        The project's folder.
    """
    words = {"NN": number, "SLUG": slug, "PART": part}

    def filled(text: str) -> str:
        return re.sub("NN|SLUG|PART", lambda word: words[word[0]], text)

    top = root / TEMPLATE
    suffixes = {".ipynb", ".py", ".md"}
    return {
        filled(path.relative_to(top).as_posix()): filled(path.read_text("utf-8"))
        for path in sorted(top.rglob("*"))
        if path.suffix in suffixes and not path.parent.name.startswith((".", "_"))
    }


def with_entry(contents: str, name: str, after: str) -> str:
    """Return the table of contents with a new lesson and its exercise behind another lesson.

    Raises
    ------
    UserError
        When the other lesson has no entry.
    """
    entry = re.compile(rf"^( *)- file: notebooks/{re.escape(after)}\n(\1 +.*\n)*", re.MULTILINE)
    found = entry.search(contents)
    if not found:
        raise UserError(f"{CONTENTS} has no entry for notebooks/{after}; add it first.")
    edge = found[1]
    lines = (
        f"{edge}- file: notebooks/{name}\n{edge}  sections:\n{edge}    - file: exercises/{name}\n"
    )
    return contents[: found.end()] + lines + contents[found.end() :]


def with_plan(contents: str, number: str, before: str) -> str:
    """Return the table of contents with the page of a new lesson's plan behind another one.

    Raises
    ------
    UserError
        When the plan of the other lesson has no entry.
    """
    page = "book/teaching/plan-"
    found = re.search(rf"^( *)- file: {page}{before}\n", contents, re.MULTILINE)
    if not found:
        raise UserError(f"{CONTENTS} has no entry for {page}{before}; add it first.")
    line = f"{found[1]}- file: {page}{number}\n"
    return contents[: found.end()] + line + contents[found.end() :]


def write(name: str, root: Path = ROOT) -> list[Path]:
    """Write the files of a new lesson and its entry in the table of contents.

    Returns
    -------
    list of Path
        What was written, without the table of contents. The notebooks have no outputs yet.

    Raises
    ------
    UserError
        When the name will not do or a file is in the way; nothing is written then.
    """
    existing = lessons(root)
    number, slug = checked(name, existing)
    before = f"{int(number) - 1:02}"
    after = f"{before}-{existing[before]}"
    notebook = nbformat.read(root / "notebooks" / f"{after}.ipynb", as_version=4)
    parts = files(number, slug, notebook.metadata["course"]["part"], root)
    for path in parts:
        if (root / path).exists():
            raise UserError(f"{path} is in the way; move or remove it first.")
    contents = root / CONTENTS
    entered = with_entry(contents.read_text("utf-8"), name, after)
    entered = with_plan(entered, number, before)
    for path, text in parts.items():
        write_file(root / path, text)
    write_file(contents, entered)
    return [root / path for path in parts]


def main(name: str) -> None:
    """Write a new lesson and run its notebooks."""
    contents = (ROOT / CONTENTS).read_text("utf-8")
    written = write(name)
    print(f"Wrote the files of lesson {name}; running its notebooks ...", flush=True)
    try:
        for path in written:
            if path.suffix == ".ipynb":
                write_file(path, executed(path))
    except BaseException:  # half a lesson would be in the way of the next try
        for path in written:
            path.unlink()
        write_file(ROOT / CONTENTS, contents)
        raise
    for path in written:
        print(f"  {path.relative_to(ROOT)}")
    print(f"  {CONTENTS}, the lesson's entry and its plan's")
    print(f"Look at it with `make serve`; test it with `make check NAME={name}`.")
    print('What to replace is marked "Replace:" in each file.')
