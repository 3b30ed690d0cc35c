"""Lesson 02: its numbers, and what it states in words.

Prices along the chain and the valley's own leaf are loaded: no cell shows them.
"""

from course.data import load


def numbers(lesson, exercise, right, wrong):
    prices = lesson["peru"].set_index(["place", "average", "year"])["price_usd_kg"]
    local = lesson["local"].set_index("price_id")["price"]
    value, amount, lead = (lesson["value"], lesson["amount"], lesson["lead"])
    house = exercise["households"].set_index("measure")["value"]
    leaf = exercise["production"].set_index("figure_id")["leaf_t"]
    valley = load("leaf_production").set_index("figure_id")["leaf_t"]["vraem_2016_production"]
    yields = lesson["yields"].set_index(["place", "year"])["yield_kg_ha"]
    chain = load("value_chain_prices").set_index(["country", "product", "year", "observer"])
    chain = chain["price_usd_kg"].sort_index().loc["Peru"]

    def one(average, year, place="country"):
        return prices.loc[place, average, year]

    def fall(place):
        return 100 * (1 - local[f"{place}_2020_04_single"] / local[f"{place}_2020_01_single"])

    def gap(year):
        return one("arithmetic", year) - one("production_weighted", year)

    january, april = (lesson["january"], exercise["april"])
    plain, weighted = (lesson["plain"], lesson["weighted"])
    plain_april, weighted_april = (april["price"].mean(), right("02.2"))
    drop = 1 - april["price"].to_numpy() / january["price"].to_numpy()
    coca, coffee = (lesson["coca_gross"], lesson["coffee_gross"])
    price_2014 = one("production_weighted", 2014)
    leaf_price = one("production_weighted", 2010)
    powder = chain["hydrochloride", 2010, "UN"]
    un_leaf = value["coca_leaf_per_kg_cocaine_2008"] * leaf_price
    police_leaf = value["coca_leaf_per_kg_cocaine_2017"] * leaf_price
    net_ratio = value["cacao_net_margin_claim"] / value["coca_net_margin_claim"]
    remainder_2013 = leaf["peru_2013_production"] - leaf["peru_2012_traditional_use"]
    coffee_left = lesson["after_wages"](
        lesson["GROSS"]["coffee"], value["coffee_day_wage_2019"], exercise["coffee_days"]
    )
    return {
        "monzon": f"{one('one_place', 2003, 'Monzón'):.2f} dollars",
        "apurimac": f"{one('one_place', 2003, 'Apurímac-Ene'):.2f} dollars",
        "national_2003": f"{one('arithmetic', 2003):.1f} dollars",
        "gap_2009_sum": f"{one('arithmetic', 2009):.1f} − {one('production_weighted', 2009):.1f} = {gap(2009):.1f} dollars a kilogram",
        "gap_2015_sum": f"{one('arithmetic', 2015):.1f} − {one('production_weighted', 2015):.1f} = {gap(2015):.1f} dollars",
        "gap_2009": f"{gap(2009):.1f} dollars",
        "gap_2015": f"{gap(2015):.1f} dollars",
        "apart": f"{right('02.t3'):.1f} soles",
        "vraem_leaf": f"{100 * valley / leaf['peru_2016_production']:.0f}%",
        "vraem_january": f"{local['vraem_2020_01_single']:.1f} soles",
        "vraem_april": f"{local['vraem_2020_04_single']:.1f} soles",
        "vraem_fall_sum": f"({local['vraem_2020_01_single']:.1f} − {local['vraem_2020_04_single']:.1f}) ÷ {local['vraem_2020_01_single']:.1f} = {fall('vraem'):.1f}%",
        "vraem_fall": f"{fall('vraem'):.1f}%",
        "falls": f"{100 * drop.min():.0f}% and {100 * drop.max():.0f}%",
        "printed_january": f"{local['national_2020_01_single']:.2f} soles",
        "printed_april": f"{local['national_2020_04_single']:.2f} soles",
        "printed_fall": f"{fall('national'):.1f}%",
        "weighted_january": f"{weighted:.1f} soles",
        "plain_january": f"{plain:.1f} soles",
        "without_puno": f"{right('02.t2'):.1f} soles",
        "weighted_april": f"{weighted_april:.2f} soles",
        "plain_april": f"{plain_april:.2f} soles",
        "weighted_fall": f"{100 * (1 - weighted_april / weighted):.1f}%",
        "plain_fall": f"{100 * (1 - plain_april / plain):.1f}%",
        "coca_gross_sum": f"{value['coca_yield_2013']:,.0f} kg × {value['coca_price_2013']:.2f} dollars = {coca:,.0f} dollars",
        "coffee_gross_sum": f"{value['coffee_yield_2013']:.0f} kg × {value['coffee_price_2013']:.2f} dollars = {coffee:,.0f} dollars",
        "coca_gross": f"{coca:,.0f} dollars",
        "coffee_gross": f"{coffee:,.0f} dollars",
        "coca_printed": f"{value['coca_gross_value_2013']:,.0f} dollars",
        "coffee_printed": f"{value['coffee_gross_value_2013']:,.0f} dollars",
        "weighted_2014": f"{price_2014:.1f} dollars",
        "coca_weighted_sum": f"{value['coca_yield_2013']:,.0f} × {price_2014:.1f} = {value['coca_yield_2013'] * price_2014:,.0f} dollars",
        "coca_weighted": f"{value['coca_yield_2013'] * price_2014:,.0f} dollars",
        "coffee_high": f"{value['coffee_price_2010_jungle']:.2f} dollars",
        "coffee_low": f"{value['coffee_price_2019_jungle']:.2f} dollars",
        "yield_low": f"{yields.min() * price_2014:,.0f} dollars",
        "yield_high": f"{yields.max() * price_2014:,.0f} dollars",
        "carried_yield": f"{yields['country', 2010]:,.0f} kg",
        "coca_wage": f"{value['coca_day_wage_2019']:.0f} soles",
        "coffee_wage": f"{value['coffee_day_wage_2019']:.0f} soles",
        "rate_soles": f"{amount['peru_eradication_2014']:.0f} million soles",
        "rate_dollars": f"{amount['peru_eradication_2014_usd']:.0f} million dollars",
        "lead_usd": f"{coca:,.0f} − {coffee:,.0f} = {coca - coffee:,.0f} a hectare",
        "gross_soles": f"{lesson['bars']['coca, gross 2013']:,.0f} soles",
        "lead": f"{lead:,.0f} soles",
        "lead_days": f"{lesson['days']:.0f}",
        "most_days": f"{lesson['bars']['coca, gross 2013'] / value['coca_day_wage_2019']:.0f} days",
        "coca_claim": f"{value['coca_net_margin_claim']:,.0f} soles",
        "cacao_claim": f"{value['cacao_net_margin_claim']:,.0f} soles",
        "cacao_yield_claim": f"{value['cacao_yield_claim']:,.0f} kg",
        "arithmetic_2015": f"{one('arithmetic', 2015):.1f} dollars",
        "weighted_2015": f"{one('production_weighted', 2015):.1f} dollars",
        "leaf_2013": f"{leaf['peru_2013_production']:,.0f} t",
        "leaf_2013_board": f"{leaf['peru_2013_production_coffee_board']:,.0f} t",
        "gross_ratio": f"{coca / coffee:.1f} times",
        "net_ratio": f"{net_ratio:.1f} times",
        "puno_january": f"{local['puno_2020_01_single']:.0f} soles per kg",
        "san_gaban": f"{local['san_gaban_2020_before']:.0f} soles per arroba",
        "household": f"{house['gross_sales_per_household_year']:,.0f} dollars a year",
        "person": f"{house['net_income_per_person_day']:.0f} dollar a day",
        "powder_2016_press": f"{chain['hydrochloride', 2016, 'press']:,.0f} dollars",
        "powder_2016_un": f"{chain['hydrochloride', 2016, 'UN']:,.0f} dollars",
        "leaf_2010": f"{leaf_price:.1f} dollars",
        "paste_2010": f"{chain['paste', 2010, 'UN']:,.0f} dollars",
        "powder_2010": f"{powder:,.0f} dollars",
        "naive_share": f"{leaf_price:.1f} ÷ {powder:.0f}, or {100 * leaf_price / powder:.1f}%",
        "un_factor": f"{value['coca_leaf_per_kg_cocaine_2008']:.0f} kg",
        "police_factor": f"{value['coca_leaf_per_kg_cocaine_2017']:.1f} kg",
        "un_leaf": f"{value['coca_leaf_per_kg_cocaine_2008']:.0f} × {leaf_price:.1f} = {un_leaf:,.0f} dollars",
        "police_leaf": f"{police_leaf:,.0f} dollars",
        "police_share": f"{100 * police_leaf / powder:.0f}% of {powder:.0f}",
        "remainder_2013": f"{remainder_2013:,.0f} t",
        "remainder_2013_printed": f"{leaf['peru_2013_residual']:,.0f} t",
        "remainder_off": f"{remainder_2013 - leaf['peru_2013_residual']:.0f} t",
        "deducted_2016": f"{leaf['peru_2016_production'] - leaf['peru_2016_residual']:,.0f} t",
        "traditional_2016": f"{leaf['peru_2016_traditional_use']:,.0f} t",
        "industrial_2016": f"{leaf['peru_2016_industrial_use']:,.0f} t of leaf",
        "traditional_2017": f"{leaf['peru_2017_traditional_use']:,.0f} t",
        "slump_from": f"{local['vraem_2021_01_low']:.0f} to {local['vraem_2021_01_high']:.0f} soles an arroba",
        "slump_to": f"{local['vraem_2021_04_low']:.0f} soles an arroba",
        "traditional_2012": f"{leaf['peru_2012_traditional_use']:,.0f} t",
        "level_price": f"{right('02.3'):.2f} soles",
        "coffee_left": f"{coffee_left:.0f} soles",
        "board_in_words": f"against {value['coffee_gross_value_2013']:,.0f}",
        "official_in_words": f"against {value['coca_net_margin_claim']:,.0f} for coca",
        "level_one_wage": f"{wrong('02.3', 'one wage for both'):.2f} soles",
    }


def statements(lesson, exercise, right, wrong):
    kinds = lesson["peru"].query("year >= 2009")
    kinds = kinds.pivot_table(index="year", columns="average", values="price_usd_kg")
    kinds = kinds[["arithmetic", "production_weighted"]].dropna()
    leaf = exercise["production"].set_index("figure_id")["leaf_t"]
    valley = load("leaf_production").set_index("figure_id")["leaf_t"]["vraem_2016_production"]
    local = lesson["local"].set_index("price_id")
    months, each = (local["date_start"].dt.month, local["price"])
    gross_ratio = lesson["coca_gross"] / lesson["coffee_gross"]
    remainder = leaf["peru_2013_production"] - leaf["peru_2012_traditional_use"]
    basin_prices = lesson["january"].set_index("place")["price"]
    puno = basin_prices.filter(like="Puno")
    printed = each["national_2020_01_single"]
    slump = right("02.1")
    level = lesson["even_price"]
    share = right("02.t1")
    january, april = lesson["monthly"][lesson["monthly"]["place"] == "VRAEM"]["price"]
    return {
        "no disagreement, only two units": abs(
            each["san_gaban_2020_before"] / 11.5 / each["puno_2020_01_single"] - 1
        )
        < 1 / 10,
        "ten times what coffee brings": round(gross_ratio) == 10,
        "“ten times” is right as arithmetic": round(gross_ratio) == 10,
        '"ten times" is the coffee board\'s figure': round(gross_ratio) == 10,
        "The weighted average is lower in all four years": len(kinds) == 4
        and (kinds["production_weighted"] < kinds["arithmetic"]).all(),
        "One valley grows most of the leaf": valley > leaf["peru_2016_production"] / 2,
        "Almost two thirds of the hectares lie in the basin with the lowest price": 63
        < share
        < 200 / 3
        and basin_prices.idxmin() == "VRAEM",
        "One year, three prices": len(lesson["peru"].query("year == 2003")) == 3,
        "The last place halves a number": lesson["even_price"]("coffee", 100, 100)
        < april
        < level("coffee", 100, 200),
        "A higher wage costs most where most days are needed": all(
            (level("coffee", 100, days) - level("coffee", 40, days))
            < (level("coffee", 100, days + 50) - level("coffee", 40, days + 50))
            for days in (100, 150, 200, 250)
        ),
        "moves right, between the two marks": april < level("coffee", 100, 200) < january,
        "the ranking turns within three months": months["vraem_2020_04_single"]
        - months["vraem_2020_01_single"]
        == 3,
        "In April all three lines are below zero": max(
            lesson["after_wages"](april * lesson["COCA_YIELD"], 100, 200),
            *(lesson["after_wages"](gross, 100, 70) for gross in lesson["GROSS"].values()),
        )
        < 0,
        "Twelve soles.": (9 * 10 + 1 * 30) / (9 + 1) == 12,
        "nine times ten and once thirty, divided by ten": 9 * 10 + 1 * 30 == 12 * (9 + 1),
        "Twenty soles.": (10 + 30) / 2 == 20,
        "Twenty-eight soles.": (1 * 10 + 9 * 30) / (9 + 1) == 28,
        "A hundred and twenty soles.": 9 * 10 + 1 * 30 == 120,
        "from more than ten soles a kilogram to less than two": slump["vraem_2021_01_low"] > 10
        and slump["vraem_2021_04_low"] < 2,
        "Puno is the dearest of the four by far": basin_prices.idxmax() == puno.index[0]
        and puno.max() > 1.5 * basin_prices.drop(puno.index).max(),
        "nearer to the agency's 12.67 soles than either of our two averages": abs(
            right("02.t2") - printed
        )
        < min(abs(lesson[name] - printed) for name in ("plain", "weighted")),
        "the mean price of the four basins": len(basin_prices) == len(exercise["april"]) == 4,
        "In January, three months earlier": months["puno_2020_04_single"]
        - months["puno_2020_01_single"]
        == 3,
        "the same four basins and one printed line": len(lesson["monthly"]["place"].unique()) == 5,
        "moves the answer by more than a fifth": 1
        - wrong("02.3", "one wage for both") / right("02.3")
        > 1 / 5,
        "About one dollar in seven": round(100 / right("02.4")) == 7,
        "They also lie four years apart": exercise["households"]["year"].max()
        - exercise["households"]["year"].min()
        == 4,
        "No exchange of two digits turns the one into the other": differing(
            remainder, leaf["peru_2013_residual"]
        )
        == 3,
        "Rebuild one from the four basins": len(exercise["april"]) == 4,
    }


def differing(one: float, other: float) -> int:
    """Return in how many digits two numbers differ; an exchange of two leaves two that do."""
    return sum(a != b for a, b in zip(f"{one:.0f}", f"{other:.0f}", strict=True))


EXPLAINS = [
    "highest of the three prices",
    "lowest of the three prices",
    "adds all three and divides",
    "counts the three alike",
    "took the highest price away from itself",
    "Take the lowest price away",
    "Fill in the method for the cheapest",
    "counted the other three alike",
    "The mask keeps the three",
    "adds the three prices",
    "three prices. An average divides it by how many they are",
    "That is the mean of all four",
    "The lesson took the plain mean of four prices",
    "For three rows the word is the same",
    "You took a year of 360 days",
    "A year has 365",
    "Some articles count 11.3 kg",
    "Write two sentences on the board",
    "four quantities, four tables",
    "each zone counts the same, however little leaf it sells",
    "a grower in the cheapest zone",
    "Two averages of the same leaf in the same year",
    "It always lies between the lowest and the highest value",
    "Do it on the board with two basins",
    "behind the two sentences of the beginning",
    "Go to the three places: forty soles and two hundred days; a hundred soles; a hundred soles and "
    "a hundred days",
    "Read it at three places",
    "Two rows are traps of unit",
    "A basin with thousand hectares pays soles, one with thousand hectares pays",
    "ten times richer than coffee farmers",
    "The day wage doubles for all crops",
    "The one with the lowest price",
    "The one that takes most days",
    "the two kinds of source can be compared",
    "between which two numbers it must lie",
    "Suppose a household of five (assumed), and nothing else between the two figures",
    "So two figures that seem to exclude each other can stand together",
    "in sixty to two hundred words",
    "what each of the two counts",
    "with at least two decimals",
    "finds the highest",
    "Its counterpart for the lowest",
    "That is how far the dearest lies above the mean. Take the lowest price away",
    "That is the highest price. Take the lowest away from it",
    "Three rows matter",
    "Other crops: maize leaves 1000 soles after its wages. Beans take 50 days at 30 soles and give 500 kg",
    "which is 5 soles per kg",
    "Another household: 2 dollars a day for each of three persons are dollars a year. Of sales of 7300 dollars they are , or 30 percent",
    "If 12 eggs cost 6, one egg costs 6 divided by 12. An arroba is 11.5 kilograms",
]
