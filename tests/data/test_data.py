"""The tables are what their description says, cite what exists, and load as typed.

The description is a Frictionless Data Package, so the library of that name checks types, units'
columns, keys and constraints; the rest is what a schema cannot say.
"""

import csv
import json
import re
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from frictionless import system, validate

from course import data
from course.data import describe, load, sources, tables
from course.errors import DataError
from tools.common.errors import UserError
from tools.common.paths import ROOT
from tools.content import bibliography as sources_tool
from tools.content import described
from tools.pages import data as data_pages

DATA = ROOT / "data"
PACKAGE = json.loads((DATA / "datapackage.json").read_text("utf-8"))
RESOURCES = {entry["name"]: entry for entry in PACKAGE["resources"]}
TABLES = {name: entry for name, entry in RESOURCES.items() if "schema" in entry}
# Tables of our own making: what they say stands on no source.
OWN_WORK = {"claim_checks", "selfdefense_codebook"}
# A table that is our own work in part: a row names a source or says that it has none.
OWN_ROWS = {"glossary"}
# Remarks on how a figure came to us, for the makers and not for readers.
REMARKS = re.compile(r"\b(recalled|from memory|verified|seed article)\b|\(seen\)", re.I)


def cells(name: str) -> list[dict[str, str]]:
    with (DATA / TABLES[name]["path"]).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


# The package --------------------------------------------------------------------------------


def test_package_is_valid() -> None:
    with system.use_context(trusted=True):
        report = validate(str(DATA / "datapackage.json"))
    found = report.flatten(["name", "rowNumber", "fieldName", "note"])
    assert report.valid, found[:20]


def test_package_holds_every_file() -> None:
    files = {path.name for path in DATA.iterdir()} - {"datapackage.json", "README.md"}
    known = {entry["path"] for entry in RESOURCES.values()}
    assert files - known == set(), "describe them in data/datapackage.json"
    assert known - files == set(), "described in data/datapackage.json, and not in data/"


@pytest.mark.parametrize("name", RESOURCES)
def test_table_is_documented(name: str) -> None:
    entry = RESOURCES[name]
    missing = described.lacking(entry)
    assert missing == [], f"data/datapackage.json: the table {name} lacks {'; '.join(missing)}"
    fields = entry.get("schema", {}).get("fields", [])
    names = [field["name"] for field in fields]
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", column) for column in names), (name, names)
    assert "verified" not in names
    assert all(len(field["description"]) > 3 for field in fields), name


def test_one_message_names_the_table_and_all_that_it_lacks() -> None:
    column = {"name": "source_key", "type": "text"}
    new = {"name": "visits", "title": "Visits", "path": "visit.csv", "schema": {"fields": [column]}}
    with pytest.raises(UserError) as raised:
        described.check([RESOURCES["yields"], new])
    [_, line] = str(raised.value).splitlines()
    assert line.startswith("  visits lacks description; row; licenses; sources; caveats; part")
    for part in ("visits.csv, not visit.csv", "primaryKey", "foreignKeys for source_key"):
        assert part in line
    assert re.search(r"column source_key: description, unit \(.*\), type \(one of integer", line)


def test_the_table_of_the_guide_works_as_it_stands(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    guide = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    rows = re.search(r"```csv\n(.*?)```", guide, re.DOTALL)[1]
    entry = json.loads(re.search(r"```json\n(.*?)```", guide, re.DOTALL)[1])
    (copy / entry["path"]).write_text(rows, "utf-8")
    others = [one for one in PACKAGE["resources"] if one["name"] != entry["name"]]
    package = PACKAGE | {"resources": [*others, entry]}
    (copy / "datapackage.json").write_text(json.dumps(package), "utf-8")
    with system.use_context(trusted=True):
        report = validate(str(copy / "datapackage.json"))
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "note"])
    assert list(load(entry["name"]).columns) == [f["name"] for f in entry["schema"]["fields"]]
    assert len(sources(load(entry["name"]))) == 1
    monkeypatch.setattr(data_pages, "DATA", copy)
    page = data_pages.pages()["book/data/part-1.md"].decode()
    assert f"(table-{entry['name'].replace('_', '-')})=" in page


@pytest.mark.parametrize("name", sorted(TABLES.keys() - {"sources"} - OWN_WORK))
def test_rows_name_their_source(name: str) -> None:
    fields = {field["name"]: field for field in TABLES[name]["schema"]["fields"]}
    tied = sources_tool.source_columns(TABLES[name])
    assert "source_key" in tied, f"{name}: each row needs its source, in a column source_key"
    if name in OWN_ROWS:
        for row in cells(name):
            assert (row["own"] == "true") == (row["source_key"] == ""), row
    else:
        assert fields["source_key"]["constraints"]["required"]
    keys = {column for column in fields if column.endswith(("source_key", "also_key"))}
    assert keys == set(tied)


@pytest.mark.parametrize("name", TABLES)
def test_units_stand_in_column_names(name: str) -> None:
    endings = {
        "ha": "_ha",
        "t": "_t",
        "USD/kg": "_usd_kg",
        "kg/ha": "_kg_ha",
        "percent": "_percent",
        "USD million": "_usd_million",
        "EUR million": "_eur_million",
    }
    for field in TABLES[name]["schema"]["fields"]:
        ending = endings.get(field["unit"])
        assert ending is None or field["name"].endswith(ending), (name, field["name"])


@pytest.mark.parametrize("name", TABLES)
def test_file_is_tidy(name: str) -> None:
    raw = (DATA / TABLES[name]["path"]).read_bytes()
    assert raw.endswith(b"\n") and b"\r" not in raw and not raw.startswith(b"\xef\xbb\xbf")
    for number, row in enumerate(cells(name), start=2):
        for column, text in row.items():
            assert text == text.strip() and "  " not in text, (name, number, column)
            if column not in ("title", "publication", "url"):
                assert not REMARKS.search(text), (name, number, column, text)


def test_restricted_records_stay_out() -> None:
    """The terms of the Global Terrorism Database do not allow copies of its records."""
    allowed = {"claims", "claim_rivals", "claim_checks", "quoted_figures", "sources"}
    for name in TABLES.keys() - allowed:
        for row in cells(name):
            assert "gtd" not in {*row.values()} | {row.get("source_key", "").lower()}, name
            assert row.get("source_key") != "ecdat_gtd", name


# The bibliography ----------------------------------------------------------------------------


def test_sources_table_is_the_bibliography() -> None:
    assert (DATA / "sources.csv").read_text("utf-8") == sources_tool.render(), (
        "run `python -m tools sources`"
    )


def test_every_key_exists() -> None:
    known = set(sources_tool.bibliography().entries)
    assert sources_tool.used_by_tables() - known == set()
    assert sources_tool.used_by_pages() - known == set()


def test_every_entry_is_used() -> None:
    known = set(sources_tool.bibliography().entries)
    unused = known - sources_tool.used_by_tables() - sources_tool.used_by_pages()
    assert unused == set(), "run `python -m tools sources --prune`"


def test_prune_drops_only_what_nothing_uses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "references.bib"
    text = sources_tool.BIBLIOGRAPHY.read_text("utf-8")
    extra = "@misc{zzz_unused,\n  author = {{Nobody}},\n  title = {{Nothing}},\n  year = {2000},\n}"
    copy.write_text(f"{text}\n{extra}\n", "utf-8")
    monkeypatch.setattr(sources_tool, "BIBLIOGRAPHY", copy)
    assert "zzz_unused" in sources_tool.drop_unused()
    kept = set(sources_tool.bibliography().entries)
    assert kept == sources_tool.used_by_tables() | sources_tool.used_by_pages()


def test_entries_are_complete() -> None:
    needed = {
        "article": {"journal"},
        "book": {"publisher"},
        "incollection": {"booktitle", "publisher"},
        "inproceedings": {"booktitle"},
        "techreport": {"institution"},
        "phdthesis": {"school"},
        "unpublished": {"note"},
    }
    for key, entry in sources_tool.bibliography().entries.items():
        fields = {name.lower() for name, text in entry.fields.items() if text.strip()}
        assert entry.persons, f"{key} has no author or editor"
        assert {"title", "year"} | needed.get(entry.type, set()) <= fields, key
        assert re.fullmatch(r"(1[89]|20)\d\d", entry.fields["year"]), key
        assert not REMARKS.search(" ".join(entry.fields.values())), key
        assert entry.fields.get("url", "https://").startswith(("http://", "https://")), key
        assert re.fullmatch(r"10\.\d{4,9}/\S+", entry.fields.get("doi", "10.1234/x")), key


def test_bibliography_is_sorted() -> None:
    keys = re.findall(r"^@\w+\{([^,]+),", sources_tool.BIBLIOGRAPHY.read_text("utf-8"), re.M)
    assert keys == sorted(keys, key=str.lower)
    assert len(keys) == len({key.lower() for key in keys})


# Loading -------------------------------------------------------------------------------------

DTYPES = {
    ("integer", True): "int64",
    ("integer", False): "Int64",
    ("year", True): "int64",
    ("year", False): "Int64",
    ("boolean", True): "bool",
    ("boolean", False): "boolean",
}


@pytest.mark.parametrize("name", TABLES)
def test_load_is_typed_as_described(name: str) -> None:
    frame = load(name)
    fields = TABLES[name]["schema"]["fields"]
    assert list(frame.columns) == [field["name"] for field in fields]
    assert len(frame) == len(cells(name)) > 0
    for field in fields:
        required = field.get("constraints", {}).get("required", False)
        other = {"number": "float64", "date": "datetime64[s]", "string": "str"}
        expected = DTYPES.get((field["type"], required)) or other[field["type"]]
        assert frame[field["name"]].dtype == expected, field["name"]
        assert not (required and frame[field["name"]].isna().any()), field["name"]


def test_large_counts_do_not_overflow() -> None:
    area = load("cultivation")["area_ha"]
    assert (area * area).max() == int(area.max()) ** 2  # fails where integers have 32 bits


def test_frames_are_fresh() -> None:
    changed = load("cultivation")
    changed["area_ha"] = 0
    assert load("cultivation")["area_ha"].min() > 0


def test_values_are_those_of_the_file() -> None:
    frame = load("eradication").set_index("figure_id")
    assert frame.loc["peru_2013_annex", "area_ha"] == 23785
    share = load("replanted_share").set_index("figure_id")
    assert share.loc["peru_2025_april_10", "date_end"] == pd.Timestamp("2025-04-10")
    assert np.isnan(share.loc["peru_2025_april_10", "replanted_ha"])
    assert load("aid")["fiscal_year"].sum() == sum(r["fiscal_year"] == "true" for r in cells("aid"))


def test_unknown_name_suggests_the_nearest() -> None:
    with pytest.raises(DataError, match=r"no table 'eradicaton'.*mean 'eradication'.*cultivation"):
        load("eradicaton")
    with pytest.raises(DataError, match=r"no table 'zzz'\. The tables are: "):
        describe("zzz")


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the data that the toolkit reads in place of the real one."""
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    monkeypatch.setattr(data, "folder", lambda: folder)
    return folder


DAMAGE = [
    # file, what is replaced, by what, and what the error must say
    ("cultivation", b",2010,", b",2010.5,", r"row \d+, column year: found '2010.5'.*whole number"),
    ("cultivation", b",61200,", b",,", r"column area_ha: found ''.*a whole number"),
    ("eradication", b",165336.95,", b",nan,", r"column area_ha: found 'nan'.*a number"),
    ("eradication", b",165336.95,", b",1e999,", r"column area_ha: found '1e999'.*a number"),
    ("eradication", b",165336.95,", b',"165,336",', r"found '165,336'.*a number"),
    ("replanted_share", b"2025-04-10", b"2025-02-30", r"found '2025-02-30'.*a date like"),
    ("replanted_share", b"2025-04-10", b"2025-04", r"column date_end: found '2025-04'.*a date"),
    ("aid", b",true,", b",yes,", r"column fiscal_year: found 'yes'.*true or false"),
    ("cultivation", b"series,country", b"series,land", r"row 1, column 2: found 'land'.*'country'"),
    ("cultivation", b",2010,", b",2010,1,", r"row \d+, column source_key: found '9 values'"),
    ("cultivation", b"Peru", b"Per\xfa", r"not UTF-8 text at byte \d+"),
    ("cultivation", b"Peru", b'"Peru"x', r"not a valid CSV file"),
]


@pytest.mark.parametrize(("name", "old", "new", "message"), DAMAGE)
def test_damage_is_located(copy: Path, name: str, old: bytes, new: bytes, message: str) -> None:
    path = copy / f"{name}.csv"
    path.write_bytes(path.read_bytes().replace(old, new, 1))
    with pytest.raises(DataError, match=rf"^{name}\.csv.*{message}"):
        load(name)


def test_damaged_row_number_is_that_of_the_file(copy: Path) -> None:
    path = copy / "yields.csv"
    lines = path.read_text("utf-8").splitlines()
    lines[3] = re.sub(r",(\d{4}),", r",\1x,", lines[3], count=1)
    path.write_text("\n".join(lines), "utf-8")
    with pytest.raises(DataError, match=r"yields\.csv, row 4, column year"):
        load("yields")


def test_empty_and_missing_files(copy: Path) -> None:
    (copy / "yields.csv").write_bytes(b"")
    with pytest.raises(DataError, match=r"yields\.csv is empty; its first row is country,"):
        load("yields")
    (copy / "yields.csv").unlink()
    with pytest.raises(DataError, match=r"yields\.csv is missing from "):
        load("yields")
    (copy / "datapackage.json").write_text("{")
    data._tables.cache_clear()
    with pytest.raises(DataError, match=r"datapackage\.json, row 1: not valid JSON"):
        load("yields")
    (copy / "datapackage.json").unlink()
    with pytest.raises(DataError, match=r"datapackage\.json is missing"):
        tables()


def test_wheel_data_come_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data, "HERE", tmp_path / "course")
    assert data.folder() == tmp_path / "data"
    (tmp_path / "course" / "_data").mkdir(parents=True)
    assert data.folder() == tmp_path / "course" / "_data"


def test_describe_is_the_dictionary() -> None:
    frame = describe("eradication")
    assert list(frame.columns) == ["column", "type", "unit", "description"]
    assert frame.set_index("column").loc["area_ha", "unit"] == "ha"


def test_sources_are_readable_and_once_each() -> None:
    frame = load("eradication")
    found = sources(frame)
    assert list(found["source_key"]) == list(dict.fromkeys(frame["source_key"]))
    assert found["reference"].str.contains(r" \(\d{4}\)\. .+\.").all()
    assert not found["reference"].str.contains("nan|<NA>|[{}]").any()
    assert sources(frame.head(0)).empty
    with pytest.raises(DataError, match="no column 'source_key'"):
        sources(frame[["year", "area_ha"]])


def test_tables_lists_all() -> None:
    assert tables() == sorted(TABLES)
