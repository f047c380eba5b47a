from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from playwright.sync_api import expect

from monitor.jobs.models import Ingest
from monitor.jobs.read_file import read_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from monitor.accounts.models import User

    OpenPage = Callable[..., Page]

SAMPLE = Path(settings.BASE_DIR, "samples", "issues", "ceasefire-quarterly-i-4.md")


def test_chosen_file_is_followed_into_the_library(open_page: OpenPage, curator: User) -> None:
    page = open_page(curator, "/ingest/")
    page.set_input_files("#uploads", SAMPLE)
    page.wait_for_selector(f'#jobs .job:has-text("{SAMPLE.name}") >> text=waiting')
    job = Ingest.objects.get()
    Ingest.objects.filter(pk=job.pk).update(state="reading", pages_done=3, pages_total=12)
    page.wait_for_selector("#jobs >> text=reading 3 of 12")
    read_file(job.pk)
    page.wait_for_selector("#jobs .job >> text=stored")
    page.click("#jobs >> text=Ceasefire Quarterly")
    assert page.inner_text("h1") == "Volume I, Issue 4"


def test_refused_file_says_why(open_page: OpenPage, curator: User) -> None:
    page = open_page(curator, "/ingest/")
    page.set_input_files("#uploads", {"name": "picture.png", "mimeType": "image/png", "buffer": b"x"})
    page.wait_for_selector('#jobs .job:has-text("picture.png") >> text=refused')
    assert page.locator(".sending li").count() == 0


def test_dropped_files_are_sent_one_by_one(open_page: OpenPage, curator: User) -> None:
    page = open_page(curator, "/ingest/")
    page.evaluate(
        """() => {
          const data = new DataTransfer();
          for (const name of ["a.txt", "b.txt", "c.txt"]) data.items.add(new File(["Tidewater"], name));
          for (const type of ["dragenter", "dragover", "drop"]) {
            document.querySelector(".drop").dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: data }));
          }
        }"""
    )
    expect(page.locator("#jobs .job")).to_have_count(3)
    assert set(Ingest.objects.values_list("file_name", flat=True)) == {"a.txt", "b.txt", "c.txt"}


def test_files_are_handed_in_without_script(open_page: OpenPage, curator: User) -> None:
    page = open_page(curator, "/ingest/", java_script_enabled=False)
    page.set_input_files("#uploads", [SAMPLE])
    page.click("text=Hand in >> nth=0")
    assert page.locator(f'#jobs .job:has-text("{SAMPLE.name}")').is_visible()
