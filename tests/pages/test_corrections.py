"""The page of corrections, made from the changelog."""

import re

from tools.common.paths import ROOT
from tools.pages.corrections import corrections, pages

CHANGES = """# Changes

## [Unreleased]

### Fixed

- Lessons 00 and 03: 12 in place of 13.

### Security

- Another.

## [0.2.0] - 2026-12-01

### Added

- Nothing.
"""


def test_each_version_has_what_it_corrects_and_nothing_else():
    [(title, text)] = corrections(CHANGES)
    assert title == "Since the last version"
    assert text.endswith(": 12 in place of 13.")
    links = re.findall(r"\[(\d\d)\]\(\.\./notebooks/\1-[\w-]+\.ipynb\)", text)
    assert links == ["00", "03"]


def test_the_page_has_every_correction_of_the_changelog():
    page = pages()["book/corrections.md"].decode()
    fixed = re.findall(
        r"^### Fixed\n(.*?)(?=^#|\Z)",
        (ROOT / "CHANGELOG.md").read_text("utf-8"),
        re.MULTILINE | re.DOTALL,
    )
    assert page.count("\n- ") == sum(text.count("\n- ") for text in fixed)
