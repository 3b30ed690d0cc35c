"""Fill the Markdown templates of the pages that programs write, and place figures in them.

Prose stands in ``templates/``, where it is read, spelled and corrected like any other page; a
program gives what it computes. A name that a template asks for and nobody gives is an error.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined

if TYPE_CHECKING:  # a page without a figure is filled without what draws one
    from course.figures import Figure

FOLDER = Path(__file__).with_name("templates")


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(FOLDER),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        autoescape=False,  # Markdown from the project itself
    )


def fill(name: str, **values: object) -> str:
    """Return the text of a template with the values in place.

    Parameters
    ----------
    name
        Its file in ``templates/``, without ``.md``.
    values
        What the template names.
    """
    return _templates().get_template(f"{name}.md").render(values)


def placed(shown: Figure, *tables: str) -> str:
    """Return a figure as it stands in a page, with the names of the tables it is made from."""
    drawn = 'class="course-figure"'
    return shown._repr_html_().replace(drawn, f'{drawn} data-tables="{" ".join(tables)}"', 1)
