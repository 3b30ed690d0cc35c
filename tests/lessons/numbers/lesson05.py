"""Lesson 05: its numbers, and what it states in words.

Areas of 2022 and 2024 and potential cocaine of 2020 are loaded: no cell shows them.
"""

from course.data import load


def numbers(lesson, exercise, right, wrong):
    us, us_peru = (lesson["us"].set_index(["country", "year"])["area_ha"], lesson["us_peru"])
    change = lesson["both"].set_index("country")["change_ha"]
    moved, did = (lesson["pair"]["change_ha"], -lesson["pair"]["did_ha"])
    before, after = (lesson["pair"]["area_ha_2009"], lesson["pair"]["area_ha_2010"])
    in_2004 = lesson["zones"].query("year == 2004").set_index("zone")["area_ha"]
    shown = lesson["shown"]
    sm = shown.set_index("figure_id")["area_ha"]
    starts = shown[shown["role"] == "start"]["area_ha"]
    ends = shown[shown["role"] == "end"]["area_ha"]
    kept, without = (lesson["kept"], lesson["start"] * lesson["kept"])
    effects, low, high = (exercise["effects"], lesson["least"], lesson["most"])
    border = "mejia_restrepo_rozo2017"
    aid = exercise["aid"].set_index("aid_id")["amount_usd_million"]
    annex = exercise["eradication"].set_index("figure_id")["area_ha"]
    seized = exercise["seizures"].set_index("figure_id")["amount_t"]
    departments = load("cultivation_departments").set_index(["department", "year"])["area_ha"]
    agency = load("cultivation_zones").query("series == 'devida'").set_index(["zone", "year"])
    in_2020 = load("potential_cocaine").query("country == 'Peru' and year == 2020")
    in_2020 = in_2020.set_index("series")["cocaine_t"]
    here, there = ("Alto Huallaga", "elsewhere")
    growth_there = after[there] / before[there]
    as_there = before[here] * growth_there
    us_2020, said_2020 = (in_2020["us"], in_2020["statement"])
    caught = seized["peru_2020_seized_cocaine_total"]
    gone = seized["peru_2020_destroyed_hydrochloride"] + seized["peru_2020_destroyed_paste"]
    from_peru, stood, share_2019 = (right("05.2"), right("05.3"), right("05.4"))
    return {
        "start_magazine": f"{sm['1990_magazine']:,.0f} ha",
        "start_study": f"{lesson['start']:,.0f} ha",
        "start_student": f"{sm['1985_student']:,.0f} ha",
        "end_economist": f"{sm['2009_economist']:,.0f} ha",
        "end_study": f"{lesson['end']:,.0f} ha",
        "end_magazine": f"{sm['2009_magazine']:,.0f} ha",
        "least_lost_sum": f"{starts.min():,.0f} − {ends.max():,.0f} = {starts.min() - ends.max():,.0f} ha",
        "most_lost_sum": f"{starts.max():,.0f} − {ends.min():,.0f} = {starts.max() - ends.min():,.0f} ha",
        "country_down": f"{100 * (1 - kept):.1f}%",
        "least_lost": f"{starts.min() - ends.max():,.0f} ha",
        "most_lost": f"{starts.max() - ends.min():,.0f} ha",
        "peru_1992": f"{us_peru[1992]:,.0f} ha",
        "peru_2009": f"{us_peru[2009]:,.0f} ha",
        "without_sum": f"{lesson['start']:,.0f} × {us_peru[2009]:,.0f} ÷ {us_peru[1992]:,.0f} = {without:,.0f} ha",
        "without": f"{without:,.0f} ha",
        "study_fall": f"{lesson['start'] - lesson['end']:,.0f} ha",
        "with_country_sum": f"{lesson['start']:,.0f} − {without:,.0f} = {lesson['start'] - without:,.0f} ha",
        "its_own_sum": f"{without:,.0f} − {lesson['end']:,.0f} = {without - lesson['end']:,.0f} ha",
        "with_country": f"{lesson['start'] - without:,.0f} ha",
        "its_own": f"{without - lesson['end']:,.0f} ha",
        "later": f"{departments.loc['San Martín', 2022]:,.0f} ha",
        "record": f"{annex['peru_2025_corah']:,.0f} ha",
        "peru_lost": f"{-change['Peru']:,.0f} ha",
        "colombia_gained": f"{change['Colombia']:,.0f} ha",
        "three_lost": f"{-change['Andean total']:,.0f} ha",
        "own_new": f"{-effects['effect_low']['davalos_morales2019_own']:.0f}%",
        "neighbours_new": f"{-effects['effect_low']['davalos_morales2019_neighbours']:.0f}%",
        "huallaga_fell": f"{-moved['Alto Huallaga']:,.0f} ha",
        "vraem_rose": f"{moved['VRAEM']:,.0f} ha",
        "did_vraem_sum": f"−{-moved['Alto Huallaga']:,.0f} − {moved['VRAEM']:,.0f} = −{did['VRAEM']:,.0f} ha",
        "did_vraem": f"{did['VRAEM']:,.0f} ha",
        "did_convencion": f"{did['La Convención-Lares']:,.0f} ha",
        "did_elsewhere": f"{did['elsewhere']:,.0f} ha",
        "pulled_2009": f"{annex['peru_2009_annex']:,.0f} ha",
        "pulled_2010": f"{annex['peru_2010_annex']:,.0f} ha",
        "more_pulled": f"{annex['peru_2010_annex']:,.0f} − {annex['peru_2009_annex']:,.0f} = {annex['peru_2010_annex'] - annex['peru_2009_annex']:,.0f} ha",
        "growth_there": f"{100 * (growth_there - 1):.1f}%",
        "as_there_sum": f"{before[here]:,.0f} × {after[there]:,.0f} ÷ {before[there]:,.0f} = {as_there:,.0f} ha",
        "did_percent_sum": f"{as_there:,.0f} − {after[here]:,.0f} = {as_there - after[here]:,.0f} ha",
        "did_percent": f"{as_there - after[here]:,.0f} ha",
        "all_displaced_sum": f"{-moved['Alto Huallaga']:,.0f} − {moved['VRAEM']:,.0f} = {-moved['Alto Huallaga'] - moved['VRAEM']:,.0f} ha",
        "all_displaced": f"{-moved['Alto Huallaga'] - moved['VRAEM']:,.0f} ha",
        "border": f"{low[border]:.3f} to {high[border]:.2f} ha",
        "cells": f"{high['rozo2014']:.2f} ha",
        "municipalities": f"{high['abadie2015']:.2f} ha",
        "border_sprayed": f"{1 / high[border]:.0f} to {1 / low[border]:.0f} hectares",
        "cells_sprayed": f"or {1 / high['rozo2014']:.0f},",
        "municipalities_sprayed": f"at least {1 / high['abadie2015']:.0f}",
        "draft": f"{-effects['effect_low']['rozo2013']:.2f} ha",
        "cost_draft": f"{effects['effect_low']['mejia_restrepo_cede_eradication']:,.0f} dollars",
        "cost": f"{effects['effect_low']['mejia_restrepo2016_eradication']:,.0f} dollars",
        "cost_interdiction": f"{effects['effect_low']['mejia_restrepo2016_interdiction']:,.0f} dollars",
        "seized": f"{caught:.0f} t",
        "potential_us": f"{us_2020:.0f} t",
        "potential_said": f"{said_2020:.0f} t",
        "destroyed": f"{gone:.1f} t",
        "ratio_us": f"{100 * caught / us_2020:.1f}%",
        "ratio_said": f"{100 * caught / said_2020:.1f}%",
        "ratio_destroyed": f"{100 * gone / said_2020:.0f}%",
        "vraem_2024": f"{agency['area_ha']['VRAEM', 2024]:,.0f} ha",
        "huallaga_2004": f"{in_2004[here]:,.0f} ha",
        "did_bolivia": f"{-from_peru['Bolivia']:,.0f} ha",
        "did_colombia": f"{-from_peru['Colombia']:,.0f} ha",
        "peru_1995": f"{us.loc['Peru', 1995]:,.0f} ha",
        "sprayed_2012": f"{exercise['sprayed']:,.0f} ha",
        "crop_2012": f"{exercise['crop']:,.0f} ha",
        "least_without": f"{stood[border]:,.0f} ha",
        "most_without": f"{stood['abadie2015']:,.0f} ha",
        "aid_2011": f"{aid['us_peru_2011']:.0f} million",
        "aid_2013": f"{aid['us_peru_2013']:.0f} million",
        "pulled_2011": f"{annex['peru_2011_annex']:,.0f} ha",
        "pulled_2013": f"{annex['peru_2013_annex']:,.0f} ha",
        "ratio_2019_first": f"{share_2019['first']:.1f}%",
        "ratio_2019_revised": f"{share_2019['revised']:.1f}%",
    }


def statements(lesson, exercise, right, wrong):
    shown = lesson["shown"]
    starts = shown[shown["role"] == "start"]["area_ha"]
    ends = shown[shown["role"] == "end"]["area_ha"]
    both = lesson["both"].set_index("country")
    lost = -both["change_ha"]
    fell = lost / both["area_ha_1995"]
    pair, effects = (lesson["pair"]["change_ha"], exercise["effects"])
    per_ha = effects[(effects["effect_unit"] == "ha per ha") & (effects["stage"] != "draft")]
    rozo = effects.loc[["rozo2013", "rozo2014"]]
    balloon = lesson["balloon"]
    accident = balloon(8, 0.5)
    money = (
        exercise["aid"].set_index("aid_id").loc[["us_peru_2011", "us_peru_2012", "us_peru_2013"]]
    )
    crop, stood = right("05.3"), exercise["crop"]
    return {
        "for the three countries together much of it is not": lost.drop("Andean total").sum()
        < lost["Peru"] / 2,
        "Three starting points": starts.nunique() == 3,
        "in every pair more than nine tenths of the coca": 1 - ends.max() / starts.min() > 0.9,
        "The three together lost 31,800 ha": lost["Andean total"] == 31_800,
        "Add up the three countries: the balloon leaks": lost.drop("Andean total").sum()
        == lost["Andean total"],
        "three groups defend three comparison zones; they get three effects from one table": pair.drop(
            "Alto Huallaga"
        ).nunique()
        == 3,
        "the two zones together lost 2,235 ha": pair["Alto Huallaga"] + pair["VRAEM"] == -2_235,
        "Municipalities: at most 0.11 ha": effects["effect_low"]["abadie2015"] == -0.11
        and "bound" in effects["note"]["abadie2015"],
        "at least 9": round(-1 / effects["effect_low"]["abadie2015"]) == 9,
        "Four estimates, four questions": len(per_ha) + 1 == 4,
        "Three ask about one more hectare sprayed": len(per_ha) == 3
        and set(per_ha["policy"]) == {"aerial spraying"},
        "Write the four questions beside the four numbers": len(per_ha) + 1 == 4,
        "The mean of all four": len(per_ha) + 1 == 4,
        "At a share of a half before and after is right by accident": accident["before/after in A"]
        == accident["truth, A and B"],
        "It counts what moved twice": balloon(12, 0.5)["DiD"] == -12 - 12 * 0.5
        and balloon(12, 0.5)["truth, A and B"] == -12 + 12 * 0.5,
        "too large, because what moved counts twice": balloon(8, 1)["truth, A and B"]
        - balloon(8, 1)["DiD"]
        == 2 * 8,
        "nothing was gained for the two together, and DiD shows twice what A lost": balloon(12, 1)[
            "truth, A and B"
        ]
        == 0
        and balloon(12, 1)["DiD"] == 2 * balloon(12, 1)["truth, A"],
        "One study, two versions: 0.25 ha in 2013; 0.07 ha in 2014": list(rozo["effect_low"])
        == [-0.25, -0.07]
        and list(rozo["stage"]) == ["draft", "working paper"],
        "Answer for each of the three studies, with its strongest effect": len(crop) == 3
        and (per_ha["effect_low"] <= per_ha["effect_high"].fillna(0)).all(),
        "in each study most of the sprayed land makes no difference to the crop": max(crop)
        < stood + exercise["sprayed"] / 2,
        "The three sums come from an ambassador and two press reports": list(money["observer"])
        == ["US", "press", "press"],
        "coca fell by two thirds in Peru": round(fell["Peru"], 2) == round(2 / 3 - 0.005, 2),
        "by far less in the three countries together": fell["Andean total"] < fell["Peru"] / 3,
        "If a year appears three times, a country too many is in the table": exercise["annex"]
        .query("year == 2011")["country"]
        .nunique()
        == 3,
    }


EXPLAINS = [
    "A minister wants to spray a thousand hectares more",
    "Multiply by a thousand instead",
    "Four sentences that say “because”",
    "Four sentences that each say that one thing caused another",
    "It is before and after, three times",
    "Two conditions, in plain words first",
    "The same four numbers fit two stories",
    "the comparison that looks most alike may be the worst",
    "Everybody writes two answers",
    "Go to the four places",
    "Read it at four places",
    "Two rows are one study quoted twice",
    "Seized or destroyed, over two different totals",
    "divide three different things by two different totals",
    "even two perfect counts would leave the gap",
    "it enters with opposite signs in the two",
    "if ten thousand more are sprayed",
    "a mean of answers to different questions answers none",
    "its margin is the nearest",
    "Four people each need one row",
    "Build the DiD twice",
    "which of the two you would trust less",
    "none of the three covers growers who left for another country",
    "three years are no design",
    "In eighty to two hundred and fifty words",
    "the two comparisons of task 05.2",
    "for Peru and for the three countries together",
    "places that flights never reached",
    "You added the two changes",
    "with at least one decimal",
    "An invented district counts its forest on 31 December of each year",
    "for each year from 2019 to 2022",
    "Think first which of the two columns is a stock",
    "gives two shares at once",
    "The ratio climbs each year, and in the last it passes one",  # of invented data
    "Above the line one number, below it two",
    "Less coca is negative, so the strongest is the lowest number",
]
