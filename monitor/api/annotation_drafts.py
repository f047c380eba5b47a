"""From what a program sent to what `annotations.actions` takes: texts, teams and tags that its sender may use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, Subquery
from django.http import Http404

from monitor.annotations.actions import Draft, find_team
from monitor.annotations.passages import AskedPassage
from monitor.annotations.refusals import NotInText
from monitor.annotations.tag_models import Tag
from monitor.annotations.tag_names import tag_named
from monitor.library.models import Article, ArticleText, Issue

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from monitor.accounts.models import Team, User
    from monitor.annotations.models import Annotation

USUAL_COLOUR = "yellow"
NAMED = ("quote", "prefix", "suffix", "start", "end", "text_version")


def draft_of(sent: Mapping[str, Any], by: User) -> Draft:
    """Return the draft; raise Http404 for a text that one may not see, NotYourTeam, NotInText."""
    team = find_team(by, str(sent["team"])) if sent.get("team") else None
    article = _article(by, sent["article"]) if sent.get("article") else None
    issue = _issue(by, sent["issue"]) if sent.get("issue") else None
    passages = tuple(_passages(article, sent.get("targets") or ())) if article else ()
    tags = tags_named(sent["tags"], by=by, visibility=sent["visibility"], team=team)
    return Draft(
        article=article,
        issue=issue,
        passages=passages,
        comment=sent["comment"],
        colour=sent.get("colour") or (tags[0].colour if tags else USUAL_COLOUR),
        visibility=sent["visibility"],
        team=team,
        tags=tags,
    )


def tags_named(
    names: Iterable[str], *, by: User, visibility: str, team: Team | None, borne: Iterable[Tag] = ()
) -> tuple[Tag, ...]:
    """Return the tags of these names, made where there are none; those that are borne already stay what they are."""
    kept = {tag.path: tag for tag in borne}
    asked = dict.fromkeys(" ".join(name.split()) for name in names)
    found = (kept.get(name) or tag_named(name, by=by, visibility=visibility, team=team) for name in asked)
    return tuple({tag.pk: tag for tag in found}.values())


def tags_borne(mark: Annotation, person: User) -> list[Tag]:
    """Return the tags of an annotation that this person may see."""
    return list(Tag.objects.visible_to(person).filter(taggings__annotation=mark))


def _article(by: User, pk: int) -> Article:
    version = ArticleText.objects.filter(article=OuterRef("pk"), version=OuterRef("text_version"))
    found: Article | None = (
        Article.objects.visible_to(by).annotate(body=Subquery(version.values("body")[:1])).filter(pk=pk).first()
    )
    if found is None:
        raise Http404
    return found


def _issue(by: User, pk: int) -> Issue:
    found: Issue | None = Issue.objects.visible_to(by).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _passages(article: Article, targets: Iterable[Mapping[str, Any]]) -> Iterable[AskedPassage]:
    notes: dict[int, tuple[int, str]] = {}
    if any(target.get("note") for target in targets):
        notes = {number: (pk, text) for number, pk, text in article.notes.values_list("number", "pk", "text")}
    for target in targets:
        number = target.get("note")
        if number is not None and number not in notes:
            raise NotInText
        note, text = notes[number] if number is not None else (None, str(vars(article)["body"]))
        words = {name: target[name] for name in NAMED if name in target}
        yield AskedPassage(**_placed(text, words), note=note)


def _placed(text: str, words: dict[str, Any]) -> dict[str, Any]:
    """Add the place of a quote that stands there to the letter: at one place alone, or between its prefix and suffix.

    Whoever looks for words by sense, as is done otherwise, finds no beginning of a word.
    """
    if "start" in words:
        return words
    prefix, quote = words.get("prefix", ""), words["quote"]
    between = text.find(prefix + quote + words.get("suffix", "")) if prefix or words.get("suffix") else -1
    start = between + len(prefix) if between >= 0 else text.find(quote)
    is_clear = between >= 0 or (start >= 0 and text.find(quote, start + 1) < 0)
    return {**words, "start": start, "end": start + len(quote)} if is_clear else words
