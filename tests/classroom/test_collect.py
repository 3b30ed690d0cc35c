"""What students hand in: counted where it can be, named where it cannot, and never executed."""

import csv
import json
import os
import re
from pathlib import Path

import pytest

from tools.classroom.collect import MOST_BYTES, SAID, collect, report, safe, write_table
from tools.common.errors import UserError

INDEX = [
    {"id": "04.1", "title": "One", "lesson": "04", "core": True, "version": 1},
    {"id": "04.2", "title": "Two <b>", "lesson": "04", "core": True, "version": 2},
    {"id": "04.4", "title": "Four", "lesson": "04", "core": False, "version": 1},
]
EVIL = "<script>acted()</script>"


def entry(status: str = "done", **more) -> dict:
    return {"text": "x = 1", "version": "1", "saved": 1.7e12, "status": status, "others": []} | more


def work(**entries) -> str:
    named = {name.replace("_", "."): value for name, value in entries.items()}
    return json.dumps({"format": "course-work", "entries": named})


def brief(**more) -> str:
    forecast = {"date": "2027-03-01", "probability_percent": 60}
    content = {"format": "course-brief", "title": "A brief", "text": "word " * 700}
    return json.dumps(content | {"forecast": forecast} | more)


def rows_of(folder: Path) -> dict:
    return {row.file: row for row in collect(folder, INDEX)[0]}


def test_work_is_counted_by_task(tmp_path):
    bets = {"bets/mexico_nigeria": entry("tried", text="40"), "bets/hector": entry("open", text="")}
    entries = {"04.1": entry(), "04.2": entry(solved="1"), "04.4": entry("tried"), **bets}
    (tmp_path / "ana.json").write_text(json.dumps({"format": "course-work", "entries": entries}))
    (tmp_path / "ben.json").write_text(work(**{"04_1": entry("tried")}))
    rows, counts = collect(tmp_path, INDEX)
    ana, ben = rows
    assert (ana.kind, ana.outcome, ana.problem) == ("work", "read", "")
    assert (ana.tasks_done, ana.tasks_tried, ana.core_done) == (2, 1, 2)
    assert (ana.tasks_changed_since, ana.bets, ana.last_saved) == (1, 1, "2023-11-14 22:13")
    assert (ben.tasks_done, ben.tasks_tried) == (0, 1)
    assert counts["04.1", "done"] == counts["04.1", "tried"] == 1


def test_the_words_of_a_brief_are_counted_and_not_believed(tmp_path):
    (tmp_path / "one.json").write_text(brief(words=3))
    (tmp_path / "two.json").write_text(brief(forecast={"probability_percent": 400}))
    one, two = rows_of(tmp_path).values()
    assert (one.kind, one.brief_words, one.forecast_probability_percent) == ("brief", 700, 60)
    assert two.forecast_probability_percent is None
    assert "no probability" in two.problem


BAD = {
    "cut.json": (work(**{"04_1": entry()})[:60], "damaged"),
    "deep.json": ("[" * 100_000, "damaged"),
    "long-number.json": ('{"format": ' + "9" * 10_000 + "}", "damaged"),
    "empty.json": ("", "damaged"),
    "list.json": ("[]", "foreign"),
    "other.json": ('{"format": "else"}', "foreign"),
    "no-entries.json": ('{"format": "course-work", "entries": [1]}', "damaged"),
    "no-text.json": ('{"format": "course-brief", "text": 5}', "damaged"),
    "essay.docx": ("PK\x03\x04", "foreign"),
    "notes.txt": ("my notes", "foreign"),
    "huge.json": (" " * (MOST_BYTES + 1), "too large"),
}


def test_every_bad_file_is_named_with_its_reason_and_none_is_lost(tmp_path):
    for name, (content, _) in BAD.items():
        (tmp_path / name).write_text(content)
    (tmp_path / "binary.json").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "good.json").write_text(work(**{"04_1": entry()}))
    rows = rows_of(tmp_path)
    expected = {name: outcome for name, (_, outcome) in BAD.items()}
    expected |= {"binary.json": "foreign", "good.json": "read"}
    assert {name: row.outcome for name, row in rows.items()} == expected
    assert all(row.problem for name, row in rows.items() if name != "good.json")


def test_links_and_devices_are_not_followed(tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.json").write_text(work(**{"04_1": entry()}))
    folder = tmp_path / "handed-in"
    folder.mkdir()
    (folder / "file.json").symlink_to(outside / "secret.json")
    (folder / "folder").symlink_to(outside)
    os.mkfifo(folder / "pipe.json")  # reading it would never end
    assert {row.outcome for row in rows_of(folder).values()} == {"foreign"}
    assert set(rows_of(folder)) == {"file.json", "folder", "pipe.json"}


def test_the_same_bytes_count_once(tmp_path):
    for name in ("a.json", "b/a.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(work(**{"04_1": entry()}))
    rows, counts = collect(tmp_path, INDEX)
    assert [row.outcome for row in rows] == ["read", "duplicate"]
    assert rows[1].problem == "the same bytes as a.json"
    assert counts["04.1", "done"] == 1


def test_entries_of_another_form_are_left_out_and_said(tmp_path):
    entries = {
        "04.1": entry("finished"),
        "04.2": entry(saved=True),
        "04.4": {"text": 5},
        f"x{EVIL}": entry(),
        "99.9": entry(saved=float("nan")),
    }
    (tmp_path / "odd.json").write_text(json.dumps({"format": "course-work", "entries": entries}))
    [row] = rows_of(tmp_path).values()
    assert (row.outcome, row.tasks_done, row.last_saved) == ("read", 0, "")
    assert row.problem == "4 of 5 entries have another form and are not counted"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+1", "'+1"),
        (" @SUM", "' @SUM"),
        ("-1+2", "'-1+2"),
        ("\t=1", "�=1"),
        ("a\nb", "a�b"),
        ("\ud800", "\\ud800"),
        ("plain", "plain"),
        (None, ""),
        (-5, "-5"),
    ],
)
def test_a_spreadsheet_runs_nothing(text, shown):
    assert safe(text) == shown


def test_hostile_names_and_titles_stay_text(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    names = ["=1+1.json", "<img src=x onerror=acted()>.json", "new\nline.json"]
    for number, name in enumerate(names):
        (folder / name).write_text(brief(title=f"={EVIL}{number}\ud800"))
    (folder / os.fsdecode(b"bad\xff.json")).write_text("")
    rows, counts = collect(folder, INDEX)
    write_table(rows, tmp_path / "table.csv")
    with (tmp_path / "table.csv").open(encoding="utf-8", newline="") as file:
        cells = [cell for line in csv.reader(file) for cell in line]
    assert len(cells) % (len(rows) + 1) == 0
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    page = report(rows, counts, INDEX, f"{EVIL}")
    tags = set(re.findall(r"<(\w+)", page))
    assert tags <= {"html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "strong"} | {
        "table",
        "tr",
        "th",
        "td",
    }
    assert "&lt;script&gt;" in page
    assert "bad\\xff.json" in page


def test_the_report_says_that_progress_is_self_reported(tmp_path):
    (tmp_path / "a.json").write_text(work(**{"04_1": entry()}))
    rows, counts = collect(tmp_path, INDEX)
    page = report(rows, counts, INDEX, "class")
    assert "Progress is self-reported" in page
    assert SAID in page
    assert "<td>04.1</td><td>One</td><td>core</td><td>1</td><td>0</td><td>0</td>" in page


def test_a_folder_that_is_none_is_said(tmp_path):
    with pytest.raises(UserError, match="not a folder; name one"):
        collect(tmp_path / "missing", INDEX)


def test_an_empty_folder_gives_an_empty_report(tmp_path):
    rows, counts = collect(tmp_path, INDEX)
    assert "0 files: none" in report(rows, counts, INDEX, "empty")
