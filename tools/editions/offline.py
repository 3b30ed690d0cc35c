"""Pack the built course for a class without internet.

One archive holds the site, a server that needs only Python, a start script for each system and a
page of instructions.
"""

import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

from tools.common.files import whole
from tools.common.paths import BUILD, ROOT
from tools.common.published import Published, published
from tools.site.build import build

ARCHIVE = BUILD / "course-offline.zip"
FILES = Path(__file__).with_name("offline_files")
TOP = "course-offline"
# What is in the archive beside the site: its name there and where it comes from.
BESIDE = {
    "READ-ME-FIRST.txt": FILES / "READ-ME-FIRST.txt",
    "start-windows.bat": FILES / "start-windows.bat",
    "start-linux.sh": FILES / "start-linux.sh",
    "start-macos.command": FILES / "start-linux.sh",
    "serve.py": FILES / "serve.py",
    **{name: ROOT / name for name in ("tools/site/server.py", "tools/common/policy.py")},
    "LICENSE.txt": ROOT / "LICENSE",
}
RUNNABLE = (".sh", ".command")
DATE = (1980, 1, 1, 0, 0, 0)  # the same site gives the same archive
PACKED = {
    ".whl",
    ".zip",
    ".xlsx",
    ".zst",
    ".br",
    ".png",
    ".woff2",
}  # compressing these again only costs time


def pack(site: Path, archive: Path = ARCHIVE) -> Path:
    """Write the archive.

    Parameters
    ----------
    site
        The built site.
    archive
        The file to write; it is replaced only when it is complete.

    Returns
    -------
    Path
        `archive`.
    """
    with whole(archive) as half, zipfile.ZipFile(half, "w") as packed:
        if places := about(published(ROOT / "_config.yml")):
            packed.writestr(zipfile.ZipInfo(f"{TOP}/WHERE-IT-COMES-FROM.txt", DATE), places)
        for name, source in contents(site):
            info = zipfile.ZipInfo(f"{TOP}/{name}", DATE)
            info.external_attr = (0o755 if name.endswith(RUNNABLE) else 0o644) << 16
            stored = source.suffix in PACKED
            info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            with source.open("rb") as file, packed.open(info, "w") as target:
                shutil.copyfileobj(file, target)
    return archive


def about(places: Published) -> str:
    """Return where the course comes from, one line each; empty while nothing is known."""
    known = {
        "The course on the web": places.site,
        "Its sources": places.repository,
        "Contact": places.contact,
    }
    return "".join(f"{name}: {place}\n" for name, place in known.items() if place)


def contents(site: Path) -> Iterator[tuple[str, Path]]:
    """Yield the name in the archive and the file of everything that goes in."""
    yield from BESIDE.items()
    for path in sorted(site.rglob("*")):
        if path.is_file():
            yield f"course/{path.relative_to(site).as_posix()}", path


def main() -> None:
    """Pack the course and say where it is."""
    archive = pack(build())
    print(f"Wrote {archive.relative_to(ROOT)}, {archive.stat().st_size / 1e6:.0f} MB")
