"""What goes wrong on a page: errors, failed requests, requests to another host."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Page

# A name that is not localhost: over plain http it gets no service worker and no isolation.
SCHOOL = "course.test"


@dataclass
class Faults:
    """What went wrong on the pages that are watched."""

    found: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.found.append(f"page error: {error}"))
        page.on("console", self._console)
        page.on("requestfailed", self._failed)
        page.on("response", self._response)
        page.on("request", self._request)

    def _console(self, message) -> None:
        if message.type == "error":
            self.found.append(f"console: {message.text} ({message.location.get('url')})")

    def _failed(self, request) -> None:
        # A page that is left, or a worker that is stopped, gives up its requests.
        if request.failure != "net::ERR_ABORTED":
            self.found.append(f"failed: {request.url} {request.failure}")

    def _response(self, response) -> None:
        if response.status >= 400:
            self.found.append(f"{response.status}: {response.url}")

    def _request(self, request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws") and parts.hostname not in ("localhost", SCHOOL):
            self.found.append(f"another host: {request.url}")
