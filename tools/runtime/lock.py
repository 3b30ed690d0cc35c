"""Write Pyodide's lock file: which packages there are, and which load along with which."""

import json
import re
import zipfile
from email.parser import HeaderParser
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

from tools.common.errors import UserError
from tools.common.files import sha256, write

LOCK = "pyodide-lock.json"

# What a wheel's requirements are asked about: the browser, whatever this machine is.
BROWSER = {
    "extra": "",
    "implementation_name": "cpython",
    "os_name": "posix",
    "platform_machine": "wasm32",
    "platform_python_implementation": "CPython",
    "platform_system": "Emscripten",
    "python_full_version": "3.14.0",
    "python_version": "3.14",
    "sys_platform": "emscripten",
}


def write_lock(folder: Path, info: dict[str, Any], packages: dict[str, dict[str, Any]]) -> None:
    """Write a runtime's lock file."""
    lock = {"info": info, "packages": packages}
    write(folder / LOCK, json.dumps(lock, indent=1, sort_keys=True))


def entries(wheels: list[Path], not_loaded: list[str]) -> dict[str, dict[str, Any]]:
    """Return the lock file's entries for a set of wheels.

    Parameters
    ----------
    wheels
        All wheels of a runtime.
    not_loaded
        Packages that wheels name as required and that are left out on purpose.

    Raises
    ------
    UserError
        When a wheel needs a package that is neither here nor left out: in the browser that would
        show only as a kernel that never answers.
    """
    available = {package_name(wheel) for wheel in wheels}
    return {package_name(wheel): entry(wheel, available, not_loaded) for wheel in wheels}


def entry(wheel: Path, available: set[str], not_loaded: list[str]) -> dict[str, Any]:
    """Return a wheel's entry in the lock file; for the rest see `entries`."""
    with zipfile.ZipFile(wheel) as archive:
        files = archive.namelist()
        metadata = next(n for n in files if re.fullmatch(r"[^/]+\.dist-info/METADATA", n))
        head = HeaderParser().parsestr(archive.read(metadata).decode())
    needs = _needs(head.get_all("Requires-Dist") or []) - set(not_loaded)
    if missing := needs - available:
        raise UserError(
            f"in the browser {wheel.name} needs {', '.join(sorted(missing))}; add it to "
            "requirements/browser.in or tools/runtime/runtime.toml."
        )
    return {
        "depends": sorted(needs),
        "file_name": wheel.name,
        "imports": _imports(files),
        "install_dir": "site",
        "name": package_name(wheel),
        "package_type": "package",
        "sha256": sha256(wheel),
        "unvendored_tests": False,
        "version": head["Version"],
    }


def package_name(wheel: Path) -> str:
    """Return the normalised name of a wheel's package."""
    return parse_wheel_filename(wheel.name)[0]


def _needs(requirements: list[str]) -> set[str]:
    """Return the packages that some requirements ask for in the browser."""
    parsed = [Requirement(text) for text in requirements]
    wanted = [one for one in parsed if one.marker is None or one.marker.evaluate(BROWSER)]
    return {canonicalize_name(one.name) for one in wanted}


def _imports(files: list[str]) -> list[str]:
    """Return the modules that a wheel brings: its top-level packages and files."""
    code = [n for n in files if re.search(r"\.(py|pyc|so)$", n) and ".dist-info/" not in n]
    return sorted({name.split("/")[0].split(".")[0] for name in code} - {"__pycache__"})
