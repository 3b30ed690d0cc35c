"""Put the compiled catalogues into the toolkit's wheel; hatchling runs it when it builds one."""

import tempfile
from pathlib import Path
from typing import Any

from babel.messages import mofile, pofile
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Words(BuildHookInterface):
    """Compiles ``book/<language>/course.po`` to ``course/_words/<language>.mo`` of the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the catalogues into a folder that lasts as long as the build."""
        self.folder = tempfile.TemporaryDirectory()
        for source in sorted(Path(self.root).glob("book/*/course.po")):
            language = source.parent.name
            made = Path(self.folder.name) / f"{language}.mo"
            with source.open("rb") as read, made.open("wb") as written:
                mofile.write_mo(written, pofile.read_po(read, language))
            build_data["force_include"][str(made)] = f"course/_words/{language}.mo"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the folder."""
        self.folder.cleanup()
