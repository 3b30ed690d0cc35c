"""The file of a lesson's numbers, beside its test, and how each of them is computed."""

import ast
import copy
import inspect
from collections.abc import Callable, Mapping
from functools import cached_property
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd

import course.data
from tools.authoring.numbers.names import Names, needed, uses
from tools.authoring.numbers.texts import tasks
from tools.common.errors import UserError
from tools.common.paths import ROOT

FILES = ROOT / "tests" / "lessons" / "numbers"
# What reads tables: a lesson's names do when the statements that they need do.
READS = {"load", "right", "wrong"}


class Beside:
    """The file of a lesson in ``tests/lessons/numbers`` and the names that it computes from.

    The file has two functions, `numbers` and `statements`, each with four arguments: the names of
    the lesson, those of the exercise, and functions for the right and a wrong value of a task.
    `EXPLAINS` lists phrases with a word of quantity that state no result.

    Parameters
    ----------
    path
        The notebook of the lesson.
    lesson
        The names that its cells have made, where they have been run; without it they are made as
        they are asked for.

    Raises
    ------
    UserError
        When the lesson has no such file.
    """

    def __init__(self, path: Path, lesson: Mapping[str, Any] | None = None):
        self.path = path
        self.file = FILES / f"lesson{path.stem[:2]}.py"
        if not self.file.is_file():
            raise UserError(f"{path.name}: tests/lessons/numbers/{self.file.name} is missing")
        loader = SourceFileLoader(f"numbers_of_{self.file.stem}", str(self.file))
        self.module = ModuleType(loader.name)
        self.module.__file__ = loader.path
        loader.exec_module(self.module)
        self.tasks = tasks(path)
        self.given = (
            Names(path) if lesson is None else lesson,
            Names(ROOT / "exercises" / path.name),
            lambda task: self.tasks.TASKS.by_id[task].reference(),
            self._wrong,
        )

    def _wrong(self, task: str, name: str) -> object:
        mistakes = self.tasks.TASKS.by_id[task].misconceptions
        return next(mistake for mistake in mistakes if mistake.name == name).value()

    def numbers(self) -> dict[str, str]:
        """Return each number of the file as it is printed, by its name."""
        printed: dict[str, str] = self.module.numbers(*self.given)
        return printed

    def statements(self) -> dict[str, bool]:
        """Return whether each statement of the file holds, by its words."""
        held: dict[str, bool] = self.module.statements(*self.given)
        return held

    def phrases(self) -> list[str]:
        """Return the words that the file checks or calls an explanation."""
        return [*self._checks("statements"), *self.module.EXPLAINS]

    def patch(self, monkeypatch: Any, load: Callable[[str], pd.DataFrame]) -> None:
        """Let the lesson, the file and the tasks read tables through another `load`."""
        for module in (course.data, self.module, self.tasks):
            if hasattr(module, "load"):
                monkeypatch.setattr(module, "load", load)
        self.given = Names(self.path), Names(ROOT / "exercises" / self.path.name), *self.given[2:]

    def source_of(self, function: str) -> str:
        """Return the code of a function of the file."""
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
        only = copy.copy(function)
        only.name, only.body = "only", body
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
            and not self._closure(check) & {"lesson", "exercise", *READS}
        ]

    def from_tables(self, name: str) -> bool:
        """Return whether a number or a statement reads tables; others are about a model."""
        function, value = self._where(name)
        wanted = self._closure(value)
        lines = [part for part in function.body[:-1] if _made(part) & wanted]
        return bool(wanted & READS) or any(
            "load" in uses(notebook.statements[number])
            for notebook, asked in self._asked(*lines, value)
            for number in needed(notebook.statements, asked)
        )

    def bound_twice(self) -> list[str]:
        """Return what the file takes of a notebook although more than one cell gives it a value."""
        return [
            f"{name}: {', '.join(notebook.bound[name])}"
            for notebook, asked in self._asked(*self._tree.values())
            for name in sorted(asked)
            if len(notebook.bound.get(name, ())) > 1
        ]

    @cached_property
    def notebooks(self) -> tuple[Names, Names]:
        """Return the names of the lesson and of its exercise."""
        return Names(self.path), Names(ROOT / "exercises" / self.path.name)

    def _asked(self, *parts: ast.AST) -> list[tuple[Names, set[str]]]:
        """Return the two notebooks, each with the names that pieces of code take of it."""
        found: dict[str, set[str]] = {"lesson": set(), "exercise": set()}
        for node in (node for part in parts for node in ast.walk(part)):
            match node:
                case ast.Subscript(ast.Name(place), ast.Constant(str(name))) if place in found:
                    found[place].add(name)
        return list(zip(self.notebooks, found.values(), strict=True))

    @cached_property
    def _tree(self) -> dict[str, ast.FunctionDef]:
        tree = ast.parse(inspect.getsource(self.module))
        return {part.name: part for part in tree.body if isinstance(part, ast.FunctionDef)}

    def _checks(self, function: str) -> dict[str, ast.expr]:
        match self._tree[function].body[-1]:
            case ast.Return(ast.Dict(keys, values)):
                pairs = zip(keys, values, strict=True)
                return {ast.literal_eval(key): value for key, value in pairs if key is not None}
        raise UserError(f"{self.file.name}: `{function}` must end with the dictionary it returns")

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
