"""People of each kind around one article, and short ways to mark it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from monitor.accounts.models import Membership, Role, Team, User
from monitor.annotations.actions import Draft, create_annotation
from monitor.annotations.passages import AskedPassage
from monitor.library.models import ArticleText
from tests.factories import make_issue, make_user

if TYPE_CHECKING:
    from monitor.annotations.models import Annotation
    from monitor.library.models import Article


@dataclass(frozen=True, slots=True)
class House:
    """An article, a team, and its people: two members (one runs it), and others outside."""

    article: Article
    team: Team
    author: User
    mate: User
    keeper: User
    outsider: User
    reader: User
    member_who_reads: User
    curator: User

    @property
    def body(self) -> str:
        return ArticleText.objects.get(article=self.article, version=self.article.text_version).body

    def asked(self, words: str, **facts: Any) -> AskedPassage:
        start = self.body.index(words)
        return AskedPassage(start, start + len(words), **facts)

    def mark(self, words: str = "lamps", *, by: User | None = None, **facts: Any) -> Annotation:
        """Mark these words as the author, or as `by`."""
        draft = Draft(article=self.article, passages=(self.asked(words),), **facts)
        return create_annotation(uid=uuid4(), by=by or self.author, draft=draft)[0]


def make_house() -> House:
    team = Team.objects.create(name="Rivers")
    analysts = {name: make_user(Role.ANALYST, name=name) for name in ("author", "mate", "keeper", "outsider")}
    readers = {name: make_user(Role.READER, name=name) for name in ("reader", "member_who_reads")}
    for name in ("author", "mate"):
        Membership.objects.create(team=team, user=analysts[name])
    Membership.objects.create(team=team, user=readers["member_who_reads"])
    Membership.objects.create(team=team, user=analysts["keeper"], is_team_admin=True)
    article = make_issue().articles.all()[0]
    return House(article, team, **analysts, **readers, curator=make_user(Role.CURATOR, name="curator"))
