"""Passages name their article, so that an index finds those at a place; and what a person can do again is found at once."""

import django.contrib.postgres.indexes
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import monitor.annotations.models

# No version of a row is kept for this: the trigger of history is away meanwhile, and has nothing to say of the column.
FILL = """
update monitor_annotationspan as span set article_id = mark.article_id
from monitor_annotation as mark where mark.id = span.annotation_id;
"""
KEEP = """
create function monitor_span_names_its_article() returns trigger language plpgsql as $$
begin
    select article_id into new.article_id from monitor_annotation where id = new.annotation_id;
    return new;
end
$$;
create trigger span_names_its_article before insert on monitor_annotationspan
    for each row when (new.article_id is null) execute function monitor_span_names_its_article();
"""
UNKEEP = """
drop trigger span_names_its_article on monitor_annotationspan;
drop function monitor_span_names_its_article();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("monitor", "0019_search"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="annotationspan",
            name="update_update",
        ),
        migrations.AddField(
            model_name="annotationspan",
            name="article",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="monitor.article",
            ),
        ),
        migrations.RunSQL(FILL + KEEP, UNKEEP),
        migrations.AddIndex(
            model_name="annotationspan",
            index=django.contrib.postgres.indexes.GistIndex(
                monitor.annotations.models.Stretch(models.F("article"), models.F("start"), models.F("end")),
                condition=models.Q(("note_number", None)),
                name="spans_by_place",
            ),
        ),
        migrations.AddIndex(
            model_name="operation",
            index=models.Index(
                condition=models.Q(("forgotten", False), ("undone__isnull", False)),
                fields=["person"],
                name="operations_to_redo",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="annotationspan",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."annotation_id" IS DISTINCT FROM (NEW."annotation_id") OR OLD."candidate" IS DISTINCT FROM (NEW."candidate") OR OLD."end" IS DISTINCT FROM (NEW."end") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."note_id" IS DISTINCT FROM (NEW."note_id") OR OLD."note_number" IS DISTINCT FROM (NEW."note_number") OR OLD."position" IS DISTINCT FROM (NEW."position") OR OLD."prefix" IS DISTINCT FROM (NEW."prefix") OR OLD."quote" IS DISTINCT FROM (NEW."quote") OR OLD."score" IS DISTINCT FROM (NEW."score") OR OLD."start" IS DISTINCT FROM (NEW."start") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."suffix" IS DISTINCT FROM (NEW."suffix") OR OLD."text_version" IS DISTINCT FROM (NEW."text_version"))',
                    func='INSERT INTO "monitor_annotationspanevent" ("annotation_id", "candidate", "end", "id", "note_id", "note_number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "prefix", "quote", "score", "start", "state", "suffix", "text_version") VALUES (NEW."annotation_id", NEW."candidate", NEW."end", NEW."id", NEW."note_id", NEW."note_number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."prefix", NEW."quote", NEW."score", NEW."start", NEW."state", NEW."suffix", NEW."text_version"); RETURN NULL;',
                    hash="f025ca5ade7a79bf650e04bc13c9c0e3c20e28e5",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_15a9b",
                    table="monitor_annotationspan",
                    when="AFTER",
                ),
            ),
        ),
    ]
