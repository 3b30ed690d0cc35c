"""The table of commands, and what runs one once the environment is there.

``python -m tools COMMAND`` reads it with the system's Python, so it needs the standard library only
and stays readable for a Python that is too old to run the rest.
"""

import argparse
import importlib
import sys

TYPE_CHECKING = False  # the comments that say types are read by mypy alone
if TYPE_CHECKING:
    from typing import Any


def option(*names, **settings):
    # type: (*str, **Any) -> tuple[tuple[str, ...], dict[str, Any]]
    """Return an option as ``add_argument`` takes it."""
    return names, settings


# Each command: what it does, the environment it needs, the modules whose ``main`` does it, and its
# options, which are the arguments of ``main``.
COMMANDS = {
    "serve": (
        "build the course, serve it on this machine and build it again when a source is saved",
        "run",
        ["tools.site.serve"],
        [option("--port", type=int, help="default: 8800, or the next free one")],
    ),
    "book": (
        "build the course into _build/site",
        "run",
        ["tools.site.build"],
        [
            option("--force", action="store_true", help="build even when nothing changed"),
            option("--wait", action="store_true", help="begin at a line on the standard input"),
        ],
    ),
    "lab": ("open the notebooks in JupyterLab", "run", ["tools.site.lab"], []),
    "offline": (
        "pack the course for a class without internet into one archive",
        "run",
        ["tools.editions.offline"],
        [],
    ),
    "pdf": (
        "print the whole book as one PDF, _build/course.pdf",
        "test",
        ["tools.editions.pdf"],
        [],
    ),
    "handouts": (
        "pack what a class can be sent: PDFs, slides for PowerPoint, tables, questions for Moodle",
        "test",
        ["tools.editions.handouts"],
        [],
    ),
    "key": (
        "write the answer key for teachers, _build/answer-key.html",
        "run",
        ["tools.editions.key"],
        [],
    ),
    "release": (
        "write the exercises as nbgrader assignments into _build/release",
        "run",
        ["tools.classroom.release"],
        [],
    ),
    "collect": (
        "turn what students hand in into pages to read, tables and a gradebook",
        "run",
        ["tools.classroom.collect"],
        [
            option("folder", help="what was handed in: a folder, or a platform's zip"),
            option("--out", help="where the results go; default: _build/collected"),
            option("--due", help="when it was due: 2026-11-30, or 2026-11-30T18:00"),
            option("--roster", help="a list of the class (CSV) with a column named code"),
            option("--anonymous", action="store_true", help="no codes on the pages of tasks"),
        ],
    ),
    "lesson": (
        "start a new lesson",
        "run",
        ["tools.authoring.new_lesson"],
        [option("name", help="number and slug, for example 15-my-topic")],
    ),
    "outputs": (
        "run notebooks and store their outputs",
        "run",
        ["tools.content.outputs"],
        [option("paths", nargs="*", metavar="notebook", help="default: all of them")],
    ),
    "translate": (
        "list what of a translation is missing or has drifted, or begin one",
        "run",
        ["tools.authoring.translate"],
        [
            option("action", choices=["status", "start", "done", "words"], help="what to do"),
            option("names", nargs="*", metavar="name", help="a lesson, or a page from this folder"),
            option("--language", default="es", help="default: es"),
        ],
    ),
    "numbers": (
        "list the numbers of a lesson's prose, with their values and sentences",
        "run",
        ["tools.authoring.numbers.command"],
        [option("lesson", help="two digits, for example 07")],
    ),
    "sources": (
        "write data/sources.csv from the bibliography",
        "run",
        ["tools.content.bibliography"],
        [option("--prune", action="store_true", help="drop the entries that nothing uses first")],
    ),
    "check": (
        "check the style and everything that concerns one lesson",
        "test",
        ["tools.authoring.lint", "tools.authoring.test"],
        [option("lesson", help="number and slug, for example 15-my-topic")],
    ),
    "lint": (
        "check the style of the code, the order of the rooms and the spelling",
        "test",
        ["tools.authoring.lint"],
        [],
    ),
    "test": (
        "check the style and run all the tests",
        "test",
        ["tools.authoring.lint", "tools.authoring.test"],
        [],
    ),
    "links": (
        "ask for every address outside the course, and list the facts to look up again",
        "run",
        ["tools.authoring.links"],
        [],
    ),
    "used": (
        "record which files of the browser's Python the notebooks read",
        "run",
        ["tools.site.used"],
        [],
    ),
    "map": (
        "write the list of modules into its page, and places into README.md and CITATION.cff",
        "run",
        ["tools.authoring.map"],
        [],
    ),
    "bench": (
        "measure how fast Python starts on a page, and what a check costs at each task",
        "test",
        ["tools.measure.bench"],
        [
            option(
                "--only",
                choices=["page", "lite", "stock"],
                help="measure one set-up, and write nothing",
            )
        ],
    ),
    "measure": (
        "repeat what the page on running the course reports",
        "test",
        [
            "tools.classroom.grading",
            "tools.classroom.bench_collect",
            "tools.measure.load",
        ],
        [],
    ),
    "screenshot": (
        "take the README's screenshot",
        "test",
        ["tools.measure.screenshot"],
        [],
    ),
}


def parser():
    # type: () -> argparse.ArgumentParser
    """Return the parser of all commands."""
    top = argparse.ArgumentParser(prog="python -m tools", description="The commands of the course.")
    commands = top.add_subparsers(dest="command", metavar="COMMAND")
    for name, (purpose, _, _, options) in COMMANDS.items():
        one = commands.add_parser(
            name, help=purpose, description=purpose[0].upper() + purpose[1:] + "."
        )
        for names, settings in options:
            one.add_argument(*names, **settings)
    return top


def main(arguments):
    # type: (list[str]) -> int
    """Run a command in this Python, which is the environment's; return its exit code."""
    options = vars(parser().parse_args(arguments))
    _, _, modules, _ = COMMANDS[options.pop("command")]
    run = importlib.import_module("tools.common.errors").run
    for name in modules:
        module = importlib.import_module(name)
        takes = options if name == modules[-1] else {}
        code = int(run(module.main, **takes))
        if code:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
