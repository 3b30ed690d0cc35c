"""What a contributor reads is true: the map, the form for changes, the choice of tests."""

import re
import shutil
import subprocess

import pytest

from tests import conftest
from tools.authoring import map, test
from tools.authoring.test import scope, sharing
from tools.commands import COMMANDS
from tools.common.errors import UserError
from tools.common.paths import ROOT

GUIDE = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
LESSON = "04-eradication-and-replanting"


# The map --------------------------------------------------------------------------------------


def test_the_map_says_what_each_module_says_of_itself():
    page = map.PAGE.read_text("utf-8")
    shown = page.split(f"<!-- {map.NAME} -->\n")[1].split(f"\n<!-- end {map.NAME} -->")[0]
    assert shown == map.listed(), "run `python -m tools map`"


def test_every_module_has_its_place_on_the_map_and_a_purpose():
    for room in ("course", "theme", "tools"):
        for path in (ROOT / room).rglob("*"):
            folder = path.parent.relative_to(ROOT).as_posix()
            is_module = path.suffix in map.ENDINGS and path.read_text("utf-8").strip()
            if is_module:
                assert folder in dict(map.ROOMS), f"tools/authoring/map.py: no room {folder}"
    about = {
        f"{room}/{name}": purpose
        for room, _ in map.ROOMS
        for name, purpose in map.modules(ROOT / room).items()
    }
    assert [name for name, purpose in about.items() if len(purpose) < 10] == []


@pytest.mark.parametrize(
    ("text", "ending", "says"),
    [
        ('"""Do it.\n\nMore.\n"""\n', ".py", "Do it."),
        ("// Shows it\n// well. And more.\nlet a;\n", ".js", "Shows it well."),
        ("/** Why. */\nlet a;\n", ".js", "Why."),
        ("let a;\n", ".js", ""),
        ("a = 1\n", ".py", ""),
    ],
)
def test_the_purpose_is_the_first_sentence(text, ending, says):
    assert map.purpose(text, ending) == says


# The form for changes -------------------------------------------------------------------------


def test_the_form_for_changes_asks_what_a_review_asks():
    form = (ROOT / ".github" / "pull_request_template.md").read_text("utf-8")
    asked = GUIDE.split("## What a review asks\n")[1].split("\n## ")[0]
    asked = re.sub(r"\n  +", " ", asked)
    questions = re.findall(r"^- (.+)$", asked, re.MULTILINE)
    assert len(questions) >= 5
    assert re.findall(r"^- \[ \] (.+)$", form, re.MULTILINE) == questions


@pytest.mark.parametrize(
    "name",
    [
        ".github/pull_request_template.md",
        "CONTRIBUTING.md",
        "README.md",
        "SECURITY.md",
        "book/how-it-is-built.md",
        "data/README.md",
    ],
)
def test_each_file_command_and_name_that_a_guide_gives_is_there(name):
    guide = (ROOT / name).read_text("utf-8").split(f"<!-- {map.NAME} -->")[0]
    named = re.findall(r"`((?:[\w.-]+/)+[\w.-]*)`|\]\((?!#)([\w/.-]+)\)", guide)
    made = ("15", "zone_yields", "_build")  # by whoever follows the guide
    for path in (one or other for one, other in named):
        there = (ROOT / path).exists() or (ROOT / name).parent.joinpath(path).exists()
        assert there or any(word in path for word in made), path
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert set(re.findall(r"(?m)(?:^|`)make ([a-z]+)", guide)) <= set(targets)
    assert set(re.findall(r"-m tools ([a-z]+)", guide)) <= set(COMMANDS)
    code = "".join(path.read_text("utf-8") for path in (ROOT / "tests").rglob("*.py"))
    assert [word for word in re.findall(r"`([A-Z]{5,})`", guide) if f"{word} = " not in code] == []


# The order of the tests ------------------------------------------------------------------------


class Item:
    """A test as pytest collects it, as far as its order goes."""

    def __init__(self, nodeid: str):
        self.nodeid = nodeid


def test_the_longest_files_come_first_and_each_keeps_its_order(monkeypatch):
    assert [path for path in conftest.LONGEST if not (ROOT / path).is_file()] == []
    first, second = list(conftest.LONGEST)[:2]
    tests = ["tests/a.py::b", f"{second}::z", f"{second}::a", "tests/a.py::a", f"{first}::x"]
    items = [Item(test) for test in tests]
    config = type("Config", (), {"getoption": lambda self, name: []})()
    conftest.pytest_collection_modifyitems(config, items)
    wanted = [f"{first}::x", f"{second}::z", f"{second}::a", "tests/a.py::b", "tests/a.py::a"]
    assert [item.nodeid for item in items] == wanted
    commands = []
    monkeypatch.setattr(test, "build", lambda: None)
    monkeypatch.setattr(test.subprocess, "call", lambda command, **_: commands.append(command) or 0)
    test.main()
    assert "--no-loadscope-reorder" in commands[0], "xdist would put the most tests first"


# The choice of one lesson's tests --------------------------------------------------------------


@pytest.mark.parametrize(
    ("test", "runs"),
    [
        (f"notebooks/{LESSON}.ipynb::Cell 3", True),
        ("notebooks/05-balloons-and-causal-claims.ipynb::Cell 3", False),
        ("tests/lessons/test_lesson04.py::TestIdentity::test_peru[2013-60400]", True),
        ("tests/lessons/test_lesson05.py::test_x", False),
        ("tests/lessons/test_ladder.py::test_an_idiom_is_new_only_once", True),
        ("tests/course/test_checks.py::TestEveryComputedTask::test_x[NoneType-04.1]", True),
        ("tests/course/test_checks.py::TestEveryComputedTask::test_x[NoneType-05.1]", False),
        ("tests/data/test_data.py::test_file_is_tidy[yields]", True),
        ("tests/pages/test_teaching.py::TestPlans::test_every_plan_has_its_lesson", True),
        ("tests/theme/test_terms.py::test_the_table_is_in_order_and_large_enough", True),
        ("tests/site/test_site.py::TestSolutions::test_they_are_nowhere_else[04.json]", True),
        ("tests/browser/test_pages.py::test_it_is_light[book/teaching/plan-04.html]", True),
        ("tests/browser/test_pages.py::test_it_is_light[book/atlas.html]", False),
        ("tests/browser/test_pages.py::test_it_is_light[book/timeline.html]", True),
        ("tests/browser/test_live.py::test_a_keyboard_is_enough", True),  # it takes 04 for that
        (f"tests/browser/test_paper.py::test_nothing_is_cut_at_the_right_margin[{LESSON}]", True),
        (f"tests/browser/test_pdf.py::test_it_holds_no_solution[{LESSON}]", False),
        ("tests/runtime/test_runtime.py::test_x", False),
    ],
)
def test_which_tests_concern_a_lesson_and_a_page(test, runs):
    assert conftest.concerns(test, [LESSON], ["book/timeline"]) is runs


@pytest.fixture
def project(tmp_path):
    """A project under Git with two lessons, of which the second alone loads a table."""
    for path, text in {
        f"notebooks/{LESSON}.ipynb": "",
        f"exercises/{LESSON}.ipynb": "",
        "notebooks/05-other.ipynb": r"load(\"yields\")",
        "tests/lessons/test_lesson04.py": "",
        "data/yields.csv": "1",
        "data/aid.csv": "1",
        "book/index.md": "words",
        "tools/a.py": "",
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    for command in (
        "init -q -b main",
        "add .",
        "-c user.name=a -c user.email=a@example.org commit -q -m a",
    ):
        subprocess.run(["git", "-C", str(tmp_path), *command.split()], check=True)
    return tmp_path


def test_a_lesson_alone_is_looked_at_alone(project):
    (project / f"notebooks/{LESSON}.ipynb").write_text("changed")
    found = scope(LESSON, project)
    assert (list(found.lessons), found.pages, found.code) == ([LESSON], set(), [])
    assert found.arguments(project) == [
        "--tb=short",
        f"--lesson={LESSON}",
        "tests",
        f"notebooks/{LESSON}.ipynb",
        f"exercises/{LESSON}.ipynb",
    ]


def test_a_changed_table_takes_every_lesson_that_loads_it_and_its_pages(project):
    (project / "data/yields.csv").write_text("2")
    found = scope(LESSON, project)
    assert list(found.lessons) == [LESSON, "05-other"]
    assert "book/timeline" in found.pages
    assert "05-other (loads yields, which differs" in found.says()
    assert "notebooks/05-other.ipynb" in found.arguments(project)


def test_another_lesson_or_page_that_differs_is_looked_at_too(project):
    (project / "tests/lessons/numbers").mkdir()
    (project / "tests/lessons/numbers/lesson05.py").write_text("new, and unknown to Git")
    (project / "book/index.md").write_text("other words")
    found = scope(LESSON, project)
    assert list(found.lessons) == [LESSON, "05-other"]
    assert found.pages == {"book/index"}
    assert found.code == []


def test_changed_code_takes_everything_and_says_so(project):
    (project / "tools/a.py").write_text("changed")
    found = scope(LESSON, project)
    assert found.says().endswith("all of them run (half an hour): tools/a.py.")
    assert found.arguments(project) == ["tests", "notebooks", "exercises"]


def test_without_git_it_says_what_it_cannot_know(project):
    shutil.rmtree(project / ".git")
    assert "Git does not know" in scope(LESSON, project).says()


def test_an_unknown_lesson_is_named(project):
    with pytest.raises(UserError, match="no lesson '99-x'"):
        scope("99-x", project)


def test_lessons_that_load_a_table_are_found_by_any_of_their_parts():
    assert "05-balloons-and-causal-claims" in sharing({"eradication"}, ROOT)
    assert sharing(set(), ROOT) == {}
