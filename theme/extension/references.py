"""The style of the bibliography, and the names of its entries."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from pybtex.database import Entry
from pybtex.plugin import find_plugin, register_plugin
from pybtex.style.formatting.alpha import Style as AlphaStyle
from pybtex.style.labels import BaseLabelStyle
from pybtex.style.template import Node, field, href, sentence
from sphinx.application import Sphinx
from sphinxcontrib.bibtex.domain import BibtexDomain

from tools.content.bibliography import BIBLIOGRAPHY, references


class Keys(BaseLabelStyle):
    """Entries go by their key: a table names its source by it, in `source_key`."""

    def format_labels(self, sorted_entries):
        """Name each entry by its key."""
        return (entry.key for entry in sorted_entries)


class Style(AlphaStyle):
    """References by author, with titles as they are written in the bibliography."""

    default_label_style = Keys

    def format_title(self, e: Entry, which_field: str, as_sentence: bool = True) -> Node:
        """Return the title as it stands: no letter is made small."""
        title = field(which_field)
        return sentence[title] if as_sentence else title

    def format_url(self, e: Entry) -> Node:
        """Show where a link leads, not its whole length."""
        return href(field("url", raw=True))[field("url", raw=True, apply_func=_host)]


class Works(BibtexDomain):
    """The works of the book, written out anew only when a page that lists them was read anew.

    Such a page is read when the file of the works has changed, and which of them it lists depends
    on their keys, not on what other pages cite.
    """

    def env_updated(self) -> Iterable[str]:
        """Write out the works, which otherwise happens in every build."""
        listed = {citation.bibliography_key for citation in self.citations}
        return [] if listed == set(self.bibliographies) else super().env_updated()


def setup(app: Sphinx) -> dict:
    """Put the works in the place of the library's."""
    app.add_domain(Works, override=True)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def tell_apart(app: Sphinx) -> None:
    """Give works with the same authors and year the letters that notebooks and slides show."""
    entries = app.env.get_domain("cite").bibdata.data.entries
    for key, work in references(BIBLIOGRAPHY).items():
        entries[key].fields["year"] = work.year


def _host(url: str) -> str:
    return urlsplit(url).hostname.removeprefix("www.")


register_plugin("pybtex.style.formatting", "course", Style)
for backend in ("plaintext", "docutils"):
    # Looked up at every citation: without this, in the metadata of every installed package.
    register_plugin("pybtex.backends", backend, find_plugin("pybtex.backends", backend), True)
