"""Run of a notebook's code only what some names need, without drawing.

A lesson's numbers are computed from the names that its cells make. To see what happens to them
when a table changes, the statements that lead to those names are run again, and no other.
"""

import ast
from collections.abc import Iterable, Iterator, Mapping
from contextlib import redirect_stdout
from functools import cached_property
from pathlib import Path
from typing import Any

import nbformat

# What names inside belong to itself only.
OWN_NAMES = ast.Lambda | ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


class Names(Mapping[str, Any]):
    """The names that a notebook's code makes; each is computed when it is first asked for.

    Parameters
    ----------
    path
        The notebook.

    Raises
    ------
    Exception
        Whatever the notebook's code raises, when a name is asked for.
    """

    def __init__(self, path: Path):
        self.path = path
        self.forget()

    def forget(self) -> None:
        """Let every name be computed anew; the notebook is not read again."""
        self.made: dict[str, Any] = {"__name__": self.path.stem}
        self._run: set[int] = set()

    def __getitem__(self, name: str) -> object:
        if name not in self.bound:
            raise KeyError(f"no cell of {self.path.name} makes the name {name!r}")
        self._run_some(self.needed({name}))
        return self.made[name]

    def run(self) -> None:
        """Run all of the code, as the lesson does; a figure that nobody looks at is not drawn."""
        self._run_some(range(len(self.statements)))

    def _run_some(self, numbers: Iterable[int]) -> None:
        new = [number for number in numbers if number not in self._run]
        tree = ast.Module([self.statements[number] for number in new], [])
        self._run.update(new)
        with redirect_stdout(None):
            exec(compile(tree, self.path.name, "exec"), self.made)

    def __iter__(self) -> Iterator[str]:
        return iter(self.bound)

    def __len__(self) -> int:
        return len(self.bound)

    @cached_property
    def cells(self) -> dict[str, list[ast.stmt]]:
        """The statements of each code cell, by the cell's id."""
        notebook = nbformat.read(self.path, as_version=4)
        code = (cell for cell in notebook.cells if cell.cell_type == "code")
        return {cell.id: ast.parse(cell.source).body for cell in code}

    @cached_property
    def statements(self) -> list[ast.stmt]:
        """Return the statements of all cells in their order."""
        return [statement for cell in self.cells.values() for statement in cell]

    @cached_property
    def bound(self) -> dict[str, list[str]]:
        """For each name, the cells that bind it; to fill a table's column binds nothing."""
        found: dict[str, list[str]] = {}
        for cell, statements in self.cells.items():
            for name in {name for statement in statements for name in binds(statement)}:
                found.setdefault(name, []).append(cell)
        return found

    @cached_property
    def links(self) -> list[tuple[set[str], set[str]]]:
        """For each statement, the names that it makes or changes, and those that it reads."""
        return [(binds(one) | changes(one), uses(one)) for one in self.statements]

    def needed(self, names: Iterable[str]) -> list[int]:
        """Return the places of the statements that names need, in order.

        Parameters
        ----------
        names
            What is wanted of the code after its last statement.
        """
        wanted, chosen = set(names), []
        for number, (made, read) in reversed(list(enumerate(self.links))):
            if made & wanted:
                chosen.append(number)
                wanted |= read
        # A function may use what stands below it: go on until nothing is added.
        again = set(names).union(*(self.links[number][1] for number in chosen))
        return self.needed(again) if again - set(names) else sorted(chosen)


def binds(statement: ast.AST) -> set[str]:
    """Return the names that a statement gives a value; those inside a function are its own."""
    if isinstance(statement, ast.FunctionDef | ast.ClassDef):
        return {statement.name}
    found: set[str] = set()
    todo: list[ast.AST] = [statement]
    while todo:
        node = todo.pop()
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        elif isinstance(node, ast.alias):
            found.add((node.asname or node.name).partition(".")[0])
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
            continue
        elif isinstance(node, OWN_NAMES):
            continue
        todo += ast.iter_child_nodes(node)
    return found


def changes(statement: ast.stmt) -> set[str]:
    """Return the names whose object a statement may change: by an item, or by a method's call."""
    found = set()
    for node in ast.walk(statement):
        if isinstance(node, ast.Subscript | ast.Attribute) and isinstance(node.ctx, ast.Store):
            found.add(base(node))
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            found.add(base(node.value.func) if isinstance(node.value.func, ast.Attribute) else None)
    return {name for name in found if name is not None}


def base(node: ast.AST) -> str | None:
    """Return the name at the start of ``name.attribute["item"]``."""
    while isinstance(node, ast.Subscript | ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else None


def uses(node: ast.AST) -> set[str]:
    """Return the names that a piece of code reads from outside of its own functions."""
    if isinstance(node, ast.Name):
        return {node.id}
    found: set[str] = set()
    return found.union(*map(uses, ast.iter_child_nodes(node))) - own(node)


def own(node: ast.AST) -> set[str]:
    """Return the names that belong to a function or a comprehension itself."""
    match node:
        case ast.FunctionDef() | ast.Lambda():
            body = node.body if isinstance(node.body, list) else []
            arguments = {one.arg for one in ast.walk(node.args) if isinstance(one, ast.arg)}
            return arguments.union(*map(binds, body))
        case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
            return set().union(*(binds(loop.target) for loop in node.generators))
    return set()
