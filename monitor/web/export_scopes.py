"""What can be taken from each page: the articles, annotations and tags it shows, for the person who looks."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from monitor.annotations.codebook import with_children
from monitor.annotations.models import Annotation
from monitor.annotations.notebook_queries import in_order
from monitor.annotations.tag_models import AnnotationTag, Tag
from monitor.entities.newest import key_rows
from monitor.library.queries import standing_articles
from monitor.web.exporting import Scope

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.db.models import QuerySet

    from monitor.accounts.models import User
    from monitor.library.models import Article, Issue

    Keys = Callable[[], Sequence[int]]


def of_article(article: Article, person: User) -> Scope:
    marks = Annotation.objects.visible_to(person).filter(article=article.pk)
    return _scope(article.slug, article.title, person, lambda: [article.pk], marks)


def of_issue(issue: Issue, person: User, name: str) -> Scope:
    """Return what is in an issue: its articles as printed, and the annotations on them and on it as a whole."""
    articles = standing_articles(person).filter(issue=issue).order_by("position", "pk")
    marks = Annotation.objects.visible_to(person).filter(Q(article__issue=issue) | Q(issue=issue))
    keys = cache(lambda: list(articles.values_list("pk", flat=True)))
    return _scope(name, f"{issue.periodical.name} {issue.label}", person, keys, marks)


def of_articles(name: str, title: str, person: User, keys: Keys) -> Scope:
    """Return what is in a list of articles; as CSV that is the list itself."""
    listed = cache(keys)

    def marks() -> Sequence[int]:
        return _in_order(Annotation.objects.visible_to(person).filter(article__in=key_rows(listed())), person)

    held = cache(marks)
    return Scope(
        name, title, {"articles": listed, "annotations": held, "tags": lambda: _tags_of(held(), person)},
        called={"csv": "articles", "annotations": "csv"},
    )  # fmt: skip


def of_marks(name: str, title: str, person: User, marks: QuerySet[Annotation]) -> Scope:
    """Return what is in a list of annotations: themselves, and the articles they are on, the newest first."""
    on = marks.order_by().values("article")
    articles = standing_articles(person).filter(pk__in=on)
    newest = articles.order_by("-issue__sort_date", "-issue_id", "position", "pk")
    return _scope(name, title, person, lambda: list(newest.values_list("pk", flat=True)), marks)


def of_tag(tag: Tag, person: User, marks: QuerySet[Annotation]) -> Scope:
    """Return the same for a tag; as a codebook it is the tag itself with what is below it."""
    scope = of_marks(tag.path.replace("/", "-")[:80], tag.name, person, marks)
    below = Tag.objects.visible_to(person).filter(with_children(tag))
    return Scope(scope.name, scope.title, {**scope.keys, "tags": lambda: list(below.values_list("pk", flat=True))})


def of_codebook(person: User) -> Scope:
    every = Tag.objects.visible_to(person)
    return Scope("codebook", "Codebook", {"tags": lambda: list(every.values_list("pk", flat=True))})


def _scope(name: str, title: str, person: User, articles: Keys, marks: QuerySet[Annotation]) -> Scope:
    held = cache(lambda: _in_order(marks, person))
    return Scope(
        name or "export", title, {"articles": articles, "annotations": held, "tags": lambda: _tags_of(held(), person)}
    )


def _in_order(marks: Any, person: Any) -> list[int]:
    if not person.is_authenticated:
        return []  # in_order asks which tags a person may see
    return list(in_order(marks, person, "article").values_list("pk", flat=True))


def _tags_of(marks: Sequence[int], person: User) -> list[int]:
    uses = AnnotationTag.objects.filter(annotation__in=key_rows(marks), tag__in=Tag.objects.visible_to(person))
    return list(uses.order_by("tag").values_list("tag", flat=True).distinct())
