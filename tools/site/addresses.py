"""What a site says of its addresses: pages that have moved, and what search engines ask for."""

import html
import os
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape

from tools.common.errors import UserError
from tools.common.files import write
from tools.common.paths import LANGUAGES, ROOT
from tools.common.policy import PAGE_POLICY
from tools.common.published import published
from tools.common.settings import read_toml

MOVED = ROOT / "book" / "moved.toml"
# What a search engine has nothing to do with: programs, and solutions that are fetched on request.
UNLISTED = ("_static", "lite", "pagefind", "runtime")
HIDDEN = (
    *("lite/", "pagefind/", "runtime/", "_static/solutions/"),
    *(f"{language}/pagefind/" for language in LANGUAGES),
)


def add(site: Path) -> None:
    """Write the pages that lead on, and the files for search engines, into a built site.

    Raises
    ------
    UserError
        When a page that has moved is still there, or leads nowhere.
    """
    for path, content in leading_on(site, read_toml(MOVED)).items():
        write(site / path, content)
    address = published(ROOT / "_config.yml").site
    write(site / "robots.txt", robots(address))
    if address:
        write(site / "sitemap.xml", sitemap(site, address))


def leading_on(site: Path, moved: Mapping[str, str]) -> dict[str, str]:
    """Return a page for each that has moved: its path and its text."""
    made = {}
    for old, new in moved.items():
        if (site / f"{old}.html").exists():
            raise UserError(f"{MOVED.name}: {old} has moved, and there is a page of that name")
        if not (site / f"{new}.html").is_file():
            raise UserError(f"{MOVED.name}: {old} leads to {new}, and there is no such page")
        target = html.escape(os.path.relpath(f"{new}.html", Path(old).parent).replace(os.sep, "/"))
        made[f"{old}.html"] = (
            '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{PAGE_POLICY}">\n'
            f'<meta http-equiv="refresh" content="0; url={target}">\n'
            f'<link rel="canonical" href="{target}">\n<title>This page has moved</title>\n</head>\n'
            f'<body><main><h1>This page has moved</h1><p><a href="{target}">It is here now.</a></p>'
            "</main></body>\n</html>\n"
        )
    return made


def robots(address: str) -> str:
    """Return what search engines are asked to leave out; they read it at the top of a host only."""
    folder = "/" + "/".join(address.split("/")[3:]) if address else ""
    lines = ["User-agent: *", *(f"Disallow: {folder.rstrip('/')}/{name}" for name in HIDDEN)]
    if address:
        lines.append(f"Sitemap: {address}/sitemap.xml")
    return "\n".join(lines) + "\n"


def sitemap(site: Path, address: str) -> str:
    """Return the list of the pages with their addresses."""
    pages = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    listed = [
        f"<url><loc>{escape(address)}/{page}</loc></url>"
        for page in pages
        if page.partition("/")[0] not in UNLISTED
        and page not in ("404.html", "index.html", *(f"{one}/index.html" for one in LANGUAGES))
    ]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        + "\n".join(listed)
        + "\n</urlset>\n"
    )
