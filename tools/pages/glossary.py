"""Write the glossary and the place of the index from the table of terms.

Which lessons use a term, and where, is known only when the book is built: `terms` in
``theme/extension`` links the words and adds the lessons.
"""

from collections import defaultdict

import pandas as pd

from course.data import load

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

GLOSSARY = """# Glossary

The words of the course in English and Spanish. In a lesson the first use of each leads here, and \
from here the numbers lead back to it. Where no work is cited the definition is the course's own. \
Words that somebody uses as a *label* are explained as one; the course gives them with their \
speaker. Names and tables stand in the [index](index-of-terms.md)."""

INDEX = """# Index

Terms, places, authors and tables, and where each lesson or exercise first uses them. A term is \
explained in the [glossary](glossary.md); its Spanish word leads to the English one. Authors are \
people whose work is cited; offices and newspapers stand in the [bibliography](bibliography.md). \
A word `in_this_type` is a table, described under [The tables](data/index.md).

```{index-of-terms}
```
"""


def pages() -> dict[str, bytes]:
    """Return the glossary and the index: paths in the staged source and contents."""
    text = glossary(load("glossary"))
    return {PAGES["glossary"]: text.encode(), PAGES["index"]: INDEX.encode()}


def glossary(terms: pd.DataFrame) -> str:
    """Return the glossary as Markdown: the fields with their terms, then all in one alphabet."""
    parts = [GLOSSARY, "## By subject"]
    for field, title in FIELDS.items():
        own = ", ".join(f"{{term}}`{term}`" for term in terms.loc[terms["field"] == field, "term"])
        parts.append(f"**{title}:** {own}.")
    letters = defaultdict(list)
    for row in terms.itertuples():
        letters[row.term[0].upper()].append(_entry(row))
    for letter, entries in letters.items():
        listed = "\n\n".join(entries)
        parts += [f"```{{rubric}} {letter}\n```", f"```{{glossary}}\n{listed}\n```"]
    return "\n\n".join(parts) + "\n"


def _entry(row) -> str:
    source = f" {{cite:p}}`{row.source_key}`" if pd.notna(row.source_key) else ""
    return f'{row.term}\n  <i lang="es">{row.spanish}</i>. {row.definition}{source}'
