"""The built site as files: no solution, no source map, nothing that asks another host."""

import gzip
import importlib
import json
import re
import zipfile
from pathlib import Path

import nbformat
import pytest

from tools.common.paths import ROOT, SITE, exercises
from tools.content.stage import split_solution

TEXT = {".html", ".js", ".mjs", ".css", ".json", ".ipynb", ".txt", ".md", ".py", ".csv", ".svg"}


def files() -> list[tuple[str, str]]:
    """Return the name and text of every file of the site but the solutions, wheels opened."""
    found = []
    for path in sorted(SITE.rglob("*")):
        name = path.relative_to(SITE).as_posix()
        if not path.is_file() or name.startswith("_static/solutions/"):
            continue
        if path.suffix == ".whl" and path.name.startswith("course-"):
            with zipfile.ZipFile(path) as wheel:
                found += [
                    (f"{name}!{inner}", wheel.read(inner).decode("utf-8", "ignore"))
                    for inner in wheel.namelist()
                ]
        elif path.parent.parent.name == "pagefind":  # the index of the search, compressed
            found.append((name, gzip.decompress(path.read_bytes()).decode("utf-8", "ignore")))
        elif path.suffix in TEXT:
            found.append((name, path.read_text("utf-8", "ignore")))
    return found


@pytest.fixture(scope="module")
def site() -> list[tuple[str, str]]:
    if not (SITE / "index.html").exists():
        pytest.fail("the site is not built: run `make book` first")
    return [(name, squeezed(text)) for name, text in files()]


def squeezed(text: str) -> str:
    """Return only the letters: as text, as HTML and inside JSON the same words look different."""
    return re.sub(r"&\w+;|&#\d+;|\\n|<[^>]*>|[\W_]+", "", text)


def secrets(path: Path) -> list[str]:
    """Return what only the solutions of an exercise say: their code as a whole, and the reasons.

    So too of the turns in its lesson.
    """
    tasks = importlib.import_module(f"course.tasks.lesson{path.stem[:2]}").TASKS
    hints = squeezed(" ".join(hint for task in (*tasks, *tasks.turns) for hint in task.hints))
    found = []
    lesson = ROOT / "notebooks" / path.name
    for cell in [c for one in (path, lesson) for c in nbformat.read(one, as_version=4).cells]:
        tags = cell.metadata.get("tags", [])
        if "answer" in tags:
            blocks = split_solution(cell.source, cell.metadata["task"])
            found += [
                "\n".join(line for line in lines if not line.startswith("#~"))
                for inside, lines in blocks
                if inside
            ]
        elif "why" in tags:
            found += [line for line in cell.source.splitlines() if len(line) > 30]
    # the second hint of an easy task may be all of its solution
    return [secret for secret in found if squeezed(secret) not in hints]


@pytest.mark.parametrize("path", exercises(), ids=lambda path: path.stem)
class TestSolutions:
    def test_they_are_fetched_on_request(self, path):
        solutions = json.loads((SITE / f"_static/solutions/{path.stem[:2]}.json").read_text())
        for solution in solutions.values():
            assert solution["code"]
            assert solution["why"]

    def test_they_are_nowhere_else(self, path, site):
        words = {squeezed(secret): secret for secret in secrets(path)}
        assert len(words) >= 5
        leaks = [
            f"{name}: {secret}"
            for name, text in site
            for word, secret in words.items()
            if word in text
        ]
        assert leaks == []


def test_what_the_search_finds_is_read_too(site):
    """A sentence of a lesson stands in the index as well, so that a solution would be found."""
    sentence = squeezed("Civilians had a decisive part in that defeat")
    places = {name.split("/")[0] for name, text in site if sentence in text}
    assert {"book", "pagefind"} <= places


def test_slides_are_not_in_the_index(site):
    indexed = [text for name, text in files() if name.startswith("pagefind/fragment/")]
    urls = {json.loads(text.partition("{")[1] + text.partition("{")[2])["url"] for text in indexed}
    assert {url.split("/")[1] for url in urls} == {"book", "notebooks", "exercises"}
    assert len(urls) == len(indexed)


def test_the_status_page_says_what_a_search_fetches():
    text = (SITE / "book/status.html").read_text("utf-8")
    assert re.search(r"\d+ pages were indexed in [\d.]+ s, into [\d,]+ KB", text)


def test_each_lesson_says_what_it_is_elsewhere_and_how_it_is_cited():
    lessons = sorted((SITE / "notebooks").glob("*.html"))
    assert len(lessons) >= 15
    for path in lessons:
        text = path.read_text("utf-8")
        assert re.search(r'<meta name="description" content="[^"]{50,210}">', text), path.name
        picture = re.search(r'<meta property="og:image" content="[^"]*_static/([^"]+)">', text)
        assert (SITE / "_static" / picture[1]).read_bytes().startswith(b"\x89PNG")
        assert f"Lesson {path.name[:2]} of <cite>" in text


def test_each_figure_has_its_number_its_rows_and_its_tables():
    figure = re.compile(r'<figure [^>]*class="course-(?:figure|explorer)".*?</figure>', re.DOTALL)
    found = [
        (f"{path.relative_to(SITE)}: {shown[:80]}", shown)
        for folder in ("notebooks", "exercises", "book")
        for path in sorted((SITE / folder).rglob("*.html"))
        for shown in figure.findall(path.read_text("utf-8"))
    ]
    assert len(found) > 60
    for name, shown in found:
        assert re.search(r'data-name="Figure [\w.]*\d"', shown), name
        assert 'class="figure-data"' in shown, name
        line = shown.split('class="figure-line"')[1]
        is_made_up = re.search(r"(?i)assum|simulat|computed|no data", shown.split("<script")[0])
        assert "table-" in line or is_made_up, name


def test_no_source_map_is_shipped():
    assert [path.name for path in SITE.rglob("*.map")] == []


def test_no_page_names_another_host_for_what_it_loads():
    loads = re.compile(r"""<(?:script|link|img|iframe)\b[^>]*?(?:src|href)=["'](https?:)?//""")
    pages = [(name, text) for name, text in files() if name.endswith(".html")]
    found = [
        f"{name}: {match.group()}"
        for name, text in pages
        for match in loads.finditer(text)
        if 'rel="license"' not in match.group()
    ]
    assert found == []


def test_a_citation_leads_to_the_only_work_of_its_name():
    cited = re.compile(
        r'<a [^>]*href="[^"]*\bbibliography\.html#([^"]+)"[^>]*>(.*?)</a>', re.DOTALL
    )
    works: dict[str, set[str]] = {}
    for name, text in files():
        if name.endswith(".html"):
            for key, inside in cited.findall(text):
                works.setdefault(re.sub(r"<[^>]*>|\s+", " ", inside).strip(), set()).add(key)
    named = {text: keys for text, keys in works.items() if re.search(r", \d{4}[a-z]?$", text)}
    assert len(named) > 100
    assert {text: keys for text, keys in named.items() if len(keys) > 1} == {}
