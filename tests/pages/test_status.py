"""The page on the state of the course counts what is there, and invents nothing."""

import json
import re

import nbformat
import pytest
import yaml

from course.data import load, tables
from tools.authoring.numbers.beside import Beside
from tools.common.paths import ROOT, exercises
from tools.content import outputs
from tools.pages import status

LESSONS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def rows(page: str, heading: str) -> dict[str, list[str]]:
    """Return the table under a heading: the first cell of each row, and the others."""
    section = page.split(f"## {heading}\n")[1].split("\n## ")[0]
    lines = [line.strip("| ").split(" | ") for line in section.splitlines() if line[:1] == "|"]
    return {re.sub(r"\W*(\w+).*", r"\1", first): rest for first, *rest in lines[2:]}


@pytest.fixture(scope="module")
def page() -> str:
    return status.page(ROOT, ROOT / "no-such-file")


def number(text: str) -> int:
    return int(text.strip("*").replace(",", ""))


@pytest.mark.parametrize("heading", ["What a lesson says, and from what", "What runs"])
def test_every_lesson_has_a_row_and_the_last_row_adds_up(page, heading):
    table = rows(page, heading)
    assert list(table) == [*(path.stem[:2] for path in LESSONS), "All"]
    total = [number(cell) for cell in table.pop("All")]
    sums = [sum(map(number, column)) for column in zip(*table.values(), strict=True)]
    if heading.startswith("What a lesson"):  # a work that two lessons cite counts once
        assert max(number(row[-1]) for row in table.values()) <= total.pop() <= sums.pop()
    assert total == sums


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_what_is_counted_is_what_the_notebooks_hold(path):
    found, _ = status.counts(path, ROOT / "exercises" / path.name)
    text = path.read_text("utf-8")
    exercise = (ROOT / "exercises" / path.name).read_text("utf-8")
    assert found.code_cells == (text + exercise).count('"cell_type": "code"')
    assert found.outputs == (text + exercise).count('"output_type": ')
    assert found.figures + found.explorers == (text + exercise).count("<figure class=")
    assert found.explorers >= 1
    assert found.numbers == len(Beside(path).numbers())
    assert found.tasks == exercise.count('"check"\n')


def test_works_are_counted_once_and_code_is_not_read():
    notebook = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_markdown_cell("One {cite:p}`a2001,b2002`, again {cite:t}`a2001`."),
            nbformat.v4.new_code_cell('"{cite:p}`c2003`"'),
        ]
    )
    assert status.cited([notebook, notebook]) == {"a2001", "b2002"}


def test_tables_and_rows_are_those_of_the_data_package(page):
    assert f"{len(tables())} tables with {sum(len(load(n)) for n in tables()):,} rows" in page


# Seconds ----------------------------------------------------------------------------------------


def test_without_a_measurement_the_page_says_so(page):
    assert "Not measured in this build" in page
    assert "Seconds to execute" not in page


def test_seconds_are_shown_only_for_the_very_file_that_was_measured(tmp_path):
    lesson, exercise = LESSONS[0], exercises()[0]
    file = tmp_path / "seconds.json"
    outputs.record({lesson: (3.21, lesson.read_text("utf-8")), exercise: (9.9, "older")}, file)
    page = status.page(ROOT, file)
    assert rows(page, "How long a notebook takes") == {lesson.stem[:2]: ["3.2", "—"]}
    assert "Measured on" in page
    assert "A dash is a notebook" in page


def test_a_second_run_adds_to_the_first_of_the_day_and_replaces_an_older_one(tmp_path):
    file = tmp_path / "seconds.json"
    one, two = LESSONS[:2]
    outputs.record({one: (1.0, "a")}, file)
    outputs.record({two: (2.0, "b")}, file)
    kept = json.loads(file.read_text("utf-8"))
    assert set(kept["notebooks"]) == {f"notebooks/{path.name}" for path in (one, two)}
    file.write_text(json.dumps(kept | {"occasion": "Measured on another day"}), "utf-8")
    outputs.record({two: (2.0, "b")}, file)
    assert set(json.loads(file.read_text("utf-8"))["notebooks"]) == {f"notebooks/{two.name}"}


# Changes and reports ----------------------------------------------------------------------------


def test_the_changes_begin_with_the_version_of_the_course():
    changes = (ROOT / "CHANGELOG.md").read_text("utf-8")
    releases = re.findall(r"^## \[(.+?)\](?: - (\d{4}-\d\d-\d\d))?$", changes, re.MULTILINE)
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert releases[0] == ("Unreleased", "")
    assert releases[1] == (status.version(ROOT), str(cited["date-released"]))
    assert str(cited["version"]) == status.version(ROOT)
    shown = status.pages()[status.CHANGES].decode()
    assert re.findall(r"^## (.+)$", shown, re.MULTILINE)[:2] == [
        "Unreleased",
        f"{status.version(ROOT)} - {cited['date-released']}",
    ]
    kinds = set(re.findall(r"^### (.+)$", changes, re.MULTILINE))
    assert kinds <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


def test_every_command_that_the_changes_name_exists():
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    named = re.findall(r"`make ([a-z-]+)", (ROOT / "CHANGELOG.md").read_text("utf-8"))
    assert len(named) >= 8
    assert set(named) <= set(targets)


FORMS = sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml"))


@pytest.mark.parametrize("path", [f for f in FORMS if f.stem != "config"], ids=lambda p: p.stem)
def test_a_form_has_what_the_host_needs(path):
    form = yaml.safe_load(path.read_text("utf-8"))
    assert form["name"] and form["description"]
    ids = [field["id"] for field in form["body"] if field["type"] != "markdown"]
    assert len(ids) == len(set(ids)) >= 3
    for field in form["body"]:
        assert field["type"] in ("markdown", "input", "textarea", "dropdown", "checkboxes")
        assert field["attributes"].get("label") or field["attributes"]["value"]


def test_a_report_asks_the_same_with_and_without_an_account():
    form = yaml.safe_load((FORMS[0].parent / "error-in-a-number.yml").read_text("utf-8"))
    required = [
        field["id"] for field in form["body"] if field.get("validations", {}).get("required")
    ]
    assert required == ["page", "number", "found", "source"]
    page = (ROOT / "book" / "how-to-use.md").read_text("utf-8")
    to_copy = page.split("```text\nError in a number\n")[1].split("```")[0].lower()
    assert all(word in to_copy for word in [*required, "version"])
