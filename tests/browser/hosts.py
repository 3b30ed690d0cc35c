"""Servers as the course may meet them: without its headers, in a folder, refusing, misnaming."""

import functools
import http.server
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

# What a rule does with a request: None lets it pass.
Rule = Callable[[http.server.SimpleHTTPRequestHandler], bool]


class Plain(http.server.SimpleHTTPRequestHandler):
    """Python's own file server, with a rule for some files and nothing of the course's."""

    rule: Rule | None = None
    under = ""
    sent: dict[str, str]
    types: dict[str, str]

    def do_GET(self):
        if self.rule and type(self).rule(self):
            return
        if self.under and not self.path.startswith(f"{self.under}/"):
            self.send_error(404)
            return
        super().do_GET()

    def translate_path(self, path):
        return super().translate_path(path.removeprefix(self.under))

    def guess_type(self, path):
        ending = Path(path).suffix
        return self.types.get(ending) or super().guess_type(path)

    def end_headers(self):
        for name, value in self.sent.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format, *args):
        """Stay silent."""

    def handle_one_request(self):
        try:
            super().handle_one_request()
        except ConnectionError:
            self.close_connection = True


@contextmanager
def host(
    site: Path,
    rule: Rule | None = None,
    *,
    under: str = "",
    types: dict[str, str] | None = None,
    sent: dict[str, str] | None = None,
) -> Iterator[str]:
    """Serve a site as another host would, and give its address.

    Parameters
    ----------
    site
        The built site.
    rule
        Answers some requests itself: it returns True when it did.
    under
        The folder of the host in which the site lies, ``/course``.
    types
        Types that the host sends in the place of the right ones, by ending.
    sent
        Headers that it sends with every answer.
    """
    more = {"rule": rule, "under": under, "types": types or {}, "sent": sent or {}}
    handler = functools.partial(type("Host", (Plain,), more), directory=str(site))
    httpd = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    httpd.daemon_threads = True
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    yield f"http://localhost:{httpd.server_address[1]}{under}"
    httpd.shutdown()


def _ending(ending: str, answer: Callable[[http.server.SimpleHTTPRequestHandler], object]) -> Rule:
    """Answer files of an ending in a way of its own."""

    def rule(handler) -> bool:
        if not handler.path.split("?")[0].endswith(ending):
            return False
        answer(handler)
        return True

    return rule


def refusing(ending: str, status: int = 403) -> Rule:
    """Answer files of an ending with a status, as a filter does."""
    return _ending(ending, lambda handler: handler.send_error(status))


def login_page(ending: str) -> Rule:
    """Answer files of an ending with a page, as a network does that wants a login."""

    def answer(handler) -> None:
        body = b"<html><title>Please log in</title></html>"
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return _ending(ending, answer)


def holding(ending: str) -> Rule:
    """Never answer files of an ending."""
    return _ending(ending, lambda _: time.sleep(60))


@contextmanager
def foreign() -> Iterator[tuple[str, list[str]]]:
    """Serve another host that allows everything; give its address and what it was asked."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(200)
            self.send_header("Access-Control-Allow-Origin", "*")
            self.send_header("Content-Type", "text/javascript")
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_POST = do_OPTIONS = do_HEAD = do_GET

        def log_message(self, format, *args):
            """Stay silent."""

    httpd = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{httpd.server_address[1]}", asked
    httpd.shutdown()
