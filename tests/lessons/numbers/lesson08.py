"""Lesson 08: what its tasks, quiz, explorer and slides state in words."""

from course.data import load

BOOKS = ["ucdp", "terrorism_database", "commission"]
OUT = ["not_included", "no_victim", "outside_period"]


def numbers(lesson, exercise, right, wrong):
    codes = load("event_codes")
    yes = ["included", "state_based", "one_sided"]
    yes += ["shining_path", "state_agents", "self_defence_rondas"]
    codes["counts"] = codes["code"].isin(yes)
    table = codes.pivot(index="event_id", columns="rulebook", values="counts")
    arguable = (codes["certainty"] == "arguable").sum()

    def of(series, label):
        return series.astype("float64").reindex([label]).sum()

    def pair(one, other):
        both = table[[one, other]].dropna().astype(bool)
        return (both[one], both[other])

    def agreement(one, other):
        return (one == other).mean()

    def chance(one, other):
        return one.mean() * other.mean() + (1 - one.mean()) * (1 - other.mean())

    def signed(number):
        return f"{number:.2f}".replace("-", "−")

    ucdp, database = pair("ucdp", "terrorism_database")
    u, d = (ucdp.mean(), database.mean())
    missed = ucdp & (ucdp.index != "tarata_1992")
    one_miss = lesson["kappa"](ucdp, missed)
    turned = [codes ^ (codes.index == event) for codes in (ucdp, database) for event in codes.index]
    ten = len(ucdp)
    flips = [lesson["kappa"](codes, database) for codes in turned[:ten]]
    flips += [lesson["kappa"](ucdp, codes) for codes in turned[ten:]]
    moves = [abs(flip - lesson["kappa"](ucdp, database)) for flip in flips]
    timeline = load("timeline").set_index("event_id")
    died = timeline["deaths_high"].astype("float64") > 0
    key, reader = (database, died.reindex(database.index, fill_value=False))
    with_ucdp = pair("ucdp", "commission")
    with_database = one, other = pair("terrorism_database", "commission")
    peru = lesson["status"][lesson["status"]["country"] == "Peru"].set_index("year")["status"]
    late = timeline[(timeline["year"] > 1992) & (timeline["deaths_low"] > 0)]
    late = late.assign(status=peru.reindex(late["year"]).to_numpy())
    low = late.groupby("status")["deaths_low"].sum()
    high = late.groupby("status")["deaths_high"].sum()
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
    reached = lesson["yearly"][lesson["yearly"]["deaths_best"] >= of(quoted, "ucdp_threshold")]
    years = reached.groupby(["country", "type_of_violence"])["year"].nunique()
    shorter = (
        reached["year"] <= lesson["yearly"][lesson["yearly"]["country"] == "Colombia"]["year"].max()
    )
    early = reached[shorter].groupby(["country", "type_of_violence"])["year"].nunique()
    return {
        "bases_article": f"{of(bases, 'army_2012'):.0f} of the armed forces",
        "state_share": f"{state_share:.0f}%",
        "arguable": f"{arguable} of {len(codes)} codes",
        "same": f"{(ucdp == database).sum()} of {len(ucdp)} agree",
        "agreement": f"{agreement(ucdp, database):.2f}",
        "yeses": f"{ucdp.sum()} events, the database to {database.sum()}",
        "both_yes": f"{u:.1f} × {d:.1f} = {u * d:.2f}",
        "both_no": f"{1 - u:.1f} × {1 - d:.1f} = {(1 - u) * (1 - d):.2f}",
        "chance": f"{chance(ucdp, database):.2f}",
        "kappa": f"{lesson['kappa'](ucdp, database):.2f}",
        "one_miss": f"{one_miss:.2f}",
        "moved": f"{min(moves):.2f} to {max(moves):.2f}",
        "ballots_counted": f"{lesson['kappa'](ucdp | (ucdp.index == 'chuschi_1980'), database):.2f} instead of {lesson['kappa'](ucdp, database):.2f}",
        "ayacucho": f"{of(counts, 'ayacucho_2022_1'):.0f} people",
        "juliaca": f"{of(counts, 'juliaca_2023_3'):.0f} civilians",
        "investigated": f"{of(quoted, 'ayacucho_investigated'):.0f} police and soldiers",
        "investigated_wire": f"counts {of(quoted, 'ayacucho_investigated_wire'):.0f}",
        "investigated_juliaca": f"Juliaca of {of(quoted, 'juliaca_investigated'):.0f}",
        "unlisted": f"{of(low, 'not_listed'):.0f} to {of(high, 'not_listed'):.0f} dead",
        "log": f"{log:.0f} dead",
        "log_a_year": f"{log / log_years:.1f} a year",
        "ambush_later": f"killed {of(counts, 'tintaypunco_2008_5'):.0f}",
        "ambush": f"{'; '.join(map(str, ambush))}",
        "san_miguel": f"{of(counts, 'san_miguel_2021_3'):.0f} dead",
        "kepashiato_hostages": f"{of(counts, 'kepashiato_2012_1'):.0f} gas workers",
        "reader_chance": f"{chance(key, reader):.2f}",
        "reader_kappa": f"{signed(lesson['kappa'](key, reader))}",
        "ucdp_commission": f"{lesson['kappa'](*with_ucdp):.2f}",
        "database_commission": f"{signed(lesson['kappa'](*with_database))}",
        "database_commission_same": f"{(one == other).sum()} of {len(one)} events",
        "database_commission_chance": f"{chance(one, other):.2f}",
        "colombia_government": f"{of(years, ('Colombia', 'state_based')):.0f} years",
        "mexico_government": f"{of(years, ('Mexico', 'state_based')):.0f} years",
        "colombia_groups": f"{of(years, ('Colombia', 'non_state')):.0f} years",
        "mexico_groups": f"{of(years, ('Mexico', 'non_state')):.0f} years",
        "mexico_2018": f"{of(early, ('Mexico', 'state_based')):.0f} and {of(early, ('Mexico', 'non_state')):.0f} such years",
        "listed_deaths": f"{of(low, 'minor'):.0f} deaths",
        "unlisted_deaths": f"{of(low, 'not_listed'):.0f} deaths",
    }


def statements(lesson, exercise, right, wrong):
    codes = load("event_codes")
    counts = ~codes.set_index(["event_id", "rulebook"])["code"].isin(OUT).unstack()[BOOKS]
    clear = codes[(codes["rulebook"] == "terrorism_database") & (codes["certainty"] == "clear")]
    status = load("conflict_status").query("country == 'Peru'")[["year", "status"]]
    timeline = load("timeline").query("year > 1992")
    blank = timeline.merge(status, on="year").query("status == 'not_listed' and deaths_low > 0")
    yearly = load("conflict_yearly")
    years, model = lesson["conflict_years"], lesson["deaths_by_year"]
    fought = years(model("Colombia: a government fights"), 25)
    added = years(model("Colombia: all three added"), 25)
    documented = load("deaths_department_year").groupby("year")["deaths_documented"].sum()
    peru = load("conflict_status").query("country == 'Peru'")
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
    "The same for two readers of four letters",
    "A function used twice and two labels",
    "here one that takes a mean of two columns",
    "Two tables joined on the year",
]
