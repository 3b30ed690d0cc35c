"""The one reader of MyST: blocks with their lines, and pieces of a line with their place."""

import pytest

from tools.common.errors import UserError
from tools.content import myst
from tools.content.commonmark import DOLLAR, commonmark

TEXT = """# A *title*

Prose
% a comment
goes on.

(place)=
:::{admonition} A claim
:class: claim

It says `$x$`.
:::

```python
x = "{cite:p}`no`"
```
"""


def test_the_lines_of_the_blocks_are_those_of_the_text():
    assert myst.joined(myst.blocks(TEXT)) == TEXT


def test_blocks_are_told_apart():
    kinds = [block.kind for block in myst.blocks(TEXT) if block.text.strip()]
    assert kinds == ["heading", "prose", "unseen", "prose", "unseen", "directive", "code"]
    found = myst.heading(TEXT)
    assert (found.level, found.title) == (1, "A *title*")
    assert "title" not in myst.without_headings(TEXT)


def test_a_box_has_what_stands_around_it():
    before, box, after = myst.box(TEXT)
    assert before.startswith("# A") and after.strip().startswith("```python")
    assert (box.title, box.options, box.body) == (
        "A claim",
        {"class": "claim"},
        ["", "It says `$x$`."],
    )
    assert myst.box("no box") is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (":::{note}\nopen", r"the fence ':::\{note\}' is not closed; end it with :::"),
        ("````\n```", "is not closed"),
        ("- a\n  :::{note}\n  b\n  :::", "inside a list or a quotation"),
    ],
)
def test_what_cannot_be_read_is_said(text, says):
    with pytest.raises(UserError, match=says):
        myst.blocks(text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a `code $` b", [("code", "`code $`")]),
        ("``a ` b`` $", [("code", "``a ` b``"), ("dollar", "$")]),
        ("{term}`rondas` x", [("role", "{term}`rondas`")]),
        (r"\{term}`x`", [("code", "`x`")]),
        ("[a `b`](c.md)", [("link", "[a `b`](c.md)"), ("code", "`b`")]),
        ("[a [b] c](d.md 'e')", [("link", "[a [b] c](d.md 'e')")]),
        ("![$ {a}`b`](c.png) $", [("image", "![$ {a}`b`](c.png)"), ("dollar", "$")]),
        (r"\$5 and $6", [("dollar", r"\$"), ("dollar", "$")]),
        ('<a href="x.md">y</a>', [("html", '<a href="x.md">'), ("html", "</a>")]),
        ("[not a link] (x)", []),
        ("an open ` tick and $", [("dollar", "$")]),
    ],
)
def test_pieces(text, wanted):
    found = [(piece.kind, text[piece.start : piece.end]) for piece in myst.pieces(text)]
    assert found == wanted


@pytest.mark.parametrize("text", [TEXT, '[a **b** `c`](d.md "e") {x}`y` $1\n\n- f\n  g `h`\n'])
def test_a_text_whose_pieces_stay_is_the_same(text):
    assert myst.rewrite(text, lambda piece, inner: piece.around(inner)) == text


def test_a_link_keeps_its_title_and_its_inner_pieces_are_rewritten():
    made = commonmark('[a {term}`b` $](c.md "T")', {}, lambda target: f"../{target}")
    assert made == f'[a b {DOLLAR}](../c.md "T")'


@pytest.mark.parametrize("text", ["    x = $1  # {a}`b`", "- one\n\n  ```\n  $x {a}`b`\n  ```"])
def test_code_is_left_alone_wherever_it_stands(text):
    assert commonmark(text, {}) == text
