"""The types of the pages' scripts: what TypeScript is told is enough to find a mistake."""

import re
import shutil

import pytest

from tools.authoring import scripts
from tools.common.errors import UserError
from tools.common.paths import ROOT

# where, what stands there, what is put in its place, what must be said of it
MISTAKES = {
    "a property that a class never sets": (
        "live/cell.js",
        "    this.counts = counts; // among the tasks of the page: not a turn in a lesson\n",
        "",
        r"live/marks\.js.*counts|live/live\.js.*Property 'counts' is missing",
    ),
    "a parameter that nobody has described": (
        "slides/slides.js",
        "/** Make the page a deck. */",
        "function more(deck) {\n  return deck;\n}\nmore(1);",
        r"slides/slides\.js.*'deck' implicitly",
    ),
    "an element that may be missing": (
        "static/search.js",
        'const said = part("#search-progress");',
        'const said = document.querySelector("#search-progress");',
        r"static/search\.js.*'said' is possibly 'null'",
    ),
}


def test_a_mistake_in_any_script_is_found(tmp_path):
    theme = shutil.copytree(ROOT / "theme", tmp_path / "theme")
    names = [path.relative_to(theme).as_posix() for path in theme.glob("*/*.js")]
    for name in names:
        with (theme / name).open("a", encoding="utf-8") as file:
            file.write("nowhere;\n")
    for name, old, new, _ in MISTAKES.values():
        text = (theme / name).read_text("utf-8")
        assert text.count(old) == 1
        (theme / name).write_text(text.replace(old, new), "utf-8")
    with pytest.raises(UserError) as error:
        scripts.check_types(theme)
    said = str(error.value)
    assert [name for name in names if not re.search(rf"{name}.*'nowhere'", said)] == []
    assert [what for what, (*_, found) in MISTAKES.items() if not re.search(found, said)] == []
