"""Serve the course in the folder beside this file, with nothing but Python's standard library."""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
if not (HERE / "course" / "index.html").is_file():
    print(f"The course is not in {HERE / 'course'}. Unpack the whole archive and start again.")
    sys.exit(1)

from tools.site.server import main  # noqa: E402, where Python looks first: beside this file

sys.exit(main(HERE / "course"))
