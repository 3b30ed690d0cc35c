"""Make the environment of the course from its pins: ``python3 tools/bootstrap.py run|test``.

Run by the system's Python before anything is installed, so it uses the standard library only and
stays readable for a Python that is too old to run the rest.
"""

import hashlib
import os
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
OLDEST, NEWEST = (3, 11), (3, 13)


def fail(sentence):
    sys.stderr.write("Error: " + sentence + "\n")
    sys.exit(1)


def check_python():
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        fail(
            "the course needs Python 3.11, 3.12 or 3.13, and this is Python %d.%d; "
            "run the command again with another one, for example: make serve PYTHON=python3.12"
            % sys.version_info[:2]
        )


def fingerprint(requirements):
    """Return what the environment is made from: the pins and the Python that installs them."""
    digest = hashlib.sha256(sys.version.encode())
    for name in (requirements, os.path.join(ROOT, "pyproject.toml")):
        with open(name, "rb") as file:
            digest.update(file.read())
    return digest.hexdigest()


def read(name):
    try:
        with open(name) as file:
            return file.read()
    except (IOError, OSError):
        return ""


def venv_python():
    folder, name = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
    return os.path.join(VENV, folder, name)


def install(requirements):
    """Install the pins and the toolkit into the environment."""
    pip = [venv_python(), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    for what in (
        ["--require-hashes", "-r", requirements],
        ["--no-deps", "--no-build-isolation", "-e", ROOT],
    ):
        if subprocess.call(pip + what):
            fail(
                "the Python packages could not be installed; the lines above say why "
                "(no network, a full disk?); then run the command again"
            )


def main():
    check_python()
    kind = sys.argv[1]
    requirements = os.path.join(ROOT, "requirements", kind + ".txt")
    wanted = fingerprint(requirements)
    # The environment for tests contains the one for running.
    stamp = os.path.join(VENV, "made-for-" + kind)
    if read(stamp) == wanted:
        return
    sys.stdout.write("Installing the Python packages of the course (about a minute, once) ...\n")
    sys.stdout.flush()
    other_python = read(os.path.join(VENV, "python-version")) not in ("", sys.version)
    if other_python or not os.path.exists(venv_python()):
        shutil.rmtree(VENV, ignore_errors=True)
        try:
            import venv

            venv.create(VENV, with_pip=True)
        except (Exception, SystemExit) as error:
            shutil.rmtree(VENV, ignore_errors=True)
            fail(
                "the environment could not be made (%s); on Debian and Ubuntu: "
                "apt-get install python3-venv" % error
            )
        with open(os.path.join(VENV, "python-version"), "w") as file:
            file.write(sys.version)
    install(requirements)
    with open(stamp, "w") as file:
        file.write(wanted)


if __name__ == "__main__":
    main()
