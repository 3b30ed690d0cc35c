"""The teacher's page: what a class hands in, read in the browser and nowhere else."""

import io
import zipfile

import pandas as pd
import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import axe
from tools.classroom.bench_collect import write_class
from tools.content.tasks import for_teacher

pytestmark = pytest.mark.browser


def test_a_class_is_read_in_the_browser(page, site, tmp_path):
    archive = write_class(tmp_path, for_teacher())
    page.goto(f"{site.url}/book/teaching/collect.html")
    says, read = page.locator(".collect-says"), page.get_by_role("button", name="Read them")
    read.click()
    expect(says).to_have_text("Choose files first.")
    page.get_by_label("Files, or the platform's zip").set_input_files(archive)
    page.get_by_label("List of the class").set_input_files(tmp_path / "roster.csv")
    page.get_by_label("Due").fill("2026-11-20T23:59")
    asked = []
    page.on("request", lambda request: asked.append((request.method, request.url)))
    read.click()
    expect(says).to_contain_text("Read: 122 files of 116 students", timeout=120_000)
    # `blob:` is the worker's own text
    assert all(m == "GET" and u.startswith((site.url, "blob:", "data:")) for m, u in asked)
    report = page.get_by_role("region", name="Report")
    expect(report).to_contain_text("A likeness is no accusation")
    expect(report.locator("td", has_text="K009").first).to_be_visible()
    assert axe(page) == []
    with page.expect_download() as download:
        page.get_by_role("button", name="Save collected.zip").click()
    packed = zipfile.ZipFile(download.value.path())
    gradebook = pd.read_csv(io.BytesIO(packed.read("gradebook.csv")))
    assert len(gradebook) == 120
    assert "students/K001.html" in packed.namelist()
    assert packed.read("collected.xlsx").startswith(b"PK")
