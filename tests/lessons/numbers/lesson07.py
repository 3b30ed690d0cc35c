"""Lesson 07: its numbers, and what it states in words."""

from itertools import pairwise

from course.data import load

ON = ["in_commission", "in_ombudsman", "in_ngo_icrc"]


def numbers(lesson, exercise, right, wrong):
    toll = load("toll_estimates").set_index("estimate_id")
    low, value, high = (toll["value_low"], toll["value"], toll["value_high"])
    share = load("toll_shares").set_index("share_id")["share_percent"]
    cvr = load("cvr_figures").set_index("figure_id")["value"]
    quoted = load("quoted_figures").set_index("figure_id")["value"]
    strata = load("victim_lists_strata")
    by_side, everyone = lesson["by_side"], lesson["everyone"]
    counts, chapman, error = lesson["counts"], lesson["chapman"], lesson["half_width"]
    on_lists, models = lesson["shares"].loc["shining_path"], lesson["tested"]
    COMMISSION, OMBUDSMAN, NGO = ON
    EITHER = "in_either"

    def sides(*names):
        return by_side[by_side["perpetrator_recorded"].isin(names)]

    def in_strata(*groups):
        rows = strata[strata["perpetrator_group"].isin(groups)]
        rows = rows.groupby("stratum").sum(numeric_only=True).astype("float64")
        both = rows["commission_ombudsman"] + rows["commission_ngo_icrc"] + rows["all_three"]
        others = rows["only_ombudsman"] + rows["only_ngo_icrc"] + rows["ombudsman_ngo_icrc"]
        return (rows["only_commission"] + both, others + both, both)

    co = (lesson["n1"], lesson["n2"], lesson["both"])
    on, cn = counts(everyone, OMBUDSMAN, NGO), counts(everyone, COMMISSION, NGO)
    path = counts(sides("shining_path"), COMMISSION, EITHER)
    documented = lesson["documented"]
    two_only = everyone[COMMISSION] & everyone[OMBUDSMAN] & ~everyone[NGO]
    no_name = sides("undetermined_or_missing")["people"].sum()
    path_strata = in_strata("shining_path")
    both_strata = in_strata("shining_path", "state_rondas_paramilitary")
    path_cells, state_cells = chapman(*path_strata), lesson["strata"]["estimate"]
    left_cells = chapman(*both_strata) - state_cells
    digits = path_strata[2].astype("int64").astype(str).str.len()
    last = state_cells.idxmax()
    agents = counts(sides("state_agents"), COMMISSION, OMBUDSMAN)
    path_co = counts(sides("shining_path"), COMMISSION, OMBUDSMAN)
    path_cn = counts(sides("shining_path"), COMMISSION, NGO)
    path_on = counts(sides("shining_path"), OMBUDSMAN, NGO)
    das = [name for name in value.index if name.startswith("das2021_dr_") and "total" not in name]
    release = [name for name in share.index if name.startswith("release_")]
    cvr_path = round(share["annex3_shining_path"] / 100 * value["cvr2003_total"], -2)
    width = high["cvr2003_total"] - low["cvr2003_total"]
    ill = (quoted["hav_q"], quoted["hav_e"], quoted["hav_q_e_only"] + quoted["hav_all_three"])
    return {
        "cvr_low": f"{low['cvr2003_total']:,}",
        "cvr_high": f"{high['cvr2003_total']:,}",
        "cvr_total": f"{value['cvr2003_total']:,}",
        "ratio": f"{cvr['ratio_estimated_reported']:.1f} times",
        "reported": f"{value['cvr2003_reported']:,}",
        "documented": f"{documented:,.0f}",
        "on_commission": f"{on_lists[COMMISSION]:.1f}%",
        "on_ngo": f"{on_lists[NGO]:.1f}%",
        "on_ombudsman": f"{on_lists[OMBUDSMAN]:.1f}%",
        "earlier_path": f"{share['earlier_shining_path']:.0f}%",
        "earlier_state": f"{share['earlier_state']:.0f}%",
        "ombudsman_all": f"{cvr['ombudsman_all']:,.0f}",
        "ombudsman_ngo": f"{cvr['ombudsman_from_ngo']:,.0f}",
        "no_perpetrator": f"{no_name:,.0f}",
        "n_commission": f"{co[0]:,.0f}",
        "n_ombudsman": f"{co[1]:,.0f}",
        "n_both": f"{co[2]:,.0f}",
        "two_only": f"{everyone['people'].loc[two_only].item():,.0f} people",
        "half": f"{error(*co):,.0f}",
        "found": f"{100 * co[2] / co[1]:.0f}%",
        "found_ngo": f"{100 * right('07.t1'):.0f}% of the NGOs' people",
        "petersen": f"{co[0] * co[1] / co[2]:,.0f}",
        "co_low": f"{chapman(*co) - error(*co):,.0f}",
        "co": f"{chapman(*co):,.0f}",
        "co_high": f"{chapman(*co) + error(*co):,.0f}",
        "on_low": f"{chapman(*on) - error(*on):,.0f}",
        "on": f"{chapman(*on):,.0f}",
        "on_high": f"{chapman(*on) + error(*on):,.0f}",
        "cn": f"{chapman(*cn):,.0f}",
        "path_direct": f"{lesson['result']['Shining Path']:,.0f}",
        "pooled": f"{lesson['result']['pooled']:,.0f}",
        "state_direct": f"{lesson['result']['state']:,.0f}",
        "path_subtracted": f"{lesson['result']['pooled less state']:,.0f}",
        "path_overlap": f"{path[2]:.0f} people laid",
        "path_twice": f"{right('07.t3'):.0f} people, of",
        "strata": f"{strata['stratum'].nunique()} groups of places",
        "cvr_path_people": f"about {cvr_path:,.0f}",
        "cvr_path": f"{share['annex3_shining_path']:.0f}%",
        "cvr_state": f"{share['annex3_state']:.0f}%",
        "cvr_others": f"{share['annex3_others']:.0f}%",
        "release_others": f"{share['release_others']:.0f}%",
        "release_sum": f"add to {share[release].sum():.0f}",
        "rendon_2019": f"{value['rendon2019_total']:,}",
        "rendon_2012": f"{value['rendon2012_total']:,}",
        "rendon_2012_state": f"{share['rendon2012_state']:.0f}% for the state",
        "count_2019": f"{value['joined2019_shining_path']:,}",
        "rendon_path": f"{value['rendon2019_shining_path']:,}",
        "cautious": f"{value['mbs2019_conservative']:,}",
        "cautious_low": f"{low['mbs2019_conservative']:,}",
        "cautious_high": f"{high['mbs2019_conservative']:,}",
        "liberal": f"{value['mbs2019_liberal']:,}",
        "liberal_low": f"{low['mbs2019_liberal']:,}",
        "liberal_high": f"{high['mbs2019_liberal']:,}",
        "das_dr": f"{value['das2021_dr_total']:,}",
        "das_dr_low": f"{low['das2021_dr_total']:,}",
        "das_dr_high": f"{high['das2021_dr_total']:,}",
        "das_tmle": f"{value['das2021_tmle_total']:,}",
        "das_tmle_low": f"{low['das2021_tmle_total']:,}",
        "das_tmle_high": f"{high['das2021_tmle_total']:,}",
        "das_path": f"{value['das2021_dr_shining_path']:,}",
        "das_state": f"{value['das2021_dr_state_rondas_paramilitary']:,}",
        "das_others": f"{value['das2021_dr_mrta_other']:,} others",
        "truth": f"{lesson['TRUTH']:,} people died",
        "das_undetermined": f"{value['das2021_dr_undetermined']:,}",
        "das_parts": f"{value[das].sum():,}",
        "reported_path": f"{share['reported_shining_path']:.2f}%",
        "merged_path": f"{100 * sides('shining_path')['people'].sum() / documented:.1f}%",
        "interim_low": f"{low['cvr2003_interim']:,}",
        "interim_high": f"{high['cvr2003_interim']:,}",
        "strata_state": f"{state_cells.sum():,.0f}",
        "last": f"{state_cells[last]:,.0f}",
        "last_name": f"stratum {last}",
        "last_overlap": f"{lesson['strata']['both'][last]:.0f} people",
        "estimates": f"{len(state_cells)} estimates",
        "thin": f"{(digits == 1).sum()} of {len(path_cells)} strata",
        "empty": f"{(path_strata[1] == 0).sum()} the other lists",
        "least": f"{models['people']['CO, CN']:,.0f}",
        "two_pairs": f"{models['people']['CO, ON']:,.0f}",
        "saturated": f"{models['people']['all pairs']:,.0f}",
        "best_deviance": f"deviance of {models['deviance']['CO, ON']:.0f},",
        "aic_best_tested": f"{models['aic']['CO, ON']:.0f}), but",
        "ex_petersen": f"{agents[0] * agents[1] / agents[2]:,.0f}",
        "ex_path_co": f"{chapman(*path_co):,.0f}",
        "ex_path_cn": f"{chapman(*path_cn):,.0f}",
        "ex_path_on": f"{chapman(*path_on):,.0f}",
        "ex_documented_path": f"{sides('shining_path')['people'].sum():,.0f}",
        "ex_overlaps": f"{path_on[2]:.0f} to {path_cn[2]:.0f} people",
        "ex_strata": f"over the {strata['stratum'].nunique()} strata",
        "ex_spread": f"{(value['cvr2003_total'] - value['rendon2012_total']) / width:.1f}",
        "ex_spread_kept": f"{(value['cvr2003_total'] - value['rendon2019_total']) / width:.1f}",
        "ex_direct": f"{path_cells.sum():,.0f}",
        "ex_subtracted": f"{left_cells.sum():,.0f}",
        "ex_subtracted_kept": f"{left_cells[left_cells.index != last].sum():,.0f}",
        "ex_direct_kept": f"{path_cells[path_cells.index != last].sum():,.0f}",
        "ex_ill": f"{chapman(*ill):,.0f} students",
        "ex_ill_low": f"{chapman(*ill) - error(*ill):,.0f} to {chapman(*ill) + error(*ill):,.0f}",
        "ex_ill_known": f"{quoted['hav_ascertained']:,.0f} were known",
    }


def statements(lesson, exercise, right, wrong):
    everyone, by_side = lesson["everyone"], lesson["by_side"]
    people, first = everyone["people"], lesson["shares"][ON].idxmax()
    spans = sorted(
        (
            lesson["chapman"](*three) - lesson["half_width"](*three),
            lesson["chapman"](*three) + lesson["half_width"](*three),
        )
        for three in (lesson["counts"](everyone, *names) for names in lesson["pairs"].values())
    )
    toll = load("toll_estimates").set_index("estimate_id")
    totals = toll[(toll["kind"] == "estimate") & (toll["level"] == "national")]["value"]
    sides = load("toll_estimates").set_index("estimate_id")["value"]
    orders, pairs = right("07.4"), right("07.2")
    state = by_side[by_side["perpetrator_recorded"] == "state_agents"]
    path = by_side[by_side["perpetrator_recorded"] == "shining_path"]
    top = [people[(everyone[ON].sum(axis=1) == n)] for n in (1, 3)]
    strata = load("victim_lists_strata").query("stratum == 59")
    direct = lesson["counts"](path, ON[0], "in_either")
    best = lesson["chapman"](*lesson["simulated_lists"](-0.4, 0.1))
    return {
        "n1 is everybody on its list: four rows, not one": state[ON[0]].sum() == 4,
        "The commission's list names Shining Path most; the other two name state agents": list(
            right("07.t2")[ON]
        )
        == ["shining_path", "state_agents", "state_agents"],
        "One more match would lower the estimate by over a hundred deaths": lesson["chapman"](
            *direct
        )
        - lesson["chapman"](*direct[:2], direct[2] + 1)
        > 100,
        "for one pair at least": abs(right("07.t1") - lesson["both"] / lesson["n2"]) > 0.05,
        "Seven rows, and the eighth is missing": len(everyone) == 2**3 - 1,
        "24,692 people stand on at least one of three lists": people.sum() == 24_692
        and everyone[ON].any(axis=1).all(),
        "One war, three lists, two rankings": first.nunique() == 2,
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
        "There are three lists: ": load("quoted_figures")
        .set_index("figure_id")["quantity"]["hav_ascertained"]
        .endswith("one of three lists at least"),
        "the overlap is a fifth of the Ombudsman's people": round(
            path["people"][path[ON[1]] & path[ON[2]]].sum() / path["people"][path[ON[1]]].sum(), 1
        )
        == 1 / 5,
        "The pair with the smallest overlap, 25, has the smallest estimate": pairs.idxmin()
        == "Ombudsman, NGOs"
        and path["people"][path[ON[1]] & path[ON[2]]].sum() == 25,
        "The seven labels of": len(people) == 7,
        "four rows for n1, four for n2, two for both": (
            state[ON[0]].sum(),
            state[ON[1]].sum(),
            (state[ON[0]] & state[ON[1]]).sum(),
        )
        == (4, 4, 2),
        "on the commission's list all the same: four rows": state[ON[0]].sum() == 4,
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
    "Test the if on the third list",
    "the label of its largest value",
    "that joins the other two",
    "gives the largest value; its relative",
    "the sides that each list names least",
    "the side with most people over all lists",
    "takes the three counts as they are",
    "for the most part they did not",
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
    "Go to the five places",
    "no overlap of two lists can tell this world from the first one",
    "Read it at five places",
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
    "the people who stand on all three lists",
    "They are on these two as well",
    "how many people the two lists hold together",
    "each of the three counts",
    "highest less lowest",
    "Your two values are the same",
    "Your second and third values",
    "In your third value",
    "n1 and n2 are the two lists",
    "the students on these two only, and those on all three",
    "the students on all three lists",
    "less half a width",
    "(all three × each list alone, three of them) / (each pair, three of them)",
    "all three lists, and each list alone",
    "The lesson's interval takes 1.96",
    "the 1.96 stands in",
    "for its two lists are short",
    "with the two functions of the lesson",
    "from the lowest end of all rows to the highest",
    "half as wide as it should be",
    "half a width already",
    "not divided by two",
    "whole numbers of 32 bits",
    "one column of three numbers",
    "Two distances are to be compared",
    "the highest less the lowest",
    "Take the last two",
    "two numbers that your text must hold",
    "one of the two must stand in it",
    "That is everybody on at least one list",
    "that includes people on none",
    "Add one to each of three columns, multiply two, divide by the third",
    "here of a price in three months",
    "here of three fields",
    "Two ends from a middle and half a width",
    "the highest less the lowest",
    "The same with two lists only",
    "Give a Series with two labels, not rounded",
]
