"""Lesson 03: what its tasks, quiz, explorer and slides state in words."""

from course.data import load


def numbers(lesson, exercise, right, wrong):
    return {}


def statements(lesson, exercise, right, wrong):
    areas = load("cultivation").set_index(["series", "country", "year"])["area_ha"].sort_index()
    un, us = areas["un", "Peru"], areas["us", "Peru"]
    zones = load("cultivation_zones")
    watched = zones[zones["series"] == "devida"].groupby("year").size()
    agency = areas["devida", "Peru"]
    redone = right("03.2")
    printed = load("headlines").set_index("headline_id")["printed_change"][redone.index]
    wrong_in_print = (printed - redone).abs().round() > 0.5
    ratio = right("03.5")
    headlines = load("headlines").query("series == 'un' and country == 'Peru' and year_to == 2011")
    lead = (un - areas["un", "Colombia"]).dropna()
    first = lead.index[lead > 0]
    return {
        "One crop, one year, three figures": len(
            load("cultivation").query("country == 'Peru' and year == 2015")
        )
        == 3,
        "for one and the same year two percentages were printed": headlines[
            "printed_change"
        ].nunique()
        == 2,
        "Trace the three pieces with a finger": len(lesson["SERIES"]["UN, as printed"][2]) + 1 == 3,
        "Two observers, opposite signs": un[2013] - un[2012] < 0 < us[2013] - us[2012],
        "There is none.": (us / un).dropna().round(1).nunique() > 2,
        "Fourteen zones, then nineteen": (watched[2020], watched[2021]) == (14, 19),
        "Fourteen zones became nineteen in one year": (watched[2020], watched[2021]) == (14, 19),
        "In two.": list(first) == [2012, 2013],
        "because 2015 is the lowest year of the series": un.loc[:2020].idxmin() == 2015,
        "By a fifth.": round(1 - 1 / (1 + 1 / 4), 9) == 1 / 5,
        "A quarter of the larger area is more than was added": (1 + 1 / 4) / 4 > 1 / 4,
        "That would be the rise that makes up for a fall of a quarter": round(
            1 / (1 - 1 / 4) - 1, 9
        )
        == round(1 / 3, 9),
        "has a row for 2021 and none for 2020": zones[zones["zone"] == "Bajo Huallaga"][
            "year"
        ].min()
        == 2021,
        "Here are five changes as headlines printed them": len(redone) == 5,
        "two of the five are wrong in print, by more than rounding": wrong_in_print.sum() == 2,
        "Three come out again. Two do not": (~wrong_in_print).sum() == 3,
        "reported the largest area of its series, in twenty zones": agency.idxmax() == 2022
        and watched[2022] == 20,
        "In 2020 it had fourteen": watched[2020] == 14,
        "in the fourteen zones of 2020": watched[2020] == 14,
        "The six new zones": watched[2022] - watched[2020] == 6,
        "One of the two wrong headlines": wrong_in_print.sum() == 2,
        "The ratio lies above one in every year and swings up and down, with its top in 2020 and "
        "its bottom in 2021.": ratio.min() > 1 and (ratio.idxmax(), ratio.idxmin()) == (2020, 2021),
        "Always above one": ratio.min() > 1,
        "those two are neighbours: 2021 and 2020": {ratio.idxmin(), ratio.idxmax()} == {2020, 2021},
        "The lines drawn from 2001 to 2007 and from 2007 to 2011": list(
            ratio.index[ratio.index.to_series().diff() > 1]
        )
        == [2007, 2011],
        "Coca in Peru up by more than half since 2020": agency[2022] / agency[2020] > 3 / 2,
        "coca in the fourteen zones watched since 2020": watched[2020] == 14,
        "With all twenty zones of 2022": watched[2022] == 20,
        "in the six new zones": watched[2022] - watched[2020] == 6,
        "Wrong in print are the two that lie furthest apart; all others are rounded to a whole "
        "number": (printed - redone)
        .abs()
        .nlargest(2)
        .index.isin(wrong_in_print.index[wrong_in_print])
        .all(),
        "as one of the five headlines did": round(wrong("03.2", "later year as base"), 1).eq(
            printed
        )["republica_2021"],
        "two of the five are falls": (redone < 0).sum() == 2,
        "beside 26.": printed["inforegion_2021"] == 26,
        "several points below 26.": 2
        < printed["inforegion_2021"] - 100 * (us[2020] / us[2019] - 1)
        < 6,
        "this one is several points above 26": 2
        < 100 * (agency[2021] / agency[2020] - 1) - printed["inforegion_2021"]
        < 6,
    }


EXPLAINS = [
    "Collect the answers under four words",
    "these four in this order",
    "Two sentences, both about hectares",
    "The third is a statement",
    "Four words that a figure needs",
    "between which two years you must not divide",
    "Percent changes of the same crop by two observers",
    "Everybody writes three answers",
    "Go to the three places: the UN as printed with two base years",
    "Look at the warning about breaks each time",
    "Read it at three places",
    "Seven rows in the lesson, three here",
    "which of the four words explains each",
    "An area grows by a quarter in one year",
    "By a quarter.",
    "The base is always the earlier figure",
    "By a third.",
    "The two cancel out",
    "Averaging two unlike measures gives a third number",
    "Each half names its observer",
    "Write down the four signs",
    "the two areas that each headline speaks of",
    "Compute the change for all five at once",
    "Compute the four candidates",
    "that of the three countries",
    "most probably when a sentence was shortened",
    "for each year that has both",
    "between sixty and two hundred words",
    "each of the two changes in percent",
    "they answer two questions",
    "the change of every year as a fraction",
    "the hundred that was there before",
    "so one line does all five",
    "Compute the change from the two areas first",
    "Four divisions, four numbers",
    "A change compares one place in two years",
    "One of the four compares two places in one year",
    "Take the two series of the US",
    "less 1, times 100",
    "Subtract 1 before",
]
