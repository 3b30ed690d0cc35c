"""Lesson 01: its numbers, and what it states in words.

Rival counts, budgets and yearly changes of aid are loaded: the lesson quotes them.
"""

import math

from course.data import load


def numbers(lesson, exercise, right, wrong):
    claims, aid, found = (lesson["claims"], lesson["aid"], lesson["counts"])
    pulled, targets = (exercise["eradication"], exercise["targets"])
    rivals, budgets, changes = (load("claim_rivals"), load("budgets"), load("aid_changes"))
    usd, eur = ("amount_usd_million", "amount_eur_million")

    def cell(table, name, column):
        return table[table[table.columns[0]] == name][column].sum()

    def dollars(name):
        return cell(aid, name, usd)

    def spent(name):
        return cell(budgets, name, "amount")

    gao_years = cell(aid, "gao_peru", "year_end") - cell(aid, "gao_peru", "year_start") + 1
    by_country, by_agency = (lesson["total"], lesson["TOTALS"]["the four agency rows"])
    printed, part = (lesson["printed_total"], lesson["colombia"])
    share_of = lesson["share_of"]
    _, _, lowest, highest = share_of("the printed total", 100)
    _, in_thousands, _, _ = share_of("the five country rows", 1000)
    said = 1000 * cell(claims, "aid_total", "value")
    share = cell(claims, "aid_colombia_share", "value")
    ecuador = lesson["gao"].set_index("recipient").loc["Ecuador"]
    pulled_2012 = cell(pulled, "peru_2012_annex", "area_ha")
    raised, goal_2012 = [
        cell(targets, name, "target_ha") for name in ("peru_2013_raised", "peru_2012")
    ]
    fall, fall_percent = [
        -cell(changes, "gao_peru", f"change_{u}") for u in ("usd_million", "percent")
    ]
    in_2006 = 100 * fall / fall_percent
    return {
        "total_billion": f"{said / 1000:.1f} billion",
        "share_printed": f"{share:.0f}%",
        "eu_promised": f"{cell(claims, 'eu_pledge', 'value'):.0f} million euros",
        "bases": f"{cell(claims, 'base_military', 'value'):.0f} bases",
        "communities": f"{cell(claims, 'luricocha', 'value'):.0f} communities",
        "us_promised": f"{cell(claims, 'us_contribution', 'value'):.0f} million dollars",
        "claims": f"{len(claims)} rows",
        "causal": f"{(claims['kind'] == 'causal').sum()} causal claims",
        "weighed": f"{found['not_a_figure']} are causes",
        "notes_named": f"{(lesson['notes']['names'] == 'nobody').sum()} claims",
        "agrees": f"agrees in {found['agrees']} cases",
        "differs": f"differs in {found['differs']}",
        "none_found": f"in {lesson['none_found'].sum()} we",
        "opened_says_so": f"so in {(lesson['notes']['says'] == 'yes').sum()} cases",
        "checkable": f"{lesson['can_check'].sum()} claims",
        "eu_sum": f"{aid[lesson['eu']][eur].sum():.1f} million euros",
        "eu_signed": f"{cell(aid, 'eu_signed_2013', eur):.1f} million euros",
        "eu_paid": f"{cell(aid, 'eu_paid_2014', eur):.0f} million euros",
        "eu_commission": f"{cell(aid, 'eu_commission_2014', eur):.0f} million euros",
        "per_cent": f"{cell(aid, 'eu_signed_2013', eur):.1f} per cent",
        "three_times": f"{by_country + by_agency + printed:,.0f} million",
        "three_added": f"{by_country:,.0f} + {printed:,.0f} + {by_agency:,.0f} = {by_country + by_agency + printed:,.0f}",
        "by_country": f"{by_country:,.0f} million dollars",
        "by_agency": f"{by_agency:,.0f} million dollars",
        "part": f"{part:,.0f} million",
        "part_billion": f"{part / 1000:.2f} billion",
        "share_rows": f"{100 * part / by_country:.1f}%",
        "share_total": f"{100 * part / printed:.1f}%",
        "share_whole": f"{100 * part / printed:.0f}%",
        "printed_million": f"{printed:,.0f} million",
        "turned_million": f"{said * share / 100:,.0f} million",
        "turned_round": f"{said * share / 100:,.0f} million dollars",
        "subtracted": f"{said * share / 100:,.0f} − {part:,.0f} million",
        "too_many": f"{said * share / 100 - part:.0f} million dollars",
        "interval": f"{printed:,.0f} to the nearest hundred",
        "interval_low": f"{printed - 100 / 2:,.0f}",
        "interval_high": f"{printed + 100 / 2:,.0f}",
        "share_low": f"{lowest:.1f}%",
        "share_high": f"{highest:.1f}%",
        "share_thousand": f"{in_thousands:.1f}%",
        "share_agencies": f"{100 * part / by_agency:.1f}%",
        "lowest_billion": f"{(said - 100 / 2) * (share - 1 / 2) / 100 / 1000:.2f}",
        "highest_billion": f"{(said + 100 / 2) * (share + 1 / 2) / 100 / 1000:.2f} billion",
        "ecuador_printed": f"{ecuador['share_percent']:.0f}%",
        "ecuador_rows": f"{right('01.3'):.1f}%",
        "delegations": f"more than {cell(claims, 'conference_delegations', 'value'):.0f}",
        "with_organisations": f"{cell(rivals, 'conference_delegations_3', 'value'):.0f} delegations",
        "organisations": f"{cell(rivals, 'conference_delegations_3', 'value') - cell(rivals, 'conference_delegations_2', 'value'):.0f} organisations",
        "opening": f"{cell(rivals, 'conference_delegations_1', 'value'):.0f} countries",
        "signers": f"{cell(rivals, 'conference_delegations_2', 'value'):.0f} countries",
        "with_aid": f"{spent('peru_all_2013_with_aid'):.0f} million dollars",
        "without_aid": f"{spent('peru_all_2013_treasury'):.0f} million dollars",
        "foreign": f"{spent('peru_all_2013_aid'):.0f} million",
        "eradication_usd": f"{spent('peru_eradication_2013_usd'):.0f} million dollars",
        "eradication_pen": f"{spent('peru_eradication_2013'):.0f} million soles",
        "plan_colombia": f"{dollars('plan_colombia_gao'):,.0f} million dollars",
        "drug_war": f"{dollars('plan_colombia_economists'):,.0f} million dollars",
        "us_2012": f"{dollars('us_peru_2012'):.1f} million dollars",
        "us_2013": f"{dollars('us_peru_2013'):.0f} million dollars",
        "account_cut": f"{-cell(changes, 'inl_peru_2014', 'change_percent'):.0f}%",
        "ecuador_exact": f"{right('01.3'):.2f}%",
        "fifty": f"{cell(claims, 'target_2013', 'value'):.0f} percent",
        "raised": f"{raised:,.0f} ha",
        "pulled_2012": f"{pulled_2012:,.0f} ha",
        "goal_2012": f"{goal_2012:,.0f} ha",
        "half_again": f"{math.ceil(pulled_2012 + pulled_2012 / 2):,.0f} ha",
        "over_pulled": f"{100 * (raised / pulled_2012 - 1):.1f}%",
        "over_goal": f"{100 * (raised / goal_2012 - 1):.0f} percent",
        "yearly": f"{dollars('gao_peru') / gao_years:.0f} million dollars",
        "fall": f"{fall:.0f} million dollars",
        "fall_percent": f"{fall_percent:.0f}%",
        "in_2006": f"{in_2006:.0f} million",
        "in_2011": f"{in_2006 - fall:.0f} million dollars",
    }


def statements(lesson, exercise, right, wrong):
    claims, gao, countries = (lesson["claims"], lesson["gao"], lesson["countries"])
    kinds = claims["kind"].value_counts()
    looked_up = claims[claims["second_source"] != "not_a_figure"]["section"].value_counts()
    amounts = gao.set_index("recipient")["amount_usd_million"]
    countries = countries.set_index("recipient")["amount_usd_million"]
    goals = exercise["targets"]
    targets = goals.query("country == 'Peru' and year == 2013")
    goal = goals.set_index("target_id")["target_ha"]
    share = right("01.3")
    alone = claims[(claims["kind"] == "testimony") & lesson["none_found"]]
    spent = load("budgets").set_index("budget_id")["amount"]
    agencies = ["gao_state", "gao_usaid", "gao_defense", "gao_dea"]
    rivals = load("claim_rivals").set_index("rival_id")
    rounded = lesson["aid"].set_index("aid_id")["note"][agencies]
    return {
        "Fewer than a third": right("01.t2") < len(claims) / 3,
        "One: point 22": list(alone["point"]) == [22],
        "The four agencies split the same money in another way": len(agencies) == 4,
        "one such base about three years earlier: the same number": (
            rivals.loc["base_pnp_2", "value"]
            == claims.set_index("claim_id").loc["base_pnp", "value"]
            and 2012 - rivals.loc["base_pnp_2", "period_start"] == 3
        ),
        "7 we found none": lesson["none_found"].sum() == 7,
        "two agencies are printed": rounded.eq("about").sum() == 2,
        "and two of them are": rounded.eq("about").sum() == 2,
        "and the two numbers agree": spent["peru_all_2013_with_aid"] - spent["peru_all_2013_aid"]
        == spent["peru_all_2013_treasury"],
        "Same digits in two currencies is the": spent["peru_eradication_2013"]
        == spent["peru_eradication_2013_usd"],
        'itself speaks of five years.) So the sum that was to be "almost double" is a little': 9
        / 10
        < claims.set_index("claim_id")["value"]["us_contribution"] / (amounts["Peru"] / 6)
        < 1,
        "Five claims, five places where a reader has to stop and look": len(lesson["cases"]) == 5,
        "Promise, signature, payment: three stages of one sum": len(lesson["steps"]) == 3,
        "The same money, three times": round(amounts.sum() / countries.sum()) == 3,
        "it is three times too large": round(amounts.sum() / countries.sum()) == 3,
        "Five, with point 9 and point 10 among them": right("01.1") == 5
        and (
            claims.set_index("point")["second_source"][[9, 10]].isin(["differs", "none_found"])
        ).all(),
        "Five is no verdict on the section: it holds more claims that can be looked up than any other": right(
            "01.1"
        )
        == 5
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
    "The lesson counted in two lines",
    "Keep the rows of the four agencies",
    "Add up the four rows",
    "Peru will almost double",
    "Four sentences about money",
    "Remind them how two pairs of brackets",
    "Two pairs of brackets choose columns",
    "shows the first rows",
    "Most say figures",
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
    "cannot be used twice",
    "That multiplies two rounded numbers and",
    "up to a hundred either",
    "with at least one decimal",
    "US money will almost double",
    "among two agencies",
    "Carry it over to the five countries",
    "The same for Bolivia over the first three years, if all of its money had come then: , since 2006, 2007 and 2008 are three",
    "its base is half a number",
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
