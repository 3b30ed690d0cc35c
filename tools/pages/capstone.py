"""Write the pages that judge a brief: the rubric, three worked examples and a form for peers.

The criteria stand in `course.brief`, the examples in `course.examples`; both are also what a
student's notebook shows.
"""

from __future__ import annotations

import re

from course.brief import LEVELS, MOST_WORDS, RUBRIC, findings
from course.data import load
from course.examples import EXAMPLES, Example, example
from tools.common.markdown import table

LESSON = "[lesson 14](../../notebooks/14-capstone.ipynb)"
EXERCISE = "[the exercise](../../exercises/14-capstone.ipynb)"


def pages() -> dict[str, bytes]:
    """Return the three pages: path in the staged source and content."""
    written = {"capstone-rubric": rubric(), "capstone-examples": examples(), "peer-review": form()}
    return {f"book/teaching/{name}.md": text.encode() for name, text in written.items()}


# The rubric ------------------------------------------------------------------------------------


def rubric() -> str:
    """Return the page of the six criteria and their levels."""
    parts = [
        f"""# How a brief is judged

Six criteria, four levels each, for the brief of {LESSON}. The same six stand in the [form for
peers](peer-review.md) and in the [three worked examples](capstone-examples.md). Give them to
students before they write.

**How to use it.** Read the brief once without marking. Then take one criterion at a time, find the
words in the brief that decide, and choose the highest level whose sentence is true. Levels add up:
"besides" means everything of the level below, and more. Write one comment a criterion, on these
words and not on the author.

**What is checked before.** In {EXERCISE} a program checks the form: at most {MOST_WORDS} words,
one figure from the tables, one number against the advice, one thing not known, and a forecast with
a date, a probability and the source that will settle it. A program sees that the parts are there.
It cannot see whether a number is right or an argument holds: look up two numbers of every brief.

**What is not marked but handed back.** A brief that helps to plan an attack, a patrol, a route, a
weapon or a drug process, that locates a community which patrols more precisely than its district,
or that names a victim or accuses a living person without a conviction. The author may hand it in
again.

**Which advice is given** is not marked. Advice for and against eradication, for and against arming
can each reach the highest level. Nor is it marked whether the forecast comes true: one forecast
cannot tell a good forecaster from a lucky one, as {LESSON} shows.
"""
    ]
    for criterion, (question, levels) in RUBRIC.items():
        lines = [f"- **{name}.** {text}" for name, text in zip(LEVELS, levels, strict=True)]
        parts.append(f"## {criterion}\n\n*{question}*\n\n" + "\n".join(lines) + "\n")
    return "\n".join(parts)


# The examples ----------------------------------------------------------------------------------


def examples() -> str:
    """Return the page of the worked examples, each with its marks and comments."""
    parts = [
        """# Three briefs, marked

They were written for this course, about three decisions, and are weak, sound and strong on
purpose. No person stands behind "Example A". Every number is computed from [the
tables](../data/index.md). The marks are one assessor's, by [the rubric](capstone-rubric.md); you
may come to others, and then the words of the rubric decide.

**A use in class** (thirty minutes): everybody marks example B alone, with [the
form](peer-review.md) before anybody opens the comments. Compare in threes. Where you are two
levels apart, find the sentence in the brief that each of you has in mind.
"""
    ]
    made = {letter: example(letter) for letter in EXAMPLES}
    for letter, one in made.items():
        parts += [f"## Example {letter}: {one.level}", shown(one), judged(letter, one)]
    header = ["Criterion", *(f"{letter}, {one.level}" for letter, one in made.items())]
    rows = [[name, *(one.marks[name][0] for one in made.values())] for name in RUBRIC]
    parts += ["## The marks side by side", table(header, rows)]
    return "\n\n".join(parts) + "\n"


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
    return f"{quoted}\n\n{brief['figure']._repr_html_()}"


def cited(text: str) -> str:
    """Return a text whose keys in brackets, ``(zech2014, pcm2021)``, are citations."""
    keys = set(load("sources")["source_key"])

    def citation(found: re.Match) -> str:
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
    parts = [
        f"""# Review of a brief by a peer

Twenty-five minutes, on paper or on the screen. You review the brief of a classmate, or example B
of the [three briefs](capstone-examples.md) with its comments closed; both count the same. The
levels are described in [the rubric](capstone-rubric.md). Task 14.6 of {EXERCISE} asks for the same
in writing.

**Three rules.** Write about the text, not about the author. For each level quote the words that
decided it. End each comment with something that the author could do by tomorrow.

<p class="write">Title of the brief</p>
<p class="write">Reader and decision</p>

## Before you mark

<p class="write">In one sentence of mine: the brief advises</p>
<p class="write">One number that I looked up, and the table where it stands or should stand</p>
"""
    ]
    boxes = " &nbsp; ".join(f"☐ {level}".replace(" ", "&nbsp;") for level in LEVELS)
    for criterion, (question, _) in RUBRIC.items():
        parts.append(
            f"## {criterion}\n\n{question}\n\n{boxes}\n\n"
            '<p class="write">The words that decided it</p>\n'
            '<p class="write">What I would change by tomorrow</p>\n'
        )
    parts.append(
        """## At the end

<p class="write">The strongest sentence of the brief</p>
<p class="write">A question to the author that I could not answer from the brief</p>
<p class="write">My own probability for its forecast, in percent, before we talk</p>

**Then talk for five minutes.** The author asks first. Two probabilities that differ by more than
thirty points are worth the rest of the time: which of you knows something, and from where?
"""
    )
    return "\n".join(parts)
