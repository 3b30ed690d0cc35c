"""Tables as programs read them, row by row."""

from collections.abc import Iterator
from typing import Any

import pandas as pd


def rows_of(table: pd.DataFrame) -> Iterator[Any]:
    """Yield the rows of a table, each with its columns as attributes.

    What a cell may hold says the data package, and its tests hold it: pandas itself knows of a
    cell only that it may be anything.
    """
    return iter(table.itertuples())
