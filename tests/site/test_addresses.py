"""What the site says of its addresses: moved pages, robots, the list of pages."""

import pytest

from tools.common.errors import UserError
from tools.common.paths import SITE
from tools.common.settings import read_toml
from tools.site.addresses import MOVED, leading_on, robots, sitemap

ADDRESS = "https://course.example/peru"


@pytest.fixture
def small(tmp_path):
    for name in ("index", "404", "book/index", "book/data/part-1", "lite/lab/index"):
        path = tmp_path / f"{name}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")
    return tmp_path


def test_a_page_that_has_moved_leads_on(small):
    [(path, text)] = leading_on(small, {"book/tables": "book/data/part-1"}).items()
    assert path == "book/tables.html"
    assert text.count("data/part-1.html") == 3
    for moved in ({"book/index": "book/data/part-1"}, {"book/old": "book/none"}):
        with pytest.raises(UserError, match=r"moved\.toml"):
            leading_on(small, moved)


def test_every_page_that_has_moved_leads_on_in_the_built_site():
    for old in read_toml(MOVED):
        assert 'http-equiv="refresh"' in (SITE / f"{old}.html").read_text("utf-8")


def test_the_list_of_pages_has_what_a_reader_reads_and_needs_an_address(small):
    listed = sitemap(small, ADDRESS)
    assert [line for line in listed.split("<loc>")[1:] if not line.startswith(ADDRESS)] == []
    assert listed.count("<loc>") == 2
    assert f"Sitemap: {ADDRESS}/sitemap.xml" in robots(ADDRESS)
    assert "Disallow: /peru/_static/solutions/\n" in robots(ADDRESS)
    assert "Sitemap" not in robots("")
    assert "Disallow: /_static/solutions/\n" in robots("")
