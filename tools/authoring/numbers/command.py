"""Show an author the numbers of a lesson: ``python -m tools numbers 07``.

Each number has its name, its value and the sentence that states it. A name without a sentence
stands nowhere; a number without a name stands at the end, with its sentence.
"""

from pathlib import Path

from tools.authoring.numbers.beside import Beside
from tools.authoring.numbers.quantities import ledger, sentence_of, unexplained
from tools.authoring.numbers.texts import both, texts
from tools.common.errors import UserError
from tools.common.paths import ROOT


def lesson_of(number: str) -> Path:
    """Return the notebook of a lesson by its two digits, or by its whole name.

    Raises
    ------
    UserError
        When there is no such lesson.
    """
    found = sorted((ROOT / "notebooks").glob(f"{number.removesuffix('.ipynb')[:2]}-*.ipynb"))
    if len(found) != 1:
        raise UserError(f"there is no lesson {number!r}; name one by its two digits, like 07")
    return found[0]


def report(path: Path) -> str:
    """Return the numbers of a lesson, one a line, and what no number explains."""
    beside = Beside(path)
    numbers = beside.numbers()
    text = "\n\n".join([both(path), *(one.words for one in texts(path))])
    wide = max(map(len, numbers), default=0)
    lines = [
        f"{name:{wide}}  {shown}  | {sentence_of(text, shown) or 'stands in no sentence'}"
        for name, shown in numbers.items()
    ]
    loose = unexplained(both(path), set(numbers.values()) | ledger())
    lines += [f"no number for: {one}" for one in loose]
    return "\n".join(lines)


def main(lesson: str) -> None:
    """Print the numbers of a lesson.

    Parameters
    ----------
    lesson
        Two digits, like 07.
    """
    print(report(lesson_of(lesson)))
