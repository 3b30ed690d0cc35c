"""Pandas as it was imported: a cell may set its methods anew, and a check judges without that."""

from __future__ import annotations

import sys
from types import ModuleType

_MISSING = object()
_kept: list[tuple[type | ModuleType, dict[str, object]]] = []


def keep() -> None:
    """Remember the functions and methods of pandas; called once, when it has been imported."""
    import pandas
    from pandas.core.groupby import DataFrameGroupBy, SeriesGroupBy

    tables = pandas.DataFrame, pandas.Series, pandas.Index, DataFrameGroupBy, SeriesGroupBy
    classes = {base for table in tables for base in table.__mro__ if base is not object}
    owners: list[type | ModuleType] = [pandas, sys.modules["course.data"], *classes]
    _kept[:] = [(owner, dict(vars(owner))) for owner in owners]


def put_back() -> None:
    """Undo what a cell has set, deleted or added in pandas since `keep`."""
    for owner, names in _kept:
        now = vars(owner)
        changed = [name for name, value in names.items() if now.get(name, _MISSING) is not value]
        for name in changed:
            setattr(owner, name, names[name])
        added = now.keys() - names.keys() if isinstance(owner, type) else ()
        for name in [name for name in added if not name.startswith("_")]:
            delattr(owner, name)
