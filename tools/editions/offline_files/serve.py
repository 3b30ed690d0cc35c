"""Serve the course in the folder beside this file, with nothing but Python's standard library."""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from tools.site.server import main  # noqa: E402

sys.exit(main(HERE / "course"))
