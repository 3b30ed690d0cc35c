"""A task as a student meets it: what is judged, where the answer appears, what is said and kept."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from test_live import cell, check, entry, keep, kept, press, run, says, upload, visit, write

pytestmark = pytest.mark.browser

SETUP = "Setup 2"
CHANGED = 'colombia = three.loc["Peru"]\nbolivia = peru = colombia\ncolombia'


@pytest.fixture(scope="module")
def solution(site) -> str:
    return json.loads((site.root / "_static/solutions/04.json").read_text("utf-8"))["04.1"]["code"]


def more(answer, label: str) -> None:
    answer.locator(".live-more summary").click()
    press(answer, label)


# Check judges the texts that stand on the page ------------------------------------------------


def test_check_judges_the_text_on_the_page_and_nothing_run_before(page, site, solution):
    visit(page, site.url)
    answer = cell(page, "Exercise 04.1")
    expect(check(answer, solution)).to_contain_text("Right.")
    # a table that was overwritten, a name that was taken, an answer that was deleted
    run(answer, "check = 3\ncolombia = colombia.loc[2017:]\nthree['area_ha'] *= 2\nnew_coca = 5")
    expect(check(answer, solution)).to_contain_text("Right.")
    write(answer, "# nothing here")
    expect(check(answer)).to_contain_text("Not yet.")
    expect(check(answer, solution)).to_contain_text("Right.")


def test_a_changed_set_up_is_said_and_the_original_offered(page, site, solution):
    visit(page, site.url)
    setup, answer = cell(page, SETUP), cell(page, "Exercise 04.1")
    setup.scroll_into_view_if_needed()
    expect(setup.locator(".cm-content")).to_be_visible()
    write(setup, CHANGED)
    verdict = check(answer, solution)
    expect(verdict).to_contain_text("Wrong.")
    expect(verdict).to_contain_text(f"You changed {SETUP}; Check used it as it stands.")
    expect(verdict).to_contain_text("With the original set-up your answer is right.")
    press(answer, f"Bring back the original of {SETUP}")
    expect(verdict.locator(".live-earlier")).to_be_visible()  # it was about the changed one
    expect(check(answer)).to_contain_text("Right.")
    assert kept(page, kept_id(page))["others"][0]["text"] == CHANGED


def test_where_a_changed_set_up_fails_the_way_back_is_told(page, site, solution):
    visit(page, site.url)
    setup, answer = cell(page, SETUP), cell(page, "Exercise 04.1")
    setup.scroll_into_view_if_needed()
    expect(setup.locator(".cm-content")).to_be_visible()
    write(setup, "colombia = missing")
    for button in ("Check", "Run"):
        write(answer, solution)
        press(answer, button)
        says(answer, f"You changed {SETUP}; its button Reset brings back the original")
    press(setup, "Reset")
    expect(check(answer)).to_contain_text("Right.")


def test_a_text_that_was_deleted_whole_is_offered_after_a_reload(page, site):
    visit(page, site.url)
    answer = cell(page, "Exercise 04.1")
    write(answer, "new_coca = 1  # an hour of work")
    answer.locator(".cm-content").press("Control+A")
    answer.locator(".cm-content").press("Delete")
    page.reload()
    answer.scroll_into_view_if_needed()
    press(answer, "Show the other text")
    expect(answer.locator(".cm-content")).to_have_text("new_coca = 1  # an hour of work")


def test_next_is_an_open_task(page, site, solution):
    """The next core task that is open, whatever was solved before, and no turn of a lesson."""
    keep(page.context, {"04.2": entry("", "done")})
    visit(page, site.url)
    verdict = check(cell(page, "Exercise 04.1"), solution)
    following = verdict.locator(".live-next a")
    expect(following).to_have_text(re.compile("^04.3 "))
    following.click()
    expect(page.locator("h2", has_text="04.3 ")).to_be_in_viewport()


def kept_id(page: Page) -> str:
    """Return the id of the only kept set-up."""
    names = page.evaluate("Object.keys(localStorage)")
    ids = [name.partition(":work:")[2] for name in names]
    return next(one for one in ids if "/" in one)


def test_a_verdict_and_an_output_are_marked_when_the_text_changes(page, site, solution):
    visit(page, site.url)
    answer = cell(page, "Exercise 04.1")
    verdict = check(answer, f"{solution}\nnew_coca")
    expect(answer.locator(".live-mark")).to_have_text("Solved")
    output = answer.locator(".live-output")
    write(answer, "new_coca = 1")
    for place in (verdict, output):
        expect(place.locator(".live-earlier")).to_have_text("This belongs to an earlier text.")
    write(answer, f"{solution}\nnew_coca")
    for place in (verdict, output):
        expect(place.locator(".live-earlier")).to_have_count(0)
    expect(check(answer, "new_coca = 1")).to_contain_text("Wrong.")
    expect(answer.locator(".live-mark")).to_have_text("Solved with an earlier text")
    run(answer, "1 + 1")  # what is new stands where one looks, not below what was said before
    expect(output).to_have_text("2")
    expect(verdict).to_be_empty()


def test_an_open_blank_is_said_once_and_its_line_marked(page, site):
    visit(page, site.url)
    answer = cell(page, "Exercise 04.1")
    verdict = check(answer, "change = 1\nnew_coca = ____")
    expect(verdict).to_contain_text("Not yet. Fill in the blanks")
    expect(answer.locator(".live-error")).to_have_count(0)
    expect(answer.locator(".cm-line.live-marked")).to_have_text("new_coca = ____")


def test_a_printed_output_does_not_pass_for_that_of_a_kept_text(page, site):
    path = "notebooks/04-eradication-and-replanting.html"
    visit(page, site.url, path)
    live = page.locator(".cell.tag_try.live").first
    live.scroll_into_view_if_needed()
    write(live, "1 + 1")
    printed = live.locator(".cell_output .live-earlier")
    expect(printed).to_be_visible()
    page.reload()
    expect(printed).to_be_visible()


def test_python_is_restarted_and_all_above_is_run(page, site):
    visit(page, site.url)
    first, second = cell(page, "Exercise 04.1"), cell(page, "Exercise 04.2")
    run(first, "import random\nseed = random.random()\nseed")
    seed = first.locator(".live-output").inner_text()
    run(second, "seed")
    expect(second.locator(".live-output")).to_have_text(seed)
    more(second, "Restart Python")
    says(second, "^Python is new")
    run(second, "'seed' in globals()")
    expect(second.locator(".live-output")).to_have_text("False")
    press(second, "Run all above")
    says(second, r"^\d+ cells above have run\.$")
    run(second, "'seed' in globals()")
    expect(second.locator(".live-output")).to_have_text("True")


def test_after_a_first_version_of_a_text_a_second_one_is_asked_for_and_both_are_kept(page, site):
    solutions = json.loads((site.root / "_static/solutions/04.json").read_text("utf-8"))
    model = solutions["04.6"]["code"]
    opening, *rest = model.split('"""')
    first, second = (f'{opening}"""{added}{rest[0]}"""' for added in ("One. ", "Another. "))
    visit(page, site.url)
    answer = cell(page, "Exercise 04.6")
    verdict = check(answer, f'{opening}"""{rest[0][:60]}"""')
    expect(verdict).to_contain_text("Not yet.")
    expect(verdict).not_to_contain_text("One way to write it")
    verdict = check(answer, first)
    expect(verdict).to_contain_text("Complete.")
    expect(verdict.locator(".live-why > pre").first).to_have_text(model)
    expect(verdict).to_contain_text("what would you change in your text?")
    expect(verdict.locator(".live-why details")).to_have_count(0)
    page.reload()
    expect(check(answer, second)).to_contain_text("Both versions are kept")
    verdict.get_by_text("Your first version", exact=True).click()
    expect(verdict.locator(".live-why details pre")).to_have_text(first)
    entry = kept(page, "04.6")
    assert (entry["text"], entry["first"]["text"]) == (second, first)
    page.goto(f"{site.url}/book/progress.html")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save my work to a file").click()
    saved = json.loads(Path(download.value.path()).read_text("utf-8"))["entries"]["04.6"]
    assert (saved["text"], saved["first"]["text"]) == (second, first)


def test_the_question_pasted_back_is_no_answer(page, site):
    """It holds the figures that a text must quote, and one more sentence has the year."""
    page.goto(f"{site.url}/exercises/10-rondas-and-committees.html")
    about = page.locator('.task-about[data-task="10.6"]')
    parts = about.locator("xpath=preceding-sibling::*[self::p or self::ul]")
    question = " ".join(parts.all_inner_texts())
    verdict = check(cell(page, "Exercise 10.6"), f'letter = """{question} It was 1983."""')
    expect(verdict).to_contain_text("Not yet. Most of this is the question itself.")


# Where the answer appears ---------------------------------------------------------------------

PLACES = """cell => {
  const button = [...cell.querySelectorAll("button")].find((one) => one.textContent === "Check");
  const verdict = cell.querySelector(".live-verdict");
  const [pressed, said] = [button, verdict].map((node) => node.getBoundingClientRect());
  return { button: pressed.top, gap: said.top - pressed.bottom, bottom: said.bottom };
}"""


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("slug", ["04-eradication-and-replanting", "12-peru-and-beyond"])
def test_the_button_keeps_its_place_and_the_verdict_is_in_view(page, site, slug, width):
    page.set_viewport_size({"width": width, "height": 800})
    visit(page, site.url, f"exercises/{slug}.html")
    answer = cell(page, f"Exercise {slug[:2]}.1")
    answer.get_by_role("button", name="Check", exact=True).scroll_into_view_if_needed()
    expect(answer.locator(".cm-content")).to_be_visible()
    page.wait_for_timeout(300)
    before = answer.evaluate(PLACES)
    press(answer, "Check")
    says(answer, "^(Done|Error)")
    after = answer.evaluate(PLACES)
    assert 0 <= after["gap"] < 120  # the buttons may take two lines
    assert after["bottom"] <= 800
    moved = before["button"] - after["button"]
    assert -2 <= moved <= max(2, before["button"] - 12)
    if before["button"] < 600:
        assert abs(moved) <= 2


def test_what_a_set_up_gave_is_one_line_that_opens(page, site):
    visit(page, site.url)
    run(cell(page, "Exercise 04.1"), "colombia.head(1)")
    folded = cell(page, SETUP).locator(".live-folded")
    expect(folded.locator("summary")).to_have_text(f"{SETUP}: a table, 12 rows and 2 columns")
    expect(folded.locator("table")).to_be_hidden()
    folded.locator("summary").click()
    expect(folded.locator("table")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 390])
def test_links_to_a_task_end_at_its_heading_and_so_does_the_way_back(page, site, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{site.url}/book/progress.html")
    for task in ("04.1", "04.5", "12.3"):
        page.locator(".progress-list a", has_text=f"{task} ").click()
        heading = page.locator("h2", has_text=f"{task} ")
        # its buttons are there; below a long question its editor waits until somebody comes near
        expect(cell(page, f"Exercise {task}")).to_be_visible()
        page.wait_for_timeout(400)
        assert -2 <= heading.bounding_box()["y"] < 130, task
        page.go_back()
    page.go_forward()
    expect(cell(page, "Exercise 12.3")).to_be_visible()
    page.wait_for_timeout(400)
    assert -2 <= page.locator("h2", has_text="12.3 ").bounding_box()["y"] < 130


def test_a_table_looks_like_a_printed_one_and_is_announced(page, site):
    visit(page, site.url)
    answer = cell(page, "Exercise 04.1")
    run(answer, "colombia.head(2)")
    table = answer.locator(".live-output table")
    assert table.get_attribute("border") is None
    expect(table.locator("thead tr")).to_have_count(1)
    expect(table.locator("thead th").first).to_have_text("year")
    expect(table.locator("th:not([scope])")).to_have_count(0)
    expect(table.locator("tbody td").first).to_have_css("text-align", "right")
    heard = answer.locator(".hidden[role=status]")
    expect(heard).to_have_text("a table, 2 rows and 2 columns")
    run(answer, "missing", "^Error in line 1")
    expect(heard).to_contain_text("Line 1: NameError: name 'missing' is not defined")
    press(answer, "Show solution")
    expect(heard).to_contain_text("The solution is shown below the cell.")


def test_what_is_done_shows_in_the_contents(page, site, solution):
    visit(page, site.url)
    count = page.locator("nav.contents .contents-count")
    expect(count).to_have_text("0 of 6")
    check(cell(page, "Exercise 04.1"), solution)
    expect(count).to_have_text("1 of 6")
    row = page.locator("nav.contents .sections a", has_text="04.1 ")
    expect(row.get_by_role("img", name="done")).to_be_visible()
    page.goto(f"{site.url}/book/progress.html")
    expect(page.locator("h2", has_text="Lesson 04")).to_have_text("Lesson 04 1 of 6")


def test_bets_are_on_the_page_of_progress_and_a_comma_is_refused(page, site):
    page.goto(f"{site.url}/notebooks/00-start-here.html")
    bet = page.get_by_label("Bet 1, in percent")
    said = page.locator("form.bets output").first
    for text in ("0,5", "150"):
        bet.fill("")
        bet.press_sequentially(text)
        bet.press("Tab")
        expect(said).to_have_text("Not kept: a whole number from 0 to 100.")
        expect(bet).to_have_attribute("aria-invalid", "true")
        assert kept(page, "bets/vraem_push") is None or not kept(page, "bets/vraem_push")["text"]
    bet.fill("35")
    bet.press("Tab")
    expect(bet).to_have_attribute("aria-invalid", "false")
    page.goto(f"{site.url}/book/progress.html")
    expect(page.locator("h2", has_text="Your bets")).to_have_text("Your bets 1 of 5 bets")
    expect(page.locator(".progress-bets li").first).to_contain_text("35%")


# Nothing is lost ------------------------------------------------------------------------------


def test_a_cell_that_breaks_python_is_left_out(page, site):
    visit(page, site.url)
    first, second = cell(page, "Exercise 04.1"), cell(page, "Exercise 04.2")
    run(first, "kept = 41")
    run(second, "import builtins\ndel builtins.print", "^This cell broke Python")
    run(second, "kept + 1")
    expect(second.locator(".live-output")).to_have_text("42")
    run(second, "import js\njs.close()", r"^Error in line 2\.$")
    expect(second.locator(".live-error")).to_contain_text("cannot close Python")
    run(second, "class Deep:\n    def _repr_html_(self):\n        return '<div>' * 200_000\nDeep()")
    expect(second.locator(".live-output")).to_contain_text("200,000 parts inside each other")
    run(second, "list = print = 3\n1 + 1")  # names of a student's own break nothing
    run(second, "kept + 1")


def test_an_output_covers_nothing_of_the_page(page, site):
    visit(page, site.url)
    answer = cell(page, "Exercise 04.1")
    cover = (
        '<div style="position:fixed;inset:0;background:red">x</div>'
        '<p class="skip" style="margin:-90rem;height:200rem;width:200rem;background:red">y</p>'
    )
    run(answer, f"class Cover:\n    def _repr_html_(self):\n        return '''{cover}'''\nCover()")
    button = answer.get_by_role("button", name="Check", exact=True)
    button.click(trial=True)  # nothing lies over it
    page.get_by_role("button", name="Use the dark theme").click(trial=True)


def test_set_up_from_a_file_is_shown_and_asked_for_first(page, site, solution):
    visit(page, site.url)
    setup = cell(page, SETUP)
    setup.scroll_into_view_if_needed()
    expect(setup.locator(".cm-content")).to_be_visible()
    write(setup, "harmless = 1")
    name = kept_id(page)
    page.evaluate("localStorage.clear()")
    page.goto(f"{site.url}/book/progress.html")
    upload(page, json.dumps({"format": "course-work", "entries": {name: entry("evil = 1")}}))
    expect(page.locator(".progress-says")).to_have_text("1 text loaded.")
    visit(page, site.url)
    expect(setup.locator(".live-notice")).to_contain_text("This text came from a file.")
    expect(setup.locator(".cm-content")).to_have_text("evil = 1")
    answer = cell(page, "Exercise 04.1")
    write(answer, "'evil' in globals()")
    for button in ("Run", "Check"):
        press(answer, button)
        says(answer, f"^{SETUP} holds a text that came from a file")
    expect(answer.locator(".live-output")).to_be_hidden()
    press(setup, "It may run")
    run(answer)
    expect(answer.locator(".live-output")).to_have_text("True")
    page.reload()
    expect(setup.locator(".live-notice")).not_to_contain_text("came from a file")


def test_what_an_earlier_version_kept_is_taken_over(page, site):
    old = {"course:04.1": json.dumps(entry("mine")), "course:theme": "dark"}
    page.add_init_script(
        "if (!localStorage.getItem('seeded')) { localStorage.setItem('seeded', 1);"
        f"Object.assign(localStorage, {json.dumps(old)}) }}"
    )
    visit(page, site.url)
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    answer = cell(page, "Exercise 04.1")
    answer.scroll_into_view_if_needed()
    expect(answer.locator(".cm-content")).to_have_text("mine")
    assert page.evaluate("localStorage.getItem('course:04.1')") is None
    assert page.evaluate("localStorage.getItem('course:/:theme')") == "dark"


def test_erasing_leaves_another_course_on_the_host_alone(page, site):
    keep(page.context, {"04.1": entry("mine")})
    page.goto(f"{site.url}/book/progress.html")
    page.evaluate(
        """async () => {
          localStorage.setItem("course:/other/:work:04.1", "theirs");
          for (const name of ["/lite/", "/other/lite/"]) await new Promise((done) => {
            const opening = indexedDB.open(`JupyterLite Storage - ${name}`);
            opening.onsuccess = () => (opening.result.close(), done());
          });
        }"""
    )
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="erase my work").click()
    expect(page.locator(".progress-says")).to_contain_text("Erased.")
    page.wait_for_timeout(500)
    names = page.evaluate("indexedDB.databases().then((all) => all.map(({ name }) => name))")
    assert names == ["JupyterLite Storage - /other/lite/"]
    assert page.evaluate("localStorage.getItem('course:/other/:work:04.1')") == "theirs"
    assert kept(page, "04.1") is None


# Keyboards, phones, figures -------------------------------------------------------------------


def without_python(page: Page) -> None:
    """Let Python start only when it is asked for: these tests need none."""
    page.add_init_script(
        "Object.defineProperty(navigator, 'connection', {value: {saveData: true}})"
    )


def editor(page: Page, base: str):
    """Open the editor of the first exercise and return its text."""
    visit(page, base)
    answer = cell(page, "Exercise 04.1")
    press(answer, "Edit")
    expect(answer.locator(".cm-content")).to_be_focused()
    return answer.locator(".cm-content")


# Spanish keyboard, Windows: what AltGr gives, and the code of its key.
ALT_GR = {"[": 186, "]": 187, "{": 222, "}": 191, "@": 50, "#": 51, "\\": 220, "|": 49, "~": 52}


def test_alt_gr_types_on_a_spanish_keyboard(page, site):
    """Windows reports AltGr as Ctrl and Alt: no shortcut of the editor may take the letter."""
    without_python(page)
    page.add_init_script("Object.defineProperty(navigator, 'platform', {value: 'Win32'})")
    content = editor(page, site.url)
    for key, code in ALT_GR.items():
        typed = content.evaluate(
            """(node, [key, keyCode]) => node.dispatchEvent(new KeyboardEvent("keydown", {
              key, keyCode, ctrlKey: true, altKey: true, bubbles: true, cancelable: true}))""",
            [key, code],
        )
        assert typed, f"the editor takes {key} for a shortcut"
        page.keyboard.press("Control+A")
        page.keyboard.insert_text(f"x{key}")
        expect(content).to_have_text(f"x{key}")


def test_a_phone_does_not_zoom_into_the_editor(chromium, site):
    context = chromium.new_context(viewport={"width": 390, "height": 800}, has_touch=True)
    page = context.new_page()
    without_python(page)
    size = editor(page, site.url).evaluate("node => parseFloat(getComputedStyle(node).fontSize)")
    assert size >= 16
    context.close()


def test_an_input_method_composes_letters(page, site):
    without_python(page)
    content = editor(page, site.url)
    page.keyboard.press("Control+A")
    page.keyboard.insert_text("año = '")
    session = page.context.new_cdp_session(page)
    for text in ("に", "にほ", "にほん"):
        session.send(
            "Input.imeSetComposition",
            {"text": text, "selectionStart": len(text), "selectionEnd": len(text)},
        )
    session.send("Input.insertText", {"text": "日本"})
    expect(content).to_have_text("año = '日本")
    assert kept(page, "04.1")["text"] == "año = '日本"


def test_a_figure_is_shown_without_a_warning(page, site):
    visit(page, site.url)
    answer = cell(page, "Exercise 04.1")
    run(answer, "import matplotlib.pyplot as plt\ncolombia['area_ha'].plot()\nplt.show()")
    expect(answer.locator(".live-output svg")).to_have_count(1)
    shown = answer.locator(".live-output").inner_text()
    assert not re.search("warn|non-interactive", shown, re.IGNORECASE)
