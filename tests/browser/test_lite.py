"""JupyterLite in Chromium: from a click on a page to work that survives a reload."""

import json
import re
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from hosts import host
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser

SLUG = "04-eradication-and-replanting"
LESSON, EXERCISE = f"notebooks/{SLUG}", f"exercises/{SLUG}"
TASK = "04.1"
START = 90_000  # milliseconds that Python may take to start on a slow machine
RAW = re.compile(r"(^|[^`])\{[a-z:]+\}`|^:{3,}|^`{3,}\{", re.MULTILINE)


# Saying what a student does -------------------------------------------------------------------


def open_from(page: Page, url: str) -> None:
    """Go to a page of the book, click through to JupyterLite and wait for its Python.

    A run that is asked for before there is a kernel, JupyterLite drops.
    """
    page.goto(url)
    page.get_by_role("link", name="Open in JupyterLite").click()
    expect(page.locator(".jp-Notebook .jp-Cell").first).to_be_visible(timeout=START)
    # without a kernel the indicator says idle, too
    expect(page.locator(".jp-Toolbar-kernelName")).to_have_text("Python (Pyodide)", timeout=START)
    idle = page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]")
    expect(idle).to_be_visible(timeout=START)


def run_all(page: Page) -> None:
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()


def wait_until_idle(page: Page) -> None:
    """Wait until no cell is running and every code cell has run."""
    page.wait_for_function(
        """() => {
            const prompts = [...document.querySelectorAll(".jp-CodeCell .jp-InputPrompt")];
            return prompts.length && prompts.every((p) => /^\\[\\d+\\]:$/.test(p.textContent));
        }""",
        timeout=START,
    )


def code_cell(page: Page, text: str) -> Locator:
    return page.locator(".jp-CodeCell").filter(has=page.locator(".jp-InputArea", has_text=text))


def write(cell: Locator, text: str) -> None:
    """Replace the text of a cell and run it."""
    cell.locator(".cm-content").click()
    cell.page.keyboard.press("Control+A")
    cell.page.keyboard.insert_text(text)
    cell.page.keyboard.press("Shift+Enter")


def kept(page: Page, path: str) -> dict | None:
    """Return the copy of a notebook that JupyterLite has saved in the browser."""
    return page.evaluate(
        """async (path) => {
            const done = (request) =>
                new Promise((good, bad) => {
                    request.onsuccess = () => good(request.result);
                    request.onerror = bad;
                });
            const name = `JupyterLite Storage - ${new URL("../", location.href).pathname}`;
            const database = await done(indexedDB.open(name));
            const file = await done(database.transaction("files").objectStore("files").get(path));
            database.close();
            return file?.content;
        }""",
        path,
    )


def wait_until_kept(page: Page, path: str, whole: Callable[[list[dict]], bool]) -> None:
    """Wait until JupyterLite has saved, by itself, what is wanted of the code cells."""
    for _ in range(120):  # after a slow save it waits ten times as long as that one took
        notebook = kept(page, path) or {"cells": []}
        if whole([cell for cell in notebook["cells"] if cell["cell_type"] == "code"]):
            return
        page.wait_for_timeout(1000)
    dialogs = page.locator(".jp-Dialog").all_inner_texts()
    sources = [cell["source"] for cell in notebook["cells"] if cell["cell_type"] == "code"]
    pytest.fail(f"{path} was not saved as wanted; dialogs: {dialogs}; kept: {sources}")


def alt_texts(cell: Locator) -> list[str]:
    return [picture.get_attribute("aria-label") for picture in cell.locator("svg[role=img]").all()]


def faults_shown(page: Page) -> list[str]:
    errors = (
        "[data-mime-type='application/vnd.jupyter.error'], .jp-RenderedText[data-mime-type*=err]"
    )
    return page.locator(errors).all_inner_texts()


# The tests ------------------------------------------------------------------------------------


def test_a_lesson_runs_as_a_school_server_gives_it(page: Page, site):
    """Plain http and no name that a browser trusts: no service worker, no file drive."""
    open_from(page, f"{site.school_url}/{LESSON}.html")
    assert not page.evaluate("isSecureContext")

    # before anything runs, the stored explorer shows and moves by keyboard
    explorer = page.locator(".course-explorer")
    explorer.scroll_into_view_if_needed(timeout=START)
    expect(explorer.locator("svg[role=img]")).to_be_visible()
    first = explorer.locator(".reading").text_content()
    explorer.get_by_role("slider").first.press("ArrowRight")
    expect(explorer.locator(".reading")).not_to_have_text(first)

    run_all(page)
    table = page.locator(".jp-OutputArea table.dataframe").first
    expect(table).to_be_visible(timeout=START)
    wait_until_idle(page)
    assert faults_shown(page) == []

    # with a kernel it is made of widgets, and each move is computed
    cell = code_cell(page, "Explorer(").filter(has=page.locator(".jupyter-widgets"))
    slider = cell.get_by_role("slider").first
    slider.scroll_into_view_if_needed()
    seen = [alt_texts(cell)]
    for _ in range(2):
        slider.press("ArrowRight")
        page.wait_for_function(
            "([cell, old]) => cell.querySelector('svg[role=img]').ariaLabel !== old",
            arg=[cell.element_handle(), seen[-1][0]],
            timeout=START,
        )
        seen.append(alt_texts(cell))
    assert len({picture for (picture,) in seen}) == 3
    assert page.locator(".jp-Dialog").count() == 0
    assert page.title() == f"{SLUG} · lesson"

    # what has run is still there after a reload, without the kernel that made it
    wait_until_kept(
        page,
        f"{LESSON}.ipynb",
        lambda cells: cells and all(cell["execution_count"] for cell in cells),
    )
    page.reload()
    explorer = page.locator(".course-explorer")
    explorer.scroll_into_view_if_needed(timeout=START)
    expect(explorer.locator("svg[role=img]")).to_be_visible()


@pytest.mark.parametrize("how", ["Shift+Enter", "button", "Run All Cells"])
def test_a_run_that_comes_before_python_is_held_and_given(page: Page, site, how):
    """JupyterLite drops it, and a newcomer's first Shift+Enter does nothing."""
    asked = threading.Event()

    def held(handler) -> bool:
        if handler.path.endswith(".wasm"):
            asked.wait(timeout=START / 1000)
        return False

    with host(site.root, held) as base:
        page.goto(f"{base}/lite/notebooks/index.html?path={EXERCISE}.ipynb")
        page.locator(".jp-CodeCell .cm-content").first.click(timeout=START)
        waiting = page.get_by_role("status").filter(has_text="Python is starting")
        expect(waiting).to_have_text("Python is starting. On a slow line this takes minutes, once.")
        if how == "button":
            page.locator("[data-command='notebook:run-cell-and-select-next']").first.click()
        elif how == "Run All Cells":
            run_all(page)
        else:
            page.keyboard.press(how)
            page.keyboard.press(how)
        expect(waiting).to_have_text(re.compile("as soon as it is there"))
        asked.set()
        cells = {"button": 1, "Shift+Enter": 2, "Run All Cells": 8}[how]
        have_run = page.locator(".jp-CodeCell .jp-InputPrompt").filter(has_text=re.compile(r"\d"))
        expect(have_run.nth(cells - 1)).to_be_visible(timeout=START)
        expect(waiting).to_have_count(0)
        page.wait_for_timeout(1_000)
        assert how == "Run All Cells" or have_run.count() == cells


def test_a_solved_task_survives_a_reload_until_it_is_reset(page: Page, site):
    lesson_page = f"{site.url}/{EXERCISE}.html"
    solutions = json.loads((site.root / "_static/solutions/04.json").read_text("utf-8"))
    solution = solutions[TASK]["code"]
    reset = page.locator("button[data-reset-lite]")
    page.goto(lesson_page)
    expect(reset).to_be_hidden()  # there is nothing to reset yet

    open_from(page, lesson_page)
    check = code_cell(page, f'check("{TASK}"')
    answer = check.locator("xpath=preceding-sibling::*[1]")
    expect(answer).to_contain_text("...")
    run_all(page)
    verdict = check.locator(".verdict")
    expect(verdict).to_contain_text("Not yet", timeout=START)
    write(answer, solution)
    page.keyboard.press("Shift+Enter")
    expect(verdict).to_contain_text("Right", timeout=START)
    wait_until_kept(
        page,
        f"{EXERCISE}.ipynb",
        lambda cells: (
            any(cell["source"] == solution for cell in cells)
            and any("Right." in str(cell["outputs"]) for cell in cells)
        ),
    )

    page.reload()
    expect(answer).to_contain_text(solution.splitlines()[0], timeout=START)
    expect(verdict).to_contain_text("Right")

    # the reset asks, and JupyterLite, still open, follows
    asked = []
    book = page.context.new_page()
    book.goto(lesson_page)
    reset = book.locator("button[data-reset-lite]")
    book.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    reset.click()
    assert "Delete your copy" in asked[0]
    expect(reset).to_be_visible()
    expect(verdict).to_contain_text("Right")
    book.once("dialog", lambda dialog: dialog.accept())
    reset.click()
    expect(reset).to_be_hidden()
    expect(book.get_by_role("status").filter(has_text="original opens")).to_be_visible()
    expect(answer).to_contain_text("...", timeout=START)
    expect(verdict).to_have_count(0)


def test_what_changes_during_a_save_is_saved_by_the_next(page: Page, site):
    """JupyterLab takes it for saved; the verdict of a slow machine was never kept."""
    open_from(page, f"{site.url}/{EXERCISE}.html")
    page.locator(".jp-CodeCell .cm-content").first.click()
    page.evaluate(
        """() => {
            const { context } = jupyterapp.shell.currentWidget;
            const code = [...context.model.cells].find(({ type }) => type === "code");
            let written = false;
            context.saveState.connect((_, state) => {
                if (state !== "started" || written) return;
                written = true;
                setTimeout(() => code.sharedModel.setSource("# written during a save"), 0);
            });
        }"""
    )
    page.keyboard.insert_text("# the first change ")
    wait_until_kept(
        page,
        f"{EXERCISE}.ipynb",
        lambda cells: any("# written during a save" in cell["source"] for cell in cells),
    )


def test_opening_a_notebook_keeps_nothing(page: Page, site):
    """A copy that holds no work would hide the next version of the lesson."""
    open_from(page, f"{site.url}/{LESSON}.html")
    page.wait_for_timeout(7000)  # longer than JupyterLite waits before it saves
    page.goto(f"{site.url}/{LESSON}.html")
    expect(page.locator("button[data-reset-lite]")).to_be_hidden()


def test_links_lead_to_the_book_and_to_notebooks(page: Page, site):
    open_from(page, f"{site.url}/{LESSON}.html")
    for part, title in [("/book/the-article.html#point-", "article"), (EXERCISE, "")]:
        link = page.locator(f".jp-MarkdownOutput a[href*='{part.split('#')[0]}']").first
        with page.context.expect_page() as opened:
            link.click(timeout=START)
        tab = opened.value
        if title:
            expect(tab).to_have_url(re.compile(re.escape(site.url) + ".*" + re.escape(part)))
            expect(tab).to_have_title(re.compile(title, re.IGNORECASE))
        else:
            expect(tab).to_have_url(f"{site.url}/lite/notebooks/index.html?path={EXERCISE}.ipynb")
            expect(tab.locator(".jp-Notebook .jp-Cell").first).to_be_visible(timeout=START)
        tab.close()


def notebooks_given(root: Path) -> list[Path]:
    return sorted([*root.glob("lite/files/*/*.ipynb"), *root.glob("_static/downloads/*/*.ipynb")])


def test_no_raw_myst_in_what_students_get(site):
    given = notebooks_given(site.root)
    assert len(given) >= 4
    for path in given:
        for cell in json.loads(path.read_text("utf-8"))["cells"]:
            if cell["cell_type"] == "markdown":
                assert not RAW.search("".join(cell["source"])), f"{path.name}: {cell['source']}"


def test_no_source_maps_and_one_python(site):
    """The site carries one runtime, and none of JupyterLite's 50 MB of maps."""
    lite = site.root / "lite"
    assert not [path for path in lite.rglob("*") if path.suffix == ".map"]
    assert not list(lite.rglob("pyodide.mjs"))
    settings = json.loads((lite / "jupyter-lite.json").read_text("utf-8"))
    kernels = settings["jupyter-config-data"]["litePluginSettings"]
    (kernel,) = [value for name, value in kernels.items() if name.endswith(":kernel")]
    assert (lite / kernel["pyodideUrl"]).is_file()
    assert kernel["disablePyPIFallback"] is True
