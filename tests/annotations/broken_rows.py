"""A row for every constraint of the annotations' tables, made to break it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F

from monitor.annotations.flag_models import Flag
from monitor.annotations.foreign_models import ForeignMark
from monitor.annotations.log_models import Notice, NoticeMail, Operation
from monitor.annotations.models import Annotation, AnnotationSpan, Reply
from monitor.annotations.tag_models import AnnotationTag, PinnedTag, Tag, TagAddress
from monitor.annotations.tagging_models import TaggingRun
from monitor.interchange.import_models import FileImport
from monitor.library.models import Article, Issue

if TYPE_CHECKING:
    from collections.abc import Callable

    from monitor.accounts.models import Team, User

    Change = Callable[..., Callable[[], object]]


def make_annotation(owner: User, team: Team) -> Annotation:
    """Store one annotation with all that can hang on it."""
    article = Article.objects.all()[0]
    mark = Annotation.objects.create(owner=owner, article=article, visibility="team", team=team)
    AnnotationSpan.objects.create(annotation=mark, text_version=1, start=0, end=4, quote="Four")
    reply = Reply.objects.create(owner=owner, annotation=mark, comment="Indeed.")
    root = Tag.objects.create(name="Violence", path="violence")
    Tag.objects.create(name="Raid", path="violence/raid", parent=root)
    TagAddress.objects.create(tag=root, path="force")
    AnnotationTag.objects.create(annotation=mark, tag=root)
    PinnedTag.objects.create(person=owner, tag=root, digit=1)
    mail = NoticeMail.objects.create(person=owner)
    Notice.objects.create(person=owner, kind="reply", annotation=mark, reply=reply, mail=mail)
    Operation.objects.create(person=owner, verb="create", label="Marked a passage")
    ForeignMark.objects.create(annotation=mark, border="w3c", slug="ours-000000")
    TaggingRun.objects.create(person=owner, phrase="raid", tags=[root.pk])
    FileImport.objects.create(person=owner, format="jsonld", file_name="a.jsonld")
    Flag.objects.create(person=owner, annotation=mark)
    return mark


def twice_tagged() -> object:
    first = Tag.objects.get(path="violence")
    return Tag.objects.create(name="VIOLENCE", path="violence-2", parent=first.parent)


def pin(path: str, digit: int) -> Callable[[], object]:
    return lambda: PinnedTag.objects.create(
        person=PinnedTag.objects.get().person, tag=Tag.objects.get(path=path), digit=digit
    )


def about_both() -> object:
    return Annotation.objects.update(issue=Issue.objects.all()[0])


def broken_rows(changed: Change, copied: Change) -> dict[str, Callable[[], object]]:
    return {
        "annotation_is_about_one_thing": about_both,
        "annotation_scope_is_known": changed(Annotation, visibility="moon", team=None),
        "annotation_team_if_for_a_team": changed(Annotation, team=None),
        "annotation_colour_is_known": changed(Annotation, colour="mauve"),
        "annotation_revision_from_one": changed(Annotation, revision=0),
        "span_position_once_per_annotation": copied(AnnotationSpan),
        "span_end_after_start": changed(AnnotationSpan, end=F("start")),
        "span_has_words": changed(AnnotationSpan, quote=""),
        "span_state_is_known": changed(AnnotationSpan, state="lost"),
        "span_score_is_a_share": changed(AnnotationSpan, score=1.5),
        "reply_scope_is_known": changed(Reply, visibility="moon"),
        "reply_team_if_for_a_team": changed(Reply, visibility="team"),
        "reply_has_words": changed(Reply, comment=""),
        "reply_revision_from_one": changed(Reply, revision=0),
        "tag_path_once_per_scope": lambda: Tag.objects.create(name="Other", path="violence"),
        "tag_name_once_below_its_parent": twice_tagged,
        "tag_has_one_scope": lambda: Tag.objects.update(
            owner=PinnedTag.objects.get().person, team=Annotation.objects.get().team
        ),
        "tagging_run_has_one_scope": lambda: TaggingRun.objects.update(
            article=Article.objects.all()[0], issue=Issue.objects.all()[0]
        ),
        "tagging_run_team_if_for_a_team": changed(TaggingRun, visibility="team"),
        "tagging_run_ends_once": changed(TaggingRun, trouble="It was stopped."),
        "tag_is_not_its_own_parent": changed(Tag, parent=F("id")),
        "tag_merged_into_another": changed(Tag, merged_into=F("id")),
        "tag_has_a_name": changed(Tag, name=""),
        "tag_colour_is_known": changed(Tag, colour="mauve"),
        "tag_once_per_annotation": copied(AnnotationTag),
        "one_tag_for_a_digit": pin("violence/raid", 1),
        "one_digit_for_a_tag": pin("violence", 2),
        "pinned_digit_is_1_to_9": changed(PinnedTag, digit=10),
        "foreign_mark_is_of_one_thing": changed(ForeignMark, annotation=None),
        "foreign_border_is_known": changed(ForeignMark, border="post"),
        "flag_is_on_one_thing": changed(Flag, annotation=None),
        "flag_once_per_person": copied(Flag),
        "foreign_mark_once_per_border": copied(ForeignMark, slug=None),
        "file_import_state_is_known": changed(FileImport, state="lost"),
        "file_import_ends_with_its_rows": changed(FileImport, rows_done=1),
        "file_import_drops_the_file_when_done": changed(FileImport, state="done", content=b"{}"),
        "notice_kind_is_known": changed(Notice, kind="gossip"),
        "notice_told_once": copied(Notice),
        "notice_mail_sent_has_ended": changed(NoticeMail, sent=True),
    }
