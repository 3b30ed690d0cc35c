"""Lesson 01: what its tasks, quiz, explorer and slides state in words."""

from course.data import load


def numbers(lesson, exercise, right, wrong):
    return {}


def statements(lesson, exercise, right, wrong):
    claims, aid = load("claims"), load("aid")
    kinds = claims["kind"].value_counts()
    looked_up = claims[claims["second_source"] != "not_a_figure"]["section"].value_counts()
    years = (aid["year_start"] == 2006) & (aid["year_end"] == 2011)
    gao = aid[years & (aid["donor"] == "United States") & (aid["observer"] == "government")]
    amounts = gao.set_index("recipient")["amount_usd_million"]
    countries = amounts[["Colombia", "Peru", "Bolivia", "Ecuador", "Venezuela"]]
    targets = load("eradication_targets").query("country == 'Peru' and year == 2013")
    goal = load("eradication_targets").set_index("target_id")["target_ha"]
    share = right("01.3")
    return {
        "Five claims, five places where a reader has to stop": len(lesson["cases"]) == 5,
        "Promise, signature, payment: three stages of one sum": len(lesson["steps"]) == 3,
        "The same money, three times": round(amounts.sum() / countries.sum()) == 3,
        "it is three times too large": round(amounts.sum() / countries.sum()) == 3,
        "Six, with point 9 and point 10 among them": right("01.1") == 6
        and (
            claims.set_index("point")["second_source"][[9, 10]].isin(["differs", "none_found"])
        ).all(),
        "Six is no verdict on the section: it holds more claims that can be looked up than any other": right(
            "01.1"
        )
        == 6
        and looked_up.idxmax() == "strategy",
        "the five countries' amounts": len(countries) == 5,
        "Colombia's to ten million": countries["Colombia"] % 10 == 0,
        "and the share passes the half": 4.4 < share < 4.5,
        "For 2013 four goals for eradication are in print: the three below": len(targets) == 3,
        "Four goals, two bases": len(targets) + 1 == 4 and goal["peru_2012"] > 0,
        "because 2006 to 2011 are six years and not five": 2011 - 2006 + 1 == 6,
        "it holds the same money three times": round(amounts.sum() / countries.sum()) == 3,
        "You divided by the other four countries": len(countries.drop("Ecuador")) == 4,
        "Before you show the counts, ask everybody to guess which kind is the most frequent": kinds.idxmax()
        == "causal",
    }


EXPLAINS = [
    "the lowest total times the lowest share, and the highest times the highest",
    "Most underline a number",
    "Peru will almost double",
    "Four sentences about money",
    "Show how two pairs of brackets",
    "Most say figures",
    "8 we found none",
    "“None found” speaks of",
    "two prints can repeat",
    "Two prints can repeat",
    "and here are two candidates for the",
    "from half a step below to half a step above",
    "Go to the three places",
    "five countries with a step of one and of a hundred",
    "five countries with a thousand",
    "then the four agencies",
    "Read it at three places",
    "- Five countries",
    "- Four agencies",
    "two agencies are printed",
    "and the two numbers agree",
    "Same digits in two currencies is the",
    "cannot be used twice",
    "That multiplies two rounded numbers and",
    "up to a hundred either",
    "Keep at least one decimal",
    "its base is half a number",
    'itself speaks of five years.) So the sum that was to be "almost double" is a little',
    "In sixty to two hundred words write",
    "(use these three words)",
    "and where ten years later there",
    "for twenty minutes at most",
    "in sixty to two hundred words",
    "(use these two words)",
    "and join the two",
    "Where none was found the",
    "mask of the two answers with",
    "that fit at least one of them",
    "one of the two answers was joined",
    "rows of the five countries first",
    "sum of the five countries' rows",
    "rows of the five countries",
    "and two of them are",
    "Take the five countries",
    "all five countries",
    "or below the half decides what goes",
    "Multiply by a hundred for percent",
    "Subtract the hundred percent that were",
    "multiply by a hundred",
    "Give at least one decimal",
    "to compare the two",
    "causal claim compares two worlds",
    "search for its rarest words",
]
