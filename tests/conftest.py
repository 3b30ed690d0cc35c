"""What the tests of single lessons share: the names that a notebook's code makes."""

import nbformat
import pytest

from tools.paths import ROOT


def _run(folder: str, request: pytest.FixtureRequest) -> dict:
    """Run the visible code of the notebook whose number stands in the test module's name."""
    number = request.module.__name__.removeprefix("test_lesson")
    found = list((ROOT / folder).glob(f"{number}-*.ipynb"))
    if len(found) != 1:
        named = ", ".join(path.name for path in found) or "none"
        pytest.fail(f"lesson {number} needs one notebook in {folder}/, has {named}", pytrace=False)
    (path,) = found
    names: dict = {}
    for cell in nbformat.read(path, as_version=4).cells:
        # the hidden cell of figures uses the lesson's names for other things
        if cell.cell_type == "code" and "figures" not in cell.metadata.get("tags", []):
            exec(compile(cell.source, cell.id, "exec"), names)
    return names


@pytest.fixture(scope="module")
def lesson(request) -> dict:
    """The names that the lesson's code makes, all cells run in order."""
    return _run("notebooks", request)


@pytest.fixture(scope="module")
def exercise(request) -> dict:
    """The names that the exercise's code makes, solutions included."""
    return _run("exercises", request)
