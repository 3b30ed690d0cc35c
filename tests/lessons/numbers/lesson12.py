"""Lesson 12: what its tasks, quiz, explorer and slides state in words."""

import pandas as pd

from course.data import load


def numbers(lesson, exercise, right, wrong):
    return {}


def statements(lesson, exercise, right, wrong):
    cases = load("selfdefense_cases").set_index("case_id")
    origin, interest = cases["origin_code"], cases["interest_code"]
    place = cases["country"].where(cases["country"].isin(["Peru", "Colombia"]), "elsewhere")
    boxes = pd.crosstab(place, interest)
    rival = lesson["rival"]
    moves = pd.Series([(origin[case], rival[case]) for case in lesson["RIVAL"]]).value_counts()
    paid = cases[cases["funding_code"] == "community"]
    table = right("12.3").set_index("payer")
    shares = table["collective"] / table.sum(axis=1)
    elsewhere = boxes.loc["elsewhere"]
    neither = elsewhere.drop(["collective", "private"], errors="ignore").sum()
    bottom = origin == "bottom_up"
    training = exercise["training"]
    trained = origin[training].value_counts()
    cells = pd.crosstab(cases["origin_code"], cases["state_link_code"])
    return {
        "All seven groups that villagers or townspeople started are coded collective": bottom.sum()
        == 7
        and (interest[bottom] == "collective").all(),
        "Peru's three cases are collective, Colombia's two private": boxes.loc["Peru", "collective"]
        == 3
        and boxes.loc["Colombia", "private"] == 2
        and boxes.loc[["Peru", "Colombia"]].to_numpy().sum() == 5,
        "seven collective, none private, nine neither": (
            elsewhere["collective"],
            elsewhere["private"],
            neither,
        )
        == (7, 0, 9),
        "More than half.": neither > elsewhere.sum() / 2,
        "The key names a rival code for nine origins": len(lesson["RIVAL"]) == 9,
        "The two readings agree on twelve of the cases": (origin == rival).sum() == 12,
        "Chance would give a quarter of the matches": round(
            (origin.value_counts() * rival.value_counts()).sum() / len(origin) ** 2, 1
        )
        == 0.2,
        "With the rival reading nine groups are bottom-up, and seven of them are collective": (
            rival == "bottom_up"
        ).sum()
        == 9
        and (interest[rival == "bottom_up"] == "collective").sum() == 7,
        "both private groups are started by elites": (
            rival[interest == "private"] == "elite"
        ).all(),
        "Three percentages that seem to fall and rise": len(right("12.4")) == 3,
        "Six of the nine moves run between three pairs": moves[moves == 2].sum() == 6
        and (moves == 2).sum() == 3
        and moves.sum() == 9,
        "Of six groups that the community pays, none has ended": len(paid) == 6
        and not (paid["end_status"] == "ended").any(),
        "Five of the six are collective": (paid["interest_code"] == "collective").sum() == 5,
        "All seven bottom-up groups in the key are coded collective": (
            interest[bottom] == "collective"
        ).sum()
        == 7,
        "with the rival reading, two of nine are no longer collective": (
            interest[rival == "bottom_up"] != "collective"
        ).sum()
        == 2,
        "Seven without an exception are still seven": bottom.sum() == 7,
        "give each of the twenty-one groups one code": len(cases) == 21,
        "The check reads six of them": len(training) == 6,
        "For the other fifteen there is no right or wrong": len(cases) - len(training) == 15,
        "Five of six, 83%, against five of fourteen, 36%": list(table["collective"]) == [5, 5]
        and list(table.sum(axis=1)) == [6, 14],
        "one case recoded moves the share by a sixth": table.loc["community"].sum() == 6,
        "In a table of N = 21 groups Peru's three cases are coded collective and Colombia's two private": len(
            cases
        )
        == 21
        and boxes.loc["Peru", "collective"] == 3
        and boxes.loc["Colombia", "private"] == 2,
        "But of the sixteen others none is private and nine are neither": (
            elsewhere.sum(),
            elsewhere["private"],
            neither,
        )
        == (16, 0, 9),
        "seven groups of nine that villagers started are collective": (
            interest[rival == "bottom_up"] == "collective"
        ).sum()
        == 7,
        "All five codes occur among the six, one of them twice": sorted(trained) == [1, 1, 1, 1, 2],
        "83 percent of six hides the six": round(100 * shares["community"]) == 83,
        "Nearly two thirds of the cells are empty, and only three hold three cases or more": 3 / 5
        < (cells == 0).to_numpy().mean()
        < 2 / 3
        and (cells >= 3).to_numpy().sum() == 3,
    }


EXPLAINS = [
    "Your N is 21",
    "Value / 100",
    "Your chance is above 1",
    "A contrast with two boxes",
    "Three answers",
    "The other half of the claim",
    "take it every time",
    "“all” has become “most”",
    "two coders who share",
    "reading all becomes most",
    "Two coders who share",
    "a thousand times",
    "three shares",
    "three wholes",
    "Draw three bars and cross",
    "different wholes and never stand in one",
    "who left over twenty years",
    "Everybody writes three answers",
    "Two columns of codes",
    "Go to the four places in the",
    "so two codes share a",
    "Read it at four places",
    "this lesson has none",
    "two each from to",
    "for three the end is",
    "the two codes share a",
    "In one row two numbers come from",
    "the two codes go together",
    "So you two…",
    "Kappa compares two codings",
    "mean of the two should be given",
    "The two shares have different",
    "fifteen minutes are enough",
    "Each of the six shows one rule",
    "a match is none",
    "no two pairs in your",
    "a table of four cells from two new columns",
    "and three things hold it",
    "editor wants the three Colombian figures of",
    "Series with the three labels",
    "three small tables",
    "sentence that all three rows are about",
    "one of the two lists",
    'if it means "none found"',
    "That sixteen municipalities at once",
    "share above a hundred says that the two numbers do not",
    "share below a hundred can hide the",
    "how many were never identified",
    'Nigeria." In a hundred and twenty to two hundred and fifty words',
    "- how far two codings agree",
    "so your two boxes do not hold most of the world",
    "where it was seven of seven",
    "to the second half of the sentence",
    "multiply the two",
    "Then two new columns",
    "Two rows hold the",
    "In the third",
    "the other two are deaths",
    "part of a hundred",
    "Three other departments lack",
    "More than a hundred percent",
    "These two belong together",
    "of the second half of the claim",
]
