"""Turn what students hand in into pages to read, tables and a gradebook.

The reading itself is in `tools.classroom.handed_in`, which a page of the course runs as well.
"""

from datetime import date, datetime, time
from pathlib import Path

from tools.classroom.handed_in.results import REPORT, results, summary
from tools.classroom.handed_in.sources import from_file, from_folder
from tools.classroom.handed_in.tables import NoRoster
from tools.common.errors import UserError
from tools.common.files import write
from tools.common.paths import BUILD
from tools.content.tasks import for_teacher

OUT = BUILD / "collected"


def main(
    folder: str,
    out: str | None = None,
    due: str | None = None,
    roster: str | None = None,
    anonymous: bool = False,
) -> None:
    """Read a folder or an archive, and write what the teacher reads.

    Parameters
    ----------
    folder
        What was handed in: a folder, or the archive that a learning platform makes.
    out
        Where the results go.
    due
        When it was due, as year-month-day or with ``T`` and the time, in this machine's time. A
        day alone ends at midnight.
    roster
        A list of the class with a column ``code``, for the gradebook.
    anonymous
        Whether the pages of tasks leave out the codes.

    Raises
    ------
    UserError
        When there is nothing to read, or something given is not what it should be.
    """
    if not folder.strip():
        raise UserError("name what was handed in, a folder or a zip: make collect DIR=handed-in")
    source, target = Path(folder), Path(out) if out else OUT
    if not source.is_dir() and not (source.is_file() and source.suffix.lower() == ".zip"):
        raise UserError(f"{folder} is neither a folder nor a zip: make collect DIR=handed-in")
    if roster and not Path(roster).is_file():
        raise UserError(f"{roster} is not a file; name the list of the class, a CSV")
    try:
        made, known = results(
            from_folder(source) if source.is_dir() else [from_file(source)],
            for_teacher(),
            title=source.name,
            due=moment(due) if due else 0,
            roster=Path(roster).read_bytes() if roster else None,
            anonymous=anonymous,
        )
    except NoRoster as reason:
        raise UserError(str(reason)) from reason
    for name in ("students", "tasks"):  # of an earlier time
        for page in (target / name).glob("*.html"):
            page.unlink()
    for name, content in made.items():
        write(target / name, content)
    print(f"{summary(known)}: see {target / REPORT}")


def moment(due: str) -> float:
    """Return a day's end, or a time of a day, in milliseconds.

    Raises
    ------
    UserError
        When it is neither.
    """
    try:
        is_day = len(due) == len("2026-11-30")
        when = datetime.combine(date.fromisoformat(due), time.max) if is_day else None
        return (when or datetime.fromisoformat(due)).timestamp() * 1000
    except ValueError as error:
        raise UserError(
            f"{due} is no date; write it as 2026-11-30, or with the time 2026-11-30T18:00"
        ) from error
