"""Write ``data/sources.csv`` from ``book/references.bib``.

Every row of every table names its source by a key of the bibliography. The toolkit reads the
references without a bibliography parser, so they also stand in a table.
"""

import argparse
import csv
import io
import re
from pathlib import Path

from pybtex.database import BibliographyData, Entry, parse_file
from pybtex.exceptions import PybtexError

from tools.errors import UserError, run

ROOT = Path(__file__).resolve().parent.parent
BIBLIOGRAPHY = ROOT / "book" / "references.bib"
TABLE = ROOT / "data" / "sources.csv"
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


def main() -> int:
    argparse.ArgumentParser(description=__doc__).parse_args()
    TABLE.write_text(render(), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    run(main)
