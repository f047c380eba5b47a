"""What people decide about moved and lost passages, taken back and done again; and the trash."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.utils import timezone

from monitor.annotations.actions import Draft, create_annotation, delete_annotation
from monitor.annotations.log_models import Notice
from monitor.annotations.models import Annotation, AnnotationSpan, Reply
from monitor.annotations.operations import redo, undo
from monitor.annotations.passages import AskedPassage
from monitor.annotations.reanchoring import reanchor_article
from monitor.annotations.reattaching import attach_passage, confirm_passage, detach_passage
from monitor.annotations.refusals import CannotAnnotate, NothingToUndo, NotInText, NotYours, Stale
from monitor.annotations.replies import reply_to
from monitor.annotations.trash import KEPT_FOR, empty_trash, trash_of
from tests.annotations.people_and_texts import House, make_house
from tests.annotations.test_reanchoring import NOTES, PARAGRAPHS, make_marked_article, mark, read_anew, where
from tests.factories import make_user

if TYPE_CHECKING:
    from monitor.accounts.models import User
    from monitor.library.models import Article

pytestmark = pytest.mark.django_db
WORDS = "the guild of pilots called the measure late and thin"
CHANGED = "the guild of pilots called the measure much too late and thin"
MOVED = [*PARAGRAPHS[:3], PARAGRAPHS[3].replace("late and thin", "much too late and thin")]


@pytest.fixture
def author() -> User:
    return make_user("analyst", name="author")


@pytest.fixture
def article() -> Article:
    return make_marked_article()


def moved_span(article: Article, author: User) -> AnnotationSpan:
    span = mark(article, WORDS, author)
    read_anew(article, MOVED)
    span.refresh_from_db()
    assert span.state == "fuzzy"
    return span


def lost_span(article: Article, author: User) -> AnnotationSpan:
    span = mark(article, "eleven boats were lost at Oman Quay", author)
    read_anew(article, [PARAGRAPHS[0], *PARAGRAPHS[2:]])
    span.refresh_from_db()
    assert span.state == "orphan"
    return span


def facts_of(span: AnnotationSpan, by: User, **more: Any) -> dict[str, Any]:
    span.annotation.refresh_from_db()
    return {"mark": span.annotation, "position": 0, "by": by, "revision": span.annotation.revision, **more}


def stands(span: AnnotationSpan) -> tuple[str, str, str]:
    now = AnnotationSpan.objects.select_related("annotation__article", "note").get(annotation=span.annotation)
    return now.state, now.quote, "" if now.state == "orphan" else where(now)


def test_confirming_takes_todays_words_and_can_be_undone(article: Article, author: User) -> None:
    span = moved_span(article, author)
    confirm_passage(**facts_of(span, author))
    assert stands(span) == ("exact", CHANGED, CHANGED)
    undo(author)
    assert stands(span) == ("fuzzy", WORDS, CHANGED)
    redo(author)
    assert stands(span) == ("exact", CHANGED, CHANGED)
    assert AnnotationSpan.objects.get().score == 1.0


def test_a_lost_passage_is_put_on_words_and_taken_off_again(article: Article, author: User) -> None:
    span = lost_span(article, author)
    attach_passage(**facts_of(span, author), place=AskedPassage(quote="Dues were halved"))
    assert stands(span) == ("exact", "Dues were halved", "Dues were halved")
    undo(author)
    assert stands(span) == ("orphan", "eleven boats were lost at Oman Quay", "")


def test_a_passage_moves_into_a_note_and_back(article: Article, author: User) -> None:
    span = lost_span(article, author)
    note = article.notes.all()[1]
    place = AskedPassage(0, 16, quote="Guild of Pilots,", note=note.pk)
    attach_passage(**facts_of(span, author), place=place)
    now = AnnotationSpan.objects.get()
    assert (now.note, now.note_number, now.quote) == (note, note.number, "Guild of Pilots,")
    undo(author)
    assert (AnnotationSpan.objects.get().note, stands(span)[0]) == (None, "orphan")


def test_words_one_took_it_off_are_not_taken_again(article: Article, author: User) -> None:
    span = moved_span(article, author)
    detach_passage(**facts_of(span, author))
    assert stands(span) == ("orphan", WORDS, "")
    reanchor_article(article)
    read_anew(article, ["A head that was missed.", *MOVED])
    assert stands(span) == ("orphan", WORDS, "")
    read_anew(article, PARAGRAPHS)  # its own words are back
    assert stands(span) == ("exact", WORDS, WORDS)


def test_detaching_is_undone_and_done_again(article: Article, author: User) -> None:
    span = moved_span(article, author)
    detach_passage(**facts_of(span, author))
    undo(author)
    assert stands(span) == ("fuzzy", WORDS, CHANGED)
    redo(author)
    assert stands(span) == ("orphan", WORDS, "")


def test_undoing_after_another_reading_finds_the_words_where_they_are_now(article: Article, author: User) -> None:
    span = moved_span(article, author)
    confirm_passage(**facts_of(span, author))
    read_anew(article, ["A head that was missed.", *MOVED])
    undo(author)
    assert stands(span) == ("fuzzy", WORDS, CHANGED)
    assert AnnotationSpan.objects.get().text_version == article.text_version


def test_a_candidate_in_a_note_says_in_which(article: Article, author: User) -> None:
    span = mark(article, "Memorandum on the rota, 2016", author, note=1)
    read_anew(article, notes=[NOTES[0], "Harbour Board, Letter on the ropes and the rota, kept in the town hall."])
    span.refresh_from_db()
    assert span.state == "orphan"
    assert span.candidate is not None
    note = article.notes.get(pk=span.candidate["note"])
    likely = note.text[span.candidate["start"] : span.candidate["end"]]
    assert "the rota" in likely
    attach_passage(**facts_of(span, author), place=AskedPassage(quote=likely, note=note.pk))
    assert stands(span) == ("exact", likely, likely)


def test_decisions_are_the_authors_at_the_revision_they_saw(article: Article, author: User) -> None:
    span = moved_span(article, author)
    with pytest.raises(NotYours):
        confirm_passage(**facts_of(span, make_user("curator")))
    with pytest.raises(Stale):
        confirm_passage(**{**facts_of(span, author), "revision": 9})
    with pytest.raises(CannotAnnotate, match="no such passage"):
        confirm_passage(**{**facts_of(span, author), "position": 5})
    with pytest.raises(NotInText):
        attach_passage(**facts_of(span, author), place=AskedPassage(quote="dragons"))
    confirm_passage(**facts_of(span, author))
    with pytest.raises(CannotAnnotate, match="whose words changed"):
        detach_passage(**facts_of(span, author))
    lost = lost_span(make_marked_article(), author)
    with pytest.raises(CannotAnnotate, match="no place to confirm"):
        confirm_passage(**facts_of(lost, author))


def test_words_on_an_issue_have_no_passages_to_move(author: User, article: Article) -> None:
    word, _ = create_annotation(uid=uuid4(), by=author, draft=Draft(issue=article.issue, comment="Thin."))
    with pytest.raises(CannotAnnotate, match="no such passage"):
        detach_passage(mark=word, position=0, by=author, revision=1)


# -- The trash ---------------------------------------------------------------------------------------------------------
@pytest.fixture
def house() -> House:
    return make_house()


def deleted_before(house: House, days: float, comment: str) -> Annotation:
    thrown = house.mark(visibility="everyone", comment=comment)
    reply_to(uid=uuid4(), mark=thrown, by=house.mate, comment="Yes.")
    delete_annotation(mark=thrown, by=house.author)
    Annotation.objects.filter(pk=thrown.pk).update(deleted=timezone.now() - timedelta(days=days))
    return thrown


def test_the_trash_is_emptied_of_what_is_older_than_30_days(house: House) -> None:
    deleted_before(house, 29.9, "still here @mate")
    deleted_before(house, 30.1, "gone @mate")
    kept = house.mark(visibility="everyone", comment="never deleted")
    reply, _ = reply_to(uid=uuid4(), mark=kept, by=house.mate, comment="An old slip.")
    Reply.objects.filter(pk=reply.pk).update(deleted=timezone.now() - KEPT_FOR - timedelta(hours=1))
    assert empty_trash() == 2
    assert {one.comment for one in Annotation.objects.all()} == {"still here @mate", "never deleted"}
    assert [one.comment for one in trash_of(house.author)] == ["still here @mate"]
    assert Reply.objects.count() == 1
    assert Notice.objects.filter(kind="mention").count() == 1
    assert empty_trash() == 0


def test_undo_of_what_left_the_trash_is_refused_in_a_sentence(house: House) -> None:
    deleted_before(house, 31, "gone")
    empty_trash()
    with pytest.raises(CannotAnnotate):
        undo(house.author)
    with pytest.raises(NothingToUndo):
        redo(house.author)
