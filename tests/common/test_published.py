"""Where the course is published: said once in the configuration, and the same everywhere."""

import re

import pytest
import yaml
from jinja2 import Environment

from course.wording import say
from tools.common.errors import UserError
from tools.common.paths import ROOT
from tools.common.published import NOWHERE, Published, cited, door, published
from tools.editions.offline import about
from tools.editions.pdf import _title_page, citation

PLACES = Published("https://course.example", "https://code.example/c", "course@example.org")


def test_the_configuration_is_read(tmp_path):
    config = tmp_path / "_config.yml"
    config.write_text(
        'html: {baseurl: "https://course.example/"}\n'
        'repository: {url: "https://code.example/c/"}\ncontact: course@example.org\n'
    )
    assert published(config) == PLACES
    config.write_text('html: {baseurl: ""}\nrepository: {url: ""}\ncontact: ""\n')
    assert published(config) == NOWHERE


def test_a_damaged_configuration_is_one_sentence(tmp_path):
    (tmp_path / "_config.yml").write_text("html: [\n")
    with pytest.raises(UserError, match=r"_config\.yml is not valid YAML: .*line 2"):
        published(tmp_path / "_config.yml")


def test_a_contact_is_an_address_of_mail_or_of_a_page():
    assert PLACES.reach == "mailto:course@example.org"
    assert Published(contact="https://a.example/write").reach == "https://a.example/write"


def test_the_archive_and_the_pdf_say_it():
    assert about(NOWHERE) == ""
    assert re.findall(r": (\S+)", about(PLACES)) == [
        PLACES.site,
        PLACES.repository,
        PLACES.contact,
    ]
    page = _title_page(citation(), PLACES)
    for place in (PLACES.site, PLACES.repository, PLACES.reach):
        assert f'href="{place}"' in page
    assert "Contact" not in _title_page(citation(), NOWHERE)


def test_every_page_says_it():
    layout = (ROOT / "theme" / "templates" / "layout.html").read_text("utf-8")
    footer = Environment().from_string(re.search(r"<footer>.*</footer>", layout, re.DOTALL)[0])
    for places, wanted in ((PLACES, 1), (NOWHERE, 0)):
        page = footer.render(published=places, pagename="a", pathto=str, link_to=str, say=say)
        assert page.count(f'href="{PLACES.repository}"') == wanted
        assert page.count(f'href="{PLACES.reach}"') == wanted


@pytest.mark.parametrize("name", ["layout.html", "slides.html"])
def test_every_page_names_its_own_address(name):
    template = (ROOT / "theme" / "templates" / name).read_text("utf-8")
    lines = re.search(r"\{%- if pageurl %\}.*?endif %\}", template, re.DOTALL)[0]
    link = Environment().from_string(lines)
    address = f"{PLACES.site}/slides/00.html"
    assert f'<link rel="canonical" href="{address}">' in link.render(pageurl=address)
    assert link.render(pageurl=None) == ""


def test_the_citation_names_the_same_places():
    text = (ROOT / "CITATION.cff").read_text("utf-8")
    assert text == cited(text, published(ROOT / "_config.yml")), "run `make map`"
    for places in (PLACES, NOWHERE):
        about = yaml.safe_load(cited(text, places))
        assert about.get("url", "") == places.site
        assert about.get("repository-code", "") == places.repository
        assert cited(cited(text, PLACES), places) == cited(text, places)


def test_pages_say_where_to_turn():
    """Each word that stands for a place stands in a page, and with a place it is a link."""
    pages = "".join(path.read_text("utf-8") for path in (ROOT / "book").glob("*.md"))
    for name, said in PLACES.words.items():
        assert name in pages
        assert f"]({PLACES.reach})" in said
        assert "](" not in NOWHERE.words[name]
    assert f"]({PLACES.repository}/issues)" in PLACES.words["{report}"]


def test_the_readme_begins_with_it():
    shown = (ROOT / "README.md").read_text("utf-8").split("<!-- door -->\n")[1]
    assert shown.startswith(door(published(ROOT / "_config.yml"))), "run `make map`"
    assert f"[here]({PLACES.site})" in door(PLACES)
    assert f"({PLACES.repository}/releases/latest)" in door(PLACES)
    assert "](" not in door(NOWHERE), "an address that is not known is not invented"
