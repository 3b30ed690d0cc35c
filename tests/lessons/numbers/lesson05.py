"""Lesson 05: what its tasks, quiz, explorer and slides state in words."""

from course.data import load


def numbers(lesson, exercise, right, wrong):
    return {}


def statements(lesson, exercise, right, wrong):
    baselines = load("san_martin_baselines")
    starts = baselines[baselines["role"] == "start"]["area_ha"]
    ends = baselines[baselines["role"] == "end"]["area_ha"]
    us = load("cultivation").query("series == 'us'").set_index(["country", "year"])["area_ha"]
    us = us.sort_index()
    fell = {place: 1 - us[place, 1999] / us[place, 1995] for place in ("Peru", "Andean total")}
    zones = load("cultivation_zones").query("series == 'un' and country == 'Peru'")
    zones = zones.set_index(["zone", "year"])["area_ha"].sort_index()
    pair = zones.xs(2010, level="year") - zones.xs(2009, level="year")
    effects = load("effect_sizes").set_index("effect_id")
    per_ha = effects[(effects["effect_unit"] == "ha per ha") & (effects["stage"] != "draft")]
    rozo = effects.loc[["rozo2013", "rozo2014"]]
    balloon = lesson["balloon"]
    accident = balloon(8, 0.5)
    money = load("aid").set_index("aid_id").loc[["us_peru_2011", "us_peru_2012", "us_peru_2013"]]
    crop, stood = right("05.3"), exercise["crop"]
    annex = load("eradication").query("series == 'un_annex'")
    return {
        "Three starting points": starts.nunique() == 3,
        "in percent every pair gives more than nine tenths": 1 - ends.max() / starts.min() > 0.9,
        "The three together lost 31,800 ha": us["Andean total", 1999] - us["Andean total", 1995]
        == -31_800,
        "Add up the three countries: the balloon leaks": sum(
            us[place, 1999] - us[place, 1995] for place in ("Peru", "Bolivia", "Colombia")
        )
        == us["Andean total", 1999] - us["Andean total", 1995],
        "three groups defend three comparison zones; they get three effects from one table": pair.drop(
            "Alto Huallaga"
        ).nunique()
        == 3,
        "the two zones together lost 2,235 ha": pair["Alto Huallaga"] + pair["VRAEM"] == -2_235,
        "Municipalities: at most 0.11 ha": effects["effect_low"]["abadie2015"] == -0.11
        and "bound" in effects["note"]["abadie2015"],
        "9 at the least": round(-1 / effects["effect_low"]["abadie2015"]) == 9,
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
        "If a year appears three times, a country too many is in the table": annex.query(
            "year == 2011"
        )["country"].nunique()
        == 3,
    }


EXPLAINS = [
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
    "for the three countries together much of it is not",
    "places that flights never reached",
    "You added the two changes",
    "Above the line one number, below it two",
]
