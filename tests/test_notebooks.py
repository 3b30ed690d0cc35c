"""What holds for every lesson and exercise: its parts, its order, its stored outputs."""

import gzip
import importlib
import re
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from tools.outputs import executed
from tools.paths import ROOT, exercises, notebooks
from tools.stage import student_version

LESSONS = [path for path in notebooks() if path.parent.name == "notebooks"]


def by_name(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def tags(cell) -> list[str]:
    return cell.metadata.get("tags", [])


def tasks_of(path: Path):
    return importlib.import_module(f"course.tasks.lesson{path.stem[:2]}").TASKS


@pytest.mark.parametrize("path", notebooks(), ids=by_name)
def test_the_stored_file_is_what_executing_it_writes(path):
    assert path.read_text("utf-8") == executed(path), "run `make outputs` and look at the change"


@pytest.mark.parametrize("path", LESSONS, ids=by_name)
class TestLesson:
    def test_it_has_its_exercise_and_its_tasks(self, path):
        assert (ROOT / "exercises" / path.name).exists(), f"exercises/{path.name} is missing"
        tasks = ROOT / "course" / "tasks" / f"lesson{path.stem[:2]}.py"
        assert tasks.exists(), f"course/tasks/{tasks.name} is missing"

    def test_it_is_in_the_table_of_contents(self, path):
        contents = (ROOT / "_toc.yml").read_text("utf-8")
        assert f"notebooks/{path.stem}" in contents
        assert f"exercises/{path.stem}" in contents

    def test_its_metadata_is_complete(self, path):
        course = nbformat.read(path, as_version=4).metadata["course"]
        assert course["number"] == path.stem[:2]
        assert course["slug"] == path.stem[3:]
        assert course["title"].endswith("?")
        assert len(course["objectives"]) == 3
        assert {"part", "minutes_reading", "minutes_exercises", "needs", "new_pandas"} <= set(
            course
        )

    def test_its_parts_stand_in_order(self, path):
        notebook = nbformat.read(path, as_version=4)
        title = notebook.metadata["course"]["title"]
        assert notebook.cells[0].source.startswith(f"# {title}")
        assert "card" in tags(notebook.cells[1])
        text = "\n".join(c.source for c in notebook.cells if c.cell_type == "markdown")
        parts = [
            ":class: card",
            ":class: claim",
            ":class: predict",
            ":class: rival",
            "## Check yourself",
            "## Key points",
            ":class: unknown",
            "## Read next",
        ]
        places = [text.find(part) for part in parts]
        missing = [part for part, place in zip(parts, places, strict=True) if place < 0]
        assert not missing, f"missing: {missing}"
        assert places == sorted(places), dict(zip(parts, places, strict=True))

    def test_its_quiz_answers_every_option(self, path):
        notebook = nbformat.read(path, as_version=4)
        text = "\n".join(c.source for c in notebook.cells if c.cell_type == "markdown")
        quiz = text[text.index("## Check yourself") : text.index("## Key points")]
        questions = re.split(r"^\*\*\d\. ", quiz, flags=re.MULTILINE)[1:]
        assert len(questions) == 3
        for question in questions:
            options = re.findall(
                r'<details class="(quiz(?: right)?)"><summary>(.+?)</summary>(.+?)</details>',
                question,
                re.DOTALL,
            )
            assert len(options) >= 3
            assert [kind for kind, _, _ in options].count("quiz right") == 1
            assert all(len(answer.split()) >= 5 for _, _, answer in options)
            # inside HTML, Markdown is shown as it is typed
            assert not any(re.search(r"[`{*]", text) for option in options for text in option)

    def test_its_cells_are_short_and_its_page_readable(self, path):
        notebook = nbformat.read(path, as_version=4)
        code = [c for c in notebook.cells if c.cell_type == "code" and "figures" not in tags(c)]
        long = [c.id for c in code if len(c.source.splitlines()) > 12]
        assert not long, f"cells of more than 12 lines: {long}"
        words = sum(
            len(c.source.split())
            for c in notebook.cells
            if c.cell_type == "markdown" and "card" not in tags(c)
        )
        assert words <= 2_700

    def test_every_picture_is_compared(self, path):
        notebook = nbformat.read(path, as_version=4)
        kinds = {
            kind
            for cell in notebook.cells
            if cell.cell_type == "code"
            for output in cell.outputs
            for kind in output.get("data", {})
        }
        assert "image/png" not in kinds, "nbval does not compare PNG: show the figure as SVG"
        shown = str([c.outputs for c in notebook.cells if c.cell_type == "code"])
        assert "course-figure" in shown
        assert "course-explorer" in shown

    def test_its_explorers_are_light(self, path):
        notebook = nbformat.read(path, as_version=4)
        shown = [
            output.data["text/html"]
            for cell in notebook.cells
            if cell.cell_type == "code"
            for output in cell.outputs
            if "course-explorer" in output.get("data", {}).get("text/html", "")
        ]
        assert shown
        heavy = [len(gzip.compress(text.encode())) for text in shown]
        assert max(heavy) <= 60_000, f"explorers of {heavy} bytes, compressed"


@pytest.mark.parametrize("path", exercises(), ids=by_name)
class TestExercise:
    def test_it_has_its_tasks(self, path):
        tasks = list(tasks_of(path))
        assert 5 <= len(tasks) <= 7
        assert sum(task.core for task in tasks) == 3
        assert tasks[-1].answer == "text", "the last task is a written judgement"

    def test_the_student_version_runs_and_answers_not_yet(self, path):
        tasks = tasks_of(path)
        student = student_version(nbformat.read(path, as_version=4), tasks)
        folder = {"metadata": {"path": str(path.parent)}}
        NotebookClient(student, timeout=120, kernel_name="python3", resources=folder).execute()
        checks = [cell for cell in student.cells if "check" in tags(cell)]
        assert len(checks) == len(list(tasks))
        for cell in checks:
            assert cell.outputs[0]["data"]["text/plain"].startswith("Not yet."), cell.source

    def test_with_its_solutions_every_check_says_right(self, path):
        checks = [c for c in nbformat.read(path, as_version=4).cells if "check" in tags(c)]
        for cell in checks:
            assert cell.outputs[0]["data"]["text/plain"].startswith("Right."), cell.source
