"""The article in the project: every point is taken up, and no run of its words is copied.

The article itself is not here. Of every run of eight words of it, `article_runs.txt` keeps the
beginning of a digest, so a copied run can be recognised and the text cannot be read.
"""

import ast
import csv
import hashlib
import html
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from course.data import load
from tools.common.paths import ROOT, notebooks

LENGTH, KEPT = 8, 10
RUNS = frozenset((Path(__file__).parent / "article_runs.txt").read_text("utf-8").split())
POINT = re.compile(r"the-article\.md#point-(\d+)")
QUOTED = re.compile(r"“[^”]{1,400}”|\"[^\"\n]{1,400}\"|«[^»]{1,400}»")
PAGES = sorted((ROOT / "book").rglob("*.md"))
TABLES = sorted(path for path in (ROOT / "data").glob("*.csv") if path.name != "sources.csv")
CODE = sorted(
    [
        *(ROOT / "course").rglob("*.py"),
        *(ROOT / "tools").rglob("*.py"),
        *(ROOT / "theme").rglob("*.py"),
    ]
)
TEXTS = sorted(
    [
        *ROOT.glob("*.md"),
        *(ROOT / "data").glob("*.md"),
        *(ROOT / "data").glob("*.json"),
        *(ROOT / "book").glob("*.toml"),
        *(ROOT / "course").rglob("*.toml"),
        *(ROOT / "theme" / "templates").rglob("*.html"),
    ]
)


def digests(text: str) -> Iterator[tuple[str, str]]:
    """Yield the digest of every run of eight words of a text, with the run."""
    words = re.findall(r"[^\W_]+", html.unescape(text).casefold().replace("'", "").replace("’", ""))
    for start in range(len(words) - LENGTH + 1):
        run = " ".join(words[start : start + LENGTH])
        yield hashlib.sha256(run.encode()).hexdigest()[:KEPT], run


def copied(text: str) -> list[str]:
    """Return the runs that a text shares with the article outside quotation marks."""
    outside = QUOTED.sub(" | ", text)
    parts = outside.split(" | ")  # words on both sides of a quotation make no run
    return [run for part in parts for digest, run in digests(part) if digest in RUNS]


def plain(markdown: str) -> str:
    """Return Markdown as it is read: without addresses, roles and tags."""
    text = re.sub(r"\{[\w:]+\}`[^`]*`", "", markdown)
    text = re.sub(r"\]\([^)]*\)", "", text)
    return re.sub(r"<[^>]+>|[*_`|\[\]]", " ", text)


def said(path: Path) -> list[str]:
    """Return the texts of a file that a reader meets."""
    match path.suffix:
        case ".ipynb":
            cells = nbformat.read(path, as_version=4).cells
            return [
                text
                for cell in cells
                for text in (
                    [cell.source] if cell.cell_type == "markdown" else strings(cell.source)
                )
                + list(leaves(cell.metadata))
            ]
        case ".csv":
            with path.open(encoding="utf-8", newline="") as file:
                return [value for row in csv.reader(file) for value in row]
        case ".py":
            return strings(path.read_text("utf-8"))
        case ".toml":
            return list(leaves(tomllib.loads(path.read_text("utf-8"))))
        case ".json":
            return list(leaves(json.loads(path.read_text("utf-8"))))
        case _:
            return [path.read_text("utf-8")]


def leaves(value: object) -> Iterator[str]:
    """Yield every string inside lists and dictionaries, without the quotation marks of JSON."""
    match value:
        case str():
            yield value
        case dict():
            for inner in value.values():
                yield from leaves(inner)
        case list():
            for inner in value:
                yield from leaves(inner)


def strings(code: str) -> list[str]:
    return [
        node.value
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]


def by_name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


# Copied words ------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [*PAGES, *notebooks(), *TABLES, *CODE, *TEXTS], ids=by_name)
def test_no_run_of_eight_words_is_the_articles(path):
    found = [run for text in said(path) for run in copied(plain(text))]
    assert found == [], f"{by_name(path)}: say it in words of your own, or quote it"


def test_the_digests_are_those_of_an_article():
    assert len(RUNS) > 2_000
    assert all(re.fullmatch(rf"[0-9a-f]{{{KEPT}}}", digest) for digest in RUNS)


def test_a_copied_run_is_found_and_a_quoted_one_is_not(monkeypatch):
    run = "one two three four five six seven eight"
    monkeypatch.setitem(globals(), "RUNS", {digest for digest, _ in digests(run)})
    assert copied("They say One, two three; four five SIX seven eight. And more.") == [run]
    assert copied(f"They say “{run}”, and more.") == []
    assert copied("They say one two three four, but five six seven eight.") == []
    assert copied("one two three “or so” four five six seven eight") == []


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.md", "A page. {run}. More.\n"),
        ("table.csv", 'id,note\nx,"He says, {run}"\n'),
        ("tasks.py", 'MESSAGE = "Well: " "{run}"\n'),
        ("brief.toml", 'text = """\nI advise:\n{run}."""\n'),
        ("package.json", '{{"resources": [{{"caveats": ["{run}"]}}]}}'),
    ],
)
def test_a_copied_run_is_found_in_every_kind_of_file(monkeypatch, tmp_path, name, content):
    run = "one two three four five six seven eight"
    monkeypatch.setitem(globals(), "RUNS", {digest for digest, _ in digests(run)})
    path = tmp_path / name
    path.write_text(content.format(run=run), "utf-8")
    assert [found for text in said(path) for found in copied(plain(text))] == [run]


@pytest.mark.parametrize("place", ["prose", "code", "notes", "points"])
def test_a_copied_run_is_found_in_every_part_of_a_notebook(monkeypatch, tmp_path, place):
    run = "one two three four five six seven eight"
    monkeypatch.setitem(globals(), "RUNS", {digest for digest, _ in digests(run)})
    cell = new_code_cell(f'answer = """{run}"""') if place == "code" else new_markdown_cell("Text.")
    if place == "prose":
        cell.source += f" {run}."
    cell.metadata["slide"] = {
        "notes": run if place == "notes" else "Ask.",
        "points": [run if place == "points" else "So."],
    }
    path = tmp_path / "lesson.ipynb"
    nbformat.write(new_notebook(cells=[cell]), path)
    assert [found for text in said(path) for found in copied(plain(text))] == [run]


# Points ------------------------------------------------------------------------------------------


def linked() -> dict[int, list[str]]:
    """Return where each point is linked from: lessons, exercises, pages without code."""
    found: dict[int, list[str]] = {}
    pages = [path for path in PAGES if path.read_text("utf-8").startswith("---\ncourse:")]
    for path in [*notebooks(), *pages]:
        for number in POINT.findall("\n".join(said(path))):
            found.setdefault(int(number), []).append(by_name(path))
    return found


def test_every_point_is_taken_up_somewhere():
    missing = set(load("claims")["point"]) - set(linked())
    assert missing == set(), "points of the article that no lesson and no reading links"


def test_no_link_leads_to_a_point_that_is_not_there():
    beyond = {number: pages for number, pages in linked().items() if number > len(load("claims"))}
    assert beyond == {}


# Notes -------------------------------------------------------------------------------------------


def test_every_claim_has_its_row_of_notes():
    claims, notes = load("claims"), load("claim_notes")
    assert notes["claim_id"].to_list() == claims["claim_id"].to_list()


def test_the_verdicts_fit_the_ledger():
    """What was opened says so where the ledger has a second source, and nowhere else."""
    claims, notes = load("claims"), load("claim_notes")
    both = claims.merge(notes, on="claim_id", suffixes=("", "_opened"))
    says = {
        "agrees": {"yes", "partly"},
        "differs": {"no", "partly"},
        "none_found": {"nothing found"},
        "not_a_figure": {"weighed", "nothing found"},
    }
    wrong = both[[row.says not in says[row.second_source] for row in both.itertuples()]]
    assert wrong["claim_id"].to_list() == []
    alone = both["opened"] == "the article alone"
    assert (alone == (both["source_key_opened"] == "zech2014")).all()
    assert not both.loc[alone, "says"].isin(["yes", "partly", "no"]).any()


def test_a_mark_is_seen_where_its_number_stands():
    notes = load("claim_notes")
    assert (notes["mark"].eq("seen") == notes["note"].notna()).all()
    shown = (ROOT / "book" / "the-article.md").read_text("utf-8").partition("(the-notes)=")[2]
    points = load("claims").set_index("claim_id")["point"]
    for name in notes.loc[notes["mark"] == "seen", "claim_id"]:
        assert f"(#point-{points[name]})" in shown, name


def test_nothing_speaks_of_a_copy_that_lacks_its_notes():
    texts = ["\n".join(said(path)) for path in [*PAGES, *notebooks(), *TABLES]]
    assert [text for text in texts if re.search(r"copy[^.]{0,40} lacks", text)] == []
