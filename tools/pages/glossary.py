"""Write the glossary and the place of the index from the table of terms.

Which lessons use a term, and where, is known only when the book is built: `terms` in
``theme/extension`` links the words and adds the lessons.
"""

from collections import defaultdict
from typing import Any

import pandas as pd

from course.data import load
from course.wording import ENGLISH, noted, say
from tools.common.tables import rows_of
from tools.content.terms import alphabetic, label
from tools.pages.template import fill

PAGES = {"glossary": "book/glossary.md", "index": "book/index-of-terms.md"}
TITLE = noted("Glossary")
ABOUT = noted(
    "The words of the course in English and Spanish. In a lesson the first use of each leads here, "
    "and from here the numbers lead back to it. Where no work is cited the definition is the "
    "course's own. Words that somebody uses as a *label* are explained as one; the course gives "
    "them with their speaker. Names and tables stand in the [index](index-of-terms.md)."
)
BY_SUBJECT = noted("By subject")
# What the fields of the table are called, in the order of a reader's need.
FIELDS = {
    "counting": noted("Counting"),
    "causes": noted("Causes and models"),
    "crop": noted("Coca and what is done about it"),
    "who": noted("People, groups and offices"),
    "war": noted("War, and the words for it"),
    "law": noted("Law"),
    "pandas": noted("Python and pandas"),
}


def pages() -> dict[str, bytes]:
    """Return the glossary and the index: paths in the staged source and contents."""
    text = glossary(load("glossary"))
    return {PAGES["glossary"]: text.encode(), PAGES["index"]: fill("index-of-terms").encode()}


def page_in(language: str) -> dict[str, bytes]:
    """Return the glossary in another language, which is spoken: path and content."""
    return {PAGES["glossary"]: glossary(load("glossary"), language).encode()}


def glossary(terms: pd.DataFrame, language: str = ENGLISH) -> str:
    """Return the glossary as Markdown: the fields with their terms, then all in one alphabet."""
    terms = terms.assign(label=[label(row._asdict(), language) for row in rows_of(terms)])
    terms = terms.sort_values("label", key=lambda labels: labels.map(alphabetic))
    subjects = []
    for field, title in FIELDS.items():
        own = ", ".join(f"{{term}}`{term}`" for term in terms.loc[terms["field"] == field, "label"])
        subjects.append(f"**{say(title)}:** {own}.")
    letters = defaultdict(list)
    for row in rows_of(terms):
        letters[alphabetic(row.label)[0].upper()].append(_entry(row, language))
    parts = []
    for letter, entries in letters.items():
        listed = "\n\n".join(entries)
        parts += [f"```{{rubric}} {letter}\n```", f"```{{glossary}}\n{listed}\n```"]
    head = [f"# {say(TITLE)}", say(ABOUT), f"## {say(BY_SUBJECT)}"]
    return "\n\n".join([*head, *subjects, *parts]) + "\n"


def _entry(row: Any, language: str) -> str:
    source = f" {{cite:p}}`{row.source_key}`" if pd.notna(row.source_key) else ""
    same = row.label.casefold() == row.term.casefold() == row.spanish.casefold()
    if language != ENGLISH and same:
        return f"{row.label}\n  {row.definition}{source}"
    english = language != ENGLISH and row.label != row.term
    other = f'<i lang="en">{row.term}</i>' if english else f'<i lang="es">{row.spanish}</i>'
    return f"{row.label}\n  {other}. {row.definition}{source}"
