"""What other programs write: kept whole, found where it stands, and given back while it is still true."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.utils import timezone

from monitor.annotations.actions import Draft, change_annotation, delete_annotation, restore_annotation
from monitor.annotations.codebook import make_tag
from monitor.annotations.foreign import (
    Sent,
    change_reply_sent,
    create_sent,
    placed,
    placed_digest,
    replace_sent,
    reply_sent,
    said_digest,
)
from monitor.annotations.foreign_models import ForeignMark
from monitor.annotations.models import Annotation
from monitor.annotations.operations import undo
from monitor.annotations.passages import AskedPassage
from monitor.annotations.refusals import IdTaken, NotYours, Stale
from tests.annotations.people_and_texts import House, make_house

if TYPE_CHECKING:
    from monitor.annotations.models import AnnotationSpan

pytestmark = pytest.mark.django_db

SENT = Sent(
    border="w3c", body=[{"value": "Why?"}], target={"source": "x"}, more={"motivation": "asking"}, origin="urn:1"
)


@pytest.fixture
def house() -> House:
    return make_house()


def sent_with(house: House, *passages: AskedPassage, sent: Sent = SENT, **facts: Any) -> Annotation:
    draft = Draft(article=house.article, passages=passages, keeps_lost=True, **facts)
    return create_sent(uid=uuid4(), by=house.author, draft=draft, sent=sent)[0]


def span_of(mark: Annotation) -> AnnotationSpan:
    return mark.spans.get()


def test_words_are_taken_to_the_letter_where_they_stand(house: House) -> None:
    at = house.body.index("amps were li")
    mark = sent_with(house, AskedPassage(at, at + 12, "amps were li"))
    span = span_of(mark)
    assert (span.start, span.end, span.quote, span.state) == (at, at + 12, "amps were li", "exact")
    assert house.body[: span.start].endswith(span.prefix)
    assert house.body[span.end :].startswith(span.suffix)


def test_words_count_more_than_their_place(house: House) -> None:
    span = span_of(sent_with(house, AskedPassage(0, 3, "held the gate")))
    assert house.body[span.start : span.end] == "held the gate"


def test_a_place_without_words_takes_those_that_stand_there(house: House) -> None:
    assert span_of(sent_with(house, AskedPassage(4, 9))).quote == house.body[4:9]


def test_words_of_a_printed_note_are_found_there(house: House) -> None:
    note = house.article.notes.get()
    span = span_of(sent_with(house, AskedPassage(quote="Report on Dues")))
    assert (span.note_id, span.note_number, note.text[span.start : span.end]) == (note.pk, 1, "Report on Dues")


def test_words_that_changed_are_fuzzy_and_stay_as_they_were_marked(house: House) -> None:
    span = span_of(sent_with(house, AskedPassage(quote="lamps were lit long before dusk")))
    assert (span.state, span.quote) == ("fuzzy", "lamps were lit long before dusk")
    assert "lamps were lit before dusk" in house.body[span.start : span.end]
    assert 0 < span.score < 1


@pytest.mark.parametrize(
    ("start", "end", "place"),
    [(None, None, (0, 22)), (700, 720, (700, 720)), (9, 3, (9, 31)), (2**40, 2**41, (2**31 - 2, 2**31 - 1))],
)
def test_lost_words_are_kept_at_the_place_they_were_said_to_have(
    house: House, start: int | None, end: int | None, place: tuple[int, int]
) -> None:
    span = span_of(sent_with(house, AskedPassage(start, end, "Nothing like that here", "be", "af")))
    assert (span.state, span.quote, span.prefix, span.suffix) == ("orphan", "Nothing like that here", "be", "af")
    assert (span.start, span.end) == place


def test_a_place_outside_the_text_without_words_makes_a_word_on_the_whole(house: House) -> None:
    assert not sent_with(house, AskedPassage(5, 2**31)).spans.exists()


def test_what_was_sent_stands_beside_with_digests_of_what_was_taken(house: House) -> None:
    tag = make_tag(name="Weir", by=house.author, private=True)
    mark = sent_with(house, house.asked("lamps"), comment="Why?", tags=(tag,))
    kept = ForeignMark.objects.get()
    assert (kept.annotation, kept.body, kept.target, kept.more) == (mark, SENT.body, SENT.target, SENT.more)
    assert kept.body_said == said_digest("Why?", ["weir"])
    assert kept.target_said == placed_digest(placed(mark.spans.all()))


def test_an_edit_elsewhere_makes_the_digest_another_and_its_undoing_the_same(house: House) -> None:
    mark = sent_with(house, house.asked("lamps"), comment="Why?")
    kept = ForeignMark.objects.get()
    held = change_annotation(mark=mark, by=house.author, revision=1, comment="Because.")
    assert said_digest(held.comment) != kept.body_said
    undo(house.author)
    mark.refresh_from_db()
    assert said_digest(mark.comment) == kept.body_said


def test_trash_and_back_leaves_what_was_sent(house: House) -> None:
    mark = sent_with(house, house.asked("lamps"), comment="Why?")
    delete_annotation(mark=mark, by=house.author)
    restore_annotation(mark=mark, by=house.author)
    assert said_digest(Annotation.objects.get().comment) == ForeignMark.objects.get().body_said


def test_a_retry_is_the_same_row_and_another_persons_id_is_refused(house: House) -> None:
    draft = Draft(article=house.article, passages=(AskedPassage(quote="nowhere at all"),), keeps_lost=True)
    uid = uuid4()
    first, is_new = create_sent(uid=uid, by=house.author, draft=draft, sent=SENT)
    again, is_newer = create_sent(uid=uid, by=house.author, draft=draft, sent=SENT)
    assert (is_new, is_newer, again.pk) == (True, False, first.pk)
    with pytest.raises(IdTaken):
        create_sent(uid=uid, by=house.mate, draft=draft, sent=SENT)
    assert ForeignMark.objects.count() == 1


def test_replacing_changes_words_tags_passages_and_readers_and_keeps_where_it_came_from(house: House) -> None:
    mark = sent_with(house, house.asked("lamps"), comment="Why?", tags=(make_tag(name="A", by=house.author),))
    b = make_tag(name="B", by=house.author)
    draft = Draft(
        passages=(house.asked("gate"), AskedPassage(quote="not in it")),
        comment="How?",
        tags=(b,),
        visibility="everyone",
    )
    held = replace_sent(
        mark=mark, by=house.author, revision=1, draft=draft, sent=Sent("w3c", body="b", target=[], origin="urn:2")
    )
    assert (held.comment, held.visibility, [use.tag for use in held.taggings.all()]) == ("How?", "everyone", [b])
    assert [(span.quote, span.state) for span in held.spans.all()] == [("gate", "exact"), ("not in it", "orphan")]
    kept = ForeignMark.objects.get()
    assert (kept.body, kept.target, kept.origin) == ("b", [], "urn:1")
    undo(house.author)  # sharing
    undo(house.author)  # the rest
    mark.refresh_from_db()
    assert (mark.comment, mark.visibility, span_of(mark).quote) == ("Why?", "private", "lamps")


def test_replacing_with_the_same_passages_leaves_their_rows(house: House) -> None:
    mark = sent_with(house, house.asked("lamps"), comment="Why?")
    before = span_of(mark).pk
    replace_sent(mark=mark, by=house.author, revision=1, draft=Draft(passages=(house.asked("lamps"),)), sent=SENT)
    assert span_of(mark).pk == before


def test_replacing_is_the_authors_and_of_the_revision_they_saw(house: House) -> None:
    mark = sent_with(house, house.asked("lamps"), visibility="everyone")
    for person, revision, refusal in ((house.mate, 1, NotYours), (house.author, 2, Stale)):
        with pytest.raises(refusal):
            replace_sent(mark=mark, by=person, revision=revision, draft=Draft(comment="x"), sent=SENT)
    mark.refresh_from_db()
    assert (mark.comment, mark.revision) == ("", 1)


def test_a_reader_cannot_share_and_nothing_of_the_change_stays(house: House) -> None:
    draft = Draft(article=house.article, comment="Mine.")
    mark, _ = create_sent(uid=uuid4(), by=house.reader, draft=draft, sent=SENT)
    with pytest.raises(NotYours):
        replace_sent(
            mark=mark, by=house.reader, revision=1, draft=Draft(comment="Ours.", visibility="everyone"), sent=SENT
        )
    mark.refresh_from_db()
    assert (mark.comment, mark.visibility) == ("Mine.", "private")


def test_replies_keep_what_was_sent_and_change_with_it(house: House) -> None:
    mark = house.mark()
    reply, is_new = reply_sent(uid=uuid4(), mark=mark, by=house.author, comment="Indeed.", sent=SENT)
    changed = change_reply_sent(reply=reply, by=house.author, revision=1, comment="No.", sent=Sent("w3c", body="No."))
    kept = ForeignMark.objects.get(reply=reply)
    assert (is_new, changed.revision, kept.body, kept.body_said) == (True, 2, "No.", said_digest("No."))


def test_moments_come_back_but_never_from_the_future(house: House) -> None:
    then = datetime(2022, 2, 14, 9, 30, 0, 123456, tzinfo=UTC)
    later = timezone.now() + timedelta(days=400)
    mark = sent_with(house, sent=Sent("w3c", created=then, updated=later), comment="Old.")
    stored = Annotation.objects.get()
    assert (mark.created, stored.created) == (then, then)
    assert then < stored.updated <= timezone.now()
