"""What Python says to a reader can be translated, and nothing that it says is left out."""

import ast
import gettext
import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.extract import extract

from course import wording
from course.errors import DataError
from course.wording import noted, say, speak, speaking, spoken
from tools.common.paths import ROOT
from tools.content import catalogue

PO = """\
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgid "{n} of {total} fit."
msgstr "De {total} valores encajan {n}."

msgid "Right"
msgstr "Correcto"
"""


@pytest.fixture
def spanish(tmp_path, monkeypatch):
    """A checkout whose only language beside English is a made-up one."""
    path = tmp_path / "book" / "zz" / "course.po"
    path.parent.mkdir(parents=True)
    path.write_text(PO, "utf-8")
    monkeypatch.setattr(wording, "HERE", tmp_path / "course")
    wording.words.cache_clear()
    yield "zz"
    wording.words.cache_clear()


def test_english_is_the_template_with_its_places_filled():
    assert say("{n} of {total} fit.", n=2, total=3) == "2 of 3 fit."
    assert say("A {brace} stays without places.") == "A {brace} stays without places."
    assert noted("A sentence.") == "A sentence."


def test_a_catalogue_translates_a_template_before_it_is_filled(spanish):
    with speaking(spanish):
        assert say("{n} of {total} fit.", n=2, total=3) == "De 3 valores encajan 2."
        assert say("Nobody translated {this}.", this="me") == "Nobody translated me."
        assert say("") == ""  # gettext keeps the head of the catalogue under the empty text


def test_a_language_is_spoken_as_long_as_its_block(spanish):
    with speaking(spanish):
        with speaking("en"):
            assert say("Right") == "Right"
        assert (spoken(), say("Right")) == (spanish, "Correcto")
    assert (spoken(), say("Right")) == ("en", "Right")
    with pytest.raises(ZeroDivisionError), speaking(spanish):
        _ = 1 / 0
    assert spoken() == "en"


def test_a_language_without_a_catalogue_is_named_in_a_sentence():
    with pytest.raises(DataError, match=r"^The course does not speak 'xx': .+\.$"):
        speak("xx")
    with pytest.raises(DataError), speaking("xx"):
        pass
    assert spoken() == "en"


def test_a_verdict_is_said_in_the_language_that_is_spoken(spanish):
    from course.checks import Task, Tasks

    tasks = Tasks("00", [Task(id="00.1", title="One", answer="number", reference=lambda: 1)])
    with speaking(spanish):
        assert tasks.check("00.1", 1).label == "Correcto"
    assert tasks.check("00.1", 1).label == "Right"


# What stands in the code -------------------------------------------------------------------------

FILES = [
    *(ROOT / "course" / f"{name}.py" for name in (
        *("advice", "brief", "cells", "codestrings", "data", "errors", "examples", "explorers"),
        *("figures", "maps", "plotted", "tables", "wording"),
    )),
    *sorted((ROOT / "course" / "checks").glob("*.py")),
    *sorted((ROOT / "tools" / "content").glob("*.py")),
]  # fmt: skip
COLLECTED = [
    path
    for pattern, method in catalogue.CODE.items()
    for path in sorted(ROOT.glob(pattern))
    if method == "python"
]
SAYING = {"say", "noted"}
# Errors for authors, which no reader meets.
FOR_AUTHORS = {"UserError"}
# What takes a text to look for it, to cut it off or to read it, and never to show it.
READING = {
    "startswith",
    "endswith",
    "removeprefix",
    "removesuffix",
    "split",
    "partition",
    "contains",
}
READING |= {"getattr", "strptime", "rpartition"}
# Files in which nothing is said to a reader.
OUTSIDE = {
    "tools/content/described.py": "errors for authors",
}
# How each other text that is not said begins, with the reason.
EXCEPTIONS = {
    "*": {"not yet": "the name of a status; LABELS says it"},
    "course/advice.py": {"import ": "code to write"},
    "course/brief.py": {
        "regional government": "a word that a brief holds, as a teacher's program reads it",
        '<meta name="viewport"': "the styles of a page",
    },
    "course/cells.py": {"import ": "code"},
    "course/checks/text.py": {
        "zero one two": "words that are read",
        "twenty thirty": "words that are read",
    },
    "course/data.py": {
        "a value is missing": "caught by _convert, which says it otherwise",
        "not a finite number": "caught by _convert",
        "neither true nor false": "caught by _convert",
        "not a full date": "caught by _convert",
    },
    "course/figures.py": {"DejaVu Sans": "the name of a font"},
    "course/tables.py": {"\nName: ": "as pandas prints it"},
    "tools/content/bibliography.py": {
        "\0 et al.": "stands in data/sources.csv",
        "Dropped from the bibliography:": "for authors",
    },
    "tools/content/dated.py": {
        "Nothing to look up again": "for authors",
        "  \0 \0 (lessons ": "for authors",
        "\0 to look up again": "for authors",
    },
    "tools/content/ladder.py": {"without a name": "part of an error for authors"},
    "tools/content/outputs.py": {":class: card": "markup"},
    "tools/content/quizzes.py": {
        "## Check yourself": "a heading that is looked for; a quiz is made of the English lessons",
        "Check yourself ": "in a quiz, which is made of the English lessons",
    },
    "tools/content/slides.py": {
        "metadata `slide`": "part of an error for authors",
        "the tag `": "part of an error for authors",
    },
    "tools/content/stage.py": {
        "### ": "a mark in a solution",
        "Python (Pyodide)": "the name of JupyterLite's kernel",
        "staged ": "under which name something is kept",
        "\0, cell ": "part of an error for authors",
        "try:\n": "code; what a reader meets in it is said",
    },
    "tools/content/steps.py": {":class: predict": "a mark in a lesson"},
}

_MARKUP = re.compile(r"<[^>]*>?|[^\s<>]*>|[\w-]+=\"[^\"]*\"?")
_AROUND = ".,;:!?()[]\"'“”`*–—"
PLACE = "\0"


def words(text: str) -> int:
    """Count the words of a text for a reader: markup, code and numbers are none."""
    return sum(
        bool(re.fullmatch(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", part.strip(_AROUND)))
        for part in _MARKUP.sub(" ", text).split()
    )


def is_sentence(node: ast.AST) -> bool:
    """Whether a text in code has two words, or one beside the place of a value."""
    if isinstance(node, ast.JoinedStr):
        text = "".join(
            part.value if isinstance(part, ast.Constant) else PLACE for part in node.values
        )
        parts = _MARKUP.sub(" ", text).split()
        return words(text) > 1 or bool(words(text) and any(PLACE in part for part in parts))
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and words(node.value) > 1


def called(node: ast.AST) -> str:
    """Return the name of a function that is called, ``re`` for those that take a pattern."""
    if not isinstance(node, ast.Call):
        return ""
    if isinstance(node.func, ast.Attribute):
        owner = node.func.value
        return "re" if isinstance(owner, ast.Name) and owner.id == "re" else node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def unsaid(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield the texts with words that stand where no catalogue can find them."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(tree, ast.Expr) and isinstance(node, ast.Constant):
            continue  # a docstring
        if isinstance(tree, ast.Call):
            name = called(tree)
            if name in SAYING and node is tree.args[0] and isinstance(node, ast.Constant):
                continue
            if name in FOR_AUTHORS | READING | {"re"} and isinstance(
                node, (ast.Constant, ast.JoinedStr)
            ):
                continue
        if isinstance(tree, ast.Compare) and isinstance(node, ast.Constant):
            continue  # what a text is compared with
        if isinstance(node, (ast.Constant, ast.JoinedStr)) and is_sentence(node):
            yield node
        elif not isinstance(node, ast.JoinedStr):
            yield from unsaid(node)
        else:
            yield from (one for part in node.values for one in unsaid(part))


def text_of(node: ast.AST) -> str:
    """Return a text in code, with a sign where a value comes."""
    values = node.values if isinstance(node, ast.JoinedStr) else [node]
    return "".join(part.value if isinstance(part, ast.Constant) else PLACE for part in values)


def faults(name: str, source: str) -> list[str]:
    """Return the texts of a file that cannot be translated, each with its place."""
    begins = (*EXCEPTIONS["*"], *EXCEPTIONS.get(name, ()))
    return [
        f"{name}:{node.lineno}: {text_of(node)!r} stands outside say() and noted()"
        for node in unsaid(ast.parse(source))
        if not text_of(node).startswith(begins)
    ]


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", [one for one in FILES if named(one) not in OUTSIDE], ids=named)
def test_every_sentence_can_be_translated(path):
    assert not faults(named(path), path.read_text("utf-8"))


@pytest.mark.parametrize(
    "planted",
    [
        'def f():\n    return "Two words."',
        'def f(n):\n    return f"Line {n}"',
        'KINDS = {"a": "one number"}',
        'def f():\n    raise Problem("The answer is None.")',
        'def f(n):\n    return say("{n} is {what}.", n=n, what="a number")',
        'def f(n):\n    return say(f"{n} words are missing.")',
        'def f():\n    return "<p>" + say("One.") + " and more words</p>"',
    ],
)
def test_a_sentence_that_nobody_says_is_named_with_its_place(planted):
    line = planted.count("\n") + 1
    [found] = faults("course/planted.py", planted)
    assert found.startswith(f"course/planted.py:{line}: ")


@pytest.mark.parametrize(
    "sound",
    [
        'def f():\n    """Say two words."""\n    return say("Two words.")',
        'A = noted("Two " "words.")\nB = re.compile("two words")',
        'def f(text):\n    return "two words" in text or text.startswith("two words")',
        'def f(a):\n    raise UserError(f"{a} is no lesson.")',
        'def f(a):\n    return f\'<p class="two words">{say("One.")}</p>\'',
    ],
)
def test_what_is_said_read_or_compared_is_no_fault(sound):
    assert not faults("course/planted.py", sound)


def test_no_exception_is_left_over():
    for name, begins in EXCEPTIONS.items():
        paths = FILES if name == "*" else [ROOT / name]
        texts = [text_of(n) for p in paths for n in unsaid(ast.parse(p.read_text("utf-8")))]
        left = [begin for begin in begins if not any(text.startswith(begin) for text in texts)]
        assert not left, f"{name} has no such text any more: {left}"


@pytest.mark.parametrize("path", COLLECTED, ids=named)
def test_babel_finds_what_the_code_says(path):
    """It reads tokens: it sees no call inside an f-string, nor a text that is put together."""
    said = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if called(node) in SAYING]
    said = [node.args[0] for node in said if isinstance(node.func, ast.Name)]
    assert not [one for one in said if isinstance(one, (ast.JoinedStr, ast.BinOp, ast.IfExp))]
    with path.open("rb") as file:
        found = [text for _, text, _, _ in extract("python", file, catalogue.KEYWORDS)]
    texts = {one.value for one in said if isinstance(one, ast.Constant)}
    assert {text if isinstance(text, str) else text[0] for text in found} == texts


def unnoted(tree: ast.Module) -> set[str]:
    """Return the constants that are said, and of which no part is marked for the catalogue."""
    made = {
        to.id: node.value
        for node in tree.body
        if isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value
        for to in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(to, ast.Name)
    }
    found = set()
    for node in ast.walk(tree):
        if called(node) == "say" and isinstance(node.func, ast.Name):
            one = node.args[0]
            one = one.value if isinstance(one, ast.Subscript) else one
            value = made.get(one.id) if isinstance(one, ast.Name) else None
            if value and not any(called(part) == "noted" for part in ast.walk(value)):
                found.add(one.id)
    return found


@pytest.mark.parametrize("path", FILES, ids=named)
def test_a_constant_that_is_said_is_marked(path):
    assert not unnoted(ast.parse(path.read_text("utf-8")))
    assert unnoted(ast.parse('A = ("May", "June")\nsay(A[0])')) == {"A"}


# What a check says -------------------------------------------------------------------------------


class Loud(gettext.NullTranslations):
    """A language in which each text of the catalogue is said in capitals, and no other."""

    def __init__(self, known):
        super().__init__()
        self.known = known

    def gettext(self, message):
        if message not in self.known:
            return message
        return re.sub(r"(\{[^}]*\})|[^{]+", lambda part: part[1] or part[0].upper(), message)


@pytest.mark.parametrize("lesson", ["00", "10", "11"])
def test_a_check_says_nothing_that_the_catalogue_lacks(lesson, monkeypatch):
    tasks = importlib.import_module(f"course.tasks.lesson{lesson}").TASKS
    known = set(catalogue.of_tasks(lesson))
    for path in (ROOT / "course").rglob("*.py"):
        with path.open("rb") as file:
            found = extract("python", file, catalogue.KEYWORDS)
            known |= {text if isinstance(text, str) else text[0] for _, text, _, _ in found}
    monkeypatch.setattr(wording, "words", lambda language: Loud(known))
    quiet = []
    for task in (*tasks, *tasks.turns):
        answers = [...]
        if task.answer in ("number", "integer", "series", "table"):
            answers += [task.reference(), *(mistake.value() for mistake in task.misconceptions)]
        if task.answer == "text":
            quoted = "; ".join(ways[0] for ways in task.mentions().values())
            complete = "word " * max(task.words[0] - len(quoted.split()), 0) + quoted
            answers += [complete, "word " * task.words[0], " ".join(task.rubric)]
            assert tasks.check(task.id, complete).status == "right"
        for verdict in (tasks.check(task.id, answer) for answer in answers):
            said = [verdict.label, verdict.message, *verdict.rubric]
            # rows are named as the tables name them
            rows = [row for mistake in task.misconceptions for row in mistake.rows]
            for row in sorted(rows, key=len, reverse=True):
                said = [text.replace(row, "") for text in said]
            quiet += [f"{task.id}: {text}" for text in said if text != text.upper()]
    assert not quiet
