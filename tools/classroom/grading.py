"""Prove the assignments with nbgrader itself.

Three students hand in one assignment: everything right, half of it, and a known mistake in every
task. nbgrader, in an environment of its own, makes the students' version, runs the checks of the
three and keeps the points for a person. What came of it goes to the page on running the course.
"""

import copy
import importlib
import json
import os
import shutil
import subprocess
import tempfile
import venv
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from course.checks import Task
from tools.classroom.release import OUT, release
from tools.common.errors import UserError
from tools.common.files import fingerprint
from tools.common.paths import CACHE, ROOT
from tools.common.recorded import occasion, record
from tools.content.stage import BEGIN, checked_name, task_cells

PINS = ROOT / "requirements" / "grading.txt"
PAGE = ROOT / "book" / "running-the-course.md"
SLUG = "04-eradication-and-replanting"
NAMES = ("right", "half-right", "wrong")  # students
MARKS = """
import json
from nbgrader.api import Gradebook
with Gradebook("sqlite:///gradebook.db") as book:
    print(json.dumps({
        one.student_id: [one.score, one.max_score, one.needs_manual_grade]
        for one in book.assignment_submissions("%s")
    }))
"""


def environment() -> Path:
    """Return the Python of nbgrader's environment, made from its pins; the toolkit is in it."""
    wheel = next(OUT.glob("*.whl"))
    folder = CACHE / f"grading-{fingerprint([PINS, wheel], ROOT)[:12]}"
    python = folder / "bin" / "python"
    if not (folder / "complete").exists():
        print("Installing nbgrader into an environment of its own ...", flush=True)
        shutil.rmtree(folder, ignore_errors=True)
        venv.create(folder, with_pip=True)
        pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        for what in (["--require-hashes", "-r", PINS], ["--no-deps", wheel]):
            if subprocess.call(list(map(str, [*pip, *what]))):
                raise UserError("nbgrader could not be installed; the lines above say why.")
        (folder / "complete").touch()
    return python


def handed_in(student: NotebookNode, answers: dict[str, str]) -> NotebookNode:
    """Return the students' version with answers, by task, in place of its own."""
    work = copy.deepcopy(student)
    for cell in work.cells:
        if "answer" in cell.metadata.get("tags", []):
            cell.source = answers.get(cell.metadata["task"], cell.source)
    return work


def answers_of(source: NotebookNode, tasks: list[Task], right: int) -> dict[str, str]:
    """Return an answer a task: the first ones right, each other one a known mistake."""
    parts, answers = task_cells(source), {}
    module = f"course.tasks.lesson{SLUG[:2]}"
    for number, task in enumerate(tasks):
        name = checked_name(parts[task.id]["check"], task.id)
        if number < right:
            answers[task.id] = parts[task.id]["answer"].source
        elif task.misconceptions:
            mistake = f'TASKS.by_id["{task.id}"].misconceptions[0].value()'
            answers[task.id] = f"from {module} import TASKS\n{name} = {mistake}"
        else:
            answers[task.id] = f'{name} = "Too short."'
    return answers


def checks_passed(folder: Path) -> int:
    """Return how many checks of an assignment raised nothing when nbgrader ran them."""
    cells = nbformat.read(folder / f"{SLUG}.ipynb", as_version=4).cells
    checks = [cell for cell in cells if "check" in cell.metadata.get("tags", [])]
    return sum(all(out.output_type != "error" for out in cell.outputs) for cell in checks)


def main() -> None:
    """Release, hand in and grade one assignment with nbgrader, and record what came of it."""
    source = nbformat.read(ROOT / "exercises" / f"{SLUG}.ipynb", as_version=4)
    tasks = list(importlib.import_module(f"course.tasks.lesson{SLUG[:2]}").TASKS)
    release()
    python = environment()
    with tempfile.TemporaryDirectory() as folder:
        desk = Path(folder) / "desk"
        shutil.copytree(OUT, desk)

        def nbgrader(*words: str) -> None:
            command = [str(python), "-m", "nbgrader", *words]
            # the kernel must be the environment's own
            paths = os.environ | {"PATH": f"{python.parent}{os.pathsep}{os.environ['PATH']}"}
            done = subprocess.run(command, cwd=desk, env=paths, capture_output=True, text=True)
            if done.returncode:
                last = "\n".join((done.stdout + done.stderr).splitlines()[-15:])
                raise UserError(f"nbgrader {words[0]} failed:\n{last}")

        nbgrader("generate_assignment", SLUG)
        student = nbformat.read(desk / "release" / SLUG / f"{SLUG}.ipynb", as_version=4)
        if any(BEGIN in cell.source for cell in student.cells):
            raise UserError("nbgrader left a solution in the students' version.")
        count = len(tasks)
        for name, right in zip(NAMES, (count, count // 2, 0), strict=True):
            target = desk / "submitted" / name / SLUG / f"{SLUG}.ipynb"
            target.parent.mkdir(parents=True)
            nbformat.write(handed_in(student, answers_of(source, tasks, right)), target)
        nbgrader("autograde", SLUG, "--create")
        done = subprocess.run(
            [python, "-c", MARKS % SLUG], cwd=desk, capture_output=True, text=True, check=True
        )
        passed = {name: checks_passed(desk / "autograded" / name / SLUG) for name in NAMES}
    marks = json.loads(done.stdout.splitlines()[-1])
    lines = [
        f"{occasion()}. Assignment {SLUG}, {count} tasks.",
        "",
        "| Handed in | checks passed | points before a person reads | of | left to a person |",
        "|---|---:|---:|---:|---|",
    ]
    lines += [
        f"| {name.replace('-', ' ')} | {passed[name]} | {marks[name][0]:.0f} "
        f"| {marks[name][1]:.0f} | {'yes' if marks[name][2] else 'no'} |"
        for name in NAMES
    ]
    record(PAGE, "nbgrader", "\n".join(lines))
    print("\n".join(lines))
