"""Writing columns of many rows, each with values of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import Model


def write_columns(rows: Sequence[Model], columns: Sequence[str]) -> None:
    """Write these columns (names of attributes) of rows of one table that are there already.

    One prepared statement, sent without waiting for each answer: `bulk_update` builds an expression for every value and
    takes ten times as long. Not for tables that keep their history.
    """
    if not rows:
        return
    options, quote = rows[0]._meta, connection.ops.quote_name  # noqa: SLF001 - Django's own way to ask
    by_attribute = {field.attname: field for field in options.concrete_fields}
    fields = [by_attribute[name] for name in columns]
    settings = ", ".join(f"{quote(str(field.column))} = %s" for field in fields)
    statement = f"UPDATE {quote(options.db_table)} SET {settings} WHERE {quote(str(options.pk.column))} = %s"  # noqa: S608
    with connection.cursor() as cursor, connection.wrap_database_errors:
        # Past the wrappers of statements: history's puts its own words before each, which many values do not bear.
        cursor.cursor.executemany(
            statement,
            [
                [*(field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields), row.pk]
                for row in rows
            ],
        )
