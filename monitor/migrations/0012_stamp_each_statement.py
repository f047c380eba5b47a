"""The stamp of the library changes with each statement, also inside one transaction.

Whoever changes and looks within one transaction, as tests do,
must see the change. A statement costs some microseconds more; an issue is stored in some dozens of them.
"""

from django.db import migrations

EACH = """
create or replace function monitor_stamp_library() returns trigger language plpgsql as $$
declare
    free integer;
begin
    select slot into free from monitor_librarystamp order by slot limit 1 for update skip locked;
    update monitor_librarystamp set stamp = gen_random_uuid() where slot = coalesce(free, 0);
    return null;
end
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("monitor", "0011_tags_in_the_trash")]
    operations = [migrations.RunSQL(EACH, migrations.RunSQL.noop)]
