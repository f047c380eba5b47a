"""A large archive made in a minute: some invented issues read in earnest, and copied row by row in the database.

Names come from the gazetteer, common words from the list of English words; the same at every run.
"""

from __future__ import annotations

import hashlib
import random
from typing import TYPE_CHECKING

from django.db import connection, transaction

from monitor.entities.models import ActorAlias
from monitor.entities.recognising.lexicon import english
from monitor.entities.region_models import Region
from monitor.ingest.document import Article, Block, IssueDocument, IssueFacts
from monitor.library.importing import FileFacts, store_issue

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SHORTEST, LONGEST = 1_000, 7_000  # characters of an article
PER_ISSUE = 10
NAMES_EVERY = 40  # words between two names
PARAGRAPH = 90  # words
# Tables in the order in which their rows can be copied, and which columns point into those before.
COPIED: dict[str, dict[str, str]] = {
    "monitor_issue": {},
    "monitor_article": {"issue_id": "monitor_issue"},
    "monitor_articletext": {"article_id": "monitor_article"},
    "monitor_block": {"article_id": "monitor_article"},
    "monitor_mention": {"article_id": "monitor_article", "text_version_id": "monitor_articletext"},
    "monitor_articleactor": {"article_id": "monitor_article"},
    "monitor_articleregion": {"article_id": "monitor_article"},
    "monitor_recognisedarticle": {"article_id": "monitor_article", "text_id": "monitor_articletext"},
}
# What no two rows may share, beside their keys.
OWN = {
    "uid": "gen_random_uuid()",
    "sha256": "encode(sha256((sha256 || copy_number)::bytea), 'hex')",
    "slug": "slug || '-' || copy_number",
}


def store_originals(issues: int, planted: Sequence[str]) -> list[int]:
    """Store this many issues of ten articles, and return their keys; article i names `planted[i]`, where there is one."""
    draw = random.Random(11)  # noqa: S311 - the same words each time
    names, words = _names(), sorted(word for word in english().words if word.isascii())
    keys = []
    for number in range(issues):
        articles = []
        for place in range(PER_ISSUE):
            index = number * PER_ISSUE + place
            articles.append(_article(draw, names, words, planted[index] if index < len(planted) else ""))
        facts = IssueFacts(
            publication="Long Letter", volume="I", number=number, date="2022-02-11", date_basis="printed"
        )
        digest = hashlib.sha256(str(number).encode()).hexdigest()
        file = FileFacts(digest, "invented.txt", "txt", 1)
        keys.append(store_issue(document=IssueDocument(issue=facts, articles=tuple(articles)), file=file).issue.pk)
    return keys


def _names() -> list[str]:
    """Return names as articles print them: three in five of places."""
    places = Region.objects.filter(population__gte=200_000).order_by("code").values_list("name", flat=True)
    actors = ActorAlias.objects.order_by("actor__slug", "text").values_list("text", flat=True)
    return [*places[:3_000], *actors[:2_000]]


def _article(draw: random.Random, names: Sequence[str], words: Sequence[str], planted: str) -> Article:
    length, blocks, size = draw.randint(SHORTEST, LONGEST), [], 0
    while size < length:
        text = " ".join(_sentences(draw, names, words))
        blocks.append(Block("para", text))
        size += len(text) + 2
    if planted:
        blocks.append(Block("para", f"Nobody had heard of the {planted} before the winter."))
    return Article(
        kind="article", title=" ".join(draw.choices(words, k=6)).capitalize(), page_start=1, blocks=tuple(blocks)
    )


def _sentences(draw: random.Random, names: Sequence[str], words: Sequence[str]) -> Iterator[str]:
    # A few hundred words make up most of a text.
    for _ in range(PARAGRAPH // 15):
        sentence = draw.choices(words[::400], k=11) + draw.choices(words, k=3)
        draw.shuffle(sentence)
        if draw.random() < 15 / NAMES_EVERY:
            sentence.insert(draw.randint(1, 12), draw.choice(names))
        text = " ".join(sentence)
        yield f"{text[:1].upper()}{text[1:]}."


@transaction.atomic
def copy_archive(times: int) -> int:
    """Copy every issue with all that was found in it this many times; return how many articles there are then."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # no trigger, no foreign key is looked up
        cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
        steps: dict[str, int] = {}
        for table, points in COPIED.items():
            indexes = _without_indexes(table)
            columns = _columns(table)
            if "id" in columns:
                cursor.execute(f"SELECT max(id) FROM {table}")  # noqa: S608 - our own names, here and below
                steps[table] = cursor.fetchone()[0]
            values = [_value(table, name, points, steps) for name in columns]
            copied = f"SELECT {', '.join(values)} FROM {table}, generate_series(1, %s) AS copy_number"  # noqa: S608
            cursor.execute(f"INSERT INTO {table} ({', '.join(columns)}) {copied}", [times])
            for definition in indexes:
                cursor.execute(definition)
            if "id" in columns:
                newest = f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"  # noqa: S608
                cursor.execute(newest)
        cursor.execute("SELECT count(*) FROM monitor_article")
        found: int = cursor.fetchone()[0]
    return found


def settle_tables() -> None:
    """Do what the database would do by itself in a quiet minute."""
    with connection.cursor() as cursor:
        for table in COPIED:
            cursor.execute(f"VACUUM ANALYZE {table}")
        cursor.execute("CHECKPOINT")


def _columns(table: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND is_generated = 'NEVER' "
            "ORDER BY ordinal_position",
            [table],
        )
        return [f'"{name}"' if name in ("start", "end", "where") else name for (name,) in cursor.fetchall()]


def _value(table: str, name: str, points: dict[str, str], steps: dict[str, int]) -> str:
    if name == "id":
        return f"id + copy_number * {steps[table]}"
    if name in points:
        return f"{name} + copy_number * {steps[points[name]]}"
    return OWN.get(name, name)


def _without_indexes(table: str) -> list[str]:
    """Take the indexes away that hold no constraint, and return what makes them again."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT i.indexname, i.indexdef FROM pg_indexes i LEFT JOIN pg_constraint c ON c.conname = i.indexname "
            "WHERE i.tablename = %s AND c.oid IS NULL",
            [table],
        )
        found = cursor.fetchall()
        for name, _definition in found:
            cursor.execute(f'DROP INDEX "{name}"')
    return [definition for _name, definition in found]
