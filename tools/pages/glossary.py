"""Write the glossary and the place of the index from the table of terms.

Which lessons use a term, and where, is known only when the book is built: `terms` in
``theme/extension`` links the words and adds the lessons.
"""

from collections import defaultdict
from typing import Any

import pandas as pd

from course.data import load
from tools.common.tables import rows_of
from tools.pages.template import fill

PAGES = {"glossary": "book/glossary.md", "index": "book/index-of-terms.md"}
# What the fields of the table are called, in the order of a reader's need.
FIELDS = {
    "counting": "Counting",
    "causes": "Causes and models",
    "crop": "Coca and what is done about it",
    "who": "People, groups and offices",
    "war": "War, and the words for it",
    "law": "Law",
    "pandas": "Python and pandas",
}


def pages() -> dict[str, bytes]:
    """Return the glossary and the index: paths in the staged source and contents."""
    text = glossary(load("glossary"))
    return {PAGES["glossary"]: text.encode(), PAGES["index"]: fill("index-of-terms").encode()}


def glossary(terms: pd.DataFrame) -> str:
    """Return the glossary as Markdown: the fields with their terms, then all in one alphabet."""
    subjects = []
    for field, title in FIELDS.items():
        own = ", ".join(f"{{term}}`{term}`" for term in terms.loc[terms["field"] == field, "term"])
        subjects.append(f"**{title}:** {own}.")
    letters = defaultdict(list)
    for row in rows_of(terms):
        letters[row.term[0].upper()].append(_entry(row))
    parts = []
    for letter, entries in letters.items():
        listed = "\n\n".join(entries)
        parts += [f"```{{rubric}} {letter}\n```", f"```{{glossary}}\n{listed}\n```"]
    return fill("glossary", subjects="\n\n".join(subjects), letters="\n\n".join(parts))


def _entry(row: Any) -> str:
    source = f" {{cite:p}}`{row.source_key}`" if pd.notna(row.source_key) else ""
    return f'{row.term}\n  <i lang="es">{row.spanish}</i>. {row.definition}{source}'
