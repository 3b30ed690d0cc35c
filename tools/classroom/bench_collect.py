"""Measure collecting from a large course.

Generates 10,000 files as students hand them in, a few of them damaged, foreign, double or too
large, and records seconds and memory.
"""

import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tools.classroom.collect import MOST_BYTES
from tools.common.paths import ROOT
from tools.common.recorded import occasion, record
from tools.content.tasks import tasks_index

FILES = 10_000
PAGE = ROOT / "book" / "running-the-course.md"
BAD_EVERY = 50  # one file in so many is not as it should be


def write_files(folder: Path) -> int:
    """Write the files; return how many of them should not be counted."""
    draw = random.Random(1)
    tasks = [task["id"] for task in tasks_index()]
    bad = 0
    for number in range(FILES):
        path = folder / f"group-{number % 40:02}" / f"student-{number:05}.json"
        path.parent.mkdir(exist_ok=True)
        entries: dict[str, Any] = {
            task: {
                "text": f"answer_{number} = {draw.random()}\n" * 8,
                "version": "1",
                "saved": 1_760_000_000_000 + number,
                "status": draw.choice(("open", "tried", "done", "done")),
                "others": [],
            }
            for task in tasks
        }
        text = json.dumps({"format": "course-work", "entries": entries})
        if number % BAD_EVERY == 0:
            bad += 1
            text = (text[:-50], "an essay", " " * (MOST_BYTES + 1), "[" * 50_000)[bad % 4]
        path.write_text(text, "utf-8")
    return bad


def main() -> None:
    """Collect from a course that is made up, and record how long it took."""
    with tempfile.TemporaryDirectory() as name:
        folder, out = Path(name) / "in", Path(name) / "out"
        folder.mkdir()
        bad = write_files(folder)
        size = sum(path.stat().st_size for path in folder.rglob("*.json")) / 1e6
        begin = time.perf_counter()
        collect = [sys.executable, "-m", "tools.commands", "collect"]
        command = [*collect, str(folder), "--out", str(out)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        seconds = time.perf_counter() - begin
        # Only here: Windows has no such module.
        import resource

        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000
        table = (out / "collected.csv").stat().st_size / 1e6
    text = (
        f"{occasion()}. {FILES:,} generated files, {size:,.0f} MB, {bad} of them damaged, foreign "
        f"or too large: {seconds:.1f} s and {memory:,.0f} MB of memory at most; the table has "
        f"{table:.1f} MB."
    )
    record(PAGE, "collect", text)
    print(done.stdout, text, sep="")
