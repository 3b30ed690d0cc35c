"""What the scripts say on a page in another language, and which files it shares with English."""

import json
import re

import pytest
from playwright.sync_api import expect

from tools.common.paths import LANGUAGES

pytestmark = pytest.mark.browser

SLUG = "10-rondas-and-committees"
WORDS = "**/_static/words/*.js?*"
# As a catalogue would have it: what matters here is that the page shows it.
SAID = {
    "Run": "Ejecutar",
    "Exercise {id}": "Ejercicio {id}",
    "Show solution": "Ver la solución",
    "Show it before trying?": "¿Verla antes de intentarlo?",
    "Solution": "Solución",
    "Light": "Claro",
    "Dark": "Oscuro",
}


@pytest.fixture
def asked(page) -> list[str]:
    """Collect what the page asks of the site; Python does not start by itself."""
    page.add_init_script(
        "Object.defineProperty(navigator, 'connection', {value: {saveData: true}});"
    )
    found: list[str] = []
    page.on("request", lambda request: found.append(request.url))
    return found


def test_an_english_page_asks_for_no_words(page, site, asked):
    page.goto(f"{site.url}/exercises/{SLUG}.html")
    expect(page.get_by_role("group", name="Exercise 10.1", exact=True)).to_be_visible()
    assert not [address for address in asked if "/words/" in address]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_in_another_language_speaks_it(page, site, asked, language):
    answer = {
        "content_type": "text/javascript",
        "body": f"globalThis.courseWords = {json.dumps(SAID)}",
    }
    page.route(WORDS, lambda route: route.fulfill(**answer))
    page.goto(f"{site.url}/{language}/exercises/{SLUG}.html")
    bar = page.get_by_role("group", name="Ejercicio 10.1", exact=True)
    expect(bar.get_by_role("button", name="Ejecutar", exact=True)).to_be_visible()
    expect(
        bar.get_by_role("button", name="Reset", exact=True)
    ).to_be_visible()  # has no translation
    expect(page.locator("button.theme")).to_have_text(re.compile("^(Claro|Oscuro)$"))
    bar.get_by_role("button", name="Ver la solución").click()
    bar.get_by_role("button", name="¿Verla antes de intentarlo?").click()
    cell = page.locator(".cell.live", has=bar)
    expect(cell.locator(".live-solution .live-title")).to_have_text("Solución")
    paths = [address.removeprefix(site.url) for address in asked]
    # one file of words for all scripts; solutions in the language, from the folder that all share
    assert len([path for path in paths if path.startswith(f"/_static/words/{language}.js")]) == 1
    assert f"/_static/solutions/{language}/10.json" in paths
    assert not [path for path in paths if path.startswith(f"/{language}/_static/")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_done_in_one_language_is_done_in_the_other(page, site, language):
    page.goto(f"{site.url}/{language}/book/progress.html")
    links = page.locator(".progress-list a")
    expect(links.first).to_be_attached()
    paths = set(links.evaluate_all("(links) => links.map(({pathname}) => pathname)"))
    assert any(path.startswith(f"/{language}/") for path in paths)
    assert [path for path in paths if not (site.root / path.lstrip("/")).is_file()] == []
    page.evaluate(
        "(own) => localStorage.setItem(own, JSON.stringify({text: 'x = 1', version: '1', saved: 5,"
        " status: 'done', solved: '1', others: []}))",
        "course:/:work:10.1",
    )
    for address in (f"{language}/book/progress.html", "book/progress.html"):
        page.goto(f"{site.url}/{address}")
        expect(page.locator('.progress-list [data-status="done"] a')).to_have_count(1)
