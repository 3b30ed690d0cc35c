"""The beginner's ladder: a lesson uses only what it or an earlier lesson has taught.

The ladder stands in ``book/ladder.toml``. An idiom counts where it stands in code that a student
has to read: the cells of a lesson that do more than draw, the set-ups of its exercise and the
solutions. Hints and figure code do not count.
"""

import re
from functools import cache

import nbformat
import pytest

from tools.common.paths import ROOT
from tools.content.ladder import Idiom, idioms, ladder, marks, of_lesson, only_draws
from tools.content.reading import FURTHER
from tools.content.stage import part_of, tasks_of
from tools.content.steps import with_step_numbers
from tools.pages.ladder import shown

LESSONS = sorted((ROOT / "notebooks").glob("*.ipynb"))
NUMBERS = [path.stem[:2] for path in LESSONS]
# Further names of pandas that would be idioms to learn; anything else is not judged here.
OTHERS = frozenset(
    [
        "apply",
        "agg",
        "aggregate",
        "melt",
        "stack",
        "concat",
        "join",
        "query",
        "where",
        "mask",
        "cumsum",
        "cumprod",
        "rolling",
        "resample",
        "transform",
        "explode",
        "qcut",
        "rank",
        "describe",
        "sample",
        "drop",
        "rename",
        "rename_axis",
        "interpolate",
        "std",
        "var",
        "median",
        "nlargest",
        "nsmallest",
        "duplicated",
        "drop_duplicates",
        "clip",
        "replace",
        "corr",
        "iterrows",
        "itertuples",
        "to_dict",
        "squeeze",
        "reindex",
        "combine_first",
        "any",
        "all",
        "ffill",
        "bfill",
        "assign",
        "pct",
        "idxmin",
        "isna",
        "reset_index",
    ]
)
MOST_NEW, MOST_BETWEEN = 6, 2


def hold(rule: str, number: str, problems: list[str]) -> None:
    """Hold a lesson to a rule, in the name of its file."""
    [path] = (ROOT / "notebooks").glob(f"{number}-*.ipynb")
    assert problems == [], f"{path.stem}, {rule}"


@cache
def cells(folder: str, number: str) -> list:
    [path] = (ROOT / folder).glob(f"{number}-*.ipynb")
    return nbformat.read(path, as_version=4).cells


def solution(source: str) -> str:
    return "\n".join(line for line in source.split("\n") if not line.startswith("#~"))


@cache
def read_code(number: str) -> tuple[str, ...]:
    """Return the code of a lesson that a student reads, cell by cell, its turns included."""
    return tuple(
        solution(cell.source)
        for cell in cells("notebooks", number)
        if cell.cell_type == "code"
        and part_of(cell) != "check"
        and not only_draws(cell.source, cell.metadata.get("tags", []))
    )


@cache
def exercise_code(number: str) -> tuple[str, ...]:
    """Return the set-ups and the solutions of an exercise, figure code left out."""
    return tuple(
        solution(cell.source)
        for cell in cells("exercises", number)
        if cell.cell_type == "code" and part_of(cell) != "check" and not draws(cell.source)
    )


def draws(code: str) -> bool:
    return only_draws(solution(code))


@cache
def solutions(number: str) -> dict[str, str]:
    return {
        cell.metadata["task"]: solution(cell.source)
        for cell in cells("exercises", number)
        if part_of(cell) == "answer"
    }


@cache
def prose(number: str) -> str:
    return "\n".join(
        cell.source
        for cell in cells("notebooks", number)
        if cell.cell_type == "markdown" and "card" not in cell.metadata.get("tags", [])
    )


def used(codes: tuple[str, ...]) -> set[Idiom]:
    return {idiom for code in codes for idiom in idioms(code)}


def is_explained(idiom: Idiom) -> bool:
    """Whether the prose of its lesson sets the idiom like code, or shows how it is written."""
    text = re.sub(r"^```.*?^```", "", prose(idiom.lesson), flags=re.MULTILINE | re.DOTALL)
    code = " ".join(re.findall(r"`([^`]+)`", text))
    return any(
        {
            "[]": re.search(r'\["\w+"\]', code) or "brackets" in prose(idiom.lesson),
            "[[]]": "[[" in code or "brackets" in prose(idiom.lesson),
            "[]=": "new column" in prose(idiom.lesson),
            "[mask]": re.search(r"\w\[\w+( (==|>|<|>=) |\])", code)
            or "mask" in prose(idiom.lesson),
            "2 labels": "two labels" in prose(idiom.lesson),
            "mask.mean": re.search(r"mean", code) and "True" in prose(idiom.lesson),
            "by.max": re.search(r"\bmax", code),
        }.get(one, re.search(rf"(?<!\w){re.escape(one.rstrip('()'))}(?!\w)", code))
        for one in idiom.finds
    )


# The file --------------------------------------------------------------------------------------


@pytest.mark.parametrize("idiom", ladder(), ids=lambda idiom: idiom.name)
class TestEntries:
    def test_its_example_runs_and_uses_it(self, idiom):
        assert idiom in idioms(idiom.example)
        lines = idiom.example.strip().splitlines()
        assert len(lines) <= 4 and max(map(len, lines)) <= 100
        output = shown(idiom.example.strip())
        assert output or idiom.name == "plot"

    def test_it_says_what_it_does_and_how_it_goes_wrong(self, idiom):
        assert 5 <= len(idiom.does.split()) <= 30
        assert 5 <= len(idiom.error.split()) <= 30

    def test_its_example_uses_nothing_taught_later(self, idiom):
        assert {one.name for one in idioms(idiom.example) if one.lesson > idiom.lesson} == set()


def test_the_ladder_is_in_the_order_of_the_lessons():
    numbers = [idiom.lesson for idiom in ladder()]
    assert numbers == sorted(numbers)
    assert set(numbers) <= set(NUMBERS)
    anchors = [idiom.anchor for idiom in ladder()]
    assert len(set(anchors)) == len(anchors)


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("x = t.groupby('a')['b'].sum()\naxes.plot(x)", {"groupby", "sum", "[]", "by.sum"}),
        ("t[['a']]", {"[[]]"}),
        ("t['a'] = 1", {"[]="}),
        ("t[t['a'] == 1]", {"[mask]", "[]", "=="}),
        ("t[(a > 1) & ~b]", {"[mask]", "&", "~"}),
        ("t.loc['a']", {"loc"}),
        ("len(t)", {"len()"}),
        ("t[", set()),
    ],
)
def test_what_a_piece_of_code_uses(code, found):
    assert marks(code) == found


def test_code_that_only_draws():
    assert only_draws("canvas, axes = new()\naxes.plot(x)")
    assert only_draws("def in_words(a):\n    return f'{a}'")
    assert only_draws("SERIES = {}", ["drawing"])
    assert not only_draws("canvas, axes = new()", ["open"])
    assert not only_draws("canvas, axes = new()", ["try"])
    assert not only_draws("def model(x):\n    return 2 * x")


# The lessons -----------------------------------------------------------------------------------


@pytest.mark.parametrize("number", NUMBERS, ids=[path.stem for path in LESSONS])
class TestLadder:
    def test_a_lesson_uses_only_what_was_introduced(self, number):
        later = [
            f"{idiom.name} (lesson {idiom.lesson})"
            for idiom in used(read_code(number) + exercise_code(number))
            if idiom.lesson > number
        ]
        known = {one for idiom in ladder() for one in idiom.finds}
        seen = {m for code in read_code(number) + exercise_code(number) for m in marks(code)}
        later += sorted((seen & OTHERS) - known)
        hold("introduced", number, later)

    def test_at_most_six_are_new(self, number):
        names = [idiom.name for idiom in of_lesson(number)]
        assert len(names) <= MOST_NEW, f"lesson {number}: {len(names)} new idioms: {names}"

    def test_what_is_new_is_explained_and_practised(self, number):
        open_ = []
        for idiom in ladder():
            if idiom.lesson == number:
                if not is_explained(idiom):
                    open_.append(f"{idiom.name}: the prose does not explain it")
                if idiom not in used(read_code(number)):
                    open_.append(f"{idiom.name}: no cell of the lesson practises it")
        hold("explained", number, open_)

    def test_what_is_new_comes_back_in_two_later_lessons(self, number):
        rare = []
        for idiom in ladder():
            if idiom.lesson == number:
                after = [one for one in NUMBERS if one > number]
                again = [n for n in after if idiom in used(read_code(n) + exercise_code(n))]
                if len(again) < min(2, len(after)):
                    rare.append(f"{idiom.name}: only in {again}")
        hold("comes back", number, rare)

    def test_a_turn_comes_after_at_most_two_new_idioms(self, number):
        new = set(of_lesson(number))
        since: list[str] = []
        crowded = []
        for cell in cells("notebooks", number):
            tags = cell.metadata.get("tags", [])
            if (
                cell.cell_type != "code"
                or part_of(cell) == "check"
                or only_draws(cell.source, tags)
            ):
                continue
            met = new & set(idioms(solution(cell.source)))
            since += sorted(idiom.name for idiom in met)
            new -= met
            if met and len(since) > MOST_BETWEEN:
                crowded.append(f"{since} are new up to cell {cell.id}, without a turn between")
            if part_of(cell) == "answer":
                since = []
        hold("turns", number, crowded)


# The short paths of the welcome page -----------------------------------------------------------

WELCOME = (ROOT / "book" / "index.md").read_text("utf-8")
# What each stop of a path takes: a lesson, its steps (all, when none is named) and its tasks.
PATHS = {
    "one class": [("04", (1, 2, 3), 1)],
    "one day": [("01", (), 3), ("04", (), 3), ("07", (), 3), ("11", (), 3)],
}
FIRST = ("00", (1, 2, 3), 0)


def code_of(number: str, steps: tuple[int, ...], tasks: int) -> list[str]:
    """Return the code of some steps of a lesson and of its first core tasks, without asides."""
    [path] = (ROOT / "notebooks").glob(f"{number}-*.ipynb")
    step, aside, found = 0, False, []
    for cell in with_step_numbers(nbformat.read(path, as_version=4)).cells:
        if cell.cell_type == "markdown":
            for heading in re.findall(r"^## (?:Step (\d+))?", cell.source, re.MULTILINE):
                step, aside = int(heading or 0), False
            aside = aside or bool(FURTHER.search(cell.source))
        elif part_of(cell) != "check" and not aside and (step in steps or not steps):
            tags = cell.metadata.get("tags", [])
            found += [] if only_draws(cell.source, tags) else [solution(cell.source)]
    core = [task.id for task in tasks_of(number) if task.core][:tasks]
    return found + [solutions(number)[one] for one in core]


@pytest.mark.parametrize("name", PATHS)
def test_a_short_path_brings_what_it_needs_first(name):
    known = set(used(tuple(code_of(*FIRST))))
    for stop in PATHS[name]:
        number = stop[0]
        needed = {idiom for idiom in used(tuple(code_of(*stop))) if idiom.lesson != number} - known
        line = re.search(rf"^- \*\*{name}\*\*, before lesson {number}: (.*)$", WELCOME, re.M)
        listed = set(re.findall(r"`([^`]+)`", line[1])) if line else set()
        assert listed == {idiom.name for idiom in needed}, f"{name}, before lesson {number}"
        known |= needed | {idiom for idiom in ladder() if idiom.lesson == number}
