"""Scans on their way into the library: with Tesseract, without it, cut off, and once it is there."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import TYPE_CHECKING

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from procrastinate.contrib.django.models import ProcrastinateJob

from monitor.ingest.scans.recognised import RecognisedLine, RecognisedPage, RecognisedWord
from monitor.jobs import read_file as reading_job
from monitor.jobs import stalled
from monitor.jobs.hand_in import hand_in
from monitor.jobs.ingest_issue import Verdict, ingest_file
from monitor.jobs.ingest_paths import ingest_paths
from monitor.jobs.models import Ingest
from monitor.jobs.reading import Recognition, WaitsForRecognition
from monitor.jobs.sweeping import sweep_leftovers
from monitor.jobs.waiting_scans import take_up_waiting_scans, try_again
from monitor.library.files import incoming_name, sha256_of
from monitor.library.models import Issue
from monitor.library.recognised_files import RecognisedShelf
from tests.ingest_scans.scans import TITLE, bound, drawn, needs_tesseract, text_page
from tests.ingest_scans.test_tesseract import inked, pretended

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings

pytestmark = pytest.mark.django_db

NEEDS = "Its pages are pictures without text: they must be recognised first."
COMMAND = "Tesseract is not installed: run apt-get install tesseract-ocr and try again."


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


@cache
def scan() -> bytes:
    return bound([drawn(text_page(), dpi=200)], dpi=200)


@pytest.fixture
def scan_file(tmp_path: Path) -> Path:
    path = tmp_path / "lamps.pdf"
    path.write_bytes(scan())
    return path


@pytest.fixture
def bare_path(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take Tesseract off the PATH."""
    monkeypatch.setenv("PATH", "")


def handed_in(pdf: bytes | None = None) -> Ingest:
    return hand_in(file=ContentFile(pdf or scan()), name="lamps.pdf", by=None)


def fresh(ingest: Ingest) -> Ingest:
    return Ingest.objects.get(pk=ingest.pk)


def waiting_jobs(ingest: Ingest) -> list[tuple[str, str]]:
    jobs = ProcrastinateJob.objects.filter(status="todo", args__ingest_id=ingest.pk).order_by("id")
    return list(jobs.values_list("queue_name", "task_name"))


def is_kept(ingest: Ingest) -> bool:
    return default_storage.exists(incoming_name(ingest.uid))


def recognised_by_hand(sha256: str, words: str, *, number: int = 1) -> None:
    """Keep a page as if it had been recognised before a worker died."""
    lines = tuple(
        RecognisedLine(100, 100 + 60 * at, 0, 40, tuple(_words(row, 60 + 60 * at)))
        for at, row in enumerate(words.splitlines())
    )
    RecognisedShelf(sha256, "eng").keep(RecognisedPage(number, 1700, 2200, lines=lines, languages="eng"))


def _words(row: str, top: int) -> list[RecognisedWord]:
    return [
        RecognisedWord(word, 100 + 150 * at, top, 230 + 150 * at, top + 40, 97) for at, word in enumerate(row.split())
    ]


@needs_tesseract
def test_a_scan_goes_through_two_jobs_and_is_stored_with_its_confidence() -> None:
    ingest = handed_in()
    reading_job.read_file(ingest.pk)
    between = fresh(ingest)
    assert (between.state, between.pages_done, between.pages_total, between.attempts) == ("recognising", 0, 1, 0)
    assert (between.is_open, is_kept(ingest), Issue.objects.count()) == (True, True, 0)
    assert waiting_jobs(ingest)[-1] == ("recognising", "recognise_file")
    reading_job.recognise_file(ingest.pk)
    done = fresh(ingest)
    assert (done.state, is_kept(ingest)) == ("stored", False)
    assert done.issue is not None
    assert (done.issue.ocr_pages, done.issue.sha256) == (1, sha256_of_bytes(scan()))
    assert done.issue.ocr_confidence is not None
    assert done.issue.ocr_confidence >= 90
    assert f"1 page, 1 of them recognised from pictures ({done.issue.ocr_confidence} % sure)" in done.message
    assert TITLE in done.issue.articles.values_list("title", flat=True)
    assert done.issue.findings.get(code="text_is_ocr").page == 1


def sha256_of_bytes(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@pytest.mark.usefixtures("bare_path")
def test_without_tesseract_the_file_is_kept_and_says_what_to_do(scan_file: Path) -> None:
    ingest = handed_in()
    reading_job.read_file(ingest.pk)
    row = fresh(ingest)
    assert (row.state, row.is_open, row.message) == ("needs_ocr", False, f"{NEEDS} {COMMAND}")
    assert (is_kept(ingest), Issue.objects.count()) == (True, 0)
    sweep_leftovers()
    assert is_kept(ingest)
    (result,) = ingest_paths([scan_file], periodical=None, issue_date=None, on_progress=lambda *_: None)
    assert str(result) == f"{scan_file}: refused. {NEEDS} {COMMAND}"
    assert result.to_json()["code"] == "needs_ocr"


@pytest.mark.usefixtures("bare_path")
def test_handing_it_in_again_says_the_same() -> None:
    rows = [handed_in(), handed_in()]
    for row in rows:
        reading_job.read_file(row.pk)
    assert {fresh(row).message for row in rows} == {f"{NEEDS} {COMMAND}"}


@needs_tesseract
def test_once_tesseract_is_there_what_waits_is_read_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    ingest = handed_in()
    with monkeypatch.context() as bare:
        bare.setenv("PATH", "")
        reading_job.read_file(ingest.pk)
        assert (take_up_waiting_scans(), fresh(ingest).state) == (0, "needs_ocr")
    assert take_up_waiting_scans() == 1
    row = fresh(ingest)
    assert (row.state, row.message, row.finished, row.attempts) == ("waiting", "", None, 0)
    assert waiting_jobs(ingest)[-1] == ("default", "read_file")
    assert take_up_waiting_scans() == 0


@pytest.mark.usefixtures("bare_path")
def test_only_what_needs_recognition_is_tried_again() -> None:
    ingest = handed_in()
    assert not try_again(ingest.uid)
    reading_job.read_file(ingest.pk)
    assert try_again(ingest.uid)
    assert not try_again(ingest.uid)
    reading_job.read_file(ingest.pk)
    assert fresh(ingest).state == "needs_ocr"


@needs_tesseract
def test_a_file_read_without_its_scan_is_read_again_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "mixed.pdf"
    letters = text_page(("The upper town has lamps of its own, which burn on oil. " * 5,), title="Oil", head="Wicks")
    path.write_bytes(bound([letters, drawn(text_page(), dpi=200), letters], dpi=200))
    with monkeypatch.context() as bare:
        bare.setenv("PATH", "")
        first = ingest_file(path, name=path.name)
        assert ingest_file(path, name=path.name).verdict is Verdict.UNCHANGED
    assert first.verdict is Verdict.STORED
    assert first.issue is not None
    found = first.issue.findings.get(code="page_without_text")
    assert (found.page, first.issue.ocr_pages) == (2, 0)
    again = ingest_file(path, name=path.name)
    assert (again.verdict, again.issue) == (Verdict.UPDATED, first.issue)
    assert again.issue is not None
    assert (again.issue.ocr_pages, again.issue.findings.filter(code="page_without_text").count()) == (1, 0)
    assert ingest_file(path, name=path.name).verdict is Verdict.UNCHANGED


def test_what_was_recognised_before_a_kill_is_not_recognised_again(
    scan_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The kept page alone is enough: there is not even a Tesseract."""
    monkeypatch.setenv("PATH", "")
    recognised_by_hand(
        sha256_of(scan_file), "Lamps of Vray\nTomas Quill\n" + "The lamps were lit again at dusk .\n" * 9
    )
    result = ingest_file(scan_file, name=scan_file.name)
    assert result.verdict is Verdict.STORED
    assert result.issue is not None
    assert (result.issue.ocr_pages, result.issue.ocr_confidence) == (1, 97)


def test_pages_recognised_for_other_languages_are_recognised_anew(scan_file: Path, settings: Settings) -> None:
    recognised_by_hand(sha256_of(scan_file), "Lamps")
    assert list(RecognisedShelf(sha256_of(scan_file), "eng").pages()) == [1]
    assert RecognisedShelf(sha256_of(scan_file), "eng+fra").pages() == {}


def test_a_kept_page_that_is_damaged_is_none(scan_file: Path) -> None:
    shelf = RecognisedShelf(sha256_of(scan_file), "eng")
    recognised_by_hand(shelf.sha256, "Lamps")
    default_storage.save(f"{shelf.folder}/2.json", ContentFile(b'[{"form"'))
    default_storage.save(f"{shelf.folder}/.draft-x", ContentFile(b"[]"))
    assert list(shelf.pages()) == [1]


@needs_tesseract
def test_recognition_is_given_up_after_three_cuts_and_the_reading_before_it_does_not_count() -> None:
    ingest = handed_in()
    Ingest.objects.filter(pk=ingest.pk).update(attempts=2)
    reading_job.read_file(ingest.pk)
    Ingest.objects.filter(pk=ingest.pk).update(attempts=3)
    reading_job.recognise_file(ingest.pk)
    row = fresh(ingest)
    assert (row.state, row.message) == ("failed", reading_job.GAVE_UP)
    assert not is_kept(ingest)


@needs_tesseract
def test_a_reading_that_was_thought_dead_does_not_take_a_file_back_from_its_recognition() -> None:
    ingest = handed_in()
    reading_job.read_file(ingest.pk)
    before = len(waiting_jobs(ingest))
    reading_job.read_file(ingest.pk)
    assert (fresh(ingest).state, len(waiting_jobs(ingest))) == ("recognising", before)
    assert is_kept(ingest)


ANSWER = """\
case "$*" in *list-langs*) echo eng; exit;; esac
cat <<'HOCR'
<span class='ocr_line' id='l' title="bbox 10 130 290 150; baseline 0 0; x_size 20; x_descenders 5">
<span class='ocrx_word' id='w' title='bbox 10 130 150 150; x_wconf 95'>Lamplighters</span>
<span class='ocrx_word' id='v' title='bbox 160 130 290 150; x_wconf 95'>struck.</span>
HOCR"""


def test_a_long_recognition_lets_others_go_first_and_goes_on_where_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pretended(tmp_path, ANSWER, monkeypatch)
    pdf = bound([inked()] * 3)
    ingest = handed_in(pdf)
    reading_job.read_file(ingest.pk)
    monkeypatch.setattr(reading_job, "TURN_S", 0.0)
    shelf = RecognisedShelf(sha256_of_bytes(pdf), "eng")
    turns: list[tuple[int, list[int]]] = []
    while fresh(ingest).is_open and len(turns) < 9:
        Ingest.objects.filter(pk=ingest.pk).update(attempts=1)
        reading_job.recognise_file(ingest.pk)
        turns.append((fresh(ingest).attempts, sorted(shelf.pages())))
    assert turns == [(0, [1]), (0, [1, 2]), (2, [1, 2, 3])]
    assert fresh(ingest).state == "stored"
    # One from the handing over, and one from each turn but the last; all of them behind whatever else waits.
    jobs = ProcrastinateJob.objects.filter(task_name="recognise_file", args__ingest_id=ingest.pk)
    assert list(jobs.values_list("priority", flat=True)) == [-20] * 3


def test_a_page_that_fails_is_tried_once_and_again_when_the_file_comes_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pretended(tmp_path, 'case "$*" in *list-langs*) echo eng; exit;; esac; exit 3', monkeypatch)
    pdf = bound([inked()] * 2)
    shelf = RecognisedShelf(sha256_of_bytes(pdf), "eng")
    monkeypatch.setattr(reading_job, "TURN_S", 0.0)
    ingest = handed_in(pdf)
    reading_job.read_file(ingest.pk)
    reading_job.recognise_file(ingest.pk)
    assert (fresh(ingest).state, sorted(shelf.pages())) == ("recognising", [1])
    reading_job.recognise_file(ingest.pk)
    row = fresh(ingest)
    assert (row.state, sorted(shelf.pages())) == ("refused", [1, 2])
    assert row.message == "Its text could not be recognised: Page 1 made Tesseract end without an answer."
    reading_job.read_file(handed_in(pdf).pk)
    assert shelf.pages() == {}


@needs_tesseract
def test_a_recognition_that_lost_its_job_gets_another() -> None:
    ingest = handed_in()
    reading_job.read_file(ingest.pk)
    ProcrastinateJob.objects.filter(args__ingest_id=ingest.pk).update(status="failed")
    assert stalled.take_up_lost_files() == 1
    assert waiting_jobs(ingest) == [("recognising", "recognise_file")]


@needs_tesseract
def test_later_means_that_nothing_is_stored_yet(scan_file: Path) -> None:
    with pytest.raises(WaitsForRecognition) as waits:
        ingest_file(scan_file, name=scan_file.name, recognition=Recognition.LATER)
    assert (waits.value.pages, Issue.objects.count()) == (1, 0)
    assert ingest_file(scan_file, name=scan_file.name, recognition=Recognition.NEVER).code == "needs_ocr"


def test_a_scan_on_which_nothing_is_to_be_read_is_refused(scan_file: Path) -> None:
    RecognisedShelf(sha256_of(scan_file), "eng").keep(RecognisedPage(1, 1700, 2200, languages="eng"))
    result = ingest_file(scan_file, name=scan_file.name)
    assert (result.verdict, result.message) == (
        Verdict.REFUSED,
        "No text could be recognised on the pictures that are its pages.",
    )
