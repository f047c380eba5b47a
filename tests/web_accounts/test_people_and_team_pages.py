"""What the lists and forms of people and teams show."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from monitor.accounts.invitations import invite
from monitor.accounts.models import Membership, Role, Team, User
from tests.factories import make_user
from tests.web_accounts.stage import Stage, set_stage

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db

EVIL = "<script>alert('canary')</script>"
ESCAPED = "&lt;script&gt;alert(&#x27;canary&#x27;)&lt;/script&gt;"


@pytest.fixture
def stage() -> Stage:
    return set_stage()


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def add_person(team: Team, name: str) -> None:
    user = make_user(Role.READER, name=name, email=f"{name}@example.org")
    Membership.objects.create(team=team, user=user)


def add_team(user: User, name: str) -> None:
    Membership.objects.create(team=Team.objects.create(name=name), user=user)


@pytest.mark.parametrize("page", ["people", "invitations", "teams", "own teams", "members", "account"])
def test_lists_of_three_need_no_more_queries_than_lists_of_one(page: str) -> None:
    admin = make_user(Role.ADMIN)
    team = Team.objects.create(name="River desk")
    grow: dict[str, tuple[str, Callable[[str], object]]] = {
        "people": ("/people/", lambda name: make_user(Role.READER, name=name)),
        "invitations": ("/people/", lambda name: invite(by=admin, role=Role.READER, team=team)),
        "teams": ("/teams/", lambda name: Team.objects.create(name=name)),
        "own teams": (f"/people/{admin.pk}/", lambda name: add_team(admin, name)),
        "members": (f"/teams/{team.pk}/", lambda name: add_person(team, name)),
        "account": ("/account/", lambda name: add_team(admin, name)),
    }
    address, add = grow[page]
    client = Client()
    client.force_login(admin)

    add("first")
    with_one = queries(client, address)
    add("second")
    add("third")

    assert queries(client, address) == with_one


@pytest.mark.parametrize("viewer", ["admin", "head", "member"])
def test_asvs_1_2_1_names_are_text_on_every_page(stage: Stage, viewer: str) -> None:
    User.objects.update(name=EVIL)
    Team.objects.update(name=EVIL)
    invite(by=stage.users["admin"], role=Role.READER, team=stage.team)
    client = stage.browser_of(viewer)
    addresses = ["/account/", "/teams/", f"/teams/{stage.team.pk}/"]
    if viewer == "admin":
        addresses += ["/people/", f"/people/{stage.other.pk}/"]

    for address in addresses:
        page = client.get(address).content.decode()
        assert ESCAPED in page, address
        assert EVIL not in page, address


def test_asvs_1_2_1_names_are_text_in_messages_refusals_and_invitations(stage: Stage) -> None:
    User.objects.filter(pk=stage.other.pk).update(name=EVIL)
    Team.objects.update(name=EVIL)
    new = invite(by=stage.users["admin"], role=Role.READER, team=stage.team)
    admin = stage.browser_of("admin")

    pages = [
        admin.post(f"/people/{stage.other.pk}/role/", {"role": "reader"}, follow=True),
        admin.post(f"/people/{stage.other.pk}/disable/", follow=True),
        admin.post(f"/teams/{stage.team.pk}/members/{stage.other.pk}/remove/", follow=True),
        admin.post("/people/invitations/", {"role": "reader", "team": stage.team.pk, "email": ""}),
        admin.post("/people/invitations/", {"role": "reader", "email": EVIL}),
        admin.post(f"/teams/{stage.team.pk}/members/", {"username": EVIL}),
        admin.post("/teams/", {"name": EVIL}),
        Client().get(f"/account/invitation/{new.token}/"),
        Client().post("/account/login/", {"login": EVIL, "password": "x"}),
    ]

    for page in pages:
        assert ESCAPED in page.content.decode()
        assert EVIL not in page.content.decode()


def test_pages_hold_no_inline_script_or_style(stage: Stage) -> None:
    client = stage.browser_of("admin")
    for address in ("/account/", "/people/", f"/people/{stage.other.pk}/", "/teams/", f"/teams/{stage.team.pk}/"):
        answer = client.get(address)
        page = answer.content.decode()
        assert " style=" not in page
        assert "<style" not in page
        assert " onclick=" not in page
        assert "script-src 'self'" in answer.headers["Content-Security-Policy"]


def test_addresses_are_for_administrators_only(stage: Stage) -> None:
    pages = [stage.browser_of(viewer).get(f"/teams/{stage.team.pk}/").content.decode() for viewer in ("head", "member")]

    assert all("other" in page for page in pages)
    assert not any("other@example.org" in page for page in pages)
    assert "other@example.org" in stage.browser_of("admin").get("/people/").content.decode()


def test_a_member_sees_no_forms_of_a_head(stage: Stage) -> None:
    member = stage.browser_of("member").get(f"/teams/{stage.team.pk}/").content.decode()
    head = stage.browser_of("head").get(f"/teams/{stage.team.pk}/").content.decode()

    assert [("Rename" in page, "Add to the team" in page, "Remove" in page) for page in (member, head)] == [
        (False, False, False),
        (True, True, True),
    ]
    assert "Leave this team" in member


def test_a_role_is_changed_from_the_page_of_a_person(stage: Stage) -> None:
    admin = stage.browser_of("admin")

    page = admin.post(f"/people/{stage.other.pk}/role/", {"role": "curator"}, follow=True)

    stage.other.refresh_from_db()
    assert stage.other.role == "curator"
    assert "other is curator now." in page.content.decode()


def test_an_unknown_role_is_rejected(stage: Stage) -> None:
    page = stage.browser_of("admin").post(f"/people/{stage.other.pk}/role/", {"role": "owner"})

    stage.other.refresh_from_db()
    assert (page.status_code, stage.other.role) == (422, "reader")
    assert "Select a valid choice." in page.content.decode()


def test_the_own_page_of_an_administrator_offers_no_role(stage: Stage) -> None:
    page = stage.browser_of("admin").get(f"/people/{stage.users['admin'].pk}/").content.decode()

    assert "Change role" not in page
    assert "Disable account" not in page


def test_asvs_7_4_2_a_disabled_person_is_out_with_the_next_click(stage: Stage) -> None:
    theirs = stage.browser_of("member")
    assert theirs.get("/account/").status_code == 200

    stage.browser_of("admin").post(f"/people/{stage.users['member'].pk}/disable/")

    assert theirs.get("/account/").headers["Location"] == "/account/login/?next=/account/"


def test_a_disabled_person_is_enabled_again(stage: Stage) -> None:
    admin = stage.browser_of("admin")
    assert "Enable account" in admin.get(f"/people/{stage.users['disabled'].pk}/").content.decode()

    admin.post(f"/people/{stage.users['disabled'].pk}/enable/")

    stage.users["disabled"].refresh_from_db()
    assert stage.users["disabled"].is_active is True


def test_a_team_is_made_and_its_first_member_added(stage: Stage) -> None:
    admin = stage.browser_of("admin")
    made = admin.post("/teams/", {"name": "Delta desk"})
    team = Team.objects.get(name="Delta desk")

    admin.post(f"/teams/{team.pk}/members/", {"username": "outsider", "is_team_admin": "on"})

    assert made.headers["Location"] == f"/teams/{team.pk}/"
    assert [(m.user.username, m.is_team_admin) for m in team.memberships.all()] == [("outsider", True)]
    assert "Rename" in stage.browser_of("outsider").get(f"/teams/{team.pk}/").content.decode()


@pytest.mark.parametrize(
    ("address", "fields", "sentence"),
    [
        ("members/", {"username": "nobody"}, "Nobody with an active account here has that user name."),
        ("members/", {"username": "disabled"}, "Nobody with an active account here has that user name."),
        ("members/", {"username": "member"}, "They are in this team already."),
        ("members/", {}, "This field is required."),
        ("rename/", {"name": ""}, "This field is required."),
        ("rename/", {"name": "x" * 81}, "at most 80 characters"),
        ("rename/", {"name": "two\nlines"}, "Control characters are not allowed here."),
        ("rename/", {"name": "delta DESK"}, "That name cannot be used; choose another."),
    ],
)
def test_a_rejected_form_comes_back_with_its_sentence(
    stage: Stage, address: str, fields: dict[str, str], sentence: str
) -> None:
    Team.objects.create(name="Delta desk")

    page = stage.browser_of("head").post(f"/teams/{stage.team.pk}/{address}", fields)

    assert page.status_code == 422
    assert sentence in page.content.decode()
    stage.team.refresh_from_db()
    assert (stage.team.name, stage.team.memberships.count()) == ("River desk", 3)


def test_a_member_becomes_team_admin_and_plain_again(stage: Stage) -> None:
    head, address = stage.browser_of("head"), f"/teams/{stage.team.pk}/members/{stage.other.pk}/admin/"

    def runs() -> bool:
        return stage.team.memberships.get(user=stage.other).is_team_admin

    head.post(address, {"is_team_admin": "on"})
    assert runs() is True
    head.post(address)
    assert runs() is False


def test_somebody_outside_the_team_is_not_found_in_it(stage: Stage) -> None:
    head, outsider = stage.browser_of("head"), stage.users["outsider"]

    assert head.post(f"/teams/{stage.team.pk}/members/{outsider.pk}/remove/").status_code == 404
    assert head.post(f"/teams/{stage.team.pk}/members/{outsider.pk}/admin/", {"is_team_admin": "on"}).status_code == 404


def test_leaving_a_team_closes_its_page_at_once(stage: Stage) -> None:
    member = stage.browser_of("member")

    page = member.post(f"/teams/{stage.team.pk}/leave/", follow=True)

    assert "You have left River desk." in page.content.decode()
    assert member.get(f"/teams/{stage.team.pk}/").status_code == 404
