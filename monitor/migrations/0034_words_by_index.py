"""A word to the planner: rows that are fetched have to be unpacked to be looked into for words, which takes long.

`monitor_by_index` gives back the words that it gets. What the planner reads is its cost, which it adds for each row that a
plan fetches: so it asks the index of words beside those of actors and regions, where it would take one of these alone.
It sees through the function when it guesses how many rows have the words.
"""

from django.db import migrations

MAKE = """
create function monitor_by_index(tsquery) returns tsquery
language plpgsql stable strict parallel safe cost 400 as 'begin return $1; end';
"""


class Migration(migrations.Migration):
    dependencies = [("monitor", "0033_fewer_indexes_of_marks")]

    operations = [migrations.RunSQL(MAKE, "drop function monitor_by_index(tsquery)")]
