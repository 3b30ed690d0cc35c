"""What the tasks, the quiz, the explorer's reading and the slides of a lesson state.

`texts` collects them, `loose` finds the words of quantity in them for which the lesson's file in
``tests/lessons/numbers`` has no computed check. A word of quantity is a number of two or more, a
fraction, a multiple, a superlative, *always*, *never*, *none* or *each year*: the words in which
results were found wrong while every number in digits was right.
"""

import ast
import importlib
import importlib.util
import inspect
import re
from collections.abc import Iterator, Mapping
from contextlib import redirect_stdout
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import ModuleType

import nbformat

from tools.common.paths import ROOT
from tools.content.slides import words as slide_words

FILES = ROOT / "tests" / "lessons" / "numbers"
# Words of quantity, and words that only look like a superlative.
QUANTITY = re.compile(
    r"\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
    r"sixteen|seventeen|eighteen|nineteen|(twen|thir|for|fif|six|seven|eigh|nine)ty(-\w+)?|"
    r"hundreds?|thousands?|hal(f|ves)|thirds?|quarters?|fifths?|sixths?|sevenths?|eighths?|"
    r"ninths?|tenths?|twice|doubled?|doubles|triple[ds]?|most|least|always|never|none|"
    r"(each|every) (year|time|month|place|zone|case)|(?!(?:t|r|b|gu|l)est\b)\w{2,}[^aeiou\W]est)\b",
    re.IGNORECASE,
)
NO_SUPERLATIVE = {
    "interest", "forest", "harvest", "honest", "request", "arrest", "protest", "suggest", "forrest",
    "manifest", "contest", "invest", "modest", "midwest", "at least",
}  # fmt: skip
DIGITS = re.compile(r"(?<![\w.])[−-]?\d[\d,]*(?:\.\d+)?(?![\w])")


@dataclass(frozen=True)
class Text:
    """One text: where it stands, and its words without code, citations and emphasis."""

    where: str
    words: str


def plain(markdown: str) -> str:
    """Return Markdown in one line, without code, citations, tags, link targets and emphasis."""
    markdown = re.sub(r"^%.*$", "", markdown, flags=re.MULTILINE)  # a comment, on no page
    for pattern in (r"```.*?```", r"\{[\w:]+\}`[^`]*`", r"`[^`]*`", r"\$[^$]*\$", r"<[^>]*>"):
        markdown = re.sub(pattern, " ", markdown, flags=re.DOTALL)
    markdown = re.sub(r"\]\([^)]*\)", "]", markdown)
    return " ".join(re.sub(r"[*#\[\]]", "", markdown).split())


def texts(path: Path) -> Iterator[Text]:
    """Return what a lesson's quiz, reading and slides and its exercise state.

    Parameters
    ----------
    path
        The lesson's notebook; the exercise and the tasks have the same number.
    """
    for cell in nbformat.read(path, as_version=4).cells:
        for part in slide_words(cell.metadata.get("slide", {})):
            yield Text(f"slide of {cell.id}", plain(part))
        if cell.id in ("quiz", "read-explorer"):
            for part in re.split(r"\n\n|\n(?=<details|- )", cell.source):
                yield Text(cell.id, plain(part))
    for cell in nbformat.read(ROOT / "exercises" / path.name, as_version=4).cells:
        tags = cell.metadata.get("tags", [])
        if "task" in tags:
            yield Text(cell.id, plain(re.sub(r"^## \d\d\.\d .*$", "", cell.source, flags=re.M)))
        if "why" in tags:  # a result is no code, even where it is set like code
            yield Text(cell.id, plain(re.sub(r"`([−+-]?[\d.,]+)`", r"\1", cell.source)))
        if "answer" in tags:
            for answer in written(cell.source):
                yield Text(cell.id, plain(answer))
    for task in tasks(path).TASKS:
        for hint in task.hints:
            yield Text(f"hint of {task.id}", plain(hint))
        for mistake in task.misconceptions:
            yield Text(f"mistake “{mistake.name}” of {task.id}", plain(mistake.message))


def written(code: str) -> list[str]:
    """Return the written answers in a cell of code: its strings of twenty words or more."""
    strings = (node.value for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Constant))
    return [text for text in strings if isinstance(text, str) and len(text.split()) >= 20]


def tasks(path: Path) -> ModuleType:
    return importlib.import_module(f"course.tasks.lesson{path.stem[:2]}")


def sentences(text: str) -> list[str]:
    """Return the sentences that state: a question asks, so it needs no check."""
    parts = re.split(r"(?<=[.!?:;])\s+(?=[A-Z“\"‘])", text)
    return [part for part in parts if not part.rstrip('”" ').endswith("?")]


def loose(text: str, phrases: list[str], number: re.Pattern | None = None) -> list[str]:
    """Return the sentences of a text with a quantity that no phrase holds.

    Parameters
    ----------
    text
        Words as `plain` makes them.
    phrases
        What is checked or only explains, word for word; longer ones are taken first.
    number
        What counts as a number in digits; without it words alone are looked for.
    """
    found = []
    for phrase in sorted(phrases, key=len, reverse=True):
        text = text.replace(phrase, "X")  # a word, so that sentences still begin and end
    for sentence in sentences(text):
        hits = [m.group() for m in QUANTITY.finditer(sentence)]
        hits = [hit for hit in hits if hit.lower() not in NO_SUPERLATIVE]
        if number:
            hits += number.findall(sentence)
        if hits:
            found.append(f"{', '.join(hits)}: {sentence[:160]}")
    return found


class Names(Mapping):
    """The names that the visible code of a notebook makes, run when the first is asked for."""

    def __init__(self, path: Path):
        self.path = path

    @cached_property
    def made(self) -> dict:
        names: dict = {}
        with redirect_stdout(None):
            for cell in nbformat.read(self.path, as_version=4).cells:
                if cell.cell_type == "code" and "figures" not in cell.metadata.get("tags", []):
                    exec(compile(cell.source, cell.id, "exec"), names)
        return names

    def __getitem__(self, name):
        return self.made[name]

    def __iter__(self):
        return iter(self.made)

    def __len__(self):
        return len(self.made)


class Beside:
    """The file of a lesson in ``tests/lessons/numbers`` and the names that it computes from.

    The file has two functions, `numbers` and `statements`, each with four arguments: the names of
    the lesson, those of the exercise, and functions for the right and a wrong value of a task.
    `EXPLAINS` lists phrases with a word of quantity that state no result.

    Raises
    ------
    FileNotFoundError
        When the lesson has no such file.
    """

    def __init__(self, path: Path):
        self.path = path
        self.file = FILES / f"lesson{path.stem[:2]}.py"
        if not self.file.is_file():
            raise FileNotFoundError(f"tests/lessons/numbers/{self.file.name} is missing")
        spec = importlib.util.spec_from_file_location(f"numbers_of_{self.file.stem}", self.file)
        self.module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(self.module)
        self.tasks = tasks(path)
        self.given = (
            Names(path),
            Names(ROOT / "exercises" / path.name),
            lambda task: self.tasks.TASKS.by_id[task].reference(),
            self._wrong,
        )

    def _wrong(self, task: str, name: str) -> object:
        mistakes = self.tasks.TASKS.by_id[task].misconceptions
        return next(mistake for mistake in mistakes if mistake.name == name).value()

    def numbers(self) -> dict[str, str]:
        return self.module.numbers(*self.given)

    def statements(self) -> dict[str, bool]:
        return self.module.statements(*self.given)

    def phrases(self) -> list[str]:
        return [*self._checks("statements"), *self.module.EXPLAINS]

    def patch(self, monkeypatch, load) -> None:
        """Let the file and the tasks read tables through another `load`."""
        for module in (self.module, self.tasks):
            if hasattr(module, "load"):
                monkeypatch.setattr(module, "load", load)

    def source_of(self, function: str) -> str:
        return inspect.getsource(getattr(self.module, function))

    def alone(self, name: str) -> object:
        """Compute one number or statement, with only those lines of its function that it needs.

        Raises
        ------
        Exception
            Whatever its expression raises, for example when a table has lost a row.
        """
        function, value = self._where(name)
        wanted = self._closure(value)
        lines = [part for part in function.body if _made(part) & wanted]
        body = [*lines, ast.Return(value)]
        only = ast.FunctionDef("only", function.args, body, [], None, None, type_params=[])
        tree = ast.fix_missing_locations(ast.Module([only], []))
        names = vars(self.module).copy()
        exec(compile(tree, f"{self.file.name}: {name}", "exec"), names)
        return names["only"](*self.given)

    def bare(self) -> list[str]:
        """Return the statements whose check is a constant or a name, so that it cannot fail."""
        computes = (ast.Call, ast.BinOp, ast.Subscript)
        return [
            phrase
            for phrase, check in self._checks("statements").items()
            if not any(isinstance(part, computes) for part in ast.walk(check))
            and not self._closure(check) & {"lesson", "exercise", "right", "wrong", "load"}
        ]

    def from_tables(self, name: str) -> bool:
        """Return whether a number or a statement reads tables; others are about a model."""
        _, value = self._where(name)
        return bool(self._closure(value) & {"load", "right", "wrong"})

    @cached_property
    def _tree(self) -> dict[str, ast.FunctionDef]:
        tree = ast.parse(inspect.getsource(self.module))
        return {part.name: part for part in tree.body if isinstance(part, ast.FunctionDef)}

    def _checks(self, function: str) -> dict[str, ast.expr]:
        table = self._tree[function].body[-1].value
        return {key.value: value for key, value in zip(table.keys, table.values, strict=True)}

    def _where(self, name: str) -> tuple[ast.FunctionDef, ast.expr]:
        for function in ("numbers", "statements"):
            if name in (found := self._checks(function)):
                return self._tree[function], found[name]
        raise KeyError(name)

    def _closure(self, value: ast.expr) -> set[str]:
        """Return all names from which an expression is computed, through the lines above it."""
        function = next(f for f in self._tree.values() if value in ast.walk(f))
        found, todo = set(), _names(value)
        while todo:
            name = todo.pop()
            if name in found:
                continue
            found.add(name)
            for part in function.body[:-1]:
                if name in _made(part):
                    todo |= _names(part)
            if name in self._tree:
                todo |= _names(self._tree[name])
        return found


def _made(line: ast.stmt) -> set[str]:
    """Return the names that a line makes or fills."""
    made = set()
    for part in ast.walk(line):
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
            made.add(part.id)
        elif isinstance(part, ast.Subscript) and isinstance(part.ctx, ast.Store):
            made |= {name.id for name in ast.walk(part.value) if isinstance(name, ast.Name)}
    return made


def _names(node: ast.AST) -> set[str]:
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
