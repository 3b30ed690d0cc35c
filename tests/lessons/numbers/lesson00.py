"""Lesson 00: what its tasks, quiz, explorer and slides state in words."""

from course.data import load


def numbers(lesson, exercise, right, wrong):
    return {}


def statements(lesson, exercise, right, wrong):
    cultivation = load("cultivation").query("country == 'Peru' and year == 2013")
    area = cultivation.set_index("series")["area_ha"]
    bases = load("bases")
    laws = load("selfdefense_laws").set_index("law_id")["year"]
    events = load("timeline").set_index("event_id")["year"]
    works = load("sources").set_index("source_key")["year"]
    years = {**events, **laws, **works}
    loss = lesson["loss"]
    moments = [name for name, _, _ in lesson["MOMENTS"]]
    return {
        "A hundred hectares make a square kilometre": 1_000_000 / (100 * 100) == 100,
        "One country, one year, two observers, two numbers": area["un"] != area["us"],
        "The third is the article's: 29 bases": bases["observer"].iloc[2] == "article"
        and bases["bases"].iloc[2] == 29,
        "and the third is the article's": bases["observer"].iloc[2] == "article",
        "Walk down the ten dates": len([years[name] for name in moments]) == 10,
        "Ten dates are a choice": len([years[name] for name in moments]) == 10,
        "The miss loses sixteen times as much": round(
            loss(80, "it does not") / loss(80, "it happens")
        )
        == 16,
        "The largest loss there is": loss(100, "it does not")
        == max(loss(bet, "it does not") for bet in range(101)),
        "Place your five bets": len(load("forecasts")) == 5,
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
    "The dangerous one is 49.800",
    "On bet 2 I put 30%",
    "would move me to 70%",
    "that number times itself: 2",
    "Line 1 has a blank in its number, line 2 a point, line 3 a name",
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
