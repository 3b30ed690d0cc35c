"""Byte-compile the Python files of a zip, with the Python that runs this.

It runs inside Pyodide under Node (``compile_runtime.mjs``), so that the browser gets what its own
Python would have made of the sources, and it uses the standard library only.
"""

import importlib.util
import json
import warnings
import zipfile
from collections.abc import Sequence
from fnmatch import fnmatch
from importlib._bootstrap_external import _code_to_hash_pyc  # type: ignore[attr-defined]
from pathlib import Path

FONTS = "matplotlib/fontlist.json"


def repack(
    source: Path,
    target: Path,
    root: str,
    *,
    drop: Sequence[str] = (),
    keep: Sequence[str] = (),
    readable: bool = False,
) -> None:
    """Write a zip anew, smaller, compiled and stored; the same input gives the same bytes.

    Parameters
    ----------
    source, target
        The zip to read and the zip to write.
    root
        Where the browser's Python finds its files, for tracebacks and warnings.
    drop, keep
        Patterns of names to leave out, and the exceptions from them.
    readable
        Keep the sources beside the compiled files, so that tracebacks show their lines.
    """
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        names = sorted(
            {
                name
                for name in old.namelist()
                if not name.endswith("/") and (_any(name, keep) or not _any(name, drop))
            }
        )
        for name in names:
            data = old.read(name)
            if name == FONTS:
                data = _known_fonts(data, set(names))
            compiled = _compile(name, data, root) if name.endswith(".py") else None
            if compiled is None or readable:
                _write(new, name, data)
            if compiled is not None:
                _write(new, _cached(name) if readable else name + "c", compiled)


def _any(name: str, patterns: Sequence[str]) -> bool:
    return any(fnmatch(name, pattern) for pattern in patterns)


def _compile(name: str, data: bytes, root: str) -> bytes | None:
    """Return the compiled file, never checked against its source; None if it is no Python."""
    try:
        with warnings.catch_warnings(action="ignore"):
            code = compile(data, f"{root}/{name}", "exec", dont_inherit=True)
    except (SyntaxError, ValueError):
        return None
    compiled = _code_to_hash_pyc(code, importlib.util.source_hash(data), False)
    return bytes(compiled)


def _cached(name: str) -> str:
    folder, _, file = importlib.util.cache_from_source(name).rpartition("/__pycache__/")
    return f"{folder}/__pycache__/{file}"


def _known_fonts(data: bytes, names: set[str]) -> bytes:
    """Leave the fonts that were dropped out of matplotlib's list."""
    fonts = json.loads(data)
    for kind in ("ttflist", "afmlist"):
        fonts[kind] = [f for f in fonts[kind] if f"matplotlib/mpl-data/{f['fname']}" in names]
    return json.dumps(fonts, indent=2).encode()


def _write(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    info = zipfile.ZipInfo(name)  # its date is 1980: no clock in the bytes
    info.external_attr = 0o644 << 16
    archive.writestr(info, data)
