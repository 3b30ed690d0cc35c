"""Lesson 14: its numbers, and what it states in words."""

from course.brief import LEVELS, READERS, RUBRIC, findings
from course.data import load
from course.examples import example


def numbers(lesson, exercise, right, wrong):
    unsure = 100 / 1000
    sure = 1 - unsure
    cultivation = load("cultivation")
    area = cultivation[cultivation["series"] == "un"].set_index(["country", "year"])["area_ha"]
    survey = cultivation[(cultivation["series"] == "devida") & (cultivation["country"] == "Peru")]
    survey = survey.set_index("year")["area_ha"]
    zones = load("cultivation_zones")
    valley = zones[zones["zone"] == "VRAEM"].set_index(["series", "year"])["area_ha"]
    effects = load("effect_sizes").set_index("effect_id")
    aid = load("aid").set_index("aid_id")["amount_usd_million"]

    def changes(country):
        return area.loc[country].sort_index().diff()

    def rises(changes):
        return f"{(changes.dropna() > 0).sum():.0f} of {changes.notna().sum():.0f}"

    peru = changes("Peru")
    before = peru.shift()
    colombia = changes("Colombia")
    watched = load("cultivation_zones").query("series == 'devida'").groupby("year").size()
    losses = right("14.1")
    share = right("14.2").set_index("year")["share_percent"]
    valley_there = load("cultivation_zones").query("series == 'devida' and zone == 'VRAEM'")
    valley_there = valley_there.set_index("year")["area_ha"]
    area_there = load("cultivation").query("series == 'un' and country == 'Peru'").set_index("year")
    return {
        "one_number": f"{right('14.t1'):.2f}, a little",
        "survey_fell": f"{100 * (1 - survey.loc[2024] / survey.loc[2023]):.0f}%",
        "believer": f"{((sure - lesson['outcomes']) ** 2).mean():.2f}",
        "doubter": f"{((unsure - lesson['outcomes']) ** 2).mean():.2f}",
        "rose": f"{rises(peru)}",
        "rose_share": f"{100 * (peru.dropna() > 0).mean():.0f}%",
        "after_rise": f"{rises(peru[before > 0])}",
        "after_fall": f"{rises(peru[before < 0])}",
        "rose_colombia": f"{rises(colombia)}",
        "colombia_share": f"{100 * (colombia.dropna() > 0).mean():.0f}%",
        "colombia_after": f"{rises(colombia[colombia.shift() > 0])}",
        "colombia_after_share": f"{100 * (colombia[colombia.shift() > 0] > 0).mean():.0f}%",
        "survey_2023": f"{survey.loc[2023]:,.0f} ha",
        "survey_2024": f"{survey.loc[2024]:,.0f} ha",
        "valley_2013": f"{valley.loc['un', 2013]:,.0f} ha",
        "valley_2024": f"{valley.loc['devida', 2024]:,.0f} ha",
        "weak": f"{-effects['effect_high'].loc['mejia_restrepo_rozo2017']:.3f} to {-effects['effect_low'].loc['abadie2015']:.2f} ha",
        "us_promised": f"{aid.loc['article_peru_2014']:.0f} million dollars",
        "us_2013": f"about {aid.loc['us_peru_2013']:.0f} million dollars",
        "us_asked": f"{aid.loc['us_peru_2013_request']:.0f} million dollars",
        "largest_loss": f"lost {losses.max():.2f}",
        "readers_score": f"{losses.mean():.2f}, is this reader's",
        "zones": f"{watched.loc[2020]} zones until",
        "zones_at_first": f"{watched.loc[2020]} zones at first",
        "zones_2024": f"and {watched.loc[2024]} in",
        "share_2018": f"{share[2018]:.0f} percent in",
        "share_2024": f"{share[2024]:.0f} percent in",
        "valley_2018": f"{valley_there[2018]:,.0f} ha",
        "weak_in_words": f"{-effects['effect_high']['mejia_restrepo_rozo2017']:.3f} and {-effects['effect_low']['abadie2015']:.2f} ha",
        "looked_up": f"{area_there['area_ha'][2019]:,.0f} hectares",
    }


def statements(lesson, exercise, right, wrong):
    table = load("forecasts").set_index("forecast_id")
    settled = table["outcome"] != "unresolved"
    losses = right("14.1").round(9)
    knows = {
        made: lesson["race"](made, spread)[0] for made, spread in [(3, 30), (100, 30), (1, 50)]
    }
    beaten = {made: (score >= 0.25).mean() for made, score in knows.items()}
    scores = lesson["scores"]
    reader = exercise["reader"]
    share = load("cultivation").query("series == 'un'")
    area = load("cultivation_zones").query("series == 'devida' and zone == 'VRAEM'")
    area = area.set_index("year")["area_ha"]
    peru = share[share["country"] == "Peru"].set_index("year")["area_ha"].sort_index().diff()
    small = wrong("14.t2", "a count"), wrong("14.t2", "how many years")
    promised = load("aid").set_index("aid_id")["amount_usd_million"]
    promised = promised[["us_peru_2013", "us_peru_2013_request", "article_peru_2014"]]
    return {
        "a little less than always fifty": scores.loc["always 50", "our rule"] - 0.05
        < right("14.t1")
        < scores.loc["always 50", "our rule"],
        "Which number scores best by our rule": all(
            ((said / 100 - lesson["our_rule"]) ** 2).mean() >= right("14.t1") for said in range(101)
        ),
        "Five of eight years": small == (5, 8),
        "After any fall it was half, over all years two thirds": (
            (peru[peru.shift() < 0] > 0).mean() == 1 / 2
            and abs((peru.dropna() > 0).mean() - 2 / 3) < 0.03
        ),
        "Three accounts.": promised.nunique() == 3,
        "Then the money: three accounts": promised.nunique() == 3,
        "Where chances lie near one half": lesson["race"](10, 10)[0].mean() > 0.24,
        "Five bets, three settled": (len(table), settled.sum()) == (5, 3),
        "Let everybody open their own five": len(table) == 5,
        "Two are open": (~settled).sum() == 2,
        "Always fifty beats both here": (
            scores.loc["always 50", ["our rule", "other rule"]]
            < scores.drop("always 50")[["our rule", "other rule"]].min()
        ).all(),
        "six criteria, four levels each": (len(RUBRIC), len(LEVELS)) == (6, 4),
        "Example A fails the form at six points": len(findings(example("A").brief)) == 6,
        "Somewhat more than a third of the time ignorance does as well": 1 / 3 < beaten[3] < 2 / 5,
        "Your three settled bets are here": settled.sum() == 3,
        "One forecast with the widest chances: still a quarter": abs(beaten[1] - 1 / 4) < 0.02,
        "by our rule for the third bet": table["bet_number"]["huallaga_pacified"] == 3,
        "The condition was never met": load("cultivation_zones")
        .query("series == 'devida' and zone == 'VRAEM'")["area_ha"]
        .min()
        > 20_000,
        "These are another reader's five bets": len(reader) == len(table) == 5,
        "failed at 70 percent and the last came true at 30": (
            reader["vraem_push"],
            reader["mexico_nigeria"],
        )
        == (70, 30),
        "each was off by seven tenths": (losses == round(0.7**2, 9)).sum() == 2,
        "so two bets share the largest loss": (losses == losses.max()).sum() == 2,
        "The mean over the three": len(losses) == 3,
        "Choose one of the four decisions of the lesson": len(READERS) == 4,
        "the other half of the same table: the valley's coca grew": area[2024] > area[2018],
        "The score gets worse by a fifth of the whole scale": round(right("14.4"), 9) == 1 / 5,
        "You divided by all five bets. Two of them are not settled": (~settled).sum() == 2,
        "In Peru a rise was followed by a rise more often": _again(share, "Peru")
        > _again(share, "Colombia"),
    }


def _again(table, country):
    """Return in what share of the years after a rise an area rose again."""
    area = table[table["country"] == country].set_index("year")["area_ha"].sort_index()
    change = area.diff()
    return (change[change.shift() > 0] > 0).mean()


EXPLAINS = [
    "the area moved by at most percent, up or down",
    "the score of always fifty",
    "Somebody says one and the same number for every bet",
    "makes three classes, and is the middle one",
    "the middle one",
    "one country and one survey, and three base rates",
    "You said the middle outcome for every bet",
    "against your advice, 45.63",
    "cannot be read, “2027”",
    "such as 2026-11-30",
    "Three invented readers, one changed rule",
    "its forecast could say why fifty",
    "Half advice, and no probability",
    "The third hangs on the rule",
    "Whoever finds none has not looked",
    "Everybody writes two numbers: over three forecasts, over a hundred",
    "Go to the four places",
    "Read it at four places",
    "The score itself has two scales in print",
    "in two ways",
    "With one half, as a draw",
    "An outcome of one half would reward",
    "Two honest people can settle this",
    "will show less coca, sixty percent",
    "than its survey for 2024: sixty percent",
    "Read the three aloud",
    "See the rubric and five worked briefs",
    "have not arrived after two years",
    "In one hundred and fifty to four hundred and fifty words",
    "for each of the six criteria",
    '"within two years" is what I would have used',
    "Merge the two tables",
    "You divided every year by Peru's area of the last one. Each year has its own whole",
    "the change of each year",
    "give the highest level",
    "Decision, 3:",
    "Evidence, 3:",
    "Figure, 3:",
    "Against, 3:",
    "Unknown, 2:",
    "Forecast, 3:",
    "Why 60?",
    "A probability of 0.3 is less than one percent: write 30 for 30 percent",
    "1 to 99 percent",
    "The text has 900 words; write 250 to 800",
    "Bet 3 is scored by the other rule",
    "set bet 3 to",
    "one row for each year",
    "The two tables have different labels at the left",
    "twice: year",
    "three times: for the figure and for the number against",
    "here of guesses of three ages",
    "Two tables joined on a column",
    "two columns kept",
    "and the difference of two means",
    "here of a river in six years",
    "and fill in the parts: - : at least two hundred and fifty and at most eight hundred words",
]
