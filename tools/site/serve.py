"""Build the course and serve it on this machine: ``python -m tools.site.serve [--port N]``."""

import argparse

from tools.common.errors import UserError, run
from tools.common.paths import SITE
from tools.site.build import build
from tools.site.server import FIRST_PORT, PortInUse, server


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=int, help=f"default: {FIRST_PORT}, or the next free one")
    port = parser.parse_args().port
    try:
        httpd = server(SITE, port)  # a port in use is said before the build, not after it
    except PortInUse as error:
        raise UserError(f"{error}; choose another one: make serve PORT=9000") from error
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
