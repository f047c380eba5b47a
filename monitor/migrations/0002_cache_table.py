"""The cache in the database (rate limits of all processes): it may be lost with a crash, so it is not logged."""

from django.db import migrations

CREATE = """
create unlogged table monitor_cache (
    cache_key varchar(255) not null primary key,
    value text not null,
    expires timestamp with time zone not null
);
create index monitor_cache_expires on monitor_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("monitor", "0001_initial")]
    operations = [migrations.RunSQL(CREATE, "drop table monitor_cache")]
