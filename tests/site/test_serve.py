"""The server: what is saved is built, types, compression, caching, and a port in use."""

import gzip
import http.client
import os
import socket
import sys
import threading
import time
from collections.abc import Iterator

import pytest

from tools.site import serve
from tools.site.server import FIRST_PORT, PORTS_TRIED, PortInUse, server


@pytest.fixture
def port(tmp_path) -> Iterator[int]:
    runtime = tmp_path / "runtime" / "abc"
    runtime.mkdir(parents=True)
    (tmp_path / "index.html").write_text("<p>home</p>" * 100)
    (tmp_path / "lite").mkdir()
    (tmp_path / "lite" / "x.html").write_text("<p>notebook</p>")
    (tmp_path / "runtime" / "abc" / "pyodide.mjs").write_text("export {}")
    (tmp_path / "runtime" / "abc" / "a.wasm").write_bytes(bytes(1000))
    (tmp_path / "runtime" / "abc" / "b.zst").write_bytes(b"packed")
    (tmp_path / "runtime" / "abc" / "c.wasm").write_bytes(bytes(1000))
    (tmp_path / "runtime" / "abc" / "c.wasm.br").write_bytes(b"brotli")
    httpd = server(tmp_path, 0)
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    yield httpd.server_address[1]
    httpd.shutdown()


def get(port: int, path: str, **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    return response, response.read()


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/index.html?x=1", "text/html; charset=utf-8"),
        ("/runtime/abc/pyodide.mjs", "text/javascript; charset=utf-8"),
        ("/runtime/abc/a.wasm", "application/wasm"),
    ],
)
def test_types_and_compression(port, path, kind):
    plain, body = get(port, path)
    assert (plain.status, plain.getheader("Content-Type")) == (200, kind)
    zipped, small = get(port, path, **{"Accept-Encoding": "gzip"})
    assert zipped.getheader("Content-Encoding") == "gzip"
    assert gzip.decompress(small) == body


def test_an_archive_is_not_zipped_again(port):
    response, _ = get(port, "/runtime/abc/b.zst", **{"Accept-Encoding": "gzip, br"})
    assert response.getheader("Content-Encoding") is None


@pytest.mark.parametrize(
    ("accepted", "sent"), [("gzip, deflate, br", "br"), ("gzip", "gzip"), ("", None)]
)
def test_brotli_is_sent_where_it_is_accepted(port, accepted, sent):
    response, body = get(port, "/runtime/abc/c.wasm", **{"Accept-Encoding": accepted})
    assert response.getheader("Content-Encoding") == sent
    assert response.getheader("Content-Type") == "application/wasm"
    assert response.getheader("Vary") == "Accept-Encoding"
    assert (body == b"brotli") is (sent == "br")


def test_the_runtime_is_kept_and_a_page_is_asked_for_anew(port):
    runtime, _ = get(port, "/runtime/abc/a.wasm")
    assert "immutable" in runtime.getheader("Cache-Control")
    page, _ = get(port, "/")
    assert page.getheader("Cache-Control") == "no-cache"
    again, body = get(port, "/", **{"If-None-Match": page.getheader("ETag")})
    assert (again.status, body) == (304, b"")


def test_a_file_of_the_same_size_and_date_is_another_version(port, tmp_path):
    os.utime(tmp_path / "index.html", (0, 0))
    before, _ = get(port, "/", **{"Accept-Encoding": "gzip"})
    (tmp_path / "new.html").write_text("<p>HOME</p>" * 100)
    os.utime(tmp_path / "new.html", (0, 0))
    (tmp_path / "new.html").replace(tmp_path / "index.html")
    after, body = get(
        port, "/", **{"If-None-Match": before.getheader("ETag"), "Accept-Encoding": "gzip"}
    )
    assert after.status == 200
    assert b"HOME" in gzip.decompress(body)


@pytest.mark.parametrize("path", ["/missing.html", "/../../etc/passwd", "/" + "a" * 5000, "/a%00b"])
def test_what_is_not_there_and_what_is_outside(port, path):
    assert get(port, path)[0].status == 404
    assert get(port, "/")[0].status == 200


def test_only_the_runtime_is_kept_whatever_way_leads_there(port):
    for path in ("/runtime/../index.html", "/runtime/abc/../../", "/runtime/%2e%2e/index.html"):
        page, _ = get(port, path)
        assert (page.status, page.getheader("Cache-Control")) == (200, "no-cache")
    kept, _ = get(port, "/lite/../runtime/abc/b.zst")
    assert "immutable" in kept.getheader("Cache-Control")


def test_a_request_waits_while_the_site_is_replaced(port, tmp_path):
    away = tmp_path.with_name("away")
    tmp_path.rename(away)
    threading.Timer(0.3, away.rename, [tmp_path]).start()
    assert get(port, "/")[0].status == 200


def test_a_class_that_comes_at_once_is_let_in(tmp_path):
    httpd = server(tmp_path, 0)  # nobody answers yet
    waiting = []
    for _ in range(180):
        one = socket.socket()
        one.settimeout(2)
        one.connect(httpd.server_address)
        waiting.append(one)
    for one in waiting:
        one.close()
    httpd.server_close()


def test_isolation_is_asked_for_where_a_browser_grants_it(port):
    name = "Cross-Origin-Opener-Policy"
    assert get(port, "/", Host=f"localhost:{port}")[0].getheader(name) == "same-origin"
    assert get(port, "/", Host=f"course.test:{port}")[0].getheader(name) is None


@pytest.mark.parametrize("path", ["/", "/runtime/abc/a.wasm", "/lite/x.html"])
def test_no_page_may_ask_another_host(port, path):
    policy = get(port, path)[0].getheader("Content-Security-Policy")
    sources = {
        name: values.split()
        for name, _, values in (p.strip().partition(" ") for p in policy.split(";"))
    }
    assert sources["default-src"] == ["'self'"]
    allowed = {"'self'", "'none'", "'unsafe-inline'", "'wasm-unsafe-eval'", "data:"}
    if path.startswith("/lite/"):
        allowed |= {"'unsafe-eval'", "blob:"}
    else:
        assert sources["script-src"] == ["'self'", "'wasm-unsafe-eval'"]
    assert {value for values in sources.values() for value in values} <= allowed


def test_a_port_in_use_is_said_in_one_sentence(tmp_path, port):
    with pytest.raises(PortInUse, match=f"^port {port} is in use$"):
        server(tmp_path, port)


def test_without_a_port_the_next_free_one_is_taken(tmp_path):
    first, second = server(tmp_path), server(tmp_path)
    try:
        numbers = {first.server_address[1], second.server_address[1]}
        assert len(numbers) == 2
        assert numbers <= set(range(FIRST_PORT, FIRST_PORT + PORTS_TRIED))
    finally:
        first.server_close()
        second.server_close()


# Building again ---------------------------------------------------------------------------------


# Loads its code, waits for a line if told to, and copies the source, or fails if that says so.
COPIES = """
import pathlib, sys
source, page, code = map(pathlib.Path, {paths!r})
loaded = code.read_text()
if "--wait" in sys.argv and not sys.stdin.readline():
    sys.exit()
text = source.read_text()
if text == "fault":
    sys.exit(1)
page.write_text((page.read_text() if page.exists() else "") + loaded + text)
"""


@pytest.fixture
def watched(tmp_path, monkeypatch) -> Iterator[list]:
    """A source and a file of code that are watched, and what is built from them."""
    source, page, program = (tmp_path / name for name in ("lesson.ipynb", "page.html", "code.py"))
    source.write_text("old")
    program.write_text("")
    code = COPIES.format(paths=[str(path) for path in (source, page, program)])
    monkeypatch.setattr(serve, "sources", lambda: [source, program])
    monkeypatch.setattr(serve, "BUILD", [sys.executable, "-c", code])
    monkeypatch.setattr(serve, "EVERY", 0.05)
    stop = threading.Event()
    thread = threading.Thread(target=serve.watch, args=(stop, serve.saved()))
    thread.start()
    yield [source, page, program]
    stop.set()
    thread.join()


def said(capsys, words: str) -> None:
    """Wait until the terminal has said something."""
    text, end = "", time.monotonic() + 20
    while words not in text:
        assert time.monotonic() < end, text
        text += capsys.readouterr().out
        time.sleep(0.05)


def test_a_source_that_is_saved_is_built_once(watched, capsys):
    source, page, _ = watched
    time.sleep(0.3)
    assert not page.exists(), "nothing was saved"
    source.write_text("new")
    said(capsys, "Reload the page")
    time.sleep(0.3)
    assert page.read_text() == "new"


def test_after_a_fault_the_last_site_stays_and_the_next_save_is_built(watched, capsys):
    source, page, _ = watched
    source.write_text("fault")
    said(capsys, "The course is as it was before")
    assert not page.exists()
    source.write_text("mended")
    said(capsys, "Reload the page")
    assert page.read_text() == "mended"


def test_a_build_that_waits_does_not_keep_code_that_has_changed(watched, capsys):
    source, page, program = watched
    time.sleep(0.5)  # the next build has loaded its code
    program.write_text("2")
    said(capsys, "Reload the page")
    assert page.read_text() == "2old"
    source.write_text("new")
    said(capsys, "Reload the page")
    assert page.read_text() == "2old2new"
