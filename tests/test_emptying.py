"""After a test that committed nothing is left, and what pages are kept by has changed."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from monitor.library.stamps import library_stamp
from tests.factories import make_article, make_user

pytestmark = pytest.mark.django_db(transaction=True)


def rows_of(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*) from {connection.ops.quote_name(table)}")  # noqa: S608 - names of our own tables
        found: int = cursor.fetchone()[0]
    return found


def empty() -> None:
    options: Any = {"interactive": False, "allow_cascade": False, "inhibit_post_migrate": True}
    call_command("flush", verbosity=0, reset_sequences=False, **options)


def test_every_table_of_ours_is_emptied_and_the_stamp_is_new() -> None:
    make_article()
    make_user()
    before = library_stamp()
    empty()
    there = connection.introspection.table_names()  # a model may be a question, not a table
    tables = {model._meta.db_table for model in apps.get_models() if model._meta.managed} & set(there)
    assert {table for table in tables if rows_of(table)} <= {"django_migrations"}
    assert library_stamp() != before


def test_an_empty_database_is_emptied() -> None:
    empty()
    empty()


def test_rows_are_watched_again_afterwards() -> None:
    """Foreign keys and triggers are back: a change after the emptying makes a new stamp."""
    make_article()
    empty()
    before = library_stamp()
    make_article()
    assert library_stamp() != before
