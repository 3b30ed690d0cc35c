"""Where the course is published, kept and answered for: set once, in ``_config.yml``."""

from dataclasses import dataclass
from pathlib import Path

from course.wording import say
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

    @property
    def report(self) -> str:
        """Where an error is reported, as a link; empty while no place is known."""
        return f"{self.repository}/issues" if self.repository else self.reach

    @property
    def words(self) -> dict[str, str]:
        """What stands in the pages, in Markdown, by the name that its place has there."""
        if self.repository:
            form = say(
                "Open an [issue]({address}) with the form *Error in a number*.",
                address=f"{self.repository}/issues",
            )
        else:
            form = say(
                "Whoever has an account where the repository is kept opens an issue there with the "
                "form *Error in a number*."
            )
        if self.contact:
            link = f"[{self.contact}]({self.reach})"
            contact = say("write to {link}", link=link)
            send = say(
                "Without an account, copy these lines, fill them in, and send them to {link}.",
                link=link,
            )
        else:
            contact = say("ask the one who gave you the course")
            send = say(
                "Without an account, copy these lines, fill them in, and send them to the one who "
                "gave you the course, who can pass them on."
            )
        return {"{report}": f"{form} {send}", "{contact}": contact}


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


ASK = (
    "No address is published yet. Until then a teacher without Python asks whoever runs the course "
    "for the folder that `make handouts` writes, or opens the releases of the repository from "
    "which this text comes."
)


def door(places: Published) -> str:
    """Return the three lines with which the README begins: read, take to class, run."""
    where = f"[here]({places.site})" if places.site else "where it is published"
    release = f"{places.repository}/releases/latest"
    files = f"[the latest release]({release})" if places.repository else "its latest release"
    lines = (
        f"**Read it** {where}: nothing to install, no account."
        + ("" if places.site else " The address will stand here once `_config.yml` names it."),
        f"**Take it to class** with the files of {files}. `course-handouts-….zip` holds for each "
        "lesson a PDF and its slides (PDF, PowerPoint), the tables for spreadsheets, the questions "
        "for Moodle and a class for Monday on paper; `course-….zip` is the whole site, for a room "
        "without internet." + ("" if places.repository else f" {ASK}"),
        "**Run it** on your computer with the two commands below.",
    )
    return "\n".join(f"- {line}" for line in lines)


def cited(citation: str, places: Published) -> str:
    """Return the text of CITATION.cff with the site's address and the repository's."""
    lines = [
        line for line in citation.splitlines() if not line.startswith(("url:", "repository-code:"))
    ]
    known = {"url": places.site, "repository-code": places.repository}
    lines += [f"{name}: {place}" for name, place in known.items() if place]
    return "\n".join(lines) + "\n"
