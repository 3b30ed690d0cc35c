"""Lesson 04: its numbers, and what it states in words."""

import math

from course.data import load


def numbers(lesson, exercise, right, wrong):
    peru, colombia, three = lesson["peru"], lesson["colombia"], lesson["three"]
    pulled, crop, ratio = peru["pulled_ha"], peru["area_ha"], peru["new_per_ha"]
    bolivia = three.loc["Bolivia"].loc[2010:2019]
    bolivia_ratio = bolivia["new_ha"] / bolivia["pulled_ha"]
    valley = lesson["vraem"].set_index("year")["area_ha"]
    share = 100 * lesson["soles"] / lesson["soles"].sum()
    target = lesson["targets"].set_index("target_id")["target_ha"]
    report = lesson["eradication"].set_index("figure_id")["area_ha"]
    crop_fall = colombia["area_ha"][2011] - colombia["area_ha"][2012]
    # What no cell of the lesson takes from the tables.
    said = lesson["cultivation"].query("series == 'statement' and country == 'Peru'")
    announced = said.set_index("year")["area_ha"].loc[2013]
    article = load("claims").set_index("claim_id")["value"]
    budget = load("budgets").set_index("budget_id")["amount"]
    replanted = load("replanted_share").set_index("figure_id")["share_percent"]
    claims = load("avoided_cocaine").set_index("figure_id")
    planted = load("quoted_figures").set_index("figure_id")["value_high"]["colombia_2012_planted"]
    avoided = 1000 * claims["claimed_t"] / claims["area_ha"]
    return {
        "article_2013": f"{report['peru_2013_article']:,.0f} ha",
        "article_more": f"{article['target_2013']:.0f}%",
        "article_target_2014": f"{target['peru_2014_article']:,.0f} ha",
        "pulled_2012": f"{pulled[2012]:,.0f} ha",
        "peru_new_2013": f"{right('04.t1'):,.0f} ha",
        "half_again_sum": f"{pulled[2012]:,.0f} + {pulled[2012] / 2:,.0f} = {math.ceil(pulled[2012] + pulled[2012] / 2):,.0f} ha",
        "half_again": f"{math.ceil(pulled[2012] + pulled[2012] / 2):,.0f} ha",
        "pulled_2013": f"{pulled[2013]:,.0f} ha",
        "pulled_2014": f"{pulled[2014]:,.0f} ha",
        "pulled_2016": f"{pulled[2016]:,.0f} ha",
        "crop_2012": f"{crop[2012]:,.0f} ha",
        "crop_2011": f"{crop[2011]:,.0f} ha",
        "crop_2015": f"{crop[2015]:,.0f} ha",
        "least_pulled": f"{pulled.loc[2016:2019].min() // 1000 * 1000:,.0f} ha",
        "vraem_share": f"{100 * valley[2014] / crop[2014]:.0f}%",
        "vraem_plan": f"{target['peru_2014_vraem'] / 1000:.0f} thousand hectares",
        "vraem_2013": f"{valley[2013]:,.0f} ha",
        "vraem_2014": f"{valley[2014]:,.0f} ha",
        "colombia_pulled": f"{round(colombia['pulled_ha'][2012] / 1000) * 1000:,.0f} ha",
        "colombia_start": f"{colombia['area_ha'][2011]:,.0f} ha",
        "colombia_end": f"{colombia['area_ha'][2012]:,.0f} ha",
        "colombia_new_sum": f"−{crop_fall:,.0f} + {1000 * round(colombia['pulled_ha'][2012] / 1000):,.0f} = {1000 * round(colombia['new_ha'][2012] / 1000):,.0f} ha",
        "colombia_new": f"{round(colombia['new_ha'][2012] / 1000) * 1000:,.0f} ha",
        "colombia_left_if_planted": f"{colombia['area_ha'][2011] + planted - round(colombia['pulled_ha'][2012] / 1000) * 1000:,.0f} ha",
        "ratio_2013_sum": f"(−{-peru['change_ha'][2013]:,.0f} + {pulled[2013]:,.0f}) ÷ {pulled[2013]:,.0f} = {ratio[2013]:.2f}",
        "ratio_2010": f"{ratio[2010]:.2f}",
        "ratio_2013": f"{ratio[2013]:.2f}",
        "ratio_2016": f"{ratio[2016]:.2f}",
        "us_ratio_2013": f"{lesson['us_new_per_ha'][2013]:.2f}",
        "us_ratio_2016": f"{lesson['us_new_per_ha'][2016]:.2f}",
        "announced_ratio": f"{(announced - crop[2012] + pulled[2013]) / pulled[2013]:.2f}",
        "crop_2013": f"{crop[2013]:,.0f} ha",
        "crop_2013_announced": f"{announced:,.0f} ha",
        "crop_2013_us": f"{lesson['us_area'][2013]:,.0f} ha",
        "eleven_years": f"{pulled.loc[2010:2020].sum():,.0f} ha",
        "crop_2009": f"{crop[2009]:,.0f} ha",
        "eleven_years_change": f"{crop[2020] - crop[2009]:,.0f} ha",
        "colombia_2009": f"{colombia['area_ha'][2009]:,.0f} ha",
        "colombia_2020": f"{colombia['area_ha'][2020]:,.0f} ha",
        "other_planting_sum": f"{crop[2020]:,.0f} − {crop[2019]:,.0f} = {peru['change_ha'][2020]:,.0f} ha",
        "other_planting": f"{peru['change_ha'][2020]:,.0f} ha",
        "november_2013": f"{report['peru_2013_november']:,.0f} ha",
        "release_2013": f"{report['peru_2013_unodc']:,.0f} ha",
        "devida_2013": f"{report['peru_2013_devida']:,.0f} ha",
        "target_2013_first": f"{target['peru_2013_first']:,.0f} ha",
        "target_2013_plan": f"{target['peru_2013_plan']:,.0f} ha",
        "target_2013_raised": f"{target['peru_2013_raised']:,.0f} ha",
        "press_2017": f"{report['peru_2017_press']:,.0f} ha",
        "pulled_2017": f"{pulled[2017]:,.0f} ha",
        "headline_2024": f"{report['peru_2024_headline']:,.0f} ha",
        "text_2024": f"{report['peru_2024_december']:,.0f} ha",
        "percent_2024": f"{100 * report['peru_2024_december'] / target['peru_2024']:.2f}%",
        "year_2024": f"{report['peru_2024_year']:,.0f} ha",
        "alternative_development": f"{share['alternative development']:.1f}%",
        "supply_control": f"{share['supply control']:.1f}%",
        "prevention": f"{share['prevention and treatment']:.1f}%",
        "trafficking": f"{budget['national_trafficking_2012_2017']:.0f}%",
        "national": f"{budget['national_all_2012_2017']:,.0f} million soles",
        "grown_2016": f"{peru['change_ha'][2016]:,.0f} ha",
        "new_2016": f"{peru['new_ha'][2016]:,.0f} ha",
        "wrong_sign_2016": f"{pulled[2016] - peru['change_ha'][2016]:,.0f} ha",
        "colombia_new_2016": f"{colombia['new_ha'][2016]:,.0f} ha",
        "bolivia_least_new": f"{bolivia['new_ha'].min():,.0f} ha",
        "bolivia_most_new": f"{bolivia['new_ha'].max():,.0f} ha",
        "bolivia_least_ratio": f"{bolivia_ratio.min():.2f}",
        "bolivia_most_ratio": f"{bolivia_ratio.max():.2f}",
        "avoided_2024": f"{avoided['peru_2024_october']:.2f} kg per ha",
        "avoided_2016": f"{avoided['peru_2016']:.2f}",
        "replanted_10_april": f"{replanted['peru_2025_april_10']:.1f}%",
        "replanted_27_april": f"{replanted['peru_2025_april_27']:.1f}%",
    }


def statements(lesson, exercise, right, wrong):
    annex = load("eradication").query("series == 'un_annex'")
    pulled = annex.set_index(["country", "year"])["area_ha"].sort_index()
    areas = load("cultivation").query("series == 'un'").set_index(["country", "year"])["area_ha"]
    grew = right("04.3") * len(pulled["Peru"].loc[2010:])
    table = right("04.5").set_index("year")
    beyond = table["over_target_ha"] / (pulled["Peru"][table.index] - table["over_target_ha"])
    claims = load("avoided_cocaine").set_index("figure_id")
    per_ha = (1000 * claims["claimed_t"] / claims["area_ha"])[claims["year"] == 2025]
    crop, start = lesson["crop"], lesson["START"]
    none, strong = 0, lesson["RESPONSES"]["strong (assumed)"]
    few, many = (crop(plan, 0.6, none)[-1] for plan in (24, 36))
    apart = crop(24, 0.6, strong)[-1] - crop(36, 0.6, strong)[-1]
    targets = load("eradication_targets").query("country == 'Peru' and year == 2013")
    ratio_2016 = lesson["peru"]["new_per_ha"].loc[2016] / lesson["peru"]["new_per_ha"].loc[2013]
    return {
        "One year, three targets, and a fourth": len(targets) == 3,
        "Three targets for one year stand in the table": len(targets) == 3,
        "From 2014 to 2019 more than 25,000 ha were pulled up in each year": pulled["Peru"]
        .loc[2014:2019]
        .min()
        > 25_000,
        "two breaks in the survey's method": load("cultivation")
        .query("series in ('un', 'devida') and country == 'Peru' and year in (2010, 2011, 2018)")[
            "concept"
        ]
        .nunique()
        == 3,
        "minus sixteen thousand plus what was pulled up": areas["Colombia", 2012]
        - areas["Colombia", 2011]
        == -16_000,
        "the lowest year": pulled["Peru"].loc[2010:].index[0] == 2010
        and lesson["peru"]["new_per_ha"].loc[2010:2019].idxmin() == 2013,
        "less what is pulled up (never more than stands)": math.isclose(
            crop(2 * start, 0, none)[1], lesson["OTHER"]
        ),
        "Three policies, three ratios near one": (
            lesson["totals"]["new_per_ha"].sub(1).abs() < 0.1
        ).sum()
        == 3,
        "Three countries with three policies end near one": (
            lesson["totals"]["new_per_ha"].sub(1).abs() < 0.1
        ).sum()
        == 3,
        "four times the 59,900 ha it began with": round(
            pulled["Peru"].loc[2010:2020].sum() / areas["Peru", 2009]
        )
        == 4,
        "the first plan takes a quarter off the crop, the second almost two thirds": 1 / 5
        < 1 - few / start
        < 3 / 10
        and 3 / 5 < 1 - many / start < 2 / 3,
        "With a strong response most of the difference between the two plans is gone": apart
        < (few - many) / 2,
        "Yet in the first world four of ten hectares pulled up are planted again, in the second eight of ten": max(
            abs(crop(12, 0.4, none)[-1] / start - 1), abs(crop(36, 0.8, none)[-1] / start - 1)
        )
        < 0.05,
        "two worlds, one with little replanted and one with much, keep the crop and give the same ratio": abs(
            (0.4 + lesson["OTHER"] / 12) - (0.8 + lesson["OTHER"] / 36)
        )
        < 0.05
        and abs(crop(12, 0.4, none)[-1] / start - 1) < 0.05
        and abs(crop(36, 0.8, none)[-1] / start - 1) < 0.05,
        "Growers doubled their replanting in three years": round(ratio_2016) == 2,
        "did half as much good as in 2013": round(ratio_2016) == 2,
        "In every year of the table each country reported eradication": (pulled > 0).all()
        and pulled.groupby("country").size().eq(12).all(),
        "every year had some": (pulled.loc["Peru"] > 5_000).all(),
        "in seven of the eleven years, Bolivia's and Colombia's in five": grew.round(6).to_dict()
        == {"Bolivia": 5, "Colombia": 5, "Peru": 7},
        "all four claims of 2025 give the same": len(per_ha) == 4
        and per_ha.round(2).nunique() == 1,
        "The target was met in all seven years, and the crop grew in four of them (one of the "
        "four, 2011,": len(table) == 7
        and (table["over_target_ha"] > 0).all()
        and (table["change_ha"] > 0).sum() == 4
        and table["change_ha"][2011] > 0,
        "In five of the seven the work ended within three per cent of the target": (
            beyond < 3 / 100
        ).sum()
        == 5,
        "as they had done in each year before with a target": (
            table["over_target_ha"].loc[:2015] > 0
        ).all(),
        "Most of it stood there before": areas["Colombia", 2015] > areas["Colombia", 2016] / 2,
        "You divided by twelve years": len(pulled["Peru"]) == 12,
        "the goals of 2013 and 2014 were raised": {2013, 2014}
        <= set(
            load("eradication_targets")
            .query("country == 'Peru' and scope == 'country'")
            .groupby("year")["target_ha"]
            .nunique()
            .loc[lambda n: n > 1]
            .index
        ),
    }


EXPLAINS = [
    "Write two answers on the board",
    "only two columns of figures and one subtraction",
    "On paper three pillars",
    "of two kinds",
    "from two columns",
    "A field sprayed twice is counted twice",
    "a field sprayed twice counts twice",
    "show more than two years",
    "A difference of two estimates",
    "Everybody writes two answers",
    "Go to three places",
    "Read it at three places",
    "government, five months earlier",
    "so it can name none",
    "for each year from 2010 to 2020",
    "For each year in which Peru had a national target",
    "two columns: , what was pulled up beyond the highest target of the year",
    "in sixty to two hundred words",
    "The two sentences do not contradict each other",
    "Three steps:",
    "A tonne has a thousand kilograms",
    "with at least two decimals",
    "Carry it over to the two columns",
    "against the lowest target of each year",
    "The question is about the highest",
    "Choose one row of the table of 04.5",
    "Begin the two sentences with",
    "a field of 2 hectares gives 4.4 tonnes",
    "each year's largest crop is",
]
