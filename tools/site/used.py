"""Record which files of the browser's Python the start, the notebooks and JupyterLite read.

Writes ``tools/runtime/used.json``, by which the runtime is divided: what is read there is fetched
at the start, and the rest when an import asks for it.
"""

import json
import subprocess
import tempfile
from pathlib import Path

import nbformat

from tools.common.errors import UserError
from tools.common.files import write
from tools.common.paths import notebooks
from tools.runtime import compiled
from tools.runtime.archives import USED
from tools.site import web
from tools.site.lite import course_wheel

RECORDER = Path(__file__).with_name("record.mjs")


def codes() -> list[list[str]]:
    """Return the code cells of every notebook, solutions included."""
    return [
        [cell.source for cell in nbformat.read(path, as_version=4).cells if is_run(cell)]
        for path in notebooks()
    ]


def is_run(cell: nbformat.NotebookNode) -> bool:
    """Tell whether the recorded run runs a cell: one that is meant to fail says so."""
    return cell.cell_type == "code" and "raises-exception" not in cell.metadata.get("tags", [])


def recorded() -> dict[str, list[str]]:
    """Run all notebooks in the browser's Python under Node; return the files read, by step.

    Raises
    ------
    UserError
        When a cell fails; the message names it.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        runtime = compiled.site_runtime(folder / "runtime", course_wheel())
        (folder / "notebooks.json").write_text(json.dumps(codes()), "utf-8")
        command = [RECORDER, web.library(folder), runtime, folder / "notebooks.json"]
        done = subprocess.run(
            list(map(str, [compiled.node(), *command])), capture_output=True, text=True
        )
    if done.returncode:
        raise UserError(
            f"the notebooks did not run in the browser's Python:\n{done.stderr[-2000:]}"
        )
    files: dict[str, list[str]] = json.loads(done.stdout)
    return files


def main() -> None:
    """Write what the recorded run says."""
    write(USED, json.dumps(recorded(), indent=0) + "\n")
