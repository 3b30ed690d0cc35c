"""Check style and types of the code, the order of the rooms, the workflow, and the spelling."""

import subprocess
import sys
from pathlib import Path

from tools.authoring import scripts, spelling
from tools.common.paths import ROOT

IMPORTS = "from importlinter.cli import lint_imports_command as main; main()"
ZIZMOR = str(Path(sys.executable).with_name("zizmor"))
CHECKS = (
    [sys.executable, "-m", "ruff", "check", "."],
    [sys.executable, "-m", "ruff", "format", "--check", "."],
    [sys.executable, "-m", "mypy", "--no-error-summary"],
    [sys.executable, "-c", IMPORTS, "--no-logo"],
    [ZIZMOR, "--offline", "--quiet", "--no-progress", ".github"],
)


def main() -> int:
    """Run each check until one fails; return its exit code."""
    for check in CHECKS:
        if code := subprocess.call(check, cwd=ROOT):
            return code
    scripts.main()
    return spelling.main()
