"""The book around the notebooks: pages, contents, colours, and what it adds to Sphinx."""

import csv
import itertools
import re
from types import SimpleNamespace

import nbformat
import pandas as pd
import pytest
import yaml
from docutils import nodes
from sphinx.errors import ExtensionError

from theme.extension import list_references, point_links, visit_formula
from theme.extension.tables import tidy
from tools.common.paths import ROOT, notebooks

BOXES = {"claim", "rival", "predict", "further", "unknown"}
ARTICLE = (ROOT / "book" / "the-article.md").read_text("utf-8")
STYLES = (ROOT / "theme" / "static" / "course.css").read_text("utf-8")


# Pages ----------------------------------------------------------------------------------------


def test_every_claim_has_its_point_in_the_article():
    with (ROOT / "data" / "claims.csv").open(encoding="utf-8", newline="") as file:
        wanted = {row["claim_id"]: int(row["point"]) for row in csv.DictReader(file)}
    points = re.findall(
        r"^% claim: (.+)\n\{#point-(\d+)\}\n\*\*(\d+)\.\*\* ", ARTICLE, re.MULTILINE
    )
    assert [int(number) for _, number, _ in points] == list(range(1, len(points) + 1))
    assert all(anchor == shown for _, anchor, shown in points)
    found = {claim: int(number) for names, number, _ in points for claim in names.split(", ")}
    assert found == wanted


def test_the_article_page_says_where_it_is_and_what_was_read_of_its_notes():
    assert "{cite:p}`zech2014`" in ARTICLE
    assert "https://ctc.westpoint.edu/drug-trafficking-terrorism" in ARTICLE
    assert "The text of no note could be opened" in ARTICLE


def test_the_contents_hold_every_page_of_the_book():
    contents = yaml.safe_load((ROOT / "_toc.yml").read_text("utf-8"))
    listed = {contents["root"]}
    for chapter in itertools.chain.from_iterable(part["chapters"] for part in contents["parts"]):
        listed |= {chapter["file"], *(below["file"] for below in chapter.get("sections", []))}
    written = {f"book/{path.stem}" for path in (ROOT / "book").glob("*.md")}
    assert written - listed == set(), "write the page into _toc.yml"


def test_the_start_link_leads_to_the_first_lesson():
    contents = (ROOT / "_toc.yml").read_text("utf-8")
    first = re.search(r"file: (notebooks/.+)", contents)[1]
    page = (ROOT / "book" / "index.md").read_text("utf-8")
    assert f'<p class="start"><a href="../{first}.html">' in page


def markdown() -> dict[str, str]:
    """Return the text of every page and notebook."""
    texts = {path.name: path.read_text("utf-8") for path in (ROOT / "book").rglob("*.md")}
    for path in notebooks():
        cells = nbformat.read(path, as_version=4).cells
        texts[f"{path.parent.name}/{path.name}"] = "\n\n".join(
            cell.source for cell in cells if cell.cell_type == "markdown"
        )
    return texts


@pytest.mark.parametrize(("name", "text"), markdown().items(), ids=markdown().keys())
def test_a_reader_meets_no_sixth_box(name, text):
    opened = re.findall(r"^:{3,}\{(\w+)\}.*\n(?::class: (.+)\n)?", text, re.MULTILINE)
    for directive, kind in opened:
        assert directive == "admonition", f"{directive} is not a box of the course"
        assert kind in BOXES | {"card"}


# Colours --------------------------------------------------------------------------------------


def colours(selector: str) -> dict[str, str]:
    rules = re.search(re.escape(selector) + r" \{(.*?)\n\}", STYLES, re.DOTALL)[1]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", rules))


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG 2 defines it."""

    def luminance(colour: str) -> float:
        parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return sum(weight * p for weight, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("selector", [":root", 'html[data-theme="dark"]'])
def test_text_and_edges_stand_out_from_their_ground(selector):
    palette = colours(selector)
    text = ["ink", "quiet", "accent", "right", "wrong"]
    text += [name for name in palette if name.startswith("code-")]
    assert len(text) == 10
    for name, ground in itertools.product(text, ["paper", "wash", "accent-wash"]):
        assert contrast(palette[name], palette[ground]) >= 4.5, (name, ground)
    for ground in ("paper", "wash"):
        assert contrast(palette["edge"], palette[ground]) >= 3, ("edge", ground)


def test_each_box_has_a_sign_and_an_edge_of_its_own():
    signs, edges = set(), set()
    for box in BOXES:
        rule = re.search(
            rf"^\.admonition\.{box} \{{ --sign: (\".+?\"); border[\w-]*: (.+?); ",
            STYLES,
            re.MULTILINE,
        )
        signs.add(rule[1])
        edges.add(re.sub(r"var\(.*?\)", "", rule[2]))
    assert len(signs) == len(edges) == len(BOXES)


# What the book adds to Sphinx -----------------------------------------------------------------


def rows(html: str) -> list[str]:
    return re.findall(r"<tr>\s*(.*?)\s*</tr>", html, re.DOTALL)


def test_a_table_names_its_rows_and_columns_and_marks_words():
    table = pd.DataFrame({"area_ha": [1.5, None], "note": ["a < b", "c"]}, index=[2011, 2012])
    html = tidy(table.to_html(notebook=True))
    assert html.startswith('<div class="scroll"><table class="dataframe">')
    assert "<style" not in html
    assert "border=" not in html
    assert re.findall(r"<t[hd][^>]*>.*?</t[hd]>", html) == [
        "<td></td>",
        '<th scope="col">area_ha</th>',
        '<th scope="col" class="words">note</th>',
        '<th scope="row">2011</th>',
        "<td>1.5</td>",
        '<td class="words">a &lt; b</td>',
        '<th scope="row">2012</th>',
        "<td>NaN</td>",
        '<td class="words">c</td>',
    ]
    assert '<td class="words long">' in tidy(pd.DataFrame({"a": ["x" * 30]}).to_html(notebook=True))


def test_the_names_of_row_labels_stand_beside_those_of_the_columns():
    table = pd.DataFrame(
        {"country": ["Peru", "Peru"], "year": [2011, 2012], "area_ha": [1, 2]}
    ).set_index(["country", "year"])
    html = tidy(table.to_html(notebook=True))
    head, first, second = rows(html)
    assert re.findall(r">(\w+)<", head) == ["country", "year", "area_ha"]
    assert '<th scope="rowgroup" rowspan="2">Peru</th>' in first
    assert re.findall(r">(\w+)<", second) == ["2012", "2"]


def test_a_table_whose_columns_have_a_name_keeps_both_rows_of_its_head():
    table = pd.DataFrame({"a": [1]}, index=pd.Index([2011], name="year"))
    table.columns.name = "country"
    assert len(rows(tidy(table.to_html(notebook=True)))) == 3


def test_what_is_not_a_table_of_pandas_is_left_alone():
    html = "<div><table><tr><th></th></tr></table></div>"
    assert tidy(html) == html


def claim_with(*addresses: str) -> nodes.admonition:
    paragraph = nodes.paragraph()
    paragraph += [nodes.reference("", "point", refuri=address) for address in addresses]
    return nodes.admonition("", paragraph, classes=["claim"])


def test_a_claim_shows_its_points_once_and_in_order():
    page = "../book/the-article.html#point-"
    [line] = point_links(claim_with(f"{page}12", f"{page}2", f"{page}12", "x.html#point-3"))
    assert re.findall(r">(\d+)<", line.astext()) == ["2", "12"]
    assert line.astext().startswith('<p class="points">Points of the article: ')
    assert point_links(claim_with("x.html")) == []


def test_the_bibliography_is_a_list_that_keeps_its_anchors():
    entries = [
        nodes.citation("", nodes.label("", key), nodes.paragraph("", f"Work {key}"), ids=[key])
        for key in ("doe2009", "roe2010")
    ]
    document = nodes.document("", None)
    document += nodes.container("", *entries)
    list_references(document)
    assert [item["ids"] for item in document.findall(nodes.list_item)] == [["doe2009"], ["roe2010"]]
    assert document.astext().split("\n\n") == ["doe2009 Work doe2009", "roe2010 Work roe2010"]
    assert not list(document.findall(nodes.citation))


def formula(node: nodes.Node) -> str:
    translator = SimpleNamespace(body=[])
    with pytest.raises(nodes.SkipNode):
        visit_formula(translator, node)
    return "".join(translator.body)


def test_a_formula_becomes_mathml():
    text = r"\hat{N} = \frac{n_1 n_2}{m}"
    assert formula(nodes.math("", text)).startswith("<math")
    assert 'display="block"' in formula(nodes.math_block("", text))
    assert "<mfrac>" in formula(nodes.math_block("", text))


def test_a_formula_that_cannot_be_read_stops_the_build():
    with pytest.raises(ExtensionError, match="MathML"):
        formula(nodes.math("", r"\nosuchmacro{x}"))
