"""Tasks of lesson 08: one word, how many things?"""

from __future__ import annotations

from functools import partial

import pandas as pd

from course.checks import Misconception, Task, Tasks
from course.data import load

LEFT_OUT = ("not_included", "no_victim", "outside_period")


def _codes(rulebook: str) -> pd.DataFrame:
    """Return the course's key under one rulebook, indexed by event."""
    codes = load("event_codes")
    return codes[codes["rulebook"] == rulebook].set_index("event_id")


def _counts(rulebook: str) -> pd.Series:
    """Return whether each event counts under a rulebook."""
    return ~_codes(rulebook)["code"].isin(LEFT_OUT)


def _kappa(agreement: float, chance: float) -> float:
    return (agreement - chance) / (1 - chance)


def _agreement(one: pd.Series, other: pd.Series) -> float:
    return float((one == other).mean())


def _chance(one: pd.Series, other: pd.Series) -> float:
    """Return the agreement of two coders who deal out their own codes blindly."""
    return float(one.mean() * other.mean() + (1 - one.mean()) * (1 - other.mean()))


# 08.1 ------------------------------------------------------------------------------------------


def _clear(change: tuple[str, ...] = ()) -> pd.Series:
    """Return the terrorism database's clear codes, with those of some events turned round."""
    key = _codes("terrorism_database")
    codes = key[key["certainty"] == "clear"]["code"].copy()
    turned = {"included": "not_included", "not_included": "included"}
    for event in change:
        codes[event] = turned[codes[event]]
    return codes


def _clear_events(code: str, rulebook: str = "terrorism_database") -> tuple[str, ...]:
    """Return the clear events of the terrorism database that have a code under a rulebook."""
    codes = _codes(rulebook)["code"].reindex(_clear().index)
    return tuple(codes[codes == code].index)


# 08.2 ------------------------------------------------------------------------------------------


def _reader() -> pd.Series:
    """Return the codes of a reader who counts whatever killed somebody."""
    deaths = load("timeline").set_index("event_id")["deaths_high"].astype("float64")
    return deaths.reindex(_counts("terrorism_database").index) > 0


def _compared(chance: str = "both", form: str = "kappa") -> pd.Series:
    """Return agreement, chance and kappa of key and reader, right or with a known mistake."""
    key, reader = _counts("terrorism_database"), _reader()
    agreement = _agreement(key, reader)
    by_chance = {
        "both": _chance(key, reader),
        "yes only": float(key.mean() * reader.mean()),
        "coin": 0.5,
    }[chance]
    kappa = {
        "kappa": _kappa(agreement, by_chance),
        "undivided": agreement - by_chance,
        "over chance": (agreement - by_chance) / by_chance,
        "no brackets": agreement - 2 * by_chance,  # agreement - chance / 1 - chance
        "brackets below": agreement - by_chance / (1 - by_chance),
    }[form]
    return pd.Series({"agreement": agreement, "chance": by_chance, "kappa": kappa})


# 08.3 ------------------------------------------------------------------------------------------


def _years(at_least: float = 25, column: str = "deaths_best") -> pd.DataFrame:
    """Return the number of years that reach a threshold, by country and type of violence."""
    yearly = load("conflict_yearly")
    reached = yearly[yearly[column] >= at_least]
    return pd.crosstab(reached["country"], reached["type_of_violence"])


def _deaths_of_years() -> pd.DataFrame:
    """Return the deaths of the years that reach the bar, in place of their number."""
    yearly = load("conflict_yearly")
    reached = yearly[yearly["deaths_best"] >= 25]
    sums = reached.groupby(["country", "type_of_violence"])["deaths_best"].sum()
    return sums.unstack("type_of_violence")


# 08.4 ------------------------------------------------------------------------------------------


def _rule_behind(event: str) -> str:
    """Return the step of UCDP's rulebook whose source is that of an event's code."""
    rules = load("rulebooks")
    rules = rules[rules["rulebook"] == "ucdp"]
    source = _codes("ucdp")["source_key"].loc[event]
    return rules[rules["source_key"] == source]["step"].item()


def _rule_of_the_year() -> str:
    """Return the step of UCDP's rulebook that names the deaths of a calendar year."""
    rules = load("rulebooks")
    rules = rules[(rules["rulebook"] == "ucdp") & rules["rule"].str.contains("calendar year")]
    return rules["step"].item()


def _decided(**others: str) -> pd.Series:
    right = {
        "A": _rule_behind("chuschi_1980"),
        "B": _rule_behind("uchuraccay_1983"),
        "C": _rule_behind("prisons_1986"),
        "D": _rule_of_the_year(),
    }
    return pd.Series(right | others)


# 08.5 ------------------------------------------------------------------------------------------


def _pairs() -> dict[str, tuple[pd.Series, pd.Series]]:
    commission = _counts("commission")
    return {
        "ucdp": (_counts("ucdp"), commission),
        "terrorism": (_counts("terrorism_database"), commission),
    }


def _kappas() -> pd.Series:
    return pd.Series(
        {name: _kappa(_agreement(*pair), _chance(*pair)) for name, pair in _pairs().items()}
    )


def _kappas_with(chance: float | None = None) -> pd.Series:
    """Return the kappas with a fixed chance, or with the chance of a common yes alone."""
    return pd.Series(
        {
            name: _kappa(
                _agreement(*pair),
                float(pair[0].mean() * pair[1].mean()) if chance is None else chance,
            )
            for name, pair in _pairs().items()
        }
    )


def _clear_kappas() -> pd.Series:
    """Return the kappas over the events that neither rulebook calls arguable."""
    names = {"ucdp": "ucdp", "terrorism": "terrorism_database"}
    result = {}
    for name, book in names.items():
        sure = (_codes(book)["certainty"] == "clear") & (
            _codes("commission")["certainty"] == "clear"
        )
        one, other = (series[sure] for series in _pairs()[name])
        result[name] = _kappa(_agreement(one, other), _chance(one, other))
    return pd.Series(result)


# 08.6 ------------------------------------------------------------------------------------------


def _late_deaths(
    column: str = "deaths_low", actors: tuple[str, ...] = (), without: str = ""
) -> pd.Series:
    """Return the deaths of the timeline's events after 1992 by the status of their year."""
    status = load("conflict_status")
    peru = status[status["country"] == "Peru"][["year", "status"]]
    events = load("timeline").merge(peru, on="year")
    events = events[(events["year"] > 1992) & (events["actor"] != without)]
    if actors:
        events = events[events["actor"].isin(actors)]
    groups = events.dropna(subset=["deaths_low"]).groupby("status")[column]
    return groups.sum().astype("float64") if column != "event_id" else groups.size()


# 08.7 ------------------------------------------------------------------------------------------


def _figures() -> list[str]:
    """Return figures of lesson and exercise that a written answer may quote."""
    late = _late_deaths()
    values = [
        _compared()["kappa"],
        *_kappas(),
        _kappa(
            _agreement(_counts("ucdp"), _counts("terrorism_database")),
            _chance(_counts("ucdp"), _counts("terrorism_database")),
        ),
    ]
    figures = [f"{abs(value):.2f}" for value in values]
    figures += [figure.replace(".", ",") for figure in figures]
    figures += [f"{late['not_listed']:.0f}", f"{late['minor']:.0f}"]
    yearly = _years().to_numpy().ravel()
    figures += [f"{count} {word}" for count in yearly for word in ("years", "of")]
    shares = [*_compared()[["agreement", "chance"]], *map(abs, values)]
    figures += [f"{share:.2f}" for share in shares]
    figures += [f"{100 * share:.0f}{end}" for share in shares for end in ("%", " percent")]
    everywhere = _counts("ucdp") & _counts("terrorism_database") & _counts("commission")
    figures += [f"{everywhere.sum()} of {len(everywhere)}", "three of ten", "25 deaths"]
    return figures


def _quoted() -> dict[str, list[str]]:
    return {
        "a label that this lesson examines": [
            "narcoterroris",
            "narco-terroris",
            "terroris",
            "terruc",
            "subversive",
            "remnant",
            "armed conflict",
        ],
        'who gives it ("says", "said", "calls", "called", "writes" or "charged")': [
            "says",
            "said",
            "call",
            "write",
            "wrote",
            "charge",
        ],
        "a figure of the lesson or of these tasks": _figures(),
    }


# Your turn -------------------------------------------------------------------------------------


def _certain(word: str) -> int:
    """Return how many codes of the key carry a word in the column `certainty`."""
    return int((load("event_codes")["certainty"] == word).sum())


def _doubts(one: str = "rulebook", other: str = "certainty") -> pd.DataFrame:
    codes = load("event_codes")
    return pd.crosstab(codes[one], codes[other])


TASKS = Tasks(
    "08",
    [
        Task(
            id="08.1",
            title="Code five events",
            answer="series",
            unit="words: included or not_included for each of the five events",
            reference=_clear,
            misconceptions=[
                Misconception(
                    "a death is needed",
                    lambda: _clear(_clear_events("no_victim", "commission")),
                    "Look again at the event in which nobody was hurt. What does the rule `what` "
                    "say of property, and of deaths?",
                ),
                Misconception(
                    "state acts included",
                    lambda: _clear(_clear_events("state_agents", "commission")),
                    "Look again at the patrol and at the prisons. However grave, what does the "
                    "rule `who` say of acts of a state? (`included` means that the rules take an "
                    "event in.)",
                ),
                Misconception(
                    "the patrol included",
                    lambda: _clear(("accomarca_1985",)),
                    "Look again at Accomarca: who acted? Read the rule `who` once more.",
                ),
                Misconception(
                    "the mutiny coded",
                    lambda: _clear(("prisons_1986",)),
                    "Look again at the prisons. The mutiny and its hostages would be an event of "
                    "their own. The deaths described here are whose act?",
                ),
                Misconception(
                    "true or false",
                    lambda: _clear() == "included",
                    "The codes are right, but not in the codebook's words: write included or "
                    "not_included, in quotation marks.",
                ),
                Misconception(
                    "the group's killings left out",
                    lambda: _clear(_clear_events("shining_path", "commission")),
                    "Look again at Lucanamarca and at Tarata. Who acted, and does the rule `war` "
                    "leave out attacks on civilians?",
                ),
            ],
            hints=[
                "Go rule by rule, not by how grave an event is: who acted, what happened, with "
                "what aim, before whom?",
                "One that is not in the list, rule by rule: a gang robs a bank by day and "
                "shoots a guard. `who`: no state, so it passes. `what`: violence, it passes. "
                "`aim`: profit alone is not enough, so it fails there. The code is "
                "`not_included`, and no later rule is asked.",
            ],
        ),
        Task(
            id="08.2",
            title="A reader who knows one rule",
            answer="series",
            unit="fractions, labelled agreement, chance and kappa",
            reference=_compared,
            misconceptions=[
                Misconception(
                    "chance of a common yes",
                    lambda: _compared("yes only"),
                    "Your chance holds the common yes alone. Two coders can also agree on no by "
                    "chance: add it.",
                ),
                Misconception(
                    "a coin",
                    lambda: _compared("coin"),
                    "You took one half for chance. Key and reader do not toss coins: each has "
                    "its own share of yes.",
                ),
                Misconception(
                    "not divided",
                    lambda: _compared(form="undivided"),
                    "Agreement less chance is the upper part of kappa. Divide it by what chance "
                    "leaves open, 1 − chance.",
                ),
                Misconception(
                    "divided by chance",
                    lambda: _compared(form="over chance"),
                    "You divided by chance. Kappa divides by what chance leaves open, 1 − chance.",
                ),
                *(
                    Misconception(
                        form,
                        partial(_compared, form=form),
                        "Your kappa needs brackets round both differences, above and below the "
                        "line: `(agreement - chance) / (1 - chance)`.",
                    )
                    for form in ("no brackets", "brackets below")
                ),
            ],
            hints=[
                "agreement = share of events with the same code. chance = for each code, its "
                "share in the key times its share with the reader; add them up.",
                "The same for two readers of four letters, who say yes or no:\n\n"
                "```\n"
                'one = pd.Series(["yes", "yes", "no", "no"])\n'
                'other = pd.Series(["yes", "no", "no", "no"])\n'
                "agreement = (one == other).mean()                      # 0.75\n"
                "share_one = one.value_counts() / len(one)              # 0.5 and 0.5\n"
                "share_other = other.value_counts() / len(other)        # 0.25 and 0.75\n"
                "chance = (share_one * share_other).sum()               # 0.5\n"
                "(agreement - chance) / (1 - chance)                    # 0.5\n"
                "```",
            ],
        ),
        Task(
            id="08.3",
            title="Years that reach the bar",
            answer="table",
            keys=("country",),
            unit="numbers of years, one row for each country, one column for each type",
            reference=_years,
            misconceptions=[
                Misconception(
                    "more than",
                    lambda: _years(25.5),
                    "One year has exactly 25 deaths, and it reaches the bar: use >= and not >.",
                ),
                Misconception(
                    "no threshold",
                    lambda: _years(0),
                    "You counted every year with a row. Keep the rows that reach 25 deaths first.",
                ),
                Misconception(
                    "events",
                    lambda: _years(column="events"),
                    "You compared the number of events with 25. The threshold is about deaths.",
                ),
                Misconception(
                    "high estimate",
                    lambda: _years(column="deaths_high"),
                    "You used the high estimate. The task asks for the best one.",
                ),
                Misconception(
                    "sum of deaths",
                    _deaths_of_years,
                    "You added up the deaths. Count the years that reach the bar.",
                ),
            ],
            hints=[
                "First keep the rows with at least 25 deaths, then count the pairs of country "
                "and type.",
                "Rows kept, then pairs counted, here of laws by country and after a year:\n\n"
                "```\n"
                'laws = pd.DataFrame({"country": ["A", "A", "B"], "year": [1991, 2003, 2022],\n'
                '                     "kind": ["decree", "law", "law"]})\n'
                'late = laws[laws["year"] >= 2003]\n'
                'pd.crosstab(late["country"], late["kind"])\n'
                "```",
            ],
        ),
        Task(
            id="08.4",
            title="Which rule decides?",
            answer="series",
            unit="words: one step of the rulebook for each letter from A to D",
            reference=_decided,
            core=False,
            misconceptions=[
                Misconception(
                    "no name for hooded people",
                    lambda: _decided(A="who"),
                    "Look at A again. The hooded people belonged to a group with a name, which "
                    "said so. What did not happen that night?",
                ),
                Misconception(
                    "a type for the crowd",
                    lambda: _decided(B="type"),
                    "Look at B again. Before the type comes the question who acted: has a "
                    "village crowd a name?",
                ),
                Misconception(
                    "one-sided in custody",
                    lambda: _decided(C="type"),
                    "Look at C again. Killing by a government could be one-sided violence, but "
                    "one rule takes out a certain place.",
                ),
                Misconception(
                    "the state cannot act",
                    lambda: _decided(C="who"),
                    "Look at C again. UCDP, unlike the terrorism database, counts what a "
                    "government does. Which rule takes these deaths out?",
                ),
                Misconception(
                    "nobody died",
                    lambda: _decided(D="what"),
                    "Look at D again. People died, so the event would count. Which rule looks at "
                    "the whole year?",
                ),
                Misconception(
                    "a type for the night",
                    lambda: _decided(D="type"),
                    "Look at D again. A group that kills civilians has a type: one-sided. Which "
                    "rule looks at the whole year?",
                ),
            ],
            hints=[
                "Read the rules in their order and stop at the first that the event fails.",
                "Go down the rules with another event: a mob with no name burns a car. `who`: "
                "a crowd without a name does not count. It stops there, and the answer would "
                "be `who`, although nobody died either.",
            ],
        ),
        Task(
            id="08.5",
            title="Two more pairs",
            answer="series",
            unit="kappa as a fraction, labelled ucdp and terrorism",
            reference=_kappas,
            core=False,
            misconceptions=[
                Misconception(
                    "agreement only",
                    lambda: pd.Series({n: _agreement(*pair) for n, pair in _pairs().items()}),
                    "These are the shares of events on which they agree. Kappa takes chance off.",
                ),
                Misconception(
                    "chance of a common yes",
                    _kappas_with,
                    "Your chance holds the common yes alone. Add the common no.",
                ),
                Misconception(
                    "a coin",
                    lambda: _kappas_with(0.5),
                    "You took one half for chance in both pairs. Use each rulebook's own share.",
                ),
                Misconception(
                    "sign lost",
                    lambda: _kappas().abs(),
                    "One kappa has lost its sign: an agreement below chance is negative.",
                ),
                Misconception(
                    "clear codes only",
                    _clear_kappas,
                    "You left the arguable codes out. The task asks for all ten events.",
                ),
            ],
            hints=[
                "Use the function `kappa` twice. Both times the commission is the second.",
                "A function used twice and two labels, here one that takes a mean of two "
                "columns:\n\n"
                "```\n"
                "def middle(one, other):\n"
                "    return (one.mean() + other.mean()) / 2\n"
                "\n"
                "\n"
                "a, b, c = pd.Series([1, 3]), pd.Series([2, 2]), pd.Series([5, 7])\n"
                'pd.Series({"a": middle(a, c), "b": middle(b, c)})      # 4 and 4\n'
                "```",
            ],
        ),
        Task(
            id="08.6",
            title="The dead of unlisted years",
            answer="series",
            unit="deaths, one value for each status: minor and not_listed",
            reference=_late_deaths,
            core=False,
            misconceptions=[
                Misconception(
                    "highest counts",
                    lambda: _late_deaths("deaths_high"),
                    "You added the highest counts. The task asks for the lowest.",
                ),
                Misconception(
                    "number of events",
                    lambda: _late_deaths("event_id"),
                    "You counted the events. Add up their deaths.",
                ),
                Misconception(
                    "armed group only",
                    lambda: _late_deaths(actors=("shining_path",)),
                    "You kept the events laid to Shining Path. The task asks for every event of "
                    "the timeline, whoever acted.",
                ),
                Misconception(
                    "disputed events dropped",
                    lambda: _late_deaths(without="contested"),
                    "You left out the events whose author is disputed. Their dead are not "
                    "disputed: keep them.",
                ),
            ],
            hints=[
                "Merge the events with Peru's status on the year, keep the years after 1992, "
                "group by status, add up `deaths_low`. A row `war` means that 1992 or another "
                "country is still in the table.",
                "Two tables joined on the year, some years kept, sums by group. Here with "
                "rain:\n\n"
                "```\n"
                'rain = pd.DataFrame({"year": [1, 2, 3], "mm": [10, 20, 30]})\n'
                'kind = pd.DataFrame({"year": [1, 2, 3], "kind": ["dry", "wet", "wet"]})\n'
                'both = rain.merge(kind, on="year")\n'
                'both = both[both["year"] > 1]\n'
                'both.groupby("kind")["mm"].sum()                       # wet 50\n'
                "```",
            ],
        ),
        Task(
            id="08.7",
            title="One label and what follows from it",
            answer="text",
            reference=str,
            mentions=_quoted,
            words=(100, 280),
            core=False,
            hints=[
                "Take one label, one speaker and one decision: who would be sent, judged, paid "
                "or heard, if the label holds?",
                "Then write the strongest sentence of somebody who uses the label, and answer it.",
            ],
            rubric=[
                "The label stands with its speaker, of whom it is said, and when.",
                "The three questions are kept apart: who acted, what happened, what should follow.",
                "A rule is written that a second coder could apply, with one case that it leaves "
                "out.",
                "One policy consequence is named, and the best argument of those who use the "
                "label is put so that they would sign it.",
                "The figure quoted carries what is built on it, and no more.",
            ],
        ),
    ],
    turns=[
        Task(
            id="08.t1",
            title="Codes that can be argued",
            answer="integer",
            unit="codes",
            reference=lambda: _certain("arguable"),
            misconceptions=[
                Misconception(
                    "the clear ones",
                    lambda: _certain("clear"),
                    "These are the codes that are clear. Leave the words in the braces as they "
                    "were.",
                ),
                Misconception(
                    "all codes",
                    lambda: len(load("event_codes")),
                    "That is how many codes there are. `sum` counts those that became True.",
                ),
            ],
            hints=["Above, the same method took `COUNTS`, which is a dictionary too."],
        ),
        Task(
            id="08.t2",
            title="Where coders could differ",
            answer="table",
            keys=("rulebook",),
            unit="numbers of codes, one row for each rulebook",
            reference=_doubts,
            misconceptions=[
                Misconception(
                    "turned round",
                    lambda: _doubts().rename(columns={"arguable": "clear", "clear": "arguable"}),
                    "The two columns are exchanged: `arguable` counts the codes in doubt.",
                ),
                Misconception(
                    "one rulebook for all",
                    lambda: _doubts() * 0 + _doubts().sum(),
                    "These are the sums over all rulebooks. Keep a row for each of them.",
                ),
            ],
            hints=["It is the column that the last *Your turn* looked up."],
        ),
    ],
)

check = TASKS.check
