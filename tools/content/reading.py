"""How much there is to read in a lesson: its words."""

import re

from nbformat import NotebookNode

FURTHER = re.compile(
    r"^:::\{admonition\}[^\n]*\n:class: further\n.*?^:::$", re.MULTILINE | re.DOTALL
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
        Leave out what stands in boxes of *Go further*.
    """
    texts = [
        FURTHER.sub("", cell.source) if core else cell.source
        for cell in notebook.cells
        if cell.cell_type == "markdown" and not ASIDE & set(cell.metadata.get("tags", []))
    ]
    return sum(bool(re.search(r"\w", word)) for text in texts for word in text.split())
