"""The file of a lesson's numbers, beside its test, and how each of them is computed."""

import ast
import copy
import inspect
from collections.abc import Callable
from functools import cached_property
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any, NamedTuple

import pandas as pd

import course.data
from tools.authoring.numbers.names import Names, binds, changes, uses
from tools.authoring.numbers.texts import tasks
from tools.common.errors import UserError
from tools.common.paths import ROOT

FILES = ROOT / "tests" / "lessons" / "numbers"
# What reads tables: a lesson's names do when the statements that they need do.
READS = {"load", "right", "wrong"}


class Line(NamedTuple):
    """A line of a function, with the names that it makes or fills and those that it reads."""

    code: ast.stmt
    made: set[str]
    read: set[str]


class Beside:
    """The file of a lesson in ``tests/lessons/numbers`` and the names that it computes from.

    The file has two functions, `numbers` and `statements`, each with four arguments: the names of
    the lesson, those of the exercise, and functions for the right and a wrong value of a task.
    `EXPLAINS` lists phrases with a word of quantity that state no result.

    Parameters
    ----------
    path
        The notebook of the lesson.

    Raises
    ------
    UserError
        When the lesson has no such file.
    """

    def __init__(self, path: Path):
        self.path = path
        self.file = FILES / f"lesson{path.stem[:2]}.py"
        if not self.file.is_file():
            raise UserError(f"{path.name}: tests/lessons/numbers/{self.file.name} is missing")
        loader = SourceFileLoader(f"numbers_of_{self.file.stem}", str(self.file))
        self.module = ModuleType(loader.name)
        self.module.__file__ = loader.path
        loader.exec_module(self.module)
        self.tasks = tasks(path)
        self.notebooks = Names(path), Names(ROOT / "exercises" / path.name)
        self.given = (
            *self.notebooks,
            lambda task: self.tasks.TASKS.by_id[task].reference(),
            self._wrong,
        )
        self._code: dict[str, CodeType] = {}

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
        for notebook in self.notebooks:
            notebook.forget()

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
        if name not in self._code:
            self._code[name] = self._code_of(name)
        names = vars(self.module).copy()
        exec(self._code[name], names)
        return names["only"](*self.given)

    def _code_of(self, name: str) -> CodeType:
        """Return a function `only` with those lines that a number or a statement needs."""
        function, value = self._where(name)
        lines, _ = self._needs(function, value)
        only = copy.copy(self._tree[function])
        only.name, only.body = "only", [*lines, ast.Return(value)]
        tree = ast.fix_missing_locations(ast.Module([only], []))
        return compile(tree, f"{self.file.name}: {name}", "exec")

    def bare(self) -> list[str]:
        """Return the statements whose check is a constant or a name, so that it cannot fail."""
        computes = (ast.Call, ast.BinOp, ast.Subscript)
        return [
            phrase
            for phrase, check in self._checks("statements").items()
            if not any(isinstance(part, computes) for part in ast.walk(check))
            and not self._needs("statements", check)[1] & {"lesson", "exercise", *READS}
        ]

    def from_tables(self, name: str) -> bool:
        """Return whether a number or a statement reads tables; others are about a model."""
        function, value = self._where(name)
        lines, names = self._needs(function, value)
        return bool(names & READS) or any(
            "load" in notebook.links[number][1]
            for notebook, asked in self._asked(*lines, value)
            for number in notebook.needed(asked)
        )

    def bound_twice(self) -> list[str]:
        """Return what the file takes of a notebook although more than one cell gives it a value."""
        return [
            f"{name}: {', '.join(notebook.bound[name])}"
            for notebook, asked in self._asked(*self._tree.values())
            for name in sorted(asked)
            if len(notebook.bound.get(name, ())) > 1
        ]

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

    @cached_property
    def _lines(self) -> dict[str, list[Line]]:
        """The lines of each function above its last."""
        return {
            name: [Line(one, binds(one) | changes(one), uses(one)) for one in function.body[:-1]]
            for name, function in self._tree.items()
        }

    def _checks(self, function: str) -> dict[str, ast.expr]:
        match self._tree[function].body[-1]:
            case ast.Return(ast.Dict(keys, values)):
                pairs = zip(keys, values, strict=True)
                return {ast.literal_eval(key): value for key, value in pairs if key is not None}
        raise UserError(f"{self.file.name}: `{function}` must end with the dictionary it returns")

    def _where(self, name: str) -> tuple[str, ast.expr]:
        for function in ("numbers", "statements"):
            if name in (found := self._checks(function)):
                return function, found[name]
        raise KeyError(name)

    def _needs(self, function: str, value: ast.expr) -> tuple[list[ast.stmt], set[str]]:
        """Return the lines of a function from which an expression is computed, and all names."""
        found, todo = set(), uses(value)
        while todo:
            name = todo.pop()
            if name in found:
                continue
            found.add(name)
            for line in self._lines[function]:
                if name in line.made:
                    todo |= line.read
            if name in self._tree:
                todo |= uses(self._tree[name])
        return [line.code for line in self._lines[function] if line.made & found], found
