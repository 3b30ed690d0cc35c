"""Open the notebooks in JupyterLab."""

import subprocess
import sys

from tools.common.paths import ROOT

SETTINGS = (
    "--notebook-dir=.",
    "--LabApp.default_url=/lab/tree/notebooks",
    # It asks no other host.
    "--LabApp.news_url=",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
)


def main() -> int:
    """Run JupyterLab until it is stopped; return its exit code."""
    return subprocess.call([sys.executable, "-m", "jupyter", "lab", *SETTINGS], cwd=ROOT)
