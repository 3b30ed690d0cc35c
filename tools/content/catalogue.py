"""The catalogue of a language: what the course says beside its pages, and how it is translated.

``course.po`` in the folder of a language in ``book/`` is edited by hand or with any program for
gettext. What it must hold is taken from the code, the templates and the scripts, where ``say(...)``
stands around each sentence, and from the tasks, the ladder and the tables.
"""

import importlib
import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages import Catalog, pofile
from babel.messages.extract import extract

from course.data import folder, load
from tools.common.errors import UserError
from tools.common.files import write
from tools.common.paths import ROOT
from tools.common.settings import read_json, read_toml, read_yaml
from tools.content.translation import catalogue as path_of
from tools.content.translation import translations

KEYWORDS = {"say": None, "noted": None}
IN_SCRIPTS = {"told": None}
# Where a reader's words stand in code, and how Babel reads it.
CODE = {
    "course/**/*.py": "python",
    "theme/extension/*.py": "python",
    "tools/content/*.py": "python",
    "tools/common/published.py": "python",
    "tools/pages/glossary.py": "python",
    "tools/pages/ladder.py": "python",
    "tools/pages/story.py": "python",
    "tools/pages/teaching.py": "python",
    "tools/pages/timed.py": "python",
    "theme/templates/*.html": "jinja2.ext:babel_extract",
    "theme/*/*.js": "javascript",
}
SCRIPTS = ".js"
Message = tuple[str, str, str]  # context, text, place


def messages(language: str, root: Path = ROOT) -> Iterator[Message]:
    """Yield what the pages of a language need: context or nothing, English text, file."""
    for pattern, method in CODE.items():
        for path in sorted(root.glob(pattern)):
            with path.open("rb") as file:
                keywords = IN_SCRIPTS if method == "javascript" else KEYWORDS
                for _, text, _, _ in extract(method, file, keywords):
                    yield "", text if isinstance(text, str) else text[0], _name(path, root)
    lessons = sorted({path.name[:2] for path in translations(language, root) if _is_lesson(path)})
    for lesson in lessons:
        for text in of_tasks(lesson):
            yield "", text, f"course/tasks/lesson{lesson}.py"
    for place, texts in of_lists(root).items():
        yield from (("", text, place) for text in texts)
    yield from of_tables()


def _name(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()


def _is_lesson(path: Path) -> bool:
    return path.suffix == ".ipynb"


def of_tasks(lesson: str) -> Iterator[str]:
    """Yield what the tasks and turns of a lesson say: titles, units, hints, messages, rubrics."""
    tasks = importlib.import_module(f"course.tasks.lesson{lesson}").TASKS
    for task in (*tasks, *tasks.turns):
        yield from filter(None, (task.title, task.unit, *task.hints, *task.rubric))
        for one in task.misconceptions:
            yield one.says
            if not one.rows:  # else its name is made of words of a table
                yield one.name
        if task.answer == "text":
            yield from task.mentions()


def of_lists(root: Path = ROOT) -> dict[str, list[str]]:
    """Return what the lists of the course say: parts of the book, the ladder, the concepts."""
    parts = [part["caption"] for part in read_yaml(root / "_toc.yml")["parts"]]
    ladder = read_toml(root / "book" / "ladder.toml")["idiom"]
    concepts = read_toml(root / "book" / "concepts.toml")
    return {
        "_toc.yml": parts,
        "_config.yml": [read_yaml(root / "_config.yml")["title"]],
        "book/ladder.toml": [text for one in ladder for text in (one["does"], one["error"])],
        "book/concepts.toml": [
            *(one["title"] for one in concepts["concept"]),
            *(one[form] for one in concepts["question"] for form in "ab"),
            *(
                text
                for one in concepts["question"]
                for form in "ab"
                for text in one[f"{form}_options"]
            ),
        ],
    }


def of_tables() -> Iterator[Message]:
    """Yield the texts of the columns that are translated, each with its table and column."""
    for entry in read_json(folder() / "datapackage.json")["resources"]:
        fields = entry.get("schema", {}).get("fields", [])
        for name in (field["name"] for field in fields if field.get("translated")):
            for text in load(entry["name"])[name].dropna().unique():
                yield f"{entry['name']}.{name}", text, entry["path"]


def wanted(language: str, root: Path = ROOT) -> Catalog:
    """Return the catalogue of a language with nothing translated."""
    made = Catalog(locale=language, project="course", charset="utf-8", fuzzy=False)
    for context, text, place in messages(language, root):
        made.add(text, context=context or None, locations=[(place, 0)])
    return made


def read(language: str, root: Path = ROOT) -> Catalog:
    """Read the catalogue of a language; raises UserError when it is damaged."""
    path = path_of(language, root)
    if not path.exists():
        return Catalog(locale=language, charset="utf-8", fuzzy=False)
    try:
        return pofile.read_po(io.BytesIO(path.read_bytes()), language, abort_invalid=True)
    except (pofile.PoFileError, UnicodeDecodeError) as error:
        raise UserError(f"{_name(path, root)} cannot be read: {error}.") from error


def update(language: str, root: Path = ROOT) -> Path:
    """Bring a catalogue up to date: new texts without a translation, and none left over."""
    own = read(language, root)
    own.update(wanted(language, root), no_fuzzy_matching=True, keep_user_comments=False)
    path = path_of(language, root)
    write(path, _written(own))
    return path


def _written(catalogue: Catalog) -> str:
    made = io.BytesIO()
    pofile.write_po(
        made,
        catalogue,
        width=100,
        omit_header=False,
        ignore_obsolete=True,
        include_lineno=False,
        sort_by_file=True,
    )
    lines = made.getvalue().decode().split("\n")
    # when and with what it was written says nothing of the words
    unstable = ('"POT-Creation-Date', '"PO-Revision-Date', '"Generated-By', '"Last-Translator')
    return "\n".join(line for line in lines if not line.startswith(unstable))


def missing(language: str, root: Path = ROOT) -> list[str]:
    """Return the texts that have no translation, and those that nothing says any more."""
    own = read(language, root)
    there = {(one.context or "", one.id): one for one in own if one.id}
    found = []
    for context, text, place in messages(language, root):
        one = there.get((context, text))
        if one is None or not one.string:
            found.append(f"{place}: {text}")
    return list(dict.fromkeys(found))


def compiled(language: str, root: Path = ROOT) -> bytes:
    """Return the catalogue of a language as Python's gettext reads it."""
    from babel.messages import mofile

    made = io.BytesIO()
    mofile.write_mo(made, read(language, root))
    return made.getvalue()


def for_browser(language: str, root: Path = ROOT) -> dict[str, str]:
    """Return what the scripts say, in English and translated."""
    said = (
        one
        for one in read(language, root)
        if one.id and one.string and any(place.endswith(SCRIPTS) for place, _ in one.locations)
    )
    return {str(one.id): str(one.string) for one in said}
