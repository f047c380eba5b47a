"""Keeping a new annotation: one statement writes all its rows and the act, planned once for each connection.

It is a transaction of its own where none is open. Triggers keep the history of what it writes as of any other statement.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

from django.db import DEFAULT_DB_ALIAS, connections
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
OF_MARK = ("uid", "owner", "article", "issue", "comment", "colour", "visibility", "team", "spans", "tags")
OF_ACT, OF_REQUEST = ("label", "before", "after"), ("context", "facts")
_PLACES = {name: f"${number}" for number, name in enumerate((*OF_MARK, *OF_ACT, *OF_REQUEST), 1)}
IN_REQUEST, ELSEWHERE = (_TOLD + _KEEP) % _PLACES, (_UNTOLD + _KEEP) % _PLACES


def keep_new(mark: Annotation, spans: Sequence[AnnotationSpan], tags: Sequence[int], *, label: str) -> bool:
    """Store a new annotation with its passages and tags (primary keys), and the act that made it, to be undone.

    False where its `uid` is taken already: then nothing was written. Gives the annotation its key and its time.
    """
    for position, span in enumerate(spans):
        span.annotation, span.article_id, span.position = mark, mark.article_id, position
    key, request = key_of(mark), getattr(_tracker, "value", None)
    of_mark = (
        str(mark.uid),
        mark.owner_id,
        mark.article_id,
        mark.issue_id,
        mark.comment,
        mark.colour,
        str(mark.visibility),
        mark.team_id,
        json.dumps([{name: getattr(span, name) for name in SPAN} for span in spans]),
        list(tags),
    )
    of_act = (label, json.dumps({key: None}), json.dumps({key: mark_snapshot(mark, spans, tags)}))
    of_request = (str(request.id), json.dumps(request.metadata)) if request else ()
    backend = cast("DatabaseWrapper", connections[DEFAULT_DB_ALIAS])
    statement = IN_REQUEST if request else ELSEWHERE
    cursor = backend.preparing_cursor(statement)
    cursor.execute(statement, (*of_mark, *of_act, *of_request))
    rows = cursor.fetchall()
    if not rows:
        return False
    mark.pk, mark.created, mark.updated = rows[0]
    mark._state.adding, mark._state.db = False, DEFAULT_DB_ALIAS  # noqa: SLF001 - as Django's own `save` leaves it
    return True
