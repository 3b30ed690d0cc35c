"""Advice on an error of Python: the nearest name that there is, and one sentence for beginners.

A library exists for this, friendly-traceback. It knows Python's own errors and none of pandas',
which are most of what a student of this course meets, and it would add five packages, 0.7 MB and
a tenth of a second to the start. The sentences that are needed stand here.

The module is imported before pandas is needed, so it imports nothing but the standard library.
"""

from __future__ import annotations

import ast
import builtins
import difflib
import errno
import keyword
import numbers
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import FrameType, FunctionType
from typing import Any

from course.wording import noted, say

MOST_NAMES = 2_000  # that are searched for the nearest
MOST_IN_CODE = 4  # words in a row without any other sign, as in: a if b else
_COMMA_IN_NUMBER = re.compile(r"(?<![\w.,(\[])\d{1,3}(,\d{3})+(?![\d.])|(?<=[/*+-])\s?\d+,\d+")
_ODD_QUOTES = "“”„«»‘’´"
# Signs as texts print them, this course's own among them, and the keys that Python reads.
_ODD_SIGNS = {"−": "-", "–": "-", "—": "-", "×": "*", "÷": "/", "≤": "<=", "≥": ">=", "≠": "!="}
_ODD_BLANKS = "\u00a0\u2009\u202f\u200b\u2007\ufeff"

BLANKS = noted("Fill in the blanks ____ first.")
_THOUSANDS = re.compile(r"(?<![\w.,])\d{1,3},\d{3}(?![\d.])")
_TEXTS = re.compile(r"(['\"]).*?\1|#.*")
COMMA = noted(
    "A comma separates values: a number is written without it, 60400, or with a point, 4.49."
)
_NUMBER = re.compile(r"\s*-?\d+(?:[.,]\d+)*\s*", re.ASCII)
QUOTED = noted(
    "Text stands where a number is needed: a number has no quotation marks, and a point, never a "
    "comma, before its decimals, 4.49."
)
EQUALS = noted("One = gives a name to a value; == asks whether two are equal.")
MASK = noted(
    "This is a mask, True or False for each row, and no table: put it into the table's brackets, "
    "table[mask]."
)
CLOSE = noted("A text begins with a quotation mark and needs the same mark at its end.")
LONG_TEXT = noted('Text of several lines stands between three marks, """.')
CHOOSE = noted("Square brackets choose, round ones call: table[…], table.loc[…].")
LIST_OF_LABELS = noted(
    'Several labels of rows are a list, with two pairs of brackets: .loc[["Peru", "Bolivia"]].'
)
GROUPS = noted("Groups need .sum(), .mean() or another at their end: one value for each group.")
TWO_LABELS = noted(
    "Each row has two labels here, such as a country and a year. Choose by the first, "
    '.loc["Peru"], then by the second, or keep rows with a mask.'
)
ONE_COLUMN = noted(
    'A whole table stands where one column belongs: choose it, table["column"], before you '
    "compare or count."
)
COLUMNS = noted(
    'Several columns are a list, with two pairs of brackets: table[["year", "area_ha"]].'
)
TWO_MASKS = noted(
    "One pair of brackets takes one mask. Join two with &, table[(one) & (other)], if both must "
    "hold, and with | if one is enough."
)
INVERTED = noted(
    "~ turns round True and False, so it stands before a mask, table[~mask]. What stands behind it "
    "here is no mask: words, numbers or a row."
)
BRACKETS = noted("Put each comparison in brackets when you join them: (a > 1) & (b < 2).")


def nearest(error: BaseException, code: str, space: Mapping[str, object]) -> str:
    """Return what somebody may have meant who wrote a name, column or label that is not there."""
    wanted, known = _missing(error, code, space)
    if not isinstance(wanted, str) or not wanted.strip("_"):
        return ""
    names = [name for name in list(known)[:MOST_NAMES] if isinstance(name, str)]
    alike = {name.casefold(): name for name in names if not name.startswith("__")}
    # a table has hundreds of methods, and a word of one's own is like one of them
    cutoff = 0.82 if isinstance(error, AttributeError) else 0.7
    found = difflib.get_close_matches(wanted.casefold(), alike, n=1, cutoff=cutoff)
    starts = [name for name in alike if name.startswith(f"{wanted.casefold()}_")]
    found = starts[:1] if len(starts) == 1 else found
    return alike[found[0]] if found and alike[found[0]] != wanted else ""


def _missing(
    error: BaseException, code: str, space: Mapping[str, object]
) -> tuple[object, Iterable[object]]:
    """Return the name that was not found, and the names that are there."""
    if isinstance(error, NameError):
        if _only_compared(error.name or "", code) or _column_called(error.name or "", space):
            return None, ()
        return error.name, [*(n for n in space if not n.startswith("_")), *dir(builtins)]
    if isinstance(error, AttributeError):
        known = dir(error.obj) if error.obj is not None and "accessor" not in str(error) else ()
        return error.name, [name for name in known if not name.startswith("_")]
    if isinstance(error, ImportError) and (name := re.search(r"import name '(\w+)'", str(error))):
        return name[1], dir(sys.modules.get(error.name or ""))
    if isinstance(error, KeyError) and error.args:
        return _key(error), _keys(error, code, space)
    return None, ()


def _key(error: KeyError) -> object:
    """Return the key of an error; pandas names several as "['a', 'b'] not in index"."""
    key = error.args[0] if error.args else ""
    several = re.match(r"(?:None of )?\[?(?:Index\()?\[(['\"])(.+?)\1", str(key))
    one = re.match(r"Column not found: (.+)", str(key))
    if one:
        return one[1]
    return several[2] if several else key


def _frames(error: BaseException) -> Iterator[FrameType]:
    tail = error.__traceback__
    while tail:
        yield tail.tb_frame
        tail = tail.tb_next


def _keys(error: KeyError, code: str, space: Mapping[str, object]) -> Iterable[object]:
    """Return the labels among which a key was looked for."""
    owner, axis = _searched(error)
    if axis is not None:
        return list(dict.fromkeys(axis))
    if owner is not None and getattr(owner, "ndim", 1) == 2:
        return [*owner.columns, *(name for name in owner.index.names if name)]
    for node in ast.walk(_tree(code)):  # a dictionary's key
        if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name):
            owner = space.get(node.value.id)
            if isinstance(owner, dict) and error.args[0] not in owner:
                return owner
    return ()


def _searched(error: KeyError) -> tuple[Any, Any]:
    """Return the first table or Series and the last index in which pandas looked for a key."""
    pandas = sys.modules.get("pandas")
    owner, axis = None, None
    if pandas is None:
        return owner, axis
    for frame in _frames(error):
        if frame.f_locals is frame.f_globals:  # the cell's own names, of which one may be `left`
            continue
        for name in ("self", "obj", "left"):
            one = frame.f_locals.get(name)
            if owner is None and isinstance(one, (pandas.DataFrame, pandas.Series)):
                owner = one
        if isinstance(frame.f_locals.get("self"), pandas.Index):
            axis = frame.f_locals["self"]
    return owner, axis


def _tree(code: str) -> ast.Module:
    try:
        return ast.parse(code)
    except (SyntaxError, ValueError):
        return ast.Module(body=[], type_ignores=[])


def has_blank(code: str) -> bool:
    """Whether code that runs, not a comment, holds a blank to fill: a name or text of `____`."""
    return any(
        isinstance(part, str) and "___" in part and not part.strip("_ ")
        for node in ast.walk(_tree(code))
        for part in (getattr(node, name, None) for name in ("id", "attr", "value"))
    )


# One sentence ----------------------------------------------------------------------------------


def advice(error: BaseException, code: str, space: Mapping[str, object], used: set[str]) -> str:
    """Return one sentence of help, or nothing.

    Parameters
    ----------
    error
        What a cell raised.
    code
        The text of the cell.
    space
        The names that there are.
    used
        The names that the cell takes from elsewhere.
    """
    if isinstance(error, KeyboardInterrupt):
        return ""
    if isinstance(error, SyntaxError):
        return _on_syntax(error, code)
    if has_blank(code):
        return say(BLANKS)
    open_names = sorted(name for name in used if space.get(name) is ...)
    if open_names:
        template = noted("{names}: still ..., so answer the task that makes it first.")
        return say(template, names=say(" and ").join(open_names))
    if isinstance(error, (LookupError, ZeroDivisionError)) and (said := unfitting(code, space)):
        return said.replace("`", "")
    for kind, sentence in _ON.items():
        if isinstance(error, kind) and (said := sentence(error, code, space)):
            return said
    return ""


def _on_syntax(error: SyntaxError, code: str) -> str:
    lines = code.splitlines()
    line = lines[error.lineno - 1] if error.lineno and error.lineno <= len(lines) else ""
    message = error.msg or ""
    if line.lstrip().startswith(("%", "!")):
        return say(
            "Lines that begin with % or ! are commands of a notebook and no Python: delete the "
            "line. What the course needs is here already."
        )
    if any(quote in line for quote in _ODD_QUOTES) and "character" in message:
        return say(
            "Use straight quotes, \" or ': these are curly ones, as a text program makes them."
        )
    if any(blank in line for blank in _ODD_BLANKS):
        return say("An invisible character was pasted with this line: type its blanks anew.")
    if isinstance(error, IndentationError):
        if "unexpected indent" in message:
            return say(
                "The line begins with a blank, typed by Tab or left over where # was deleted: "
                "delete it, so that the line begins at the very left. Reset brings back the "
                "cell as it was."
            )
        if "expected an indented block" in message:
            return say("The line after a colon begins with four blanks.")
        return say("Lines that belong together begin with the same number of blanks.")
    if "never closed" in message or "unexpected EOF" in message:
        return say("A bracket is opened and not closed: count ( and ), [ and ].")
    if "unmatched" in message or "does not match" in message:
        return say("A bracket is closed that was not opened, or not of this kind: count them.")
    if "unterminated" in message:
        return say(CLOSE) if "triple" in message else " ".join([say(CLOSE), say(LONG_TEXT)])
    if _is_prose(line):
        return say(
            "Text stands between quotation marks, at its beginning and at its end; text of "
            'several lines between three of them, """.'
        )
    signs = [sign for sign in _TEXTS.sub("", line) if sign in _ODD_SIGNS]
    if signs and "invalid character" in message:
        return say(
            "The sign {sign} was copied from a text: in code it is written {key}.",
            sign=signs[0],
            key=_ODD_SIGNS[signs[0]],
        )
    has_comma = re.search(r"\d,\d", _TEXTS.sub("", line))
    if has_comma and ("dictionary key" in message or "leading zeros" in message):
        return say(COMMA)
    if re.search(r"[=~!][<>]|=!", _TEXTS.sub("", line)):
        return say("The signs are written <=, >= and !=: the = comes last.")
    if re.search(r"\(\s*(['\"])[^'\"]*\1\s*:", line):
        return say('Labels with their values stand in curly brackets: pd.Series({"a": 1, "b": 2}).')
    if "forgot a comma" in message:
        return say(
            "A comma is missing between two values. Several lines of them each end with one."
        )
    if re.search(r"(?<!\w)\d+ \d", line):
        return say("A number is written as digits only, without blanks: 60400.")
    if re.search(r"\[\s*0\d+\s*\]", line):
        return say('A label such as 010 is text and stands in quotation marks: .loc["010"].')
    if "leading zeros" in message or "decimal literal" in message:
        return say("A name cannot begin with a digit, and a number has digits and one point only.")
    if "'='" in message or "'=='" in message or "assign" in message:
        return say(EQUALS)
    if "expected ':'" in message:
        return say("A line with if, for, while or def ends with a colon.")
    if re.search(r"[\w\])]\.\d+\(", line):
        return say("Behind the point stands the name of a method, as in .sum(), and no number.")
    if "…" in line:
        return say("The sign … stands for what you have to write: put a value in its place.")
    if line.rstrip().endswith("=") or "expression expected" in message:
        return say("A value is missing: behind = or : stands what the name or label gets.")
    above = code.splitlines()[: (error.lineno or 1) - 1]
    if (
        above
        and re.match(r"\s*[\"'].*[\"']\s*:", line)
        and not above[-1].rstrip().endswith(("{", ","))
    ):
        return say("A comma is missing at the end of the line above.")
    return ""


def _is_prose(line: str) -> bool:
    """Whether plain words follow each other where a value is expected."""
    found = re.search(r"=\s*([^\W\d_]+(?:,? [^\W\d_]+)+)", line)
    words = re.split(r"\W+", found[1]) if found else []
    # a sentence may hold "is", "not" or "in", which stand in a line of Python too
    if len(words) > MOST_IN_CODE:
        return True
    return bool(words) and not set(words) & set(keyword.kwlist)


def _only_compared(name: str, code: str) -> bool:
    """Whether a line only asks whether a name equals something, where it was to be given it."""
    return any(
        isinstance(line, ast.Expr)
        and isinstance(line.value, ast.Compare)
        and isinstance(line.value.ops[0], ast.Eq)
        and isinstance(line.value.left, ast.Name)
        and line.value.left.id == name
        for line in _tree(code).body
    )


def _column_called(name: str, space: Mapping[str, object]) -> str:
    """Return the column of one of the tables that is spelled so, if no other name nearly is."""
    pandas = sys.modules.get("pandas")
    if difflib.get_close_matches(name, space, n=1, cutoff=0.85):
        return ""
    for table in space.values():
        if pandas is not None and isinstance(table, pandas.DataFrame):
            for column in (*table.columns, *table.index.names):
                if isinstance(column, str) and column.casefold() == name.casefold():
                    return column
    return ""


def _in_pandas(name: str, code: str) -> str:
    """Return what is said of a function of pandas that is called without pandas, if it is one."""
    pandas = sys.modules.get("pandas")
    if pandas is None or f"{name}(" not in code or not callable(getattr(pandas, name, None)):
        return ""
    return say("{name} belongs to pandas itself: write pd.{name}(…).", name=name)


def _on_name(error: NameError, code: str, space: Mapping[str, object]) -> str:
    if _only_compared(error.name or "", code):
        return say(EQUALS)
    usual = {"pd": "import pandas as pd", "np": "import numpy as np"}
    usual["plt"] = "import matplotlib.pyplot as plt"
    if error.name in usual:
        return say("Write {line} in a line above.", line=usual[error.name])
    called = f"{error.name}(" in code  # else the word may be an answer, as in: kind = figure
    if error.name in ("load", "check") or (error.name in ("figure", "new") and called):
        return say("Run the first cell of the page: it imports this name.")
    if error.name in ("true", "false", "none"):
        return say("Python has a capital letter there: {name}.", name=error.name.capitalize())
    if column := _column_called(error.name or "", space):
        template = noted(
            'The column is named as text, in quotation marks: "{column}". Is it a name made in '
            "another cell? Then run that cell first."
        )
        return say(template, column=column)
    if said := _in_pandas(error.name or "", code):
        return said
    if nearest(error, code, space):
        return say("A name must be spelled the same way each time, capital letters too.")
    return say(
        "Nothing is called {name} yet. Is it text? Then it needs quotation marks. Is it made in "
        "another cell, or in the lesson? Then run that cell first, or copy its line here.",
        name=error.name,
    )


def _on_attribute(error: AttributeError, code: str, space: Mapping[str, object]) -> str:
    owner: Any = error.obj
    kind = type(owner).__name__
    if owner is None:
        return say("What stands before the point is None: the line that made it gave no value.")
    if error.name == "append":
        return say("Tables and Series have no append: use pd.concat([one, other]).")
    if "accessor" in str(error):
        return say("What follows .str or .dt works on a column of words or of dates only.")
    found = nearest(error, code, space)
    if kind == "DataFrame" and found in owner.columns:
        return say(
            'A column can always be written table["name"], with its name in quotation marks.'
        )
    if kind in ("DataFrame", "Series") and f".{error.name}(" in code.replace(" ", ""):
        if said := _in_pandas(error.name or "", code):
            return said
        if found:
            return ""  # it is named as the nearest
        template = noted(
            "There is no method called {name}: the methods stand in the lesson above and on the "
            "page pandas in this course."
        )
        return say(template, name=error.name)
    if kind == "Series" and str(owner.dtype) == "bool":
        return say(MASK)
    if kind == "Series" and not found:
        return say("This is one column, a Series: it has no columns of its own.")
    if kind == "ndarray":
        return say(
            "This is an array and no longer a Series, so it has no labels and no such method."
        )
    if kind == "tuple" and _has_thousands(code):
        return say(COMMA)
    if kind in ("str", "list", "tuple") or isinstance(owner, numbers.Number):
        template = noted(
            "What stands before the point is {kind}, no table: look at what the name holds."
        )
        return say(
            template, kind=say("a number") if isinstance(owner, numbers.Number) else _a(kind)
        )
    return ""


def _has_thousands(code: str) -> bool:
    """Whether a number is written with a comma, as 60,400, outside of texts."""
    return bool(_THOUSANDS.search(_TEXTS.sub("", code)))


def _a(kind: str) -> str:
    return say("text") if kind == "str" else say("a {type}", type=kind)


def _on_key(error: KeyError, code: str, space: Mapping[str, object]) -> str:
    key = _key(error)
    owner, axis = _searched(error)
    if "lexsort" in str(error):
        return say(TWO_LABELS)
    if key is ...:
        return say("A ... still stands between brackets: put what you choose in its place.")
    there = say("There is no column, row or key called {key!r}.", key=key)
    if (
        axis is None
        and getattr(owner, "ndim", 0) == 1
        and "groupby(" in code
        and any(owner.index.names)
    ):
        levels = ", ".join(repr(name) for name in owner.index.names)
        return say("{there} The rows are labelled by {levels}.", there=there, levels=levels)
    if str(getattr(owner, "dtype", "")) == "bool" and isinstance(key, str):
        return say(MASK)
    if _has_two_texts(code) and getattr(owner, "ndim", 0) == 2 and key in owner.index:
        return " ".join([there, say(LIST_OF_LABELS)])
    if getattr(owner, "ndim", 0) == 2 and axis is owner.columns and key in owner.index:
        return say("{there} It is the label of a row: table.loc[{key!r}].", there=there, key=key)
    if getattr(owner, "ndim", 0) == 2 and axis is owner.index and key in owner.columns:
        return say("{there} It is a column: table[{key!r}].", there=there, key=key)
    if isinstance(key, tuple) and getattr(owner, "ndim", 0) == 2 and owner.columns.nlevels == 1:
        return " ".join([there, say(COLUMNS)])
    if isinstance(key, str) and key in getattr(getattr(owner, "index", None), "names", ()):
        template = noted(
            "{there} It gives the labels of the rows now: write .index, or reset_index()."
        )
        return say(template, there=there)
    if axis is not None and isinstance(key, str) and axis.inferred_type in ("integer", "floating"):
        if key.isdecimal() and int(key) in axis:
            template = noted(
                "{there} The labels here are numbers: write {key}, without quotation marks."
            )
            return say(template, there=there, key=key)
        if _column_called(key, space):  # no value of a column, then
            return say(
                "{there} It is a column of a table, and this is no table that has it. The labels "
                "here are numbers, such as {example}.",
                there=there,
                example=axis[0] if len(axis) else 0,
            )
        return say(
            "{there} The labels here are numbers, such as {example}. Keep rows by a column's value "
            'with a mask, table[table["country"] == {key!r}], or make that column the labels with '
            "set_index.",
            there=there,
            example=axis[0] if len(axis) else 0,
            key=key,
        )
    if isinstance(key, bool) and axis is not None and axis.inferred_type == "boolean":
        return say("{there} Does a filter above leave the other rows out?", there=there)
    if isinstance(key, bool):
        return say(
            "A mask compares a column with a word: name the column in the table's own brackets, "
            'table[table["column"] != "word"].'
        )
    if key in ("True", "False") and axis is not None and axis.inferred_type == "boolean":
        return say(
            "{there} Write {key} without quotation marks: it is no text.", there=there, key=key
        )
    if axis is not None and isinstance(key, (int, float)) and axis.inferred_type == "string":
        template = noted(
            "{there} The labels here are text, such as {label!r}; a position is .iloc[{key}]."
        )
        return say(template, there=there, label=axis[0], key=key)
    if axis is not None and not len(axis):
        template = noted(
            "{there} Nothing is left here: a filter above fits 0 rows. Look at its spelling."
        )
        return say(template, there=there)
    known = list(_keys(error, code, space))
    if not known:
        return there
    some = ", ".join(repr(label) for label in known[:6]) + ", …" * (len(known) > 6)
    return say("{there} There are: {some}.", there=there, some=some)


def _has_two_texts(code: str) -> bool:
    """Whether two texts stand beside each other in one pair of brackets of .loc."""
    return bool(re.search(r"\.loc\[\s*(['\"])[^'\"]*\1\s*,\s*['\"]", code))


def _on_type(error: TypeError, code: str, space: Mapping[str, object]) -> str:
    message = str(error)
    if "Level type mismatch" in message:
        return say(TWO_LABELS)
    if "'tuple'" in message and (_COMMA_IN_NUMBER.search(code) or _decimal_comma(code)):
        return say(COMMA)
    if "GroupBy" in message:
        return say(GROUPS)
    if "ellipsis" in message:
        return say("A ... is still in the way: put a value in its place, or delete it.")
    if _unbracketed(code):
        return say(BRACKETS)
    if said := _early(code):
        return said
    if "'invert'" in message or "unary ~" in message:
        return say(INVERTED)
    put = re.search(r"Invalid value '(.*)' for dtype", message)
    if put and not _NUMBER.fullmatch(put[1]) and re.search(r"\.loc\[[^],]+\]\s*=", code):
        return say(
            "The value goes into every column of these rows. Name the column too: "
            'table.loc[mask, "column"] = …'
        )
    if put:
        return say(
            "Text was put where numbers stand: a number has no quotation marks; words need a "
            "column of their own."
        )
    if "with DataFrame" in message or "with a DataFrame" in message:
        return say(ONE_COLUMN)
    if "not callable" in message:
        if "Index'" in message:
            return say("The labels are no method: write .index or .columns without ().")
        if "'DataFrame'" in message or "'Series'" in message or "Indexer" in message:
            return say(CHOOSE)
        return say("Round brackets call a function. Is a * missing, or did a name hide a function?")
    if "not subscriptable" in message:
        return say(
            "Square brackets choose from a table or list; a function is called with round ones."
        )
    if re.search(r"takes .*arguments? but|unexpected keyword", message):
        return say(
            "The function does not take what it was given here. Look at its line with def on this "
            "page, or at its line in the lesson: how many values, and which?"
        )
    if "'function'" in message and (call := _not_called(code, space)):
        return say("A function stands where a number is needed: call it, {call}.", call=call)
    if "method" in message or "function" in message:
        return say("Add the parentheses: a function is called with (), as in .sum().")
    if "no len()" in message:
        return say(
            "len(…) counts the values of a column or the rows of a table: this is one value."
        )
    if _number_in_quotes(code):
        return say(QUOTED)
    text = re.search(r"\bstr\b|\bstring\b|object dtype|dtype 'str'|ufunc|sequence", message)
    if text and re.search(r"reduction|mean|dtype|perform|convert|Could not", message):
        return say(
            "This column holds words: choose a column of numbers first, or count them with "
            "value_counts()."
        )
    if text:
        return say(
            "Text stands where a number is needed. Choose the column with the numbers first, "
            'table["column"]; a number has no quotation marks; the year of a date is '
            "pd.to_datetime(…).dt.year."
        )
    if "missing" in message and "argument" in message:
        name = re.match(r"(\w+)\(\)", message)
        if name and (call := _call(name[1], space)):
            return say("The function needs more than it was given: {call}.", call=call)
        return say("The function needs more than it was given: see its name in the lesson.")
    return ""


def _call(name: str, space: Mapping[str, object]) -> str:
    """Return how a function of the page is called, ``chapman(n1, n2, both)``."""
    made = space.get(name)
    if not isinstance(made, FunctionType):
        return ""
    return f"{name}({', '.join(made.__code__.co_varnames[: made.__code__.co_argcount])})"


def _not_called(code: str, space: Mapping[str, object]) -> str:
    """Return how the function is called that a line of arithmetic takes for a number."""
    for node in ast.walk(_tree(code)):
        if isinstance(node, ast.BinOp):
            for part in (node.left, node.right):
                if isinstance(part, ast.Name) and (call := _call(part.id, space)):
                    return call
    return ""


def _decimal_comma(code: str) -> bool:
    """Whether two whole numbers with a comma are given a name, or stand in a line of arithmetic."""
    places: list[ast.AST] = []
    for node in ast.walk(_tree(code)):
        if isinstance(node, ast.Assign):
            places.append(node.value)
        elif isinstance(node, ast.BinOp):
            places += [node.left, node.right]
    return any(
        isinstance(place, ast.Tuple)
        and len(place.elts) == 2
        and all(isinstance(p, ast.Constant) and type(p.value) is int for p in place.elts)
        for place in places
    )


def _number_in_quotes(code: str) -> bool:
    """Whether a line of arithmetic has a number between quotation marks."""
    return any(
        isinstance(part, ast.Constant)
        and isinstance(part.value, str)
        and _NUMBER.fullmatch(part.value)
        for node in ast.walk(_tree(code))
        if isinstance(node, ast.BinOp)
        for part in (node.left, node.right)
    )


def _on_value(error: ValueError, code: str, space: Mapping[str, object]) -> str:
    message = str(error)
    if "truth value" in message:
        if re.search(r"\b(and|or|not)\b", re.sub(r"(['\"]).*?\1|#.*", "", code)):
            return " ".join(
                [say("Join masks with & and |, and turn one round with ~."), say(BRACKETS)]
            )
        if _unbracketed(code):
            return say(BRACKETS)
        return say(
            "A mask is many answers, one a row, and if wants one: keep rows with table[mask]."
        )
    if "identically-labeled" in message:
        return say(
            "The two have other labels: choose the same rows of both first, other.loc[one.index]."
        )
    if "not aligned" in message:
        return say(ONE_COLUMN)
    if "with a sequence" in message and "inhomogeneous" not in message:
        if _COMMA_IN_NUMBER.search(code) or _has_thousands(code) or _decimal_comma(code):
            return say(COMMA)
        return say("One place takes one value, and several were given: look at the right of =.")
    if "inhomogeneous" in message:
        return say("One value is itself several. {groups}", groups=say(GROUPS))
    if "edges must" in message:
        return say("The borders of cut rise from one to the next, and none stands there twice.")
    if re.search(r"length|same size|broadcast|shape", message, re.IGNORECASE):
        if _COMMA_IN_NUMBER.search(code) or _has_thousands(code) or _decimal_comma(code):
            return " ".join([say("The lengths do not match."), say(COMMA)])
        return say(
            "The lengths do not match: as many values are needed as there are rows. A Series with "
            "the table's own labels always fits."
        )
    if "could not convert string to float" in message or "invalid literal" in message:
        return say(
            "This text is no number: digits and one point only, without comma, blank or unit."
        )
    if "duplicate" in message:
        return say("A label stands there twice: keep one row for each label before this step.")
    if re.search(r"\.i?loc\(", code):
        return say(CHOOSE)
    return ""


def _on_import(error: ImportError, code: str, space: Mapping[str, object]) -> str:
    if isinstance(error, ModuleNotFoundError) and not str(error.name).startswith("course"):
        return say(
            "This package is not here. The course needs pandas, numpy and matplotlib only, and "
            "they are here."
        )
    return say(
        "The module has nothing of this name: see the spelling in the first cell of the page."
    )


def _on_os(error: Exception, code: str, space: Mapping[str, object]) -> str:
    if "input(" in code:
        return _on_eof(error, code, space)
    if getattr(error, "errno", None) == errno.EIO:  # a file of Python that was to be fetched now
        return say(
            "A part of Python could not be fetched: is there a network? Run the cell again then."
        )
    if re.search(r"https?://|open_url|urlopen|requests", code):
        return say(
            "A cell cannot fetch from the internet here. The course's tables come with it: "
            'load("name"), and tables() lists them.'
        )
    return say('Files of your computer cannot be read here. The course\'s tables: load("name").')


def _on_eof(error: BaseException, code: str, space: Mapping[str, object]) -> str:
    return say("input() cannot ask anybody here: write the value into the cell, as name = value.")


def _on_zero(error: ZeroDivisionError, code: str, space: Mapping[str, object]) -> str:
    return say(
        "The number below the line is 0. Print it: perhaps a filter above fits no row, or a sum "
        "is of nothing."
    )


def _on_other(error: Exception, code: str, space: Mapping[str, object]) -> str:
    message = str(error)
    if "Network" in message or "TLS" in message:  # as a browser, and Python in it, call it
        return _on_os(error, code, space)
    if type(error).__name__ == "InvalidIndexError":
        return say(TWO_MASKS)
    if "Unalignable" in message:
        return say("The mask was made from another table: make it from the one that you filter.")
    if "too many index" in message.lower():
        one = say("A Series has one kind of label: table.loc[row, column] needs a table.")
        return " ".join([one, say(LIST_OF_LABELS)]) if _has_two_texts(code) else one
    if re.search("out.of.(bounds|range)", message):
        if (label := _meant_label(error)) is not None:
            return say(
                ".iloc counts the rows from 0, whatever their labels are. The row with the label "
                "{label} is .loc[{label}].",
                label=label,
            )
        return say(
            "There are fewer rows than that. Is anything left after the filter? Count with len(…)."
        )
    return ""


def _meant_label(error: Exception) -> int | None:
    """Return the number that .iloc was given and that is a label, if it is one."""
    for frame in _frames(error):
        key = frame.f_locals.get("key")
        owner = getattr(frame.f_locals.get("self"), "obj", None)
        if type(key) is int and key in getattr(owner, "index", ()):
            return key
    return None


_ON: dict[type[Exception], Callable[[Any, str, Mapping[str, object]], str]] = {
    NameError: _on_name,
    AttributeError: _on_attribute,
    KeyError: _on_key,
    ZeroDivisionError: _on_zero,
    TypeError: _on_type,
    IndexError: _on_other,
    ValueError: _on_value,
    ImportError: _on_import,
    EOFError: _on_eof,
    OSError: _on_os,
    Exception: _on_other,
}


def _early(code: str) -> str:
    """Return a sentence on what is done to a part of a comparison and was meant for the whole."""
    for node in ast.walk(_tree(code)):
        if not isinstance(node, ast.Compare):
            continue
        if isinstance(node.left, ast.UnaryOp) and isinstance(node.left.op, ast.Invert):
            return say(
                "~ turns round what stands beside it, here a column of words. Put the comparison "
                'in brackets, ~(table["column"] == "word"), or write != for ==.'
            )
        last = node.comparators[-1]
        if (
            isinstance(last, ast.Call)
            and isinstance(last.func, ast.Attribute)
            and last.func.attr in ("mean", "sum")
        ):
            return say(
                "{method} belongs to the right side alone here. Put the comparison in brackets: "
                "(one == other){method}.",
                method=f".{last.func.attr}()",
            )
    return ""


def _unbracketed(code: str) -> bool:
    """Whether & or | joins something between two comparisons, where it comes first."""
    return any(
        isinstance(node, ast.Compare)
        and any(
            isinstance(part, ast.BinOp) and isinstance(part.op, (ast.BitAnd, ast.BitOr))
            for part in (node.left, *node.comparators)
        )
        for node in ast.walk(_tree(code))
    )


# A filter that fits nothing --------------------------------------------------------------------


def unfitting(code: str, space: Mapping[str, object]) -> str:
    """Return a sentence on a word that a filter asks for and its column does not have.

    Looks at ``column == "word"``, ``column != "word"`` and ``column.isin(["word"])``, and
    evaluates nothing but names and columns. In a list, and behind ``!=``, a word without rows may
    be meant, so there only one that is nearly a word of the column is named.
    """
    for node in ast.walk(_tree(code)):
        for column, words in _asked(node, space):
            values = _column(column, space)
            if values is None:
                continue
            there = {value for value in values.unique() if isinstance(value, str)}
            quoted = [word for word in words if _NUMBER.fullmatch(word)]
            if quoted and sys.modules["pandas"].api.types.is_numeric_dtype(values):
                return say(
                    "`{column}` holds numbers, and between quotation marks `{word}` is text: write "
                    "it without them.",
                    column=ast.unparse(column),
                    word=quoted[0][:40],
                )
            if str(values.dtype) == "bool" and set(words) & {"True", "False"}:
                return say(
                    "`{column}` holds True and False, and in quotation marks they are words. As it "
                    "stands it is a mask: `table[table[…]]` keeps the rows with True.",
                    column=ast.unparse(column),
                )
            is_unequal = isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.NotEq)
            fits_none = not is_unequal and there.isdisjoint(words)
            for word in words:
                if there and word not in there and (fits_none or _alike(word, there)):
                    return _no_rows(word, column, there, fits_none)
    return ""


def _asked(node: ast.AST, space: Mapping[str, object]) -> Iterator[tuple[ast.expr, list[str]]]:
    if (
        isinstance(node, ast.Compare)
        and len(node.ops) == 1
        and isinstance(node.ops[0], (ast.Eq, ast.NotEq))
    ):
        yield node.left, _texts([node.comparators[0]])
    if (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "isin"
        and len(node.args) == 1
    ):
        words = node.args[0]
        listed = space.get(words.id) if isinstance(words, ast.Name) else None
        if isinstance(listed, (list, tuple)):
            yield node.func.value, [word for word in listed if isinstance(word, str)]
        elif isinstance(words, (ast.List, ast.Tuple, ast.Set)):
            yield node.func.value, _texts(words.elts)


def _texts(nodes: list[ast.expr]) -> list[str]:
    return [n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)]


def _column(node: ast.expr, space: Mapping[str, object]) -> Any:
    """Return the column that ``name["column"]`` or ``name`` is, or None."""
    pandas = sys.modules.get("pandas")
    if pandas is None:
        return None
    if isinstance(node, ast.Name):
        found = space.get(node.id)
    elif (
        isinstance(node, ast.Subscript)
        and isinstance(node.value, ast.Name)
        and isinstance(node.slice, ast.Constant)
        and isinstance(space.get(node.value.id), pandas.DataFrame)
    ):
        table: Any = space[node.value.id]
        found = table[node.slice.value] if node.slice.value in table.columns else None
    else:
        return None
    return found if isinstance(found, pandas.Series) else None


def _alike(word: str, there: set[str], cutoff: float = 0.8) -> str:
    """Return the word of a column that is nearly a word, or nothing."""
    alike = {w.casefold(): w for w in there}
    near = difflib.get_close_matches(word.casefold(), alike, 1, cutoff)
    return alike[near[0]] if near else ""


def _no_rows(word: str, column: ast.expr, there: set[str], fits_none: bool) -> str:
    near = _alike(word, there, 0.6)
    some = ", ".join(f"`{word[:40]}`" for word in sorted(there)[:5])
    known = say("The column has {some}.", some=some)
    if near:
        known = say("There it is `{word}`.", word=near[:40])
    template = noted("No row of `{column}` is `{word}`. {known}")
    if fits_none:
        template = noted("Your filter fits 0 rows: no row of `{column}` is `{word}`. {known}")
    return say(template, column=ast.unparse(column), word=word[:40], known=known)


# Division first --------------------------------------------------------------------------------


def dividing(code: str) -> str:
    """Return a sentence on a sum beside a division, which Python does first."""
    for node in ast.walk(_tree(code)):
        if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Sub)):
            beside = [
                one
                for one in (node.left, node.right)
                if isinstance(one, ast.BinOp) and isinstance(one.op, ast.Div)
                if not (_has_sum(one.left) and _has_sum(one.right))  # brackets are there
            ]
            if beside and not _is_change(node):
                text = ast.unparse(beside[0])
                return say(
                    "Python divides first: `{part}` is one step of your line. Is more above or "
                    "below the line? Then it needs brackets.",
                    part=text if len(text) < 70 else text[:69] + "…",
                )
        if (
            isinstance(node, ast.BinOp)
            and isinstance(node.op, ast.Mult)
            and isinstance(node.left, ast.BinOp)
            and isinstance(node.left.op, ast.Div)
            and not isinstance(node.left.right, ast.Constant)
            and not isinstance(node.right, ast.Constant)
        ):
            return say(
                "Python goes from left to right: of this line only `{below}` stands below, and "
                "`{part}` multiplies again. Does it belong below too? Then it needs brackets.",
                below=ast.unparse(node.left.right)[:40],
                part=ast.unparse(node.right)[:40],
            )
    return ""


def _has_sum(node: ast.expr) -> bool:
    """Whether one side of a division holds a sum, which only brackets can put there."""
    if isinstance(node, ast.BinOp):
        is_sum = isinstance(node.op, (ast.Add, ast.Sub))
        return is_sum or _has_sum(node.left) or _has_sum(node.right)
    return False


def _is_change(node: ast.BinOp) -> bool:
    """Whether a sum is a ratio less one, as in after / before - 1: its order is the one meant."""
    return (
        isinstance(node.op, ast.Sub)
        and isinstance(node.right, ast.Constant)
        and node.right.value == 1
        and isinstance(node.left, ast.BinOp)
        and not isinstance(node.left.left, ast.BinOp)
    )


# How many rows a filter keeps ------------------------------------------------------------------

MOST_FILTERS = 2  # that a message speaks of
_CALLED = {"isin", "isna", "notna", "between"}
_IN_MASK = (
    *(ast.Name, ast.Load, ast.Constant, ast.Subscript, ast.Attribute, ast.List, ast.Tuple),
    *(ast.Compare, ast.cmpop, ast.BinOp, ast.operator, ast.UnaryOp, ast.unaryop, ast.Call),
)


def keeping(code: str, space: Mapping[str, object]) -> str:
    """Return a sentence on how many rows each filter of a cell keeps.

    A filter is a mask between the brackets of a table. It is evaluated once more only where it is
    made of comparisons, and of names that mean at the cell's end what they meant there.
    """
    said: list[str] = []
    for node in ast.walk(_tree(code)):
        if not isinstance(node, ast.Subscript):
            continue
        mask = _mask(node)
        if mask and _stays(mask, node.lineno, code) and (count := _kept(mask, space)):
            text = ast.unparse(mask)
            short = text if len(text) < 70 else text[:69] + "…"
            said.append(
                say("`{mask}` keeps {n} of {total} rows.", mask=short, n=count[0], total=count[1])
            )
    return " ".join(list(dict.fromkeys(said))[:MOST_FILTERS])


def _mask(node: ast.Subscript) -> ast.expr | None:
    """Return what may be a mask between the brackets of a table or of its ``loc``."""
    if not isinstance(node.ctx, ast.Load):
        return None
    by_loc = isinstance(node.value, ast.Attribute) and node.value.attr == "loc"
    chosen = node.slice
    if by_loc and isinstance(chosen, ast.Tuple) and chosen.elts:
        chosen = chosen.elts[0]
    if isinstance(chosen, (ast.Name, ast.Compare, ast.BinOp, ast.UnaryOp, ast.Call)):
        return chosen
    return None


def _stays(mask: ast.expr, line: int, code: str) -> bool:
    """Whether a mask can be evaluated again: it only compares, and no name of it is made later."""
    parts = list(ast.walk(mask))
    if not all(isinstance(part, _IN_MASK) for part in parts):
        return False
    calls = [part.func for part in parts if isinstance(part, ast.Call)]
    if not all(isinstance(call, ast.Attribute) and call.attr in _CALLED for call in calls):
        return False
    names = {part.id for part in parts if isinstance(part, ast.Name)}
    return not any(
        isinstance(part, ast.Name)
        and not isinstance(part.ctx, ast.Load)
        and part.id in names
        and part.lineno >= line
        for part in ast.walk(_tree(code))
    )


def _kept(mask: ast.expr, space: Mapping[str, object]) -> tuple[int, int] | None:
    """Return how many rows a mask keeps, and of how many; None where it is no mask."""
    pandas = sys.modules.get("pandas")
    try:
        found = eval(compile(ast.Expression(mask), "filter", "eval"), {"__builtins__": {}}, space)
    except Exception:  # of a function's own name, or not what it seems
        return None
    if pandas is None or not isinstance(found, pandas.Series) or str(found.dtype) != "bool":
        return None
    return int(found.sum()), len(found)
