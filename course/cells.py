"""Run the live cells of a page: what a notebook's kernel does, in one call a cell.

The page's worker calls these functions with text and gets JSON text back. Cells that are run
share one space of names; a check has a clean one of its own. The module is imported before pandas
is needed, so it imports nothing but the standard library.
"""

from __future__ import annotations

import ast
import contextlib
import functools
import gc
import importlib
import io
import json
import linecache
import pprint
import re
import struct
import sys
import traceback
import warnings
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from course import originals, tables
from course.advice import BLANKS, advice, dividing, has_blank, keeping, nearest, unfitting
from course.wording import ENGLISH, noted, say, speak

if TYPE_CHECKING:  # imported only where a check or a figure is
    from matplotlib.figure import Figure

    from course.checks import Verdict

MOST_TEXT = 100_000  # characters that one cell may print
MOST_HTML = 5_000_000
# What a module of the toolkit imports beyond pandas; loaded only when a cell imports the module.
IMPORTED_BY = {
    "course.examples": "matplotlib",
    "course.explorers": "matplotlib",
    "course.figures": "matplotlib",
    "course.maps": "matplotlib",
    "course.plotted": "matplotlib",
}
# pandas imports matplotlib by itself when one of these methods is called.
PLOTTING = {"plot", "hist", "boxplot"}

UTC = Path("/usr/share/zoneinfo/UTC")
# A zone file with one type of local time: no offset, no daylight saving, called UTC.
_UTC = b"TZif" + bytes(16) + struct.pack(">6L", 1, 1, 0, 0, 1, 4) + bytes(6) + b"UTC\0" + bytes(2)

Space = dict[str, object]


def _clean() -> Space:
    return {"__name__": "__main__"}


_space = _clean()


def start(language: str = ENGLISH) -> None:
    """Import pandas and the tables, faster than by a plain import, and speak a language.

    dateutil, which pandas imports, looks for the zone UTC where a Linux has it; without that file
    it reads every zone of the world from an archive. Collecting garbage while nothing becomes
    garbage only costs time.
    """
    speak(language)
    if not UTC.exists():
        UTC.parent.mkdir(parents=True, exist_ok=True)
        UTC.write_bytes(_UTC)
    gc.disable()
    import course.data  # noqa: F401

    originals.keep()
    gc.freeze()
    gc.enable()


def restart() -> None:
    """Forget every name that a cell made, and what cells set in pandas and matplotlib."""
    global _space
    _space = _clean()
    originals.put_back()
    if pandas := sys.modules.get("pandas"):
        with warnings.catch_warnings(action="ignore"):
            pandas.reset_option("all")
    if pyplot := sys.modules.get("matplotlib.pyplot"):
        pyplot.close("all")
        pyplot.rcdefaults()
    for module in ("course.data", "course.figures"):
        if shown := sys.modules.get(module):
            shown.style()
    gc.collect()


def run_cell(code: str, name: str) -> str:
    """Run a cell as Jupyter would.

    Parameters
    ----------
    code
        The text of the cell.
    name
        What tracebacks call the cell, for example ``"Exercise 04.2"``.

    Returns
    -------
    str
        JSON: ``outputs``, a list in the order of their making, each with a ``kind`` ("text",
        "html", "figure", "verdict" or "files"), and ``error``, null or an object with ``line``
        (null when unknown), ``kind``, ``short``, ``help``, ``name`` (of a name that is missing),
        ``trace`` and ``where`` (null). Nothing in it is escaped: texts are texts, and only
        "html", "figure" and the ``html`` of a verdict or of files are markup.
    """
    outputs, error = _run(code, name, _space)
    return json.dumps({"outputs": outputs, "error": error})


def check_cell(request: str) -> str:
    """Check an answer by the texts on the page and nothing else: in a clean space.

    Parameters
    ----------
    request
        JSON: ``code``, the text of the answer's cell; ``check``, that of its check; ``name`` of
        the cell; ``prompt``, the text of the question, if wanted; and ``above``, the cells above
        that it needs, in the order of the page, each with its ``code``, its ``name`` and, for a
        cell that belongs to the page, its code as ``written``.

    Returns
    -------
    str
        JSON: ``outputs`` of the answer's cell; ``above``, what each cell above that ran has
        printed; ``error`` as of `run_cell`, with ``where``, the position of the cell above that
        raised it; ``verdict``, null or an object with ``id``, ``status``, ``kind``, ``label``,
        ``html`` and, where the message is about a known one, ``mistake``; ``edited``, the
        positions of the cells that are not as written; and ``as_written``, where something is
        edited and the answer not right: the status that it has with the cells as written.
    """
    asked = json.loads(request)
    above = asked.get("above", [])
    texts = [cell["code"] for cell in above]
    written = [cell.get("written") or cell["code"] for cell in above]
    result = _checked(asked, texts)
    pairs = enumerate(zip(texts, written, strict=True))
    edited = [position for position, (text, own) in pairs if text.strip() != own.strip()]
    verdict, error = result["verdict"], result["error"]
    as_written = None
    stopped = error and error["kind"] == "KeyboardInterrupt"
    if edited and not stopped and not (verdict and verdict["status"] == "right"):
        again = _checked(asked, written)["verdict"]
        as_written = again["status"] if again else "error"
    return json.dumps(result | {"edited": edited, "as_written": as_written})


def _checked(asked: dict[str, Any], above: list[str]) -> dict[str, Any]:
    """Run the cells above and the answer in a clean space, and judge what the answer made."""
    originals.put_back()
    space = _clean()
    result: dict[str, Any] = {"outputs": [], "above": [], "error": None, "verdict": None}
    for position, (code, cell) in enumerate(zip(above, asked.get("above", []), strict=True)):
        outputs, error = _run(code, cell.get("name", ""), space, _Unseen())
        result["above"].append({"outputs": outputs})
        if error:
            return result | {"error": error | {"where": position}}
    code = asked["code"]
    result["outputs"], result["error"] = _run(code, asked["name"], space)
    originals.put_back()  # what the answer itself has set changes its value and not the judge
    if result["error"]:
        blank = result["error"]["help"] == say(BLANKS)
        return result | {"verdict": _not_yet(asked, say(BLANKS)) if blank else None}
    try:
        verdict = _verdict(code, asked, space)
    except BaseException as raised:  # a Stop, or a check cell that is none
        return result | {"error": _explain(raised, code, asked["name"], space)}
    return result | {"verdict": _as_json(verdict)}


def _call(check: str) -> tuple[str, str]:
    """Return the task and the name that a check cell checks."""
    match ast.parse(check).body[-1]:
        case ast.Expr(ast.Call(args=[ast.Constant(str(task)), ast.Name(name)])):
            return task, name
    raise ValueError(say('a check cell ends with check("04.2", name).'))


@functools.cache
def _tasks(lesson: str) -> Any:
    """Return the tasks of a lesson, each of whose values is computed once."""
    return importlib.import_module(f"course.tasks.lesson{lesson}").TASKS.kept()


def _not_yet(asked: dict[str, Any], message: str) -> dict[str, object]:
    from course.checks import Verdict

    return _as_json(Verdict("not yet", message, id=_call(asked["check"])[0]))


def _verdict(code: str, asked: dict[str, Any], space: Space) -> Verdict:
    """Judge the value that the answer's cell gave to the name that is checked."""
    from course.checks import Verdict
    from course.checks.text import pasted

    task, name = _call(asked["check"])
    made = _names(code)[1]
    if name not in made or name not in space:
        message = noted(
            "This cell does not make `{name}` yet. Give it your answer: a line that begins with "
            "`{name} =`."
        )
        return Verdict("not yet", say(message, name=name), id=task)
    value = space[name]
    tasks = _tasks(task[:2])
    verdict: Verdict = tasks.check(task, value)
    if value is ... and (line := _overwritten(code, name)):
        message = noted(
            "Line {line}, `{name} = ...`, takes your answer away again: delete that line."
        )
        return Verdict("not yet", say(message, line=line, name=name), id=task)
    if verdict.status == "wrong" and has_blank(code):  # a blank in quotes runs, and finds nothing
        return Verdict("not yet", say(BLANKS), id=task)
    if verdict.status == "wrong":
        found = unfitting(code, space)
        if not found and verdict.open:
            found = " ".join(filter(None, [keeping(code, space), dividing(code)]))
        return verdict.plus(found)
    written = verdict.status == "right" and verdict.kind == "judgement"
    if written and isinstance(value, str) and pasted(value, asked.get("prompt") or ""):
        message = say("Most of this is the question itself. Write the answer in your own words.")
        return Verdict("not yet", message, kind="judgement", id=task)
    return verdict


def _overwritten(code: str, name: str) -> int | None:
    """Return the line that sets a name to ``...`` after another line has given it a value."""
    lines = [
        (node.lineno, isinstance(node.value, ast.Constant) and node.value.value is ...)
        for node in _parse(code).body
        if isinstance(node, ast.Assign)
        and any(isinstance(to, ast.Name) and to.id == name for to in node.targets)
    ]
    return lines[-1][0] if len(lines) > 1 and lines[-1][1] and not lines[0][1] else None


def _as_json(verdict: Verdict) -> dict[str, object]:
    shown: dict[str, object] = {"id": verdict.id, "status": verdict.status, "kind": verdict.kind}
    if verdict.mistake:
        shown["mistake"] = verdict.mistake
    return shown | {"label": verdict.label, "html": verdict.html()}


def _run(
    code: str, name: str, space: Space, cell: _Cell | None = None
) -> tuple[list[dict[str, Any]], dict[str, Any] | None]:
    """Run a cell in a space; return its outputs and its error."""
    cell = cell or _Cell()
    space["display"] = cell.display
    error = None
    linecache.cache[name] = (len(code), None, code.splitlines(keepends=True), name)
    warnings.simplefilter("default", append=True)  # a warning is shown anew in each run
    with contextlib.redirect_stdout(cell), contextlib.redirect_stderr(cell):
        try:
            _execute(code, name, cell, space)
        except BaseException as raised:  # whatever a cell raises is shown, not passed on
            error = _explain(raised, code, name, space)
    return cell.outputs, error


def needed(code: str, above: str) -> str:
    """Tell which of the cells above must run before a cell.

    Parameters
    ----------
    code
        The text of the cell.
    above
        JSON: a list of ``{"code": text, "always": bool}``, in the order of the page.

    Returns
    -------
    str
        JSON: the positions of the cells that are marked ``always`` or that make or change a name
        which the cell, or another needed cell, uses.
    """
    cells = json.loads(above)
    used, _ = _names(code)
    chosen = []
    for position in reversed(range(len(cells))):
        uses, makes = _names(cells[position]["code"])
        if cells[position]["always"] or makes & used:
            chosen.append(position)
            used |= uses
    return json.dumps(chosen[::-1])


def imports(code: str) -> str:
    """Return the imports that a cell leads to, as lines of Python, one a package.

    Counts what the toolkit's modules import in turn and what pandas needs to draw.
    """
    modules = _modules(code)
    if any(isinstance(n, ast.Attribute) and n.attr in PLOTTING for n in ast.walk(_parse(code))):
        modules.add("matplotlib")
    packages = {IMPORTED_BY.get(module, module).split(".")[0] for module in modules}
    return "\n".join(f"import {package}" for package in sorted(packages))


def prepare(code: str) -> None:
    """Import what a cell imports, and compute what a check needs, so that nobody waits for it."""
    for module in sorted(_modules(code)):
        with contextlib.suppress(Exception):  # the cell itself will say what is wrong
            importlib.import_module(module)
    with contextlib.suppress(Exception):  # most cells are no check
        task, _ = _call(code)
        _tasks(task[:2]).prepare(task)


def _modules(code: str) -> set[str]:
    """Return the modules that a cell may import: of ``from a import b``, both a and a.b."""
    modules = set()
    for node in ast.walk(_parse(code)):
        if isinstance(node, ast.Import):
            modules |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            modules |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return modules


class _Cell(io.TextIOBase):
    """Collects what a cell prints and shows, in order."""

    def __init__(self) -> None:
        self.outputs: list[dict[str, Any]] = []
        self._room = MOST_TEXT

    def write(self, text: str) -> int:
        if self._room > 0:
            kept = text[: self._room]
            self._room -= len(kept)
            if not self._room:
                kept += "\n" + say("… (the rest of the output is left out)")
            if self.outputs and self.outputs[-1]["kind"] == "text":
                self.outputs[-1]["text"] += kept
            else:
                self.outputs.append({"kind": "text", "text": kept})
        return len(text)

    def display(self, *values: object) -> None:
        """Show values one after the other, as Jupyter's ``display``."""
        for value in values:
            output = _rendered(value)
            if output["kind"] == "text":
                # a value starts on a line of its own
                started = self.outputs and self.outputs[-1].get("text", "\n")[-1:] != "\n"
                self.write(f"{chr(10) if started else ''}{output['text']}\n")
            else:
                self.outputs.append(output)

    def draw(self, figures: Iterable[Figure]) -> None:
        """Show the figures that a cell has left open."""
        self.outputs.extend(map(_drawn, figures))


class _Unseen(_Cell):
    """Of a cell that runs for a check: what it shows is not seen, and to draw it takes time."""

    def display(self, *values: object) -> None:
        """Show nothing."""

    def draw(self, figures: Iterable[Figure]) -> None:
        """Draw nothing."""


def _execute(code: str, name: str, cell: _Cell, space: Space) -> None:
    tree = ast.parse(code, name)
    last = None
    end = tree.body[-1] if tree.body else None
    if isinstance(end, ast.Expr) and not code.rstrip().endswith(";"):
        tree.body.pop()
        last = ast.Expression(end.value)
    try:
        exec(compile(tree, name, "exec"), space)
        if last is not None:
            value = eval(compile(last, name, "eval"), space)
            if value is not None:
                cell.display(value)
    finally:
        cell.draw(_open_figures())


def _open_figures() -> list[Figure]:
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is None:
        return []
    figures = [pyplot.figure(number) for number in pyplot.get_fignums()]
    pyplot.close("all")
    return figures


def _drawn(figure: Figure) -> dict[str, object]:
    from course.figures import svg

    return {"kind": "figure", "html": svg(figure, say("The figure that this cell draws"))}


def _rendered(value: object) -> dict[str, object]:
    """Return one value as an output, in the richest form it has."""
    checks = sys.modules.get("course.checks")
    if checks and isinstance(value, checks.Verdict):
        return _as_json(value) | {"kind": "verdict"}
    brief = sys.modules.get("course.brief")
    if brief and isinstance(value, brief.HandIn):
        return {"kind": "files", "html": value.says, "files": value.files}
    figures = sys.modules.get("matplotlib.figure")
    if figures and isinstance(value, figures.Figure):
        drawn = _drawn(value)
        sys.modules["matplotlib.pyplot"].close(value)  # else it would show a second time
        return drawn
    if not isinstance(value, type) and (method := getattr(value, "_repr_html_", None)):
        text = method()
        if text is not None and len(text) <= MOST_HTML:
            return {"kind": "html", "html": tables.table(text)}
    return {"kind": "text", "text": _plain(value)}


def _plain(value: object) -> str:
    numpy = sys.modules.get("numpy")
    if numpy and isinstance(value, numpy.generic):
        value = value.item()  # 0.55 rather than np.float64(0.55)
    if isinstance(value, (dict, list, tuple, set)):
        return pprint.pformat(value, sort_dicts=False, compact=True)
    return tables.series(repr(value))


def _explain(error: BaseException, code: str, name: str, space: Space) -> dict[str, object]:
    """Return an error as a beginner should meet it, with the full traceback beside."""
    kind, lines = type(error).__name__, []
    if isinstance(error, SyntaxError):
        what = error.msg
        lines = [error.lineno] if error.filename == name else []
    else:
        what = re.sub(r" \(/\S+\)$", "", _quietly(str, error))  # where a module lies
        frames = traceback.extract_tb(error.__traceback__)
        lines = [frame.lineno for frame in frames if frame.filename == name]
    line = lines[-1] if lines else None
    if kind == "InvalidIndexError":  # whose text is both masks, row by row
        what = ""
    short = f"{kind}: {what}" if what else kind
    if isinstance(error, KeyboardInterrupt):
        short = say("Stopped here.")
    elif found := _quietly(nearest, error, code, space):
        short = say("{short}. Did you mean {found!r}?", short=short.rstrip("."), found=found)
    return {
        "line": line,
        "kind": kind,
        "short": say("Line {line}: {short}", line=line, short=short) if line else short,
        "help": _quietly(advice, error, code, space, _names(code)[0]),
        "name": getattr(error, "name", None) if isinstance(error, NameError) else None,
        "trace": "".join(_trace(error, name)),
        "where": None,
    }


def _quietly(function: Callable[..., str], *arguments: object) -> str:
    """Return what a function says, or nothing: an odd error must not raise another one."""
    try:
        return function(*arguments)
    except Exception:
        return ""


def _trace(error: BaseException, name: str) -> list[str]:
    """Return the traceback from the cell's own frame on."""
    tail = error.__traceback__
    while tail and tail.tb_frame.f_code.co_filename != name:
        tail = tail.tb_next
    return traceback.format_exception(type(error), error, tail)


def _parse(code: str) -> ast.Module:
    try:
        return ast.parse(code)
    except SyntaxError:  # the run will say so
        return ast.Module(body=[], type_ignores=[])


def _names(code: str) -> tuple[set[str], set[str]]:
    """Return the names that a cell uses from elsewhere, and those that it makes or changes."""
    used, made = set(), set()
    sure: set[str] = set()
    for statement in _parse(code).body:
        names = _Names()
        names.visit(statement)
        used |= names.loads - sure
        made |= names.stores
        # what is made in a branch or a loop may not be made at all
        if isinstance(statement, _SURE):
            sure |= names.stores
    return used, made


_SURE = (ast.Assign, ast.AnnAssign, ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef)


class _Names(ast.NodeVisitor):
    """Names that a piece of code loads from its surroundings and stores in them."""

    def __init__(self) -> None:
        self.loads: set[str] = set()
        self.stores: set[str] = set()

    def visit_Name(self, node: ast.Name) -> None:
        (self.loads if isinstance(node.ctx, ast.Load) else self.stores).add(node.id)

    def visit_alias(self, node: ast.alias) -> None:
        self.stores.add((node.asname or node.name).split(".")[0])

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        self.generic_visit(node)
        self.loads |= self.stores  # x += 1 needs an x

    def visit_Attribute(self, node: ast.Attribute | ast.Subscript) -> None:
        self.generic_visit(node)
        if not isinstance(node.ctx, ast.Load):
            base: ast.expr = node
            while isinstance(base, (ast.Attribute, ast.Subscript)):
                base = base.value
            if isinstance(base, ast.Name):
                self.stores.add(base.id)  # table["share"] = ... changes table

    visit_Subscript = visit_Attribute

    def _visit_scope(self, node: ast.AST) -> None:
        """Keep what a function, class or comprehension stores inside it."""
        inner = _Names()
        inner.generic_visit(node)
        arguments = {part.arg for part in ast.walk(node) if isinstance(part, ast.arg)}
        self.loads |= inner.loads - inner.stores - arguments
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            self.stores.add(node.name)

    visit_FunctionDef = visit_ClassDef = visit_Lambda = _visit_scope
    visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = _visit_scope
