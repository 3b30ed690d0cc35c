"""Downloads are whole and right, or they are not there."""

import errno
import hashlib
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tools.common import download
from tools.common.download import Progress, Unreachable, WrongFile, fetch

DATA = bytes(range(256)) * 4096
DIGEST = hashlib.sha256(DATA).hexdigest()


@dataclass
class Source:
    """A server of one file that can be made to misbehave."""

    url: str = ""
    data: bytes = DATA
    ranges: bool = True
    status: int = 200
    stop_after: list[int] = field(default_factory=list)
    asked: list[str | None] = field(default_factory=list)


@pytest.fixture
def source():
    state = Source()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked = self.headers.get("Range")
            state.asked.append(asked)
            start = int(asked.removeprefix("bytes=").rstrip("-")) if asked and state.ranges else 0
            body = state.data[start:]
            self.send_response(206 if start else state.status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[: state.stop_after.pop(0)] if state.stop_after else body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}).start()
    state.url = f"http://127.0.0.1:{server.server_port}/file.bin"
    yield state
    server.shutdown()
    server.server_close()


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch):
    monkeypatch.setattr(download.time, "sleep", lambda _: None)


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_fetched_whole(source, tmp_path):
    target = fetch(source.url, tmp_path / "new" / "file.bin", DIGEST, len(DATA))
    assert target.read_bytes() == DATA
    assert left(tmp_path / "new") == ["file.bin"]


def test_a_right_file_is_not_fetched_again(source, tmp_path):
    (tmp_path / "file.bin").write_bytes(DATA)
    fetch(source.url, tmp_path / "file.bin", DIGEST, len(DATA))
    assert source.asked == []


def test_a_wrong_file_is_replaced(source, tmp_path):
    (tmp_path / "file.bin").write_bytes(b"old")
    assert fetch(source.url, tmp_path / "file.bin", DIGEST, len(DATA)).read_bytes() == DATA


def test_a_partial_file_is_continued(source, tmp_path):
    (tmp_path / "file.bin.part").write_bytes(DATA[:1000])
    fetch(source.url, tmp_path / "file.bin", DIGEST, len(DATA))
    assert source.asked == ["bytes=1000-"]
    assert left(tmp_path) == ["file.bin"]


def test_a_server_without_ranges_sends_it_all_again(source, tmp_path):
    source.ranges = False
    (tmp_path / "file.bin.part").write_bytes(DATA[:1000])
    progress = Progress("", len(DATA), shown=False)
    fetch(source.url, tmp_path / "file.bin", DIGEST, len(DATA), progress=progress)
    assert (tmp_path / "file.bin").read_bytes() == DATA
    assert progress.done == len(DATA)


def test_a_broken_connection_goes_on_where_it_stopped(source, tmp_path):
    source.stop_after = [1000, 5000]
    fetch(source.url, tmp_path / "file.bin", DIGEST, len(DATA))
    assert source.asked == [None, "bytes=1000-", "bytes=6000-"]


def test_a_connection_that_keeps_breaking_is_one_sentence_and_keeps_the_part(source, tmp_path):
    source.stop_after = [10] * 9
    with pytest.raises(Unreachable, match=r"^http://\S+ could not be fetched .* is kept\.$"):
        fetch(source.url, tmp_path / "file.bin", DIGEST, len(DATA), attempts=3)
    assert (tmp_path / "file.bin.part").read_bytes() == DATA[:30]
    assert fetch(source.url, tmp_path / "file.bin", DIGEST, len(DATA), attempts=9)


def test_a_wrong_checksum_leaves_nothing(source, tmp_path):
    source.data = DATA[::-1]
    with pytest.raises(WrongFile, match="is not the file that was pinned"):
        fetch(source.url, tmp_path / "file.bin", DIGEST, len(DATA))
    assert left(tmp_path) == []


@pytest.mark.parametrize("beginning", [b"x" * 1000, b"x" * len(DATA), b"x" * (len(DATA) + 1)])
def test_a_wrong_beginning_is_fetched_anew(source, tmp_path, beginning):
    (tmp_path / "file.bin.part").write_bytes(beginning)
    progress = Progress("", len(DATA), shown=False)
    fetch(source.url, tmp_path / "file.bin", DIGEST, len(DATA), progress=progress)
    assert (tmp_path / "file.bin").read_bytes() == DATA
    assert progress.done == len(DATA)


def test_a_file_that_does_not_end_is_refused(source, tmp_path):
    source.data = DATA * 20
    with pytest.raises(WrongFile):
        fetch(source.url, tmp_path / "file.bin", DIGEST, len(DATA))
    assert left(tmp_path) == []


def test_a_file_that_is_not_there_is_asked_for_once(source, tmp_path):
    source.status = 404
    source.data = b""
    with pytest.raises(Unreachable, match="Not Found"):
        fetch(source.url, tmp_path / "file.bin", DIGEST, len(DATA))
    assert len(source.asked) == 1
    assert left(tmp_path) == []


def test_a_refused_connection_is_one_sentence(tmp_path):
    with pytest.raises(Unreachable, match=r"Connection refused.*check the connection"):
        fetch("http://127.0.0.1:9/file.bin", tmp_path / "file.bin", DIGEST, len(DATA))
    assert left(tmp_path) == []


def test_a_full_disk_leaves_nothing(source, tmp_path, monkeypatch):
    real = Path.open

    def full(self, mode="r", *rest, **options):
        file = real(self, mode, *rest, **options)
        if mode[0] not in "wa":
            return file

        class Full:
            def __enter__(self):
                return self

            def __exit__(self, *_):
                file.close()

            def write(self, data):
                file.write(data[:10])
                raise OSError(errno.ENOSPC, "No space left on device")

        return Full()

    monkeypatch.setattr(Path, "open", full)
    with pytest.raises(OSError, match="No space left"):
        fetch(source.url, tmp_path / "file.bin", DIGEST, len(DATA))
    assert left(tmp_path) == []


def test_progress_without_a_terminal_is_a_few_lines(capsys):
    progress = Progress("Fetching", 1000)
    for _ in range(100):
        progress.add(10)
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 5
    assert lines[-1] == "Fetching: 100 %, 0.0 of 0.0 MB"
