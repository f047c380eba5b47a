"""Annotations through new readings of their issue, stored the way readings are stored."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from monitor.annotations.actions import Draft, create_annotation, restore_annotation
from monitor.annotations.models import Annotation, AnnotationSpan
from monitor.annotations.passages import AskedPassage
from monitor.annotations.reanchoring import reanchor_issue
from monitor.library.importing import store_issue
from monitor.library.models import Article, ArticleText, Issue
from tests.factories import make_article, make_file_facts, make_read_article, make_read_document, make_user

if TYPE_CHECKING:
    from collections.abc import Iterable

    from monitor.accounts.models import User

pytestmark = pytest.mark.django_db

PARAGRAPHS = [
    "The keepers of the upper weir raised the boards before the flood came down from Karst.",
    "Nobody on the lower river had been told, and eleven boats were lost at Oman Quay.",
    "In March the assembly heard the harbour master, who blamed the new rota.[1]",
    "Dues were halved for a season; the guild of pilots called the measure late and thin.",
]
NOTES = ["Assembly of the Ardel, Report on Dues, 2015.", "Guild of Pilots, Memorandum on the rota, 2016."]


@pytest.fixture
def author() -> User:
    return make_user("analyst")


def make_marked_article() -> Article:
    return make_article("\n\n".join(PARAGRAPHS), notes=NOTES, cited={})


def mark(article: Article, words: str, by: User, *, note: int | None = None) -> AnnotationSpan:
    """Mark words of the text, or of the note at this index."""
    row = article.notes.all()[note] if note is not None else None
    text = row.text if row else body(article)
    asked = AskedPassage(text.index(words), text.index(words) + len(words), note=row.pk if row else None)
    draft = Draft(article=article, passages=(asked,))
    return create_annotation(uid=uuid4(), by=by, draft=draft)[0].spans.get()


def body(article: Article) -> str:
    return ArticleText.objects.get(article=article, version=article.text_version).body


def read_anew(article: Article, paragraphs: Iterable[str] = PARAGRAPHS, notes: Iterable[str] = NOTES) -> None:
    """Store another edition of the issue, whose article reads so."""
    issue = article.issue
    read = make_read_article("\n\n".join(paragraphs), notes=notes, cited={})
    document = make_read_document(read, number=issue.number, volume=issue.volume)
    store_issue(document=document, file=make_file_facts())
    article.refresh_from_db()


def facts(span: AnnotationSpan) -> dict[str, Any]:
    span.refresh_from_db()
    return {"state": span.state, "at": where(span), "quote": span.quote}


def where(span: AnnotationSpan) -> str:
    """Return the words that the page marks now."""
    text = span.note.text if span.note else body(span.annotation.article)  # type: ignore[arg-type]
    return text[span.start : span.end]


def test_a_passage_follows_its_words(author: User) -> None:
    article = make_marked_article()
    span = mark(article, "blamed the new rota", author)
    read_anew(article, ["A head that was missed.", *PARAGRAPHS[1:], PARAGRAPHS[0]])
    assert facts(span) == {"state": "exact", "at": "blamed the new rota", "quote": "blamed the new rota"}
    assert span.text_version == article.text_version == 2


def test_a_passage_whose_words_changed_says_so(author: User) -> None:
    article = make_marked_article()
    span = mark(article, "the guild of pilots called the measure late and thin", author)
    changed = PARAGRAPHS[3].replace("late and thin", "much too late and thin")
    read_anew(article, [*PARAGRAPHS[:3], changed])
    assert facts(span) == {
        "state": "fuzzy",
        "at": "the guild of pilots called the measure much too late and thin",
        "quote": "the guild of pilots called the measure late and thin",
    }
    assert 0.5 < span.score < 1


def test_a_passage_that_is_gone_stays_with_its_words_and_comes_back(author: User) -> None:
    article = make_marked_article()
    span = mark(article, "eleven boats were lost at Oman Quay", author)
    before = (span.start, span.end, span.text_version)
    read_anew(article, [PARAGRAPHS[0], *PARAGRAPHS[2:]])
    span.refresh_from_db()
    assert (span.state, span.quote) == ("orphan", "eleven boats were lost at Oman Quay")
    assert (span.start, span.end, span.text_version) == before
    read_anew(article, reversed(PARAGRAPHS))
    assert facts(span)["state"] == "exact"
    assert where(span) == span.quote


def test_a_short_name_does_not_land_on_another(author: User) -> None:
    article = make_marked_article()
    span = mark(article, "Oman", author)
    read_anew(article, [paragraph.replace("Oman", "Amman") for paragraph in PARAGRAPHS])
    span.refresh_from_db()
    assert span.state == "orphan"


def test_a_note_that_is_numbered_anew_keeps_its_marks(author: User) -> None:
    article = make_marked_article()
    first, second = mark(article, "Report on Dues", author, note=0), mark(article, "Memorandum", author, note=1)
    read_anew(article, notes=["A note that was missed, 2014.", *NOTES])
    assert facts(first) == {"state": "exact", "at": "Report on Dues", "quote": "Report on Dues"}
    assert facts(second)["at"] == "Memorandum"
    assert [first.note_number, second.note_number] == [2, 3]


def test_a_note_that_is_gone_leaves_an_orphan(author: User) -> None:
    article = make_marked_article()
    span = mark(article, "Memorandum", author, note=1)
    read_anew(article, notes=NOTES[:1])
    span.refresh_from_db()
    assert (span.state, span.note, span.note_number, span.quote) == ("orphan", None, 2, "Memorandum")
    read_anew(article, [*PARAGRAPHS, "One more."])
    assert facts(span)["state"] == "exact"


def test_marks_in_the_trash_follow_as_well(author: User) -> None:
    article = make_marked_article()
    span = mark(article, "blamed the new rota", author)
    Annotation.objects.filter(pk=span.annotation_id).update(deleted="2026-01-01T00:00Z")
    read_anew(article, reversed(PARAGRAPHS))
    restore_annotation(mark=span.annotation, by=author)
    assert facts(span)["at"] == "blamed the new rota"


def test_doing_it_again_changes_nothing(author: User) -> None:
    article = make_marked_article()
    for words in ("blamed the new rota", "eleven boats were lost", "late and thin"):
        mark(article, words, author)
    mark(article, "Memorandum", author, note=1)
    read_anew(article, [PARAGRAPHS[3].replace("late", "rather late"), PARAGRAPHS[2]], NOTES[:1])
    stored, kept = list(AnnotationSpan.objects.values()), versions()
    tally = reanchor_issue(article.issue)
    assert sum(tally.values()) == 4
    assert (list(AnnotationSpan.objects.values()), versions()) == (stored, kept)


def versions() -> int:
    """Return how many versions of spans are kept: a second run must write none."""
    return AnnotationSpan.pgh_event_model.objects.count()  # type: ignore[attr-defined,no-any-return]


def test_many_marks_follow_a_reading_that_differs_here_and_there(author: User) -> None:
    draw = random.Random(7)  # noqa: S311
    words = [
        "boats",
        "weir",
        "rota",
        "guild",
        "dues",
        "harbour",
        "flood",
        "master",
        "keeper",
        "river",
        "assembly",
        "pilot",
        "quay",
        "season",
        "board",
    ]
    paragraphs = [" ".join(draw.choice(words) for _ in range(60)) + f" {n}." for n in range(12)]
    article = make_article("\n\n".join(paragraphs), cited={})
    text = body(article)
    for _ in range(40):
        start = draw.randrange(len(text) - 80)
        draft = Draft(article=article, passages=(AskedPassage(start, start + draw.randrange(25, 80)),))
        create_annotation(uid=uuid4(), by=author, draft=draft)
    read_anew(article, [paragraphs[-1], *(p.replace("guild", "gui1d", 1) for p in paragraphs[:-1])], [])
    spans = list(AnnotationSpan.objects.all())
    assert len(spans) == 40
    for span in spans:
        assert span.state != "exact" or where(span) == span.quote
    assert sum(span.state == "orphan" for span in spans) <= 1


def test_an_issue_without_marks_costs_one_query(author: User, django_assert_num_queries: Any) -> None:
    issue = make_marked_article().issue
    assert isinstance(issue, Issue)
    with django_assert_num_queries(1 + 2):  # and a savepoint around it
        assert not reanchor_issue(issue)
