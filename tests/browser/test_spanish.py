"""The Spanish edition as a student in Huamanga meets it: it answers in Spanish, and shares work."""

import json
import re

import pytest
from playwright.sync_api import Locator, Page, expect
from test_live import write

pytestmark = pytest.mark.browser

SLUG = "10-rondas-and-committees"
EXERCISE, LESSON = f"exercises/{SLUG}.html", f"notebooks/{SLUG}.html"
START = 180_000  # Python starts once for a page
WRONG = 'age = pd.Series({"northern_ronda": 27, "committee": 8})'


def answer(page: Page, word: str, task: str) -> Locator:
    bar = page.get_by_role("group", name=f"{word} {task}", exact=True)
    return page.locator(".cell.live", has=bar)


def check(cell: Locator, text: str) -> Locator:
    write(cell, text)
    cell.get_by_role("button", name="Comprobar", exact=True).click()
    return cell.locator(".verdict")


def test_an_exercise_answers_in_spanish_and_keeps_the_work_for_both_languages(page, site):
    page.goto(f"{site.url}/es/{EXERCISE}")
    cell = answer(page, "Ejercicio", "10.2")
    expect(check(cell, WRONG)).to_contain_text("Incorrecto.", timeout=START)
    check(cell, "age = pd.Serie(1)")
    expect(cell).to_contain_text("Línea 1: AttributeError", timeout=START)
    expect(cell).to_contain_text("¿Quiso decir 'Series'?")
    solutions = json.loads((site.root / "_static/solutions/es/10.json").read_text("utf-8"))
    right = solutions["10.2"]["code"]
    verdict = check(cell, right)
    expect(verdict).to_contain_text("Correcto.", timeout=START)
    said = verdict.inner_text()
    english = r"\b(the|your|right|wrong|answer|write|choose)\b"
    assert not re.search(english, said, re.IGNORECASE), said
    page.get_by_role("banner").get_by_role("link", name="English", exact=True).click()
    expect(page).to_have_url(f"{site.url}/{EXERCISE}")
    same = answer(page, "Exercise", "10.2")
    same.scroll_into_view_if_needed()
    expect(same.locator(".cm-content")).to_contain_text(right.splitlines()[-1])


def test_a_lesson_runs_in_spanish(page, site):
    page.goto(f"{site.url}/es/{LESSON}")
    turn = answer(page, "Su turno", "10.1")
    cell = 'first_years = laid[laid["year"].between(1983, 1985)]["deaths_documented"].sum()'
    expect(check(turn, cell)).to_contain_text("Correcto.", timeout=START)


def test_the_search_finds_pages_in_the_language_of_the_page(page, site):
    page.goto(f"{site.url}/es/search.html?q=comites")
    links = page.locator("#search-results a")
    expect(links.first).to_be_visible()
    paths = links.evaluate_all("(links) => links.map(({pathname}) => pathname)")
    assert all(path.startswith("/es/") for path in paths)
    assert f"/es/{LESSON}" in paths


def test_jupyterlite_opens_the_notebook_of_the_page(page, site):
    page.goto(f"{site.url}/es/{EXERCISE}")
    link = page.get_by_role("link", name="Abrir en JupyterLite").get_attribute("href")
    page.goto(f"{site.url}/es/exercises/{link}")
    expect(page.locator(".jp-Notebook")).to_contain_text(
        "Ejercicios de la lección 10", timeout=START
    )


@pytest.mark.parametrize("path", ["book/index.html", EXERCISE])
def test_a_reader_changes_the_language_and_stays_at_the_place(page, site, path):
    page.goto(f"{site.url}/{path}")
    page.get_by_role("link", name="Español", exact=True).click()
    expect(page).to_have_url(f"{site.url}/es/{path}")
    assert page.locator("html").get_attribute("lang") == "es"
    alternate = page.locator('link[rel="alternate"]')
    assert alternate.get_attribute("hreflang") == "en"
    expect(page.locator(".translated")).to_contain_text("Nadie en el Perú")


def test_a_page_without_a_translation_leads_to_the_first_page(page, site):
    page.goto(f"{site.url}/notebooks/07-counting-the-dead.html")
    page.get_by_role("link", name="Español", exact=True).click()
    expect(page).to_have_url(f"{site.url}/es/book/index.html")


def test_a_term_and_an_idiom_open_in_spanish(page, site):
    page.goto(f"{site.url}/es/{LESSON}")
    term = page.locator("article a.term", has_text="rondas campesinas").first
    term.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("Una vigilancia nocturna de campesinos")
    page.keyboard.press("Escape")
    page.goto(f"{site.url}/es/book/glossary.html")
    expect(page.locator("#term-ronda-campesina + dd")).to_contain_text("lección 10")
    page.goto(f"{site.url}/es/book/pandas.html")
    expect(page.locator("article")).to_contain_text("Un error frecuente.")
