"""Write the sheets on which a class codes events and groups with a pencil, from the tables."""

import pandas as pd

from course.data import load
from tools.pages.template import fill

PAGE = "book/teaching/coding-on-paper.md"
ORIGINS = ("start_text", "origin", "supervision", "funding")
LETTERS = "ABCDE"


def pages() -> dict[str, bytes]:
    """Return the page of the two sheets: path in the staged source and content."""
    text = fill(
        "coding-on-paper",
        event_rules=event_rules(),
        events=events(),
        origin_rules=origin_rules(),
        groups=groups(),
    )
    return {PAGE: text.encode()}


def event_rules() -> str:
    """Return the rules of the terrorism database as a list."""
    rules = load("rulebooks")
    rules = rules[rules["rulebook"] == "terrorism_database"]
    return "\n".join(f"- **{one.question}** {one.rule}" for one in rules.itertuples())


def events() -> str:
    """Return the events, by year, each with the two codes to tick."""
    parts = []
    for name, one in load("coded_events").set_index("event_id").iterrows():
        year = str(name).rsplit("_", 1)[1]
        parts.append(
            f"{one['number']}. **{year}.** {one['what_happened']} *Victims:* {one['victims']}. "
            f"*Acted:* {one['side_that_acted']}.<br>☐ A included &nbsp; ☐ B not included &nbsp; "
            "rule that decides: ________"
        )
    return "\n".join(parts)


def origin_rules() -> str:
    """Return the rules for a group's origin as a list, each with its letter."""
    book = load("selfdefense_codebook")
    origins = book[book["variable"] == "origin_code"]
    return "\n".join(
        f"- **{letter}, {one.code}.** {one.meaning}. {one.rule}"
        for letter, one in zip(LETTERS, origins.itertuples(), strict=True)
    )


def groups() -> str:
    """Return the groups with what their origin is coded from, and nothing of what they did."""
    boxes = " &nbsp; ".join(f"☐ {letter}" for letter in LETTERS)
    parts = []
    for number, (name, one) in enumerate(load("selfdefense_cases").set_index("case_id").iterrows()):
        start, origin, law, means = ("not found" if pd.isna(one[c]) else one[c] for c in ORIGINS)
        parts.append(
            f"{number + 1}. **{name}** ({one['country']}). Start: {start}. Origin: {origin}. "
            f"Law and command: {law}. Means: {means}.<br>{boxes} &nbsp; "
            "rule that decides: ________"
        )
    return "\n".join(parts)
