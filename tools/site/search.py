"""Write the index of the search with Pagefind: what a page fetches when somebody searches."""

import subprocess
from pathlib import Path

from pagefind_bin import get_executable

from tools.common.errors import UserError

# Only an `article` that says so is indexed: no slides, whose words are the lesson's.
PAGES = "{book,notebooks,exercises}/**/*.html"
# Marks of headings, and what a reader should open where it stands: hints and the quiz's answers.
LEFT_OUT = ".headerlink, .hint, .quiz, .controls"
# Of what Pagefind writes, the search page needs its script, the reader for English and the index.
UNUSED = ("*-ui.*", "pagefind-highlight.js", "pagefind-worker.js", "wasm.unknown.pagefind")


def index(site: Path) -> Path:
    """Write the index of the pages of a site; return its folder.

    Raises
    ------
    UserError
        When Pagefind cannot read the pages.
    """
    folder = site / "pagefind"
    command = [str(get_executable()), "--site", str(site), "--glob", PAGES, "--silent"]
    command += ["--exclude-selectors", LEFT_OUT, "--output-path", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    if done.returncode or not (folder / "pagefind.js").is_file():
        said = (done.stdout + done.stderr).strip()
        raise UserError(f"the index of the search was not written:\n{said}")
    for pattern in UNUSED:
        for path in folder.glob(pattern):
            path.unlink()
    return folder
