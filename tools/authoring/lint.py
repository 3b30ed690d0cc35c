"""Check the style of the code, the order of the rooms, the types of the scripts, the spelling."""

import subprocess
import sys

from tools.authoring import scripts, spelling
from tools.common.paths import ROOT

CHECKS = (
    ["-m", "ruff", "check", "."],
    ["-m", "ruff", "format", "--check", "."],
    ["-c", "from importlinter.cli import lint_imports_command as main; main()", "--no-logo"],
)


def main() -> int:
    """Run each check until one fails; return its exit code."""
    for check in CHECKS:
        if code := subprocess.call([sys.executable, *check], cwd=ROOT):
            return code
    scripts.main()
    return spelling.main()
