"""Markdown that programs write."""

import re
from collections.abc import Iterable, Sequence


def table(header: Sequence[object], rows: Iterable[Iterable[object]], numbers: int = 0) -> str:
    """Return a table in Markdown.

    Parameters
    ----------
    header
        The names of the columns.
    rows
        The cells, row by row. A bar in a cell, which would end it, is escaped.
    numbers
        How many columns, counted from the last, hold numbers and stand at the right.
    """
    marks = ["---"] * (len(header) - numbers) + ["---:"] * numbers
    lines = [_line(header), _line(marks), *map(_line, rows)]
    return "\n".join(lines)


def _line(cells: Iterable[object]) -> str:
    shown = (re.sub(r"(?<!\\)\|", r"\\|", str(cell)) for cell in cells)
    return f"| {' | '.join(shown)} |"
