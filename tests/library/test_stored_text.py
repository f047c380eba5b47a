"""Whatever is read is what is stored: any document, place by place, and it stays so when it is stored again."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.ingest.document import (
    Article,
    Block,
    Citation,
    IssueDocument,
    IssueFacts,
    Link,
    Marker,
    Note,
    block_offsets,
    canonical_text,
)
from monitor.library.importing import FileFacts, Outcome, store_issue
from monitor.library.models import Issue

if TYPE_CHECKING:
    from collections.abc import Callable

    from monitor.library.models import Article as ArticleRow

pytestmark = pytest.mark.django_db

words = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=12)
names = words.filter(str.strip)
sources = st.sampled_from(["Dawn", "dawn.com", "Ardel Wire", "ardel wire", "Le Figaro", "الجزيرة", "新华社"])


@st.composite
def blocks(draw: st.DrawFn, number: int) -> tuple[Block, list[Citation], list[Marker], list[Link]]:
    """Draw a paragraph built of words, citations, markers and links, and say where each of them stands."""
    text, citations, markers, links = "", list[Citation](), list[Marker](), list[Link]()
    for kind in draw(st.lists(st.sampled_from(["word", "cite", "mark", "link"]), min_size=1, max_size=6)):
        at = len(text)
        if kind == "cite":
            source, day = draw(sources), draw(st.integers(1, 28))
            text += f"{source}, May {day}"
            iso = f"2021-05-{day:02d}"
            citations.append(Citation("body", at, len(text), source, f"May {day}", iso, inferred=True, block=number))
        elif kind == "mark":
            text += "[1]"
            markers.append(Marker(1, number, at))
        elif kind == "link":
            shown = draw(names)
            text += shown
            links.append(Link(shown, "https://example.org/", at, len(text), block=number))
        else:
            text += draw(words)
        text += " "
    return Block("para", text), citations, markers, links


@st.composite
def articles(draw: st.DrawFn) -> Article:
    parts = [draw(blocks(number)) for number in range(draw(st.integers(0, 4)))]
    notes = tuple(Note(n, draw(words)) for n in range(1, draw(st.integers(0, 3)) + 1))
    return Article(
        kind="article",
        title=draw(words),
        authors=tuple(draw(st.lists(names, max_size=3))),
        blocks=tuple(part[0] for part in parts),
        notes=notes,
        citations=tuple(citation for part in parts for citation in part[1]),
        markers=tuple(marker for part in parts for marker in part[2]),
        links=tuple(link for part in parts for link in part[3]),
    )


documents = st.builds(
    lambda read: IssueDocument(
        IssueFacts("Tidewater Letter", volume="XII", number=7, date="2021-06-01", date_basis="printed"),
        articles=tuple(read),
    ),
    st.lists(articles(), min_size=1, max_size=3),
)
from_the_database = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def stored_and_forgotten(document: IssueDocument, look: Callable[[Issue], None]) -> None:
    """Store a document, look at it, and take everything back before the next one comes."""
    with transaction.atomic():
        look(store_issue(document=document, file=facts_of(document)).issue)
        transaction.set_rollback(True)


def facts_of(document: IssueDocument) -> FileFacts:
    return FileFacts(hashlib.sha256(repr(document).encode()).hexdigest(), "issue.txt", "txt", 1)


def body_of(row: ArticleRow) -> str:
    return row.texts.get(version=row.text_version).body


def in_order(issue: Issue) -> list[ArticleRow]:
    return list(issue.articles.order_by("position"))


@given(documents)
@from_the_database
def test_the_stored_text_is_the_canonical_text_and_blocks_tile_it(document: IssueDocument) -> None:
    def look(issue: Issue) -> None:
        for row, read in zip(in_order(issue), document.articles, strict=True):
            body = body_of(row)
            assert body == canonical_text(read)
            cut = [body[block.start : block.end] for block in row.blocks.all()]
            assert cut == [block.text for block in read.blocks]
            assert all(body[left.end : right.start] == "\n\n" for left, right in pairwise(row.blocks.all()))

    stored_and_forgotten(document, look)


@given(documents)
@from_the_database
def test_every_citation_marker_and_link_stands_where_it_was_read(document: IssueDocument) -> None:
    def look(issue: Issue) -> None:
        for row, read in zip(in_order(issue), document.articles, strict=True):
            body, offsets = body_of(row), block_offsets(read)
            cited = [(c.start, c.spelling.printed, c.iso, c.inferred) for c in row.citations.order_by("start")]
            assert cited == [(offsets[c.block or 0] + c.start, c.source, c.iso, True) for c in read.citations]
            assert all(body[c.start : c.end] == c.printed for c in row.citations.all())
            assert [m.start for m in row.markers.all()] == [offsets[m.block] + m.offset for m in read.markers]
            assert all(body[m.start : m.end] == "[1]" for m in row.markers.all())
            assert all(body[link.start : link.end] == link.text for link in row.links.all())
            assert row.links.count() == len(read.links)

    stored_and_forgotten(document, look)


@given(documents)
@from_the_database
def test_a_marker_leads_to_its_note_or_to_none(document: IssueDocument) -> None:
    def look(issue: Issue) -> None:
        for row, read in zip(in_order(issue), document.articles, strict=True):
            numbers = {note.n for note in read.notes}
            assert [note.text for note in row.notes.all()] == [note.text for note in read.notes]
            for marker in row.markers.select_related("note"):
                assert (marker.note.number if marker.note else None) == (1 if 1 in numbers else None)

    stored_and_forgotten(document, look)


@given(documents, st.randoms(use_true_random=False))
@from_the_database
def test_storing_again_changes_nothing_and_another_edition_keeps_old_texts(
    document: IssueDocument, chance: Any
) -> None:
    def look(issue: Issue) -> None:
        before = {row.pk: body_of(row) for row in in_order(issue)}
        assert store_issue(document=document, file=facts_of(document)).outcome is Outcome.UNCHANGED
        shuffled = list(document.articles)
        chance.shuffle(shuffled)
        edition = replace(document, articles=tuple(shuffled))
        store_issue(document=edition, file=replace(facts_of(edition), sha256="f" * 64))
        for row in Issue.objects.get(pk=issue.pk).articles.all():
            texts = [text.body for text in row.texts.all()]
            assert before.get(row.pk, texts[0]) in texts

    stored_and_forgotten(document, look)
