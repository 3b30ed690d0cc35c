"""A student's brief: what it must have, a check of its form, and the files to hand in.

A brief is a dictionary with the parts of `PARTS`. The check of the form looks for what a program
can see and says what is missing; whether the advice is good is for a reader with the rubric.
"""

from __future__ import annotations

import base64
import contextlib
import html
import json
import numbers
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from course.checks.text import numbers_in, says, tidy
from course.colours import as_image
from course.data import load, tables
from course.wording import noted, say, texts

FORMAT = "course-brief"  # what the file is called in itself; a teacher's program reads it
FEWEST_WORDS, MOST_WORDS = 250, 800
MOST_BYTES = 2_000_000
READERS = ("regional government", "ministry", "donor", "ombudsman")
# Each part and the parts in it, if it has any.
PARTS: dict[str, tuple[str, ...]] = {
    "title": (),
    "date": (),
    "reader": (),
    "decision": (),
    "text": (),
    "figure": ("svg", "title", "alt", "source"),
    "number_against": ("value", "source"),
    "unknown": (),
    "forecast": ("statement", "date", "probability_percent", "source"),
}
# The six criteria: a question, and what the four levels look like, from the lowest.
_RUBRIC = texts("rubric")
LEVELS: list[str] = _RUBRIC["levels"]
RUBRIC: dict[str, tuple[str, list[str]]] = {
    name: (criterion["question"], criterion["levels"])
    for name, criterion in _RUBRIC["criteria"].items()
}

MOST = 1e15  # a number beyond is no quantity
YEARS = range(1800, 2200)
AS_DATE = noted("write year-month-day, such as 2026-11-30")


# The check of the form -------------------------------------------------------------------------


def findings(brief: object) -> list[str]:
    """Return what a brief still lacks in form, one sentence a point; none when it is complete.

    Parameters
    ----------
    brief
        A dictionary with the parts of `PARTS`; anything else gets a sentence too.

    Returns
    -------
    list of str
        Never an error, whatever the parts hold.
    """
    if not isinstance(brief, Mapping):
        return [say("A brief is a dictionary with the parts {parts}.", parts=", ".join(PARTS))]
    return list(_open_points(brief))


def is_empty(brief: object) -> bool:
    """Whether the parts of a brief are there and nothing is written in them yet."""
    if not isinstance(brief, Mapping):
        return brief is ...
    if not set(brief) & set(PARTS):
        return False
    # a figure may be drawn before a word is written
    names = [(name, inner) for name in PARTS for inner in PARTS[name] or ("",) if name != "figure"]
    return not any(_written(brief, name, inner) for name, inner in names)


def _open_points(brief: Mapping[str, Any]) -> Iterator[str]:
    for name in ("title", "reader", "decision"):
        if not _written(brief, name):
            yield say("The {part} is missing.", part=name)
    written_on = _day(brief, "date")
    if not written_on:
        if text := _written(brief, "date"):
            template = noted("The date of the brief cannot be read, “{text}”: {how}.")
        else:
            template = noted("The date of the brief is missing: {how}.")
        yield _no_date(template, text)
    count = len(_written(brief, "text").split())
    if not FEWEST_WORDS <= count <= MOST_WORDS:
        yield say(
            "The text has {n} words; write {fewest} to {most}.",
            n=count,
            fewest=FEWEST_WORDS,
            most=MOST_WORDS,
        )
    yield from _figure_points(brief)
    yield from _against_points(brief)
    if len(_written(brief, "unknown").split()) < 5:
        yield say("Say in a sentence what is not known (unknown).")
    yield from _forecast_points(brief, written_on)


def _figure_points(brief: Mapping[str, Any]) -> Iterator[str]:
    drawn = _figure(brief, draw=False)
    if not drawn["svg"].lstrip().startswith("<svg"):
        yield say("The figure is missing: make it with course.figures.figure.")
        return
    if len(drawn["svg"]) > MOST_BYTES // 2:
        yield say("The figure is too large for a file: draw fewer points.")
    if len(drawn["title"].split()) < 4:
        yield say("The title of the figure is too short: say its message as a sentence.")
    if len(drawn["alt"].split()) < 8:
        yield say(
            "The alt text of the figure is too short: say what a reader would take away from it."
        )
    if not _names(drawn["source"], tables()):
        yield say(
            "The source of the figure names no table of the course, such as cultivation_zones."
        )


def _against_points(brief: Mapping[str, Any]) -> Iterator[str]:
    figures = numbers_in(_written(brief, "number_against", "value"))
    # a year says when, and any text has it
    figures = [one for one in figures if not _is_year(one)] or figures
    if not figures:
        yield say("The number against your advice is missing (number_against, value).")
    elif not says(tidy(_written(brief, "text")), figures):
        yield say(
            "The number against your advice, {number}, does not stand in the text: quote it "
            "there too.",
            number=figures[0],
        )
    if not _names(_written(brief, "number_against", "source"), _known_sources()):
        yield say("The source of the number against names neither a table nor a source_key.")


def _is_year(figure: str) -> bool:
    return len(figure) == 4 and figure.isdecimal() and int(figure) in YEARS


def _no_date(template: str, text: str) -> str:
    return say(template, text=text[:40], how=say(AS_DATE))


def _forecast_points(brief: Mapping[str, Any], written_on: date | None) -> Iterator[str]:
    if len(_written(brief, "forecast", "statement").split()) < 5:
        yield say("Write the forecast as a sentence that will turn out true or false.")
    settled_on = _day(brief, "forecast", "date")
    if not settled_on:
        if text := _written(brief, "forecast", "date"):
            template = noted("The date of the forecast cannot be read, “{text}”: {how}.")
        else:
            template = noted("The date of the forecast is missing: {how}.")
        yield _no_date(template, text)
    elif written_on and settled_on <= written_on:
        yield say("The forecast is settled before the brief is written: choose a later date.")
    percent = _percent(brief)
    if percent is None:
        yield say("The probability is missing: a number from 1 to 99, in percent.")
    elif 0 < percent < 1:
        yield say(
            "A probability of {percent:g} is less than one percent: write 30 for 30 percent.",
            percent=percent,
        )
    elif not 1 <= percent <= 99:
        yield say(
            "A probability of {percent:g} leaves no room for being wrong: 1 to 99 percent.",
            percent=percent,
        )
    if len(_written(brief, "forecast", "source").split()) < 2:
        yield say(
            "Name the source that will settle the forecast, so that a stranger could look it up."
        )


def _inner(brief: Mapping[str, Any], name: str, inner: str) -> Any:
    """Return a part of a brief, or a part of a part; None where there is none."""
    part = brief.get(name)
    if not inner:
        return part
    return part.get(inner) if isinstance(part, Mapping) else None


def _written(brief: Mapping[str, Any], name: str, inner: str = "") -> str:
    """Return the text of a part; a number or a date counts as its text, else nothing is written."""
    value = _inner(brief, name, inner)
    if isinstance(value, datetime):
        value = value.date() if value == value else ""  # pandas has a date that is none
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, numbers.Real) and not isinstance(value, bool):
        with contextlib.suppress(OverflowError):
            if abs(number := float(value)) < MOST:
                return f"{number:.15g}"
    return _text(value).strip()


def _text(value: object) -> str:
    """Return a text without half letters, which no file can hold; of anything else nothing."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else ""


def _figure(brief: Mapping[str, Any], *, draw: bool = True) -> dict[str, str]:
    """Return the parts of the figure, whether it is a `course.figures.Figure` or a dictionary.

    Without `draw`, a figure that nobody has looked at yet is not drawn for it.
    """
    figure = brief.get("figure")
    get = figure.get if isinstance(figure, Mapping) else lambda name: getattr(figure, name, "")
    values = dict.fromkeys(PARTS["figure"], "")
    for name in values:
        with contextlib.suppress(Exception):  # whatever a student put there
            undrawn = name == "svg" and not draw and getattr(figure, "is_drawn", True) is False
            values[name] = "<svg" if undrawn else _text(get(name))
    return values


def _day(brief: Mapping[str, Any], name: str, inner: str = "") -> date | None:
    text = _written(brief, name, inner)
    if numbers_only := re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", text):
        with contextlib.suppress(ValueError):
            return date(*map(int, numbers_only.groups()))
    for form in ("%d %B %Y", "%B %d, %Y", "%B %d %Y"):
        with contextlib.suppress(ValueError):
            return datetime.strptime(text, form).date()
    return None


def _date(brief: Mapping[str, Any], name: str, inner: str = "") -> str:
    """Return a date as other programs read it, or what is written where it is none."""
    day = _day(brief, name, inner)
    return day.isoformat() if day else _written(brief, name, inner)


def _percent(brief: Mapping[str, Any]) -> float | None:
    value = _inner(brief, "forecast", "probability_percent")
    if isinstance(value, str):
        value = re.sub(r"\s*(%|percent|per cent)$", "", value.strip())
    if isinstance(value, (bool, complex)) or value is None:
        return None
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return number if abs(number) < 1e6 else None  # neither missing nor infinite


def _names(text: str, known: Iterable[str]) -> bool:
    """Whether a text names a table or source, with whatever stands between its words."""
    plain = f"_{re.sub(r'[^a-z0-9]+', '_', text.casefold())}_"
    return any(f"_{name.casefold()}_" in plain for name in known)


def _known_sources() -> set[str]:
    return set(tables()) | set(load("sources")["source_key"])


# The files -------------------------------------------------------------------------------------


def to_file(brief: Mapping[str, Any]) -> str:
    """Return a brief as the JSON text that `make collect` reads; texts only and one number."""
    content: dict[str, Any] = {"format": FORMAT}
    for name, inner in PARTS.items():
        if name == "figure":
            content[name] = _figure(brief)
        elif name == "date":
            content[name] = _date(brief, name)
        elif inner:
            content[name] = {part: _written(brief, name, part) for part in inner}
        else:
            content[name] = _written(brief, name)
    content["forecast"]["date"] = _date(brief, "forecast", "date")
    content["forecast"]["probability_percent"] = _percent(brief)
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


# The first lines of the page. Nothing after them can run or be fetched; theme/live/shown.js saves
# only a page that begins so.
HEAD = (
    '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">\n'
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
    "img-src data:; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'\">\n"
)
_STYLE = """<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
body { max-width: 40rem; margin: 2rem auto; padding: 0 1rem; color: #1a1c1f; background: #fff;
  font: 1rem/1.55 Charter, Cambria, "Liberation Serif", serif; }
h1 { font-size: 1.6rem; line-height: 1.25; margin-bottom: 0.3rem; }
dl, figcaption { font-family: system-ui, sans-serif; font-size: 0.875rem; }
dt { font-weight: 600; } dd { margin: 0 0 0.6rem; }
figure { margin: 1.5rem 0; break-inside: avoid; } figure p { font-weight: 600; margin: 0 0 0.4rem; }
img { max-width: 100%; height: auto; }
dl { border-top: 1px solid #999; padding-top: 0.8rem; break-inside: avoid; }
@media print { body { margin: 0; max-width: none; font-size: 11pt; } }
</style>
"""


def to_html(brief: Mapping[str, Any]) -> str:
    """Return a brief as one page that holds all it needs, runs nothing and prints well."""

    def said(name: str, inner: str = "") -> str:
        return html.escape(_written(brief, name, inner))

    paragraphs = re.split(r"\n\s*\n", _written(brief, "text"))
    rows = {
        say("Decision"): said("decision"),
        say("A number against this advice"): _with_source(said, "number_against", "value"),
        say("Not known"): said("unknown"),
        say("Forecast"): f"{said('forecast', 'statement')} {_odds(brief)}".strip(),
        say("Settled on"): _with_source(said, "forecast", "date"),
    }
    body = [
        f"<title>{said('title')}</title>\n{_STYLE}</head>\n<body>",
        f"<h1>{said('title')}</h1>",
        "<p>" + say("For: {reader}.", reader=said("reader")) + f" {said('date')}</p>",
        *(f"<p>{html.escape(paragraph)}</p>" for paragraph in paragraphs),
        _figure_html(brief),
        "<dl>",
        *(f"<dt>{name}</dt><dd>{text}</dd>" for name, text in rows.items()),
        "</dl>\n</body></html>\n",
    ]
    return HEAD + "\n".join(part for part in body if part)


def _with_source(said: Callable[..., str], name: str, inner: str) -> str:
    source = said(name, "source")
    return said(name, inner) + (" " + say("(source: {source})", source=source) if source else "")


def _odds(brief: Mapping[str, Any]) -> str:
    percent = _percent(brief)
    return "" if percent is None else say("Probability: {percent:g} percent.", percent=percent)


def _figure_html(brief: Mapping[str, Any]) -> str:
    drawn = _figure(brief)
    if not drawn["svg"]:
        return ""
    title = html.escape(drawn["title"])
    source = say("Source: {source}", source=html.escape(drawn["source"]))
    picture = as_image(drawn["svg"], drawn["alt"])
    return f"<figure><p>{title}</p>{picture}<figcaption>{source}</figcaption></figure>"


class HandIn:
    """A brief as two files: the page to read and print, and the data that a teacher collects.

    A page of the course shows buttons to save them, a notebook shows links.

    Parameters
    ----------
    brief
        A brief, finished or not; see `findings`.
    """

    def __init__(self, brief: object):
        self.files: dict[str, str] = {}
        if isinstance(brief, Mapping) and not is_empty(brief):
            words = re.findall("[a-z0-9]+", _written(brief, "title").lower())
            name = "-".join(["brief", *words])[:50].rstrip("-")
            self.files = {f"{name}.html": to_html(brief), f"{name}.json": to_file(brief)}
        self.findings = findings(brief)  # the figure has been drawn, so its size is known

    def write(self, folder: str | Path = ".") -> list[Path]:
        """Write the files into a folder and return their paths."""
        paths = [Path(folder) / name for name in self.files]
        for path in paths:
            path.write_text(self.files[path.name], "utf-8")
        return paths

    @property
    def says(self) -> str:
        """What stands above the files, as HTML."""
        if not self.files:
            return "<p>" + say("Nothing is written yet, so there is nothing to hand in.") + "</p>"
        if not self.findings:
            return "<p>" + say("The form is complete. Save both files and hand them in.") + "</p>"
        items = "".join(f"<li>{html.escape(finding)}</li>" for finding in self.findings)
        draft = say("A draft: you can save it, and these points are open.")
        return f"<p>{draft}</p><ul>{items}</ul>"

    def _repr_html_(self) -> str:
        return self.says + "".join(_link(name, text) for name, text in self.files.items())

    def __repr__(self) -> str:
        files = ", ".join(self.files) or say("nothing yet")
        return say("HandIn: {files}, {n} points open", files=files, n=len(self.findings))


def _link(name: str, text: str) -> str:
    kind = "text/html" if name.endswith(".html") else "application/json"
    data = base64.b64encode(text.encode()).decode()
    said = say("Save {name}", name=name)
    return f'<p><a download="{name}" href="data:{kind};base64,{data}">{said}</a></p>'


def hand_in(brief: object) -> HandIn:
    """Return the files of a brief; see `HandIn`."""
    return HandIn(brief)
