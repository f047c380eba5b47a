"""One article says the same in every format."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given

from monitor.interchange.bibtex import MONTHS, to_bibtex
from monitor.interchange.cite_keys import cite_key
from monitor.interchange.csljson import csl_item
from monitor.interchange.formats import BY_ENDING, BY_NAME, CITATION_FORMATS, CitationFormat
from monitor.interchange.ris import to_ris
from tests.interchange.examples import LAMPS, UNKNOWN, article_records
from tests.interchange.readers import bibtex_names, read_bibtex, read_ris, tex_text

if TYPE_CHECKING:
    from monitor.interchange.records import ArticleRecord

Facts = dict[str, Any]


def facts_in_ris(record: ArticleRecord) -> Facts:
    [pairs] = read_ris(to_ris(record))
    fields = dict(pairs)
    date = fields.get("DA", "").strip("/").split("/")
    return {
        "title": fields.get("TI", ""),
        "authors": [tuple(value.split(", ")) for tag, value in pairs if tag == "AU"],
        "periodical": fields.get("T2", ""),
        "volume": fields.get("VL", ""),
        "number": fields.get("IS", ""),
        "date": [int(part) for part in date if part],
        "pages": list(dict.fromkeys(fields[tag] for tag in ("SP", "EP") if tag in fields)),
    }


def facts_in_bibtex(record: ArticleRecord) -> Facts:
    [fields] = read_bibtex(to_bibtex(record)).values()
    month = MONTHS.index(fields["month"]) + 1 if "month" in fields else 0
    names = bibtex_names(fields["author"]) if "author" in fields else []
    return {
        "title": tex_text(fields.get("title", "")),
        "authors": [without_commas(*name) for name in names],
        "periodical": tex_text(fields.get("journal", "")),
        "volume": tex_text(fields.get("volume", "")),
        "number": fields.get("number", ""),
        "date": [part for part in (int(fields.get("year", 0)), month, int(fields.get("day", 0))) if part],
        "pages": list(filter(None, fields.get("pages", "").split("--"))),
    }


def facts_in_csl(record: ArticleRecord) -> Facts:
    item = csl_item(record)
    assert item["id"] == cite_key(record)
    names = [
        (name.get("family") or name["literal"], name.get("given", ""), name.get("suffix", ""))
        for name in item.get("author", [])
    ]
    return {
        "title": item.get("title", ""),
        "authors": [without_commas(*name) for name in names],
        "periodical": item.get("container-title", ""),
        "volume": item.get("volume", ""),
        "number": item.get("issue", ""),
        "date": item["issued"]["date-parts"][0] if "issued" in item else [],
        "pages": list(filter(None, item.get("page", "").split("-"))),
    }


def without_commas(family: str, given_name: str, suffix: str) -> tuple[str, ...]:
    """Return a name as RIS can hold it: no commas, nothing after the last part."""
    parts = [" ".join(part.replace(",", " ").split()) for part in (family, given_name, suffix)]
    while parts and not parts[-1]:
        parts.pop()
    return tuple(parts)


@given(article_records)
def test_every_format_says_the_same_of_any_article(record: ArticleRecord) -> None:
    in_csl, in_bibtex, in_ris = facts_in_csl(record), facts_in_bibtex(record), facts_in_ris(record)
    # RIS has no way to write a name that is nothing but commas.
    for facts in (in_csl, in_bibtex):
        facts["authors"] = [name for name in facts["authors"] if name]
    assert in_csl == in_bibtex == in_ris


def test_every_format_says_all_of_a_known_article() -> None:
    assert facts_in_ris(LAMPS) == {
        "title": "The Lamps of Kessmouth: 40% & Rising",
        "authors": [("Varrow", "Ines"), ("al-Zawahiri", "Ayman"), ("The Editors",)],
        "periodical": "Tidewater Letter",
        "volume": "12",
        "number": "7",
        "date": [2021, 10, 9],
        "pages": ["5", "8"],
    }


def test_formats_are_found_by_name_and_by_ending() -> None:
    assert {name: form.ending for name, form in BY_NAME.items()} == {"ris": "ris", "bibtex": "bib", "csljson": "json"}
    assert set(BY_ENDING.values()) == set(CITATION_FORMATS)


def test_exporters_know_no_django() -> None:
    program = "import sys, monitor.interchange.csv, monitor.interchange.formats; print('django' in sys.modules)"
    root = Path(__file__).resolve().parents[2]
    ran = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True)
    assert ran.stdout == "False\n"


@pytest.mark.parametrize("form", CITATION_FORMATS, ids=lambda form: form.name)
def test_formats_are_written_record_by_record(form: CitationFormat) -> None:
    taken = []

    def records() -> Any:
        for record in (LAMPS, UNKNOWN, LAMPS):
            taken.append(record.id)
            yield record

    pieces = form.write(records())
    next(pieces)
    assert taken == [17]
    next(pieces)
    assert taken == [17, 18]
