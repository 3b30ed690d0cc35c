"""What the lessons say that can change: when it was looked up, and what is due.

What needs a table loads pandas: the process that builds the pages imports this, and has none.
"""

from __future__ import annotations

import copy
from datetime import date
from typing import TYPE_CHECKING

from nbformat import NotebookNode

from tools.common.errors import UserError

if TYPE_CHECKING:
    import pandas as pd

CARD_END = "\n:::"


def checked_to() -> str:
    """Return the month to which the evidence was checked: that of the oldest look-up.

    Returns
    -------
    str
        Month and year in words, such as ``November 2026``.
    """
    from course.data import load

    return f"{load('dated_facts')['checked_on'].min():%B %Y}"


def due(today: date) -> pd.DataFrame:
    """Return the rows of ``dated_facts`` that should have been looked up again, oldest first.

    Parameters
    ----------
    today
        The day on which somebody asks.
    """
    from course.data import load

    facts = load("dated_facts")
    passed: pd.DataFrame = facts[facts["look_again_by"].dt.date <= today]
    return passed.sort_values("look_again_by")


def listing(today: date) -> str:
    """Return what is due in words, one line a fact, or that nothing is."""
    rows = due(today)
    if rows.empty:
        return f"Nothing to look up again; evidence checked to {checked_to()}."
    lines = [
        f"  {row.look_again_by:%Y-%m-%d} {row.fact_id} (lessons {row.lessons}): {row.statement}"
        for row in rows.itertuples()
    ]
    return "\n".join([f"{len(rows)} to look up again:", *lines])


def with_month(notebook: NotebookNode) -> NotebookNode:
    """Return a copy of a lesson whose card says to which month its evidence was checked.

    Raises
    ------
    UserError
        When the card does not end with ``:::``.
    """
    dated = copy.deepcopy(notebook)
    for cell in dated.cells:
        if "card" in cell.metadata.get("tags", []):
            text, end, after = cell.source.rpartition(CARD_END)
            if not end or after.strip():
                raise UserError(f"the card, cell {cell.id}, does not end with `:::`.")
            cell.source = f"{text}\n**Evidence checked to:** {checked_to()}.{end}"
    return dated
