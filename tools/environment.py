"""Make and find the environment of the course, from its pins.

Used before anything is installed, so it needs the standard library only and stays readable for a
Python that is too old to run the rest.
"""

import contextlib
import hashlib
import io
import os
import shutil
import subprocess
import sys
import time

TYPE_CHECKING = False  # the comments that say types are read by mypy alone
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import IO

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
KINDS = ["run", "test"]
OLDEST, NEWEST = (3, 11), (3, 14)
SUPPORTED = ["3.%d" % minor for minor in range(NEWEST[1], OLDEST[1] - 1, -1)]
ASK = "import sys, ensurepip, venv; sys.stdout.write('%d.%d.%d' % sys.version_info[:3])"


class Unusable(Exception):
    """One sentence: why there is no environment, and what to do about it."""


# Which Python ------------------------------------------------------------------------------------


def fits(version):
    # type: (str) -> bool
    """Tell whether the course runs on a version of Python, for example ``3.12.1``."""
    parts = version.split(".")
    known = len(parts) > 1 and parts[0].isdigit() and parts[1].isdigit()
    return known and OLDEST <= (int(parts[0]), int(parts[1])) <= NEWEST


def version_of(command):
    # type: (Iterable[str]) -> str
    """Return the version of a Python that can make an environment; empty when it cannot."""
    try:
        with open(os.devnull, "w") as nothing:
            said = subprocess.check_output(list(command) + ["-c", ASK], stderr=nothing)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return said.decode("ascii", "replace").strip()


def candidates():
    # type: () -> Iterator[list[str]]
    """Yield the commands that may start a supported Python, the newest first."""
    for minor in SUPPORTED:
        if os.name == "nt":
            yield ["py", "-" + minor]
        yield ["python" + minor]
        beside = os.path.join(os.path.dirname(sys.executable or ""), "python" + minor)
        if os.path.exists(beside):
            yield [beside]
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        for name in ("python3", "python"):
            if os.path.exists(os.path.join(folder, name)):
                yield [os.path.join(folder, name)]


def choose():
    # type: () -> tuple[list[str], str]
    """Return the command of the Python that the course is run with, and its version.

    It is the one that runs this, if it is supported; else the one of the environment that is
    there; else the newest one found on this machine, and a sentence says which.
    """
    own = "%d.%d.%d" % sys.version_info[:3]
    if fits(own):
        return [sys.executable], own
    there = made_with().get("version", "")
    if fits(there) and version_of([venv_program("python")]):
        return [venv_program("python")], there
    for command in candidates():
        version = version_of(command)
        if fits(version):
            say(
                "This is Python %s; the course runs with Python %s (%s)."
                % (own, version, " ".join(command))
            )
            return command, version
    raise Unusable(
        "the course needs Python %s or %s; this is Python %s, and no other was found; install one "
        "from python.org or your system, and run the command again"
        % (", ".join(reversed(SUPPORTED[1:])), SUPPORTED[0], own)
    )


# The environment ---------------------------------------------------------------------------------


def venv_program(name):
    # type: (str) -> str
    """Return the path of a program in the environment: the one place that knows its folders."""
    windows = os.name == "nt"
    folder, ending = ("Scripts", ".exe") if windows else ("bin", "")
    return os.path.join(VENV, folder, name + ending)


def is_inside():
    # type: () -> bool
    """Tell whether the environment's own Python runs this."""
    return os.path.realpath(sys.prefix) == os.path.realpath(VENV)


def made_with():
    # type: () -> dict[str, str]
    """Return what the environment says of itself: its version of Python, and how it was made."""
    lines = read(os.path.join(VENV, "pyvenv.cfg")).splitlines()
    pairs = (line.partition(" = ") for line in lines)
    return {name: value for name, is_pair, value in pairs if is_pair}


def is_whole(version):
    # type: (str) -> bool
    """Tell whether the environment has this version of Python, and was made where it stands.

    Its programs hold the path of the folder, so that one that was moved cannot be used.
    """
    made = made_with()
    here = made.get("command", "").endswith(" " + VENV)
    return here and made.get("version") == version and os.path.exists(venv_program("python"))


def fingerprint(requirements, version):
    # type: (str, str) -> str
    """Return what the environment is made from: its pins, its Python and its place."""
    place = "%s\n%r\n" % (version, VENV)
    digest = hashlib.sha256(place.encode("utf-8", "backslashreplace"))
    for name in (requirements, os.path.join(ROOT, "pyproject.toml")):
        with open(name, "rb") as file:
            digest.update(file.read())
    return digest.hexdigest()


def variables():
    # type: () -> dict[str, str]
    """Return the variables for what runs in the environment: UTF-8 on whatever system.

    Python's own UTF-8 mode is not enough: the file that names the project's folder to it is read
    in the encoding of the locale, which the plain locale "C" has as ASCII.
    """
    said = [os.environ.get(name) for name in ("LC_ALL", "LC_CTYPE", "LANG")]
    chosen = ([one for one in said if one] + [""])[0]
    plain = os.name != "nt" and "utf" not in chosen.lower()
    return dict(os.environ, PYTHONUTF8="1", **({"LC_ALL": "C.UTF-8"} if plain else {}))


def ensure(kind):
    # type: (str) -> str
    """Make the environment unless it is there; return the path of its Python.

    Parameters
    ----------
    kind
        ``run``, or ``test`` for one that holds what the tests need as well.

    Raises
    ------
    Unusable
        When there is no Python for it, or a package cannot be installed.
    """
    command, version = choose()
    if not is_ready(kind, version):
        look_at_project()
        with alone():
            if not is_ready(kind, version):  # the command that was waited for may have made it
                make(command, version, pins(kind))
                write(stamp(kind), fingerprint(pins(kind), version))
    return venv_program("python")


def look_at_project():
    # type: () -> None
    """Say so when the project's own settings are damaged; pip would blame the packages."""
    try:
        import tomllib
    except ImportError:  # an old Python starts a newer one, which has it
        return
    try:
        tomllib.loads(read(os.path.join(ROOT, "pyproject.toml")))
    except ValueError as error:
        raise Unusable(
            "pyproject.toml is not valid TOML: %s; mend it, or take what was last committed: "
            "git checkout -- pyproject.toml" % error
        )


def is_ready(kind, version):
    # type: (str, str) -> bool
    """Tell whether the environment is there as the pins want it. One for tests runs everything."""
    enough = KINDS[KINDS.index(kind) :]
    return is_whole(version) and any(
        read(stamp(one)) == fingerprint(pins(one), version) for one in enough
    )


def pins(kind):
    # type: (str) -> str
    """Return the file that pins the packages of an environment."""
    return os.path.join(ROOT, "requirements", kind + ".txt")


def stamp(kind):
    # type: (str) -> str
    """Return the file that says what an environment was made from."""
    return os.path.join(VENV, "made-for-" + kind)


def make(command, version, requirements):
    # type: (list[str], str, str) -> None
    """Make the environment with a Python, and install the pins and the toolkit."""
    say("Installing the Python packages of the course (about a minute, once) ...")
    if not is_whole(version):
        if is_inside():
            raise Unusable(
                "the folder was moved, or its Python has changed, so that its environment must be "
                "made anew; run the command with the system's Python, for example: python3 -m tools"
            )
        shutil.rmtree(VENV, ignore_errors=True)
        if subprocess.call(command + ["-m", "venv", VENV], env=variables()):
            shutil.rmtree(VENV, ignore_errors=True)
            raise Unusable(
                "the environment could not be made; the lines above say why (on Debian and Ubuntu: "
                "apt-get install python3-venv)"
            )
    pip = [venv_program("python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    for what in (
        ["--require-hashes", "-r", requirements],
        ["--no-deps", "--no-build-isolation", "-e", ROOT],
    ):
        if subprocess.call(pip + what, env=variables()):
            raise Unusable(
                "the Python packages could not be installed; the lines above say why "
                "(no network, a full disk?); then run the command again"
            )


# Small parts -------------------------------------------------------------------------------------


@contextlib.contextmanager
def alone():
    # type: () -> Iterator[None]
    """Let one command at a time make the environment; say so when this one waits."""
    with open_to_write(os.path.join(ROOT, ".venv.lock"), "a") as file:
        waits = False
        while not _lock(file):
            if not waits:
                say("Another command makes the environment; waiting for it ...")
            waits = True
            time.sleep(0.5)
        yield  # the lock ends with the file


def _lock(file):
    # type: (IO[str]) -> bool
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (IOError, OSError):
        return False
    return True


def read(name):
    # type: (str) -> str
    """Return the text of a file; empty when it cannot be read."""
    try:
        with io.open(name, encoding="utf-8") as file:
            return file.read()
    except (IOError, OSError):
        return ""


def write(name, text):
    # type: (str, str) -> None
    """Write a text to a file."""
    with open_to_write(name, "w") as file:
        file.write(text)


def open_to_write(name, mode):
    # type: (str, str) -> IO[str]
    """Open a file for text; a folder that may not be written ends in a sentence."""
    try:
        return io.open(name, mode, encoding="utf-8")
    except (IOError, OSError) as error:
        raise Unusable(
            "%s cannot be written (%s); give yourself the right to this folder, or work in a copy "
            "of it that is your own" % (name, error.strerror)
        )


def say(sentence):
    # type: (str) -> None
    """Print a sentence at once."""
    sys.stdout.write(sentence + "\n")
    sys.stdout.flush()
