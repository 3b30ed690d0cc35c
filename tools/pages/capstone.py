"""Write the pages that judge a brief: the rubric, three worked examples and a form for peers.

The criteria stand in `course.brief`, the examples in `course.examples`; both are also what a
student's notebook shows.
"""

from __future__ import annotations

import re

from course.brief import LEVELS, MOST_WORDS, RUBRIC, findings
from course.data import load, tables
from course.examples import EXAMPLES, Example, example
from tools.common.errors import UserError
from tools.common.markdown import table
from tools.pages.template import fill, placed

LINKS = {
    "lesson": "[lesson 14](../../notebooks/14-capstone.ipynb)",
    "exercise": "[the exercise](../../exercises/14-capstone.ipynb)",
}


def pages() -> dict[str, bytes]:
    """Return the three pages: path in the staged source and content."""
    written = {"capstone-rubric": rubric(), "capstone-examples": examples(), "peer-review": form()}
    return {f"book/teaching/{name}.md": text.encode() for name, text in written.items()}


# The rubric ------------------------------------------------------------------------------------


def rubric() -> str:
    """Return the page of the six criteria and their levels."""
    criteria = []
    for criterion, (question, levels) in RUBRIC.items():
        lines = [f"- **{name}.** {text}" for name, text in zip(LEVELS, levels, strict=True)]
        criteria.append((criterion, question, "\n".join(lines)))
    return fill("capstone-rubric", criteria=criteria, most_words=MOST_WORDS, **LINKS)


# The examples ----------------------------------------------------------------------------------


def examples() -> str:
    """Return the page of the worked examples, each with its marks and comments."""
    made = {letter: example(letter) for letter in EXAMPLES}
    header = ["Criterion", *(f"{letter}, {one.level}" for letter, one in made.items())]
    rows = [[name, *(one.marks[name][0] for one in made.values())] for name in RUBRIC]
    written = [
        (f"Example {letter}: {one.level}", shown(one), judged(letter, one))
        for letter, one in made.items()
    ]
    return fill("capstone-examples", examples=written, marks=table(header, rows))


def shown(one: Example) -> str:
    """Return a brief as Markdown."""
    brief = one.brief
    against, forecast = brief["number_against"], brief["forecast"]
    odds = f"{forecast['probability_percent']} percent"
    lines = [
        f"**{brief['title']}**",
        f"For: {brief['reader']}. {brief['decision']}",
        cited(brief["text"]),
        f"*A number against this advice:* {against['value']} (source: {against['source']}).",
        f"*Not known:* {brief['unknown']}",
        f"*Forecast:* {forecast['statement']} Probability: {odds}. Settled on: "
        f"{forecast['date'] or '(nothing)'}, by {forecast['source'] or '(nothing)'}.",
    ]
    text = "\n\n".join(lines)
    quoted = "\n".join(f"> {line}".rstrip() for line in text.split("\n"))
    return f"{quoted}\n\n{placed(brief['figure'], *named(brief['figure'].source))}"


def named(source: str) -> list[str]:
    """Return the tables that the source line of a figure names."""
    found = [word for word in re.findall(r"\w+", source) if word in tables()]
    if not found:
        raise UserError(f"a figure's source names no table: {source}")
    return found


def cited(text: str) -> str:
    """Return a text whose keys in brackets, ``(zech2014, pcm2021)``, are citations."""
    keys = set(load("sources")["source_key"])

    def citation(found: re.Match[str]) -> str:
        names = [name.strip() for name in found[1].split(",")]
        return f"{{cite:p}}`{','.join(names)}`" if set(names) <= keys else found[0]

    return re.sub(r"\(([\w, ]+)\)", citation, text)


def judged(letter: str, one: Example) -> str:
    """Return the marks and comments of an example, and what the check of the form says."""
    points = findings(one.brief)
    form_says = "\n".join(f"- {point}" for point in points) or "- Nothing: the form is complete."
    lines = [
        f"- **{criterion}: {LEVELS[level - 1]}.** {comment}"
        for criterion, (level, comment) in one.marks.items()
    ]
    return (
        f"<details>\n<summary>The check of the form, and the assessor's comments on {letter}"
        f"</summary>\n\n**The check of the form says:**\n\n{form_says}\n\n"
        "**The assessor says:**\n\n" + "\n".join(lines) + "\n\n</details>"
    )


# The form for peers ----------------------------------------------------------------------------


def form() -> str:
    """Return the form on which one student reviews the brief of another."""
    boxes = " &nbsp; ".join(f"☐ {level}".replace(" ", "&nbsp;") for level in LEVELS)
    criteria = [(criterion, question) for criterion, (question, _) in RUBRIC.items()]
    return fill("peer-review", criteria=criteria, boxes=boxes, **LINKS)
