"""The beginner's ladder: which idioms the course teaches, where, and which a piece of code uses.

``book/ladder.toml`` is the only place that says it. How code is known to use an idiom (`finds`):

===========  ==========================================================
``groupby``  a method or attribute of that name
``load()``   a function that is called by its name
``[]``       one name in brackets: ``table["a"]``
``[[]]``     a list of names in brackets
``[]=``      a name in brackets that gets a value: a new column
``[mask]``   a comparison in brackets
``==``       a comparison of two values
``&``        two masks joined; also ``|`` and ``~``
``2 labels`` ``set_index`` or ``groupby`` with a list of names
``mask.f``   a method of a mask in brackets: ``(a > 1).mean()`` is ``mask.mean``
``by.f``     a method behind ``groupby``: ``t.groupby("a")["b"].max()`` is ``by.max``
===========  ==========================================================
"""

import ast
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tools.common.errors import UserError
from tools.common.paths import ROOT

LADDER = ROOT / "book" / "ladder.toml"
# Names of figures: what is called on them draws, and is no idiom of tables.
FIGURES = frozenset({"axes", "ax", "canvas", "fig"})
# Functions of the toolkit and of matplotlib that draw or build an explorer.
DRAWS = frozenset({"new", "figure", "draw", "label", "Explorer", "Control"})


@dataclass(frozen=True)
class Idiom:
    """One idiom; see the head of ``book/ladder.toml``."""

    name: str
    lesson: str
    finds: tuple[str, ...]
    does: str
    example: str
    error: str
    further: bool = False

    @property
    def anchor(self) -> str:
        """The name that a link to its entry ends with."""
        letters = {"[": "bracket", "&": "and", "|": "or", "~": "not"}
        plain = "".join(c if c.isalnum() else letters.get(c, "-") for c in self.name)
        return "idiom-" + "-".join(filter(None, plain.lower().split("-")))


def ladder(path: Path = LADDER) -> tuple[Idiom, ...]:
    """Return all idioms, in the order of the file.

    Raises
    ------
    UserError
        When an entry lacks something, or two have one name.
    """
    return _read(path, path.stat().st_mtime_ns)


@cache
def _read(path: Path, _: int) -> tuple[Idiom, ...]:
    found = []
    for entry in tomllib.loads(path.read_text("utf-8"))["idiom"]:
        try:
            finds = tuple(entry.pop("finds"))
            found.append(Idiom(finds=finds, **entry))
        except (KeyError, TypeError) as error:
            name = entry.get("name", "without a name")
            raise UserError(f"book/ladder.toml, entry {name}: {error}.") from error
    names = [one.name for one in found]
    for name in {name for name in names if names.count(name) > 1}:
        raise UserError(f"book/ladder.toml has two entries {name}.")
    return tuple(found)


def of_lesson(number: str) -> tuple[Idiom, ...]:
    """Return what is new in the core of a lesson."""
    return tuple(one for one in ladder() if one.lesson == number and not one.further)


def idioms(code: str) -> list[Idiom]:
    """Return the idioms that a piece of code uses, in the order of the ladder."""
    seen = marks(code)
    return [one for one in ladder() if seen & set(one.finds)]


def marks(code: str) -> set[str]:
    """Return how a piece of code shows which idioms it uses; none where it is no Python."""
    try:
        tree = ast.parse(code)
    except SyntaxError:
        return set()
    found: set[str] = set()
    for node in ast.walk(tree):
        found |= _chained(node)
        match node:
            case ast.Attribute(value=ast.Name(id=owner)) if owner in FIGURES:
                pass
            case ast.Attribute(attr=name):
                found.add(name)
            case ast.Call(func=ast.Name(id=name)):
                found.add(f"{name}()")
            case ast.Subscript(value=ast.Attribute(attr="loc" | "iloc")):
                pass
            case ast.Subscript(ctx=ast.Store(), slice=ast.Constant(value=str())):
                found.add("[]=")
            case ast.Subscript(slice=ast.Constant(value=str())):
                found.add("[]")
            case ast.Subscript(slice=ast.List()):
                found.add("[[]]")
            case ast.Subscript(slice=ast.Compare() | ast.BinOp() | ast.UnaryOp() | ast.Call()):
                found.add("[mask]")
            case ast.BinOp(op=ast.BitAnd()):
                found.add("&")
            case ast.BinOp(op=ast.BitOr()):
                found.add("|")
            case ast.UnaryOp(op=ast.Invert()):
                found.add("~")
    return found


def _chained(node: ast.AST) -> set[str]:
    """Return the marks of an idiom that is more than one name."""
    match node:
        case ast.Compare(ops=[ast.Eq()]):
            return {"=="}
        case ast.Call(func=ast.Attribute(attr="set_index" | "groupby"), args=[ast.List(), *_]):
            return {"2 labels"}
        case ast.Attribute(value=ast.Compare() | ast.BinOp(op=ast.BitAnd()), attr=name):
            return {f"mask.{name}"}
        case ast.Attribute(value=before, attr=name):
            calls = (n for n in ast.walk(before) if isinstance(n, ast.Attribute))
            return {f"by.{name}"} if any(n.attr == "groupby" for n in calls) else set()
    return set()


def only_draws(code: str, tags: Iterable[str] = ()) -> bool:
    """Whether a cell only draws or sets up an explorer, so that a page folds its code.

    A cell that can be run on the page never does, and the tags `drawing` and `open` decide.
    """
    tags = set(tags)
    if tags & {"open", "try", "setup", "answer", "check"}:
        return False
    if "drawing" in tags:
        return True
    try:
        tree = ast.parse(code)
    except SyntaxError:
        return False
    return any(
        (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in DRAWS)
        or (isinstance(node, ast.Name) and node.id in FIGURES)
        or (isinstance(node, ast.FunctionDef) and node.name == "in_words")
        for node in ast.walk(tree)
    )
