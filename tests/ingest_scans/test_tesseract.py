"""Tesseract as a confined program: found or told how to get, and ended when it takes too much."""

from __future__ import annotations

import os
import stat
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from monitor.ingest.guard.limits import Limits
from monitor.ingest.scans import tesseract
from monitor.ingest.scans.recognising import recognised_pages
from monitor.ingest.scans.tesseract import CannotRecognise, NoTesseract, Tesseract, find_tesseract
from tests.ingest_scans.scans import bound, needs_tesseract

if TYPE_CHECKING:
    from pathlib import Path

SMALL = b"P5\n40 40\n255\n" + b"\xff" * 1600


def pretended(folder: Path, body: str, monkeypatch: pytest.MonkeyPatch) -> Tesseract:
    """Return a program of ours in Tesseract's place, the only one on the PATH of that name."""
    program = folder / "tesseract"
    program.write_text(f"#!/bin/sh\n{body}\n", encoding="ascii")
    program.chmod(stat.S_IRWXU)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}/usr/bin{os.pathsep}/bin")
    return Tesseract(str(program), "eng", knows_up=False)


def inked() -> Image.Image:
    """Return a picture with a little ink on it: a bare one is not recognised at all."""
    image = Image.new("L", (300, 300), 255)
    image.paste(0, (100, 100, 200, 120))
    return image


def lacking(languages: str) -> str:
    with pytest.raises(NoTesseract) as why:
        find_tesseract(languages)
    return str(why.value)


def test_without_tesseract_one_command_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert lacking("eng") == "Tesseract is not installed: run apt-get install tesseract-ocr and try again"
    assert lacking("eng+chi_sim") == (
        "Tesseract is not installed: run apt-get install tesseract-ocr tesseract-ocr-chi-sim and try again"
    )


def test_a_language_that_lacks_is_told_with_its_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pretended(tmp_path, "printf 'List of available languages (2):\\neng\\nosd\\n'", monkeypatch)
    assert lacking("eng+fra") == "Tesseract does not know fra: run apt-get install tesseract-ocr-fra and try again"
    found = find_tesseract("eng")
    assert (found.languages, found.knows_up) == ("eng", True)


@pytest.mark.parametrize("languages", ["", "eng fra", "-l", "eng;rm", "../eng", "e", "+eng", "eng+"])
def test_languages_that_are_none_are_told(languages: str) -> None:
    assert lacking(languages).endswith("set OCR_LANGUAGES to codes such as eng or eng+fra")


def test_a_program_that_lists_nothing_knows_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pretended(tmp_path, "exit 1", monkeypatch)
    assert lacking("eng").startswith("Tesseract does not know eng")


def test_its_answer_is_what_it_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert pretended(tmp_path, "wc -c", monkeypatch).hocr(SMALL, dpi=300).strip() == str(len(SMALL))


def test_it_runs_confined(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It may write no file, gets one thread, and sees of our environment what it needs."""
    monkeypatch.setenv("SECRET_KEY", "lamp oil")
    monkeypatch.setenv("TESSDATA_PREFIX", "/somewhere")
    told = pretended(tmp_path, "ulimit -f; ulimit -c; pwd; /usr/bin/env", monkeypatch).hocr(SMALL, dpi=300)
    rows = told.splitlines()
    assert rows[:3] == ["0", "0", "/"]
    assert {row for row in rows[3:] if not row.startswith(("PWD=", "_=", "SHLVL=", "OLDPWD="))} == {
        "LANG=C.UTF-8",
        "OMP_THREAD_LIMIT=1",
        "TESSDATA_PREFIX=/somewhere",
    }


def test_one_that_ends_badly_or_talks_without_end_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tesseract, "PAGE_LIMITS", replace(tesseract.PAGE_LIMITS, answer_megabytes=1))
    with pytest.raises(CannotRecognise, match="without an answer"):
        pretended(tmp_path, "exit 3", monkeypatch).hocr(SMALL, dpi=300)
    with pytest.raises(CannotRecognise, match="more text than can be taken in"):
        pretended(tmp_path, "exec cat /dev/zero", monkeypatch).hocr(SMALL, dpi=300)


def test_one_that_computes_or_waits_without_end_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    limits = replace(tesseract.PAGE_LIMITS, cpu_seconds=1, wall_per_cpu=2)
    monkeypatch.setattr(tesseract, "PAGE_LIMITS", limits)
    began = time.monotonic()
    for body in ("while :; do :; done", "exec sleep 60"):
        with pytest.raises(CannotRecognise, match="took more than 1 seconds of computing"):
            pretended(tmp_path, body, monkeypatch).hocr(SMALL, dpi=300)
    assert time.monotonic() - began < 15


def test_a_page_that_cannot_be_recognised_costs_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = inked()
    path = tmp_path / "scan.pdf"
    path.write_bytes(bound([sheet, sheet]))
    # The first picture is refused, the second read: a folder is made by whoever comes first.
    once = tmp_path / "once"
    body = f"[ -e {once} ] && {{ echo ''; exit 0; }}; exit 3"
    program = pretended(tmp_path, body, monkeypatch)
    seen: list[tuple[int, int]] = []
    kept: list[int] = []

    def on_page(done: int, total: int) -> None:
        seen.append((done, total))
        if done == 1:
            once.touch()

    pages = recognised_pages(
        path,
        [1, 2, 2],
        tesseract=program,
        limits=Limits(),
        keep=lambda page: kept.append(page.number),
        on_page=on_page,
    )
    assert {n: page.failure for n, page in pages.items()} == {1: "Page 1 made Tesseract end without an answer.", 2: ""}
    assert (seen, kept) == ([(0, 2), (1, 2), (2, 2)], [1, 2])


def test_a_page_that_cannot_be_found_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(bound([inked()]))
    pages = recognised_pages(path, [1, 9], tesseract=pretended(tmp_path, "echo", monkeypatch), limits=Limits())
    assert {number: page.failure for number, page in pages.items()} == {1: "", 9: "It cannot be found in the file."}


def test_pages_that_are_known_are_not_recognised_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(bound([inked()]))
    program = pretended(tmp_path, "echo", monkeypatch)
    first = recognised_pages(path, [1], tesseract=program, limits=Limits())
    again = recognised_pages(path, [1], tesseract=replace(program, program="/gone"), limits=Limits(), known=first)
    assert again == first


def test_one_that_is_killed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CannotRecognise, match="more computing or memory than a page may have"):
        pretended(tmp_path, "kill -9 $$", monkeypatch).hocr(SMALL, dpi=300)


@pytest.mark.parametrize("shade", [0, 128, 255])
def test_a_bare_sheet_is_not_even_looked_at(shade: int, tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(bound([Image.new("L", (300, 300), shade)]))
    pages = recognised_pages(path, [1], tesseract=Tesseract("/gone", "eng", knows_up=True), limits=Limits())
    assert (pages[1].lines, pages[1].failure) == ((), "")


@needs_tesseract
def test_a_picture_that_is_none_is_no_answer() -> None:
    with pytest.raises(CannotRecognise, match="without an answer"):
        find_tesseract("eng").hocr(b"no picture", dpi=300)
