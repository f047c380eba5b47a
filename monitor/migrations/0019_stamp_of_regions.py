"""A stamp for the regions alone, so that a change of an actor's name has no region read again."""

from django.db import migrations, models

TABLES = ("region", "regionalias", "regionparent")
STAMP = """
alter table monitor_gazetteerstamp add column places uuid not null default gen_random_uuid();

create function monitor_stamp_places() returns trigger language plpgsql as $$
begin
    update monitor_gazetteerstamp set stamp = gen_random_uuid(), places = gen_random_uuid();
    return null;
end
$$;
"""
WITHOUT_STAMP = """
drop function monitor_stamp_places();
alter table monitor_gazetteerstamp drop column places;
"""
STAMPS = """
drop trigger {0}_stamps_gazetteer on monitor_{0};
create trigger {0}_stamps_gazetteer after insert or update or delete or truncate on monitor_{0}
    for each statement execute function monitor_stamp_{1}();
"""


def triggers(function):
    return "".join(STAMPS.format(table, function) for table in TABLES)


class Migration(migrations.Migration):

    dependencies = [
        ('monitor', '0018_sessions_name_their_person'),
    ]

    operations = [
        migrations.AddField(
            model_name='gazetteerstamp',
            name='places',
            field=models.UUIDField(help_text='the same for regions, their names and what lies in what alone'),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name='recognitionrun',
            name='stamp',
            field=models.UUIDField(blank=True, help_text="of the gazetteer's tables as of which its articles are up to date", null=True),
        ),
        migrations.RunSQL(STAMP, WITHOUT_STAMP),
        migrations.RunSQL(triggers("places"), triggers("gazetteer")),
    ]
