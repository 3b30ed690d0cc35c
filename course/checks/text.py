"""Read a written answer: its length, what it quotes, and whether it is somebody's own."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from course.checks.form import Problem, expected
from course.checks.say import Verdict, named
from course.checks.task import Task
from course.wording import noted, say

MOST_LETTERS = 30_000
RUN = 6  # words in a row that nobody writes twice by chance

COMPLETE = noted(
    "A program can see that the parts are there, not whether the argument holds. Judge it "
    "yourself, or swap with a classmate:"
)


def judge_text(task: Task, answer: object) -> Verdict:
    """Say what a text has and what is open; it is never wrong."""
    if not isinstance(answer, str):
        raise Problem(
            say("This is {type}. {expected}", type=named(answer), expected=expected(task)),
            "not yet",
        )
    text = tidy(answer[:MOST_LETTERS])
    count = len(text.split())
    fewest, most = task.words
    if not count:
        return Verdict("not yet", say("Write your answer between the quotation marks."))
    mentions = task.mentions()
    if pasted(answer, *map(say, (*task.rubric, *task.hints, *mentions))):
        return Verdict(
            "not yet",
            say("Most of this is the wording of the task. Write the answer in your own words."),
        )
    there: list[str] = []
    missing: list[str] = []
    figures = in_figures(text)
    for what, ways in mentions.items():
        (there if says(text, ways) or says(figures, ways) else missing).append(say(what))
    parts = []
    if not fewest <= count <= most or len(answer) > MOST_LETTERS:
        parts.append(
            say(
                "Your text has {n} words; write {fewest} to {most}.",
                n=count,
                fewest=fewest,
                most=most,
            )
        )
    if there and (parts or missing):
        parts.append(say("It quotes {there}.", there="; ".join(there)))
    if missing:
        parts.append(
            say("Still open: it does not yet quote {missing}.", missing=say("; nor ").join(missing))
        )
    if parts:
        return Verdict("not yet", " ".join(parts))
    return Verdict("right", say(COMPLETE), tuple(map(say, task.rubric)))


def pasted(text: str, *sources: str) -> bool:
    """Whether most of a text is copied from the given ones, in runs of words."""
    own = _words(text)
    if len(own) < RUN:
        return False
    runs = {tuple(words[i : i + RUN]) for words in map(_words, sources) for i in range(len(words))}
    copied = [tuple(own[i : i + RUN]) in runs for i in range(len(own) - RUN + 1)]
    return sum(copied) * 2 > len(copied)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", tidy(text[:MOST_LETTERS]).casefold())


_ALIKE = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "‑": "-", "‐": "-", "−": "-"}
)


def tidy(text: str) -> str:
    """Return a text with plain blanks, apostrophes and hyphens, as on one line."""
    text = unicodedata.normalize("NFKC", text).translate(_ALIKE).replace("\xad", "")
    text = re.sub(r"[*_`]+", "", text)  # marks of emphasis
    return " ".join(text.split())


# What a text quotes ----------------------------------------------------------------------------


def spellings(*numbers: float, places: int = 0) -> list[str]:
    """Return the ways in which a text may write numbers, without their sign.

    Parameters
    ----------
    numbers
        Each may have a comma, nothing, a space or a point between its thousands.
    places
        Decimal places, after a point or a comma.
    """
    marks = [(",", "."), ("", "."), (" ", "."), (".", ","), ("", ","), (" ", ",")]
    found = []
    for number in numbers:
        whole, point, decimals = f"{abs(number):,.{places}f}".partition(".")
        for thousands, decimal in marks:
            found.append(whole.replace(",", thousands) + (point and decimal) + decimals)
    return list(dict.fromkeys(found))


_NUMBER = re.compile(
    r"(?<![\w.,])\d{1,3}(?:[ ,.]\d{3})+(?:[.,]\d+)?(?!\d)"  # with marks between thousands
    r"|(?<![\w.,])[.,]\d+(?![\d.,])"  # .43
    r"|\d+(?:[.,]\d+)*"
)
_PART = re.compile(r"\S+")
_TIMES = {"thousand": 1e3, "million": 1e6, "billion": 1e9}


def numbers_in(text: str) -> list[str]:
    """Return the numbers of a text as they are written."""
    return [match[0] for match in _NUMBER.finditer(tidy(text))]


_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_WORTH = {name: n for n, name in enumerate(_SMALL.split())}
_WORTH |= {name: 10 * n for n, name in enumerate(_TENS.split(), start=2)}
_LARGE = {"thousand": 1_000, "million": 1_000_000}
_COUNTS = "|".join(sorted([*_WORTH, "hundred", *_LARGE], key=len, reverse=True))
_IN_WORDS = re.compile(
    rf"\b(?:{'|'.join(_WORTH)})(?:(?:[ -]|(?<=hundred) and |(?<=thousand) and )(?:{_COUNTS}))*\b",
    re.IGNORECASE,
)


def in_figures(text: str) -> str:
    """Return a text with its numbers in words, such as "five hundred and two", in figures."""

    def figures(match: re.Match[str]) -> str:
        whole, part = 0, 0
        for name in re.findall(_COUNTS, match[0].casefold()):
            if name in _LARGE:
                whole, part = whole + max(part, 1) * _LARGE[name], 0
            elif name == "hundred":
                part *= 100
            elif 12 < part < 21 and _WORTH[name] > 9:
                part = part * 100 + _WORTH[name]  # nineteen eighty
            else:
                part += _WORTH[name]
        return str(whole + part)

    return _IN_WORDS.sub(figures, text)


def says(text: str, ways: Iterable[str]) -> bool:
    """Whether a text, made tidy, has a word or a number in one of its spellings.

    A word may end in other letters ("estimate" is found in "estimated") unless its spelling
    begins or ends with a blank. A number counts with more decimal places than its spelling has,
    and in thousands or millions.
    """
    text = text.casefold()
    matches = list(_NUMBER.finditer(text))
    # 28 300 may be one number or two
    parts = [m for one in matches if " " in one[0] for m in _PART.finditer(text, *one.span())]
    numbers = [(m.start(), m.end(), _readings(text, m)) for m in matches + parts]
    return any(_found(text, numbers, way.casefold()) for way in ways)


def _found(text: str, numbers: list[Any], way: str) -> bool:
    match = _NUMBER.search(way)
    if not match:
        left = r"\b" if way.startswith(" ") else ""
        right = r"\b" if way.endswith(" ") else ""
        words = r"\s+".join(map(re.escape, way.split()))
        return re.search(left + words + right, text) is not None
    before, after = way[: match.start()].strip(), way[match.end() :].strip()
    asked = _readings(way, match)
    for start, end, given in numbers:
        if any(_agree(one, other) for one in given for other in asked):
            ahead = text[:start].rstrip(" #(no.") if before else ""
            behind = text[end:].lstrip(" -")
            if (not before or ahead.endswith(before)) and behind.startswith(after):
                return True
    return False


def _readings(text: str, match: re.Match[str]) -> list[tuple[float, int]]:
    """Return what a number may mean: its value and its decimal places.

    A mark before three digits may stand between thousands or before decimals.
    """
    written = match[0].rstrip(",.")
    marks = re.findall(r"[.,]", written)
    readings = []
    joined = re.sub(r"[ .,]", "", written)
    if re.fullmatch(r"\d+|\d{1,3}([ .,]\d{3})+", written):
        readings.append((float(joined), 0))
    whole, mark, decimals = written.rpartition(marks[-1]) if marks else ("", "", "")
    if decimals.isdecimal() and mark not in whole:
        readings.append((float(f"{re.sub('[ .,]', '', whole) or 0}.{decimals}"), len(decimals)))
    unit = re.match(r"[ -]?(thousand|million|billion)", text[match.end() :])
    if unit:
        # 76.6 thousand is as good as 76,600
        readings = [(round(v * _TIMES[unit[1]], 6), 0) for v, _ in readings]
    return readings


def _agree(given: tuple[float, int], asked: tuple[float, int]) -> bool:
    """Whether a number is the one asked for, or has more decimal places of it."""
    (value, places), (wanted, enough) = given, asked
    return places >= enough and abs(value - wanted) <= (0.5 * 10**-enough) * (1 + 1e-9) * (
        places > enough
    )
