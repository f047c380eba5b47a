"""Keeping a new annotation: one statement writes all its rows and the act, planned once for each connection.

It is a transaction of its own where none is open. Triggers keep the history of what it writes as of any other statement.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

from django.db import connection
from pghistory.runtime import _tracker

from monitor.annotations.snapshots import key_of, mark_snapshot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.annotations.models import Annotation, AnnotationSpan
    from monitor.postgres.backend.base import DatabaseWrapper

PLACE = ("position", "note_id", "note_number", "text_version", "start", "end")
SPAN = (*PLACE, "quote", "prefix", "suffix", "state", "score", "candidate")
# A save that is sent twice finds its id taken and writes nothing at all.
_KEEP = """
    mark as (
        insert into monitor_annotation (uid, owner_id, article_id, issue_id, comment, colour, visibility, team_id, revision)
        select %(uid)s::uuid, %(owner)s::bigint, %(article)s::bigint, %(issue)s::bigint, %(comment)s::text,
            %(colour)s::text, %(visibility)s::text, %(team)s::bigint, 1 from told
        on conflict (uid) do nothing returning id, created, updated
    ), spans as (
        insert into monitor_annotationspan (annotation_id, article_id, position, note_id, note_number, text_version, start, "end",
            quote, prefix, suffix, state, score, candidate)
        select mark.id, %(article)s::bigint, span.* from mark, jsonb_to_recordset(%(spans)s::jsonb) as span (position integer,
            note_id bigint, note_number integer, text_version integer, start integer, "end" integer,
            quote text, prefix text, suffix text, state text, score double precision, candidate jsonb)
    ), tags as (
        insert into monitor_annotationtag (annotation_id, tag_id, added_by_id)
        select mark.id, tag, %(owner)s::bigint from mark, unnest(%(tags)s::bigint[]) as tag
    ), forgotten as (
        update monitor_operation set forgotten = true from mark
        where person_id = %(owner)s::bigint and undone is not null and not forgotten
    ), kept as (
        insert into monitor_operation (person_id, verb, label, before, after, forgotten)
        select %(owner)s::bigint, 'create', %(label)s::text, %(before)s::jsonb, %(after)s::jsonb, false from mark
    )
    select id, created, updated from mark"""
# What the triggers read: whose request wrote the rows (see `annotations.history`).
_TOLD = """with told as materialized (select set_config('pghistory.context_id', %(context)s::text, true),
    set_config('pghistory.context_metadata', %(facts)s::text, true)),"""
_UNTOLD = "with told as (select),"
IN_REQUEST, ELSEWHERE = _TOLD + _KEEP, _UNTOLD + _KEEP


def keep_new(mark: Annotation, spans: Sequence[AnnotationSpan], tags: Sequence[int], *, label: str) -> bool:
    """Store a new annotation with its passages and tags (primary keys), and the act that made it, to be undone.

    False where its `uid` is taken already: then nothing was written. Gives the annotation its key and its time.
    """
    for position, span in enumerate(spans):
        span.annotation, span.article_id, span.position = mark, mark.article_id, position
    key, request = key_of(mark), getattr(_tracker, "value", None)
    values = {
        "uid": mark.uid,
        "owner": mark.owner_id,
        "article": mark.article_id,
        "issue": mark.issue_id,
        "comment": mark.comment,
        "colour": mark.colour,
        "visibility": mark.visibility,
        "team": mark.team_id,
        "spans": json.dumps([{name: getattr(span, name) for name in SPAN} for span in spans]),
        "tags": list(tags),
        "label": label,
        "before": json.dumps({key: None}),
        "after": json.dumps({key: mark_snapshot(mark, spans, tags)}),
    }
    if request:
        values |= {"context": str(request.id), "facts": json.dumps(request.metadata)}
    rows = _rows(IN_REQUEST if request else ELSEWHERE, values)
    if not rows:
        return False
    mark.pk, mark.created, mark.updated = rows[0]
    mark._state.adding, mark._state.db = False, connection.alias  # noqa: SLF001 - as Django's own `save` leaves it
    return True


def _rows(sql: str, values: dict[str, Any]) -> list[tuple[int, Any, Any]]:
    backend = cast("DatabaseWrapper", connection)
    with backend.preparing_cursor() as cursor:
        cursor.execute(sql, values)
        written: list[tuple[int, Any, Any]] = cursor.fetchall()
    return written
