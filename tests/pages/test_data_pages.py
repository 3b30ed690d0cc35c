"""The data dictionary shows every table, and what it offers can be downloaded and is valid."""

import codecs
import io
import json
import re
import zipfile
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from frictionless import system, validate

from course.data import load, tables
from tools.common.paths import ROOT
from tools.pages import data


@cache  # made when a test asks: all tests are collected before one is chosen
def pages() -> dict[str, str]:
    return {path: text.decode() for path, text in data.pages().items()}


@cache
def downloads() -> dict[str, bytes]:
    return data.downloads()


@cache
def body() -> str:
    return "\n".join(text for path, text in pages().items() if not path.endswith("index.md"))


@pytest.mark.parametrize("name", tables())
def test_every_table_has_a_section(name: str) -> None:
    slug = name.replace("_", "-")
    assert body().count(f"(table-{slug})=\n") == 1
    assert pages()["book/data/index.md"].count(f"(#table-{slug})") == 1
    section = body().split(f"(table-{slug})=\n")[1].split("\n(table-")[0]
    assert f"**`{name}`** · {len(load(name)):,} rows" in section
    for column in load(name):
        assert f"| `{column}` |" in section
    for part in ("**A row is:**", "**Know before you use it**", "Licence: ", "<caption>"):
        assert part in section


def test_downloads_exist() -> None:
    wanted = set(
        re.findall(r'href="\.\./\.\./_static/downloads/([^"]+)"', "".join(pages().values()))
    )
    assert wanted <= downloads().keys()
    assert {f"data/{name}.csv" for name in tables()} <= wanted
    assert "data/course-data.zip" in wanted


@pytest.mark.parametrize("name", tables())
def test_a_spreadsheet_knows_the_letters_of_a_table_and_pandas_reads_the_same(name: str) -> None:
    content = downloads()[f"data/{name}.csv"]
    assert content.startswith(codecs.BOM_UTF8)
    again = pd.read_csv(io.BytesIO(content), dtype=str)
    assert list(again) == list(load(name))
    assert len(again) == len(load(name))


def test_a_workbook_keeps_codes_as_text_and_numbers_as_numbers() -> None:
    assert {f"data/{name}.xlsx" for name in tables()} <= downloads().keys()
    codes = load("departments")["ubigeo"]
    assert codes.str.startswith("0").any()
    book = zipfile.ZipFile(io.BytesIO(downloads()["data/departments.xlsx"]))
    texts = re.findall(r"<t[^>]*>([^<]*)</t>", book.read("xl/sharedStrings.xml").decode())
    assert {*codes, *load("departments")["department"]} <= set(texts)
    sheet = book.read("xl/worksheets/sheet1.xml").decode()
    kinds = dict(re.findall(r'<c r="([A-C]2)"( t="s")?', sheet))
    assert kinds == {"A2": ' t="s"', "B2": ' t="s"', "C2": ""}


def test_archive_is_a_valid_package(tmp_path: Path) -> None:
    archive = zipfile.ZipFile(io.BytesIO(downloads()["data/course-data.zip"]))
    assert {name.split("/")[1] for name in archive.namelist()} == {
        path.name for path in (ROOT / "data").iterdir()
    }
    archive.extractall(tmp_path)
    with system.use_context(trusted=True):
        assert validate(str(tmp_path / "course-data" / "datapackage.json")).valid


def test_pages_and_archive_are_the_same_each_time() -> None:
    assert data.pages() == {path: text.encode() for path, text in pages().items()}
    assert data.downloads() == downloads()


def test_a_new_table_appears(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = json.loads((ROOT / "data" / "datapackage.json").read_text("utf-8"))
    entry = next(e for e in package["resources"] if e["name"] == "yields")
    package["resources"] = [entry | {"title": "A title <b>with</b> marks"}]
    (tmp_path / "datapackage.json").write_text(json.dumps(package), "utf-8")
    monkeypatch.setattr(data, "DATA", tmp_path)
    page = data.pages()["book/data/part-1.md"].decode()
    assert "&lt;b&gt;with&lt;/b&gt;" in page


def test_cells_show_values_and_not_python() -> None:
    assert data._cell(pd.NA) == data._cell(float("nan")) == ""
    assert data._cell(pd.Timestamp("2025-04-10")) == "2025-04-10"
    assert data._cell(1234567.5, "count") == "1,234,567.5"
    assert data._cell(1984, "name") == "1984"
    assert data._cell("a<b") == "a&lt;b"
    assert "&lt;NA&gt;" not in body() and "NaT" not in body() and ">nan<" not in body()


def test_tables_of_markdown_keep_their_columns() -> None:
    for line in body().splitlines():
        if line.startswith("| `"):
            assert len(re.findall(r"(?<!\\)\|", line)) == 5, line
