"""The tables of part II agree with themselves, with each other and with the map.

Each rule takes the tables and returns what is wrong with them, in sentences. The first test holds
the rules to the tables as they are; the second damages a copy of one table and holds that the
rule notices, so that no rule passes by looking at nothing.
"""

import calendar
import json
import re
from collections.abc import Callable
from functools import cache
from itertools import product

import numpy as np
import pandas as pd
import pytest

from course.data import load
from course.maps import inside, outlines
from tools.common.paths import ROOT

Tables = dict[str, pd.DataFrame]
Rule = Callable[[Tables], list[str]]

OWN = [
    "coded_events",
    "conflict_rival_counts",
    "conflict_status",
    "conflict_totals",
    "conflict_yearly",
    "cvr_figures",
    "deaths_department_year",
    "deaths_province",
    "deaths_region_year",
    "departments",
    "event_attributions",
    "event_codes",
    "event_counts",
    "places",
    "rulebooks",
    "sample_events",
    "timeline",
    "toll_estimates",
    "toll_shares",
    "victim_lists",
    "victim_lists_strata",
    "vraem_districts",
]
# A table of part III that counts some of the same events.
OTHERS = ["selfdefense_event_counts"]

OUTLINES = ROOT / "data" / "departments.geojson"
LISTS = ["in_commission", "in_ombudsman", "in_ngo_icrc"]
CELLS = {
    "only_commission": (True, False, False),
    "only_ombudsman": (False, True, False),
    "only_ngo_icrc": (False, False, True),
    "commission_ombudsman": (True, True, False),
    "commission_ngo_icrc": (True, False, True),
    "ombudsman_ngo_icrc": (False, True, True),
    "all_three": (True, True, True),
}
GROUPS = {
    "state_rondas_paramilitary": {"state_agents", "self_defence_rondas", "paramilitary"},
    "shining_path": {"shining_path"},
    "mrta_other": {"mrta", "other"},
    "undetermined_clash_or_missing": {"undetermined_or_missing", "clash_unattributed"},
}
# What the source prints out of order, and where two releases of one programme differ.
LOW_ABOVE_BEST = {("Mexico", 2007, "non_state")}
WAR_BELOW_1000 = {("Colombia", 2003)}
# A point to a tenth of a degree, against a simplified coast.
NEAR_DEGREES = 0.15
COORDINATE = re.compile(r"-?\d{1,2}\.\d{3,}|\d{1,3}°")
POSITIONS = {
    "departments": ["label_lon", "label_lat"],
    "deaths_province": ["lon", "lat"],
    "places": ["lon", "lat"],
}
# Patrols: the article's district, and what the valley's lists call VRAEM.
PATROL_DISTRICTS = {"Luricocha", "Tambo", "Echarate"}
# Events that a table of part III counts too.
SHARED_EVENTS = {"lucanamarca_1983": "lucanamarca_1983", "tsiriari_1993": "tsiriari_1993"}
PARTIAL = re.compile(r"of whom|of these")


# Documented deaths and the lists -------------------------------------------------------------


def lists_add_to_the_departments(tables: Tables) -> list[str]:
    """The combinations of lists add to the people of the department table, side by side."""
    deaths = tables["deaths_department_year"]
    expected = deaths.groupby("perpetrator_recorded")["deaths_documented"].sum()
    expected["all"] = expected.sum()
    lists = tables["victim_lists"]
    found = (
        lists[lists["region"] == "all"].groupby("perpetrator_recorded")["deaths_documented"].sum()
    )
    wrong = _differences("lists", found, expected)
    combinations = lists.groupby(["perpetrator_recorded", "region"])[LISTS].apply(
        lambda part: set(map(tuple, part.to_numpy().tolist()))
    )
    complete = set(CELLS.values())
    return wrong + [f"lists of {group}" for group, own in combinations.items() if own != complete]


def lists_add_over_regions(tables: Tables) -> list[str]:
    """A side's lists by region add to its lists, and to its deaths in the region."""
    lists = tables["victim_lists"]
    split = lists[(lists["region"] != "all") & (lists["perpetrator_recorded"] != "all")]
    whole = lists[(lists["region"] == "all")].set_index(["perpetrator_recorded", *LISTS])
    sides = split["perpetrator_recorded"].unique()
    added = split.groupby(["perpetrator_recorded", *LISTS])["deaths_documented"].sum()
    wrong = _differences("by region", added, whole["deaths_documented"].loc[list(sides)])
    regions = tables["deaths_region_year"].groupby(["perpetrator_recorded", "region"])
    expected = regions["deaths_documented"].sum().loc[list(sides)]
    found = split.groupby(["perpetrator_recorded", "region"])["deaths_documented"].sum()
    return wrong + _differences("region", found, expected)


def strata_add_to_the_lists(tables: Tables) -> list[str]:
    """The strata add to the lists for every combination and every group of sides."""
    strata, lists = tables["victim_lists_strata"], tables["victim_lists"]
    whole = lists[lists["region"] == "all"].set_index(["perpetrator_recorded", *LISTS])
    wrong = []
    if strata["stratum"].nunique() != 59:
        wrong.append(f"{strata['stratum'].nunique()} strata, not 59")
    for group, sides in GROUPS.items():
        own = strata[strata["perpetrator_group"] == group]
        for cell, on in CELLS.items():
            expected = sum(whole.at[(side, *on), "deaths_documented"] for side in sides)
            if own[cell].sum() != expected:
                wrong.append(f"{group}, {cell}: {own[cell].sum()}, not {expected}")
    return wrong


def regions_add_to_the_departments(tables: Tables) -> list[str]:
    """Both tables hold the same people by year and side, and with unknown places."""
    regions, departments = tables["deaths_region_year"], tables["deaths_department_year"]
    keys = ["year", "perpetrator_recorded"]
    sums = [
        frame.groupby(keys, dropna=False)["deaths_documented"].sum()
        for frame in (regions, departments)
    ]
    wrong = _differences("year and side", *sums)
    unknown = [
        frame.loc[frame[place] == "unknown", "deaths_documented"].sum()
        for frame, place in ((regions, "region"), (departments, "department"))
    ]
    return wrong + ([] if unknown[0] == unknown[1] else [f"unknown places: {unknown}"])


def provinces_add_to_departments_and_regions(tables: Tables) -> list[str]:
    """Provinces add to their department and to their region; a side is at most the whole."""
    provinces = tables["deaths_province"]
    wrong = []
    for column, name in (
        ("department", "deaths_department_year"),
        ("region", "deaths_region_year"),
    ):
        expected = tables[name].groupby(column)["deaths_documented"].sum().drop("unknown")
        found = provinces.groupby(column)["deaths_documented"].sum()
        wrong += _differences(column, found, expected)
    sides = provinces.filter(regex="deaths_(state|shining|self)").sum(axis=1)
    over = provinces[sides > provinces["deaths_documented"]]
    wrong += [f"{row.province}: sides above the whole" for row in over.itertuples()]
    codes = tables["departments"].set_index("department")["ubigeo"]
    for row in provinces.itertuples():
        if row.ubigeo[:2] != codes[row.department]:
            wrong.append(f"{row.ubigeo} is not in {row.department}")
        if (row.province == "not recorded") != row.ubigeo.endswith("00"):
            wrong.append(f"{row.ubigeo}: {row.province}")
    return wrong


def _differences(what: str, found: pd.Series, expected: pd.Series) -> list[str]:
    """Return where two series of counts differ; a missing entry is 0."""
    both = pd.concat([found, expected], axis=1, keys=["found", "expected"]).fillna(0)
    unequal = both[both["found"] != both["expected"]]
    return [f"{what} {key}: {one:.0f}, not {two:.0f}" for key, one, two in unequal.itertuples()]


# Ranges, parts and shares --------------------------------------------------------------------


def ranges_are_in_order(tables: Tables) -> list[str]:
    """Low is at most best and best at most high; what the source has wrong is named and noted."""
    wrong = []
    for name in ("conflict_totals", "conflict_yearly"):
        for row in tables[name].itertuples():
            ordered = row.deaths_low <= row.deaths_best <= row.deaths_high
            key = (getattr(row, "country", ""), getattr(row, "year", 0), row.type_of_violence)
            if ordered == (key in LOW_ABOVE_BEST):
                wrong.append(f"{name}: {key} is {'in' if ordered else 'out of'} order")
            elif not ordered and pd.isna(row.note):
                wrong.append(f"{name}: {key} has no note")
    for name in ("toll_estimates", "event_counts", "conflict_rival_counts"):
        for row in tables[name].itertuples():
            held = [x for x in (row.value_low, row.value, row.value_high) if pd.notna(x)]
            if not held or held != sorted(held):
                wrong.append(f"{name}: {row[1]} holds {held}")
    return wrong


def parts_add_to_the_best(tables: Tables) -> list[str]:
    """Combatants, civilians and unknown add to UCDP's best estimate; parts are not above it."""
    totals = tables["conflict_totals"]
    parts = totals[["deaths_combatants", "deaths_civilians", "deaths_unknown"]].sum(axis=1)
    wrong = [f"{name}: parts" for name in totals.loc[parts != totals["deaths_best"], "conflict"]]
    yearly = tables["conflict_yearly"]
    above = yearly[yearly["deaths_civilians"] > yearly["deaths_best"]]
    wrong += [f"{row.country} {row.year}: civilians" for row in above.itertuples()]
    sample = tables["sample_events"]
    above = sample[sample["deaths_civilians"] + sample["deaths_combatants"] > sample["deaths_best"]]
    return wrong + [f"event {row.ged_event_id}: parts" for row in above.itertuples()]


def shares_add_as_printed(tables: Tables) -> list[str]:
    """The three shares of one text add to 100, or to the 99 that a release prints."""
    shares = tables["toll_shares"]
    wrong = []
    for text, total in {"annex3": 100, "annex2": 100, "release": 99, "rendon2012": 100}.items():
        own = shares[shares["share_id"].str.startswith(f"{text}_")]
        if own["share_percent"].sum() != total:
            wrong.append(f"{text}: {own['share_percent'].sum()}, not {total}")
    reported = shares.set_index("share_id")["share_percent"]
    if reported["reported_armed_forces"] >= reported["reported_state"]:
        wrong.append("the armed forces are a part of the state's share")
    if reported["reported_shining_path"] + reported["reported_state"] > 100:
        wrong.append("reported shares are above 100")
    return wrong


def printed_figures_follow_from_their_parts(tables: Tables) -> list[str]:
    """A printed ratio or percentage is within its rounding of the counts that it comes from."""
    totals = tables["toll_estimates"].set_index("estimate_id")["value"]
    figures = tables["cvr_figures"].set_index("figure_id")
    wrong = []
    ratio = totals["cvr2003_total"] / totals["cvr2003_reported"]
    if abs(figures.at["ratio_estimated_reported", "value"] - ratio) > 0.05:
        wrong.append(f"ratio of estimated to reported: {ratio}")
    for row in figures.itertuples():
        parts = re.match(r"^([\d,]+) of ([\d,]+)\.$", str(row.note))
        if parts:
            part, whole = (int(number.replace(",", "")) for number in parts.groups())
            if abs(row.value - 100 * part / whole) > 0.05:
                wrong.append(f"{row.Index}: {row.value}, not {100 * part / whole:.2f}")
    deaths = tables["deaths_department_year"]
    by_department = deaths.groupby("department")["deaths_documented"].sum()
    share = 100 * by_department["Ayacucho"] / by_department.sum()
    if not figures.at["ayacucho_share", "value"] < share < 100:
        wrong.append(f"Ayacucho has {share:.1f} percent of the merged lists")
    lists = tables["victim_lists"]
    commission = lists[(lists["perpetrator_recorded"] == "all") & lists["in_commission"]]
    if commission["deaths_documented"].sum() != totals["cvr2003_named"]:
        wrong.append("the commission's list is not the people it named")
    return wrong


def estimates_say_their_interval(tables: Tables) -> list[str]:
    """An estimate with ends names the kind of interval, and only an estimate has one."""
    wrong = []
    for row in tables["toll_estimates"].itertuples():
        has_ends = pd.notna(row.value_low) and pd.notna(row.value_high)
        if pd.notna(row.interval) != (has_ends and row.kind == "estimate"):
            wrong.append(f"{row.estimate_id}: interval {row.interval}")
        if row.period_start > row.period_end:
            wrong.append(f"{row.estimate_id}: the period ends before it starts")
    rivals = tables["conflict_rival_counts"]
    backward = rivals[rivals["year_start"] > rivals["year_end"]]
    return wrong + [f"{name}: ends before it starts" for name in backward["rival_id"]]


# Years of conflict -----------------------------------------------------------------------------


def status_is_a_full_grid(tables: Tables) -> list[str]:
    """Every country has every year once, and number, level and word say the same."""
    status = tables["conflict_status"]
    expected = set(product(status["country"].unique(), range(1980, 2025)))
    found = list(status[["country", "year"]].itertuples(index=False, name=None))
    wrong = [] if sorted(expected) == sorted(found) else ["not every country has every year"]
    words = {"not_listed": 0, "minor": 1, "war": 2}
    for row in status.itertuples():
        if words[row.status] != row.intensity_level:
            wrong.append(f"{row.country} {row.year}: {row.status} at level {row.intensity_level}")
        if (row.conflicts_active > 0) != (row.intensity_level > 0):
            wrong.append(f"{row.country} {row.year}: {row.conflicts_active} conflicts")
    return wrong


def status_follows_the_thresholds(tables: Tables) -> list[str]:
    """Where UCDP's deaths are known by year, 25 and 1,000 give the status."""
    yearly = tables["conflict_yearly"]
    fought = yearly[yearly["type_of_violence"] == "state_based"]
    status = tables["conflict_status"].set_index(["country", "year"])["intensity_level"]
    wrong = []
    for row in fought.itertuples():
        by_deaths = int(row.deaths_best >= 25) + int(row.deaths_best >= 1000)
        listed = status[(row.country, row.year)]
        if (listed != by_deaths) != ((row.country, row.year) in WAR_BELOW_1000):
            wrong.append(f"{row.country} {row.year}: {row.deaths_best} deaths, level {listed}")
    return wrong


# Events ------------------------------------------------------------------------------------------


def dates_are_as_exact_as_they_say(tables: Tables) -> list[str]:
    """First and last day fit the precision, the year is that of the first day."""
    wrong = []
    for row in tables["timeline"].itertuples():
        start, end = row.date_start, row.date_end
        last = calendar.monthrange(start.year, start.month)[1]
        fits = {
            "day": start == end,
            "month": start.day == 1 and end == start.replace(day=last),
            "year": (start.month, start.day) == (1, 1) and end == start.replace(month=12, day=31),
            "span": start < end,
        }
        if not fits[row.date_precision]:
            wrong.append(f"{row.event_id}: {start:%Y-%m-%d} to {end:%Y-%m-%d} is no day or period")
        if row.year != start.year or not 1980 <= row.year <= 2026:
            wrong.append(f"{row.event_id}: {row.year}")
    sample = tables["sample_events"]["date"].dt.year
    return wrong + ["a sample event outside UCDP's years"] * int(
        (~sample.between(1989, 2024)).sum()
    )


def ranges_hold_every_count(tables: Tables) -> list[str]:
    """The range of an event is that of its counts; a slip left out says why."""
    counts = tables["event_counts"]
    wrong = [
        f"{row.count_id}: left out of the range without a note"
        for row in counts[~counts["in_range"]].itertuples()
        if pd.isna(row.note)
    ]
    used = counts[counts["in_range"] & (counts["what"] == "deaths")]
    ends = used.set_index("event_id")[["value", "value_low", "value_high"]]
    ends = ends.groupby(level=0).agg(["min", "max"])
    for row in tables["timeline"].itertuples():
        held = ends.loc[row.event_id].dropna() if row.event_id in ends.index else []
        expected = [int(min(held)), int(max(held))] if len(held) else [pd.NA, pd.NA]
        found = [row.deaths_low, row.deaths_high]
        if list(map(str, found)) != list(map(str, expected)):
            wrong.append(f"{row.event_id}: {found}, counts give {expected}")
    return wrong


def contested_events_have_every_account(tables: Tables) -> list[str]:
    """A disputed event has at least two accounts by two speakers; an event without a side too."""
    accounts = tables["event_attributions"].groupby("event_id")
    told = accounts["attributed_to"].nunique()
    speakers = accounts["attributed_by"].nunique()
    wrong = []
    for row in tables["timeline"].itertuples():
        if row.actor == "contested" and not row.disputed:
            wrong.append(f"{row.event_id}: contested and not disputed")
        if row.disputed and (told.get(row.event_id, 0) < 2 or speakers.get(row.event_id, 0) < 2):
            wrong.append(f"{row.event_id}: disputed, with fewer than two accounts")
    return wrong


def ten_events_are_coded_under_each_rulebook(tables: Tables) -> list[str]:
    """Ten events, numbered, each with one code a rulebook; the codes keep the plain rules."""
    events, codes = tables["coded_events"], tables["event_codes"]
    wrong = [] if list(events["number"]) == list(range(1, 11)) else ["the events are not 1 to 10"]
    books = set(tables["rulebooks"]["rulebook"])
    pairs = set(product(events["event_id"], books))
    if set(codes[["event_id", "rulebook"]].itertuples(index=False, name=None)) != pairs:
        wrong.append("not every event has one code under every rulebook")
    timeline = tables["timeline"].set_index("event_id")
    for row in codes.itertuples():
        event = timeline.loc[row.event_id]
        after = event["date_start"] > pd.Timestamp("2000-11-30")
        if row.rulebook == "commission" and after != (row.code == "outside_period"):
            wrong.append(f"{row.event_id}: {row.code} under the commission")
        of_the_state = row.rulebook == "terrorism_database" and event["actor"] == "state"
        if of_the_state and row.code != "not_included":
            wrong.append(f"{row.event_id}: an act of the state in a database of non-state acts")
        if row.rulebook == "ucdp" and pd.isna(event["deaths_low"]) and row.code != "not_included":
            wrong.append(f"{row.event_id}: {row.code} under UCDP without a death")
    return wrong


def events_are_counted_as_in_part_three(tables: Tables) -> list[str]:
    """What the other part counts for the same event stands here too."""
    wrong = []
    for own, other in SHARED_EVENTS.items():
        rows = tables["selfdefense_event_counts"]
        rows = rows[(rows["event_id"] == other) & (rows["unit"] == "deaths")]
        rows = rows[~rows["what"].str.contains(PARTIAL)]
        counts = tables["event_counts"]
        here = set(counts.loc[counts["event_id"] == own, "value"].dropna())
        there = set(rows["value"].dropna()) | set(rows["value_low"].dropna())
        wrong += [f"{own}: {value:.0f} is missing" for value in sorted(there - here)]
    return wrong


# The map -----------------------------------------------------------------------------------------


def outlines_are_the_departments(tables: Tables) -> list[str]:
    """The outline file has the departments of the table, their codes, and is small."""
    departments = tables["departments"].set_index("department")["ubigeo"]
    features = json.loads(OUTLINES.read_text("utf-8"))["features"]
    named = {one["properties"]["department"]: one["properties"]["ubigeo"] for one in features}
    wrong = [] if named == dict(departments) else ["outlines and departments differ"]
    if set(outlines()) != set(departments.index):
        wrong.append("the outlines load under other names")
    if OUTLINES.stat().st_size > 35_000:
        wrong.append(f"the outline file has {OUTLINES.stat().st_size} bytes")
    return wrong


def is_near(department: str, lon: float, lat: float) -> bool:
    """Return whether a point is in a department or within rounding of it."""
    if inside(lon, lat) == department:
        return True
    steps = np.linspace(-NEAR_DEGREES, NEAR_DEGREES, 7)
    return any(inside(lon + x, lat + y) == department for x, y in product(steps, steps))


def places_lie_in_their_department(tables: Tables) -> list[str]:
    """A position lies in its department, or so near that rounding and coast explain it."""
    wrong = []
    for name, (lon, lat) in POSITIONS.items():
        for row in tables[name].dropna(subset=[lon, lat]).to_dict("records"):
            if not is_near(row["department"], row[lon], row[lat]):
                wrong.append(f"{name}: {row[lon]}, {row[lat]} is not in {row['department']}")
    return wrong


def no_patrol_is_located(tables: Tables) -> list[str]:
    """No position for places where people patrol today; none closer than a tenth of a degree."""
    wrong = []
    for name in OWN:
        frame = tables[name]
        columns = {column for column in frame if re.search(r"(^|_)(lat|lon)", column)}
        if columns - set(POSITIONS.get(name, ())):
            wrong.append(f"{name} has positions")
        for column in columns:
            values = frame[column].dropna().astype(float)
            if (values.round(1) != values).any():
                wrong.append(f"{name}: {column} is closer than a tenth of a degree")
        texts = frame.select_dtypes(exclude="number").to_numpy(dtype=object).flat
        wrong += [f"{name}: {text}" for text in texts if COORDINATE.search(str(text))]
    patrolled = set(tables["vraem_districts"]["district"]) | PATROL_DISTRICTS
    for row in tables["places"].itertuples():
        located = pd.notna(row.lat) or pd.notna(row.lon)
        if located != (row.position != "not given"):
            wrong.append(f"{row.place}: position is {row.position}")
        if located and (pd.isna(row.district) or row.district in patrolled):
            wrong.append(f"{row.place}: a place of patrols has a position")
    return wrong


def lists_of_the_vraem_are_complete(tables: Tables) -> list[str]:
    """24 and 33 districts; most of the shorter list stands on the longer one."""
    lists = tables["vraem_districts"]
    names = {
        name: set(zip(part["province"], part["district"], strict=True))
        for name, part in lists.groupby("zone_list")
    }
    sizes = {name: len(found) for name, found in names.items()}
    wrong = []
    if sizes != {"direct_intervention_2022": 24, "emergency_2020": 33}:
        wrong.append(f"sizes are {sizes}")
    both = names["direct_intervention_2022"] & names["emergency_2020"]
    return wrong + ([] if len(both) > 12 else [f"only {len(both)} districts are on both lists"])


def rows_name_one_source(tables: Tables) -> list[str]:
    """One key a cell."""
    wrong = []
    for name in OWN:
        for column in tables[name].filter(regex="_key$"):
            keys = tables[name][column].dropna().astype(str)
            wrong += [f"{name}: {key}" for key in keys[keys.str.contains("[;, ]")].unique()]
    return wrong


RULES: list[Rule] = [
    lists_add_to_the_departments,
    lists_add_over_regions,
    strata_add_to_the_lists,
    regions_add_to_the_departments,
    provinces_add_to_departments_and_regions,
    ranges_are_in_order,
    parts_add_to_the_best,
    shares_add_as_printed,
    printed_figures_follow_from_their_parts,
    estimates_say_their_interval,
    status_is_a_full_grid,
    status_follows_the_thresholds,
    dates_are_as_exact_as_they_say,
    ranges_hold_every_count,
    contested_events_have_every_account,
    ten_events_are_coded_under_each_rulebook,
    events_are_counted_as_in_part_three,
    outlines_are_the_departments,
    places_lie_in_their_department,
    no_patrol_is_located,
    lists_of_the_vraem_are_complete,
    rows_name_one_source,
]


@cache
def _loaded() -> Tables:
    return {name: load(name) for name in [*OWN, *OTHERS]}


def read() -> Tables:
    """Return the tables in a dictionary of one's own; a damage replaces what it changes."""
    return dict(_loaded())


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_tables_keep_the_rule(rule: Rule) -> None:
    assert rule(read()) == []


def test_merged_total_and_peaks() -> None:
    """The numbers that the lessons stand on, computed from the department table."""
    deaths = load("deaths_department_year")
    assert deaths["deaths_documented"].sum() == 24_692
    by_year = deaths.groupby("year")["deaths_documented"].sum()
    assert (by_year.idxmax(), by_year.max()) == (1984, 4_005)
    assert deaths.loc[deaths["year"].isna(), "deaths_documented"].sum() == 1_776
    regions = load("deaths_region_year")
    valley = regions[regions["region"] == "later_vraem_provinces"]
    assert valley["deaths_documented"].sum() == 7_037
    assert valley.loc[valley["year"] == 1984, "deaths_documented"].sum() == 2_216
    huallaga = regions[regions["region"] == "upper_huallaga_provinces"]
    assert huallaga.groupby("year")["deaths_documented"].sum().idxmax() == 1991
    missing = deaths[deaths["situation"] == "disappeared"]
    shares = (
        100
        * missing.groupby("perpetrator_recorded")["deaths_documented"].sum()
        / deaths.groupby("perpetrator_recorded")["deaths_documented"].sum()
    ).round(1)
    assert (shares["state_agents"], shares["shining_path"]) == (62.1, 14.0)
    internal = load("conflict_totals").query("internal")
    assert internal["deaths_best"].sum() == 7_729


def put(table: str, where: str, /, **values: object) -> Callable[[Tables], None]:
    """Return a damage: set columns of the first row that a query finds."""

    def damage(tables: Tables) -> None:
        frame = tables[table].copy()
        rows = frame.query(where).index
        assert len(rows), f"{table} has no row where {where}"
        for column, value in values.items():
            frame[column] = frame[column].astype(object)
            frame.at[rows[0], column] = value
        tables[table] = frame

    return damage


def drop(table: str, where: str) -> Callable[[Tables], None]:
    """Return a damage: take out the rows that a query finds."""

    def damage(tables: Tables) -> None:
        rows = tables[table].query(where).index
        assert len(rows), f"{table} has no row where {where}"
        tables[table] = tables[table].drop(rows)

    return damage


MISSING = float("nan")
DAY = pd.Timestamp
DAMAGES = [
    (lists_add_to_the_departments, put("victim_lists", "in_ngo_icrc", deaths_documented=3355)),
    (lists_add_to_the_departments, drop("victim_lists", "perpetrator_recorded == 'mrta'")),
    (lists_add_over_regions, put("victim_lists", "region == 'unknown'", deaths_documented=0)),
    (lists_add_over_regions, put("deaths_region_year", "index == 1", region="unknown")),
    (strata_add_to_the_lists, put("victim_lists_strata", "stratum == 1", only_commission=21)),
    (strata_add_to_the_lists, drop("victim_lists_strata", "stratum == 59")),
    (regions_add_to_the_departments, put("deaths_region_year", "year == 1984", year=1985)),
    (
        regions_add_to_the_departments,
        put("deaths_department_year", "index == 5", department="unknown"),
    ),
    (
        provinces_add_to_departments_and_regions,
        put("deaths_province", "ubigeo == '0505'", deaths_documented=3245),
    ),
    (
        provinces_add_to_departments_and_regions,
        put("deaths_province", "ubigeo == '0505'", deaths_self_defence=1600),
    ),
    (
        provinces_add_to_departments_and_regions,
        put("deaths_province", "ubigeo == '0505'", ubigeo="0605"),
    ),
    (ranges_are_in_order, put("toll_estimates", "estimate_id == 'cvr2003_total'", value=96280)),
    (ranges_are_in_order, put("conflict_totals", "ucdp_id == 292", deaths_low=6900)),
    (
        ranges_are_in_order,
        put("conflict_yearly", "country == 'Mexico' and year == 2007", deaths_low=1937),
    ),
    (ranges_are_in_order, put("event_counts", "count_id == 'cayara_1988_2'", value_high=13)),
    (parts_add_to_the_best, put("conflict_totals", "ucdp_id == 607", deaths_civilians=681)),
    (parts_add_to_the_best, put("conflict_yearly", "index == 0", deaths_civilians=999)),
    (parts_add_to_the_best, put("sample_events", "deaths_best == 552", deaths_civilians=1)),
    (shares_add_as_printed, put("toll_shares", "share_id == 'annex2_others'", share_percent=23)),
    (
        shares_add_as_printed,
        put("toll_shares", "share_id == 'reported_armed_forces'", share_percent=38.0),
    ),
    (
        printed_figures_follow_from_their_parts,
        put("cvr_figures", "figure_id == 'missing_women_2021'", value=27.0),
    ),
    (
        printed_figures_follow_from_their_parts,
        put("toll_estimates", "estimate_id == 'cvr2003_reported'", value=22969),
    ),
    (
        printed_figures_follow_from_their_parts,
        put("victim_lists", "in_commission", deaths_documented=15749),
    ),
    (
        estimates_say_their_interval,
        put("toll_estimates", "estimate_id == 'rendon2019_total'", interval="95%"),
    ),
    (
        estimates_say_their_interval,
        put("toll_estimates", "estimate_id == 'renade2018'", period_end=1979),
    ),
    (estimates_say_their_interval, put("conflict_rival_counts", "index == 0", year_end=2005)),
    (status_is_a_full_grid, drop("conflict_status", "country == 'Peru' and year == 2009")),
    (
        status_is_a_full_grid,
        put("conflict_status", "country == 'Peru' and year == 2009", status="war"),
    ),
    (
        status_is_a_full_grid,
        put("conflict_status", "country == 'Peru' and year == 2009", conflicts_active=0),
    ),
    (
        status_follows_the_thresholds,
        put(
            "conflict_yearly",
            "country == 'Colombia' and type_of_violence == 'state_based'",
            deaths_best=24,
        ),
    ),
    (
        status_follows_the_thresholds,
        put("conflict_status", "country == 'Colombia' and year == 2003", intensity_level=1),
    ),
    (
        dates_are_as_exact_as_they_say,
        put("timeline", "event_id == 'chuschi_1980'", date_precision="month"),
    ),
    (
        dates_are_as_exact_as_they_say,
        put("timeline", "date_precision == 'span'", date_end=DAY("1980-01-01")),
    ),
    (dates_are_as_exact_as_they_say, put("timeline", "event_id == 'tarata_1992'", year=1991)),
    (ranges_hold_every_count, put("timeline", "event_id == 'accomarca_1985'", deaths_low=69)),
    (ranges_hold_every_count, drop("event_counts", "event_id == 'socos_1983'")),
    (ranges_hold_every_count, put("event_counts", "not in_range", note=MISSING)),
    (
        contested_events_have_every_account,
        drop("event_attributions", "event_id == 'tsiriari_1993'"),
    ),
    (contested_events_have_every_account, put("timeline", "actor == 'contested'", disputed=False)),
    (ten_events_are_coded_under_each_rulebook, drop("event_codes", "event_id == 'chuschi_1980'")),
    (ten_events_are_coded_under_each_rulebook, put("coded_events", "number == 3", number=11)),
    (
        ten_events_are_coded_under_each_rulebook,
        put("event_codes", "code == 'outside_period'", code="shining_path"),
    ),
    (
        ten_events_are_coded_under_each_rulebook,
        put(
            "event_codes",
            "event_id == 'accomarca_1985' and rulebook == 'terrorism_database'",
            code="included",
        ),
    ),
    (events_are_counted_as_in_part_three, drop("event_counts", "value == 72")),
    (outlines_are_the_departments, put("departments", "department == 'Puno'", ubigeo="07")),
    (outlines_are_the_departments, put("departments", "department == 'Puno'", department="Callao")),
    (places_lie_in_their_department, put("places", "place == 'Chota'", lon=-73.0)),
    (places_lie_in_their_department, put("deaths_province", "ubigeo == '0505'", lat=-3.1)),
    (
        no_patrol_is_located,
        put("places", "place == 'Luricocha'", lat=-12.9, lon=-74.3, position="to 0.1 degree"),
    ),
    (no_patrol_is_located, put("places", "place == 'Sivia'", lat=-12.5)),
    (no_patrol_is_located, put("places", "place == 'Huanta'", lat=-12.9333)),
    (no_patrol_is_located, put("timeline", "index == 0", place="Somewhere, -12.1889")),
    (lists_of_the_vraem_are_complete, drop("vraem_districts", "district == 'Roble'")),
    (
        lists_of_the_vraem_are_complete,
        put(
            "vraem_districts",
            "index == 0",
            district="Satipo",
            province="Lima",
            zone_list="emergency_2020",
        ),
    ),
    (rows_name_one_source, put("timeline", "index == 0", source_key="cvr2003;bbc2006")),
]


@pytest.mark.parametrize(("rule", "damage"), DAMAGES)
def test_rule_can_fail(rule: Rule, damage: Callable[[Tables], None]) -> None:
    tables = read()
    damage(tables)
    assert rule(tables) != []


def test_every_rule_is_shown_to_fail() -> None:
    assert {rule for rule, _ in DAMAGES} == set(RULES)
