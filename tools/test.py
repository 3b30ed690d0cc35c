"""Build the site and run every test: ``python -m tools.test [pytest arguments]``."""

import os
import subprocess
import sys

from tools import chromium
from tools.build import build
from tools.errors import run
from tools.paths import ROOT


def main() -> int:
    build()
    environment = os.environ | {chromium.VARIABLE: chromium.find()}
    # Two processes, one file each at a time: a notebook's cells need their order.
    command = [sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadfile", "--nbval"]
    chosen = sys.argv[1:] or ["tests", "notebooks", "exercises"]
    return subprocess.call([*command, *chosen], cwd=ROOT, env=environment)


if __name__ == "__main__":
    run(main)
