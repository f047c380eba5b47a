"""An archive of one issue, and what the API says of its rows: for tests of resources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from monitor.api.links import Links
from monitor.library.models import Article, State
from tests.entity_rows import make_actor, make_region, name_in, relate
from tests.factories import make_issue, make_read_article
from tests.search_index import settle

if TYPE_CHECKING:
    from monitor.accounts.models import User
    from monitor.api.rows.kinds import Kind
    from monitor.entities.models import Actor
    from monitor.entities.region_models import Region
    from monitor.library.models import Issue

LINKS = Links("https://tide.example/")
TEXT = "The Weir Guard held Sundmark before dusk.[1]\n\nNobody in Vastra saw it (Ferry Post, January 21)."
CITED = {"Ferry Post, January 21": "2022-01-21"}


@dataclass(frozen=True)
class Archive:
    """An issue with one article, which names an actor (by the name of one merged into it) and two regions."""

    issue: Issue
    article: Article
    guard: Actor
    front: Actor
    ardel: Region
    sundmark: Region
    vastra: Region


def make_archive(*, state: str = State.PUBLISHED, number: int = 3, about: bool = True) -> Archive:
    read = make_read_article(TEXT, title="Lamps on the Ardel", cited=CITED)
    issue = make_issue(read, number=number, state=state)
    article = issue.articles.get()
    guard = make_actor(f"Weir Guard {number}", "WG", countries=["XA"])
    front = make_actor(f"River Front {number}")
    relate(guard, "member_of", front, valid_from="2020")
    ardel = make_region(f"XA{number}", f"Ardel {number}", "country")
    sundmark = make_region(f"XA{number}-S", f"Sundmark {number}", "admin1", ardel, aliases=("Sundmarch",))
    vastra = make_region(f"XA{number}-V", f"Vastra {number}", "city", sundmark, lat=1.5, lon=2.5)
    name_in(article, {"Weir Guard": guard, "Sundmark": sundmark, "Vastra": vastra}, about=about)
    settle()
    return Archive(issue, article, guard, front, ardel, sundmark, vastra)


def said(kind: Kind, person: User, **which: Any) -> dict[str, Any] | None:
    """Return all that is said of the one row, if this person may see it."""
    return kind.single(kind.seen(person).filter(**which), person, LINKS)


def listed(kind: Kind, person: User) -> list[dict[str, Any]]:
    found = kind.in_lists(person).order_by(*(key.forwards for key in kind.order))
    return [kind.told(row, LINKS) for row in kind.rows(found, person)]
