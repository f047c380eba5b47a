"""One statement keeps a new annotation: the same rows, history and act as if the ORM had written them one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pghistory
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pghistory.models import Context

from monitor.annotations.actions import Draft, create_annotation
from monitor.annotations.codebook import make_tag
from monitor.annotations.keeping_marks import keep_new
from monitor.annotations.log_models import Operation
from monitor.annotations.models import Annotation, AnnotationSpan
from monitor.annotations.operations import redo, undo
from monitor.annotations.passages import AskedPassage, take_passages
from monitor.annotations.refusals import IdTaken, NothingToUndo
from monitor.annotations.snapshots import snapshot
from monitor.annotations.tag_models import AnnotationTag, Tag
from tests.annotations.people_and_texts import House, make_house
from tests.factories import make_article

if TYPE_CHECKING:
    from django.db.models import Model

pytestmark = pytest.mark.django_db
WORDS = "Ünïçødé 🦆 'quoted' \"twice\" \\ % {} and a\nline"


@pytest.fixture
def house() -> House:
    return make_house()


def facts(row: Model, *but: str) -> dict[str, Any]:
    columns = (field.attname for field in row._meta.concrete_fields)
    return {name: getattr(row, name) for name in columns if name not in {"id", "created", "updated", *but}}


def events(model: Any) -> Any:
    return model.pgh_event_model.objects.order_by("pgh_id")


def test_the_rows_are_those_that_the_orm_would_write(house: House) -> None:
    uid, other = uuid4(), uuid4()
    asked = (house.asked("lamps"), house.asked("Nobody held"), AskedPassage(0, 4, note=house.article.notes.first().pk))  # type: ignore[union-attr]
    draft = Draft(
        article=house.article, passages=asked, comment=WORDS, colour="teal", visibility="team", team=house.team
    )
    mark = create_annotation(uid=uid, by=house.author, draft=draft)[0]
    by_hand = Annotation.objects.create(
        uid=other,
        owner=house.author,
        article=house.article,
        comment=WORDS,
        colour="teal",
        visibility="team",
        team=house.team,
    )
    spans = take_passages(house.article, asked)
    for position, span in enumerate(spans):
        span.annotation, span.position = by_hand, position
    AnnotationSpan.objects.bulk_create(spans)
    kept = Annotation.objects.get(uid=uid)
    assert facts(kept, "uid") == facts(Annotation.objects.get(uid=other), "uid")
    assert [facts(span, "annotation_id") for span in kept.spans.order_by("position")] == [
        facts(span, "annotation_id") for span in by_hand.spans.order_by("position")
    ]
    assert (kept.created, kept.updated) == (mark.created, mark.updated)
    assert kept.updated > kept.created  # each change has a moment of its own (test_moments.py)
    assert facts(kept) == facts(mark)
    assert [facts(span, "annotation_id") for span in mark.placed] == [
        facts(span, "annotation_id") for span in kept.spans.order_by("position")
    ]


def test_a_note_on_an_issue_has_no_passages(house: House) -> None:
    draft = Draft(issue=house.article.issue, comment="On the whole.")
    mark = create_annotation(uid=uuid4(), by=house.author, draft=draft)[0]
    assert (mark.issue, mark.article, mark.spans.count(), mark.placed) == (house.article.issue, None, 0, ())
    assert Operation.objects.get().label == "Wrote a note"


def test_the_act_can_be_undone_and_done_again(house: House) -> None:
    tag = make_tag(name="Weir", by=house.author)
    mark = house.mark(comment=WORDS, tags=(tag,))
    act = Operation.objects.get(verb="create")
    assert (act.verb, act.label, act.person, act.undone, act.forgotten) == (
        "create",
        "Marked a passage",
        house.author,
        None,
        False,
    )
    key = f"annotation:{mark.uid}"
    assert (act.before, act.after) == ({key: None}, {key: snapshot(Annotation.objects.get())})
    undo(house.author)
    assert Annotation.objects.get().deleted is not None
    redo(house.author)
    assert Annotation.objects.get().deleted is None


def test_what_was_undone_cannot_be_done_again_after_a_new_mark(house: House) -> None:
    house.mark()
    theirs = house.mark(by=house.mate)
    undo(house.author)
    undo(house.mate)
    house.mark("Nobody held")
    with pytest.raises(NothingToUndo):
        redo(house.author)
    redo(house.mate)  # another's acts are their own
    assert Annotation.objects.get(pk=theirs.pk).deleted is None


def test_history_knows_whose_request_it_was_and_all_rows_it_wrote(house: House) -> None:
    tag = make_tag(name="Weir", by=house.author)
    Context.objects.all().delete()
    with pghistory.context(user=house.author.pk, url="/annotations/"):
        mark = house.mark(tags=(tag,))
    (context,) = Context.objects.all()
    assert context.metadata == {"user": house.author.pk, "url": "/annotations/"}
    for model, own in ((Annotation, {"uid": mark.uid}), (AnnotationSpan, {}), (AnnotationTag, {"tag_id": tag.pk})):
        (event,) = events(model).filter(**own)
        assert (event.pgh_label, event.pgh_context_id) == ("insert", context.pk)


def test_history_of_a_command_names_no_request_even_after_one(house: House) -> None:
    with pghistory.context(user=house.author.pk):
        house.mark()
    before = Context.objects.count()
    mark = house.mark("Nobody held")
    (event,) = events(Annotation).filter(uid=mark.uid)
    # The test's own transaction still holds what the request said; without one it ends with the statement.
    assert Context.objects.count() == before
    assert event.pgh_label == "insert"


@pytest.mark.django_db(transaction=True)
def test_what_a_request_said_ends_with_its_statement(house: House) -> None:
    with pghistory.context(user=house.author.pk):
        house.mark()
    mark = house.mark("Nobody held")
    (event,) = events(Annotation).filter(uid=mark.uid)
    assert event.pgh_context_id is None


def test_a_taken_id_writes_nothing_at_all(house: House) -> None:
    mark = house.mark()
    undo(house.author)  # an act that could be done again: it must stay so

    def counts() -> list[int]:
        kinds = (Annotation, AnnotationSpan, AnnotationTag, Operation, Tag)
        return [*(kind.objects.count() for kind in kinds), *(events(kind).count() for kind in kinds[:3])]

    own = make_tag(name="New", by=house.mate, private=True)
    before = counts()
    twin = Annotation(uid=mark.uid, owner=house.mate, article=house.article)
    assert not keep_new(twin, take_passages(house.article, [house.asked("gate")]), [], label="Marked a passage")
    assert counts() == before
    assert not Annotation.objects.filter(pk=twin.pk).exists()
    # A tag of one's own would be made for everybody on the way.
    draft = Draft(article=house.article, passages=(house.asked("gate"),), tags=(own,), visibility="everyone")
    with pytest.raises(IdTaken):
        create_annotation(uid=mark.uid, by=house.mate, draft=draft)
    assert counts() == before
    redo(house.author)


def test_a_plain_mark_is_one_statement_and_no_transaction_is_opened(house: House) -> None:
    draft = Draft(article=house.article, passages=(house.asked("lamps"),), comment="No names.")
    draft.article.body = house.body  # type: ignore[union-attr]  # as whoever shows the page has read it
    with CaptureQueriesContext(connection) as asked:
        create_annotation(uid=uuid4(), by=house.author, draft=draft)
    assert len(asked) == 1


def test_passages_name_their_article_whoever_writes_them_and_history_does_not_repeat_it(house: House) -> None:
    note, other = house.article.notes.all()[0], make_article()
    by_orm = Annotation.objects.create(uid=uuid4(), owner=house.author, article=other)
    AnnotationSpan.objects.bulk_create(
        AnnotationSpan(annotation=by_orm, position=at, text_version=1, start=1, end=5, quote="words", **where)
        for at, where in enumerate([{}, {"note": note, "note_number": 1}])
    )
    house.mark()
    named = AnnotationSpan.objects.order_by("pk").values_list("annotation__article", "article")
    assert list(named) == [(other.pk, other.pk), (other.pk, other.pk), (house.article.pk, house.article.pk)]
    assert "article_id" not in {field.attname for field in events(AnnotationSpan).model._meta.concrete_fields}
    before = events(AnnotationSpan).count()
    AnnotationSpan.objects.filter(annotation=by_orm).update(start=2)
    assert events(AnnotationSpan).count() == before + 2
    AnnotationSpan.objects.filter(annotation=by_orm).update(start=2)  # nothing new, and no version of it
    assert events(AnnotationSpan).count() == before + 2
    AnnotationSpan.objects.update(article=None)
    assert events(AnnotationSpan).count() == before + 2
