"""The list of addresses outside the course, and what a check says of each, with a server here."""

import csv
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tools.authoring.links import Answer, ask, ask_all, listed, write


class Handler(BaseHTTPRequestHandler):
    """Answers as servers on the web do, well-behaved and not."""

    seen: list[tuple[str, str]]
    leave: threading.Event

    def do_HEAD(self):
        self.answer()

    def do_GET(self):
        self.answer()

    def answer(self):
        self.seen.append((self.command, self.path))
        if self.path == "/slow":
            self.leave.wait(5)
            return
        status = {"/gone": 404, "/refuses": 403, "/broken": 500}.get(self.path, 200)
        if self.path in ("/no-head", "/hides-from-head") and self.command == "HEAD":
            status = 405 if self.path == "/no-head" else 404
        self.send_response(301 if self.path == "/old" else status)
        if self.path == "/old":
            self.send_header("Location", "/new")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format, *args):
        pass


@pytest.fixture
def web(monkeypatch):
    """A server; `web.seen` lists the requests that came."""
    monkeypatch.setattr(Handler, "seen", [], raising=False)
    monkeypatch.setattr(Handler, "leave", threading.Event(), raising=False)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    server.address = f"http://127.0.0.1:{server.server_address[1]}"
    server.seen = Handler.seen
    yield server
    Handler.leave.set()
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("path", "result", "detail"),
    [
        ("/here", "ok", ""),
        ("/español", "ok", ""),
        ("/no-head", "ok", ""),
        ("/hides-from-head", "ok", ""),
        ("/gone", "gone", "404"),
        ("/refuses", "unclear", "403"),
        ("/broken", "unclear", "500"),
        ("/slow", "unclear", "timed out"),
    ],
)
def test_what_an_answer_says(web, path, result, detail):
    answer = ask(web.address + path, timeout=3)
    assert answer == Answer(result, detail)


def test_a_move_names_the_new_address(web):
    assert ask(f"{web.address}/old") == Answer("moved", f"{web.address}/new")


def test_a_host_that_is_not_there_is_unclear():
    assert ask("http://127.0.0.1:9/").result == "unclear"


def test_each_address_is_asked_for_once_and_in_turn(web):
    addresses = [f"{web.address}/{number}" for number in range(4)]
    answers = ask_all(addresses, pause=0.0)
    assert {address: answer.result for address, answer in answers.items()} == dict.fromkeys(
        addresses, "ok"
    )
    assert web.seen == [("HEAD", f"/{number}") for number in range(4)]


def test_addresses_are_listed_with_their_pages(tmp_path):
    for folder in ("book", "lite"):
        (tmp_path / folder).mkdir()
    out = '<a href="https://a.org/x?y=1&amp;z=2">a</a>'
    (tmp_path / "book" / "one.html").write_text(f'{out}{out}<a href="two.html">b</a>')
    (tmp_path / "book" / "two.html").write_text(f'{out}<a href="http://b.org">c</a><a>d</a>')
    (tmp_path / "lite" / "app.html").write_text('<a href="https://jupyter.org">not ours</a>')
    pages = listed(tmp_path)
    assert pages == {
        "http://b.org": ["book/two.html"],
        "https://a.org/x?y=1&z=2": ["book/one.html", "book/two.html"],
    }
    table = tmp_path / "links.csv"
    write(pages, {"http://b.org": Answer("gone", "404")}, table)
    rows = list(csv.DictReader(table.open(encoding="utf-8")))
    assert [row["result"] for row in rows] == ["gone", "not asked"]
    assert rows[1]["pages"].split() == ["book/one.html", "book/two.html"]
