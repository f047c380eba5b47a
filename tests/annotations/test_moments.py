"""Every change of an annotation or a reply has a moment of its own, whoever writes it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone

from monitor.annotations.models import Annotation, Reply
from tests.factories import make_article, make_user

if TYPE_CHECKING:
    from datetime import datetime

pytestmark = pytest.mark.django_db
MANY = 300


def updated() -> list[datetime]:
    marks = Annotation.objects.order_by("pk").values_list("updated", flat=True)
    return [*marks, *Reply.objects.order_by("pk").values_list("updated", flat=True)]


def test_rows_of_one_statement_have_moments_of_their_own() -> None:
    owner, article = make_user("analyst"), make_article()
    marks = Annotation.objects.bulk_create(Annotation(owner=owner, article=article) for _ in range(MANY))
    Reply.objects.bulk_create(Reply(owner=owner, annotation=mark, comment="Yes.") for mark in marks)
    made = updated()
    assert len(set(made)) == 2 * MANY
    assert not Annotation.objects.filter(updated__lt=F("created")).exists()
    Annotation.objects.update(comment="Again.", updated=Now(), revision=F("revision") + 1)
    Reply.objects.update(updated=Now())
    changed = updated()
    assert len({*made, *changed}) == 4 * MANY
    assert all(later > earlier for earlier, later in zip(made, changed, strict=True))


def test_a_change_that_says_nothing_of_its_time_leaves_it() -> None:
    mark = Annotation.objects.create(owner=make_user(), article=make_article())
    before = updated()
    Annotation.objects.filter(pk=mark.pk).update(comment="Quietly.")
    assert updated() == before


def test_a_moment_that_is_brought_along_stays() -> None:
    then = timezone.now() - timedelta(days=400)
    mark = Annotation.objects.create(owner=make_user(), article=make_article(), updated=then)
    assert updated() == [then]
    Annotation.objects.filter(pk=mark.pk).update(updated=then - timedelta(days=1))
    assert updated() == [then - timedelta(days=1)]


def test_moments_rise_where_the_clock_was_set_back() -> None:
    ahead = timezone.now() + timedelta(days=1)
    mark = Annotation.objects.create(owner=make_user(), article=make_article(), updated=ahead)
    Annotation.objects.filter(pk=mark.pk).update(comment="Later.", updated=Now())
    assert updated()[0] > ahead
