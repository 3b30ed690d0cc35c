"""Lesson 07: what its tasks, quiz, explorer and slides state in words."""

from itertools import pairwise

from course.data import load

ON = ["in_commission", "in_ombudsman", "in_ngo_icrc"]


def numbers(lesson, exercise, right, wrong):
    return {}


def statements(lesson, exercise, right, wrong):
    lists = load("victim_lists").query("region == 'all'")
    everyone = lists[lists["perpetrator_recorded"] == "all"]
    people = everyone["deaths_documented"].astype("float64")
    by_side = lists[lists["perpetrator_recorded"] != "all"]
    shares = {}
    for name in ON:
        on_list = by_side[by_side[name]].groupby("perpetrator_recorded")["deaths_documented"].sum()
        shares[name] = on_list.idxmax()
    spans = sorted(
        (
            lesson["chapman"](*three) - lesson["half_width"](*three),
            lesson["chapman"](*three) + lesson["half_width"](*three),
        )
        for three in (
            lesson["counts"](lesson["everyone"], *names) for names in lesson["pairs"].values()
        )
    )
    toll = load("toll_estimates").set_index("estimate_id")
    totals = toll[(toll["kind"] == "estimate") & (toll["level"] == "national")]["value"]
    sides = load("toll_estimates").set_index("estimate_id")["value"]
    orders, pairs = right("07.4"), right("07.2")
    state = lists[lists["perpetrator_recorded"] == "state_agents"]
    path = lists[lists["perpetrator_recorded"] == "shining_path"]
    top = [people[(everyone[ON].sum(axis=1) == n)] for n in (1, 3)]
    strata = load("victim_lists_strata").query("stratum == 59")
    best = lesson["chapman"](*lesson["simulated_lists"](-0.4, 0.1))
    return {
        "Seven rows, and the eighth is missing": len(everyone) == 2**3 - 1,
        "24,692 people stand on at least one of three lists": people.sum() == 24_692
        and everyone[ON].any(axis=1).all(),
        "One war, three lists, two rankings": len(set(shares.values())) == 2,
        "At least two of the three are wrong by more than chance": len(spans) == 3
        and all(one[1] < other[0] for one, other in pairwise(spans)),
        "No two intervals touch, so at least two of three are wrong by more than chance": all(
            one[1] < other[0] for one, other in pairwise(spans)
        ),
        "the direct way rests on few people found twice": path[
            path[ON[0]] & (path[ON[1]] | path[ON[2]])
        ]["deaths_documented"].sum()
        < 200,
        "At the last place two faults cancel": abs(best / lesson["TRUTH"] - 1) < 0.02,
        "Two faults cancel.": abs(best / lesson["TRUTH"] - 1) < 0.02,
        "One of the two lays most to Shining Path, the other more to the state and a large part to "
        "nobody": sides["das2021_dr_state_rondas_paramilitary"] > sides["das2021_dr_shining_path"]
        and sides["das2021_dr_undetermined"] > sides["das2021_dr_shining_path"],
        "Two studies find nearly the same total, near seventy thousand": max(
            abs(totals[name] - 70_000) for name in ("cvr2003_total", "das2021_dr_total")
        )
        < 1_500,
        "four rows make , four make , and two make": (
            state[ON[0]].sum(),
            state[ON[1]].sum(),
            (state[ON[0]] & state[ON[1]]).sum(),
        )
        == (4, 4, 2),
        "One side, one formula, three pairs: the largest is fifteen times the smallest, and the "
        "smallest is impossible": len(pairs) == 3
        and round(pairs.max() / pairs.min()) == 15
        and pairs.min() < path["deaths_documented"].sum(),
        "a few entries more or fewer move thousands": pairs.max() * 10 / (128 - 10) > 1_000,
        "most of whose people died in Ayacucho": set(strata["main_department"]) == {"Ayacucho"},
        "carries most of that gap": orders["subtracted"] - orders["subtracted_58"]
        > (orders["subtracted"] - orders["direct"]) / 2,
        "Three offices kept lists": load("quoted_figures")
        .set_index("figure_id")["quantity"]["hav_ascertained"]
        .endswith("one of three lists at least"),
        "has fifteen digits": len(f"{top[1].prod() * top[0].prod():.0f}") == 15,
        "a perfect fit to seven counts": len(people) == 7,
        "most of that gap comes from one stratum": orders["subtracted"] - orders["subtracted_58"]
        > (orders["subtracted"] - orders["direct"]) / 2,
        "most later studies by both camps and by others lie between 48,000 and 70,000": (
            totals.drop("cvr2003_total").between(48_000, 70_000).mean() > 1 / 2
        ),
        "everybody on the commission's list (four rows), everybody on the Ombudsman's (four rows), "
        "everybody on both (two rows)": (
            state[ON[0]].sum(),
            state[ON[1]].sum(),
            (state[ON[0]] & state[ON[1]]).sum(),
        )
        == (4, 4, 2),
        "these two do not depend: use all seven counts": len(people) == 7,
    }


EXPLAINS = [
    "for the most part did not come",
    "The eighth row would read",
    "Three times no",
    "To different doors, or to none",
    "Two lists make a third number",
    "if you have two minutes more",
    "Four conditions",
    "Draw two circles",
    "read all three or none",
    "Everybody writes two answers",
    "with the two circles",
    "Go to the four places",
    "no overlap of two lists can tell this world from the first one",
    "Read it at four places",
    "No overlap of two lists can tell this world from the first",
    "Total, three lists",
    "Total, seven lists",
    "if the two lists were independent",
    "most likely independence",
    "Half of the documented people are false",
    "Used as two independent lists",
    "for whoever stands on all three lists stands on these two",
    "Give a Series with two labels",
    "of an order of work is in none",
    "against the other two joined",
    "Give a Series with three labels",
    "the students on these two only and those on all three",
    "two reasons to think it too low",
    "each pair of the three lists may depend",
    "whole numbers of thirty-two bits",
    "has not made the eighth any surer",
    "In one hundred and twenty to three hundred words",
    "the middle between two numbers",
    "Three sums from the table",
    "join two conditions",
    "the people who stand on all three lists",
    "They are on these two as well",
    "how many people the two lists hold together",
    "each of the three counts",
    "highest less lowest",
    "Your two values are the same",
    "For the third",
    "Your second and third values",
    "In your third value",
    "n1 and n2 are the two lists",
    "the students on these two only, and those on all three",
    "middle - half",
    "middle + half",
    "the students on all three lists",
    "less half a width",
    "(all three × each list alone, three of them) / (each pair, three of them)",
    "all three lists, and each list alone",
    "(n1 + 1) × (n2 + 1) / (both + 1) − 1",
    "The lesson's interval takes 1.96",
    "below the line 110, 101 and 011",
    "whole numbers of 32 bits",
]
