"""A stamp that changes with the library, so that a page can be known to be what it was without being drawn.

Triggers, because no writer may be forgotten, and one for each statement, not for each row. The stamp stands in sixteen
slots: a transaction that changes the library takes one that no other holds, so that nobody waits for a neighbour's end.
Each is a random number and not a count, which would come round again after a restore. Library rows that no other
person sees, such as reading places, do not stamp it; nor do annotations, whose changes are nobody else's to notice.
"""

from django.db import migrations, models

STAMPS = """
create table monitor_librarystamp (
    slot integer primary key,
    stamp uuid not null default gen_random_uuid()
);
insert into monitor_librarystamp (slot) select generate_series(0, 15);

create function monitor_stamp_library() returns trigger language plpgsql as $$
declare
    free integer;
begin
    -- Once for each transaction; what is set so ends with it, or with the savepoint that is taken back.
    if current_setting('monitor.has_stamped', true) = 'yes' then
        return null;
    end if;
    perform set_config('monitor.has_stamped', 'yes', true);
    select slot into free from monitor_librarystamp order by slot limit 1 for update skip locked;
    update monitor_librarystamp set stamp = gen_random_uuid() where slot = coalesce(free, 0);
    return null;
end
$$;
"""
STAMPED = (
    "article", "articletext", "author", "authorship", "block", "citation", "correction", "finding", "issue", "marker",
    "note", "periodical", "reading", "source", "sourcegrade", "sourcejoin", "sourcespelling", "textlink",
)  # fmt: skip
TRIGGER = """
create trigger {0}_stamps_library after insert or update or delete or truncate on monitor_{0}
    for each statement execute function monitor_stamp_library();
"""


class Migration(migrations.Migration):
    dependencies = [("monitor", "0009_annotations")]
    operations = [
        migrations.RunSQL(
            STAMPS,
            "drop table monitor_librarystamp; drop function monitor_stamp_library();",
            state_operations=[
                migrations.CreateModel(
                    name="LibraryStamp",
                    fields=[
                        ("slot", models.IntegerField(primary_key=True, serialize=False)),
                        ("stamp", models.UUIDField()),
                    ],
                    options={"db_table": "monitor_librarystamp", "managed": False},
                )
            ],
        ),
        *(
            migrations.RunSQL(TRIGGER.format(table), f"drop trigger {table}_stamps_library on monitor_{table}")
            for table in STAMPED
        ),
    ]
