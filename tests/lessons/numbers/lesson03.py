"""Lesson 03: its numbers, and what it states in words."""

from course.data import load


def numbers(lesson, exercise, right, wrong):
    cultivation = load("cultivation").set_index(["series", "country", "year"])["area_ha"]
    un, us, first = (cultivation.loc["un"], cultivation.loc["us"], cultivation.loc["un_first"])
    peru, peru_us = (lesson["areas"], lesson["us"]["area_ha"])
    colombia, colombia_us = (lesson["colombia"]["area_ha"], us.loc["Colombia"])
    bolivia, andes = (un.loc["Bolivia"], un.loc["Andean total"])
    agency, same, printed = (lesson["joined"], lesson["old_zones"], lesson["printed"])
    zones = lesson["un_zones"].set_index(["zone", "year"])["area_ha"]
    departments = load("cultivation_departments").set_index(["department", "year"])["area_ha"]
    leaf = load("leaf_production").set_index("figure_id")["leaf_t"]
    cocaine = load("potential_cocaine").set_index(["series", "country", "year", "version"])[
        "cocaine_t"
    ]

    def change(area, year, base=None):
        return 100 * (area.loc[year] / area.loc[base or year - 1] - 1)

    images_2011, made_net = (lesson["images_2011"], lesson["made_net"].loc[2010])
    tonnes = cocaine.loc["us"].loc["Peru"].xs("series_2019", level="version")
    vraem = zones.loc["VRAEM"]
    elsewhere = zones.loc["elsewhere"]
    quoted = load("quoted_figures").set_index("figure_id")["value"]
    said, abandoned, changing = (
        quoted[f"colombia_2024_{what}"] for what in ("president", "abandoned", "substitution")
    )
    return {
        "un_2015": f"{peru.loc[2015]:,.0f} ha",
        "us_2015": f"{peru_us.loc[2015]:,.0f} ha",
        "said_2015": f"{cultivation.loc['statement', 'Peru', 2015]:,.0f} ha",
        "change_2011": f"+{change(peru, 2011):.1f}%",
        "change_2011_sum": f"({peru.loc[2011]:,.0f} − {peru.loc[2010]:,.0f}) ÷ {peru.loc[2010]:,.0f}",
        "printed_2011": f"{printed['un_2012']:.0f}%",
        "summary_2011": f"+{printed['servindi_2012']:.1f}%",
        "un_2010": f"{peru.loc[2010]:,.0f} ha",
        "un_2011": f"{peru.loc[2011]:,.0f} ha",
        "images_2011_sum": f"{peru.loc[2010]:,.0f} × {images_2011 / peru.loc[2010]:.3f}",
        "images_2011": f"{round(images_2011 / 100) * 100:,.0f} ha",
        "change_2018": f"{change(peru, 2018):.1f}%",
        "ratio_2003": f"{peru_us.loc[2003] / peru.loc[2003]:.2f}",
        "ratio_2020": f"{peru_us.loc[2020] / peru.loc[2020]:.2f}",
        "fall_2013": f"{-change(peru, 2013):.1f}%",
        "rise_2013": f"{change(peru_us, 2013):.1f}%",
        "all_zones_2021": f"{lesson['all_zones']:.1f}%",
        "same_zones_2021": f"{lesson['same_zones']:.1f}%",
        "new_zones_2021": f"{lesson['in_2021']['area_ha'].sum() - same.loc[2021]:,.0f} ha",
        "peru_2014": f"{peru.loc[2014]:,.0f} ha",
        "colombia_2014": f"{colombia.loc[2014]:,.0f} ha",
        "colombia_2010_first": f"{first.loc['Colombia', 2010]:,.0f} ha",
        "colombia_2010": f"{colombia.loc[2010]:,.0f} ha",
        "leaf_peru": f"{leaf['peru_2009_production_wdr']:,.0f} t",
        "leaf_colombia": f"{leaf['colombia_2009_production_wdr']:,.0f} t",
        "since_2010": f"{change(peru, 2020, 2010):.1f}%",
        "since_2015": f"{change(peru, 2020, 2015):.1f}%",
        "since_2010_net": f"{100 * (peru.loc[2020] / made_net - 1):.1f}%",
        "since_2020": f"{change(agency, 2024, 2020):.1f}%",
        "since_2020_same": f"{change(same, 2024, 2020):.1f}%",
        "new_ground_since_2020": f"{change(agency, 2024, 2020) - change(same, 2024, 2020):.1f} "
        "percentage points",
        "last_un": f"{peru.loc[2020]:,.0f} ha",
        "last_us": f"{peru_us.loc[2021]:,.0f} ha",
        "since_2013_un": f"{change(peru, 2020, 2013):.1f}%",
        "since_2013_us": f"{change(peru_us, 2021, 2013):.1f}%",
        "peru_1991_low": f"{cultivation.loc['statement_enaco', 'Peru', 1991]:,.0f} ha",
        "peru_1991_middle": f"{cultivation.loc['statement_apodesa', 'Peru', 1991]:,.0f} ha",
        "peru_1991_high": f"{cultivation.loc['statement_agriculture', 'Peru', 1991]:,.0f} ha",
        "us_1992": f"{peru_us.loc[1992]:,.0f} ha",
        "us_1999": f"{peru_us.loc[1999]:,.0f} ha",
        "dea_1999": f"{cultivation.loc['us_other', 'Peru', 1999]:,.0f} ha",
        "change_2010": f"+{change(peru, 2010):.1f}%",
        "us_change_2010": f"+{printed['idl_2012']:.0f}%",
        "colombia_2009_first": f"{first.loc['Colombia', 2009]:,.0f} ha",
        "colombia_2009": f"{colombia.loc[2009]:,.0f} ha",
        "andes_2003": f"{andes.loc[2003]:,.0f} ha",
        "andes_2003_wire": f"{cultivation.loc['statement', 'Andean total', 2003]:,.0f} ha",
        "colombia_2024_said": f"{said:,.0f} ha",
        "colombia_2024_less": f"{said - abandoned - changing:,.0f} ha",
        "colombia_2024_un": f"{un.loc['Colombia', 2024]:,.0f} ha",
        "bolivia_2019": f"{bolivia.loc[2019]:,.0f} ha",
        "bolivia_2019_us": f"{us.loc['Bolivia', 2019]:,.0f} ha",
        "us_area_growth": f"{change(peru_us, 2018, 2012):.1f}%",
        "us_cocaine_growth": f"{change(tonnes, 2018, 2012):.1f}%",
        "vraem_2010": f"{change(vraem, 2010):.1f}%",
        "elsewhere_2010": f"{change(elsewhere, 2010):.1f}%",
        "ucayali_2018": f"{departments.loc['Ucayali', 2018]:,.0f} ha",
        "ucayali_2022": f"{departments.loc['Ucayali', 2022]:,.0f} ha",
        "colombia_2021": f"{change(colombia, 2021):.1f}%",
        "colombia_2021_us": f"{-change(colombia_us, 2021):.1f}%",
        "colombia_2020": f"{-change(colombia, 2020):.1f}%",
        "colombia_2020_us": f"{change(colombia_us, 2020):.1f}%",
        "republica": f"{printed['republica_2021']:.1f}%",
        "inforegion": f"{printed['inforegion_2021']:.0f}%",
        "agency_2020": f"{change(agency, 2020):.1f}%",
        "share_2020": f"{100 * peru.loc[2020] / andes.loc[2020]:.1f}%",
        "all_zones_2022": f"{change(agency, 2022, 2020):.1f}%",
        "same_zones_2022": f"{change(same, 2022, 2020):.1f}%",
        "new_zones_2022": f"{agency.loc[2022] - same.loc[2022]:,.0f} ha",
        "ratio_least": f"{(colombia_us / colombia).min():.2f}",
        "ratio_most": f"{(colombia_us / colombia).max():.2f}",
        "lead_2012": f"{colombia_us.loc[2012] - peru_us.loc[2012]:,.0f} ha",
        "lead_2013": f"{colombia_us.loc[2013] - peru_us.loc[2013]:,.0f} ha",
    }


def statements(lesson, exercise, right, wrong):
    un, us = lesson["areas"], lesson["us"]["area_ha"]
    zones, watched = lesson["zones"], lesson["devida"].groupby("year").size()
    agency = lesson["joined"]
    redone = right("03.2")
    printed = lesson["printed"][redone.index]
    wrong_in_print = (printed - redone).abs().round() > 0.5
    ratio = right("03.5")
    headlines = load("headlines").query("series == 'un' and country == 'Peru' and year_to == 2011")
    first = lesson["race"].index[lesson["race"]["peru_first"]]
    return {
        "One crop, one year, three figures": len(lesson["in_2015"]) == 3,
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
    "has to compare each year",
    "stand in two other columns",
    "are the two that print got wrong",
    "asks for all five changes",
    "Your two areas",
    "by their area, smallest first",
    "so none of them is new",
    "in which year it is largest",
    "Look up in which year it is largest",
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
    "which of the four words explains the row",
    "An area grows by a quarter in one year",
    "By a quarter.",
    "The base is always the earlier figure",
    "By a third.",
    "The two cancel out",
    "Averaging two unlike measures gives a third number",
    "Each half names its observer",
    "Write down the four signs",
    "the two areas that it speaks of",
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
    "with at least one decimal",
    "and at least one decimal",
    "has one value for each year that both observers have",
    "Take the two series of the US",
    "less 1, times 100",
    "Subtract 1 before",
]
