"""Vectors are stored as they are: they hardly become smaller, and trying takes a fifth of the time of indexing."""

from django.db import migrations

KEEP = "alter table monitor_{table} alter column lexemes set storage {how};"
TABLES = ("searchrow", "searchpiece")


class Migration(migrations.Migration):
    dependencies = [("monitor", "0031_moments_of_changes")]
    operations = [
        migrations.RunSQL(
            "".join(KEEP.format(table=table, how="external") for table in TABLES),
            "".join(KEEP.format(table=table, how="extended") for table in TABLES),
        )
    ]
