"""Every change of an annotation or a reply has a moment of its own; flags; what sidebars of another make are given.

Whoever walks through annotations by the time of their change, as Hypothesis' clients do, goes on after the last one's:
rows of one statement that bore one time would be lost between two pages. The microseconds below the millisecond are
counted, so that no row waits for another's transaction.
"""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

KINDS = [
    ("mention", "mentioned you"),
    ("reply", "replied"),
    ("resolved", "resolved your annotation"),
    ("hidden", "hid your annotation"),
    ("shared", "shared an annotation with your team"),
    ("flagged", "asked you to look at an annotation"),
]
# A moment that a statement brings along, as that of an annotation which is read in from a file, stays.
MOMENTS = """
create sequence monitor_moment minvalue 0 maxvalue 999 cycle;
create function monitor_own_moment() returns trigger language plpgsql as $$
declare
    begun timestamptz := date_trunc('milliseconds', clock_timestamp());
begin
    if tg_op = 'UPDATE' and begun < old.updated then
        begun := date_trunc('milliseconds', old.updated);
    end if;
    new.updated := begun + interval '1 millisecond' + nextval('monitor_moment') * interval '1 microsecond';
    return new;
end
$$;
create trigger annotation_made_at_a_moment before insert on monitor_annotation
    for each row when (new.updated = statement_timestamp()) execute function monitor_own_moment();
create trigger annotation_changed_at_a_moment before update on monitor_annotation
    for each row when (new.updated = statement_timestamp() and old.updated <> new.updated) execute function monitor_own_moment();
create trigger reply_made_at_a_moment before insert on monitor_reply
    for each row when (new.updated = statement_timestamp()) execute function monitor_own_moment();
create trigger reply_changed_at_a_moment before update on monitor_reply
    for each row when (new.updated = statement_timestamp() and old.updated <> new.updated) execute function monitor_own_moment();
"""
NO_MOMENTS = """
drop trigger annotation_made_at_a_moment on monitor_annotation;
drop trigger annotation_changed_at_a_moment on monitor_annotation;
drop trigger reply_made_at_a_moment on monitor_reply;
drop trigger reply_changed_at_a_moment on monitor_reply;
drop function monitor_own_moment();
drop sequence monitor_moment;
"""
# Rows of one statement got one time until now. History keeps no version for this.
PART = """
alter table {table} disable trigger user;
update {table} as row set updated = row.updated + (twin.nth - 1) * interval '1 microsecond'
from (select id, row_number() over (partition by updated order by id) as nth from {table}) as twin
where twin.id = row.id and twin.nth > 1;
alter table {table} enable trigger user;
"""
TABLES = ("monitor_annotation", "monitor_reply")


class Migration(migrations.Migration):
    dependencies = [("monitor", "0030_tagging_runs")]

    operations = [
        migrations.RunSQL("".join(PART.format(table=table) for table in TABLES), migrations.RunSQL.noop),
        migrations.RunSQL(MOMENTS, NO_MOMENTS),
        migrations.AddIndex("annotation", models.Index(fields=["updated"], name="annotations_by_change")),
        migrations.AddIndex("reply", models.Index(fields=["updated"], name="replies_by_change")),
        migrations.AlterField("notice", "kind", models.CharField(choices=KINDS, max_length=8)),
        migrations.RemoveConstraint("notice", "notice_kind_is_known"),
        migrations.AddConstraint(
            "notice",
            models.CheckConstraint(condition=Q(kind__in=[kind for kind, _ in KINDS]), name="notice_kind_is_known"),
        ),
        migrations.CreateModel(
            name="Flag",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "created",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                ),
                (
                    "annotation",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="flags",
                        to="monitor.annotation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="flags",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reply",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="flags",
                        to="monitor.reply",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(annotation=None, reply__isnull=False) | Q(annotation__isnull=False, reply=None),
                        name="flag_is_on_one_thing",
                    ),
                    models.UniqueConstraint(
                        fields=("person", "annotation", "reply"), nulls_distinct=False, name="flag_once_per_person"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SidebarSignIn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("proof", models.CharField(max_length=64)),
                ("access", models.CharField(max_length=64, unique=True)),
                ("access_ends", models.DateTimeField()),
                ("refresh", models.CharField(max_length=64, unique=True)),
                ("refresh_ends", models.DateTimeField(db_index=True)),
                (
                    "created",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sidebar_sign_ins",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"ordering": ["-created", "-id"]},
        ),
    ]
