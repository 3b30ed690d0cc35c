"""How much there is to read in a lesson: its words."""

import re

from nbformat import NotebookNode

# A box *Go further*, and all that stands under it up to the next heading.
FURTHER = re.compile(
    r"^:::\{admonition\}[^\n]*\n:class: further\n.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL
)
# Cells that are not read on the way: the card is a list, a reason comes after an answer.
ASIDE = {"card", "why"}


def words(notebook: NotebookNode, *, core: bool = False) -> int:
    """Count the words of a lesson's text, without its card, reasons and marks between words.

    Parameters
    ----------
    notebook
        The lesson.
    core
        Leave out what stands in or under boxes of *Go further*, which can be skipped.
    """
    text = "\n\n".join(
        cell.source
        for cell in notebook.cells
        if cell.cell_type == "markdown" and not ASIDE & set(cell.metadata.get("tags", []))
    )
    text = FURTHER.sub("", text) if core else text
    return sum(bool(re.search(r"\w", word)) for word in text.split())
