"""Oneself, one's teams and one's tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse

from monitor.accounts.models import User
from monitor.accounts.queries import members_of, memberships_of, teams_visible_to
from monitor.accounts.tokens import live_tokens, revoke_token, tokens_visible_to
from monitor.api.listed import Listing, Showing, Single
from monitor.api.rows.keeping import me_said, member_said, team_said, token_said
from monitor.api.serializers.keeping import MeShown, TeamShown, TokenShown, WholeTeam
from monitor.api.sign_in import SignedIn

if TYPE_CHECKING:
    from rest_framework.request import Request


class Teams(Showing):
    """One's own teams, for administrators all."""

    permission_classes = [SignedIn]

    def seen(self) -> Any:
        return teams_visible_to(self.person)

    def told(self, row: Any) -> Any:
        return team_said(row, self.links)


class TeamList(Teams, Listing):
    """`GET` the teams one may see."""

    shows = TeamShown


class OneTeam(Teams, Single):
    """`GET` a team with its members. Who belongs to it is for pages to change: no token does."""

    shows = WholeTeam
    key = "uid"

    def told(self, row: Any) -> Any:
        return {**super().told(row), "members": [member_said(member) for member in members_of(row)]}


class Me(Single):
    """`GET` who asks, and with which token."""

    permission_classes = [SignedIn]
    shows = MeShown

    def seen(self) -> Any:
        return User.objects.filter(pk=self.person.pk)

    def find(self, **place: Any) -> Any:
        return self.person  # whom signing in has read already

    def told(self, row: Any) -> Any:
        token: Any = self.request.auth
        return me_said(row, list(memberships_of(row)), token, self.links)


class Tokens(Showing):
    """Tokens, for people alone: no token may look at tokens, let alone revoke them."""

    permission_classes = [SignedIn]
    shows = TokenShown

    def must_be_let(self) -> None:
        if self.request.auth is not None:
            raise PermissionDenied("Tokens are looked after by people: sign in on the account page.")

    def told(self, row: Any) -> Any:
        return token_said(row, self.links)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        answer = super().finalize_response(request, response, *args, **kwargs)
        answer["Cache-Control"] = "private, no-store"
        return answer


class TokenList(Tokens, Listing):
    """`GET` one's own tokens that still open something."""

    def seen(self) -> Any:
        return live_tokens().filter(user=self.person)


class OneToken(Tokens, Single):
    """`GET` a token; `DELETE` revokes it at once. Administrators reach everybody's."""

    key = "uid"
    changes_need_if_match = False

    def seen(self) -> Any:
        return tokens_visible_to(self.person)

    def delete(self, request: Request, **place: Any) -> HttpResponse:
        revoke_token(token=self.thing, by=self.person)
        return HttpResponse(status=204)
