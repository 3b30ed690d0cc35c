"""A stranger can find every work of the bibliography: each kind of entry has what it needs."""

import calendar
import re
from collections import defaultdict

import pytest
from pybtex.database import Entry, Person

from tools.content.bibliography import bibliography

DATED = re.compile(rf"\b({'|'.join(calendar.month_name[1:])})\b")
# Why a work may have no month: what it is known by instead.
UNDATED = {"data set", "law or record, by its number", "standing page", "no date read"}
ADDRESS = ("url", "doi", "isbn")
# Pages that anybody changes, and the many copies of them.
ENCYCLOPEDIA = re.compile(r"(?i)wikipedia|britannica|\bwiki(?!leaks)\w*\.\w|wiki\.org|/wiki/")
HOSTS = re.compile(r"://(?:www\.)?(?:github\.com|gitlab\.com|bitbucket\.org)/")


def faults(key: str, entry: Entry) -> list[str]:
    """Return what a stranger would miss in one entry, in words that say what to add."""
    get = entry.fields.get
    where = f"{get('howpublished', '')} {get('note', '')}"
    has_address = any(get(name) for name in ADDRESS) or "No address was found:" in where
    address = "an address, or in the note 'No address was found:' and where the work lies"
    found = []

    def need(fine: object, missing: str) -> None:
        if not fine:
            found.append(f"{key} ({entry.type}): add {missing}")

    need(entry.persons, "the author, or the organisation that speaks")
    need(get("title"), "the title")
    need(re.fullmatch(r"\d{4}", get("year", "")), "the year, four digits")
    match entry.type:
        case "article":
            placed = ((get("volume") or get("number")) and get("pages")) or get("doi")
            online = get("url") and re.search(r"\b([Oo]nline|[Ii]ssue|arXiv)\b", where)
            need(get("journal"), "the journal")
            need(
                placed or online or (get("url") and get("eprint")),
                "volume and pages, or a DOI, or an address with a note on the issue",
            )
        case "book":
            need(get("publisher"), "the publisher")
            need(get("address") or get("isbn") or get("doi"), "the publisher's place or the ISBN")
        case "incollection":
            need(get("booktitle") and get("publisher"), "the book and its publisher")
            need(get("pages") or get("doi") or get("url"), "the pages, a DOI or an address")
        case "techreport":
            need(get("institution"), "the institution")
            need(
                get("number") or get("address") or (get("url") and get("month")),
                "the number of the report or its place",
            )
            need(has_address or get("number") or get("note"), "an address or a number")
        case "phdthesis":
            need(get("school"), "the university")
            need(has_address, address)
        case _:
            need(has_address, address)
            need(
                get("month")
                or DATED.search(where)
                or "no date" in where
                or get("undated") in UNDATED,
                f"day and month, or 'undated' with one of {sorted(UNDATED)}",
            )
    need(
        not re.search(r"(?i)(year|date) approximate(?![:,] \w)", where),
        "after 'approximate' a colon and what the year rests on",
    )
    need(
        not re.search(r"://github\.com/[^/]+/", get("url", "")) or "repository" in where.lower(),
        "the words 'public repository': the address is a copy, the publication is another thing",
    )
    need(
        not ENCYCLOPEDIA.search(f"{get('author', '')} {entry.persons} {where} {get('url', '')}"),
        "in its place what the encyclopedia cites: that is the source",
    )
    return found


def entries() -> dict[str, Entry]:
    return dict(bibliography().entries.items())


def test_every_entry_has_what_a_stranger_needs():
    missing = [fault for key, entry in entries().items() for fault in faults(key, entry)]
    assert not missing, "book/references.bib:\n" + "\n".join(missing)


def test_an_address_that_several_entries_share_says_which_part():
    shared = defaultdict(dict)
    for key, entry in entries().items():
        address = re.sub(r"^https?://(www\.)?|/$", "", entry.fields.get("url", ""))
        shared[address][key] = (
            f"{entry.fields.get('howpublished', '')} {entry.fields.get('note', '')}"
        )
    shared.pop("", None)
    vague = [
        f"{key} shares {address} with {', '.join(k for k in parts if k != key)}: "
        "say in 'howpublished' or 'note' which file, page, part or set of it is meant"
        for address, parts in shared.items()
        for key, part in parts.items()
        if len(parts) > 1
        and (
            not re.search(r"\b([Ff]iles?|[Pp]age|[Pp]art|[Ss]et)\b", part)
            or list(parts.values()).count(part) > 1
        )
    ]
    assert not vague, "\n".join(vague)


def test_an_address_of_a_code_host_is_that_of_one_work():
    """Two works that lie in one repository have an address each: that of the file."""
    hosted = [entry.fields["url"] for entry in entries().values() if "url" in entry.fields]
    hosted = [url for url in hosted if HOSTS.search(url)]
    roots = ["/".join(url.split("/")[:5]) for url in hosted]
    several = [url for url, root in zip(hosted, roots, strict=True) if roots.count(root) > 1]
    assert several, "works that share a repository"
    assert len(set(hosted)) == len(hosted)
    assert all(re.search(r"/blob/[0-9a-f]{40}/.+\.\w+$", url) for url in several), several


NEWS = {"title": "T", "year": "2013", "howpublished": "Lima, 3 May", "url": "https://x.org/a"}


@pytest.mark.parametrize(
    ("kind", "change", "message"),
    [
        ("misc", {}, None),
        ("misc", {"howpublished": "Lima"}, "add day and month"),
        ("misc", {"howpublished": "Lima", "undated": "data set"}, None),
        ("misc", {"howpublished": "Lima; the copy gives no date"}, None),
        ("misc", {"howpublished": "Lima", "undated": "lost"}, "add day and month"),
        ("misc", {"url": ""}, "add an address"),
        ("misc", {"url": "", "note": "No address was found: national library, Lima"}, None),
        ("misc", {"year": "n.d."}, "add the year"),
        ("misc", {"note": "Year approximate"}, "add after 'approximate'"),
        ("misc", {"note": "Year approximate: the page tells of May 2013"}, None),
        ("misc", {"url": "https://github.com/a/b"}, "add the words 'public repository'"),
        ("misc", {"howpublished": "Wikipedia, 3 May"}, "add in its place what"),
        ("misc", {"url": "https://en.wikipedia.org/wiki/Ronda"}, "add in its place what"),
        ("misc", {"url": "https://wikileaks.org/plusd/cables/06LIMA4066_a.html"}, None),
        ("article", {"journal": "J"}, "add volume and pages"),
        ("article", {"journal": "J", "doi": "10.1/2"}, None),
        ("article", {"journal": "J", "note": "Published online 3 May 2013"}, None),
        ("book", {"publisher": "P"}, "add the publisher's place"),
        ("book", {"publisher": "P", "address": "Lima"}, None),
        ("incollection", {"booktitle": "B", "publisher": "P", "url": ""}, "add the pages"),
        ("techreport", {"institution": "I"}, "add the number of the report"),
        ("techreport", {"institution": "I", "number": "7"}, None),
        ("phdthesis", {"school": "S", "url": ""}, "add an address"),
    ],
)
def test_a_fault_is_named(kind, change, message):
    entry = Entry(kind, fields={**NEWS, **change}, persons={"author": [Person("Doe, J.")]})
    found = faults("doe2013", entry)
    assert bool(found) == (message is not None), found
    assert message is None or f"doe2013 ({kind}): {message}" in found[0]
