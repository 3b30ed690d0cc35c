"""Write ``data/sources.csv`` from the bibliography.

Every row of every table names its source by a key of the bibliography. The toolkit reads the
references without a bibliography parser, so they also stand in a table.
"""

import csv
import io
import json
import re

from pybtex.database import BibliographyData, Entry, parse_file
from pybtex.exceptions import PybtexError

from tools.common.errors import UserError
from tools.common.paths import ROOT, notebooks

BIBLIOGRAPHY = ROOT / "book" / "references.bib"
TABLE = ROOT / "data" / "sources.csv"
PACKAGE = ROOT / "data" / "datapackage.json"
CITED = re.compile(r"\{cite(?::\w+)?\}`([^`]+)`")
COLUMNS = ("source_key", "author", "year", "title", "publication", "url", "doi")


def bibliography() -> BibliographyData:
    """Parse ``book/references.bib``."""
    try:
        return parse_file(BIBLIOGRAPHY, bib_format="bibtex")
    except (PybtexError, FileNotFoundError) as error:
        raise UserError(f"{BIBLIOGRAPHY.name} could not be read: {error}") from error


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
        for key, entry in sorted(bibliography().entries.items())
    ]


def render() -> str:
    """Return the whole table as CSV text."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows())
    return text.getvalue()


def source_columns(resource: dict) -> list[str]:
    """Return the columns of a table that the data package ties to the sources."""
    keys = resource.get("schema", {}).get("foreignKeys", [])
    tied = [key["fields"] for key in keys if key["reference"]["resource"] == "sources"]
    return [fields if isinstance(fields, str) else fields[0] for fields in tied]


def used_by_tables() -> set[str]:
    """Return the keys that rows of the tables name."""
    found = set()
    for resource in json.loads(PACKAGE.read_text("utf-8"))["resources"]:
        if columns := source_columns(resource):
            with (PACKAGE.parent / resource["path"]).open(encoding="utf-8", newline="") as handle:
                found |= {row[column] for row in csv.DictReader(handle) for column in columns}
    return found - {""}


def used_by_pages() -> set[str]:
    """Return the keys that pages and notebooks cite."""
    pages = [*(ROOT / "book").rglob("*.md"), *notebooks()]
    cited = [key for page in pages for key in CITED.findall(page.read_text("utf-8"))]
    return {key.strip() for keys in cited for key in keys.split(",")}


def drop_unused() -> list[str]:
    """Drop the entries that nothing uses from the bibliography and return their keys."""
    unused = set(bibliography().entries) - used_by_tables() - used_by_pages()
    entries = re.split(r"\n(?=@)", BIBLIOGRAPHY.read_text("utf-8"))
    kept = [entry for entry in entries if re.match(r"@\w+\{([^,]+),", entry)[1] not in unused]
    BIBLIOGRAPHY.write_text("\n".join(kept).rstrip() + "\n", "utf-8")
    return sorted(unused)


def main(prune: bool = False) -> None:
    """Write the table; drop unused entries of the bibliography first, if wanted."""
    if prune and (unused := drop_unused()):
        print("Dropped from the bibliography:", ", ".join(unused))
    TABLE.write_text(render(), encoding="utf-8", newline="\n")
