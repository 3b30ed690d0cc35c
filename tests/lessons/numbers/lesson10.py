"""Lesson 10: its numbers, and what it states in words.

Counts of single events, of five provinces and of the commission are loaded: it quotes them.
"""

import re

from course.data import load


def numbers(lesson, exercise, right, wrong):
    table = lesson["figures"].set_index("figure_id")
    value, low, high = (table["value"], table["value_low"], table["value_high"])
    counts = load("selfdefense_event_counts").set_index("count_id")["value"]
    records = lesson["laid"]["deaths_documented"].sum()
    everyone = lesson["deaths"]["deaths_documented"].sum()
    provinces = load("deaths_region_year")
    provinces = provinces[provinces["perpetrator_recorded"] == "self_defence_rondas"]
    vraem = provinces[provinces["region"] == "later_vraem_provinces"]["deaths_documented"].sum()
    share = load("cvr_figures").set_index("figure_id")["value"]
    issued, paper = (value["shotguns_issued"], value["members_paper_2006"])
    rivals = load("claim_rivals").set_index("rival_id")["value"]
    armed, early = (right("10.4"), right("10.5"))

    def for_one_gun(members):
        return lesson["divide"](members, "shotguns to 2006")[0]

    return {
        "first_years": f"{right('10.t1')} records in",
        "organiser": f"aged {value['organiser_age_1984']:.0f}",
        "records": f"{records:,.0f} records",
        "before": f"{lesson['before']:.0f} are of years before",
        "after": f"{lesson['after']:.0f} of later ones",
        "everyone": f"{everyone:,.0f} deaths",
        "share": f"{100 * records / everyone:.1f}%",
        "vraem": f"{vraem:.0f} of them lie in the five provinces",
        "uchuraccay": f"{counts['uchuraccay_villagers']:.0f} names",
        "census": f"{counts['uchuraccay_population']:.0f} people in the census",
        "shotgun_round": f"for {for_one_gun('Peru, about 2006'):.0f} members",
        "shotgun": f"{for_one_gun('Peru, about 2006'):.1f}",
        "paper": f"{paper:,.0f}",
        "range_low": f"{low['rondas_database_range']:,.0f} to {high['rondas_database_range']:,.0f}",
        "few": f"{for_one_gun('Peru, 1983–1991'):.1f} to",
        "junin_ratio": f"{for_one_gun('Junín, May 1992'):.1f}",
        "junin_february": f"{value['junin_1992_february']:,.0f}",
        "junin_may": f"{value['junin_1992_may']:,.0f}",
        "interior": f"{value['interior_1992']:,.0f}",
        "issued": f"{issued:,.0f}",
        "registered": f"{value['weapons_registered_2022']:,.0f}",
        "age": f"over {value['service_age_1991']:.0f}",
        "women": f"{share['women_self_defence']:.1f}%",
        "tips": f"{low['checkpoint_tip_2023']:.1f} to {high['checkpoint_tip_2023']:.0f} soles",
        "stopped": f"{rivals['jungle_mountain_2']:.0f} kilos",
        "armed_2006": f"{armed[2006]:.1f} weapons",
        "armed_2022": f"{armed[2022]:.1f}",
        "early_ayacucho": f"{early['Ayacucho']:.1f}% in Ayacucho",
        "early_junin": f"{early['Junín']:.1f}% in Junín",
        "luricocha": f"{value['luricocha_communities_2014']:.0f} communities",
        "records_in_a_letter": f"lay {records} deaths",
    }


def statements(lesson, exercise, right, wrong):
    coded, records, by_year = (lesson["coded"], lesson["laid"], lesson["by_year"])
    codes = coded.groupby("ronda_type")["code"].nunique()
    valley = coded[(coded["year"] == 1984) & coded["place"].str.contains("Apurímac")]
    strength = lesson["strength"]
    divide, names = lesson["divide"], lesson["NAMES"]
    agreeing = [
        (one, other)
        for one in names[:6]
        for other in names[6:]
        if all(divide(one, other)[2].values())
    ]
    guns = divide("Peru, about 2006", "shotguns to 2006")[0]
    junin = divide("Junín, May 1992", "shotguns to 2006")[0]
    ages = right("10.2")
    early = records[records["year"].between(1980, 1990)]
    early = early.groupby(["department", "year"])["deaths_documented"].sum()
    figures = exercise["figures"]
    clear = right("10.3")
    kinds = {"members", "armed", "weapons", "weapons_returned", "paid", "demobilised"}
    counted = {*figures["counts"], *exercise["abroad"]["counts"]}
    places = exercise["coded"]["certainty"]
    agree = ["place", "year_end", "source_key"]
    says = right("10.t2")
    return {
        "in three years without a law: more than in the nine years with one": right("10.t1")
        > lesson["after"],
        "Eight of the ten come from the press, one from the commission and one from an academic "
        "database": says.to_dict() == {"press": 8, "commission": 1, "academic": 1},
        "two reports": "another report" in figures["quantity"]["interior_1992"],
        "two months": figures["value"]["interior_1992"]
        < figures["value"]["junin_1992_february"]
        < figures["value"]["junin_1992_may"],
        "2022 among the four was struck down": exercise["laws"].set_index("law_id")["ended_by"][
            "per_2022"
        ]
        == "per_2024_ruling",
        "the second is four departments": len(
            re.split(", | and ", figures["place"]["weapons_registered_2022"])
        )
        == 4,
        "Between the pairs none does": (
            figures.loc["shotguns_issued", agree] != figures.loc["weapons_registered_2022", agree]
        ).all(),
        "One valley, two codes": valley["code"].nunique() == 2,
        "Two of these rows are one valley": len(valley) == 2,
        "Two rows are one valley": len(valley) == 2,
        "Committees hold all four codes, indigenous rondas three": codes["committee"] == 4
        and codes["native_ronda"] == 3,
        "lays most of this to nobody": by_year.loc[:1990].sum()
        > records["deaths_documented"].sum() / 2,
        "Then most of the deaths laid to rondas would have no author": by_year.loc[:1990].sum()
        > records["deaths_documented"].sum() / 2,
        "Ten figures, four things counted": (len(strength), strength["counts"].nunique())
        == (10, 4),
        "here and for the committees of the same year, and in none of the other pairs": set(
            agreeing
        )
        == {("Peru, about 2006", other) for other in ("shotguns to 2006", "committees, 2006")},
        "Junín looks eight times better armed than Peru": round(guns / junin) == 8,
        "Five people each need one row": len(right("10.1")) == 5,
        "The table below names four acts": len(exercise["acts"]) == 4,
        "Ten years and nine years": list(ages) == [10, 9],
        "both had patrolled for most of a decade": ages.min() > 5,
        "One people, one year, two codes (Tambo and Ene in 1991)": clear["tambo_1991"]
        != clear["ene_1991"],
        "one river, two years, two codes (Tambo)": clear["tambo_1990"] != clear["tambo_1991"],
        "Two rows were spared you because they can be argued": (
            places[["tulumayo_1990", "alto_canipaco_1992"]] == "arguable"
        ).all(),
        "In Ayacucho most of the early records are of 1984 and 1985": early["Ayacucho"]
        .loc[[1984, 1985]]
        .sum()
        > early["Ayacucho"].sum() / 2,
        "in Junín most are of 1990 itself": early["Junín"].loc[1990] > early["Junín"].sum() / 2,
        "so most of these people were not armed by the state": figures["value"]["shotguns_issued"]
        < figures["value"]["members_paper_2006"] / 2,
        "are six different things": len(kinds & counted) == 6,
    }


EXPLAINS = [
    "the three years from Huaychao on",
    "How many of the ten figures come from",
    "the answers in three columns without saying",
    "Two stories under one",
    "three things",
    "three organisations",
    "anybody was active each year",
    "Read the four rules aloud and",
    "Tell the three cases in the",
    "Everybody writes two answers",
    "each mark is ten times the one",
    "Go to the three places in the",
    "with two speakers",
    "Read it at three places",
    "of those on three lists",
    "Two organisations have become",
    "Twice",
    "Two years",
    "two codes",
    "Two caveats",
    "of one or two sentences a row",
    "its keep where two careful people differ",
    "the lesson are two histories on top",
    "which of the three rondas is meant",
    "three lists lay 526",
    "The sentence held four numbers and labels",
    "Two steps",
    "the smallest year of each",
    "code each year by itself",
    "A pact has two sides",
    "Two divisions",
    "it from a hundred",
    "and one of these four words for each: | Code | Rule | |---|---| | | Villagers decide; no order",
    "Give a Series with the two departments as labels",
    'almost without abuse." In eighty to two hundred and fifty words',
    "here of two crops",
    "two labels",
    "here of pupils for one teacher in two years",
]
