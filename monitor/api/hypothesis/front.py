"""What a program asks first: where things are, who it speaks for, and what a page may lead to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import Http404
from django.urls import reverse
from rest_framework import exceptions

from monitor.accounts.models import User
from monitor.api.hypothesis.answering import Answering, Everybody, ProtocolSignInOrNobody
from monitor.interchange.hypothesis_groups import brief_group, brief_world

if TYPE_CHECKING:
    from rest_framework.request import Request

    from monitor.interchange.hypothesis_objects import Site

# Group of links, name, method, path, what it does.
ROUTES = (
    ("", "links", "GET", "/links", "URL templates for generating URLs for HTML pages"),
    ("", "search", "GET", "/search", "Search for annotations"),
    ("annotation", "create", "POST", "/annotations", "Create an annotation"),
    ("annotation", "read", "GET", "/annotations/:id", "Fetch an annotation"),
    ("annotation", "update", "PATCH", "/annotations/:id", "Update an annotation"),
    ("annotation", "delete", "DELETE", "/annotations/:id", "Delete an annotation"),
    ("annotation", "flag", "PUT", "/annotations/:id/flag", "Flag an annotation for review"),
    ("annotation", "hide", "PUT", "/annotations/:id/hide", "Hide an annotation as a group moderator"),
    ("annotation", "unhide", "DELETE", "/annotations/:id/hide", "Unhide an annotation as a group moderator"),
    ("group", "read", "GET", "/groups/:id", "Fetch a group"),
    ("groups", "read", "GET", "/groups", "Fetch the user's groups"),
    ("profile", "read", "GET", "/profile", "Fetch the user's profile"),
    ("profile", "update", "PATCH", "/profile", "Update a user's preferences"),
)
NESTED = (
    (("group", "members", "read"), "GET", "/groups/:pubid/members", "Fetch the members of a group"),
    (("group", "member", "delete"), "DELETE", "/groups/:pubid/members/:userid", "Remove a user from a group"),
    (("profile", "groups", "read"), "GET", "/profile/groups", "Fetch the current user's groups"),
    (("analytics", "events", "create"), "POST", "/analytics/events", "Create a new analytics event"),
)


def links(site: Site) -> dict[str, Any]:
    """Return the index: leaves of method, address and what it does; variables stand as `:id`."""
    paths = [
        ((name,) if not group else (group, name), method, path, desc) for group, name, method, path, desc in ROUTES
    ]
    found: dict[str, Any] = {}
    for names, method, path, desc in (*paths, *NESTED):
        step = found
        for name in names[:-1]:
            step = step.setdefault(name, {})
        step[names[-1]] = {"method": method, "url": site.api(path), "desc": desc}
    return found


class Open(Answering):
    """An address that always answers."""

    authentication_classes = [ProtocolSignInOrNobody]
    permission_classes = [Everybody]


class Index(Open):
    """The root: what a program finds everything by."""

    def get(self, request: Request) -> Any:
        return {"links": links(self.site)}


class Links(Open):
    """Pages for people; programs put what they have into the variables, and fail where one is missing."""

    def get(self, request: Request) -> Any:
        base = self.site.base
        return {
            "account.settings": base + reverse("account"),
            "forgot-password": base + reverse("account_reset_password"),
            "groups.new": base + reverse("teams"),
            "groups.leave": f"{base}{reverse('teams')}?leave=:id",
            "help": base + reverse("help"),
            "oauth.authorize": base + reverse("account_login"),
            "oauth.revoke": f"{base}/hypothesis/oauth/revoke",
            "search.tag": f"{base}{reverse('notebook')}?tag=:tag",
            "signup": base + reverse("account_login"),
            "user": f"{base}{reverse('notebook')}?by=:user",
        }


class Profile(Open):
    """Whom a program speaks for; `userid` is null for nobody."""

    def get(self, request: Request) -> Any:
        user, site = request.user, self.site
        known = isinstance(user, User) and user.is_authenticated
        teams = user.teams.order_by("name") if isinstance(user, User) else ()
        sees_world = known or settings.ANONYMOUS_READ
        return {
            "userid": site.account(user.username) if isinstance(user, User) else None,
            "authority": site.authority,
            "groups": [*([brief_world()] if sees_world else []), *map(brief_group, teams)],
            "features": {},
            "preferences": {"show_sidebar_tutorial": False},
            "user_info": {"display_name": user.display_name if isinstance(user, User) else None},
        }

    def patch(self, request: Request) -> Any:
        """Take preferences, of which none are kept: the sidebar is used as it is."""
        if not request.user.is_authenticated:
            raise exceptions.NotAuthenticated
        if not isinstance(request.data, dict):
            raise exceptions.ParseError("The body is no object.")
        return self.get(request)


class Analytics(Answering):
    """Programs report what they were used for; nobody here wants to know."""

    def post(self, request: Request) -> None:
        return None


class Nowhere(Open):
    """Any address of the protocol that is none."""

    def initial(self, request: Request, *args: Any, **place: Any) -> None:
        super().initial(request, *args, **place)
        raise Http404
