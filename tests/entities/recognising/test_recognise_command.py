"""`manage.py recognise`: a file in, its mentions out, nothing stored."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

SAMPLES = Path(__file__).resolve().parents[3] / "samples"
ISSUE = """The Example Monitor

Notes on Conflict

VOLUME I | ISSUE 2

Iraq Waits for the Islamic
State in Kirkuk

Jane Writer

In Iraq, the Islamic State attacked Kirkuk on May 3, said President Barham Salih (Dawn, May 4). The army of the
country, which had waited for the attack since the spring, did not answer it for several hours, and the Islamic

State withdrew before noon. [1] Nobody in Baghdad would say what had been lost, and Salih left the city in the
evening without having spoken to the families of the dead, who had come from Kirkuk to meet him.

Jane Writer is a journalist in Pakistan.

Notes

[1] The Islamic State has been in Diyala since 2014, where it has lived from ransom and from taxes on trade.
"""


def printed(*words: str) -> str:
    out = io.StringIO()
    call_command("recognise", *words, stdout=out)
    return out.getvalue()


@pytest.fixture(scope="module")
def issue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("issue") / "issue.txt"
    path.write_text(ISSUE, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def found(issue: Path) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(printed(str(issue), "--json"))
    return plain


def test_source_offsets_are_those_of_the_file(issue: Path) -> None:
    found = json.loads(printed(str(issue), "--json", "--source-offsets"))
    assert found["mentions"]
    for mention in found["mentions"]:
        assert ISSUE[mention["start"] : mention["end"]].split() == mention["text"].split()
    broken = [one for one in found["mentions"] if "\n\n" in ISSUE[one["start"] : one["end"]]]
    assert [one["entity"] for one in broken] == ["islamic-state"]
    assert {one["where"] for one in found["mentions"]} == {"title", "body", "note"}


def test_offsets_are_those_of_the_canonical_text(issue: Path, found: dict[str, Any]) -> None:
    read = io.StringIO()
    call_command("parse", str(issue), "--json", stdout=read)
    articles = json.loads(read.getvalue())["articles"]
    texts = ["\n\n".join(block["text"] for block in article["blocks"]) for article in articles]
    for mention in (one for one in found["mentions"] if one["where"] == "body"):
        assert texts[mention["article"]][mention["start"] : mention["end"]] == mention["text"]


def test_citations_bylines_and_biographies_name_nobody(found: dict[str, Any]) -> None:
    texts = {one["text"] for one in found["mentions"]}
    assert not texts & {"Dawn", "Jane Writer", "Pakistan"}
    assert {"Iraq", "Kirkuk", "Barham Salih", "Salih", "Diyala"} <= texts


def test_what_it_is_about(found: dict[str, Any]) -> None:
    (about,) = found["about"]
    assert about["actors"][0] == "islamic-state"
    assert about["regions"][0] in ("IQ", "Kirkuk")


def test_a_pdf_is_read_too() -> None:
    found = json.loads(printed(str(SAMPLES / "ceasefire-quarterly-i-4.pdf"), "--json"))
    assert {one["kind"] for one in found["mentions"]} == {"actor", "region"}
    assert [about["article"] for about in found["about"]] == list(range(len(found["about"])))


def test_a_line_for_each_mention_without_json(issue: Path) -> None:
    assert "0\tregion\tIraq\tIraq\tgazetteer\tauto" in printed(str(issue)).splitlines()


def test_offsets_in_a_pdf_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        printed(str(SAMPLES / "ceasefire-quarterly-i-4.pdf"), "--json", "--source-offsets")
    assert "refused" in capsys.readouterr().err


def test_a_missing_file_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        printed(str(tmp_path / "none.txt"), "--json")
    assert "refused" in capsys.readouterr().err
