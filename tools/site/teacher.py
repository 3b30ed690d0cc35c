"""Pack the program that reads what students hand in, for the teacher's page of the course."""

import io
import json
import zipfile
from importlib.util import find_spec
from pathlib import Path

from tools.common.files import files
from tools.common.paths import ROOT
from tools.content.tasks import for_teacher

READER = ROOT / "tools" / "classroom" / "handed_in"
LIBRARY = "xlsxwriter"  # writes the workbook; Python alone


def program() -> bytes:
    """Return an archive of the reader, its library and what it must know of the course."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:

        def add(name: str, content: bytes) -> None:
            # one date, so that the same sources give the same bytes
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)

        for folder in (READER, library()):
            for path in files(folder):
                if path.suffix == ".py":
                    add(path.relative_to(folder.parent).as_posix(), path.read_bytes())
        add("index.json", json.dumps(for_teacher(), ensure_ascii=False).encode())
    return target.getvalue()


def library() -> Path:
    """Return the folder of the library in this environment."""
    found = find_spec(LIBRARY)
    assert found and found.origin
    return Path(found.origin).parent
