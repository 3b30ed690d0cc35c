"""The tables of the course: load one, look up its columns, read its sources.

Every table is a CSV file described in ``datapackage.json``. The types come from that description
and not from a guess, so that a table is the same in CPython and in the browser, where numpy's
default integer has 32 bits.
"""

from __future__ import annotations

import csv
import difflib
import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from course.errors import DataError
from course.wording import in_words, noted, say

HERE = Path(__file__).resolve().parent

# What a field type of the data package becomes in a DataFrame, and how an error names it.
EXPECTED = {
    "integer": noted("a whole number"),
    "year": noted("a year"),
    "number": noted("a number"),
    "boolean": noted("true or false"),
    "date": noted("a date like 1984-05-17"),
    "string": noted("text"),
}


def style() -> None:
    """Let pandas show a text whole: cut after 50 letters, a note says less than it holds."""
    pd.set_option("display.max_colwidth", None)


style()


def folder() -> Path:
    """Return where the tables are: inside the installed toolkit, else in the checkout."""
    inside = HERE / "_data"
    return inside if inside.is_dir() else HERE.parent / "data"


@cache
def _tables(directory: Path) -> dict[str, dict[str, Any]]:
    path = directory / "datapackage.json"
    try:
        package = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise DataError(say("{path} is missing: the tables were not found.", path=path)) from None
    except json.JSONDecodeError as error:
        template = noted("{file}, row {row}: not valid JSON ({why}).")
        said = say(template, file=path.name, row=error.lineno, why=error.msg)
        raise DataError(said) from None
    if not isinstance(package, dict) or not isinstance(package.get("resources"), list):
        template = noted("{file}: the list 'resources' with the tables is missing.")
        raise DataError(say(template, file=path.name))
    return {entry["name"]: entry for entry in package["resources"] if "schema" in entry}


def tables() -> list[str]:
    """Return the names of all tables, in alphabetical order."""
    return sorted(_tables(folder()))


def _entry(name: str) -> dict[str, Any]:
    known = _tables(folder())
    if name in known:
        return known[name]
    near = difflib.get_close_matches(str(name), known, n=1, cutoff=0.5)
    parts = [
        say("There is no table {name!r}.", name=name),
        say("Did you mean {found!r}?", found=near[0]) if near else "",
        say("The tables are: {names}.", names=", ".join(tables())),
    ]
    raise DataError(" ".join(filter(None, parts)))


def load(name: str) -> pd.DataFrame:
    """Load a table; `tables` lists them all.

    Returns
    -------
    pandas.DataFrame
        One column a field, in the order of the file. Whole numbers are ``int64`` (``Int64`` where
        a value may be missing), numbers ``float64``, dates ``datetime64[s]``, the rest text.

    Raises
    ------
    DataError
        If the table is unknown, missing or damaged; the message names file, row and column.
    """
    entry = _entry(name)
    path = folder() / entry["path"]
    try:
        state = path.stat().st_mtime_ns, path.stat().st_size
    except FileNotFoundError:
        raise DataError(
            say("{file} is missing from {folder}/.", file=path.name, folder=path.parent.name)
        ) from None
    # A new table at each call; pandas copies a column only when one of the two is changed.
    table = _table(path, name, state).copy(deep=False)
    told = [field["name"] for field in entry["schema"]["fields"] if field.get("translated")]
    return in_words(name, told, table) if told else table


@cache
def _table(path: Path, name: str, state: tuple[int, int]) -> pd.DataFrame:
    """Read a table once, as long as its file stays as it is."""
    fields = _entry(name)["schema"]["fields"]
    rows = _read(path, [field["name"] for field in fields])
    columns = zip(*rows, strict=True) if rows else ((),) * len(fields)
    return pd.DataFrame(
        {
            field["name"]: _convert(path.name, field, list(texts))
            for field, texts in zip(fields, columns, strict=True)
        }
    )


def _read(path: Path, names: list[str]) -> list[list[str]]:
    """Read a CSV file, with or without a spreadsheet's mark, and check header and rows."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            rows = list(csv.reader(handle, strict=True))
    except UnicodeDecodeError as error:
        raise DataError(
            say("{file}: not UTF-8 text at byte {place}.", file=path.name, place=error.start)
        ) from None
    except csv.Error as error:
        raise DataError(
            say("{file}: not a valid CSV file ({why}).", file=path.name, why=error)
        ) from None
    if not rows:
        template = noted("{file} is empty; its first row is {names}.")
        raise DataError(say(template, file=path.name, names=",".join(names)))
    header = rows[0]
    for at, (found, expected) in enumerate(zip(header, names, strict=False), start=1):
        if found != expected:
            header_expected = say("the header {name!r}", name=expected)
            raise DataError(_damage(path.name, 1, str(at), found, header_expected))
    for number, row in enumerate([header, *rows[1:]], start=1):
        if len(row) != len(names):
            last = names[min(len(row), len(names)) - 1]
            found, wanted = (say("{n} values", n=len(one)) for one in (row, names))
            raise DataError(_damage(path.name, number, last, found, wanted))
    return rows[1:]


def _damage(file: str, row: int, column: str, found: str, expected: str) -> str:
    return say(
        "{file}, row {row}, column {column}: found {found!r}, expected {expected}.",
        file=file,
        row=row,
        column=column,
        found=found,
        expected=expected,
    )


def _convert(file: str, field: dict[str, Any], texts: list[str]) -> pd.Series:
    """Turn the texts of one column into its type; name the first value that does not fit."""
    kind = field.get("type", "string")
    required = field.get("constraints", {}).get("required", False)
    try:
        return _column(kind, texts, required)
    except (ValueError, OverflowError):
        for row, text in enumerate(texts, start=2):
            try:
                _column(kind, [text], required)
            except (ValueError, OverflowError):
                message = _damage(file, row, field["name"], text, say(EXPECTED[kind]))
                raise DataError(message) from None
        raise


def _column(kind: str, texts: list[str], required: bool) -> pd.Series:
    if required and "" in texts:
        raise ValueError("a value is missing")
    if kind in ("integer", "year"):
        values = [int(text) if text else None for text in texts]
        return pd.Series(values, dtype="int64" if required else "Int64")
    if kind == "number":
        numbers = np.array([float(text) if text else np.nan for text in texts], dtype="float64")
        if np.isfinite(numbers).sum() < len(texts) - texts.count(""):
            raise ValueError("not a finite number")
        return pd.Series(numbers)
    if kind == "boolean":
        known = {"true": True, "false": False, "": None}
        if not known.keys() >= set(texts):
            raise ValueError("neither true nor false")
        return pd.Series([known[text] for text in texts], dtype="bool" if required else "boolean")
    if kind == "date":
        # numpy refuses a day that does not exist, but reads a month or a year as a date.
        if any(len(text) not in (0, 10) for text in texts):
            raise ValueError("not a full date")
        return pd.Series(np.array([text or "NaT" for text in texts], dtype="datetime64[s]"))
    return pd.Series([text or None for text in texts], dtype="str")


def describe(name: str) -> pd.DataFrame:
    """Return the dictionary of a table: column, type, unit and description."""
    fields = _entry(name)["schema"]["fields"]
    keys = ("name", "type", "unit", "description")
    frame = pd.DataFrame({key: [field.get(key, "") for field in fields] for key in keys})
    return frame.rename(columns={"name": "column"})


def sources(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the readable references of a table or of a part of one.

    Parameters
    ----------
    frame
        A DataFrame with the column ``source_key``, and perhaps others of such keys.

    Returns
    -------
    pandas.DataFrame
        Columns ``source_key``, ``reference`` and ``url``, one row a source, in order of first use.
    """
    columns = [name for name in map(str, frame) if name.endswith(("source_key", "also_key"))]
    if not columns:
        raise DataError(
            say("This DataFrame has no column 'source_key', so its sources are unknown.")
        )
    keys = pd.unique(pd.concat([frame[column] for column in columns]).dropna())
    known = load("sources").set_index("source_key").reindex(keys)
    known.index.name = "source_key"
    return known.assign(reference=known.apply(_reference, axis=1)).reset_index()[
        ["source_key", "reference", "url"]
    ]


def _reference(source: pd.Series) -> str:
    parts = [f"{source['author']} ({source['year']}). {source['title']}."]
    if pd.notna(source["publication"]):
        parts.append(f"{source['publication']}.")
    if pd.notna(source["doi"]):
        parts.append(f"https://doi.org/{source['doi']}")
    return " ".join(parts)
