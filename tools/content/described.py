"""Say what the description of a table lacks, in one message, before a page is made from it."""

from collections.abc import Iterable, Mapping
from typing import Any

from tools.common.errors import UserError

# The page of the book, in book/data/, that holds the tables of a part.
PAGES = {"all": "shared", "I": "part-1", "II": "part-2", "III": "part-3"}
PARTS = tuple(PAGES)
TEXTS = ("title", "description", "row", "licenses", "sources", "caveats")


def lacking(resource: Mapping[str, Any]) -> list[str]:
    """Return what an entry of ``data/datapackage.json`` lacks, each in a few words.

    Parameters
    ----------
    resource
        One entry of ``resources``; one without rows (outlines) needs no ``schema``.
    """
    name, path = resource.get("name", ""), str(resource.get("path", ""))
    found = [] if name else ["name"]
    found += [key for key in TEXTS if not resource.get(key)]
    if resource.get("part") not in PARTS:
        found.append(f"part (one of {', '.join(PARTS)})")
    if not path:
        found.append(f"path ({name}.csv)")
    elif path.endswith(".csv") and path != f"{name}.csv":
        found.append(f"a path that is its name ({name}.csv, not {path})")
    if path.endswith(".csv") or "schema" in resource:
        found += _lacking_in_schema(resource.get("schema") or {}, ties=name != "sources")
    return found


def _lacking_in_schema(schema: Mapping[str, Any], ties: bool) -> list[str]:
    from course.data import EXPECTED  # late: it loads pandas, and every page asks for `PAGES`

    found = [f"schema.{key}" for key in ("fields", "primaryKey") if not schema.get(key)]
    columns = [field.get("name", f"number {n}") for n, field in enumerate(schema.get("fields", []))]
    for column, field in zip(columns, schema.get("fields", []), strict=True):
        lacks = [key for key in ("name", "description") if not field.get(key)]
        lacks += [] if "unit" in field else ['unit ("" where there is none)']
        if field.get("type") not in EXPECTED:
            lacks.append(f"type (one of {', '.join(EXPECTED)})")
        if lacks:
            found.append(f"column {column}: {', '.join(lacks)}")
    tied = [name for key in schema.get("foreignKeys", []) for name in _listed(key["fields"])]
    loose = [one for one in columns if one.endswith(("source_key", "also_key"))]
    return found + [f"schema.foreignKeys for {one}" for one in loose if ties and one not in tied]


def _listed(names: str | list[str]) -> list[str]:
    return [names] if isinstance(names, str) else names


def check(resources: Iterable[Mapping[str, Any]]) -> None:
    """Stop when an entry of the data package lacks something.

    Raises
    ------
    UserError
        One line a table: its name and everything that it lacks.
    """
    faults = {one.get("name", one.get("path", "?")): lacking(one) for one in resources}
    lines = [f"  {name} lacks {'; '.join(found)}" for name, found in faults.items() if found]
    if lines:
        where = "data/datapackage.json (CONTRIBUTING.md, Data and sources, has a whole entry):"
        raise UserError("\n".join([where, *lines]))
