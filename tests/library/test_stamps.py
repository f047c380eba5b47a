"""The stamp of the library, on real commits: it is made by triggers, once for each transaction."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.db.models.functions import Now

from monitor.library.models import Article, Issue
from monitor.library.place_models import ReadingPlace
from monitor.library.stamps import LibraryStamp, library_stamp, own_places
from tests.factories import make_article, make_issue, make_user

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models.expressions import Combinable

    from monitor.library.stamps import Person

# A person's own, or the stamp itself.
NOT_STAMPING = {ReadingPlace, LibraryStamp}
LIBRARY = [
    model
    for model in apps.get_app_config("monitor").get_models()
    if model.__module__.startswith("monitor.library.") and model not in NOT_STAMPING
]


@pytest.mark.parametrize("model", LIBRARY, ids=lambda model: model.__name__)
@pytest.mark.parametrize("write", ["delete from {} where false", "update {} set id = id where false"])
def test_every_table_of_the_library_stamps_it(model: type, write: str, db: None) -> None:
    before = library_stamp()
    with connection.cursor() as cursor:
        cursor.execute(write.format(model._meta.db_table))  # type: ignore[attr-defined]
    assert library_stamp() != before


@pytest.mark.django_db(transaction=True)
def test_stamp_follows_changes_and_nothing_else() -> None:
    article = make_article()
    seen = [library_stamp()]
    article.issue.state = "draft"
    article.issue.save(update_fields=["state"])
    seen.append(library_stamp())
    Article.objects.filter(pk=article.pk).delete()
    seen.append(library_stamp())
    assert len(set(seen)) == 3
    make_user()
    Issue.objects.get()
    assert library_stamp() == seen[-1]


@pytest.mark.django_db(transaction=True)
def test_change_that_is_taken_back_leaves_the_stamp() -> None:
    article = make_article()
    before = library_stamp()
    with transaction.atomic():
        article.issue.save(update_fields=["state"])
        assert library_stamp() != before
        transaction.set_rollback(True)
    assert library_stamp() == before


@pytest.mark.django_db(transaction=True)
def test_savepoint_taken_back_does_not_keep_the_rest_from_stamping() -> None:
    article = make_article()
    before = library_stamp()
    with transaction.atomic():
        with transaction.atomic():
            article.issue.save(update_fields=["state"])
            transaction.set_rollback(True)
        article.save(update_fields=["title"])
    assert library_stamp() != before


@contextmanager
def another_connection() -> Iterator[BaseDatabaseWrapper]:
    other = connection.copy()
    try:
        yield other
    finally:
        other.close()


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_for_another_who_changes_the_library() -> None:
    """Both changes are seen when they are committed, in whatever order: neither is covered by the other."""
    first, second = make_article(), make_article()
    before = library_stamp()
    with another_connection() as other, other.cursor() as their:
        other.set_autocommit(False)
        their.execute("update monitor_article set title = 'Theirs' where id = %s", [first.pk])
        with connection.cursor() as cursor:
            cursor.execute("set lock_timeout = '500ms'")
            cursor.execute("update monitor_article set title = 'Ours' where id = %s", [second.pk])
            cursor.execute("reset lock_timeout")
        with_ours = library_stamp()
        other.commit()
    assert len({before, with_ours, library_stamp()}) == 3


@pytest.mark.django_db(transaction=True)
def test_own_places_are_told_from_others_and_by_article() -> None:
    person, stranger = make_user(), make_user()
    first, second = make_issue().articles.get(), make_issue().articles.get()
    place = ReadingPlace.objects.create(person=person, article=first)

    def stamps() -> tuple[str, str, str]:
        return (
            library_stamp(everywhere, person=person),
            library_stamp(own_places, person=person, article=first.pk),
            library_stamp(everywhere, person=stranger),
        )

    start = stamps()
    ReadingPlace.objects.create(person=person, article=second)
    other_article = stamps()
    assert [a == b for a, b in zip(start, other_article, strict=True)] == [False, True, True]
    ReadingPlace.objects.filter(pk=place.pk).update(moved=Now())
    moved = stamps()
    assert [a == b for a, b in zip(other_article, moved, strict=True)] == [False, False, True]
    ReadingPlace.objects.filter(pk=place.pk).update(read=Now())
    read = stamps()
    assert [a == b for a, b in zip(moved, read, strict=True)] == [False, False, True]
    place.delete()
    assert [a == b for a, b in zip(read, stamps(), strict=True)] == [False, False, True]


def everywhere(person: Person, article: int) -> Combinable:
    return own_places(person)


def test_visitor_has_no_places_of_their_own(db: None) -> None:
    assert library_stamp(own_places, person=AnonymousUser(), article=7) == library_stamp(own_places, article=8)


def test_number_that_no_article_can_have_is_no_error(db: None) -> None:
    assert library_stamp(own_places, person=make_user(), article=10**30)


def test_stamp_is_one_query(db: None, django_assert_num_queries: object) -> None:
    person = make_user()
    with django_assert_num_queries(1):  # type: ignore[operator]
        library_stamp(everywhere, own_places, person=person, article=1)
