"""Write a page only when what it is made from has changed.

Sphinx writes every page again that *might* show something new: here all of them, since each shows
the contents of the book and cites works. So each page has a digest of what it is made from: its
own text, what all pages show of each other, and what only the pages of reference show.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from docutils import nodes
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import BuildEnvironment

from theme.extension.terms import REFERENCE_PAGES, USES
from tools.common import files


def digest(*parts: object) -> str:
    """Return a digest of values whose text is the same in every run."""
    return files.digest(repr(parts).encode())


class PagesBuilder(StandaloneHTMLBuilder):
    """The builder of HTML pages that leaves alone what would come out the same.

    Attributes
    ----------
    look
        A name for what all pages are shown with: templates, styles and scripts.
    """

    look = ""
    search = False  # Sphinx's own index: the site has another, see tools/site/search.py

    def get_outdated_docs(self) -> Iterator[str]:
        """Return all pages: `write` chooses, also where only a style or a script has changed."""
        yield from self.env.found_docs

    def write(
        self, build_docnames: Iterable[str] | None, updated_docnames: Iterable[str], method="update"
    ) -> None:
        """Write the pages that were made from something else, or never."""
        self.before, self.now = self._read_stamp(), {}
        shared = digest(self.look, *seen_from_everywhere(self.env))
        uses = {page: noted.get(USES) for page, noted in sorted(self.env.metadata.items())}
        chosen = []
        for page in sorted(self.env.found_docs):
            doctree = (Path(self.doctreedir) / f"{page}.doctree").read_bytes()
            parts = [shared, files.digest(doctree)]
            if page in REFERENCE_PAGES:
                parts.append(uses)
            if self.is_new(page, *parts):
                chosen.append(page)
        self._stamp.unlink(missing_ok=True)  # a build that fails half-way says nothing of its pages
        super().write(chosen, [], "specific")

    def finish(self) -> None:
        """Keep what the pages were made from, for the next build."""
        super().finish()
        files.write(self._stamp, json.dumps(self.now, indent=1))

    def is_new(self, page: str, *parts: object) -> bool:
        """Note what a page is made from; return whether it has to be written."""
        self.now[page] = digest(self.look, *parts)
        is_there = Path(self.get_outfilename(page)).is_file()
        return not is_there or self.before.get(page) != self.now[page]

    @property
    def _stamp(self) -> Path:
        return Path(self.doctreedir) / "written.json"

    def _read_stamp(self) -> dict[str, str]:
        return json.loads(self._stamp.read_text("utf-8")) if self._stamp.is_file() else {}


def seen_from_everywhere(env: BuildEnvironment) -> list[object]:
    """Return what pages show of other pages: titles, headings, labels, terms and citations."""
    standard, cited = env.get_domain("std"), env.get_domain("cite")
    headings = {
        page: [(link["anchorname"], link.astext()) for link in contents.findall(nodes.reference)]
        for page, contents in sorted(env.tocs.items())
    }
    return [
        {page: title.astext() for page, title in sorted(env.titles.items())},
        headings,
        sorted(env.toctree_includes.items()),
        sorted(standard.labels.items()),
        sorted(standard.anonlabels.items()),
        sorted(standard.objects.items()),
        [(one.key, str(one.formatted_entry.text)) for one in cited.citations],
        [sorted(noted.get("myst_slugs", {})) for _, noted in sorted(env.metadata.items())],
    ]
