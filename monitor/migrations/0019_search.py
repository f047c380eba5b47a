"""The search index: rows whose facts follow the tables by triggers, and an outbox for what only Python can make.

Statement triggers, because no writer may be forgotten, note which articles have changed. The facts of those are brought up
to date at the end of the same transaction by a deferred trigger; of very many at once by a worker. Lexemes are Python's.
Whether readers may see an article is written at once and for any number: no count may tell of a withdrawn one.
"""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

FACTS = (
    "published", "issue_id", "periodical_id", "day", "kind", "endnotes", "author_ids", "source_ids", "actor_ids",
    "about_actor_ids", "region_ids", "exact_region_ids", "about_region_ids", "exact_about_region_ids",
)  # fmt: skip
ACTORS = "select actor_id from monitor_articleactor x where x.article_id = a.id"
REGIONS = "select region_id from monitor_articleregion x where x.article_id = a.id"
ABOVE = """select distinct c.ancestor_id from monitor_articleregion x
        join monitor_regionclosure c on c.descendant_id = x.region_id where x.article_id = a.id"""
VIEWS = f"""
create view monitor_searchfacts as
select
    a.id as article_id,
    a.state = 'published' and i.state = 'published' as published,
    i.id as issue_id,
    i.periodical_id,
    i.sort_date as day,
    a.kind,
    exists (select from monitor_note n where n.article_id = a.id) as endnotes,
    array(select x.author_id from monitor_authorship x where x.article_id = a.id order by 1) as author_ids,
    array(
        select distinct s.source_id from monitor_citation x join monitor_sourcespelling s on s.id = x.spelling_id
        where x.article_id = a.id order by 1
    ) as source_ids,
    array({ACTORS} order by 1) as actor_ids,
    array({ACTORS} and x.about order by 1) as about_actor_ids,
    array({ABOVE} order by 1) as region_ids,
    array({REGIONS} order by 1) as exact_region_ids,
    array({ABOVE} and x.about order by 1) as about_region_ids,
    array({REGIONS} and x.about order by 1) as exact_about_region_ids
from monitor_article a join monitor_issue i on i.id = a.issue_id
where a.state <> 'gone';

create view monitor_searchtexts as
select a.id as article_id, md5(concat_ws(
    E'\\x01', a.title, a.bio, t.body,
    (select string_agg(concat_ws(':', b.type, b.start, b."end"), ',' order by b.position)
        from monitor_block b where b.article_id = a.id),
    (select string_agg(n.text, E'\\x02' order by n.position) from monitor_note n where n.article_id = a.id)
)) as digest
from monitor_article a join monitor_articletext t on t.article_id = a.id and t.version = a.text_version
where a.state <> 'gone';
"""
FUNCTIONS = f"""
-- Rows of articles that the newest reading lacks go; whether readers see the others is set.
create function monitor_search_show(changed bigint[]) returns void language sql as $$
    delete from monitor_searchpiece p where p.article_id = any(changed) and not exists (
        select from monitor_article a where a.id = p.article_id and a.state <> 'gone');
    delete from monitor_searchrow r where r.article_id = any(changed) and not exists (
        select from monitor_article a where a.id = r.article_id and a.state <> 'gone');
    update monitor_searchrow r set published = a.state = 'published' and i.state = 'published'
    from monitor_article a join monitor_issue i on i.id = a.issue_id
    where r.article_id = a.id and a.id = any(changed)
        and r.published <> (a.state = 'published' and i.state = 'published');
$$;

create function monitor_search_refresh(changed bigint[]) returns void language sql as $$
    select monitor_search_show(changed);
    update monitor_searchrow r set ({', '.join(FACTS)}) = row({', '.join(f'f.{name}' for name in FACTS)})
    from monitor_searchfacts f
    where r.article_id = f.article_id and f.article_id = any(changed)
        and row({', '.join(f'r.{name}' for name in FACTS)})
            is distinct from row({', '.join(f'f.{name}' for name in FACTS)});
    delete from monitor_searchchange where article_id = any(changed) and not text;
$$;

-- Of more than some hundred at once the transaction would wait too long for its end.
create function monitor_search_note(changed bigint[], of_text boolean) returns void language sql as $$
    insert into monitor_searchchange as old (article_id, text, later)
    select article_id, of_text, cardinality(changed) > 500
    from (select distinct article_id from unnest(changed) as article_id where article_id is not null order by 1) x
    on conflict (article_id) do update set text = old.text or excluded.text, later = excluded.later;
$$;

create function monitor_search_settle() returns trigger language plpgsql as $$
begin
    if exists (select from monitor_searchchange where article_id = new.article_id and not later) then
        perform monitor_search_refresh(array[new.article_id]);
    end if;
    return null;
end
$$;
create constraint trigger search_settles after insert or update on monitor_searchchange
    deferrable initially deferred for each row when (not new.later) execute function monitor_search_settle();

create function monitor_search_follow() returns trigger language plpgsql as $$
begin
    if exists (select from monitor_follower) then
        insert into monitor_followerchange (follower_id, article_id)
        select f.name, c.article_id from monitor_follower f cross join (select article_id from changed) c;
    end if;
    return null;
end
$$;
"""
OF_CHANGED = "select array_agg(article_id) into ids from changed;"
DIFFERENT = "from changed n join before o on o.id = n.id where {}"
# (table, events) -> what is noted: `changed` are the rows as they are now, or those deleted; `before` as they were.
NOTED = {
    ("articletext", "insert delete"): (OF_CHANGED, True),
    ("articletext", "update"): (OF_CHANGED, True),
    ("block", "insert update delete"): (OF_CHANGED, True),
    ("note", "insert update delete"): (OF_CHANGED, True),
    ("authorship", "insert update delete"): (OF_CHANGED, False),
    ("citation", "insert update delete"): (OF_CHANGED, False),
    ("articleactor", "insert delete"): (OF_CHANGED, False),
    ("articleregion", "insert delete"): (OF_CHANGED, False),
    ("articleactor", "update"): (
        "select array_agg(n.article_id) into ids "
        + DIFFERENT.format("(n.about, n.actor_id, n.article_id) is distinct from (o.about, o.actor_id, o.article_id);"),
        False,
    ),
    ("articleregion", "update"): (
        "select array_agg(n.article_id) into ids "
        + DIFFERENT.format("(n.about, n.region_id, n.article_id) is distinct from (o.about, o.region_id, o.article_id);"),
        False,
    ),
    ("regionclosure", "insert delete"): (
        "select array_agg(distinct r.article_id) into ids from changed c"
        " join monitor_articleregion r on r.region_id = c.descendant_id;",
        False,
    ),
    ("sourcespelling", "update"): (
        "select array_agg(distinct c.article_id) into ids from changed n join before o on o.id = n.id"
        " join monitor_citation c on c.spelling_id = n.id where n.source_id <> o.source_id;",
        False,
    ),
    ("issue", "update"): (
        "select array_agg(a.id) into ids from changed n join before o on o.id = n.id"
        " join monitor_article a on a.issue_id = n.id"
        " where (n.state, n.sort_date, n.periodical_id) is distinct from (o.state, o.sort_date, o.periodical_id);"
        " perform monitor_search_show(ids);",
        False,
    ),
    ("article", "update"): (
        "select array_agg(n.id) into ids "
        + DIFFERENT.format("(n.state, n.issue_id, n.kind) is distinct from (o.state, o.issue_id, o.kind);")
        + " perform monitor_search_show(ids); perform monitor_search_note(ids, false);"
        " select array_agg(n.id) into ids "
        + DIFFERENT.format(
            "(n.title, n.bio, n.text_version) is distinct from (o.title, o.bio, o.text_version)"
            " or (o.state = 'gone' and n.state <> 'gone');"
        ),
        True,
    ),
}
REFERRING = {
    "insert": "new table as changed",
    "update": "old table as before new table as changed",
    "delete": "old table as changed",
}


def triggers():
    for (table, events), (look, of_text) in NOTED.items():
        name = f"{table}_{events.split()[0]}_searched"
        yield f"""
create function monitor_{name}() returns trigger language plpgsql as $$
declare ids bigint[];
begin
    {look}
    if ids is not null then
        perform monitor_search_note(ids, {str(of_text).lower()});
    end if;
    return null;
end
$$;"""
        for event in events.split():
            yield f"""
create trigger {table}_{event}_searched after {event} on monitor_{table}
    referencing {REFERRING[event]} for each statement execute function monitor_{name}();"""
    for event, referring in REFERRING.items():
        referring = referring.removeprefix("old table as before ")
        yield f"""
create trigger searchrow_{event}_followed after {event} on monitor_searchrow
    referencing {referring} for each statement execute function monitor_search_follow();"""


def dropped():
    for (table, events), _ in NOTED.items():
        for event in events.split():
            yield f"drop trigger {table}_{event}_searched on monitor_{table};"
        yield f"drop function monitor_{table}_{events.split()[0]}_searched();"
    yield "drop trigger search_settles on monitor_searchchange;"
    yield from (f"drop trigger searchrow_{event}_followed on monitor_searchrow;" for event in REFERRING)
    yield """
        drop function monitor_search_follow();
        drop function monitor_search_settle();
        drop function monitor_search_note(bigint[], boolean);
        drop function monitor_search_refresh(bigint[]);
        drop function monitor_search_show(bigint[]);
        drop view monitor_searchtexts;
        drop view monitor_searchfacts;
    """


class Migration(migrations.Migration):

    dependencies = [
        ('monitor', '0019_stamp_of_regions'),
    ]

    operations = [
        migrations.CreateModel(
            name='Follower',
            fields=[
                ('name', models.CharField(max_length=40, primary_key=True, serialize=False)),
            ],
        ),
        migrations.CreateModel(
            name='SearchChange',
            fields=[
                ('article', models.BigIntegerField(db_column='article_id', primary_key=True, serialize=False)),
                ('text', models.BooleanField(help_text='its lexemes are behind, not its facts alone')),
                ('later', models.BooleanField(help_text='one of so many that a worker brings them up to date, not the transaction')),
                ('since', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'ordering': ['article'],
            },
        ),
        migrations.CreateModel(
            name='FollowerChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('article', models.BigIntegerField(db_column='article_id')),
                ('follower', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='monitor.follower')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='SearchRow',
            fields=[
                ('article', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='search_row', serialize=False, to='monitor.article')),
                ('published', models.BooleanField(help_text='readers may see it; otherwise only who sees drafts')),
                ('issue', models.BigIntegerField(db_column='issue_id')),
                ('periodical', models.BigIntegerField(db_column='periodical_id')),
                ('day', models.DateField(help_text='of the issue: its sort_date')),
                ('kind', models.CharField(max_length=20)),
                ('endnotes', models.BooleanField(default=False)),
                ('author_ids', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('source_ids', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('actor_ids', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('about_actor_ids', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('region_ids', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('exact_region_ids', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('about_region_ids', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('exact_about_region_ids', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('lexemes', django.contrib.postgres.search.SearchVectorField(help_text='empty for an article whose lexemes stand in its pieces')),
                ('in_pieces', models.BooleanField(default=False)),
                ('digest', models.CharField(help_text='of the texts that the lexemes were made of', max_length=32)),
                ('words_version', models.PositiveSmallIntegerField(help_text='of the rules by which they were made')),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['lexemes'], name='search_by_lexeme'), django.contrib.postgres.indexes.GinIndex(fields=['actor_ids'], name='search_by_actor'), django.contrib.postgres.indexes.GinIndex(fields=['region_ids'], name='search_by_region'), django.contrib.postgres.indexes.GinIndex(fields=['exact_region_ids'], name='search_by_exact_region'), django.contrib.postgres.indexes.GinIndex(fields=['author_ids'], name='search_by_author'), django.contrib.postgres.indexes.GinIndex(fields=['source_ids'], name='search_by_source'), models.Index(fields=['-day', '-article'], name='search_by_day'), models.Index(fields=['periodical'], name='search_by_periodical'), models.Index(fields=['issue'], name='search_by_issue'), models.Index(condition=models.Q(('published', False)), fields=['article'], name='search_unpublished'), models.Index(condition=models.Q(('in_pieces', True)), fields=['article'], name='search_in_pieces')],
            },
        ),
        migrations.CreateModel(
            name='Vocabulary',
            fields=[
                ('word', models.TextField(primary_key=True, serialize=False)),
                ('sound', models.TextField(help_text='what it shares with its usual other transliterations')),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['word'], name='vocabulary_alike', opclasses=['gin_trgm_ops']), models.Index(fields=['sound'], name='vocabulary_by_sound')],
            },
        ),
        migrations.CreateModel(
            name='SearchPiece',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('lexemes', django.contrib.postgres.search.SearchVectorField()),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='monitor.article')),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['lexemes'], name='search_pieces_by_lexeme')],
                'constraints': [models.UniqueConstraint(fields=('article', 'position'), name='search_piece_once')],
            },
        ),
        migrations.RunSQL(VIEWS + FUNCTIONS + "".join(triggers()), "".join(dropped())),
        migrations.RunSQL(
            "create index actors_merged on monitor_actor (id, canonical_id) where canonical_id <> id",
            "drop index actors_merged",
        ),
        # What is there already is taken up by a worker.
        migrations.RunSQL(
            "insert into monitor_searchchange (article_id, text, later)"
            " select id, true, true from monitor_article where state <> 'gone'",
            migrations.RunSQL.noop,
        ),
    ]
