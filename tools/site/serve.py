"""Build the course and serve it on this machine."""

from tools.common.errors import UserError
from tools.common.paths import SITE
from tools.site.build import build
from tools.site.server import FIRST_PORT, PortInUse, server


def main(port: int | None = None) -> None:
    """Build the course, unless nothing has changed, and serve it until it is stopped."""
    if port is not None and not 0 <= port <= 65535:
        raise UserError(f"there is no port {port}; choose one from 1024 to 65535")
    try:
        httpd = server(SITE, port)  # a port in use is said before the build, not after it
    except PortInUse as error:
        raise UserError(
            f"{error}; choose another one: python -m tools serve --port 9000"
        ) from error
    build()
    number = httpd.server_address[1]
    if port is None and number != FIRST_PORT:
        print(
            f"Port {FIRST_PORT} is in use. Work saved there stays there: a browser keeps it by "
            "address."
        )
    print(f"The course is at http://localhost:{number}/ (Ctrl+C stops it)", flush=True)
    httpd.serve_forever()
