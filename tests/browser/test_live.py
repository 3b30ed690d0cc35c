"""The live cells and the progress page, in Chromium."""

import gzip
import importlib
import json
import re

import pytest
from accessibility import axe
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tools.common.paths import exercises

pytestmark = pytest.mark.browser

SLUGS = [path.stem for path in exercises()]
SLUG = "04-eradication-and-replanting"
START = 60_000  # milliseconds that Python may take to start on a slow machine


# Saying what a student does -------------------------------------------------------------------


def visit(page: Page, base: str, path: str = f"exercises/{SLUG}.html") -> None:
    page.goto(f"{base}/{path}")


def cell(page: Page, name: str) -> Locator:
    """Return a live cell by its name, ``Exercise 04.1``."""
    group = page.get_by_role("group", name=name, exact=True)
    return page.locator(".cell.live", has=group)


def press(cell: Locator, button: str) -> None:
    cell.get_by_role("button", name=button, exact=True).click()


def write(cell: Locator, text: str) -> None:
    """Replace what stands in the editor of a cell."""
    cell.scroll_into_view_if_needed()
    editor = cell.locator(".cm-content")
    editor.click()
    editor.press("Control+A")
    cell.page.keyboard.insert_text(text)


def text_of(cell: Locator) -> str:
    return "\n".join(cell.locator(".cm-line").all_inner_texts()).replace("\n\n", "\n")


def says(cell: Locator, pattern: str, timeout: int = START) -> None:
    expect(cell.locator(".live-says")).to_have_text(re.compile(pattern), timeout=timeout)


def run(cell: Locator, text: str | None = None, ends: str = r"^Done\.$") -> None:
    """Run a cell, with a new text if one is given, and wait for its end."""
    if text is not None:
        write(cell, text)
    press(cell, "Run")
    says(cell, ends)


def check(cell: Locator, text: str | None = None) -> Locator:
    """Check an answer and return the verdict."""
    if text is not None:
        write(cell, text)
    # an editor that opens moves what is below it, also a button under the pointer
    cell.scroll_into_view_if_needed()
    expect(cell.locator(".cm-content")).to_be_visible()
    press(cell, "Check")
    says(cell, r"^(Done|Error)")
    return cell.locator(".live-verdict")


def kept(page: Page, key: str) -> dict | None:
    return page.evaluate("key => JSON.parse(localStorage.getItem(key))", f"course:/:work:{key}")


# Answers --------------------------------------------------------------------------------------


@pytest.mark.parametrize("slug", SLUGS)
def test_each_task_says_not_yet_then_explains_a_mistake_then_accepts_the_solution(page, site, slug):
    lesson = slug[:2]
    tasks = importlib.import_module(f"course.tasks.lesson{lesson}").TASKS
    solutions = json.loads((site.root / f"_static/solutions/{lesson}.json").read_text("utf-8"))
    visit(page, site.url, f"exercises/{slug}.html")
    for task in tasks:
        answer = cell(page, f"Exercise {task.id}")
        expect(check(answer)).to_contain_text("Not yet.")
        name = re.search(r"check\(\"[\d.]+\", (\w+)\)", answer.inner_html())
        name = name or re.search(r", (\w+)\)", answer.locator(".live-check").text_content())
        if task.misconceptions:
            wrong = task.misconceptions[0]
            code = (
                f"from course.tasks.lesson{lesson} import TASKS\n"
                f'{name[1]} = TASKS.by_id["{task.id}"].misconceptions[0].value()'
            )
            said = wrong.message.replace("`", "")  # what stands between them is shown as code
            expect(check(answer, code)).to_contain_text(said)
        else:  # a written answer
            expect(check(answer, f'{name[1]} = "Too short."')).to_contain_text("Not yet.")
        expect(answer.locator(".live-mark")).to_have_text("Tried")
        verdict = check(answer, solutions[task.id]["code"])
        expect(verdict.locator("[data-status=right]")).to_have_count(1)
        expect(answer.locator(".live-mark")).to_have_text("Solved")


def test_a_later_cell_first_runs_what_it_needs(page, site):
    visit(page, site.url)
    last = cell(page, "Exercise 04.5")
    last.scroll_into_view_if_needed()
    run(last, "table = peru.head(3)\ntable")
    expect(last.locator(".live-output table tbody tr")).to_have_count(3)
    # the setup ran and shows its own result, tasks that are not needed did not run
    expect(cell(page, "Setup 2").locator(".live-output")).to_be_visible()
    expect(cell(page, "Exercise 04.1").locator(".live-output")).to_be_hidden()


def test_an_answer_above_runs_first_when_its_name_is_used(page, site):
    visit(page, site.url)
    first, second = cell(page, "Exercise 04.1"), cell(page, "Exercise 04.2")
    write(first, "new_coca = 41")
    run(second, "new_coca + 1")
    expect(second.locator(".live-output")).to_have_text("42")
    write(first, "new_coca = missing")
    run(second, None, "which gave an error: Line 1: NameError")
    expect(first.locator(".live-error")).to_be_visible()


def test_the_solution_is_fetched_on_request_and_only_then(page, site):
    requests = []
    page.on("request", lambda request: requests.append(request.url))
    visit(page, site.url)
    answer = cell(page, "Exercise 04.1")
    press(answer, "Show solution")
    press(answer, "Show it before trying?")
    solutions = json.loads((site.root / "_static/solutions/04.json").read_text("utf-8"))
    expect(answer.locator(".live-solution pre")).to_have_text(solutions["04.1"]["code"])
    assert [url for url in requests if "solutions" in url] == [
        f"{site.url}/_static/solutions/04.json"
    ]


# What a cell shows ----------------------------------------------------------------------------


def test_outputs_come_as_jupyter_shows_them_and_errors_as_text(page, site):
    visit(page, site.url)
    answer = cell(page, "Exercise 04.1")
    run(answer, "print('first')\ncolombia.head(2)")
    expect(answer.locator(".live-output pre")).to_have_text("first")
    expect(answer.locator(".live-output table")).to_be_visible()
    run(answer, "colombia['area_ha'].plot();")
    expect(answer.locator(".live-output svg")).to_be_visible()
    run(answer, "x = 1\ncolombia['<img src=x onerror=alert(1)>']", r"^Error in line 2\.$")
    expect(answer.locator(".live-error-short")).to_contain_text("Line 2: KeyError: '<img src=x")
    expect(answer.locator(".live-output img")).to_have_count(0)
    expect(answer.locator(".cm-line.live-marked")).to_have_count(1)
    expect(answer.locator(".live-error pre")).to_be_hidden()
    write(answer, "x = 2")
    expect(answer.locator(".cm-line.live-marked")).to_have_count(0)


def test_markup_made_by_a_cell_cannot_act(page, site, faults):
    visit(page, site.url)
    answer = cell(page, "Exercise 04.1")
    html = (
        "<p onclick='acted = 1'>kept</p><script>acted = 1</script><img src=x onerror='acted = 1'>"
        "<a href='javascript:acted = 1'>link</a><style>*{color:red}</style>"
        "<p style='background:url(//elsewhere.example/x)'></p><svg onload='acted = 1'></svg>"
        "<iframe srcdoc='x'></iframe><form action='x'></form>"
        "<script type='application/json'>no data</script>"
    )
    run(answer, f'class Odd:\n    def _repr_html_(self):\n        return """{html}"""\nOdd()')
    shown = answer.locator(".live-out-html")
    expect(shown.locator("p").first).to_have_text("kept")
    assert shown.inner_html() == ("<p>kept</p><img><a>link</a><p></p><svg></svg>")
    assert page.evaluate("typeof acted") == "undefined"
    only_the_policy_spoke(faults)  # a second wall behind the first


def test_an_explorer_made_in_a_live_cell_moves_and_its_frames_are_cleaned(page, site, faults):
    visit(page, site.url)
    answer = cell(page, "Exercise 04.1")
    code = """
import json
from course.explorers import Control, Explorer
from course.figures import new
def model(size):
    canvas, axes = new(2, 2)
    axes.plot([0, size])
    return canvas, f"Reading {size}"
explorer = Explorer(model, [Control("size", [1, 2, 3], "Size")], title="Odd sizes", source="none")
text = explorer._repr_html_().replace("Odd", "<b onclick='acted = 1'>Odd</b>")
text = text.replace("stroke-linejoin", "onload='acted = 1' data-join")
start, rest = text.split('json">')
data, end = rest.split("</script>")
data = json.loads(data)  # to every frame one tag more, harmless in its two pieces apart
data["pieces"] += ["<image href='data:,' oner", "ror='acted = 1'></image>"]
added = [len(data["pieces"]) - 2, len(data["pieces"]) - 1]
data["frames"] = [[*frame[:-1], *added, frame[-1]] for frame in data["frames"]]
data = json.dumps(data).replace("</", "<\\\\/")
explorer._repr_html_ = lambda: f'{start}json">{data}</script>{end}'
explorer
"""
    run(answer, code)
    figure = answer.locator(".course-explorer")
    expect(figure.locator(".reading")).to_have_text("Reading 1")
    before = figure.locator(".frame").inner_html()
    figure.get_by_role("slider", name="Size").press("ArrowRight")
    expect(figure.locator(".reading")).to_have_text("Reading 2")
    assert figure.locator(".frame").inner_html() != before
    assert figure.locator(".frame image").count() == 1  # it came, and cannot act
    assert figure.locator("[onload], [onclick], [onerror]").count() == 0
    assert page.evaluate("typeof acted") == "undefined"
    only_the_policy_spoke(faults)


def test_a_cell_to_try_in_a_lesson_replaces_what_the_book_printed(page, site):
    visit(page, site.url, f"notebooks/{SLUG}.html")
    live = page.locator(".cell.tag_try.live").first
    name = live.locator(".live-bar").get_attribute("aria-label")
    assert live.locator(".cell_output").count() == 1
    live.scroll_into_view_if_needed()
    run(cell(page, name), None)
    assert live.locator(".cell_output").count() == 0
    expect(live.locator(".live-output table")).to_be_visible()


# Starting, stopping, crashing -----------------------------------------------------------------


def test_python_is_fetched_when_a_cell_comes_near_and_not_before(page, site):
    requests = []
    page.on("request", lambda request: requests.append(request.url))
    page.set_viewport_size({"width": 900, "height": 300})
    visit(page, site.url, f"notebooks/{SLUG}.html")
    page.wait_for_timeout(500)
    assert not [url for url in requests if "/runtime/" in url or "/editor-" in url]
    page.locator(".cell.tag_try.live").first.scroll_into_view_if_needed()
    says(page.locator(".cell.live", has_text="Ready").first, r"^Ready$")
    loaded = [url for url in requests if "/runtime/" in url]
    assert loaded and not [url for url in loaded if "ipython" in url or "jedi" in url]


def test_who_saves_data_starts_python_by_hand(chromium, site):
    context = chromium.new_context()
    context.add_init_script(
        "Object.defineProperty(navigator, 'connection', {value: {saveData: true}})"
    )
    page = context.new_page()
    requests = []
    page.on("request", lambda request: requests.append(request.url))
    visit(page, site.url)
    answer = cell(page, "Exercise 04.1")
    answer.scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    assert not [url for url in requests if "/runtime/" in url or "/editor-" in url]
    press(answer, "Edit")
    expect(answer.locator(".cm-content")).to_be_focused()
    assert not [url for url in requests if "/runtime/" in url]
    run(answer, "1 + 1")
    context.close()


@pytest.mark.parametrize("isolated", [True, False])
def test_an_endless_loop_is_stopped_with_text_and_names_kept(page, site, isolated):
    """On localhost Python is interrupted; on a school's server it starts anew and replays."""
    visit(page, site.url if isolated else site.school_url)
    first, second = cell(page, "Exercise 04.1"), cell(page, "Exercise 04.2")
    run(first, "import random\nseed = random.random()\nseed")
    seed = first.locator(".live-output").inner_text()
    loop = "while True:\n    pass"
    write(second, loop)
    press(second, "Run")
    says(second, r"^Running…$")
    assert page.evaluate("1 + 1") == 2  # the page stays responsive
    page.wait_for_timeout(500)
    press(second, "Stop")
    says(second, r"^Stopped\. Your text is kept\.$", timeout=10_000)
    assert text_of(second) == loop
    assert page.evaluate("crossOriginIsolated") is isolated
    run(second, "seed")
    assert (second.locator(".live-output").inner_text() == seed) is isolated


def test_after_a_crash_python_starts_anew_and_the_text_stays(chromium, site):
    page = chromium.new_page()
    visit(page, site.url)
    answer = cell(page, "Exercise 04.1")
    crash = "import os\nos.abort()"
    run(answer, "kept = 41")
    run(answer, crash, r"^Python stopped: .* Your text is kept")
    assert text_of(answer) == crash
    run(answer, "40 + 2")
    expect(answer.locator(".live-output")).to_have_text("42")
    page.close()


def test_neither_page_nor_python_can_reach_another_host(page, site, faults):
    """Every test here runs under the served policy; this one tries to get past it."""
    visit(page, site.url)
    answer = cell(page, "Exercise 04.1")
    elsewhere = "http://elsewhere.example/"
    asked = "url => fetch(url, {mode: 'no-cors'}).then(() => 'reached', () => 'refused')"
    assert page.evaluate(asked, elsewhere) == "refused"
    request = f"XMLHttpRequest.new()\nask.open('GET', '{elsewhere}', False)\nask.send()"
    run(answer, f"from js import XMLHttpRequest\nask = {request}", r"^Error in line 4\.$")
    only_the_policy_spoke(faults)


def only_the_policy_spoke(faults) -> None:
    """Hold that the browser complains of what its policy blocked and of nothing else."""
    stopped = [fault.split()[1] for fault in faults.found if fault.endswith(" csp")]
    spoke = ("Content Security Policy", *stopped)
    assert [fault for fault in faults.found if not any(word in fault for word in spoke)] == []
    faults.found.clear()


def test_works_without_the_network_once_loaded(page, site, faults):
    visit(page, site.url)
    answer = cell(page, "Exercise 04.1")
    run(answer, "1 + 1")
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    run(answer, "colombia['area_ha'].max()")
    expect(check(answer, "new_coca = 1")).to_contain_text("Wrong.")
    expect(answer.locator(".live-mark")).to_have_text("Tried")


# Keyboard, screens, weight --------------------------------------------------------------------


ENTER_AND_ESCAPE = """editor => {
  editor.focus();
  editor.dispatchEvent(new KeyboardEvent("keydown", {key: "Escape", keyCode: 27, bubbles: true}));
}"""


def test_a_keyboard_is_enough(page, site):
    visit(page, site.url)
    answer = cell(page, "Exercise 04.1")
    answer.scroll_into_view_if_needed()
    editor = answer.get_by_role(
        "textbox",
        name="Exercise 04.1. Shift+Enter runs; Escape, then Tab, leaves the editor",
    )
    expect(editor).to_be_visible()
    expect(editor).not_to_be_focused()
    editor.focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("6 * 7")
    page.keyboard.press("Shift+Enter")
    says(answer, r"^Done\.$")
    expect(answer.locator(".live-output")).to_have_text("42")
    assert text_of(answer) == "6 * 7"
    page.keyboard.press("Tab")  # indents
    assert text_of(answer).strip() != text_of(answer)
    expect(editor).to_be_focused()
    page.keyboard.press("Escape")
    page.wait_for_timeout(2_500)  # there is no hurry
    page.keyboard.press("Tab")
    expect(answer.get_by_role("button", name="Run")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(editor).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("Shift+Tab")
    expect(editor).not_to_be_focused()
    editor.evaluate(ENTER_AND_ESCAPE)  # at once, before the editor has noticed that it is entered
    page.wait_for_timeout(200)
    page.keyboard.press("Tab")
    expect(answer.get_by_role("button", name="Run")).to_be_focused()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_used_cells_and_progress_have_no_accessibility_fault_at_390_pixels(page, site, theme):
    page.set_viewport_size({"width": 390, "height": 800})
    page.add_init_script(f"localStorage.setItem('course:/:theme', '{theme}')")
    visit(page, site.url)
    first, second = cell(page, "Exercise 04.1"), cell(page, "Exercise 04.2")
    check(first, "new_coca = colombia.loc[2016, 'area_ha'] + 1\nthree.T")
    run(second, "# a comment\nlong = 'text' * 30\nlong + 1", "^Error")
    press(second, "Reset")
    press(second, "Show solution")
    faults = axe(page)
    assert page.evaluate("document.documentElement.dataset.theme") == theme
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.goto(f"{site.url}/book/progress.html")
    expect(page.locator(".progress-list li").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert faults + axe(page) == []


def test_the_loader_is_small(site):
    """What every page fetches, before a live cell starts."""
    folder = site.root / "_static" / "live"
    entry = (folder / "live.js").read_text("utf-8")
    chunks = {name for name in re.findall(r"[\w-]+\.js", entry) if name.startswith("chunk-")}
    files = [folder / "live.js", folder / "live.css", *(folder / name for name in chunks)]
    assert sum(len(gzip.compress(path.read_bytes())) for path in files) < 14_400


# Nothing is lost ------------------------------------------------------------------------------


def test_a_reload_keeps_text_and_status(page, site):
    visit(page, site.url)
    answer = cell(page, "Exercise 04.1")
    check(answer, "new_coca = 1  # mine")
    page.reload()
    answer.scroll_into_view_if_needed()
    expect(answer.locator(".cm-content")).to_have_text("new_coca = 1  # mine")
    expect(answer.locator(".live-mark")).to_have_text("Tried")


def test_a_task_that_changed_since_keeps_both_and_asks(page, site):
    old = {"text": "new_coca = 7", "version": "0", "saved": 1, "status": "done", "solved": "0"}
    keep(page.context, {"04.1": old})
    visit(page, site.url)
    answer = cell(page, "Exercise 04.1")
    expect(answer.locator(".live-mark")).to_have_text("Solved in an earlier version")
    expect(answer.locator(".live-notice")).to_contain_text("has changed since")
    answer.scroll_into_view_if_needed()
    expect(answer.locator(".cm-content")).to_have_text("new_coca = 7")
    press(answer, "Start from the new task")
    expect(answer.locator(".cm-content")).to_contain_text("new_coca = ____")
    press(answer, "Show the other text")
    expect(answer.locator(".cm-content")).to_have_text("new_coca = 7")
    assert kept(page, "04.1")["version"] == "0"
    press(answer, "Keep my text")
    assert kept(page, "04.1")["version"] == "1"
    page.reload()
    expect(answer.locator(".cm-content")).to_have_text("new_coca = 7")
    expect(answer.get_by_role("button", name="Start from the new task")).to_have_count(0)


def test_two_tabs_keep_both_texts(page, site):
    visit(page, site.url)
    here = cell(page, "Exercise 04.1")
    other = page.context.new_page()
    visit(other, site.url)
    there = cell(other, "Exercise 04.1")
    write(here, "new_coca = 1")
    expect(there.locator(".live-notice")).to_contain_text("Another tab")
    write(there, "new_coca = 2")
    entry = kept(other, "04.1")
    assert entry["text"] == "new_coca = 2"
    assert [one["text"] for one in entry["others"]] == ["new_coca = 1"]
    expect(here.locator(".live-notice")).to_contain_text("Another tab")
    expect(here.locator(".cm-content")).to_have_text("new_coca = 1")
    press(here, "Show the other text")
    expect(here.locator(".cm-content")).to_have_text("new_coca = 2")
    press(here, "Keep only this text")
    entry = kept(page, "04.1")
    assert (entry["text"], entry["others"]) == ("new_coca = 2", [])


def test_reset_brings_the_start_back_and_keeps_the_text(page, site):
    visit(page, site.url)
    answer = cell(page, "Exercise 04.1")
    write(answer, "new_coca = 3")
    press(answer, "Reset")
    expect(answer.locator(".cm-content")).to_contain_text("new_coca = ____")
    press(answer, "Show the other text")
    expect(answer.locator(".cm-content")).to_have_text("new_coca = 3")


@pytest.mark.parametrize("fault", ["full", "refused"])
def test_without_storage_there_is_a_notice_and_a_file(page, site, fault):
    full = (
        "void (Storage.prototype.setItem ="
        " () => { throw new DOMException('', 'QuotaExceededError') })"
    )
    refused = (
        "void Object.defineProperty(window, 'localStorage',"
        " {get() { throw new DOMException('', 'SecurityError') }})"
    )
    visit(page, site.url)  # the theme has had its storage
    page.evaluate({"full": full, "refused": refused}[fault])
    answer = cell(page, "Exercise 04.1")
    write(answer, "new_coca = 4")
    expect(answer.locator(".live-notice")).to_contain_text("does not keep your work")
    press(answer, "Reset")
    expect(answer.locator(".live-notice")).to_contain_text("does not keep your work")
    write(answer, "new_coca = 4")
    with page.expect_download() as download:
        press(answer, "Save my work to a file")
    saved = json.loads(download.value.path().read_text("utf-8"))
    assert saved["entries"]["04.1"]["text"] == "new_coca = 4"
    run(answer)


# The progress page ----------------------------------------------------------------------------


def entry(text: str, status: str = "tried", **more) -> dict:
    return {"text": text, "version": "1", "saved": 5, "status": status, "others": [], **more}


def keep(context: BrowserContext, entries: dict[str, dict]) -> None:
    texts = {f"course:/:work:{key}": json.dumps(value) for key, value in entries.items()}
    context.add_init_script(
        "if (!localStorage.getItem('seeded')) { localStorage.setItem('seeded', 1);"
        f"Object.assign(localStorage, {json.dumps(texts)}) }}"
    )


def upload(page: Page, content: str | bytes) -> None:
    data = content.encode() if isinstance(content, str) else content
    file = {"name": "work.json", "mimeType": "application/json", "buffer": data}
    page.get_by_label("File of saved work").set_input_files(files=[file])


def test_progress_lists_done_tried_and_open(page, site):
    keep(
        page.context,
        {
            "04.1": entry("a", "done", solved="1"),
            "04.2": entry("b", "done", solved="0"),
            "04.3": entry("c"),
            "99.9": entry("of a task that is gone", "done", solved="1"),
        },
    )
    page.goto(f"{site.url}/book/progress.html")
    tasks = json.loads((site.root / "_static/tasks.json").read_text("utf-8"))
    expect(page.locator(".progress-total")).to_have_text(
        f"2 of {len(tasks)} tasks done, 1 tried, {len(tasks) - 3} open."
    )
    rows = page.locator(".progress-list li")
    expect(rows.filter(has_text="04.1")).to_contain_text("Done")
    expect(rows.filter(has_text="04.2")).to_contain_text("the task has changed since")
    expect(rows.filter(has_text="04.3")).to_contain_text("Tried")
    rows.filter(has_text="04.1").get_by_role("link").click()
    expect(page).to_have_url(re.compile(r"#task-04-1$"))
    expect(cell(page, "Exercise 04.1").locator(".cm-content")).to_be_in_viewport()


def test_work_travels_as_a_file_and_is_forgotten_on_request(page, site):
    keep(page.context, {"04.1": entry("mine <b>", "done", solved="1")})
    page.goto(f"{site.url}/book/progress.html")
    field, save = page.locator(".progress-code"), page.get_by_role("button", name="Save my work")
    field.fill("Ana")
    save.click()
    expect(page.locator(".progress-says")).to_contain_text("This is no code")
    field.fill("k7m2")
    with page.expect_download() as download:
        save.click()
    assert download.value.suggested_filename == "course-work-K7M2.json"
    saved = download.value.path().read_text("utf-8")
    assert json.loads(saved)["code"] == "K7M2"
    assert "K7M2" not in page.evaluate("JSON.stringify(localStorage)")
    expect(field).to_have_value("")
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.get_by_role("button", name="erase my work").click()
    assert kept(page, "04.1")
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="erase my work").click()
    expect(page.locator(".progress-total")).to_contain_text("0 of")
    assert kept(page, "04.1") is None
    upload(page, saved)
    expect(page.locator(".progress-says")).to_have_text("1 text loaded.")
    expect(page.locator(".progress-total")).to_contain_text("1 of")
    assert kept(page, "04.1")["text"] == "mine <b>"


def test_a_loaded_file_does_not_overwrite(page, site):
    keep(page.context, {"04.1": entry("mine", "done", solved="1")})
    page.goto(f"{site.url}/book/progress.html")
    theirs = entry("theirs") | {"saved": 6}
    upload(page, json.dumps({"format": "course-work", "entries": {"04.1": theirs}}))
    expect(page.locator(".progress-says")).to_have_text("1 text loaded.")
    both = kept(page, "04.1")
    assert (both["text"], both["status"]) == ("theirs", "done")
    assert [other["text"] for other in both["others"]] == ["mine"]


def test_a_file_that_is_not_saved_work_is_refused(page, site):
    page.goto(f"{site.url}/book/progress.html")
    for content, reason in [
        ("no json", "not a file of saved work"),
        ('{"format": "else"}', "not a file of saved work"),
        ('{"format": "course-work", "entries": null}', "not a file of saved work"),
        (b" " * 4_000_001, "too large"),
    ]:
        upload(page, content)
        expect(page.locator(".progress-says")).to_contain_text("Nothing was loaded: this")
        expect(page.locator(".progress-says")).to_contain_text(reason)


def test_what_a_file_carries_is_checked_and_stays_text(page, site):
    evil = "<img src=x onerror='acted = 1'>"
    entries = {
        "04.1": entry(evil),
        f"04.2{evil}": entry("a bad name"),
        "04.3": entry("x", status=evil),
        "04.4": {"text": 5},
        "04.5": entry("y" * 60_000),
        "04.6": entry("z", others=[{"text": 1}], more=evil),
    }
    page.goto(f"{site.url}/book/progress.html")
    upload(page, json.dumps({"format": "course-work", "entries": entries}))
    # a text that is too long to be kept is not thrown away before the page is left
    expect(page.locator(".progress-says")).to_contain_text(
        "3 texts loaded. This browser cannot keep"
    )
    assert kept(page, "04.5") is None
    names = {"text", "version", "saved", "status", "others", "unseen"}
    assert set(kept(page, "04.6")) == names
    assert kept(page, "04.6")["others"] == []
    visit(page, site.url)
    answer = cell(page, "Exercise 04.1")
    answer.scroll_into_view_if_needed()
    expect(answer.locator(".cm-content")).to_have_text(evil)
    assert page.evaluate("typeof acted") == "undefined"
