"""What holds for every lesson and exercise: its parts, its order, its stored outputs."""

import gzip
import importlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
import pytest
from jupyter_client.manager import AsyncKernelManager
from jupyter_core.utils import run_sync
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode

from tools.authoring.numbers.quantities import NOT_QUANTITIES, NUMBER
from tools.authoring.numbers.texts import readable
from tools.common.paths import ROOT, exercises, notebooks
from tools.content.outputs import stored, with_card
from tools.content.reading import words
from tools.content.stage import naming, runnable, student_version

LESSONS = [path for path in notebooks() if path.parent.name == "notebooks"]


METADATA = {
    "number",
    "slug",
    "title",
    "part",
    "objectives",
    "minutes_reading",
    "minutes_exercises",
    "needs",
    "content_note",
}
# What every lesson holds, in this order.
PARTS = [
    ":class: card",
    ":class: claim",
    ":class: predict",
    ":class: rival",
    "## Check yourself",
    "## Key points",
    ":class: unknown",
    "## Read next",
]


def by_name(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def tags(cell) -> list[str]:
    return cell.metadata.get("tags", [])


def tasks_of(path: Path):
    return importlib.import_module(f"course.tasks.lesson{path.stem[:2]}").TASKS


def markdown(path: Path) -> str:
    cells = nbformat.read(path, as_version=4).cells
    return "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")


def between(text: str, start: str, end: str | None = None) -> str:
    """Return what stands between two marks; nothing when the first is absent."""
    after = text.partition(start)[2]
    return after.partition(end)[0] if end else after


def quantities(text: str) -> list[str]:
    """Return the numbers of a text that are no date, no label and no place in the book."""
    text = readable(text)
    for pattern in NOT_QUANTITIES:
        text = re.sub(pattern, " ", text, flags=re.MULTILINE)
    return NUMBER.findall(text)


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text; a line of a list is one, a table, code or box is none."""
    text = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    parts = re.split(r"\n\s*\n|\n(?=\s*(?:[-*] |\d+\. |\|))", text)
    return [part.strip() for part in parts if part.strip(":\n ") and not part.startswith("|")]


def steps_of(path: Path) -> dict[str, list[tuple[str, str]]]:
    """Return the steps of a lesson by their headings: the paragraphs, each with its cell's id.

    A step is a heading between the claim and the prediction; boxes are not part of its argument.
    """
    steps, paragraphs_of = {}, None
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type != "markdown" or {"card", "turn", "why"} & set(tags(cell)):
            continue
        text = re.sub(r"^:::\{.*?^:::$", "", cell.source, flags=re.MULTILINE | re.DOTALL)
        for part in paragraphs(text):
            if part.startswith("## "):
                paragraphs_of = steps.setdefault(part.splitlines()[0], [])
            elif paragraphs_of is not None:
                paragraphs_of.append((cell.id, part))
        if ":class: predict" in cell.source:
            steps.popitem()  # the heading above the prediction
            return steps
    return steps


# What a kernel runs first, so that nothing of the notebook before is left. Of an explorer it
# draws the first picture only; its model is asked for every position.
AS_NEW = """
%reset -f
%cd -q {folder}
from course import data, explorers, figures
import pandas
pandas.reset_option(r"^display\\.")
data.style()
figures.style()
explorers.Explorer._repr_html_ = lambda self: str([self.model(**one) for one in self.positions()])
del data, explorers, figures, pandas
"""


@pytest.fixture(scope="module")
def run() -> Iterator[Callable]:
    """What runs a student's version, all in one kernel: most take less time than its start."""
    kernel = AsyncKernelManager(kernel_name="python3")

    def run(student: NotebookNode, folder: Path) -> None:
        student.cells.insert(0, nbformat.v4.new_code_cell(AS_NEW.format(folder=folder)))
        client = NotebookClient(student, timeout=120, km=kernel, coalesce_streams=True)
        try:
            client.execute()
        except CellExecutionError as error:
            pytest.fail(f"a cell fails: {error.ename}: {error.evalue}\n{error}", pytrace=False)
        finally:
            client.kc.stop_channels()
        del student.cells[0]

    yield run
    if kernel.has_kernel:
        run_sync(kernel.shutdown_kernel)(now=True)


def differing_cells(before: str, anew: str) -> str:
    """Return in which cells two texts of one notebook differ, by their ids."""
    pair = (nbformat.reads(text, as_version=4).cells for text in (before, anew))
    cells = [old["id"] for old, new in zip(*pair, strict=True) if old != new]
    return ", ".join(cells) or "its metadata"


def bullets(text: str) -> int:
    return len(re.findall(r"^- ", text, re.MULTILINE))


@pytest.mark.parametrize("path", notebooks(), ids=by_name)
def test_the_stored_file_is_what_executing_it_writes(path):
    """nbval compares what the cells show with what executing them shows; this is all the rest."""
    notebook = with_card(path)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for count, cell in enumerate(code, 1):  # nbval compares no cell that was not executed
        cell.execution_count = count
        for output in cell.outputs:
            if "execution_count" in output:
                output.execution_count = count
            if "metadata" in output:
                output.metadata = {}
    before, anew = path.read_text("utf-8"), stored(notebook)
    assert "nbval" not in before.lower(), f"{by_name(path)}.ipynb: a cell that nbval leaves out"
    same = before == anew  # compared here: a failure should name cells, not print two notebooks
    assert same, (
        f"{by_name(path)}.ipynb: run `python -m tools outputs {by_name(path)}.ipynb`; "
        f"new in {differing_cells(before, anew)}"
    )


@pytest.mark.parametrize("path", LESSONS, ids=by_name)
class TestLesson:
    def test_it_has_its_exercise_tasks_tests_and_plan(self, path):
        number = path.stem[:2]
        for part in (
            f"exercises/{path.name}",
            f"course/tasks/lesson{number}.py",
            f"tests/lessons/test_lesson{number}.py",
            f"tests/lessons/numbers/lesson{number}.py",
            f"book/teaching/plans/{path.stem}.md",
        ):
            assert (ROOT / part).exists(), f"{by_name(path)}.ipynb: {part} is missing"

    def test_it_is_in_the_table_of_contents(self, path):
        lines = (ROOT / "_toc.yml").read_text("utf-8").splitlines()
        plan = f"book/teaching/plan-{path.stem[:2]}"
        for page in (f"notebooks/{path.stem}", f"exercises/{path.stem}", plan):
            line = f"- file: {page}"
            assert line in map(str.strip, lines), f"_toc.yml lacks the line `{line}` of {path.name}"

    def test_its_metadata_is_complete(self, path):
        course = nbformat.read(path, as_version=4).metadata["course"]
        missing = METADATA - set(course)
        assert missing == set(), f"{path.name}: what its metadata lack"
        assert f"{course['number']}-{course['slug']}" == path.stem, (
            f"{path.name}: number and slug of the metadata are not those of the file"
        )
        assert course["title"].endswith("?"), f"{path.name}: the title is not a question"
        assert len(course["objectives"]) == 3, f"{path.name} needs three objectives"

    def test_its_parts_stand_in_order(self, path):
        notebook = nbformat.read(path, as_version=4)
        title = notebook.metadata["course"]["title"]
        assert notebook.cells[0].source.startswith(f"# {title}"), (
            f"{path.name}: the first cell is not the title of the metadata"
        )
        assert "card" in tags(notebook.cells[1]), f"{path.name}: the second cell is not the card"
        text = markdown(path)
        places = [text.find(part) for part in PARTS]
        missing = [part for part, place in zip(PARTS, places, strict=True) if place < 0]
        assert missing == [], f"{path.name}: parts that it lacks"
        assert places == sorted(places), f"{path.name}: its parts are not in the order of PARTS"

    def test_its_parts_are_complete(self, path):
        text = markdown(path)
        steps = between(text, ":class: claim", ":class: predict")
        # the heading above the prediction is the last of these
        assert len(re.findall("^## ", steps, re.MULTILINE)) > 3, f"{path.name} needs three steps"
        points = between(text, "## Key points", ":::")
        assert bullets(points) == 3, f"{path.name} needs three key points"
        unknown = between(text, ":class: unknown", "\n:::")
        assert bullets(unknown) >= 2, f"{path.name} needs two things that are not known"
        works = between(text, "## Read next")
        assert bullets(works) == 3, f"{path.name} needs three works to read next"

    def test_a_paragraph_holds_at_most_four_numbers(self, path):
        crowded = [
            f"{path.name}, cell {cell.id}, {len(found)} numbers: {' '.join(part.split())[:80]}"
            for cell in nbformat.read(path, as_version=4).cells
            if cell.cell_type == "markdown" and "card" not in tags(cell)
            for part in paragraphs(cell.source)
            if len(found := quantities(part)) > 4
        ]
        shown = "\n".join(crowded)  # in the message: a list is cut off
        assert crowded == [], f"divide the paragraph, or make a list:\n{shown}"

    def test_each_step_ends_with_an_argument(self, path):
        steps = steps_of(path)
        assert len(steps) >= 3, f"{path.name} needs three steps"
        ends = [
            f"{path.name}, {heading}, cell {cell}: {last}"
            for heading, parts in steps.items()
            for cell, part in parts[-1:]
            if quantities(last := re.split(r"(?<=[.!?])\s+", part)[-1])
        ]
        shown = "\n".join(ends)
        assert ends == [], f"end the step with a sentence of argument without a number:\n{shown}"

    def test_its_quiz_answers_every_option(self, path):
        quiz = between(markdown(path), "## Check yourself", "## Key points")
        questions = re.split(r"^\*\*\d\. ", quiz, flags=re.MULTILINE)[1:]
        assert len(questions) == 3, f"{path.name}: Check yourself needs three questions"
        for number, question in enumerate(questions, 1):
            where = f"{path.name}, Check yourself, question {number}"
            options = re.findall(
                r'<details class="(quiz(?: right)?)"><summary>(.+?)</summary>(.*?)</details>',
                question,
                re.DOTALL,
            )
            assert len(options) >= 3, f"{where}: at least three options"
            right = [kind for kind, _, _ in options].count("quiz right")
            assert right == 1, f"{where}: one option is right"
            short = [option for _, option, answer in options if len(answer.split()) < 5]
            assert short == [], f"{where}: options without an answer of five words"
            # inside HTML, Markdown is shown as it is typed
            typed = [option for option in options if any(re.search(r"[`{*]", t) for t in option)]
            assert typed == [], f"{where}: Markdown inside HTML"

    def test_its_cells_are_short_and_its_page_readable(self, path):
        notebook = nbformat.read(path, as_version=4)
        code = [c for c in notebook.cells if c.cell_type == "code"]
        long = [c.id for c in code if len(c.source.splitlines()) > 10]
        assert long == [], f"{path.name}: cells of more than ten lines"
        count = words(notebook, core=True)
        assert count <= 2_500, f"{path.name} has {count} words in its core, at most 2,500"

    def test_every_picture_is_compared(self, path):
        data = [
            output.get("data", {})
            for cell in nbformat.read(path, as_version=4).cells
            if cell.cell_type == "code"
            for output in cell.outputs
        ]
        kinds = {kind for bundle in data for kind in bundle}
        assert "image/png" not in kinds, "nbval does not compare PNG: show the figure as SVG"
        shown = "".join(bundle.get("text/html", "") for bundle in data)
        for part, how in {
            "course-figure": "no figure; end a cell with figure(...)",
            "course-explorer": "no explorer; end a cell with Explorer(...)",
        }.items():
            if part not in shown:  # an assertion would print the whole page
                run = f"python -m tools outputs {by_name(path)}.ipynb"
                pytest.fail(f"{path.name} shows {how} and run `{run}`")

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
        assert max(heavy) <= 60_000, f"{path.name}: explorers of {heavy} bytes, compressed"


@pytest.mark.parametrize("path", LESSONS, ids=by_name)
class TestTurns:
    def test_it_has_at_most_four_and_they_are_small(self, path):
        turns = tasks_of(path).turns
        assert len(turns) <= 4, f"{path.name}: at most four turns"
        wanted = [f"{path.stem[:2]}.t{number}" for number in range(1, len(turns) + 1)]
        cells = nbformat.read(path, as_version=4).cells
        found = [cell.metadata["task"] for cell in cells if "turn" in tags(cell)]
        assert found == [turn.id for turn in turns] == wanted
        for cell in cells:
            task = cell.metadata.get("task")
            if "turn" in tags(cell):
                assert cell.source.startswith("**Your turn.** "), f"{path.name}, {task}"
                words = len(cell.source.split())
                assert words <= 70, f"{path.name}, {task}: {words} words, at most 70"
            if "answer" in tags(cell):
                start = [line for line in cell.source.splitlines() if line.startswith("#~ ")]
                assert 1 <= len(start) <= 4, f"{path.name}, {task}: one to four lines to start from"
                count = "\n".join(start).count("____")
                assert count == 1, f"{path.name}, {task}: {count} blanks, write one"

    def test_its_other_cells_do_not_depend_on_an_answer(self, path, run):
        """With every blank left open, each other cell gives what is stored."""
        if not tasks_of(path).turns:
            return
        stored = nbformat.read(path, as_version=4)
        student = runnable(student_version(stored, tasks_of(path).turns, is_lesson=True))
        run(student, path.parent)
        outputs = {cell.id: shown(cell) for cell in student.cells if cell.cell_type == "code"}
        for cell in stored.cells:
            if cell.cell_type == "code" and not {"answer", "check"} & set(tags(cell)):
                assert outputs[cell.id] == shown(cell), f"{path.name}: {cell.id} needs an answer"
        for cell in student.cells:
            if "check" in tags(cell):
                assert shown(cell)[0].startswith("Not yet."), cell.source


@pytest.mark.parametrize("path", [*LESSONS, *exercises()], ids=by_name)
def test_a_reason_needs_no_typesetting(path):
    """A why is fetched and put into the page as it is: formulas would stand there as typed."""
    typed = [
        cell.id
        for cell in nbformat.read(path, as_version=4).cells
        if "why" in tags(cell) and ("$" in cell.source or "{math}" in cell.source)
    ]
    assert typed == [], f"{by_name(path)}: a why with a formula, write it in words or as code"


def shown(cell) -> list[str]:
    """Return what a cell shows, as plain text."""
    return [
        output.get("text") or output.get("data", {}).get("text/plain", "error")
        for output in cell.outputs
    ]


@pytest.mark.parametrize("path", exercises(), ids=by_name)
class TestExercise:
    def test_it_has_its_lesson(self, path):
        lesson = ROOT / "notebooks" / path.name
        assert lesson.exists(), f"{by_name(path)}.ipynb: notebooks/{path.name} is missing"

    def test_it_has_its_tasks(self, path):
        tasks = list(tasks_of(path))
        where = f"course/tasks/lesson{path.stem[:2]}.py"
        carried = sum("*Transfer.*" in cell.source for cell in nbformat.read(path, 4).cells)
        assert carried <= 1, f"{by_name(path)}.ipynb: one transfer task is enough"
        assert 5 <= len(tasks) - carried <= 7, f"{where}: write five to seven tasks"
        assert sum(task.core for task in tasks) == 3, f"{where}: three tasks are the core"
        assert tasks[-1].answer == "text", f"{where}: the last task is a written judgement"

    def test_the_student_version_runs_and_answers_not_yet(self, path, run):
        tasks = tasks_of(path)
        with naming(f"{by_name(path)}.ipynb"):
            student = runnable(student_version(nbformat.read(path, as_version=4), tasks))
        run(student, path.parent)
        checks = [cell for cell in student.cells if "check" in tags(cell)]
        assert len(checks) == len(list(tasks))
        for cell in checks:
            assert cell.outputs[0]["data"]["text/plain"].startswith("Not yet."), cell.source

    def test_with_its_solutions_every_check_says_right(self, path):
        for cell in nbformat.read(path, as_version=4).cells:
            if "check" in tags(cell):
                said = "".join(o.get("data", {}).get("text/plain", "") for o in cell.outputs)
                assert said.startswith(("Right.", "Complete.")), (
                    f"{by_name(path)}.ipynb: {cell.source}"
                )
