"""The words that articles print, for "did you mean" and for other ways of writing a name; hints that are never shown uncounted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from monitor.search.transliteration import rough_sound

if TYPE_CHECKING:
    from collections.abc import Collection

KEEP = """
insert into monitor_vocabulary (word, sound)
select word, sound from unnest(%(words)s::text[], %(sounds)s::text[]) as new (word, sound) order by word
on conflict (word) do nothing
"""
UNKNOWN = "select word from unnest(%s::text[]) as new (word) where not exists (select from monitor_vocabulary v where v.word = new.word)"


def keep_words(words: Collection[str]) -> int:
    """Remember words, in their order, so that two who do it at once never wait for each other; returns how many were new."""
    if not words:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(UNKNOWN, [list(words)])
        new = sorted(row[0] for row in cursor.fetchall())
        if new:
            cursor.execute(KEEP, {"words": new, "sounds": [rough_sound(word) for word in new]})
    return len(new)
