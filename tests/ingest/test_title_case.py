from __future__ import annotations

import pytest

from monitor.ingest.structure.drafts import Draft
from monitor.ingest.structure.paragraphs import Paragraph
from monitor.ingest.structure.title_case import forms_of, in_title_case, recased
from tests.ingest.typeset_pieces import piece

TEXT = (
    "Talks between the UN and the fighters of al-Hol went on. In Karvania the BRI was praised, said Karvania's envoy."
)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("TALKS WITH THE UN", "Talks with the UN"),
        ("THE BRI AND KARVANIA'S ROADS", "The BRI and Karvania's Roads"),
        ("SALT AND RIFLES: THE FINANCES OF A DIVIDED FRONT", "Salt and Rifles: The Finances of a Divided Front"),
        ("WHO PAYS? THE TOLLS OF SARN", "Who Pays? The Tolls of Sarn"),
        ("\u201cTHE RIVER\u201d AND ITS LORDS", "\u201cThe River\u201d and Its Lords"),
        ("M\u1ed8NG RA\u02beISI RETURNS", "M\u1ed9ng Ra\u02beisi Returns"),
    ],
)
def test_capitals_become_a_title_as_the_text_spells_its_words(title: str, expected: str) -> None:
    assert in_title_case(title, forms_of([TEXT])) == expected


def test_words_at_a_sentences_start_tell_no_capitals() -> None:
    assert forms_of(["Talks went on. Talks ended; many talks did."])["talks"] == "talks"


def draft(title: str, *, known: bool = False) -> Draft:
    return Draft(title, paragraphs=(Paragraph(piece(TEXT), "para"),), recased=known)


def test_one_title_that_the_contents_recase_recases_the_others() -> None:
    result = recased([draft("Salt and Rifles", known=True), draft("TALKS WITH THE UN"), draft("In Brief")])

    assert [(one.title, one.recased) for one in result] == [
        ("Salt and Rifles", True),
        ("Talks with the UN", True),
        ("In Brief", False),
    ]


def test_without_such_proof_capitals_stay_as_printed() -> None:
    drafts = [draft("SALT AND RIFLES"), draft("TALKS WITH THE UN")]

    assert recased(drafts) == drafts
