"""List the addresses outside the course.

With ``--check`` each address is asked for once, those of one host one after the other. That takes
minutes and depends on other people's servers, so it is no part of the tests.
"""

import http.client
import time
import urllib.error
import urllib.request
from collections import defaultdict
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from tools.common import files
from tools.common.paths import BUILD, ROOT
from tools.site.build import build

TABLE = BUILD / "links.csv"
HOSTS_AT_ONCE, PAUSE, TIMEOUT = 8, 1.0, 20.0  # seconds
AGENT = "course-link-check/1 (a person started this; one request a second)"
GONE = {404, 410}
# What some servers say to HEAD although they have the page.
ASK_AGAIN = {400, 403, 404, 405, 500, 501, 503}
SEPARATE = "lite"  # JupyterLite's pages are not ours


class _Addresses(HTMLParser):
    """The addresses that a page links to."""

    def __init__(self, text: str):
        super().__init__()
        self.found: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        link = dict(attrs).get("href") or ""
        if tag == "a" and link.startswith(("http://", "https://")):
            self.found.add(link)


@dataclass(frozen=True)
class Answer:
    """What came of asking for an address: ``ok``, ``moved``, ``gone`` or ``unclear``, and why."""

    result: str
    detail: str = ""


def listed(site: Path) -> dict[str, list[str]]:
    """Return every address outside the site, with the pages that link to it, both sorted."""
    found = defaultdict(list)
    for path in sorted(site.rglob("*.html")):
        page = path.relative_to(site)
        if page.parts[0] != SEPARATE:
            for address in _Addresses(path.read_text("utf-8")).found:
                found[address].append(page.as_posix())
    return dict(sorted(found.items()))


def ask(address: str, timeout: float = TIMEOUT) -> Answer:
    """Ask for one address and say what came of it.

    Only an answer that says so makes an address *gone*: a server that refuses programs, is slow or
    is down for a day leaves it *unclear*.
    """
    status, where = _request(address, "HEAD", timeout)
    if status in ASK_AGAIN:
        status, where = _request(address, "GET", timeout)
    if status in GONE:
        return Answer("gone", str(status))
    if status is None or status >= 400:
        return Answer("unclear", str(status or where))
    if _plain(where) != _plain(address):
        return Answer("moved", where)
    return Answer("ok")


def _request(address: str, method: str, timeout: float) -> tuple[int | None, str]:
    """Return the status and the final address, or no status and the reason."""
    ascii_only = quote(address, safe="%/:=&?~#+!$,;'@()*[]")
    request = urllib.request.Request(ascii_only, method=method, headers={"User-Agent": AGENT})
    try:
        with urllib.request.urlopen(request, timeout=timeout) as answer:
            return answer.status, answer.url
    except urllib.error.HTTPError as error:
        return error.code, address
    except (OSError, http.client.HTTPException, ValueError) as error:
        return None, str(getattr(error, "reason", "") or error) or type(error).__name__


def _plain(address: str) -> str:
    """Return an address without what a move may change and no reader cares about."""
    parts = urlsplit(address)
    host = (parts.hostname or "").removeprefix("www.")
    return unquote(f"{host}{parts.path.rstrip('/')}?{parts.query}")


def ask_all(
    addresses: Iterable[str], pause: float = PAUSE, timeout: float = TIMEOUT
) -> dict[str, Answer]:
    """Ask for every address, hosts side by side and the addresses of one host in turn.

    Parameters
    ----------
    addresses
        What to ask for.
    pause
        Seconds between two requests to one host.
    timeout
        Seconds to wait for an answer.
    """
    hosts = defaultdict(list)
    for address in addresses:
        hosts[urlsplit(address).hostname].append(address)

    def in_turn(own: list[str]) -> list[tuple[str, Answer]]:
        answers = []
        for number, address in enumerate(own):
            time.sleep(pause if number else 0)
            answers.append((address, ask(address, timeout)))
        return answers

    with ThreadPoolExecutor(HOSTS_AT_ONCE) as pool:
        return {
            address: answer
            for some in pool.map(in_turn, hosts.values())
            for address, answer in some
        }


def write(
    pages: Mapping[str, list[str]], answers: Mapping[str, Answer], table: Path = TABLE
) -> None:
    """Write one row an address: its pages, and what came of asking for it."""
    unasked = Answer("not asked")
    found = {address: answers.get(address, unasked) for address in pages}
    rows = [
        [address, answer.result, answer.detail, " ".join(pages[address])]
        for address, answer in found.items()
    ]
    files.write(table, files.csv_text(["address", "result", "detail", "pages"], rows))


def main(check: bool = False) -> int:
    """List the addresses and, if wanted, ask for each."""
    pages = listed(build())
    answers = ask_all(pages) if check else {}
    write(pages, answers)
    print(f"Wrote {TABLE.relative_to(ROOT)}: {len(pages)} addresses outside the course")
    for result in ("gone", "unclear", "moved"):
        own = [address for address, answer in answers.items() if answer.result == result]
        if own:
            print(f"{len(own)} {result}" + (":" if result == "gone" else ""))
        if result == "gone":
            print(
                "".join(f"  {address} on {', '.join(pages[address])}\n" for address in own), end=""
            )
    return int(any(answer.result == "gone" for answer in answers.values()))
