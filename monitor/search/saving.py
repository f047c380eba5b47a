"""Saved searches: keeping, changing, following, and the secret addresses of feeds. Starts at `searches_for`."""

from __future__ import annotations

import secrets
from hashlib import sha256
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from monitor.accounts.models import Membership, User
from monitor.search.alerts import asked_of, learn
from monitor.search.saved_models import LONGEST_NAME, Following, SavedSearch

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from monitor.accounts.models import Team
    from monitor.search.resolving import Asked

MOST_SAVED = 200  # of one person


class CannotSave(Exception):
    """The message says to the person why not."""


def searches_for(person: User) -> QuerySet[SavedSearch]:
    """Return the saved searches this person may see: their own and their teams'."""
    teams = Membership.objects.filter(user=person).values("team")
    return SavedSearch.objects.filter(Q(owner=person) | Q(team__in=teams))


def may_change(search: SavedSearch, person: User) -> bool:
    return search.owner_id == person.pk


@transaction.atomic
def save_search(*, by: User, name: str, asked: Asked, sort: str = "", team: Team | None = None) -> SavedSearch:
    """Keep a search and follow it; what matches already is no news. Raises CannotSave."""
    _check_team(by, team)
    if SavedSearch.objects.filter(owner=by).count() >= MOST_SAVED:
        message = f"You keep {MOST_SAVED} searches already; delete one first."
        raise CannotSave(message)
    search = SavedSearch(owner=by, team=team, sort=sort)
    _fill(search, name, asked)
    search.save()
    follow(search=search, by=by)
    return search


@transaction.atomic
def change_search(*, search: SavedSearch, by: User, name: str, asked: Asked, team: Team | None) -> None:
    """Change a search; what matches it now is no news to anybody who follows it. Raises CannotSave."""
    if not may_change(search, by):
        raise CannotSave("Only who keeps a search can change it.")
    _check_team(by, team)
    before = asked_of(search)
    search.team = team
    search.updated = timezone.now()
    _fill(search, name, asked)
    search.save()
    _drop_outsiders(search)
    if before != asked:
        for following in search.followings.select_related("person", "search"):
            learn(following, is_new=False)


def _fill(search: SavedSearch, name: str, asked: Asked) -> None:
    search.name = " ".join(name.split())[:LONGEST_NAME]
    search.query, search.since, search.until = asked.query, asked.since, asked.until
    search.chosen = {key: list(values) for key, values in asked.chosen.items()}
    try:
        search.clean_fields()
    except ValidationError as error:
        raise CannotSave("Give the search a name.") from error


def _check_team(by: User, team: Team | None) -> None:
    if team is not None and not Membership.objects.filter(user=by, team=team).exists():
        raise CannotSave("You are not in that team.")


def _drop_outsiders(search: SavedSearch) -> None:
    """Let those go who could follow it only through a team it is no longer for."""
    members = Membership.objects.filter(team=search.team_id).values_list("user", flat=True) if search.team_id else []
    search.followings.exclude(person=search.owner_id).exclude(person__in=members).delete()


def delete_search(*, search: SavedSearch, by: User) -> None:
    if not may_change(search, by):
        raise CannotSave("Only who keeps a search can delete it.")
    search.delete()


@transaction.atomic
def follow(*, search: SavedSearch, by: User) -> Following:
    following, is_made = Following.objects.get_or_create(search=search, person=by)
    if is_made:
        learn(following, is_new=False)
    return following


def unfollow(*, search: SavedSearch, by: User) -> None:
    Following.objects.filter(search=search, person=by).delete()


def make_feed(following: Following) -> str:
    """Return a new secret for the feed's address; the one before leads nowhere from now on. It is kept as a digest."""
    secret = secrets.token_urlsafe(24)
    following.feed = _digest(secret)
    following.save(update_fields=["feed"])
    return secret


def revoke_feed(following: Following) -> None:
    following.feed = ""
    following.save(update_fields=["feed"])


def find_feed(secret: str) -> Following | None:
    """Return whose feed this is, as long as they may see the search at all."""
    known = Following.objects.filter(feed=_digest(secret), person__is_active=True).select_related("person", "search")
    following = known.first()
    if following is None or not searches_for(following.person).filter(pk=following.search_id).exists():
        return None
    return following


def _digest(secret: str) -> str:
    return sha256(secret.encode("utf-8", "replace")).hexdigest()
