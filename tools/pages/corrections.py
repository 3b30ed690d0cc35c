"""Write the page of corrections from ``CHANGELOG.md``: what stood under *Fixed* in each version."""

import re

from tools.common.paths import ROOT, lesson_links
from tools.pages.template import fill

PAGE = "book/corrections.md"
LESSONS = re.compile(r"\b[Ll]essons? ((?:\d\d)(?:(?:, | and )\d\d)*)")


def pages() -> dict[str, bytes]:
    """Return the page: its path and its content."""
    parts = corrections((ROOT / "CHANGELOG.md").read_text("utf-8"))
    return {PAGE: fill("corrections", parts=parts).encode()}


def corrections(changes: str) -> list[tuple[str, str]]:
    """Return each version that corrects something, the latest first, with its list."""
    found = []
    for version in re.split(r"^## ", changes, flags=re.MULTILINE)[1:]:
        name, _, text = version.partition("\n")
        if fixed := re.search(r"^### Fixed\n(.*?)(?=^#|\Z)", text, re.MULTILINE | re.DOTALL):
            found.append((title(name), LESSONS.sub(_linked, fixed[1].strip())))
    return found


def title(name: str) -> str:
    """Return the heading of a version: "0.1.0, 2026-11-24"."""
    version, _, day = name.strip().replace("[", "").replace("]", "").partition(" - ")
    return "Since the last version" if version == "Unreleased" else f"Version {version}, {day}"


def _linked(found: re.Match[str]) -> str:
    return lesson_links(re.findall(r"\d\d", found[1])) or str(found[0])
