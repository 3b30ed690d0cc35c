"""What Sphinx's check of addresses finds, with a small book and a server here."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tools.authoring.links import check, report, result


class Handler(BaseHTTPRequestHandler):
    """Answers as servers on the web do."""

    def do_GET(self):
        status = {"/gone": 404, "/refuses": 403, "/old": 301}.get(self.path, 200)
        self.send_response(status)
        if status == 301:
            self.send_header("Location", "/new")
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_HEAD = do_GET

    def log_message(self, format, *args):
        pass


@pytest.fixture(scope="module")
def address():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_each_address_is_asked_for_and_named_with_its_page(address, tmp_path):
    links = " ".join(f"[x]({address}/{path})" for path in ("here", "gone", "refuses", "old"))
    source = tmp_path / "book"
    source.mkdir()
    (source / "page.md").write_text(f"# Page\n\n{links}\n", "utf-8")
    (source / "_toc.yml").write_text("format: jb-book\nroot: page\n", "utf-8")
    settings = "{linkcheck_retries: 1, linkcheck_report_timeouts_as_broken: false}"
    (source / "_config.yml").write_text(f"sphinx: {{config: {settings}}}\n", "utf-8")
    answers = check(source, tmp_path / "out")
    results = {answer["address"].removeprefix(address): answer["result"] for answer in answers}
    assert results == {"/here": "ok", "/gone": "gone", "/refuses": "unclear", "/old": "moved"}
    gone, unclear, last = report(answers)
    assert gone.startswith(f"gone: {address}/gone (page.md) 404")
    assert unclear.startswith(f"unclear: {address}/refuses (page.md) 403")
    assert last.endswith("1 gone, 1 unclear, 1 moved, 1 ok")


@pytest.mark.parametrize(
    ("status", "info", "expected"),
    [
        ("working", "", "ok"),
        ("redirected", "https://b.org", "moved"),
        ("broken", "410 Client Error: Gone for url", "gone"),
        ("broken", "Max retries exceeded", "unclear"),
        ("timeout", "Read timed out", "unclear"),
        ("ignored", "", "unclear"),
    ],
)
def test_only_an_answer_that_says_so_makes_an_address_gone(status, info, expected):
    assert result(status, info) == expected
