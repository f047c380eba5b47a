"""What writing a mark costs the database: indexes that nothing is found by, and a function that was read anew each time.

Removed are indexes whose columns begin another one (owner, team and person beside "newest first", the annotation of
spans and tags beside their constraints), those of history but for the one by which it is read, and the empty values in
those of columns that are seldom filled. `monitor_folded` is the same expression in PL/pgSQL: the server put SQL's words
into the statement, and so parsed and planned them, once for each statement that writes a mark or a passage.
"""

from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FOLD_IN_SQL = import_module("monitor.migrations.0022_folded_words")._fold()


def _in_plpgsql(function: str) -> str:
    head, body, end = function.replace("language sql", "language plpgsql").split("$fold$")
    return f"{head}$fold$ begin return {body.strip().removeprefix('select ')}; end $fold${end}"


class Migration(migrations.Migration):
    dependencies = [("monitor", "0032_vectors_as_they_are"), ("pghistory", "0007_auto_20250421_0444")]

    operations = [
        migrations.RemoveIndex(model_name="annotation", name="annotations_by_team_newest"),
        migrations.AlterField(model_name="annotation", name="hidden_by", field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL)),
        migrations.AlterField(model_name="annotation", name="issue", field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="annotations", to="monitor.issue")),
        migrations.AlterField(model_name="annotation", name="owner", field=models.ForeignKey(db_index=False, help_text="None: left the site", null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL)),
        migrations.AlterField(model_name="annotation", name="resolved_by", field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL)),
        migrations.AlterField(model_name="annotation", name="team", field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, to="monitor.team")),
        migrations.AlterField(model_name="annotationevent", name="article", field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", related_query_name="+", to="monitor.article")),
        migrations.AlterField(model_name="annotationevent", name="hidden_by", field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", related_query_name="+", to=settings.AUTH_USER_MODEL)),
        migrations.AlterField(model_name="annotationevent", name="issue", field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", related_query_name="+", to="monitor.issue")),
        migrations.AlterField(model_name="annotationevent", name="owner", field=models.ForeignKey(db_constraint=False, db_index=False, help_text="None: left the site", null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", related_query_name="+", to=settings.AUTH_USER_MODEL)),
        migrations.AlterField(model_name="annotationevent", name="pgh_context", field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="pghistory.context")),
        migrations.AlterField(model_name="annotationevent", name="resolved_by", field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", related_query_name="+", to=settings.AUTH_USER_MODEL)),
        migrations.AlterField(model_name="annotationevent", name="team", field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", related_query_name="+", to="monitor.team")),
        migrations.AlterField(model_name="annotationspan", name="annotation", field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="spans", to="monitor.annotation")),
        migrations.AlterField(model_name="annotationspan", name="note", field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="spans", to="monitor.note")),
        migrations.AlterField(model_name="annotationspanevent", name="note", field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", related_query_name="+", to="monitor.note")),
        migrations.AlterField(model_name="annotationspanevent", name="pgh_context", field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="pghistory.context")),
        migrations.AlterField(model_name="annotationspanevent", name="pgh_obj", field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name="events", to="monitor.annotationspan")),
        migrations.AlterField(model_name="annotationtag", name="annotation", field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="taggings", to="monitor.annotation")),
        migrations.AlterField(model_name="annotationtagevent", name="added_by", field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", related_query_name="+", to=settings.AUTH_USER_MODEL)),
        migrations.AlterField(model_name="annotationtagevent", name="pgh_context", field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="pghistory.context")),
        migrations.AlterField(model_name="annotationtagevent", name="pgh_obj", field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name="events", to="monitor.annotationtag")),
        migrations.AlterField(model_name="annotationtagevent", name="tag", field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", related_query_name="+", to="monitor.tag")),
        migrations.AlterField(model_name="operation", name="person", field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="operations", to=settings.AUTH_USER_MODEL)),
        migrations.AlterField(model_name="reply", name="hidden_by", field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL)),
        migrations.AlterField(model_name="reply", name="owner", field=models.ForeignKey(db_index=False, help_text="None: left the site", null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL)),
        migrations.AlterField(model_name="reply", name="team", field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, to="monitor.team")),
        migrations.AlterField(model_name="replyevent", name="annotation", field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", related_query_name="+", to="monitor.annotation")),
        migrations.AlterField(model_name="replyevent", name="hidden_by", field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", related_query_name="+", to=settings.AUTH_USER_MODEL)),
        migrations.AlterField(model_name="replyevent", name="owner", field=models.ForeignKey(db_constraint=False, db_index=False, help_text="None: left the site", null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", related_query_name="+", to=settings.AUTH_USER_MODEL)),
        migrations.AlterField(model_name="replyevent", name="pgh_context", field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="pghistory.context")),
        migrations.AlterField(model_name="replyevent", name="team", field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", related_query_name="+", to="monitor.team")),
        migrations.AlterField(model_name="tagevent", name="made_by", field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", related_query_name="+", to=settings.AUTH_USER_MODEL)),
        migrations.AlterField(model_name="tagevent", name="merged_into", field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", related_query_name="+", to="monitor.tag")),
        migrations.AlterField(model_name="tagevent", name="owner", field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", related_query_name="+", to=settings.AUTH_USER_MODEL)),
        migrations.AlterField(model_name="tagevent", name="parent", field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", related_query_name="+", to="monitor.tag")),
        migrations.AlterField(model_name="tagevent", name="pgh_context", field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="pghistory.context")),
        migrations.AlterField(model_name="tagevent", name="team", field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", related_query_name="+", to="monitor.team")),
        migrations.AddIndex(model_name="annotation", index=models.Index(condition=models.Q(("team__isnull", False)), fields=["team", "-created", "-id"], name="annotations_for_a_team")),
        migrations.AddIndex(model_name="annotation", index=models.Index(condition=models.Q(("issue__isnull", False)), fields=["issue"], name="annotations_on_an_issue")),
        migrations.AddIndex(model_name="annotation", index=models.Index(condition=models.Q(("hidden_by__isnull", False)), fields=["hidden_by"], name="annotations_hidden_by")),
        migrations.AddIndex(model_name="annotation", index=models.Index(condition=models.Q(("resolved_by__isnull", False)), fields=["resolved_by"], name="annotations_resolved_by")),
        migrations.AddIndex(model_name="reply", index=models.Index(fields=["owner"], name="replies_by_owner")),
        migrations.AddIndex(model_name="reply", index=models.Index(condition=models.Q(("team__isnull", False)), fields=["team"], name="replies_for_a_team")),
        migrations.AddIndex(model_name="reply", index=models.Index(condition=models.Q(("hidden_by__isnull", False)), fields=["hidden_by"], name="replies_hidden_by")),
        migrations.AddIndex(model_name="annotationspan", index=models.Index(condition=models.Q(("note__isnull", False)), fields=["note"], name="spans_in_a_note")),
        migrations.RunSQL([(_in_plpgsql(FOLD_IN_SQL), None)], [(FOLD_IN_SQL, None)]),
    ]
