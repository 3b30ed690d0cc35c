"""Where the course is published, kept and answered for: set once, in ``_config.yml``."""

from dataclasses import dataclass
from pathlib import Path

from tools.common.settings import read_yaml


@dataclass(frozen=True)
class Published:
    """What a reader is told of the course's places; each is empty while it is unknown.

    Parameters
    ----------
    site
        The address of the book, without a slash at its end.
    repository
        The address at which the sources are kept.
    contact
        An address of mail or of a page, for whoever has no account there.
    """

    site: str = ""
    repository: str = ""
    contact: str = ""

    @property
    def reach(self) -> str:
        """The contact as a link."""
        return f"mailto:{self.contact}" if "@" in self.contact else self.contact


NOWHERE = Published()


def published(config: Path) -> Published:
    """Read the three places from the configuration of the book.

    Raises
    ------
    UserError
        When the file cannot be read.
    """
    settings = read_yaml(config)
    site = (settings.get("html") or {}).get("baseurl") or ""
    repository = (settings.get("repository") or {}).get("url") or ""
    return Published(site.rstrip("/"), repository.rstrip("/"), settings.get("contact") or "")
