"""What holds for all corrections in any order, on the invented issue that has every trap."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from monitor.ingest.corrections.correcting import corrected
from monitor.ingest.corrections.correction import Correction, from_data, to_data
from monitor.ingest.corrections.loose_parts import put_together, taken_apart
from monitor.ingest.corrections.places import squeezed, target_of_article, target_of_block
from monitor.ingest.serialising import from_json, to_json
from tests.ingest.corrections_drawn import cut_otherwise, letters, sequences
from tests.ingest.invented_issue import ledger, tesk

if TYPE_CHECKING:
    from monitor.ingest.document import Article, IssueDocument

QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
SOURCES = st.sampled_from([tesk, ledger])


def text_of(article: Article, block: int | None, note: int | None) -> str:
    return article.blocks[block].text if block is not None else article.notes[note or 0].text


def cited(document: IssueDocument) -> Counter[str]:
    """Return what the citations of a document are printed as, and how often."""
    return Counter(
        text_of(article, c.block, c.note)[c.start : c.end] for article in document.articles for c in article.citations
    )


def test_issue_taken_apart_and_put_together_is_the_same() -> None:
    for document in (tesk(), ledger()):
        assert put_together(taken_apart(document)) == document


@QUICK
@given(data=st.data())
def test_every_span_still_has_its_words(data: st.DataObject) -> None:
    document = data.draw(SOURCES)()
    result = corrected(document, data.draw(sequences(document))).document
    assert from_json(to_json(result)) == result  # every index and span lies where something is
    before = cited(document)
    for article in result.articles:
        for marker in article.markers:
            assert article.blocks[marker.block].text[marker.offset :].startswith(f"[{marker.n}]")
        for link in article.links:
            assert text_of(article, link.block, link.note)[link.start : link.end] == link.text
        for c in article.citations:
            printed = text_of(article, c.block, c.note)[c.start : c.end]
            assert printed in before or printed == f"{c.source}, {c.date}"


@QUICK
@given(data=st.data())
def test_no_printed_letter_vanishes(data: st.DataObject) -> None:
    document = data.draw(SOURCES)()
    made = data.draw(sequences(document))
    assume(not any(c.kind in {"title", "authors"} for c in made))
    missing = Counter(letters(document)) - Counter(letters(corrected(document, made).document))
    assert missing == Counter()


@QUICK
@given(data=st.data())
def test_corrections_made_twice_change_no_more_than_once(data: st.DataObject) -> None:
    document = data.draw(SOURCES)()
    made = data.draw(sequences(document, most=3))
    first = corrected(document, made)
    # One that found no place may find it once the others are made: that is new, not done again.
    assume(first.lost == ())
    once, twice = first.document, corrected(first.document, made).document
    assert (twice.articles, twice.furniture) == (once.articles, once.furniture)
    if len(made) == 1:
        assert twice == once


def test_notes_of_two_texts_that_became_one_part_where_they_met() -> None:
    """The second text has a note 4 without a marker, the first one a marker 4: drawn once in some thousands."""
    document = tesk()
    articles = taken_apart(document).articles
    at = next(a for a, article in enumerate(articles) if article.facts.authors == ("Keren Ul Haddat",))
    begins = Correction("begins", target_of_block(articles, at, 0), text=articles[at].blocks[0].text)
    begun = taken_apart(corrected(document, [begins]).document).articles
    made = (begins, Correction("goes_on", target_of_article(begun, at)))
    once = corrected(document, made)
    assert once.lost == ()
    assert corrected(once.document, made).document.articles == once.document.articles


@QUICK
@given(data=st.data())
def test_order_does_not_matter_between_different_places(data: st.DataObject) -> None:
    document = tesk()
    articles = taken_apart(document).articles
    places = [(a, b) for a, article in enumerate(articles) for b in range(len(article.blocks))]
    chosen = data.draw(st.lists(st.sampled_from(places), min_size=2, max_size=5, unique=True))
    assume(all(abs(b - other) > 1 for a, b in chosen for c, other in chosen if a == c and b != other))
    roles = st.sampled_from(["heading", "quote", "caption", "furniture"])
    made = [Correction("type", target_of_block(articles, a, b), text=data.draw(roles)) for a, b in chosen]
    shuffled = data.draw(st.permutations(made))
    one, other = corrected(document, made), corrected(document, shuffled)
    assert one.lost == other.lost == ()
    assert one.document.articles == other.document.articles
    assert sorted(one.document.furniture) == sorted(other.document.furniture)
    assert Counter(one.document.findings) == Counter(other.document.findings)


@QUICK
@given(data=st.data())
def test_target_finds_its_block_however_a_parser_cuts(data: st.DataObject) -> None:
    document = tesk()
    other = data.draw(cut_otherwise(document))
    articles = taken_apart(document).articles
    places = [(a, b) for a, article in enumerate(articles) for b in range(len(article.blocks))]
    a, b = data.draw(st.sampled_from(places))
    words = articles[a].blocks[b].text
    result = corrected(other, [Correction("type", target_of_block(articles, a, b), text="quote")])
    assert result.lost == ()
    quoted = [block.text for block in result.document.articles[a].blocks if block.type == "quote"]
    assert squeezed("".join(quoted)) == squeezed(words)


@QUICK
@given(data=st.data())
def test_corrections_are_the_same_after_storing(data: st.DataObject) -> None:
    document = tesk()
    for correction in data.draw(sequences(document)):
        assert from_data(correction.kind, *to_data(correction)) == correction
