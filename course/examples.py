"""Three worked briefs at three levels, with an assessor's marks and comments.

They were written for the course: example A is weak on purpose, B is sound, C is strong. Every
number in them is computed from the tables, so that a brief stays true when a table is corrected.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from course.data import load
from course.figures import COLOURS, Figure, figure, new

WRITTEN_ON = "2026-12-01"


@dataclass(frozen=True)
class Example:
    """A worked brief.

    Parameters
    ----------
    level
        What it is an example of.
    brief
        The brief; see `course.brief`.
    marks
        For each criterion of `course.brief.RUBRIC` the level from 1 to 4 and the comment.
    """

    level: str
    brief: dict[str, object]
    marks: dict[str, tuple[int, str]]


def example(letter: str) -> Example:
    """Return example A, B or C."""
    if letter not in EXAMPLES:
        raise ValueError(f"there is no example {letter!r}; the examples are {', '.join(EXAMPLES)}")
    return EXAMPLES[letter]()


# The tables ------------------------------------------------------------------------------------


def _area(series: str) -> pd.Series:
    """Return Peru's area under coca (ha) by year."""
    table = load("cultivation")
    rows = table[(table["series"] == series) & (table["country"] == "Peru")]
    return rows.set_index("year")["area_ha"].sort_index()


def _pulled_up() -> pd.Series:
    """Return the hectares eradicated in Peru by year, in the UN's annex."""
    table = load("eradication")
    rows = table[(table["series"] == "un_annex") & (table["country"] == "Peru")]
    return rows.set_index("year")["area_ha"].sort_index()


def _by_id(table: str, name: str, column: str) -> pd.Series:
    return load(table).set_index(name)[column]


def _joined(text: str) -> str:
    """Return paragraphs that are wrapped for the editor as one line each."""
    return "\n\n".join(" ".join(part.split()) for part in re.split(r"\n\s*\n", text.strip()))


# Example A -------------------------------------------------------------------------------------


def _weak() -> Example:
    done = _by_id("eradication", "figure_id", "area_ha")["peru_2025_corah"]
    target = _by_id("eradication_targets", "target_id", "target_ha")["peru_2025_raised"]
    area = _area("devida")
    text = f"""
Peru is winning the war on coca and must not stop now. In 2025 the state destroyed {done:,.0f}
hectares. That is a record, and more than the target of {target:,.0f} hectares. Nobody can doubt
any longer that the strategy works. The minister should therefore set a much higher target for next
year, and a still higher one for the year after that.

Coca is the cause of all the problems of the valleys. Where there is coca there are
narcoterrorists, and where there are narcoterrorists there can be no development. Every hectare
destroyed takes money away from them. When the money is gone, they will be gone too. This is
logical and needs no further proof. Other countries have shown the same.

The results are clear. From 2023 to 2024 the area under coca fell from {area[2023]:,.0f} to
{area[2024]:,.0f} hectares. It fell because of eradication. With a record in 2025 it must have
fallen even more, and the trend will go on. Critics say that farmers replant. Some do, but this
only shows that more eradication is needed and that it should be faster. Critics also say that
farmers need other crops. That is true, but other crops can only grow where coca has been destroyed
first, so eradication has to come first in any case.

Some people are worried about conflicts with farmers. These worries are exaggerated. Most farmers
are forced to grow coca and will be thankful in the end. More research is needed on this question.

In conclusion, the target should be raised strongly and as soon as possible. The money for it
should be found in the budget, because security is the first duty of the state. If the minister
acts decisively, coca will soon be a thing of the past in Peru.
"""
    pulled = _pulled_up()
    canvas, axes = new(height=2.8)
    axes.bar(pulled.index, pulled / 1000, color=COLOURS["government"])
    axes.set(ylabel="thousand")
    brief = {
        "title": "Raise the target",
        "date": WRITTEN_ON,
        "reader": "ministry",
        "decision": "Which target should be set for eradication next year?",
        "text": _joined(text),
        "figure": figure(
            canvas,
            title="Eradication in Peru",
            alt="Bars of eradication by year, highest in the middle, lowest in the last year.",
            source="the UN's annex, table eradication.",
        ),
        "number_against": {"value": f"{area[2024]:,.0f} ha of coca in 2024", "source": "internet"},
        "unknown": "More research is needed.",
        "forecast": {
            "statement": "Coca will soon be a thing of the past in Peru.",
            "date": "",
            "probability_percent": 100,
            "source": "",
        },
    }
    marks = {
        "Decision": (
            2,
            "There is a reader, and a target is the reader's to set. But “much higher” is no "
            "number, nothing says what the money would come from, and the farmers who pay for it "
            "are said to be thankful.",
        ),
        "Evidence": (
            1,
            "Two years of area stand without observer or source; “it fell because of eradication” "
            "compares with nothing. “Narcoterrorists” is used as the brief's own word. “Other "
            "countries have shown the same” names none, and lesson 05 has studies that say "
            "otherwise.",
        ),
        "Figure": (
            2,
            "The bars come from the tables. The title is a topic, the unit is missing, and the "
            "bars end in 2020 while the text speaks of 2025. Nobody sees what became of the crop.",
        ),
        "Against": (
            1,
            "The number chosen supports the advice. An opponent would take the share of what was "
            "pulled up that had been replanted.",
        ),
        "Unknown": (1, "“More research is needed” names nothing that is not known."),
        "Forecast": (
            1,
            "No date, no source, and a probability of 100 percent. “Soon” and “a thing of the "
            "past” cannot be settled by anybody.",
        ),
    }
    return Example("weak", brief, marks)


# Example B -------------------------------------------------------------------------------------


def _sound() -> Example:
    area, pulled = _area("un"), _pulled_up()
    at_least = pulled.loc[2016:2019].min() // 1000 * 1000
    studied = _by_id("effect_sizes", "effect_id", "unit_of_analysis")["borrero_parada2022"]
    municipalities = re.findall(r"\((\d+)\)", studied)[0]
    money = _by_id("aid", "aid_id", "amount_eur_million")
    text = f"""
The European Union has supported Peru's strategy against drugs since 2014. The agreement signed at
the end of 2013 was for {money["eu_signed_2013"]:.1f} million euro over four and a half years; a
first payment of {money["eu_paid_2014"]:.0f} million followed in July 2014 (table aid). You must
decide whether to renew such support, and which result releases the money. I advise you to renew
it, and to pay for services that have been delivered to farming families, not for hectares of coca
less.

Hectares are a bad meter for a payment. From 2013 to 2015 the state pulled up more and more coca,
{pulled[2013]:,.0f} hectares in 2013 and {pulled[2015]:,.0f} in 2015 (UN annex, table eradication).
In the UN's surveys the area left fell from {area[2013]:,.0f} to {area[2015]:,.0f} hectares (table
cultivation). Then the two came apart. From 2016 to 2019 more than {at_least:,.0f} hectares were
pulled up each year, and the area rose from {area[2016]:,.0f} to {area[2019]:,.0f} hectares. A
donor who had paid by the hectare pulled up would have paid every year; a donor who had paid by the
hectare left would have stopped paying for programmes that may have done what they could.

Services are nearer to what a donor can answer for. A study of {municipalities} municipalities in
Colombia finds less coca only where eradication and social programmes went together
(borrero_parada2022). It is another country, and it does not say which of the programmes mattered.
There is a trap as well: when payments to farmers who give up coca were announced in Colombia, coca
rose where the land suits it (prem_vargas_mejia2023). So families should not have to own coca to be
served, and the list of communities should be fixed before the programme is announced.

Against my advice stands the fall from {area[2013]:,.0f} to {area[2015]:,.0f} hectares within two
years. Those who want to pay for hectares can say that area did follow effort, and that a service
is easier to fake than a field. I answer that the fall did not last, and that services can be
checked by visits without notice, whose reports are published.

Farming families gain if roads and advice arrive before their fields are pulled up; whoever is paid
by the hectare loses. What is not known is how much of the money that was paid ever reached a
family: the tables have sums that were pledged, signed and paid, and none that arrived.
"""
    brief = {
        "title": "Pay for services, not for hectares",
        "date": WRITTEN_ON,
        "reader": "donor",
        "decision": "Should support for Peru's strategy be renewed, and which result should "
        "release the payments?",
        "text": _joined(text),
        "figure": _apart(area, pulled),
        "number_against": {
            "value": f"from {area[2013]:,.0f} to {area[2015]:,.0f} ha within two years",
            "source": "table cultivation, UN",
        },
        "unknown": "How much of the money that was paid reached a farming family.",
        "forecast": {
            "statement": f"The government's survey for 2026 gives Peru less coca than the "
            f"{_area('devida')[2024]:,.0f} ha of 2024.",
            "date": "2027-12-31",
            "probability_percent": 60,
            "source": "DEVIDA's survey of the area under coca in 2026",
        },
    }
    marks = {
        "Decision": (
            3,
            "Two questions that a donor decides, both answered, and what the advice would replace. "
            "Who loses is said in half a sentence; what to do if the partner refuses is not said.",
        ),
        "Evidence": (
            3,
            "Numbers have observer, year and source, and a study abroad is called that. The survey "
            "changed hands and concept in 2018, inside the rise from 2016 to 2019, and the brief "
            "does not say so.",
        ),
        "Figure": (
            3,
            "One message, two labelled lines, units and source. The break of 2018 should be drawn.",
        ),
        "Against": (
            3,
            "An opponent would choose this number. It is answered, but nothing in the advice "
            "changes because of it.",
        ),
        "Unknown": (
            2,
            "It is not known and it matters. The brief does not say how the advice would change "
            "if the share were small.",
        ),
        "Forecast": (
            3,
            "Statement, date, probability and source are there. Where the 60 percent come from is "
            "not said: the table has a base rate, and two falls in a row.",
        ),
    }
    return Example("sound", brief, marks)


def _apart(area: pd.Series, pulled: pd.Series) -> Figure:
    years = [year for year in pulled.index if year >= 2011]
    canvas, axes = new(height=3)
    axes.plot(years, area[years] / 1000, color=COLOURS["Peru"], marker="o")
    axes.plot(years, pulled[years] / 1000, color=COLOURS["quiet"], marker="o")
    axes.text(2016.8, 57, "area left", color=COLOURS["Peru"])
    axes.text(2016.8, 19, "pulled up", color=COLOURS["quiet"])
    axes.set(ylim=(0, 70), ylabel="thousand hectares", xticks=range(2011, 2021, 3))
    return figure(
        canvas,
        title="Until 2015 the area fell as more was pulled up; then the two came apart",
        alt="Two lines from 2011 to 2020. Hectares pulled up rise until 2015 and stay high until "
        "2019. The area left falls until 2015 and rises from then on.",
        source="UN, tables cultivation and eradication.",
    )


# Example C -------------------------------------------------------------------------------------

QUESTIONS = ["recognition", "command", "arms", "end", "register", "leave", "amnesty"]
QUESTIONS += ["compensation"]


def _strong() -> Example:
    peru = _by_id("selfdefense_figures", "figure_id", "value")
    provisions = load("selfdefense_law_provisions")
    settles = provisions["answer"] != "not_established"
    by_question = settles.groupby(provisions["question"]).sum()
    acts = provisions["law_id"].nunique()
    lists = load("victim_lists")
    lists = lists[(lists["region"] == "all") & (lists["perpetrator_recorded"] == "all")]
    records = lists["deaths_documented"].sum()
    harmed = peru["rondas_as_perpetrator"]
    share = 100 * harmed / records
    counts = load("selfdefense_figures")
    kinds = ["committees", "weapons", "weapons_returned", "armed"]
    counts = counts[counts["counts"].isin(kinds)]
    told, printed = len(counts), (counts["observer"] != "press").sum()
    text = f"""
A law of November 2025 has the armed forces give shotguns to self-defense committees in places under
a state of emergency, and an office register them (infobae2025_cad). The law of 2022 before it had
been struck down on your own suit, because nobody had consulted the communities (tc296_2024). I
advise you to ask in your next report for two things: that the number of weapons and of committees
be published each year by district, without names; and that people whom a committee has harmed can
apply for compensation where members' families apply. If Congress does not act, you can do the first
yourself: ask the office and the Joint Command for the numbers, and print which of them answered.

Why weapons. After 1991 the state handed out {peru["shotguns_issued"]:,.0f} shotguns; by about 2006
the committees had given back {peru["shotguns_returned_2006"]:.0f} (table selfdefense_figures). The
source is weak, a newspaper text copied in a forum, which quotes the Ministry of Defence. In 2022
the ministry told a news site that {peru["committees_recognised_2022"]:.0f} committees in four
departments had {peru["weapons_registered_2022"]:,.0f} weapons registered. The two numbers count
other things at other times: issued in the whole country, registered in a part of it. They do not
say how many weapons are missing. From what is published nobody can tell.

Why compensation. The figure asks eight questions of {acts} acts since the 1980s, as far as the
course could read them. The register is settled by {by_question["register"]} of the {acts},
compensation by {by_question["compensation"]}. "Not settled" means that what was read does not say;
and some rule there was: of {peru["compensation_requests_2002"]:.0f} requests for committee members
until the end of 2002, {peru["compensation_approved_2002"]:.0f} had been approved (cvr2003_ii15). I
found no door for those who were hurt by a committee.

Against this advice stands a number that its opponents may use: of {records:,.0f} documented deaths
and disappearances on the merged lists of victims, {harmed:.0f} have rondas or committees as
recorded perpetrator, {share:.1f} percent. A new procedure for so few, they can say, takes
officials away from the many. The article with which the course begins also judges that what
critics feared mostly did not come about (zech2014). The number has changed my advice: I first
wanted an office of its own and now ask for a second line on a form that exists. It has limits too.
It counts records, not verdicts; it ends in 2000; and whoever fears the neighbour with the gun may
not have reported.

Who gains: neighbours without weapons, and members who can show that theirs are in order. Who pays:
small municipalities, which must count, and members in places where an armed group could read a
list as a map. Hence numbers by district and no names; where a district has a single committee its
number goes into that of the province.

What is not known is how many weapons committees hold today. If a first count finds most of those
once issued, the advice becomes a routine; if it finds few, the question is no longer the register
but where the weapons went, and that is for prosecutors and not for a report.
The register would settle it, read by somebody who answers to you and not to the army.

My forecast is that such a number will not be printed soon. The tables hold {told} counts of
committees or of their weapons in Peru, and an office published {printed} of them: each was told to
the press. I go higher than nought, because {told} cases are few and because the law of 2025 makes
one office keep the list; and not much higher, because Congress insisted on the law of 2022 with
{peru["votes_for_2022"]:.0f} votes to {peru["votes_against_2022"]:.0f} after a government had
objected that nobody asked the communities (congreso2022, pcm2021).
"""
    brief = {
        "title": "Count the weapons, and let harmed neighbours apply",
        "date": WRITTEN_ON,
        "reader": "ombudsman",
        "decision": "What should the next report to Congress ask for on self-defense committees?",
        "text": _joined(text),
        "figure": _settled(by_question, acts),
        "number_against": {
            "value": f"{harmed:.0f} of {records:,.0f} records, {share:.1f} percent",
            "source": "tables selfdefense_figures and victim_lists",
        },
        "unknown": "How many weapons the committees hold today; if most of those once issued are "
        "found, the advice becomes a routine, if few, it is for prosecutors.",
        "forecast": {
            "statement": "A report of the Ombudsman published by the end of 2027 prints the number "
            "of weapons that self-defense committees hold in at least one department.",
            "date": "2027-12-31",
            "probability_percent": 10,
            "source": "the Ombudsman's reports of 2026 and 2027",
        },
    }
    marks = {
        "Decision": (
            4,
            "Two requests that the reader can make, what to do alone if Congress refuses, who "
            "gains "
            "and who pays, and a rule that protects those who could be found by a list.",
        ),
        "Evidence": (
            4,
            "Each number has observer, year and what it counts; the weak source is called weak, "
            "and “not settled” is explained as not read.",
        ),
        "Figure": (
            3,
            "One message, counts on the axis, source. That a bar of nought may only mean that a "
            "decree was not read is said in the text and not beside the figure.",
        ),
        "Against": (
            4,
            "The strongest number of those who would oppose it, with its limits, and it has made "
            "the advice smaller.",
        ),
        "Unknown": (
            4,
            "What is not known, how each answer would change the advice, and who could count "
            "without harm.",
        ),
        "Forecast": (
            4,
            "A stranger could settle it. The probability starts from a base rate, gives two "
            "reasons "
            "to leave it, and is a forecast against the author's own wish.",
        ),
    }
    return Example("strong", brief, marks)


def _settled(by_question: pd.Series, acts: int) -> Figure:
    counts = by_question[QUESTIONS[::-1]]
    canvas, axes = new(height=3)
    axes.barh(range(len(counts)), counts, color=COLOURS["accent"], height=0.6)
    for row, count in enumerate(counts):
        axes.text(count + 0.08, row, f"{count}", va="center")
    axes.set(yticks=range(len(counts)), yticklabels=counts.index, xlim=(0, acts))
    axes.set_xlabel(f"acts that settle the question, of {acts}")
    axes.grid(visible=False)
    return figure(
        canvas,
        title="Most acts say who is recognised; none that was read says who is compensated",
        alt="Bars for eight questions. Recognition is settled by most acts, command and arms by "
        "more than half, the register by two, compensation by none.",
        source="the course's reading of the acts, table selfdefense_law_provisions.",
    )


EXAMPLES: dict[str, Callable[[], Example]] = {"A": _weak, "B": _sound, "C": _strong}
