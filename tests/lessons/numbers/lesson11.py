"""Lesson 11: what its tasks, quiz, explorer and slides state in words."""

from course.data import load


def numbers(lesson, exercise, right, wrong):
    quoted = load("quoted_figures").set_index("figure_id")["value"]
    counts = load("selfdefense_event_counts").set_index("count_id")["value"]
    records = load("selfdefense_figures").set_index("figure_id")["value"]
    provinces = load("deaths_province").set_index("province")["deaths_documented"]
    return {
        "satipo": f"{provinces['Satipo']:,.0f} documented deaths",
        "victory": f"{quoted['peic_effect']:.0f} percent",
        "abuse": f"{records['rondas_as_perpetrator']:.0f} records",
        "abuse_provinces": f"{records['rondas_as_perpetrator_vraem']:.0f} of them",
        "uchuraccay": f"{counts['uchuraccay_villagers']:.0f} deaths",
        "uchuraccay_of": f"{counts['uchuraccay_villagers']:.0f} of {counts['uchuraccay_population']:.0f} people",
        "uchuraccay_shining_path": f"about {counts['uchuraccay_by_shining_path']:.0f}",
        "peace_2005": f"{quoted['peace_community_killed_2005']:.0f} deaths",
        "peace_2017": f"{quoted['peace_community_killed_2017']:.0f} deaths",
    }


def statements(lesson, exercise, right, wrong):
    rivers = load("selfdefense_two_rivers")
    villages = lesson["villages"]
    asks = lesson["ASKS"]
    organised = villages[villages["organised"]]
    matched = exercise["both"]
    grades = right("11.4").value_counts().to_dict()
    rows = right("11.3").value_counts().to_dict()
    first, coarse = lesson["villages"].groupby("organised")["harmed"].mean(), lesson["coarse"]

    def threat_of(made):
        return made.groupby("organised")["threat"].mean()

    return {
        "About -1, what was built in": round(lesson["plain"], 1) == -1,
        "Where chance alone decides who organises, the plain comparison is right": abs(
            lesson["plain"] + 1
        )
        < abs(first.diff().iloc[-1] + 1) / 10,
        "About -0.5: half of what organising spares is lost again": round(coarse, 1) == -1 / 2,
        "two of its six rows stay over": len(exercise["shown"]) - len(right("11.1")) == 2,
        "in which the most threatened organise more": threat_of(villages).idxmax(),
        "the safest organise": threat_of(lesson["make_villages"](points=-60, effect=0)).idxmin(),
        "this world the safest villages organise": threat_of(
            lesson["make_villages"](points=-50, effect=1 / 2)
        ).idxmin(),
        "inside each of the five classes of threat": len(lesson["gaps"]) == 5,
        "By construction organising spares one person in a thousand": round(lesson["gaps"].mean())
        == -1,
        "In the first world of this lesson they spare one person in a thousand": round(
            lesson["gaps"].mean()
        )
        == -1,
        "Most organised villages sit at high threat": (organised["threat"] > 5).mean() > 1 / 2,
        "here are three, and two rivers": rows["rival"] == 3
        and {"tambo", "ene"} <= set(rivers.columns),
        "Ten studies that we chose": len(asks) == 10,
        "These are ten studies that we chose": len(asks) == 10,
        "it draws half a person more in a thousand": 0 < matched["matched"] < 1,
        "Three rivals against one origin, with two rivers": rows["rival"] == 3,
        "More than one person in a thousand seems to be spared": abs(exercise["estimate"]) > 1,
        "three other differences are rivals to it": rows["rival"] == 3,
        "You gave all five the same grade": sum(grades.values()) == 5,
        "One design has an instrument, and two follow a single place": sorted(grades.values())
        == [1, 2, 2],
    }


EXPLAINS = [
    "that of the most threatened less that of the safest",
    "organising still spares one",
    "Would two wide classes do as well as five narrow ones",
    "the difference between two chances to organise",
    "Your second class ends at",
    "the matched estimate with five classes. Here there are two",
    "more than 12 in a thousand",
    "its neighbours are three outcomes",
    "Write them in three columns for the",
    "Five sentences about success",
    "but most of what many",
    "Two rivers",
    "two origins",
    "two rivers",
    "Name three candidates",
    "much likelier the most threatened village is",
    "Then the two limits of matching",
    "not with none",
    "Everybody writes two answers",
    "Go to the four places in the",
    "agreement of two methods is no",
    "Read it at four places",
    "That two methods agree is",
    "Two outcomes",
    "320 deaths in twenty years",
    "not none",
    "selection story has two arrows from one",
    "The hardest row is",
    "what is the strongest word that the",
    "two things go together)",
    "than in a thousand were harmed has",
    "Villages that never organised are all",
    "for one of two proposals in a",
    "In one hundred to two hundred and fifty words",
    "two claims",
    "one of the two stories has already",
    "Your two values are the",
    "mean of the five",
    "You matched in two wide classes",
    "Use the five classes of the",
    "You added the five gaps",
    "The two values stand under",
    "Compute two estimates",
    "then the plain mean of the five gaps",
    "Give a Series with these two labels, in people in a thousand, not rounded",
    "and one of these four words for each",
    "one of the three words for each",
    "Give one number, in people in a thousand, not rounded",
    "The same with two stories about rain",
    "a comma stands between two",
    "each of the five gaps counts the same",
    "Rows marked by two conditions",
    "here of three shops",
    "You gave up villages with more than harmed in a thousand",
]
