"""Tidy the tables that pandas prints as HTML.

pandas sends a style sheet with each table, marks every blank corner as a heading, and names
neither rows nor columns to a screen reader. The page's own style sheet does the rest.
"""

import re

from docutils import nodes

from course import tables

_STYLE = re.compile(r"<style scoped>.*?</style>\s*", re.DOTALL)
_TABLE = re.compile(
    r'<div>\s*(<table border="1" class="dataframe">.*?</table>)\s*</div>', re.DOTALL
)
_ROW = re.compile(r"<tr[^>]*>.*?</tr>", re.DOTALL)
_CELL = re.compile(r"<(?P<tag>t[hd])(?P<rest>[^>]*)>(?P<text>.*?)</t[hd]>", re.DOTALL)
_NUMBER = re.compile(r"[-−+]?[\d.,]+(e[-+]\d+)?%?|NaN|<NA>|None|inf|\.\.\.", re.IGNORECASE)
_LONG = 24  # characters; a longer text may break into lines


def tidy(html: str) -> str:
    """Return the HTML of a pandas output with tidied tables, each in a box that can scroll."""
    return _TABLE.sub(lambda found: _tidy_table(found[1]), tables.table(_STYLE.sub("", html)))


def plain(text: str) -> str:
    """Return a text output as a reader meets it: a Series without its type, numbers grouped."""
    return tables.series(text)


def align_numbers(table: nodes.table) -> None:
    """Align each column of a written table that holds nothing but numbers to the right."""
    body = next(iter(table.findall(nodes.tbody)), None)
    if body is None or any("morecols" in entry for entry in table.findall(nodes.entry)):
        return
    rows = [list(row) for row in body]
    for place in range(max(map(len, rows), default=0)):
        texts = [row[place].astext().strip() for row in rows if place < len(row)]
        said = [text for text in texts if text not in ("", "—", "–", "?")]
        if said and all(_NUMBER.fullmatch(text) for text in said):
            for row in table.findall(nodes.row):
                if place < len(row):
                    row[place]["classes"].append("text-right")


def _tidy_table(table: str) -> str:
    head, mark, body = table.partition("<tbody>")
    wordy = _wordy_columns(body)
    head = _ROW.sub(lambda row: _tidy_row(row[0], "col", wordy), _one_head_row(head))
    body = _ROW.sub(lambda row: _tidy_row(row[0], "row", wordy), body)
    table = (head + mark + body).replace('<table border="1" ', "<table ")
    return f'<div class="scroll">{table}</div>'


def _one_head_row(head: str) -> str:
    """Put the names of row labels beside those of the columns, where each has a row."""
    rows = _ROW.findall(head)
    if len(rows) != 2 or "span=" in head:
        return head
    texts = [[cell["text"] for cell in _CELL.finditer(row)] for row in rows]
    pairs = list(zip(*texts, strict=True))
    if any(upper and lower for upper, lower in pairs):
        return head
    cells = "".join(f"<th>{upper or lower}</th>" for upper, lower in pairs)
    return head.replace(rows[0], f"<tr>{cells}</tr>").replace(rows[1], "")


def _wordy_columns(body: str) -> dict[int, str]:
    """Return the class of each column of words, by its place from the right.

    From the right, because row labels at the left may be merged.
    """
    classes = {}
    for row in _ROW.findall(body):
        cells = [cell["text"].strip() for cell in _CELL.finditer(row) if cell["tag"] == "td"]
        for place, text in enumerate(reversed(cells)):
            if len(text) > _LONG:
                classes[place] = "words long"
            elif not _NUMBER.fullmatch(text):
                classes.setdefault(place, "words")
    return classes


def _tidy_row(row: str, scope: str, wordy: dict[int, str]) -> str:
    places = iter(range(len(_CELL.findall(row)) - 1, -1, -1))

    def cell(found: re.Match) -> str:
        kind = wordy.get(next(places))
        words = f' class="{kind}"' if kind else ""
        text, rest = found["text"], found["rest"].replace(' valign="top"', "")
        if found["tag"] == "th" and text.strip():
            many = "group" if "span=" in rest else ""
            words = words if scope == "col" else ""
            return f'<th scope="{scope}{many}"{rest}{words}>{text}</th>'
        return f"<td{rest}{words}>{text}</td>"

    return _CELL.sub(cell, re.sub(r"<tr[^>]*>", "<tr>", row))
