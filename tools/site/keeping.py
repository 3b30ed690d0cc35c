"""Let a browser keep the whole course: the list of its files, for the worker that keeps them.

The worker (``theme/live/keeper.js``) fetches what the list names when a reader presses a button on
the page "Your progress", and again what has changed when there is a newer list.
"""

import base64
import gzip
import hashlib
import json
from functools import partial
from pathlib import Path
from urllib.parse import quote

from tools.common.files import files, write
from tools.common.kept import Kept
from tools.common.paths import BUILD
from tools.site.server import COMPRESSED

KEEPER = "keeper.js"
SIZES = "_static/kept.json"
# The worker itself; JupyterLite, a third of the site; and what readers do not open.
LEFT_OUT = (KEEPER, "lite/", "robots.txt", "sitemap.xml", "404.html")


def add(site: Path, scripts: Path) -> None:
    """Write the worker into a built site, and how much each file weighs on its way.

    Parameters
    ----------
    site
        The site, with everything else in it.
    scripts
        The folder of bundled scripts; see `tools.site.web.bundle`.
    """
    kept, sizes, digests = Kept(BUILD / "keeping.kept"), {}, {}
    for name, path in chosen(site).items():
        content = path.read_bytes()
        own = hashlib.sha256(content).digest()
        sizes[name] = kept.get(name, [own], partial(weight, content, path.suffix))
        digests[name] = as_browsers_write(own)
    kept.save()
    said = json.dumps(sizes, separators=(",", ":"))
    write(site / SIZES, said)
    digests[SIZES] = as_browsers_write(hashlib.sha256(said.encode()).digest())
    worker = (scripts / "keeper" / KEEPER).read_text("utf-8")
    listed = json.dumps(list(digests.items()), separators=(",", ":"))
    write(site / KEEPER, f"const FILES={listed};\n{worker}")


def chosen(site: Path) -> dict[str, Path]:
    """Return the files that are kept, by their addresses from the top of the site."""
    named = {quote(path.relative_to(site).as_posix()): path for path in files(site)}
    return {
        name: path
        for name, path in named.items()
        if not name.startswith(LEFT_OUT) and path.suffix != ".br"
    }


def as_browsers_write(digest: bytes) -> str:
    """Return a sha256 as a browser's check of integrity takes it."""
    return base64.b64encode(digest).decode()


def weight(content: bytes, ending: str) -> int:
    """Return the bytes of a file on its way, as most servers send it."""
    return len(gzip.compress(content, 6) if ending in COMPRESSED else content)
