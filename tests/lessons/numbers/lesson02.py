"""Lesson 02: the numbers that no cell prints, and what is stated in words."""

from course.data import load


def numbers(lesson, exercise, right, wrong):
    value = load("crop_economics").set_index("figure_id")["value"]
    amount = load("budgets").set_index("budget_id")["amount"]
    rate = amount["peru_eradication_2014"] / amount["peru_eradication_2014_usd"]
    leaf = load("leaf_production").set_index("figure_id")["leaf_t"]
    house = load("households").set_index("measure")["value"]
    coffee = value["coffee_yield_2013"] * value["coffee_price_2013"] * rate
    return {
        "level_price": f"{right('02.3'):.2f} soles",
        "coffee_left": f"{coffee - exercise['coffee_days'] * value['coffee_day_wage_2019']:.0f} soles",
        "board_in_words": f"against {value['coffee_gross_value_2013']:,.0f}",
        "official_in_words": f"against {value['coca_net_margin_claim']:,.0f} for coca",
        "blanks": f"{leaf['peru_2013_production']:.0f} and {leaf['peru_2013_residual']:.0f}",
        "sales": f"divide by {house['gross_sales_per_household_year']:.0f}",
        "level_one_wage": f"{wrong('02.3', 'one wage for both'):.2f} soles",
    }


def statements(lesson, exercise, right, wrong):
    prices = load("leaf_prices")
    peru = prices[(prices["country"] == "Peru") & (prices["year"] >= 2009)]
    kinds = peru.pivot_table(index="year", columns="average", values="price_usd_kg")
    kinds = kinds[["arithmetic", "production_weighted"]].dropna()
    leaf = load("leaf_production").set_index("figure_id")["leaf_t"]
    value = load("crop_economics").set_index("figure_id")["value"]
    gross_ratio = (value["coca_yield_2013"] * value["coca_price_2013"]) / (
        value["coffee_yield_2013"] * value["coffee_price_2013"]
    )
    months = load("leaf_prices_local").set_index("price_id")["date_start"].dt.month
    basins = {"aguaytia", "huallaga", "puno", "vraem"}
    remainder = leaf["peru_2013_production"] - leaf["peru_2012_traditional_use"]
    slump = right("02.1")
    level = lesson["even_price"]
    january, april = lesson["monthly"][lesson["monthly"]["place"] == "VRAEM"]["price"]
    return {
        "ten times what coffee brings": round(gross_ratio) == 10,
        "“ten times” is right as arithmetic": round(gross_ratio) == 10,
        '"ten times" is the coffee board\'s figure': round(gross_ratio) == 10,
        "The weighted average is lower in all four years": len(kinds) == 4
        and (kinds["production_weighted"] < kinds["arithmetic"]).all(),
        "One valley grows most of the leaf": leaf["vraem_2016_production"]
        > leaf["peru_2016_production"] / 2,
        "One year, three prices": len(
            prices[(prices["year"] == 2003) & (prices["country"] == "Peru")]
        )
        == 3,
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
        "the mean price of the four basins": len(basins) == len(exercise["april"]) == 4,
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
    "no disagreement, only two units",
    "between which two numbers it must lie",
    "Suppose a household of five (assumed), and nothing else between the two figures",
    "So two figures that seem to exclude each other can stand together",
    "in sixty to two hundred words",
    "what each of the two counts",
    "Two lines:",
    "Three rows matter",
    "Five persons, 365 days",
    "If 12 eggs cost 6, one egg costs 6 divided by 12. An arroba is 11.5 kilograms",
]
