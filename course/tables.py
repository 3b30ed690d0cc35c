"""Tables as a reader meets them: numbers grouped by thousands, and no decimals that say nothing.

Only what is shown changes. What a cell returns, and what a notebook keeps of it, stays as pandas
prints it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

_TABLE = re.compile(r'<table [^>]*class="dataframe[^"]*"[^>]*>.*?</table>', re.DOTALL)
_ROW = re.compile(r"<tr[^>]*>.*?</tr>", re.DOTALL)
_CELL = re.compile(r"(?P<open><(?P<tag>t[hd])[^>]*>)(?P<text>.*?)(?P<close></t[hd]>)", re.DOTALL)
_NUMBER = re.compile(r"-?\d+(\.\d*)?")
_NONE = {"NaN", "<NA>", "None", "NaT", "", "..."}
# What names a thing and counts nothing.
NAMES_A_THING = re.compile(
    r"(^|_)(year|since|id|ubigeo|point|code|key|period|number)(_|$)", re.IGNORECASE
)
_YEARS = range(1400, 2101)
# So many decimals come from a division that nobody has rounded; then four digits say enough.
_UNROUNDED, _DIGITS = 5, 4
_TAIL = re.compile(r"\n(?:Freq: \w+, )?(?P<name>Name: .*, )?(?:Length: \d+, )?dtype: [^\n]+$")
_ENTRY = re.compile(r"(?P<label>.*?)(?P<value>\S+)")


def written(texts: Sequence[str], name: str = "") -> list[str]:
    """Return the numbers of one column as a reader meets them.

    Parameters
    ----------
    texts
        The column's cells as pandas prints them.
    name
        The column's name; years and codes take no comma.

    Returns
    -------
    list of str
        The same texts where the column holds anything but numbers.
    """
    numbers = [text for text in texts if text not in _NONE]
    if not numbers or not all(_NUMBER.fullmatch(text) for text in numbers):
        return list(texts)
    most = max(len(_decimals(text).rstrip("0")) for text in numbers)
    if most >= _UNROUNDED:
        largest = max(len(text.partition(".")[0].lstrip("-0")) for text in numbers)
        most = max(_DIGITS - max(largest, 1), 0)
    years = all(float(text) in _YEARS for text in numbers)
    comma = "" if years or NAMES_A_THING.search(name) else ","

    def one(text: str) -> str:
        if text in _NONE:
            return text
        return f"{float(text):{comma}.{most}f}" if most else f"{round(float(text)):{comma}}"

    return [one(text) for text in texts]


def _decimals(text: str) -> str:
    return text.partition(".")[2]


def table(markup: str) -> str:
    """Return the HTML of an output with the numbers of each pandas table as a reader meets them."""
    return _TABLE.sub(lambda found: _table(found[0]), markup)


def _table(markup: str) -> str:
    head, mark, body = markup.partition("<tbody>")
    names: dict[int, str] = {}
    for row in _ROW.findall(head):
        # By the place from the right: row labels at the left may be merged.
        for place, cell in enumerate(reversed(list(_CELL.finditer(row)))):
            names[place] = f"{names.get(place, '')}_{html.unescape(cell['text'])}".strip("_")
    columns: dict[int, list[str]] = {}
    for row in _ROW.findall(body):
        cells = [cell for cell in _CELL.finditer(row) if cell["tag"] == "td"]
        for place, cell in enumerate(reversed(cells)):
            columns.setdefault(place, []).append(html.unescape(cell["text"]).strip())
    new = {place: iter(written(texts, names.get(place, ""))) for place, texts in columns.items()}

    def rewritten(row: re.Match[str]) -> str:
        places = iter(range(len(re.findall("<td", row[0])) - 1, -1, -1))

        def cell(found: re.Match[str]) -> str:
            if found["tag"] == "th":
                return found[0]
            shown = html.escape(next(new[next(places)]), quote=False)
            return f"{found['open']}{shown}{found['close']}"

        return _CELL.sub(cell, row[0])

    return head + mark + _ROW.sub(rewritten, body)


def series(text: str) -> str:
    """Return the text of a printed Series without its type, its numbers as a reader meets them.

    A text that is no Series comes back as it is.
    """
    tail = _TAIL.search(text)
    if not tail:
        return text
    lines = text[: tail.start()].split("\n")
    name = (tail["name"] or "").removeprefix("Name: ").removesuffix(", ")
    last = f"\nName: {name}" if name else ""
    width = max(map(len, lines))
    rows = [_ENTRY.fullmatch(line) for line in lines if len(line) == width]
    texts = [row["value"] for row in rows if row]
    shown = written(texts, name)
    if shown == texts:
        return "\n".join(lines) + last
    label = width - max(map(len, texts))
    room = max(map(len, shown))
    values = iter(shown)
    aligned = [
        f"{line[:label]}{next(values):>{room}}" if len(line) == width else line for line in lines
    ]
    return "\n".join(aligned) + last
