"""Lesson 08: its numbers, and what it states in words.

Bases, counts of single events, sides of the matched lists and quoted figures are loaded.
"""

from course.data import load

BOOKS = ["ucdp", "terrorism_database", "commission"]


def numbers(lesson, exercise, right, wrong):
    codes, kappa = (lesson["codes"], lesson["kappa"])
    ucdp, database, commission = (lesson["ucdp"], lesson["terrorism"], lesson["commission"])
    arguable = (codes["certainty"] == "arguable").sum()

    def of(series, label):
        return series.astype("float64").reindex([label]).sum()

    def chance(one, other):
        return one.mean() * other.mean() + (1 - one.mean()) * (1 - other.mean())

    def signed(number):
        return f"{number:.2f}".replace("-", "−")

    u, d = (ucdp.mean(), database.mean())
    one_miss = kappa(ucdp, ucdp & (ucdp.index != "tarata_1992"))
    flips = [kappa(ucdp ^ (ucdp.index == event), database) for event in ucdp.index]
    flips += [kappa(ucdp, database ^ (database.index == event)) for event in database.index]
    moves = [abs(flip - kappa(ucdp, database)) for flip in flips]
    read, pairs, listed = (right("08.2"), right("08.5"), right("08.6"))
    unlisted = lesson["deadly"].query("status == 'not_listed'")
    bases = load("bases").set_index("figure_id")["bases"]
    counts = load("event_counts").set_index("count_id")["value"]
    ambush = sorted(counts[counts.index.str.startswith("tintaypunco_2008")])
    quotes = load("quoted_figures").set_index("figure_id")
    quoted = quotes["value"]
    log = quoted.reindex(
        [f"attacks_{who}_dead" for who in ("military", "police", "civilian")]
    ).sum()
    first, last = quotes.reindex(["attacks_1999_2017"])[["year_start", "year_end"]].sum()
    log_years = last - first + 1
    documented = load("deaths_department_year")
    by_side = documented.groupby("perpetrator_recorded")["deaths_documented"].sum()
    state_share = 100 * of(by_side, "state_agents") / by_side.sum()

    def years(country, kind):
        deaths = lesson["deaths_by_year"](f"{country}: {kind}")
        return lesson["conflict_years"](deaths, of(quoted, "ucdp_threshold"))

    government, groups = ("a government fights", "groups fight each other")
    _, last_both = lesson["SPANS"]["Colombia"]
    early = [
        sum(year <= last_both for year in years("Mexico", kind)) for kind in (government, groups)
    ]
    return {
        "bases_article": f"{of(bases, 'army_2012'):.0f} of the armed forces",
        "state_share": f"{state_share:.0f}%",
        "arguable": f"{arguable} of {len(codes)} codes",
        "same": f"{(ucdp == database).sum()} of {len(ucdp)} agree",
        "agreement": f"{(ucdp == database).mean():.2f}",
        "yeses": f"{ucdp.sum()} events, the database to {database.sum()}",
        "both_yes": f"{u:.1f} × {d:.1f} = {u * d:.2f}",
        "both_no": f"{1 - u:.1f} × {1 - d:.1f} = {(1 - u) * (1 - d):.2f}",
        "chance": f"{chance(ucdp, database):.2f}",
        "kappa": f"{kappa(ucdp, database):.2f}",
        "one_miss": f"{one_miss:.2f}",
        "moved": f"{min(moves):.2f} to {max(moves):.2f}",
        "ballots_counted": f"{lesson['kappa'](ucdp | (ucdp.index == 'chuschi_1980'), database):.2f} instead of {lesson['kappa'](ucdp, database):.2f}",
        "ayacucho": f"{of(counts, 'ayacucho_2022_1'):.0f} people",
        "juliaca": f"{of(counts, 'juliaca_2023_3'):.0f} civilians",
        "investigated": f"{of(quoted, 'ayacucho_investigated'):.0f} police and soldiers",
        "investigated_wire": f"counts {of(quoted, 'ayacucho_investigated_wire'):.0f}",
        "investigated_juliaca": f"Juliaca of {of(quoted, 'juliaca_investigated'):.0f}",
        "unlisted": f"{unlisted['deaths_low'].sum():.0f} to {unlisted['deaths_high'].sum():.0f} dead",
        "log": f"{log:.0f} dead",
        "log_a_year": f"{log / log_years:.1f} a year",
        "ambush_later": f"killed {of(counts, 'tintaypunco_2008_5'):.0f}",
        "ambush": f"{'; '.join(map(str, ambush))}",
        "san_miguel": f"{of(counts, 'san_miguel_2021_3'):.0f} dead",
        "kepashiato_hostages": f"{of(counts, 'kepashiato_2012_1'):.0f} gas workers",
        "reader_chance": f"{read['chance']:.2f}",
        "reader_kappa": f"{signed(read['kappa'])}",
        "ucdp_commission": f"{pairs['ucdp']:.2f}",
        "database_commission": f"{signed(pairs['terrorism'])}",
        "database_commission_same": f"{(database == commission).sum()} of {len(database)} events",
        "database_commission_chance": f"{chance(database, commission):.2f}",
        "colombia_government": f"{len(years('Colombia', government))} years",
        "mexico_government": f"{len(years('Mexico', government))} years",
        "colombia_groups": f"{len(years('Colombia', groups))} years",
        "mexico_groups": f"{len(years('Mexico', groups))} years",
        "mexico_2018": f"{early[0]} and {early[1]} such years",
        "listed_deaths": f"{listed['minor']:.0f} deaths",
        "unlisted_deaths": f"{listed['not_listed']:.0f} deaths",
    }


def statements(lesson, exercise, right, wrong):
    codes, yearly, peru = (exercise["codes"], lesson["yearly"], lesson["peru"])
    counts = codes.set_index(["event_id", "rulebook"])["counts"].unstack()[BOOKS]
    clear = codes[(codes["rulebook"] == "terrorism_database") & (codes["certainty"] == "clear")]
    blank = lesson["deadly"].query("status == 'not_listed'")
    years, model = lesson["conflict_years"], lesson["deaths_by_year"]
    fought = years(model("Colombia: a government fights"), 25)
    added = years(model("Colombia: all three added"), 25)
    documented = lesson["documented"]
    key = exercise["key"] == "included"
    reader = exercise["reader"] == "included"
    compared, table = right("08.2"), right("08.3")
    decided = right("08.4")
    doubts = right("08.t2")["arguable"]
    database = codes[codes["rulebook"] == "terrorism_database"]
    missed = database[database["event_id"].isin(key.index[key != reader])]
    commission = counts["commission"]
    apart = (counts["terrorism_database"] == commission).mean()
    yes = counts["terrorism_database"].mean(), commission.mean()
    by_chance = yes[0] * yes[1] + (1 - yes[0]) * (1 - yes[1])
    return {
        "UCDP's rules, as we shortened them, leave six of ten codes open, the database's five, the "
        "commission's two": (doubts["ucdp"], doubts["terrorism_database"], doubts["commission"])
        == (6, 5, 2),
        "two careful coders could part over UCDP's rules most": doubts.idxmax() == "ucdp",
        "much worse than two people who cannot": apart < by_chance,
        "The third is the one": set(missed["certainty"]) == {"clear", "arguable"}
        and missed.query("certainty == 'arguable'")["event_id"].to_list() == ["uchuraccay_1983"],
        "two kinds of bases": load("bases").query("year == 2012")["kind"].nunique() == 2,
        "Two kinds of bases": load("bases").query("year == 2012")["kind"].nunique() == 2,
        "five numbers": load("event_counts")
        .query("event_id == 'tintaypunco_2008'")["value"]
        .nunique()
        == 5,
        "One event, three rulebooks": codes["rulebook"].nunique() == 3,
        "code ten events yourself": codes["event_id"].nunique() == 10,
        "does the task with ten events": codes["event_id"].nunique() == 10,
        "No event is left out by all three": counts.any(axis=1).all(),
        "With five yeses in ten, one miss leaves kappa at 0.80; with one yes, at zero": (
            after_a_miss(5),
            after_a_miss(1),
        )
        == (0.8, 0),
        "Thirteen of these events, with 82 to 114 dead, fall in years that are not listed": (
            len(blank),
            blank["deaths_low"].sum(),
            blank["deaths_high"].sum(),
        )
        == (13, 82, 114),
        "With a government as one side two years count, 1994 and 1996": years(
            model("Mexico: a government fights"), 25
        )
        == [1994, 1996],
        "With groups fighting each other twenty-two do": len(
            years(model("Mexico: groups fight each other"), 25)
        )
        == 22,
        "Fights with the government reach the bar in every year but 2017": sorted(
            set(range(1989, 2019)) - set(fought)
        )
        == [2017],
        "Add the three kinds and 2017 counts": 2017 in added and 2017 not in fought,
        "All years pass, then eleven": (documented >= 25).all()
        and (documented >= 1000).sum() == 11,
        "list eight years of war": (peru[peru["year"] <= 2000]["status"] == "war").sum() == 8,
        "They are the five of our ten whose code our key calls clear": len(clear) == 5,
        "The set-up codes all ten events": len(key) == 10,
        "also agreed on six of ten events": counts["ucdp"].eq(counts["terrorism_database"]).sum()
        == 6
        and compared["agreement"] == 6 / 10,
        "The misses come from three rules that the reader forgot": (key & ~reader).sum() == 1
        and (~key & reader).sum() == 3,
        "turns the order of two countries round": table.loc["Colombia", "state_based"]
        > table.loc["Mexico", "state_based"]
        and table.loc["Colombia", "non_state"] < table.loc["Mexico", "non_state"],
        "And one Colombian year has exactly 25 deaths": (
            yearly[yearly["country"] == "Colombia"]["deaths_best"] == 25
        ).any(),
        "UCDP's rules leave out these four events": len(decided) == 4
        and not counts.loc[
            ["chuschi_1980", "uchuraccay_1983", "prisons_1986", "san_miguel_2021"], "ucdp"
        ].any(),
        "another rulebook takes each of them in": counts.loc[
            ["chuschi_1980", "uchuraccay_1983", "prisons_1986", "san_miguel_2021"], BOOKS[1:]
        ]
        .any(axis=1)
        .all(),
        "Four events, four rules": len(set(decided)) == len(decided) == 4,
        "over all ten events": len(counts) == 10,
        "reach a kappa of 0.20 on ten events": round(
            exercise["kappa"](exercise["ucdp"], exercise["terrorism"]), 2
        )
        == 0.2,
        "One miss in ten, each time; agreement stays and kappa does not": after_a_miss(5)
        > after_a_miss(1),
        "Two were no fights": len(blank[blank["event_id"].isin(["ayacucho_2022", "juliaca_2023"])])
        == 2,
    }


def after_a_miss(yeses):
    """Return kappa of two coders of ten cases, when the second one misses a yes of the first."""
    both = yeses * (yeses - 1) + (10 - yeses) * (11 - yeses)
    return round((0.9 - both / 100) / (1 - both / 100), 9)


EXPLAINS = [
    "How many of the thirty codes are",
    "do the words guide least",
    "Name the second column",
    "The two columns are exchanged",
    "two answers",
    "And the third sentence",
    "at least one death",
    "Three written rules",
    "So two questions",
    "need two tables",
    "Between two rulebooks a low",
    "between two coders of one",
    "Never print kappa alone",
    "So never print kappa alone",
    "Zero can mean none",
    "or never collected",
    "Then zeros: none",
    "Everybody writes three answers",
    "so never compare its bars",
    "Go to the four places in the",
    "The lowest bar finds newspapers",
    "Read it at four places",
    "armed members are two things again",
    "which of the two is neutral",
    "mean of the two",
    "Two coders agree on nine of ten cases",
    "All three can be otherwise",
    "column of about sixty people kills men",
    "Path rise in three prisons and take",
    'the words "at least"',
    "Between two groups",
    "None says that nothing",
    "each of the two with the truth",
    "a Series of two kappas",
    "tables adds up two questions",
    "Series with these two labels",
    "In a hundred to two hundred and eighty words",
    "of leaders of two groups",
    "The word answers three questions at once",
    "a court or two independent sources say",
    "the word itself two of our rulebooks",
    "Two sentences can say",
    "Two coders can also",
    "You took one half for chance",
    "rows with at least 25 deaths",
    "You counted every year with a",
    "Use the function twice",
    "asks for all ten events",
    "You added the highest counts",
    "asks for the lowest",
    "Then write the strongest sentence of somebody",
    "Code these five events under the rules of the Global Terrorism Database",
    "two gangs with names fight over a smuggling road, forty of them die",  # invented
    "the invented fight of two gangs",
    "The same for two readers of four letters",
    "A function used twice and two labels",
    "here one that takes a mean of two columns",
    "Two tables joined on the year",
]
