"""The atlas and the timeline say what the tables say, and a reader without the maps gets it too."""

import re
from functools import cache
from types import ModuleType
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest

from course import maps
from course.colours import COLOURS
from course.data import load, tables
from course.errors import DataError
from course.figures import new
from tools.common.paths import ROOT, lesson_links
from tools.content import dated
from tools.pages import atlas, story, timeline

FIGURES = re.compile(r'<figure class="course-figure".*?>.*?</figure>', re.DOTALL)
CITED = re.compile(r"\{cite:\w\}`([^`]+)`")


@cache  # made when a test asks: all tests are collected before one is chosen
def page_of(made_by: ModuleType) -> str:
    """Return the page that a program writes."""
    (text,) = made_by.pages().values()
    return text.decode()


@pytest.mark.parametrize(("made_by", "count"), [(atlas, 6), (timeline, 1), (story, 1)])
def test_figures_are_labelled(made_by: ModuleType, count: int) -> None:
    figures = FIGURES.findall(page_of(made_by))
    assert len(figures) == count
    for shown in figures:
        root = ElementTree.fromstring(shown)
        label = root.find(".//{*}svg").get("aria-label")
        assert len(label) > 80, label
        assert "Source:" in root.find("figcaption").text
        assert len(root.find("p").text) < 120
        assert set(root.get("data-tables").split()) <= set(tables())


@pytest.mark.parametrize("made_by", [atlas, timeline])
def test_pages_cite_what_exists_and_give_no_position(made_by: ModuleType) -> None:
    page = page_of(made_by)
    keys = {key for group in CITED.findall(page) for key in group.split(",")}
    assert keys <= set(load("sources")["source_key"])
    text = FIGURES.sub("", page)
    assert not re.search(r"-\d{1,2}\.\d{3,}|\d°", text)


def test_pages_are_the_same_every_time() -> None:
    assert atlas.pages()["book/atlas.md"].decode() == page_of(atlas)
    assert timeline.pages()["book/timeline.md"].decode() == page_of(timeline)


# The atlas ---------------------------------------------------------------------------------------


def test_sentences_of_the_atlas_hold() -> None:
    counts = atlas.deaths_by_department()
    total = counts["total"].sum()
    assert counts.index[0] == "Ayacucho"
    assert 0.45 < counts.at["Ayacucho", "total"] / total < 0.5  # "almost half"
    without = set(load("departments")["department"]) - set(counts.index)
    assert without == {"Moquegua", "Tumbes"}  # "have no one on the lists"
    area = {name: sum(map(ring_area, rings)) for name, rings in maps.outlines().items()}
    assert area["Loreto"] / sum(area.values()) > 0.25  # "more than a quarter of the country"
    coca = load("cultivation_departments")
    coast = {"Tumbes", "Piura", "Lambayeque", "Ancash", "Lima", "Callao", "Ica", "Arequipa"}
    assert not coast & set(coca.loc[coca["year"] == coca["year"].max(), "department"])


def ring_area(ring: np.ndarray) -> float:
    x, y = ring[:, 0] * maps.NARROWER, ring[:, 1]
    return abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2


def test_the_rows_of_a_map_are_those_of_the_table() -> None:
    rows = {
        tuple(re.findall(r"<t[hd][^>]*>([^<]*)<", row))
        for row in re.findall(r"<tr>.*?</tr>", page_of(atlas))
    }
    begins = {row[:3] for row in rows} | {row[:2] for row in rows}
    for row in atlas.deaths_by_department().drop(index="unknown").itertuples():
        assert (row.Index, f"{row.total:,}", f"{row.state_agents:,}") in begins
    total = load("deaths_department_year")["deaths_documented"].sum()
    assert f"{total:,} in all" in page_of(atlas)
    coca = load("cultivation_departments")
    coca = coca[coca["year"] == coca["year"].max()]
    assert f"{coca['area_ha'].sum():,} hectares in production" in page_of(atlas)
    for row in coca.itertuples():
        assert (row.department, f"{row.area_ha:,}") in begins


def test_neighbours_on_the_outline_map() -> None:
    touching = {name: set(others.split(", ")) for name, others in atlas.neighbours().items()}
    assert len(touching) == len(load("departments"))
    assert all(name in touching[other] for name, others in touching.items() for other in others)
    # as its text says
    assert {"Huancavelica", "Apurímac", "Cusco", "Junín"} <= touching["Ayacucho"]
    assert touching["Callao"] == {"Lima"} and touching["Tumbes"] == {"Piura"}


def test_every_district_and_place_is_listed_and_none_drawn() -> None:
    for district in load("vraem_districts")["district"]:
        assert district in page_of(atlas)
    drawn = " ".join(FIGURES.findall(page_of(atlas)))
    places = load("places")
    for place in places.loc[places["position"] == "not given", "place"]:
        assert f"**{place}" in page_of(atlas)
        assert f">{place}<" not in drawn


def test_classes_sort_values() -> None:
    values = {"a": 9, "b": 10, "c": 99, "d": 100}
    assert atlas.classes(values, [10, 100]) == {"a": 0, "b": 1, "c": 1, "d": 2}


# The timeline ------------------------------------------------------------------------------------


def test_every_event_stands_with_every_account_and_count() -> None:
    for row in load("timeline").itertuples():
        assert row.event in page_of(timeline)
    disputed = load("timeline").query("disputed")["event_id"]
    accounts = load("event_attributions")
    for row in accounts[accounts["event_id"].isin(disputed)].itertuples():
        assert row.attributed_to in page_of(timeline)
    counts = load("event_counts")
    for row in counts[counts.groupby("event_id")["event_id"].transform("size") > 1].itertuples():
        assert row.counted_by in page_of(timeline)
    for title in load("selfdefense_laws").query("country == 'Peru'")["instrument"]:
        assert title in page_of(timeline)


def test_entries_are_in_order_of_decades() -> None:
    decades = [int(year) for year in re.findall(r"^## (\d{4})", page_of(timeline), re.M)]
    assert decades == [1980, 1990, 2000, 2010, 2020]
    assert f"## 2020–{load('timeline')['year'].max()}" in page_of(timeline)
    assert f"looked for in {dated.checked_to()}" in page_of(timeline), (
        "the same month as the lessons"
    )

    years = [
        int(year) for year in re.findall(r"^\*\*[^*]*?(\d{4})[^*]*\*\* ·", page_of(timeline), re.M)
    ]
    assert len(years) > 70
    assert years == sorted(years)


@pytest.mark.parametrize(
    ("start", "end", "precision", "words"),
    [
        ("1980-05-17", "1980-05-17", "day", "17 May 1980"),
        ("1990-01-01", "1990-01-31", "month", "January 1990"),
        ("2003-01-01", "2003-12-31", "year", "2003"),
        ("1983-05-01", "1984-06-30", "span", "May 1983 to June 1984"),
        ("2012-04-09", "2012-04-14", "span", "9 to 14 April 2012"),
        ("1996-12-17", "1997-04-22", "span", "17 December 1996 to 22 April 1997"),
    ],
)
def test_dates_in_words(start: str, end: str, precision: str, words: str) -> None:
    assert timeline.when(pd.Timestamp(start), pd.Timestamp(end), precision) == words


def test_counts_in_words() -> None:
    assert timeline.deaths(pd.NA, pd.NA) == ""
    assert timeline.deaths(7, 7) == "Deaths reported: 7."
    assert (
        timeline.deaths(66, 80, is_open=True) == "Deaths reported: 66 to more than 80, by source."
    )
    assert timeline.is_open(load("event_counts"), "lucanamarca_1983")
    assert not timeline.is_open(load("event_counts"), "cayara_1988")


# The outlines ------------------------------------------------------------------------------------


def test_points_lie_where_they_should() -> None:
    assert maps.inside(-74.2, -13.5) == "Ayacucho"
    assert maps.inside(-73.0, -4.0) == "Loreto"
    assert maps.inside(-85.0, -12.0) is None


def test_fewer_points_keep_every_department() -> None:
    whole, coarse = maps.outlines(), maps.outlines(0.2)
    assert coarse.keys() == whole.keys()
    points = [sum(len(ring) for rings in one.values() for ring in rings) for one in (whole, coarse)]
    assert points[1] < points[0] / 1.5
    assert all(len(ring) >= 4 for rings in coarse.values() for ring in rings)


def test_unknown_department_is_refused() -> None:
    _, axes = new()
    with pytest.raises(ValueError, match="no such department: Narnia"):
        maps.draw(axes, {"Narnia": (COLOURS["accent"], 0.5)})


def test_missing_outlines_are_named(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    maps._features.cache_clear()
    monkeypatch.setattr(maps, "folder", lambda: tmp_path)
    with pytest.raises(DataError, match=r"departments\.geojson is missing from "):
        maps.outlines()
    (tmp_path / "departments.geojson").write_text("{}")
    with pytest.raises(DataError, match="not a list of outlines"):
        maps.outlines()
    maps._features.cache_clear()


# The welcome page ------------------------------------------------------------------------------


def test_the_story_shows_the_acts_that_lesson_13_reads() -> None:
    laws = load("selfdefense_laws").set_index("law_id")
    read = load("selfdefense_law_provisions")["law_id"].unique()
    assert story.acts() == sorted({int(laws["year"].loc[law]) for law in read})


def test_what_the_story_says_in_words() -> None:
    deaths = load("deaths_department_year").groupby("year")["deaths_documented"].sum()
    by_year = deaths.sort_values(ascending=False)
    assert list(by_year.index[:2]) == [1984, 1989]
    coca = load("cultivation")
    peru = coca[(coca["country"] == "Peru") & (coca["series"] == "us")].set_index("year")["area_ha"]
    assert peru.loc[1992] > 2 * peru.loc[2000], "falls in the 1990s"
    years = story.acts()
    assert [year for year in years if year > 2000] == [2003, 2022, 2025]
    assert deaths.loc[1996:2000].max() < deaths.loc[1984] / 10


# Lessons -----------------------------------------------------------------------------------------


def test_a_lesson_that_the_timeline_names_speaks_of_the_entry() -> None:
    known = {
        *load("timeline")["event_id"],
        *load("selfdefense_events")["event_id"],
        *load("selfdefense_laws")["law_id"],
        *load("strategy_documents")["document_id"],
    }
    assert timeline.DISCUSSED.keys() <= known
    texts = {
        path.name[:2]: path.read_text("utf-8") for path in (ROOT / "notebooks").glob("*.ipynb")
    }
    wrong = [
        (entry, lesson)
        for entry, lessons in timeline.DISCUSSED.items()
        for lesson, word in lessons.items()
        if lesson in texts and word not in texts[lesson]
    ]
    assert wrong == []


def test_every_entry_that_a_lesson_takes_up_leads_to_it() -> None:
    wanted = sum(bool(lesson_links(lessons)) for lessons in timeline.DISCUSSED.values())
    assert len(re.findall(r"Lessons? \[\d\d\]\(\.\./notebooks/", page_of(timeline))) == wanted > 30


def test_links_to_lessons_leave_out_what_does_not_exist() -> None:
    zero = next((ROOT / "notebooks").glob("00-*.ipynb")).name
    one = next((ROOT / "notebooks").glob("01-*.ipynb")).name
    assert lesson_links(["98", "99"]) == ""
    assert lesson_links(["00", "99"]) == f"Lesson [00](../notebooks/{zero})"
    both = f"Lessons [00](../notebooks/{zero}) and [01](../notebooks/{one})"
    assert lesson_links(["00", "01"]) == both
