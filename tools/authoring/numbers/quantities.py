"""Find in a text the quantities, in digits and in words, that nothing computes.

A word of quantity is a number of two or more, a fraction, a multiple, a superlative, *always*,
*never*, *none* or *each year*: the words in which results were found wrong while every number in
digits was right.
"""

import re

from course.data import load

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
# Where a number stands as a date, a place in the book or a label, not as a quantity.
NOT_QUANTITIES = [
    rf"\b\d{{1,2}}(–\d{{1,2}})? ({MONTHS})\b",
    r"\b(19|20)\d\d(–(19|20)?\d\d)?s?\b(?!,\d)(?! (ha|hectares|kg|t|tonnes|million|deaths|%)\b)",
    r"\b([Ll]essons?|[Ee]xercises?) \d\d((,| and| to) \d\d)*",
    r"\b[Pp]oints? \d+((,| and| to) \d+)*",
    r"\b[Tt]asks? \d\d\.\d((,| and| to) \d\d\.\d)*",
    r"^#+ (\d\d\.\d|Step \d)",
    r"^\s*\**\d\.(?!\d)",  # lists and questions
]
# What a hint may say of any column: false, true, and a whole in percent.
CONVENTIONS = {"0", "1", "100"}
NUMBER = re.compile(r"(?<![\w.])[−-]?\d[\d,]*(?:\.\d+)?(?![\w])")
# Words of quantity, and words that only look like a superlative.
QUANTITY = re.compile(
    r"\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
    r"sixteen|seventeen|eighteen|nineteen|(twen|thir|for|fif|six|seven|eigh|nine)ty(-\w+)?|"
    r"hundreds?|thousands?|hal(f|ves)|thirds?|quarters?|fifths?|sixths?|sevenths?|eighths?|"
    r"ninths?|tenths?|twice|doubled?|doubles|triple[ds]?|most|least|always|never|none|"
    r"(each|every) (year|time|month|place|zone|case)|(?!(?:t|r|b|gu|l)est\b)\w{2,}[^aeiou\W]est)\b",
    re.IGNORECASE,
)
NO_SUPERLATIVE = {
    "interest", "forest", "harvest", "honest", "request", "arrest", "protest", "suggest", "forrest",
    "manifest", "contest", "invest", "modest", "midwest", "at least",
}  # fmt: skip


def unexplained(text: str, printed: set[str]) -> list[str]:
    """Return the sentences with a number that is neither a printed figure nor a date."""
    left = text
    for figure in sorted(printed, key=len, reverse=True):
        left = re.sub(rf"(?<![\d.,]){re.escape(figure)}(?![\d%]|[.,]\d)", _blank, left)
    for pattern in NOT_QUANTITIES:
        left = re.sub(pattern, _blank, left, flags=re.MULTILINE)
    return [_around(text, match.start(), match.end()) for match in NUMBER.finditer(left)]


def _blank(match: re.Match[str]) -> str:
    """Return as many spaces, so that what is left keeps its place."""
    return " " * len(match[0])


def _around(text: str, start: int, end: int) -> str:
    """Return the sentence in which a number stands, at most 200 characters on each side of it."""
    before = re.split(r"(?<=[.!?:])\s+(?=[A-Z])|\n\n", text[max(0, start - 200) : start])[-1]
    after = re.split(r"(?<=[.!?])\s|\n\n", text[end : end + 200])[0]
    return " ".join(f"{before}{text[start:end]}{after}".split())


def uses(text: str, figure: str) -> bool:
    """Return whether a text holds a printed number, not as a part of another."""
    return re.search(rf"(?<![\d.,]){re.escape(figure)}(?![\d%]|[.,]\d)", text) is not None


def sentence_of(text: str, figure: str) -> str:
    """Return the first sentence of a text that holds a printed number; empty when none does."""
    parts = re.split(r"(?<=[.!?])\s+|\n\n+", text)
    return next((" ".join(part.split()) for part in parts if uses(part, figure)), "")


def ledger() -> set[str]:
    """Return the quoted quantities that stand in the claims ledger with their citation."""
    return set(load("quoted_figures")["as_printed"])


def sentences(text: str) -> list[str]:
    """Return the sentences that state: a question asks, so it needs no check."""
    parts = re.split(r"(?<=[.!?:;])\s+(?=[A-Z“\"‘])", text)
    return [part for part in parts if not part.rstrip('”" ').endswith("?")]


def loose(text: str, phrases: list[str], number: re.Pattern[str] | None = None) -> list[str]:
    """Return the sentences of a text with a quantity that no phrase holds.

    Parameters
    ----------
    text
        Words as `plain` makes them.
    phrases
        What is checked or only explains, word for word; longer ones are taken first.
    number
        What counts as a number in digits; without it words alone are looked for.
    """
    found = []
    for phrase in sorted(phrases, key=len, reverse=True):
        text = text.replace(phrase, "X")  # a word, so that sentences still begin and end
    for sentence in sentences(text):
        hits = [m.group() for m in QUANTITY.finditer(sentence)]
        hits = [hit for hit in hits if hit.lower() not in NO_SUPERLATIVE]
        if number:
            hits += number.findall(sentence)
        if hits:
            found.append(f"{', '.join(hits)}: {sentence[:160]}")
    return found
