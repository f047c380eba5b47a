"""Keeping how far a person has read an article: one statement each, whatever else writes at the same moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from monitor.accounts.models import User
    from monitor.library.models import Article

# Paragraphs are counted here and not by the browser, whose page may show an older text. Where the text was read anew
# since, the furthest paragraph goes by its share of the way; what is left after that only grows. Who comes to the last
# of several paragraphs has read the text.
_KEEP = """
    insert into monitor_readingplace as place (person_id, article_id, paragraph, furthest, paragraphs, read)
    select %(person)s, %(article)s, least(%(at)s, text.size), least(%(at)s, text.size), text.size,
        case when %(is_read)s or (text.size > 1 and %(at)s >= text.size) then statement_timestamp() end
    from (select greatest(count(*), 1)::integer as size from monitor_block where article_id = %(article)s) as text
    on conflict (person_id, article_id) do update set
        paragraph = excluded.paragraph,
        furthest = greatest(excluded.furthest, case when place.paragraphs = 1 then 1 else
            1 + round((place.furthest - 1)::numeric * (excluded.paragraphs - 1) / (place.paragraphs - 1)) end),
        paragraphs = excluded.paragraphs,
        read = coalesce(place.read, excluded.read),
        moved = statement_timestamp()
"""


def keep_place(*, person: User, article: Article, paragraph: int, is_read: bool = False) -> None:
    """Keep the paragraph in view, from 1; one beyond the text's last counts as its last.

    What is read stays read, and the furthest paragraph never goes back: messages of a slow network may come in any
    order.
    """
    at = {"person": person.pk, "article": article.pk, "at": max(paragraph, 1), "is_read": is_read}
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, at)


def place_now(paragraph: int, paragraphs: int, *, size: int) -> int:
    """Return where a place in a text of `paragraphs` stands in one of `size`, by its share of the way; from 1 to size.

    The last paragraph stays the last and the first the first.
    """
    if paragraphs == size or size < 1:
        return max(min(paragraph, size), 1)
    if paragraphs <= 1:
        return 1
    way, whole = (min(paragraph, paragraphs) - 1) * (size - 1), paragraphs - 1
    return 1 + (2 * way + whole) // (2 * whole)  # halves round up, as in the statement above
