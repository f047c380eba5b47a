"""When actors, regions and relations came and were last changed; and for the library, too, the time of the last change."""

import django.db.models.functions.datetime
import django.utils.timezone
from django.db import migrations, models

NEW = ("actor", "actorrelation", "region")
TOUCHED = ("periodical", "issue", "author", "article", "note", "source", "citation", *NEW)
# Whoever restores rows writes the time themselves, and it stays.
FUNCTION = """
create function monitor_touch() returns trigger language plpgsql as $$
begin
    if new.updated = old.updated then
        new.updated := clock_timestamp();
    end if;
    return new;
end $$;"""
TRIGGER = """
create trigger {table}_touched before update on monitor_{table}
    for each row when (old.* is distinct from new.*) execute function monitor_touch();"""


def moment(model, name):
    default = django.utils.timezone.now
    now = django.db.models.functions.datetime.Now()
    return migrations.AddField(model, name, models.DateTimeField(db_default=now, default=default, editable=False))


class Migration(migrations.Migration):
    dependencies = [("monitor", "0024_foreign_marks")]
    operations = [
        *(moment(model, name) for model in NEW for name in ("created", "updated")),
        migrations.RunSQL(
            FUNCTION + "".join(TRIGGER.format(table=table) for table in TOUCHED),
            "".join(f"drop trigger {table}_touched on monitor_{table};" for table in TOUCHED)
            + "drop function monitor_touch();",
        ),
    ]
