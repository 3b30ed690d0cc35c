"""Lesson 12: what its tasks, quiz, explorer and slides state in words."""

import numpy as np
import pandas as pd

from course.data import load


def numbers(lesson, exercise, right, wrong):
    origin, interest = (lesson["cases"]["origin_code"], lesson["cases"]["interest_code"])
    place = lesson["cases"]["country"].where(lesson["cases"]["country"].isin(["Peru", "Colombia"]))
    rival_interest = (
        pd.Series({"PHL_CAFGU": "mixed"}).reindex(lesson["cases"].index).fillna(interest)
    )
    known = lesson["cases"][lesson["cases"]["funding_code"] != "not_established"]
    paid = known["funding_code"] == "community"
    common = known["interest_code"] == "collective"
    percent = int(load("toll_estimates").set_index("estimate_id")["interval"]["cvr2003_total"][:2])

    def parts(one, other):
        agree = (one == other).mean()
        chance = (one.value_counts() * other.value_counts()).sum() / len(one) ** 2
        return (agree, chance)

    def costs(codes):
        found = []
        for case, own in codes.items():
            for code in set(codes) - {own}:
                other = codes.copy()
                other[case] = code
                found.append(1 - lesson["kappa"](codes, other))
        return found

    def interval(one, other):
        draws = np.random.default_rng(12).integers(0, len(one), size=(1000, len(one)))
        first, second = (one.to_numpy(dtype=object)[draws], other.to_numpy(dtype=object)[draws])
        agree = (first == second).mean(axis=1)
        chance = sum((first == c).mean(axis=1) * (second == c).mean(axis=1) for c in set(one))
        tail = (100 - percent) / 2 / 100
        return np.quantile((agree - chance) / (1 - chance), [tail, 1 - tail])

    agree, chance = parts(origin, lesson["rival"])
    full = 100  # points of percent
    ends, interest_ends = (interval(origin, lesson["rival"]), interval(interest, rival_interest))
    miss = costs(origin)
    rest = exercise["others"]
    abroad = load("selfdefense_abroad").set_index("figure_id")
    value, low = (abroad["value"].get, abroad["value_low"].get)
    high, whole = (abroad["value_high"].get, abroad["denominator"].get)
    nan = float("nan")
    selective, dead = ("col_selective_killings", "col_killings_2018")
    killed = "col_killings_2022"
    quotes = load("quoted_figures").set_index("figure_id")
    quoted, at_least = (quotes["value"], quotes["value_low"])
    lists = load("successor_municipalities").set_index(["department", "year"])["municipalities"]
    lists = lists.unstack()
    first, second = (lists[2012], lists[2013])
    in_both = (first > 0) & (second > 0)
    gap = lists.index == "Norte de Santander"
    released, found = (value("nga_children_1727", nan), value("nga_children_identified", nan))
    share_dead = 100 * value(dead, nan) / whole(dead, nan)
    share_killed = 100 * value(killed, nan) / whole(killed, nan)
    return {
        "draws_low": f"{lesson['spread'].nlargest(2).iloc[1]} of the thousand",
        "draws_middle": f"{lesson['spread'].max()} in the next",
        "draws_high": f"{lesson['spread'].iloc[-2:].sum()} above",
        "n": f"N = {len(lesson['cases'])}",
        "n_two": f"N = {place.notna().sum()}",
        "n_elsewhere": f"N = {place.isna().sum()}",
        "n_known": f"N = {len(known)}",
        "agree": f"{100 * agree:.0f}%",
        "squared": f"{len(origin)} × {len(origin)}",
        "chance": f"{100 * chance:.0f}%",
        "reached": f"{100 * agree:.0f} − {100 * chance:.0f} = {100 * (agree - chance):.0f} points",
        "possible": f"{full} − {100 * chance:.0f} = {full - 100 * chance:.0f} points",
        "over": f"{100 * (agree - chance):.0f} / {full - 100 * chance:.0f}",
        "kappa": f"{lesson['kappa'](origin, lesson['rival']):.2f}",
        "kappa_rest": f"{lesson['kappa'](origin[rest], lesson['rival'][rest]):.2f}",
        "kappa_interest": f"{lesson['kappa'](interest, rival_interest):.2f}",
        "miss": f"{sum(miss) / len(miss):.2f} on origin",
        "interval": f"{ends[0]:.2f} to {ends[1]:.2f}",
        "interval_interest": f"{interest_ends[0]:.2f} to {interest_ends[1]:.2f}",
        "share_selective": f"{value(selective, nan):.1f}%",
        "selective": f"{whole(selective, nan):,.0f}",
        "laid_selective": f"{value(selective, nan) / 100 * whole(selective, nan):,.0f}",
        "share_dead": f"{share_dead:.1f}%",
        "laid_dead": f"{value(dead, nan):,.0f}",
        "dead": f"{whole(dead, nan):,.0f}",
        "share_killed": f"{share_killed:.1f}%",
        "share_killed_printed": f"{share_killed:.0f}%",
        "laid_killed": f"{value(killed, nan):,.0f}",
        "killed": f"{whole(killed, nan):,.0f}",
        "auc_2001": f"{low('col_strength_2001', nan):,.0f} to {high('col_strength_2001', nan):,.0f}",
        "auc_peak": f"army of {low('col_strength_peak', nan):,.0f}",
        "auc_august": f"{value('col_demobilised_august2006', nan):,.0f}",
        "auc_official": f"{value('col_demobilised_official', nan):,.0f}",
        "auc_agency": f"{value('col_agency_2020', nan):,.0f}",
        "successors_2012": f"{first.sum():.0f} municipalities",
        "successors_2013": f"{second.sum():.0f} in",
        "successors_more": f"{second.sum() - first.sum():.0f} more",
        "successors_without_gap": f"{second[~gap].sum() - first[~gap].sum():.0f} without it",
        "successors_in_both": f"{(second - first)[in_both].sum():.0f} in the rest",
        "mich_members": f"{value('mex_mich_members', nan):,.0f} claimed",
        "mich_enlisted": f"{low('mex_mich_enlisted', nan):,.0f} to {high('mex_mich_enlisted', nan):,.0f}",
        "mich_arms": f"{value('mex_mich_arms', nan):,.0f} guns",
        "nga_lawyer_twice": f"at least {low('nga_dead_680', nan):.0f} and about {value('nga_dead_700', nan):.0f}",
        "nga_lawyer": f"{low('nga_dead_680', nan):.0f} and {value('nga_dead_700', nan):.0f}",
        "nga_chairman": f"{value('nga_dead_1773', nan):,.0f}",
        "sle_members": f"{value('sle_strength', nan):,.0f} members",
        "sle_all": f"{value('sle_disarmed_all', nan):,.0f} disarmed",
        "sle_last": f"{value('sle_disarmed_last', nan):,.0f} or {value('sle_disarmed_last_high', nan):,.0f}",
        "gtm_1982": f"{value('gtm_1982', nan):,.0f}",
        "gtm_army": f"more than {low('gtm_army', nan):,.0f}",
        "irq_2007": f"{value('irq_2007', nan):,.0f}",
        "irq_2008": f"{value('irq_2008', nan):,.0f}",
        "irq_hired": f"{value('irq_hired', nan):,.0f}",
        "children_2018": f"{value('nga_children_833', nan):.0f} were",
        "children_2019": f"{value('nga_children_894', nan):.0f} in",
        "children_released": f"{released:,.0f} children",
        "children_city": f"{value('nga_children_city', nan):,.0f}",
        "children_found": f"{found:,.0f}",
        "children_share": f"{100 * released / found:.1f}%",
        "children_of_city": f"{100 * released / value('nga_children_city', nan):.0f}%",
        "clan_intelligence": f"{quoted['egc_members_afp']:,.0f} (military",
        "clan_radio": f"{quoted['egc_members_efe']:,.0f} (a radio",
        "clan_claimed": f"over {at_least['egc_members_lawyer']:,.0f} (its",
        "clan_foundation": f"{quoted['egc_members_fip']:,.0f} (a foundation",
        "clan_few": f"about {quoted['egc_members_afp']:,.0f}",
        "clan_lawyer": f"over {at_least['egc_members_lawyer']:,.0f}, its",
        "guards_ordered": f"over {at_least['forest_guards_ordered']:,.0f} ordered",
        "guards_trained": f"over {at_least['forest_guards_trained']:,.0f} trained",
        "paid_common": f"{100 * common[paid].mean():.0f}%",
        "others_common": f"{100 * common[~paid].mean():.0f}%",
    }


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
    cells = pd.crosstab(cases["origin_code"], cases["state_link_code"])
    early, late = exercise["in_2012"], exercise["in_2013"]
    abroad = load("selfdefense_abroad").set_index("figure_id")
    killed = abroad.loc[["nga_dead_680", "nga_dead_700"]]
    units = exercise["three"]["unit"]
    return {
        "who left over twenty years": abroad["year_end"]["col_agency_2020"]
        - abroad["year_start"]["col_agency_2020"]
        + 1
        == 20,
        "In one row two numbers come from": killed["quantity"].nunique() == 1
        and killed["value"].count() + killed["value_low"].count() > 1,
        "Each of the six shows one rule": len(right("12.1")) == 6,
        "Two rows hold the": (units != "percent").sum() == 2,
        "In the third": (units == "percent").sum() == 1,
        "the other two are deaths": units[units != "percent"].nunique() == 1,
        "“all” has become “most”": (interest[bottom] == "collective").all()
        and 1 / 2 < (interest[rival == "bottom_up"] == "collective").mean() < 1,
        "reading all becomes most": (interest[bottom] == "collective").all()
        and 1 / 2 < (interest[rival == "bottom_up"] == "collective").mean() < 1,
        "two each from to": sorted(moves[moves == 2].index)
        == [("mixed", "bottom_up"), ("mixed", "state"), ("state", "elite")],
        "for three the end is": (paid["end_status"] == "not_established").sum() == 3,
        "the two codes go together": bottom.sum() == (interest[bottom] == "collective").sum() == 7,
        "so your two boxes do not hold most of the world": neither > elsewhere.sum() / 2,
        "where it was seven of seven": bottom.sum()
        == (interest[bottom] == "collective").sum()
        == 7,
        "That sixteen municipalities at once": (
            early["Norte de Santander"],
            late["Norte de Santander"],
        )
        == (0, 16),
        "Three other departments lack": ((early == 0) ^ (late == 0)).sum() - 1 == 3,
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
        "Six of the nine changes are of three kinds": moves[moves == 2].sum() == 6
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
        "You see the texts of six groups": len(training) == 6,
        "you code the fifteen groups outside": len(exercise["others"]) == 15,
        "holds six training cases on which both readings agree; on your fifteen alone": len(
            training
        )
        == 6
        and (origin[training] == rival[training]).all()
        and len(exercise["others"]) == 15,
        "0.56, nine of sixteen": (round(right("12.t1"), 2), neither, elsewhere.sum())
        == (0.56, 9, 16),
        "A contrast that leaves out more than half of the groups": right("12.t1") > 1 / 2,
        "leave the other twenty as they are": len(cases) == 21,
        "Nine doubts cost nine times as much, and bring kappa down to 0.43": len(lesson["RIVAL"])
        == 9
        and abs((1 - lesson["kappa"](origin, rival)) / right("12.t2") - 9) < 0.5,
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
        "83 percent of six hides the six": round(100 * shares["community"]) == 83,
        "Nearly two thirds of the cells are empty, and only three hold three cases or more": 3 / 5
        < (cells == 0).to_numpy().mean()
        < 2 / 3
        and (cells >= 3).to_numpy().sum() == 3,
    }


EXPLAINS = [
    "The third overwrites it with where the code is not",
    "To make a column of two words",
    "a column always agrees with itself",
    "Your N is 21",
    "Your chance is above 1",
    "A contrast with two boxes",
    "Three answers",
    "The other half of the claim",
    "take it every time",
    "two coders who share",
    "Two coders who share",
    "a thousand times",
    "three shares",
    "three wholes",
    "Draw three bars and cross",
    "different wholes and never stand in one",
    "Everybody writes three answers",
    "Two columns of codes",
    "Go to the four places in the",
    "so two codes share a",
    "Read it at four places",
    "this lesson has none",
    "the two codes share a",
    "So you two…",
    "Kappa compares two codings",
    "mean of the two should be given",
    "The two shares have different",
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
    "share above a hundred says that the two numbers do not",
    "share below a hundred can hide the",
    "how many were never identified",
    'Nigeria." In a hundred and twenty to two hundred and fifty words',
    "- how far two codings agree",
    "to the second half of the sentence",
    "multiply the two",
    "part of a hundred",
    "More than a hundred percent",
    "These two belong together",
    "of the second half of the claim",
    "Ten minutes are enough",
    "For your own fifteen there is a cell",
    "so its children would count twice",
    "a good story of two countries",
    "In each of these six a rule decides",
    "The contrast has two boxes",
    "the name of a group outside the two countries",
    "and two years later the navy begins to pay them",
    "Agreement and chance for four cases and two codes",
    "Then make two new columns",
    "A new column of two words",
    "here of three laws",
    "here of two fields of which one was given in percent of 80",
    "here of three shops in two months",
]
