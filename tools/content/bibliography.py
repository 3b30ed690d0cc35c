"""Write ``data/sources.csv`` from the bibliography.

Every row of every table names its source by a key of the bibliography. The toolkit reads the
references without a bibliography parser, so they also stand in a table.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from string import ascii_lowercase
from typing import Any

from pybtex.database import BibliographyData, Entry, Person, parse_string
from pybtex.exceptions import PybtexError
from pybtex.richtext import Text

from tools.common.errors import UserError
from tools.common.files import csv_text, digest, write
from tools.common.kept import Kept
from tools.common.paths import BUILD, ROOT, notebooks
from tools.common.settings import read_json

BIBLIOGRAPHY = ROOT / "book" / "references.bib"
TABLE = ROOT / "data" / "sources.csv"
PACKAGE = ROOT / "data" / "datapackage.json"
CITED = re.compile(r"\{cite(?::\w+)?\}`([^`]+)`")
COLUMNS = ("source_key", "author", "year", "title", "publication", "url", "doi")


def bibliography(path: Path = BIBLIOGRAPHY) -> BibliographyData:
    """Parse a BibTeX file, ``book/references.bib`` by default.

    Raises
    ------
    UserError
        When the file is missing or is not BibTeX.
    """
    try:
        return _parsed(_text(path))
    except PybtexError as error:
        raise UserError(f"{path.name} cannot be read: {error}.") from error


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except FileNotFoundError as error:
        raise UserError(f"{path.name} cannot be read: {error}.") from error


@cache
def _parsed(text: str) -> BibliographyData:
    return parse_string(text, "bibtex")


# How a work is cited -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Reference:
    """How a work is cited: authors, year, and where to read it (or nothing).

    `people` are its authors as an index has them, surname first; offices and newspapers are none.
    """

    authors: str
    year: str
    url: str = ""
    people: tuple[str, ...] = ()

    def textual(self) -> str:
        """Return ``Author (year)``."""
        return f"{self.authors} ({self.year})"

    def parenthetical(self) -> str:
        """Return ``Author, year``."""
        return f"{self.authors}, {self.year}"


def references(path: Path = BIBLIOGRAPHY) -> dict[str, Reference]:
    """Return how each work of a BibTeX file is cited; read anew only when the file has changed.

    Returns
    -------
    dict
        A `Reference` for each key. Works with the same authors and year have letters after the
        year, in the order of their titles: 2003a, 2003b.

    Raises
    ------
    UserError
        When the file is missing or is not BibTeX.
    """
    text = _text(path)
    kept = Kept(BUILD / "references.kept", digest(Path(__file__).read_bytes()))
    works = kept.get("works", [text.encode()], lambda: _works(bibliography(path).entries))
    kept.save()
    return works


def _works(entries: Mapping[str, Entry]) -> dict[str, Reference]:
    works = {key: _reference(entry) for key, entry in entries.items()}
    alike: dict[str, list[str]] = {}
    for key in sorted(works, key=lambda key: entries[key].fields.get("title", "").lower()):
        alike.setdefault(works[key].parenthetical(), []).append(key)
    for keys in alike.values():
        for key, letter in zip(keys, ascii_lowercase, strict=False):
            if len(keys) > 1:
                works[key] = replace(works[key], year=works[key].year + letter)
    return works


def _reference(entry: Entry) -> Reference:
    people = entry.persons.get("author") or entry.persons.get("editor") or []
    names = [_surname(person) for person in people]
    if not names:
        names = [_plain(entry.fields.get("organization") or entry.fields.get("title", "Unknown"))]
    authors = f"{names[0]} et al." if len(names) > 2 else " and ".join(names)
    doi = entry.fields.get("doi")
    url = entry.fields.get("url") or (f"https://doi.org/{doi}" if doi else "")
    indexed = tuple(surname_first(person) for person in people if person.first_names)
    return Reference(authors, _plain(entry.fields.get("year", "n.d.")), url, indexed)


def _surname(person: Person) -> str:
    return _plain(" ".join([*person.prelast_names, *person.last_names]))


def surname_first(person: Person) -> str:
    """Return the name of a person as an index has it; without initials, which works vary."""
    return f"{_surname(person)}, {_plain(' '.join(person.first_names))}"


def _plain(latex: str) -> str:
    return str(Text.from_latex(latex))


# The table of sources ----------------------------------------------------------------------------


def plain(text: str) -> str:
    """Strip the braces and backslashes that only BibTeX needs."""
    return re.sub(r"\\([&%#$_])", r"\1", text).replace("{", "").replace("}", "")


def names(entry: Entry) -> str:
    """Return the authors (or editors), as they stand in a reference."""
    people = entry.persons.get("author") or entry.persons.get("editor") or []
    shown = [plain(str(person)) for person in people]
    return " and ".join(shown) if len(shown) < 3 else ", ".join(shown[:-1]) + " and " + shown[-1]


def publication(entry: Entry) -> str:
    """Return where the work appeared: journal with volume and pages, book, publisher or site."""
    field = entry.fields.get
    where = field("journal") or field("booktitle") or field("howpublished")
    volume = field("volume", "") + (f"({field('number')})" if field("number") else "")
    if field("journal"):
        parts = [where, volume if field("volume") else "", field("pages")]
    else:
        number = field("number") if entry.type == "techreport" else ""
        house = field("publisher") or field("institution") or field("school")
        parts = [where, house, number, field("pages")]
    return plain(", ".join(part for part in parts if part))


def rows() -> list[dict[str, str]]:
    """Return one row a source, sorted by key."""
    return [
        {
            "source_key": key,
            "author": names(entry),
            "year": entry.fields.get("year", ""),
            "title": plain(entry.fields["title"]),
            "publication": publication(entry),
            "url": entry.fields.get("url", ""),
            "doi": entry.fields.get("doi", ""),
        }
        for key, entry in sorted(bibliography(BIBLIOGRAPHY).entries.items())
    ]


def render() -> str:
    """Return the whole table as CSV text."""
    return csv_text(COLUMNS, (row.values() for row in rows()))


def source_columns(resource: dict[str, Any]) -> list[str]:
    """Return the columns of a table that the data package ties to the sources."""
    keys = resource.get("schema", {}).get("foreignKeys", [])
    tied = [key["fields"] for key in keys if key["reference"]["resource"] == "sources"]
    return [fields if isinstance(fields, str) else fields[0] for fields in tied]


def used_by_tables() -> set[str]:
    """Return the keys that rows of the tables name."""
    from course.data import load  # late: it loads pandas, which a page needs not

    found: set[str] = set()
    for resource in read_json(PACKAGE)["resources"]:
        for column in source_columns(resource):
            found |= set(load(resource["name"])[column].dropna())
    return found


def used_by_pages() -> set[str]:
    """Return the keys that pages, templates of pages and notebooks cite."""
    templates = ROOT / "tools" / "pages" / "templates"
    pages = [*(ROOT / "book").rglob("*.md"), *templates.glob("*.md"), *notebooks()]
    cited = [key for page in pages for key in CITED.findall(page.read_text("utf-8"))]
    return {key.strip() for keys in cited for key in keys.split(",")}


def drop_unused() -> list[str]:
    """Drop the entries that nothing uses from the bibliography and return their keys."""
    unused = set(bibliography(BIBLIOGRAPHY).entries) - used_by_tables() - used_by_pages()
    entries = re.split(r"\n(?=@)", BIBLIOGRAPHY.read_text("utf-8"))
    kept = [entry for entry in entries if re.findall(r"^@\w+\{([^,]+),", entry)[0] not in unused]
    write(BIBLIOGRAPHY, "\n".join(kept).rstrip() + "\n")
    return sorted(unused)


def main(prune: bool = False) -> None:
    """Write the table; drop unused entries of the bibliography first, if wanted."""
    if prune and (unused := drop_unused()):
        print("Dropped from the bibliography:", ", ".join(unused))
    write(TABLE, render())
