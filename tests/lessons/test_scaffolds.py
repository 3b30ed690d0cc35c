"""What a student starts from, and what a second hint gives away.

Scaffolds fade: lines with blanks to lesson 04, steps in words in 05 and 06, and then a name alone.
A second hint is the same idiom worked on another table: whoever copies it has not solved the task.
"""

import ast
import re
from pathlib import Path

import nbformat
import pytest

from tools.common.paths import ROOT
from tools.content.stage import SCAFFOLD, part_of, split_solution, tasks_of

EXERCISES = sorted((ROOT / "exercises").glob("*.ipynb"))


def answers(path: Path) -> dict[str, tuple[list[str], str]]:
    """Return for each task the lines of its scaffold and its solution."""
    found = {}
    for cell in nbformat.read(path, as_version=4).cells:
        if part_of(cell) == "answer":
            lines = [line for _, block in split_solution(cell.source, "") for line in block]
            start = [line.removeprefix(SCAFFOLD).strip() for line in lines if line.startswith("#~")]
            solution = "\n".join(line for line in lines if not line.startswith("#~"))
            found[cell.metadata["task"]] = start, solution
    return found


def kind(start: list[str]) -> str:
    """Return how far a scaffold leads: blanks, whole lines, steps or free."""
    if any("____" in line for line in start):
        return "blanks"
    whole = re.compile(r"^#? ?\w+ = (?!\.\.\.|pd\.Series)")
    if any(whole.search(line) for line in start):
        return "whole"
    return "steps" if any(line.startswith("#") for line in start) else "free"


def whole_line(line: str) -> str:
    """Return a line that runs once # is taken away, as it then stands; else nothing."""
    code = line.removeprefix("#").strip()
    starts = line.startswith("#") and re.match(r"\w+(\.\w+|\[[^]]*\])* = ", code)
    return code if starts and "____" not in code and "…" not in code else ""


def wanted(number: str) -> set[str]:
    if number <= "04":
        return {"blanks", "whole"}
    return {"blanks", "whole", "steps"} if number <= "06" else {"whole", "steps", "free"}


def told(solution: str, hint: str) -> list[str]:
    """Return the parts of a solution that a hint holds, with the task's own names."""
    code = ["".join(one.split()) for one in re.findall(r"`([^`]+)`", hint)]
    found = []
    for statement in ast.parse(solution).body:
        part = getattr(statement, "value", statement)
        if isinstance(part, ast.Constant):
            continue
        text = "".join(ast.unparse(part).replace("'", '"').split())
        if len(text) > 8 and any(text in one.replace("'", '"') for one in code):
            found.append(text)
    return found


@pytest.mark.parametrize(
    ("start", "is_"),
    [(["# x = a / ____", "x = ..."], "blanks"), (["x = a.____"], "blanks"),
     (["# area = 60 400", "x = ..."], "whole"),
     (["# 1. group", "x = ..."], "steps"), (["x = ..."], "free"), ([], "free")],
)  # fmt: skip
def test_kinds(start, is_):
    assert kind(start) == is_


def test_what_a_hint_gives_away():
    assert told('x = t["a"].sum()', "Write `t['a'].sum()`.") == ['t["a"].sum()']
    assert told('x = t["a"].sum()', 'Of another table: `other["b"].sum()`.') == []
    assert told("x = 40", "It is `40`.") == []


def test_whole_lines():
    assert whole_line('# t.loc[mask, "a"] = "b" (and c)') == 't.loc[mask, "a"] = "b" (and c)'
    for other in ("# 1. the share", "# x = ____", "# x = pd.Series({a: …})", "x = ..."):
        assert whole_line(other) == ""


@pytest.mark.parametrize("path", EXERCISES, ids=lambda path: path.stem)
class TestExercise:
    def test_its_core_tasks_start_from_what_its_lesson_allows(self, path):
        number, found = path.stem[:2], answers(path)
        problems = [
            f"{task.id}: {kind(found[task.id][0])}, expected {' or '.join(sorted(wanted(number)))}"
            for task in tasks_of(number)
            if task.core and task.answer not in ("text", "brief")
            if kind(found[task.id][0]) not in wanted(number)
        ]
        assert problems == [], f"lesson {number}"

    def test_its_lines_run_where_their_sign_is_taken_away(self, path):
        error_asked = "00.3"  # where the line with an error is the task
        for task, (start, _) in answers(path).items():
            for code in filter(None, map(whole_line, start)):
                if task != error_asked:
                    ast.parse(code)  # a remark behind it needs a # of its own

    def test_its_second_hints_give_no_line_away(self, path):
        number, found = path.stem[:2], answers(path)
        problems = []
        for task in tasks_of(number):
            if task.answer in ("text", "brief") or len(task.hints) < 2:
                continue
            hint = task.hints[1]
            problems += [f"{task.id}: gives away {part}" for part in told(found[task.id][1], hint)]
            if re.search(r"\b[Bb]lanks? (are|is)\b", hint):
                problems.append(f"{task.id}: names the blanks")
        assert problems == [], f"lesson {number}"
