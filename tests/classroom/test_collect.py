"""What students hand in: counted where it can be, named where it cannot, and never executed."""

import csv
import io
import json
import os
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import pytest

from tools.classroom import collect
from tools.classroom.bench_collect import BEGIN, CLASS, DUE, MINUTE, entry, write_class
from tools.classroom.handed_in import alike, pages, reading, tables
from tools.classroom.handed_in.reading import Class, core_tried, read_all, words_of
from tools.classroom.handed_in.results import in_browser, results
from tools.classroom.handed_in.sources import MOST_BYTES, Handed, from_folder
from tools.common.errors import UserError
from tools.content.tasks import for_teacher

NOW = BEGIN + 90 * 24 * 60 * MINUTE
EVIL = "<script>acted()</script>"
MODEL = "the annex says what was pulled up and the survey says what was left in the ground"
TAGS = set(
    re.findall(
        r"\w+",
        "html head meta title style body h1 h2 h3 p strong a div section "
        "table tr th td ul li pre details summary",
    )
)


def task(name: str, core: bool = True, version: int = 1, **more) -> dict:
    about = {"id": name, "title": "Two <b>", "lesson": name[:2], "core": core, "version": version}
    about |= {"kind": "number", "written": False, "given": "x = ...", "mistakes": {}, "words": ""}
    return about | more


INDEX = {
    "tasks": [
        task("04.1", mistakes={"share of all": "That is a share of all."}),
        task("04.2", version=2),
        task("04.3", kind="text", written=True, given='x = """\n\n"""', words=MODEL),
        task("04.4", core=False),
        task("05.1"),
    ],
    "alternatives": {"04": ["04.4"], "05": ["04.1"]},
}


def work(entries: dict, **more) -> str:
    return json.dumps({"format": "course-work", "entries": entries} | more)


def done(text: str = "x = 1", status: str = "done", **more) -> dict:
    return entry(text, BEGIN, status, **more)


def brief(**more) -> str:
    forecast = {"date": "2027-03-01", "probability_percent": 60}
    content = {"format": "course-brief", "title": "A brief", "text": "word " * 700}
    return json.dumps(content | {"forecast": forecast} | more)


def class_of(files: dict[str, str | bytes], **more) -> Class:
    raw = {n: text.encode() if isinstance(text, str) else text for n, text in files.items()}
    handed = [Handed(name, content, size=len(content)) for name, content in raw.items()]
    return read_all(handed, INDEX, now=NOW, **more)


def test_work_is_counted_by_task():
    bets = {"bets/mexico_nigeria": done("40", "tried"), "bets/hector": done("", "open")}
    older = done(solved="1", version="2")
    entries = {"04.1": done(), "04.2": older, "04.4": done(status="tried"), **bets}
    first, second = class_of(
        {"ana.json": work(entries), "ben.json": work({"04.1": done("x = 2", "tried")})}
    ).rows
    assert (first.kind, first.outcome, first.problem) == ("work", "read", "")
    assert (first.tasks_done, first.tasks_tried, first.core_done) == (2, 1, 2)
    assert (first.tasks_changed_since, first.bets, first.last_saved) == (1, 1, "2026-11-06 21:20")
    assert (second.tasks_done, second.tasks_tried) == (0, 1)


def test_the_words_of_a_brief_are_counted_and_not_believed():
    files = {"a.json": brief(words=3), "b.json": brief(forecast={"probability_percent": 400})}
    one, two = class_of(files).rows
    assert (one.kind, one.brief_words, one.forecast_probability_percent) == ("brief", 700, 60)
    assert two.forecast_probability_percent is None
    assert "no probability" in two.problem


LONG = brief().replace("60", "9" * 4000)
BAD = {
    "cut.json": (work({"04.1": done()})[:60], "damaged", "cut off"),
    "deep.json": ("[" * 100_000, "damaged", "not valid"),
    "deep-inside.json": (work({"04.1": 1}, more=[[[]]]).replace("[", "[" * 60), "damaged", "not v"),
    "long-number.json": ('{"format": ' + "9" * 10_000 + "}", "damaged", "not valid"),
    "long-probability.json": (LONG, "read", "no probability"),
    "long-saved.json": (LONG.replace("course-brief", "course-work"), "damaged", "entries"),
    "empty.json": ("", "damaged", "not valid"),
    "list.json": ("[]", "foreign", "not a file"),
    "other.json": ('{"format": "else"}', "foreign", "not a file"),
    "no-hash.json": ('{"format": []}', "foreign", "not a file"),
    "no-entries.json": (work([1]), "damaged", "without its entries"),
    "no-text.json": ('{"format": "course-brief", "text": 5}', "damaged", "without its text"),
    "blank.json": (work({}), "read", "nothing is written"),
    "essay.docx": ("PK\x03\x04", "foreign", "not a file"),
    "notes.txt": ("my notes", "foreign", "not a file"),
    "brief.html": ("<!DOCTYPE html>", "foreign", "a page to read"),
    "broken.zip": ("PK\x03\x04", "damaged", "cannot be opened"),
    "huge.json": (" " * (MOST_BYTES + 1), "too large", "4 MB"),
    "binary.json": (b"\xff\xfe\x00", "foreign", "not text"),
}


def test_every_bad_file_is_named_with_its_reason_and_none_is_lost():
    files = {name: content for name, (content, _, _) in BAD.items()}
    rows = class_of(files | {"good.json": work({"04.1": done()})}).rows
    found = {row.file: row for row in rows}
    assert found.pop("good.json").problem == ""
    assert {name: row.outcome for name, row in found.items()} == {n: b[1] for n, b in BAD.items()}
    for name, (_, _, why) in BAD.items():
        assert why in found[name].problem, name


def test_files_beyond_the_most_are_said_and_not_read(monkeypatch):
    monkeypatch.setattr(reading, "MOST_FILES", 2)
    known = class_of({f"{name}.json": "no work" for name in "abcd"})
    assert [row.outcome for row in known.rows] == ["damaged", "damaged", "too large"]
    assert known.rows[-1].problem == "more than 2 files"


def test_numbers_of_thousands_of_digits_stop_nothing():
    huge = json.loads(work({"04.1": done(tries=1), "04.2": done()}))
    huge["made"] = huge["entries"]["04.1"]["saved"] = 10**4000
    huge["entries"]["04.1"]["tries"] = 10**4000
    known = class_of({"a.json": json.dumps(huge)})
    assert (known.rows[0].outcome, known.rows[0].tasks_done) == ("read", 2)
    assert known.students[0].work.answers["04.1"].tries == 0
    assert "later than now" in known.rows[0].problem


def test_links_devices_and_closed_folders_are_named_and_not_entered(tmp_path, monkeypatch):
    outside, folder = tmp_path / "outside", tmp_path / "handed-in"
    for place in (outside, folder, folder / "closed"):
        place.mkdir()
    (outside / "secret.json").write_text(work({"04.1": done()}))
    (folder / "file.json").symlink_to(outside / "secret.json")
    (folder / "folder").symlink_to(outside)
    os.mkfifo(folder / "pipe.json")  # reading it would never end
    listed = os.scandir

    def refusing(path):
        if Path(path).name == "closed":  # whoever runs the tests may open everything
            raise PermissionError(13, "Permission denied", str(path))
        return listed(path)

    monkeypatch.setattr(os, "scandir", refusing)
    rows = {one.name: one for one in from_folder(folder)}
    assert {name: one.outcome for name, one in rows.items()} == {
        "file.json": "foreign",
        "folder": "foreign",
        "pipe.json": "foreign",
        "closed": "unreadable",
    }
    assert rows["closed"].problem == "a folder: Permission denied"


def test_entries_of_another_form_are_left_out_and_said():
    entries = {
        "04.1": done(status="finished"),
        "04.2": done() | {"saved": True},
        "04.4": {"text": 5},
        f"x{EVIL}": done(),
        "99.9": done() | {"saved": float("nan")},
    }
    [row] = class_of({"odd.json": work(entries)}).rows
    assert (row.outcome, row.tasks_done, row.last_saved) == ("read", 0, "")
    assert row.problem.startswith("4 of 5 entries have another form and are not counted")


# Whose it is, and which file counts ---------------------------------------------------------------


def test_of_one_code_the_latest_counts_by_its_content_and_not_by_its_name():
    old = work({"04.1": done("x = 1")}, code="K7M2", made=BEGIN)
    new = work({"04.1": done("x = 2")}, code="k7m2 ", made=BEGIN + MINUTE)
    again = json.dumps(json.loads(new), indent=1)
    for names in ("abc", "cba"):
        files = dict(sorted(zip(names, (old, new, again), strict=True)))
        known = class_of(files)
        [student] = known.students
        assert (student.name, student.work.answers["04.1"].text) == ("K7M2", "x = 2")
        outcomes = {row.file: row.outcome for row in known.rows}
        assert outcomes.pop(names[0]) == "earlier"
        assert sorted(outcomes.values()) == ["duplicate", "read"]


def test_without_a_code_the_same_texts_count_once_and_others_apart():
    same, other = work({"04.1": done()}), work({"04.1": done("x = 3")})
    known = class_of({"b/a.json": same, "a.json": same, "c.json": other})
    assert [row.outcome for row in known.rows].count("duplicate") == 1
    assert [student.name for student in known.students] == ["no code 1", "no code 3"]


def test_one_code_of_two_students_and_one_text_of_two_codes_are_said():
    moodle = "Ñato Núñez_{}_assignsubmission_file/{}.json"
    files = {
        moodle.format(11, "a"): work({"04.1": done()}, code="K7M2"),
        moodle.format(12, "b"): work({"04.1": done("x = 2")}, code="K7M2"),
        moodle.format(13, "c"): work({"04.1": done("x = 2")}, code="K7M3"),
        moodle.format(13, "brief"): brief(),
        "nunez_LATE_14_99_d.json": work({}, code="Ana Núñez"),
    }
    known = class_of(files)
    names = [student.name for student in known.students]
    assert names == ["K7M2 (1)", "K7M2 (2)", "K7M3", "no code 5"]
    assert known.students[2].brief.row.brief_words == 700  # by the platform's number
    assert known.students[3].owner == "14"
    problems = [row.problem for row in known.rows]
    assert all("more than one student" in problem for problem in problems[:2])
    assert "the same content as K7M2 (2)" in problems[2]
    assert "code is of another form" in problems[4]


def test_a_brief_is_known_by_the_code_in_its_name():
    known = class_of({"brief-k7m2.json": brief(), "x.json": brief()}, codes=["K7M2"])
    assert [student.name for student in known.students] == ["K7M2", "no code 2"]


@pytest.mark.parametrize(
    ("made", "late"), [(BEGIN, "no"), (BEGIN + 2 * MINUTE, "yes"), (9e15, "no"), ("x", "no")]
)
def test_late_is_what_was_made_after_the_date(made, late):
    file = work({"04.1": done()}, made=made)  # one that nobody believes gives way to the texts
    assert class_of({"a.json": file}, due=BEGIN + MINUTE).rows[0].late == late
    assert class_of({"a.json": file}).rows[0].late == ""


def test_a_claim_without_a_text_of_its_own_is_not_counted():
    given = {"04.1": done("x =  ..."), "04.3": done('x = """\n  \n"""'), "05.1": done(" ")}
    [row] = class_of({"a.json": work(given)}).rows
    assert (row.tasks_done, row.core_done) == (0, 0)
    assert row.problem.startswith("3 tasks say done or tried with no text of their own")


def test_an_alternative_counts_like_the_core_and_no_more_than_it():
    def tried(*names):
        words = done('x = """word"""')
        files = {"a.json": work({n: words if n == "04.3" else done() for n in names})}
        return core_tried(class_of(files).students[0].work, INDEX)

    assert tried("04.1", "04.4") == tried("04.1", "04.2") == {"04": 2, "05": 0}
    assert tried("04.1", "04.2", "04.3", "04.4") == {"04": 3, "05": 0}
    assert tried("05.1", "04.1") == {"04": 1, "05": 1}


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ('x = """\nOne "two".\n"""', 'One "two".'),
        ("x = '''one\ntwo'''", "one\ntwo"),
        ('# "not this"\nx = "one " \\\n  "two"', "one  two"),
        ('x = """one two', "one two"),
        ("x = 5", ""),
        ("x = ...", ""),
    ],
)
def test_the_words_of_an_answer(code, words):
    assert words_of(code) == words


# Texts that are alike -----------------------------------------------------------------------------


def likenesses(*texts: str) -> list[alike.Likeness]:
    files = {
        f"{n}.json": work({"04.3": done(f'x = """{text}"""')}, code=f"K{n:02}")
        for n, text in enumerate(texts)
    }
    return alike.alike(class_of(files))


def test_likeness_names_the_place_and_leaves_out_the_course_itself():
    words = [f"word{n}" for n in range(60)]
    one = " ".join(["Ávila", *words[:40]])
    other = " ".join(["something", "else", "here", *words[5:40], "avila", *words[50:]]).upper()
    [found] = likenesses(one, other, " ".join(words[::-1]))
    assert (found.one, found.other, found.task) == ("K00", "K01", "04.3")
    assert (found.word_in_one, found.word_in_other) == (7, 4)
    assert found.passage == " ".join(words[5:40])
    assert 60 <= found.percent <= 90
    own = [" ".join(words[:25]), " ".join(words[30:55])]
    assert likenesses(*(f"{MODEL}. {text}" for text in own)) == []


def test_a_likeness_is_called_no_accusation():
    text = " ".join(f"word{n}" for n in range(40))
    files = {f"{n}.json": work({"04.3": done(f'x = """{text} {n}"""')}) for n in (1, 2)}
    known = class_of(files)
    page = pages.report(known, alike.alike(known), title="class").decode()
    assert "A likeness is no accusation" in page
    assert "from word 1 and word 1: “word0 word1" in page


# What is written ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+1", "'+1"),
        (" @SUM", "' @SUM"),
        ("-1+2", "'-1+2"),
        ("a;=1+1", "a;'=1+1"),
        (';"=1+1"', ';\'"=1+1"'),
        ("\N{FULLWIDTH EQUALS SIGN}1", "'\N{FULLWIDTH EQUALS SIGN}1"),
        ("\t=1", "�=1"),
        ("a\nb", "a�b"),
        ("\ud800", "\\ud800"),
        ("plain; or not", "plain; or not"),
        (None, ""),
        (-5, "-5"),
    ],
)
def test_a_spreadsheet_runs_nothing(text, shown):
    assert tables.safe(text) == shown


def test_hostile_names_titles_and_texts_stay_text(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    names = ["=1+1.json", "<img src=x onerror=acted()>.json", "new\nline.json", ";=1+1.json"]
    for number, name in enumerate(names):
        (folder / name).write_text(brief(title=f"={EVIL}{number}\ud800", text=f"{EVIL} {number}"))
    (folder / os.fsdecode(b"bad\xff.json")).write_text("")
    answers = {"04.1": done(EVIL, mistake=EVIL), "04.3": done(f'x = """=1+1 {EVIL}"""')}
    (folder / "work.json").write_text(work(answers, code="K7M2"))
    made, known = results(from_folder(folder), INDEX, title=EVIL)
    for name, content in made.items():
        if name.endswith(".csv"):
            lines = content.decode("utf-8-sig")
            cells = [c for mark in ",;\t" for c in re.split(f"[\n\r{mark}]+", lines)]
            assert not [
                cell
                for cell in cells
                if cell.lstrip(" \"'").startswith("=") and not cell.startswith(("'", "\"'"))
            ], name
        elif name.endswith(".html"):
            tags = set(re.findall(r"<(\w+)", content.decode()))
            assert tags <= TAGS
            assert b"&lt;script&gt;" in content or "K7M2" not in name
    assert "bad\\xff.json" in {row.file for row in known.rows}
    sheets = zipfile.ZipFile(io.BytesIO(made["collected.xlsx"]))
    for sheet in (name for name in sheets.namelist() if "sheet" in name and name.endswith(".xml")):
        root = ElementTree.fromstring(sheets.read(sheet))
        assert not [node for node in root.iter() if node.tag.endswith("}f")], "a formula"


def test_a_page_of_a_task_may_leave_out_the_codes():
    files = {f"{n}.json": work({"04.1": done(f"x = {n}")}, code=f"K{n:02}") for n in range(4)}
    known = class_of(files)
    with_codes = pages.task_page(INDEX["tasks"][0], known).decode()
    without = pages.task_page(INDEX["tasks"][0], known, anonymous=True).decode()
    assert re.findall("K0[0-3]", with_codes) == ["K00", "K01", "K02", "K03"]
    assert re.findall(r"K\d\d|Text \d", without) == ["Text 1", "Text 2", "Text 3", "Text 4"]
    assert [int(n) for n in re.findall(r"x = (\d)", without)] != [0, 1, 2, 3]


CANVAS = """\ufeffStudent,ID,SIS User ID,SIS Login ID,Section,code,Old task (77)
    Points Possible,,,,,,10
"Núñez, Ñ",501,S1,n1,One,k01,7
"Pérez, P",502,S2,p2,One,,8
"Student, Test",503,,t,One,,
"""


def test_a_gradebook_goes_back_to_canvas_in_its_own_form():
    files = {
        "a.json": work({"04.1": done(), "04.2": done()}, code="K01"),
        "perezp_502_9_work.json": work({"04.1": done()}),  # who forgot the code
    }
    rows = list(
        csv.reader(
            io.StringIO(tables.gradebook(class_of(files), tables.roster(CANVAS.encode())).decode())
        )
    )
    assert rows == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Core tasks tried",
         "Lesson 04 core tried"],
        ["    Points Possible", "", "", "", "", "3", "3"],
        ["Núñez, Ñ", "501", "S1", "n1", "One", "2", "2"],
        ["Pérez, P", "502", "S2", "p2", "One", "1", "1"],
    ]  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_gradebook_for_moodle_keeps_the_list_and_has_no_grade_for_who_is_missing(encoding):
    listed = "Nombre;Dirección de correo;Código\nNúñez;n@x.pe;K01\nPérez;p@x.pe;K02\n"
    known = class_of({"a.json": work({"04.1": done()}, code="K01")})
    of = tables.roster(listed.encode(encoding))
    table = pd.read_csv(io.BytesIO(tables.gradebook(known, of)))
    assert list(table.columns[:2]) == ["Nombre", "Dirección de correo"]
    assert table["Core tasks tried"].tolist() == ["1", "-"]
    assert tables.strangers(known, of) == ([], ["K02"])


@pytest.mark.parametrize(
    ("listed", "why"), [("", "no column"), ("name\nx", "no column"), ("code\nk1\nK1", "K1")]
)
def test_a_list_of_the_class_that_cannot_be_used_is_said(listed, why):
    with pytest.raises(tables.NoRoster, match=why):
        tables.roster(listed.encode())


# A whole class ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def walked(tmp_path_factory):
    """A class of 120 as a platform packs it, through the command."""
    folder = tmp_path_factory.mktemp("class")
    archive = write_class(folder, for_teacher())
    out, roster = folder / "out", folder / "roster.csv"
    collect.main(str(archive), str(out), due=DUE, roster=str(roster))
    return archive, roster, out


def test_a_class_of_120_with_everything_that_goes_wrong(walked):
    _, _, out = walked
    files = pd.read_csv(out / "files.csv", encoding="utf-8-sig")
    assert (out / "files.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert len(files) == CLASS + 2
    assert files["outcome"].value_counts().to_dict() == {
        "read": 116, "damaged": 3, "duplicate": 1, "earlier": 1, "too large": 1,
    }  # fmt: skip
    assert files["problem"].str.contains("nothing is written").sum() == 5 + 4
    assert files["problem"].str.contains("no text of their own").sum() == 4
    students = pd.read_csv(out / "students.csv").set_index("student")
    assert len(students) == 116
    assert students.index.str.startswith("no code").sum() == 1 + 3 + 2
    assert students.loc["K011", "late"] == "yes"
    assert (students["late"] == "yes").sum() == 2  # and the brief, by the time in the archive
    assert students.loc["K001", "written words"] > 0
    assert students.loc["K001", "lesson 04 core tried"] <= 3
    gradebook = pd.read_csv(out / "gradebook.csv", dtype=str).set_index("Email address")
    assert len(gradebook) == CLASS
    core = students.loc["K001", "core tried"]
    assert gradebook.loc["n1@example.edu", "Core tasks tried"] == str(core)
    assert (gradebook["Core tasks tried"] == "-").sum() == 5 + 3 + 2
    assert len(list((out / "students").glob("*.html"))) == 116
    report = (out / "collected.html").read_text("utf-8")
    assert "<td>K009</td><td>K010</td><td>100%" in report
    assert "Progress is self-reported" in report
    assert 'href="students/K001.html"' in report
    for page in [*out.glob("students/*"), *out.glob("tasks/*")]:
        assert "Núñez" not in page.read_text("utf-8"), "a name stands beside a text"


def test_the_page_of_the_course_gets_the_same(walked, tmp_path):
    archive, roster, out = walked
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "0").write_bytes(archive.read_bytes())
    (tmp_path / "index.json").write_text(json.dumps(for_teacher()))
    (tmp_path / "roster").write_bytes(roster.read_bytes())
    asked = {"files": [{"name": archive.name, "time": 0}], "anonymous": False}
    asked["due"] = collect.moment(DUE)
    said = json.loads(in_browser(str(tmp_path), json.dumps(asked)))
    assert said["says"].startswith("122 files of 116 students")
    for name in ("students.csv", "files.csv", "gradebook.csv"):
        assert (tmp_path / "out" / name).read_bytes() == (out / name).read_bytes()
    packed = zipfile.ZipFile(tmp_path / "out" / "collected.zip").namelist()
    assert {"collected.html", "students/K001.html", "tasks/04-6.html"} <= set(packed)
    (tmp_path / "roster").write_text("no list")
    assert "no column" in json.loads(in_browser(str(tmp_path), json.dumps(asked)))["refused"]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ([""], "name what was handed in"),
        (["missing"], "neither a folder nor a zip"),
        ([".", None, "tomorrow"], "is no date"),
        ([".", None, None, "missing.csv"], "is not a file"),
    ],
)
def test_the_command_says_what_it_needs(words, why, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UserError, match=why):
        collect.main(*words)


def test_an_empty_folder_gives_an_empty_report():
    made, _ = results([], INDEX, title="empty")
    assert b"0 files: none" in made["collected.html"]
