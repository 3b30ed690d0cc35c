"""Build the course and serve it on this machine: ``python -m tools.serve [--port N]``."""

import argparse
import email.utils
import errno
import gzip
import mimetypes
import os
import sys
from functools import lru_cache
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

from tools.errors import UserError, run
from tools.paths import SITE

# Browsers keep a student's work by address, port included: the same port every day.
FIRST_PORT, PORTS_TRIED = 8800, 10
COMPRESSED = {".html", ".js", ".mjs", ".css", ".json", ".svg", ".csv", ".txt", ".wasm", ".ipynb"}
TYPES = {
    ".mjs": "text/javascript",
    ".js": "text/javascript",
    ".wasm": "application/wasm",
    ".whl": "application/zip",
    ".ipynb": "application/json",
    ".csv": "text/csv",
}
# Lets a page stop a running cell without restarting Python. Nothing depends on it.
ISOLATION = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
}


@lru_cache(maxsize=512)
def _compressed(path: str, _modified: float) -> bytes:
    return gzip.compress(Path(path).read_bytes(), 6, mtime=0)


class Handler(SimpleHTTPRequestHandler):
    """Files of the site, compressed, with cache headers and the right types."""

    protocol_version = "HTTP/1.1"
    extensions_map: ClassVar = {**mimetypes.types_map, **TYPES, "": "application/octet-stream"}

    def send_head(self):
        """Send the headers and return the body; overrides the plain file of the base class."""
        path = Path(self.translate_path(self.path))
        if path.is_dir():
            if not self.path.split("?")[0].endswith("/"):
                return super().send_head()  # redirects to the folder
            path /= "index.html"
        if not path.is_file():
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        stat = path.stat()
        tag = f'"{stat.st_mtime_ns:x}-{stat.st_size:x}"'
        if self.headers.get("If-None-Match") == tag:
            self.send_response(HTTPStatus.NOT_MODIFIED)
            self._cache_headers(tag)
            self.end_headers()
            return None
        zipped = path.suffix in COMPRESSED and "gzip" in self.headers.get("Accept-Encoding", "")
        body = _compressed(str(path), stat.st_mtime) if zipped else path.read_bytes()
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Length", str(len(body)))
        if zipped:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Vary", "Accept-Encoding")
        self.send_header("Last-Modified", email.utils.formatdate(stat.st_mtime, usegmt=True))
        self._cache_headers(tag)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
        return None

    def _cache_headers(self, tag: str) -> None:
        # The runtime's folder carries its version in its name; the rest is asked for anew.
        forever = self.path.startswith("/runtime/")
        self.send_header(
            "Cache-Control", "public, max-age=31536000, immutable" if forever else "no-cache"
        )
        self.send_header("ETag", tag)
        # A browser takes isolation only from a safe origin, and complains about it elsewhere.
        host = self.headers.get("Host", "").rpartition(":")[0]
        if host in ("localhost", "127.0.0.1"):
            for name, value in ISOLATION.items():
                self.send_header(name, value)

    def log_message(self, format, *args):
        """Stay silent: a lesson's terminal is no access log."""


class Server(ThreadingHTTPServer):
    """A server that says nothing when a browser leaves in the middle of a file."""

    daemon_threads = True

    def handle_error(self, request, client_address):
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def server(folder: Path, port: int | None = None) -> ThreadingHTTPServer:
    """Return a server for a folder on this machine.

    Parameters
    ----------
    folder
        The built site.
    port
        A port; 0 for any free one; None for the usual one, or the next that is free.

    Raises
    ------
    UserError
        When the port is in use.
    """
    tried = [port] if port is not None else range(FIRST_PORT, FIRST_PORT + PORTS_TRIED)
    for number in tried:
        try:
            return Server(
                ("127.0.0.1", number), lambda *args: Handler(*args, directory=os.fspath(folder))
            )
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise
    which = f"port {port} is" if port is not None else f"ports {tried[0]} to {tried[-1]} are"
    raise UserError(f"{which} in use; choose another one: make serve PORT=9000")


def main() -> None:
    from tools.build import build

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=int, help=f"default: {FIRST_PORT}, or the next free one")
    port = parser.parse_args().port
    httpd = server(SITE, port)  # a port in use is said before the build, not after it
    build()
    number = httpd.server_address[1]
    if port is None and number != FIRST_PORT:
        print(
            f"Port {FIRST_PORT} is in use. Work saved there stays there: a browser keeps it by "
            "address."
        )
    print(f"The course is at http://localhost:{number}/ (Ctrl+C stops it)", flush=True)
    httpd.serve_forever()


if __name__ == "__main__":
    run(main)
