"""Write what the book, JupyterLite and downloads are made from.

An exercise is written once, with its solutions. Here it becomes what a student gets, and its
solutions go to files of their own, which are fetched on request.

The process that builds the pages imports this too and needs no pandas, so no tasks before they are
asked for.

Everything goes under ``_build``: ``source`` (what Sphinx reads), ``lite-files`` (what JupyterLite
shows), ``downloads`` (notebooks to keep) and ``solutions``.
"""

from __future__ import annotations

import ast
import copy
import html
import importlib
import json
import posixpath
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
from markdown_it import MarkdownIt
from nbformat import NotebookNode

from course.advice import has_blank
from course.colours import as_image
from course.wording import ENGLISH, say, speaking
from tools.common.errors import UserError
from tools.common.files import write
from tools.common.kept import Kept
from tools.common.paths import BUILD, LANGUAGES, ROOT
from tools.common.published import published
from tools.common.settings import read_toml, read_yaml
from tools.content.bibliography import Reference, references
from tools.content.commonmark import commonmark
from tools.content.concepts import with_concepts
from tools.content.dated import with_month
from tools.content.steps import with_step_numbers
from tools.content.translated import (
    config_of,
    contents_of,
    for_book,
    for_notebook,
    is_behind,
    pages,
    with_note,
    with_texts,
)
from tools.content.translation import translated_path

if TYPE_CHECKING:
    from course.checks import Task, Tasks

Works = Mapping[str, Reference]

BEGIN, END, SCAFFOLD = "### BEGIN SOLUTION", "### END SOLUTION", "#~"
NOTEBOOKS = ("notebooks", "exercises")
PARTS = ("task", "answer", "check", "why")
TURN = "turn"  # the prompt of a *Your turn* in a lesson, in the place of "task"
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
# What JupyterLite's kernel says of itself; see its `kernelInfoRequest`.
LITE_KERNEL = {
    "kernelspec": {"name": "python", "display_name": "Python (Pyodide)", "language": "python"},
    "language_info": {
        "codemirror_mode": {"name": "python", "version": 3},
        "file_extension": ".py",
        "mimetype": "text/x-python",
        "name": "python",
        "nbconvert_exporter": "python",
        "pygments_lexer": "ipython3",
        "version": "3.8",
    },
}

_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|#|/")


def stage(
    root: Path = ROOT,
    build: Path = BUILD,
    generated: Mapping[str, Mapping[str, bytes]] | None = None,
    kept: Kept | None = None,
) -> None:
    """Write everything that is staged; leave a file alone when its content is the same.

    Sphinx reads a page again when its file is newer, so an untouched file keeps its time.
    Whatever else lies in the staged folders is removed.

    Parameters
    ----------
    root
        The project's folder.
    build
        The folder to write under.
    generated
        Pages of the book that a program writes, by language: path and content.
    kept
        What the last build made of each notebook.

    Raises
    ------
    UserError
        When lessons, exercises and tasks do not fit together; see the message.
    """
    kept, written = kept or Kept(), generated or {}
    names, exercises = (
        [path.name for path in sorted((root / folder).glob("*.ipynb"))]
        for folder in ("notebooks", "exercises")
    )
    check_pairs(names, exercises)
    works = references(root / "book" / "references.bib")
    places = published(root / "_config.yml")
    site = places.site

    english = dict(copies(root, ["_config.yml", "_toc.yml", "book"])) | dict(
        written.get(ENGLISH, {})
    )
    staged = {
        "source": {place: text for place, text in english.items() if not is_translated(place)},
        "lite-files": dict(copies(root, ["data"])),
        "downloads": {},
        "solutions": {},
    }
    for name in names:
        both = [(root / folder / name).read_bytes() for folder in ("notebooks", "exercises")]
        made = kept.get(f"staged {name}", both, partial(files_of, root, name, works, site))
        for folder, contents in made.items():
            staged[folder] |= contents
    check_contents(root / "_toc.yml", staged["source"])
    own = {"{toolkit}": toolkit_name()}  # what a page says of this course's copy
    staged["source"] = filled(staged["source"], places.words | own)
    for language in LANGUAGES:
        made = translated_files(root, language, works, site, kept, written.get(language, {}))
        source = f"source-{language}"
        if made[source]:
            with speaking(language):
                made[source] = filled(made[source], places.words | own)
        for folder, contents in made.items():
            staged[folder] = staged.get(folder, {}) | contents
    for folder, contents in staged.items():
        mirror(contents, build / folder)


def filled(contents: Mapping[str, bytes], words: Mapping[str, str]) -> dict[str, bytes]:
    """Return files of the book, whose pages say what they say of this course's copy."""
    made = dict(contents)
    for place in [place for place in made if place.endswith(".md")]:
        for name, said in words.items():
            made[place] = made[place].replace(name.encode(), said.encode())
    return made


def is_translated(place: str) -> bool:
    """Whether a file of the book belongs to another language."""
    return place.startswith(tuple(f"book/{language}/" for language in LANGUAGES))


def translated_files(
    root: Path,
    language: str,
    works: Works,
    site: str,
    kept: Kept,
    written: Mapping[str, bytes],
) -> dict[str, dict[str, bytes]]:
    """Return what is staged of a language: for each folder, paths and contents.

    Its pages go to ``source-es``, under the names of the English ones; the copies of its notebooks
    lie in a folder of the language beside the English ones.
    """
    translated = pages(language, root)
    there = translated | set(written)
    source = f"source-{language}"
    made: dict[str, dict[str, bytes]] = {source: {}}
    if not translated:
        return made
    with speaking(language):
        for place, text in written.items():
            made[source][place] = generated_page(text.decode(), place, there)
        for place in sorted(translated):
            path = translated_path(root / place, language, root)
            if path.suffix == ".md":
                with naming(path.relative_to(root).as_posix()):
                    page = for_book(path.read_text("utf-8"), place, there)
                    page = with_note(page) if is_behind(place, language, root) else page
                made[source][place] = page.encode()
        for name in sorted({place.rpartition("/")[2] for place in translated if ".ipynb" in place}):
            paths = [translated_path(root / top / name, language, root) for top in NOTEBOOKS]
            inputs = [path.read_bytes() for path in paths] + [repr(sorted(there)).encode()]
            inputs += [(root / top / name).read_bytes() for top in NOTEBOOKS]
            both = kept.get(
                f"staged {language} {name}",
                inputs,
                partial(files_of, root, name, works, site, language, there),
            )
            for folder, contents in both.items():
                made[source if folder == "source" else folder] = (
                    made.get(source if folder == "source" else folder, {}) | contents
                )
        pages_there = {place.rpartition(".")[0] for place in there}
        made[source]["_toc.yml"] = contents_of(root / "_toc.yml", pages_there, say)
        made[source]["_config.yml"] = config_of(root / "_config.yml", language, say)
        made[source]["book/references.bib"] = (root / "book" / "references.bib").read_bytes()
    return made


def generated_page(text: str, place: str, there: Collection[str]) -> bytes:
    """Return a page of a language that a program wrote, with its links."""
    if not place.endswith(".ipynb"):
        return for_book(text, place, there).encode()
    notebook = nbformat.reads(text, as_version=4)
    shown = with_texts(notebook, partial(for_book, place=place, there=there))
    return (json.dumps(shown, ensure_ascii=False, indent=1) + "\n").encode()


def files_of(
    root: Path,
    name: str,
    works: Works,
    site: str,
    language: str = "",
    there: Collection[str] = (),
) -> dict[str, dict[str, bytes]]:
    """Return what is staged of a lesson and its exercise: for each folder, paths and contents.

    Parameters
    ----------
    root
        The project's folder.
    name
        Of the two notebooks.
    works
        The bibliography.
    site
        Where the course is published, if that is known.
    language
        That of a translation; empty for the course's own.
    there
        The pages that there are in that language; see `tools.content.translated.pages`.
    """
    made: dict[str, dict[str, bytes]] = defaultdict(dict)
    answers: dict[str, dict[str, str]] = {}
    for folder in NOTEBOOKS:
        place = f"{folder}/{name}"
        path = translated_path(root / place, language, root) if language else root / place
        copied = path.relative_to(root).as_posix()
        notebook = read(path)
        with naming(copied):
            tasks = tasks_of(name[:2])
            if folder == "notebooks":
                notebook = with_month(notebook)
                student = student_version(notebook, tasks.turns, is_lesson=True)
                student = with_step_numbers(student)
            else:
                student = student_version(notebook, tasks)
            answers |= solutions_of(notebook, works)
        shown, runs = on_page(student), runnable(student)
        if language:
            shown = with_texts(shown, partial(for_book, place=place, there=there))
            to_copies = partial(for_notebook, place=place, language=language, there=there)
            runs = with_texts(runs, to_copies)
            if is_behind(place, language, root):
                shown.cells[0].source = with_note(shown.cells[0].source)
        made["source"][place] = dump(shown)
        made["lite-files"][copied] = dump(for_lite(portable(runs, copied, works, book_page)))
        alone = still(portable(runs, copied, works, address(site)))
        made["downloads"][copied] = dump(with_toolkit(alone, toolkit_name(), site))
    solutions = json.dumps(answers, ensure_ascii=False) + "\n"
    place = "/".join(filter(None, [language, f"{name[:2]}.json"]))
    return {**made, "solutions": {place: solutions.encode()}}


# Reading and writing -------------------------------------------------------------------------


@contextmanager
def naming(place: str) -> Iterator[None]:
    """Say where something is wrong, before what is wrong."""
    try:
        yield
    except UserError as error:
        raise UserError(f"{place}: {error}") from error


def read(path: Path) -> NotebookNode:
    """Read a notebook; raises UserError when it is not one."""
    name = f"{path.parent.name}/{path.name}"
    try:
        text = path.read_text("utf-8")
        _validate(text)
        notebook: NotebookNode = nbformat.reader.reads(text)
    except (nbformat.reader.NotJSONError, UnicodeDecodeError) as error:
        raise UserError(f"{name} is not valid JSON; restore it or save it anew.") from error
    except (nbformat.ValidationError, AttributeError) as error:
        first = str(error).splitlines()[0]
        raise UserError(f"{name} is not a valid notebook: {first}") from error
    return notebook


@lru_cache(maxsize=100)
def _validate(text: str) -> None:
    """Validate the text of a notebook: once, since several parts of a build read it."""
    nbformat.validate(nbformat.reader.reads(text))


def dump(notebook: NotebookNode) -> bytes:
    """Return a notebook as the bytes of its file.

    Texts stay whole: JupyterLite shows a list of lines with commas between them.
    """
    return (json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def copies(root: Path, names: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Yield the path and content of each file under the named files and folders."""
    for name in names:
        top = root / name
        for path in sorted(top.rglob("*")) if top.is_dir() else [top]:
            relative = path.relative_to(root)
            unseen = any(part.startswith((".", "__pycache__")) for part in relative.parts)
            if path.is_file() and not unseen:
                yield relative.as_posix(), path.read_bytes()


def mirror(files: Mapping[str, bytes], folder: Path) -> None:
    """Make a folder hold exactly these files; write only what differs."""
    folder.mkdir(parents=True, exist_ok=True)
    for relative, content in files.items():
        path = folder / relative
        if path.is_file() and path.read_bytes() == content:
            continue
        write(path, content)
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir():
            if not any(path.iterdir()):
                path.rmdir()
        elif path.relative_to(folder).as_posix() not in files:
            path.unlink()


def check_contents(contents: Path, source: Iterable[str]) -> None:
    """Raise UserError when the book's list of contents names a page that is not there."""
    toc = read_yaml(contents)
    pages = {name.rpartition(".")[0] for name in source}
    try:
        chapters = [page for part in toc["parts"] for page in part["chapters"]]
        below = [page for chapter in chapters for page in chapter.get("sections", [])]
        named = [toc["root"], *(page["file"] for page in [*chapters, *below])]
    except (KeyError, TypeError, AttributeError) as error:
        raise UserError(
            f"{contents.name} does not list a root and parts of chapters ({error} is missing or "
            "stands in another place)."
        ) from error
    for name in named:
        if name.removesuffix(".md").removesuffix(".ipynb") not in pages:
            raise UserError(f"{contents.name} names {name}, and there is no such page.")


def check_pairs(lessons: Iterable[str], exercises: Iterable[str]) -> None:
    """Raise UserError unless every lesson has its exercise, and the reverse."""
    lessons, exercises = set(lessons), set(exercises)
    for name in sorted(lessons - exercises):
        raise UserError(f"notebooks/{name} has no exercise; write exercises/{name}.")
    for name in sorted(exercises - lessons):
        raise UserError(f"exercises/{name} has no lesson; write notebooks/{name}.")


def tasks_of(lesson: str) -> Tasks:
    """Return the tasks of a lesson, by its two digits."""
    name = f"course.tasks.lesson{lesson}"
    try:
        module = importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        raise UserError(
            f"there are no tasks for it; write course/tasks/lesson{lesson}.py."
        ) from error
    tasks: Tasks = module.TASKS
    return tasks


# The student version --------------------------------------------------------------------------


def student_version(
    notebook: NotebookNode, tasks: Iterable[Task], *, is_lesson: bool = False
) -> NotebookNode:
    """Return an exercise, or a lesson with its turns, as a student gets it.

    Solutions give way to their scaffolds, the reasons are removed, and each prompt gets its
    hints, the form of its answer and its mark. An exercise loses all outputs; a lesson only those
    of its turns.

    Parameters
    ----------
    notebook
        The lesson or the exercise, with its solutions.
    tasks
        The tasks of the exercise, or the turns of the lesson.
    is_lesson
        Whether the notebook is a lesson.

    Raises
    ------
    UserError
        When cells and tasks do not fit together, or solution markers are unbalanced.
    """
    by_id = {task.id: task for task in tasks}
    where = "turns" if is_lesson else "TASKS"
    parts = task_cells(notebook)
    for task_id in parts.keys() - by_id.keys():
        raise UserError(f"task {task_id} is not in the lesson's {where}.")
    for task_id in by_id.keys() - parts.keys():
        raise UserError(f"task {task_id} of {where} is not in the notebook.")
    cells = []
    for cell in notebook.cells:
        cell = copy.deepcopy(cell)
        task_id, part = cell.metadata.get("task"), part_of(cell)
        match part:
            case "why":
                continue
            case "task" | "turn":
                # Links to a task end at its heading. Markdown's own mark would show elsewhere.
                anchor = f'<div id="{anchor_of(task_id)}"></div>'
                cell.source = f"{anchor}\n\n{cell.source.rstrip()}\n\n{about(by_id[task_id])}"
                if part == TURN:
                    cell.source = f'<div class="turn">\n\n{cell.source}\n\n</div>'
            case "answer":
                name = checked_name(parts[task_id]["check"], task_id)
                cell.source = scaffold(cell.source, name, task_id)
            case _ if BEGIN in cell.source or END in cell.source:
                raise UserError(f"cell {cell.id} has a solution but is not tagged answer.")
        if cell.cell_type == "code" and (part or not is_lesson):
            cell.outputs, cell.execution_count = [], None
        cells.append(cell)
    return like(notebook, cells)


def on_page(student: NotebookNode) -> NotebookNode:
    """Return a student's version with what only a page can show: the concept questions."""
    notebook = copy.deepcopy(student)
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = with_concepts(cell.source)
    return notebook


def runnable(student: NotebookNode) -> NotebookNode:
    """Return a student's version in which a blank that is left stops nothing.

    On a page each cell runs by itself. In a notebook all may be run at once, so the lines from the
    first blank on are comments, and the name has a value: the check then says "not yet". No blank
    stands behind the sign, so that a line is Python once the sign is away.
    """
    notebook = copy.deepcopy(student)
    checks = {
        cell.metadata.get("task"): cell for cell in notebook.cells if part_of(cell) == "check"
    }
    for cell in notebook.cells:
        if part_of(cell) == "answer" and has_blank(cell.source):
            task_id = cell.metadata["task"]
            name = checked_name(checks[task_id], task_id)
            cell.source = closed(cell.source, name)
    return notebook


def closed(code: str, name: str) -> str:
    """Return code whose lines, from the first statement with a blank on, are comments."""
    first = next(
        statement.lineno
        for statement in ast.parse(code).body
        if has_blank(ast.get_source_segment(code, statement) or "")
    )
    lines = code.split("\n")
    start, rest = lines[: first - 1], lines[first - 1 :]
    filled = "# " + say("Take the # away from the lines below, and fill the blank ____.")
    return "\n".join([*start, f"{name} = ...", filled, *(f"#{line}" for line in rest)])


def part_of(cell: Mapping[str, Any]) -> str | None:
    """Return which part of a task, or of a turn, a cell is, if any."""
    tags = cell["metadata"].get("tags", [])
    return next((tag for tag in tags if tag in PARTS or tag == TURN), None)


def task_cells(notebook: NotebookNode) -> dict[str, dict[str, NotebookNode]]:
    """Return the four cells of every task; raises UserError when one is missing or double."""
    parts: dict[str, dict[str, Any]] = defaultdict(dict)
    for cell in notebook.cells:
        if part := part_of(cell):
            task_id = cell.metadata.get("task")
            if not task_id:
                raise UserError(f"cell {cell.id} is tagged {part} but names no task.")
            if part in parts[task_id]:
                raise UserError(f"task {task_id} has two cells tagged {part}.")
            parts[task_id][part] = cell
    for task_id, found in parts.items():
        prompt = TURN if ".t" in task_id else "task"
        for part in (prompt, *PARTS[1:]):
            if part not in found:
                raise UserError(f"task {task_id} has no cell tagged {part}.")
    return parts


def checked_name(cell: NotebookNode, task_id: str) -> str:
    """Return the name that a check cell checks."""
    wanted = f'check("{task_id}", <name>)'
    try:
        call = ast.parse(cell.source).body[-1].value
        function, (given, answer) = call.func.id, call.args
        if function == "check" and given.value == task_id:
            return str(answer.id)
    except (SyntaxError, AttributeError, IndexError, ValueError):
        pass
    raise UserError(f"the check cell of task {task_id} must be {wanted}.")


def split_solution(source: str, task_id: str) -> Iterator[tuple[bool, list[str]]]:
    """Yield the runs of lines of an answer cell: whether inside a solution, and the lines."""
    lines: list[str] = []
    inside, blocks = False, 0
    for line in source.split("\n"):
        if line.strip() in (BEGIN, END):
            if (line.strip() == BEGIN) == inside:
                break
            yield inside, lines
            inside, lines, blocks = not inside, [], blocks + 1
        else:
            lines.append(line)
    else:
        if blocks and not inside:
            yield inside, lines
            return
    raise UserError(f"the answer cell of task {task_id} needs one {BEGIN} for each {END}.")


def scaffold(source: str, name: str, task_id: str) -> str:
    """Return an answer cell without its solution.

    Lines that begin with ``#~`` are what the student starts from; without any it is
    ``name = ...``.
    """
    kept = []
    for inside, lines in split_solution(source, task_id):
        starts = [line for line in lines if line.startswith(SCAFFOLD)]
        if not inside:
            kept += lines
        elif starts:
            kept += [line.removeprefix(SCAFFOLD).removeprefix(" ") for line in starts]
        else:
            kept.append(f"{name} = ...")
    text = "\n".join(kept).strip("\n")
    try:
        tree = ast.parse(text)
    except SyntaxError as error:
        raise UserError(f"the scaffold of task {task_id} is not Python: {error.msg}.") from error
    names = (node for node in ast.walk(tree) if isinstance(node, ast.Name))
    if not any(node.id == name and isinstance(node.ctx, ast.Store) for node in names):
        raise UserError(f"the scaffold of task {task_id} does not assign {name}.")
    return text


def anchor_of(task_id: str) -> str:
    """Return the name that links to a task: ``"task-04-1"``."""
    return f"task-{task_id.replace('.', '-')}"


def about(task: Task) -> str:
    """Return what follows a prompt: mark, form of the answer, hints."""
    kind = "turn-about" if task.is_turn else "core" if task.core else "further"
    mark = {
        "turn-about": say("Fill the blank"),
        "core": say("Core"),
        "further": say("Go further"),
    }[kind]
    parts = [
        f'<p class="task-about {kind}" data-task="{task.id}" data-version="{task.version}">'
        f"<strong>{mark}</strong> · "
        + say("Answer: {expected}", expected=html.escape(task.expects))
        + "</p>"
    ]
    for number, hint in enumerate(task.hints, 1):
        name = say("Hint") if len(task.hints) == 1 else say("Hint {number}", number=number)
        # Blank lines let Markdown work inside the element.
        parts.append(
            f'<details class="hint"><summary>{name}</summary>\n\n{say(hint)}\n\n</details>'
        )
    return "\n\n".join(parts)


def solutions_of(notebook: NotebookNode, works: Works) -> dict[str, dict[str, str]]:
    """Return the solution of each task: ``code``, and ``why`` as HTML."""
    found = {}
    for task_id, parts in task_cells(notebook).items():
        lines = []
        for _, block in split_solution(parts["answer"].source, task_id):
            lines += [line for line in block if not line.startswith(SCAFFOLD)]
        # Links would start from wherever the page is: text only.
        why = commonmark(parts["why"].source, works, lambda target: None)
        found[task_id] = {
            "code": "\n".join(lines).strip("\n"),
            "why": MarkdownIt("commonmark").render(why).strip(),
        }
    return found


# Copies for JupyterLite and for download ----------------------------------------------------


def portable(
    notebook: NotebookNode,
    path: str,
    works: Works,
    page: Callable[[str], str | None],
) -> NotebookNode:
    """Return a notebook that shows well without the book around it.

    Parameters
    ----------
    notebook
        A lesson, or the student version of an exercise.
    path
        Where it stands, from the project's folder.
    works
        The bibliography.
    page
        Takes a page of the book, ``book/the-article.html#point-14``, and returns a link to it
        from the notebook's folder, or None.
    """

    def link(target: str) -> str | None:
        if _ELSEWHERE.match(target):
            return target
        name, mark, anchor = target.partition("#")
        if not name.endswith(".md"):
            return target
        name = posixpath.normpath(posixpath.join(posixpath.dirname(path), name))
        return page(f"{name.removesuffix('.md')}.html{mark}{anchor}")

    cells = []
    for cell in notebook.cells:
        cell = copy.deepcopy(cell)
        cell.metadata.pop("slide", None)  # what a teacher says is no part of a student's copy
        if cell.cell_type == "markdown":
            with naming(f"{path}, cell {cell.id}"):
                cell.source = commonmark(cell.source, works, link)
        elif cell.cell_type == "code":
            for output in cell.outputs:
                output.get("data", {}).pop(WIDGET_VIEW, None)
        cells.append(cell)
    return like(notebook, cells)


def for_lite(notebook: NotebookNode) -> NotebookNode:
    """Mark the course's own notebook, in place, as JupyterLite would.

    It is trusted, so that its pictures and explorers show before they are run. Its kernel is
    named, so that opening it changes nothing: what is unchanged is not saved in the browser, and
    a student meets the next version of a lesson unless there is work to keep.
    """
    notebook.metadata.update(LITE_KERNEL)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.metadata["trusted"] = True
    return notebook


def book_page(page: str) -> str:
    """Return the link from a notebook in JupyterLite to a page of the book.

    JupyterLite takes it for a file of its own; ``theme/lite/course.js`` mends that.
    """
    up = "../" * (1 + page.startswith(tuple(f"{language}/" for language in LANGUAGES)))
    return f"{up}{page}"


def address(site: str) -> Callable[[str], str | None]:
    """Return what makes the full address of a page, or nothing when the site's is unknown."""
    return lambda page: f"{site.rstrip('/')}/{page}" if site else None


def toolkit_name() -> str:
    """Return the file name of the toolkit's wheel, which lies beside the downloads of the site."""
    project = read_toml(ROOT / "pyproject.toml")["project"]
    return f"{project['name']}-{project['version']}-py3-none-any.whl"


def with_toolkit(notebook: NotebookNode, wheel: str, site: str | None) -> NotebookNode:
    """Let a notebook, in place, install the toolkit wherever it is opened, in its first cell."""
    if site:
        address_of_wheel = f"{site.rstrip('/')}/_static/downloads/{wheel}"
        why = say("install the course's toolkit: the file beside this notebook, or the site's")
        code = f"""\
try:
    import course.data
except ImportError:  # {why}
    import glob
    wheel = (glob.glob("course-*.whl") or ["{address_of_wheel}"])[0]
    %pip install --quiet "{{wheel}}"
"""
    else:
        why = say("install the course's toolkit from its file beside this notebook")
        get = say("Get {wheel} from 'How to use the course'.", wheel=wheel)
        code = f"""\
try:
    import course.data
except ImportError:  # {why}
    import glob
    assert (found := glob.glob("course-*.whl")), {json.dumps(get, ensure_ascii=False)}
    %pip install --quiet "{{found[0]}}"
"""
    cell = nbformat.v4.new_code_cell(code.strip(), id="toolkit")
    notebook.cells.insert(0, cell)
    return notebook


def still(notebook: NotebookNode) -> NotebookNode:
    """Make the stored outputs, in place, such as a program shows that does not trust them.

    It takes SVG and scripts out of their HTML but leaves the text, so pictures become images
    and explorers show their first frame.
    """
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if "text/html" in data:
                data["text/html"] = still_html("".join(data["text/html"]))
    return notebook


def still_html(text: str) -> str:
    """Return HTML with pictures as images, without scripts and without dead controls."""
    text = re.sub(r"<script\b.*?</script>", "", text, flags=re.DOTALL)
    text = re.sub(r'<div class="controls">.*?</div>', _run_me(), text, flags=re.DOTALL)
    return re.sub(r"<svg\b.*?</svg>", lambda svg: _image(svg[0]), text, flags=re.DOTALL)


def _run_me() -> str:
    return "<p><em>" + say("Run this cell to get the controls.") + "</em></p>"


def _image(svg: str) -> str:
    label = re.search(r'aria-label="([^"]*)"', svg)
    return as_image(svg, html.unescape(label[1]) if label else "")


def like(notebook: NotebookNode, cells: list[NotebookNode]) -> NotebookNode:
    """Return a notebook with other cells, and without the state of its widgets."""
    metadata = copy.deepcopy(notebook.metadata)
    metadata.pop("widgets", None)
    return NotebookNode(
        cells=cells,
        metadata=metadata,
        nbformat=notebook.nbformat,
        nbformat_minor=notebook.nbformat_minor,
    )
