"""Build the course and serve it on this machine; build it again when a source is saved."""

import contextlib
import subprocess
import sys
import threading
import time

from tools.common.errors import UserError
from tools.common.paths import ROOT, SITE
from tools.site.build import build, sources
from tools.site.server import FIRST_PORT, PortInUse, server

# The same way of building as `make book`, in a process of its own.
BUILD = [sys.executable, "-m", "tools.commands", "book"]
# What a build reads when it begins and not before: one that has loaded its code may wait for it.
WORDS = (".ipynb", ".md")
EVERY = 0.5  # seconds between two looks at the sources


def saved() -> dict[str, int]:
    """Return when each source was saved."""
    found = {}
    for path in sources():
        with contextlib.suppress(FileNotFoundError):  # an editor is just replacing it
            found[str(path)] = path.stat().st_mtime_ns
    return found


class Builder:
    """Builds the course; has the next build's code loaded while nobody asks for it."""

    def __init__(self) -> None:
        self.waiting: subprocess.Popen[str] | None = None

    def load(self) -> None:
        """Start the next build, up to where it reads words."""
        self.waiting = subprocess.Popen(
            [*BUILD, "--wait"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            text=True,
            start_new_session=True,  # Ctrl+C is for the server; what waits ends with it
        )

    def build(self, changed: set[str]) -> bool:
        """Build after some files have changed; return whether it went well."""
        begin = "begin\n" if all(path.endswith(WORDS) for path in changed) else ""
        if self.waiting:
            self.waiting.communicate(begin)  # without a line it ends
        if self.waiting and begin:
            code = self.waiting.returncode
        else:  # what waits has the code as it was
            code = subprocess.run(BUILD, cwd=ROOT).returncode
        self.load()
        return code == 0

    def end(self) -> None:
        """End what waits."""
        if self.waiting:
            self.waiting.communicate("")


def watch(stop: threading.Event, seen: dict[str, int]) -> None:
    """Build the course whenever a source has been saved; after a fault the last site stays.

    Parameters
    ----------
    stop
        Ends it.
    seen
        When each source had been saved at the last build.
    """
    before, builder = seen, Builder()
    builder.load()
    while not stop.wait(EVERY):
        now = saved()
        if now != seen and now == before:  # saved, and nobody is writing any more
            changed = {path for path, _ in seen.items() ^ now.items()}
            seen = now
            start = time.monotonic()
            print("A source has changed.", flush=True)
            built = builder.build(changed)
            seconds = f"{time.monotonic() - start:.0f} s"
            print(
                f"Reload the page ({seconds})."
                if built
                else f"The course is as it was before ({seconds}).",
                flush=True,
            )
        before = now
    builder.end()


def main(port: int | None = None) -> None:
    """Build the course, unless nothing has changed, and serve it until it is stopped.

    Whenever a source is saved, the course is built again.
    """
    if port is not None and not 0 <= port <= 65535:
        raise UserError(f"there is no port {port}; choose one from 1024 to 65535")
    try:
        httpd = server(SITE, port)  # a port in use is said before the build, not after it
    except PortInUse as error:
        raise UserError(
            f"{error}; choose another one: python -m tools serve --port 9000"
        ) from error
    seen = saved()
    build()
    number = httpd.server_address[1]
    if port is None and number != FIRST_PORT:
        print(
            f"Port {FIRST_PORT} is in use. Work saved there stays there: a browser keeps it by "
            "address."
        )
    print(f"The course is at http://localhost:{number}/ (Ctrl+C stops it)", flush=True)
    threading.Thread(target=watch, args=(threading.Event(), seen), daemon=True).start()
    httpd.serve_forever()
