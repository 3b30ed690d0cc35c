"""Lesson 04: what its tasks, quiz, explorer and slides state in words."""

from course.data import load


def numbers(lesson, exercise, right, wrong):
    return {}


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
        "More than 25,000 ha were pulled up in each year to 2019": pulled["Peru"]
        .loc[2016:2019]
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
        "Yet in the first four of ten hectares come back, in the second eight": max(
            abs(crop(12, 0.4, none)[-1] / start - 1), abs(crop(36, 0.8, none)[-1] / start - 1)
        )
        < 0.05,
        "two worlds, one with little replanted and one with much, give the same books": abs(
            (0.4 + lesson["OTHER"] / 12) - (0.8 + lesson["OTHER"] / 36)
        )
        < 0.05,
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
    "half as much coca again was to be pulled up",
    "“half as much again”",
    "half as much again",
    "of two kinds",
    "from two columns",
    "A field sprayed twice is counted twice",
    "a field sprayed twice counts twice",
    "show more than two years",
    "A difference of two estimates",
    "Everybody writes two answers",
    "Go to the three places",
    "Read it at three places",
    "government, five months earlier",
    "Six pairs of figures stand in the lesson; take three",
    "so it can name none",
    "for each year from 2010 to 2020",
    "For each year in which Peru had a national target",
    "two columns: , what was pulled up beyond the highest target of the year",
    "in sixty to two hundred words",
    "The two sentences do not contradict each other",
    "Three steps:",
    "A tonne has a thousand kilograms",
    "Then three lines",
    "against the lowest target of each year",
    "The question is about the highest",
    "Choose one row of the table of 04.5",
    "True counts as 1 and False as 0",
]
