"""Tasks of lesson 10: who patrolled, and for whom?"""

from __future__ import annotations

import pandas as pd

from course.checks import Misconception, Task, Tasks, spellings
from course.data import load

# 10.1 ------------------------------------------------------------------------------------------


def _figure(table: str = "selfdefense_figures", **wanted: str | int) -> str:
    """Return the id of the one figure whose columns hold the given values."""
    rows = load(table)
    for column, value in wanted.items():
        rows = rows[rows[column] == value]
    return rows["figure_id"].item()


def _abroad(quantity: str, **wanted: str) -> str:
    rows = load("selfdefense_abroad")
    ids = rows[rows["quantity"].str.contains(quantity, regex=False)]["figure_id"]
    for column, value in wanted.items():
        ids = ids[rows[column] == value]
    return ids.item()


def _picked(**others: str) -> pd.Series:
    """Return the figure that each reader needs, with some letters replaced."""
    right = {
        "A": _figure(counts="members", place="Peru", year_end=2006),
        "B": _figure(counts="armed"),
        "C": _figure(counts="weapons_returned"),
        "D": _figure("selfdefense_abroad", counts="paid", country="Nigeria"),
        "E": _figure("selfdefense_abroad", counts="demobilised", source_key="oas2011"),
    }
    return pd.Series(right | others)


# 10.2 ------------------------------------------------------------------------------------------

KINDS = ["northern_ronda", "committee"]


def _first_years() -> pd.Series:
    """Return the year of the first dated event in Peru, for each kind."""
    events = load("selfdefense_events")
    return events[events["country"] == "Peru"].groupby("ronda_type")["year"].min()[KINDS]


def _ages(
    northern: str = "per_1986", committee: str = "per_1991", first: pd.Series | None = None
) -> pd.Series:
    """Return the years from the first event of each kind to an act."""
    year = load("selfdefense_laws").set_index("law_id")["year"]
    acts = pd.Series([year[northern], year[committee]], index=KINDS)
    return acts - (_first_years() if first is None else first)


def _database_years() -> pd.Series:
    """Return the first years with the committees' set to the start of the second record."""
    decree = load("selfdefense_laws").set_index("law_id")["year"]["per_1991"]
    return _first_years().where(pd.Series([True, False], index=KINDS), decree)


# 10.3 ------------------------------------------------------------------------------------------


def _codes(**others: str) -> pd.Series:
    """Return the course's codes of Junín's clear cases, with some replaced."""
    table = load("ronda_place_years").set_index("place_year_id")
    junin = (table["year"] >= 1990) & (table["certainty"] == "clear")
    codes = table["code"][junin]
    return pd.Series(codes.to_dict() | others)


def _code(place_year: str) -> str:
    return load("ronda_place_years").set_index("place_year_id")["code"][place_year]


# 10.4 ------------------------------------------------------------------------------------------

ISSUED, REGISTERED = "shotguns_issued", "weapons_registered_2022"
COMMITTEES_2006, COMMITTEES_2022 = "committees_paper_2006", "committees_recognised_2022"


def _ratios(above: tuple[str, str], below: tuple[str, str]) -> pd.Series:
    """Return two ratios of figures, the first for 2006 and the second for 2022."""
    value = load("selfdefense_figures").set_index("figure_id")["value"]
    return pd.Series(value[list(above)].to_numpy() / value[list(below)].to_numpy(), [2006, 2022])


# 10.5 ------------------------------------------------------------------------------------------


def _early_share(
    last: int = 1990,
    *,
    dated_only: bool = True,
    side: str = "self_defence_rondas",
    how: str = "sum",
) -> pd.Series:
    """Return the share (%) of the records up to a year, in Ayacucho and in Junín."""
    deaths = load("deaths_department_year")
    rows = deaths[deaths["department"].isin(["Ayacucho", "Junín"])]
    rows = rows[rows["perpetrator_recorded"] == side]
    early = rows[rows["year"].between(1980, last).fillna(False)]
    whole = rows[rows["year"].notna()] if dated_only else rows
    parts = [part.groupby("department")["deaths_documented"].agg(how) for part in (early, whole)]
    return 100 * parts[0] / parts[1]


# 10.6 ------------------------------------------------------------------------------------------


def _quoted() -> dict[str, list[str]]:
    value = load("selfdefense_figures").set_index("figure_id")["value"]
    first = load("selfdefense_events").set_index("event_id")["year"].loc["cuyumalca_1976"]
    decree = load("selfdefense_laws").set_index("law_id")["year"].loc["per_1991"]
    return {
        "the figure for members": spellings(value["members_paper_2006"]),
        "the number of records, or of weapons registered": spellings(
            value["rondas_as_perpetrator"], value["weapons_registered_2022"]
        ),
        "a year before the decree": [str(year) for year in range(first, decree)],
    }


# Your turn -------------------------------------------------------------------------------------


def _laid(first: int, last: int) -> int:
    """Return the deaths and disappearances laid to rondas from one year to another."""
    deaths = load("deaths_department_year")
    rows = deaths[deaths["perpetrator_recorded"] == "self_defence_rondas"]
    return int(rows[rows["year"].between(first, last)]["deaths_documented"].sum())


def _strength(column: str) -> pd.Series:
    """Return how many of the figures of strength have each value of a column."""
    figures = load("selfdefense_figures")
    kinds = ["members", "weapons", "armed", "committees"]
    return figures[figures["counts"].isin(kinds)][column].value_counts()


def _all_rows() -> pd.Series:
    counted = load("selfdefense_figures")["observer"].value_counts()
    return counted[counted.index.isin(_strength("observer").index)]


TASKS = Tasks(
    "10",
    [
        Task(
            id="10.1",
            title="Members, armed, paid, demobilised",
            answer="series",
            unit="words: one figure_id for each letter from A to E",
            choices=lambda: [
                *load("selfdefense_figures")["figure_id"],
                *load("selfdefense_abroad")["figure_id"],
            ],
            reference=_picked,
            misconceptions=[
                Misconception(
                    "database range for the list",
                    lambda: _picked(A=_figure(source_key="pgmd2_301")),
                    "Look at A again: your row is the range of a database of militias. A asks "
                    "for what the Joint Command says.",
                ),
                Misconception(
                    "one army list for all of Peru",
                    lambda: _picked(A=_figure(counts="members", observer="commission")),
                    "Look at A again: your row is an army's list in one valley of Junín. A asks "
                    "for all of Peru.",
                ),
                Misconception(
                    "issued for registered",
                    lambda: _picked(B=_figure(counts="weapons")),
                    "Look at B again: your row counts shotguns handed out over the years. A "
                    "register counts what somebody has declared now.",
                ),
                Misconception(
                    "issued for returned",
                    lambda: _picked(C=_figure(counts="weapons")),
                    "Look at C again: your row counts what went out. C asks what came back.",
                ),
                Misconception(
                    "all members for paid ones",
                    lambda: _picked(D=_abroad("members, press", country="Nigeria")),
                    "Look at D again: your row counts members. Only some of them get a salary.",
                ),
                Misconception(
                    "enlisted for paid",
                    lambda: _picked(D=_abroad("enlisted in the state scheme")),
                    "Look at D again: your row counts people enlisted in a scheme, as the "
                    "group's chairman says. D asks who is paid.",
                ),
                Misconception(
                    "strength for demobilised",
                    lambda: _picked(E=_abroad("before demobilisation")),
                    "Look at E again: your row is the strength before. E asks how many went "
                    "through the demobilisation.",
                ),
            ],
            hints=[
                "Read the column `counts` first: members, armed, weapons, weapons returned, "
                "paid, demobilised are six different things. Then the place.",
                "The form, for another person and another table. **Z**, a farmer: how many "
                "tractors were *repaired*, not bought?\n\n"
                "```\n"
                'pd.Series({"Z": "tractors_repaired"})\n'
                "```",
            ],
        ),
        Task(
            id="10.2",
            title="How old was it when the law came?",
            answer="series",
            unit="years, one value for each kind: northern_ronda and committee",
            reference=_ages,
            tolerance=1e-9,
            misconceptions=[
                Misconception(
                    "born in the law",
                    lambda: _ages(first=_database_years()),
                    "Your committees are born on the day of the decree: that is the start of a "
                    "database's second record. Take the first event in the table.",
                ),
                Misconception(
                    "one cradle",
                    lambda: _ages(first=pd.Series(_first_years().min(), index=KINDS)),
                    "You let both begin in the same year, with the first northern ronda. The "
                    "committees have a first event of their own.",
                ),
                Misconception(
                    "the later laws",
                    lambda: _ages("per_2003", "per_2022"),
                    "You took the second act on each kind. The question asks for the first.",
                ),
                Misconception(
                    "laws swapped",
                    lambda: _ages("per_1991", "per_1986"),
                    "You swapped the acts: the law of 1986 is about rondas campesinas, the decree "
                    "of 1991 about committees.",
                ),
                Misconception(
                    "the first law for both",
                    lambda: _ages("per_1986", "per_1986"),
                    "You used the law of 1986 for both. It is about rondas campesinas; look for "
                    "the first act on committees.",
                ),
            ],
            hints=[
                "Two steps: the smallest year of each kind in `peru`, and the year of the "
                "first act on that kind in `acts`.",
                "The first year of each kind, and a second Series taken from it, here of two "
                "crops:\n\n"
                "```\n"
                'sown = pd.DataFrame({"crop": ["maize", "maize", "beans"],\n'
                '                     "year": [1990, 1985, 1988]})\n'
                'first = sown.groupby("crop")["year"].min()       # beans 1988, maize 1985\n'
                'taxed = pd.Series({"maize": 1995, "beans": 1995})\n'
                "taxed - first                                    # beans 7, maize 10\n"
                "```",
            ],
        ),
        Task(
            id="10.3",
            title="Code a place in a year",
            answer="series",
            unit="words: own, with_forces, pushed or unclear for each of the five rows",
            reference=_codes,
            misconceptions=[
                Misconception(
                    "one people, one code",
                    lambda: _codes(ene_1991=_code("tambo_1991")),
                    "You gave Ene the code of Tambo in the same year. They are one people, but "
                    "read who acts first on the Ene.",
                ),
                Misconception(
                    "the later year",
                    lambda: _codes(tambo_1990=_code("tambo_1991")),
                    "Your Tambo of 1990 has the code of 1991. The navy comes a year later; code "
                    "each year by itself.",
                ),
                Misconception(
                    "the earlier year",
                    lambda: _codes(tambo_1991=_code("tambo_1990")),
                    "Your Tambo of 1991 still has the code of 1990. What changed in between? See "
                    "the second rule.",
                ),
                Misconception(
                    "arms are force",
                    lambda: _codes(tulumayo_1991=_code("ene_1991")),
                    "You coded Tulumayo as pushed. It got arms, but nobody says that it was made "
                    "to take part: see the second rule.",
                ),
                Misconception(
                    "a pact is force",
                    lambda: _codes(alto_cunas_1990=_code("ene_1991")),
                    "You coded Alto Cunas as pushed. A pact has two sides: see the second rule.",
                ),
                Misconception(
                    "a pact is one's own",
                    lambda: _codes(alto_cunas_1990=_code("tambo_1990")),
                    "You coded Alto Cunas as own. The first rule allows no pact with the army.",
                ),
                Misconception(
                    "the country's code",
                    lambda: _codes(**dict.fromkeys(_codes().index, _code("ayacucho_1989"))),
                    "You coded every row as unclear. That may fit the country; each of these "
                    "sentences names who acted.",
                ),
            ],
            hints=[
                "Ask in this order: does anybody from outside have a part in that year? If "
                "yes, do they make the place take part, or join what people wanted?",
                "One that is not in the list: a village agrees with the navy in March to watch "
                "the river, and gets radios. Does somebody from outside have a part? The navy. "
                "Is the village made to take part? No: it agrees. So the code is "
                "`with_forces`.",
            ],
        ),
        Task(
            id="10.4",
            title="Weapons for one committee",
            answer="series",
            unit="weapons a committee, one value for each year: 2006 and 2022",
            reference=lambda: _ratios((ISSUED, REGISTERED), (COMMITTEES_2006, COMMITTEES_2022)),
            core=False,
            misconceptions=[
                Misconception(
                    "upside down",
                    lambda: _ratios((COMMITTEES_2006, COMMITTEES_2022), (ISSUED, REGISTERED)),
                    "You divided committees by weapons. The question asks for weapons a committee.",
                ),
                Misconception(
                    "dates crossed",
                    lambda: _ratios((ISSUED, REGISTERED), (COMMITTEES_2022, COMMITTEES_2006)),
                    "You divided the weapons of one date by the committees of the other.",
                ),
                Misconception(
                    "one count of weapons",
                    lambda: _ratios((ISSUED, ISSUED), (COMMITTEES_2006, COMMITTEES_2022)),
                    "You used the shotguns issued in all of Peru for 2022 as well. For that year "
                    "take the weapons registered.",
                ),
                Misconception(
                    "one count of committees",
                    lambda: _ratios((ISSUED, REGISTERED), (COMMITTEES_2006, COMMITTEES_2006)),
                    "You used the committees of 2006 for both years.",
                ),
            ],
            hints=[
                "Two divisions, each inside one date: weapons above, committees below.",
                "Two divisions, two labels, here of pupils for one teacher in two years:\n\n"
                "```\n"
                'school = pd.Series({"pupils_1990": 90, "teachers_1990": 3,\n'
                '                    "pupils_2020": 88, "teachers_2020": 4})\n'
                'old = school.loc["pupils_1990"] / school.loc["teachers_1990"]\n'
                'new = school.loc["pupils_2020"] / school.loc["teachers_2020"]\n'
                "pd.Series({1990: old, 2020: new})                # 30 and 22\n"
                "```",
            ],
        ),
        Task(
            id="10.5",
            title="Before the decree, in two departments",
            answer="series",
            unit="percent, one value for each department: Ayacucho and Junín",
            reference=_early_share,
            core=False,
            misconceptions=[
                Misconception(
                    "the decree's year too",
                    lambda: _early_share(1991),
                    "You counted 1991 as well: `between` includes both ends. The question asks "
                    "for the years before.",
                ),
                Misconception(
                    "without a year",
                    lambda: _early_share(dated_only=False),
                    "Your whole includes records without a year, which cannot be early or late. "
                    "Leave them out below the line.",
                ),
                Misconception(
                    "rows for people",
                    lambda: _early_share(how="count"),
                    "You counted rows. A row holds several people: add up deaths_documented.",
                ),
                Misconception(
                    "all sides",
                    lambda: _early_share(side="shining_path"),
                    "These are the records laid to Shining Path. Keep those laid to rondas.",
                ),
                Misconception(
                    "the rest",
                    lambda: 100 - _early_share(),
                    "That is the share from 1991 on. Take it from a hundred.",
                ),
            ],
            hints=[
                "First drop the rows without a year. Then the sum of the early ones over the "
                "sum of all dated ones, for each department.",
                "A part of the dated rows by group, here of letters before 1950:\n\n"
                "```\n"
                'post = pd.DataFrame({"town": ["A", "A", "B", "B"],\n'
                '                     "year": [1940, 1960, 1949, None],\n'
                '                     "letters": [3, 1, 2, 9]})\n'
                'dated = post[post["year"].notna()]\n'
                'early = dated[dated["year"].between(1900, 1949)]\n'
                'part = early.groupby("town")["letters"].sum()\n'
                '100 * part / dated.groupby("town")["letters"].sum()      # A 75, B 100\n'
                "```",
            ],
        ),
        Task(
            id="10.6",
            title="A sentence to mend",
            answer="text",
            reference=str,
            mentions=_quoted,
            words=(80, 250),
            core=False,
            hints=[
                "Take the sentence word by word: rondas, created, law, armed, terrorists, almost "
                "without. Each needs a which, a who says or a since when.",
                "End with: I would sign that committees …; and name what is not known.",
            ],
            rubric=[
                "One of the three rondas is named, and the label is given to a speaker.",
                "400,000 is called what it is (members, on paper, by the Joint Command in one weak "
                "text), and members are not taken for people with arms.",
                "The decree is told as a change of legal status, with a fact that is older.",
                "The 526 records are used as documented and not as a rate, with one thing that "
                "they leave out. (In the alternative of the content note: the weapons registered "
                "in 2022, with what the register counts and one thing that it leaves out.)",
                "The sentence to sign claims no more than that, and blames or praises nobody "
                "beyond the evidence.",
            ],
        ),
    ],
    turns=[
        Task(
            id="10.t1",
            title="Three years without a law",
            answer="integer",
            unit="records",
            reference=lambda: _laid(1983, 1985),
            misconceptions=[
                Misconception(
                    "without the first",
                    lambda: _laid(1984, 1985),
                    "A year is missing: `between` includes both bounds, so begin with 1983.",
                ),
                Misconception(
                    "from 1980",
                    lambda: _laid(1980, 1985),
                    "You began before Huaychao. Take 1983 as the first year.",
                ),
                Misconception(
                    "all after the decree",
                    lambda: _laid(1992, 2000),
                    "These are the records after the decree.",
                ),
            ],
            hints=["`between(1980, 1990)` above took both of its bounds in."],
        ),
        Task(
            id="10.t2",
            title="Who says so",
            answer="series",
            unit="rows, one number for each kind of observer",
            reference=lambda: _strength("observer"),
            misconceptions=[
                Misconception(
                    "all figures",
                    _all_rows,
                    "You counted the whole table of figures. `strength` holds those of members, "
                    "weapons and committees.",
                ),
                Misconception(
                    "one each",
                    lambda: _strength("observer") * 0 + 1,
                    "That is how many kinds there are, each once. Count the rows of each kind.",
                ),
            ],
            hints=["The last column of the table above says who observed."],
        ),
    ],
)

check = TASKS.check
