"""What a program asks first, the groups, and how a sidebar signs in."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import jwt
import pytest
from django.test import Client
from django.utils import timezone

from monitor.accounts import sidebar
from monitor.accounts.actions import set_password
from monitor.accounts.models import User
from monitor.accounts.sidebar_models import SidebarSignIn
from tests.annotations.people_and_texts import House, make_house
from tests.hypothesis_api.speaking import API, HOST, Program, uri_of

pytestmark = pytest.mark.django_db
SITE = f"http://{HOST}/hypothesis"


@pytest.fixture
def house() -> House:
    return make_house()


def test_the_root_names_every_route_with_its_variables() -> None:
    nobody = Program(None)
    answer = nobody.get("")
    assert answer.json() == nobody.get("/").json()
    links = answer.json()["links"]
    assert sorted(links) == ["analytics", "annotation", "group", "groups", "links", "profile", "search"]
    assert sorted(links["annotation"]) == ["create", "delete", "flag", "hide", "read", "unhide", "update"]
    leaves = {
        "links": ("GET", "/links"),
        "search": ("GET", "/search"),
        "annotation.create": ("POST", "/annotations"),
        "annotation.update": ("PATCH", "/annotations/:id"),
        "annotation.unhide": ("DELETE", "/annotations/:id/hide"),
        "group.read": ("GET", "/groups/:id"),
        "group.members.read": ("GET", "/groups/:pubid/members"),
        "group.member.delete": ("DELETE", "/groups/:pubid/members/:userid"),
        "groups.read": ("GET", "/groups"),
        "profile.read": ("GET", "/profile"),
        "profile.update": ("PATCH", "/profile"),
        "profile.groups.read": ("GET", "/profile/groups"),
        "analytics.events.create": ("POST", "/analytics/events"),
    }
    for name, (method, path) in leaves.items():
        leaf = links
        for step in name.split("."):
            leaf = leaf[step]
        assert (leaf["method"], leaf["url"], bool(leaf["desc"])) == (method, f"{SITE}/api{path}", True)


def test_the_templates_of_pages_keep_their_variables() -> None:
    told = Program(None).get("/links").json()
    assert sorted(told) == [
        "account.settings",
        "forgot-password",
        "groups.leave",
        "groups.new",
        "help",
        "oauth.authorize",
        "oauth.revoke",
        "search.tag",
        "signup",
        "user",
    ]
    assert [told["user"].count(":user"), told["search.tag"].count(":tag"), told["groups.leave"].count(":id")] == [
        1,
        1,
        1,
    ]
    assert all(address.startswith(f"http://{HOST}/") for address in told.values())


def test_a_profile_says_who_speaks_and_null_for_nobody(house: House) -> None:
    world = {"id": "__world__", "name": "Public", "public": True}
    common = {"authority": HOST, "features": {}, "preferences": {"show_sidebar_tutorial": False}}
    rivers = {"id": str(house.team.uid), "name": "Rivers", "public": False}
    mine = Program(house.author)
    expected = {
        **common, "userid": f"acct:author@{HOST}", "groups": [world, rivers], "user_info": {"display_name": "author"},
    }  # fmt: skip
    assert mine.get("/profile").json() == expected
    assert mine.ask("PATCH", "/profile", {"preferences": {"show_sidebar_tutorial": False}}).json() == expected
    nothing = {**common, "userid": None, "groups": [], "user_info": {"display_name": None}}
    assert Program(None).get("/profile").json() == nothing
    assert Program(None, headers={"Authorization": "Bearer mon_wrong"}).get("/profile").json() == nothing
    assert Program(None).ask("PATCH", "/profile", {}).status_code == 401


def test_groups_are_ones_teams_and_everybody(house: House) -> None:
    author, outsider = Program(house.author), Program(house.outsider)
    team = {
        "id": str(house.team.uid),
        "groupid": f"group:{house.team.uid}@{HOST}",
        "name": "Rivers",
        "type": "private",
        "public": False,
        "scoped": False,
        "links": {"html": f"http://{HOST}/teams/{house.team.pk}/"},
        "organization": None,
        "scopes": {"enforced": False, "uri_patterns": []},
        "pre_moderated": False,
    }
    world, mine = author.get("/groups").json()
    assert mine == team
    assert (world["id"], world["type"], world["groupid"]) == ("__world__", "open", f"group:__world__@{HOST}")
    assert author.get("/profile/groups").json() == [world, mine]
    expanded = author.get("/groups", expand=["organization", "scopes"], document_uri="x", authority="y").json()[1]
    assert expanded["organization"] == {"id": "__default__", "name": HOST, "default": True, "logo": None}
    for name in (team["id"], team["groupid"]):
        assert author.get(f"/groups/{name}").json() == team
        assert outsider.get(f"/groups/{name}").content == outsider.get(f"/groups/{house.author.uid}").content
        assert outsider.get(f"/groups/{name}").status_code == outsider.get(f"/groups/{name}/members").status_code == 404
    assert [one["username"] for one in author.get(f"/groups/{team['id']}/members").json()] == [
        "keeper", "author", "mate", "member_who_reads",
    ]  # fmt: skip
    paged = author.get(f"/groups/{team['id']}/members", **{"page[number]": 2, "page[size]": 3}).json()
    assert (paged["meta"], [one["username"] for one in paged["data"]]) == (
        {"page": {"total": 4}}, ["member_who_reads"],
    )  # fmt: skip
    assert outsider.get("/groups/__world__/members").json() == []
    assert author.ask("DELETE", f"/groups/{team['id']}/members/me").status_code == 404


def test_nobody_is_asked_for_a_token_and_sees_nothing_where_reading_is_open(house: House, settings: Any) -> None:
    house.mark(visibility="everyone")
    nobody = Program(None)
    for path in ("/search", "/groups", "/profile/groups", "/groups/__world__"):
        answer = nobody.get(path)
        assert (answer.status_code, answer["WWW-Authenticate"], answer.json()["status"]) == (401, "Bearer", "failure")
    settings.ANONYMOUS_READ = True
    assert nobody.get("/search", _separate_replies="1").json() == {"total": 0, "rows": [], "replies": []}
    assert nobody.get("/groups").json() == nobody.get("/profile/groups").json() == []
    assert nobody.ask("POST", "/annotations", {"uri": uri_of(house.article)}).status_code == 401


def test_the_sites_cookie_opens_nothing(house: House) -> None:
    client = Client()
    client.force_login(house.author)
    assert client.get(f"{API}/search").status_code == 401
    assert client.get(f"{API}/profile").json()["userid"] is None


def test_a_token_that_may_only_read_changes_nothing(house: House) -> None:
    reading, mark = Program(house.author, scope="read"), house.mark()
    assert reading.found() == [str(mark.uid)]
    for method, path in (
        ("POST", "/annotations"),
        ("PATCH", f"/annotations/{mark.uid}"),
        ("DELETE", f"/annotations/{mark.uid}"),
    ):
        assert reading.ask(method, path, {"uri": uri_of(house.article)}).status_code == 404


# -- Signing in a sidebar -----------------------------------------------------------------------------------------------
def exchange(**form: str) -> Any:
    answer = Client().post(f"{API}/token", urlencode(form), content_type="application/x-www-form-urlencoded")
    assert answer["Cache-Control"] == "no-store"
    return answer


def by_grant(grant: str) -> Any:
    return exchange(grant_type="urn:ietf:params:oauth:grant-type:jwt-bearer", assertion=grant)


def bearing(token: str) -> Program:
    return Program(None, headers={"Authorization": f"Bearer {token}"})


def test_a_pages_grant_signs_in_again_and_again_until_it_ends(house: House) -> None:
    grant = sidebar.make_grant(house.author, HOST)
    facts = jwt.decode(grant, options={"verify_signature": False})
    assert (facts["iss"], facts["sub"], facts["aud"]) == ("monitor-sidebar", f"acct:author@{HOST}", HOST)
    assert (jwt.get_unverified_header(grant)["alg"], facts["exp"] - facts["nbf"]) == ("HS256", 600)
    first, second = by_grant(grant), by_grant(grant)
    told = first.json()
    assert sorted(told) == ["access_token", "expires_in", "refresh_token", "scope", "token_type"]
    assert (told["token_type"], told["expires_in"], told["scope"]) == ("Bearer", 3600, "")
    assert second.json()["access_token"] != told["access_token"]
    program = bearing(told["access_token"])
    assert program.get("/profile").json()["userid"] == f"acct:author@{HOST}"
    assert program.make(house.article, text="By the sidebar.")["user"] == f"acct:author@{HOST}"
    assert Client().get("/api/v1/me/", headers=program.headers).status_code == 401
    stored = str(list(SidebarSignIn.objects.values()))
    assert told["access_token"] not in stored
    assert told["refresh_token"] not in stored


def test_a_refresh_token_is_good_once(house: House) -> None:
    told = by_grant(sidebar.make_grant(house.author, HOST)).json()
    fresh = exchange(grant_type="refresh_token", refresh_token=told["refresh_token"]).json()
    assert bearing(fresh["access_token"]).get("/search").status_code == 200
    assert bearing(told["access_token"]).get("/search").status_code == 401
    again = exchange(grant_type="refresh_token", refresh_token=told["refresh_token"])
    assert (again.status_code, again.json()["error"]) == (400, "invalid_grant")
    form = urlencode({"token": fresh["access_token"]})
    Client().post("/hypothesis/oauth/revoke", form, content_type="application/x-www-form-urlencoded")
    assert bearing(fresh["access_token"]).get("/search").status_code == 401
    assert SidebarSignIn.objects.count() == 0


def test_grants_that_are_none_are_refused(house: House, settings: Any) -> None:
    now = timezone.now()
    good = {
        "iss": "monitor-sidebar", "sub": f"acct:author@{HOST}", "aud": HOST, "nbf": now,
        "exp": now + timedelta(minutes=5), "proof": sidebar._proof(house.author),
    }  # fmt: skip
    key, other = sidebar._key(), "another key that is long enough to be one"
    forged = [
        jwt.encode(good, other, algorithm="HS256"),
        jwt.encode(good, "", algorithm="none"),
        jwt.encode(good | {"aud": "elsewhere.example"}, key, algorithm="HS256"),
        jwt.encode(good | {"iss": "another"}, key, algorithm="HS256"),
        jwt.encode(good | {"exp": now - timedelta(seconds=11)}, key, algorithm="HS256"),
        jwt.encode(good | {"nbf": now + timedelta(seconds=30)}, key, algorithm="HS256"),
        jwt.encode(good | {"exp": now + timedelta(minutes=11)}, key, algorithm="HS256"),
        jwt.encode(good | {"sub": "acct:nobody@x"}, key, algorithm="HS256"),
        jwt.encode(good | {"proof": ""}, key, algorithm="HS256"),
        jwt.encode({name: value for name, value in good.items() if name != "exp"}, key, algorithm="HS256"),
        "x", "a.b.c", "\0",
    ]  # fmt: skip
    with pytest.warns(jwt.InsecureKeyLengthWarning):
        forged.append(jwt.encode(good, key, algorithm="HS512"))
    assert by_grant(jwt.encode(good, key, algorithm="HS256")).status_code == 200
    assert by_grant(jwt.encode(good | {"exp": now - timedelta(seconds=5)}, key, algorithm="HS256")).status_code == 200
    for grant in forged:
        answer = by_grant(grant)
        assert (answer.status_code, sorted(answer.json())) == (400, ["error", "error_description"])
    assert exchange(grant_type="password").json()["error"] == "unsupported_grant_type"
    assert exchange(grant_type="refresh_token").json()["error"] == "invalid_request"
    settings.SECRET_KEY = "y" * 60
    assert by_grant(jwt.encode(good, key, algorithm="HS256")).status_code == 400


def test_a_new_password_or_a_disabled_account_ends_all_of_it(house: House) -> None:
    def signed_in() -> tuple[str, Program]:
        grant = sidebar.make_grant(house.author, HOST)
        return grant, bearing(by_grant(grant).json()["access_token"])

    grant, program = signed_in()
    set_password(user=house.author, password="an entirely new harbour")
    assert (program.get("/search").status_code, by_grant(grant).status_code) == (401, 400)
    house.author.refresh_from_db()
    grant, program = signed_in()
    User.objects.filter(pk=house.author.pk).update(is_active=False)
    assert (program.get("/search").status_code, by_grant(grant).status_code) == (401, 400)


def test_an_access_token_ends_after_an_hour(house: House) -> None:
    told = by_grant(sidebar.make_grant(house.author, HOST)).json()
    SidebarSignIn.objects.update(access_ends=timezone.now() - timedelta(seconds=1))
    assert bearing(told["access_token"]).get("/search").status_code == 401
    SidebarSignIn.objects.update(refresh_ends=timezone.now() - timedelta(seconds=1))
    assert exchange(grant_type="refresh_token", refresh_token=told["refresh_token"]).status_code == 400


def test_the_sidebars_page_and_the_articles_let_the_client_in_only_when_asked(house: House, settings: Any) -> None:
    client, address = Client(), house.article.get_absolute_url()
    client.force_login(house.author)
    assert b"js-hypothesis-config" not in client.get(f"{address}?sidebar=hypothesis").content
    assert client.get("/hypothesis/app.html").status_code == 404
    settings.HYPOTHESIS_CLIENT_URL = "https://client.example/h/"
    plain, asked = client.get(address), client.get(f"{address}?sidebar=hypothesis")
    frame = client.get("/hypothesis/app.html")
    assert "client.example" not in plain["Content-Security-Policy"] + plain.content.decode()
    assert "frame-src" not in plain["Content-Security-Policy"]
    policy = asked["Content-Security-Policy"]
    assert "script-src 'self' https://client.example;" in policy
    assert "frame-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert (asked["Cache-Control"], "ETag" in asked) == ("private, no-store", False)
    assert "frame-ancestors 'self'" in frame["Content-Security-Policy"]
    assert frame["X-Frame-Options"] == "SAMEORIGIN"
    told = _block(asked)
    grant = told["services"][0].pop("grantToken")
    assert told == {
        "openSidebar": True,
        "assetRoot": "https://client.example/h/",
        "sidebarAppUrl": f"{SITE}/app.html",
        "notebookAppUrl": f"{SITE}/app.html",
        "profileAppUrl": f"{SITE}/app.html",
        "services": [{"apiUrl": f"{SITE}/api/", "authority": HOST}],
    }
    assert by_grant(grant).status_code == 200
    assert _block(frame) == {
        "apiUrl": f"{SITE}/api/", "authDomain": HOST, "oauthClientId": "monitor-sidebar",
        "assetRoot": "https://client.example/h/",
    }  # fmt: skip
    settings.ANONYMOUS_READ = True
    assert _block(Client().get(f"{address}?sidebar=hypothesis"))["services"][0]["grantToken"] == ""


def _block(answer: Any) -> Any:
    page = answer.content.decode()
    return json.loads(page.partition('class="js-hypothesis-config">')[2].partition("</script>")[0])
