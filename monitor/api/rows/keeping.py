"""Tags, teams, saved searches, tokens and oneself, as answers tell them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from monitor.api.links import stamp

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from monitor.accounts.models import Membership, Team, User
    from monitor.accounts.token_models import Token
    from monitor.annotations.tag_models import Tag
    from monitor.api.links import Links
    from monitor.search.saved_models import SavedSearch

    Said = dict[str, Any]


def _kept(links: Links, resource: str, uid: UUID, page: str, created: datetime, updated: datetime) -> Said:
    return {
        "id": str(uid),
        "url": links.api(resource, uid),
        "html_url": links.page(page),
        "created": stamp(created),
        "updated": stamp(updated),
    }


def tag_said(tag: Tag, links: Links) -> Said:
    """Return what is said of a tag; its team and parent must be at hand."""
    return {
        **_kept(links, "tags", tag.uid, reverse("tag", args=[tag.path]), tag.created, tag.updated),
        "revision": tag.revision,
        "name": tag.name,
        "path": tag.path,
        "scope": "mine" if tag.owner_id else "team" if tag.team_id else "shared",
        "team": str(tag.team.uid) if tag.team else None,
        "parent": str(tag.parent.uid) if tag.parent else None,
        "definition": tag.definition,
        "example": tag.example,
        "colour": tag.colour,
    }


def team_said(team: Any, links: Links) -> Said:
    """Return what is said of a team as `teams_visible_to` gives it."""
    page = reverse("team", args=[team.pk])
    kept = _kept(links, "teams", team.uid, page, team.created, team.created)
    return {**kept, "name": team.name, "size": team.size, "is_mine": team.is_mine}


def member_said(member: Membership) -> Said:
    return {"username": member.user.username, "name": member.user.name, "is_team_admin": member.is_team_admin}


def search_said(search: SavedSearch, links: Links, person: User) -> Said:
    """Return what is said of a saved search; its owner and team must be at hand."""
    page = reverse("saved-search", args=[search.uid])
    return {
        **_kept(links, "saved-searches", search.uid, page, search.created, search.updated),
        "name": search.name,
        "owner": search.owner.username,
        "is_mine": search.owner_id == person.pk,
        "team": str(search.team.uid) if search.team else None,
        "query": search.query,
        "chosen": search.chosen,
        "since": search.since.isoformat() if search.since else None,
        "until": search.until.isoformat() if search.until else None,
        "sort": search.sort,
    }


def token_said(token: Token, links: Links) -> Said:
    """Return what is said of a token. It never changes, so it is as old as it is."""
    return {
        **_kept(links, "me/tokens", token.uid, reverse("tokens"), token.created, token.created),
        "name": token.name,
        "scope": token.scope,
        "expires": stamp(token.expiry) if token.expiry else None,
        "last_used": stamp(token.last_used) if token.last_used else None,
    }


def me_said(person: User, memberships: list[Membership], token: Token | None, links: Links) -> Said:
    kept = _kept(links, "me", person.uid, reverse("account"), person.date_joined, person.date_joined)
    teams = [(one.team, one.is_team_admin) for one in memberships]
    return {
        **kept,
        "url": links.api("me"),
        "username": person.username,
        "name": person.name,
        "email": person.email,
        "role": person.role,
        "teams": [_team_of_mine(team, runs, links) for team, runs in teams],
        "token": None
        if token is None
        else {"name": token.name, "scope": token.scope, "expires": stamp(token.expiry) if token.expiry else None},
    }


def _team_of_mine(team: Team, runs: bool, links: Links) -> Said:
    return {"id": str(team.uid), "url": links.api("teams", team.uid), "name": team.name, "is_team_admin": runs}
