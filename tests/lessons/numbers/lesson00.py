"""Lesson 00: its numbers, and what it states in words.

It quotes areas, claims, tolls and a goal and computes none of them: these are loaded.
"""

from course.data import load


def numbers(lesson, exercise, right, wrong):
    cultivation, claims = (load("cultivation"), load("claims"))
    peru = cultivation[cultivation["country"] == "Peru"].set_index(["series", "year"])["area_ha"]
    counted = lesson["bases"].set_index("figure_id")["bases"]
    claimed = claims.set_index("claim_id")["value"]
    toll = load("toll_estimates").set_index("estimate_id")
    pulled = load("eradication").set_index("figure_id")["area_ha"]
    rivals = load("claim_rivals").set_index("rival_id")["value"]
    target = load("eradication_targets").set_index("target_id")["target_ha"]
    return {
        "points": f"{claims['point'].max()} points",
        "un_2012": f"{peru.loc['un', 2012]:,.0f} ha",
        "un_2013": f"{peru.loc['un', 2013]:,.0f} ha",
        "us_2013": f"{peru.loc['us', 2013]:,.0f} ha",
        "government_2013": f"{peru.loc['statement', 2013]:,.0f} ha",
        "fall_2013": f"{peru.loc['un', 2012] - peru.loc['un', 2013]:,.0f} ha",
        "bases_2009": f"{counted['army_2009']:.0f} bases",
        "bases_2012": f"{counted['army_2012']:.0f} bases",
        "bases_2016": f"{counted['military_2016']:.0f} bases",
        "bases_2022": f"{counted['army_2022']:.0f} bases",
        "bases_2022_daily": f"{rivals['base_military_5']:.0f} bases",
        "us_money": f"{claimed['us_contribution']:.0f} million dollars",
        "reported": f"{toll['value']['cvr2003_reported']:,.0f}",
        "estimated": f"{toll['value_low']['cvr2003_total']:,.0f} to {toll['value_high']['cvr2003_total']:,.0f}",
        "goal": f"{target['peru_2013_raised']:,.0f} ha",
        "pulled_2013": f"{pulled['peru_2013_annex']:,.0f} ha",
    }


def statements(lesson, exercise, right, wrong):
    cultivation = load("cultivation").query("country == 'Peru' and year == 2013")
    area = cultivation.set_index("series")["area_ha"]
    bases, years = (lesson["bases"], lesson["year_of"])
    loss = lesson["loss"]
    bets = range(0, 101, 5)

    def over_ten(bet):
        return 7 * loss(bet, "it happens") + 3 * loss(bet, "it does not")

    counted_in = bases.set_index("figure_id")["year"]
    moments = [name for name, _, _ in lesson["MOMENTS"]]
    return {
        "A hundred hectares make a square kilometre": 1_000_000 / (100 * 100) == 100,
        "One country, one year, two observers, two numbers": area["un"] != area["us"],
        "The third is the article's: 29 bases": bases["observer"].iloc[2] == "article"
        and bases["bases"].iloc[2] == 29,
        "and the third is the article's": bases["observer"].iloc[2] == "article",
        "No two of them speak here of the same year": set(
            zip(bases["year"], bases["observer"], strict=True)
        )
        == {(2009, "press"), (2012, "article"), (2016, "press"), (2022, "government")},
        "Three rows are not the whole table": len(bases.head(3)) < len(bases),
        "The table has six rows. The newest count is a minister's. None of the six": len(bases) == 6
        and bases.loc[bases["year"].idxmax(), "note"] == "minister of defence",
        "The year is 2016, two years after the article": counted_in["military_2016"]
        - years["zech2014"]
        == 2,
        "Walk down the ten dates": len([years[name] for name in moments]) == 10,
        "Ten dates are a choice": len([years[name] for name in moments]) == 10,
        "The miss loses , sixteen times as much as": round(
            loss(80, "it does not") / loss(80, "it happens")
        )
        == 16,
        "Suppose you believe that such a thing happens in seven cases of ten. Then bet each time": min(
            bets, key=over_ten
        )
        == 70,
        "With a higher bet the three misses cost more than the seven hits save": 3
        * (loss(80, "it does not") - loss(70, "it does not"))
        > 7 * (loss(70, "it happens") - loss(80, "it happens")),
        "With a lower bet the seven hits cost more than the three misses save": 7
        * (loss(60, "it happens") - loss(70, "it happens"))
        > 3 * (loss(70, "it does not") - loss(60, "it does not")),
        "So your loss over many bets is smallest when you bet what you believe": min(
            bets, key=over_ten
        )
        == 70,
        "Over many bets the loss is smallest when people bet what they believe": min(
            bets, key=over_ten
        )
        == 70,
        "The largest loss there is": loss(100, "it does not")
        == max(loss(bet, "it does not") for bet in range(101)),
        "Place your five bets": len(exercise["forecasts"]) == 5,
        "Yes: a quarter of the largest loss, whatever happens": loss(50, "it happens")
        == loss(50, "it does not")
        == 1 / 4,
        "If the author errs, this loses most": loss(100, "it does not") == 1,
        "forty-nine and a bit": 49 < area["un"] / 1000 < 50,
        "so 2013 has less than fifty hectares": area["un"] / 1000 < 50,
        "A square kilometre holds a hundred of them": 1_000_000 / (100 * 100) == 100,
        "the bet was off by a tenth": round(right("00.4") ** (1 / 2), 9) == 1 / 10,
    }


EXPLAINS = [
    "These are the three rows that you had",
    "One row is missing: the last one",
    "The dangerous one is 49.800",
    "On bet 2 I put 30%",
    "would move me to 70%",
    "that number times itself: 2",
    "Three lines with the same mistakes",
    "Carry it over to the three lines",
    "it rained on most days",
    "Write the two words on the board",
    "The number and its observer, each time",
    "Take two answers and leave",
    "name spelled in two ways",
    "Name the two areas and their",
    "armed group are “two fires”",
    "names itself a third",
    "Point at the two on which armed",
    "Ask for three guesses and write",
    "Set eighty percent and switch",
    "then fifty",
    "then a hundred and it does",
    "Read it at three places",
    "development work nearly doubles",
    "Three minutes of silence",
    "said more than half on each",
    "Three disagreements that the",
    "Three things",
    "three sets of numbers",
    "most things do not",
    "Fifty percent",
    "A hundred percent",
    "the word is never printed",
    "Ask three students for one",
    "and that two of the works",
    "a quarter of an hour",
    "Each of the three lines below holds",
    "and two of them make",
    "write one or two sentences",
    "Two lines",
    "Write the thousands without a point",
    "The count stands two columns to the",
    "the same way each time",
    "You added the two areas",
]
