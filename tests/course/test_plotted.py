"""The rows under a figure are what is drawn: by line, bar, span, grid and map, each named."""

import json
import re

import pandas as pd
import pytest

from course.figures import COLOURS, figure, new
from course.plotted import table, tell
from tools.common.paths import notebooks


def rows(canvas) -> list[list[str]]:
    """Return the rows of a drawn figure."""
    shown = figure(canvas, "t", "a", "s")
    assert shown.svg
    lines = re.findall("<tr>.*?</tr>", shown.rows)
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line) for line in lines]


def test_lines_stand_side_by_side_under_the_names_beside_them():
    canvas, axes = new()
    axes.plot([2011, 2012], [62.5, 60.4], color=COLOURS["Peru"])
    axes.plot([2011, 2013], [64, 48], color=COLOURS["Colombia"])
    axes.axhline(50)
    axes.text(2011, 30, "Peru", color=COLOURS["Peru"])
    axes.text(2012, 64, "Colombia", color=COLOURS["Colombia"])
    axes.set_ylabel("thousand hectares")
    assert rows(canvas) == [
        ["year", "Peru", "Colombia"],
        ["2011", "62.5", "64"],
        ["2012", "60.4", ""],
        ["2013", "", "48"],
    ]
    assert "<caption>thousand hectares</caption>" in table(canvas)


def test_bars_are_named_by_their_ticks_and_stacked_ones_by_their_colour():
    canvas, axes = new()
    axes.barh(["a", "b"], [1200, 40], color=COLOURS["state"])
    axes.barh(["a", "b"], [300, 5], left=[1200, 40], color=COLOURS["armed_group"])
    axes.text(1, -0.4, "the state", color=COLOURS["state"])
    axes.text(1300, -0.4, "the group", color=COLOURS["armed_group"])
    axes.set_xlabel("people")
    assert rows(canvas) == [
        ["item", "name", "people"],
        ["a", "the state", "1,200"],
        ["b", "the state", "40"],
        ["a", "the group", "300"],
        ["b", "the group", "5"],
    ]
    places = [float(x) for x in re.findall(r'data-at="(\d+),', table(canvas))]
    assert places[2] > places[0]  # where the stacked bar ends, not how long it is


def test_a_word_of_another_colour_names_nothing_however_near_it_stands():
    canvas, axes = new()
    axes.barh(["a", "b"], [90, 30], color=COLOURS["state"])
    axes.barh(["a", "b"], [10, 70], left=[90, 30], color=COLOURS["armed_group"])
    axes.text(1, -0.4, "the state", color=COLOURS["state"])
    axes.text(30, 1, "the group", color=COLOURS["armed_group"])  # where the state's bar ends
    assert ["b", "the state", "30"] in rows(canvas)
    assert ["b", "the group", "70"] in rows(canvas)


def test_lines_that_the_picture_does_not_tell_apart_need_a_label():
    def drawn(**label):
        canvas, axes = new()
        for name, path in (("first", [1, 2]), ("second", [3, 4])):
            axes.plot(path, color=COLOURS["accent"], **dict.fromkeys(label, name))
        axes.text(1, 1, "first", color=COLOURS["accent"])
        return canvas

    assert rows(drawn()) == []
    assert rows(drawn(label=True))[0][1:] == ["first", "second"]


@pytest.mark.parametrize(
    "path", notebooks(), ids=lambda path: f"{path.parent.name}-{path.stem[:2]}"
)
def test_every_figure_of_the_course_has_its_rows(path):
    outputs = [
        "".join(output["data"].get("text/html", ""))
        for cell in json.loads(path.read_text("utf-8"))["cells"]
        for output in cell.get("outputs", [])
        if "data" in output
    ]
    shown = [text for text in outputs if re.search('class="course-(figure|explorer)"', text)]
    assert [text[:200] for text in shown if 'class="figure-data"' not in text] == []


def test_an_interval_has_two_ends():
    canvas, axes = new()
    axes.plot([10, 20], [0, 0], linewidth=5)
    axes.set(yticks=[0], yticklabels=["estimate"], xlabel="people")
    assert rows(canvas) == [["item", "people, from", "people, to"], ["estimate", "10", "20"]]


def test_among_intervals_a_single_value_begins_and_ends_at_itself():
    canvas, axes = new()
    axes.plot([10, 20], [0, 0], linewidth=5)
    axes.plot(15, 1, "o")
    axes.set(yticks=[0, 1], yticklabels=["estimate", "count"], xlabel="people")
    assert rows(canvas)[1:] == [["estimate", "10", "20"], ["count", "15", "15"]]


def test_words_outside_the_grid_say_what_a_colour_means():
    canvas, axes = new()
    axes.text(0, 0, "lesson 05", color=COLOURS["state"])
    axes.text(1, 0, "lesson 11", color=COLOURS["armed_group"])
    axes.text(0, 2, "compares before and after", color=COLOURS["state"])
    axes.set(xlim=(-1, 2), ylim=(-1, 3))
    axes.set(xticks=[0, 1], xticklabels=["left", "right"], yticks=[0], yticklabels=["one"])
    assert rows(canvas) == [
        ["in the picture", "row", "column", "colour"],
        ["lesson 05", "one", "left", "compares before and after"],
        ["lesson 11", "one", "right", ""],
    ]


def test_a_grid_has_its_words_or_says_what_is_filled():
    canvas, axes = new()
    axes.plot(0, 0, "o", mfc="none")
    axes.plot(1, 0, "o")
    axes.text(1.1, 0, "?")
    axes.set(xticks=[0, 1], xticklabels=["left", "right"], yticks=[0], yticklabels=["one"])
    assert rows(canvas) == [["row", "left", "right"], ["one", "empty", "filled ?"]]


def test_a_map_is_told():
    canvas, axes = new()
    axes.fill([0, 1, 1], [0, 0, 1])
    tell(axes, pd.Series({"Ayacucho": 1805, "Cusco": 40}, name="deaths").rename_axis("department"))
    assert rows(canvas) == [["department", "deaths"], ["Ayacucho", "1,805"], ["Cusco", "40"]]


def test_a_dense_curve_is_thinned_and_a_picture_without_rows_has_no_table():
    canvas, axes = new()
    axes.plot(range(1000), range(1000))
    assert 20 < len(rows(canvas)) < 45
    assert table(new()[0]) == ""


def test_the_values_stand_in_the_alt_text():
    canvas, axes = new()
    axes.plot(range(2001, 2021), [*range(19), 3], color=COLOURS["Peru"])
    axes.text(2003, 10, "Peru", color=COLOURS["Peru"])
    drawn = figure(canvas, "t", "It falls.", "s").svg
    assert 'aria-label="It falls. Values: Peru: 0 (2001) to 3 (2020), at most 18 (2019)."' in drawn
