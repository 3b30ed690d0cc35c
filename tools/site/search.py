"""Write the index of the search with Pagefind: what a page fetches when somebody searches."""

import gzip
import subprocess
import time
from pathlib import Path

from pagefind_bin import get_executable

from tools.common.errors import UserError
from tools.common.files import write

# Only an `article` that says so is indexed: no slides, whose words are the lesson's.
PAGES = "{book,notebooks,exercises}/**/*.html"
# Marks of headings, code, and what a reader should open where it stands: hints and quiz answers.
LEFT_OUT = ".headerlink, .hint, .quiz, .controls, .cell_input, .figure-data"
# Of what Pagefind writes, the search page needs its script, the reader for English and the index.
UNUSED = ("*-ui.*", "pagefind-highlight.js", "pagefind-worker.js", "wasm.unknown.pagefind")
# Where the page on the state of the course says what the index weighs.
PLACE = '<span class="search-index"></span>'


def index(pages: Path, folder: Path) -> str:
    """Write the index of the pages of a site; return what it weighs and how long it took.

    Parameters
    ----------
    pages
        The folder of the pages, as they will lie in the site.
    folder
        Where the index is written.

    Raises
    ------
    UserError
        When Pagefind cannot read the pages.
    """
    start = time.perf_counter()
    command = [str(get_executable()), "--site", str(pages), "--glob", PAGES, "--silent"]
    command += ["--exclude-selectors", LEFT_OUT, "--output-path", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    if done.returncode or not (folder / "pagefind.js").is_file():
        said = (done.stdout + done.stderr).strip()
        raise UserError(f"the index of the search was not written:\n{said}")
    for pattern in UNUSED:
        for path in folder.glob(pattern):
            path.unlink()
    return measured(folder, time.perf_counter() - start)


def tell(site: Path, said: str) -> None:
    """Say on the page on the state of the course what the index weighs."""
    status = site / "book" / "status.html"
    write(status, status.read_text("utf-8").replace(PLACE, said))


def measured(folder: Path, seconds: float) -> str:
    """Return what an index weighs and how long it took, in a sentence."""
    # what Pagefind finds and shows it has compressed itself
    pages, words = (
        sorted(path.stat().st_size / 1000 for path in folder.glob(pattern))
        for pattern in ("fragment/*", "index/*")
    )
    once = [path for pattern in ("*.*", "filter/*") for path in folder.glob(pattern)]
    program = sum(len(gzip.compress(path.read_bytes(), 6)) for path in once) / 1000
    return (
        f"{len(pages)} pages were indexed in {seconds:.1f} s, into {sum(pages + words):,.0f} KB. "
        f"The first search fetches {program:.0f} KB once; each of its words takes at most "
        f"{words[-1]:.0f} KB, each page that is shown {pages[len(pages) // 2]:.0f} KB as a rule."
    )
