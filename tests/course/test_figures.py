"""Figures and explorers: the same bytes in every run, small, labelled, refusing what is unfit."""

import gzip
import json
import re
from types import SimpleNamespace
from xml.etree import ElementTree

import ipywidgets
import pytest

from course.colours import COLOURS, palette_css
from course.explorers import Control, Explorer
from course.figures import figure, new

YEARS = Control("years", [1, 2, 3], "Years", "years", start=2)
CROP = Control("crop", ["coca", "coffee"], "Crop")


def model(years: float = 1, crop: str = "coca"):
    canvas, axes = new()
    axes.plot([0, years], [0, 1.23456], color=COLOURS["Peru"], label="0.55")
    axes.annotate("0.55 <ha>", (years, 1))
    return canvas, f"{crop} & after {years:g} years"


def contrast(colour: str, background: str) -> float:
    """WCAG 2 contrast ratio of two hex colours."""

    def luminance(value: str) -> float:
        parts = [int(value[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    light, dark = sorted((luminance(colour), luminance(background)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_a_figure_is_labelled_and_well_formed():
    shown = figure(model()[0], 'Crop "rises".', "It rises.", "UN")._repr_html_()
    ElementTree.fromstring(shown)
    assert 'aria-label="It rises. Values: 0, 0.000; 1, 1.235."' in shown
    assert "0.55 &lt;ha&gt;" in shown  # numbers in labels are not rounded
    assert "Source: UN" in shown
    assert 'id="figure_1"' not in shown
    assert "<style" not in shown


@pytest.mark.parametrize("missing", ["title", "alt", "source"])
def test_a_figure_without_a_text_is_refused(missing):
    texts = {"title": "t", "alt": "a", "source": "s"} | {missing: " "}
    with pytest.raises(ValueError, match=missing):
        figure(model()[0], **texts)


def test_colours_are_readable_in_light_and_dark():
    light, dark = palette_css().split("html[data-theme=dark]")
    for rules, page in ((light, "#ffffff"), (dark, "#14181c")):
        for colour in re.findall(r"#[0-9a-f]{6}", rules):
            assert contrast(colour, page) >= 4.5, colour


def test_colours_follow_the_theme():
    shown = figure(model()[0], "t", "a", "s").svg
    assert f"var(--course-red,{COLOURS['Peru']})" in shown
    assert "currentColor" in shown
    assert COLOURS["ink"] not in shown


def test_an_explorer_is_the_same_in_every_run_and_small():
    explorer = Explorer(model, [YEARS, CROP], "What grows?", "assumed")
    shown = explorer._repr_html_()
    assert shown == explorer._repr_html_()
    assert len(gzip.compress(shown.encode())) < 60_000


def test_an_explorer_holds_every_frame_in_order():
    shown = Explorer(model, [YEARS, CROP], "What grows?", "assumed")._repr_html_()
    data = json.loads(re.search(r'json">(.*?)</script>', shown, re.DOTALL)[1])
    assert data["readings"] == [
        f"{crop} & after {years} years" for years in (1, 2, 3) for crop in ("coca", "coffee")
    ]
    assert data["says"] == [["1 years", "2 years", "3 years"], ["coca", "coffee"]]
    frames = ["".join(data["pieces"][number] for number in frame) for frame in data["frames"]]
    made = [
        Explorer(model, [YEARS, CROP], "t", "s").frame(years=years, crop=crop)
        for years in (1, 2, 3)
        for crop in ("coca", "coffee")
    ]
    # the script gives a picture its reading as its name
    assert frames == [re.sub(r' aria-label="[^"]*"', "", picture) for picture, *_ in made]
    assert data["tables"][2].split("\n")[-1].startswith("2\t1.235@")
    assert len(set(zip(frames, data["readings"], strict=True))) == 6
    assert '<p class="settings">Years: 2 years; Crop: coca</p>' in shown
    assert made[2][2] in shown
    assert 'aria-valuetext="2 years"' in shown
    assert 'aria-label="Crop"' in shown
    assert '<p class="reading" role="status">coca &amp; after 2 years</p>' in shown


LIVE = "application/vnd.jupyter.widget-view+json"


def test_without_a_kernel_there_is_no_live_view():
    bundle = Explorer(model, [YEARS], "What grows?", "assumed")._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "text/html"}


def test_the_live_view_moves_in_steps_between_the_static_positions(monkeypatch):
    monkeypatch.setattr("IPython.get_ipython", lambda: SimpleNamespace(kernel=object()))
    made, box = [], ipywidgets.VBox
    monkeypatch.setattr(ipywidgets, "VBox", lambda parts: made.extend(parts) or box(parts))
    uneven = Control("years", [1, 5, 7], "Years", "years", start=5)
    bundle = Explorer(model, [uneven, CROP], "What <grows>?", "assumed & so on")._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "text/html", LIVE}
    assert bundle[LIVE]["model_id"]
    title, slider, choice, picture, reading, source = made
    assert (slider.min, slider.max, slider.value, slider.step) == (1, 7, 5, 0.2)
    assert slider.description == "Years (years)"
    assert (list(choice.options), choice.value, choice.description) == (
        ["coca", "coffee"],
        "coca",
        "Crop",
    )
    assert "What &lt;grows&gt;?" in title.value and "assumed &amp; so on" in source.value
    assert reading.value == "coca &amp; after 5 years"
    before = picture.value
    slider.value = 3.4
    assert reading.value == "coca &amp; after 3.4 years"
    assert picture.value != before and picture.value.lstrip().startswith("<svg")
    choice.value = "coffee"
    assert reading.value == "coffee &amp; after 3.4 years"


@pytest.mark.parametrize(
    "controls",
    [
        [],
        [YEARS, CROP, CROP],
        [Control("years", range(10), "Years"), Control("crop", list("abcde"), "Crop")],
    ],
)
def test_too_many_controls_or_frames_are_refused(controls):
    with pytest.raises(ValueError, match="frames"):
        Explorer(model, controls, "t", "s")


def test_a_control_that_starts_outside_its_values_is_refused():
    with pytest.raises(ValueError, match="one of its values"):
        Control("years", [1, 2], "Years", start=3)


def test_a_year_is_written_without_a_comma():
    assert Control("area", [1984, 1985], "Area", "ha").say(1984) == "1,984 ha"
    assert Control("year", [1984, 1985], "Year", form="d").say(1984) == "1984"
