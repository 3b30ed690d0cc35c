"""Write the data dictionary of the book from the data package.

One page a part, one section a table: what it is, its first rows, its columns with their units,
sources, licence, caveats, and a download. Nothing of it is written by hand, so that a page cannot
say something else than the table.
"""

import codecs
import html
import io
import zipfile
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd
import xlsxwriter

from course.data import load, sources
from course.tables import NAMES_A_THING
from tools.common.markdown import table
from tools.common.paths import ROOT
from tools.common.settings import read_json
from tools.common.tables import rows_of
from tools.content import described
from tools.pages.template import fill

# The parts in order: name in the data package, page, title of the page.
PARTS = (
    ("all", described.PAGES["all"], "Tables of the whole course"),
    ("I", described.PAGES["I"], "Tables of Part I: strategy"),
    ("II", described.PAGES["II"], "Tables of Part II: narcoterrorism"),
    ("III", described.PAGES["III"], "Tables of Part III: civilian self-defence"),
)
PREVIEW_ROWS = 5
DATA = ROOT / "data"
ARCHIVE = "course-data.zip"
FIELD = ("name", "type", "unit", "description")  # what a workbook says of a column
# From a page in book/data/ to what is fetched on request.
DOWNLOADS = "../../_static/downloads/data"


def pages() -> dict[str, bytes]:
    """Return the pages of the data dictionary.

    Returns
    -------
    dict
        Path from the project's folder, ``book/data/part-1.md``, and content.

    Raises
    ------
    UserError
        When the description of a table lacks something; the message lists all of it.
    """
    resources = read_json(DATA / "datapackage.json")["resources"]
    described.check(resources)
    written = {"book/data/index.md": _index(resources)}
    for part, page, title in PARTS:
        if own := [entry for entry in resources if entry["part"] == part]:
            text = [f"# {title}", "[All tables](index.md)", *map(_section, own)]
            written[f"book/data/{page}.md"] = "\n\n".join(text) + "\n"
    return {path: text.encode() for path, text in written.items()}


def downloads() -> dict[str, bytes]:
    """Return the files that the pages offer: each table, and everything as one archive.

    A table alone begins with the mark by which a spreadsheet knows UTF-8, since without it accents
    are garbled there; in the archive, which is a data package, it stands as in ``data/``.

    Returns
    -------
    dict
        Path in the folder of downloads, ``data/cultivation.csv``, and content.
    """
    files = {path.name: path.read_bytes() for path in sorted(DATA.iterdir()) if path.is_file()}
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in files.items():
            # A fixed time makes the archive the same bytes whenever the tables are the same.
            entry = zipfile.ZipInfo(f"course-data/{name}", (2000, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            zipped.writestr(entry, content)
    alone = {
        name: codecs.BOM_UTF8 + content if name.endswith(".csv") else content
        for name, content in files.items()
    }
    books = {_workbook_name(entry): workbook(entry) for entry in _tables()}
    made = alone | books | {ARCHIVE: archive.getvalue()}
    return {f"data/{name}": content for name, content in made.items()}


def workbook(entry: dict[str, Any]) -> bytes:
    """Return a table for spreadsheets: its rows, and what each column means.

    There a code such as ``050108`` stays text; a spreadsheet that opens the CSV makes it 50108.
    """
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        book.set_properties({"title": entry["title"], "created": datetime(2000, 1, 1)})
        bold = book.add_format({"bold": True})
        rows, columns = book.add_worksheet("rows"), book.add_worksheet("columns")
        frame = load(entry["name"])
        _fill(rows, bold, list(frame), frame.itertuples(index=False))
        fields = [[f[key] for key in FIELD] for f in entry["schema"]["fields"]]
        _fill(columns, bold, FIELD, fields)
    return made.getvalue()


def _fill(sheet: Any, bold: Any, head: Iterable[Any], rows: Iterable[Iterable[Any]]) -> None:
    sheet.freeze_panes(1, 0)
    for place, name in enumerate(head):
        sheet.write_string(0, place, name, bold)
    for number, row in enumerate(rows, 1):
        for place, value in enumerate(row):
            if pd.isna(value):
                continue
            if isinstance(value, (bool, np.bool_)):
                sheet.write_boolean(number, place, bool(value))
            elif isinstance(value, (int, float, np.number)):
                sheet.write_number(number, place, value)
            else:
                sheet.write_string(number, place, _plain(value))


def _plain(value: Any) -> str:
    return f"{value:%Y-%m-%d}" if isinstance(value, pd.Timestamp) else str(value)


def _tables() -> list[dict[str, Any]]:
    """Return the entries of the data package that have rows and columns."""
    entries = read_json(DATA / "datapackage.json")["resources"]
    return [entry for entry in entries if "schema" in entry]


def _workbook_name(entry: dict[str, Any]) -> str:
    return f"{entry['name']}.xlsx"


def _index(resources: list[dict[str, Any]]) -> str:
    parts = []
    for part, _, title in PARTS:
        own = [entry for entry in resources if entry["part"] == part]
        if own:
            rows = [
                [f"[`{entry['name']}`](#table-{_slug(entry)})", entry["title"], _size(entry)]
                for entry in own
            ]
            parts.append((title, table(["Table", "What it is", "Rows"], rows)))
    download = _download(ARCHIVE, "Download everything as one zip")
    return fill("tables", parts=parts, download=download)


def _slug(entry: dict[str, Any]) -> str:
    return str(entry["name"]).replace("_", "-")


def _size(entry: dict[str, Any]) -> str:
    return f"{len(load(entry['name'])):,}" if "schema" in entry else "—"


def _section(entry: dict[str, Any]) -> str:
    name = entry["name"]
    text = [
        f"(table-{_slug(entry)})=",
        f"## {html.escape(entry['title'])}",
        f"**`{name}`** · {_size(entry)} rows · {_download(entry['path'], 'CSV')}"
        + (f", {_download(_workbook_name(entry), 'XLSX')}" if "schema" in entry else ""),
        f"{entry['description']} **A row is:** {_lower(entry['row'])}",
    ]
    if "schema" in entry:
        frame = load(name)
        columns = [
            [f"`{f['name']}`", f["type"], f["unit"] or "", f["description"]]
            for f in entry["schema"]["fields"]
        ]
        text += [
            _preview(entry, frame),
            table(["Column", "Type", "Unit", "Meaning"], columns),
        ]
    text.append("**Know before you use it**\n\n" + _list(entry["caveats"]))
    if "schema" in entry and name != "sources":
        text.append(_references(load(name)))
    terms = [_link(term["title"], term.get("path")) for term in entry["licenses"]]
    text.append(f"Licence: {'; '.join(terms).rstrip('.')}.")
    return "\n\n".join(text)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:] if not text[:2].isupper() else text


def _link(text: str, target: str | None) -> str:
    return f"[{text}]({target})" if target else text


def _download(file: str, text: str) -> str:
    return f'<a href="{DOWNLOADS}/{html.escape(file)}" download>{html.escape(text)}</a>'


def _list(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def _preview(entry: dict[str, Any], frame: pd.DataFrame) -> str:
    """Return the first rows as HTML; the script `tables.js` fetches all, to sort and filter."""
    head = frame.head(PREVIEW_ROWS)
    kinds = {field["name"]: _kind(field) for field in entry["schema"]["fields"]}
    classes = [' class="number"' if kinds[column] else "" for column in head]
    cells = "".join(
        f'<th scope="col"{own} data-kind="{kinds[column]}">{html.escape(str(column))}</th>'
        for own, column in zip(classes, head, strict=True)
    )
    rows = "".join(
        "<tr>"
        + "".join(
            f"<td{own}>{_cell(value, kinds[column])}</td>"
            for own, column, value in zip(classes, head, row, strict=True)
        )
        + "</tr>"
        for row in head.itertuples(index=False)
    )
    return (
        f'<div class="scroll whole" data-rows="{DOWNLOADS}/{html.escape(entry["path"])}"><table>'
        f"<caption>First {len(head)} of {len(frame):,} rows</caption>"
        f"<thead><tr>{cells}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _kind(field: dict[str, Any]) -> str:
    """Return how a column's numbers are written: "count" with commas, "name" (a year) without."""
    if field["type"] not in ("integer", "number", "year"):
        return ""
    return "name" if NAMES_A_THING.search(field["name"]) else "count"


def _cell(value: Any, kind: str = "") -> str:
    if pd.isna(value):
        return ""
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    if kind == "count":
        return f"{value:,.10g}" if isinstance(value, float) else f"{value:,}"
    return html.escape(f"{value:.10g}" if isinstance(value, float) else str(value))


def _references(frame: pd.DataFrame) -> str:
    """Return the works that the rows name, folded."""
    if not frame.columns.str.endswith("source_key").any():
        return "Sources: none; this table is the course's own work."
    works = sources(frame)
    items = []
    for work in rows_of(works):
        text = html.escape(work.reference)
        if pd.notna(work.url):
            text += f' <a href="{html.escape(work.url, quote=True)}">Text</a>'
        items.append(f"<li><code>{html.escape(work.source_key)}</code>: {text}</li>")
    label = f"Sources ({len(items)})"
    return f'<details class="works"><summary>{label}</summary><ul>{"".join(items)}</ul></details>'
