"""What is staged: student versions, solutions, and copies in plain CommonMark."""

import base64
import copy
import json
import os
import re

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from course.checks import Misconception, Task, Tasks
from tools.common.errors import UserError
from tools.common.paths import ROOT
from tools.content import stage
from tools.content.bibliography import Reference, references
from tools.content.commonmark import DOLLAR, commonmark
from tools.site import lite

WORKS = {
    "who2014": Reference("World Body", "2014", "https://example.org/who"),
    "doe2009": Reference("Doe and Roe", "2009"),
}


def task(task_id="04.1", **changes):
    given = {
        "id": task_id,
        "title": "New coca",
        "answer": "number",
        "unit": "ha",
        "reference": lambda: 1.0,
        "misconceptions": (Misconception("gross", lambda: 2.0, "That is gross."),),
        "hints": ("Look at `diff`.", "Add & <subtract>."),
    }
    return Task(**(given | changes))


def four_cells(task_id="04.1", answer="new_coca = area.diff()", name="new_coca"):
    source = f"### BEGIN SOLUTION\n{answer}\n### END SOLUTION"
    tagged = [
        ("task", new_markdown_cell(f"## {task_id} New coca\n\nHow much?")),
        ("answer", new_code_cell(source, execution_count=3)),
        ("check", new_code_cell(f'check("{task_id}", {name})', execution_count=4)),
        ("why", new_markdown_cell("Because **stocks** {cite:p}`doe2009` [move](x.md).")),
    ]
    for part, cell in tagged:
        cell.metadata = nbformat.from_dict({"tags": [part], "task": task_id})
        cell.id = f"{part}-{task_id.replace('.', '-')}"
    tagged[2][1].outputs = [new_output("stream", name="stdout", text="Right")]
    return [cell for _, cell in tagged]


def exercise(*cells):
    metadata = {
        "course": {"lesson": "04"},
        "kernelspec": {"name": "python3", "display_name": "Python 3"},
    }
    setup = new_code_cell("area = 1", id="setup")
    return new_notebook(cells=[setup, *(cells or four_cells())], metadata=metadata)


def cell_of(notebook, part):
    return next(cell for cell in notebook.cells if stage.part_of(cell) == part)


# The student version -------------------------------------------------------------------------


def test_solution_reason_and_outputs_are_gone():
    student = stage.student_version(exercise(), [task()])
    text = nbformat.writes(student)
    assert "diff()" not in text and "SOLUTION" not in text and "Because" not in text
    assert [stage.part_of(cell) for cell in student.cells] == [None, "task", "answer", "check"]
    assert cell_of(student, "answer").source == "new_coca = ..."
    for cell in student.cells:
        if cell.cell_type == "code":
            assert cell.outputs == [] and cell.execution_count is None
    nbformat.validate(student)


def test_source_notebook_is_not_changed():
    notebook = exercise()
    before = copy.deepcopy(notebook)
    stage.student_version(notebook, [task()])
    assert notebook == before


def test_prompt_gets_mark_expected_answer_and_hints():
    prompt = cell_of(stage.student_version(exercise(), [task()]), "task").source
    assert prompt.startswith('<div id="task-04-1"></div>\n\n## 04.1 New coca\n\nHow much?\n\n')
    assert "<strong>Core</strong> · Answer: one number, in ha" in prompt
    assert "<summary>Hint 1</summary>\n\nLook at `diff`.\n\n</details>" in prompt
    assert prompt.index("Hint 1") < prompt.index("Hint 2")
    further = stage.student_version(exercise(), [task(core=False, hints=())])
    prompt = cell_of(further, "task").source
    assert "<strong>Go further</strong>" in prompt and "Hint" not in prompt


@pytest.mark.parametrize(
    ("solution", "start"),
    [
        ("x = 1", "x = ..."),
        ("#~ # x = 2 * ____\n#~ x = ...\nx = 1", "# x = 2 * ____\nx = ..."),
        (
            "#~ def f():\n#~     return 1\n#~\n#~ x = ...\nx = 1",
            "def f():\n    return 1\n\nx = ...",
        ),
    ],
)
def test_scaffold(solution, start):
    cells = four_cells(answer=solution, name="x")
    student = stage.student_version(exercise(*cells), [task()])
    assert cell_of(student, "answer").source == start


def test_lines_outside_a_solution_are_kept():
    cells = four_cells(answer="x = 1", name="x")
    cells[1].source = f"# your turn\n{cells[1].source}\nx"
    student = stage.student_version(exercise(*cells), [task()])
    assert cell_of(student, "answer").source == "# your turn\nx = ...\nx"


def test_student_version_runs_and_every_answer_is_untouched():
    student = stage.student_version(exercise(), [task()])
    seen, names = {}, {}
    names["check"] = seen.__setitem__
    for cell in student.cells:
        if cell.cell_type == "code":
            exec(cell.source, names)
    assert seen == {"04.1": ...}


def broken(change):
    cells = four_cells()
    change(cells)
    return exercise(*cells)


@pytest.mark.parametrize("part", stage.PARTS)
def test_missing_cell(part):
    def drop(cells):
        cells[:] = [cell for cell in cells if stage.part_of(cell) != part]

    with pytest.raises(UserError, match=f"04.1 has no cell tagged {part}"):
        stage.student_version(broken(drop), [task()])


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("### BEGIN SOLUTION\nnew_coca = 1", "one ### BEGIN SOLUTION for each"),
        ("new_coca = 1\n### END SOLUTION", "one ### BEGIN SOLUTION for each"),
        ("### BEGIN SOLUTION\n### BEGIN SOLUTION\n### END SOLUTION", "for each"),
        ("new_coca = 1", "one ### BEGIN SOLUTION for each"),
        ("### BEGIN SOLUTION\n#~ new_coca = ____ +\n### END SOLUTION", "not Python"),
        ("### BEGIN SOLUTION\n#~ other = new_coca\n### END SOLUTION", "does not assign new_coca"),
    ],
)
def test_bad_answer_cell(source, says):
    def change(cells):
        cells[1].source = source

    with pytest.raises(UserError, match=says):
        stage.student_version(broken(change), [task()])


@pytest.mark.parametrize(
    "source", ["", "1 + 1", "check('04.2', new_coca)", "check('04.1', 2 * new_coca)", "check(", "x"]
)
def test_bad_check_cell(source):
    def change(cells):
        cells[2].source = source

    with pytest.raises(UserError, match=r'must be check\("04.1", <name>\)'):
        stage.student_version(broken(change), [task()])


def test_task_and_notebook_must_name_the_same_tasks():
    with pytest.raises(UserError, match=r"task 04.2 of TASKS is not in the notebook"):
        stage.student_version(exercise(), [task(), task("04.2")])
    with pytest.raises(UserError, match=r"task 04.2 is not in the lesson's TASKS"):
        stage.student_version(exercise(*four_cells(), *four_cells("04.2")), [task()])


def test_double_cell_and_solution_elsewhere():
    again = four_cells()[0]
    again.id = "again"
    with pytest.raises(UserError, match="two cells tagged task"):
        stage.student_version(exercise(*four_cells(), again), [task()])
    stray = new_code_cell("### BEGIN SOLUTION\n1\n### END SOLUTION", id="stray")
    with pytest.raises(UserError, match="cell stray has a solution"):
        stage.student_version(exercise(*four_cells(), stray), [task()])


def test_solutions_have_code_and_reason():
    found = stage.solutions_of(
        exercise(*four_cells(answer="#~ new_coca = ...\nnew_coca = 1")), WORKS
    )
    assert found == {
        "04.1": {
            "code": "new_coca = 1",
            "why": "<p>Because <strong>stocks</strong> (Doe and Roe, 2009) move.</p>",
        }
    }


# Your turn -----------------------------------------------------------------------------------


def turn_cells(task_id="04.t1", start='#~ new_coca = area.____("x")'):
    cells = four_cells(task_id, answer=f"{start}\nnew_coca = area.diff()")
    cells[0].source = "**Your turn.** How much?"
    cells[0].metadata["tags"] = ["turn"]
    cells[2].source = f"from course.tasks.lesson04 import check\n\n{cells[2].source}"
    return cells


def lesson_with(*cells):
    shown = new_code_cell("area", id="shown", outputs=[new_output("stream", text="1")])
    return new_notebook(cells=[*cells, shown])


def student_of(lesson, *turns):
    return stage.student_version(lesson, turns, is_lesson=True)


def test_a_turn_of_a_lesson_has_no_solution_and_other_outputs_stay():
    turn = task("04.t1", hints=("Look.",))
    student = student_of(lesson_with(*turn_cells()), turn)
    text = nbformat.writes(student)
    assert "diff()" not in text and "SOLUTION" not in text and "Because" not in text
    assert cell_of(student, "answer").source == 'new_coca = area.____("x")'
    assert cell_of(student, "check").outputs == []
    assert student.cells[-1].outputs[0].text == "1"
    prompt = cell_of(student, "turn").source
    assert prompt.startswith('<div class="turn">\n\n<div id="task-04-t1"></div>\n\n**Your turn.**')
    assert prompt.endswith("</details>\n\n</div>")
    assert 'class="task-about turn-about" data-task="04.t1"' in prompt
    assert "<summary>Hint</summary>\n\nLook." in prompt
    assert "Core" not in prompt


def test_in_a_notebook_a_blank_that_is_left_stops_nothing():
    student = student_of(lesson_with(*turn_cells()), task("04.t1"))
    answer = cell_of(stage.runnable(student), "answer")
    name, say, line = answer.source.splitlines()
    assert (name, line) == ("new_coca = ...", '#new_coca = area.____("x")')
    assert say.startswith("# Take the # away")
    commented = turn_cells(start="#~ # x = ____\n#~ new_coca = ...")
    without = student_of(lesson_with(*commented), task("04.t1"))
    assert stage.runnable(without) == without  # nothing to fill that runs


def test_what_stands_before_a_blank_runs_and_what_follows_waits():
    code = "year = 2013\nratio = (\n    area.____(year)\n)\nshare = ratio * 2"
    assert stage.closed(code, "share").splitlines() == [
        "year = 2013",
        "share = ...",
        "# Take the # away from the lines below, and fill the blank ____.",
        "#ratio = (",
        "#    area.____(year)",
        "#)",
        "#share = ratio * 2",
    ]


def test_a_lesson_and_its_turns_name_the_same():
    with pytest.raises(UserError, match=r"task 04.t1 is not in the lesson's turns"):
        student_of(lesson_with(*turn_cells()))
    with pytest.raises(UserError, match=r"task 04.t1 of turns is not in the notebook"):
        student_of(lesson_with(), task("04.t1"))
    as_a_task = turn_cells()
    as_a_task[0].metadata["tags"] = ["task"]
    with pytest.raises(UserError, match=r"04.t1 has no cell tagged turn"):
        student_of(lesson_with(*as_a_task), task("04.t1"))


# CommonMark ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("myst", "plain"),
    [
        ("{cite:t}`who2014` says", "[World Body (2014)](https://example.org/who) says"),
        (
            "so {cite:p}`who2014, doe2009`.",
            "so ([World Body, 2014](https://example.org/who); Doe and Roe, 2009).",
        ),
        ("{cite:p}`{see}doe2009{p. 3}`", "(see Doe and Roe, 2009, p. 3)"),
        ("{term}`net area <net>` and {ref}`there`", "net area and there"),
        ("{math}`a^2`", "$a^2$"),
        ("`{cite:t}`", "`{cite:t}`"),
        ("``{cite:t}`who2014` ``", "``{cite:t}`who2014` ``"),
        ("(a-label)=\n# Title\n% remark\nText", "# Title\nText"),
        ('[a `b`](x.md "t")', '[a `b`](y.html "t")'),
        ('<a href="x.md">a</a>', '<a href="y.html">a</a>'),
        (
            "```python\n# {cite:t}`nobody` [a](x.md)\n```",
            "```python\n# {cite:t}`nobody` [a](x.md)\n```",
        ),
        ("```{math}\n:label: one\na = b\n```", "$$\na = b\n$$"),
        ("```{bibliography}\n:filter: x\n```", ""),
        ("$5, \\$6, `$7`", f"{DOLLAR}5, {DOLLAR}6, `$7`"),
        ("100% sure\n50 % of it", "100% sure\n50 % of it"),
    ],
)
def test_commonmark(myst, plain):
    swap = {"x.md": "y.html"}
    assert commonmark(myst, WORKS, lambda target: swap.get(target, target)) == plain


def test_box_becomes_a_quotation():
    text = (
        "Before\n\n::::{admonition} Rival *figures*\n:class: rival\n\n"
        "- {cite:t}`doe2009`\n\n:::{note}\nInner\n:::\n::::\nAfter"
    )
    assert commonmark(text, WORKS) == (
        "Before\n\n> **Rival *figures***\n>\n> - Doe and Roe (2009)\n>\n"
        "> > **Note**\n> >\n> > Inner\nAfter"
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{cite:t}`nobody`", "cites 'nobody', which is not in references.bib"),
        ("{cite:p}`who2014 and more`", "cites"),
        (":::{admonition} Open\nText", "is not closed"),
        (":::{figure} x.svg\n:::", "can be shown in the book only"),
    ],
)
def test_commonmark_says_what_is_wrong(text, says):
    with pytest.raises(UserError, match=says):
        commonmark(text, WORKS)


def test_references_from_bibtex(tmp_path):
    bib = tmp_path / "references.bib"
    bib.write_text(
        "@book{a, author={Mej{\\'i}a, Daniel and {World Body}}, year={2016}, doi={10.1/x}}\n"
        "@book{b, author={Doe, J. and Roe, K. and Poe, L.}, url={https://e.org}}\n"
        "@misc{c, title={No Name}, year={2001}}\n",
        "utf-8",
    )
    assert references(bib) == {
        "a": Reference(
            "Mejía and World Body", "2016", "https://doi.org/10.1/x", ("Mejía, Daniel",)
        ),
        "b": Reference("Doe et al.", "n.d.", "https://e.org", ("Doe, J.", "Roe, K.", "Poe, L.")),
        "c": Reference("No Name", "2001"),
    }
    bib.write_text(
        "@book{z, author={Doe, J.}, year={2003}, title={alpha}}\n"
        "@book{a, author={Doe, J.}, year={2003}, title={Beta}}\n"
        "@book{b, author={Doe, J.}, year={2004}, title={Beta}}\n",
        "utf-8",
    )
    assert {key: work.year for key, work in references(bib).items()} == {
        "z": "2003a",
        "a": "2003b",
        "b": "2004",
    }
    bib.write_text("@book{a, author=", "utf-8")
    with pytest.raises(UserError, match=r"references.bib cannot be read"):
        references(bib)


# Copies without the book around them ---------------------------------------------------------

EXPLORER = (
    '<figure class="course-explorer"><p class="figure-title">Move it</p>'
    '<div class="controls"><label><span>Speed</span><input type="range"></label></div>'
    '<div class="frame"><svg role="img" aria-label="Two &amp; two" viewBox="0 0 300 200">'
    "<text>Année</text></svg></div>"
    '<p class="reading" role="status">Slow.</p><figcaption>Assumed</figcaption>'
    '<script type="application/json">{"pieces":["<svg>","<\\/svg>"],"frames":[[0,1]]}</script>'
    "</figure>"
)


def test_still_outputs_need_no_trust():
    shown = stage.still_html(EXPLORER)
    assert not re.search("<(svg|script|input)", shown)
    assert "Move it" in shown and "Slow." in shown and "Assumed" in shown
    assert 'alt="Two &amp; two" width="400"' in shown
    assert "Run this cell to get the controls." in shown
    picture = base64.b64decode(re.search(r"base64,([^\"]+)", shown)[1]).decode()
    assert "Année" in picture and "background:#fff" in picture


def test_widget_views_are_dropped():
    data = {"text/html": EXPLORER, "text/plain": "x", stage.WIDGET_VIEW: {}}
    outputs = [
        new_output("display_data", data=data),
        new_output("stream", name="stdout", text="hello"),
    ]
    source = new_notebook(cells=[new_code_cell("e", outputs=outputs)])
    shown = stage.portable(source, "notebooks/04-x.ipynb", WORKS, stage.book_page)
    assert shown.cells[0].outputs[0].data == {"text/html": EXPLORER, "text/plain": "x"}
    assert shown.cells[0].outputs[1].text == "hello"
    assert stage.WIDGET_VIEW in source.cells[0].outputs[0].data
    assert "<svg" not in nbformat.writes(stage.still(shown))


def lesson():
    card = new_markdown_cell(
        "Do [this](../exercises/04-x.ipynb), read [14](../book/a.md#point-14)."
    )
    table = new_code_cell(
        "t", outputs=[new_output("execute_result", data={"text/html": ["<b>", "1"]})]
    )
    return new_notebook(cells=[card, table], metadata={"widgets": {}})


def test_portable_notebook():
    shown = stage.portable(lesson(), "notebooks/04-x.ipynb", WORKS, stage.book_page)
    assert len(shown.cells) == 2 and "widgets" not in shown.metadata
    assert shown.cells[0].source == (
        "Do [this](../exercises/04-x.ipynb), read [14](../book/a.html#point-14)."
    )
    assert stage.still(shown).cells[1].outputs[0].data["text/html"] == "<b>1"


def test_link_to_a_page_from_a_download():
    page = stage.address("https://example.org/course/")
    assert page("book/a.html#b") == "https://example.org/course/book/a.html#b"
    kept = stage.portable(lesson(), "notebooks/04-x.ipynb", WORKS, stage.address(""))
    assert "read 14." in kept.cells[0].source


# The whole stage -----------------------------------------------------------------------------


@pytest.fixture
def project(tmp_path, monkeypatch):
    root = tmp_path / "project"
    for folder in ("notebooks", "exercises", "data", "book/pictures"):
        (root / folder).mkdir(parents=True)
    (root / "_config.yml").write_text("title: x\n")
    (root / "_toc.yml").write_text(
        "root: book/a\nparts:\n- chapters:\n  - file: notebooks/04-x\n"
        "    sections:\n    - file: exercises/04-x\n"
    )
    (root / "book/references.bib").write_text("@misc{doe2009, author={Doe, J.}, year=2009}\n")
    (root / "book/a.md").write_text("# A\n")
    (root / "book/pictures/x.svg").write_text("1")
    (root / "data/t.csv").write_text("a\n1\n")
    nbformat.write(lesson(), root / "notebooks/04-x.ipynb")
    nbformat.write(exercise(), root / "exercises/04-x.ipynb")
    monkeypatch.setattr(stage, "tasks_of", lambda number: Tasks(number, [task()]))
    return root


def listing(folder):
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def test_stage_writes_each_folder(project, tmp_path):
    build = tmp_path / "build"
    stage.stage(project, build)
    assert listing(build / "source") == [
        "_config.yml",
        "_toc.yml",
        "book/a.md",
        "book/pictures/x.svg",
        "book/references.bib",
        "exercises/04-x.ipynb",
        "notebooks/04-x.ipynb",
    ]
    both = ["exercises/04-x.ipynb", "notebooks/04-x.ipynb"]
    assert listing(build / "lite-files") == ["data/t.csv", *both]
    assert listing(build / "downloads") == both
    assert listing(build / "solutions") == ["04.json"]
    assert json.loads((build / "solutions/04.json").read_text())["04.1"]["code"]
    shown = json.loads((build / "lite-files/notebooks/04-x.ipynb").read_text("utf-8"))
    assert shown["cells"][1]["metadata"]["trusted"] is True
    assert isinstance(shown["cells"][1]["outputs"][0]["data"]["text/html"], str)
    assert b"trusted" not in (build / "downloads/notebooks/04-x.ipynb").read_bytes()
    lesson_file = build / "source/notebooks/04-x.ipynb"
    assert stage.read(lesson_file).cells == stage.read(project / "notebooks/04-x.ipynb").cells
    staged = [p for p in build.rglob("*") if p.is_file() and "solutions" not in p.parts]
    assert not any(b"area.diff()" in p.read_bytes() for p in staged)


def test_a_notebook_is_validated_once_for_each_text(project, monkeypatch):
    checked, validate = [], nbformat.validate
    monkeypatch.setattr(nbformat, "validate", lambda one: checked.append(one) or validate(one))
    path = project / "notebooks/04-x.ipynb"
    path.write_text(path.read_text("utf-8").replace("\n", "\n\n", 1), "utf-8")
    first, second = stage.read(path), stage.read(path)
    first.cells.clear()
    assert second.cells and len(checked) == 1
    path.write_text(path.read_text("utf-8").replace('"cells"', '"cellos"'), "utf-8")
    for _ in range(2):
        with pytest.raises(UserError, match="not a valid notebook"):
            stage.read(path)


def test_second_stage_touches_only_what_changed(project, tmp_path):
    build = tmp_path / "build"
    stage.stage(project, build)
    files = {p: p.stat() for p in build.rglob("*") if p.is_file()}
    for path in files:
        os.utime(path, (1, 1))
    (project / "book/a.md").write_text("# B\n")
    (project / "book/pictures/x.svg").unlink()
    stage.stage(project, build)
    changed = {p.name for p in files if p.exists() and p.stat().st_mtime != 1}
    assert changed == {"a.md"}
    assert not (build / "source/book/pictures").exists()


@pytest.mark.parametrize(
    ("break_it", "says"),
    [
        (lambda r: (r / "exercises/04-x.ipynb").unlink(), "04-x.ipynb has no exercise"),
        (lambda r: (r / "notebooks/04-x.ipynb").unlink(), "04-x.ipynb has no lesson"),
        (lambda r: (r / "notebooks/04-x.ipynb").write_text("{"), "is not valid JSON"),
        (lambda r: (r / "notebooks/04-x.ipynb").write_text('{"cells": 1}'), "not a valid notebook"),
        (lambda r: (r / "book/references.bib").unlink(), "references.bib cannot be read"),
    ],
)
def test_stage_says_what_is_wrong(project, tmp_path, break_it, says):
    break_it(project)
    with pytest.raises(UserError, match=says):
        stage.stage(project, tmp_path / "build")
    assert not (tmp_path / "build").exists()


def test_exercise_without_tasks():
    with pytest.raises(UserError, match=r"write course/tasks/lesson99.py"):
        stage.tasks_of("99")


def test_error_names_the_notebook(project, tmp_path):
    nbformat.write(exercise(*four_cells()[:2]), project / "exercises/04-x.ipynb")
    with pytest.raises(
        UserError, match=r"exercises/04-x.ipynb: task 04.1 has no cell tagged check"
    ):
        stage.stage(project, tmp_path / "build")


@pytest.mark.parametrize("site", [None, "https://example.org/course/"])
def test_a_downloaded_notebook_brings_the_toolkit_in_its_first_cell(site):
    notebook = stage.with_toolkit(lesson(), stage.toolkit_name(), site)
    first = notebook.cells[0]
    nbformat.validate(notebook)
    lines = first.source.splitlines()
    assert len(lines) <= 6
    assert lines[:2] == ["try:", "    import course.data"]
    assert lines[-1].strip().startswith("%pip install")
    where = f"{site}_static/downloads/" if site else "Get "
    assert f"{where}{stage.toolkit_name()}" in first.source
    assert stage.toolkit_name() == lite.course_wheel().name


def test_a_page_names_the_file_of_the_toolkit_as_it_is_called(project, tmp_path):
    (project / "book/a.md").write_text("Install {toolkit}.\n")
    stage.stage(project, tmp_path / "out")
    text = (tmp_path / "out/source/book/a.md").read_text("utf-8")
    assert text == f"Install {stage.toolkit_name()}.\n"
    guide = (ROOT / "book" / "how-to-use.md").read_text("utf-8")
    assert "{toolkit}" in guide and ".whl" not in guide


def test_pages_say_where_the_course_is_kept_and_who_answers(project, tmp_path):
    (project / "book/a.md").write_text("{report} Or {contact}.\n")
    page = tmp_path / "out/source/book/a.md"
    stage.stage(project, tmp_path / "out")
    assert "](" not in page.read_text("utf-8")
    config = project / "_config.yml"
    places = 'repository: {url: "https://code.example/c"}\ncontact: a@course.example\n'
    config.write_text(places, "utf-8")
    stage.stage(project, tmp_path / "out")
    text = page.read_text("utf-8")
    assert text.count("[a@course.example](mailto:a@course.example)") == 2
    assert "[issue](https://code.example/c/issues)" in text


def test_only_what_is_downloaded_brings_the_toolkit(project, tmp_path):
    stage.stage(project, tmp_path / "out")
    folders = {name: tmp_path / "out" / name for name in ("source", "lite-files", "downloads")}
    has = {
        name: "%pip" in (folder / "notebooks/04-x.ipynb").read_text("utf-8")
        for name, folder in folders.items()
    }
    assert has == {"source": False, "lite-files": False, "downloads": True}
