"""Read what was handed in. Nothing in a file is executed, followed or believed.

Two kinds of file count: saved work (from the page *Your progress*) and briefs (from lesson 14).
Every file gets its row, also one that is damaged, foreign or hostile. What a student's browser says
of a task stays what it is, self-reported.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Any

from .sources import MOST_FILES, Handed, opened

STATUSES = ("open", "tried", "done")
ENTRY_ID = re.compile(r"[\w./#-]{1,120}")
CODE = re.compile(r"(?=.*\d)[A-Z\d][A-Z\d-]{2,19}")
FORMATS = {"course-work": "work", "course-brief": "brief"}
NO_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
DEEPEST = 50
DAY = 86_400_000  # milliseconds
MOST_TEXTS = 1_000  # files whose texts are kept; of a larger course only the tables are made


@dataclass
class Row:
    """What one file is. Counts are None where the file is not of that kind."""

    file: str
    number: int = 0  # its place among all files, by which one without a code is called
    student: str = ""  # the code, or what stands for it
    kind: str = ""  # "work" or "brief"
    # or "damaged", "foreign", "too large", "unreadable", "duplicate", "earlier"
    outcome: str = "read"
    problem: str = ""
    late: str = ""  # "yes" or "no" where a date was given and the file says when it was made
    made: str = ""
    last_saved: str = ""
    tasks_done: int | None = None
    tasks_tried: int | None = None
    core_done: int | None = None
    tasks_changed_since: int | None = None
    bets: int | None = None
    brief_words: int | None = None
    brief_title: str = ""
    forecast_date: str = ""
    forecast_probability_percent: float | None = None
    bytes: int = 0
    sha256: str = ""


@dataclass
class Answer:
    """What a student has for one task."""

    status: str
    text: str  # as it stands in the cell
    written: str  # the words of it, where the task asks for words
    first: str = ""  # the first complete version of a written answer, where it differs
    words: int = 0  # of the written text
    tries: int = 0
    hints: int = 0
    mistake: str = ""  # the name of the first known one


@dataclass
class Paper:
    """One file that is read, with what its row does not hold."""

    row: Row
    code: str
    owner: str
    time: float  # of the file
    made: float = 0  # by the content
    answers: dict[str, Answer] = field(default_factory=dict)
    brief: dict[str, Any] = field(default_factory=dict)
    content: str = ""  # a digest of what is in it, whatever its spelling
    has_text: bool = False

    def forget(self) -> None:
        """Let go of the texts: those of a large course do not fit into memory."""
        self.answers = {
            name: replace(answer, text="", written="", first="")
            for name, answer in self.answers.items()
        }
        self.brief = {}


@dataclass
class Student:
    """What counts of one student: at most one file of work and one brief."""

    name: str
    code: str
    owner: str
    work: Paper | None = None
    brief: Paper | None = None

    @property
    def papers(self) -> list[Paper]:
        """The files that count."""
        return [paper for paper in (self.work, self.brief) if paper]


@dataclass
class Class:
    """Everything that was handed in."""

    rows: list[Row]
    students: list[Student]
    index: dict[str, Any]

    @property
    def is_large(self) -> bool:
        """Whether it is too large for pages and texts: there are tables only."""
        return sum(row.kind != "" for row in self.rows) > MOST_TEXTS


class Unusable(Exception):
    """Why a file is not read: an outcome and a sentence."""


def read_all(
    files: Iterable[Handed],
    index: dict[str, Any],
    *,
    due: float = 0,
    codes: Iterable[str] = (),
    now: float | None = None,
) -> Class:
    """Read files, and find which of them count.

    Parameters
    ----------
    files
        What was handed in; archives are looked into.
    index
        ``tasks`` and ``alternatives`` of the course; see tools/content/tasks.py.
    due
        When the work was due, in milliseconds; 0 where nothing was said.
    codes
        The codes that the teacher gave, by which a brief without a code in it is known.
    now
        The time of reading, in milliseconds.
    """
    now = datetime.now(UTC).timestamp() * 1000 if now is None else now
    tasks = {task["id"]: task for task in index["tasks"]}
    known = {code.upper() for code in codes}
    rows, papers = [], []
    for number, handed in enumerate(opened(files), 1):
        if number > MOST_FILES:
            row = Row("…", number, outcome="too large", problem=f"more than {MOST_FILES:,} files")
            rows.append(row)
            break
        row = Row(handed.name, number, bytes=handed.size)
        rows.append(row)
        try:
            papers.append(read(handed, row, tasks, due=due, known=known, now=now))
            if len(papers) > MOST_TEXTS:
                for paper in papers if len(papers) == MOST_TEXTS + 1 else papers[-1:]:
                    paper.forget()
        except Unusable as reason:
            row.outcome, row.problem = reason.args
        except Exception as error:  # one bad file never stops the others
            row.outcome, row.problem = "damaged", f"cannot be read: {type(error).__name__}"
    return Class(rows, students_of(papers), index)


def read(
    handed: Handed,
    row: Row,
    tasks: dict[str, Any],
    *,
    due: float = 0,
    known: Iterable[str] = (),
    now: float,
) -> Paper:
    """Return what is in a file and fill in its row; raise `Unusable` where nothing is."""
    if handed.outcome:
        raise Unusable(handed.outcome, handed.problem)
    content = content_of(handed, row)
    row.kind = FORMATS[content["format"]]
    paper = Paper(row, code_of(content, row), handed.owner, handed.time)
    paper.made = moment(content.get("made"), now)
    if row.kind == "work":
        latest = read_work(content, paper, tasks, now)
        paper.content = _digest(sorted((k, a.text) for k, a in paper.answers.items()))
    else:
        latest = 0
        read_brief(content, paper)
        paper.content = _digest([content.get("title"), content.get("text")])
        paper.code = paper.code or named_code(handed.name, known)
    paper.has_text = bool(paper.brief) or any(one.text for one in paper.answers.values())
    row.made, row.last_saved = shown(paper.made), shown(latest)
    # what a platform's archive says; the time of a file in a folder is that of the download
    when = paper.made or latest or (handed.time if handed.owner else 0)
    row.late = ("yes" if when > due else "no") if due and when else ""
    paper.made = paper.made or latest
    return paper


def content_of(handed: Handed, row: Row) -> dict[str, Any]:
    """Return the content of a file of the course; raise `Unusable` for any other."""
    raw = handed.raw
    row.sha256 = hashlib.sha256(raw).hexdigest()
    try:
        if is_deep(raw):  # the browser's Python would break at it
            raise RecursionError
        content = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Unusable("foreign", "not text") from error
    except (ValueError, RecursionError) as error:
        named = handed.name.lower().endswith(".json")
        of_ours = named or any(name.encode() in raw for name in FORMATS)
        why = "not valid JSON; perhaps cut off" if of_ours else "not a file of the course"
        if not of_ours and raw.lstrip().startswith(b"<!DOCTYPE html"):
            why = "a page to read, as a brief has one; what is counted is the file beside it"
        raise Unusable("damaged" if of_ours else "foreign", why) from error
    if not isinstance(content, dict) or content.get("format") not in tuple(FORMATS):
        raise Unusable("foreign", "not a file of the course")
    return content


def is_deep(raw: bytes) -> bool:
    """Whether brackets are nested far deeper than in any file of the course."""
    outside = raw.replace(b"\\\\", b"").replace(b'\\"', b"").split(b'"')[::2]  # of the texts
    left = b"".join(outside).translate(None, NO_BRACKETS)
    for _ in range(DEEPEST):
        fewer = left.replace(b"[]", b"").replace(b"{}", b"")
        if len(fewer) == len(left):
            return left.count(b"[") + left.count(b"{") > DEEPEST  # that nothing closes
        left = fewer
    return True


def code_of(content: dict[str, Any], row: Row) -> str:
    """Return the code in a file, in capitals; nothing where there is none, and its row says so."""
    given = content.get("code", "")
    code = given.strip().upper() if isinstance(given, str) else ""
    if CODE.fullmatch(code):
        return code
    if given:
        note(row, "its code is of another form and is not used")
    return ""


def named_code(name: str, known: Iterable[str]) -> str:
    """Return the code that stands in the name of a file, if one of the teacher's does."""
    last = PurePosixPath(name).name.upper()
    marks = (rf"(?<![A-Z\d]){re.escape(code)}(?![A-Z\d])" for code in known if code)
    found = [match[0] for mark in marks if (match := re.search(mark, last))]
    return max(found, key=len, default="")


def note(row: Row, problem: str) -> None:
    """Add a sentence to what is said of a file."""
    row.problem = "; ".join(filter(None, [row.problem, problem]))


# Saved work --------------------------------------------------------------------------------------


def read_work(content: dict[str, Any], paper: Paper, tasks: dict[str, Any], now: float) -> float:
    """Fill in what saved work holds; return when its latest text was saved."""
    row, entries = paper.row, content.get("entries")
    if not isinstance(entries, dict):
        raise Unusable("damaged", "saved work without its entries")
    good = {name: entry for name, entry in entries.items() if is_entry(name, entry)}
    if odd := len(entries) - len(good):
        note(row, f"{odd} of {len(entries)} entries have another form and are not counted")
    of_tasks = {name: entry for name, entry in good.items() if name in tasks}
    paper.answers = {name: answer_of(entry, tasks[name]) for name, entry in of_tasks.items()}
    claimed = sum(
        paper.answers[name].status == "open" != entry["status"] for name, entry in of_tasks.items()
    )
    if claimed:
        note(row, f"{claimed} tasks say done or tried with no text of their own: not counted")
    if not any(answer.status != "open" for answer in paper.answers.values()):
        note(row, "nothing is written in it")
    if later := sum(float(min(entry["saved"], 1e18)) > now + DAY for entry in good.values()):
        note(row, f"{later} texts were saved later than now, by the clock of that browser")
    status = {name: answer.status for name, answer in paper.answers.items()}
    row.tasks_done = sum(value == "done" for value in status.values())
    row.tasks_tried = sum(value == "tried" for value in status.values())
    row.core_done = sum(status[name] == "done" and tasks[name]["core"] for name in status)
    row.tasks_changed_since = sum(
        status[name] == "done"
        and str(entry.get("solved", entry["version"])) != str(tasks[name]["version"])
        for name, entry in of_tasks.items()
    )
    row.bets = sum(name.startswith("bets/") and bool(entry["text"]) for name, entry in good.items())
    return max((moment(entry["saved"], now) for entry in good.values()), default=0)


def is_entry(name: str, entry: object) -> bool:
    """Whether an entry is of the form in which the pages keep one."""
    return (
        ENTRY_ID.fullmatch(name) is not None
        and isinstance(entry, dict)
        and isinstance(entry.get("text"), str)
        and isinstance(entry.get("version"), str)
        and entry.get("status") in STATUSES
        and isinstance(entry.get("saved"), (int, float))
        and not isinstance(entry["saved"], bool)
    )


def answer_of(entry: dict[str, Any], task: dict[str, Any]) -> Answer:
    """Return what an entry holds for a task. What has no text of its own is open."""
    text = entry["text"]
    own = "".join(text.split()) not in ("", "".join(task["given"].split()))
    written = words_of(text) if task["written"] else ""
    if task["written"] and not written and task["kind"] == "text":
        own = False
    first = entry.get("first")
    early = first.get("text") if isinstance(first, dict) else ""
    name = entry.get("mistake")
    return Answer(
        status=entry["status"] if own else "open",
        text=text if own else "",
        written=written if own else "",
        words=len(written.split()) if own else 0,
        first=words_of(early) if own and isinstance(early, str) and early != text else "",
        tries=_count(entry.get("tries")),
        hints=_count(entry.get("hints")),
        mistake=name if isinstance(name, str) and name in task["mistakes"] else "",
    )


def _count(value: object) -> int:
    is_count = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10_000
    return int(value) if is_count and isinstance(value, int) else 0


TRIPLE = re.compile(r'"""(.*?)"""|' + r"'''(.*?)'''", re.DOTALL)
QUOTED = re.compile(r'"((?:[^"\\\n]|\\.)*)"' + r"|'((?:[^'\\\n]|\\.)*)'")


def words_of(code: str) -> str:
    """Return the text that an answer's cell holds in quotation marks; nothing is run for it."""
    code = code.replace("\\\n", "")
    if code.count('"""') % 2 == 1:
        code += '"""'  # the last marks were left out
    found = [one or other for one, other in TRIPLE.findall(code)]
    if found:
        longest: str = max(found, key=len)
        return longest.strip()
    lines = [line for line in code.split("\n") if not line.lstrip().startswith("#")]
    parts = [one or other for one, other in QUOTED.findall("\n".join(lines))]
    return " ".join(parts).replace("\\n", "\n").strip()


def moment(milliseconds: object, now: float) -> float:
    """Return a browser's time, or 0 where it is none, or one that has not come yet."""
    if isinstance(milliseconds, bool) or not isinstance(milliseconds, (int, float)):
        return 0
    try:
        time = float(milliseconds)
    except OverflowError:
        return 0
    return time if 0 < time <= now + DAY else 0  # false for what is not a number


def shown(milliseconds: float) -> str:
    """Return a time as a date and hour (UTC), or nothing where it is none."""
    if not milliseconds:
        return ""
    return datetime.fromtimestamp(milliseconds / 1000, UTC).strftime("%Y-%m-%d %H:%M")


# Briefs ------------------------------------------------------------------------------------------


def read_brief(content: dict[str, Any], paper: Paper) -> None:
    """Fill in the row of a brief. Its words are counted here, whatever the file says of itself."""
    row, text, forecast = paper.row, content.get("text"), content.get("forecast")
    if not isinstance(text, str) or not isinstance(forecast, dict):
        raise Unusable("damaged", "a brief without its text or its forecast")
    row.brief_words = len(text.split())
    row.brief_title = _said(content.get("title", ""))[:200]
    row.forecast_date = _said(forecast.get("date", ""))[:20]
    row.forecast_probability_percent = percent(forecast.get("probability_percent"))
    if row.forecast_probability_percent is None:
        note(row, "the forecast has no probability from 0 to 100")
    paper.brief = content


def percent(value: object) -> float | None:
    """Return a probability in percent, or None where it is none."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    try:
        number = float(value)
    except OverflowError:  # a number of thousands of digits
        return None
    return number if math.isfinite(number) and 0 <= number <= 100 else None


def _said(value: object) -> str:
    """Return a text; of anything else nothing, since to write it out may take for ever."""
    return value if isinstance(value, str) else ""


def _digest(value: object) -> str:
    text = json.dumps(value, ensure_ascii=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


# Who handed in what ------------------------------------------------------------------------------


def students_of(papers: list[Paper]) -> list[Student]:
    """Return the students, and mark the files that do not count: copies, and earlier ones.

    A student is known by the code; without one, by the number that the learning platform gives.
    Of several files of one kind the latest by its content counts, never the first by its name.
    """
    codes: dict[str, set[str]] = defaultdict(set)  # of each student on the platform
    owners: dict[str, set[str]] = defaultdict(set)  # of each code
    for paper in papers:
        if paper.code and paper.owner:
            codes[paper.owner].add(paper.code)
            owners[paper.code].add(paper.owner)
    groups: dict[tuple[str, str], list[Paper]] = defaultdict(list)
    for paper in papers:
        if not paper.code and len(codes.get(paper.owner, ())) == 1:
            (paper.code,) = codes[paper.owner]
        twice = len(owners.get(paper.code, ())) > 1
        if paper.code and twice:
            note(paper.row, f"the code {paper.code} came from more than one student")
        key = (paper.code, paper.owner if twice else "")
        # with neither, the same texts twice are one student's
        alone = paper.content if paper.has_text else str(paper.row.number)
        groups[key if paper.code else ("", paper.owner or f"file {alone}")].append(paper)
    students, times = [], Counter(code for code, _ in groups if code)
    seen: Counter[str] = Counter()
    for (code, _), group in groups.items():
        seen[code] += 1
        name = code or f"no code {group[0].row.number}"
        if code and times[code] > 1:
            name = f"{code} ({seen[code]})"
        student = Student(name, code, next((one.owner for one in group if one.owner), ""))
        student.work = latest([paper for paper in group if paper.row.kind == "work"])
        student.brief = latest([paper for paper in group if paper.row.kind == "brief"])
        for paper in group:
            paper.row.student = name
        students.append(student)
    of_the_same_content(students)
    return sorted(students, key=lambda one: (not one.code, one.name))


def latest(papers: list[Paper]) -> Paper | None:
    """Return the file that counts; the rows of the others say why they do not."""
    if not papers:
        return None
    last = max(papers, key=lambda paper: (paper.made, paper.time, paper.row.bytes))
    for paper in papers:
        if paper is last:
            continue
        same = paper.content == last.content
        paper.row.outcome = "duplicate" if same else "earlier"
        what = "the same texts as" if same else "not the latest; what counts is"
        note(paper.row, f"{what} {last.row.file}")
    return last


def of_the_same_content(students: list[Student]) -> None:
    """Say so where two students handed in the same; both count until the teacher has asked."""
    found: dict[str, list[Paper]] = defaultdict(list)
    for student in students:
        for paper in student.papers:
            if paper.has_text:
                found[paper.content].append(paper)
    for papers in found.values():
        for paper in papers if len(papers) > 1 else ():
            others = ", ".join(other.row.student for other in papers if other is not paper)
            note(paper.row, f"the same content as {others[:100]}")


# What a class has done ---------------------------------------------------------------------------


def core_of(index: dict[str, Any]) -> dict[str, list[str]]:
    """Return the core tasks of each lesson."""
    core: dict[str, list[str]] = defaultdict(list)
    for task in index["tasks"]:
        if task["core"]:
            core[task["lesson"]].append(task["id"])
    return dict(core)


def core_tried(paper: Paper | None, index: dict[str, Any]) -> dict[str, int]:
    """Return how many core tasks of each lesson were tried.

    A task that a content note offers as an alternative counts like one of the core, up to as many
    as the core has, and nobody can tell from the number who took it. One of another lesson counts
    where something of this lesson was tried too.
    """
    answers = {} if paper is None else paper.answers
    tried = {name for name, answer in answers.items() if answer.status != "open"}
    come_to = {name[:2] for name in tried}
    done = {}
    for lesson, core in core_of(index).items():
        counted = tried & {*core, *index["alternatives"].get(lesson, ())}
        done[lesson] = min(len(counted), len(core)) if lesson in come_to else 0
    return done


def misconceptions(known: Class) -> list[tuple[str, str, str, int]]:
    """Return the three commonest first mistakes of each task: task, name, message, students."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for student in known.students:
        for name, answer in student.work.answers.items() if student.work else ():
            if answer.mistake:
                counts[name][answer.mistake] += 1
    return [
        (task["id"], mistake, task["mistakes"][mistake], count)
        for task in known.index["tasks"]
        for mistake, count in counts[task["id"]].most_common(3)
    ]
