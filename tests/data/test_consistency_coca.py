"""Do the tables of Part I agree with themselves and with each other?

Each check returns what is wrong, as text. The second half changes one cell at a time and expects
a check to notice: a check that never complains protects nothing.
"""

import functools
from collections.abc import Callable

import pandas as pd
import pytest

from course.data import load

Tables = Callable[[str], pd.DataFrame]
THREE = ["Peru", "Colombia", "Bolivia"]
KG_PER_ARROBA = 11.5


def wide(tables: Tables, series: str) -> pd.DataFrame:
    """Return the area of one series, a row a year and a column a country."""
    frame = tables("cultivation").query("series == @series")
    return frame.pivot(index="year", columns="country", values="area_ha")


def far(name: str, found: pd.Series, expected: pd.Series, within: float) -> list[str]:
    """Name the labels where two series that should be equal differ by more than `within`."""
    gap = (found - expected).abs().dropna()
    assert not gap.empty, f"{name}: nothing to compare"
    return [f"{name} {label}: off by {value:g}" for label, value in gap[gap > within].items()]


def zones_add_up(tables: Tables) -> list[str]:
    zones = tables("cultivation_zones")
    totals = zones.groupby(["series", "country", "year"])["area_ha"].sum()
    devida = wide(tables, "devida")["Peru"]
    problems = far("zones", totals["devida"]["Peru"], devida, within=2)
    un = wide(tables, "un")
    for country, years in [
        ("Peru", [2004, 2005, 2009, 2010]),
        ("Colombia", [2004, 2005]),
        ("Bolivia", [2004, 2005, 2019]),
    ]:  # years with every region printed
        found = totals["un"][country].reindex(years)
        problems += far(f"zones of {country}", found, un[country], within=800)
    return problems


def zones_are_counted(tables: Tables) -> list[str]:
    notes = tables("cultivation").query("series == 'devida'").set_index("year")["note"]
    printed = notes.str.extract(r"^(\d+) zones")[0].astype(int)
    counted = tables("cultivation_zones").query("series == 'devida'").groupby("year").size()
    return far("number of zones", counted, printed, within=0)


def departments_add_up(tables: Tables) -> list[str]:
    total = tables("cultivation_departments").groupby("year")["area_ha"].sum()
    later = far("departments", total, wide(tables, "devida")["Peru"], within=2)
    return later + far("departments", total[[2017]], wide(tables, "un")["Peru"], within=50)


def countries_add_up(tables: Tables) -> list[str]:
    problems = []
    for series, within in [("un", 100), ("us", 0)]:
        area = wide(tables, series)
        noted = tables("cultivation").query("country == 'Andean total' and series == @series")
        noted = noted[noted["note"].fillna("").str.contains("three countries add to")]["year"]
        whole = area[THREE].sum(axis=1, skipna=False).drop(noted)
        problems += far(f"Andean total {series}", whole, area["Andean total"], within)
    first = wide(tables, "un_first").loc[2009]
    other = wide(tables, "un").loc[2009, ["Peru", "Bolivia"]].sum()
    if first["Colombia"] + other != first["Andean total"]:
        problems.append("the first published total of 2009 is not the sum of its countries")
    return problems


def annex_rounds_devida(tables: Tables) -> list[str]:
    devida, un = wide(tables, "devida")["Peru"], wide(tables, "un")["Peru"]
    return far("annex", un.reindex([2018, 2019, 2020]), devida, within=50)


def eradication_is_possible(tables: Tables) -> list[str]:
    """New coca cannot be negative, and more than the standing crop needs a word of why."""
    area = wide(tables, "un")
    annex = tables("eradication").query("series == 'un_annex'")
    problems = []
    for row in annex.itertuples():
        before, after = area[row.country].get(row.year - 1), area[row.country].get(row.year)
        if pd.isna(before) or pd.isna(after):
            continue
        if after - before + row.area_ha < 0:
            problems.append(f"{row.figure_id}: less coca was planted than none")
        if row.area_ha > before and pd.isna(row.note):
            problems.append(f"{row.figure_id}: more than the standing crop, without a note")
    return problems


def part_years_fit_years(tables: Tables) -> list[str]:
    frame = tables("eradication").query("coverage != 'cumulative'")
    whole = frame[frame["coverage"] == "full_year"].groupby(["country", "year"])["area_ha"].max()
    part = frame[frame["coverage"] == "part_year"].set_index(["country", "year"])
    part = part[~part["note"].fillna("").str.contains("contradict")]
    over = part["area_ha"] > part.index.map(whole)
    return [f"{name}: part of a year above the year" for name in part[over]["figure_id"]]


def figures_of_a_year_are_near(tables: Tables) -> list[str]:
    frame = tables("eradication").query("coverage == 'full_year' and country == 'Peru'")
    spread = frame.groupby("year")["area_ha"].agg(lambda area: area.max() / area.min())
    return [
        f"eradication {year}: figures differ by {x:.2f}" for year, x in spread.items() if x > 1.05
    ]


def targets_are_sane(tables: Tables) -> list[str]:
    targets = tables("eradication_targets")
    done = tables("eradication").query("coverage == 'full_year'")
    reached = done.groupby(["country", "year"])["area_ha"].max().rename("done")
    both = targets.query("scope == 'country'").join(reached, on=["country", "year"], how="inner")
    ratio = both["done"] / both["target_ha"]
    bad = both[(ratio < 0.5) | (ratio > 2)]
    return [f"target {name}: far from what was done" for name in bad["target_id"]]


def spans_run_forward(tables: Tables) -> list[str]:
    problems = []
    for name in ("budgets", "aid", "aid_changes", "effect_sizes"):
        frame = tables(name).dropna(subset=["year_start", "year_end"])
        problems += [
            f"{name} {row.iloc[0]}: ends before it begins"
            for _, row in frame[frame["year_end"] < frame["year_start"]].iterrows()
        ]
    for name in ("seizures", "leaf_prices_local", "replanted_share"):
        frame = tables(name)
        problems += [
            f"{name} {row.iloc[0]}: ends before it begins"
            for _, row in frame[frame["date_end"] < frame["date_start"]].iterrows()
        ]
    documents = tables("strategy_documents").dropna(subset=["date"])
    wrong = documents[documents["date"].dt.year != documents["year"]]
    return problems + [f"{name}: day and year differ" for name in wrong["document_id"]]


def money_adds_up(tables: Tables) -> list[str]:
    problems = []
    budget = tables("budgets").set_index("budget_id")["amount"]
    if (
        budget["peru_all_2013_with_aid"] - budget["peru_all_2013_aid"]
        != budget["peru_all_2013_treasury"]
    ):
        problems.append("budget 2013 less its aid is not the treasury's")
    programmes = budget.filter(like="devida_")
    shares = sorted((100 * programmes / programmes.sum()).round(1))
    if shares != [2.1, 48.4, 49.4]:
        problems.append(f"shares of the programmes: {shares}")
    aid = tables("aid").set_index("aid_id")
    total = aid.loc["gao_total", "amount_usd_million"]
    for split in (
        ["colombia", "peru", "bolivia", "ecuador", "venezuela"],
        ["state", "usaid", "defense", "dea"],
    ):
        rows = aid.loc[[f"gao_{name}" for name in split]]
        if abs(rows["amount_usd_million"].sum() - total) > 0.05 * total:
            problems.append(f"aid split {split[0]}… does not add to the total")
        if not 98 <= rows["share_percent"].sum() <= 102:
            problems.append(f"aid shares {split[0]}… do not add to 100")
        computed = 100 * rows["amount_usd_million"] / rows["amount_usd_million"].sum()
        problems += far("aid share", rows["share_percent"], computed, within=1.5)
    fall = aid.loc["gao_2006", "amount_usd_million"] - aid.loc["gao_2011", "amount_usd_million"]
    changes = tables("aid_changes").query("change_id.str.startswith('gao_')")
    if abs(changes["change_usd_million"].sum() + fall) > 0.03 * fall:
        problems.append("the falls by country do not add to the fall of the total")
    return problems


def claims_of_avoided_cocaine_are_a_constant(tables: Tables) -> list[str]:
    frame = tables("avoided_cocaine").set_index("figure_id")
    kg_ha = 1000 * frame["claimed_t"] / frame["area_ha"]
    low, high = (
        frame["year"].map(lambda y: 7.4 if y < 2017 else 9.1),
        frame["year"].map(lambda y: 7.8 if y < 2017 else 9.4),
    )
    return [
        f"{name}: {kg_ha[name]:.2f} kg/ha" for name in kg_ha[(kg_ha < low) | (kg_ha > high)].index
    ]


def replanted_share_is_a_share(tables: Tables) -> list[str]:
    frame = tables("replanted_share").set_index("figure_id")
    return far(
        "replanted",
        100 * frame["replanted_ha"] / frame["eradicated_ha"],
        frame["share_percent"],
        within=0.01,
    )


def leaf_balance(tables: Tables) -> list[str]:
    """Production less the legal uses is the residual, where no misprint is noted."""
    frame = tables("leaf_production").query("place == 'country' and country == 'Peru'")
    frame = frame[~frame["note"].fillna("").str.contains("swapped|rounded|quoted|computed")]
    use = frame.pivot(index="year", columns="measure", values="leaf_t")
    legal = use["traditional_use"] + use["industrial_use"].fillna(0)
    return far("leaf", use["production"] - legal, use["residual"], within=0)


def leaf_is_area_times_yield(tables: Tables) -> list[str]:
    leaf = tables("leaf_production").query(
        "measure == 'production' and place == 'country' and country == 'Peru'"
    )
    leaf = leaf[leaf["basis"] == "sun_dried"].set_index("year")["leaf_t"]
    kg_ha = tables("yields").query("country == 'Peru' and place == 'country'").set_index("year")
    ratio = leaf * 1000 / (wide(tables, "un")["Peru"] * kg_ha["yield_kg_ha"])
    return far("leaf of area and yield", ratio, ratio * 0 + 1, within=0.05)


def leaf_per_hectare_is_plausible(tables: Tables) -> list[str]:
    """Between half a tonne and three tonnes a hectare, whatever the moisture."""
    leaf = tables("leaf_production").query("measure == 'production' and place == 'country'")
    area = wide(tables, "un")
    return [
        f"{row.figure_id}: {row.leaf_t / area[row.country][row.year]:.2f} t/ha"
        for row in leaf.itertuples()
        if not 0.5 < row.leaf_t / area[row.country][row.year] < 3
    ]


def cocaine_per_hectare_is_plausible(tables: Tables) -> list[str]:
    """Between 1.5 and 13 kg a hectare, in every series that has an area of the same observer."""
    problems = []
    for row in tables("potential_cocaine").query("series != 'statement'").itertuples():
        area = wide(tables, row.series)
        if row.country in area and pd.notna(hectares := area[row.country].get(row.year)):
            kg_ha = 1000 * row.cocaine_t / hectares
            if not 1.5 < kg_ha < 13:
                problems.append(f"cocaine {row.series} {row.country} {row.year}: {kg_ha:.1f} kg/ha")
    return problems


def prices_are_ordered(tables: Tables) -> list[str]:
    leaf = tables("leaf_prices").query("place == 'country' and country == 'Peru'")
    leaf = leaf.pivot(index="year", columns="average", values="price_usd_kg")
    both = leaf[["arithmetic", "production_weighted"]].dropna()
    problems = [
        f"leaf {year}: the weighted price is the higher one"
        for year in both[both["arithmetic"] < both["production_weighted"]].index
    ]
    chain = tables("value_chain_prices").pivot_table(
        index=["country", "year"], columns="product", values="price_usd_kg", aggfunc="max"
    )
    chain = chain.dropna()
    ratio = chain["hydrochloride"] / chain["paste"]
    return problems + [
        f"{label}: paste {1 / x:.2f} of cocaine" for label, x in ratio.items() if not 1.1 < x < 2.5
    ]


def value_is_leaf_times_price(tables: Tables) -> list[str]:
    """The printed value is production times one of the printed prices (they are not always one)."""
    leaf = tables("leaf_production").query("measure == 'production' and place == 'country'")
    leaf = leaf[~leaf["figure_id"].str.contains("wdr|board")].set_index(["country", "year"])
    price = tables("leaf_prices").query("place == 'country'").groupby(["country", "year"])
    problems = []
    for row in tables("leaf_value").dropna(subset=["value_usd_million"]).itertuples():
        where = (row.country, row.year)
        if where not in leaf.index or where not in price.groups:
            continue
        values = price.get_group(where)["price_usd_kg"] * leaf.loc[where, "leaf_t"] / 1000
        if (abs(values / row.value_usd_million - 1) > 0.03).all():
            problems.append(f"value {where}: {values.round().tolist()}")
    return problems


def households_share_the_value(tables: Tables) -> list[str]:
    facts = tables("households").query("year == 2005").set_index("measure")["value"]
    value = tables("leaf_value").query("country == 'Colombia' and year == 2005")
    each = 1e6 * value["value_usd_million"].iloc[0] / facts["households"]
    gap = abs(each / facts["gross_sales_per_household_year"] - 1)
    return [] if gap < 0.01 else [f"gross sales a household: {each:.0f}"]


def national_price_lies_between_the_valleys(tables: Tables) -> list[str]:
    frame = tables("leaf_prices_local").query("unit == 'PEN/kg'")
    problems = []
    for start, group in frame.groupby("date_start"):
        national = group[group["place"] == "country"]["price"].iloc[0]
        valleys = group[group["place"] != "country"]["price"]
        if not valleys.min() < national < valleys.mean():  # the cheap valley has most of the leaf
            problems.append(f"{start:%Y-%m}: {national}")
    return problems


def local_prices_agree_across_units(tables: Tables) -> list[str]:
    price = tables("leaf_prices_local").set_index("price_id")["price"]
    arroba = price["puno_2020_01_single"] * KG_PER_ARROBA
    low, high = price["sandia_2020_before_low"], price["sandia_2020_before_high"]
    return [] if 0.9 * low <= arroba <= 1.1 * high else [f"Puno: {arroba:.0f} soles an arroba"]


def gross_is_yield_times_price(tables: Tables) -> list[str]:
    rows = tables("crop_economics").query("year == 2013")
    facts = rows.pivot(index="crop", columns="measure", values="value")
    ratio = facts["yield"] * facts["price"] / facts["gross_value"]
    return far("gross value", ratio, ratio * 0 + 1, within=0.01)


def intervals_hold_their_value(tables: Tables) -> list[str]:
    frame = tables("potential_cocaine").dropna(subset=["low_t"])
    bad = frame[~frame["cocaine_t"].between(frame["low_t"], frame["high_t"])]
    effects = tables("effect_sizes")
    turned = effects[effects["effect_low"] > effects["effect_high"]]
    return [f"cocaine {y}: outside its interval" for y in bad["year"]] + [
        f"{name}: low above high" for name in turned["effect_id"]
    ]


def effects_have_the_sign_they_say(tables: Tables) -> list[str]:
    frame = tables("effect_sizes").set_index("effect_id")
    area = frame[frame["effect_unit"] == "ha per ha"]
    bad = area[
        (area["effect_low"] >= 0) | (area["effect_low"] <= -1) | (area["direction"] != "less")
    ]
    counted = frame[frame["effect_unit"].isin(["elasticity", "percent"])]
    sign = counted["direction"].map({"less": -1, "more": 1})
    bad = [*bad.index, *counted[counted["effect_low"] * sign <= 0].index]
    bare = frame[(frame["effect_unit"] == "direction only") == frame["effect_low"].notna()]
    return [f"{name}: sign, unit and number disagree" for name in [*bad, *bare.index]]


def seizures_fit(tables: Tables) -> list[str]:
    frame = tables("seizures").query("country == 'Peru'")
    keys = ["act", "date_start", "date_end"]
    parts = frame[frame["product"].isin(["paste", "hydrochloride", "cannabis"])]
    whole = frame[frame["product"] == "all_drugs"].groupby(keys)["amount_t"].max()
    both = parts.groupby(keys)["amount_t"].sum().to_frame("parts").join(whole, how="inner")
    return [
        f"{label}: parts above the whole"
        for label, row in both.iterrows()
        if row["parts"] > 1.01 * row["amount_t"]
    ]


def headlines_can_be_redone(tables: Tables) -> list[str]:
    """All but three headlines come out of the tables again."""
    wrong = {"republica_2021", "inforegion_2021", "un_2012", "servindi_2012"}
    problems = []
    for row in tables("headlines").itertuples():
        area = wide(tables, row.series)[row.country]
        change = area[row.year_to] - area[row.year_from]
        if row.unit == "percent":
            change = 100 * change / area[row.year_from]
        near = abs(change - row.printed_change) <= max(0.6, 0.05 * abs(row.printed_change))
        if near == (row.headline_id in wrong):
            problems.append(f"headline {row.headline_id}: {change:.2f}")
    return problems


def limits_add_up(tables: Tables) -> list[str]:
    limit = tables("legal_limits").set_index("limit_id")["limit_ha"]
    parts = limit["law906_2017_la_paz"] + limit["law906_2017_cochabamba"]
    return [] if parts == limit["law906_2017"] else ["the parts of Law 906 do not add up"]


def observers_move_apart(tables: Tables) -> list[str]:
    """UN and US have opposite signs where the course says so."""
    un, us = wide(tables, "un"), wide(tables, "us")
    problems = []
    for country, year in [("Peru", 2013), ("Colombia", 2020), ("Colombia", 2021)]:
        signs = [frame[country][year] - frame[country][year - 1] for frame in (un, us)]
        if signs[0] * signs[1] >= 0:
            problems.append(f"{country} {year}: UN and US move together")
    ratio = (us["Peru"] / un["Peru"]).round(2)
    if [ratio[year] for year in (2003, 2013, 2017, 2020)] != [0.70, 1.19, 1.00, 1.43]:
        problems.append("US/UN for Peru")
    return problems


def implied_new_coca(tables: Tables) -> list[str]:
    area = wide(tables, "un")["Peru"]
    pulled = tables("eradication").query("series == 'un_annex' and country == 'Peru'")
    pulled = pulled.set_index("year")["area_ha"]
    ratio = ((area.diff() + pulled) / pulled).round(2)
    expected = {2010: 1.11, 2011: 1.13, 2012: 0.85, 2013: 0.55, 2014: 0.78, 2015: 0.93, 2016: 1.12}
    return far("new coca per hectare pulled", ratio, pd.Series(expected), within=0.005)


CHECKS = [
    zones_add_up, zones_are_counted, departments_add_up, countries_add_up, annex_rounds_devida,
    eradication_is_possible, part_years_fit_years, figures_of_a_year_are_near, targets_are_sane,
    spans_run_forward, money_adds_up, claims_of_avoided_cocaine_are_a_constant,
    replanted_share_is_a_share, leaf_balance, leaf_is_area_times_yield,
    leaf_per_hectare_is_plausible,
    cocaine_per_hectare_is_plausible, prices_are_ordered,
    value_is_leaf_times_price, households_share_the_value,
    national_price_lies_between_the_valleys,
    local_prices_agree_across_units, gross_is_yield_times_price, intervals_hold_their_value,
    effects_have_the_sign_they_say, seizures_fit, headlines_can_be_redone, limits_add_up,
    observers_move_apart, implied_new_coca,
]  # fmt: skip


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_tables_agree(check: Callable[[Tables], list[str]]) -> None:
    assert check(load) == []


# Table, rows, column, factor (or new value): each must be noticed by a check.
MUTATIONS = [
    ("cultivation", "series == 'devida' and year == 2021", "area_ha", 1.001),
    ("cultivation", "series == 'un' and country == 'Peru' and year == 2013", "area_ha", 0.98),
    ("cultivation", "series == 'un' and country == 'Bolivia' and year == 2003", "area_ha", 1.1),
    ("cultivation", "series == 'us' and country == 'Colombia' and year == 1997", "area_ha", 0.999),
    ("cultivation", "series == 'us' and country == 'Peru' and year == 2020", "area_ha", 0.9),
    ("cultivation_zones", "zone == 'VRAEM' and year == 2022", "area_ha", 1.001),
    ("cultivation_departments", "department == 'Ucayali' and year == 2022", "area_ha", 1.001),
    ("cultivation_departments", "department == 'Cusco' and year == 2017", "area_ha", 1.02),
    ("eradication", "figure_id == 'peru_2014_annex'", "area_ha", 0.97),
    ("eradication", "figure_id == 'peru_2022_corah'", "area_ha", 3),
    ("eradication", "figure_id == 'bolivia_2013_annex'", "area_ha", 0.1),
    ("eradication", "figure_id == 'peru_2017_press'", "area_ha", 1.2),
    ("eradication_targets", "target_id == 'peru_2018'", "target_ha", 10),
    ("budgets", "budget_id == 'devida_prevention'", "amount", 1.1),
    ("budgets", "budget_id == 'peru_all_2013_aid'", "amount", 1.01),
    ("aid", "aid_id == 'gao_peru'", "amount_usd_million", 1.5),
    ("aid", "aid_id == 'gao_usaid'", "share_percent", 1.2),
    ("aid_changes", "change_id == 'gao_colombia'", "change_usd_million", 1.3),
    ("avoided_cocaine", "figure_id == 'peru_2025'", "claimed_t", 1.05),
    ("replanted_share", "figure_id == 'peru_2025_april_27'", "share_percent", 1.01),
    ("leaf_production", "figure_id == 'peru_2016_industrial_use'", "leaf_t", 1.1),
    ("leaf_production", "figure_id == 'peru_2014_production'", "leaf_t", 1.1),
    ("leaf_production", "figure_id == 'bolivia_2009_production_wdr'", "leaf_t", 10),
    ("potential_cocaine", "country == 'Peru' and year == 2012", "cocaine_t", 10),
    ("yields", "country == 'Peru' and year == 2015 and place == 'country'", "yield_kg_ha", 0.9),
    ("leaf_prices", "average == 'production_weighted' and year == 2014", "price_usd_kg", 1.3),
    ("value_chain_prices", "product == 'paste' and year == 2013", "price_usd_kg", 2),
    ("leaf_prices_local", "price_id == 'puno_2020_01_single'", "price", 2),
    ("leaf_value", "country == 'Peru' and year == 2010", "value_usd_million", 1.1),
    ("households", "measure == 'households'", "value", 1.1),
    ("leaf_prices_local", "price_id == 'national_2020_04_single'", "price", 1.3),
    ("crop_economics", "figure_id == 'coffee_yield_2013'", "value", 1.1),
    ("potential_cocaine", "country == 'Colombia' and year == 2017 and series == 'un'",
     "cocaine_t", 2),
    ("effect_sizes", "effect_id == 'rozo2014'", "effect_low", -1),
    ("effect_sizes", "effect_id == 'reyes2014'", "effect_low", -1),
    ("seizures", "figure_id == 'peru_2024_seized_paste'", "amount_t", 2),
    ("headlines", "headline_id == 'proactivo_2021'", "printed_change", 1.2),
    ("legal_limits", "limit_id == 'law906_2017_la_paz'", "limit_ha", 1.01),
]  # fmt: skip


@functools.cache
def reads(check: Callable[[Tables], list[str]]) -> set[str]:
    """Return the tables that a check asks for: no other can change what it says."""
    asked: set[str] = set()
    check(lambda wanted: asked.add(wanted) or load(wanted))
    return asked


@pytest.mark.parametrize(("name", "rows", "column", "factor"), MUTATIONS)
def test_a_changed_cell_is_noticed(name: str, rows: str, column: str, factor: float) -> None:
    changed = load(name)
    mask = changed.eval(rows)
    assert mask.sum() >= 1, "the mutation hits no row"
    changed[column] = changed[column].astype("float64")
    changed.loc[mask, column] *= factor

    def tables(wanted: str) -> pd.DataFrame:
        return changed.copy() if wanted == name else load(wanted)

    assert any(check(tables) for check in CHECKS if name in reads(check))
