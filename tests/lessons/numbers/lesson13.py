"""Lesson 13: its numbers, and what it states in words.

All deaths on the matched lists are loaded: the lesson shows the share of one side, not the whole.
"""

from course.data import load


def numbers(lesson, exercise, right, wrong):
    value, there = (lesson["here"], lesson["there"])
    on_paper, claimed, given_up, enlisted = lesson["per_hundred"]
    percent = lesson["wide"]["percent"]
    col_strength = lesson["abroad"]["value_low"]["col_strength_peak"]
    recorded = load("deaths_department_year")["deaths_documented"].sum()
    phase_share = right("13.3")
    return {
        "votes_for": f"{value['votes_for_2022']:.0f} votes to",
        "votes_against": f"{value['votes_against_2022']:.0f} votes and",
        "votes_abstained": f"{value['votes_abstained_2022']:.0f} abstentions",
        "issued": f"{value['shotguns_issued']:,.0f} shotguns",
        "registered": f"{value['weapons_registered_2022']:,.0f} weapons",
        "committees": f"{value['committees_recognised_2022']:,.0f} committees",
        "per_hundred_peru": f"{on_paper:.1f}",
        "one_for": f"{right('13.2')['A']:.0f} members",
        "per_hundred_col": f"{given_up:.0f} were given up",
        "per_hundred_strength": f"{right('13.t2'):.0f} for a hundred, where",
        "per_hundred_was": f"{given_up:.0f}, with",
        "mex_arms": f"{there['mex_mich_arms']:,.0f} weapons",
        "per_hundred_claimed": f"{claimed:.0f} for a hundred",
        "per_hundred_enlisted": f"{enlisted:.0f} for a hundred",
        "col_strength": f"{col_strength:,.0f} fighters",
        "col_percent": f"{percent['Colombia']:.0f}%",
        "sle_percent": f"{percent['Sierra Leone']:.0f}%",
        "sle_all": f"{there['sle_disarmed_all']:,.0f} members",
        "col_groups": f"{there['col_rearmed_groups']:.0f} rearmed groups",
        "col_rearmed": f"{there['col_rearmed_members']:,.0f} armed members",
        "records": f"{value['rondas_as_perpetrator']:.0f} records",
        "records_five": f"{value['rondas_as_perpetrator_vraem']:.0f} of them",
        "records_share": f"{100 * value['rondas_as_perpetrator'] / recorded:.1f}%",
        "requests": f"{value['compensation_requests_2002']:.0f} requests until",
        "approved": f"{value['compensation_approved_2002']:.0f} had been approved",
        "paid_families": f"{value['compensated_dead_2007']:.0f} dead members",
        "share_first": f"{phase_share['sle_disarmed_april2000']:.0f}% of",
        "share_last": f"{phase_share['sle_disarmed_last']:.0f}% of",
        "share_all": f"{phase_share['sle_disarmed_all']:.0f}% over",
        "registered_share": f"{right('13.6'):.0f}%",
        "demobilised_in_a_clause": f"{there['col_demobilised_official']:,.0f} people were",
        "estimated_in_a_clause": f"estimated {col_strength:,.0f},",
    }


def statements(lesson, exercise, right, wrong):
    answers = lesson["answers"]
    settled = answers["settled"]
    by_act, by_question = right("13.1"), lesson["settled"]
    acts, questions = len(by_act), answers["question"].nunique()
    value = lesson["peru"]
    share = right("13.3")
    council, laws = lesson["council"], lesson["LAWS"]
    at = {
        threat: [council(threat, law)["bargain"] for law in laws]
        for threat in ("low", "rising", "high")
    }
    watched = value["place"]["weapons_registered_2022"]
    notes = exercise["notes"]
    acts_of = lesson["laws"].set_index("law_id")
    return {
        "2022 had all four": {"per_2021", "per_2024_ruling"} <= set(acts_of.index)
        and acts_of["ended_by"]["per_2022"] == "per_2024_ruling",
        "Naive -4.75, and by the change 0.25": exercise["both"].tolist() == [-4.75, 0.25],
        "threatened village has five answers": {len(council("low", law)) for law in laws} == {5},
        "Five answers are on": {len(council("high", law)) for law in laws} == {5},
        "which is most for the newest acts": by_act[["per_2022", "per_2025_cad"]].min()
        > by_act.drop(["per_2022", "per_2025_cad"]).max(),
        "Four, and in three of them both show": (
            right("13.t1").sum(),
            (right("13.t1") & ~wrong("13.t1", "answers only")).sum(),
        )
        == (4, 3),
        "The lesson has eight.": questions == 8,
        "One test, eight questions": questions == 8,
        "Seven acts and a ruling": acts == 7,
        "Of fifty-six crossings, twenty-one are settled": (len(answers), settled.sum()) == (56, 21),
        "Most acts settle who a committee is": by_question["recognition"] > acts / 2,
        "held by 915 committees in four departments": watched.count(",")
        + watched.count(" and ")
        + 1
        == 4,
        "skip the two laws on rondas": answers["law_id"].isin(["per_1986", "per_2003"]).sum()
        == 2 * questions,
        "one answer never moved": all(len(set(arrows)) == 1 for arrows in at.values()),
        "And bargain never moved": all(len(set(arrows)) == 1 for arrows in at.values()),
        "Organising looks at least as good on every arrow as any other answer": best(
            council("low", "neither watches nor pays")
        )
        == {"organise"},
        "Now no answer is at least as good as the others on every arrow": best(
            council("high", "neither watches nor pays")
        )
        == set(),
        "At least one payment is reported": value["value"]["compensated_dead_2007"] >= 1,
        "how many of the eight questions does each act settle": questions == 8,
        "The act of 2022 settles most, and still leaves two of the eight open": by_act.idxmax()
        == "per_2022"
        and questions - by_act["per_2022"] == 2,
        "The village militia was half of those disarmed": round(share["sle_disarmed_all"] / 10)
        == 5,
        "The table holds three counts": len(share) == 3,
        '"Half" is right for all of them together and for no phase': abs(
            share["sle_disarmed_all"] - 50
        )
        < 3
        < (share.drop("sle_disarmed_all") - 50).abs().min(),
        "Six notes from the table": len(notes) == len(right("13.5")) == 6,
        "because the register covers four departments only": watched.count(",")
        + watched.count(" and ")
        + 1
        == 4,
        "those weapons were registered in 2022, in four departments": watched.count(",")
        + watched.count(" and ")
        + 1
        == 4,
        "sixteen years earlier": value["year_end"]["weapons_registered_2022"]
        - value["year_end"]["members_paper_2006"]
        == 16,
        "15,179 shotguns were issued after 1991 and none had come back": value["value"][
            "shotguns_returned_2006"
        ]
        == 0,
        "15,179 shotguns handed out after 1991, none back by about 2006": value["value"][
            "shotguns_returned_2006"
        ]
        == 0,
    }


def best(answers):
    """Return the answers that are at least as good as each other one on every arrow."""
    rank = {"↓": 0, "→": 1, "↑": 2}

    def good(one, other, place):
        if one == other:
            return True
        if "⇅" in (one, other):
            return False
        return rank[one] >= rank[other] if place == 3 else rank[one] <= rank[other]

    return {
        name
        for name, arrows in answers.items()
        if all(
            good(one, other, place)
            for others in answers.values()
            for place, (one, other) in enumerate(zip(arrows, others, strict=True))
        )
    }


EXPLAINS = [
    "weapons for a hundred people, as",
    "people for a hundred weapons",
    "You divided all three rows",
    "where the two differ",
    "Compare the two columns",
    "for a hundred, where it was 58, with the same weapons",
    "Two gaps in our reading look like agreement",
    "That is for one person",
    "How many for a hundred people",
    "For a hundred, multiply by",
    "Collect five or six on the board",
    "most will be about",
    "for the most part the fears",
    "Two numbers that invite",
    "say so each time you use",
    "30 for a hundred of the members",
    "184 for a hundred of the enlisted",
    "two bars",
    "share above a hundred percent is a",
    "Most are assumed",
    "Everybody writes two answers",
    "Go to the four places in the",
    "Two dates for one",
    "Members were never compensated",
    "Two slips",
    "people who were never fighters may have",
    "share above a hundred percent says that the two numbers do not",
    "The two numbers count different",
    "All four get better",
    "Before you compare two countries",
    "is used at most once",
    "clause can answer half a question",
    "At most 42%",
    "In one hundred to two hundred and sixty words",
    "assembly decides within ninety days whether its",
    "draw people who never served",
    "a promise to three people who trust",
    "meet the other two later",
    "higher of the two figures for the",
    "more than a hundred percent",
    "asks three things",
    "These are shares of the eight questions",
    "Your two values are the same",
    "from none to eight",
    "is the higher of two figures",
    "Give a Series with the labels of the three rows",
    "eight words",
    "The table gives the burglaries in a thousand households",
    'there are fewer burglaries." Compute two estimates: ',
    "Give a Series with these two labels",
    "in burglaries in a thousand households",
    "Here of books on two shelves",
    "Two numbers taken from a table by column and row",
]
