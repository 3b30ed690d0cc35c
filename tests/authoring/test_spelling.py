"""What a reader reads is spelled as the course spells, and the check sees what it should."""

import pytest

from tools.authoring import spelling
from tools.common.errors import UserError


def test_every_kind_of_text_is_looked_at() -> None:
    places = spelling.texts().keys()
    for start in (
        "book/",
        "notebooks/00-",
        "exercises/00-",
        "course/tasks/",
        "course/texts/",
        "course/brief.py/",
        "theme/extension/",
        "tools/pages/templates/",
        "data/glossary.csv/",
    ):
        assert any(place.startswith(start) for place in places), start
    assert "README.md" in places


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The goverment says so.", "goverment"),
        ("Villagers organize.", "organize"),
        ("Child labor is in none of the tables.", "labor"),
        ("> Seen in *recieved* letters", "recieved"),
    ],
)
def test_a_slip_and_an_american_spelling_are_found_with_their_place(text: str, word: str) -> None:
    [line] = spelling.findings({"book/page.md": f"Fine.\n{text}\n"})
    assert line.startswith("book/page.md:2:")
    assert f"`{word}`" in line


@pytest.mark.parametrize(
    "text",
    [
        "Civilian self-defense, organised by a programme.",
        "`color` and ```\ncolor\n``` and <code>lod</code>",
        "[a page](https://example.org/center) and {cite:p}`care1_hav`",
        "{cite:t}`dammert2008`, *Child Labor and Schooling*: worth reading",
    ],
)
def test_code_addresses_titles_and_the_courses_own_words_pass(text: str) -> None:
    assert spelling.findings({"page.md": text}) == []


def test_settings_that_cannot_be_read_stop_the_check(tmp_path, monkeypatch) -> None:
    broken = tmp_path / "spelling.toml"
    broken.write_text("[default\n")
    monkeypatch.setattr(spelling, "SETTINGS", broken)
    with pytest.raises(UserError, match="did not run"):
        spelling.findings({"page.md": "Fine."})
