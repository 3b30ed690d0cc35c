"""The live cells' Python side: what a cell shows, what it needs, and how it fails."""

import ast
import datetime
import gc
import json
import sys
import warnings
from pathlib import Path

import pytest
from dateutil.tz import tzfile

import course
from course import cells


@pytest.fixture(autouse=True)
def _own_space(monkeypatch):
    monkeypatch.setattr(cells, "_space", {"__name__": "__main__"})


def run(code: str) -> dict:
    return json.loads(cells.run_cell(code, "Exercise 99.1"))


def texts(code: str) -> str:
    return "".join(output["text"] for output in run(code)["outputs"] if output["kind"] == "text")


def needed(code: str, *above: str, always: tuple[int, ...] = ()) -> list[int]:
    listed = [{"code": text, "always": i in always} for i, text in enumerate(above)]
    return json.loads(cells.needed(code, json.dumps(listed)))


def test_the_zone_that_start_writes_is_utc(tmp_path, monkeypatch):
    monkeypatch.setattr(cells, "UTC", tmp_path / "zoneinfo" / "UTC")
    cells.start()
    moment = datetime.datetime(2012, 7, 1, tzinfo=tzfile(str(cells.UTC)))
    assert (moment.utcoffset(), moment.tzname()) == (datetime.timedelta(0), "UTC")
    assert gc.isenabled()


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("2 + 2", "4\n"),
        ("x = 2", ""),
        ("2 + 2;", ""),
        ("None", ""),
        ("print('a')\nprint('b')\n'c'", "a\nb\n'c'\n"),
        ("print('a', end='')\n1", "a\n1\n"),
        ("import numpy\nnumpy.float64(0.55)", "0.55\n"),
        ("import numpy\nnumpy.int64(7)", "7\n"),
        ("import sys\nprint('odd', file=sys.stderr)", "odd\n"),
        ("display(1, 'two')\n3", "1\n'two'\n3\n"),
        ("import pandas\npandas.DataFrame", "<class 'pandas.DataFrame'>\n"),
    ],
)
def test_texts_are_shown_as_jupyter_shows_them(code, shown):
    assert texts(code) == shown


def test_cells_share_their_names():
    run("x = 20")
    run("def twice(n):\n    return n * 2")
    assert texts("twice(x) + 2") == "42\n"


def test_a_table_is_shown_as_html_between_the_prints():
    code = "import pandas as pd\nprint('before')\ndisplay(pd.DataFrame({'a': [1]}))\nprint('after')"
    outputs = run(code)["outputs"]
    assert [output["kind"] for output in outputs] == ["text", "html", "text"]
    assert "<table" in outputs[1]["html"]


def test_open_figures_are_shown_once_and_closed():
    code = "import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\nax.plot([1, 2]);"
    assert [output["kind"] for output in run(code)["outputs"]] == ["figure"]
    assert [output["kind"] for output in run(f"{code}\nfig")["outputs"]] == ["figure"]
    assert run("1;")["outputs"] == []


def test_figures_drawn_before_an_error_are_shown():
    result = run("import matplotlib.pyplot as plt\nplt.plot([1, 2])\n1 / 0")
    assert [output["kind"] for output in result["outputs"]] == ["figure"]
    assert result["error"]["line"] == 3


def test_a_verdict_carries_its_status():
    result = run("from course.checks import Verdict\nVerdict('wrong', 'Not <b>that</b>.')")
    (verdict,) = result["outputs"]
    assert (verdict["kind"], verdict["status"], verdict["label"]) == ("verdict", "wrong", "Wrong")
    assert "Not &lt;b&gt;that&lt;/b&gt;." in verdict["html"]


def test_the_richest_form_of_a_value_may_be_missing():
    code = (
        "class Plain:\n    _repr_html_ = lambda self: None\n    __repr__ = lambda self: 'plain'\n"
    )
    assert texts(code + "Plain()") == "plain\n"


@pytest.mark.parametrize(
    ("code", "line", "short"),
    [
        ("x = 1\nqqq", 2, "Line 2: NameError: name 'qqq' is not defined"),
        ("1 +", 1, "Line 1: SyntaxError: invalid syntax"),
        ("def f():\n    1 / 0\n\nf()", 2, "Line 2: ZeroDivisionError: division by zero"),
        ("raise SystemExit", 1, "Line 1: SystemExit"),
        ("raise KeyboardInterrupt", 1, "Line 1: Stopped here."),
        ("class Odd:\n    def __repr__(self):\n        raise ValueError('no')\nOdd()", 3, None),
    ],
)
def test_an_error_names_its_line(code, line, short):
    error = run(code)["error"]
    assert error["line"] == line
    assert short is None or error["short"] == short


def test_an_error_in_a_library_names_the_line_of_the_cell():
    error = run("import pandas as pd\ntable = pd.DataFrame({'a': [1]})\ntable['b']")["error"]
    assert error["short"] == "Line 3: KeyError: 'b'"
    assert error["help"] == "There is no column, row or key called 'b'. There are: 'a'."
    assert 'File "Exercise 99.1", line 3' in error["trace"]
    assert "cells.py" not in error["trace"]


def test_what_was_printed_before_an_error_is_kept():
    result = run("print('kept')\nmissing")
    assert result["error"]["where"] is None
    assert result["outputs"] == [{"kind": "text", "text": "kept\n"}]
    assert result["error"]["name"] == "missing"


def test_blanks_and_open_answers_get_advice():
    assert "blanks" in run("x = ____ + 1")["error"]["help"]
    run("net = ...")
    assert run("net + 1")["error"]["help"].startswith("net: still ...")


def test_a_stop_gets_no_advice_on_the_names_of_the_cell():
    run("net = ...")
    error = run("net\nraise KeyboardInterrupt")["error"]
    assert (error["short"], error["help"]) == ("Line 2: Stopped here.", "")


def test_a_table_without_end_is_shown_as_text(monkeypatch):
    code = "class Big:\n    _repr_html_ = lambda s: '<p>' + 'x' * 20 + '</p>'\n"
    code += "    __repr__ = lambda s: 'big'\nBig()"
    assert run(code)["outputs"] == [{"kind": "html", "html": f"<p>{'x' * 20}</p>"}]
    monkeypatch.setattr(cells, "MOST_HTML", 27)
    assert run(code)["outputs"][0]["kind"] == "html", "as long as is allowed"
    monkeypatch.setattr(cells, "MOST_HTML", 26)
    assert run(code)["outputs"] == [{"kind": "text", "text": "big\n"}]


def test_the_largest_table_that_is_shown_has_five_megabytes():
    code = "class Big:\n    _repr_html_ = lambda s: 'x' * {}\nBig()"
    assert run(code.format(5_000_000))["outputs"][0]["kind"] == "html"
    assert run(code.format(5_000_001))["outputs"][0]["kind"] == "text"


def test_a_warning_is_shown_in_each_run():
    code = "import warnings\nfor _ in range(3):\n    warnings.warn('look here')"
    with warnings.catch_warnings(record=True) as shown:
        warnings.simplefilter("default")
        for count in (1, 2, 3):
            run(code)
            assert len(shown) == count, "once in each run"


def test_restart_forgets_names_and_settings():
    run("x = 20\nimport pandas as pd\npd.set_option('display.max_rows', 7)")
    run("import matplotlib.pyplot as plt\nplt.rcParams['legend.numpoints'] = 3")
    run("import course.figures\nplt.rcParams['svg.hashsalt'] = 'mine'")
    cells.restart()
    assert run("x")["error"]["kind"] == "NameError"
    assert texts("import pandas as pd\npd.get_option('display.max_rows')") == "60\n"
    assert texts("print(pd.get_option('display.max_colwidth'))") == "None\n"  # texts stay whole
    assert texts("import matplotlib.pyplot as plt\nplt.rcParams['legend.numpoints']") == "1\n"
    assert texts("import matplotlib\nmatplotlib.rcParams['svg.hashsalt']") == "'course'\n"


def test_output_without_end_is_cut():
    shown = texts("for _ in range(1000):\n    print('x' * 1000)")
    assert cells.MOST_TEXT < len(shown) < cells.MOST_TEXT + 100
    assert shown.endswith("left out)")


def test_only_needed_cells_run_first():
    assert needed("z = y", "x = 1", "w = 2", "y = x") == [0, 2]
    assert needed("1 + 1", "x = 1", "y = 2", always=(1,)) == [1]
    assert needed("y", "y = ") == []


def test_a_changed_table_is_needed_with_its_changes():
    above = ["t = load('a')", "t['share'] = 1", "t.index.name = 'year'", "u = t"]
    assert needed("t.head()", *above) == [0, 1, 2]


def test_a_name_that_a_cell_makes_itself_is_not_needed():
    assert needed("x = 2\nx + 1", "x = 1") == []
    assert needed("x += 1", "x = 1") == [0]
    assert needed("x = x + 1", "x = 1") == [0]
    assert needed("[x for x in range(3)]", "x = 1") == []
    assert needed("(lambda x: x)(1)", "x = 1") == []
    assert needed("def f(x):\n    y = x\n    return y + a", "x = y = 1", "a = 2") == [1]
    assert needed("if a:\n    x = 1\nx", "x = 0", "a = False") == [0, 1]


def test_names_inside_a_function_are_its_own():
    assert needed("y", "def f():\n    y = 1", "y = 2") == [1]


@pytest.mark.parametrize(
    ("code", "modules"),
    [
        ("import os.path, pandas as pd", "import os\nimport pandas"),
        ("from course.data import load", "import course"),
        ("from course.figures import new", "import course\nimport matplotlib"),
        ("from course import figures", "import course\nimport matplotlib"),
        ("table.plot()", "import matplotlib"),
        ("not python", ""),
    ],
)
def test_imports_name_what_must_be_loaded(code, modules):
    assert cells.imports(code) == modules


def test_what_a_cell_imports_is_imported_beforehand_but_not_into_its_names(monkeypatch):
    monkeypatch.delitem(sys.modules, "colorsys", raising=False)
    cells.prepare("import colorsys, nonexistent\nfrom course.data import load\nraise ValueError")
    assert "colorsys" in sys.modules
    assert run("colorsys")["error"]["kind"] == "NameError"


def test_the_toolkits_heavy_imports_are_known():
    """`IMPORTED_BY` says what importing a module of the toolkit brings beyond pandas."""
    folder = Path(course.__file__).parent

    def brings(name: str) -> set[str]:
        found = set()
        path = folder / name.replace(".", "/")
        path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.ImportFrom) and node.module.startswith("course."):
                found |= brings(node.module.removeprefix("course."))
            elif isinstance(node, ast.ImportFrom):
                found.add(node.module.split(".")[0])
            elif isinstance(node, ast.Import):
                found |= {alias.name.split(".")[0] for alias in node.names}
        return found & {"matplotlib", "ipywidgets", "IPython"}

    heavy = {f"course.{path.stem}": brings(path.stem) for path in folder.glob("[a-z]*.py")}
    known = {module: {package} for module, package in cells.IMPORTED_BY.items()}
    assert {module: found for module, found in heavy.items() if found} == known
