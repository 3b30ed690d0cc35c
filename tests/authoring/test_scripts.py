"""The pages' scripts: what TypeScript is told finds a mistake, and what they say is translated."""

import re
import shutil
from collections.abc import Iterator

import pytest
from babel.messages.extract import extract
from babel.messages.jslexer import tokenize

from tools.authoring import scripts
from tools.common.errors import UserError
from tools.common.paths import ROOT
from tools.content.catalogue import IN_SCRIPTS

# where, what stands there, what is put in its place, what must be said of it
MISTAKES = {
    "a property that a class never sets": (
        "live/cell.js",
        "    this.counts = counts; // among the tasks of the page: not a turn in a lesson\n",
        "",
        r"live/marks\.js.*counts|live/live\.js.*Property 'counts' is missing",
    ),
    "a parameter that nobody has described": (
        "slides/slides.js",
        "/** Make the page a deck. */",
        "function more(deck) {\n  return deck;\n}\nmore(1);",
        r"slides/slides\.js.*'deck' implicitly",
    ),
    "an element that may be missing": (
        "static/search.js",
        'const said = part("#search-progress");',
        'const said = document.querySelector("#search-progress");',
        r"static/search\.js.*'said' is possibly 'null'",
    ),
}


def test_a_mistake_in_any_script_is_found(tmp_path):
    theme = shutil.copytree(ROOT / "theme", tmp_path / "theme")
    names = [path.relative_to(theme).as_posix() for path in theme.glob("*/*.js")]
    for name in names:
        with (theme / name).open("a", encoding="utf-8") as file:
            file.write("nowhere;\n")
    for name, old, new, _ in MISTAKES.values():
        text = (theme / name).read_text("utf-8")
        assert text.count(old) == 1
        (theme / name).write_text(text.replace(old, new), "utf-8")
    with pytest.raises(UserError) as error:
        scripts.check_types(theme)
    said = str(error.value)
    assert [name for name in names if not re.search(rf"{name}.*'nowhere'", said)] == []
    assert [what for what, (*_, found) in MISTAKES.items() if not re.search(found, said)] == []


# The scripts of JupyterLite, which speaks its own words, and what runs before any words can come.
IN_ENGLISH = {"lite", "first.js"}
# What looks like a sentence and is shown to nobody.
NO_SENTENCES = {
    "no file has come",  # is caught, as the next is
    "${id} is not there",
    "${name}.zst: ${answer.status}",  # of a file that trouble.js then asks for
    "words long",  # the class of a column
    "300px 0px",  # how near is near
    "0px 0px -70% 0px",
    ".frame svg",  # an element
    "JupyterLite Storage - ${lite.pathname}",  # a database
}
LOOKS = re.compile(r"(^|\.)(querySelector(All)?|closest|matches|includes|matchMedia|part)$")
PLACE = re.compile(r"\$\{(?:[^{}]|\{[^{}]*\})*\}")
PROSE = re.compile(r"[\w\s{}'’,.;:!?()+%…“”–-]+")
WORDS = re.compile(r"[A-Za-z]{2,}[,.:;)]* (?:\w+|\{\})|\{\} [A-Za-z]{2,}")


def said_in_english(script: str) -> Iterator[str]:
    """Yield the sentences of a script, and the words of its buttons, that are not in `told`."""
    tokens = [one for one in tokenize(script) if "comment" not in one.type]
    values = ["", "", "", "", *(token.value for token in tokens)]
    for place, token in enumerate(tokens):
        *outer, before, at = values[place : place + 4]  # the four that stand before it
        text = token.value[1:-1]
        if token.type not in ("string", "template_string") or text in NO_SENTENCES:
            continue
        if (at == "(" and (before == "told" or LOOKS.search(before))) or outer == ["make", "("]:
            continue
        plain = PLACE.sub("{}", text)
        is_label = (before, at) == ("button", "(") or (
            before.endswith(".textContent") and at == "="
        )
        if (is_label and re.search("[a-z]", plain)) or (
            PROSE.fullmatch(plain) and WORDS.search(plain)
        ):
            yield text


def own_scripts() -> list:
    found = sorted((ROOT / "theme").glob("*/*.js"))
    return [path for path in found if not IN_ENGLISH & {path.parent.name, path.name}]


@pytest.mark.parametrize("path", own_scripts(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_a_script_says_is_translated(path):
    script = path.read_text("utf-8")
    assert list(said_in_english(script)) == []
    with path.open("rb") as file:
        found = [text for _, text, _, _ in extract("javascript", file, IN_SCRIPTS)]
    # each is a literal of its own: what is put together or stands in another text is not found
    literals = re.findall(r'(?<!function )\btold\(\s*("(?:[^"\\]|\\.)*")?', script)
    assert [text if isinstance(text, str) else text[0] for text in found] == [
        literal[1:-1] for literal in literals
    ]


def test_a_sentence_outside_told_is_found():
    planted = {
        'cell.say("The editor is closed.");': "The editor is closed.",
        "place.title = `${count} of ${total} rows`;": "${count} of ${total} rows",
        "throw new Error(`${name} broke Python`);": "${name} broke Python",
        'const HELP = "Ask, or read on";': "Ask, or read on",
        'bar.append(button("Run", run));': "Run",
        'copy.textContent = "Copied";': "Copied",
    }
    for script, said in planted.items():
        assert list(said_in_english(script)) == [said]
    fine = """
    say(told("{count} rows, {name}", { count, name }));
    document.querySelectorAll("main section, p");
    make("ul", "progress-list bets", told("Your bets"));
    text.textContent = "…"; // The rest comes later.
    """
    assert list(said_in_english(fine)) == []
