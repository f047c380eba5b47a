"""Whether what came in a file is what we would write ourselves: then nothing is kept beside the row, which says it all.

What we wrote names its document by the address the site had then; kept verbatim, it would name that for ever.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from monitor.annotations.anchoring import same_words
from monitor.annotations.models import Annotation, Reply
from monitor.annotations.tag_models import Tag
from monitor.interchange.annotation_records import MarkedPassage
from monitor.interchange.iris import our_address
from monitor.interchange.web_annotation import OWN_MOTIVATIONS, own_body, own_reply_body, own_target
from monitor.library.models import folded_name

if TYPE_CHECKING:
    from collections.abc import Collection

    from monitor.accounts.models import User
    from monitor.annotations.foreign import Sent
    from monitor.interchange.web_annotation_reading import ReadAnnotation
    from monitor.interchange.web_annotation_storing import About, Row


def worth_keeping(row: Row, read: ReadAnnotation, sent: Sent, hosts: Collection[str]) -> Sent | None:
    """Return what is worth keeping beside a row that was just made of `read`; None if it says all by itself."""
    if not (_body_is_ours(row, read) and _target_is_ours(row, read, hosts)):
        return sent
    more = {name: value for name, value in sent.more.items() if not _says_nothing(name, value, hosts)}
    if not (more or sent.slug or sent.author or sent.origin):
        return None
    return replace(sent, verbatim=False, body=None, target=None, more=more)


def word_for_word(read: ReadAnnotation, about: About, owner: User) -> Row | None:
    """Return this person's annotation or reply that says the same of the same passages, for one that has no id."""
    if about.mark:
        replies = Reply.objects.visible_to(owner).filter(annotation=about.mark, owner=owner)
        found: Row | None = replies.filter(comment=read.comment.strip()).first()
        return found
    marks = Annotation.objects.visible_to(owner).filter(owner=owner, comment=read.comment)
    marks = marks.filter(article=about.article, issue=about.issue).prefetch_related("spans", "taggings__tag")
    return next((mark for mark in marks if _marks_the_same(mark, read) and _tagged_the_same(mark, read)), None)


def _marks_the_same(mark: Annotation, read: ReadAnnotation) -> bool:
    spans, asked = list(mark.spans.all()), [one for one in read.targets if one.is_passage]
    return len(spans) == len(asked) and all(
        same_words(span.quote, one.quote) if one.quote else (span.start, span.end) == (one.start, one.end)
        for span, one in zip(spans, asked, strict=True)
    )


def _tagged_the_same(mark: Annotation, read: ReadAnnotation) -> bool:
    tags = [use.tag for use in mark.taggings.all()]
    return len(tags) == len(read.tags) and all(
        any(name == tag.path or folded_name(name) == tag.key for tag in tags) for name in read.tags
    )


def _body_is_ours(row: Row, read: ReadAnnotation) -> bool:
    if not isinstance(row, Annotation):
        return bool(read.body == own_reply_body(row.comment))
    tags = Tag.objects.filter(taggings__annotation=row).values_list("path", flat=True)
    sent = read.body if isinstance(read.body, list) else [] if read.body is None else [read.body]
    own = own_body(row.comment, tags)
    # Tags have no order of their own.
    return "bodyValue" not in read.more and len(sent) == len(own) and all(one in sent for one in own)


def _target_is_ours(row: Row, read: ReadAnnotation, hosts: Collection[str]) -> bool:
    if not isinstance(row, Annotation):
        return isinstance(read.target, str)
    passages = [
        MarkedPassage(span.quote, span.prefix, span.suffix, span.start, span.end, str(span.state), span.note_number, "")
        for span in row.spans.order_by("position")
    ]
    if not passages:
        return isinstance(read.target, str)
    listed = read.target if isinstance(read.target, list) else [read.target]
    return [_placeless(one, hosts) for one in listed] == [_placeless(own_target(one, "*"), hosts) for one in passages]


def _placeless(target: Any, hosts: Collection[str]) -> Any:
    """Return a target without the address of its document, which may be another by now; a printed note's number stays."""
    if not isinstance(target, dict) or not isinstance(target.get("source"), str):
        return target
    named = our_address(target["source"], hosts)
    note = target["source"].partition("#n")[2] if named is None else str(named.note or "")
    return {**target, "source": note}


def _says_nothing(name: str, value: Any, hosts: Collection[str]) -> bool:
    if name == "motivation":
        return value in OWN_MOTIVATIONS
    if name == "generator" and isinstance(value, dict) and isinstance(value.get("id"), str):
        return our_address(value["id"], hosts) is not None
    return False
