"""Actors, regions, mentions and judgements.

The stamp of the library moves with them as with articles (0010): what a person sees of them is everybody's. The stamp
of the gazetteer moves with what the recogniser reads, and not with actors that it proposed itself.
"""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models


STAMPED = (
    "actor", "actoralias", "actorrelation", "region", "regionalias", "regionparent", "mention", "articleactor",
    "articleregion", "mentionjudgement", "actorjudgement", "aboutjudgement",
)  # fmt: skip
STAMPS_LIBRARY = """
create trigger {0}_stamps_library after insert or update or delete or truncate on monitor_{0}
    for each statement execute function monitor_stamp_library();
"""
GAZETTEER_STAMP = """
create table monitor_gazetteerstamp (
    id smallint primary key default 1 check (id = 1),
    stamp uuid not null default gen_random_uuid()
);
insert into monitor_gazetteerstamp default values;

create function monitor_stamp_gazetteer() returns trigger language plpgsql as $$
begin
    update monitor_gazetteerstamp set stamp = gen_random_uuid();
    return null;
end
$$;

create function monitor_stamp_gazetteer_new() returns trigger language plpgsql as $$
begin
    if exists (select from new_rows where status <> 'provisional') then
        update monitor_gazetteerstamp set stamp = gen_random_uuid();
    end if;
    return null;
end
$$;

create function monitor_stamp_gazetteer_old() returns trigger language plpgsql as $$
begin
    if exists (select from old_rows where status <> 'provisional') then
        update monitor_gazetteerstamp set stamp = gen_random_uuid();
    end if;
    return null;
end
$$;

create function monitor_stamp_gazetteer_changed() returns trigger language plpgsql as $$
begin
    if exists (
        select from new_rows join old_rows using (id)
        where (new_rows.status <> 'provisional' or old_rows.status <> 'provisional')
        and (new_rows.slug, new_rows.name, new_rows.kind, new_rows.status, new_rows.countries, new_rows.strict)
            is distinct from
            (old_rows.slug, old_rows.name, old_rows.kind, old_rows.status, old_rows.countries, old_rows.strict)
    ) then
        update monitor_gazetteerstamp set stamp = gen_random_uuid();
    end if;
    return null;
end
$$;

create trigger actor_insert_stamps_gazetteer after insert on monitor_actor
    referencing new table as new_rows for each statement execute function monitor_stamp_gazetteer_new();
create trigger actor_delete_stamps_gazetteer after delete on monitor_actor
    referencing old table as old_rows for each statement execute function monitor_stamp_gazetteer_old();
create trigger actor_update_stamps_gazetteer after update on monitor_actor
    referencing old table as old_rows new table as new_rows
    for each statement execute function monitor_stamp_gazetteer_changed();
create trigger actor_truncate_stamps_gazetteer after truncate on monitor_actor
    for each statement execute function monitor_stamp_gazetteer();
"""
WITHOUT_GAZETTEER_STAMP = """
drop trigger actor_insert_stamps_gazetteer on monitor_actor;
drop trigger actor_delete_stamps_gazetteer on monitor_actor;
drop trigger actor_update_stamps_gazetteer on monitor_actor;
drop trigger actor_truncate_stamps_gazetteer on monitor_actor;
drop function monitor_stamp_gazetteer_changed();
drop function monitor_stamp_gazetteer_old();
drop function monitor_stamp_gazetteer_new();
drop function monitor_stamp_gazetteer();
drop table monitor_gazetteerstamp;
"""
READ = ("actoralias", "region", "regionalias", "regionparent")
STAMPS_GAZETTEER = """
create trigger {0}_stamps_gazetteer after insert or update or delete or truncate on monitor_{0}
    for each statement execute function monitor_stamp_gazetteer();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('monitor', '0012_stamp_each_statement'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        TrigramExtension(),
        migrations.CreateModel(
            name='GazetteerStamp',
            fields=[
                ('id', models.SmallIntegerField(primary_key=True, serialize=False)),
                ('stamp', models.UUIDField()),
            ],
            options={
                'db_table': 'monitor_gazetteerstamp',
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='GazetteerLoad',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('files', models.CharField(help_text="sha256 of the files' content", max_length=64)),
                ('written', models.PositiveIntegerField(help_text='rows that were written')),
                ('created', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Lexicon',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('words', models.TextField(help_text='sorted, one a line')),
                ('articles', models.PositiveIntegerField(help_text='how many it was made of')),
                ('created', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
            ],
            options={
                'verbose_name_plural': 'lexicons',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='RegionAlias',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('origin', models.CharField(choices=[('files', 'the gazetteer that comes with the site'), ('person', 'a person here'), ('text', 'a name found in a text')], default='person', max_length=6)),
                ('edited', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                ('valid_from', models.CharField(blank=True, help_text='ISO date of any precision, included; or empty', max_length=10)),
                ('valid_to', models.CharField(blank=True, help_text='the same; empty: holds still', max_length=10)),
                ('text', models.CharField(max_length=200)),
                ('fold', models.CharField(editable=False, help_text='the text as it is compared', max_length=400)),
                ('sort', models.CharField(choices=[('name', 'Name'), ('acronym', 'Acronym'), ('former', 'Former name'), ('translation', 'Translation'), ('misspelling', 'Misspelling'), ('descriptive', 'Description')], default='name', max_length=11)),
                ('lang', models.CharField(blank=True, help_text='BCP 47', max_length=12)),
                ('script', models.CharField(blank=True, help_text='ISO 15924', max_length=4)),
                ('case', models.CharField(choices=[('usual', 'as names are'), ('exact', 'exactly')], default='usual', max_length=5)),
                ('needs', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=8), blank=True, default=list, help_text='one of these countries', size=None)),
                ('not_near', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), blank=True, default=list, help_text='none of these words', size=None)),
                ('source', models.TextField(blank=True)),
                ('retired', models.BooleanField(default=False)),
            ],
            options={
                'verbose_name_plural': 'region aliases',
                'ordering': ['region', 'id'],
            },
        ),
        migrations.CreateModel(
            name='RegionAliasEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('origin', models.CharField(choices=[('files', 'the gazetteer that comes with the site'), ('person', 'a person here'), ('text', 'a name found in a text')], default='person', max_length=6)),
                ('edited', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                ('valid_from', models.CharField(blank=True, help_text='ISO date of any precision, included; or empty', max_length=10)),
                ('valid_to', models.CharField(blank=True, help_text='the same; empty: holds still', max_length=10)),
                ('text', models.CharField(max_length=200)),
                ('fold', models.CharField(editable=False, help_text='the text as it is compared', max_length=400)),
                ('sort', models.CharField(choices=[('name', 'Name'), ('acronym', 'Acronym'), ('former', 'Former name'), ('translation', 'Translation'), ('misspelling', 'Misspelling'), ('descriptive', 'Description')], default='name', max_length=11)),
                ('lang', models.CharField(blank=True, help_text='BCP 47', max_length=12)),
                ('script', models.CharField(blank=True, help_text='ISO 15924', max_length=4)),
                ('case', models.CharField(choices=[('usual', 'as names are'), ('exact', 'exactly')], default='usual', max_length=5)),
                ('needs', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=8), blank=True, default=list, help_text='one of these countries', size=None)),
                ('not_near', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), blank=True, default=list, help_text='none of these words', size=None)),
                ('source', models.TextField(blank=True)),
                ('retired', models.BooleanField(default=False)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='RegionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('origin', models.CharField(choices=[('files', 'the gazetteer that comes with the site'), ('person', 'a person here'), ('text', 'a name found in a text')], default='person', max_length=6)),
                ('edited', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                ('valid_from', models.CharField(blank=True, help_text='ISO date of any precision, included; or empty', max_length=10)),
                ('valid_to', models.CharField(blank=True, help_text='the same; empty: holds still', max_length=10)),
                ('code', models.CharField(help_text='ISO 3166, gn<GeoNames id>, or our own', max_length=40)),
                ('slug', models.SlugField(db_index=False, max_length=120)),
                ('name', models.CharField(max_length=200)),
                ('key', models.CharField(editable=False, help_text='the name as it is compared', max_length=400)),
                ('kind', models.CharField(choices=[('macro', 'Part of the world'), ('country', 'Country or territory'), ('admin1', 'Province'), ('admin2', 'District'), ('admin3', 'Subdistrict'), ('city', 'City'), ('place', 'Place'), ('facility', 'Facility'), ('former', 'Former state or province'), ('disputed', 'Disputed territory'), ('border', 'Border'), ('cross_border', 'Area across borders')], max_length=12)),
                ('countries', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=8), blank=True, default=list, help_text='codes, of what it is in', size=None)),
                ('population', models.PositiveBigIntegerField(default=0, help_text='0: not known')),
                ('lat', models.FloatField(blank=True, null=True)),
                ('lon', models.FloatField(blank=True, null=True)),
                ('coord_basis', models.CharField(blank=True, choices=[('point', 'its own'), ('cities', 'the middle of its cities'), ('parent', 'that of what it lies in'), ('', 'it has none')], default='', max_length=7)),
                ('source', models.TextField(blank=True)),
                ('retired', models.BooleanField(default=False)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='RegionParent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('origin', models.CharField(choices=[('files', 'the gazetteer that comes with the site'), ('person', 'a person here'), ('text', 'a name found in a text')], default='person', max_length=6)),
                ('edited', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                ('valid_from', models.CharField(blank=True, help_text='ISO date of any precision, included; or empty', max_length=10)),
                ('valid_to', models.CharField(blank=True, help_text='the same; empty: holds still', max_length=10)),
                ('retired', models.BooleanField(default=False)),
            ],
            options={
                'ordering': ['child', 'parent'],
            },
        ),
        migrations.CreateModel(
            name='RegionParentEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('origin', models.CharField(choices=[('files', 'the gazetteer that comes with the site'), ('person', 'a person here'), ('text', 'a name found in a text')], default='person', max_length=6)),
                ('edited', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                ('valid_from', models.CharField(blank=True, help_text='ISO date of any precision, included; or empty', max_length=10)),
                ('valid_to', models.CharField(blank=True, help_text='the same; empty: holds still', max_length=10)),
                ('retired', models.BooleanField(default=False)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Retagging',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('said', models.CharField(help_text='what was changed', max_length=300)),
                ('folds', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), help_text='the names, as they are compared', size=None)),
                ('articles', models.PositiveIntegerField(blank=True, help_text='to look through; None: not known yet', null=True)),
                ('done', models.PositiveIntegerField(default=0)),
                ('changed', models.PositiveIntegerField(default=0, help_text='articles in which mentions came or went')),
                ('created', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('finished', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Actor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('origin', models.CharField(choices=[('files', 'the gazetteer that comes with the site'), ('person', 'a person here'), ('text', 'a name found in a text')], default='person', max_length=6)),
                ('edited', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                ('valid_from', models.CharField(blank=True, help_text='ISO date of any precision, included; or empty', max_length=10)),
                ('valid_to', models.CharField(blank=True, help_text='the same; empty: holds still', max_length=10)),
                ('slug', models.SlugField(max_length=80, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('key', models.CharField(editable=False, help_text='the name as it is compared', max_length=400)),
                ('kind', models.CharField(choices=[('armed_group', 'Armed group'), ('alliance', 'Alliance'), ('political', 'Party or movement'), ('state_force', 'State force'), ('government', 'Government'), ('government_in_exile', 'Government in exile'), ('operation', 'Operation or mission'), ('organisation', 'Organisation'), ('person', 'Person')], default='armed_group', max_length=19)),
                ('status', models.CharField(choices=[('active', 'Confirmed'), ('former', 'No longer active'), ('provisional', 'Found in texts, not confirmed'), ('retired', 'Taken out')], default='active', max_length=11)),
                ('countries', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=8), blank=True, default=list, help_text='region codes', size=None)),
                ('tags', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                ('strict', models.BooleanField(default=False, help_text='of common words: counts only where its country is named')),
                ('wikidata', models.CharField(blank=True, max_length=20)),
                ('sources', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), blank=True, default=list, size=None)),
                ('notes', models.TextField(blank=True)),
                ('canonical', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='same_as', to='monitor.actor')),
            ],
            options={
                'ordering': ['key', 'id'],
            },
        ),
        migrations.CreateModel(
            name='ActorAlias',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('origin', models.CharField(choices=[('files', 'the gazetteer that comes with the site'), ('person', 'a person here'), ('text', 'a name found in a text')], default='person', max_length=6)),
                ('edited', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                ('valid_from', models.CharField(blank=True, help_text='ISO date of any precision, included; or empty', max_length=10)),
                ('valid_to', models.CharField(blank=True, help_text='the same; empty: holds still', max_length=10)),
                ('text', models.CharField(max_length=200)),
                ('fold', models.CharField(editable=False, help_text='the text as it is compared', max_length=400)),
                ('sort', models.CharField(choices=[('name', 'Name'), ('acronym', 'Acronym'), ('former', 'Former name'), ('translation', 'Translation'), ('misspelling', 'Misspelling'), ('descriptive', 'Description')], default='name', max_length=11)),
                ('lang', models.CharField(blank=True, help_text='BCP 47', max_length=12)),
                ('script', models.CharField(blank=True, help_text='ISO 15924', max_length=4)),
                ('case', models.CharField(choices=[('usual', 'as names are'), ('exact', 'exactly')], default='usual', max_length=5)),
                ('needs', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=8), blank=True, default=list, help_text='one of these countries', size=None)),
                ('not_near', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), blank=True, default=list, help_text='none of these words', size=None)),
                ('source', models.TextField(blank=True)),
                ('retired', models.BooleanField(default=False)),
                ('actor', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='aliases', to='monitor.actor')),
            ],
            options={
                'verbose_name_plural': 'actor aliases',
                'ordering': ['actor', 'id'],
            },
        ),
        migrations.CreateModel(
            name='ActorAliasEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('origin', models.CharField(choices=[('files', 'the gazetteer that comes with the site'), ('person', 'a person here'), ('text', 'a name found in a text')], default='person', max_length=6)),
                ('edited', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                ('valid_from', models.CharField(blank=True, help_text='ISO date of any precision, included; or empty', max_length=10)),
                ('valid_to', models.CharField(blank=True, help_text='the same; empty: holds still', max_length=10)),
                ('text', models.CharField(max_length=200)),
                ('fold', models.CharField(editable=False, help_text='the text as it is compared', max_length=400)),
                ('sort', models.CharField(choices=[('name', 'Name'), ('acronym', 'Acronym'), ('former', 'Former name'), ('translation', 'Translation'), ('misspelling', 'Misspelling'), ('descriptive', 'Description')], default='name', max_length=11)),
                ('lang', models.CharField(blank=True, help_text='BCP 47', max_length=12)),
                ('script', models.CharField(blank=True, help_text='ISO 15924', max_length=4)),
                ('case', models.CharField(choices=[('usual', 'as names are'), ('exact', 'exactly')], default='usual', max_length=5)),
                ('needs', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=8), blank=True, default=list, help_text='one of these countries', size=None)),
                ('not_near', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), blank=True, default=list, help_text='none of these words', size=None)),
                ('source', models.TextField(blank=True)),
                ('retired', models.BooleanField(default=False)),
                ('actor', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='monitor.actor')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='monitor.actoralias')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ActorEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('origin', models.CharField(choices=[('files', 'the gazetteer that comes with the site'), ('person', 'a person here'), ('text', 'a name found in a text')], default='person', max_length=6)),
                ('edited', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                ('valid_from', models.CharField(blank=True, help_text='ISO date of any precision, included; or empty', max_length=10)),
                ('valid_to', models.CharField(blank=True, help_text='the same; empty: holds still', max_length=10)),
                ('slug', models.SlugField(db_index=False, max_length=80)),
                ('name', models.CharField(max_length=200)),
                ('key', models.CharField(editable=False, help_text='the name as it is compared', max_length=400)),
                ('kind', models.CharField(choices=[('armed_group', 'Armed group'), ('alliance', 'Alliance'), ('political', 'Party or movement'), ('state_force', 'State force'), ('government', 'Government'), ('government_in_exile', 'Government in exile'), ('operation', 'Operation or mission'), ('organisation', 'Organisation'), ('person', 'Person')], default='armed_group', max_length=19)),
                ('status', models.CharField(choices=[('active', 'Confirmed'), ('former', 'No longer active'), ('provisional', 'Found in texts, not confirmed'), ('retired', 'Taken out')], default='active', max_length=11)),
                ('countries', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=8), blank=True, default=list, help_text='region codes', size=None)),
                ('tags', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                ('strict', models.BooleanField(default=False, help_text='of common words: counts only where its country is named')),
                ('wikidata', models.CharField(blank=True, max_length=20)),
                ('sources', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), blank=True, default=list, size=None)),
                ('notes', models.TextField(blank=True)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='monitor.actor')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ActorJudgement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('undone', models.DateTimeField(blank=True, null=True)),
                ('verdict', models.CharField(choices=[('same', 'are the same'), ('different', 'are different'), ('unsure', 'may be the same')], max_length=9)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('keep', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='monitor.actor')),
                ('left', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='judged_left', to='monitor.actor')),
                ('right', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='judged_right', to='monitor.actor')),
                ('undone_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='ActorRelation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('origin', models.CharField(choices=[('files', 'the gazetteer that comes with the site'), ('person', 'a person here'), ('text', 'a name found in a text')], default='person', max_length=6)),
                ('edited', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                ('valid_from', models.CharField(blank=True, help_text='ISO date of any precision, included; or empty', max_length=10)),
                ('valid_to', models.CharField(blank=True, help_text='the same; empty: holds still', max_length=10)),
                ('type', models.CharField(choices=[('member_of', 'member of'), ('faction_of', 'faction of'), ('affiliate_of', 'affiliated to'), ('successor_of', 'successor of'), ('allied_with', 'allied with'), ('merged_into', 'merged into'), ('led_by', 'led by')], max_length=12)),
                ('source', models.TextField(blank=True)),
                ('retired', models.BooleanField(default=False)),
                ('from_actor', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='relations', to='monitor.actor')),
                ('to_actor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='related_from', to='monitor.actor')),
            ],
            options={
                'ordering': ['from_actor', 'type', 'to_actor', 'valid_from'],
            },
        ),
        migrations.CreateModel(
            name='ActorRelationEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('origin', models.CharField(choices=[('files', 'the gazetteer that comes with the site'), ('person', 'a person here'), ('text', 'a name found in a text')], default='person', max_length=6)),
                ('edited', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                ('valid_from', models.CharField(blank=True, help_text='ISO date of any precision, included; or empty', max_length=10)),
                ('valid_to', models.CharField(blank=True, help_text='the same; empty: holds still', max_length=10)),
                ('type', models.CharField(choices=[('member_of', 'member of'), ('faction_of', 'faction of'), ('affiliate_of', 'affiliated to'), ('successor_of', 'successor of'), ('allied_with', 'allied with'), ('merged_into', 'merged into'), ('led_by', 'led by')], max_length=12)),
                ('source', models.TextField(blank=True)),
                ('retired', models.BooleanField(default=False)),
                ('from_actor', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='monitor.actor')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='monitor.actorrelation')),
                ('to_actor', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='monitor.actor')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ArticleActor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('n', models.PositiveIntegerField(help_text='mentions that count')),
                ('in_title', models.BooleanField(default=False)),
                ('parts', models.PositiveSmallIntegerField(help_text='a bit for each eighth of the text it occurs in')),
                ('weight', models.FloatField(help_text="sum of its mentions' weights")),
                ('salience', models.FloatField(help_text='weight, times the root of the number of eighths')),
                ('about', models.BooleanField(default=False)),
                ('actor', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='article_rows', to='monitor.actor')),
                ('article', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='actor_rows', to='monitor.article')),
            ],
            options={
                'ordering': ['article', '-salience', 'actor'],
            },
        ),
        migrations.CreateModel(
            name='RecognitionRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('gazetteer', models.CharField(max_length=64)),
                ('rules', models.CharField(max_length=64)),
                ('lexicon', models.CharField(max_length=64)),
                ('created', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
            ],
            options={
                'ordering': ['-id'],
                'constraints': [models.UniqueConstraint(fields=('gazetteer', 'rules', 'lexicon'), name='recognition_run_once')],
            },
        ),
        migrations.CreateModel(
            name='RecognisedArticle',
            fields=[
                ('article', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='recognised', serialize=False, to='monitor.article')),
                ('words', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, help_text='folded, sorted, each once', size=None)),
                ('capitals', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, help_text='acronyms and short names as printed', size=None)),
                ('text', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='monitor.articletext')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='articles', to='monitor.recognitionrun')),
            ],
        ),
        migrations.CreateModel(
            name='Region',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('origin', models.CharField(choices=[('files', 'the gazetteer that comes with the site'), ('person', 'a person here'), ('text', 'a name found in a text')], default='person', max_length=6)),
                ('edited', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                ('valid_from', models.CharField(blank=True, help_text='ISO date of any precision, included; or empty', max_length=10)),
                ('valid_to', models.CharField(blank=True, help_text='the same; empty: holds still', max_length=10)),
                ('code', models.CharField(help_text='ISO 3166, gn<GeoNames id>, or our own', max_length=40, unique=True)),
                ('slug', models.SlugField(max_length=120, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('key', models.CharField(editable=False, help_text='the name as it is compared', max_length=400)),
                ('kind', models.CharField(choices=[('macro', 'Part of the world'), ('country', 'Country or territory'), ('admin1', 'Province'), ('admin2', 'District'), ('admin3', 'Subdistrict'), ('city', 'City'), ('place', 'Place'), ('facility', 'Facility'), ('former', 'Former state or province'), ('disputed', 'Disputed territory'), ('border', 'Border'), ('cross_border', 'Area across borders')], max_length=12)),
                ('countries', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=8), blank=True, default=list, help_text='codes, of what it is in', size=None)),
                ('population', models.PositiveBigIntegerField(default=0, help_text='0: not known')),
                ('lat', models.FloatField(blank=True, null=True)),
                ('lon', models.FloatField(blank=True, null=True)),
                ('coord_basis', models.CharField(blank=True, choices=[('point', 'its own'), ('cities', 'the middle of its cities'), ('parent', 'that of what it lies in'), ('', 'it has none')], default='', max_length=7)),
                ('source', models.TextField(blank=True)),
                ('retired', models.BooleanField(default=False)),
            ],
            options={
                'ordering': ['key', 'id'],
                'indexes': [models.Index(fields=['key', 'id'], name='regions_by_name'), models.Index(fields=['key'], name='regions_by_beginning', opclasses=['varchar_pattern_ops'])],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['macro', 'country', 'admin1', 'admin2', 'admin3', 'city', 'place', 'facility', 'former', 'disputed', 'border', 'cross_border'])), name='region_kind_is_known'), models.CheckConstraint(condition=models.Q(('coord_basis__in', ['point', 'cities', 'parent', ''])), name='region_point_basis_is_known'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='region_has_a_name'), models.CheckConstraint(condition=models.Q(models.Q(('lat', None), ('lon', None)), models.Q(('lat__range', (-90, 90)), ('lon__range', (-180, 180))), _connector='OR'), name='region_point_is_on_earth'), models.CheckConstraint(condition=models.Q(('origin__in', ['files', 'person', 'text'])), name='region_origin_is_known'), models.CheckConstraint(condition=models.Q(('valid_from__regex', '^([0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?)?$'), ('valid_to__regex', '^([0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?)?$')), name='region_dates_are_iso'), models.CheckConstraint(condition=models.Q(('valid_from', ''), ('valid_to', ''), ('valid_to__gte', models.F('valid_from')), ('valid_from__startswith', models.F('valid_to')), _connector='OR'), name='region_dates_run_forward')],
            },
        ),
        migrations.CreateModel(
            name='MentionJudgement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('undone', models.DateTimeField(blank=True, null=True)),
                ('verdict', models.CharField(choices=[('confirm', 'is right'), ('reject', 'is wrong'), ('relink', 'is another'), ('add', 'was missed')], max_length=7)),
                ('scope', models.CharField(choices=[('mention', 'this mention'), ('article', 'all like it in this article'), ('all', 'all like it, also in articles to come')], default='mention', max_length=7)),
                ('kind', models.CharField(choices=[('actor', 'Actor'), ('region', 'Region')], max_length=6)),
                ('fold', models.TextField(help_text='the surface as it is compared')),
                ('where', models.CharField(choices=[('body', 'the text'), ('title', 'the title'), ('note', 'a note')], default='body', max_length=5)),
                ('note_number', models.PositiveIntegerField(blank=True, null=True)),
                ('text_version', models.PositiveIntegerField(blank=True, help_text='when the place was taken', null=True)),
                ('start', models.PositiveIntegerField(blank=True, null=True)),
                ('end', models.PositiveIntegerField(blank=True, null=True)),
                ('quote', models.TextField(help_text='the surface as it was judged')),
                ('prefix', models.TextField(blank=True)),
                ('suffix', models.TextField(blank=True)),
                ('state', models.CharField(choices=[('exact', 'exact'), ('fuzzy', 'moved: the words differ'), ('orphan', 'not found')], default='exact', max_length=6)),
                ('score', models.FloatField(default=1.0, help_text='how alike the words are, 0 to 1')),
                ('actor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mention_judgements', to='monitor.actor')),
                ('article', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mention_judgements', to='monitor.article')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('undone_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('region', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mention_judgements', to='monitor.region')),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Mention',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('where', models.CharField(choices=[('body', 'the text'), ('title', 'the title'), ('note', 'a note')], default='body', max_length=5)),
                ('start', models.PositiveIntegerField()),
                ('end', models.PositiveIntegerField()),
                ('surface', models.TextField(help_text='as printed')),
                ('kind', models.CharField(choices=[('actor', 'Actor'), ('region', 'Region')], max_length=6)),
                ('tier', models.CharField(choices=[('name', 'named'), ('desc', 'described'), ('weak', 'weak evidence')], default='name', max_length=4)),
                ('metonym', models.BooleanField(default=False)),
                ('method', models.CharField(choices=[('gazetteer', 'a known name'), ('definition', 'defined in the article'), ('acronym', 'an acronym'), ('person', "a person's name"), ('backref', 'a name given before'), ('descriptive', 'a description'), ('fuzzy', 'much like a known name'), ('pattern', 'made like a name'), ('manual', 'marked by a person')], default='gazetteer', max_length=11)),
                ('score', models.FloatField(default=1.0)),
                ('status', models.CharField(choices=[('auto', 'found automatically'), ('suggested', 'suggested'), ('confirmed', 'confirmed by a person'), ('rejected', 'rejected by a person')], default='auto', max_length=9)),
                ('candidates', models.JSONField(blank=True, default=list)),
                ('actor', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mentions', to='monitor.actor')),
                ('actor_alias', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='mentions', to='monitor.actoralias')),
                ('article', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='mentions', to='monitor.article')),
                ('note', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='mentions', to='monitor.note')),
                ('text_version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mentions', to='monitor.articletext')),
                ('judgement', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='mentions', to='monitor.mentionjudgement')),
                ('region', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mentions', to='monitor.region')),
            ],
            options={
                'ordering': ['article', 'where', 'note', 'start', 'end', 'id'],
            },
        ),
        migrations.CreateModel(
            name='ArticleRegion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('n', models.PositiveIntegerField(help_text='mentions that count')),
                ('in_title', models.BooleanField(default=False)),
                ('parts', models.PositiveSmallIntegerField(help_text='a bit for each eighth of the text it occurs in')),
                ('weight', models.FloatField(help_text="sum of its mentions' weights")),
                ('salience', models.FloatField(help_text='weight, times the root of the number of eighths')),
                ('about', models.BooleanField(default=False)),
                ('article', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='region_rows', to='monitor.article')),
                ('region', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='article_rows', to='monitor.region')),
            ],
            options={
                'ordering': ['article', '-salience', 'region'],
            },
        ),
        migrations.CreateModel(
            name='AboutJudgement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('undone', models.DateTimeField(blank=True, null=True)),
                ('verdict', models.CharField(choices=[('about', 'is about it'), ('mentioned', 'mentions it'), ('not', 'has nothing to do with it')], max_length=9)),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='about_judgements', to='monitor.article')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('undone_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('actor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='about_judgements', to='monitor.actor')),
                ('region', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='about_judgements', to='monitor.region')),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='region',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "monitor_regionevent" ("code", "coord_basis", "countries", "edited", "id", "key", "kind", "lat", "lon", "name", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "population", "retired", "slug", "source", "valid_from", "valid_to") VALUES (NEW."code", NEW."coord_basis", NEW."countries", NEW."edited", NEW."id", NEW."key", NEW."kind", NEW."lat", NEW."lon", NEW."name", NEW."origin", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."population", NEW."retired", NEW."slug", NEW."source", NEW."valid_from", NEW."valid_to"); RETURN NULL;', hash='7bba0dafd80668a670454aa49199e92ee518ae80', operation='UPDATE', pgid='pgtrigger_update_update_00630', table='monitor_region', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='region',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "monitor_regionevent" ("code", "coord_basis", "countries", "edited", "id", "key", "kind", "lat", "lon", "name", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "population", "retired", "slug", "source", "valid_from", "valid_to") VALUES (OLD."code", OLD."coord_basis", OLD."countries", OLD."edited", OLD."id", OLD."key", OLD."kind", OLD."lat", OLD."lon", OLD."name", OLD."origin", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."population", OLD."retired", OLD."slug", OLD."source", OLD."valid_from", OLD."valid_to"); RETURN NULL;', hash='9a4daf6458cdcdc6ea726586f28c16aed2e94ec0', operation='DELETE', pgid='pgtrigger_delete_delete_06331', table='monitor_region', when='AFTER')),
        ),
        migrations.CreateModel(
            name='RegionClosure',
            fields=[
                ('pk', models.CompositePrimaryKey('descendant_id', 'ancestor_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('ancestor', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='below', to='monitor.region')),
                ('descendant', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='above', to='monitor.region')),
                ('depth', models.PositiveSmallIntegerField()),
            ],
        ),
        migrations.AddField(
            model_name='regionalias',
            name='region',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='aliases', to='monitor.region'),
        ),
        migrations.AddField(
            model_name='mention',
            name='region_alias',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='mentions', to='monitor.regionalias'),
        ),
        migrations.AddField(
            model_name='regionaliasevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='regionaliasevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='monitor.regionalias'),
        ),
        migrations.AddField(
            model_name='regionaliasevent',
            name='region',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='monitor.region'),
        ),
        migrations.AddField(
            model_name='regionevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='regionevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='monitor.region'),
        ),
        migrations.AddField(
            model_name='regionparent',
            name='child',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='upward', to='monitor.region'),
        ),
        migrations.AddField(
            model_name='regionparent',
            name='parent',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='downward', to='monitor.region'),
        ),
        migrations.AddField(
            model_name='regionparentevent',
            name='child',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='monitor.region'),
        ),
        migrations.AddField(
            model_name='regionparentevent',
            name='parent',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='monitor.region'),
        ),
        migrations.AddField(
            model_name='regionparentevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='regionparentevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='monitor.regionparent'),
        ),
        migrations.AddField(
            model_name='retagging',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='actor',
            index=models.Index(fields=['key', 'id'], name='actors_by_name'),
        ),
        migrations.AddIndex(
            model_name='actor',
            index=django.contrib.postgres.indexes.GinIndex(fields=['countries'], name='actors_by_country'),
        ),
        migrations.AddConstraint(
            model_name='actor',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['armed_group', 'alliance', 'political', 'state_force', 'government', 'government_in_exile', 'operation', 'organisation', 'person'])), name='actor_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='actor',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['active', 'former', 'provisional', 'retired'])), name='actor_status_is_known'),
        ),
        migrations.AddConstraint(
            model_name='actor',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='actor_has_a_name'),
        ),
        migrations.AddConstraint(
            model_name='actor',
            constraint=models.CheckConstraint(condition=models.Q(('origin__in', ['files', 'person', 'text'])), name='actor_origin_is_known'),
        ),
        migrations.AddConstraint(
            model_name='actor',
            constraint=models.CheckConstraint(condition=models.Q(('valid_from__regex', '^([0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?)?$'), ('valid_to__regex', '^([0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?)?$')), name='actor_dates_are_iso'),
        ),
        migrations.AddConstraint(
            model_name='actor',
            constraint=models.CheckConstraint(condition=models.Q(('valid_from', ''), ('valid_to', ''), ('valid_to__gte', models.F('valid_from')), ('valid_from__startswith', models.F('valid_to')), _connector='OR'), name='actor_dates_run_forward'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='actor',
            trigger=pgtrigger.compiler.Trigger(name='is_its_own', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."canonical_id" IS NULL)', func='NEW.canonical_id = NEW.id; RETURN NEW;', hash='48b35884ead0aace0f21dfa6a894f409817de55c', operation='INSERT', pgid='pgtrigger_is_its_own_ea4e6', table='monitor_actor', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='actor',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "monitor_actorevent" ("countries", "edited", "id", "key", "kind", "name", "notes", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "sources", "status", "strict", "tags", "valid_from", "valid_to", "wikidata") VALUES (NEW."countries", NEW."edited", NEW."id", NEW."key", NEW."kind", NEW."name", NEW."notes", NEW."origin", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."slug", NEW."sources", NEW."status", NEW."strict", NEW."tags", NEW."valid_from", NEW."valid_to", NEW."wikidata"); RETURN NULL;', hash='7d96b662b1ad58c46464b077200c9780a3248c16', operation='INSERT', pgid='pgtrigger_insert_insert_abbea', table='monitor_actor', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='actor',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."countries" IS DISTINCT FROM (NEW."countries") OR OLD."edited" IS DISTINCT FROM (NEW."edited") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."key" IS DISTINCT FROM (NEW."key") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."notes" IS DISTINCT FROM (NEW."notes") OR OLD."origin" IS DISTINCT FROM (NEW."origin") OR OLD."slug" IS DISTINCT FROM (NEW."slug") OR OLD."sources" IS DISTINCT FROM (NEW."sources") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."strict" IS DISTINCT FROM (NEW."strict") OR OLD."tags" IS DISTINCT FROM (NEW."tags") OR OLD."valid_from" IS DISTINCT FROM (NEW."valid_from") OR OLD."valid_to" IS DISTINCT FROM (NEW."valid_to") OR OLD."wikidata" IS DISTINCT FROM (NEW."wikidata"))', func='INSERT INTO "monitor_actorevent" ("countries", "edited", "id", "key", "kind", "name", "notes", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "sources", "status", "strict", "tags", "valid_from", "valid_to", "wikidata") VALUES (NEW."countries", NEW."edited", NEW."id", NEW."key", NEW."kind", NEW."name", NEW."notes", NEW."origin", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."slug", NEW."sources", NEW."status", NEW."strict", NEW."tags", NEW."valid_from", NEW."valid_to", NEW."wikidata"); RETURN NULL;', hash='3f4a66d555698ac2518446697345a36b244ff135', operation='UPDATE', pgid='pgtrigger_update_update_6d62c', table='monitor_actor', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='actor',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "monitor_actorevent" ("countries", "edited", "id", "key", "kind", "name", "notes", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "sources", "status", "strict", "tags", "valid_from", "valid_to", "wikidata") VALUES (OLD."countries", OLD."edited", OLD."id", OLD."key", OLD."kind", OLD."name", OLD."notes", OLD."origin", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."slug", OLD."sources", OLD."status", OLD."strict", OLD."tags", OLD."valid_from", OLD."valid_to", OLD."wikidata"); RETURN NULL;', hash='97f10f0826bf7e9e8e4a68c0f43f913949b11914', operation='DELETE', pgid='pgtrigger_delete_delete_0854c', table='monitor_actor', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='actoralias',
            index=models.Index(fields=['fold'], name='actor_aliases_by_fold', opclasses=['varchar_pattern_ops']),
        ),
        migrations.AddIndex(
            model_name='actoralias',
            index=django.contrib.postgres.indexes.GinIndex(fields=['fold'], name='actor_aliases_alike', opclasses=['gin_trgm_ops']),
        ),
        migrations.AddConstraint(
            model_name='actoralias',
            constraint=models.UniqueConstraint(fields=('actor', 'text', 'valid_from'), name='actor_alias_once'),
        ),
        migrations.AddConstraint(
            model_name='actoralias',
            constraint=models.CheckConstraint(condition=models.Q(('sort__in', ['name', 'acronym', 'former', 'translation', 'misspelling', 'descriptive'])), name='actor_alias_sort_is_known'),
        ),
        migrations.AddConstraint(
            model_name='actoralias',
            constraint=models.CheckConstraint(condition=models.Q(('case__in', ['usual', 'exact'])), name='actor_alias_case_is_known'),
        ),
        migrations.AddConstraint(
            model_name='actoralias',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='actor_alias_has_words'),
        ),
        migrations.AddConstraint(
            model_name='actoralias',
            constraint=models.CheckConstraint(condition=models.Q(('origin__in', ['files', 'person', 'text'])), name='actor_alias_origin_is_known'),
        ),
        migrations.AddConstraint(
            model_name='actoralias',
            constraint=models.CheckConstraint(condition=models.Q(('valid_from__regex', '^([0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?)?$'), ('valid_to__regex', '^([0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?)?$')), name='actor_alias_dates_are_iso'),
        ),
        migrations.AddConstraint(
            model_name='actoralias',
            constraint=models.CheckConstraint(condition=models.Q(('valid_from', ''), ('valid_to', ''), ('valid_to__gte', models.F('valid_from')), ('valid_from__startswith', models.F('valid_to')), _connector='OR'), name='actor_alias_dates_run_forward'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='actoralias',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "monitor_actoraliasevent" ("actor_id", "case", "edited", "fold", "id", "lang", "needs", "not_near", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "retired", "script", "sort", "source", "text", "valid_from", "valid_to") VALUES (NEW."actor_id", NEW."case", NEW."edited", NEW."fold", NEW."id", NEW."lang", NEW."needs", NEW."not_near", NEW."origin", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."retired", NEW."script", NEW."sort", NEW."source", NEW."text", NEW."valid_from", NEW."valid_to"); RETURN NULL;', hash='6db3836e95fc1c1aa6276098d9d18557b701369a', operation='INSERT', pgid='pgtrigger_insert_insert_eb765', table='monitor_actoralias', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='actoralias',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "monitor_actoraliasevent" ("actor_id", "case", "edited", "fold", "id", "lang", "needs", "not_near", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "retired", "script", "sort", "source", "text", "valid_from", "valid_to") VALUES (NEW."actor_id", NEW."case", NEW."edited", NEW."fold", NEW."id", NEW."lang", NEW."needs", NEW."not_near", NEW."origin", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."retired", NEW."script", NEW."sort", NEW."source", NEW."text", NEW."valid_from", NEW."valid_to"); RETURN NULL;', hash='e38fcfc8c3264967a183d3cd488ab203436cc4f7', operation='UPDATE', pgid='pgtrigger_update_update_2c172', table='monitor_actoralias', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='actoralias',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "monitor_actoraliasevent" ("actor_id", "case", "edited", "fold", "id", "lang", "needs", "not_near", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "retired", "script", "sort", "source", "text", "valid_from", "valid_to") VALUES (OLD."actor_id", OLD."case", OLD."edited", OLD."fold", OLD."id", OLD."lang", OLD."needs", OLD."not_near", OLD."origin", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."retired", OLD."script", OLD."sort", OLD."source", OLD."text", OLD."valid_from", OLD."valid_to"); RETURN NULL;', hash='8ed792fea920ec80af072caf18802451ebf8f05f', operation='DELETE', pgid='pgtrigger_delete_delete_5acfb', table='monitor_actoralias', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='actorjudgement',
            constraint=models.CheckConstraint(condition=models.Q(('left__lt', models.F('right'))), name='actor_judgement_is_of_two_in_order'),
        ),
        migrations.AddConstraint(
            model_name='actorjudgement',
            constraint=models.CheckConstraint(condition=models.Q(('verdict__in', ['same', 'different', 'unsure'])), name='actor_judgement_is_known'),
        ),
        migrations.AddConstraint(
            model_name='actorjudgement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('keep__isnull', False), ('verdict', 'same'), models.Q(('keep', models.F('left')), ('keep', models.F('right')), _connector='OR')), models.Q(models.Q(('verdict', 'same'), _negated=True), ('keep', None)), _connector='OR'), name='actor_judgement_keeps_one_of_them'),
        ),
        migrations.AddConstraint(
            model_name='actorrelation',
            constraint=models.UniqueConstraint(fields=('from_actor', 'type', 'to_actor', 'valid_from'), name='actor_relation_once'),
        ),
        migrations.AddConstraint(
            model_name='actorrelation',
            constraint=models.CheckConstraint(condition=models.Q(('from_actor', models.F('to_actor')), _negated=True), name='actor_relation_is_of_two'),
        ),
        migrations.AddConstraint(
            model_name='actorrelation',
            constraint=models.CheckConstraint(condition=models.Q(('type__in', ['member_of', 'faction_of', 'affiliate_of', 'successor_of', 'allied_with', 'merged_into', 'led_by'])), name='actor_relation_type_is_known'),
        ),
        migrations.AddConstraint(
            model_name='actorrelation',
            constraint=models.CheckConstraint(condition=models.Q(('origin__in', ['files', 'person', 'text'])), name='actor_relation_origin_is_known'),
        ),
        migrations.AddConstraint(
            model_name='actorrelation',
            constraint=models.CheckConstraint(condition=models.Q(('valid_from__regex', '^([0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?)?$'), ('valid_to__regex', '^([0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?)?$')), name='actor_relation_dates_are_iso'),
        ),
        migrations.AddConstraint(
            model_name='actorrelation',
            constraint=models.CheckConstraint(condition=models.Q(('valid_from', ''), ('valid_to', ''), ('valid_to__gte', models.F('valid_from')), ('valid_from__startswith', models.F('valid_to')), _connector='OR'), name='actor_relation_dates_run_forward'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='actorrelation',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "monitor_actorrelationevent" ("edited", "from_actor_id", "id", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "retired", "source", "to_actor_id", "type", "valid_from", "valid_to") VALUES (NEW."edited", NEW."from_actor_id", NEW."id", NEW."origin", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."retired", NEW."source", NEW."to_actor_id", NEW."type", NEW."valid_from", NEW."valid_to"); RETURN NULL;', hash='1a330dea8a61573b348764509f04773b5bd94119', operation='INSERT', pgid='pgtrigger_insert_insert_8eb71', table='monitor_actorrelation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='actorrelation',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "monitor_actorrelationevent" ("edited", "from_actor_id", "id", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "retired", "source", "to_actor_id", "type", "valid_from", "valid_to") VALUES (NEW."edited", NEW."from_actor_id", NEW."id", NEW."origin", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."retired", NEW."source", NEW."to_actor_id", NEW."type", NEW."valid_from", NEW."valid_to"); RETURN NULL;', hash='f23c8ba155291a36d301311502c56b5255f142ca', operation='UPDATE', pgid='pgtrigger_update_update_5c653', table='monitor_actorrelation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='actorrelation',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "monitor_actorrelationevent" ("edited", "from_actor_id", "id", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "retired", "source", "to_actor_id", "type", "valid_from", "valid_to") VALUES (OLD."edited", OLD."from_actor_id", OLD."id", OLD."origin", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."retired", OLD."source", OLD."to_actor_id", OLD."type", OLD."valid_from", OLD."valid_to"); RETURN NULL;', hash='02cf03a9d0590eda284c194b3d8833c8c95c5154', operation='DELETE', pgid='pgtrigger_delete_delete_972a7', table='monitor_actorrelation', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='articleactor',
            index=models.Index(fields=['actor', 'article'], name='articles_of_actor'),
        ),
        migrations.AddConstraint(
            model_name='articleactor',
            constraint=models.UniqueConstraint(fields=('article', 'actor'), name='actor_once_per_article'),
        ),
        migrations.AddIndex(
            model_name='recognisedarticle',
            index=django.contrib.postgres.indexes.GinIndex(fields=['words'], name='recognised_by_words'),
        ),
        migrations.AddIndex(
            model_name='recognisedarticle',
            index=django.contrib.postgres.indexes.GinIndex(fields=['capitals'], name='recognised_by_capitals'),
        ),
        migrations.AddIndex(
            model_name='mentionjudgement',
            index=models.Index(condition=models.Q(('undone', None)), fields=['article', '-id'], name='judgements_of_article'),
        ),
        migrations.AddIndex(
            model_name='mentionjudgement',
            index=models.Index(condition=models.Q(('scope', 'all'), ('undone', None)), fields=['fold'], name='judgements_of_surface'),
        ),
        migrations.AddConstraint(
            model_name='mentionjudgement',
            constraint=models.CheckConstraint(condition=models.Q(('verdict__in', ['confirm', 'reject', 'relink', 'add'])), name='judgement_verdict_is_known'),
        ),
        migrations.AddConstraint(
            model_name='mentionjudgement',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['exact', 'fuzzy', 'orphan'])), name='judgement_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='mentionjudgement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('quote', ''), _negated=True), models.Q(('fold', ''), _negated=True)), name='judgement_has_words'),
        ),
        migrations.AddConstraint(
            model_name='mentionjudgement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'actor'), ('region', None)), models.Q(('actor', None), ('kind', 'region')), _connector='OR'), name='judgement_is_of_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='mentionjudgement',
            constraint=models.CheckConstraint(condition=models.Q(('verdict', 'reject'), ('actor__isnull', False), ('region__isnull', False), _connector='OR'), name='judgement_names_its_entity'),
        ),
        migrations.AddConstraint(
            model_name='mentionjudgement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('article__isnull', False), ('scope', 'mention'), ('text_version__isnull', False), ('end__gt', models.F('start')), ('end__isnull', False), ('start__isnull', False)), models.Q(('article__isnull', False), ('end', None), ('scope', 'article'), ('start', None)), models.Q(('article', None), ('end', None), ('scope', 'all'), ('start', None)), _connector='OR'), name='judgement_place_fits_its_scope'),
        ),
        migrations.AddConstraint(
            model_name='mentionjudgement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('verdict', 'add'), _negated=True), ('scope', 'mention'), _connector='OR'), name='judgement_adds_one_at_a_time'),
        ),
        migrations.AddIndex(
            model_name='articleregion',
            index=models.Index(fields=['region', 'article'], name='articles_of_region'),
        ),
        migrations.AddConstraint(
            model_name='articleregion',
            constraint=models.UniqueConstraint(fields=('article', 'region'), name='region_once_per_article'),
        ),
        migrations.AddConstraint(
            model_name='aboutjudgement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('actor', None), ('region__isnull', False)), models.Q(('actor__isnull', False), ('region', None)), _connector='OR'), name='about_judgement_is_of_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='aboutjudgement',
            constraint=models.CheckConstraint(condition=models.Q(('verdict__in', ['about', 'mentioned', 'not'])), name='about_judgement_is_known'),
        ),
        migrations.AddIndex(
            model_name='regionalias',
            index=models.Index(fields=['fold'], name='region_aliases_by_fold', opclasses=['varchar_pattern_ops']),
        ),
        migrations.AddConstraint(
            model_name='regionalias',
            constraint=models.UniqueConstraint(fields=('region', 'text', 'valid_from'), name='region_alias_once'),
        ),
        migrations.AddConstraint(
            model_name='regionalias',
            constraint=models.CheckConstraint(condition=models.Q(('sort__in', ['name', 'acronym', 'former', 'translation', 'misspelling', 'descriptive'])), name='region_alias_sort_is_known'),
        ),
        migrations.AddConstraint(
            model_name='regionalias',
            constraint=models.CheckConstraint(condition=models.Q(('case__in', ['usual', 'exact'])), name='region_alias_case_is_known'),
        ),
        migrations.AddConstraint(
            model_name='regionalias',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='region_alias_has_words'),
        ),
        migrations.AddConstraint(
            model_name='regionalias',
            constraint=models.CheckConstraint(condition=models.Q(('origin__in', ['files', 'person', 'text'])), name='region_alias_origin_is_known'),
        ),
        migrations.AddConstraint(
            model_name='regionalias',
            constraint=models.CheckConstraint(condition=models.Q(('valid_from__regex', '^([0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?)?$'), ('valid_to__regex', '^([0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?)?$')), name='region_alias_dates_are_iso'),
        ),
        migrations.AddConstraint(
            model_name='regionalias',
            constraint=models.CheckConstraint(condition=models.Q(('valid_from', ''), ('valid_to', ''), ('valid_to__gte', models.F('valid_from')), ('valid_from__startswith', models.F('valid_to')), _connector='OR'), name='region_alias_dates_run_forward'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='regionalias',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "monitor_regionaliasevent" ("case", "edited", "fold", "id", "lang", "needs", "not_near", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region_id", "retired", "script", "sort", "source", "text", "valid_from", "valid_to") VALUES (NEW."case", NEW."edited", NEW."fold", NEW."id", NEW."lang", NEW."needs", NEW."not_near", NEW."origin", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."region_id", NEW."retired", NEW."script", NEW."sort", NEW."source", NEW."text", NEW."valid_from", NEW."valid_to"); RETURN NULL;', hash='55df184ae2c82b78ee13019f8984a44e9a4499f2', operation='UPDATE', pgid='pgtrigger_update_update_21d6c', table='monitor_regionalias', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='regionalias',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "monitor_regionaliasevent" ("case", "edited", "fold", "id", "lang", "needs", "not_near", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region_id", "retired", "script", "sort", "source", "text", "valid_from", "valid_to") VALUES (OLD."case", OLD."edited", OLD."fold", OLD."id", OLD."lang", OLD."needs", OLD."not_near", OLD."origin", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."region_id", OLD."retired", OLD."script", OLD."sort", OLD."source", OLD."text", OLD."valid_from", OLD."valid_to"); RETURN NULL;', hash='e2e70f87d41bb0687bea660e87271804de29731d', operation='DELETE', pgid='pgtrigger_delete_delete_4e5b9', table='monitor_regionalias', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='mention',
            index=models.Index(condition=models.Q(('actor__isnull', False)), fields=['actor', 'article', 'start'], name='mentions_of_actor'),
        ),
        migrations.AddIndex(
            model_name='mention',
            index=models.Index(condition=models.Q(('region__isnull', False)), fields=['region', 'article', 'start'], name='mentions_of_region'),
        ),
        migrations.AddIndex(
            model_name='mention',
            index=models.Index(condition=models.Q(('status', 'suggested')), fields=['article', 'id'], name='mentions_waiting'),
        ),
        migrations.AddConstraint(
            model_name='mention',
            constraint=models.CheckConstraint(condition=models.Q(('end__gt', models.F('start'))), name='mention_end_after_start'),
        ),
        migrations.AddConstraint(
            model_name='mention',
            constraint=models.CheckConstraint(condition=models.Q(('surface', ''), _negated=True), name='mention_has_words'),
        ),
        migrations.AddConstraint(
            model_name='mention',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'actor'), ('region', None), ('region_alias', None)), models.Q(('actor', None), ('actor_alias', None), ('kind', 'region')), _connector='OR'), name='mention_is_of_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='mention',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['suggested', 'rejected']), ('actor__isnull', False), ('region__isnull', False), _connector='OR'), name='mention_that_counts_is_of_something'),
        ),
        migrations.AddConstraint(
            model_name='mention',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('note__isnull', False), ('where', 'note')), models.Q(('where__in', ['body', 'title']), ('note', None)), _connector='OR'), name='mention_in_a_note_names_it'),
        ),
        migrations.AddConstraint(
            model_name='mention',
            constraint=models.CheckConstraint(condition=models.Q(('tier__in', ['name', 'desc', 'weak'])), name='mention_tier_is_known'),
        ),
        migrations.AddConstraint(
            model_name='mention',
            constraint=models.CheckConstraint(condition=models.Q(('method__in', ['gazetteer', 'definition', 'acronym', 'person', 'backref', 'descriptive', 'fuzzy', 'pattern', 'manual'])), name='mention_method_is_known'),
        ),
        migrations.AddConstraint(
            model_name='mention',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['auto', 'suggested', 'confirmed', 'rejected'])), name='mention_status_is_known'),
        ),
        migrations.AddConstraint(
            model_name='mention',
            constraint=models.CheckConstraint(condition=models.Q(('score__gte', 0), ('score__lte', 1)), name='mention_score_is_a_share'),
        ),
        migrations.AddConstraint(
            model_name='mention',
            constraint=models.UniqueConstraint(fields=('article', 'where', 'note', 'start', 'end', 'kind', 'actor', 'region'), name='mention_once_per_place', nulls_distinct=False),
        ),
        migrations.AddIndex(
            model_name='regionclosure',
            index=models.Index(fields=['ancestor', 'descendant'], name='closure_downward'),
        ),
        migrations.AddConstraint(
            model_name='regionclosure',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('depth', 0), ('ancestor', models.F('descendant'))), models.Q(('depth__gt', 0), models.Q(('ancestor', models.F('descendant')), _negated=True)), _connector='OR'), name='closure_depth_0_is_itself'),
        ),
        migrations.AddConstraint(
            model_name='regionparent',
            constraint=models.UniqueConstraint(fields=('child', 'parent'), name='region_parent_once'),
        ),
        migrations.AddConstraint(
            model_name='regionparent',
            constraint=models.CheckConstraint(condition=models.Q(('child', models.F('parent')), _negated=True), name='region_is_not_its_own_parent'),
        ),
        migrations.AddConstraint(
            model_name='regionparent',
            constraint=models.CheckConstraint(condition=models.Q(('origin__in', ['files', 'person', 'text'])), name='region_parent_origin_is_known'),
        ),
        migrations.AddConstraint(
            model_name='regionparent',
            constraint=models.CheckConstraint(condition=models.Q(('valid_from__regex', '^([0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?)?$'), ('valid_to__regex', '^([0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?)?$')), name='region_parent_dates_are_iso'),
        ),
        migrations.AddConstraint(
            model_name='regionparent',
            constraint=models.CheckConstraint(condition=models.Q(('valid_from', ''), ('valid_to', ''), ('valid_to__gte', models.F('valid_from')), ('valid_from__startswith', models.F('valid_to')), _connector='OR'), name='region_parent_dates_run_forward'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='regionparent',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "monitor_regionparentevent" ("child_id", "edited", "id", "origin", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "retired", "valid_from", "valid_to") VALUES (NEW."child_id", NEW."edited", NEW."id", NEW."origin", NEW."parent_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."retired", NEW."valid_from", NEW."valid_to"); RETURN NULL;', hash='535e3abd54e56acd42eb98bd9a1c375100c79074', operation='UPDATE', pgid='pgtrigger_update_update_36dc2', table='monitor_regionparent', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='regionparent',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "monitor_regionparentevent" ("child_id", "edited", "id", "origin", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "retired", "valid_from", "valid_to") VALUES (OLD."child_id", OLD."edited", OLD."id", OLD."origin", OLD."parent_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."retired", OLD."valid_from", OLD."valid_to"); RETURN NULL;', hash='3f2740a25730bb2e20e719d1f3d91b587885cdf0', operation='DELETE', pgid='pgtrigger_delete_delete_686d1', table='monitor_regionparent', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='retagging',
            constraint=models.CheckConstraint(condition=models.Q(('articles', None), ('done__lte', models.F('articles')), _connector='OR'), name='retagging_does_what_there_is'),
        ),
        *[
            migrations.RunSQL(STAMPS_LIBRARY.format(table), f"drop trigger {table}_stamps_library on monitor_{table}")
            for table in STAMPED
        ],
        migrations.RunSQL(GAZETTEER_STAMP, WITHOUT_GAZETTEER_STAMP),
        *[
            migrations.RunSQL(STAMPS_GAZETTEER.format(table), f"drop trigger {table}_stamps_gazetteer on monitor_{table}")
            for table in READ
        ],
    ]
