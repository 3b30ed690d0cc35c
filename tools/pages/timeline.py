"""Write the timeline page of the book from the tables: one overview and a list by decade.

The list is the timeline; the overview only shows how it is spread over the years. An event has
every count and every attribution that the tables hold, never one of several.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from course.colours import COLOURS
from course.data import load
from course.figures import Figure, figure, new, tell
from tools.common.paths import lesson_links
from tools.common.tables import rows_of
from tools.content.dated import checked_to
from tools.pages.template import fill, placed

PAGE = "book/timeline.md"
START = 1980
# Lane of the overview, colour and word of each actor. Words, so that colour is never alone.
ACTORS = {
    "shining_path": ("Armed groups", "armed_group", "Shining Path and its successors"),
    "mrta": ("Armed groups", "armed_group", "MRTA"),
    "state": ("State forces", "state", "State forces"),
    "community": ("Communities", "self_defense", "Communities"),
    "several": ("Disputed or several", "undetermined", "Several sides"),
    "contested": ("Disputed or several", "undetermined", "Disputed"),
    "institutions": ("Law and politics", "accent", "Law and politics"),
}
LANES = list(dict.fromkeys(lane for lane, _, _ in ACTORS.values()))
MONTHS = [date(2000, month, 1).strftime("%B") for month in range(1, 13)]

# Events of selfdefense_events that the timeline has too, and one that is not a community's act.
IN_BOTH = {
    "huaychao_1983",
    "uchuraccay_1983",
    "uchuraccay_after",
    "lucanamarca_1983",
    "tsiriari_1993",
}
OF_THE_STATE = {"minister_warns_2022"}

# The lessons that take up an entry, each with a word by which the lesson speaks of it.
DISCUSSED = {
    "chuschi_1980": {"08": "ballots of Chuschi"},
    "narcoterrorism_word_1983": {"08": "narcoterrorism"},
    "huaychao_1983": {"10": "Huaychao"},
    "uchuraccay_1983": {"08": "Uchuraccay", "10": "Uchuraccay"},
    "uchuraccay_after_1983": {"10": "Uchuraccay", "11": "Uchuraccay"},
    "lucanamarca_1983": {"08": "Lucanamarca"},
    "decas_1984": {"10": "Pichiwillca"},
    "accomarca_1985": {"08": "Accomarca"},
    "prisons_1986": {"08": "prisons"},
    "per_1986": {"13": "1986"},
    "ayacucho_rondas_1989": {"10": "deputy"},
    "tambo_1990": {"10": "July 1990", "11": "Tambo", "13": "Tambo"},
    "poyeni_army": {"10": "Poyeni", "11": "Ene"},
    "per_1991": {"10": "12 November 1991", "13": "1991"},
    "tarata_1992": {"08": "Tarata"},
    "guzman_captured_1992": {"06": "arrest of its leader", "08": "captured in 1992"},
    "per_1992": {"13": "1992"},
    "tsiriari_1993": {"08": "Tsiriari"},
    "commission_created_2001": {"06": "June 2001"},
    "per_2003": {"10": "2003", "13": "2003"},
    "commission_report_2003": {"07": "answered in 2003"},
    "per_2005": {"13": "reparations law of 2005"},
    "ayahuanco_2008": {"09": "Ayahuanco"},
    "tintaypunco_2008": {"08": "Tintaypunco"},
    "peru_2012_strategy": {"04": "strategy for 2012"},
    "kepashiato_2012": {"08": "hostages of 2012"},
    "peru_2014_vraem_plan": {"04": "announced in February"},
    "peru_2014_minutes": {"08": "signed an agreement with growers"},
    "peru_2014_vraem_stop": {"04": "dropped in May"},
    "san_miguel_2021": {"08": "Vizcatán del Ene, 2021"},
    "ayacucho_2022": {"08": "15 December 2022", "09": "15 December 2022"},
    "juliaca_2023": {"08": "Juliaca", "09": "Juliaca"},
    "ayacucho_charges_2024": {"08": "formal investigations"},
    "juliaca_charges_2024": {"08": "formal investigations"},
    "per_2021": {"13": "July 2021"},
    "per_2022": {"10": "law of 2022", "13": "2022"},
    "per_2024_ruling": {"10": "struck down in 2024", "13": "23 September"},
    "per_2025": {"13": "amnesty"},
    "per_2025_ruling": {"13": "3 October 2025"},
    "per_2025_cad": {"10": "law of 2025", "13": "In November Congress"},
    "per_2025_tribunal": {"13": "In December 2025 a suit"},
    "vizcatan_2025": {"08": "two operations against it"},
    "pucacolpa_2025": {"08": "two operations against it"},
    "prosecutors_2026": {"08": "special team was dissolved"},
}


def pages() -> dict[str, bytes]:
    """Return the timeline: its path in the staged source and its content."""
    entries = sorted(
        [*_events(), *_organised(), *_laws(), *_documents()],
        key=lambda entry: (entry["start"], entry["text"]),
    )
    end = max(entry["start"] for entry in entries).year
    decades = []
    for decade in range(START, end + 1, 10):
        own = [entry for entry in entries if decade <= entry["start"].year < decade + 10]
        decades.append((f"{decade}–{min(decade + 9, end)}", "\n\n".join(map(_entry, own))))
    text = fill(
        "timeline",
        start=START,
        end=end,
        checked=checked_to(),
        group=load("dated_facts").set_index("fact_id")["statement"].loc["vraem_group"],
        overview=placed(
            _overview(entries, end),
            *("deaths_department_year", "timeline", "event_counts", "selfdefense_events"),
            *("selfdefense_laws", "strategy_documents"),
        ),
        decades=decades,
    )
    return {PAGE: text.encode()}


# What happened ---------------------------------------------------------------------------------


def _events() -> list[dict[str, Any]]:
    """Return the events of the timeline, each with its counts and attributions."""
    counts, attributions = load("event_counts"), load("event_attributions")
    return [
        {
            "id": row.event_id,
            "start": row.date_start.date(),
            "when": when(row.date_start, row.date_end, row.date_precision),
            "place": _place(row.place, row.department),
            "actor": row.actor,
            "text": row.event,
            "note": row.note,
            "deaths": deaths(row.deaths_low, row.deaths_high, is_open(counts, row.event_id)),
            "counts": counts[counts["event_id"] == row.event_id],
            "accounts": attributions[attributions["event_id"] == row.event_id],
            "keys": [key for key in (row.source_key, row.also_key) if pd.notna(key)],
        }
        for row in rows_of(load("timeline"))
    ]


def _organised() -> list[dict[str, Any]]:
    """Return how communities organised, where the timeline does not have the event already."""
    events = load("selfdefense_events")
    own = events[(events["country"] == "Peru") & (events["year"] >= START)]
    own = own[own["date_precision"] != "decade"]
    return [
        _act(row.event_id, row.date, row.event, row.note, row.source_key)
        | {
            "actor": "institutions" if row.event_id in OF_THE_STATE else "community",
            "place": row.place if row.place != "Peru" else "",
        }
        for row in rows_of(own)
        if row.event_id not in IN_BOTH
    ]


def _laws() -> list[dict[str, Any]]:
    """Return the Peruvian laws on rondas, committees, reparations and amnesty."""
    laws = load("selfdefense_laws")
    return [
        _act(
            row.law_id,
            row.date,
            f"{_full_stop(row.instrument)} {row.what_it_does}",
            row.note,
            row.source_key,
        )
        for row in rows_of(laws[laws["country"] == "Peru"])
    ]


def _documents() -> list[dict[str, Any]]:
    """Return Peru's strategies, laws and announcements on coca and drugs."""
    documents = load("strategy_documents")
    own = documents[(documents["country"] == "Peru") & (documents["year"] >= START)]
    return [
        _act(
            row.document_id,
            f"{row.date:%Y-%m-%d}" if pd.notna(row.date) else str(row.year),
            f"{_full_stop(row.title)} {row.content}",
            row.note,
            row.source_key,
        )
        for row in rows_of(own)
    ]


def _act(name: str, day: str, text: str, note: str | None, key: str) -> dict[str, Any]:
    numbers = [int(part) for part in day.split("-")]
    start = date(*[*numbers, 1, 1][:3])
    precision = ("year", "month", "day")[len(numbers) - 1]
    return {
        "id": name,
        "start": start,
        "when": when(start, start, precision),
        "place": "",
        "actor": "institutions",
        "text": text,
        "note": note,
        "deaths": "",
        "counts": None,
        "accounts": None,
        "keys": [key],
    }


# Words -------------------------------------------------------------------------------------------


def when(start: date, end: date, precision: str) -> str:
    """Return a date in words, as exact as it is known.

    Parameters
    ----------
    start, end
        First and last day.
    precision
        ``day``, ``month``, ``year`` or ``span``.
    """
    if precision == "year":
        return str(start.year)
    if precision == "month":
        return f"{MONTHS[start.month - 1]} {start.year}"
    if precision == "day":
        return f"{start.day} {MONTHS[start.month - 1]} {start.year}"
    if start.day == 1 and (end + pd.Timedelta(days=1)).day == 1:  # whole months
        return f"{when(start, start, 'month')} to {when(end, end, 'month')}"
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day} to {when(end, end, 'day')}"
    return f"{when(start, start, 'day')} to {when(end, end, 'day')}"


def is_open(counts: pd.DataFrame, event: str) -> bool:
    """Return whether the highest count of deaths in an event is only a lower bound."""
    own = counts[(counts["event_id"] == event) & (counts["what"] == "deaths") & counts["in_range"]]
    highest = own[["value", "value_high"]].max(axis=None)
    bounds = own.loc[own["value"].isna() & own["value_high"].isna(), "value_low"]
    return len(bounds) > 0 and (pd.isna(highest) or bounds.max() >= highest)


def deaths(low: Any, high: Any, is_open: bool = False) -> str:
    """Return the range of the published counts in words; empty where there is none."""
    if pd.isna(low):
        return ""
    more = "more than " if is_open else ""
    if low == high:
        return f"Deaths reported: {more}{low}."
    return f"Deaths reported: {low} to {more}{high}, by source."


def _place(place: str, department: Any) -> str:
    if pd.isna(department) or department in place:
        return place
    return f"{place}, {department}"


def _full_stop(text: str) -> str:
    return text if text.endswith(".") else f"{text}."


def _sentence(text: str) -> str:
    return _full_stop(text[:1].upper() + text[1:])


def _entry(entry: dict[str, Any]) -> str:
    """Return one entry of the list, with every account, and with its counts folded."""
    who = ACTORS[entry["actor"]][2]
    head = " · ".join(part for part in (f"**{entry['when']}**", entry["place"], who) if part)
    body = " ".join(part for part in (entry["text"], entry["deaths"]) if part)
    if pd.notna(entry["note"]):
        body += f" *{_sentence(entry['note'])}*"
    lessons = lesson_links(DISCUSSED.get(entry["id"], ()))
    blocks = [f"{head}\n: {body} {_cited(entry['keys'])}" + (f" {lessons}." if lessons else "")]
    accounts, counts = entry["accounts"], entry["counts"]
    if accounts is not None and len(accounts) > 1:
        blocks.append("  Who acted, and who says so:")
        blocks.append("\n".join(f"  - {_account(row)}" for row in rows_of(accounts)))
    if counts is not None and len(counts) > 1:
        blocks.append(f"  <details><summary>Counts ({len(counts)})</summary>")
        blocks.append("\n".join(f"  - {_count(row)}" for row in rows_of(counts)))
        blocks.append("  </details>")
    return "\n\n".join(blocks)


def _account(row: Any) -> str:
    note = f" {_sentence(row.note)}" if pd.notna(row.note) else ""
    speaker = row.attributed_by[:1].upper() + row.attributed_by[1:]
    return f"{speaker}: {_full_stop(row.attributed_to)}{note} {_cited([row.source_key])}"


def _count(row: Any) -> str:
    what = "" if row.what == "deaths" else f" {row.what}"
    note = f" {_sentence(row.note)}" if pd.notna(row.note) else ""
    early = " (first reports)" if row.stage == "first_reports" else ""
    slip = "" if row.in_range else " Left out of the range."
    return f"{_number(row)}{what}: {row.counted_by}{early}.{note}{slip} {_cited([row.source_key])}"


def _number(row: Any) -> str:
    if pd.notna(row.value):
        return str(row.value)
    if pd.isna(row.value_high):
        return f"more than {row.value_low}"
    return f"{row.value_low} to {row.value_high}"


def _cited(keys: list[str]) -> str:
    return f"{{cite:p}}`{','.join(keys)}`"


# The overview ------------------------------------------------------------------------------------


def _overview(entries: list[dict[str, Any]], end: int) -> Figure:
    canvas, axes = new(4.45, 5.4)
    axes.remove()
    above, below = canvas.subplots(2, 1, sharex=True, height_ratios=[1, 1.2])
    documented = load("deaths_department_year").dropna(subset=["year"])
    by_year = documented.groupby("year")["deaths_documented"].sum()
    above.bar(by_year.index.astype(int), by_year, color=COLOURS["quiet"], width=0.8)
    peak = max(by_year.index, key=by_year.__getitem__)
    above.annotate(f"{by_year.max():,} in {peak}", (peak + 0.7, by_year.max()), va="top")
    above.text(2001, by_year.max() / 9, "the lists end in 2000", fontsize=9.5)
    above.set_title("Documented deaths and disappearances a year", fontsize=10, loc="left")
    for level, name in enumerate(reversed(LANES)):
        own = [entry for entry in entries if ACTORS[entry["actor"]][0] == name]
        colour = next(colour for lane, colour, _ in ACTORS.values() if lane == name)
        days = [entry["start"].year + entry["start"].timetuple().tm_yday / 366 for entry in own]
        below.plot(days, [level] * len(days), "|", color=COLOURS[colour], markersize=15, mew=1.6)
        below.text(START - 0.5, level + 0.36, f"{name} ({len(own)})", fontsize=9.5)
    tell(below, pd.DataFrame())  # the page lists them
    below.set_title("Events of this page, by who acted", fontsize=10, loc="left")
    below.set(ylim=(-0.5, len(LANES) - 0.2), yticks=[], xlim=(START - 1, end + 1))
    for one in (above, below):
        one.grid(visible=False)
        one.spines[["top", "right", "left"]].set_visible(False)
        one.tick_params(labelsize=9.5, length=0)
    above.set_yticks([])
    shown = {
        name: sum(ACTORS[entry["actor"]][0] == name for entry in entries)
        for name in reversed(LANES)
    }
    return figure(
        canvas,
        "Documented deaths came in two waves, around 1984 and around 1990.",
        f"Above, bars of documented deaths a year from 1980 to 2000: highest in {peak} with "
        f"{by_year.max():,}, low in 1986 and 1987, high again from 1989 to 1992, then falling. "
        "Below, marks for the events of this page in five lanes: "
        + ", ".join(f"{name.lower()} {count}" for name, count in shown.items())
        + ".",
        "five tables of the course, named at the end of the page; deaths: three lists, merged.",
    )
