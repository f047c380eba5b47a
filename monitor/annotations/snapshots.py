"""An annotation, a reply or a tag as plain data: what an operation keeps in order to take an act back."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models.functions import Now

from monitor.annotations.models import Annotation, AnnotationSpan, Reply
from monitor.annotations.tag_models import AnnotationTag, Tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    Snapshot = dict[str, Any]

SCOPED = ("comment", "visibility", "team_id", "hidden", "hidden_by_id", "deleted")
MARK = (*SCOPED, "colour", "resolved", "resolved_by_id")
PLACE = ("note_id", "note_number", "text_version", "start", "end")
SPAN = (*PLACE, "quote", "prefix", "suffix", "state", "score", "candidate")
TAG = ("name", "path", "parent_id", "definition", "example", "colour", "merged_into_id", "deleted")
FIELDS: dict[type[Any], tuple[str, ...]] = {Annotation: MARK, Reply: SCOPED, Tag: TAG}
# "tags" are those of an annotation and nothing else of it: a change of the codebook touches no one's words.
KINDS: dict[str, type[Any]] = {"annotation": Annotation, "reply": Reply, "tag": Tag, "tags": Annotation}
TAGS = "tags"
AT_ONCE = 500  # rows in one statement


def key_of(row: Annotation | Reply | Tag) -> str:
    return f"{type(row).__name__.lower()}:{row.uid}"


def tags_key(row: Annotation) -> str:
    return f"{TAGS}:{row.uid}"


def kind_of(key: str) -> str:
    return key.partition(":")[0]


def fetch_rows(keys: Iterable[str], *, lock: bool = False) -> dict[str, Any]:
    """Return the rows of these keys; locked in one order for everybody, so that two undos cannot block each other."""
    wanted: dict[str, dict[str, str]] = {}
    for key in sorted(keys):
        wanted.setdefault(kind_of(key), {})[key.partition(":")[2]] = key
    found = {}
    for kind, by_uid in wanted.items():
        rows = KINDS[kind].objects.filter(uid__in=by_uid).order_by("pk")
        if lock:
            rows = rows.select_for_update()
        if KINDS[kind] is Annotation:
            rows = rows.prefetch_related("spans", "taggings")
        found.update({by_uid[str(row.uid)]: row for row in rows})
    return found


def snapshot(row: Annotation | Reply | Tag, kind: str = "") -> Snapshot:
    """Return what can be put back later: fields, and of an annotation its spans and tags; JSON-ready."""
    if isinstance(row, Annotation):
        tags = [use.tag_id for use in row.taggings.all()]
        return {TAGS: sorted(tags)} if kind == TAGS else mark_snapshot(row, row.spans.all(), tags)
    return _fields(row)


def mark_snapshot(row: Annotation, spans: Iterable[AnnotationSpan], tags: Iterable[int]) -> Snapshot:
    """Return the snapshot of an annotation whose spans and tags (primary keys) are at hand."""
    placed = sorted(spans, key=lambda span: span.position)
    return {
        **_fields(row),
        "spans": [[getattr(span, name) for name in SPAN] for span in placed],
        TAGS: sorted(set(tags)),
    }


def _fields(row: Annotation | Reply | Tag) -> Snapshot:
    return {name: _plain(getattr(row, name)) for name in FIELDS[type(row)]}


def put_back(row: Any, facts: Snapshot, *, with_spans: bool = True) -> None:
    """Make a locked row what the snapshot says, as a new revision; with or without the places it stood at."""
    for name in FIELDS[type(row)]:
        setattr(row, name, facts.get(name, getattr(row, name)))
    row.revision += 1
    row.updated = Now()
    row.save()
    if isinstance(row, Annotation):
        set_tags(row, _standing(facts[TAGS]))
        if with_spans:
            _put_spans_back(row, facts["spans"])


def put_back_together(changes: Sequence[tuple[Annotation, Snapshot]]) -> None:
    """Do the same for many locked annotations whose places stay as they are, in a few statements."""
    rows = [row for row, _ in changes]
    differing = {
        name for row, facts in changes for name in MARK if name in facts and _plain(getattr(row, name)) != facts[name]
    }
    for row, facts in changes:
        for name in differing & facts.keys():
            setattr(row, name, facts[name])
        row.revision += 1
        row.updated = Now()
    Annotation.objects.bulk_update(rows, [*sorted(differing), "revision", "updated"], batch_size=AT_ONCE)
    stands = {tag: _standing([tag]) for tag in {tag for _, facts in changes for tag in facts[TAGS]}}
    wanted = {row.pk: {now for tag in facts[TAGS] for now in stands[tag]} for row, facts in changes}
    has = {row.pk: {use.tag_id for use in row.taggings.all()} for row in rows}
    for tag in sorted({tag for pk in has for tag in has[pk] - wanted[pk]}):
        losing = [pk for pk in has if tag in has[pk] - wanted[pk]]
        AnnotationTag.objects.filter(tag=tag, annotation__in=losing).delete()
    gained = (AnnotationTag(annotation_id=pk, tag_id=tag) for pk in wanted for tag in sorted(wanted[pk] - has[pk]))
    AnnotationTag.objects.bulk_create(gained, ignore_conflicts=True, batch_size=AT_ONCE)


def set_tags(row: Annotation, tags: Iterable[int], *, by: int | None = None) -> None:
    """Give an annotation exactly these tags (primary keys); those it has stay as they are."""
    has, wanted = set(row.taggings.values_list("tag_id", flat=True)), set(tags)
    if has - wanted:
        row.taggings.filter(tag_id__in=has - wanted).delete()
    AnnotationTag.objects.bulk_create(
        (AnnotationTag(annotation=row, tag_id=tag, added_by_id=by) for tag in sorted(wanted - has)),
        ignore_conflicts=True,
    )


def _standing(tags: Iterable[int]) -> set[int]:
    """Return the tags (primary keys) that these are by now: what was merged since is what it was merged into."""
    found, at = set(tags), set[int]()
    while found != at:
        at = found
        known = Tag.objects.filter(pk__in=at).values_list("pk", "merged_into") if at else ()
        found = {into or tag for tag, into in known}
    return found


def _put_spans_back(row: Annotation, spans: list[list[Any]]) -> None:
    row.spans.all().delete()
    AnnotationSpan.objects.bulk_create(
        AnnotationSpan(annotation=row, position=position, **dict(zip(SPAN, span, strict=False)))
        for position, span in enumerate(spans)
    )


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
