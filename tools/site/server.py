"""Serve the built course with nothing but Python's standard library.

`make serve` uses this module, and the course for schools without internet carries it, so it imports
nothing of the project but the policies and keeps to what an older Python understands.
"""

from __future__ import annotations

import argparse
import contextlib
import email.utils
import errno
import gzip
import mimetypes
import os
import sys
import time
import webbrowser
from functools import lru_cache
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, ClassVar

from tools.common.policy import ISOLATION, PRIVACY, policy_of

# Browsers keep a student's work by address, port included: the same port every day.
FIRST_PORT, PORTS_TRIED = 8800, 10
COMPRESSED = {".html", ".js", ".mjs", ".css", ".json", ".svg", ".csv", ".txt", ".wasm", ".ipynb"}
TYPES = {
    ".mjs": "text/javascript",
    ".js": "text/javascript",
    ".wasm": "application/wasm",
    ".whl": "application/zip",
    ".zst": "application/zstd",
    ".ipynb": "application/json",
    ".csv": "text/csv",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@lru_cache(maxsize=512)
def _compressed(path: str, _tag: str) -> bytes:
    return gzip.compress(Path(path).read_bytes(), 6, mtime=0)


class Handler(SimpleHTTPRequestHandler):
    """Files of the site, compressed, with cache headers and the right types."""

    protocol_version = "HTTP/1.1"
    extensions_map: ClassVar = {  # type: ignore[misc]
        **mimetypes.types_map,
        **TYPES,
        "": "application/octet-stream",
    }

    def send_head(self) -> BinaryIO | BytesIO | None:
        """Send the headers and return the body; overrides the plain file of the base class."""
        self._wait_for_the_site()
        path = Path(self.translate_path(self.path))
        try:
            if path.is_dir():
                if not self.path.split("?")[0].endswith("/"):
                    return super().send_head()  # redirects to the folder
                path /= "index.html"
            stat = path.stat()
            # the time of the change, not of the content: archives and builds give a fixed date
            tag = f'"{stat.st_ctime_ns:x}-{stat.st_ino:x}-{stat.st_size:x}"'
            known = self.headers.get("If-None-Match") == tag
            encoding, body = self._packed(path, tag)
        except (OSError, ValueError):  # not there, or a name that no file can have
            self._not_there()
            return None
        if known:
            self.send_response(HTTPStatus.NOT_MODIFIED)
            self._cache_headers(path, tag)
            self.end_headers()
            return None
        self.send_response(HTTPStatus.OK)
        kind = self.guess_type(str(path))
        is_text = kind.startswith("text/") or kind in ("application/json", "image/svg+xml")
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if is_text else kind)
        self.send_header("Content-Length", str(len(body)))
        if encoding:
            self.send_header("Content-Encoding", encoding)
        self.send_header("Vary", "Accept-Encoding")
        self.send_header("Last-Modified", email.utils.formatdate(stat.st_ctime, usegmt=True))
        self._cache_headers(path, tag)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
        return None

    def _not_there(self) -> None:
        """Answer with the site's page for it, which carries its policy in itself."""
        page = Path(self.directory) / "404.html"
        if not page.is_file():
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        body = page.read_bytes()
        self.send_response(HTTPStatus.NOT_FOUND)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-cache")
        for name, value in PRIVACY.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _wait_for_the_site(self) -> None:
        """Wait while a build puts the new site in the place of the old one, which takes no time."""
        for _ in range(100):
            if Path(self.directory).is_dir():
                return
            time.sleep(0.02)

    def _packed(self, path: Path, tag: str) -> tuple[str, bytes]:
        """Return how a file is compressed on its way, and what is sent."""
        accepted = self.headers.get("Accept-Encoding", "")
        packed = path.with_name(path.name + ".br")  # compressed when the site was built
        if "br" in accepted and packed.is_file():
            return "br", packed.read_bytes()
        if "gzip" in accepted and path.suffix in COMPRESSED:
            return "gzip", _compressed(str(path), tag)
        return "", path.read_bytes()

    def _cache_headers(self, path: Path, tag: str) -> None:
        # The runtime's folder carries its version in its name; the rest is asked for anew.
        forever = Path(self.directory, "runtime") in path.parents
        self.send_header(
            "Cache-Control", "public, max-age=31536000, immutable" if forever else "no-cache"
        )
        self.send_header("ETag", tag)
        self.send_header("Content-Security-Policy", policy_of(self.path))
        for name, value in PRIVACY.items():
            self.send_header(name, value)
        # A browser takes isolation only from a safe origin, and complains about it elsewhere.
        host = self.headers.get("Host", "").rpartition(":")[0]
        if host in ("localhost", "127.0.0.1"):
            for name, value in ISOLATION.items():
                self.send_header(name, value)

    def log_message(self, format: str, *args: object) -> None:
        """Stay silent: a lesson's terminal is no access log."""


class PortInUse(Exception):
    """Another program listens there; the text says where."""


class Server(ThreadingHTTPServer):
    """A server that says nothing when a browser leaves in the middle of a file."""

    daemon_threads = True
    request_queue_size = (
        256  # a class that opens one page at once waits in line, and none is sent off
    )

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a browser that went away before it had its answer."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


def server(folder: Path, port: int | None = None, host: str = "127.0.0.1") -> ThreadingHTTPServer:
    """Return a server for a folder.

    Parameters
    ----------
    folder
        The built site.
    port
        A port; 0 for any free one; None for the usual one, or the next that is free.
    host
        The address to listen at: this machine's own by default, an empty text for all of them.

    Raises
    ------
    PortInUse
        When no such port is free.
    """
    tried = [port] if port is not None else range(FIRST_PORT, FIRST_PORT + PORTS_TRIED)
    for number in tried:
        try:
            return Server((host, number), lambda *args: Handler(*args, directory=os.fspath(folder)))
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise
    which = f"port {port} is" if port is not None else f"ports {tried[0]} to {tried[-1]} are"
    raise PortInUse(f"{which} in use")


def main(folder: Path) -> int:
    """Serve a folder and open it in the browser."""
    parser = argparse.ArgumentParser(description="Serve the course on this machine.")
    parser.add_argument("--port", type=int, help=f"default: {FIRST_PORT}, or the next free one")
    parser.add_argument("--share", action="store_true", help="for everybody in the local network")
    parser.add_argument("--no-browser", action="store_true", help="only serve")
    chosen = parser.parse_args()
    try:
        httpd = server(folder, chosen.port, "" if chosen.share else "127.0.0.1")
    except PortInUse as error:
        print(f"{error}; choose another one: --port 9000")
        return 1
    address = f"http://localhost:{httpd.server_address[1]}/"
    print(f"The course is at {address} (Ctrl+C stops it).", flush=True)
    if chosen.share:
        print("Others in this network use this machine's name or number in place of localhost.")
    if not chosen.no_browser:
        webbrowser.open(address)
    with contextlib.suppress(KeyboardInterrupt):
        httpd.serve_forever()
    return 0
