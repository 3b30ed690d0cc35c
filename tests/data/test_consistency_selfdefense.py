"""The tables of part III and the ledger of the article's claims agree with themselves.

Each rule takes the tables and returns what is wrong with them, in sentences. The first test holds
the rules to the tables as they are; the second damages a copy of one table and holds that the
rule notices, so that no rule passes by looking at nothing.
"""

import re
from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest

from course.data import load
from tools.common.paths import ROOT

Tables = dict[str, pd.DataFrame]
ARTICLE = ROOT / "book" / "the-article.md"
POINT = re.compile(r"^\{#point-(\d+)\}$", re.MULTILINE)

OWN = [
    "case_sources",
    "claim_checks",
    "claim_rivals",
    "claims",
    "forecasts",
    "nonstate_dyads",
    "quoted_figures",
    "selfdefense_abroad",
    "selfdefense_cases",
    "selfdefense_codebook",
    "selfdefense_event_counts",
    "selfdefense_events",
    "selfdefense_figures",
    "selfdefense_law_provisions",
    "selfdefense_laws",
    "selfdefense_studies",
    "successor_groups",
    "successor_municipalities",
]
# Tables of the other parts that a claim is checked against.
CHECKED = [
    "aid",
    "bases",
    "budgets",
    "crop_economics",
    "cultivation",
    "cultivation_zones",
    "deaths_region_year",
    "effect_sizes",
    "eradication",
    "eradication_targets",
    "timeline",
]
# Totals that the source prints, or that the evidence was checked against.
DYAD_TOTALS = {"AUC": 2287, "Yan Gora": 897, "Arrow Boys": 71, "Naparama": 63, "Kamajors": 40}
# Words that would turn what one source says into what is so.
CONFIRMING = re.compile(r"\b(confirm|proven|verified|established fact)\w*", re.IGNORECASE)
NO_SECOND_SOURCE = "we found no second source"
# An event older than this says where something was, not where people patrol.
PATROLS_TODAY_SINCE = 2005
# From then on not even the district: the article itself names one, in 2014.
NO_DISTRICT_SINCE = 2015
COORDINATE = re.compile(r"-\d{1,2}\.\d{3,}|\d{1,3}\.\d{4,}|\d{1,3}°|^(lat|lon|latitude|longitude)$")


def codes_stand_in_the_codebook(tables: Tables) -> list[str]:
    """Every code of a case is defined, every definition is used or means not established."""
    book = tables["selfdefense_codebook"]
    cases = tables["selfdefense_cases"]
    wrong = []
    for variable, rows in book.groupby("variable"):
        defined, used = set(rows["code"]), set(cases[variable])
        wrong += [f"{variable}: {code} is not defined" for code in sorted(used - defined)]
        wrong += [f"{variable}: {code} is never used" for code in sorted(defined - used)]
    return wrong


def codes_say_what_the_lessons_say(tables: Tables) -> list[str]:
    """Of the 21 cases two are private and Colombian, and all bottom-up ones are collective."""
    cases = tables["selfdefense_cases"]
    private = cases.loc[cases["interest_code"] == "private", "country"]
    bottom_up = cases.loc[cases["origin_code"] == "bottom_up", "interest_code"]
    wrong = []
    if len(cases) != 21:
        wrong.append(f"{len(cases)} cases, not 21")
    if list(private) != ["Colombia", "Colombia"]:
        wrong.append(f"private cases: {list(private)}")
    if set(bottom_up) != {"collective"} or len(bottom_up) != 7:
        wrong.append(f"bottom-up cases: {list(bottom_up)}")
    return wrong


def cases_end_after_they_start(tables: Tables) -> list[str]:
    """A case with an end has an end year, not before its start; an empty field says so."""
    wrong = []
    for row in tables["selfdefense_cases"].itertuples():
        if (row.end_status == "ended") != pd.notna(row.end_year):
            wrong.append(f"{row.case_id}: {row.end_status} with end year {row.end_year}")
        if pd.notna(row.end_year) and pd.notna(row.start_year) and row.end_year < row.start_year:
            wrong.append(f"{row.case_id}: ends before it starts")
        empty = pd.isna(row.abuses) or pd.isna(row.funding) or pd.isna(row.start_year)
        if empty and "not established" not in str(row.note):
            wrong.append(f"{row.case_id}: an empty field that the note does not name")
    return wrong


def cases_have_their_sources(tables: Tables) -> list[str]:
    """The main source of a case is among its sources, and no list hides in one cell."""
    listed = set(tables["case_sources"][["case_id", "source_key"]].itertuples(index=False))
    wrong = []
    for row in tables["selfdefense_cases"].itertuples():
        if (row.case_id, row.source_key) not in listed:
            wrong.append(f"{row.case_id}: {row.source_key} is not in case_sources")
    for name in OWN:
        for column in tables[name].filter(like="source_key"):
            if tables[name][column].astype(str).str.contains("[;, ]", regex=True).any():
                wrong.append(f"{name}: a list of keys in {column}")
    return wrong


def numbers_lie_in_their_ranges(tables: Tables) -> list[str]:
    """Low is at most the value and the value at most high; every row has a number."""
    names = ["selfdefense_figures", "selfdefense_abroad", "selfdefense_event_counts"]
    wrong = []
    for name in [*names, "quoted_figures", "claim_rivals"]:
        frame = tables[name]
        for row in frame.itertuples():
            held = [x for x in (row.value_low, row.value, row.value_high) if pd.notna(x)]
            if held != sorted(held):
                wrong.append(f"{name}: {row[1]} is out of order: {held}")
            if not held and name != "claim_rivals":
                wrong.append(f"{name}: {row[1]} has no number")
    dyads = tables["nonstate_dyads"]
    outside = (dyads["deaths_low"] > dyads["deaths_best"]) | (
        dyads["deaths_best"] > dyads["deaths_high"]
    )
    return wrong + [f"nonstate_dyads: {x}" for x in dyads.loc[outside, "civilian_side"]]


def spans_run_forward(tables: Tables) -> list[str]:
    """The first year of a span is not after the last."""
    wrong = []
    for name in OWN:
        for start, end in (("year_start", "year_end"), ("period_start", "period_end")):
            if start in tables[name]:
                frame = tables[name].dropna(subset=[start, end])
                backward = frame[frame[start] > frame[end]]
                wrong += [f"{name}: {value}" for value in backward.iloc[:, 0]]
    return wrong


def dates_are_dates(tables: Tables) -> list[str]:
    """A date exists, has the year of its row and is as exact as its precision says."""
    parts = {"day": 3, "month": 2, "year": 1, "period": 1, "decade": 1}
    wrong = []
    for name in ("selfdefense_laws", "selfdefense_events"):
        for row in tables[name].itertuples():
            numbers = [int(part) for part in row.date.split("-")]
            if len(numbers) != parts[row.date_precision]:
                wrong.append(f"{row[1]}: {row.date} is not given to the {row.date_precision}")
            if numbers[0] != row.year:
                wrong.append(f"{row[1]}: {row.date} is not in {row.year}")
            try:
                date(*[*numbers, 1, 1][:3])
            except ValueError:
                wrong.append(f"{row[1]}: {row.date} is no date")
    return wrong


def laws_answer_all_questions(tables: Tables) -> list[str]:
    """The grid of Peruvian acts is complete, and not established is never a bare yes or no."""
    grid = tables["selfdefense_law_provisions"]
    size = grid["law_id"].nunique() * grid["question"].nunique()
    answered = len(grid.drop_duplicates(["law_id", "question"]))
    wrong = [] if answered == size else [f"{answered} answers to {size} questions"]
    bare = grid[(grid["answer"] != "not_established") & grid["note"].isna()]
    return wrong + [f"{row.law_id}, {row.question}: no note" for row in bare.itertuples()]


def shares_are_shares(tables: Tables) -> list[str]:
    """A share lies in 0 to 100 and has its whole; a part is not larger than its whole."""
    abroad = tables["selfdefense_abroad"]
    wrong = []
    for row in abroad.itertuples():
        if pd.notna(row.denominator) != pd.notna(row.denominator_meaning):
            wrong.append(f"{row.figure_id}: a denominator without its meaning, or the reverse")
        if row.unit == "percent" and pd.notna(row.value):
            if not 0 <= row.value <= 100 or pd.isna(row.denominator):
                wrong.append(f"{row.figure_id}: a share without its whole")
        # Volunteers who registered may be more than the call asked for.
        elif row.value > row.denominator and row.denominator_meaning != "target of the call":
            wrong.append(f"{row.figure_id}: the part is larger than the whole")
    return wrong


def parts_add_to_their_totals(tables: Tables) -> list[str]:
    """Departments add to the printed totals, dyads to the checked sums, votes to one vote."""
    abroad = tables["selfdefense_abroad"].set_index("figure_id")["value"]
    by_year = tables["successor_municipalities"].groupby("year")["municipalities"].sum()
    dyads = tables["nonstate_dyads"].groupby("civilian_side")["deaths_best"].sum()
    counts = tables["selfdefense_event_counts"].set_index("count_id")["value"]
    wrong = []
    for year, total in by_year.items():
        if total != abroad[f"col_successors_{year}"]:
            wrong.append(f"departments of {year} add to {total}")
    for group, total in DYAD_TOTALS.items():
        if dyads[group] != total:
            wrong.append(f"{group}: {dyads[group]} deaths, not {total}")
    tsiriari = counts["tsiriari_study_settlers"] + counts["tsiriari_study_native"]
    if tsiriari != counts["tsiriari_study"]:
        wrong.append(f"Tsiriari: the parts add to {tsiriari}")
    released = abroad["nga_children_833"] + abroad["nga_children_894"]
    if released != abroad["nga_children_1727"]:
        wrong.append(f"children released add to {released}")
    if tables["successor_groups"]["municipalities"].max() > abroad["col_successors_2013"]:
        wrong.append("a group stands in more municipalities than are listed")
    return wrong


def claims_have_their_points(tables: Tables) -> list[str]:
    """Claims and numbered points of the page on the article are one to one, in order."""
    page = [int(number) for number in POINT.findall(ARTICLE.read_text(encoding="utf-8"))]
    points = list(tables["claims"]["point"])
    wrong = []
    if points != list(range(1, len(points) + 1)):
        wrong.append(f"points of the ledger: {points}")
    wrong += [f"point {n} is not on the page" for n in sorted(set(points) - set(page))]
    wrong += [f"point {n} is on the page and has no claim" for n in sorted(set(page) - set(points))]
    order = {name: n for n, name in enumerate(tables["claims"]["section"].unique())}
    sections = tables["claims"]["section"].map(order)
    return wrong + ([] if sections.is_monotonic_increasing else ["sections are not in order"])


def second_sources_are_what_they_say(tables: Tables) -> list[str]:
    """A claim with a second source names it; one without says so and confirms nothing."""
    rivals = tables["claim_rivals"]
    foreign = rivals[rivals["source_key"] != "zech2014"]
    related = foreign[foreign["relation"] != "context"].groupby("claim_id")["relation"].agg(set)
    wrong = [
        f"{key}: the article against itself"
        for key in rivals["rival_id"][rivals["source_key"] == "zech2014"]
    ]
    for row in tables["claims"].itertuples():
        found, note = related.get(row.claim_id, set()), str(row.second_source_note)
        if row.second_source in ("agrees", "differs") and row.second_source not in found:
            wrong.append(f"{row.claim_id}: {row.second_source}, but no such row in claim_rivals")
        if row.second_source == "none_found":
            if found:
                wrong.append(f"{row.claim_id}: a second source was found: {found}")
            if NO_SECOND_SOURCE not in note:
                wrong.append(f"{row.claim_id}: does not say that {NO_SECOND_SOURCE}")
            if CONFIRMING.search(f"{row.claim} {note}"):
                wrong.append(f"{row.claim_id}: presented as confirmed")
        if row.second_source == "not_a_figure" and row.kind in ("figure", "target", "date"):
            wrong.append(f"{row.claim_id}: a {row.kind} is a figure")
    return wrong


def claims_meet_their_rows(tables: Tables) -> list[str]:
    """The rows that a claim is checked against exist and hold what the check expects."""
    wrong = []
    for row in tables["claim_checks"].itertuples():
        if row.table not in tables:
            wrong.append(f"{row.check_id}: no table {row.table}")
            continue
        found = tables[row.table].query(row.filter)
        if row.how == "rows":
            actual = len(found)
        elif found[row.column].notna().sum() == 0 or (row.how == "value" and len(found) != 1):
            wrong.append(f"{row.check_id}: {len(found)} rows for {row.filter}")
            continue
        else:
            actual = float(found[row.column].sum())
        if abs(actual - row.expected) > abs(row.expected) * row.tolerance_percent / 100 + 1e-9:
            wrong.append(f"{row.check_id}: {actual}, expected {row.expected}")
    return wrong


def bets_score_what_is_resolved(tables: Tables) -> list[str]:
    """A resolved bet has 0 or 1, a date and another source; an unresolved one has none."""
    values = {"yes": 1, "no": 0}
    wrong = []
    for row in tables["forecasts"].itertuples():
        resolved = row.outcome in values
        if resolved != pd.notna(row.outcome_value) or resolved != pd.notna(row.resolved_on):
            wrong.append(f"{row.forecast_id}: {row.outcome} with {row.outcome_value}")
        elif resolved and row.outcome_value != values[row.outcome]:
            wrong.append(f"{row.forecast_id}: {row.outcome} is not {row.outcome_value}")
        if row.outcome_source_key == row.source_key:
            wrong.append(f"{row.forecast_id}: the article cannot score itself")
        if row.resolves_by.year < 2014:
            wrong.append(f"{row.forecast_id}: resolves before the article")
    if sorted(tables["forecasts"]["bet_number"]) != [1, 2, 3, 4, 5]:
        wrong.append("the bets are not five")
    return wrong


def no_patrol_is_located(tables: Tables) -> list[str]:
    """No coordinates; no patrol closer than its district, one of today not even that."""
    wrong = []
    for name in OWN:
        frame = tables[name]
        text = [*frame.columns, *frame.select_dtypes(exclude="number").astype(str).to_numpy().flat]
        wrong += [f"{name}: {cell}" for cell in text if COORDINATE.search(str(cell))]
    figures = tables["selfdefense_figures"]
    today = figures[figures["year_end"] > PATROLS_TODAY_SINCE]
    area = re.compile(r"\(department\)|^Peru$| and |VRAEM")
    for row in today[~today["place"].str.contains(area)].itertuples():
        if "district" not in row.place or row.year_end >= NO_DISTRICT_SINCE:
            wrong.append(f"{row.figure_id}: {row.place}")
    return wrong


RULES = [
    codes_stand_in_the_codebook,
    codes_say_what_the_lessons_say,
    cases_end_after_they_start,
    cases_have_their_sources,
    numbers_lie_in_their_ranges,
    spans_run_forward,
    dates_are_dates,
    laws_answer_all_questions,
    shares_are_shares,
    parts_add_to_their_totals,
    claims_have_their_points,
    second_sources_are_what_they_say,
    claims_meet_their_rows,
    bets_score_what_is_resolved,
    no_patrol_is_located,
]


def read() -> Tables:
    return {name: load(name) for name in [*OWN, *CHECKED]}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_tables_keep_the_rule(rule: Callable[[Tables], list[str]]) -> None:
    assert rule(read()) == []


def put(table: str, key: str, /, **values: object) -> Callable[[Tables], None]:
    """Return a damage: set columns of the row whose first column is ``key``."""

    def damage(tables: Tables) -> None:
        frame = tables[table].copy()
        rows = frame.iloc[:, 0] == key
        assert rows.any(), f"{table} has no row {key}"
        for column, value in values.items():
            frame[column] = frame[column].astype(object)
            frame.loc[rows, column] = value
        tables[table] = frame

    return damage


def drop(table: str, key: str) -> Callable[[Tables], None]:
    """Return a damage: take out the rows whose first column is ``key``."""

    def damage(tables: Tables) -> None:
        frame = tables[table]
        assert (frame.iloc[:, 0] == key).any(), f"{table} has no row {key}"
        tables[table] = frame[frame.iloc[:, 0] != key]

    return damage


MISSING = float("nan")
DAMAGES = [
    (codes_stand_in_the_codebook, put("selfdefense_cases", "PER_CAD", origin_code="organic")),
    (codes_stand_in_the_codebook, put("selfdefense_cases", "GTM_PAC", funding_code="state")),
    (codes_say_what_the_lessons_say, put("selfdefense_cases", "MEX_MICH", interest_code="private")),
    (codes_say_what_the_lessons_say, drop("selfdefense_cases", "TUR_VG")),
    (cases_end_after_they_start, put("selfdefense_cases", "COL_AUC", end_year=1975)),
    (cases_end_after_they_start, put("selfdefense_cases", "PER_RONDA", note=MISSING)),
    (cases_have_their_sources, drop("case_sources", "IND_SJ")),
    (cases_have_their_sources, put("claims", "artemio", source_key="zech2014;sdut2012")),
    (numbers_lie_in_their_ranges, put("selfdefense_figures", "checkpoint_tip_2023", value_low=3)),
    (numbers_lie_in_their_ranges, put("selfdefense_figures", "shotguns_issued", value=MISSING)),
    (numbers_lie_in_their_ranges, put("nonstate_dyads", "Mali", deaths_high=1)),
    (spans_run_forward, put("selfdefense_abroad", "gtm_1982", year_start=1990)),
    (spans_run_forward, put("claims", "eu_pledge", period_end=2001)),
    (dates_are_dates, put("selfdefense_laws", "per_2022", date="2022-06-31")),
    (dates_are_dates, put("selfdefense_laws", "per_1986", date="1986-11-06")),
    (dates_are_dates, put("selfdefense_events", "huaychao_1983", year=1984)),
    (laws_answer_all_questions, put("selfdefense_law_provisions", "per_2025", answer="yes")),
    (laws_answer_all_questions, put("selfdefense_law_provisions", "per_2003", question="arms")),
    (shares_are_shares, put("selfdefense_abroad", "col_selective_killings", denominator=MISSING)),
    (shares_are_shares, put("selfdefense_abroad", "nga_children_1727", denominator=1469)),
    (parts_add_to_their_totals, put("successor_municipalities", "Antioquia", municipalities=1)),
    (parts_add_to_their_totals, put("nonstate_dyads", "Nigeria", deaths_best=40)),
    (parts_add_to_their_totals, put("selfdefense_abroad", "nga_children_894", value=984)),
    (claims_have_their_points, put("claims", "nigeria", point=99)),
    (claims_have_their_points, drop("claims", "artemio")),
    (second_sources_are_what_they_say, put("claims", "luricocha", second_source="agrees")),
    (second_sources_are_what_they_say, put("claims", "missiles", second_source_note="Sure.")),
    (
        second_sources_are_what_they_say,
        put(
            "claims",
            "base_pnp",
            second_source_note="Confirmed, though we found no second source.",
        ),
    ),
    (second_sources_are_what_they_say, put("claim_rivals", "base_pnp_2", relation="differs")),
    (claims_meet_their_rows, put("eradication", "peru_2013_annex", area_ha=13785)),
    (claims_meet_their_rows, drop("selfdefense_figures", "luricocha_communities_2014")),
    (claims_meet_their_rows, put("claim_checks", "nigeria_dyads", table="dyads")),
    (bets_score_what_is_resolved, put("forecasts", "vraem_push", outcome_value=1)),
    (bets_score_what_is_resolved, put("forecasts", "income_ends_group", outcome_value=0)),
    (bets_score_what_is_resolved, put("forecasts", "vraem_push", outcome_source_key="zech2014")),
    (no_patrol_is_located, put("selfdefense_figures", "checkpoint_tip_2023", place="A district")),
    (no_patrol_is_located, put("selfdefense_figures", "luricocha_communities_2014", place="Town")),
    (no_patrol_is_located, put("selfdefense_events", "tambo_1990", place="-11.373, -73.9394")),
]


@pytest.mark.parametrize(("rule", "damage"), DAMAGES)
def test_rule_can_fail(
    rule: Callable[[Tables], list[str]], damage: Callable[[Tables], None]
) -> None:
    tables = read()
    damage(tables)
    assert rule(tables) != []


def test_every_rule_is_shown_to_fail() -> None:
    assert {rule for rule, _ in DAMAGES} == set(RULES)
