"""The words of the glossary in each language: how a term is listed, and its forms in a text."""

import re
from collections.abc import Mapping

from course.wording import ENGLISH

# The column of the glossary that holds a language's word; without one the English word stands.
COLUMNS = {ENGLISH: "term", "es": "spanish"}
# Words after which the rest of a Spanish term stays as it is in the plural.
LINKS = {"de", "del", "en", "por", "sobre"}
ACCENTS = str.maketrans("áàâãäéèêëíïóôöõúüñçåøø", "aaaaaeeeeiioooouuncaoo")

Row = Mapping[str, str]


def alphabetic(name: str) -> str:
    """Return what a name is sorted by: letters only, accents and case apart."""
    return re.sub(r"[^a-z0-9 ]", "", name.casefold().translate(ACCENTS))


def label(row: Row, language: str = ENGLISH) -> str:
    """Return what a term is listed by in a language; an abbreviation stays what it is."""
    return row["term"] if row["term"].isupper() else row[COLUMNS.get(language, "term")]


def forms_of(row: Row, language: str = ENGLISH) -> list[str]:
    """Return the forms in which a text of a language may use a term."""
    if language == ENGLISH:
        return [form for form in (row["term"], *row["also"].split(";")) if form]
    words = re.sub(r" \(.*\)", "", label(row, language)).split(", ")
    return list(dict.fromkeys([*words, *map(plural, words)]))


def plural(words: str) -> str:
    """Return the plural of a Spanish noun and its adjectives; a name stays as it is."""
    first, link, rest = words, "", ""
    if found := re.search(rf" (?:{'|'.join(LINKS)}) ", words):
        first, link, rest = words[: found.start()], found[0], words[found.end() :]
    return " ".join(map(_plural, first.split(" "))) + link + rest


def _plural(word: str) -> str:
    if word[0].isupper() or word.endswith(("s", "x")):
        return word
    if word.endswith("z"):
        return f"{word[:-1]}ces"
    if found := re.search(r"([áéó])n$", word):
        return f"{word[:-2]}{found[1].translate(ACCENTS)}nes"
    return f"{word}s" if word[-1] in "aeiouáéó" else f"{word}es"
