"""Measure collecting from a class, and from a large course.

Generates what a class of 120 hands in, with everything in it that goes wrong, and 10,000 files of a
large course; records seconds and memory.
"""

import json
import random
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from typing import Any

from tools.classroom.handed_in.sources import MOST_BYTES
from tools.common.paths import ROOT
from tools.common.recorded import occasion, record
from tools.content.tasks import for_teacher, tasks_index

FILES, CLASS = 10_000, 120
PAGE = ROOT / "book" / "running-the-course.md"
BAD_EVERY = 50  # one file in so many is not as it should be
DUE = "2026-11-20"
MINUTE = 60_000
BEGIN = 1_794_000_000_000  # in November 2026, before the date on which it was due
WORDS = (
    "hectares coca reported year crop survey source minister critic grew fell figure against table "
    "estimate observer counted claimed price farmers valley map region not known why because of in "
    "and the a which says but more less than before after first second third"
)


def entry(text: str, saved: float, status: str = "tried", **more: Any) -> dict[str, Any]:
    """Return an entry of saved work."""
    return {"text": text, "version": "1", "saved": saved, "status": status, "others": []} | more


def written(draw: random.Random, count: int = 90) -> str:
    """Return the cell of a written answer with words in no order."""
    return f'answer = """\n{" ".join(draw.choices(WORDS.split(), k=count))}\n"""'


def work(code: str, made: float, entries: dict[str, Any]) -> str:
    """Return a file of saved work."""
    return json.dumps({"format": "course-work", "code": code, "made": made, "entries": entries})


def write_class(folder: Path, index: dict[str, Any]) -> Path:
    """Write what a class of 120 hands in, as Moodle packs it; return the archive.

    Students 1 to 100 hand in work as it should be; of them 7 has it twice, 8 has a later one too,
    9 and 10 share a text, and 11 came late. Of the others, 101 to 105 are blank, 106 to 110 are
    damaged in five ways, 111 to 114 say done with nothing written, 115 to 117 have a name for a
    code, 118 has a clock that is years ahead, and 119 and 120 have no code. The archive holds the
    name of each, as a platform's does; the list of the class is ``roster.csv``.
    """
    draw = random.Random(1)
    tasks = [task for task in index["tasks"] if task["lesson"] <= "05"]
    shared, first = written(draw), next(task["id"] for task in tasks if task["written"])
    archive = folder / "Course-Task 1-4711.zip"

    def entries(number: int) -> dict[str, Any]:
        made = {}
        for place, task in enumerate(tasks):
            if draw.random() < 0.2:
                continue
            more: dict[str, Any] = {"tries": draw.randrange(1, 6), "hints": draw.randrange(3)}
            if task["mistakes"] and draw.random() < 0.4:
                more["mistake"] = draw.choice(list(task["mistakes"]))
            text = written(draw) if task["written"] else f"answer_{number} = {draw.random()}"
            saved = BEGIN + (number + place) * MINUTE
            made[task["id"]] = entry(text, saved, draw.choice(("tried", "done")), **more)
        return made

    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:

        def add(number: int, name: str, text: str) -> None:
            student = f"Núñez Ñ{number:03}_{9000 + number}_assignsubmission_file"
            packed.writestr(f"{student}/{name}", text)

        for number in range(1, CLASS + 1):
            code, made, of = f"K{number:03}", BEGIN + 200 * MINUTE, entries(number)
            if number in (9, 10):
                of[first] = entry(shared, BEGIN, "done")
            if number == 11:
                made += 20 * 24 * 60 * MINUTE
            if 101 <= number <= 105:
                of = {}
            if 111 <= number <= 114:
                of = {task["id"]: entry(task["given"], BEGIN, "done") for task in tasks}
            if 115 <= number <= 117:
                code = "Ana Núñez"
            if number == 118:
                of = {name: one | {"saved": 9e12} for name, one in of.items()}
            if number >= 119:
                code = ""
            text = work(code, made, of)
            if 106 <= number <= 110:
                forecast = f'"forecast": {{"probability_percent": {"9" * 4000}}}'
                text = (
                    text[:-50],
                    "an essay",
                    "[" * 50_000,
                    " " * (MOST_BYTES + 1),
                    f'{{"format": "course-brief", "text": "x", {forecast}}}',
                )[number - 106]
            add(number, f"mi tarea ñ {number}.json", text)
            if number == 7:
                add(number, "copia.json", text)
            if number == 8:
                add(number, "a-later-one.json", work(code, made + MINUTE, entries(8)))
    rows = [f"Núñez,Ñ{n:03},n{n}@example.edu,K{n:03}" for n in range(1, CLASS + 1)]
    of_class = "\n".join(["Surname,First name,Email address,code", *rows])
    (folder / "roster.csv").write_text(of_class, "utf-8")
    return archive


def write_files(folder: Path) -> int:
    """Write the files of a large course; return how many of them should not be counted."""
    draw = random.Random(1)
    tasks = [task["id"] for task in tasks_index()]
    bad = 0
    for number in range(FILES):
        path = folder / f"group-{number % 40:02}" / f"student-{number:05}.json"
        path.parent.mkdir(exist_ok=True)
        entries = {
            task: entry(
                f"answer_{number} = {draw.random()}\n" * 8,
                1_760_000_000_000 + number,
                draw.choice(("open", "tried", "done", "done")),
            )
            for task in tasks
        }
        text = json.dumps({"format": "course-work", "entries": entries})
        if number % BAD_EVERY == 0:
            bad += 1
            text = (text[:-50], "an essay", " " * (MOST_BYTES + 1), "[" * 50_000)[bad % 4]
        path.write_text(text, "utf-8")
    return bad


def collect(*words: str) -> float:
    """Run the command; return the seconds that it took."""
    begin = time.perf_counter()
    command = [sys.executable, "-m", "tools.commands", "collect", *words]
    subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return time.perf_counter() - begin


def main() -> None:
    """Collect from a class and a course that are made up, and record how long it took."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        archive, roster = write_class(folder, for_teacher()), folder / "roster.csv"
        (folder / "in").mkdir()
        bad = write_files(folder / "in")
        size = sum(path.stat().st_size for path in (folder / "in").rglob("*.json")) / 1e6
        out = ["--out", str(folder / "class"), "--due", DUE, "--roster", str(roster)]
        of_class = collect(str(archive), *out)
        of_course = collect(str(folder / "in"), "--out", str(folder / "course"))
        # Only here: Windows has no such module.
        import resource

        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000
    text = (
        f"{occasion()}. The archive of a class of {CLASS}, with all pages and tables: "
        f"{of_class:.1f} s. {FILES:,} generated files, {size:,.0f} MB, {bad} of them damaged, "
        f"foreign or too large, as tables: {of_course:.1f} s, at most {memory:,.0f} MB of memory."
    )
    record(PAGE, "collect", text)
    print(text)
