"""How much of a lesson is its core."""

import nbformat

from tools.content.reading import words

TEXTS = [
    "## A",
    "one two",
    ":::{admonition} More\n:class: further\nthree\n:::",
    "four",
    "## B\n\nfive",
]


def test_what_stands_in_or_under_go_further_is_not_the_core():
    cells = [nbformat.v4.new_markdown_cell(text) for text in TEXTS]
    notebook = nbformat.v4.new_notebook(cells=cells)
    assert words(notebook, core=True) == 5
    assert words(notebook) > words(notebook, core=True) + 2  # and the marks of the box
