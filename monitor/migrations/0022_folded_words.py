"""What was marked and written, without case and accents, kept beside it by the database and indexed by its trigrams.

Django's models do not have these columns: nothing reads them but the search for words, and no way of writing goes
round them.
"""

from django.db import migrations

from monitor.annotations.folded_words import FOLDED_BY_HAND, unshown_class


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _fold() -> str:
    apart = "normalize(lower(text_), NFKD)"
    for letter, plain in FOLDED_BY_HAND.items():
        apart = f"replace({apart}, {_quoted(letter)}, {_quoted(plain)})"
    bare = f"lower(regexp_replace({apart}, {_quoted(unshown_class())}, '', 'g'))"
    body = f"select case when octet_length(text_) = char_length(text_) then lower(text_) else {bare} end"
    return (
        "create or replace function monitor_folded(text_ text) returns text "
        f"language sql immutable strict parallel safe as $fold$ {body} $fold$"
    )


ADD = """
alter table {table} add column {column}_folded text generated always as (monitor_folded({column})) stored;
create index {table}_folded_words on {table} using gin ({column}_folded gin_trgm_ops);
"""
DROP = "alter table {table} drop column {column}_folded;"
KEPT = (("monitor_annotation", "comment"), ("monitor_annotationspan", "quote"))


class Migration(migrations.Migration):
    dependencies = [("monitor", "0021_saved_searches")]
    operations = [
        migrations.RunSQL([(_fold(), None)], "drop function monitor_folded(text)"),
        *(
            migrations.RunSQL(ADD.format(table=table, column=column), DROP.format(table=table, column=column))
            for table, column in KEPT
        ),
    ]
